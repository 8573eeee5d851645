"""Staff sign in at the desk: how, who is there now, and who tried; its lists read no sealed text"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
BLIND = sa.String(length=64)
PLANNED = ("next_action_on", "next_action_time", "asked_at")
NARROWS = ("status", "erased_at", "kind", "sector", "place")


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("private", sa.Text()),
        sa.Column("last_code", NUMBER),
        sa.Column("work_account", BLIND),
        sa.Column("invitation", BLIND),
        sa.Column("invited_until", MOMENT),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_accounts_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("staff_id", name="uq_accounts_staff_id"),
        sa.UniqueConstraint("work_account", name="uq_accounts_work_account"),
        sa.UniqueConstraint("invitation", name="uq_accounts_invitation"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("token", BLIND, nullable=False),
        sa.Column("staff_id", NUMBER, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("private", sa.Text()),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_sessions_staff_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("token", name="uq_sessions_token"),
    )
    op.create_index("ix_sessions_staff_id", "sessions", ["staff_id"])
    op.create_index("ix_sessions_seen_at", "sessions", ["seen_at"])
    op.create_table(
        "sign_ins",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", BLIND, nullable=False),
        sa.Column("place", BLIND, nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
    )
    for column in ("at", "who", "place"):
        op.create_index(f"ix_sign_ins_{column}", "sign_ins", [column])
    whole = [*PLANNED, "assignee_id", *NARROWS, "updated_at", "closed_at", "conversation_id"]
    op.create_index("ix_leads_worklist", "leads", whole)
    op.create_index("ix_leads_of_whom", "leads", ["assignee_id", *PLANNED, *NARROWS])
    op.drop_index("ix_leads_assignee_id_status", table_name="leads")


def downgrade() -> None:
    op.create_index("ix_leads_assignee_id_status", "leads", ["assignee_id", "status"])
    op.drop_index("ix_leads_of_whom", table_name="leads")
    op.drop_index("ix_leads_worklist", table_name="leads")
    op.drop_table("sign_ins")
    op.drop_table("sessions")
    op.drop_table("accounts")

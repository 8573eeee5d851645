"""Figures without people are kept: how many came how far on a day, and in which of them a lead was counted"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

# "" where it is not known: a part of the key cannot be empty.
KEY = {"milestone": 16, "flow": 64, "source": 64, "sector": 64, "place": 64, "detail": 160}


def upgrade() -> None:
    op.create_table(
        "figures",
        sa.Column("day", sa.Date(), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in KEY.items()),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", *KEY, name="pk_figures"),
    )
    op.add_column("leads", sa.Column("counted", sa.JSON()))
    op.add_column("unanswered", sa.Column("kind", sa.String(length=8)))
    op.create_index("ix_lead_events_at", "lead_events", ["at"])


def downgrade() -> None:
    op.drop_index("ix_lead_events_at", table_name="lead_events")
    op.drop_column("unanswered", "kind")
    op.drop_column("leads", "counted")
    op.drop_table("figures")

"""The duplicates of a lead are looked up, and not looked for among all leads"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index("ix_leads_duplicate_of_id", "leads", ["duplicate_of_id"])


def downgrade() -> None:
    op.drop_index("ix_leads_duplicate_of_id", table_name="leads")

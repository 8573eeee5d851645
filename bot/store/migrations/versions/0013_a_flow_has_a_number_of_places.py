"""A lead may have come when all places of its flow were taken"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("leads", sa.Column("without_place", sa.Boolean(), nullable=False, server_default=sa.false()))
    columns = ["kind", "without_place", "complete", "status", "erased_at", "conversation_id"]
    op.create_index("ix_leads_places", "leads", columns)


def downgrade() -> None:
    op.drop_index("ix_leads_places", table_name="leads")
    op.drop_column("leads", "without_place")

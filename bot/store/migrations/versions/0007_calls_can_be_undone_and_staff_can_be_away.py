"""Calls can be undone, staff can be away, and what came of a lead is kept apart from why it was closed"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

COLUMNS: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "leads": {
        "next_action_time": sa.Time(),
        "asked_at": MOMENT,
        "asked_reason": sa.String(length=64),
        "outcome": sa.String(length=32),
        "outcome_detail": sa.Text(),
    },
    "lead_events": {"before": sa.Text()},
    "lead_notes": {"change": NUMBER, "struck_at": MOMENT, "struck_by": sa.String(length=80)},
    "staff": {
        "team": sa.String(length=64),
        "away_from": sa.Date(),
        "away_until": sa.Date(),
        "substitute_id": NUMBER,
    },
    "outbox": {"lead_id": NUMBER, "recipient": sa.Text()},
}
INDEXES = (("leads", "asked_at"), ("outbox", "lead_id"))


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    for table, column in INDEXES:
        op.create_index(f"ix_{table}_{column}", table, [column])


def downgrade() -> None:
    for table, column in INDEXES:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    for table, columns in COLUMNS.items():
        for name in columns:
            op.drop_column(table, name)

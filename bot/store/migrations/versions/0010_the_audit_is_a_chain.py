"""The audit is a chain, and says who was logged in"""

import json
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0010"
down_revision = "0006"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("login", sa.String(length=64)))
        audit.add_column(sa.Column("number", NUMBER))
        audit.add_column(sa.Column("link", sa.String(length=64)))
        audit.create_unique_constraint("uq_audit_number", ["number"])
    op.create_table(
        "audit_ends",
        sa.Column("name", sa.String(length=8), nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.Column("proof", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_audit_ends"),
    )
    _chain()


def downgrade() -> None:
    op.drop_table("audit_ends")
    with op.batch_alter_table("audit") as audit:
        audit.drop_constraint("uq_audit_number", type_="unique")
        for column in ("login", "number", "link"):
            audit.drop_column(column)


def _chain() -> None:
    """What is there is put in a row as it is: that nobody changed it before is taken for granted."""
    keys: Any = context.config.attributes["keys"]  # of `bot.store.schema.config`; None for a database without any
    if keys is None:
        return
    db = op.get_bind()
    audit = sa.table(
        "audit",
        sa.column("id"),
        sa.column("at", sa.DateTime(timezone=True)),
        *map(sa.column, ("actor", "action", "object", "number", "link")),
        sa.column("detail", sa.JSON),
    )
    ends = sa.table("audit_ends", *map(sa.column, ("name", "number", "link", "proof")))
    number, link = 0, ""
    for row in db.execute(sa.select(audit).order_by(audit.c.id)).all():
        at = row.at.replace(tzinfo=UTC) if row.at.tzinfo is None else row.at.astimezone(UTC)
        number += 1
        said = [number, link, f"{at:%Y-%m-%dT%H:%M:%S.%f}", row.actor, None, row.action, row.object, row.detail]
        link = keys.blind("audit", json.dumps(said, sort_keys=True, separators=(",", ":")))
        db.execute(sa.update(audit).where(audit.c.id == row.id).values(number=number, link=link))
    if number:
        proof = keys.blind("audit last", f"{number}:{link}")
        db.execute(sa.insert(ends).values(name="last", number=number, link=link, proof=proof))

"""The next step and the source of a lead are sealed"""

import json

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"

MOST_DIGITS = 8  # a source with more holds a phone number or a BSN, and is not kept

leads = sa.table(
    "leads", *map(sa.column, ("id", "next_action", "source", "source_index", "sealed_next_action", "sealed_source"))
)
exports = sa.table("exports", sa.column("id"), sa.column("filter", sa.JSON()))


def upgrade() -> None:
    op.add_column("leads", sa.Column("sealed_next_action", sa.Text(), nullable=True))
    op.add_column("leads", sa.Column("sealed_source", sa.Text(), nullable=True))
    op.add_column("leads", sa.Column("source_index", sa.String(length=64), nullable=True))
    db, keys = op.get_bind(), context.config.attributes["keys"]  # of `bot.store.schema.config`

    def seal(text: str | None) -> str | None:
        return None if text is None else keys.fernet.encrypt(json.dumps(text).encode("ascii")).decode()

    some = leads.c.next_action.is_not(None) | leads.c.source.is_not(None)
    for row in db.execute(sa.select(leads.c.id, leads.c.next_action, leads.c.source).where(some)).all():
        source = row.source if sum(map(str.isdigit, row.source or "")) <= MOST_DIGITS else None
        values = {
            "sealed_next_action": seal(row.next_action),
            "sealed_source": seal(source),
            "source_index": keys.blind("source", source) if source else None,
            "next_action": None,
            "source": None,
        }
        db.execute(sa.update(leads).where(leads.c.id == row.id).values(values))
    # The filters of exports: "since my last one" needs no more than to find the same code again.
    for row in db.execute(sa.select(exports)).all():
        if code := row.filter.get("source"):
            known = {**row.filter, "source": keys.blind("source", code)}
            db.execute(sa.update(exports).where(exports.c.id == row.id).values(filter=known))
    _replace()
    op.create_index("ix_leads_source_index", "leads", ["source_index"])


def downgrade() -> None:
    op.drop_index("ix_leads_source_index", "leads")
    op.add_column("leads", sa.Column("sealed_next_action", sa.String(length=32), nullable=True))
    op.add_column("leads", sa.Column("sealed_source", sa.String(length=64), nullable=True))
    db, keys = op.get_bind(), context.config.attributes["keys"]

    def unseal(sealed: str | None) -> str | None:
        return None if sealed is None else json.loads(keys.fernet.decrypt(sealed))

    some = leads.c.next_action.is_not(None) | leads.c.source.is_not(None)
    for row in db.execute(sa.select(leads.c.id, leads.c.next_action, leads.c.source).where(some)).all():
        action = unseal(row.next_action)
        # It had no more room than this.
        values = {"sealed_next_action": action and action[:32], "sealed_source": unseal(row.source)}
        db.execute(sa.update(leads).where(leads.c.id == row.id).values(values))
    op.drop_column("leads", "source_index")
    _replace()


def _replace() -> None:
    """Put the new columns in the place of the old ones, of which nothing stays in the files of the tables.

    Not by `batch_alter_table`: on SQLite that drops the table, and what hangs on a lead would be deleted with it.
    """
    for name in ("next_action", "source"):
        op.drop_column("leads", name)
        op.execute(f"ALTER TABLE leads RENAME COLUMN sealed_{name} TO {name}")
    if op.get_bind().dialect.name == "postgresql":
        # SQLite overwrites what is deleted. PostgreSQL leaves old rows in the file until a table is written anew,
        # which a change of type with an expression does (of whichever column). VACUUM FULL cannot in a transaction.
        op.execute("ALTER TABLE leads ALTER COLUMN language TYPE varchar(2) USING language || ''")
        op.execute("ALTER TABLE exports ALTER COLUMN profile TYPE varchar(16) USING profile || ''")

"""One key a person, by which they can be erased; steps of erasures; by what a lead is found"""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import context, op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

revision = "0006"
down_revision = "0005"

BATCH = 500
PREFIX, NONCE = "sealed1.", 12
KEY_PLACE = "person_keys.key"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What is sealed, by which columns the row is known, and whose it is. As it was when this was written.
SEALED = {
    "conversations": (("private",), ("channel", "person"), "t.channel", "t.person"),
    "inbox": (("payload",), ("channel", "update_id"), "t.channel", "t.chat"),
    "outbox": (("payload",), ("conversation_id", "channel"), "t.channel", "t.chat"),
    "leads": (("source", "contact", "answers", "advice", "next_action"), ("reference",), "'lead'", "t.reference"),
    "lead_notes": (
        ("text",),
        ("lead_id", "author"),
        "'lead'",
        "(SELECT reference FROM leads WHERE leads.id = t.lead_id)",
    ),
    "unanswered": (
        ("text",),
        ("conversation_id",),
        "(SELECT channel FROM conversations c WHERE c.id = t.conversation_id)",
        "(SELECT person FROM conversations c WHERE c.id = t.conversation_id)",
    ),
}


def upgrade() -> None:
    op.create_table(
        "person_keys",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "owner", name="pk_person_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erasure_steps",
        sa.Column("step", sa.String(length=16), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("step", name="pk_erasure_steps"),
    )
    op.create_table(
        "lead_terms",
        sa.Column("lead_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_terms_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lead_id", "term", name="pk_lead_terms"),
    )
    op.create_index("ix_lead_terms_term", "lead_terms", ["term"])
    op.add_column("outbox", sa.Column("lead", sa.String(length=16)))
    op.create_index("ix_outbox_lead", "outbox", ["lead"])
    _put_last("answers", "advice")
    if (keys := context.config.attributes["keys"]) is not None:  # None for a database without any
        _reseal(keys, lambda sealed, place, key: _seal(key, keys.unseal(sealed, place), place))
        _write_anew()


def downgrade() -> None:
    if (keys := context.config.attributes["keys"]) is not None:
        _reseal(keys, lambda sealed, place, key: keys.seal(_unseal(key, sealed, place), place))
    op.drop_index("ix_outbox_lead", table_name="outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("lead")
    op.drop_table("lead_terms")
    op.drop_table("erasure_steps")
    op.drop_table("person_keys")


def _put_last(*columns: str) -> None:
    """SQLite reads a row up to the last column that is asked for: what is long and seldom asked for comes last.

    Not by `batch_alter_table`: on SQLite that drops the table, and what hangs on a lead would be deleted with it.
    """
    for name in columns:
        op.add_column("leads", sa.Column(f"last_{name}", sa.Text()))
    leads = sa.table("leads", *map(sa.column, (*columns, *(f"last_{name}" for name in columns))))
    op.execute(sa.update(leads).values({f"last_{name}": leads.c[name] for name in columns}))
    for name in columns:
        op.drop_column("leads", name)
        op.execute(f"ALTER TABLE leads RENAME COLUMN last_{name} TO {name}")


def _reseal(keys: Any, turn: Callable[[str, str, AESGCM], str]) -> None:
    """Every sealed value of a person, from one key to the other. What does not open stays as it is: it never did."""
    db = op.get_bind()
    for name, (columns, row_of, kind, owner) in SEALED.items():
        some = " OR ".join(f"t.{column} IS NOT NULL" for column in columns)
        listed = ", ".join(f"t.{column}" for column in ("id", *columns, *(each for each in row_of if each != "id")))
        page = sa.text(  # all of it stands above
            f"SELECT {listed}, {kind} AS of_kind, {owner} AS of_owner FROM {name} t"  # noqa: S608
            f" WHERE ({some}) AND t.id > :after ORDER BY t.id LIMIT {BATCH}"
        )
        table = sa.table(name, *map(sa.column, ("id", *columns)))
        after = 0
        while rows := db.execute(page, {"after": after}).mappings().all():
            for row in rows:
                if row["of_owner"] is None:
                    continue  # of nobody who is there
                key = _key(keys, row["of_kind"], row["of_owner"])
                whose = " ".join("" if row[part] is None else str(row[part]) for part in row_of)
                fresh = {}
                for column in columns:
                    if row[column] is not None:
                        try:
                            fresh[column] = turn(row[column], f"{name}.{column} {whose}", key)
                        except Exception:  # noqa: BLE001, S112  # one that is damaged stops no upgrade
                            continue
                if fresh:
                    db.execute(sa.update(table).where(table.c.id == row["id"]).values(fresh))
            after = rows[-1]["id"]


def _key(keys: Any, kind: str, owner: str) -> AESGCM:
    db = op.get_bind()
    whose = {"kind": kind, "owner": owner}
    found = db.execute(sa.text("SELECT key FROM person_keys WHERE kind = :kind AND owner = :owner"), whose).scalar()
    if found is not None:
        return AESGCM(keys.unseal(found, KEY_PLACE))
    key = os.urandom(32)
    row = {**whose, "key": keys.seal(key, KEY_PLACE)}
    db.execute(sa.text("INSERT INTO person_keys (kind, owner, key) VALUES (:kind, :owner, :key)"), row)
    return AESGCM(key)


def _seal(key: AESGCM, plain: bytes, place: str) -> str:
    nonce = os.urandom(NONCE)
    return PREFIX + urlsafe_b64encode(nonce + key.encrypt(nonce, plain, place.encode())).decode()


def _unseal(key: AESGCM, sealed: str, place: str) -> bytes:
    token = urlsafe_b64decode(sealed.removeprefix(PREFIX))
    return key.decrypt(token[:NONCE], token[NONCE:], place.encode())


def _write_anew() -> None:
    """Leave nothing in the files that the key of the centre alone opens. SQLite overwrites what is deleted; PostgreSQL
    writes a table anew for a change of type with an expression."""
    if op.get_bind().dialect.name == "postgresql":
        for table, column, size in (
            ("outbox", "channel", 16),
            ("inbox", "channel", 16),
            ("conversations", "channel", 16),
            ("leads", "language", 2),
            ("unanswered", "language", 2),
            ("lead_notes", "author", 80),
        ):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({size}) USING {column} || ''")

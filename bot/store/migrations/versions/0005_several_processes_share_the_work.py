"""Several processes share the work: updates that wait, and who sends which message"""

import json

import sqlalchemy as sa
from alembic import context, op

revision = "0005"
down_revision = "0004"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    with op.batch_alter_table("inbox") as inbox:
        inbox.add_column(sa.Column("number", NUMBER))
        inbox.add_column(sa.Column("chat", sa.String(length=64)))
        inbox.add_column(sa.Column("payload", sa.Text()))
    waits = sa.text("payload IS NOT NULL")
    op.create_index(
        "ix_inbox_waiting", "inbox", ["channel", "chat", "number"], postgresql_where=waits, sqlite_where=waits
    )
    op.create_index("ix_inbox_channel_number", "inbox", ["channel", "number"])
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("chat", sa.String(length=64)))
        outbox.add_column(sa.Column("owner", sa.String(length=64)))
        outbox.add_column(sa.Column("leased_until", sa.DateTime(timezone=True)))
    waits = sa.text("state = 'waiting'")
    op.create_index(
        "ix_outbox_waiting", "outbox", ["channel", "chat", "id"], postgresql_where=waits, sqlite_where=waits
    )
    op.drop_index("ix_outbox_state_next_attempt_at", table_name="outbox")
    _name_the_chats()


def downgrade() -> None:
    # Updates that wait are words that an older version does not look for: Telegram has them no more.
    op.execute("DELETE FROM inbox WHERE payload IS NOT NULL")
    op.create_index("ix_outbox_state_next_attempt_at", "outbox", ["state", "next_attempt_at"])
    op.drop_index("ix_outbox_waiting", table_name="outbox")
    op.drop_index("ix_inbox_waiting", table_name="inbox")
    op.drop_index("ix_inbox_channel_number", table_name="inbox")
    with op.batch_alter_table("outbox") as outbox:
        for column in ("chat", "owner", "leased_until"):
            outbox.drop_column(column)
    with op.batch_alter_table("inbox") as inbox:
        for column in ("number", "chat", "payload"):
            inbox.drop_column(column)


def _name_the_chats() -> None:
    """Which chat a message that waits is for stands in what is sealed; from now on its HMAC stands beside it."""
    keys = context.config.attributes["keys"]  # of `bot.store.schema.config`; None for a database without any
    if keys is None:
        return
    db = op.get_bind()
    outbox = sa.table(
        "outbox", *map(sa.column, ("id", "conversation_id", "channel", "state", "payload", "chat", "error"))
    )
    waiting = sa.select(outbox).where(outbox.c.state == "waiting")
    for row in db.execute(waiting).all():
        whose = "" if row.conversation_id is None else row.conversation_id
        try:
            user = json.loads(keys.unseal(row.payload, f"outbox.payload {whose} {row.channel}"))["user"]
            values = {"chat": keys.blind(f"person:{row.channel}", user)}
        except Exception as error:  # noqa: BLE001  # it does not open: it could never be sent, and stops no upgrade
            values = {"state": "dead", "payload": None, "error": type(error).__name__}
        db.execute(sa.update(outbox).where(outbox.c.id == row.id).values(values))

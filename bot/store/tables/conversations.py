"""People, what they agreed to, what came in and goes out, and what nothing answered."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    ScalarSelect,
    String,
    Table,
    Text,
    UniqueConstraint,
    select,
)

from bot.store.encryption import Encrypted
from bot.store.tables.columns import Blind, Moment, Number, key_of_chat, key_of_person, metadata, number, person_keys

conversations = Table(
    "conversations",
    metadata,
    number(),
    Column("channel", String(16), nullable=False),
    Column("person", Blind, nullable=False),
    Column(
        "private",  # {"user", "state", "counted"}
        Encrypted("conversations.private", "channel", "person", key=key_of_person),
        nullable=False,
    ),
    Column("wake_at", Moment, index=True),  # when `Elapsed` is due
    Column("blocked", Boolean, nullable=False),  # the person has blocked the bot: adviser, use the phone
    Column("created_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    UniqueConstraint("channel", "person"),
    Index("ix_conversations_updated_at", "updated_at"),
)

consent_texts = Table(
    "consent_texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("text", Text, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    number(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("purpose", String(32), nullable=False),
    Column("language", String(2), nullable=False),
    Column("text_sha256", String(64), ForeignKey("consent_texts.sha256"), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("withdrawn_at", Moment),
)

inbox = Table(
    "inbox",
    metadata,
    number(),
    Column("channel", String(16), nullable=False),
    Column("update_id", String(64), nullable=False),  # as the channel calls it
    Column("state", String(8), nullable=False),  # done, failed, dead
    Column("attempts", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("error", String(100)),
    # Where several processes share the work an update waits here for its turn. As soon as it had that, only its number
    # stays, which says nothing about anybody.
    Column("number", Number),  # the order of the channel
    Column("chat", Blind),
    Column("payload", Encrypted("inbox.payload", "channel", "update_id", key=key_of_chat)),  # {"user", "event"}
    UniqueConstraint("channel", "update_id"),
    Index("ix_inbox_received_at", "received_at"),
    Index("ix_inbox_channel_number", "channel", "number"),
)
Index(
    "ix_inbox_waiting",
    inbox.c.channel,
    inbox.c.chat,
    inbox.c.number,
    postgresql_where=inbox.c.payload.is_not(None),
    sqlite_where=inbox.c.payload.is_not(None),
)

outbox = Table(
    "outbox",
    metadata,
    number(),
    Column("conversation_id", Number, index=True),  # None: for staff or a group, or the last word to who was erased
    Column("channel", String(16), nullable=False),
    Column("state", String(8), nullable=False),  # waiting, sent, dead
    Column("attempts", Integer, nullable=False),
    Column("next_attempt_at", Moment, nullable=False),
    Column("queued_at", Moment, nullable=False),
    # {"user", "message"}; gone as soon as it is sent
    Column("payload", Encrypted("outbox.payload", "conversation_id", "channel", key=key_of_chat)),
    Column("lead", String(16), index=True),  # of whom staff read here: taken out of their chat with the lead
    Column("message_id", Number),
    Column("error", String(100)),
    Column("chat", Blind),
    Column("owner", String(64)),  # the process that sends it, until `leased_until`: see `bot.store.outbox`
    Column("leased_until", Moment),
    Index("ix_outbox_queued_at", "queued_at"),
)
Index(
    "ix_outbox_waiting",
    outbox.c.channel,
    outbox.c.chat,
    outbox.c.id,
    postgresql_where=outbox.c.state == "waiting",
    sqlite_where=outbox.c.state == "waiting",
)


def _of_its_conversation(table: Any) -> ScalarSelect[str]:
    theirs = (person_keys.c.kind == conversations.c.channel) & (person_keys.c.owner == conversations.c.person)
    found = select(person_keys.c.key).join(conversations, theirs).where(conversations.c.id == table.c.conversation_id)
    return found.correlate(table).scalar_subquery()


unanswered = Table(
    "unanswered",
    metadata,
    number(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), index=True),
    Column("asked_on", Date, nullable=False, index=True),
    Column("language", String(2), nullable=False),
    Column("kind", String(8)),  # "wish": of somebody for whom nothing was found; None: a question
    Column("text", Encrypted("unanswered.text", "conversation_id", key=_of_its_conversation), nullable=False),
)

# What a page on the web shows of a conversation, from its beginning; gone when nobody has it open any more.
transcript = Table(
    "transcript",
    metadata,
    number(),
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("update_id", String(64)),  # of what the person said or pressed; None: a message of the bot
    # {"said"} or {"message"}
    Column("line", Encrypted("transcript.line", "conversation_id", key=_of_its_conversation), nullable=False),
)

# By what somebody on the web gets into their conversation. The token itself is with them alone.
access_tokens = Table(
    "access_tokens",
    metadata,
    number(),
    Column("token", Blind, nullable=False, unique=True),
    Column("kind", String(8), nullable=False),  # browser, code, link
    Column("conversation_id", Number, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False, index=True),
)

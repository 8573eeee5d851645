"""Messages that are decided but perhaps not sent yet: written with the turn, sent after it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, literal, select, update

from bot.engine.effects import Message
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.tables import outbox

# Who runs the turn sends its messages at once; until then `pending` leaves them alone.
HEAD_START = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Address:
    """Where someone is reached: ("telegram", "12345"), ("terminal", "local")."""

    channel: str
    user: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    id: int
    address: Address
    message: Message
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to queue. `conversation` is None for staff, and for the last word to someone who was erased."""

    conversation: int | None
    address: Address
    message: Message


class Outbox:
    def __init__(self, store: Database) -> None:
        self.store = store

    def queue(self, letters: Sequence[OutboxMessage], at: datetime | None = None) -> list[Outgoing]:
        """Write messages down, in the order in which they are to be sent."""
        if not letters:
            return []
        at = at or now()
        rows = [
            {
                "conversation_id": letter.conversation,
                "channel": letter.address.channel,
                "state": "waiting",
                "attempts": 0,
                "next_attempt_at": at + HEAD_START,
                "queued_at": at,
                "payload": Sealed(
                    {"user": letter.address.user, "message": letter.message.to_json()},
                    (letter.conversation, letter.address.channel),
                ),
            }
            for letter in letters
        ]
        with self.store.transaction() as db:
            ids = db.execute(_QUEUE, rows).scalars().all()
        return [Outgoing(id, letter.address, letter.message) for id, letter in zip(ids, letters, strict=True)]

    def pending(self, channel: str, at: datetime | None = None, limit: int = 100) -> list[Outgoing]:
        """Messages that are due at `at`, the oldest first. At the start, ask for `now() + HEAD_START` to have all."""
        statement = (
            select(outbox.c.id, outbox.c.payload, outbox.c.attempts)
            .where(outbox.c.state == "waiting", outbox.c.channel == channel, outbox.c.next_attempt_at <= (at or now()))
            .order_by(outbox.c.id)
            .limit(limit)
        )
        with self.store.reading() as db:
            return [
                Outgoing(id, Address(channel, payload["user"]), Message.from_json(payload["message"]), attempts)
                for id, payload, attempts in db.execute(statement)
            ]

    def sent(self, id: int, message_id: int | None = None) -> None:
        self.sent_all([(id, message_id)])

    def sent_all(self, sent: Iterable[tuple[int, int | None]]) -> None:
        """These messages arrived. Their text goes; the number that the channel gave them stays for two days.

        A message that arrived in parts is named once for each, with the number of that part.
        """
        rows = [{"of": id, "message_id": message_id} for id, message_id in sent]
        if not rows:
            return
        last = {row["of"]: row for row in rows}
        with self.store.transaction() as db:
            if parts := [row for row in rows if row is not last[row["of"]]]:
                db.execute(_SENT_PART, parts)
            db.execute(_SENT, rows := list(last.values()))
            db.execute(_LAST_WORD, [{"of": row["of"]} for row in rows])

    def retry(self, id: int, at: datetime) -> None:
        """Sending failed for now; try again at `at`."""
        values = {"next_attempt_at": at, "attempts": outbox.c.attempts + 1}
        with self.store.transaction() as db:
            db.execute(update(outbox).where(outbox.c.id == id).values(values))

    def dead(self, id: int, error: str) -> None:
        """This message will never arrive (the person blocked the bot). `error` is a kind, never a text with data."""
        values = {"state": "dead", "payload": None, "error": error[:100]}
        with self.store.transaction() as db:
            db.execute(update(outbox).where(outbox.c.id == id).values(values))

    def waiting(self) -> int:
        with self.store.reading() as db:
            return db.execute(select(func.count()).where(outbox.c.state == "waiting")).scalar_one()

    def message_ids(self, conversation: int) -> list[int]:
        """The numbers of what was sent to someone in the last two days: a bot can delete those."""
        statement = select(outbox.c.message_id).where(
            outbox.c.conversation_id == conversation, outbox.c.message_id.is_not(None)
        )
        with self.store.reading() as db:
            return [number for (number,) in db.execute(statement)]


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_QUEUE = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("of"))
    .values(state="sent", payload=None, error=None, message_id=bindparam("message_id"))
)
# A part before the last one has a row of its own, so that it can be deleted as well.
_SENT_PART = insert(outbox).from_select(
    ["conversation_id", "channel", "state", "attempts", "next_attempt_at", "queued_at", "message_id"],
    select(
        outbox.c.conversation_id,
        outbox.c.channel,
        literal("sent"),
        outbox.c.attempts,
        outbox.c.next_attempt_at,
        outbox.c.queued_at,
        bindparam("message_id", type_=outbox.c.message_id.type),
    ).where(outbox.c.id == bindparam("of"), outbox.c.conversation_id.is_not(None)),
)
# To nobody in particular, or to who was erased: nothing of it stays.
_LAST_WORD = delete(outbox).where(outbox.c.id == bindparam("of"), outbox.c.conversation_id.is_(None))

"""Messages that are decided but perhaps not sent yet: written with the turn, sent after it.

Several processes may send over one channel. A chat is sent to by one of them at a time: who holds its lease. The lease
of a chat is that of its first message that waits, so there is no table of leases, and nobody takes a message past one
that is still on its way. A lease ends when its owner gives it back, or says nothing for `LEASE`: it was killed.
"""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from bot.engine.effects import Message
from bot.store.damage import UNREADABLE
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.keys import PersonKey
from bot.store.tables import outbox

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)  # before a message is tried again


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
    ours: bool = True  # False: another process sends to this chat, and takes this along
    about: str | None = None  # the lead of which this tells staff


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to queue. `conversation` is None for staff, and for the last word to someone who was erased.

    `about` is the number of the lead of which staff are told: who cannot be reached is not the last to hear of it.
    """

    conversation: int | None
    address: Address
    message: Message
    key: PersonKey | None = None  # of whom it is for, when that was looked up in the same unit
    about: str | None = None


class Outbox:
    def __init__(self, store: Database) -> None:
        self.store = store
        self._owners: dict[str, str] = {}  # by channel: as who this process sends there

    def send_as(self, channel: str, owner: str) -> None:
        """This process sends over a channel from now on: what is queued for it is leased at once."""
        self._owners[channel] = owner

    # ------------------------------------------------------------ queueing
    def queue(self, letters: Sequence[OutboxMessage], at: datetime | None = None) -> list[Outgoing]:
        """Write messages down, in the order in which they are to be sent."""
        if not letters:
            return []
        at = at or now()
        chats = [self._chat(letter.address) for letter in letters]
        with self.store.transaction() as db:
            self._one_at_a_time(
                sorted({chat for chat, each in zip(chats, letters, strict=True) if not each.conversation})
            )
            elsewhere = self._held_elsewhere(letters, chats)
            owners = [(each.address.channel, chat) for chat, each in zip(chats, letters, strict=True)]
            unknown = {owner for owner, each in zip(owners, letters, strict=True) if each.key is None}
            keys = self.store.person_keys.of(unknown) if unknown else {}
            rows = []
            for letter, chat in zip(letters, chats, strict=True):
                owner = None if chat in elsewhere else self._owners.get(letter.address.channel)
                payload = {"user": letter.address.user, "message": letter.message.to_json()}
                payload |= {"about": letter.about} if letter.about else {}
                rows.append(
                    {
                        "conversation_id": letter.conversation,
                        "channel": letter.address.channel,
                        "chat": chat,
                        "state": "waiting",
                        "attempts": 0,
                        "next_attempt_at": at,
                        "queued_at": at,
                        "owner": owner,
                        "leased_until": now() + LEASE if owner else None,
                        "lead": letter.message.lead,
                        "payload": Sealed(
                            payload,
                            (letter.conversation, letter.address.channel),
                            letter.key or keys[letter.address.channel, chat],
                        ),
                    }
                )
            ids = db.execute(_QUEUE, rows).scalars().all()
        return [
            Outgoing(id, letter.address, letter.message, ours=chat not in elsewhere, about=letter.about)
            for id, letter, chat in zip(ids, letters, chats, strict=True)
        ]

    def _chat(self, address: Address) -> str:
        return self.store.keys.blind("person:" + address.channel, address.user)

    def _one_at_a_time(self, chats: Sequence[str]) -> None:
        """To a person is queued under the lock of their conversation. To a group anybody may, so there is a lock for
        it: else the later of two messages could be sent before the earlier one can be seen."""
        if chats and not self.store.sqlite:
            with self.store.transaction() as db:
                for chat in chats:
                    db.execute(_LOCK, {"chat": chat})

    def _held_elsewhere(self, letters: Sequence[OutboxMessage], chats: Sequence[str]) -> set[str]:
        """The chats to which another process sends, or should: something waits there that is not ours."""
        found: set[str] = set()
        for channel, owner in self._owners.items():
            asked = {chat for chat, each in zip(chats, letters, strict=True) if each.address.channel == channel}
            if asked:
                with self.store.reading() as db:
                    values = {"channel": channel, "chats": list(asked), "owner": owner}
                    found.update(db.execute(_HELD_ELSEWHERE, values).scalars())
        return found

    # ------------------------------------------------------------ leases
    def claim(self, channel: str, at: datetime | None = None, limit: int = 100) -> list[Outgoing]:
        """Lease chats to which nobody sends: what waits in at most `limit` of them, in order."""
        at = at or now()
        values = {
            "channel": channel,
            "due": at,
            "too_late": at + LONGEST_WAIT,
            "now": now(),
            "too_long": now() + 6 * LEASE,  # between machines clocks differ a little
            "some": limit,
        }
        with self.store.reading() as db:  # nearly always there is nothing, and then nobody has to wait for us
            if db.execute(_FREE, values).first() is None:
                return []
        owner = self._owners[channel]
        with self.store.transaction() as db:
            chats = db.execute(_FREE.with_for_update(skip_locked=True), values).scalars().all()
            if not chats:
                return []
            mine = and_(_WAITS, outbox.c.channel == channel, _in_chats(chats))
            db.execute(update(outbox).where(mine).values(owner=owner, leased_until=now() + LEASE))
            return self._read(channel, mine)

    def renew(self, channel: str, addresses: Collection[Address]) -> None:
        """Go on sending to these chats."""
        ours = and_(_WAITS, outbox.c.channel == channel, outbox.c.owner == self._owners[channel])
        chats = [self._chat(address) for address in addresses]
        with self.store.transaction() as db:
            for start in range(0, len(chats), 500):
                some = and_(ours, _in_chats(chats[start : start + 500]))
                db.execute(update(outbox).where(some).values(leased_until=now() + LEASE))

    def release(self, channel: str) -> None:
        """Give back what this process leased: at its end, and at its start what it had when it was killed."""
        ours = and_(_WAITS, outbox.c.channel == channel, outbox.c.owner == self._owners[channel])
        with self.store.reading() as db:
            if db.execute(select(outbox.c.id).where(ours).limit(1)).first() is None:
                return
        with self.store.transaction() as db:
            db.execute(update(outbox).where(ours).values(owner=None, leased_until=None))

    def pending(self, channel: str, at: datetime | None = None) -> list[Outgoing]:
        """What waits and is due at `at`, whoever sends it."""
        with self.store.transaction():
            return self._read(
                channel, and_(_WAITS, outbox.c.channel == channel, outbox.c.next_attempt_at <= (at or now()))
            )

    def has_for(self, address: Address) -> bool:
        """Whether something waits for one person, on a channel where they come to fetch it."""
        with self.store.reading() as db:  # nearly always there is nothing, and then nobody has to wait for us
            return db.execute(_ANY_FOR, self._of(address)).first() is not None

    def waiting_for(self, address: Address) -> list[Outgoing]:
        """That, in order."""
        return self._read_all(address.channel, _ALL_FOR, self._of(address))

    def _of(self, address: Address) -> dict[str, str]:
        return {"channel": address.channel, "chat": self._chat(address)}

    def _read(self, channel: str, which: ColumnElement[bool]) -> list[Outgoing]:
        statement = select(outbox.c.id, outbox.c.payload, outbox.c.attempts).where(which).order_by(outbox.c.id)
        return self._read_all(channel, statement, {})

    def _read_all(self, channel: str, statement: Select[Any], values: Mapping[str, object]) -> list[Outgoing]:
        """Messages, the oldest first. One that does not open, or is none, is put aside for the operator."""
        found: list[Outgoing] = []
        with self.store.transaction() as db:
            for id, payload, attempts in db.execute(statement, values).all():
                try:
                    message = Message.from_json(payload["message"])
                    address, about = Address(channel, payload["user"]), payload.get("about")
                    found.append(Outgoing(id, address, message, attempts, about=about))
                except UNREADABLE as error:
                    log.error("message %d (outbox) is damaged, and put aside: %s", id, type(error).__name__)
                    self.dead(id, type(error).__name__)
        return found

    # ------------------------------------------------------------ what came of it
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
        values = {"state": "dead", "payload": None, "error": error[:100], "owner": None}
        with self.store.transaction() as db:
            db.execute(update(outbox).where(outbox.c.id == id).values(values))

    def refusals(self, addresses: Collection[Address]) -> dict[Address, str]:
        """Why the newest message to a group, or to who works here, did not arrive; nothing is said of who is not known
        to be unreachable: see `answers`. It is known as long as updates are kept."""
        dead = select(outbox.c.channel, outbox.c.chat, outbox.c.error).where(
            outbox.c.state == "dead", outbox.c.conversation_id.is_(None)
        )
        with self.store.reading() as db:
            why = {(channel, chat): error for channel, chat, error in db.execute(dead.order_by(outbox.c.id))}
        told = {each: why.get((each.channel, self._chat(each))) for each in addresses}
        return {address: reason for address, reason in told.items() if reason}

    def answers(self, address: Address) -> None:
        """Something arrived there again: what did not before says nothing any more."""
        with self.store.transaction() as db:
            db.execute(delete(outbox).where(self._dead_at(address)))

    def _dead_at(self, address: Address) -> ColumnElement[bool]:
        here = and_(outbox.c.channel == address.channel, outbox.c.chat == self._chat(address))
        return and_(here, outbox.c.state == "dead", outbox.c.conversation_id.is_(None))

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

    def take_back(
        self, lead: str | None, readers: Iterable[Address], at: datetime, *, before: datetime | None = None
    ) -> None:
        """Have what staff read of a lead taken out of their chats, or of all leads what was queued `before` a moment;
        what waits is not sent. Telegram lets a bot delete what is at most two days old, and older numbers are not kept.
        """
        its = outbox.c.lead == lead if lead is not None else outbox.c.lead.is_not(None)
        if before is not None:
            its = and_(its, outbox.c.queued_at < before)
        with self.store.transaction() as db:
            sent = db.execute(
                select(outbox.c.channel, outbox.c.chat, outbox.c.message_id)
                .where(its, outbox.c.message_id.is_not(None))
                .order_by(outbox.c.id)
            ).all()
            db.execute(delete(outbox).where(its))
            for address in dict.fromkeys(readers):
                chat = self._chat(address)
                there = (address.channel, chat)
                numbers = tuple(sorted(row.message_id for row in sent if (row.channel, row.chat) == there))
                if numbers:
                    self.queue([OutboxMessage(None, address, Message("", deletes=numbers))], at)


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_QUEUE = insert(outbox).returning(outbox.c.id, sort_by_parameter_order=True)
_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("of"))
    .values(state="sent", payload=None, error=None, owner=None, message_id=bindparam("message_id"))
)
# A part before the last one has a row of its own, so that it can be deleted as well.
_SENT_PART = insert(outbox).from_select(
    ["conversation_id", "channel", "chat", "lead", "state", "attempts", "next_attempt_at", "queued_at", "message_id"],
    select(
        outbox.c.conversation_id,
        outbox.c.channel,
        outbox.c.chat,
        outbox.c.lead,
        literal("sent"),
        outbox.c.attempts,
        outbox.c.next_attempt_at,
        outbox.c.queued_at,
        bindparam("message_id", type_=outbox.c.message_id.type),
    ).where(outbox.c.id == bindparam("of"), or_(outbox.c.conversation_id.is_not(None), outbox.c.lead.is_not(None))),
)
# To nobody in particular, or to who was erased: nothing of it stays.
_LAST_WORD = delete(outbox).where(
    outbox.c.id == bindparam("of"), outbox.c.conversation_id.is_(None), outbox.c.lead.is_(None)
)

_WAITS = outbox.c.state == "waiting"
_FOR_ONE = and_(_WAITS, outbox.c.channel == bindparam("channel"), outbox.c.chat == bindparam("chat"))
_ANY_FOR = select(outbox.c.id).where(_FOR_ONE).limit(1)
_ALL_FOR = select(outbox.c.id, outbox.c.payload, outbox.c.attempts).where(_FOR_ONE).order_by(outbox.c.id)
_EARLIER = outbox.alias("earlier")
_FIRST = ~exists().where(
    _EARLIER.c.state == "waiting",
    _EARLIER.c.channel == outbox.c.channel,
    _EARLIER.c.chat == outbox.c.chat,
    _EARLIER.c.id < outbox.c.id,
)
# The chats whose first message nobody is sending.
_FREE = (
    select(outbox.c.chat)
    .where(
        _WAITS,
        outbox.c.channel == bindparam("channel"),
        # A date that is too far ahead was written by a clock that was: nothing waits for yesterday to come again.
        or_(
            outbox.c.attempts == 0,
            outbox.c.next_attempt_at <= bindparam("due", type_=outbox.c.next_attempt_at.type),
            outbox.c.next_attempt_at > bindparam("too_late", type_=outbox.c.next_attempt_at.type),
        ),
        or_(
            outbox.c.owner.is_(None),
            outbox.c.leased_until < bindparam("now", type_=outbox.c.leased_until.type),
            outbox.c.leased_until > bindparam("too_long", type_=outbox.c.leased_until.type),
        ),
        _FIRST,
    )
    .order_by(outbox.c.id)
    .limit(bindparam("some"))
)
_HELD_ELSEWHERE = (
    select(outbox.c.chat)
    .where(
        _WAITS,
        outbox.c.channel == bindparam("channel"),
        outbox.c.chat.in_(bindparam("chats", expanding=True)),
        or_(outbox.c.owner.is_(None), outbox.c.owner != bindparam("owner")),
    )
    .distinct()
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:chat, 0))")


def _in_chats(chats: Collection[str]) -> ColumnElement[bool]:
    return outbox.c.chat.in_(chats)

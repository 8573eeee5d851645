"""The conversation of each person: who they are on their channel, and the state, sealed together."""

import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from bot.engine.state import State
from bot.store.damage import UNREADABLE
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.keys import Damaged, PersonKey
from bot.store.outbox import Address
from bot.store.tables import consent_texts, consents, conversations, key_of_person, outbox, unanswered

log = logging.getLogger(__name__)

WISH = "wish"  # what `unanswered` holds beside questions


@dataclass(frozen=True, slots=True)
class Conversation:
    id: int
    address: Address
    state: State
    blocked: bool = False
    damaged: bool = False  # what is kept of them does not open; the state is none of theirs, and is never written
    key: PersonKey | None = field(default=None, repr=False, compare=False)  # as it was when they were looked up
    counted: frozenset[str] = frozenset()  # what the figures have of them: see `bot.store.conversation_figures`


class StoredConversations:
    def __init__(self, store: Database) -> None:
        self.store = store

    def blind(self, address: Address) -> str:
        return self.store.keys.blind("person:" + address.channel, address.user)

    def load(
        self, addresses: Collection[Address], *, language: str = "nl", at: datetime | None = None
    ) -> list[Conversation]:
        """The people at these addresses, locked until the unit ends; who is new gets an empty conversation."""
        wanted = {(address.channel, self.blind(address)): address for address in dict.fromkeys(addresses)}
        with self.store.transaction():
            people = self._select(wanted)
            there = {person.address for person in people}
            if missing := {key: address for key, address in wanted.items() if address not in there}:
                self._insert(missing, language, at or now())
                people += self._select(missing)
        return people

    def find(self, address: Address, *, lock: bool = False) -> Conversation | None:
        """The person at an address, until the unit ends for us alone with `lock`; None when nothing is kept."""
        with self.store.reading():
            return next(iter(self._select({(address.channel, self.blind(address)): address}, lock=lock)), None)

    def states(self) -> Iterator[State]:
        """The state of every conversation, to look at and not to change: nothing is locked."""
        with self.store.reading() as db:
            for (private,) in db.execute(select(conversations.c.private)):
                with suppress(*UNREADABLE):
                    yield State.from_json(private["state"])

    def get(self, person: int) -> Conversation | None:
        """The conversation with this number; None for one that is gone or does not open."""
        with self.store.reading() as db:
            row = db.execute(_GET, {"of": person}).first()
        with suppress(*UNREADABLE):
            if row:
                key = self.store.ring.person_key(row.key)
                return _conversation(row, Address(row.channel, row.private["user"]), key)
        return None

    def address(self, person: int) -> Address | None:
        columns = (conversations.c.channel, conversations.c.private)
        with self.store.reading() as db:
            row = db.execute(select(*columns).where(conversations.c.id == person)).first()
        with suppress(*UNREADABLE):
            return Address(row.channel, row.private["user"]) if row else None
        return None

    def save(self, people: Iterable[Conversation], at: datetime) -> None:
        """Write the states down. Who says something has not blocked the bot."""
        whole = [person for person in people if not person.damaged]
        with self.store.transaction() as db:
            keys = self._keys(person.address for person in whole if person.key is None)
            rows = [
                {
                    "of": person.id,
                    "private": self._sealed(
                        person.address, person.state, person.counted, person.key or keys[person.address]
                    ),
                    "wake_at": person.state.wake_at,
                    "updated_at": at,
                }
                for person in whole
            ]
            if rows:
                db.execute(_SAVE, rows)

    def due(self, channel: str, at: datetime, limit: int = 200) -> list[Address]:
        """Whom `Elapsed` is due for: a reminder, the end of a wait, the end of a conversation."""
        due = (conversations.c.wake_at <= at) & conversations.c.blocked.is_(False)
        statement = (
            select(conversations.c.id, conversations.c.private)
            .where(conversations.c.channel == channel, due)
            .order_by(conversations.c.wake_at)
            .limit(limit)
        )
        found, damaged = [], []
        with self.store.reading() as db:
            for id, private in db.execute(statement):
                try:
                    State.from_json(private["state"])
                    found.append(Address(channel, private["user"]))
                except UNREADABLE:
                    damaged.append(id)
        if damaged:
            log.error("conversations %s are damaged: nobody is reminded there", damaged)
            with self.store.transaction() as db:
                db.execute(update(conversations).where(conversations.c.id.in_(damaged)).values(wake_at=None))
        return found

    def postpone(self, address: Address, until: datetime) -> None:
        """Look at somebody again later: what was due for them fails."""
        with self.store.transaction() as db:
            mine = (conversations.c.channel == address.channel) & (conversations.c.person == self.blind(address))
            db.execute(update(conversations).where(mine).values(wake_at=until))

    def move(self, person: Conversation, to: Address) -> None:
        """Have a conversation go on at another address, with its key; what waits for the old one is not sent."""
        old = (person.address.channel, self.blind(person.address))
        new = {"channel": to.channel, "person": self.blind(to)}
        with self.store.transaction() as db:
            key = self.store.person_keys.of([old])[old]
            self.store.person_keys.hand_over(old, (to.channel, new["person"]))
            db.execute(delete(outbox).where(outbox.c.conversation_id == person.id))
            private = self._sealed(to, person.state, person.counted, key)
            moved = update(conversations).where(conversations.c.id == person.id)
            db.execute(moved.values(private=private, blocked=False, **new))

    def blocked(self, address: Address) -> None:
        """They blocked the bot: no reminder reaches them, and an adviser sees that only the phone is left."""
        with self.store.transaction() as db:
            mine = (conversations.c.channel == address.channel) & (conversations.c.person == self.blind(address))
            db.execute(update(conversations).where(mine).values(blocked=True, wake_at=None))

    def consent(self, person: int, purpose: str, text: str, language: str, at: datetime) -> None:
        """Keep what was agreed to, word for word. The same yes again changes nothing."""
        digest = sha256(text.encode()).hexdigest()
        with self.store.transaction() as db:
            db.execute(self._keep_text, {"sha256": digest, "text": text})
            given = {"conversation_id": person, "purpose": purpose, "text_sha256": digest}
            if db.execute(_GIVEN, given).first() is None:
                db.execute(_CONSENT, {**given, "language": language, "given_at": at})

    @cached_property
    def _begin(self) -> Any:
        return self.store.insert(conversations).on_conflict_do_nothing()

    @cached_property
    def _keep_text(self) -> Any:
        return self.store.insert(consent_texts).on_conflict_do_nothing()

    def withdraw(self, person: int, purpose: str, at: datetime) -> bool:
        """Write a withdrawal down; False when there was no such consent."""
        given = (consents.c.conversation_id == person) & (consents.c.purpose == purpose)
        statement = update(consents).where(given, consents.c.withdrawn_at.is_(None)).values(withdrawn_at=at)
        with self.store.transaction() as db:
            return db.execute(statement).rowcount > 0

    def unanswered(self, person: int, text: str, language: str, at: datetime, kind: str | None = None) -> None:
        """Keep a question that nobody had an answer to, for the editors; or a wish (`WISH`) for which nothing fits."""
        whose = select(conversations.c.channel, conversations.c.person).where(conversations.c.id == person)
        with self.store.transaction() as db:
            channel, who = db.execute(whose).one()
            owner = (channel, who)
            sealed = Sealed(text[:200], (person,), self.store.person_keys.of([owner])[owner])
            day = at.date()
            values = {"kind": kind, "conversation_id": person, "asked_on": day, "language": language, "text": sealed}
            db.execute(insert(unanswered).values(values))

    def asked_in_vain(self, kind: str | None = None) -> list[tuple[date, str]]:
        """The questions that nobody had an answer to, newest first: the day, and what was asked. Not who.

        With `WISH` the wishes for which nothing was found.
        """
        of_kind = unanswered.c.kind.is_(None) if kind is None else unanswered.c.kind == kind
        statement = select(unanswered.c.asked_on, unanswered.c.text).where(of_kind).order_by(unanswered.c.id.desc())
        with self.store.reading() as db:
            return [(day, text) for day, text in db.execute(statement) if not isinstance(text, Damaged)]

    def _keys(self, addresses: Iterable[Address]) -> dict[Address, PersonKey]:
        owners = {address: (address.channel, self.blind(address)) for address in addresses}
        keys = self.store.person_keys.of(owners.values()) if owners else {}
        return {address: keys[owner] for address, owner in owners.items()}

    def _sealed(self, address: Address, state: State, counted: Collection[str], key: PersonKey) -> Sealed:
        private = {"user": address.user, "state": state.to_json(), "counted": sorted(counted)}
        return Sealed(private, (address.channel, self.blind(address)), key)

    def _select(self, wanted: dict[tuple[str, str], Address], *, lock: bool = True) -> list[Conversation]:
        if not wanted:
            return []
        channels = {channel for channel, _ in wanted}
        statement = _SELECT.with_for_update() if lock else _SELECT
        found: list[Conversation] = []
        with self.store.reading() as db:
            for channel in channels:
                persons = [person for where, person in wanted if where == channel]
                for row in db.execute(statement, {"channel": channel, "persons": persons}):
                    address = wanted[channel, row.person]
                    try:
                        found.append(_conversation(row, address, self.store.ring.person_key(row.key)))
                    except UNREADABLE:
                        log.error("conversation %d is damaged", row.id)
                        found.append(Conversation(row.id, address, State.new("nl"), row.blocked, damaged=True))
        return found

    def _insert(self, missing: dict[tuple[str, str], Address], language: str, at: datetime) -> None:
        with self.store.transaction() as db:
            keys = self._keys(missing.values())
            rows = [
                {
                    "channel": channel,
                    "person": person,
                    "private": self._sealed(address, State.new(language), (), keys[address]),
                    "blocked": False,
                    "created_at": at,
                    "updated_at": at,
                }
                for (channel, person), address in missing.items()
            ]
            db.execute(self._begin, rows)


def _conversation(row: Any, address: Address, key: PersonKey) -> Conversation:
    state, counted = State.from_json(row.private["state"]), frozenset(row.private.get("counted", ()))
    return Conversation(row.id, address, state, row.blocked, key=key, counted=counted)


_SELECT = (
    select(
        conversations.c.id,
        conversations.c.person,
        conversations.c.private,
        conversations.c.blocked,
        key_of_person(conversations).label("key"),
    )
    .where(
        conversations.c.channel == bindparam("channel"),
        conversations.c.person.in_(bindparam("persons", expanding=True)),
    )
    .order_by(conversations.c.id)  # always the same order: two workers that lock never wait for each other in a ring
)
_GIVEN = select(consents.c.id).where(
    *(consents.c[name] == bindparam(name) for name in ("conversation_id", "purpose", "text_sha256")),
    consents.c.withdrawn_at.is_(None),
)
_CONSENT = insert(consents)
_GET = select(
    conversations.c.id,
    conversations.c.channel,
    conversations.c.private,
    conversations.c.blocked,
    key_of_person(conversations).label("key"),
).where(conversations.c.id == bindparam("of"))
_SAVE = (
    update(conversations)
    .where(conversations.c.id == bindparam("of"))
    .values(
        private=bindparam("private"), wake_at=bindparam("wake_at"), updated_at=bindparam("updated_at"), blocked=False
    )
)

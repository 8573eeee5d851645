"""Conversations on the web: what the page shows of one, and by which tokens somebody gets into theirs.

A page is a channel where people come to fetch what is said. What waits for them in the outbox moves to a transcript in
one transaction: once each, in order, whoever fetches it. The transcript lasts as long as a browser has it open.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update

from bot.engine.effects import Message
from bot.store.conversations import Conversation, StoredConversations
from bot.store.database import Database
from bot.store.encryption import Sealed
from bot.store.keys import Damaged
from bot.store.outbox import Address, Outbox
from bot.store.tables import access_tokens, conversations, transcript

IDLE = timedelta(minutes=30)  # without a request, and the page shows it no more
NOTICED = timedelta(minutes=1)  # between two times that we write down that they are still here
LINK_LASTS = timedelta(minutes=10)
CODES = 3  # the newest: who asked twice by accident may have written either down


class Access(StrEnum):
    """What kind of token leads into a conversation."""

    BROWSER = "browser"  # in a cookie, or in the form itself
    CODE = "code"  # words on paper, for as long as the conversation lasts
    LINK = "link"  # works once, within `LINK_LASTS`


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on the page: what they said (None: it is not kept), or a message of the bot."""

    id: int
    at: datetime
    said: str | None = None
    message: Message | None = None

    @property
    def is_theirs(self) -> bool:
        return self.message is None


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What they did in one turn, to show above what came of it. `text` is None when nothing of it may be kept."""

    update_id: str
    text: str | None


class Talks:
    def __init__(self, store: Database, people: StoredConversations, outbox: Outbox) -> None:
        self.store, self.people, self.outbox = store, people, outbox

    # ------------------------------------------------------------ tokens
    def begin(self, address: Address, token: str, at: datetime) -> Conversation:
        """The conversation of a new browser, which has this token."""
        with self.store.transaction():
            person = self.people.load([address], at=at)[0]
            self.grant(person.id, Access.BROWSER, token, at)
        return person

    def find(self, token: str, at: datetime) -> Conversation | None:
        """The conversation that a browser has open, which stays so by this; None when it has none, or none any more."""
        asked = {"token": self._blind(token), "kind": Access.BROWSER, "since": at - IDLE}
        with self.store.reading() as db:
            row = db.execute(_ALIVE, asked).first()
        if row is None:
            return None
        if at - row.seen_at >= NOTICED:
            with self.store.transaction() as db:
                db.execute(update(access_tokens).where(access_tokens.c.id == row.id).values(seen_at=at))
        return self.people.get(row.conversation_id)

    def grant(self, person: int, kind: Access, token: str, at: datetime) -> None:
        """Let the bearer of a token into a conversation."""
        values = {"token": self._blind(token), "kind": kind, "conversation_id": person, "created_at": at, "seen_at": at}
        theirs = and_(access_tokens.c.conversation_id == person, access_tokens.c.kind == kind)
        with self.store.transaction() as db:
            db.execute(self.store.insert(access_tokens).on_conflict_do_nothing(), values)
            if kind is Access.CODE:
                newest = select(access_tokens.c.id).where(theirs).order_by(access_tokens.c.id.desc()).limit(CODES)
                db.execute(delete(access_tokens).where(theirs, access_tokens.c.id.not_in(newest.scalar_subquery())))

    def look_up(self, token: str, kind: Access, at: datetime) -> Conversation | None:
        """Whose code or link this is; it stays as it is."""
        with self.store.reading() as db:
            person = db.execute(select(access_tokens.c.conversation_id).where(self._holds(token, kind, at))).scalar()
        return self.people.get(person) if person is not None else None

    def redeem(self, token: str, kind: Access, at: datetime) -> Conversation | None:
        """Whose code or link this is; a link is used up by it."""
        with self.store.transaction() as db:
            found = select(access_tokens.c.id, access_tokens.c.conversation_id).where(self._holds(token, kind, at))
            row = db.execute(found.with_for_update()).first()
            if row is None:
                return None
            if kind is Access.LINK:
                db.execute(delete(access_tokens).where(access_tokens.c.id == row.id))
            return self.people.get(row.conversation_id)

    def leave_all(self, person: int) -> None:
        """Their talk goes on elsewhere: no browser has it open."""
        browsers = and_(access_tokens.c.conversation_id == person, access_tokens.c.kind == Access.BROWSER)
        with self.store.transaction() as db:
            db.execute(delete(access_tokens).where(browsers))
            db.execute(delete(transcript).where(transcript.c.conversation_id == person))

    def leave(self, token: str) -> None:
        """A browser is done here; when no other has the conversation open, nothing of the page stays."""
        with self.store.transaction() as db:
            person = db.execute(select(access_tokens.c.conversation_id).where(self._is(token, Access.BROWSER))).scalar()
            db.execute(delete(access_tokens).where(self._is(token, Access.BROWSER)))
            if person is not None:
                db.execute(delete(transcript).where(transcript.c.conversation_id == person, _nobody_looks()))

    def tidy(self, at: datetime) -> None:
        """Take away what no browser has open any more, and links that are over."""
        over = or_(
            and_(access_tokens.c.kind == Access.BROWSER, access_tokens.c.seen_at <= at - IDLE),
            and_(access_tokens.c.kind == Access.LINK, access_tokens.c.created_at <= at - LINK_LASTS),
        )
        with self.store.reading() as db:
            if db.execute(select(access_tokens.c.id).where(over).limit(1)).first() is None:
                return
        with self.store.transaction() as db:
            db.execute(delete(access_tokens).where(over))
            db.execute(delete(transcript).where(_nobody_looks()))

    # ------------------------------------------------------------ the transcript
    def deliver(
        self, person: Conversation, at: datetime, said: SaidLine | None = None, after: int | None = 0
    ) -> list[Line]:
        """Move what waits for somebody to their page, below what they said; gives what the page shows after a line,
        or nothing when `after` is None."""
        if said is None and not self.outbox.has_for(person.address):
            return self._wanted(person, after)
        with self.store.transaction() as db:
            # One page at a time: of two that fetch the same message the second finds that it is gone.
            db.execute(_LOCK, {"person": person.id})
            waiting = self.outbox.waiting_for(person.address)
            lines: list[tuple[str | None, dict[str, Any]]] = []
            if said and not self._shows(person, said.update_id):
                lines.append((said.update_id, {"said": said.text}))
            lines += [(None, {"message": outgoing.message.to_json()}) for outgoing in waiting]
            self._write(person, at, lines)
            self.outbox.sent_all([(outgoing.id, None) for outgoing in waiting])
            return self._wanted(person, after)

    def _wanted(self, person: Conversation, after: int | None) -> list[Line]:
        return [] if after is None else self.lines(person.id, after)

    def last_words(self, address: Address) -> list[Message]:
        """What waits for somebody who was erased; shown once, and kept nowhere."""
        with self.store.transaction():
            waiting = self.outbox.waiting_for(address)
            self.outbox.sent_all([(outgoing.id, None) for outgoing in waiting])
        return [outgoing.message for outgoing in waiting]

    def lines(self, person: int, after: int = 0) -> list[Line]:
        """What the page shows after a line; without one everything, from its beginning."""
        with self.store.reading() as db:
            rows = db.execute(_LINES, {"person": person, "after": after}).all()
        return [_line(row) for row in rows if not isinstance(row.line, Damaged)]

    def _shows(self, person: Conversation, update_id: str) -> bool:
        with self.store.reading() as db:
            return db.execute(_SHOWN, {"person": person.id, "update_id": update_id}).first() is not None

    def _write(self, person: Conversation, at: datetime, lines: Sequence[tuple[str | None, dict[str, Any]]]) -> None:
        if not lines:
            return
        key = person.key or self.store.person_keys.of([self._owner(person)])[self._owner(person)]
        rows = [
            {"of": person.id, "at": at, "update_id": update_id, "line": Sealed(line, (person.id,), key)}
            for update_id, line in lines
        ]
        with self.store.transaction() as db:
            db.execute(_WRITE, rows)

    def _owner(self, person: Conversation) -> tuple[str, str]:
        return person.address.channel, self.people.blind(person.address)

    def _is(self, token: str, kind: Access) -> Any:
        return and_(access_tokens.c.token == self._blind(token), access_tokens.c.kind == kind)

    def _holds(self, token: str, kind: Access, at: datetime) -> Any:
        is_this = self._is(token, kind)
        return and_(is_this, access_tokens.c.created_at > at - LINK_LASTS) if kind is Access.LINK else is_this

    def _blind(self, token: str) -> str:
        return self.store.keys.blind("access", token)


def _nobody_looks() -> Any:
    return ~exists().where(
        access_tokens.c.conversation_id == transcript.c.conversation_id, access_tokens.c.kind == Access.BROWSER
    )


def _line(row: Any) -> Line:
    message = row.line.get("message")
    return Line(row.id, row.at, row.line.get("said"), Message.from_json(message) if message else None)


def in_turn(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """What is above the last exchange, and the last exchange: what they said last, with what came of it."""
    last = max((number for number, line in enumerate(lines) if line.is_theirs), default=0)
    return lines[:last], lines[last:]


# Statements of every turn are made once: SQLAlchemy takes longer to make one than SQLite to run it.
_ALIVE = select(access_tokens.c.id, access_tokens.c.conversation_id, access_tokens.c.seen_at).where(
    access_tokens.c.token == bindparam("token"),
    access_tokens.c.kind == bindparam("kind"),
    access_tokens.c.seen_at > bindparam("since", type_=access_tokens.c.seen_at.type),
)
_LOCK = select(conversations.c.id).where(conversations.c.id == bindparam("person")).with_for_update()
_SHOWN = select(transcript.c.id).where(
    transcript.c.conversation_id == bindparam("person"), transcript.c.update_id == bindparam("update_id")
)
_LINES = (
    select(transcript.c.id, transcript.c.at, transcript.c.line)
    .where(transcript.c.conversation_id == bindparam("person"), transcript.c.id > bindparam("after"))
    .order_by(transcript.c.id)
)
_WRITE = insert(transcript).values(
    conversation_id=bindparam("of"), at=bindparam("at"), update_id=bindparam("update_id"), line=bindparam("line")
)

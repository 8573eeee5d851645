"""The last time that was certainly so. What erases by the clock asks here first, because a clock can jump.

A machine whose battery died wakes up in another year, and every term would be over at once. So the bot keeps a mark:
the last time that it saw. Ahead of the mark by more than `PAUSE`, nothing ends until a person says that the clock is
right. Behind the mark time stands still, so that what is written down gets no date that is long over.

A channel that dates what it brings is a second clock (`hear`): it also tells of a jump that is too small for `PAUSE`.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, or_, select

from bot.errors import BotError
from bot.store.audit import Audit
from bot.store.database import Database
from bot.store.tables import conversations, counters, leads

# A bot that is off for a weekend goes on by itself. It is well under the shortest term of a person, which is a week:
# a jump that is too small to be noticed takes nobody who said something in the four days before it.
PAUSE = timedelta(days=3)
BEHIND = timedelta(hours=1)  # less is summer time or a clock that is put right: not worth a word

LATEST = timedelta(hours=25)  # Telegram keeps for a day what we do not fetch: older news proves that our clock is ahead

NAME = "clock"
WORD = "overstap privacy retention --clock-is-right"


class ClockInDoubt(BotError):
    """The clock may be wrong, so nothing is erased."""


class Clock:
    def __init__(self, store: Database, audit: Audit) -> None:
        self.store, self.audit = store, audit
        self._mark: datetime | None = None
        self._said: datetime | None = None  # the newest date that a channel gave
        self._off = timedelta()  # by how much our clock was ahead of it then

    def hear(self, said: datetime, at: datetime) -> None:
        """A channel brings something that happened at `said`, while our clock says `at`."""
        if self._said is None or said >= self._said:
            self._said, self._off = said, at - said
        elif at - said < self._off:  # something older came just now: so that is how late things may come
            self._off = at - said

    def look(self, at: datetime) -> None:
        """Read the mark again: another process may have moved it. A store without one tells it by what is in it."""
        with self.store.reading() as db:
            seconds = db.execute(select(counters.c.value).where(counters.c.name == NAME)).scalar()
        self._mark = datetime.fromtimestamp(seconds, UTC) if seconds is not None else self._newest() or at

    def mark(self, at: datetime) -> datetime:
        """The last time that was seen, as this process knows it."""
        if self._mark is None:
            self.look(at)
        assert self._mark is not None
        return self._mark

    def steady(self, at: datetime) -> datetime:
        """The time to go by when the clock says `at`: never before the mark."""
        return max(at, self.mark(at))

    def is_ahead(self, at: datetime) -> bool:
        """Whether the clock may have jumped ahead: everything may seem to be over, and is not."""
        return at - self.mark(at) > PAUSE or self._off > LATEST

    def doubt(self, at: datetime) -> str | None:
        """What an operator should know of the clock; None when there is nothing."""
        mark = self.mark(at)
        if self._off > LATEST and self._said:
            mark, what = self._said, "nothing is erased and nobody is reminded"
        elif self.is_ahead(at):
            what = "nothing is erased and nobody is reminded"
        elif mark - at > BEHIND:
            what = "for the bot time stands still"
        elif -self._off > BEHIND and self._said:
            mark, what = self._said, "what is said gets a date that is too early"
        else:
            return None
        return f"the clock says {at:%Y-%m-%d %H:%M}, the last time seen is {mark:%Y-%m-%d %H:%M} (UTC): {what}. " + (
            f"Put the clock right; or when it is right: {WORD}"
        )

    def see(self, at: datetime) -> None:
        """Move the mark to a moment; raises ClockInDoubt when it is too far ahead. It never goes back by itself."""
        if self.is_ahead(at):
            raise ClockInDoubt(self.doubt(at) or "")
        self._keep(self.steady(at))

    def trust(self, at: datetime) -> None:
        """A person says that this is the time."""
        with self.store.transaction():
            self.audit.write("operator", "clock is right", at=at)
            self._keep(at)
        self._off = timedelta()

    def start(self, at: datetime) -> None:
        """Move the mark at a start, or at least write down what it is: what is said from now on, by a clock that may
        be wrong, is then no sign of the time."""
        self._keep(self.mark(at) if self.is_ahead(at) else self.steady(at))

    def raise_to(self, seen: datetime) -> None:
        """What another store saw was so: this one came back from a backup, and is behind."""
        self._keep(max(seen, self.mark(seen)))

    def is_turn(self, name: str, at: datetime, seconds: float) -> bool:
        """Whether it is time for a work that is done once every so many seconds, by whichever process asks first."""
        value = int(at.timestamp())
        statement = self.store.insert(counters).values(name=name, value=value)
        due = or_(counters.c.value <= value - seconds, counters.c.value > value + 2 * seconds)  # or the clock went back
        once = statement.on_conflict_do_update(index_elements=[counters.c.name], set_={"value": value}, where=due)
        with self.store.transaction() as db:
            return db.execute(once.returning(counters.c.name)).first() is not None

    def is_first_since(self, name: str, moment: datetime, at: datetime) -> bool:
        """Whether a work was not done since `moment`, by whichever process asks first; it is done `at` now."""
        value = int(at.timestamp())
        statement = self.store.insert(counters).values(name=name, value=value)
        due = counters.c.value < int(moment.timestamp())
        once = statement.on_conflict_do_update(index_elements=[counters.c.name], set_={"value": value}, where=due)
        with self.store.transaction() as db:
            return db.execute(once.returning(counters.c.name)).first() is not None

    def _keep(self, at: datetime) -> None:
        value = int(at.timestamp())
        statement = self.store.insert(counters).values(name=NAME, value=value)
        with self.store.transaction() as db:
            db.execute(statement.on_conflict_do_update(index_elements=[counters.c.name], set_={"value": value}))
        self._mark = at

    def _newest(self) -> datetime | None:
        moments = (conversations.c.updated_at, leads.c.updated_at)
        with self.store.reading() as db:
            found = [db.execute(select(func.max(moment, type_=moment.type))).scalar() for moment in moments]
        return max((each for each in found if each), default=None)

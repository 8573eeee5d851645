"""Protection against one person, or one address, that sends more than anyone can type."""

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum, auto

LIMIT = 40  # messages; ten answers pasted at once, and again, still pass
SECONDS = 10.0
REMEMBERED = 10_000  # people; when there are more, those who are quiet are forgotten


class Verdict(Enum):
    WELCOME = auto()
    TOO_MUCH = auto()  # the first one over the limit: tell them
    STILL_TOO_MUCH = auto()  # they were told


@dataclass(slots=True)
class _Person:
    moments: deque[float]
    told: bool = False


class Flood:
    """Counts messages per person in a sliding window. It lives in memory: a restart forgives everyone."""

    def __init__(self, limit: int = LIMIT, seconds: float = SECONDS) -> None:
        self._limit, self._seconds = limit, seconds
        self._people: dict[Hashable, _Person] = {}

    def judge(self, person: Hashable, now: float) -> Verdict:
        """Whether a message of `person` is handled. `now`: seconds, of any clock."""
        if len(self._people) > REMEMBERED:
            self._forget(now)
        known = self._people.setdefault(person, _Person(deque(maxlen=self._limit)))
        if len(known.moments) == self._limit and now - known.moments[0] < self._seconds:
            verdict = Verdict.STILL_TOO_MUCH if known.told else Verdict.TOO_MUCH
            known.told = True
            return verdict
        known.moments.append(now)
        known.told = False
        return Verdict.WELCOME

    def _forget(self, now: float) -> None:
        self._people = {each: known for each, known in self._people.items() if now - known.moments[-1] < self._seconds}

"""How well a programme fits a person: what stands in the way, else its score, part by part."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.advice.model import Outcome, Part, Reason, Verdict
from bot.advice.nearness import KINDS, Nearness
from bot.advice.practice import PRACTICE
from bot.advice.situation import Situation
from bot.advice.travel import travel
from bot.advice.wording import changes, of_rules
from bot.content.knowledge import Audience, Programme, ProgrammeKind, ProgrammeStatus
from bot.eligibility import Judgement, Truth, weigh
from bot.library import Profile
from bot.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fit:
    """A programme that may be shown."""

    profile: Profile
    nearness: float
    parts: tuple[Part, ...]
    judgement: Judgement
    score: float  # 0..1: the weighted mean of the parts; a part that nobody knows counts as half

    @property
    def verdict(self) -> Verdict:
        return Verdict.FITS if self.judgement.verdict is Truth.YES else Verdict.MAYBE


@dataclass(frozen=True, slots=True)
class Misfit:
    """A programme that is not shown, and why not."""

    profile: Profile
    reasons: tuple[Reason, ...]
    nearest_miss: Text | None = None


class Measure:
    """Measures programmes in one situation. What many programmes have in common is measured once."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.nearness = Nearness(situation)
        self._measured: dict[Hashable, object] = {}

    def take(self, profile: Profile) -> Fit | Misfit:
        """Say what stands in the way, the weightiest first; else how well it fits."""
        programme = profile.programme
        never = self._once(
            ("never", programme.audience, programme.kind, programme.status), lambda: self._never(programme)
        )
        if never:
            return Misfit(profile, (never,))
        nearness = self.nearness.of(profile)
        if nearness < self.situation.weights.least_nearness.value:
            return Misfit(profile, (self._once(("far", profile.sectors), partial(self.nearness.why_not, profile)),))
        judgement = weigh(programme.rules, self.situation.person.facts)
        place = self._once(("place", programme.where), partial(travel, programme, self.situation))
        obstacles = _obstacles(judgement, place)
        if obstacles:
            only_rules = len(obstacles) == len(judgement.failed)
            return Misfit(profile, obstacles, changes(judgement.nearest_miss) if only_rules else None)
        parts = (self._wish(profile, nearness), place, self._demands(judgement), *self._practice(programme))
        return Fit(profile, nearness, parts, judgement, _mean(parts))

    def _once(self, key: Hashable, measure: Callable[[], T]) -> T:
        if key not in self._measured:
            self._measured[key] = measure()
        return self._measured[key]  # type: ignore[return-value]

    def _never(self, programme: Programme) -> Reason | None:
        """Why it is offered to nobody."""
        sentences = self.situation.sentences
        if programme.status is ProgrammeStatus.ENDED:
            return Reason(sentences.has_ended, Outcome.NOT_MET)
        match programme.audience:
            case Audience.STUDENTS:
                return Reason(sentences.is_for_students, Outcome.NOT_MET)
            case Audience.PUPILS:
                return Reason(sentences.is_for_pupils, Outcome.NOT_MET)
            case Audience.INSTITUTIONS:
                return Reason(sentences.is_for_institutions, Outcome.NOT_MET)
            case Audience.PROFESSIONALS if programme.kind is not ProgrammeKind.SIDE_ACTIVITY:
                return Reason(sentences.is_for_professionals, Outcome.NOT_MET)
            case Audience.ADULTS | Audience.PROFESSIONALS:
                return None if programme.kind in KINDS else Reason(sentences.is_no_programme, Outcome.NOT_MET)

    def _wish(self, profile: Profile, nearness: float) -> Part:
        key = ("wish", nearness, profile.sectors, profile.occupations)
        return self._once(key, partial(self.nearness.part, profile, nearness))

    def _demands(self, judgement: Judgement) -> Part:
        """The share of the demands that hold; one that is unknown, or that somebody else decides, counts half."""
        half = len(judgement.unknown) + len(judgement.manual)
        total = len(judgement.satisfied) + half + len(judgement.missed)
        value = 1.0 if total == 0 else (len(judgement.satisfied) + 0.5 * half) / total
        return Part("demands", value, self.situation.weights.demands.value)

    def _practice(self, programme: Programme) -> tuple[Part, ...]:
        return tuple(
            self._once((measure, key(programme)), partial(measure, programme, self.situation))
            for measure, key in PRACTICE
        )


def _obstacles(judgement: Judgement, place: Part) -> tuple[Reason, ...]:
    return (
        *of_rules(judgement)[: len(judgement.failed)],
        *(Reason(rule.because, Outcome.NOT_MET, "mentions") for rule in judgement.for_others),
        *((place.reason,) if place.value == 0.0 and place.reason else ()),
    )


def _mean(parts: tuple[Part, ...]) -> float:
    total = sum(part.weight for part in parts)
    return sum(part.weight * (0.5 if part.value is None else part.value) for part in parts) / total

"""How well a programme fits a person: its score, part by part; or what stands in the way."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from bot.advice.model import Outcome, Part, Reason, Verdict
from bot.advice.nearness import HELP, KINDS, Nearness
from bot.advice.practice import PRACTICE
from bot.advice.situation import Situation
from bot.advice.travel import to_part, to_reason, travel
from bot.advice.wording import changes, of_rules
from bot.catalogue import Profile
from bot.content.advising import AdviceSentences
from bot.content.conditions import facts_of
from bot.content.knowledge import Audience, Programme, ProgrammeKind, ProgrammeStatus, Rule, RuleKind
from bot.eligibility import OPEN_SETS, Judgement, Truth, weigh
from bot.text import Text

T = TypeVar("T")

OPEN_TO_ALL = 0.5  # better than a demand in doubt, less than one that is met
ALL_DEMANDS_MET = 0.7  # below 1: a course for exactly this group of people comes first


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
class Obstacles:
    """What stands in the way of a programme, the weightiest first, and the one change that would help."""

    reasons: tuple[Reason, ...]
    nearest_miss: Text | None = None


class Measure:
    """Measures programmes in one situation. What many programmes have in common is measured once."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.nearness = Nearness(situation)
        self._measured: dict[Hashable, object] = {}

    def take(self, profile: Profile) -> Fit | None:
        """How well it fits; None when something stands in the way. What is cheap to see is looked at first."""
        programme, situation = profile.programme, self.situation
        if never(programme, situation.sentences) is not None:
            return None
        nearness = self.nearness.of(profile)
        if nearness < situation.weights.least_nearness.value:
            return None
        journey = travel(programme, situation)
        if journey.value == 0.0:
            return None
        judgement = weigh(programme.rules, situation.person.facts)
        if judgement.failed or judgement.for_others:
            return None
        wish = self._once(
            ("wish", nearness, programme.kind in HELP, profile.sectors, profile.occupations),
            partial(self.nearness.part, profile, nearness),
        )
        place = self._once(("place", journey), partial(to_part, journey, programme, situation))
        parts = (wish, place, *self._demands(judgement), *self._practice(programme))
        return Fit(profile, nearness, parts, judgement, _mean(parts))

    def obstacles(self, profile: Profile) -> Obstacles:
        """What `take` found in the way; nothing when it may be shown."""
        programme, situation = profile.programme, self.situation
        unwanted = never(programme, situation.sentences)
        if unwanted is not None:
            return Obstacles((Reason(unwanted, Outcome.NOT_MET),))
        if self.nearness.of(profile) < situation.weights.least_nearness.value:
            return Obstacles((self.nearness.why_not(profile),))
        judgement, journey = weigh(programme.rules, situation.person.facts), travel(programme, situation)
        others = tuple(Reason(rule.because, Outcome.NOT_MET, "mentions") for rule in judgement.for_others)
        too_far = (to_reason(journey, programme, situation),) if journey.value == 0.0 else ()
        miss = None if others or too_far else changes(judgement.nearest_miss)
        return Obstacles((*of_rules(judgement)[: len(judgement.failed)], *others, *too_far), miss)

    def _once(self, key: Hashable, measure: Callable[[], T]) -> T:
        if key not in self._measured:
            self._measured[key] = measure()
        return self._measured[key]  # type: ignore[return-value]

    def _demands(self, judgement: Judgement) -> tuple[Part, Part]:
        """Whether it is made for somebody like this, and whether they can follow the lessons: shares of its demands."""
        weights = self.situation.weights
        met = ALL_DEMANDS_MET * _share(judgement, lambda rule: not _is_language(rule), OPEN_TO_ALL / ALL_DEMANDS_MET)
        made_for = any(rule.kind is RuleKind.TARGET for rule in judgement.satisfied)
        return (
            Part("demands", met + (1.0 - ALL_DEMANDS_MET) * made_for, weights.demands.value),
            Part("language", _share(judgement, _is_language, OPEN_TO_ALL), weights.language.value),
        )

    def _practice(self, programme: Programme) -> tuple[Part, ...]:
        return tuple(
            self._once((measure, key(programme)), partial(measure, programme, self.situation))
            for measure, key in PRACTICE
        )


def never(programme: Programme, sentences: AdviceSentences) -> Text | None:
    """Why a programme is offered to nobody; None when it may be."""
    if programme.status is ProgrammeStatus.ENDED:
        return sentences.has_ended
    match programme.audience:
        case Audience.STUDENTS:
            return sentences.is_for_students
        case Audience.PUPILS:
            return sentences.is_for_pupils
        case Audience.INSTITUTIONS:
            return sentences.is_for_institutions
        case Audience.PROFESSIONALS if programme.kind is not ProgrammeKind.SIDE_ACTIVITY:
            return sentences.is_for_professionals
        case Audience.ADULTS | Audience.PROFESSIONALS:
            return None if programme.kind in KINDS else sentences.is_no_programme


def _is_language(rule: Rule) -> bool:
    return "dutch" in facts_of(rule.condition)


def _is_for_some(rule: Rule) -> bool:
    """ "Mostly for people from this district" is no demand on who did not say where they are from."""
    return rule.kind is RuleKind.SOFT and facts_of(rule.condition) <= OPEN_SETS


def _share(judgement: Judgement, counts: Callable[[Rule], bool], without: float) -> float:
    """The share of these demands that hold; what is unknown, or decided by somebody else, counts half.

    `without` is the value where nothing is asked.
    """
    held = sum(map(counts, judgement.satisfied))
    half = sum(counts(rule) for rule in (*judgement.unknown, *judgement.manual) if not _is_for_some(rule))
    total = held + half + sum(map(counts, judgement.missed))
    return without if total == 0 else (held + 0.5 * half) / total


def _mean(parts: tuple[Part, ...]) -> float:
    total = sum(part.weight for part in parts)
    return sum(part.weight * (0.5 if part.value is None else part.value) for part in parts) / total

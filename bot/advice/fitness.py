"""How well one programme fits one person: what stands in the way, and the parts of its score."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.advice.model import Outcome, Part, Reason, Verdict
from bot.advice.money import is_old, last_day
from bot.advice.person import Person
from bot.advice.wording import changes, in_full, of_rules, say
from bot.content.advising import AdviceSentences, Weights
from bot.content.knowledge import Audience, Form, Programme, ProgrammeKind, ProgrammeStatus
from bot.eligibility import Judgement, Truth, weigh
from bot.library import Library, Profile, Work
from bot.text import Text

T = TypeVar("T")

# What these are worth to who looks for other work: a way into it, or help to find one.
KINDS: Mapping[ProgrammeKind, float] = {
    ProgrammeKind.RETRAINING: 1.0,
    ProgrammeKind.EMPLOYER: 0.9,
    ProgrammeKind.PREPARATION: 0.7,
    ProgrammeKind.REGULAR_EDUCATION: 0.6,
    ProgrammeKind.SIDE_ACTIVITY: 0.6,
    ProgrammeKind.ORIENTATION: 0.5,
    ProgrammeKind.GUIDANCE: 0.4,
    ProgrammeKind.CAREER_CENTRE: 0.4,
    ProgrammeKind.RECOGNITION: 0.3,
    ProgrammeKind.ADMISSION_ROUTE: 0.2,
    ProgrammeKind.PLATFORM: 0.2,
}
"""Kinds that are not here (a network, a training hall) are answers to questions, never an offer."""

HELP = frozenset(
    {
        ProgrammeKind.ORIENTATION,
        ProgrammeKind.GUIDANCE,
        ProgrammeKind.CAREER_CENTRE,
        ProgrammeKind.RECOGNITION,
        ProgrammeKind.ADMISSION_ROUTE,
        ProgrammeKind.PLATFORM,
    }
)
"""Shown when they help, as what they are: they train nobody."""

EVERY_SECTOR = "algemeen"

# How much two occupations have in common, by how many digits of their ISCO-08 codes agree from the left.
IN_COMMON = (0.0, 0.0, 0.5, 0.7, 0.85)
SAME_WORK = 1.0
NAMED = 0.95  # the programme names this work itself, in other words than our list of occupations
SAME_SECTOR = 0.35  # both name an occupation, and these differ
ONE_IS_BROAD = 0.7  # "iets in de zorg", or a programme for a whole sector

PAID_FORMS = frozenset({Form.BBL, Form.WORK_LEARN, Form.TRAINEESHIP, Form.IN_COMPANY})  # a job with lessons
LEVELS = {"none": 0, "vmbo": 1, "mbo1": 1, "mbo2": 2, "mbo3": 3, "mbo4": 4, "havo_vwo": 4, "hbo": 6, "wo": 7}
FULL_WEEK = 32  # hours: fewer is no full-time


@dataclass(frozen=True, slots=True)
class Fit:
    """A programme that may be shown."""

    profile: Profile
    nearness: float
    parts: tuple[Part, ...]
    judgement: Judgement

    @property
    def score(self) -> float:
        """0..1: the weighted mean of the parts; a part that nobody knows counts as half."""
        total = sum(part.weight for part in self.parts)
        return sum(part.weight * (0.5 if part.value is None else part.value) for part in self.parts) / total

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
    """Measures programmes for one person on one day. What many programmes share is measured once."""

    def __init__(self, library: Library, person: Person, *, on: date) -> None:
        knowledge = library.content.knowledge
        assert knowledge.weights is not None and knowledge.advice is not None, "Library.of refuses to advise without"
        self.library = library
        self.person = person
        self.on = on
        self.knowledge = knowledge
        self.weights: Weights = knowledge.weights
        self.sentences: AdviceSentences = knowledge.advice
        self._seen: dict[Hashable, object] = {}

    def take(self, profile: Profile) -> Fit | Misfit:
        """What stands in the way, the weightiest first; else how well it fits, part by part."""
        programme = profile.programme
        closed = self._once(("closed", programme.audience, programme.kind, programme.status), self._never, programme)
        if closed is not None:
            return Misfit(profile, closed)
        nearness = self.nearness(profile)
        if nearness < self.weights.least_nearness.value:
            return Misfit(profile, self._far_from_wish(profile))
        judgement = weigh(programme.rules, self.person.facts)
        place = self._place(profile)
        if judgement.failed or judgement.for_others or place.value == 0.0:
            nowhere = (place.reason,) if place.value == 0.0 and place.reason else ()
            others = tuple(Reason(rule.because, Outcome.NOT_MET, "mentions") for rule in judgement.for_others)
            failed = of_rules(judgement)[: len(judgement.failed)]
            changeable = not nowhere and not others
            return Misfit(
                profile, (*failed, *others, *nowhere), changes(judgement.nearest_miss) if changeable else None
            )
        return Fit(
            profile, nearness, (self._wish(profile, nearness), place, *self._practice(programme, judgement)), judgement
        )

    def _once(self, key: Hashable, measure: Callable[..., T], *about: object) -> T:
        if key not in self._seen:
            self._seen[key] = measure(*about)
        return self._seen[key]  # type: ignore[return-value]

    # -------------------------------------------------------------- what is never offered
    def _never(self, programme: Programme) -> tuple[Reason, ...] | None:
        sentences = self.sentences
        why = None
        match programme.audience:
            case Audience.ADULTS:
                if programme.kind not in KINDS:
                    why = sentences.is_no_programme
            case Audience.STUDENTS:
                why = sentences.is_for_students
            case Audience.PUPILS:
                why = sentences.is_for_pupils
            case Audience.PROFESSIONALS:
                why = None if programme.kind is ProgrammeKind.SIDE_ACTIVITY else sentences.is_for_professionals
            case Audience.INSTITUTIONS:
                why = sentences.is_for_institutions
        if programme.status is ProgrammeStatus.ENDED:
            why = sentences.has_ended
        return (Reason(why, Outcome.NOT_MET),) if why else None

    # -------------------------------------------------------------- the wish
    def nearness(self, profile: Profile) -> float:
        """How near a programme is to the wish, 0..1."""
        wish, programme = self.person.wish, profile.programme
        general = EVERY_SECTOR in profile.sectors and programme.kind in HELP
        if wish is None or general:
            return self.weights.least_nearness.value if programme.kind in HELP else 0.0
        shares_sector = not profile.sectors.isdisjoint(wish.sectors)
        if programme.id in self.person.asked_for and (shares_sector or not wish.sectors):
            return NAMED
        common = max((self._in_common(one) for one in profile.occupations), default=0.0)
        if programme.kind is ProgrammeKind.SIDE_ACTIVITY:
            return common if common >= IN_COMMON[4] else 0.0
        if not shares_sector:
            return common if common >= IN_COMMON[4] else 0.0
        broad = not wish.occupations or not profile.occupations
        return max(common, ONE_IS_BROAD if broad else SAME_SECTOR)

    def _in_common(self, occupation: str) -> float:
        return self._once(("occupation", occupation), self._most_in_common, occupation)

    def _most_in_common(self, occupation: str) -> float:
        wish = self.person.wish or Work((), ())
        return max((self.in_common(occupation, one) for one in wish.occupations), default=0.0)

    def in_common(self, one: str, other: str) -> float:
        if one == other:
            return SAME_WORK
        codes = [self.knowledge.occupations[name].isco for name in (one, other)]
        return IN_COMMON[next((at for at in range(4) if codes[0][at] != codes[1][at]), 4)]

    def _far_from_wish(self, profile: Profile) -> tuple[Reason, ...]:
        wish = self.person.wish
        if wish is None:
            return (Reason(self.sentences.wish_unknown, Outcome.UNKNOWN, "desired_work"),)
        same = not profile.sectors.isdisjoint(wish.sectors)
        text = self.sentences.other_work if same else self.sentences.other_sector
        return self._once(("far", same), lambda: (Reason(text, Outcome.NOT_MET, "desired_work"),))

    def _wish(self, profile: Profile, nearness: float) -> Part:
        return Part("wish", nearness, self.weights.wish.value, self._once(self._wish_key(profile), self._why, profile))

    def _wish_key(self, profile: Profile) -> Hashable:
        return "why", profile.sectors, profile.occupations, profile.programme.kind in HELP

    def _why(self, profile: Profile) -> Reason:
        sentences, wish = self.sentences, self.person.wish
        if wish is None:
            return Reason(sentences.wish_unknown, Outcome.UNKNOWN, "desired_work")
        nearest = max(sorted(profile.occupations), key=self._in_common, default=None)
        common = self._in_common(nearest) if nearest else 0.0
        if nearest and common >= IN_COMMON[2]:
            sentence = sentences.wish_same_work if common >= IN_COMMON[4] else sentences.wish_related_work
            return Reason(say(sentence, work=self.knowledge.occupations[nearest].name), Outcome.MET, "desired_work")
        shared = [one for one in wish.sectors if one in profile.sectors]
        if shared:
            name = self.knowledge.sectors[shared[0]].name
            return Reason(say(sentences.wish_same_sector, sector=name), Outcome.MET, "desired_work")
        return Reason(sentences.wish_broad_help, Outcome.MET, "desired_work")

    # -------------------------------------------------------------- the place
    def _place(self, profile: Profile) -> Part:
        where = profile.programme.where
        key = ("place", where.municipalities, where.provinces, where.regions, where.online, where.national)
        return self._once(key, self._measure_place, profile.programme)

    def _measure_place(self, programme: Programme) -> Part:
        weight = self.weights.place.value
        value, reason = self._how_near(programme)
        return Part("place", value, weight, reason)

    def _how_near(self, programme: Programme) -> tuple[float | None, Reason]:
        """0 is out of reach; None when it is not known where it is, or where the person lives."""
        where, sentences, facts = programme.where, self.sentences, self.person.facts
        places = list(where.municipalities or where.regions or where.provinces)
        if "online" in _set(facts.get("schedule")) and where.online:
            return 1.0, Reason(sentences.is_online, Outcome.MET, "place")
        found: tuple[float | None, Reason] | None = None
        home = self.person.home
        if home is not None and where.municipalities:
            km, nearest = min((self.library.places.distance_km(home, one), one) for one in where.municipalities)
            if km <= self.weights.reach_km.value:
                near = self.weights.near_km.value
                value = 1.0 - 0.8 * max(0.0, km - near) / (self.weights.reach_km.value - near)
                sentence = sentences.is_near if km <= near else sentences.is_in_reach
                found = value, Reason(say(sentence, km=round(km), place=home, where=nearest), Outcome.MET, "place")
            else:
                found = 0.0, Reason(say(sentences.too_far, km=round(km), place=home), Outcome.NOT_MET, "place")
        in_region = facts.get("region") in where.regions or facts.get("province") in where.provinces
        if in_region and (found is None or found[0] == 0.0):
            found = 0.8, Reason(say(sentences.is_in_region, where=places), Outcome.MET, "place")
        if found and found[0]:
            return found
        if where.national:
            return 0.6, Reason(sentences.is_national, Outcome.MET, "place")
        if where.online:
            return 0.6, Reason(sentences.is_online, Outcome.MET, "place")
        if found:
            return found
        if not places:
            return 0.4, Reason(sentences.where_unknown, Outcome.ASK_FIRST)
        if "province" in facts and not where.municipalities:
            return 0.0, Reason(say(sentences.other_region, where=places), Outcome.NOT_MET, "place")
        return None, Reason(say(sentences.is_in_region, where=places), Outcome.UNKNOWN, "place")

    # -------------------------------------------------------------- the rest
    def _practice(self, programme: Programme, judgement: Judgement) -> tuple[Part, ...]:
        dated = _newest(programme)
        return (
            Part("kind", self._kind(programme), self.weights.kind.value),
            Part("demands", _met(judgement), self.weights.demands.value),
            self._once(("pay", programme.paid, programme.forms), self._pay, programme),
            self._once(("hours", programme.hours, programme.forms), self._hours, programme),
            self._once(("schedule", programme.where.online, programme.forms), self._schedule, programme),
            self._once(("job", programme.sectors), self._present_job, programme),
            self._once(("level", programme.leads_to), self._level, programme),
            self._once(("fresh", dated, programme.status), self._freshness, programme, dated),
        )

    def _kind(self, programme: Programme) -> float:
        # Who does not know yet what they want is helped best by who helps them choose.
        vague = self.person.wish is None or not self.person.wish.occupations
        return max(KINDS[programme.kind], 0.8) if vague and programme.kind in HELP else KINDS[programme.kind]

    def _pay(self, programme: Programme) -> Part:
        sentences, needed = self.sentences, self.person.facts.get("earn_while_learning")
        paid = True if programme.paid is None and PAID_FORMS & set(programme.forms) else programme.paid
        weight = self.weights.pay.value
        match paid:
            case True:
                return Part("pay", 1.0, weight, Reason(sentences.pays, Outcome.MET, "earn_while_learning"))
            case False:
                reason = Reason(sentences.pays_not, Outcome.NOT_MET if needed else Outcome.MET, "earn_while_learning")
                return Part("pay", 0.0 if needed else 0.5, weight, reason)
            case None:
                asked = Reason(sentences.pay_unknown, Outcome.ASK_FIRST, "earn_while_learning") if needed else None
                return Part("pay", 0.3 if needed else 0.5, weight, asked)

    def _hours(self, programme: Programme) -> Part:
        hours, weight = self.person.facts.get("hours"), self.weights.hours.value
        asked = programme.hours or (FULL_WEEK if Form.FULL_TIME in programme.forms else None)
        if asked is None or not isinstance(hours, int | float):
            return Part("hours", None, weight)
        if hours >= asked or Form.PART_TIME in programme.forms:
            return Part("hours", 1.0, weight)
        return Part("hours", hours / asked / 2, weight, Reason(self.sentences.hours_short, Outcome.NOT_MET, "hours"))

    def _schedule(self, programme: Programme) -> Part:
        wanted, weight = _set(self.person.facts.get("schedule")), self.weights.schedule.value
        forms = set(programme.forms)
        if not wanted or not forms:
            return Part("schedule", None, weight)
        free = {"evening": Form.EVENING, "weekend": Form.WEEKEND, "online": Form.ONLINE}
        suits = (
            any(free[one] in forms for one in wanted if one in free)
            or ("online" in wanted and programme.where.online is True)
            or Form.SELF_STUDY in forms
        )
        if suits or "daytime" in wanted:
            return Part("schedule", 1.0, weight, Reason(self.sentences.schedule_fits, Outcome.MET, "schedule"))
        if Form.FULL_TIME in forms or Form.BOL in forms:
            return Part("schedule", 0.0, weight, Reason(self.sentences.schedule_differs, Outcome.NOT_MET, "schedule"))
        return Part("schedule", None, weight)

    def _present_job(self, programme: Programme) -> Part:
        weight, job = self.weights.present_job.value, self.person.job
        if job is None or not job.sectors:
            return Part("present_job", None, weight)
        if set(job.sectors) & set(programme.sectors):
            return Part("present_job", 1.0, weight, Reason(self.sentences.uses_present_job, Outcome.MET, "current_job"))
        return Part("present_job", 0.5, weight)

    def _level(self, programme: Programme) -> Part:
        weight, education = self.weights.level.value, self.person.facts.get("education")
        if education not in LEVELS or programme.leads_to not in LEVELS:
            return Part("level", None, weight)
        below = LEVELS[str(education)] - LEVELS[str(programme.leads_to)]
        reason = Reason(self.sentences.lower_level, Outcome.NOT_MET, "education") if below > 1 else None
        return Part("level", max(0.0, 1.0 - 0.25 * max(0, below)), weight, reason)

    def _freshness(self, programme: Programme, dated: str | None) -> Part:
        sentences, weight = self.sentences, self.weights.freshness.value
        if programme.status is ProgrammeStatus.ANNOUNCED:
            return Part("freshness", 0.3, weight, Reason(sentences.is_announced, Outcome.ASK_FIRST))
        if dated is None:
            return Part("freshness", 0.3, weight, Reason(sentences.is_undated, Outcome.ASK_FIRST))
        years = (self.on - last_day(dated)).days / 365
        if is_old(programme.facts.get("status"), self.knowledge.freshness.old_after, self.on):
            text = say(sentences.is_old, date=in_full(dated))
            return Part("freshness", max(0.0, 0.7 - 0.07 * years), weight, Reason(text, Outcome.ASK_FIRST))
        return Part("freshness", 1.0, weight, Reason(say(sentences.is_current, date=in_full(dated)), Outcome.MET))


def _met(judgement: Judgement) -> float:
    """The share of the demands that hold; one that is unknown, or that somebody else decides, counts half."""
    known = len(judgement.satisfied)
    half = len(judgement.unknown) + len(judgement.manual)
    total = known + half + len(judgement.missed)
    return 1.0 if total == 0 else (known + 0.5 * half) / total


def _newest(programme: Programme) -> str | None:
    """The date of the page that says whether it runs, else of the newest page that it appears on."""
    status = programme.facts.get("status")
    if status and status.dated:
        return status.dated
    return max((fact.dated for fact in programme.facts.values() if fact.dated), default=None)


def _set(value: object) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()

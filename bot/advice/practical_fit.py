"""Whether someone can do a programme beside the rest of life: pay, hours, times, level, and how old our source is."""

from datetime import date
from typing import NamedTuple

from bot.advice.context import AdviceContext
from bot.advice.filling import Day, say
from bot.advice.limit_facts import has_part_of_a_day
from bot.advice.model import Reason, RuleOutcome, ScorePart
from bot.advice.money import is_old, last_day
from bot.advice.relevance import HELP, KINDS
from bot.catalogue import MONTHS_A_YEAR, Profile
from bot.content.knowledge import (
    Earning,
    FactRole,
    Form,
    OfferKind,
    Programme,
    ProgrammeStatus,
    Route,
    RouteKind,
)

PAID_FORMS = frozenset({Form.BBL, Form.DUAL, Form.WORK_LEARN, Form.TRAINEESHIP, Form.IN_COMPANY})  # a job with lessons
UNPAID_FORMS = frozenset(
    {Form.BOL, Form.PART_TIME, Form.FULL_TIME, Form.THIRD_PATH, Form.COURSE, Form.SELF_STUDY}
)  # lessons
IN_SPARE_TIME = {"evening": Form.EVENING, "weekend": Form.WEEKEND, "online": Form.ONLINE}
ALL_DAY = frozenset({Form.BOL, Form.FULL_TIME})
A_TRAINING_JOB = 24  # hours
FULL_WEEK = 32  # hours: fewer is no full-time
HELPS_CHOOSING = 0.8
WELCOME = 0.7  # pay that nobody said to need


class Terms(NamedTuple):
    """All of an offer that its practical fit depends on: what agrees in it fits equally well."""

    kind: OfferKind
    status: ProgrammeStatus
    paid: bool | None
    forms: tuple[Form, ...]
    hours: int | None
    leads_to: str | None
    earns: Earning | None
    sectors: tuple[str, ...]
    online: bool | None
    status_dated: str | None  # the date of the page that says whether it runs
    newest: str | None  # that date, else the one of the newest page that it appears on

    @classmethod
    def of(cls, profile: Profile) -> "Terms":
        item = profile.item
        return cls(
            item.kind,
            item.status if isinstance(item, Programme) else ProgrammeStatus.ACTIVE,
            item.paid,
            item.forms,
            item.hours,
            item.leads_to,
            item.earns if isinstance(item, Route) else None,
            item.sectors,
            item.where.online,
            profile.status_dated,
            profile.newest,
        )


def practical_fit(terms: Terms, context: AdviceContext) -> tuple[ScorePart, ...]:
    return (
        _kind(terms, context),
        _pay(terms, context),
        _hours(terms, context),
        _schedule(terms, context),
        _present_job(terms, context),
        _level(terms, context),
        _freshness(terms, context),
    )


def _kind(terms: Terms, context: AdviceContext) -> ScorePart:
    wish = context.person.wish
    # Who does not know yet what they want is helped best by who helps them choose.
    unsure = (wish is None or not wish.occupations) and terms.kind in HELP
    value = max(KINDS[terms.kind], HELPS_CHOOSING) if unsure else KINDS[terms.kind]
    return ScorePart("kind", value, context.weights.kind.value)


def _pay(terms: Terms, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.pay.value
    needed, about = context.told(FactRole.PAY) is True, context.fact_of(FactRole.PAY)
    forms = set(terms.forms)
    is_job = bool(PAID_FORMS & forms) and not UNPAID_FORMS & forms  # one of both may be followed as either
    match True if terms.paid is None and is_job else is_paid(terms.paid, terms.forms):
        case True:
            value = 1.0 if needed else WELCOME
            return ScorePart("pay", value, weight, Reason(sentences.pays, RuleOutcome.MET, about))
        case False:
            outcome = RuleOutcome.NOT_MET if needed else RuleOutcome.MET
            return ScorePart("pay", 0.0 if needed else 0.5, weight, Reason(sentences.pays_not, outcome, about))
        case None:
            asks = needed and terms.kind not in HELP
            reason = Reason(sentences.pay_unknown, RuleOutcome.ASK_FIRST, about) if asks else None
            return ScorePart("pay", 0.3 if needed else 0.5, weight, reason)


def _hours(terms: Terms, context: AdviceContext) -> ScorePart:
    has, weight = context.told(FactRole.HOURS), context.weights.hours.value
    takes = terms.hours or _usual_hours(terms.forms)
    if not isinstance(has, int | float):
        return ScorePart("hours", None, weight)
    if takes is None:
        about = context.fact_of(FactRole.HOURS)
        asks = has < _seldom_less(terms)
        reason = Reason(context.sentences.hours_unknown, RuleOutcome.ASK_FIRST, about) if asks else None
        return ScorePart("hours", None, weight, reason)
    if has >= takes or Form.PART_TIME in terms.forms:
        sentences, about = context.sentences, context.fact_of(FactRole.HOURS)
        text = sentences.hours_part_time if Form.PART_TIME in terms.forms else sentences.hours_unknown
        asks = has < FULL_WEEK and _is_mostly_all_day(terms) and not terms.hours
        return ScorePart("hours", 1.0, weight, Reason(text, RuleOutcome.ASK_FIRST, about) if asks else None)
    reason = Reason(context.sentences.hours_short, RuleOutcome.NOT_MET, context.fact_of(FactRole.HOURS))
    return ScorePart("hours", has / takes / 2, weight, reason)


def _seldom_less(terms: Terms) -> int:
    """The hours a week of which no source says that it takes them, and that it may: who has fewer should ask.

    A job is most often one of four or five days, lessons beside a job are for who has two or three. Who works for
    themselves, or learns by themselves, asks nobody.
    """
    forms = set(terms.forms)
    is_own = terms.earns is Earning.OWN_BOSS or (bool(forms) and forms <= {Form.SELF_STUDY, Form.ONLINE})
    if is_own or terms.kind in HELP:
        return 0
    is_job = terms.kind is RouteKind.OPEN or (bool(PAID_FORMS & forms) and Form.PART_TIME not in forms)
    return FULL_WEEK if is_job or _is_mostly_all_day(terms) else A_TRAINING_JOB


def _is_mostly_all_day(terms: Terms) -> bool:
    """Whether a card says that it is at school all day, though there may be a lighter form: of a route the usual one
    stands first.
    """
    return isinstance(terms.kind, RouteKind) and not ALL_DAY.isdisjoint(terms.forms[:1])


def _usual_hours(forms: tuple[Form, ...]) -> int | None:
    """Hours a week of a form, where no source of an offer says more (knowledge/faq, q131).

    At an mbo school and nowhere else it is four or five days; bbl is a job of 24 hours at least, the lesser of both.
    """
    if Form.BBL in forms and set(forms) <= {Form.BBL, *ALL_DAY}:
        return A_TRAINING_JOB
    return FULL_WEEK if Form.FULL_TIME in forms or (Form.BOL in forms and set(forms) <= ALL_DAY) else None


def takes_too_long(route: Route, context: AdviceContext) -> bool:
    """Whether it takes so much of the years that are left to work, without pay, that little is left to earn it back."""
    age, weights = context.told(FactRole.AGE), context.weights
    if not isinstance(age, int) or route.months is None or route.paid or set(route.forms) <= PAID_FORMS:
        return False
    left = max(0.0, weights.working_until.value - age) * MONTHS_A_YEAR
    return (route.months.from_ or route.months.to or 0) > weights.most_study.value * left


def is_paid(paid: bool | None, forms: tuple[Form, ...]) -> bool | None:
    """Whether there is pay while one learns, as a source says; else as it is at an mbo school all day: none."""
    return False if paid is None and Form.BOL in forms and set(forms) <= ALL_DAY else paid


def only_lessons(forms: tuple[Form, ...]) -> bool:
    """Whether it is lessons in every way in which it can be followed: nobody pays who follows them."""
    return bool(forms) and set(forms) <= {*UNPAID_FORMS, *IN_SPARE_TIME.values()}


def _schedule(terms: Terms, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.schedule.value
    wanted, forms, about = context.told(FactRole.SCHEDULE), set(terms.forms), context.fact_of(FactRole.SCHEDULE)
    if not isinstance(wanted, frozenset) or not forms:
        return ScorePart("schedule", None, weight)
    if has_part_of_a_day(context.person.limits):
        return ScorePart("schedule", None, weight)  # whole days say nothing of mornings: that is judged as a limit
    spare = any(form in forms for time, form in IN_SPARE_TIME.items() if time in wanted)
    at_home = Form.SELF_STUDY in forms or ("online" in wanted and terms.online)
    if spare or at_home or "daytime" in wanted:
        return ScorePart("schedule", 1.0, weight, Reason(sentences.schedule_fits, RuleOutcome.MET, about))
    if Form.FULL_TIME in forms or Form.BOL in forms:
        return ScorePart("schedule", 0.0, weight, Reason(sentences.schedule_differs, RuleOutcome.NOT_MET, about))
    return ScorePart("schedule", None, weight)


def _present_job(terms: Terms, context: AdviceContext) -> ScorePart:
    job, weight = context.person.job, context.weights.present_job.value
    if job is None or not job.sectors:
        return ScorePart("present_job", None, weight)
    if set(job.sectors) & set(terms.sectors):
        reason = Reason(context.sentences.uses_present_job, RuleOutcome.MET, context.fact_of(FactRole.JOB))
        return ScorePart("present_job", 1.0, weight, reason)
    return ScorePart("present_job", 0.5, weight)


def _level(terms: Terms, context: AdviceContext) -> ScorePart:
    has, weight = context.ranks.get(str(context.told(FactRole.LEVEL))), context.weights.level.value
    reached = context.ranks.get(terms.leads_to or "")
    if has is None or reached is None:
        return ScorePart("level", None, weight)
    below = max(0, has - reached)
    about = context.fact_of(FactRole.LEVEL)
    reason = Reason(context.sentences.lower_level, RuleOutcome.NOT_MET, about) if below > 1 else None
    return ScorePart("level", max(0.0, 1.0 - 0.25 * below), weight, reason)


def _freshness(terms: Terms, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.freshness.value
    if terms.status is ProgrammeStatus.ANNOUNCED:
        return ScorePart("freshness", 0.3, weight, Reason(sentences.is_announced, RuleOutcome.ASK_FIRST))
    if terms.newest is None and isinstance(terms.kind, RouteKind):
        return ScorePart("freshness", None, weight)  # there is no page about it that could have gone out of date
    if terms.newest is None:
        return ScorePart("freshness", 0.3, weight, Reason(sentences.is_undated, RuleOutcome.ASK_FIRST))
    if is_old(terms.status_dated, context.knowledge.freshness.old_after, context.on):
        reason = Reason(say(sentences.is_old, date=Day(terms.newest)), RuleOutcome.ASK_FIRST)
        return ScorePart("freshness", _fading(terms.newest, context.on), weight, reason)
    current = say(sentences.is_current, date=Day(terms.newest))
    return ScorePart("freshness", 1.0, weight, Reason(current, RuleOutcome.MET))


def _fading(dated: str, on: date) -> float:
    """An old page counts less every year, and for nothing after ten."""
    return max(0.0, 0.7 - 0.07 * (on - last_day(dated)).days / 365)

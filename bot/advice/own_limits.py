"""Whether a course and the work behind it go with what somebody cannot do, will not do, or needs.

Only what a source says counts for or against; what nobody knows becomes a question in the plan. How far somebody will
travel is for `bot.advice.travel`, and what a limit says of pay and of times for the parts that look at those facts
(`bot.advice.limit_facts`).
"""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bot.advice.context import AdviceContext
from bot.advice.filling import Day, joined, say
from bot.advice.limit_facts import Looked, has_part_of_a_day
from bot.advice.model import Reason, RuleOutcome, ScorePart
from bot.advice.relevance import HELP
from bot.advice.work_demands import asks_much, is_worth_asking
from bot.catalogue import Profile
from bot.content.knowledge import Costs, FactRole, Form, OfferKind, RouteKind
from bot.content.limits import LimitKind
from bot.text import Text

ELSEWHERE = frozenset(
    {Looked.PAY, Looked.ONLINE, Looked.TRAVEL, Looked.NEAR, Looked.FAR}
)  # other parts of the score say it
ON_THE_JOB = frozenset({Form.IN_COMPANY, Form.TRAINEESHIP})
BESIDE_A_JOB = frozenset({Form.BBL, Form.DUAL, Form.WORK_LEARN})  # with a day of lessons a week, or so
IN_CLASS = frozenset(
    {Form.BOL, Form.FULL_TIME, Form.PART_TIME, Form.EVENING, Form.WEEKEND, Form.BOOTCAMP, Form.COURSE, Form.THIRD_PATH}
)
AT_HOME = frozenset({Form.ONLINE, Form.SELF_STUDY})
AT_SPARE_TIMES: Mapping[str, Form] = {Looked.EVENINGS: Form.EVENING, Looked.WEEKENDS: Form.WEEKEND}
AT_ANY_TIME = frozenset({Form.PART_TIME, Form.COURSE})  # lessons of which nobody knows whether they are in the evening
OF_LEARNING = frozenset({Looked.NO_SCHOOL, Looked.HOURS, Looked.SCHOOL_HOURS, Looked.CHEAP})  # whatever the work is
PARTLY_SCHOOL = 0.7  # work with a day of lessons a week, or so
LITTLE = 500  # EUR: what most people can find for a course
PROBABLY = 0.65  # some of the work asks it, or asks what it often goes with
OF_LIMIT = "limit "  # before the kind, in the name of a part of the score


class Course(NamedTuple):
    """All of an offer that a limit may clash with: what agrees in it goes with limits equally well."""

    kind: OfferKind
    occupations: frozenset[str]
    forms: frozenset[Form]
    costs: Costs | None

    @classmethod
    def of(cls, profile: Profile) -> "Course":
        item = profile.item
        return cls(item.kind, profile.occupations, frozenset(item.forms), item.costs)


class Finding(NamedTuple):
    """`value` as in a `ScorePart`. `text` says it, when there is something to say; else it is asked."""

    kind: LimitKind
    value: float | None = None
    outcome: RuleOutcome = RuleOutcome.ASK_FIRST
    text: Text | None = None


def own_limits(course: Course, context: AdviceContext) -> tuple[ScorePart, ...]:
    """A part of the score for each limit; together they weigh the same for everybody."""
    found = list(_findings(course, context))
    about, weight = context.fact_of(FactRole.LIMITS), context.weights.own_limits.value / max(1, len(found))
    return tuple(
        ScorePart(
            f"{OF_LIMIT}{one.kind.id}", one.value, weight, Reason(one.text, one.outcome, about) if one.text else None
        )
        for one in found
    )


def open_limits(
    course: Course, work: frozenset[str], asked_anyway: frozenset[str], context: AdviceContext
) -> tuple[LimitKind, ...]:
    """The limits to ask the provider or the employer about, because no source says it; never what makes no sense.

    `work`: the occupations that it is for; none when nobody knows. `asked_anyway`: limits that editors ask about.
    """
    lessons = not course.forms.isdisjoint(AT_ANY_TIME)

    def makes_sense(kind: LimitKind) -> bool:
        of_lessons = kind.id in OF_LEARNING or (lessons and kind.id in AT_SPARE_TIMES)
        return of_lessons or kind.id in asked_anyway or is_worth_asking(kind, work, context.knowledge)

    found = (one.kind for one in _findings(course, context) if one.outcome is RuleOutcome.ASK_FIRST)
    return tuple(kind for kind in found if kind.ask and makes_sense(kind))


def asked_of_a_body(profile: Profile, context: AdviceContext) -> tuple[Text, ...]:
    """What sources say of the work, whoever does it; where none says anything, what to ask the provider."""
    course, kinds = Course.of(profile), context.knowledge.limit_kinds.values()
    found = [_of_work(kind, course, context) for kind in kinds if kind.id not in ELSEWHERE and kind.id not in JUDGES]
    said = tuple(one.text for one in found if one.text and one.text != one.kind.ask)
    work = wanted_of(profile.occupations, context)
    return said or tuple(
        one.kind.ask for one in found if one.kind.ask and work and is_worth_asking(one.kind, work, context.knowledge)
    )


def wanted_of(occupations: frozenset[str], context: AdviceContext) -> frozenset[str]:
    """Of the work that something leads to that which was asked for, when it is among it."""
    wish = context.person.wish
    return occupations.intersection(wish.occupations if wish else ()) or occupations


# ------------------------------------------------------------------ one limit
def _findings(course: Course, context: AdviceContext) -> Iterator[Finding]:
    if course.kind in HELP:
        return
    limits = context.person.limits
    for kind in context.knowledge.limit_kinds.values():
        if kind.id in limits and kind.id not in ELSEWHERE:
            judge = JUDGES.get(kind.id, _of_work)
            yield judge(kind, course, context)


def _at_school(kind: LimitKind, course: Course, _: AdviceContext) -> Finding:
    """Learning on the job comes first, what happens in a classroom last."""
    if course.kind is RouteKind.OPEN or course.forms & ON_THE_JOB:
        return Finding(kind, 1.0, RuleOutcome.MET, kind.met)
    if course.forms & BESIDE_A_JOB:
        return Finding(kind, PARTLY_SCHOOL, RuleOutcome.ASK_FIRST, kind.partly)
    if course.forms and course.forms <= AT_HOME:
        return Finding(kind, outcome=RuleOutcome.MET)  # one learns at home, and its form says so
    if course.forms & AT_HOME:
        return Finding(kind)  # whether a day or an exam is at a school is to be asked
    if course.forms & IN_CLASS:
        return Finding(kind, 0.0, RuleOutcome.NOT_MET, kind.clash)
    return Finding(kind)


def _in_part_of_a_day(kind: LimitKind, course: Course, context: AdviceContext) -> Finding:
    if Form.FULL_TIME in course.forms and has_part_of_a_day(context.person.limits):
        return Finding(kind, 0.0, RuleOutcome.NOT_MET, kind.clash)
    if isinstance(context.person.limits.get(kind.id), int):
        return Finding(kind, outcome=RuleOutcome.MET)  # hours a week: the part of the score on hours says what it takes
    return Finding(kind)


def _at_spare_times(kind: LimitKind, course: Course, context: AdviceContext) -> Finding:
    """Lessons in the evening only, for who has no evenings; of the work nothing is known."""
    time = AT_SPARE_TIMES[kind.id]
    if time in course.forms and not course.forms & {Form.FULL_TIME, Form.BOL, Form.BBL, Form.PART_TIME}:
        return Finding(kind, 0.0, RuleOutcome.NOT_MET, kind.clash)
    return _of_work(kind, course, context)


def _of_costs(kind: LimitKind, course: Course, _: AdviceContext) -> Finding:
    costs = course.costs
    most = costs.to if costs else None
    if costs is None or most is None:
        return Finding(kind)
    if most <= LITTLE:
        return Finding(kind, 1.0 if most == 0 else 0.8, RuleOutcome.MET, kind.met)
    # What it costs stands in the plan, with who may pay it.
    return Finding(kind, 0.2, RuleOutcome.NOT_MET, kind.clash)


def _of_work(kind: LimitKind, course: Course, context: AdviceContext) -> Finding:
    """What sources say of the work that it trains for: of that which was asked, when it is among it."""
    knowledge = context.knowledge
    demands = {one: knowledge.demands_of(knowledge.occupations[one].isco) for one in sorted(course.occupations)}
    known = [demands[one] for one in sorted(wanted_of(course.occupations, context))]
    asks = [one.asks[kind.id] for one in known if one and kind.id in one.asks]
    hardly = [one.hardly[kind.id] for one in known if one and kind.id in one.hardly]
    if known and kind.clash and len(asks) == len(known):
        return Finding(kind, 0.0, RuleOutcome.NOT_MET, _with_source(kind.clash, asks[0], context))
    if known and len(hardly) == len(known):
        return Finding(kind, 1.0, RuleOutcome.MET, _with_source(kind.met, hardly[0], context))
    shares = [(one.shares[kind.id], one.shares_from) for one in known if one and kind.id in one.shares]
    if kind.share and shares and len(asks) + len(shares) + len(hardly) == len(known):
        least, source = min(shares)
        text = say(kind.share, percent=round(100 * least))
        return Finding(kind, 1.0 - least, RuleOutcome.ASK_FIRST, _with_source(text, source or "", context))
    in_part = any(one and kind.id in one.asks for one in demands.values())  # of the other work that it leads to
    if not hardly and known and (in_part or all(asks_much(one, kind.goes_with) for one in known)):
        return Finding(kind, PROBABLY, RuleOutcome.ASK_FIRST, kind.ask)
    return Finding(kind)


def _with_source(text: Text | None, source: str, context: AdviceContext) -> Text | None:
    demands = context.knowledge.demands
    if text is None or demands is None:
        return text
    found = next(one for one in demands.sources if one.id == source)
    return joined(text, say(context.sentences.demand_source, name=found.name, date=Day(found.dated)))


JUDGES: Mapping[str, Callable[[LimitKind, Course, AdviceContext], Finding]] = {
    Looked.NO_SCHOOL: _at_school,
    Looked.HOURS: _in_part_of_a_day,
    Looked.SCHOOL_HOURS: _in_part_of_a_day,
    Looked.EVENINGS: _at_spare_times,
    Looked.WEEKENDS: _at_spare_times,
    Looked.CHEAP: _of_costs,
}

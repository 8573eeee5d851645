"""Whether someone can do a programme beside the rest of life: pay, hours, times, level, and how old our source is."""

from collections.abc import Callable, Hashable
from datetime import date

from bot.advice.context import AdviceContext
from bot.advice.model import Reason, RuleOutcome, ScorePart
from bot.advice.money import is_old, last_day
from bot.advice.relevance import HELP, KINDS
from bot.advice.wording import in_full, say
from bot.content.knowledge import FactRole, Form, Programme, ProgrammeStatus

PAID_FORMS = frozenset({Form.BBL, Form.WORK_LEARN, Form.TRAINEESHIP, Form.IN_COMPANY})  # a job with lessons
IN_SPARE_TIME = {"evening": Form.EVENING, "weekend": Form.WEEKEND, "online": Form.ONLINE}
LEVELS = {"none": 0, "vmbo": 1, "mbo1": 1, "mbo2": 2, "mbo3": 3, "mbo4": 4, "havo_vwo": 4, "hbo": 6, "wo": 7}
FULL_WEEK = 32  # hours: fewer is no full-time
HELPS_CHOOSING = 0.8
WELCOME = 0.7  # pay that nobody said to need


def kind(programme: Programme, context: AdviceContext) -> ScorePart:
    wish = context.person.wish
    # Who does not know yet what they want is helped best by who helps them choose.
    unsure = (wish is None or not wish.occupations) and programme.kind in HELP
    value = max(KINDS[programme.kind], HELPS_CHOOSING) if unsure else KINDS[programme.kind]
    return ScorePart("kind", value, context.weights.kind.value)


def pay(programme: Programme, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.pay.value
    needed, about = context.told(FactRole.PAY) is True, context.fact_of(FactRole.PAY)
    is_paid = True if programme.paid is None and PAID_FORMS & set(programme.forms) else programme.paid
    match is_paid:
        case True:
            value = 1.0 if needed else WELCOME
            return ScorePart("pay", value, weight, Reason(sentences.pays, RuleOutcome.MET, about))
        case False:
            outcome = RuleOutcome.NOT_MET if needed else RuleOutcome.MET
            return ScorePart("pay", 0.0 if needed else 0.5, weight, Reason(sentences.pays_not, outcome, about))
        case None:
            asks = needed and programme.kind not in HELP
            reason = Reason(sentences.pay_unknown, RuleOutcome.ASK_FIRST, about) if asks else None
            return ScorePart("pay", 0.3 if needed else 0.5, weight, reason)


def hours(programme: Programme, context: AdviceContext) -> ScorePart:
    has, weight = context.told(FactRole.HOURS), context.weights.hours.value
    takes = programme.hours or (FULL_WEEK if Form.FULL_TIME in programme.forms else None)
    if takes is None or not isinstance(has, int | float):
        return ScorePart("hours", None, weight)
    if has >= takes or Form.PART_TIME in programme.forms:
        return ScorePart("hours", 1.0, weight)
    reason = Reason(context.sentences.hours_short, RuleOutcome.NOT_MET, context.fact_of(FactRole.HOURS))
    return ScorePart("hours", has / takes / 2, weight, reason)


def schedule(programme: Programme, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.schedule.value
    wanted, forms, about = context.told(FactRole.SCHEDULE), set(programme.forms), context.fact_of(FactRole.SCHEDULE)
    if not isinstance(wanted, frozenset) or not forms:
        return ScorePart("schedule", None, weight)
    spare = any(form in forms for time, form in IN_SPARE_TIME.items() if time in wanted)
    at_home = Form.SELF_STUDY in forms or ("online" in wanted and programme.where.online)
    if spare or at_home or "daytime" in wanted:
        return ScorePart("schedule", 1.0, weight, Reason(sentences.schedule_fits, RuleOutcome.MET, about))
    if Form.FULL_TIME in forms or Form.BOL in forms:
        return ScorePart("schedule", 0.0, weight, Reason(sentences.schedule_differs, RuleOutcome.NOT_MET, about))
    return ScorePart("schedule", None, weight)


def present_job(programme: Programme, context: AdviceContext) -> ScorePart:
    job, weight = context.person.job, context.weights.present_job.value
    if job is None or not job.sectors:
        return ScorePart("present_job", None, weight)
    if set(job.sectors) & set(programme.sectors):
        reason = Reason(context.sentences.uses_present_job, RuleOutcome.MET, context.fact_of(FactRole.JOB))
        return ScorePart("present_job", 1.0, weight, reason)
    return ScorePart("present_job", 0.5, weight)


def level(programme: Programme, context: AdviceContext) -> ScorePart:
    has, weight = LEVELS.get(str(context.told(FactRole.LEVEL))), context.weights.level.value
    reached = LEVELS.get(programme.leads_to or "")
    if has is None or reached is None:
        return ScorePart("level", None, weight)
    below = max(0, has - reached)
    about = context.fact_of(FactRole.LEVEL)
    reason = Reason(context.sentences.lower_level, RuleOutcome.NOT_MET, about) if below > 1 else None
    return ScorePart("level", max(0.0, 1.0 - 0.25 * below), weight, reason)


def freshness(programme: Programme, context: AdviceContext) -> ScorePart:
    sentences, weight = context.sentences, context.weights.freshness.value
    if programme.status is ProgrammeStatus.ANNOUNCED:
        return ScorePart("freshness", 0.3, weight, Reason(sentences.is_announced, RuleOutcome.ASK_FIRST))
    dated = newest(programme)
    if dated is None:
        return ScorePart("freshness", 0.3, weight, Reason(sentences.is_undated, RuleOutcome.ASK_FIRST))
    if is_old(programme.facts.get("status"), context.knowledge.freshness.old_after, context.on):
        reason = Reason(say(sentences.is_old, date=in_full(dated)), RuleOutcome.ASK_FIRST)
        return ScorePart("freshness", _fading(dated, context.on), weight, reason)
    return ScorePart("freshness", 1.0, weight, Reason(say(sentences.is_current, date=in_full(dated)), RuleOutcome.MET))


def newest(programme: Programme) -> str | None:
    """The date of the page that says whether it runs, else of the newest page that it appears on."""
    status = programme.facts.get("status")
    if status and status.dated:
        return status.dated
    return max((fact.dated for fact in programme.facts.values() if fact.dated), default=None)


def _fading(dated: str, on: date) -> float:
    """An old page counts less every year, and for nothing after ten."""
    return max(0.0, 0.7 - 0.07 * (on - last_day(dated)).days / 365)


PRACTICE: tuple[tuple[Callable[[Programme, AdviceContext], ScorePart], Callable[[Programme], Hashable]], ...] = (
    (kind, lambda programme: programme.kind),
    (pay, lambda programme: (programme.paid, programme.forms, programme.kind in HELP)),
    (hours, lambda programme: (programme.hours, programme.forms)),
    (schedule, lambda programme: (programme.where.online, programme.forms)),
    (present_job, lambda programme: programme.sectors),
    (level, lambda programme: programme.leads_to),
    (freshness, lambda programme: (programme.status, newest(programme))),
)
"""Each part, with all of a programme that it looks at: programmes that agree in all of these are measured once."""

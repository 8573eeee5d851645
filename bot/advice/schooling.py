"""The schools for a route: which are near somebody, what proves that they give it, and how that is said."""

from bot.advice.context import AdviceContext
from bot.advice.model import Reason, RuleOutcome
from bot.advice.travel import Journey, national, on_the_road
from bot.advice.wording import say
from bot.content.knowledge import FactRole
from bot.content.schools import Evidence
from bot.schools import Nearby, Proof, SchoolToAsk
from bot.text import Text

GIVES_NOW = frozenset({Evidence.OFFERED, Evidence.ENROLLED})


def locate(qualification: str | None, context: AdviceContext) -> Journey:
    """The way to the nearest school that surely gives a diploma; else it is there in the whole country."""
    home = context.knowledge.municipalities.get(context.person.home or "")
    if home is None or qualification is None:
        return national()
    near = context.schools.near([qualification], home.coordinates, on=context.on, reach_km=context.reach_km)
    best = near.proven[0] if near.proven else None
    if best is None or not _is_recent(best, context):
        return national(near)
    return on_the_road(best.km, best.municipality, context, near)


def _is_recent(proof: Proof, context: AdviceContext) -> bool:
    """Whether it is young enough to name the school as one that gives it; an older one is only asked."""
    oldest = context.on.year - int(context.weights.proof_years.value)
    return proof.is_now or (proof.year is not None and proof.year >= oldest)


def where_it_is(journey: Journey, context: AdviceContext) -> Reason:
    """Which school near somebody gives a route, or may give it."""
    sentences, about = context.sentences, context.fact_of(FactRole.PLACE)
    near = journey.nearby
    if near and near.proven:
        best = near.proven[0]
        outcome = RuleOutcome.MET if best.evidence in GIVES_NOW else RuleOutcome.ASK_FIRST
        return Reason(_of_proof(best, context), outcome, about)
    if near and near.ask:
        names = [_with_km(one) for one in near.ask]
        return Reason(say(sentences.school_to_ask, schools=names), RuleOutcome.ASK_FIRST, about)
    if near and near.farther and near.farther.km <= context.weights.farthest_km.value:
        far = near.farther
        text = say(sentences.school_farther, school=far.school.name, where=far.place, km=round(far.km))
        return Reason(text, RuleOutcome.NOT_MET, about)
    return Reason(sentences.is_national, RuleOutcome.MET, about)


def _of_proof(proof: Proof, context: AdviceContext) -> Text:
    """A proof as what it is: it never says more than its source does."""
    sentences, school, where, km = context.sentences, proof.school.name, proof.place, round(proof.km)
    if proof.is_now:
        return say(sentences.school_gives, school=school, where=where, km=km)
    if proof.year is None:
        return say(sentences.school_gave_once, school=school, where=where, km=km)
    if proof.exact:
        sentence = sentences.school_gave_adults if proof.evidence is Evidence.FOR_ADULTS else sentences.school_gave
        if proof.evidence is Evidence.ENROLLED:
            sentence = sentences.school_had_students
        return say(sentence, school=school, where=where, km=km, year=proof.year)
    trade = context.knowledge.schooling.trades.get(proof.trade or "")
    name = trade.name if trade else Text.same(proof.name or school)
    return say(sentences.school_gave_trade, school=school, where=where, km=km, year=proof.year, trade=name)


def _with_km(one: SchoolToAsk) -> str:
    return f"{one.school.name} ({one.place}, {round(one.km)} km)"


def to_call(near: Nearby | None) -> tuple[str, str] | None:
    """The school to call first, with its page: one that gives it, else one to ask; None when no page is known."""
    schools = [(one.school, one.url if one.is_now else None) for one in near.proven] if near else []
    schools += [(one.school, None) for one in near.ask] if near else []
    pages = ((school.name, url or school.adults_page or school.website) for school, url in schools)
    return next(((name, url) for name, url in pages if url), None)

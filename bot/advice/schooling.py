"""The schools for a route: which are near somebody, what proves that they give it, and how that is said."""

from datetime import date
from functools import lru_cache

from bot.advice.context import AdviceContext
from bot.advice.model import Reason, RuleOutcome
from bot.advice.travel import Journey, national, on_the_road
from bot.advice.wording import say
from bot.content.knowledge import FactRole
from bot.content.schools import Evidence
from bot.schools import Nearby, Proof, Schools, SchoolToAsk
from bot.text import Text

GIVES_NOW = frozenset({Evidence.OFFERED, Evidence.ENROLLED})


def locate(qualification: str | None, context: AdviceContext) -> Journey:
    """The way to the nearest school that surely gives a diploma; else it is there in the whole country."""
    home = context.knowledge.municipalities.get(context.person.home or "")
    if home is None or qualification is None:
        return national()
    near = _near(context.schools, qualification, home.coordinates, context.on, context.reach_km)
    best = _best(near, context)
    if best and _is_recent(best, context):
        return on_the_road(best.km, best.municipality, context, near)
    if not near.proven and (school := _near_with_proof(near, context)):
        return on_the_road(school.km, school.municipality, context, near)
    return national(near)


# Most people live where many do, and ask for what many ask.
@lru_cache(maxsize=2_000)
def _near(schools: Schools, qualification: str, home: tuple[float, float], on: date, reach_km: float) -> Nearby:
    return schools.near([qualification], home, on=on, reach_km=reach_km)


def _best(near: Nearby, context: AdviceContext) -> Proof | None:
    """The strongest proof that is young enough; the strongest of all when none is."""
    recent = (proof for proof in near.proven if _is_recent(proof, context))
    return next(recent, near.proven[0] if near.proven else None)


def _near_with_proof(near: Nearby, context: AdviceContext) -> SchoolToAsk | None:
    """A school near of which a source says that it gives this, and not in which of its places."""
    return next(
        (
            one
            for one in near.ask
            if (proof := one.elsewhere) and proof.exact and not proof.place and _is_recent(proof, context)
        ),
        None,
    )


def _is_recent(proof: Proof, context: AdviceContext) -> bool:
    """Whether it is young enough to name the school as one that gives it; an older one is only asked."""
    oldest = context.on.year - int(context.weights.proof_years.value)
    return proof.is_now or (proof.year is not None and proof.year >= oldest)


def where_it_is(journey: Journey, context: AdviceContext) -> Reason:
    """Which school near somebody gives a route, or may give it."""
    sentences, about = context.sentences, context.fact_of(FactRole.PLACE)
    near = journey.nearby
    if near and (best := _best(near, context)):
        outcome = RuleOutcome.MET if best.evidence in GIVES_NOW else RuleOutcome.ASK_FIRST
        return Reason(_of_proof(best, context), outcome, about)
    if near and (school := _near_with_proof(near, context)):
        return Reason(_of_unplaced(school, context), RuleOutcome.ASK_FIRST, about)
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


def _of_unplaced(one: SchoolToAsk, context: AdviceContext) -> Text:
    assert one.elsewhere is not None, "found by its proof"
    year = one.elsewhere.year
    assert year is not None, "only a recent proof is said so"
    sentence = context.sentences.school_gave_somewhere
    return say(sentence, school=one.school.name, where=one.place, km=round(one.km), year=year)


def _with_km(one: SchoolToAsk) -> str:
    return f"{one.school.name} ({one.place}, {round(one.km)} km)"


def to_call(near: Nearby | None, context: AdviceContext) -> tuple[str, str | None] | None:
    """The school to call first, with its page when one is known: the one that is said to give it, else one to ask."""
    if near and (proof := _best(near, context)):
        page = proof.url if proof.is_now else None
        return proof.school.name, page or proof.school.adults_page or proof.school.website
    if near and near.ask:
        school = (_near_with_proof(near, context) or near.ask[0]).school
        return school.name, school.adults_page or school.website
    return None

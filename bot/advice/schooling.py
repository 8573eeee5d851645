"""The schools for a route: which are near somebody, what proves that they give it, and how that is said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.model import Reason, RuleOutcome
from bot.advice.travel import How, Journey, in_words, national, on_the_road
from bot.content.knowledge import FactRole, Route
from bot.content.knowledge.course import EVERYWHERE
from bot.content.schools import Evidence, School, StudyForm
from bot.schools import Nearby, Proof, Schools, SchoolToAsk
from bot.text import Text, in_each

GIVES_NOW = frozenset({Evidence.OFFERED, Evidence.ENROLLED})
STUDY_FORMS = frozenset(map(str, StudyForm))
WORTH_A_CALL_KM = 15.0  # nearer: a call costs less than the road


def locate(route: Route, context: AdviceContext) -> Journey:
    """The way to the nearest school that surely gives a route, or to the one place where it is; else it is there in
    the whole country."""
    home = context.knowledge.municipalities.get(context.person.home or "")
    qualifications = (route.qualification,) if route.qualification else ()
    if home is None:
        return national()
    if not (qualifications or route.given_by):
        return _to_its_place(route, context) or national()
    near = _near(
        context.schools,
        qualifications,
        route.given_by,
        home.coordinates,
        context.on,
        context.reach_km,
        tuple(StudyForm(form) for form in route.forms if form in STUDY_FORMS),
        route.name.fallback,
    )
    best = _best(near, context)
    if best and _recent(near, context):
        return on_the_road(best.km, best.municipality, context, near)
    if not near.proven and (school := _near_with_proof(near, context)):
        return on_the_road(school.km, school.municipality, context, near)
    everywhere = tuple(one for one in near.everywhere if _is_recent(one, context))
    is_any_school = bool(near.ask) and route.first_call.any_school
    at_its_place = None if everywhere or is_any_school else _to_its_place(route, context)
    return at_its_place or national(replace(near, everywhere=everywhere))


def _to_its_place(route: Route, context: AdviceContext) -> Journey | None:
    """The way to the one place where a route is, when it names one."""
    home, place = context.person.home, route.first_call.place
    if home is None or place is None:
        return None
    km = context.places.distance_km(home, place)
    return on_the_road(km, place, context) if km <= context.reach_km else Journey(How.FAR, 0.0, km, place)


# Most people live where many do, and ask for what many ask.
@lru_cache(maxsize=2_000)
def _near(
    schools: Schools,
    qualifications: tuple[str, ...],
    given_by: tuple[str, ...],
    home: tuple[float, float],
    on: date,
    reach_km: float,
    forms: tuple[StudyForm, ...],
    named: str,
) -> Nearby:
    return schools.near(qualifications, home, on=on, reach_km=reach_km, given_by=given_by, forms=forms, named=named)


def _best(near: Nearby, context: AdviceContext) -> Proof | None:
    """The first proof that is young enough; the first of all when none is, or that one is so much farther."""
    recent, first = _recent(near, context), near.proven[0] if near.proven else None
    if recent is None or first is None:
        return first
    return first if first.km + WORTH_A_CALL_KM < recent.km else recent


def _recent(near: Nearby, context: AdviceContext) -> Proof | None:
    return next((proof for proof in near.proven if _is_recent(proof, context)), None)


def _near_with_proof(near: Nearby, context: AdviceContext) -> SchoolToAsk | None:
    """A school near of which a source says that it gives this, and not in which of its places."""

    def proves(proof: Proof | None) -> bool:
        return bool(proof and proof.exact and proof.year and not proof.place and _is_recent(proof, context))

    return next((one for one in near.ask if proves(one.elsewhere)), None)


def _is_recent(proof: Proof, context: AdviceContext) -> bool:
    """Whether it is young enough to name the school as one that gives it; one that is older, or of which nobody knows
    how old it is, is only asked."""
    oldest = context.on.year - int(context.weights.proof_years.value)
    return proof.is_now or (proof.year is not None and proof.year >= oldest)


def where_it_is(journey: Journey, context: AdviceContext) -> Reason:
    """Which school near somebody gives a route, or may give it."""
    sentences, about = context.sentences, context.fact_of(FactRole.PLACE)
    near = journey.nearby
    if near is None and journey.place:
        return in_words(journey, EVERYWHERE, context).reason
    if near and (anywhere := nationwide(journey)):
        return Reason(_of_nationwide(anywhere, context), RuleOutcome.ASK_FIRST, about)
    if near and (best := _best(near, context)):
        outcome = RuleOutcome.MET if best.evidence in GIVES_NOW else RuleOutcome.ASK_FIRST
        return Reason(_of_proof(best, context), outcome, about)
    if near and (school := _near_with_proof(near, context)):
        return Reason(_of_unplaced(school, context), RuleOutcome.ASK_FIRST, about)
    if near and near.ask:
        return Reason(_to_ask(near.ask, context), RuleOutcome.ASK_FIRST, about)
    if near and (far := _nearest_of_register(near) or _nearest_of_few(near, context)):
        text = say(sentences.school_farther, school=named(far.school), where=far.place, km=round(far.km))
        return Reason(text, RuleOutcome.NOT_MET, about)
    return Reason(sentences.is_national, RuleOutcome.MET, about)


def nationwide(journey: Journey) -> Proof | None:
    """The strongest proof of a school that gives a route all over the country, when none near is known to give it."""
    near = journey.nearby
    return near.everywhere[0] if journey.how is How.NATIONAL and near and near.everywhere else None


def _of_nationwide(proof: Proof, context: AdviceContext) -> Text:
    if proof.year is None:
        return say(context.sentences.school_everywhere_once, school=named(proof.school))
    return say(context.sentences.school_everywhere, school=named(proof.school), year=proof.year)


def _of_proof(proof: Proof, context: AdviceContext) -> Text:
    """A proof as what it is: it never says more than its source does."""
    sentences, school, where, km = context.sentences, named(proof.school), proof.place, round(proof.km)
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
    name = trade.name if trade else Text.same(proof.name) if proof.name else school
    return say(sentences.school_gave_trade, school=school, where=where, km=km, year=proof.year, trade=name)


def _of_unplaced(one: SchoolToAsk, context: AdviceContext) -> Text:
    assert one.elsewhere is not None, "found by its proof"
    year = one.elsewhere.year
    assert year is not None, "only a recent proof is said so"
    sentence = context.sentences.school_gave_somewhere
    return say(sentence, school=named(one.school), where=one.place, km=round(one.km), year=year)


def _to_ask(schools: Iterable[SchoolToAsk], context: AdviceContext) -> Text:
    sentence = context.sentences.school_to_ask

    def said(language: str) -> str:
        names = [f"{named(one.school)[language]} ({one.place}, {round(one.km)} km)" for one in schools]
        return say(sentence, schools=names)[language]

    return in_each([sentence], said)


def named(school: School) -> Text:
    """What a school is called, with the faith that it asks of its students: nobody should learn that at the door."""
    faith = school.faith
    if faith is None:
        return Text.same(school.name)
    return in_each([faith], lambda language: f"{school.name} ({faith[language]})")


@dataclass(frozen=True, slots=True)
class Desk:
    """A school to call first. `gives_now`: the register says that it gives this; else it is to be asked.

    `proof`: what says that it gives this, there or in another place; None when nothing does.
    """

    school: School
    place: str  # empty: it is there in the whole country
    km: float
    gives_now: bool
    page: str | None
    proof: Proof | None = None


def to_call(near: Nearby | None, route: Route, context: AdviceContext) -> Desk | None:
    """The school to call first: the one that is said to give a route near somebody, else in the whole country.

    One that is only to be asked takes the place of "a school near you"; whom a route itself names knows more.
    """
    if near is None:
        return None
    asked = near.ask[0] if near.ask and route.first_call.any_school else None
    known = _known_to_give(near, context)
    if known and known.place and asked and not known.gives_now:
        aside = known.proof.aside if known.proof else 0.0
        known = None if asked.km + WORTH_A_CALL_KM < known.km + aside else known
    if known:
        return known
    if (far := _nearest_of_register(near)) and not route.first_call.place:
        return Desk(far.school, far.place, far.km, True, far.url if far.is_now else page_of(far.school), far)
    if asked:
        return Desk(asked.school, asked.place, asked.km, False, page_of(asked.school), asked.elsewhere)
    few = _nearest_of_few(near, context) if route.first_call.any_school else None
    return Desk(few.school, few.place, few.km, False, page_of(few.school), few) if few else None


def _known_to_give(near: Nearby, context: AdviceContext) -> Desk | None:
    """The school near somebody, else in the whole country, of which a source says that it gives it, or gave it."""
    everywhere = (proof for proof in near.everywhere if _is_recent(proof, context))
    proof = _best(near, context)
    if not _recent(near, context):
        proof = next(everywhere, proof)
    if proof:
        page = proof.url if proof.is_now else None
        gives_now = proof.evidence in GIVES_NOW
        return Desk(proof.school, proof.place, proof.km, gives_now, page or page_of(proof.school), proof)
    found = _near_with_proof(near, context)
    return Desk(found.school, found.place, found.km, False, page_of(found.school), found.elsewhere) if found else None


def _nearest_of_register(near: Nearby) -> Proof | None:
    """The nearest school beyond reach. Only a register knows which one that is; who is not in it need not be asked."""
    return near.farther if near.farther and near.farther.evidence in GIVES_NOW else None


def _nearest_of_few(near: Nearby, context: AdviceContext) -> Proof | None:
    """The nearest school beyond reach, of a diploma that few give, to be asked: who finds "a nautical school"?"""
    far = near.farther
    diploma = context.knowledge.schooling.qualifications.get(far.qualification) if far else None
    if far is None or diploma is None or not diploma.rare or not far.exact:
        return None
    return far if far.year is None or _is_recent(far, context) else None


def page_of(school: School) -> str | None:
    return school.adults_page or school.website

"""A route as the school near somebody gives it: the study that the register has there, and the form that it has."""

from dataclasses import replace

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.schooling import GIVES_NOW
from bot.content.knowledge import Costs, Form, Months, Route, RouteKind
from bot.content.schools import Degree, StudyForm
from bot.content.towns import plain
from bot.schools import Proof
from bot.text import Text

KINDS = {
    Degree.AD: RouteKind.AD,
    Degree.BACHELOR: RouteKind.HBO,
    Degree.MASTER: RouteKind.HBO,
    Degree.ACADEMIC_BACHELOR: RouteKind.WO,
    Degree.ACADEMIC_MASTER: RouteKind.WO,
}
DURATION = "duration"
BESIDE_WORK = frozenset({Form.PART_TIME, Form.DUAL})
FORMS = (Form.PART_TIME, Form.DUAL, Form.FULL_TIME)  # those of the register, the usual one first


def as_taught(route: Route, proof: Proof | None, context: AdviceContext) -> Route:
    """The same route with the name, the form and the length of what the register has at a school.

    A job with a diploma beside it ("work-learn") is in no register, whoever gives the lessons: it stays as it is.
    """
    if proof is None or proof.degree not in KINDS or proof.evidence not in GIVES_NOW or not proof.forms:
        return route
    if route.forms and route.forms[0] not in FORMS:
        return route
    degrees = context.knowledge.schooling.qualifications[proof.qualification].degrees
    forms = _forms(route, proof)
    paid = None if forms[0] is Form.DUAL and not route.paid else route.paid  # a job beside it, with pay
    ask = (context.sentences.ask_job_beside, *route.ask) if forms[0] is Form.DUAL else route.ask
    if len(degrees) == 1:
        return replace(route, name=_name(route, proof, context), forms=forms, paid=paid, ask=ask)
    return replace(
        route,
        name=_official(proof, context),
        kind=KINDS[proof.degree],
        forms=forms,
        paid=paid,
        ask=ask,
        months=_months(route.months, proof.degree),
        costs=_costs(route, proof.degree),
        facts={name: fact for name, fact in route.facts.items() if name != DURATION},  # it is of both
    )


def _name(route: Route, proof: Proof, context: AdviceContext) -> Text:
    """What a route is called; where a school has another study of its field, or one of several, what that one is."""
    name = plain(route.name.fallback)
    is_so = proof.is_said_in(name) and context.schools.gives_all_of(proof, name)
    return route.name if is_so else _official(proof, context)


def _official(proof: Proof, context: AdviceContext) -> Text:
    sentences = context.sentences
    called = {
        Degree.AD: sentences.study_ad,
        Degree.BACHELOR: sentences.study_bachelor,
        Degree.MASTER: sentences.study_master,
        Degree.ACADEMIC_BACHELOR: sentences.study_academic,
        Degree.ACADEMIC_MASTER: sentences.study_academic_master,
    }
    assert proof.degree in called, "only what the register has is named so"
    return say(called[proof.degree], name=proof.name or proof.school.name)


def _forms(route: Route, proof: Proof) -> tuple[Form, ...]:
    """The forms of the route that a school has, in its order; of two ways beside work either will do."""
    there = tuple(form for form in FORMS if StudyForm(form) in proof.forms)
    asked = [form for form in route.forms if form in there]
    beside = [form for form in there if form in BESIDE_WORK]
    if BESIDE_WORK & set(route.forms) and not BESIDE_WORK & set(asked):
        asked = [*beside, *asked]
    return tuple(asked) or there


def _months(months: Months | None, degree: Degree) -> Months | None:
    """Of a route that ends in one of two degrees: the shorter one takes the least months, the longer one the most."""
    if months is None:
        return None
    long = months.from_ if degree is Degree.AD else months.to
    return Months(long, long)


def _costs(route: Route, degree: Degree) -> Costs | None:
    """The same of what is paid in all, which is by the year."""
    costs, months = route.costs, route.months
    if costs is None or months is None or not months.from_ or not months.to:
        return costs
    share = months.from_ / months.to
    if degree is Degree.AD:
        return Costs(costs.from_, costs.to and round(costs.to * share))
    return Costs(costs.from_ and round(costs.from_ / share), costs.to)

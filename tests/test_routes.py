"""How one becomes something, anywhere in the country: which routes are shown, in which order, and with which school."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from libraries import real_library

from bot.advice import Advice, Offer, advise, reject
from bot.advice.context import AdviceContext
from bot.advice.model import RuleOutcome
from bot.advice.order import Tier, tier
from bot.advice.ranking import shown_to
from bot.advice.relevance import ALIKE, HELP, HELPS_IN_SECTOR, TRAINING
from bot.advice.schooling import locate, where_it_is
from bot.advice.scoring import Fit, Scorer
from bot.advice.seeker import to_person
from bot.advice.travel import How, national
from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.catalogue import Catalogue, Never, Work
from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.content.knowledge import Form, ProgrammeKind, Route
from bot.content.schools import Evidence
from bot.schools import Nearby, Proof
from bot.text import count_words

ON = date(2026, 11, 27)
SOMEBODY = {"employment": "job_seeker", "benefit": "ww", "age": 38, "hours": 32, "dutch": "native"}


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def advice_for(compiled: Compiled, wish: str, place: str, education: str, **facts: Any) -> Advice:
    return advise(compiled, SOMEBODY | {"desired_work": wish, "place": place, "education": education} | facts, on=ON)


def fits_for(compiled: Compiled, answers: dict[str, Any], catalogue: Catalogue | None = None) -> tuple[Fit, ...]:
    person = to_person(compiled, SOMEBODY | answers)
    return shown_to(Scorer(AdviceContext.of(compiled, person, on=ON)), catalogue or compiled.catalogue)


def routes(advice: Advice) -> list[Offer]:
    return [offer for offer in advice.offers if isinstance(offer.item, Route)]


def said(offer: Offer) -> str:
    return " ".join(reason.text["nl"] for reason in offer.reasons)


# ------------------------------------------------------------------ for every wish, in every town
def test_every_occupation_has_a_route(compiled: Compiled) -> None:
    for occupation in compiled.content.knowledge.occupations:
        found = compiled.catalogue.routes_to(Work((), (occupation,)))
        assert any(occupation in profile.occupations for profile in found), occupation


WISHES = ["bakker", "kapper", "treinmachinist", "doktersassistente", "beveiliger", "juf op een basisschool", "lasser"]


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("education", ["none", "vmbo", "mbo4", "hbo"])
def test_whoever_asks_gets_something_that_trains_for_it_wherever_they_live(
    compiled: Compiled, wish: str, education: str
) -> None:
    for place in ("Delfzijl", "Goes"):
        first = advice_for(compiled, wish, place, education).offers[0]
        assert first.trains_for_wish, (place, first.item.id)


@pytest.mark.parametrize("wish", [*WISHES, "timmerman", ""])
def test_the_parts_of_a_result_stand_in_the_order_that_is_promised(compiled: Compiled, wish: str) -> None:
    for place in ("Utrecht", "Goes", "Delfzijl"):
        tiers = [tier(fit) for fit in fits_for(compiled, {"desired_work": wish, "place": place, "education": "mbo4"})]
        assert tiers == sorted(tiers)


OWN_WAYS = {
    "priester": "route-priest",
    "toneelspelen": "route-actor-open",
    "zangeres": "route-musician-open",
    "podcast maken": "route-radio-open",
    "suppoost": "route-museum-open",
    "bewindvoering": "route-protective-administrator",
    "raadslid": "route-politician",
    "woonconsulent": "route-housing-work",
    "verzuim": "route-absence-case-manager",
    "front office hotel": "route-hotel-reception",
    "galvaniseur": "route-coating-job",
    "boomgaard": "route-fruit-open",
    "trekkers repareren": "route-machinery-hand-job",
    "busmonteur": "route-truck-hand-job",
    "pijpen": "route-pipefitter-job",
    "meubels stofferen": "route-upholsterer-course",
}


@pytest.mark.parametrize("wish", OWN_WAYS)
def test_work_with_a_way_of_its_own_is_not_shown_that_of_its_neighbour_first(compiled: Compiled, wish: str) -> None:
    for education in ("mbo4", "hbo"):
        assert advice_for(compiled, wish, "Helmond", education).offers[0].item.id == OWN_WAYS[wish]


@pytest.mark.parametrize("wish", ["psycholoog", "advocaat"])
def test_a_degree_far_above_a_school_begins_with_one_course_for_which_no_diploma_is_asked(
    compiled: Compiled, wish: str
) -> None:
    first = advice_for(compiled, wish, "Goes", "vmbo", age=58).offers[0]
    assert isinstance(first.item, Route)
    assert first.item.given_by == ("open-universiteit",)


def test_a_checked_programme_near_comes_before_any_route(compiled: Compiled) -> None:
    first, *rest = advice_for(compiled, "timmerman", "Hilversum", "mbo2").offers
    assert first.item.id == "bouwmensen-gooi-vecht"
    assert first.proven and first.distance_km is not None
    assert routes(replace(advice_for(compiled, "timmerman", "Hilversum", "mbo2"), offers=tuple(rest)))


@pytest.mark.parametrize("wish", ["timmerman", "programmeur", "verzorgende", "leraar basisonderwijs", "elektricien"])
def test_routes_take_no_place_of_the_three_best_programmes(compiled: Compiled, wish: str) -> None:
    without = Catalogue(
        compiled.catalogue.programmes, compiled.content.knowledge.occupations, compiled.content.knowledge.sectors
    )
    for place in ("Utrecht", "Amsterdam", "Zwolle", "Groningen"):
        answers = {"desired_work": wish, "place": place, "education": "hbo"}
        # Help that is there for anyone, or to choose within a sector, is for who has no way that is open.
        ours = [fit for fit in fits_for(compiled, answers, without) if fit.candidate.nearness > HELPS_IN_SECTOR]
        # A course for a neighbour's trade is no offer beside a way to the very work.
        ours = [fit for fit in ours if fit.profile.item.kind in HELP or fit.candidate.nearness >= ALIKE]
        alone = [fit.profile.item.id for fit in ours if tier(fit) is not Tier.FAR]
        shown = [fit for fit in fits_for(compiled, answers) if not isinstance(fit.profile.item, Route)]
        together = [fit.profile.item.id for fit in shown if tier(fit) is not Tier.FAR]
        few = 3 if any(fit.candidate.trains for fit in shown) else 2
        assert together[:few] == alone[:few]


def test_what_is_no_course_is_never_offered(compiled: Compiled) -> None:
    assert compiled.catalogue["hu-toelating"].never is Never.NO_PROGRAMME
    for profile in compiled.catalogue.programmes:
        if profile.item.kind in (ProgrammeKind.ADMISSION_ROUTE, ProgrammeKind.NETWORK, ProgrammeKind.TRAINING_CENTRE):
            assert profile.never is not None


def test_work_that_is_not_wanted_has_no_route_either(compiled: Compiled) -> None:
    advice = advice_for(compiled, "buschauffeur of vrachtwagenchauffeur", "Goes", "mbo2", excluded=["bus-driver"])
    named = [offer.item.occupations for offer in routes(advice) if isinstance(offer.item, Route)]
    assert named and not any(set(one) == {"bus-driver"} for one in named)


def test_of_two_kinds_of_work_that_were_named_each_has_a_route(compiled: Compiled) -> None:
    advice = advice_for(compiled, "bakker en lasser", "Goes", "mbo4")
    led_to = {one for offer in routes(advice) if isinstance(offer.item, Route) for one in offer.item.occupations}
    assert {"baker", "welder"} <= led_to


# ------------------------------------------------------------------ stairs
@pytest.mark.parametrize(
    ("wish", "education"),
    [
        ("waterstof", "none"),
        ("maatschappelijk werker", "none"),
        ("ict-manager", "mbo3"),
        ("werktuigbouwkundige", "vmbo"),
    ],
)
def test_a_first_step_opens_the_next_one(compiled: Compiled, wish: str, education: str) -> None:
    ranks = {level.id: level.rank for level in compiled.content.country.levels}
    steps = [one for one in advice_for(compiled, wish, "Hoorn", education).offers if one.towards]
    assert steps
    for step in steps:
        assert step.towards is not None
        same_work = set(step.item.occupations) & set(step.towards.occupations)
        assert same_work or ranks[step.item.leads_to or "none"] > ranks[education]


def test_who_has_too_little_education_gets_the_first_step_and_where_it_leads(compiled: Compiled) -> None:
    first = advice_for(compiled, "verzorgende", "Goes", "none").offers[0]
    assert isinstance(first.item, Route) and "care-worker" not in first.item.occupations
    assert first.towards is not None and "care-worker" in first.towards.occupations
    assert first.trains_for_wish and first.to_json("nl")["towards"] == first.towards.id
    assert "Dit is je eerste stap. Daarna kun je verder naar:" in said(first)


def test_who_may_enter_needs_no_stairs(compiled: Compiled) -> None:
    for offer in routes(advice_for(compiled, "verzorgende", "Goes", "vmbo")):
        assert offer.towards is None


@pytest.mark.parametrize(("education", "is_long"), [("mbo2", True), ("mbo3", True), ("mbo4", False)])
def test_a_test_that_opens_hbo_to_everybody_is_a_long_way_for_some(
    compiled: Compiled, education: str, is_long: bool
) -> None:
    """Whoever is 21 may do the test for hbo; without mbo 4 work in a class and the step before it come first."""
    shown = routes(advice_for(compiled, "juf op een basisschool", "Goes", education))
    pabo = next(at for at, offer in enumerate(shown) if offer.item.id == "route-pabo")
    assert any(offer.towards for offer in shown[:pabo]) is is_long
    assert (pabo > 0) is is_long


@pytest.mark.parametrize("wish", ["arts", "tandtechnicus", "plc-programmeur", "diëtist"])
def test_whoever_has_no_diploma_gets_a_first_step_to_every_trade(compiled: Compiled, wish: str) -> None:
    """Doctor, dental technician: nothing could be entered, and what was shown was a university."""
    first = advice_for(compiled, wish, "Goes", "none", current_job="caissière").offers[0]
    assert first.trains_for_wish and not first.is_long_way
    assert first.towards is not None


def test_a_step_is_none_for_who_works_there_already(compiled: Compiled) -> None:
    """Certificates beside work in IT are no way into it."""
    for place in ("Utrecht", "Goes"):
        steps = [
            offer
            for offer in routes(advice_for(compiled, "it-architect", place, "mbo2", current_job="kok"))
            if offer.towards
        ]
        assert steps
        assert "route-cloud-certificates" not in {offer.item.id for offer in steps}


def test_a_step_that_many_ways_begin_with_leads_to_no_work_of_its_own(compiled: Compiled) -> None:
    route = compiled.content.knowledge.routes["route-adult-havo-vwo"]
    assert not route.occupations and route.stairs
    steps = {offer.item.id: offer for offer in routes(advice_for(compiled, "fysiotherapeut", "Goes", "vmbo"))}
    towards = steps[route.id].towards
    assert towards is not None and towards.id == "route-physiotherapist-hbo"


def test_what_is_at_school_and_far_below_their_level_is_left_out_beside_what_is_of_it(compiled: Compiled) -> None:
    """HR at mbo 4, all day at school, stood before a degree beside work for who has a degree."""
    shown = [offer.item.id for offer in routes(advice_for(compiled, "hr medewerker", "Eindhoven", "hbo"))]
    assert "route-hr-ad" in shown and "route-hr-mbo4" not in shown


def test_a_course_for_other_work_stands_beside_no_way_to_the_very_work(compiled: Compiled) -> None:
    """A smith was shown how to maintain trains, because both are metal."""
    for wish in ("smid", "scheepsbouwer", "cnc-frezer"):
        for offer in advice_for(compiled, wish, "Tilburg", "vmbo").offers:
            assert offer.trains_for_wish or offer.item.kind not in TRAINING, (wish, offer.item.id)


# ------------------------------------------------------------------ how far
def test_a_way_that_is_in_one_place_says_how_far_that_is_and_comes_last(compiled: Compiled) -> None:
    far = next(
        offer
        for offer in routes(advice_for(compiled, "projectleider energietransitie", "Bladel", "hbo"))
        if offer.item.id == "route-energy-transition-ad"
    )
    assert far.distance_km and far.distance_km > 75
    assert "Vlissingen" in said(far)
    near = advice_for(compiled, "waterstofspecialist", "Middelburg", "mbo4").offers[0]
    assert near.item.id == "route-energy-transition-ad" and near.proven


@pytest.mark.parametrize(
    ("wish", "education", "first"),
    [
        ("orthoptist", "havo_vwo", "route-orthoptist-hbo"),
        ("actuaris", "hbo", "route-actuary"),
        ("medisch pedicure", "mbo4", "route-medical-pedicure"),
        ("nt2-docent", "hbo", "route-nt2-teacher"),
        ("politieagent", "hbo", "route-police-officer"),
    ],
)
def test_the_own_way_of_rare_work_comes_before_that_of_its_neighbours(
    compiled: Compiled, wish: str, education: str, first: str
) -> None:
    assert advice_for(compiled, wish, "Goes", education).offers[0].item.id == first


def test_a_licence_for_a_part_of_the_work_is_no_way_into_it(compiled: Compiled) -> None:
    for place in ("Emmen", "Goes", "Noordoostpolder"):
        assert advice_for(compiled, "akkerbouwer", place, "vmbo").offers[0].item.id != "route-spraying-licence"


def test_who_cannot_enter_gets_a_step_that_leads_on_and_not_only_volunteering(compiled: Compiled) -> None:
    for education in ("vmbo", "mbo4"):
        offers = advice_for(compiled, "nt2-docent", "Assen", education).offers[:3]
        assert any(one.towards and one.towards.id == "route-nt2-teacher" for one in offers)


def test_a_job_with_lessons_for_more_hours_than_they_have_comes_after_what_fits(compiled: Compiled) -> None:
    few, many = (
        next(iter(routes(advice_for(compiled, "buschauffeur", "Alkmaar", "vmbo", hours=hours)))) for hours in (16, 36)
    )
    assert Form.BBL not in few.item.forms
    assert not few.nearly and not many.nearly


@pytest.mark.parametrize(("education", "is_known"), [("mbo4", True), ("hbo", False), ("wo", False)])
def test_the_price_of_a_first_degree_is_not_said_to_who_has_one(
    compiled: Compiled, education: str, is_known: bool
) -> None:
    offers = routes(advice_for(compiled, "ecoloog", "Arnhem", education))
    degree = next(offer for offer in offers if offer.item.id == "route-forest-nature-hbo")
    assert (degree.plan.own_costs.most is not None) is is_known
    care = next(iter(routes(advice_for(compiled, "diëtist", "Delft", education))))
    assert care.plan.own_costs.most is not None  # in care a second degree costs as much as a first


def journey_of(compiled: Compiled, place: str, programme: str, **facts: Any) -> How:
    person = to_person(compiled, SOMEBODY | {"desired_work": "timmerman", "place": place} | facts)
    scorer = Scorer(AdviceContext.of(compiled, person, on=ON))
    return scorer.look_at(compiled.catalogue[programme]).journey.how


def test_the_reach_is_thirty_kilometres_and_what_is_farther_comes_last(compiled: Compiled) -> None:
    weights = compiled.content.knowledge.weights
    assert weights is not None and weights.reach_km.value == 30
    towns = compiled.catalogue["bouwmensen-gooi-vecht"].item.where.municipalities
    for home in compiled.content.knowledge.municipalities:
        km = min(compiled.places.distance_km(home, town) for town in towns)
        how = journey_of(compiled, home, "bouwmensen-gooi-vecht")
        expected = How.BY_ROAD if km <= 30 else How.FAR if km <= weights.farthest_km.value else How.TOO_FAR
        assert how is expected, (home, km)


def test_the_nearest_beyond_reach_is_shown_with_its_distance_when_nothing_is_nearer(compiled: Compiled) -> None:
    advice = advice_for(compiled, "softwareontwikkelaar", "Den Helder", "hbo")
    far = [offer for offer in advice.offers if offer.distance_km and offer.distance_km > 30]
    assert len(far) <= 1
    for offer in far:
        assert not offer.proven
        assert f"{round(offer.distance_km or 0)} kilometer" in said(offer)


@pytest.mark.parametrize(
    ("limits", "reach"),
    [
        ({}, 30),
        ({"far": True}, 75),
        ({"near": 50}, 50),
        ({"travel": 60}, 45),
        ({"travel": 20}, 15),
        ({"near": True}, 20),
        ({"far": True, "near": True}, 20),
    ],
)
def test_their_own_words_decide_how_far(compiled: Compiled, limits: dict[str, Any], reach: float) -> None:
    person = to_person(compiled, {"place": "Utrecht", "limits": limits})
    assert AdviceContext.of(compiled, person, on=ON).reach_km == reach


@pytest.mark.parametrize(
    "text",
    ["maakt niet uit hoe ver", "de afstand maakt mij niks uit", "reizen is geen probleem", "distance does not matter"],
)
def test_any_distance_is_heard(compiled: Compiled, text: str) -> None:
    assert "far" in {one.kind for one in compiled.limits.find(text)}


@pytest.mark.parametrize("text", ["ik wil niet ver reizen", "max 20 minuten reizen", "hoe ver is het"])
def test_a_distance_that_matters_is_not_any_distance(compiled: Compiled, text: str) -> None:
    assert "far" not in {one.kind for one in compiled.limits.find(text)}


def test_a_town_that_is_its_own_municipality_is_where_distances_begin(compiled: Compiled) -> None:
    person = to_person(compiled, {"place": "Hengelo"})
    assert person.home == "Hengelo" and "municipality" not in person.facts


# ------------------------------------------------------------------ schools
def context_at(compiled: Compiled, place: str) -> AdviceContext:
    return AdviceContext.of(compiled, to_person(compiled, {"place": place}), on=ON)


def of_diploma(compiled: Compiled, qualification: str | None) -> Route:
    routes = compiled.content.knowledge.routes.values()
    return next(one for one in routes if one.qualification == qualification and not one.given_by)


def a_proof(compiled: Compiled) -> Proof:
    home = compiled.content.knowledge.municipalities["Utrecht"].coordinates
    return compiled.schools.near(["pabo"], home, on=ON).proven[0]


def test_a_proven_school_makes_a_route_near(compiled: Compiled) -> None:
    journey = locate(of_diploma(compiled, "pabo"), context_at(compiled, "Utrecht"))
    assert journey.how is How.BY_ROAD and journey.distance is not None and journey.nearby is not None
    best = journey.nearby.proven[0]
    assert best.school.name in where_it_is(journey, context_at(compiled, "Utrecht")).text["nl"]


def test_without_a_home_or_a_diploma_a_route_is_there_in_the_whole_country(compiled: Compiled) -> None:
    pabo, none = of_diploma(compiled, "pabo"), of_diploma(compiled, None)
    for journey in (locate(pabo, context_at(compiled, "")), locate(none, context_at(compiled, "Utrecht"))):
        assert journey.how is How.NATIONAL and journey.distance is None


@pytest.mark.parametrize(("year", "counts"), [("2018", True), ("2017", False), (None, False)])
def test_a_proof_that_is_old_or_has_no_day_is_said_and_not_counted_on(
    compiled: Compiled, year: str | None, counts: bool
) -> None:
    context = context_at(compiled, "Utrecht")
    old = replace(a_proof(compiled), evidence=Evidence.TAUGHT, dated=year, km=5.0)

    class Found:
        """Schools of which one is known."""

        def near(self, *_: object, **__: object) -> Nearby:
            return Nearby((old,), (), None, ())

    journey = locate(of_diploma(compiled, "pabo"), replace(context, schools=Found()))  # type: ignore[arg-type]
    assert (journey.how is How.BY_ROAD) is counts
    reason = where_it_is(journey, context)
    assert reason.outcome is RuleOutcome.ASK_FIRST
    assert old.school.name in reason.text["nl"] and (year or "geen datum") in reason.text["nl"]


@pytest.mark.parametrize(("evidence", "is_said"), [(Evidence.OFFERED, True), (Evidence.FOR_ADULTS, False)])
def test_the_nearest_school_beyond_reach_is_said_when_a_register_knows_it(
    compiled: Compiled, evidence: Evidence, is_said: bool
) -> None:
    far = replace(a_proof(compiled), evidence=evidence, place="Zwolle", km=107.0)
    reason = where_it_is(national(Nearby((), (), far, ())), context_at(compiled, "Eemsdelta"))
    assert (far.school.name in reason.text["nl"]) is is_said


# ------------------------------------------------------------------ money and JSON
def test_a_scheme_that_a_route_names_may_pay_and_work_without_training_costs_nothing(compiled: Compiled) -> None:
    seen = 0
    for wish in ("lasser", "boekhouder", "schoonmaker", "vakkenvuller"):
        for offer in routes(advice_for(compiled, wish, "Goes", "vmbo")):
            assert isinstance(offer.item, Route)
            if offer.item.kind == "open":
                assert not offer.plan.money
            seen += bool({step.money.subsidy.id for step in offer.plan.money} & set(offer.item.pays))
    assert seen


def test_a_route_is_a_route_in_the_json_and_says_how_it_is(compiled: Compiled) -> None:
    advice = advice_for(compiled, "bakker", "Goes", "vmbo")
    told = advice.to_json(reject(compiled, advice))
    route = next(one for one in told["programmes"] if one["kind"] == "route")
    assert route["trains_for_wish"] is True and route["id"].startswith("route-")
    assert {"proven", "distance_km", "towards", "reasons", "plan", "source", "checked"} <= route.keys()
    assert not told["nothing_fits"]
    shown = {one["id"] for one in told["programmes"]}
    assert not shown & {one["id"] for one in told["rejected"]}


# ------------------------------------------------------------------ what an adviser would not sign
def test_a_vague_wish_shows_different_work_of_the_kind_that_it_often_means(compiled: Compiled) -> None:
    for wish in ("iets met dieren", "iets met mensen", "iets met muziek", "iets met mijn handen"):
        offers = advice_for(compiled, wish, "Arnhem", "mbo4").offers[:3]
        person = to_person(compiled, SOMEBODY | {"desired_work": wish, "place": "Arnhem", "education": "mbo4"})
        assert person.wish is not None
        likely = set(person.wish.likely)
        leads = [compiled.catalogue[offer.item.id].occupations & likely for offer in offers]
        assert len(set().union(*leads)) >= 2, wish
        assert all(leads), wish
        assert "Dit past vaak bij zo'n wens" in said(offers[0])


@pytest.mark.parametrize("education", ["none", "mbo2", "hbo"])
@pytest.mark.parametrize("wish", ["meer verdienen", "vastigheid", "parttime", "minder stress"])
def test_a_wish_how_work_should_be_shows_work_that_is_so(compiled: Compiled, wish: str, education: str) -> None:
    person = Rehearsal(compiled, datetime(2026, 11, 28, 10, tzinfo=UTC), "nl")
    put(person, "results", SOMEBODY | {"desired_work": wish, "place": "Arnhem", "education": education})
    (first, *_) = person.messages
    assert first.text.startswith("Je wilt")
    assert "Ik weet nog niet welk werk je wilt." not in first.text
    assert "3. " in first.text
    assert count_words(first.text) <= 120
    assert "Help mij kiezen" in [button.label for button in first.buttons]


def test_the_school_that_is_said_to_give_a_route_is_the_school_to_call(compiled: Compiled) -> None:
    offers = routes(advice_for(compiled, "timmerman", "Haarlem", "mbo4"))
    named = [offer for offer in offers if "gaf" in said(offer)]
    assert named
    for offer in named:
        school = offer.plan.first_step["nl"].split("mail ")[1].split(".")[0]
        assert school in said(offer)


def test_who_trains_in_the_whole_country_is_named_and_called_in_every_town(compiled: Compiled) -> None:
    for town in ("Den Helder", "Goes", "Delfzijl"):
        (first, *_) = routes(advice_for(compiled, "treinmachinist", town, "vmbo"))
        assert first.item.id == "route-train-driver-ns" and first.proven and first.distance_km is None
        assert "NS leidt hiervoor op in heel Nederland" in said(first) and "2022" in said(first)
        assert "https://www.werkenbijns.nl" in first.plan.first_step["nl"]


def test_a_school_that_is_only_to_be_asked_takes_the_place_of_just_a_school_and_of_nobody_else(
    compiled: Compiled,
) -> None:
    seen = set()
    for wish, town in (("receptionist", "Heerlen"), ("doktersassistente", "Apeldoorn"), ("boekhouder", "Heerlen")):
        for offer in routes(advice_for(compiled, wish, town, "mbo4")):
            assert isinstance(offer.item, Route)
            if offer.schools and offer.schools.ask and not offer.proven:
                own = offer.item.first_call.who["nl"] in offer.plan.first_step["nl"]
                assert own is not offer.item.first_call.any_school
                seen.add(own)
    assert seen == {True, False}


def test_a_step_leads_to_what_was_named_first(compiled: Compiled) -> None:
    wish = "docent wiskunde op de middelbare school"
    fits = fits_for(compiled, {"desired_work": wish, "place": "Tilburg", "education": "mbo2", "age": 20})
    (first, *_) = [fit for fit in fits if fit.towards]
    assert first.towards is not None
    assert "maths-teacher" in first.towards.occupations


def test_who_does_not_know_yet_gets_the_help_near_them_and_who_has_a_way_does_not(compiled: Compiled) -> None:
    unsure = advice_for(compiled, "weet ik nog niet", "Winterswijk", "mbo2").offers
    sure = advice_for(compiled, "masseur", "Winterswijk", "mbo2").offers
    assert [offer.item.id for offer in unsure] == ["werkcentrum-advies"]
    assert sure
    assert "werkcentrum-advies" not in [offer.item.id for offer in sure]


def test_work_that_is_only_like_the_wish_is_not_called_what_they_want(compiled: Compiled) -> None:
    for offer in advice_for(compiled, "maatschappelijk werker", "Amersfoort", "mbo2").offers:
        if "social-worker" not in compiled.catalogue[offer.item.id].occupations:
            assert "voor wat je wilt" not in said(offer)


@pytest.mark.parametrize(("wish", "first"), [("taxichauffeur", "route-taxi-card"), ("gastouder", "route-childminder")])
def test_the_own_way_to_work_comes_before_a_course_for_other_work(compiled: Compiled, wish: str, first: str) -> None:
    assert advice_for(compiled, wish, "Maastricht", "hbo").offers[0].item.id == first


@pytest.mark.parametrize("wish", ["maritiem officier", "koopvaardij", "stuurman zeevaart"])
def test_who_wants_to_sea_as_an_officer_is_not_sent_to_inland_ships(compiled: Compiled, wish: str) -> None:
    assert advice_for(compiled, wish, "Rotterdam", "mbo2").offers[0].item.id == "route-maritime-officer-mbo"


def test_an_mbo_4_course_is_not_for_who_has_no_diploma(compiled: Compiled) -> None:
    shown = [offer.item.id for offer in advice_for(compiled, "onderwijsassistent", "Tiel", "none").offers]
    assert "onderwijsassistent-mbo4" not in shown
    assert "route-class-assistant-open" in shown


@pytest.mark.parametrize("wish", ["nagelstyliste", "masseur"])
def test_who_has_still_to_learn_it_does_not_register_a_company_first(compiled: Compiled, wish: str) -> None:
    assert "KVK" not in advice_for(compiled, wish, "Leiden", "mbo2").offers[0].plan.first_step["nl"]


# ------------------------------------------------------------------ what comes first
@pytest.mark.parametrize(
    ("wish", "first", "later"),
    [
        ("liftmonteur", "route-lift-technician-job", "route-maintenance-mbo3"),
        ("voedingscoach", "route-weight-consultant", "route-dietitian-hbo"),
        ("schipper binnenvaart", "route-skipper-mbo3", "route-maritime-officer-mbo"),
        ("magazijn", "route-warehouse-mbo2", "route-logistics-team-leader-mbo3"),
    ],
)
def test_the_way_to_the_very_work_comes_before_one_to_other_work_first(
    compiled: Compiled, wish: str, first: str, later: str
) -> None:
    shown = [offer.item.id for offer in advice_for(compiled, wish, "Rotterdam", "vmbo").offers]
    assert shown.index(first) < shown.index(later)


def test_what_no_source_says_is_a_question_that_nobody_is_told_to_meet(compiled: Compiled) -> None:
    for education, is_asked in (("vmbo", True), ("hbo", False)):
        offers = routes(advice_for(compiled, "casemanager verzuim", "Utrecht", education))
        job = next(offer for offer in offers if offer.item.id == "route-absence-case-manager")
        asked = [one.text["nl"] for one in job.reasons if one.outcome is RuleOutcome.ASK_FIRST]
        assert ("Vraag of mbo 4 of hbo nodig is." in asked) is is_asked
        assert "nodig is. Daar voldoe je aan" not in said(job)


def test_what_most_enter_with_a_higher_diploma_comes_after_what_fits(compiled: Compiled) -> None:
    shown = [offer.item.id for offer in advice_for(compiled, "teeltadviseur", "Landsmeer", "mbo3").offers]
    assert shown.index("route-growing-mbo4") < shown.index("route-horticulture-hbo")


@pytest.mark.parametrize("wish", ["iets in de ict", "de bouw", "something in logistics", "iets met techniek"])
def test_who_names_a_sector_sees_ways_to_what_people_begin_with_in_it(compiled: Compiled, wish: str) -> None:
    work = compiled.work(wish, Vocabulary.DESIRED_WORK)
    begun = {one for sector in work.sectors for one in compiled.content.knowledge.sectors[sector].occupations}
    profiles = compiled.catalogue.routes_to(work)
    assert profiles
    assert all(profile.occupations & begun for profile in profiles)


def test_what_belongs_to_another_sector_first_is_less_near(compiled: Compiled) -> None:
    person = to_person(compiled, {"desired_work": "iets in de ict"})
    nearness = Scorer(AdviceContext.of(compiled, person, on=ON)).nearness
    cables, helpdesk = compiled.catalogue["route-cable-jointer-job"], compiled.catalogue["route-helpdesk-open"]
    assert nearness.of(cables) < nearness.of(helpdesk)


@pytest.mark.parametrize(
    ("wish", "refused", "stays"),
    [("iets in de ict, maar niet programmeren", "app-developer", None), ("sushi, geen kok", "cook", "sushi-chef")],
)
def test_with_work_that_is_refused_goes_its_unit_group(
    compiled: Compiled, wish: str, refused: str, stays: str | None
) -> None:
    excluded = to_person(compiled, {"desired_work": wish}).excluded
    assert refused in excluded
    assert stays not in excluded

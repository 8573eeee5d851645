"""What stands before what, and what a card says of what an offer asks: for who has little, much, or few years left."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from libraries import real_library

from bot.advice import advise
from bot.advice.card import Card, to_card
from bot.advice.context import AdviceContext
from bot.advice.model import Advice, Offer, ScorePart
from bot.advice.order import Tier, tier
from bot.advice.own_limits import OF_LIMIT
from bot.advice.practical_fit import takes_too_long
from bot.advice.ranking import shown_to
from bot.advice.scoring import Scorer, holds_already
from bot.advice.seeker import to_person
from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.content.knowledge import Form, Months, Route
from bot.engine.effects import Send
from bot.engine.turn import TurnContext
from bot.engine.views.item import show_item
from bot.text import Text

ON = date(2026, 11, 27)
ROOM = 29  # words of a card, when three are shown
SOMEBODY = {"current_job": "accountmanager", "place": "Utrecht", "hours": 40, "age": 40, "dutch": "native"}


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def context_of(compiled: Compiled, **facts: Any) -> AdviceContext:
    return AdviceContext.of(compiled, to_person(compiled, {**SOMEBODY, **facts}), on=ON)


def advice_for(compiled: Compiled, wish: str, education: str, **facts: Any) -> Advice:
    return advise(compiled, {**SOMEBODY, "desired_work": wish, "education": education, **facts}, on=ON)


def order_of(compiled: Compiled, wish: str, education: str, **facts: Any) -> list[str]:
    return [one.item.id for one in advice_for(compiled, wish, education, **facts).offers]


def tiers_of(compiled: Compiled, wish: str, education: str, **facts: Any) -> dict[str, Tier]:
    context = context_of(compiled, desired_work=wish, education=education, **facts)
    return {fit.profile.item.id: tier(fit) for fit in shown_to(Scorer(context), compiled.catalogue)}


def card_of(compiled: Compiled, offer: Offer, most_words: int = ROOM, **facts: Any) -> Card:
    context = context_of(compiled, **facts)
    return to_card(offer, compiled.catalogue[offer.item.id], context, most_words)


def first_card(compiled: Compiled, wish: str, education: str, **facts: Any) -> Card:
    first = advice_for(compiled, wish, education, **facts).offers[0]
    return card_of(compiled, first, desired_work=wish, education=education, **facts)


def card_message(compiled: Compiled, wish: str, item: str) -> str:
    """What is sent about an offer to who asks for more about it."""
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    talk = Rehearsal(compiled, now, "nl")
    put(talk, "results", {**SOMEBODY, "desired_work": wish, "education": "vmbo"})
    turn = TurnContext(compiled, talk.state, now)
    show_item(turn, item)
    return "\n".join(one.message.text for one in turn.effects if isinstance(one, Send))


# ------------------------------------------------------------------ other work
@pytest.mark.parametrize(("wish", "is_offered"), [("timmerman", True), ("isolatiemonteur", False)])
def test_a_course_for_a_trade_next_to_theirs_is_no_offer_beside_a_way_to_the_very_work(
    compiled: Compiled, wish: str, is_offered: bool
) -> None:
    """ "Glaszetter: Omscholing bouw" stood below the ways to insulate houses."""
    shown = order_of(compiled, wish, "mbo2", place="Oldambt")
    assert ("leerbouwen-groningen" in shown) == is_offered


# ------------------------------------------------------------------ steps
def test_work_next_to_the_wish_is_no_step_to_it(compiled: Compiled) -> None:
    """Mending sewers stood as a first step to plumbing, above a diploma with which one can go on."""
    shown = order_of(compiled, "loodgieter", "none", place="Zandvoort")
    assert "route-installation-switch" in shown
    assert {"route-drain-technician-job", "route-sprinkler-fitter-job"}.isdisjoint(shown)
    # What begins in the very work stays a step to its diploma.
    assert "route-drain-technician-job" in order_of(compiled, "rioolmonteur", "none", place="Zandvoort")


@pytest.mark.parametrize("wish", ["receptionist", "loodgieter"])
def test_an_own_way_that_asks_no_more_comes_before_a_first_step(compiled: Compiled, wish: str) -> None:
    offers = advice_for(compiled, wish, "none", place="Goes").offers
    own = [place for place, one in enumerate(offers) if one.towards is None and one.trains_for_wish]
    steps = [place for place, one in enumerate(offers) if one.towards]
    assert own and steps and max(own) < min(steps)


@pytest.mark.parametrize(
    ("wish", "way"), [("recycling", "route-recycling-open"), ("personeelsplanner", "route-planner")]
)
def test_beside_an_open_way_to_the_wish_the_stairs_to_other_work_are_none(
    compiled: Compiled, wish: str, way: str
) -> None:
    """ "Eerste stap: Operator" stood before work at a waste yard, for who cannot lift, and coating after it."""
    offers = advice_for(compiled, wish, "mbo1", place="Heerenveen", hours=24, limits={"lifting": True}).offers
    assert offers[0].item.id == way
    assert not any(one.towards for one in offers)


def test_beside_an_open_way_a_first_diploma_that_counts_stays_a_step(compiled: Compiled) -> None:
    assert any(one.towards for one in advice_for(compiled, "kassamedewerker", "none").offers)


def test_what_may_ask_one_diploma_more_comes_before_years_of_a_degree(compiled: Compiled) -> None:
    """Who has vmbo and wants to work at UWV read of a degree in law before a job there."""
    order = order_of(compiled, "uwv medewerker", "vmbo")
    assert order.index("route-government-job") < order.index("route-law-hbo")
    # A course for who works there already is no work that may be had.
    assert order_of(compiled, "teeltadviseur", "vmbo").index("route-horticulture-hbo") < 2


@pytest.mark.parametrize(("education", "place"), [("vmbo", 0), ("none", 1)])
def test_the_usual_job_that_may_ask_a_level_more_comes_before_years_at_school(
    compiled: Compiled, education: str, place: int
) -> None:
    """Mbo 4 all day at school stood before asking at a municipality; without any diploma that is too far."""
    assert order_of(compiled, "vergunningverlener", education).index("route-permits-job") == place


@pytest.mark.parametrize("education", ["vmbo", "havo_vwo"])
def test_of_a_whole_sector_the_work_that_it_is_known_for_comes_first(compiled: Compiled, education: str) -> None:
    """ "Iets in de zorg" began with childcare, which has a programme in the whole country."""
    order = order_of(compiled, "iets in de zorg", education, place="Coevorden")
    assert order[0] == "route-care-first-step"


def test_ones_own_business_in_other_work_comes_after_a_wage_in_it(compiled: Compiled) -> None:
    order = order_of(compiled, "barbier", "vmbo")
    assert order.index("route-hairdresser-bbl") < order.index("route-own-salon")


@pytest.mark.parametrize(("education", "is_offered"), [("wo", False), ("vmbo", True)])
def test_who_has_a_degree_is_sent_to_no_school_all_day_beside_a_degree_in_the_work(
    compiled: Compiled, education: str, is_offered: bool
) -> None:
    assert ("route-marketing-mbo4" in order_of(compiled, "communicatieadviseur", education)) is is_offered
    # A trade that has no degree is learned there.
    assert "route-beautician-mbo3" in order_of(compiled, "schoonheidsspecialist", education)


@pytest.mark.parametrize(("age", "first"), [(30, "route-soldier"), (52, "route-defence-civilian")])
def test_what_most_enter_at_another_age_comes_later(compiled: Compiled, age: int, first: str) -> None:
    order = order_of(compiled, "militair", "mbo2", age=age)
    assert order[0] == first and "route-soldier" in order


def test_who_is_too_old_for_the_army_is_not_sent_there(compiled: Compiled) -> None:
    assert order_of(compiled, "militair", "havo_vwo", age=63) == ["route-defence-civilian"]


def test_a_first_step_comes_before_an_own_way_that_asks_more(compiled: Compiled) -> None:
    offers = advice_for(compiled, "reclassering", "vmbo").offers
    assert offers[0].towards and not offers[0].is_long_way
    assert any(one.is_long_way for one in offers[1:])


def test_that_it_is_only_a_step_is_said_however_little_room_there_is(compiled: Compiled) -> None:
    offer = next(one for one in advice_for(compiled, "netwerkontwerp", "mbo3").offers if one.towards)
    card = card_of(compiled, offer, 12, desired_work="netwerkontwerp", education="mbo3")
    assert card.becomes["nl"].startswith("Eerste stap")


# ------------------------------------------------------------------ hours
@pytest.mark.parametrize("hours", [16, 40])
def test_too_few_hours_put_no_long_way_before_what_is_of_their_level(compiled: Compiled, hours: int) -> None:
    order = order_of(compiled, "laborant", "vmbo", place="Sittard-Geleen", hours=hours)
    assert order.index("route-laboratory-mbo4") < order.index("route-chemistry-hbo")


# ------------------------------------------------------------------ a degree
def test_what_builds_on_a_degree_comes_before_another_first_degree(compiled: Compiled) -> None:
    with_one = order_of(compiled, "leraar wiskunde", "hbo")
    assert with_one.index("route-secondary-teacher-zib") < with_one.index("route-maths-teacher-hbo")
    assert order_of(compiled, "leraar wiskunde", "mbo4")[0] == "route-maths-teacher-hbo"


def test_a_master_for_who_studied_the_subject_comes_later_for_who_has_another_degree(compiled: Compiled) -> None:
    tiers = {one: tiers_of(compiled, "docent", one) for one in ("wo", "hbo")}
    assert tiers["wo"]["route-secondary-teacher-first-degree"] is Tier.BUILDS_ON
    assert tiers["hbo"]["route-secondary-teacher-first-degree"] is Tier.LONG_WAY


def test_a_degree_in_the_field_is_said_and_asks_more_of_who_works_elsewhere(compiled: Compiled) -> None:
    jobs = ("accountmanager", "timmerman")
    tiers = [tiers_of(compiled, "architect", "hbo", current_job=job)["route-architect-master"] for job in jobs]
    assert tiers == [Tier.LONG_WAY, Tier.BUILDS_ON]
    offers = [one for job in jobs for one in advice_for(compiled, "architect", "hbo", current_job=job).offers]
    elsewhere, there = (one for one in offers if one.item.id == "route-architect-master")
    said = [card_of(compiled, one, desired_work="architect").how["nl"] for one in (elsewhere, there)]
    assert ["Je hebt een bachelor nodig" in one for one in said] == [True, False]


def test_a_demand_that_nobody_knows_whether_they_meet_is_said(compiled: Compiled) -> None:
    facts = {**SOMEBODY, "desired_work": "kok"}
    known, unknown = (
        next(one for one in advise(compiled, {**facts, **more}, on=ON).offers if one.item.id == "route-cook-mbo3")
        for more in ({"education": "vmbo"}, {})
    )
    assert unknown.unknown == {"education"} and unknown.nearly
    assert not known.nearly


# ------------------------------------------------------------------ years
@pytest.mark.parametrize(
    ("age", "months", "paid", "forms", "late"),
    [
        (54, 48, None, (Form.PART_TIME,), False),  # a third of the thirteen years that are left
        (55, 48, None, (Form.PART_TIME,), True),
        (60, 24, None, (Form.PART_TIME,), False),
        (61, 24, None, (Form.PART_TIME,), True),
        (70, 1, None, (Form.COURSE,), True),
        (61, 48, True, (Form.PART_TIME,), False),  # who is paid, loses nothing
        (61, 48, None, (Form.BBL,), False),
        (61, 48, None, (Form.BBL, Form.BOL), True),
        (None, 48, None, (Form.PART_TIME,), False),
        (61, None, None, (Form.PART_TIME,), False),
    ],
)
def test_study_without_pay_that_leaves_few_years_to_work_is_late(
    compiled: Compiled, age: int | None, months: int | None, paid: bool | None, forms: tuple[Form, ...], late: bool
) -> None:
    pabo = compiled.catalogue["route-pabo"].item
    assert isinstance(pabo, Route)
    route = replace(pabo, months=Months(months, months) if months else None, paid=paid, forms=forms)
    assert takes_too_long(route, context_of(compiled, age=age)) is late


def test_what_comes_late_stands_behind_a_way_that_pays(compiled: Compiled) -> None:
    young, old = (tiers_of(compiled, "leraar basisschool", "mbo4", age=age)["route-pabo"] for age in (40, 61))
    assert young < Tier.LATE and old is Tier.LATE


def test_a_long_study_is_said_in_years(compiled: Compiled) -> None:
    card = first_card(compiled, "wiskundeleraar", "mbo4", age=61)
    assert "4 jaar" in card.how["nl"]


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (1, None, "1 maand of meer"),
        (18, None, "18 maanden of meer"),
        (None, 48, "hooguit 4 jaar"),
        (0, 2, "hooguit 2 maanden"),
        (12, 12, "12 maanden"),  # a year is said in months, as most courses do
        (24, 24, "2 jaar"),
        (24, 48, "2 tot 4 jaar"),
        (6, 24, "6 tot 24 maanden"),
    ],
)
def test_how_long_it_takes_is_said_as_people_say_it(
    compiled: Compiled, least: int | None, most: int | None, said: str
) -> None:
    offer = next(one for one in advice_for(compiled, "kok", "vmbo").offers if one.item.id == "route-cook-bbl")
    assert isinstance(offer.item, Route)
    facts = {name: fact for name, fact in offer.item.facts.items() if name != "duration"}
    item = replace(offer.item, facts=facts, months=Months(least, most))
    assert said in card_of(compiled, replace(offer, item=item), 60, desired_work="kok").how["nl"]


@pytest.mark.parametrize(("education", "first"), [("mbo3", "mbo3"), ("vmbo", "mbo2")])
def test_of_ways_to_other_work_first_what_is_of_their_level_comes_first(
    compiled: Compiled, education: str, first: str
) -> None:
    order = order_of(compiled, "farmaceutische industrie", education, place="Houten", hours=24)
    assert order[0] == f"route-process-operator-{first}"


def test_what_speaks_against_an_offer_is_said_once_and_each_in_a_sentence(compiled: Compiled) -> None:
    offer = advice_for(compiled, "kok", "vmbo").offers[0]
    one, other = (Text.same(text) for text in ("Dit is eerst nodig.", "Dit ook."))
    card = card_of(compiled, replace(offer, nearly=(one, one, other)), 60, desired_work="kok")
    assert card.how["nl"].endswith("Dit is eerst nodig. Dit ook.")


# ------------------------------------------------------------------ far
def test_a_school_that_few_would_travel_to_comes_last(compiled: Compiled) -> None:
    far = tiers_of(compiled, "agrarisch adviseur", "mbo4", place="Leudal")
    near = tiers_of(compiled, "agrarisch adviseur", "mbo4", place="Delft")
    assert far["route-horticulture-hbo"] is Tier.FAR
    assert near["route-horticulture-hbo"] < Tier.BEYOND_REACH


def test_a_job_near_comes_before_a_school_beyond_reach(compiled: Compiled) -> None:
    order = order_of(compiled, "filiaalmanager", "hbo", place="Maastricht", age=59)
    tiers = tiers_of(compiled, "filiaalmanager", "hbo", place="Maastricht", age=59)
    (far,) = (one for one, tier in tiers.items() if tier is Tier.BEYOND_REACH)
    (near,) = (one for one, tier in tiers.items() if tier is Tier.BELOW)
    assert order.index(near) < order.index(far)


def test_a_licence_for_technicians_comes_behind_the_way_to_become_one(compiled: Compiled) -> None:
    teacher, technician = (
        tiers_of(compiled, "koelmonteur", "vmbo", current_job=job)["route-f-gas-certificate"]
        for job in ("leraar", "elektricien")
    )
    assert (teacher, technician) == (Tier.LONG_WAY, Tier.ROUTE)


def test_how_far_the_nearest_school_is_is_said(compiled: Compiled) -> None:
    offers = advice_for(compiled, "agrarisch adviseur", "mbo4", place="Leudal").offers
    offer = next(one for one in offers if one.item.id == "route-horticulture-hbo")
    card = card_of(compiled, offer, desired_work="agrarisch adviseur", education="mbo4", place="Leudal")
    assert "140 km" in card.how["nl"]


def test_what_is_there_in_the_whole_country_is_never_farther_than_they_want(compiled: Compiled) -> None:
    card = first_card(compiled, "douanier", "vmbo", place="Hoorn", limits={"travel": 20})
    assert "in heel Nederland" in card.how["nl"]
    assert "erder dan je wilt" not in card.how["nl"]


# ------------------------------------------------------------------ what a card says
def test_work_that_nobody_pays_for_comes_behind_a_step_that_pays(compiled: Compiled) -> None:
    assert tiers_of(compiled, "nt2-docent", "mbo3")["route-language-volunteer"] is Tier.HARD_ROUTE


@pytest.mark.parametrize(("dutch", "said"), [("a2", True), ("native", False)])
def test_that_one_asks_for_a_level_of_dutch_finds_room(compiled: Compiled, dutch: str, said: bool) -> None:
    card = first_card(compiled, "netwerkontwerp", "mbo3", dutch=dutch)
    assert ("welk Nederlands" in card.how["nl"]) is said


def test_only_a_limit_of_their_own_is_said_as_one(compiled: Compiled) -> None:
    offer = advice_for(compiled, "kok", "vmbo").offers[0]
    clash = compiled.content.knowledge.limit_kinds["hours"].clash
    assert clash is not None

    def says(part: str) -> bool:
        card = card_of(compiled, replace(offer, parts=(ScorePart(part, 0.0, 1.0),)), 60, desired_work="kok")
        return clash["nl"].rstrip(".") in card.how["nl"]

    assert says(f"{OF_LIMIT}hours")
    assert not says("hours")


# ------------------------------------------------------------------ the way in which most get in
@pytest.mark.parametrize("education", ["none", "vmbo", "mbo4", "hbo"])
def test_the_usual_way_into_work_comes_first_for_anybody(compiled: Compiled, education: str) -> None:
    """Waiters walk in; a school near by came before that, and the shared way belonged to kitchen porters first."""
    assert order_of(compiled, "ober", education, place="Zwolle")[0] == "route-horeca-start"
    assert tiers_of(compiled, "ober", education, place="Zwolle")["route-horeca-start"] is Tier.USUAL


def test_what_is_usual_for_other_work_is_not_for_theirs(compiled: Compiled) -> None:
    assert tiers_of(compiled, "hotelreceptionist", "mbo2")["route-horeca-start"] is Tier.RELATED_ROUTE


def test_ones_own_salon_comes_behind_a_way_to_learn_the_trade(compiled: Compiled) -> None:
    order = order_of(compiled, "kapper", "none", hours=16)
    assert order.index("route-hairdresser-private") < order.index("route-own-salon")


@pytest.mark.parametrize(
    ("wish", "said"), [("muzikant", "Eigen baas, zonder loon"), ("suppoost", "Eerst zonder loon"), ("ober", "Met loon")]
)
def test_that_there_is_no_wage_is_said(compiled: Compiled, wish: str, said: str) -> None:
    assert said in first_card(compiled, wish, "vmbo").costs["nl"]


def test_that_there_is_no_wage_is_said_however_little_room_there_is(compiled: Compiled) -> None:
    offer = next(one for one in advice_for(compiled, "kapper", "none").offers if one.item.id == "route-own-salon")
    assert "zonder loon" in card_of(compiled, offer, 12, desired_work="kapper").costs["nl"]


def test_that_there_is_no_wage_is_said_on_the_card_that_tells_more(compiled: Compiled) -> None:
    offer = advice_for(compiled, "muzikant", "vmbo").offers[0]
    context = context_of(compiled, desired_work="muzikant", education="vmbo")
    card = to_card(offer, compiled.catalogue[offer.item.id], context, 60, beside_summary=True)
    assert "Eigen baas, zonder loon" in card.how["nl"]


def test_a_first_step_is_said_to_be_towards_what_was_asked_for(compiled: Compiled) -> None:
    """A step to "environmental inspector" was called one to ranger, which the same degree leads to first."""
    facts: dict[str, Any] = {"desired_work": "accountant", "education": "vmbo"}
    offer = next(one for one in advice_for(compiled, "accountant", "vmbo").offers if one.towards)
    assert "Eerste stap naar accountant" in card_of(compiled, offer, 40, **facts).becomes["nl"]


@pytest.mark.parametrize("wish", ["kok", "dj"])
def test_short_work_is_not_named_twice(compiled: Compiled, wish: str) -> None:
    for offer in advice_for(compiled, wish, "mbo2").offers:
        assert card_of(compiled, offer, desired_work=wish).becomes["nl"].casefold().split().count(f"{wish}:") <= 1
        assert f"{wish}: {wish}" not in card_of(compiled, offer, desired_work=wish).becomes["nl"].casefold()


# ------------------------------------------------------------------ limits
@pytest.mark.parametrize(
    ("wish", "is_asked"), [("groenvoorziener", True), ("orderpicker", True), ("boekhouder", False)]
)
def test_work_that_asks_strength_is_asked_about_standing(compiled: Compiled, wish: str, is_asked: bool) -> None:
    card = first_card(compiled, wish, "mbo2", limits={"standing": True})
    assert ("lang moet staan" in card.how["nl"]) is is_asked


def test_a_limit_that_some_of_the_work_clashes_with_is_asked(compiled: Compiled) -> None:
    facts = {"limits": {"licence": "none"}}
    advice = advice_for(compiled, "verhuizer", "vmbo", **facts)
    van = next(one for one in advice.offers if one.item.id == "route-van-driver-open")
    assert "rijbewijs nodig hebt" in card_of(compiled, van, desired_work="verhuizer", **facts).how["nl"]


def test_who_learns_at_home_is_not_told_to_sit_in_a_class(compiled: Compiled) -> None:
    facts = {"limits": {"no_school": True}}
    [cloud] = [one for one in advice_for(compiled, "devops", "hbo", **facts).offers if "self-study" in one.item.forms]
    assert "in de klas" not in card_of(compiled, cloud, desired_work="devops", **facts).how["nl"]


# ------------------------------------------------------------------ help, and what is said twice
@pytest.mark.parametrize(
    ("wish", "is_shown"), [("optometrist", False), ("tandtechnicus", False), ("verzorgende", True)]
)
def test_help_to_choose_within_a_sector_is_not_for_who_chose_and_can_begin(
    compiled: Compiled, wish: str, is_shown: bool
) -> None:
    assert ("zorgstart" in order_of(compiled, wish, "vmbo", place="Oldenzaal")) is is_shown


def test_help_to_choose_stays_for_who_has_only_a_hard_way_and_comes_after_it(compiled: Compiled) -> None:
    offers = order_of(compiled, "optometrist", "mbo4", place="Middelburg", age=58, limits={"no_school": True})
    assert offers == ["route-optometrist-hbo", "zorgstart"]


def test_a_programme_that_is_a_route_is_shown_in_its_place_near_and_not_at_all_far_away(compiled: Compiled) -> None:
    near, far = (
        order_of(compiled, "verpleegkundige", "mbo2", place=place) for place in ("Rotterdam", "Noordoostpolder")
    )
    assert "albeda-mbo-verpleegkundige-bbl" in near and "route-nurse-mbo4" not in near
    assert "route-nurse-mbo4" in far and "ziekenhuis-zutphen-verpleegkundige" not in far


@pytest.mark.parametrize("education", ["none", "vmbo", "mbo4"])
def test_work_is_no_way_to_other_work_that_happens_beside_it(compiled: Compiled, education: str) -> None:
    """A driver is no ambulance nurse, a blood sampler no lab technician."""
    assert "route-ambulance-driver" not in order_of(compiled, "ambulanceverpleegkundige", education)
    assert order_of(compiled, "ambulancechauffeur", education)[0] == "route-ambulance-driver"
    assert "route-blood-sampler" not in order_of(compiled, "medisch laborant", education)
    assert order_of(compiled, "bloed prikken", education)[0] == "route-blood-sampler"


# ------------------------------------------------------------------ jobs
def test_work_that_one_may_begin_comes_before_a_diploma_for_it(compiled: Compiled) -> None:
    assert order_of(compiled, "orderpicker", "vmbo", place="Montferland")[:2] == [
        "route-warehouse-open",
        "route-warehouse-mbo2",
    ]
    assert order_of(compiled, "hovenier", "vmbo")[0] == "route-gardener-open"


def test_work_for_other_people_that_one_may_begin_comes_before_no_way_of_ones_own(compiled: Compiled) -> None:
    assert order_of(compiled, "coater", "vmbo")[0] == "route-coater-mbo2"  # a factory takes anybody, also who coats


@pytest.mark.parametrize(("hours", "asked"), [(16, True), (31, True), (32, False), (36, False)])
def test_of_a_job_with_lessons_whose_hours_nobody_knows_they_are_asked(
    compiled: Compiled, hours: int, asked: bool
) -> None:
    card = first_card(compiled, "rioolmonteur", "vmbo", hours=hours)
    assert ("vraag hoeveel uren" in card.how["nl"]) == asked


def test_of_a_job_of_which_the_hours_are_known_they_are_not_asked(compiled: Compiled) -> None:
    order = advice_for(compiled, "elektricien", "vmbo", hours=16).offers
    how = next(card_of(compiled, one, hours=16).how["nl"] for one in order if one.item.hours == 24)
    assert "Meer uren nodig" in how
    assert "hoeveel uren" not in how


@pytest.mark.parametrize(("hours", "asked"), [(31, True), (32, False)])
def test_work_without_training_is_asked_about_hours_by_who_has_no_whole_week(
    compiled: Compiled, hours: int, asked: bool
) -> None:
    how = first_card(compiled, "orderpicker", "havo_vwo", hours=hours).how["nl"]
    assert ("Vraag hoeveel uren." in how) is asked


@pytest.mark.parametrize(("hours", "asked"), [(23, True), (24, False)])
def test_lessons_beside_a_job_are_asked_about_hours_by_who_has_less_than_three_days(
    compiled: Compiled, hours: int, asked: bool
) -> None:
    offers = advice_for(compiled, "ux-designer", "mbo2", hours=hours).offers
    course = next(one for one in offers if one.item.id == "route-ux-course")
    assert ("vraag hoeveel uren" in card_of(compiled, course, hours=hours).how["nl"]) is asked


def test_who_learns_alone_or_works_for_themselves_asks_nobody_about_hours(compiled: Compiled) -> None:
    offers = {one.item.id: one for one in advice_for(compiled, "app-ontwikkelaar", "mbo2", hours=10).offers}
    assert "uren" not in card_of(compiled, offers["route-programming-self-study"], hours=10).how["nl"]
    writing = {one.item.id: one for one in advice_for(compiled, "schrijver", "mbo2", hours=10).offers}
    assert "uren" not in card_of(compiled, writing["route-writer-own-work"], hours=10).how["nl"]


@pytest.mark.parametrize(("hours", "asked"), [(24, True), (31, True), (32, False)])
def test_a_school_of_all_day_that_is_also_in_a_job_is_asked_about_hours(
    compiled: Compiled, hours: int, asked: bool
) -> None:
    offers = advice_for(compiled, "civiele techniek", "mbo2", hours=hours).offers
    school = next(one for one in offers if one.item.id == "route-infra-technician-mbo4")
    assert ("raag hoeveel uren" in card_of(compiled, school, hours=hours).how["nl"]) is asked


@pytest.mark.parametrize(("hours", "asked"), [(31, True), (32, False)])
def test_a_study_that_is_mostly_full_time_is_asked_in_part_time(compiled: Compiled, hours: int, asked: bool) -> None:
    facts = {"hours": hours, "place": "Tilburg"}  # the register has it there in both forms
    offers = advice_for(compiled, "docent muziek", "havo_vwo", **facts).offers
    degree = next(one for one in offers if one.item.id == "route-music-teacher-hbo")
    assert ("vraag of het in deeltijd kan" in card_of(compiled, degree, **facts).how["nl"]) is asked


def test_a_big_step_is_said_also_when_more_speaks_against_it(compiled: Compiled) -> None:
    facts = {"desired_work": "technisch manager", "education": "vmbo", "dutch": "b1", "place": "Dalfsen"}
    offers = advice_for(compiled, "technisch manager", "vmbo", dutch="b1", place="Dalfsen").offers
    degree = next(one for one in offers if one.item.id == "route-technical-business-hbo")
    assert "grote stap" in card_of(compiled, degree, **facts).how["nl"]


@pytest.mark.parametrize(("wish", "asks"), [("rioolmonteur", False), ("elektricien", True)])
def test_nobody_asks_permission_or_a_fee_to_apply_for_a_job_that_trains(
    compiled: Compiled, wish: str, asks: bool
) -> None:
    first = advice_for(compiled, wish, "vmbo", employment="job_seeker", benefit="ww").offers[0]
    assert ("UWV" in first.plan.first_step["nl"]) == asks
    card = card_of(compiled, first, employment="job_seeker", benefit="ww").costs["nl"]
    assert ("UWV" in card or "Kosten" in card) == asks


def test_a_course_of_the_whole_country_gives_way_to_the_same_way_with_a_newer_page(compiled: Compiled) -> None:
    order = order_of(compiled, "vrachtwagenchauffeur", "mbo2")
    assert "route-truck-licence" in order
    assert "stl-vrachtwagenchauffeur" not in order


def test_a_course_with_a_place_stands_for_the_way_that_it_is(compiled: Compiled) -> None:
    order = order_of(compiled, "onderwijsassistent", "vmbo")
    same = set(compiled.content.knowledge.routes["route-teaching-assistant-mbo4"].same_as)
    assert len(same & {*order} | {"route-teaching-assistant-mbo4"} & {*order}) <= 1


def test_a_neighbours_course_is_none_for_who_may_begin_with_the_work_they_named(compiled: Compiled) -> None:
    offers = advice_for(compiled, "autoruitenmonteur", "havo_vwo", place="Aalsmeer").offers
    assert {one.item.id for one in offers} == {"route-tyre-and-windscreen-job"}


def test_what_an_employer_asks_is_said_as_what_to_ask(compiled: Compiled) -> None:
    """The medical check stood in the plan only."""
    ask = compiled.content.knowledge.routes["route-deckhand-start"].ask[0]["nl"]
    assert "gekeurd" in ask
    assert ask in card_message(compiled, "matroos", "route-deckhand-start")


# ------------------------------------------------------------------ what is hardly known, and what is free
def test_a_course_of_which_nothing_is_known_comes_behind_a_way_that_says_how(compiled: Compiled) -> None:
    """Of Winc Academy we know neither price nor length, and it stood before the course of which more is known."""
    order = order_of(compiled, "power bi specialist", "hbo", employment="employed")
    assert order.index("route-data-analyst-course") < order.index("winc-academy")


def test_a_course_for_other_work_of_which_nothing_is_known_is_no_offer(compiled: Compiled) -> None:
    assert "winc-academy" not in order_of(compiled, "scrum master", "mbo4", employment="employed")


@pytest.mark.parametrize("wish", ["onderwijsassistent", "klassenassistent"])
def test_a_course_that_names_nobody_to_call_gives_way_to_the_route_of_the_same_name(
    compiled: Compiled, wish: str
) -> None:
    order = order_of(compiled, wish, "vmbo")
    assert "route-teaching-assistant-mbo4" in order and "onderwijsassistent-mbo4" not in order


def test_a_course_that_names_its_school_stands_for_the_route_of_the_same_name(compiled: Compiled) -> None:
    """Only who names nobody gives way: a school near somebody is worth more than a way in general."""
    same = {one: route.id for route in compiled.content.knowledge.routes.values() for one in route.same_as}
    named = [one for one in same if compiled.content.knowledge.programmes[one].url]
    assert named, "some programme of a named school is another name of a route"


@pytest.mark.parametrize("benefit", ["none", "ww"])
def test_nobody_borrows_or_asks_money_for_what_is_free(compiled: Compiled, benefit: str) -> None:
    employment = "job_seeker" if benefit == "ww" else "employed"
    advice = advice_for(compiled, "python programmeur", "vmbo", benefit=benefit, employment=employment)
    free = next(one for one in advice.offers if one.item.id == "route-python-self-study")
    assert not free.plan.money


def test_who_has_a_benefit_asks_leave_for_a_free_school_all_day(compiled: Compiled) -> None:
    """Free, and still lessons for which UWV gives leave: only what one learns by oneself is asked of nobody."""
    advice = advice_for(
        compiled, "python programmeur", "vmbo", benefit="ww", employment="job_seeker", place="Amsterdam"
    )
    school = next(one for one in advice.offers if one.item.id == "route-coding-school-free")
    assert "UWV" in school.plan.first_step["nl"]


# ------------------------------------------------------------------ ict, and who teaches it
@pytest.mark.parametrize("education", ["none", "vmbo", "mbo2"])
def test_who_has_no_diploma_for_it_learns_to_code_beside_a_job(compiled: Compiled, education: str) -> None:
    """Python was learnt at a school all day, or not at all."""
    assert order_of(compiled, "python programmeur", education)[0] == "route-python-self-study"


def test_linux_is_learnt_by_oneself_first(compiled: Compiled) -> None:
    assert order_of(compiled, "linuxbeheerder", "vmbo", hours=16)[0] == "route-linux-certificates"


def test_who_wants_to_teach_computers_is_sent_to_no_other_subject(compiled: Compiled) -> None:
    order = order_of(compiled, "docent informatica", "mbo4")
    assert "route-hbo-ict" in order
    assert order and not {"route-maths-teacher-hbo", "route-science-teacher-hbo"} & set(order)


def test_a_master_for_teachers_asks_a_teaching_qualification_of_others(compiled: Compiled) -> None:
    order = order_of(compiled, "intern begeleider", "hbo")
    assert order.index("route-primary-teacher-zib") < order.index("route-special-needs-master")


@pytest.mark.parametrize(
    ("wish", "facts", "holds"),
    [
        ("speciaal transportchauffeur", {"current_job": "vrachtwagenchauffeur"}, True),
        ("speciaal transportchauffeur", {"current_job": "kapper"}, False),
        (
            "speciaal transportchauffeur",
            {"current_job": "vrachtwagenchauffeur", "diploma_country": "outside_eu"},
            False,
        ),
        ("speciaal transportchauffeur", {"current_job": "vrachtwagenchauffeur", "dutch": "a2"}, False),
        ("vrachtwagenchauffeur", {"current_job": "vrachtwagenchauffeur"}, False),
    ],
)
def test_who_must_have_a_licence_for_their_work_holds_it(
    compiled: Compiled, wish: str, facts: dict[str, Any], holds: bool
) -> None:
    context = context_of(compiled, desired_work=wish, education="vmbo", **facts)
    for offer in ("route-truck-licence", "route-truck-mbo2", "stl-vrachtwagenchauffeur"):
        assert holds_already(compiled.catalogue[offer], context) is holds


def test_a_licence_that_they_hold_is_not_shown(compiled: Compiled) -> None:
    offers = order_of(compiled, "speciaal transportchauffeur", "vmbo", current_job="vrachtwagenchauffeur")
    assert offers and "route-truck-licence" not in offers


@pytest.mark.parametrize(("benefit", "is_said"), [("ww", True), ("bijstand", True), ("none", False)])
def test_who_has_a_benefit_asks_before_they_begin_for_themselves(
    compiled: Compiled, benefit: str, is_said: bool
) -> None:
    offers = advice_for(compiled, "hondenuitlater", "mbo2", benefit=benefit, employment="job_seeker").offers
    first = next(one.plan.first_step["nl"] for one in offers if one.item.id == "route-dog-walker")
    assert first.startswith("Vraag eerst toestemming aan wie jouw uitkering betaalt") is is_said

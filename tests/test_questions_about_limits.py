"""What is asked about a limit, and where silence is right: on both sides of each boundary."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from libraries import real_library

from bot.advice import Offer, advise
from bot.advice.work_demands import is_worth_asking
from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.engine.effects import Send
from bot.engine.turn import TurnContext
from bot.engine.views.item import show_item
from bot.text import count_words

ON = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
SOMEBODY = {"current_job": "accountmanager", "place": "Utrecht", "hours": 40, "age": 40, "dutch": "native"}
FIRST_SCREEN, CARD = 120, 150  # words


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def offers_of(compiled: Compiled, wish: str, education: str = "mbo2", **facts: Any) -> dict[str, Offer]:
    facts = {**SOMEBODY, "desired_work": wish, "education": education, **facts}
    return {one.item.id: one for one in advise(compiled, facts, on=ON).offers}


def asked_of(offer: Offer) -> list[str]:
    return [one["nl"] for one in offer.asks]


def result(compiled: Compiled, wish: str, education: str = "mbo2", **facts: Any) -> tuple[str, str]:
    """The first screen, and what stands behind the button of its first offer."""
    talk = Rehearsal(compiled, NOON, "nl")
    put(talk, "results", {**SOMEBODY, "desired_work": wish, "education": education, **facts})
    turn = TurnContext(compiled, talk.state, NOON)
    show_item(turn, turn.listed_offers()[0].item.id)
    return talk.messages[0].text, "\n".join(one.message.text for one in turn.effects if isinstance(one, Send))


# ------------------------------------------------------------------ of which work
@pytest.mark.parametrize(
    ("limit", "work", "is_asked"),
    [
        ("lifting", "order-picker", True),
        ("lifting", "shop-assistant", True),
        ("lifting", "nurse", True),
        ("lifting", "career-coach", False),
        ("lifting", "bookkeeper", False),
        ("lifting", "psychologist", False),
        ("standing", "shop-assistant", True),
        ("standing", "pe-teacher", True),
        ("standing", "cook", True),
        ("standing", "bus-driver", False),  # who sits all day, though it asks strength
        ("standing", "lawyer", False),
        ("standing", "customer-service-agent", False),
        ("heights", "roofer", True),
        ("heights", "vessel-traffic-operator", True),
        ("heights", "career-coach", False),
        ("heights", "childcare-worker", False),  # heavy and outdoors, and no craft
        ("heights", "cook", False),
        ("heights", "actuary", False),  # by its neighbours: the table has no row for it
        ("licence", "handyman", True),
        ("licence", "electrical-engineering-technician", True),
        ("licence", "home-care-worker", True),
        ("licence", "software-developer", False),
        ("licence", "potter", False),
        ("evenings", "waiter", True),
        ("evenings", "bookkeeper", False),
        ("nights", "nurse", True),
        ("nights", "bookkeeper", False),
        ("telephone", "telemarketer", True),
        ("telephone", "gardener", False),
        ("car", "bookkeeper", True),  # of any work: the table says nothing of it
        ("substances", "hairdresser", True),
    ],
)
def test_a_question_is_put_where_it_makes_sense_of_the_work(
    compiled: Compiled, limit: str, work: str, is_asked: bool
) -> None:
    knowledge = compiled.content.knowledge
    assert is_worth_asking(knowledge.limit_kinds[limit], [work], knowledge) is is_asked


def test_of_work_that_nobody_knows_everything_is_asked(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    assert is_worth_asking(knowledge.limit_kinds["heights"], [], knowledge)
    assert is_worth_asking(knowledge.limit_kinds["heights"], ["soldier"], knowledge)


def test_one_of_several_kinds_of_work_is_enough(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    assert is_worth_asking(knowledge.limit_kinds["lifting"], ["bookkeeper", "order-picker"], knowledge)


def test_the_work_that_is_done_while_one_learns_counts_too(compiled: Compiled) -> None:
    designer = offers_of(compiled, "tuinontwerper", "mbo2", limits={"standing": True})
    assert asked_of(designer["route-gardener-mbo3"]) == ["Vraag of je lang moet staan."]
    assert asked_of(designer["route-garden-design-course"]) == []


def test_of_a_first_step_the_work_at_the_end_of_the_way_counts(compiled: Compiled) -> None:
    towards_lifting, towards_a_desk = (
        offers_of(compiled, wish, "none", limits={"lifting": True})["route-entree"]
        for wish in ("verzorgende", "deurwaarder")
    )
    assert asked_of(towards_lifting) == ["Vraag of je zwaar moet tillen."]
    assert asked_of(towards_a_desk) == []


# ------------------------------------------------------------------ the road
@pytest.mark.parametrize(
    ("limit", "question"), [("travel", "Vraag hoe lang de reis is."), ("near", "Vraag hoe ver het is.")]
)
def test_how_far_it_is_is_asked_where_no_place_is_known(compiled: Compiled, limit: str, question: str) -> None:
    offers = offers_of(compiled, "orderpicker", limits={limit: 20})
    assert question in asked_of(offers["route-warehouse-open"])


def test_how_far_it_is_is_not_asked_of_a_school_with_its_distance(compiled: Compiled) -> None:
    for offer in offers_of(compiled, "verkoper", limits={"travel": 30}).values():
        if offer.schools and offer.schools.proven:
            assert "Vraag hoe lang de reis is." not in asked_of(offer)


def test_who_works_for_themselves_asks_nobody_about_times_or_the_road(compiled: Compiled) -> None:
    limits = {"travel": 20, "evenings": True, "pay": True}
    offers = offers_of(compiled, "schrijver", limits=limits)
    assert asked_of(offers["route-writer-own-work"]) == []


# ------------------------------------------------------------------ at home
def test_work_with_the_hands_is_said_not_to_be_at_home_and_other_work_is_asked(compiled: Compiled) -> None:
    limits = {"online": True}
    assert "Dit werk doe je meestal niet thuis." in asked_of(
        next(iter(offers_of(compiled, "metselaar", limits=limits).values()))
    )
    helpdesk = offers_of(compiled, "helpdesk", limits=limits).values()
    assert "Vraag of het online of thuis kan." in asked_of(next(iter(helpdesk)))


@pytest.mark.parametrize(
    ("wish", "is_asked"),
    [("thuiswerken in de it", True), ("helpdesk", False), ("helpdesk, hoeft niet thuiswerken", False)],
)
def test_who_wishes_to_work_at_home_is_told_to_ask(compiled: Compiled, wish: str, is_asked: bool) -> None:
    asked = {question for offer in offers_of(compiled, wish).values() for question in asked_of(offer)}
    assert ("Vraag of het online of thuis kan." in asked) is is_asked


# ------------------------------------------------------------------ a benefit
@pytest.mark.parametrize(("benefit", "is_said"), [("ww", True), ("bijstand", True), ("none", False)])
def test_who_has_a_benefit_asks_before_joining_without_a_wage(compiled: Compiled, benefit: str, is_said: bool) -> None:
    _, card = result(compiled, "viskwekerij", "none", benefit=benefit, employment="job_seeker")
    assert ("Vraag eerst of het mag aan wie jouw uitkering betaalt." in card) is is_said


def test_a_job_without_such_a_time_needs_no_leave(compiled: Compiled) -> None:
    _, card = result(compiled, "orderpicker", "none", benefit="ww", employment="job_seeker")
    assert "uitkering betaalt" not in card


# ------------------------------------------------------------------ pay, hours, language
def test_who_needs_pay_asks_for_it_where_nobody_knows_and_reads_that_lessons_have_none(compiled: Compiled) -> None:
    offers = offers_of(compiled, "webdesigner", limits={"pay": True})
    assert asked_of(offers["route-web-developer-course"]) == []
    screen, _ = result(compiled, "webdesigner", limits={"pay": True})
    assert "Zonder loon." in screen


def test_work_to_begin_with_of_which_the_pay_is_not_known_says_to_ask(compiled: Compiled) -> None:
    screen, _ = result(compiled, "rondleider", "havo_vwo", benefit="ww")
    assert "Vraag of je loon krijgt." in screen


@pytest.mark.parametrize(("hours", "is_short"), [(31, True), (32, False)])
def test_hours_a_week_as_a_limit_count_as_hours(compiled: Compiled, hours: int, is_short: bool) -> None:
    facts = advise(compiled, {**SOMEBODY, "desired_work": "lasser", "limits": {"hours": hours}}, on=ON).person.facts
    assert facts["hours"] == hours
    screen, _ = result(compiled, "orderpicker", limits={"hours": hours})
    assert ("raag hoeveel uren" in screen) is is_short


def test_more_hours_than_they_told_are_no_limit(compiled: Compiled) -> None:
    facts = {**SOMEBODY, "hours": 24, "desired_work": "lasser", "limits": {"hours": 36}}
    assert advise(compiled, facts, on=ON).person.facts["hours"] == 24


@pytest.mark.parametrize(
    ("wish", "dutch", "is_asked"),
    [
        ("orderpicker", "a2", True),
        ("orderpicker", "b1", False),  # begun with little Dutch
        ("verkoper", "b1", True),  # among people
        ("verkoper", "b2", False),
    ],
)
def test_work_to_begin_with_is_asked_how_much_dutch_it_takes(
    compiled: Compiled, wish: str, dutch: str, is_asked: bool
) -> None:
    first = next(iter(offers_of(compiled, wish, "none", dutch=dutch).values()))
    assert first.asks_language is is_asked


# ------------------------------------------------------------------ on the screen
def test_what_is_asked_of_all_stands_once_under_them(compiled: Compiled) -> None:
    screen, card = result(compiled, "metselaar", limits={"standing": True})
    blocks = [one for one in screen.split("\n\n") if re.match(r"\d\. ", one)]
    assert len(blocks) > 1
    assert "Bij elk: vraag of je lang moet staan." in screen.split("\n\n")
    assert not any("lang moet staan" in one for one in blocks)
    assert "- Vraag of je lang moet staan." in card


def test_what_is_asked_of_one_offer_stands_on_its_card(compiled: Compiled) -> None:
    screen, _ = result(compiled, "sluiswachter", "havo_vwo", limits={"heights": True})
    assert "Bij elk" not in screen
    assert screen.count("Vraag of je op hoogte moet werken.") == 1


def test_a_card_asks_nothing_that_its_editors_ask_already(compiled: Compiled) -> None:
    _, card = result(compiled, "hovenier", "none", limits={"licence": "none"})
    assert card.count("rijbewijs") == 1


def test_what_editors_ask_of_an_offer_is_asked_of_who_has_the_limit(compiled: Compiled) -> None:
    knowledge, limits = compiled.content.knowledge, {"licence": "none"}
    assert not is_worth_asking(knowledge.limit_kinds["licence"], ["car-mechanic"], knowledge)
    mechanic = offers_of(compiled, "automonteur", limits=limits)
    assert asked_of(mechanic["route-car-mechanic-mbo2"]) == ["Vraag of je een rijbewijs nodig hebt."]


@pytest.mark.parametrize("wish", ["metselaar", "thuiszorg", "orderpicker", "kok", "docent", "webdesigner", "hovenier"])
def test_with_many_limits_the_first_screen_and_the_card_still_fit(compiled: Compiled, wish: str) -> None:
    limits = {"standing": True, "lifting": True, "licence": "none", "travel": 20, "pay": True, "online": True}
    screen, card = result(
        compiled, wish, "none", limits=limits, dutch="a2", hours=16, benefit="ww", employment="job_seeker"
    )
    assert count_words(screen) <= FIRST_SCREEN
    assert count_words(card) <= CARD


@pytest.mark.parametrize(
    ("wish", "education", "facts", "said"),
    [
        ("melkveehouder", "none", {"place": "Neder-Betuwe", "hours": 16, "dutch": "a2"}, "Meer uren nodig"),
        (
            "recycling",
            "mbo1",
            {"place": "Heerenveen", "hours": 24, "limits": {"lifting": True}},
            "Je tilt hier vaak zwaar",
        ),
        ("mbo-docent", "mbo2", {"place": "Eindhoven", "dutch": "a2"}, "Bij elk: vraag welk Nederlands nodig is."),
    ],
)
def test_what_a_screen_has_left_says_what_did_not_fit_on_a_card(
    compiled: Compiled, wish: str, education: str, facts: dict[str, Any], said: str
) -> None:
    screen, _ = result(compiled, wish, education, **facts)
    assert said in screen
    assert count_words(screen) <= FIRST_SCREEN

"""A first step tells the whole stair: what comes after it, how long all of it takes, and what is good nearer by."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from libraries import real_library

from bot.advice import advise
from bot.advice.card import to_card
from bot.advice.context import AdviceContext
from bot.advice.model import Offer
from bot.advice.seeker import to_person
from bot.advice.stairs import Lasting, entered_by_test, in_full, is_long, nearer, not_opened, on_screen, undecided
from bot.content.knowledge import Route

ON = date(2026, 11, 27)


def seen(**answers: Any) -> tuple[list[Offer], AdviceContext]:
    """The first steps that are shown to somebody."""
    library = real_library()
    given = {"employment": "job_seeker", "benefit": "none", "dutch": "native", "place": "Utrecht", **answers}
    offers = [one for one in advise(library, given, on=ON).offers if one.towards]
    return offers, AdviceContext.of(library, to_person(library, given), on=ON)


@cache
def routes() -> dict[str, Route]:
    return dict(real_library().content.knowledge.routes)


@pytest.mark.parametrize(
    ("wish", "education", "first", "after", "screen"),
    [
        (
            "verloskundige",
            "none",
            "route-adult-vmbo",
            ["route-adult-havo-vwo", "route-midwife-hbo"],
            "Daarna havo of vwo, hbo Verloskunde: samen 6 tot 8 jaar",
        ),
        (
            "verpleegkundig specialist",
            "vmbo",
            "route-nurse-mbo4",
            ["route-nurse-hbo", "route-nurse-practitioner-master"],
            "samen 9 jaar of meer, een lange weg.",
        ),
        (
            "dokter",
            "none",
            "route-adult-vmbo",
            ["route-adult-vwo", "route-doctor-wo"],
            "Daarna vwo halen (vavo), universiteit: samen 8 jaar of meer, een lange weg.",
        ),
        (
            "intern begeleider",
            "vmbo",
            "route-teaching-assistant-mbo4",
            ["route-pabo", "route-special-needs-master"],
            ", Master Educational Needs: samen 6 jaar of meer.",
        ),
        ("verzorgende", "none", None, None, "Daarna "),
    ],
)
def test_a_first_step_names_what_comes_after_it(
    wish: str, education: str, first: str | None, after: list[str] | None, screen: str
) -> None:
    offers, context = seen(desired_work=wish, education=education, age=30)
    offer = offers[0] if first is None else next(one for one in offers if one.item.id == first)
    said = on_screen(offer, context)
    assert offer.after and offer.after[-1] == offer.towards
    assert after is None or [one.id for one in offer.after] == after
    assert said is not None and screen in said["nl"] and said["en"].startswith("After that ")


def test_what_is_no_first_step_has_no_stairs() -> None:
    library = real_library()
    answers = {"desired_work": "verzorgende", "education": "vmbo", "place": "Utrecht", "age": 30}
    context = AdviceContext.of(library, to_person(library, answers), on=ON)
    for offer in advise(library, answers, on=ON).offers:
        if offer.towards is None:
            assert on_screen(offer, context) is None and not list(in_full(offer, context))


def test_a_card_names_each_step_with_its_years_and_the_test_that_may_shorten_it() -> None:
    offers, context = seen(desired_work="verloskundige", education="none", age=30)
    steps, test = (one["nl"] for one in in_full(offers[0], context))
    assert "(vavo, 1 tot 2 jaar), hbo Verloskunde (4 jaar)." in steps and steps.endswith("Alles samen: 6 tot 8 jaar.")
    assert test == "Korter kan soms: vanaf 21 jaar is er een toets voor hbo Verloskunde. Vraag ernaar."


def test_no_test_is_told_of_to_who_has_the_diploma_that_it_stands_for() -> None:
    """The Ad for practice nurses asks work as a medical assistant, and an mbo 4 of any kind is enough for its level."""
    clerk = {"current_job": "administratief medewerker", "education": "mbo4", "age": 44}
    offers, context = seen(desired_work="praktijkondersteuner huisarts", **clerk)
    first = next(one for one in offers if one.item.id == "route-medical-assistant-mbo4")
    assert not any("toets" in one["nl"] for one in in_full(first, context))


def test_a_step_of_the_same_level_as_the_first_is_called_by_its_name() -> None:
    """ "Eerste stap: hbo-v. Daarna hbo" says nothing."""
    offers, context = seen(desired_work="verpleegkundig specialist", education="mbo4", age=30)
    first = next(one for one in offers if one.item.id == "route-nurse-hbo")
    said = on_screen(first, context)
    assert said is not None and "Daarna verpleegkundig specialist of physician assistant (master)" in said["nl"]


def test_where_there_is_no_room_for_names_the_time_is_said_still() -> None:
    offers, context = seen(desired_work="dokter", education="none", age=30)
    said = on_screen(offers[0], context, named=False)
    assert said is not None and said["nl"] == "In totaal 8 jaar of meer, een lange weg."


@pytest.mark.parametrize(("age", "is_told"), [(20, False), (21, True)])
def test_a_test_is_told_to_who_is_old_enough_for_it(age: int, is_told: bool) -> None:
    offers, context = seen(desired_work="dokter", education="none", age=age)
    assert any("colloquium doctum" in one["nl"] for one in in_full(offers[0], context)) is is_told


@pytest.mark.parametrize(
    ("least", "age", "expected"),
    [
        (72, 61, False),  # done at 67
        (73, 61, True),  # past it
        (72, None, False),
        (95, 20, False),
        (96, 20, True),  # eight years are long at any age
    ],
)
def test_a_way_is_long_when_it_ends_after_the_working_years_or_takes_eight(
    least: int, age: int | None, expected: bool
) -> None:
    library = real_library()
    answers = {} if age is None else {"age": age}
    context = AdviceContext.of(library, to_person(library, answers), on=ON)
    assert is_long(Lasting(least, None), context) is expected


def test_who_would_be_past_the_pension_hears_at_what_age_and_what_is_good_nearer_by() -> None:
    offers, context = seen(desired_work="verloskundige", education="none", age=63)
    told = " ".join(one["nl"] for one in in_full(offers[0], context))
    assert "je bent dan 69 of ouder. Dichterbij en ook mooi werk: verpleegkundige." in told


@pytest.mark.parametrize(
    ("wish", "education", "work"),
    [
        ("verpleegkundig specialist", "vmbo", "verpleegkundige"),  # the first step itself
        ("verloskundige", "none", "verpleegkundige"),  # another way to the same door
        ("dokter", "none", "verpleegkundige"),  # what is begun with in the sector
    ],
)
def test_a_good_end_nearer_by_is_found_in_the_knowledge(wish: str, education: str, work: str) -> None:
    offers, context = seen(desired_work=wish, education=education, age=30)
    found = nearer(offers[0], context)
    assert found is not None and found["nl"] == work


def test_a_degree_takes_its_whole_time_for_who_has_none() -> None:
    """Medicine is four years for who has a bachelor, and six for who comes up the stairs."""
    assert Lasting.of([routes()["route-doctor-wo"]]) == Lasting(72, 72)
    assert Lasting.of([routes()["route-nurse-mbo4"]]) == Lasting(36, 48)
    assert Lasting.of([routes()["route-nurse-practitioner-master"]]).most is None


def test_the_steps_of_every_route_reach_the_work_that_they_are_towards() -> None:
    """For who has nothing, to every occupation: each step is a stair of the one before it."""
    for occupation in list(real_library().content.knowledge.occupations.values())[::6]:
        for offer in seen(desired_work=occupation.name["nl"], education="none", age=30)[0]:
            for below, above in zip((offer.item, *offer.after), offer.after, strict=False):
                assert isinstance(below, Route) and above.id in below.stairs, (occupation.id, below.id)


def test_without_the_years_of_each_step_there_is_no_sum() -> None:
    """Both sides of it: the CZO course has its months, the certificate of an IT auditor has none."""
    assert Lasting.of([routes()["route-nurse-mbo4"], routes()["route-paramedic-nurse"]]) == Lasting(52, 64)
    unknown = Lasting.of([routes()["route-hbo-ict"], routes()["route-auditor-privacy-course"]])
    assert not unknown.is_whole
    offers, context = seen(desired_work="it audit", education="havo_vwo", age=50)
    offer = next(one for one in offers if one.item.id == "route-hbo-ict")
    said = on_screen(offer, context)
    assert said is not None and said["nl"] == "Daarna it-audit."
    assert not any("Alles samen" in one["nl"] for one in in_full(offer, context))


def entry(route: str, **answers: Any) -> list[str]:
    """What a card says that a study asks, of the entry alone."""
    library = real_library()
    given = {"employment": "job_seeker", "benefit": "none", "dutch": "native", "place": "Utrecht", **answers}
    context = AdviceContext.of(library, to_person(library, given), on=ON)
    rules = (entered_by_test(routes()[route], context), undecided(routes()[route], context))
    return [rule.because["nl"] for rule in rules if rule]


@pytest.mark.parametrize(
    ("route", "education", "age", "expected"),
    [
        ("route-law-hbo", "mbo3", 21, ["Je hebt havo, vwo of mbo 4 nodig. Of je bent 21 of ouder en doet een toets."]),
        ("route-law-hbo", "mbo3", 20, []),  # it is not open to them
        ("route-law-hbo", "mbo4", 21, []),
        ("route-law-hbo", "havo_vwo", 21, []),
        ("route-police-officer", "mbo2", 18, ["Je hebt vmbo-gt, havo of mbo 3 nodig. Vanaf 18 jaar kan een toets."]),
        ("route-police-officer", "mbo3", 18, []),
        ("route-pharmacist-wo", "havo_vwo", 19, ["De universiteit vraagt vwo, hbo of een zware toets."]),
        ("route-pharmacist-wo", "havo_vwo", 57, ["De universiteit vraagt vwo, hbo of een zware toets."]),
        ("route-pharmacist-wo", "hbo", 57, []),
        (
            "route-pharmacist-wo",
            "mbo4",
            57,
            ["Je hebt vwo of een hbo-diploma nodig. Of je bent 21 of ouder en doet een toets."],
        ),
    ],
)
def test_who_enters_by_a_test_or_has_havo_or_vwo_reads_what_is_asked(
    route: str, education: str, age: int, expected: list[str]
) -> None:
    assert entry(route, education=education, age=age) == expected


@pytest.mark.parametrize("education", ["mbo2", "mbo4"])
def test_a_detective_without_a_degree_is_an_officer_first(education: str) -> None:
    """The paid degree of three years is for who has a degree already."""
    offers, context = seen(desired_work="rechercheur", current_job="kok", education=education, age=30)
    assert [one.id for one in offers[0].after] == ["route-detective-from-police"]
    said = on_screen(offers[0], context)
    assert offers[0].item.id == "route-police-officer" and said is not None and "samen" not in said["nl"]


@pytest.mark.parametrize(
    ("wish", "education", "after"),
    [
        ("it-auditor", "mbo3", ["route-hbo-ict", "route-auditor-privacy-course"]),  # an mbo 4 opens no it-audit
        ("netplanner", "mbo2", ["route-grid-planner-hbo"]),
        ("functioneel beheerder", "mbo2", ["route-it-manager-hbo"]),  # no Ad of two years before a hbo of four
    ],
)
def test_each_step_opens_the_next(wish: str, education: str, after: list[str]) -> None:
    offers, context = seen(desired_work=wish, education=education, age=34)
    assert [one.id for one in offers[0].after] == after
    assert all(not not_opened(one.item, one.after, context) for one in offers if isinstance(one.item, Route))


@pytest.mark.parametrize(
    ("age", "asked"),
    [(45, "Vraag naar de toets vanaf 21 jaar."), (19, "Vraag welk diploma je dan nodig hebt.")],
)
def test_where_no_diploma_opens_the_next_step_the_card_says_what_to_ask(age: int, asked: str) -> None:
    """Who has no diploma begins at a help desk, and enters no hbo from there by that alone."""
    offers, context = seen(desired_work="ict-manager", education="none", age=age)
    assert offers[0].item.id == "route-helpdesk-open" and [one.id for one in offers[0].unopened] == ["route-hbo-ict"]
    said = on_screen(offers[0], context)
    assert said is not None and said["nl"] == f"Daarna hbo-ict. {asked}"
    told = list(in_full(offers[0], context))
    assert [one["nl"] for one in told] == ["Daarna: hbo-ict (4 jaar). Hbo vraagt havo, vwo, mbo 4 of een 21+ toets."]


def test_two_first_steps_leave_room_for_the_way_itself() -> None:
    """The audit course asks no more than a higher level, which work may take the place of."""
    library = real_library()
    answers = {"desired_work": "it-auditor", "education": "mbo3", "place": "Utrecht", "age": 34}
    offers = advise(library, answers, on=ON).offers
    assert [one.towards is not None for one in offers[:3]] == [True, True, False]


def test_after_a_bachelor_on_the_way_a_university_takes_the_least_that_it_can() -> None:
    assert Lasting.of([routes()["route-hbo-ict"], routes()["route-doctor-wo"]]).least == 48 + 48
    assert Lasting.of([routes()["route-nurse-mbo4"], routes()["route-doctor-wo"]]).least == 36 + 72


def test_where_there_is_no_room_for_the_level_that_is_asked_the_test_is_said() -> None:
    library = real_library()
    answers = {"desired_work": "embedded software engineer", "education": "mbo3", "place": "Hulst", "age": 45}
    advice = advise(library, answers, on=ON)
    context = AdviceContext.of(library, advice.person, on=ON)
    offer = next(one for one in advice.offers if one.item.id == "route-embedded-hbo")
    profile = library.catalogue[offer.item.id]
    assert to_card(offer, profile, context, 26).how["nl"].startswith("Toets vanaf 21 jaar")
    assert "Hbo vraagt havo, vwo, mbo 4 of een 21+ toets." in to_card(offer, profile, context, 60).how["nl"]


@pytest.mark.parametrize(
    ("wish", "asked"), [("dierenarts", "route-adult-vwo"), ("fysiotherapeut", "route-adult-havo-vwo")]
)
def test_a_university_asks_vwo_and_a_hogeschool_havo_too(wish: str, asked: str) -> None:
    offers, _ = seen(desired_work=wish, education="vmbo", age=30)
    ways = [one.item.id for one in offers if one.item.id.startswith("route-adult")]
    assert ways == [asked]


def test_no_work_is_named_as_nearer_that_they_do_already() -> None:
    offers, context = seen(desired_work="optometrist", current_job="verkoper in een winkel", education="none", age=38)
    first = next(one for one in offers if one.after)
    assert not any("ook mooi werk: verkoper" in one["nl"] for one in in_full(first, context))

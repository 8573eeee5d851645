"""What a way to pay asks of a course: its duration, level, form and sector decide what is said of it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from libraries import real_library

from bot.advice import advise
from bot.advice.card import to_card
from bot.advice.context import AdviceContext
from bot.advice.model import Offer
from bot.advice.seeker import to_person
from bot.catalogue import payers
from bot.content.knowledge import Form, Months, Route, RouteKind
from bot.eligibility import Truth

ON = date(2026, 11, 27)
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN
PART_TIME, FULL_TIME, BOL, BBL = (Form.PART_TIME,), (Form.FULL_TIME,), (Form.BOL,), (Form.BBL,)


def course(**differs: Any) -> Route:
    """A part-time certificate in technology, and what differs from that."""
    plain = {"kind": RouteKind.CERTIFICATE, "leads_to": "certificate", "forms": PART_TIME, "months": None}
    route = real_library().content.knowledge.routes["route-carpenter-mbo3"]
    return replace(route, **{**plain, "sectors": ("techniek",), "pays": (), **differs})


def pays(scheme: str, route: Route) -> Truth | None:
    """None: it has nothing to do with such a course, or surely does not pay for it."""
    payer = payers(route, [real_library().content.knowledge.subsidies[scheme]]).get(scheme)
    return payer.pays if payer else None


MBO3 = {"kind": RouteKind.MBO, "leads_to": "mbo3"}
HBO = {"kind": RouteKind.HBO, "leads_to": "hbo"}


@pytest.mark.parametrize(
    ("scheme", "differs", "expected"),
    [
        # UWV pays for a year at most; a benefit that pays nothing stays, because one asks for leave
        *((uwv, {"months": Months(6, 12)}, YES) for uwv in ("uwv-scholing-ww", "uwv-scholing-wia")),
        *((uwv, {"months": Months(12, 13)}, UNKNOWN) for uwv in ("uwv-scholing-ww", "uwv-scholing-wia")),
        *((uwv, {"months": Months(13, 24)}, NO) for uwv in ("uwv-scholing-ww", "uwv-scholing-wia")),
        ("uwv-scholing-ww", {"months": Months(None, 12)}, YES),
        ("uwv-scholing-ww", {"months": Months(13, None)}, NO),
        ("uwv-scholing-ww", {"months": Months(12, None)}, UNKNOWN),
        ("uwv-scholing-ww", {"months": Months(None, 48)}, UNKNOWN),
        ("uwv-scholing-ww", {"months": None}, UNKNOWN),
        ("uwv-scholing-ww", {"months": None, "forms": (Form.COURSE, Form.EVENING)}, YES),  # some days or weeks
        ("uwv-scholing-ww", {"months": None, "forms": (Form.COURSE, Form.PART_TIME)}, UNKNOWN),
        # beside bijstand one learns in the evening, or asks whether one may learn by day
        ("bijstand-scholing", {"forms": PART_TIME}, YES),
        ("bijstand-scholing", {"forms": FULL_TIME}, NO),
        ("bijstand-scholing", {"forms": BOL}, NO),
        ("bijstand-scholing", {"forms": (Form.BBL, Form.BOL)}, UNKNOWN),
        # one keeps a benefit with these, and nobody pays for the course
        ("proefplaatsing", {"forms": BBL}, NO),
        ("brug-ww", {"forms": BBL}, NO),
        ("wajong-studie", {}, NO),
        # a highest level
        ("twents-fonds-vakmanschap", {"kind": RouteKind.MBO, "leads_to": "mbo4"}, YES),
        ("twents-fonds-vakmanschap", HBO, None),
        ("rotterdams-scholingsfonds", {"kind": RouteKind.MBO, "leads_to": "mbo4"}, YES),
        ("rotterdams-scholingsfonds", HBO, None),
        ("slim-scholingssubsidie", {"kind": RouteKind.MBO, "leads_to": "mbo4", "forms": BBL}, YES),
        ("slim-scholingssubsidie", {**HBO, "forms": (Form.WORK_LEARN,)}, None),
        # sectors
        ("rotterdams-scholingsfonds", {"sectors": ("logistiek",)}, YES),
        ("rotterdams-scholingsfonds", {"sectors": ("groen",)}, None),
        ("rotterdams-scholingsfonds", {"sectors": ()}, None),
        ("brabant-leert", {"sectors": ("zorg",)}, YES),
        ("brabant-leert", {"sectors": ("onderwijs",)}, None),
        ("brabant-leert", {"sectors": ()}, None),
        # a recognised course: hbo, university, or mbo in bol
        ("levenlanglerenkrediet", HBO, YES),
        ("levenlanglerenkrediet", {**HBO, "forms": BBL}, None),
        ("levenlanglerenkrediet", {**MBO3, "forms": BOL}, YES),
        ("levenlanglerenkrediet", {**MBO3, "forms": (Form.THIRD_PATH,)}, None),
        ("levenlanglerenkrediet", {**MBO3, "forms": (Form.BBL, Form.BOL)}, UNKNOWN),
        ("levenlanglerenkrediet", {}, None),
        ("levenlanglerenkrediet", {"pays": ("levenlanglerenkrediet",)}, None),  # its name opens no level
        ("levenlanglerenkrediet", {"kind": RouteKind.ON_THE_JOB, "leads_to": None}, None),
        # student finance: whole days
        ("studiefinanciering-statushouder", {**HBO, "forms": FULL_TIME, "months": Months(48, 48)}, YES),
        ("studiefinanciering-statushouder", {**HBO, "forms": PART_TIME, "months": Months(48, 48)}, None),
        ("studiefinanciering-statushouder", {**HBO, "forms": FULL_TIME, "months": Months(6, 11)}, None),
        ("studiefinanciering-statushouder", {**MBO3, "forms": BOL}, YES),
        ("studiefinanciering-statushouder", {**MBO3, "forms": BBL}, None),
        # a whole diploma in bbl
        ("praktijkleren-mbo", {**MBO3, "forms": BBL}, YES),
        ("praktijkleren-mbo", {"forms": BBL}, None),
        # what a register says is for the routes that name it
        ("collegegeld-tweede-studie", {**HBO, "sectors": ("zorg",), "pays": ("collegegeld-tweede-studie",)}, YES),
        ("collegegeld-tweede-studie", {**HBO, "sectors": ("zorg",)}, None),
    ],
)
def test_a_scheme_pays_for_the_courses_that_it_says(
    scheme: str, differs: dict[str, Any], expected: Truth | None
) -> None:
    assert pays(scheme, course(**differs)) is expected


def test_every_rule_of_a_course_has_a_source_and_decides() -> None:
    for scheme in real_library().content.knowledge.subsidies.values():
        assert all(rule.source and rule.kind == "hard" for rule in scheme.course_rules), scheme.id


def shown(**answers: Any) -> dict[str, tuple[Offer, str]]:
    """What is shown to somebody, with the line about the money of each."""
    library, answers = real_library(), {"employment": "job_seeker", "age": 49, "dutch": "native", **answers}
    context = AdviceContext.of(library, to_person(library, answers), on=ON)
    offers = advise(library, answers, on=ON).offers
    return {one.item.id: (one, to_card(one, library.catalogue[one.item.id], context, 40).costs["nl"]) for one in offers}


def test_a_long_study_is_not_paid_by_uwv_and_needs_its_leave_all_the_same() -> None:
    offer, costs = shown(desired_work="verloskundige", education="havo_vwo", benefit="ww", place="Rotterdam")[
        "route-midwife-hbo"
    ]
    assert "betaalt UWV mee" not in costs
    assert "Vraag UWV eerst of het mag." in costs
    assert "UWV" in offer.plan.first_step["nl"]
    assert all(step.money.subsidy.id != "uwv-scholing-ww" for step in offer.plan.money)


def test_a_full_time_study_beside_bijstand_is_asked_leave_for() -> None:
    offer, costs = shown(desired_work="dokter", education="hbo", benefit="bijstand", place="Zutphen", age=34)[
        "route-doctor-wo"
    ]
    assert "meebetaalt" not in costs and "gemeente mee" not in costs
    assert "Vraag je gemeente eerst of het mag." in costs
    assert "gemeente" in offer.plan.first_step["nl"]


def test_a_fund_up_to_mbo_4_is_not_named_at_a_degree() -> None:
    _, costs = shown(
        desired_work="kleuterleerkracht",
        education="havo_vwo",
        benefit="none",
        place="Almelo",
        employment="self_employed",
    )["route-pabo"]
    assert "Twents Fonds" not in costs


def test_a_fund_is_not_named_at_a_job_in_which_the_employer_trains() -> None:
    for offer, costs in shown(
        desired_work="grensbewaking",
        education="mbo4",
        benefit="none",
        place="Valkenswaard",
        employment="self_employed",
        age=26,
    ).values():
        if offer.item.kind is RouteKind.ON_THE_JOB and offer.item.paid:
            assert "Brabant Leert" not in costs
            assert all(step.asker == "employer" for step in offer.plan.money)


@pytest.mark.parametrize(
    ("employment", "benefit", "said"),
    [("employed", "none", "je werkgever of je cao"), ("job_seeker", "ww", "je laatste werkgever")],
)
def test_who_has_no_work_asks_the_employer_that_they_had(employment: str, benefit: str, said: str) -> None:
    told = {"desired_work": "verzorgende", "place": "Zwolle", "education": "vmbo", "age": 52, "mentions": {"notice"}}
    offers = advise(real_library(), {**told, "employment": employment, "benefit": benefit}, on=ON).offers
    steps = [step for offer in offers for step in offer.plan.money if step.money.subsidy.employer_decides]
    assert steps and all(said in step.text["nl"] for step in steps)

"""A route as the school near somebody gives it: what is named with a school stands in the register, with that form."""

import csv
from datetime import date
from itertools import product as pairs
from pathlib import Path

import pytest

from bot.advice.context import AdviceContext
from bot.advice.schooling import locate, to_call
from bot.advice.seeker import to_person
from bot.advice.taught import BESIDE_WORK, FORMS, KINDS, as_taught
from bot.compiled import Compiled
from bot.content.knowledge import Form, Route, RouteKind
from bot.content.schools import Evidence
from bot.content.towns import plain
from bot.schools import Proof, Reader

ON = date(2026, 11, 27)
ROOT = Path(__file__).parent.parent
Row = tuple[str, str, str, str]  # school, place, name, degree


def register() -> dict[Row, set[str]]:
    """The forms of each study in each place, straight from the tables."""
    found: dict[Row, set[str]] = {}
    for name in ("ho", "ho-enrolled"):
        lines = (ROOT / "knowledge" / "schools" / f"{name}.csv").read_text("utf-8").splitlines()
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            key = row["school"], row["place"].partition(" (")[0], row["name"], row["degree"]
            found.setdefault(key, set()).update(row["forms"].split())
    return found


def of_register(compiled: Compiled) -> list[Route]:
    """The routes to a diploma of a hogeschool or university; a job with lessons beside it is in no register."""
    knowledge = compiled.content.knowledge
    diplomas = knowledge.schooling.qualifications
    return [
        one
        for one in knowledge.routes.values()
        if one.qualification
        and not KINDS.keys().isdisjoint(diplomas[one.qualification].degrees)
        and one.forms
        and one.forms[0] in FORMS
    ]


def from_town(compiled: Compiled, town: str) -> AdviceContext:
    return AdviceContext.of(compiled, to_person(compiled, {"place": town}), on=ON)


def shown(route: Route, context: AdviceContext) -> tuple[Route, Proof] | None:
    """The route as it is shown there, and what it rests on; None when no school is named by the register."""
    desk = to_call(locate(route, context).nearby, route, context)
    if desk is None or desk.proof is None or desk.proof.degree not in KINDS:
        return None
    return as_taught(route, desk.proof, context), desk.proof


def test_what_is_named_with_a_school_stands_in_the_register_with_that_form(compiled: Compiled) -> None:
    rows, routes = register(), of_register(compiled)
    towns = sorted(compiled.content.knowledge.municipalities)[::10]
    named = 0
    for town, route in pairs(towns, routes):
        context = from_town(compiled, town)
        if (found := shown(route, context)) is None:
            continue
        taught, proof = found
        named += 1
        where = f"{route.id} from {town}: {taught.name.fallback!r} at {proof.school.name} {proof.place}"
        there = next(
            (
                forms
                for (school, place, name, degree), forms in rows.items()
                if (school, name, degree) == (proof.school.id, proof.name, proof.degree)
                and place in ("", proof.place)
                and set(proof.forms) <= forms
            ),
            None,
        )
        assert there is not None, where
        assert set(taught.forms) <= there, where
        assert taught.kind is KINDS[proof.degree], where  # type: ignore[index]
        own = taught.name == route.name
        assert proof.is_said_in(plain(route.name.fallback)) if own else proof.name in taught.name.fallback, where  # type: ignore[operator]
    assert named > 0.8 * len(towns) * len(routes)


def test_a_form_that_a_route_says_is_that_of_some_school_in_the_register(compiled: Compiled) -> None:
    schooling = compiled.content.knowledge.schooling
    reader, forms = Reader(schooling.qualifications.values()), dict[str, set[str]]()
    for row in (row for table in schooling.tables for row in table.rows):
        if row.evidence in (Evidence.OFFERED, Evidence.ENROLLED):
            for diploma, exact in reader.read(row):
                if exact:
                    forms.setdefault(diploma, set()).update(row.forms)
    wrong = {
        one.id: sorted(missing)
        for one in of_register(compiled)
        if (missing := set(one.forms).intersection(FORMS) - forms.get(one.qualification or "", set()))
    }
    assert not wrong


@pytest.mark.parametrize(
    ("route", "town", "name", "form"),
    [
        ("route-business-it-hbo", "Middelburg", "HBO-ICT (hbo)", Form.PART_TIME),  # no such study in Zeeland
        ("route-business-it-hbo", "Amsterdam", "Hbo Business IT & Management", Form.PART_TIME),
        ("route-hbo-ict", "Arnhem", "Hbo-ict", Form.PART_TIME),
        ("route-commerce", "Amersfoort", "Sales en Accountmanagement (Ad)", Form.PART_TIME),
        ("route-building-engineer-hbo", "Almere", "Bouwkunde (hbo)", Form.DUAL),
        ("route-mechanical-engineer-hbo", "Delft", "Werktuigbouwkunde (hbo)", Form.DUAL),
        ("route-educational-psychologist-wo", "Leiden", "Pedagogische Wetenschappen (universiteit)", Form.FULL_TIME),
        ("route-food-technologist-hbo", "Rheden", "Voedingsmiddelentechnologie (Ad)", Form.PART_TIME),
        ("route-midwife-hbo", "Amsterdam", "Hbo Verloskunde", Form.FULL_TIME),
    ],
)
def test_a_route_is_called_and_followed_as_it_is_at_the_school(
    compiled: Compiled, route: str, town: str, name: str, form: Form
) -> None:
    found = shown(compiled.content.knowledge.routes[route], from_town(compiled, town))
    assert found is not None
    taught, _ = found
    assert (taught.name.fallback, taught.forms[0]) == (name, form)


def test_beside_a_job_in_the_field_there_is_pay_and_an_ad_takes_the_least_of_both(compiled: Compiled) -> None:
    routes = compiled.content.knowledge.routes
    dual, _ = shown(routes["route-building-engineer-hbo"], from_town(compiled, "Almere")) or pytest.fail("no school")
    assert (dual.paid, routes["route-building-engineer-hbo"].paid) == (None, False)
    assert "baan in het vak" in dual.ask[0].fallback
    short, _ = shown(routes["route-food-technologist-hbo"], from_town(compiled, "Rheden")) or pytest.fail("no school")
    assert short.kind is RouteKind.AD and short.months is not None and (short.months.from_, short.months.to) == (24, 24)
    assert short.costs is not None and short.costs.to == 5060
    assert BESIDE_WORK.issuperset(short.forms)

"""Courses in the standards of the field: what we write can be read back, and what has no place with us is reported."""

import copy
import json
import shutil
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result
from libraries import ROOT, real_knowledge
from sites import running

from bot.authoring.courses import ooapi, schema_org
from bot.authoring.courses.taking_over import append, take_over
from bot.cli import main
from bot.content.knowledge import Form
from bot.content.knowledge_schema import FORMATS
from bot.content.reader import Reader

TODAY = date(2026, 11, 27)
SPOKEN = ("nl", "en")
COURSE = {
    "@context": "https://schema.org/",
    "@type": "Course",
    "url": "https://school.nl/lassen",
    "name": "Lassen voor volwassenen",
    "description": "Je leert lassen in de avond.",
    "provider": {"@type": "Organization", "name": "ROC Test"},
    "inLanguage": "nl",
    "timeRequired": "P6M",
    "audience": "adults",
    "offers": {"@type": "Offer", "price": "1250.00", "priceCurrency": "EUR"},
    "hasCourseInstance": {
        "@type": "CourseInstance",
        "courseMode": ["onsite", "evening", "outdoors"],
        "courseWorkload": "PT6H",
        "startDate": "2027-02-01T19:00",
        "location": {"@type": "Place", "address": {"addressLocality": "Utrecht"}},
    },
}
PROGRAM = {
    "programId": "4c358c84-dfc3-4a30-874e-0b70db15638a",
    "primaryCode": {"codeType": "programCode", "code": "25655"},
    "programType": "program",
    "name": [
        {"language": "nl-NL", "value": "Verzorgende IG versneld"},
        {"language": "en-GB", "value": "Care worker, fast"},
    ],
    "description": [{"language": "nl-NL", "value": "Een mbo-opleiding voor wie al werkt."}],
    "teachingLanguage": "nld",
    "modeOfStudy": "part-time",
    "modeOfDelivery": ["hybrid"],
    "level": "secondary vocational education 3",
    "duration": "P18M",
    "link": "https://school.nl/vig",
    "organization": {"name": [{"language": "nl-NL", "value": "ROC Test"}]},
    "addresses": [{"addressType": "teaching", "city": "Zwolle"}],
    "fieldsOfStudy": "0913",
    "programOfferings": [
        {
            "offeringType": "program",
            "startDate": "2027-02-01",
            "priceInformation": [
                {"costType": "total costs", "amount": "340.84", "currency": "EUR"},
                {"costType": "additional costs", "amount": "12", "currency": "EUR"},
            ],
        }
    ],
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "knowledge" / "programmes").mkdir(parents=True)
    shutil.copy(ROOT / "knowledge" / "country.yaml", tmp_path / "knowledge")
    return tmp_path


def read_back(root: Path, sector: str) -> tuple[object, ...]:
    reader = Reader(root)
    found = reader.file(root / "knowledge" / "programmes" / f"{sector}.yaml", FORMATS["programmes"].shape)
    assert not reader.problems, reader.problems
    return tuple(found or ())


def test_a_course_of_schema_org_becomes_a_programme_with_its_source(root: Path) -> None:
    found = take_over(schema_org.read(COURSE, "nl"), "techniek", "https://school.nl", real_knowledge(), SPOKEN, TODAY)
    append(root, "techniek", found.entries)
    (one,) = read_back(root, "techniek")
    assert (one.id, one.name, one.provider) == (
        "lassen-voor-volwassenen-roc-test",
        "Lassen voor volwassenen",
        "ROC Test",
    )  # type: ignore[attr-defined]
    assert (one.where.municipalities, one.hours, one.forms) == (("Utrecht",), 6, (Form.EVENING,))  # type: ignore[attr-defined]
    assert (one.costs.from_, one.taught_in, one.url) == (1250, ("nl",), "https://school.nl/lassen")  # type: ignore[attr-defined]
    facts = {name: (fact.value, fact.source, fact.checked) for name, fact in one.facts.items()}  # type: ignore[attr-defined]
    assert facts["cost_eur"] == (1250, "https://school.nl/lassen", TODAY)
    assert facts["duration"][0]["nl"] == "6 maanden" and facts["start"][0]["nl"] == "2027-02-01"
    assert found.report == [
        "lassen-voor-volwassenen-roc-test: audience: not known here",
        "lassen-voor-volwassenen-roc-test: courseMode 'outdoors': no form that we know",
    ]


def test_a_programme_of_ooapi_becomes_one_of_ours_with_its_offering(root: Path) -> None:
    page = {"pageSize": 10, "pageNumber": 1, "hasNextPage": False, "items": [PROGRAM]}
    assert ooapi.is_ooapi(page) and not ooapi.is_ooapi(COURSE)
    found = take_over(
        ooapi.read(page, "nl"), "zorg", "https://api.school.nl", real_knowledge(), SPOKEN, TODAY, ["mbo3"]
    )
    append(root, "zorg", found.entries)
    (one,) = read_back(root, "zorg")
    assert (one.leads_to, one.forms, one.costs.from_) == ("mbo3", (Form.PART_TIME,), 340.84)  # type: ignore[attr-defined]
    assert (one.where.municipalities, one.where.online) == (("Zwolle",), True)  # type: ignore[attr-defined]
    assert [line.partition(": ")[2] for line in found.report] == [
        "fieldsOfStudy: not known here",
        "priceInformation: additional costs in EUR",
    ]


def test_what_we_write_can_be_read_back() -> None:
    ours = [one for one in real_knowledge().programmes.values() if one.where.municipalities][:40]
    document = json.loads(json.dumps(schema_org.write(ours)))
    again = schema_org.read(document, "nl")
    assert [one.code for one in again] == [one.id for one in ours]
    for course, one in zip(again, ours, strict=True):
        assert (course.name["nl"], course.provider, course.summary["en"]) == (
            one.name, one.provider, " ".join(one.summary["en"].split()),
        )  # fmt: skip
        assert tuple(course.forms) == one.forms and course.hours == one.hours
        assert tuple(course.places)[: len(one.where.municipalities)] == one.where.municipalities
        assert course.left == []


def test_what_we_have_stays_as_it_is() -> None:
    ours = real_knowledge().programmes["make-it-work-hu"]
    courses = schema_org.read(schema_org.write([ours]), "nl")
    found = take_over(courses, "ict", "https://x.nl", real_knowledge(), SPOKEN, TODAY)
    assert not found.entries and "we have it already" in found.report[0]


@pytest.mark.parametrize(
    "broken", [{}, [], {"@type": "Course"}, {"items": [{"courseId": "1"}]}, {"items": [None, 3, "x"]}]
)
def test_a_course_without_anything_is_left_out_and_said(broken: object) -> None:
    reader = ooapi if ooapi.is_ooapi(broken) else schema_org
    found = take_over(reader.read(broken, "nl"), "ict", "https://x.nl", real_knowledge(), SPOKEN, TODAY)
    assert not found.entries and all("it has no name" in line for line in found.report)


# ------------------------------------------------------------ files that somebody broke, or that are not what they say
WRONG: list[object] = [
    None, True, 3, -1.5, float("nan"), float("inf"), 10**400, "", "x" * 5000, "\x00\u202e", "2027-13-45", [], {},
    [None], [[]], [{}], {"a": 1}, {"@value": 3}, {"name": []}, [1, "a", None],
]  # fmt: skip


def places_in(node: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places_in(value, (*path, key))


def with_value(document: dict[str, object], path: tuple[str | int, ...], value: object) -> object:
    changed = copy.deepcopy(document)
    at: Any = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return changed


@pytest.mark.slow
@pytest.mark.parametrize(("document", "reader"), [(COURSE, schema_org), (PROGRAM, ooapi)], ids=["schema.org", "OOAPI"])
def test_any_value_of_any_kind_anywhere_breaks_nothing_and_gives_a_programme_that_can_be_read(
    root: Path, document: dict[str, object], reader: ModuleType
) -> None:
    entries: list[str] = []
    for path in places_in(document):
        for value in WRONG:
            one = with_value(document, path, value)
            courses = reader.read({"items": [one]} if reader is ooapi else one, "nl")
            found = take_over(courses, "zorg", "https://x.nl", real_knowledge(), SPOKEN, TODAY, ["mbo3"])
            assert all(line.isprintable() and len(line) < 300 for line in found.report), found.report
            entries += found.entries
    different = list(dict.fromkeys(entries))
    assert len(different) > 10
    append(root, "zorg", different)  # refuses what the content cannot hold
    assert len(read_back(root, "zorg")) == len(different)


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("offers", "price"), -5, "offers -5: no amount in EUR"),
        (("offers", "price"), "veel", "offers 'veel': no amount in EUR"),
        (("offers", "priceCurrency"), "USD", "offers 'USD': a price in another currency"),
        (("hasCourseInstance", "startDate"), "september 2027", "startDate 'september 2027': no day"),
        (("hasCourseInstance", "startDate"), "2027-02-31", "startDate '2027-02-31': no day"),
        (("hasCourseInstance", "startDate"), 3, "startDate 3: no text"),
        (("hasCourseInstance", "courseWorkload"), "PT6H30M", "courseWorkload 'PT6H30M': no number of hours a week"),
        (("hasCourseInstance",), "often", "hasCourseInstance 'often': no object"),
        (("inLanguage",), "Nederlands", "inLanguage 'Nederlands': no code of a language that we know"),
        (("url",), "javascript:alert(1)", "url 'javascript:alert(1)': no address of a page"),
        (("educationalCredentialAwarded",), "MBO-diploma", "level 'MBO-diploma': no level of ours"),
        (("provider",), 7, "provider 7: no text"),
        (("description",), "x" * 5000, f"description '{'x' * 60} ...': longer than 2000 letters"),
    ],
)
def test_what_could_not_be_taken_over_is_said(path: tuple[str, ...], value: object, said: str) -> None:
    document = with_value(COURSE, path, value)
    found = take_over(schema_org.read(document, "nl"), "zorg", "https://x.nl", real_knowledge(), SPOKEN, TODAY)
    assert len(found.entries) == 1 and said in [line.partition(": ")[2] for line in found.report], found.report


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-02-01", "2027-02-01"),
        ("2027-02-01T19:00+01:00", "2027-02-01"),
        ("01-02-2027", "2027-02-01"),
        ("1/2/2027", "2027-02-01"),
        ("2027-02", "2027-02"),
    ],
)
def test_a_day_is_read_in_the_forms_that_are_in_use(said: str, day: str) -> None:
    (course,) = schema_org.read(with_value(COURSE, ("hasCourseInstance", "startDate"), said), "nl")
    assert course.starts == [day]


@pytest.mark.slow
def test_ten_thousand_courses_are_read_in_seconds() -> None:
    many = {
        "@graph": [{**COURSE, "name": f"Cursus {number}", "url": f"https://x.nl/{number}"} for number in range(10_000)]
    }
    begun = time.process_time()
    courses = schema_org.read(many, "nl")
    found = take_over(courses, "zorg", "https://x.nl", real_knowledge(), SPOKEN, TODAY, ["mbo3"])
    assert len(found.entries) == 10_000
    assert time.process_time() - begun < 10


# ------------------------------------------------------------ the commands
def overstap(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"OVERSTAP_HOME": str(ROOT)})


@pytest.mark.usefixtures("library_at_hand")
def test_the_commands_write_and_read(tmp_path: Path) -> None:
    done = overstap("knowledge", "export-courses", "make-it-work-hu")
    assert done.exit_code == 0 and json.loads(done.output)["@graph"][0]["courseCode"] == "make-it-work-hu"
    file = tmp_path / "page.html"
    file.write_text(f'<html><script type="application/ld+json">{json.dumps(COURSE)}</script></html>', encoding="utf-8")
    told = overstap("knowledge", "import-courses", file, "--in", "techniek", "--page", "https://x.nl", "--dry-run")
    assert told.exit_code == 0 and "1 of 1 could be taken over. Nothing was written." in told.output, told.output
    assert overstap("knowledge", "import-courses", file, "--in", "techniek").exit_code == 2
    for name, held in {"none": None, "latin": b"\xe9\xe8", "deep": b"[" * 100_000, "half": b'{"@type": "Cour'}.items():
        if held is not None:
            (tmp_path / name).write_bytes(held)
        told = overstap("knowledge", "import-courses", tmp_path / name, "--in", "techniek", "--page", "https://x.nl")
        assert told.exit_code == 1 and "Traceback" not in told.output and isinstance(told.exception, SystemExit), name
    assert "There is no sector" in overstap("knowledge", "import-courses", file, "--in", "technek").output


async def test_an_address_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    from aiohttp import web

    from bot.cli import courses

    async def programs(request: web.Request) -> web.Response:
        number = int(request.query.get("pageNumber", 1))
        items = [{**PROGRAM, "programId": str(number), "primaryCode": {"code": str(number)}}]
        return web.json_response({"pageNumber": number, "hasNextPage": number < 3, "items": items})

    monkeypatch.setenv("SOURCES_PRIVATE", "yes")
    monkeypatch.setenv("OVERSTAP_HOME", str(ROOT))
    async with running() as site:
        site.pages["/programs"] = programs
        import asyncio

        documents = await asyncio.to_thread(courses._fetched, site.url("/programs"))
    assert [document["pageNumber"] for document in documents] == [1, 2, 3]

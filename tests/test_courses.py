"""Courses in the standards of the field: what we write can be read back, and what has no place with us is reported."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import ROOT, real_knowledge
from sites import running

from bot.authoring.courses import ooapi, schema_org
from bot.authoring.courses.taking_over import append, take_over
from bot.cli import main
from bot.content.knowledge import Form
from bot.content.knowledge_schema import FORMATS
from bot.content.load import Reader

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
    found = take_over(ooapi.read(page, "nl"), "zorg", "https://api.school.nl", real_knowledge(), SPOKEN, TODAY)
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


# ------------------------------------------------------------ the commands
def overstap(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env={"OVERSTAP_HOME": str(ROOT)})


@pytest.mark.slow
def test_the_commands_write_and_read(tmp_path: Path) -> None:
    done = overstap("knowledge", "export-courses", "make-it-work-hu")
    assert done.exit_code == 0 and json.loads(done.output)["@graph"][0]["courseCode"] == "make-it-work-hu"
    file = tmp_path / "page.html"
    file.write_text(f'<html><script type="application/ld+json">{json.dumps(COURSE)}</script></html>', encoding="utf-8")
    told = overstap("knowledge", "import-courses", file, "--in", "techniek", "--page", "https://x.nl", "--dry-run")
    assert told.exit_code == 0 and "1 of 1 could be taken over. Nothing was written." in told.output, told.output
    assert overstap("knowledge", "import-courses", file, "--in", "techniek").exit_code == 2
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

"""Koppelingen, Export, Kennis, Logboek and Beheer: what they show, what their forms do, and what is written down."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from desk_people import usual_day, usual_findings, usual_quarter
from desks import Bureau, words
from libraries import CONTENT, informed, real_library
from stores import on_sqlite

from bot.authoring.sources.record import PageState, Record, SeenPage
from bot.authoring.sources.statements import statements
from bot.compiled import Compiled
from bot.settings import Settings
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.lead_filter import Filter
from bot.store.team import Role


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """A desk with work on it, closed. To be copied: making it takes as long as most of these tests."""
    root = tmp_path_factory.mktemp("usual")
    with closing(informed(Store.open(on_sqlite(root, empty_sqlite)))) as store:
        bureau = Bureau(store, Labels.of(real_library().content), compiled=real_library())
        usual_day(bureau, 6)
        usual_quarter(bureau, 6)
    return root


@pytest.fixture
def bureau(usual: Path, tmp_path: Path, compiled: Compiled) -> Iterator[Bureau]:
    shutil.copytree(usual, tmp_path, dirs_exist_ok=True)
    with closing(informed(Store.open(Settings.read(CONTENT, root=tmp_path)))) as store:
        yield Bureau(store, Labels.of(compiled.content), compiled=compiled)


def actions(bureau: Bureau) -> list[str]:
    return [entry.action for entry in bureau.store.audit.entries(10)]


def test_a_pair_that_was_proposed_says_so_in_both_leads(bureau: Bureau):
    sanne = bureau.signed_in("Iris")
    page = sanne.get("/desk/matches")
    assert "Zorggroep Lekzicht" in page and actions(bureau).count("matches listed") == 1
    employer = next(each for each in bureau.store.leads.all(_every()) if each.kind == "employer")
    candidate = next(each for each in bureau.store.leads.all(_every()) if each.reference in page and each != employer)
    form = {"candidate": candidate.reference, "employer": employer.reference}
    sanne.post("/desk/matches", {**form, "stands": "proposed"})
    assert "Voorgesteld" in words(sanne.follow())
    for lead, other in ((candidate, employer), (employer, candidate)):
        event = bureau.store.leads.details([lead])[lead.id].events[-1]
        assert (event.kind, event.detail) == ("proposed", {"with": other.reference})
    before = bureau.store.counters.last_change()
    sanne.post("/desk/matches", {**form, "stands": "proposed"})
    assert bureau.store.counters.last_change() == before, "the same once more is nothing new"
    sanne.post("/desk/matches", {**form, "stands": "no match"})
    assert candidate.reference in sanne.get("/desk/matches?stands=no+match")
    sanne.post("/desk/matches", {"candidate": "L-2026-9999", "employer": employer.reference, "stands": "placed"}, 404)


def _every():
    return Filter()


def test_a_file_needs_a_reason_and_is_for_who_made_it(bureau: Bureau):
    iris = bureau.signed_in("Iris")
    iris.get("/desk/export")
    assert "7 leads" in words(iris.post("/desk/export", {"profile": "crm", "what": "all", "do": "look"}, 200))
    page = iris.post("/desk/export", {"profile": "crm", "what": "all", "do": "make"}, 422)
    assert "Schrijf waarom" in words(page)
    iris.post("/desk/export", {"profile": "crm", "what": "all", "reason": "invoer", "do": "make"})
    assert "invoer" in words(iris.follow())
    (mine, sannes) = bureau.store.exports.all()
    answer = iris.ask("GET", f"/desk/export/{mine.file}")
    assert answer.status_code == 200 and "L-2026-0001" in answer.text
    assert actions(bureau)[0] == "export downloaded"
    iris.get(f"/desk/export/{sannes.file}", 404)
    iris.get("/desk/export/..%2Foverstap.db", 404)
    assert bureau.signed_in("Coby", Role.COORDINATOR).ask("GET", f"/desk/export/{sannes.file}").status_code == 200


def test_a_file_is_of_one_sector_or_of_one_team(bureau: Bureau):
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    bureau.store.team.add("Sanne", Role.ADVISER, team="Noord")
    page = coby.get("/desk/export")
    assert "Alle sectoren" in page and "Alle teams" in page and ">Noord</option>" in page
    every = {"profile": "crm", "what": "all", "do": "look"}
    counts = {
        each: re.findall(r"(\d+) leads?", words(coby.post("/desk/export", {**every, **each_of}, 200)))[0]
        for each, each_of in {
            "all": {},
            "care": {"sector": "zorg"},
            "team": {"team": "Noord"},
            "?": {"team": "x"},
        }.items()
    }
    sector = bureau.store.leads.count(Filter(sector=("zorg",)))
    team = bureau.store.leads.count(Filter(team=("Noord",)))
    assert counts == {"all": "7", "care": str(sector), "team": str(team), "?": "7"}
    assert 0 < sector < 7 and 0 < team < 7


def test_the_log_is_ones_own_or_everybodys_for_a_coordinator(bureau: Bureau):
    first = bureau.store.leads.all(_every())[0].reference
    iris = bureau.signed_in("Iris")
    iris.get(f"/desk/leads/{first}")
    assert "opende een lead" in words(iris.get(f"/desk/log?lead={first}"))
    assert "Sanne" not in words(iris.get("/desk/log").partition("<main")[2])
    coby = bureau.signed_in("Coby", Role.COORDINATOR)
    page = words(coby.get("/desk/log"))
    assert "Sanne" in page and "Iris" in page and "maakte een bestand" in page
    assert "Fatima" not in page
    only = bureau.store.team.named("Iris")
    page = words(coby.get(f"/desk/log?who={only.id}").partition("<tbody")[2])
    assert "Iris" in page and "Sanne" not in page
    assert "Niets" not in page and "past" in words(coby.get("/desk/log?day=2020-01-01"))


def test_what_the_bot_did_not_know_is_read_by_who_may_and_written_down(bureau: Bureau):
    page = words(bureau.signed_in("Iris").get("/desk/knowledge"))
    assert "Mag mijn hond mee naar school?" in page and "dompteur worden" in page
    assert actions(bureau)[0] == "questions listed"


def test_knowledge_begins_with_what_changed_on_the_pages_grouped_by_page(bureau: Bureau):
    changed, moved = usual_findings(bureau)
    page = bureau.signed_in("Iris").get("/desk/knowledge")
    said = words(page.partition('id="found"')[2].partition("Vragen zonder antwoord")[0])
    assert changed.url in page and "veranderd, " in said
    assert "De subsidie is 5.000 euro." in said and "De subsidie is 4.000 euro." in said and "4.000" in said
    assert "verhuisd" in said and f'href="{moved.url}/nieuw"' in page
    assert said.count("Wat wij daarvan zeggen") == 2, "one look at a page settles all that stands on it"


def test_without_a_look_at_the_pages_knowledge_says_so(bureau: Bureau):
    bureau.store.settings.sources_file.unlink(missing_ok=True)
    assert "nog niet naar de pagina's gekeken" in words(bureau.signed_in("Iris").get("/desk/knowledge"))


def test_what_was_found_on_a_page_stands_first_and_says_what(bureau: Bureau):
    assert bureau.compiled is not None
    knowledge = bureau.compiled.content.knowledge
    one = next(statements(knowledge))
    with closing(Record(bureau.store.settings.sources_file)) as record:
        at = datetime(2030, 1, 1, tzinfo=UTC)
        record.keep(SeenPage(one.url, PageState.GONE, at, at.date()), None)
    found = bureau.signed_in("Iris").get("/desk/knowledge").partition('id="found"')[2]
    first = words(found.partition("</details>")[0])
    assert "hulp bij nood: 113" in first and "weg, 1 jan 2030" in first


def test_a_coordinator_sees_troubles_the_backup_and_what_is_erased(bureau: Bureau):
    bureau.trouble = "the content on disk cannot be used; run: overstap check"
    page = words(bureau.signed_in("Coby", Role.COORDINATOR).get("/desk/oversight"))
    assert "cannot be used" in page and "geen die getest is" in page and "Exportbestanden 0 1" in page

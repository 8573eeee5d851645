"""Cijfers: at the desk, as CSV and on the command line; each shows the same, and nobody."""

import csv
import io
from datetime import date

import pytest
from click.testing import CliRunner
from desks import Bureau, words

from bot.cli import main
from bot.compiled import Compiled
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.milestones import Cell, Milestone
from bot.store.team import Role

DAY = date(2026, 11, 4)


@pytest.fixture
def bureau(store: Store, compiled: Compiled) -> Bureau:
    return Bureau(store, Labels.of(compiled.content))


def count(store: Store, number: int, milestone: Milestone = Milestone.ASKED, flow: str = "intake", **more: str) -> None:
    with store.transaction():
        for _ in range(number):
            store.figures.count(Cell(day=DAY, milestone=milestone, flow=flow, **more))


def test_nothing_counted_yet_is_said_so(bureau: Bureau):
    assert "nog niets geteld" in words(bureau.signed_in().get("/desk/figures"))


@pytest.mark.parametrize("role", list(Role))
def test_everybody_who_works_here_reads_the_figures_of_a_quarter(bureau: Bureau, role: Role):
    count(bureau.store, 12, place="Zwolle", sector="zorg")
    count(bureau.store, 3, place="Utrecht")
    page = words(bureau.signed_in(role=role).get("/desk/figures?quarter=2026Q4"))
    assert "Cijfers, vierde kwartaal 2026" in page
    assert "15 vroegen om contact" in page
    assert "Regio Zwolle 0 verborgen" in page, "12 would say that there are 3 elsewhere"


def test_employers_stand_apart(bureau: Bureau):
    count(bureau.store, 9)
    count(bureau.store, 7, flow="employer")
    page = words(bureau.signed_in().get("/desk/figures"))
    assert "9 vroegen om contact" in page
    assert "Vroeg om contact 7" in page.partition("Werkgevers")[2]


def test_the_file_holds_what_the_page_does_and_is_written_down(bureau: Bureau):
    count(bureau.store, 12, source="flyer-overvecht")
    count(bureau.store, 8, source="=1+1")
    count(bureau.store, 2, source="other")
    sanne = bureau.signed_in()
    answer = sanne.ask("GET", "/desk/figures.csv?quarter=2026Q4")
    assert answer.headers["content-disposition"] == 'attachment; filename="cijfers-2026Q4.csv"'
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert head == ["kwartaal", "tot_en_met", "deel", "tabel", "rij", "stap", "aantal"]
    by_source = {row[4]: row[6] for row in rows if row[3] == "Per bron" and row[5] == "Vroeg om contact"}
    assert by_source == {"flyer-overvecht": "12", "'=1+1": "verborgen", "Andere code": "verborgen"}
    assert ("Sanne", "figures taken", "2026Q4") in {(e.actor, e.action, e.object) for e in bureau.store.audit.entries()}
    sanne.get("/desk/figures.csv?quarter=nonsense", 404)


def test_a_quarter_that_is_none_is_that_of_today(bureau: Bureau):
    assert "vierde kwartaal 2026" in words(bureau.signed_in().get("/desk/figures?quarter=%3Cscript%3E"))


@pytest.mark.slow
def test_the_command_line_says_the_same(bureau: Bureau, monkeypatch: pytest.MonkeyPatch):
    count(bureau.store, 12, place="Zwolle")
    settings = bureau.store.settings
    monkeypatch.chdir(settings.root)
    monkeypatch.setenv("DATABASE_URL", settings.database_url.replace("+psycopg", ""))
    monkeypatch.setenv("CONTENT_DIR", str(settings.content_root))
    monkeypatch.setenv("OVERSTAP_STAFF", "Sanne")
    bureau.member()
    said = CliRunner().invoke(main, ["leads", "figures", "--quarter", "2026Q4"])
    assert said.exit_code == 0, said.output
    assert "Vroeg om contact 12" in words(said.output)
    file = CliRunner().invoke(main, ["leads", "figures", "--quarter", "2026Q4", "--csv"])
    assert "Mensen;Per gemeente;Regio Zwolle: Zwolle;Vroeg om contact;12" in file.output
    wrong = CliRunner().invoke(main, ["leads", "figures", "--quarter", "vorig"])
    assert wrong.exit_code == 1

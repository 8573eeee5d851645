"""`overstap leads`, `staff`, `db` and `privacy` as an adviser and an operator run them."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import netherlands
from sqlalchemy import text
from stores import draft

from bot.cli import main
from bot.settings import Settings
from bot.store import Address, Store
from bot.store.filing import Where, file

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("library_at_hand")]

CALENDAR = netherlands().calendar
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of an operator, with two leads."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name in {"DATABASE_URL", "DATA_DIR", "OVERSTAP_STAFF", "ENCRYPTION_KEY_FILE"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("CONTENT_DIR", str(ROOT))
    store = Store.open(Settings.read(root=tmp_path))
    for number, flow in enumerate(("intake", "employer")):
        address = Address("telegram", str(number))
        with store.transaction():
            (person,) = store.conversations.load([address], at=NOON)
            given = draft(flow=flow, phone=f"+3161234567{number}")
            file(store, person.id, "telegram", given, Where("zorg", "Zwolle"), content="c1", at=NOON)
    store.close()
    yield tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


@pytest.mark.usefixtures("root")
def test_the_first_one_to_work_here_becomes_the_administrator():
    done = run("leads", "list")
    assert "nu beheerder" in done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["nummer", "L-2026-0001", "L-2026-0002"]
    assert "nu beheerder" not in run("leads", "list").stderr
    assert "niet bekend" in run("leads", "--as", "Onbekend", "list", code=1).stderr


@pytest.mark.usefixtures("root")
def test_an_adviser_works_a_lead_from_beginning_to_end():
    run("leads", "list")
    run("staff", "add", "Sanne")
    sanne = ("leads", "--as", "Sanne")
    assert run(*sanne, "claim", "L-2026-0001").stdout.startswith("L-2026-0001: opgepakt, volgende stap: bellen op")
    assert "contact_gezocht" in run(*sanne, "attempt", "L-2026-0001", "geen_gehoor").stdout
    run(*sanne, "note", "L-2026-0001", "Belt liever na 17:00")
    day = CALENDAR.add_workdays(CALENDAR.day(datetime.now(UTC)) + timedelta(days=7), 0)
    assert f"op {day:%d-%m-%Y}" in run(*sanne, "snooze", "L-2026-0001", f"{day}").stdout
    shown = run(*sanne, "show", "L-2026-0001").stdout
    for said in (
        "Zoë de Vries",
        "06 12345670",
        "Leeftijd: 34",
        "mbo-zorg: past",
        "Belt liever na 17:00",
        "Adviseur: Sanne",
    ):
        assert said in shown
    assert "afgerond" in run(*sanne, "close", "L-2026-0001", "aangemeld_voor_opleiding").stdout
    assert "L-2026-0001" not in run(*sanne, "list").stdout
    assert "L-2026-0001" in run(*sanne, "list", "--all", "--mine").stdout
    assert "rol adviseur" in run(*sanne, "forget", "L-2026-0001", "--yes", code=1).stderr


@pytest.mark.usefixtures("root")
def test_the_list_can_be_read_by_a_program():
    lines = run("leads", "list", "--json", "--kind", "employer").stdout.splitlines()
    assert [json.loads(line)["reference"] for line in lines] == ["L-2026-0002"]


@pytest.mark.usefixtures("root")
def test_a_reader_lists_without_contact_data_and_is_written_down():
    run("leads", "list")
    run("staff", "add", "Lena", "--role", "lezer")
    lena = ("leads", "--as", "Lena", "list", "--all")
    line = json.loads(run(*lena, "--json", "--kind", "employer").stdout)
    assert (line["reference"], line["contact"], line["place"]) == ("L-2026-0002", {}, "Zwolle")
    for said in (run(*lena).stdout, run(*lena, "--json").stdout):
        assert "L-2026-0001" in said
        assert not any(secret in said for secret in ("Zo", "1234567", "example"))
    lines = (line.rpartition(" login=")[0] for line in run("privacy", "audit").stdout.splitlines())
    logged = [line.split("  ")[1:] for line in lines if "leads listed" in line]
    assert logged[:3] == [
        ["Lena", "leads listed", "", "filter={} count=2"],
        ["Lena", "leads listed", "", "filter={} count=2"],
        ["Lena", "leads listed", "", "filter={'kind': ['employer']} count=1"],
    ]
    run("leads", "matches")
    assert "matches listed" in run("privacy", "audit", "--limit", "1").stdout


def test_what_the_database_refuses_is_one_line_without_data(root: Path):
    run("leads", "list")
    store = Store.open(Settings.read(root=root))
    with store.transaction() as db:
        db.execute(text("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT no_such_function(); END"))
    store.close()
    done = run("leads", "list", code=1)
    assert (done.stdout, done.stderr) == ("", "The database cannot be used: no such function: no_such_function.\n")


@pytest.mark.usefixtures("root")
def test_a_next_step_is_not_cut():
    run("leads", "list")
    run("leads", "claim", "L-2026-0001")
    day = CALENDAR.add_workdays(CALENDAR.day(datetime.now(UTC)) + timedelta(days=7), 0)
    step = "terugbellen over intake NOVI dinsdag om tien uur"
    run("leads", "list")
    assert f"volgende stap: {step} op" in run("leads", "snooze", "L-2026-0001", f"{day}", "--action", step).stdout
    assert f"Volgende stap: {step} op" in run("leads", "show", "L-2026-0001").stdout


def test_who_blocked_the_bot_is_to_be_reached_another_way(root: Path):
    store = Store.open(Settings.read(root=root))
    store.conversations.blocked(Address("telegram", "0"))
    store.close()
    assert "nieuw (alleen telefoon of e-mail)" in run("leads", "list", "--kind", "intake").stdout
    assert "alleen" not in run("leads", "list", "--kind", "employer").stdout
    assert "Heeft de bot geblokkeerd: alleen telefoon of e-mail." in run("leads", "show", "L-2026-0001").stdout
    assert json.loads(run("leads", "list", "--json", "--kind", "intake").stdout)["blocked"] is True


@pytest.mark.parametrize(("arguments", "suffix"), [
    (("--format", "xlsx"), ".xlsx"), (("--format", "csv"), ".csv"), (("--profile", "afas"), ".csv"),
    (("--format", "jsonl", "--since-last", "--reason", "weekoverzicht"), ".jsonl"), ((), ".xlsx"),
])  # fmt: skip
@pytest.mark.usefixtures("root")
def test_an_export_says_where_it_is(arguments: tuple[str, ...], suffix: str):
    done = run("leads", "export", *arguments)
    made = Path(done.stdout.splitlines()[-1])
    assert made.suffix == suffix
    assert made.stat().st_size > 100
    assert "2 leads" in done.stderr
    assert made.name in run("leads", "exports").stdout


@pytest.mark.usefixtures("root")
def test_nothing_new_makes_no_file():
    made = run("leads", "export", "--since-last")
    assert "Exporteren" not in made.stderr
    again = run("leads", "export", "--since-last")
    assert again.stdout == ""
    assert "Er is niets nieuws sinds je vorige export van" in again.stderr
    assert run("leads", "exports").stdout.count(".xlsx") == 1


@pytest.mark.usefixtures("root")
def test_the_list_of_exports_tells_the_time_in_the_netherlands():
    made = Path(run("leads", "export").stdout.strip()).name
    day, time = made.removeprefix("leads-xlsx-").split("-")[:2]
    stamp = f"{day[6:]}-{day[4:6]}-{day[:4]} {time[:2]}:{time[2:4]}"
    assert stamp in run("leads", "exports").stdout


@pytest.mark.usefixtures("root")
def test_who_made_which_export_is_for_a_coordinator_and_a_refusal_is_written_down():
    run("leads", "export", "--reason", "weekoverzicht")
    for name, role in (("Lees", "lezer"), ("Sanne", "adviseur"), ("Coor", "coordinator")):
        run("staff", "add", name, "--role", role)
    assert "rol lezer" in run("leads", "--as", "Lees", "export", code=1).stderr
    assert "rol adviseur" in run("leads", "--as", "Sanne", "exports", code=1).stderr
    assert "weekoverzicht" in run("leads", "--as", "Coor", "exports").stdout
    audit = run("privacy", "audit").stdout
    assert "Lees  refused  export" in audit
    assert "Sanne  refused  exports" in audit


@pytest.mark.usefixtures("root")
def test_a_preview_says_what_would_be_in_it():
    done = run("leads", "export", "--preview", "--kind", "intake")
    assert done.stdout.startswith("1 leads, ")
    assert "Naam" in done.stdout
    assert "maakt geen csv" in run("leads", "export", "--profile", "xlsx", "--format", "csv", code=1).stderr


@pytest.mark.usefixtures("root")
def test_what_cannot_be_is_one_line_and_no_trace():
    assert "Er is geen lead L-2026-9999" in run("leads", "show", "L-2026-9999", code=1).stderr


@pytest.mark.usefixtures("root")
def test_what_was_nearly_right_is_refused_with_what_is_right():
    run("leads", "list")
    run("staff", "add", "eva", "--role", "beheerder")
    assert "Er is geen lead 9. Kijk met" in run("leads", "--as", "eva", "claim", "9", code=1).stderr
    assert "overstap leads --as NAAM list" in run("leads", "list", "--as", "eva", code=2).stderr
    refused = run("leads", "--as", "eva", "snooze", "L-2026-0001", "morgen", code=2).stderr
    assert "'morgen' is geen datum. Typ bijvoorbeeld 20" in refused
    assert "%Y" not in refused


@pytest.mark.usefixtures("root")
def test_somebody_stays_administrator():
    run("staff", "add", "eva", "--role", "beheerder")
    assert "the last who may erase people" in run("staff", "add", "Eva", "--role", "adviseur", code=1).stderr
    run("staff", "add", "bo", "--role", "beheerder")
    assert "eva is adviseur." in run("staff", "add", "eva", "--role", "adviseur").stdout


def test_a_person_is_erased_on_request(root: Path):
    done = run("leads", "forget", "L-2026-0001", "--yes")
    assert done.stdout.startswith("Gewist: L-2026-0001.")
    assert "gewist" in run("leads", "show", "L-2026-0001", code=1).stderr
    assert "person erased" in run("privacy", "audit").stdout
    assert (root / "var/erased.jsonl").exists()


@pytest.mark.parametrize(("answer", "said"), [("ja", "Gewist: L-2026-0001."), ("J", "Gewist"), ("", "niets gewist")])
@pytest.mark.usefixtures("root")
def test_a_dutch_yes_erases_and_nothing_else_does(answer: str, said: str):
    done = CliRunner().invoke(main, ["leads", "forget", "L-2026-0001"], input=f"{answer}\n")
    assert "[j/N]" in done.output
    assert said in done.output


def test_retention_says_what_would_go_and_then_does_it(root: Path):
    # The leads came in on a day that may be past or to come when this runs.
    assert run("leads", "retention", "--dry-run").stdout.startswith("Nu te wissen: ")
    assert run("privacy", "retention", "--clock-is-right").stdout.startswith("Gone:")
    assert run("leads", "retention").stdout.startswith("Gewist: ")
    assert run("leads", "retention").stdout == "Gewist: niets.\n"
    assert "Gone:" in run("privacy", "retention").stdout
    assert (root / "var").exists()


@pytest.mark.usefixtures("root")
def test_a_clock_that_jumped_is_said_in_one_line_and_a_word_of_a_person_settles_it(tmp_path: Path):
    store = Store.open(Settings.read(root=tmp_path))
    store.clock.trust(NOON - timedelta(days=4000))
    store.close()
    said = run("privacy", "retention", code=1)
    assert "overstap privacy retention --clock-is-right" in said.stderr
    assert len(said.stderr.splitlines()) == 1
    run("privacy", "retention", "--clock-is-right")
    run("privacy", "retention")


def test_the_database_is_backed_up_and_restored(root: Path):
    made = Path(run("db", "backup").stdout.splitlines()[0])
    assert made.parent == root / "var/backups"
    run("leads", "forget", "L-2026-0001", "--yes")
    assert "1 people were erased again" in run("db", "restore", str(made), "--yes").stdout
    assert "0001" not in run("leads", "list").stdout
    assert "the key fits" in run("db", "upgrade").stdout


def test_a_key_is_made_once_and_never_over_another(root: Path, monkeypatch: pytest.MonkeyPatch):
    assert "there already" in run("db", "new-key", code=1).stderr
    monkeypatch.setenv("ENCRYPTION_KEY_FILE", str(root / "elsewhere/keys"))
    assert "is made" in run("db", "new-key").stdout
    assert (root / "elsewhere/keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("root")
def test_keys_are_changed_and_the_old_ones_dropped():
    assert "newest key" in run("db", "rotate-key").stdout
    assert "older keys are gone" in run("db", "rotate-key", "--drop-old").stdout
    assert "Zoë" in run("leads", "list").stdout


def test_the_accountability_pack_is_written(root: Path):
    written = run("privacy", "pack", "--to", "papers").stdout.split()
    assert len(written) == 6
    assert all((root / file).exists() for file in written)


def test_an_adviser_reads_words_and_no_codes(root: Path):
    store = Store.open(Settings.read(root=root))
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", "9")], at=NOON)
        given = replace(
            draft(phone="+31612345679"),
            contact={"name": "Sam", "email": "sam@example.com"},
            facts={"education": "mbo4", "refine": False},
            said={"education": "mbo4", "refine": "nee"},
        )
        filed = file(store, person.id, "telegram", given, Where("zorg", "Zwolle"), content="c1", at=NOON)
    store.close()
    shown = run("leads", "show", filed.lead.reference).stdout
    for said in ("E-mail: sam@example.com", "Opleiding: Mbo niveau 4\n", "mailen op", "persoon: aanvraag ingediend"):
        assert said in shown
    for code in ("mbo4", "refine", "email:", "filed"):
        assert code not in shown


@pytest.mark.usefixtures("root")
def test_a_call_is_one_command_and_all_of_it_can_be_taken_back():
    run("leads", "list")
    run("staff", "add", "Sanne")
    sanne = ("leads", "--as", "Sanne")
    day = CALENDAR.add_workdays(CALENDAR.day(datetime.now(UTC)) + timedelta(days=3), 0)
    run(*sanne, "claim", "1", "2")
    call = ("attempt", "1", "gesproken", "--note", "Wil langskomen", "--next", f"{day}", "--at", "14:30")
    assert f"in_gesprek, volgende stap: bellen op {day:%d-%m-%Y} 14:30" in run(*sanne, *call).stdout
    assert "1. " in run(*sanne, "show", "1").stdout
    assert "opgepakt" in run(*sanne, "undo", "1").stdout
    assert "doorgestreept door Sanne" in run(*sanne, "show", "1").stdout
    assert "niets van jou" in run(*sanne, "undo", "1", code=1).stderr
    run(*sanne, "attempt", "1", "verkeerd_nummer")
    run(*sanne, "correct", "1", "--phone", "06 87654321")
    assert "06 87654321" in run(*sanne, "find", "0687654321").stdout
    closed = run(*sanne, "close", "1", "doorverwezen", "--outcome", "gestopt", "--stage", "bij_het_geld")
    assert "afgerond" in closed.stdout
    assert "Resultaat: gestopt, bij het geld." in run(*sanne, "show", "1").stdout
    assert "contact_gezocht" in run(*sanne, "reopen", "1").stdout
    run(*sanne, "outcome", "1", "opleiding_begonnen", "--programme", "mbo-zorg")
    assert "--next" in run(*sanne, "attempt", "1", "gesproken", "--at", "14:30", code=2).stderr


@pytest.mark.usefixtures("root")
def test_leads_are_found_listed_and_given_away():
    run("leads", "list")
    for name in ("Sanne", "Nadia"):
        run("staff", "add", name)
    run("staff", "add", "Lena", "--role", "lezer")
    sanne = ("leads", "--as", "Sanne")
    assert "L-2026-0002" in run(*sanne, "find", "06-12 34 56 71").stdout
    assert "geen leads" in run(*sanne, "find", "Piet").stderr
    assert run(*sanne, "list", "nieuw").stdout.count("L-2026-") == 2
    assert "geen leads" in run(*sanne, "list", "mens").stderr
    assert "'morgen' is not one of 'mens'" in run(*sanne, "list", "morgen", code=2).stderr
    run(*sanne, "claim", "1", "2")
    run(*sanne, "assign", "1", "--to", "nadia")
    done = run(*sanne, "assign", "1", "2", "--to", "Nadia", code=1)  # one is no longer hers
    assert ("L-2026-0002: opgepakt" in done.stdout, "Nadia heeft L-2026-0001" in done.stderr) == (True, True)
    listed = run("leads", "--as", "Lena", "list", "alles").stdout
    assert "Nadia" in listed and "Zoë" not in listed and "12345670" not in listed
    assert "Zoë" not in run("leads", "--as", "Lena", "list", "--json").stdout


@pytest.mark.usefixtures("root")
def test_who_leaves_or_is_away_leaves_no_leads_behind():
    run("leads", "list")
    run("staff", "add", "Mehmet", "--email", "mehmet@centrum.example", "--team", "noord", "--telegram", "5001")
    run("staff", "add", "Nadia")
    run("staff", "add", "mehmet", "--role", "coordinator")
    (line,) = [line for line in run("staff", "list").stdout.splitlines() if line.startswith("Mehmet")]
    assert line.split() == ["Mehmet", "coordinator", "ja", "mehmet@centrum.example", "noord"]
    run("leads", "--as", "Mehmet", "claim", "1")
    day = CALENDAR.day(datetime.now(UTC)) + timedelta(days=1)
    away = run("staff", "away", "Mehmet", f"{day}", f"{day}", "--substitute", "Nadia").stdout
    assert away == f"Mehmet is er niet van {day:%d-%m-%Y} tot en met {day:%d-%m-%Y}. Nadia neemt waar.\n"
    assert "is er weer" in run("staff", "back", "Mehmet").stdout
    assert "nog 1 open leads" in run("staff", "remove", "Mehmet", code=1).stderr
    assert "1 open leads gingen naar Nadia" in run("staff", "remove", "Mehmet", "--to", "Nadia").stdout
    assert "liggen weer klaar" in run("staff", "remove", "Nadia", "--to-nobody").stdout


@pytest.mark.usefixtures("root")
def test_who_phones_hears_the_text_and_becomes_a_lead_on_a_yes():
    run("leads", "list")
    client = ("leads", "add", "--name", "Fatima", "--phone", "0612345679", "--wish", "iets in de zorg")
    said = CliRunner().invoke(main, list(client), input="n\nn\n")
    assert said.exit_code == 1 and "Lees dit voor:\n  Mag een adviseur van het loopbaancentrum" in said.output
    assert "Zonder een ja" in said.output
    done = CliRunner().invoke(main, list(client), input="j\nn\n")
    assert "L-2026-0003: opgepakt" in done.output
    assert "Fatima" in run("leads", "show", "3").stdout

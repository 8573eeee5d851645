"""What staff read and type is content: Dutch as it always was, any language that has a block of it, else codes."""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
from click.testing import CliRunner
from libraries import BERLIN, ROOT, berlin_library, locale_in, real_library
from stores import draft

from bot.authoring.check import problems
from bot.cli import main
from bot.content import staff_words
from bot.content.language import IN_CODES, of_staff
from bot.content.load import read_words
from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import CODES, StaffWords
from bot.conversations import Conversations, Heard
from bot.engine.events import Said, Started
from bot.privacy.retention import Due
from bot.recognisers.private import Sensitive
from bot.settings import Settings
from bot.staff.chat import StaffChat
from bot.staff.chat_commands import how_to
from bot.staff.desk import Desk
from bot.staff.errors import Code, DeskError
from bot.staff.export import WRITERS, Order, export
from bot.staff.export.columns import FIRST, LAST
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.overview import overview
from bot.staff.queues import Queue
from bot.staff.refusals import say
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import AttemptOutcome, CloseReason, EventKind, LeadOutcome, NextStep, Stage, Status
from bot.store.lead_model import Lead
from bot.store.team import Role
from bot.text import placeholders

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
SHIPPED = {code: language.staff for code, language in read_words(ROOT)[1].items() if language.staff}
SPOKEN_BY_STAFF = [*SHIPPED.values(), locale_in(BERLIN).words, CODES]
AN_ADVISER = Address("telegram", "11")


# ------------------------------------------------------------------ words and codes
@pytest.mark.parametrize(
    ("keys", "codes"),
    [
        (staff_words.STATUSES, list(Status)),
        (staff_words.CLOSE_REASONS, list(CloseReason)),
        (staff_words.NEXT_STEPS, list(NextStep)),
        (staff_words.OUTCOMES, list(AttemptOutcome)),
        (staff_words.RESULTS, list(LeadOutcome)),
        (staff_words.STAGES, list(Stage)),
        (staff_words.QUEUES, list(Queue)),
        (staff_words.ROLES, list(Role)),
        (staff_words.EVENTS, list(get_args(EventKind))),
        (staff_words.NOT_KEPT, list(Sensitive)),
        (staff_words.TERMS, list(Due.__slots__)),
        (staff_words.COLUMNS, [each.key for each in (*FIRST, *LAST)]),
    ],
)
def test_there_is_a_word_for_each_code_and_for_no_other(keys: dict[str, str], codes: list[str]) -> None:
    assert list(keys) == codes


@pytest.mark.parametrize("words", SPOKEN_BY_STAFF)
@pytest.mark.parametrize("kind", [Status, CloseReason, AttemptOutcome, NextStep, Role, LeadOutcome, Stage])
def test_the_word_for_a_code_leads_back_to_it(words: StaffWords, kind: type[StrEnum]) -> None:
    assert [words.to_code(kind, words.word(each).upper()) for each in kind] == list(kind)
    with pytest.raises(ValueError, match="nonsense"):
        words.to_code(kind, "nonsense")


def test_a_word_is_looked_up_without_saying_what_it_is_of() -> None:
    kinds: tuple[type[StrEnum], ...] = (Status, CloseReason, AttemptOutcome, NextStep, Role, LeadOutcome, Stage)
    codes = [each for kind in kinds for each in kind]
    assert len(codes) == len({str(code) for code in codes})


@pytest.mark.parametrize("code", Code)
def test_a_refusal_fills_in_what_the_desk_knows(code: Code) -> None:
    assert StaffSentence(code) in StaffSentence


def test_the_words_that_programs_read_in_dutch_files_stay_as_they_are() -> None:
    dutch = SHIPPED["nl"]
    kinds: tuple[type[StrEnum], ...] = (Status, CloseReason, NextStep, AttemptOutcome)
    assert [[dutch.word(each) for each in kind] for kind in kinds] == [
        ["nieuw", "opgepakt", "contact_gezocht", "in_gesprek", "afgerond", "vervallen"],
        [
            *("aangemeld_voor_opleiding", "regeling_aangevraagd", "doorverwezen", "geen_gehoor", "zelf_verder"),
            *("dubbel", "ingetrokken", "gewist", "termijn_voorbij"),
        ],
        ["bellen", "mailen", "afsluiten?"],
        ["geen_gehoor", "voicemail", "gesproken", "gemaild", "verkeerd_nummer"],
    ]
    assert list(dutch.actions.values()) == ["nieuw", "bijwerken", "verwijderen"]
    assert [dutch.columns[each.key].title for each in (*FIRST, *LAST)] == [
        *("Nummer", "Actie", "Soort", "Status", "Reden", "Adviseur", "Naam", "Telefoon", "E-mail", "Gemeente"),
        *("Sector", "Taal", "Kanaal", "Bron", "Compleet", "Gestopt bij", "Binnengekomen", "Veranderd"),
        *("Eerste contact", "Pogingen", "Volgende stap", "Op", "Toestemming contact", "Toestemming bewaren"),
        *("Opleidingen", "Regelingen", "Versie vragen", "Versie kennis", "Notities"),
    ]


# ------------------------------------------------------------------ a third language
@pytest.fixture
def berlin(tmp_path: Path) -> Iterator[Store]:
    """A store of the advisers of Berlin, with a lead."""
    store = Store.open(Settings.read({"CONTENT_DIR": str(BERLIN)}, root=tmp_path))
    lead_of(store)
    yield store
    store.close()


def lead_of(store: Store, **changes: object) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", "1")], at=NOON)
        store.conversations.consent(person.id, "contact", "Ja?", "de", NOON)
        given = draft(
            **{"language": "de", "phone": "+4930901820", "contact": {"name": "Zoë", "phone": "+4930901820"}, **changes}
        )
        return file(store, person.id, "telegram", given, Where(None, "Pankow"), content="c1", at=NOON).lead


def adviser(store: Store, role: Role = Role.ADVISER) -> Desk:
    return Desk(store, store.team.add("Sanne", role, AN_ADVISER), lambda: NOON)


def test_a_lead_is_shown_in_a_third_language(berlin: Store) -> None:
    sanne = adviser(berlin)
    sanne.claim("L-2026-0001")
    sanne.attempt("L-2026-0001", AttemptOutcome.NO_ANSWER)
    lines = [line.strip() for line in overview(sanne.open("L-2026-0001"), Labels(), sanne.locale)]
    assert {
        "L-2026-0001 · intake · kontakt versucht",
        "Telefon: 030 901820",
        "Pankow, Quelle flyer-overvecht, Deutsch",
        "Einwilligung: Kontakt aufnehmen, am 20.11.2026.",
        "Beraterin: Sanne; 1 Mal angerufen.",
        "Nächster Schritt: anrufen am 24.11.2026.",
        "20.11.2026 12:00 Person: Anfrage eingegangen",
        "20.11.2026 12:00 Sanne: angerufen (nicht erreicht)",
    } <= set(lines)


def test_a_file_is_written_in_a_third_language(berlin: Store) -> None:
    sanne = adviser(berlin)
    with export(sanne, Order("excel-nl")).file.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["Aktion"], row["Stand"], row["Sprache"], row["Vollständig"]) == ("neu", "neu", "Deutsch", "ja")
    assert row["Eingegangen"] == "20.11.2026 12:00"
    (line,) = export(sanne, Order("jsonl")).file.read_text("utf-8").splitlines()
    assert [json.loads(line)[name] for name in ("status", "next_action")] == ["neu", "anrufen"]
    book = openpyxl.load_workbook(export(sanne, Order("xlsx")).file)
    assert book.sheetnames == ["Anfragen", "Erläuterung"]
    titles = [cell.value for cell in book["Anfragen"][1]]
    assert book["Anfragen"][2][titles.index("Am")].number_format == "dd.mm.yyyy"


def test_an_adviser_works_in_a_chat_in_a_third_language(berlin: Store) -> None:
    adviser(berlin)
    chat = StaffChat(berlin, lambda: NOON)
    assert "anfragen" in chat.menu() and "nehmen" in chat.menu()
    for typed, expected in {
        "/team": "/anruf NUMMER gesprochen, mailbox oder nicht_erreicht [31.12.2026] [TEXT]: wie",
        "/anfragen": "L-2026-0001 · Pankow · neu",
        "/nehmen": "Nenne die Nummer der Anfrage: /nehmen L-2026-0001",
        "/fertig L-2026-0001 doppelt": "Übernimm L-2026-0001 zuerst mit: /nehmen L-2026-0001.",
        "/nehmen L-2026-0001": "L-2026-0001 · Pankow · übernommen · Sanne · anrufen 24.11.2026",
        "/anruf L-2026-0001 vielleicht": "Wie ging es aus? Wähle aus: nicht_erreicht, mailbox, gesprochen, geschrieben",
        "/anruf L-2026-0001 mailbox": "L-2026-0001 · Pankow · kontakt_versucht · Sanne",
        "/spaeter L-2026-0001 01-12-2026": "Nenne einen Tag, zum Beispiel 31.12.2026.",
        "/spaeter L-2026-0001 01.12.2026": "L-2026-0001 · Pankow · kontakt_versucht · Sanne",
        "/fertig L-2026-0001 weitergeleitet": "L-2026-0001 · Pankow · abgeschlossen · Sanne",
    }.items():
        said = chat.hear(AN_ADVISER, Said(typed))
        assert isinstance(said, Heard) and expected in said.message.text, typed
    assert not chat.may_hear(Address("telegram", "12"), Said("/claim L-2026-0001"))


@pytest.mark.slow
@pytest.mark.usefixtures("berlin")
def test_the_commands_speak_a_third_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONTENT_DIR", str(BERLIN))

    def run(*arguments: str, typed: str = "") -> str:
        return CliRunner().invoke(main, ["leads", "--as", "Eva", *arguments], input=typed).output

    assert "Eva ist jetzt verwalterin." in run("list", "--status", "neu")
    assert "Nummer" in run("list", "--status", "Neu")
    assert "'nieuw' is not one of 'neu', 'übernommen'" in run("list", "--status", "nieuw")
    assert "übernommen, nächster Schritt: anrufen am 24.11.2026" in run("claim", "L-2026-0001")
    assert "'morgen' ist kein Datum. Tippe zum Beispiel 20" in run("snooze", "L-2026-0001", "morgen")
    assert "Gelöscht: L-2026-0001." in run("forget", "L-2026-0001", typed="j\n")


@pytest.mark.slow
def test_the_advisers_hear_of_somebody_in_a_third_language(tmp_path: Path) -> None:
    settings = Settings.read({"CONTENT_DIR": str(BERLIN), "STAFF_CHAT": "-100"}, root=tmp_path)
    store, compiled = Store.open(settings), berlin_library()
    bot, anna = Conversations(store, compiled, lambda: NOON), Address("telegram", "7")
    bot.turn(anna, Started(None, "de"))
    lead_of(store)
    bot.turn(Address("telegram", "1"), Started(None, "de"))
    bot.turn(Address("telegram", "1"), Said("/mensch"))
    letters = store.outbox.pending("telegram", NOON.replace(year=2027))
    news = [each.message for each in letters if each.address.user == "-100"]
    assert [(each.text, each.buttons[0].label) for each in news] == [
        ("L-2026-0001 · möchte einen Menschen", "Übernehmen")
    ]
    store.close()


# ------------------------------------------------------------------ without words
def test_staff_read_the_first_language_that_has_words_for_them() -> None:
    country, languages = read_words(ROOT)
    assert of_staff(country, languages).code == "nl"
    assert of_staff(replace(country, languages=("de", "en")), languages).code == "en"
    assert of_staff(replace(country, languages=("de",)), languages).code == "en", "which is not spoken, and is there"
    silent = {code: replace(language, staff=None) for code, language in languages.items()}
    assert of_staff(country, silent) is IN_CODES


def test_an_editor_who_breaks_a_file_of_words_stops_no_adviser(tmp_path: Path) -> None:
    before = Store.open(Settings.read({"CONTENT_DIR": str(ROOT)}, root=tmp_path))
    lead_of(before)
    before.close()
    content = broken(tmp_path / "content", lambda text: text.replace("staff:", "staf:"))
    store = Store.open(Settings.read({"CONTENT_DIR": str(content)}, root=tmp_path))
    sanne = adviser(store, Role.ADMIN)
    sanne.claim("L-2026-0001")
    assert any("claimed" in line for line in overview(sanne.open("L-2026-0001"), Labels(), sanne.locale))
    for profile in WRITERS:
        export(sanne, Order(profile))
    with pytest.raises(DeskError) as refusal:
        sanne.open("L-2026-0009")
    assert say(refusal.value, how_to(CODES), sanne.locale) == "no_lead L-2026-0009"
    assert sanne.forget("L-2026-0001") == ("L-2026-0001",)
    store.close()


# ------------------------------------------------------------------ what an editor may do wrong
def broken(root: Path, change: Callable[[str], str]) -> Path:
    """Content with the Dutch words changed."""
    shutil.copytree(ROOT / "knowledge" / "languages", root / "knowledge" / "languages")
    shutil.copy(ROOT / "knowledge" / "country.yaml", root / "knowledge")
    (root / "flows").mkdir()
    shutil.copy(ROOT / "flows" / "common.yaml", root / "flows")
    file = root / "knowledge" / "languages" / "nl.yaml"
    before = file.read_text("utf-8")
    assert change(before) != before
    file.write_text(change(before), "utf-8")
    return root


@pytest.mark.parametrize(
    ("was", "becomes", "code", "said"),
    [
        ("    tried: contact_gezocht\n", "", "C003", "'tried' is missing"),
        ("    tried: contact_gezocht\n", "    tred: contact_gezocht\n", "C001", "'tred' is not known here"),
        ("tried: contact_gezocht", "tried: contact gezocht", "C001", "'contact gezocht' does not look right here"),
        ("talking: in_gesprek", "talking: Nieuw", "C021", "'new' is called so too"),
        ("{title: Taal,", "{title: Soort,", "C021", "'kind' is called so too"),
        ("release: los", "release: loslaten maar", "C001", "'loslaten maar' does not look right here"),
        ("close: sluit", "close: stop", "C023", "the command 'stop' of staff is one of everyone's"),
        ("Typ in ons privégesprek: {show}", "Typ: {shows}", "C012", "nothing fills in {shows}"),
        ("    empty_note: Een notitie heeft tekst nodig.\n", "", "C003", "'empty_note' is missing"),
        ("  day: dd-mm-yyyy\n", "  day: d-m-yyyy\n", "C001", "'d-m-yyyy' does not look right here"),
    ],
)
def test_a_wrong_word_is_named_with_its_line_and_column(
    tmp_path: Path, was: str, becomes: str, code: str, said: str
) -> None:
    root = broken(tmp_path / "content", lambda text: text.replace(was, becomes))
    (found, *_) = [each for each in problems(root, date(2026, 11, 21)) if each.code == code]
    assert found.message == said
    assert found.at.file == "knowledge/languages/nl.yaml"
    lines = (root / "knowledge" / "languages" / "nl.yaml").read_text("utf-8").splitlines()
    assert found.at.column > 1 and found.at.line > next(n for n, line in enumerate(lines) if line == "staff:")


def test_content_in_which_nobody_has_words_for_staff_is_warned_of(tmp_path: Path) -> None:
    root = broken(tmp_path / "content", lambda text: text[: text.index("staff:")])

    def found() -> list[str]:
        return [str(each).partition("\n")[0] for each in problems(root, date(2026, 11, 21)) if each.code == "C022"]

    assert found() == []
    english = root / "knowledge" / "languages" / "en.yaml"
    text = english.read_text("utf-8")
    english.write_text(text[: text.index("staff:")], "utf-8")
    assert found() == [
        "knowledge/languages/nl.yaml:1:1: warning: no language has words for staff: they read codes [C022]"
    ]


@pytest.mark.parametrize("words", [each for each in SPOKEN_BY_STAFF if each is not CODES])
def test_what_a_sentence_has_to_name_is_in_it(words: StaffWords) -> None:
    """A refusal without the number of the lead, say, is of no use; which command helps is up to who writes it."""
    others = SHIPPED["nl"]
    for sentence in StaffSentence:
        named, ours = placeholders(words.sentences[sentence]), placeholders(others.sentences[sentence])
        assert named == ours, sentence


def test_a_locale_of_the_netherlands_dials_as_there_and_of_germany_as_there() -> None:
    dutch, german = locale_in(), locale_in(BERLIN)
    assert isinstance(german, Locale)
    assert (dutch.phone("+31612345678"), german.phone("+31612345678")) == ("06 12345678", "0031 612345678")
    assert (dutch.phone("+4930901820"), german.phone("+4930901820")) == ("0049 30901820", "030 901820")


def test_advisers_read_words_where_the_button_is_a_yes_or_a_no() -> None:
    labels = Labels.of(real_library().content)
    said = [labels.answer("intake", "employment", "job_seeker"), labels.answer("intake", "benefit", "none")]
    assert said == ["Zoekt werk", "Geen uitkering"]
    bare = [
        label for labels in labels.choices.values() for label in labels.values() if label.startswith(("Ja,", "Nee,"))
    ]
    assert bare == []

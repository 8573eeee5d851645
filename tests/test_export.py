"""Exports: no formula runs, no zero is lost, no name is hurt, nothing new is missed, every file is accounted for."""

import csv
import io
import json
import shutil
import stat
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from libraries import locale_in, real_library
from stores import draft

from bot.errors import BotError
from bot.privacy.erasure import erase
from bot.staff.cells import clean, international, without_formula, without_loss
from bot.staff.desk import Desk
from bot.staff.errors import Refused
from bot.staff.export import PROFILES, Exported, Order, export, preview
from bot.staff.export.columns import columns
from bot.staff.labels import Labels
from bot.staff.workbook import Workbook
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import CloseReason, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.team import Role

DUTCH = locale_in()
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
BLNS = Path(__file__).parents[2] / "shared/corpora/blns.json"

# Names of people, which must come through every export letter for letter.
NAMES = [
    "Zoë de Vries", "van 't Hart", "’s-Gravesande", "'t Hooft", "Đặng Thị Hoà", "O’Neill", "Jan-Willem", "IJsbrand",
    "Ĳsbrand", "Ng", "X", "Null", "Test", "True", "Ørsted", "Şükrü Çelik", "Łukasz", "فاطمة", "נועה", "नेहा", "王小明",
    "👩\u200d🏫 juf", "José María", "Nuñez", "Müller-Lüdenscheidt", "van der Van de Vanderen", "d'Angelo", "Ji-woo",
]  # fmt: skip

# What somebody may type as a name to hurt whoever opens the file; built from code points, so that no editor hides them.
HOSTILE = [
    "=1+1", "+31612345678", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\uff1d1+1", "\uff0b1", "\uff0d1",
    "\uff20A1", ";=1+1", '"=1+1', "'=1+1", "|calc", "%0A=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")',
    "=IMPORTXML(1)", "\x00naam", "\x07bel", "\x1b[31mrood", "\x7f", "\x85", "\ufeffbom", "\u202ednuor\u202c",
    "\u200bnul", "\u2066x\u2069", "a\u0300\u0301\u0302\u0303\u0304\u0305zalgo", "\ud800los", "\ufffe",
    "\U000e0041tag", "x" * 40000,
    "😀" * 2000, 'aan"haling', "<r></r>", "<r><t>x</t></r>", "<r></b></r>", "_x000D_",
    "punt;komma", "nieuwe\r\nregel", "<script>alert(1)</script>", "{{7*7}}", "${x}", "{0}",
    "%s%n", "../../etc/passwd", "Robert'); DROP TABLE leads;--", "0612345678", "00123", "1234567890123456789", "1E5",
]  # fmt: skip


def lead_of(store: Store, user: str = "1", at: datetime = NOON, **changes: object) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=at)
        return file(store, person.id, "telegram", draft(**changes), Where("zorg", "Zwolle"), content="c1", at=at).lead


def desk(store: Store, at: datetime = NOON, role: Role = Role.ADVISER) -> Desk:
    return Desk(store, store.team.add("Sanne", role), lambda: at)


def made(store: Store, profile: str, **order: object) -> Exported:
    return export(desk(store), Order(profile=profile, **order))  # type: ignore[arg-type]


def rows(exported: Exported) -> list[dict[str, str]]:
    encoding, delimiter = {"excel-nl": ("utf-8-sig", ";"), "afas": ("cp1252", ";"), "crm": ("utf-8", ",")}[
        exported.record.profile
    ]
    text = exported.file.read_bytes().decode(encoding)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def sheet(exported: Exported) -> tuple[dict[str, int], list[tuple[openpyxl.cell.Cell, ...]]]:
    book = openpyxl.load_workbook(exported.file)
    lines = list(book["Leads"].iter_rows())
    return {str(cell.value): number for number, cell in enumerate(lines[0])}, lines[1:]


# ------------------------------------------------------------------ cells
@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_as_it_is_in_every_cell(name: str):
    assert clean(name) == name
    assert without_loss(name) == name or name.startswith("'")


@pytest.mark.parametrize("text", HOSTILE)
def test_cleaning_twice_changes_nothing_and_leaves_nothing_that_hides(text: str):
    once = clean(text)
    assert clean(once) == once
    assert not any(ord(letter) < 32 and letter != "\n" for letter in once)
    assert not any(letter in once for letter in "\u202e\u2066\u200b\ufeff\x7f\x85")
    once.encode("utf-8")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\uff1d1", ";=1", '"=1', "'=1", "|x", "%x"])
def test_what_could_be_a_formula_gets_an_apostrophe(text: str):
    assert without_formula(text) == f"'{text}"


def test_digits_that_excel_would_spoil_get_an_apostrophe():
    assert without_loss("0123") == "'0123"
    assert without_loss("1234567890123") == "'1234567890123"
    assert without_loss("3511") == "3511"


@pytest.mark.parametrize(
    ("phone", "here", "anywhere"),
    [
        ("+31612345678", "06 12345678", "0031612345678"),
        ("+31302345678", "030 234 5678", "0031302345678"),
        ("+31348123456", "0348 123 456", "0031348123456"),
        ("+31882345678", "088 234 5678", "0031882345678"),
        ("+32470123456", "0032 470123456", "0032470123456"),
        ("+5978123456", "00597 8123456", "005978123456"),
    ],
)
def test_a_phone_number_keeps_its_zeros_and_has_no_plus(phone: str, here: str, anywhere: str):
    assert DUTCH.phone(phone) == here
    assert international(phone) == anywhere


# ------------------------------------------------------------------ files
def test_a_sheet_shows_what_is_in_it_and_prints_one_page_wide(store: Store):
    lead = lead_of(store, name="Zo\u00eb Wilhelmina de Vries-van der Berg")
    store.leads.note(lead.id, "Sanne", "kort", NOON)
    store.leads.note(lead.id, "Sanne", "verkeerde lead", NOON)
    store.notes.strike(lead.id, 2, "Sanne", NOON)
    leads = openpyxl.load_workbook(made(store, "xlsx").file)["Leads"]
    spans = [(each.min, each.max, each.width) for each in leads.column_dimensions.values()]
    width = {
        str(cell.value): next(wide for first, last, wide in spans if first <= cell.column <= last) for cell in leads[1]
    }
    assert width["Veranderd"] >= len("20-11-2026 12:00")
    assert width["Naam"] >= len(lead.name)
    assert width["Taal"] < width["Naam"] <= 41
    # One page wide is what Excel goes by when nothing is said; as many long as it takes.
    assert (leads.page_setup.orientation, leads.page_setup.fitToHeight) == ("landscape", 0)
    assert leads.sheet_properties.pageSetUpPr.fitToPage and leads.print_title_rows == "$1:$1"
    assert "verkeerde lead" not in str([cell.value for cell in leads[2]])


def test_xlsx_has_text_as_text_dates_as_dates_and_a_sheet_that_explains(store: Store):
    lead = lead_of(store)
    columns, (row,) = sheet(made(store, "xlsx", labels=Labels(questions={"age": "Leeftijd"}), retired=False))
    assert row[columns["Nummer"]].value == lead.reference
    assert row[columns["Telefoon"]].value == "06 12345678"
    assert row[columns["Telefoon"]].data_type == "s"
    assert row[columns["Binnengekomen"]].value == datetime(2026, 11, 20, 12)  # on a Dutch clock
    assert row[columns["Op"]].value == datetime(2026, 11, 24)
    assert row[columns["Leeftijd"]].value == 34
    assert row[columns["Opleidingen"]].value == "mbo-zorg (past): Past bij je wens."
    book = openpyxl.load_workbook(made(store, "xlsx").file)
    assert book["Leads"].freeze_panes == "B2"
    explained = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert explained["Gemaakt door"] == "Sanne"
    assert explained["Nummer"] == DUTCH.words.columns["external_id"].meaning


def test_excel_nl_opens_with_a_double_click_in_the_netherlands(store: Store):
    lead_of(store, name='Zoë; "x"')
    exported = made(store, "excel-nl")
    raw = exported.file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b'"Zo\xc3\xab; ""x"""' in raw
    assert raw.endswith(b"\r\n")
    (row,) = rows(exported)
    assert row["Naam"] == 'Zoë; "x"'
    assert (row["Telefoon"], row["Binnengekomen"], row["Compleet"]) == ("06 12345678", "20-11-2026 12:00", "ja")


def test_crm_has_english_names_iso_dates_and_whole_numbers(store: Store):
    lead_of(store)
    (row,) = rows(made(store, "crm"))
    assert next(iter(row)) == "external_id"
    assert (row["phone"], row["created_at"], row["complete"]) == ("0031612345678", "2026-11-20T11:00:00Z", "true")
    assert row["answer_schedule"] == "evening, weekend"
    assert (row["action"], row["kind"], row["sector"]) == ("nieuw", "intake", "zorg")


def test_afas_says_what_its_alphabet_cannot_hold(store: Store):
    lead = lead_of(store, name="Đặng")
    exported = made(store, "afas")
    (row,) = rows(exported)
    assert row["Naam"] == "??ng"
    assert exported.warnings == [f"{lead.reference}, Naam: niet te schrijven: U+0110 U+1EB7"]


def test_jsonl_is_the_whole_lead_on_a_line(store: Store):
    lead = lead_of(store)
    desk(store).note(lead.reference, "Belt terug")
    (line,) = made(store, "jsonl").file.read_text("utf-8").splitlines()
    whole = json.loads(line)
    assert whole["schema"] == 1
    assert whole["contact"]["phone"] == "+31612345678"
    assert whole["answers"]["age"]["said"] == "vierendertig"
    assert [event["kind"] for event in whole["events"]] == ["filed", "noted"]
    assert whole["notes"][0]["text"] == "Belt terug"
    assert whole["created_at"] == "2026-11-20T11:00:00Z"


def test_a_calendar_has_numbers_and_no_names(store: Store):
    lead = lead_of(store)
    desk(store).claim(lead.reference)
    desk(store).snooze(lead.reference, date(2026, 12, 1), "bel Zoë de Vries 0612345678")
    text = made(store, "ics").file.read_bytes().decode("utf-8")
    assert "SUMMARY:L-2026-0001\r\n" in text
    assert "DTSTART;VALUE=DATE:20261201\r\n" in text
    assert not any(secret in text for secret in ("bel", "Zo", "612345678", "zorg", "Zwolle"))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert lead.reference in text


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
def test_hostile_and_honest_names_come_through_every_export(sqlite_store: Store, profile: str):
    with sqlite_store.transaction():
        for number, name in enumerate([*NAMES, *HOSTILE]):
            lead_of(sqlite_store, str(number), name=name,
                    phone=f"+316{number:08}", source=None)  # fmt: skip
    exported = made(sqlite_store, profile)
    assert exported.record.rows == len(NAMES) + len(HOSTILE)
    if profile == "xlsx":
        columns, lines = sheet(exported)
        names = [row[columns["Naam"]] for row in lines]
        assert [cell.value for cell in names[: len(NAMES)]] == NAMES
        assert {"<r></r>", "<r><t>x</t></r>", "<r></b></r>"} <= {str(cell.value).rstrip() for cell in names}
        assert all(cell.data_type != "f" for row in lines for cell in row)
    if profile in ("excel-nl", "crm"):
        found = [row["Naam" if profile == "excel-nl" else "name"] for row in rows(exported)]
        assert [name.removeprefix("'") for name in found[: len(NAMES)]] == [name.removeprefix("'") for name in NAMES]
        assert not any(name.lstrip(" ;\"'|%")[:1] in tuple("=+-@") and name[0] != "'" for name in found if name)


@pytest.mark.slow
@pytest.mark.skipif(not BLNS.exists(), reason="the Big List of Naughty Strings is not beside the repository")
@pytest.mark.parametrize("profile", PROFILES)
def test_the_big_list_of_naughty_strings_breaks_no_export(sqlite_store: Store, profile: str):
    naughty = json.loads(BLNS.read_text("utf-8"))[::3]
    with sqlite_store.transaction():
        for number, name in enumerate(naughty):
            lead_of(sqlite_store, str(number), name=name, phone=f"+316{number:08}", said={"age": name})
    exported = made(sqlite_store, profile)
    assert exported.record.rows == len(naughty)
    if profile == "xlsx":
        assert all(cell.data_type != "f" for row in sheet(exported)[1] for cell in row)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("profile", ["xlsx", "excel-nl", "crm", "afas"])
def test_libreoffice_finds_no_formula_and_loses_no_zero(sqlite_store: Store, tmp_path: Path, profile: str):
    with sqlite_store.transaction():
        for number, name in enumerate([*NAMES, *(text for text in HOSTILE if len(text) < 1000)]):
            phone = "+31612345678" if number == 0 else f"+316{number:08}"
            lead_of(sqlite_store, str(number), name=name, phone=phone)
    source = made(sqlite_store, profile).file
    options = {"excel-nl": "59,34,76,1", "crm": "44,34,76,1", "afas": "59,34,1,1"}
    read = [f"--infilter=CSV:{options[profile]}"] if profile in options else []
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    command = ["soffice", home, "--headless", *read, "--convert-to", "fods", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    opened = (tmp_path / f"{source.stem}.fods").read_text("utf-8")
    assert "table:formula=" not in opened
    if profile != "crm":  # a CRM reads digits as text; a spreadsheet that opens its file does not
        assert "<text:p>06 12345678</text:p>" in opened


def test_a_note_that_is_too_long_for_excel_is_cut_and_says_so(store: Store):
    lead = lead_of(store)
    desk(store).note(lead.reference, "x" * 40_000)
    exported = made(store, "xlsx")
    columns, (row,) = sheet(exported)
    assert row[columns["Notities"]].value.endswith("[afgekapt]")
    assert len(row[columns["Notities"]].value) == 32_767
    assert exported.warnings == [f"{lead.reference}, Notities: te lang voor Excel, afgekapt"]


# ------------------------------------------------------------------ words for people
LABELS = Labels(
    flows={"intake": "Een overstap"},
    questions={"dutch": "Nederlands", "schedule": "Wanneer", "from_day": "Vanaf"},
    choices={
        ("intake", "dutch"): {"b1": "Redelijk (B1)"},
        ("intake", "schedule"): {"evening": "Avond", "weekend": "Weekend"},
    },
    dates=frozenset({"from_day"}),
    sectors={"zorg": "zorg en welzijn"},
    subsidies={"lllk": "Levenlanglerenkrediet"},
)
MONEY = {"programmes": [], "subsidies": [{"id": "lllk", "status": "maybe"}, {"id": "new", "status": "eligible"}]}


@pytest.mark.parametrize("profile", ["excel-nl", "afas"])
def test_people_read_names_and_labels(store: Store, profile: str):
    facts = {"dutch": "b1", "schedule": frozenset({"evening", "weekend"}), "from_day": "2026-12-01"}
    lead_of(store, facts=facts, said={}, advice=MONEY, language="en", complete=False, reached="dutch")
    (row,) = rows(made(store, profile, labels=LABELS))
    assert (row["Soort"], row["Sector"], row["Taal"]) == ("Een overstap", "zorg en welzijn", "Engels")
    assert (row["Nederlands"], row["Wanneer"], row["Vanaf"]) == ("Redelijk (B1)", "Avond, Weekend", "01-12-2026")
    assert row["Gestopt bij"] == "Nederlands"
    assert row["Regelingen"].split("\n" if profile == "excel-nl" else " / ") == [
        "Levenlanglerenkrediet (misschien)",
        "new (lijkt te voldoen)",
    ]


def test_programs_read_codes(store: Store):
    lead_of(store, advice=MONEY, complete=False, reached="dutch")
    (row,) = rows(made(store, "crm", labels=LABELS))
    assert (row["kind"], row["sector"], row["language"]) == ("intake", "zorg", "nl")
    assert (row["answer_dutch"], row["reached"], row["subsidies"]) == ("b1", "dutch", "lllk, new")


def test_a_day_that_somebody_names_is_a_date_in_a_sheet_and_other_words_stay(store: Store):
    lead_of(store, facts={"from_day": "2026-12-01"}, said={})
    lead_of(store, "2", facts={"from_day": "na de zomer"}, said={}, phone="+31600000002")
    columns, (first, second) = sheet(made(store, "xlsx", labels=LABELS))
    assert first[columns["Vanaf"]].value == datetime(2026, 12, 1)
    assert second[columns["Vanaf"]].value == "na de zomer"


def test_an_old_code_stays_when_its_flow_has_no_word_for_it(store: Store):
    lead_of(store, facts={"dutch": "c9"}, said={}, flow="gone")
    (row,) = rows(made(store, "excel-nl", labels=LABELS))
    assert (row["Soort"], row["Nederlands"]) == ("gone", "c9")


def test_every_column_of_the_real_questions_has_a_title_of_its_own():
    labels = Labels.of(real_library().content)
    titles = [each.title for each in columns(sorted(labels.questions), labels, DUTCH, retired=True, people=True)]
    assert len(titles) == len({title.casefold() for title in titles})
    assert len(titles) == len(columns([], labels, DUTCH, retired=True, people=True)) + len(labels.questions)
    assert "Sector" in titles


def test_the_real_flows_give_their_words():
    labels = Labels.of(real_library().content)
    assert labels.answer("intake", "education", "mbo4") == "Mbo niveau 4"
    assert labels.answer("intake", "age", 34) == 34
    assert labels.flows["employer"] == "Voor werkgevers"


def test_reasons_read_as_sentences(store: Store):
    two = [{"text": "Dit hoort bij ICT."}, {"text": "Het is dichtbij."}]
    lead_of(store, advice={"programmes": [{"id": "x", "verdict": "maybe", "reasons": two}]})
    (row,) = rows(made(store, "excel-nl"))
    assert row["Opleidingen"] == "x (past misschien): Dit hoort bij ICT. Het is dichtbij."


# ------------------------------------------------------------------ new since the last time
def test_what_came_in_after_the_last_export_is_new_and_the_rest_may_be_there_already(store: Store):
    first = lead_of(store, "1")
    export(desk(store), Order("crm", since_last=True))
    later = NOON + timedelta(hours=1)
    second = lead_of(store, "2", at=later, phone="+31600000002")
    desk(store, later).note(first.reference, "Nieuw")
    exported = export(desk(store, later), Order("crm", since_last=True))
    assert {row["external_id"]: row["action"] for row in rows(exported)} == {
        first.reference: "bijwerken",
        second.reference: "nieuw",
    }
    assert preview(desk(store, later), Order("crm", since_last=True)).previous == later


def test_since_last_gives_what_changed_whatever_the_clock_says(store: Store):
    first, second = lead_of(store, "1"), lead_of(store, "2", phone="+31600000002")
    sanne = desk(store)
    assert export(sanne, Order("crm", since_last=True)).record.rows == 2
    an_hour_back = desk(store, NOON - timedelta(hours=1))
    an_hour_back.note(second.reference, "Nieuw")
    exported = export(sanne, Order("crm", since_last=True))
    assert [row["external_id"] for row in rows(exported)] == [second.reference]
    assert export(sanne, Order("crm", since_last=True)).record.rows == 0
    assert export(sanne, Order("crm")).record.rows == 2
    assert first.reference < second.reference


def test_another_profile_filter_or_colleague_has_its_own_last_time(store: Store):
    lead_of(store)
    assert made(store, "crm", since_last=True).record.rows == 1
    assert made(store, "jsonl", since_last=True).record.rows == 1
    assert made(store, "crm", since_last=True, which=Filter(status=(Status.NEW,))).record.rows == 1
    piet = Desk(store, store.team.add("Piet", Role.ADVISER), lambda: NOON)
    assert export(piet, Order("crm", since_last=True)).record.rows == 1


def test_the_code_that_an_export_is_narrowed_by_is_recognised_and_not_kept_in_clear(store: Store):
    lead_of(store, source="anna")
    anna = Filter(source="anna")
    assert [made(store, "crm", since_last=True, which=anna).record.rows for _ in range(2)] == [1, 0]
    assert made(store, "crm", since_last=True, which=Filter(source="x")).record.rows == 0
    assert "anna" not in repr(store.exports.all())


def test_who_was_erased_or_withdrew_is_named_once_as_such(store: Store):
    erased, withdrew = lead_of(store, "1"), lead_of(store, "2", phone="+31600000002")
    assert made(store, "crm", since_last=True).record.rows == 2
    erase(store, Address("telegram", "1"), NOON)
    store.leads.erase(withdrew.id, CloseReason.WITHDRAWN, NOON, "person")
    exported = made(store, "crm", since_last=True)
    assert {(row["external_id"], row["action"], row["name"]) for row in rows(exported)} == {
        (erased.reference, "verwijderen", ""),
        (withdrew.reference, "verwijderen", ""),
    }
    assert made(store, "crm").record.rows == 0


def test_columns_stay_where_they_are_when_questions_come_and_go(store: Store):
    lead_of(store, "1", facts={"age": 34, "budget": 100}, said={})
    before = list(rows(made(store, "crm"))[0])
    lead_of(store, "2", facts={"age": 20, "pets": "cat"}, said={}, phone="+31600000002")
    after = list(rows(made(store, "crm"))[0])
    assert before[:-1] == after[: len(before) - 1]
    assert after[-2:] == ["answer_pets", "notes"]
    now_asked = Labels(questions={"age": "Leeftijd", "pets": "Huisdier"})
    assert "answer_budget" not in rows(made(store, "crm", labels=now_asked, retired=False))[0]
    assert "answer_budget" in rows(made(store, "crm", labels=now_asked))[0]


# ------------------------------------------------------------------ accounted for
def test_an_export_is_for_its_owner_only_and_written_down(store: Store):
    lead_of(store)
    exported = made(store, "xlsx", reason="weekoverzicht", which=Filter(kind=("intake",)))
    assert stat.S_IMODE(exported.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(exported.file.parent.stat().st_mode) == 0o700
    (record,) = store.exports.all()
    assert (record.staff, record.reason, record.rows, record.filter) == (
        "Sanne",
        "weekoverzicht",
        1,
        {"kind": ["intake"]},
    )
    assert record.expires_at == NOON + timedelta(days=7)
    entry = store.audit.entries(1)[0]
    assert (entry.action, entry.object, entry.detail["sha256"]) == ("export", record.file, record.sha256)
    assert list(exported.file.parent.iterdir()) == [exported.file]


def test_a_reader_makes_no_export_and_sees_no_preview(store: Store):
    reader = desk(store, role=Role.READER)
    for make in (export, preview):
        with pytest.raises(Refused):
            make(reader, Order())
    assert not store.settings.exports_folder.exists()


def test_a_preview_makes_no_file_and_moves_no_cursor(store: Store):
    lead_of(store)
    seen = preview(desk(store), Order(since_last=True))
    assert seen.count == 1
    assert seen.rows[0][0] == "L-2026-0001"
    assert store.exports.all() == []


@pytest.mark.parametrize("profile", PROFILES)
def test_an_export_that_is_stopped_leaves_no_file(sqlite_store: Store, profile: str):
    lead_of(sqlite_store)

    def stop(*_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(desk(sqlite_store), Order(profile), stop)
    assert list(sqlite_store.settings.exports_folder.iterdir()) == []


@pytest.mark.parametrize("place", ["nowhere/leads.xlsx", "folder"])
def test_what_keeps_a_workbook_from_being_written_is_said_once_and_in_words(tmp_path: Path, place: str):
    (tmp_path / "folder").mkdir()
    with pytest.raises(BotError, match=r"^Het bestand is niet gemaakt: (No such file|Is a directory)"):
        book = Workbook(tmp_path / place, ["Naam"], DUTCH)
        try:
            book.add(["Zoë"])
        finally:
            book.close([])  # a folder is noticed when the file is put together
    if place == "folder":
        book.close([])


def test_a_workbook_keeps_the_order_of_many_rows(tmp_path: Path):
    book = Workbook(tmp_path / "many.xlsx", ["Nummer"], DUTCH)
    for number in range(1234):
        book.add([number])
    book.close([("Aantal leads", "1234")])
    opened = openpyxl.load_workbook(tmp_path / "many.xlsx", read_only=True)
    assert [row[0] for row in opened["Leads"].iter_rows(values_only=True)] == ["Nummer", *range(1234)]
    assert list(opened["Toelichting"].iter_rows(values_only=True)) == [("Aantal leads", "1234")]


def test_an_exports_folder_that_points_elsewhere_is_refused(store: Store, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    store.settings.data_folder.mkdir(exist_ok=True)
    store.settings.exports_folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BotError, match="link"):
        made(store, "crm")


def test_a_file_holds_one_moment_and_what_comes_in_meanwhile_is_new_next_time(store: Store):
    first = lead_of(store)
    adviser = desk(store)
    meanwhile: list[Lead] = []

    def clock() -> datetime:  # is looked at when the export has begun
        if not meanwhile:
            meanwhile.append(lead_of(store, "2", at=NOON + timedelta(seconds=1), phone="+31600000002"))
            store.leads.note(first.id, "Sanne", "kwam tussendoor", NOON)
        return NOON

    order = Order("crm", since_last=True)
    whole, rest = (rows(export(Desk(store, adviser.who, clock), order)) for _ in range(2))
    assert [(row["external_id"], row["notes"]) for row in whole] == [(first.reference, "")]
    assert [(row["external_id"], row["action"], "kwam tussendoor" in row["notes"]) for row in rest] == [
        (first.reference, "bijwerken", True),
        (meanwhile[0].reference, "nieuw", False),
    ]


@pytest.mark.slow
def test_who_erases_everything_during_an_export_is_in_no_file(store: Store):
    lead_of(store)

    def meanwhile(*_: int) -> None:
        erase(store, Address("telegram", "1"), NOON)

    with pytest.raises(BotError, match="zijn gegevens gewist"):
        export(desk(store), Order("crm"), meanwhile)
    assert not list(store.settings.exports_folder.iterdir())
    assert store.exports.all() == []


def test_progress_is_heard_and_every_lead_is_counted(store: Store):
    with store.transaction():
        for number in range(7):
            lead_of(store, str(number), phone=f"+316{number:08}")
    heard: list[tuple[int, int]] = []
    export(desk(store), Order("crm"), lambda done, total: heard.append((done, total)))
    assert heard == [(7, 7)]

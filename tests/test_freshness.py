"""What has to be verified: page by page, spread over the year, and never an error because a day passed."""

import json
import shutil
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import BERLIN, CONTENT, ROOT, real_knowledge, real_library
from prometheus_client import generate_latest

from bot.authoring.check import problems
from bot.authoring.confirming import Confirmation, confirm, confirm_page
from bot.authoring.freshness import by_page, checks, due, spread
from bot.authoring.sources.findings import Finding, Findings
from bot.authoring.sources.record import PageState
from bot.cli import main
from bot.cli.freshness_figures import FreshnessFigures
from bot.content.problems import BrokenContent, Severity
from bot.conversations import Conversations
from bot.errors import BotError
from bot.operations.nightly_look import NightlyLook
from bot.settings import Settings
from bot.store import Store

CHECKED = date(2026, 11, 21)


@pytest.mark.slow
def test_nothing_is_an_error_because_a_day_passed() -> None:
    found = problems(ROOT, date(2028, 6, 1))
    assert [str(one) for one in found if one.severity is Severity.ERROR] == []


# ------------------------------------------------------------ the year
@pytest.mark.parametrize("term", [30, 90, 180, 365])
def test_what_was_checked_on_one_day_is_due_on_many_and_never_after_its_term(term: int) -> None:
    days = [spread(f"item-{i}", CHECKED, timedelta(days=term)) for i in range(1000)]
    assert all(CHECKED + timedelta(days=term // 4) < day <= CHECKED + timedelta(days=term) for day in days)
    weeks = Counter((day - CHECKED).days // 7 for day in days)
    assert max(weeks.values()) < 1000 / (term / 7) * 3


@pytest.mark.parametrize("late", [0, 3, 20])
def test_whoever_checks_on_the_day_looks_again_after_a_whole_term(late: int) -> None:
    term = timedelta(days=90)
    first = spread("evc", CHECKED, term)
    assert spread("evc", first + timedelta(days=late), term) == first + term


def test_all_facts_of_an_item_with_one_term_come_together() -> None:
    days = {
        check.due for check in checks(real_knowledge(), {}) if check.item == "evc" and check.term == timedelta(days=180)
    }
    assert len(days) == 1


# ------------------------------------------------------------ by page
def test_one_page_is_one_piece_of_work_and_what_people_see_most_comes_first() -> None:
    found = due(real_knowledge(), date(2027, 12, 1), {"evc": 40, "wia": 3})
    pages = by_page(found)
    assert sum(len(page.checks) for page in pages) == len(found) > 2 * len(pages)
    shown = [page.shown for page in pages if not page.is_urgent]
    assert shown == sorted(shown, reverse=True)
    assert len({page.source for page in pages}) == len(pages)


def test_what_a_page_still_proves_is_nobodys_work_and_what_changed_comes_first() -> None:
    knowledge, on = real_knowledge(), CHECKED + timedelta(days=365)
    every = list(checks(knowledge, {}))
    changed = every[7]
    seen = {(one.item, one.field, one.source): on for one in every}
    found = {(changed.item, changed.field, changed.source): Finding(PageState.CHANGED, on)}
    work = due(knowledge, on, {}, Findings(seen, found, {}, None))
    assert [(one.item, one.field) for one in work] == [(changed.item, changed.field)]
    told = due(knowledge, CHECKED + timedelta(days=1), {}, Findings({}, found, {}, None))
    assert told[0].finding is not None and told[0].item == changed.item


# ------------------------------------------------------------ confirming
ITEM = """\
- id: evc   # a comment
  status: open
  rules:
    - {id: r, if: {age: {at_least: 18}}, kind: hard, because: {nl: Oud., en: Old.}, change: null, source: https://x.nl/a}
  facts:
    amount:
      value: {nl: "€ 600",   en: "€600"}
      source: https://x.nl/a   # where it stood
      date: null
      checked: "2026-01-01"
    cost_eur: {value: 600, source: https://x.nl/a, date: "2025", checked: "2026-01-01"}
    apply:
      value: {nl: bellen, en: call}
      source: https://x.nl/b
      date: "2025"
      checked: "2026-01-01"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "knowledge" / "subsidies").mkdir(parents=True)
    shutil.copy(ROOT / "knowledge" / "country.yaml", tmp_path / "knowledge")
    (tmp_path / "knowledge" / "subsidies" / "money.yaml").write_text(ITEM, encoding="utf-8")
    return tmp_path


def text(root: Path) -> str:
    return (root / "knowledge" / "subsidies" / "money.yaml").read_bytes().decode()


def test_a_page_is_confirmed_at_once_and_nothing_else_changes(root: Path) -> None:
    places = confirm_page(root, "https://x.nl/a", Confirmation(CHECKED))
    assert len(places) == 2
    assert text(root) == ITEM.replace('"2026-01-01"', '"2026-11-21"', 2)


def test_a_page_that_moved_is_written_everywhere_with_the_rules(root: Path) -> None:
    confirm_page(root, "https://x.nl/a", Confirmation(CHECKED, "https://x.nl/new"))
    assert text(root) == ITEM.replace('"2026-01-01"', '"2026-11-21"', 2).replace("https://x.nl/a", "https://x.nl/new")


def test_a_new_value_and_its_quote_stand_where_the_old_stood(root: Path) -> None:
    new = Confirmation(CHECKED, quote='vanaf € 650 "alles in"', value={"nl": "€ 650", "en": "€650"})
    confirm(root, "evc", ["amount"], new)
    confirm(root, "evc", ["cost_eur"], Confirmation(CHECKED, value="650"))
    expected = ITEM.replace('{nl: "€ 600",   en: "€600"}', '{nl: "€ 650", en: "€650"}').replace(
        "value: 600", "value: 650"
    )
    expected = expected.replace("      date: null", '      quote: "vanaf € 650 \\"alles in\\""\n      date: null')
    assert text(root) == expected.replace('"2026-01-01"', '"2026-11-21"', 2)


def test_windows_line_ends_and_a_mark_at_the_begin_stay(root: Path) -> None:
    file = root / "knowledge" / "subsidies" / "money.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + ITEM.replace("\n", "\r\n").encode())
    confirm(root, "evc", ["apply"], Confirmation(CHECKED))
    expected = ITEM[::-1].replace('"2026-01-01"'[::-1], '"2026-11-21"'[::-1], 1)[::-1]
    assert file.read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "wrong",
    [Confirmation(CHECKED, dated="juni 2026"), Confirmation(CHECKED, quote="x" * 300), Confirmation(CHECKED, "x.nl")],
)
def test_what_cannot_be_read_is_not_written(root: Path, wrong: Confirmation) -> None:
    with pytest.raises(BrokenContent, match=r"money\.yaml"):
        confirm(root, "evc", ["amount"], wrong)
    assert text(root) == ITEM


def test_a_value_for_several_facts_or_of_another_kind_is_refused(root: Path) -> None:
    with pytest.raises(BotError, match="belongs to one fact"):
        confirm(root, "evc", [], Confirmation(CHECKED, value="3"))
    with pytest.raises(BotError, match="--value nl="):
        confirm(root, "evc", ["amount"], Confirmation(CHECKED, value="3"))
    with pytest.raises(BotError, match=r"Nothing was read on https://y\.nl"):
        confirm_page(root, "https://y.nl", Confirmation(CHECKED))


# ------------------------------------------------------------ the commands
def overstap(*words: object, home: Path) -> Result:
    env = {"OVERSTAP_HOME": str(ROOT), "DATA_DIR": str(home / "data"), "DATABASE_URL": ""}
    return CliRunner().invoke(main, [str(word) for word in words], env=env)


@pytest.mark.slow
@pytest.mark.usefixtures("library_at_hand")
def test_due_says_what_to_do_with_each_page_and_is_no_error(tmp_path: Path) -> None:
    done = overstap("knowledge", "due", "--on", "2027-12-01", "--limit", "2", home=tmp_path)
    assert done.exit_code == 0, done.output
    assert "then: overstap knowledge confirm --page https://" in done.output
    assert "No page was looked at yet." in done.output and "Nobody was counted on this machine" in done.output
    pages = [
        json.loads(line)
        for line in overstap("knowledge", "due", "--on", "2027-12-01", "--json", home=tmp_path).output.splitlines()
    ]
    assert len(pages) > 100 and {"page", "due", "shown", "checks"} == pages[0].keys()


def test_a_day_that_has_not_come_is_refused(tmp_path: Path) -> None:
    done = overstap("knowledge", "confirm", "evc", "--on", "2062-01-01", home=tmp_path)
    assert done.exit_code == 1 and "has not come yet" in done.output
    assert overstap("knowledge", "confirm", home=tmp_path).exit_code == 2


@pytest.mark.usefixtures("library_at_hand")
def test_an_item_that_is_not_there_is_not_looked_at(tmp_path: Path) -> None:
    done = overstap("knowledge", "look", "evcc", home=tmp_path)
    assert done.exit_code == 1 and "Did you mean 'evc'?" in done.output


# ------------------------------------------------------------ every night
def at(hour: int, day: int = 27) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_one_of_several_processes_begins_the_look_once_a_night(tmp_path: Path) -> None:
    settings = Settings.read({**CONTENT, "DATA_DIR": str(tmp_path / "var"), "LOOK_AT": "02:30"}, root=tmp_path)
    with closing(Store.open(settings)) as store:
        first, second = NightlyLook(store), NightlyLook(store)
        assert first.is_time(at(0, 26)), "the last one was never"
        assert [one.is_time(at(1, 26)) for one in (first, second)] == [False, False]
        assert [one.is_time(at(3, 26)) for one in (second, first)] == [True, False]
        assert first.is_time(at(3, 27))
        assert not NightlyLook(store).is_time(at(4, 27))


def test_without_the_setting_nothing_is_looked_at(tmp_path: Path) -> None:
    settings = Settings.read({**CONTENT, "DATA_DIR": str(tmp_path / "var")}, root=tmp_path)
    with closing(Store.open(settings)) as store:
        assert not NightlyLook(store).is_time(at(3))


def test_the_figures_tell_how_fresh_the_knowledge_is(tmp_path: Path) -> None:
    settings = Settings.read({**CONTENT, "DATA_DIR": str(tmp_path / "var")}, root=tmp_path)
    with closing(Store.open(settings)) as store:
        FreshnessFigures(Conversations(store, real_library(), lambda: datetime(2027, 12, 1, tzinfo=UTC))).publish()
        text = generate_latest().decode()
    told = dict(line.rsplit(" ", 1) for line in text.splitlines() if line.startswith("overstap_"))
    assert float(told["overstap_knowledge_due_pages"]) > 100 and float(told["overstap_knowledge_changed_pages"]) == 0
    assert told['overstap_source_pages{state="gone"}'] == "0.0" and told["overstap_source_age_seconds"] == "NaN"


@pytest.mark.parametrize("dated", ["juni 2026", "2026-13", "2026-11-31", "2027", "2026-12", "2026-11-28", ""])
def test_a_day_of_a_page_that_cannot_be_is_refused_and_nothing_is_written(dated: str, tmp_path: Path) -> None:
    shutil.copytree(BERLIN / "knowledge", tmp_path / "knowledge")
    file = tmp_path / "knowledge" / "programmes.yaml"
    before = file.read_bytes()
    with pytest.raises(BotError):
        confirm(tmp_path, "pflegeschule-neukoelln", ["status"], Confirmation(date(2026, 11, 27), dated=dated))
    assert file.read_bytes() == before


@pytest.mark.slow
def test_something_new_can_be_begun_while_another_begin_is_not_filled_and_each_todo_is_named(tmp_path: Path) -> None:
    for kind in ("flows", "knowledge"):
        shutil.copytree(ROOT / kind, tmp_path / kind)
    begun = (
        ("route", "route-later", "zorg", "routes/zorg.yaml"),  # leads to no work yet, which is an error
        ("programme", "later", "zorg", "programmes/zorg.yaml"),
        ("subsidy", "later-money", "national", "subsidies/national.yaml"),
        ("question", "q-later", "money", "faq/money.yaml"),
    )
    for kind, item, file, _ in begun:
        where = ("--name", "Iets nieuws", "--in", file, "--source", "https://example.org/", "--root", tmp_path)
        done = overstap("knowledge", "new", kind, item, *where, home=tmp_path)
        assert done.exit_code == 0, done.output
    found = {
        (one.at.file, one.at.line) for one in problems(tmp_path, date(2026, 11, 27)) if one.code in ("T009", "C001")
    }
    for _, _, _, file in begun:
        lines = (tmp_path / "knowledge" / file).read_text(encoding="utf-8").splitlines()
        left = {number for number, line in enumerate(lines, start=1) if "TODO" in line}
        assert {line for at, line in found if at == f"knowledge/{file}"} >= left, file

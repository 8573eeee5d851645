"""Whatever has a source is looked at: no page on which something of ours stands is left out."""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from libraries import ROOT, real_knowledge
from sites import running

from bot.authoring.confirming import Confirmation, confirm_page
from bot.authoring.freshness import by_page, due
from bot.authoring.sourced import HELP, LINK, sourced
from bot.authoring.sources.canonical import Canonical
from bot.authoring.sources.fetching import Fetcher, Politeness
from bot.authoring.sources.findings import Finding, Findings, findings
from bot.authoring.sources.looking import by_page as pages_of
from bot.authoring.sources.looking import look
from bot.authoring.sources.record import PageState, Record
from bot.authoring.sources.statements import Statement, statements
from bot.content.files import content_files
from bot.content.knowledge_schema import FORMATS
from bot.content.reader import Reader
from bot.errors import BotError

ADDRESSES = ("source", "legal_source", "url", "website", "adults_page")
TODAY = date(2026, 11, 27)


def written(node: Any) -> Iterator[str]:
    """Every address of a page in a file, but those of what has ended."""
    if isinstance(node, dict):
        if node.get("status") == "ended" and "id" in node:
            return
        yield from (node[key] for key in ADDRESSES if isinstance(node.get(key), str) and node[key].startswith("http"))
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from written(child)


FILES = [path for path in content_files(ROOT) if path.suffix == ".yaml" and path.parent.name != "messages"]


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_source_and_link_in_the_content_is_looked_at(file: Path) -> None:
    looked_at = {one.url for one in statements(real_knowledge())}
    stands_there = set(written(yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)))
    assert stands_there - looked_at == set()


def test_the_test_above_reads_files_that_have_sources() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in FILES}
    assert {"knowledge/care.yaml", "knowledge/schools.yaml", "flows/common.yaml"} <= names
    assert set(
        written([{"id": "a", "rules": [{"source": "https://x.nl"}]}, {"id": "b", "status": "ended", "url": "http://y"}])
    ) == {"https://x.nl"}


def test_nothing_is_told_apart_by_less_than_item_field_and_page() -> None:
    keys = [(one.item, one.field, one.source) for one in sourced(real_knowledge())]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


# ------------------------------------------------------------ who cries out
def test_who_helps_is_looked_at_before_anything_else() -> None:
    first, *rest = statements(real_knowledge())
    assert first.is_urgent and first.quote == "113"
    urgent = [one for one in (first, *rest) if one.is_urgent]
    said = {number for care in real_knowledge().care.values() for line in care.contacts for number in line.says}
    assert said and {one.quote for one in urgent if one.quote} == said, "every number and address, as the texts say it"


def test_what_is_due_for_who_cries_out_comes_first() -> None:
    on = TODAY + timedelta(days=400)
    listed = by_page(due(real_knowledge(), on, {"evc": 1000}))
    help_pages = {one.source for one in sourced(real_knowledge()) if one.kind == HELP}
    assert {page.source for page in listed[: len(help_pages)]} == help_pages


async def test_a_number_that_its_page_no_longer_says_is_work_the_next_morning(tmp_path: Path) -> None:
    async with running() as site:
        site.pages["/help"] = "<p>Bel gratis 0800 - 0113, dag en nacht.</p>"
        one = Statement("care-despair", "help 0800-0113", site.url("/help"), TODAY, "0800-0113", is_urgent=True)
        file = tmp_path / "seen.db"
        for number, page in enumerate([site.pages["/help"], "<p>Bel gratis 0800-0199, dag en nacht.</p>"]):
            site.pages["/help"] = page
            night = datetime(2026, 11, 28 + number, 2, tzinfo=UTC)
            record, canonical = Record(file), Canonical({}, ())
            async with Fetcher("test", Politeness(pause=0), private=True) as fetcher:
                await look(pages_of([one]), [one.url], record, fetcher, canonical, lambda at=night: at, lambda *_: None)
            record.close()
            told = findings(file, [one])
            if not number:
                assert told.seen and not told.found, "however the page writes it"
        (finding,) = told.found.values()
        assert finding.missing == ("0800-0113",) and "0800-0199" in finding.new[0]


# ------------------------------------------------------------ what has no day of its own
def test_what_has_no_day_comes_up_when_its_page_is_gone_and_only_then() -> None:
    knowledge = real_knowledge()
    school = next(one for one in sourced(knowledge) if one.field == "school")
    key = school.item, school.field, school.source
    assert school.checked is None
    assert not [one for one in due(knowledge, TODAY + timedelta(days=9999), {}) if one.field == "school"]
    told = Findings({}, {key: Finding(PageState.GONE, TODAY)}, {}, None)
    (work,) = [one for one in due(knowledge, TODAY, {}, told) if one.field == "school"]
    assert (work.item, work.due) == (school.item, TODAY)


def test_a_rule_was_looked_at_when_the_facts_of_its_page_were() -> None:
    knowledge = real_knowledge()
    item = next(one for one in knowledge.items if any(rule.source for rule in one.rules) and one.facts)
    rule = next(rule for rule in item.rules if rule.source)
    found = {one.field: one.checked for one in sourced(knowledge) if one.item == item.id}
    assert found[f"rule {rule.id}"] == max(fact.checked for fact in item.facts.values())
    own = replace(rule, checked=date(2020, 1, 1))
    alone = replace(knowledge, routes={}, subsidies={}, programmes={item.id: replace(item, rules=(own,))})
    assert {one.field: one.checked for one in sourced(alone)}[f"rule {rule.id}"] == date(2020, 1, 1)


CARE = """\
rules: []
cries:
  - id: despair
    first: {nl: "Bel 113.", en: "Call 113."}
    again: {nl: "Bel 113.", en: "Call 113."}
    signs: {nl: [dood willen], en: [want to die]}
    contacts:
      - {name: "113", says: ["113"], url: "https://x.nl/113", date: null, checked: "2026-01-01"}
"""
SCHOOLS = """\
- id: aeres
  name: Aeres
  kind: mbo
  website: https://aeres.nl
  source: https://x.nl/aeres
  date: "2020-06"
"""
ITEM = """\
- id: evc
  status: open
  url: https://x.nl/evc
  rules:
    - {id: r, if: {age: {at_least: 18}}, kind: hard, because: {nl: Oud., en: Old.}, change: null, source: https://x.nl/rule}
  facts:
    cost_eur: {value: 600, source: https://x.nl/a, date: "2025", checked: "2026-01-01"}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "knowledge" / "subsidies").mkdir(parents=True)
    shutil.copy(ROOT / "knowledge" / "country.yaml", tmp_path / "knowledge")
    for name, text in {"care": CARE, "schools": SCHOOLS, "subsidies/money": ITEM}.items():
        (tmp_path / "knowledge" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("page", "file", "old", "new"),
    [
        ("https://x.nl/113", "care", '"2026-01-01"', '"2026-11-27"'),
        ("https://x.nl/aeres", "schools", '  date: "2020-06"', '  checked: "2026-11-27"\n  date: "2020-06"'),
        ("https://aeres.nl", "schools", '  date: "2020-06"', '  checked: "2026-11-27"\n  date: "2020-06"'),
        (
            "https://x.nl/rule",
            "subsidies/money",
            "source: https://x.nl/rule",
            'checked: "2026-11-27", source: https://x.nl/rule',
        ),
    ],
)
def test_a_page_is_confirmed_wherever_it_is_named(root: Path, page: str, file: str, old: str, new: str) -> None:
    path = root / "knowledge" / f"{file}.yaml"
    before = path.read_text("utf-8")
    confirm_page(root, page, Confirmation(TODAY))
    assert path.read_text("utf-8") == before.replace(old, new)
    reader = Reader(root)
    reader.file(path, FORMATS[file.partition("/")[0]].shape)
    assert not [one for one in reader.problems if "checked" in one.message]


def test_a_link_is_replaced_and_cannot_be_confirmed_by_itself(root: Path) -> None:
    path = root / "knowledge" / "subsidies" / "money.yaml"
    with pytest.raises(BotError, match="Only a link of evc"):
        confirm_page(root, "https://x.nl/evc", Confirmation(TODAY))
    assert path.read_text("utf-8") == ITEM
    confirm_page(root, "https://x.nl/evc", Confirmation(TODAY, "https://x.nl/new"))
    assert path.read_text("utf-8") == ITEM.replace("https://x.nl/evc", "https://x.nl/new")


def test_a_link_is_as_old_as_what_was_last_read_of_its_item() -> None:
    links = [one for one in sourced(real_knowledge()) if one.field == LINK and one.item in real_knowledge().subsidies]
    assert links and all(one.checked is not None and one.says is None for one in links)

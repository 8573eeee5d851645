"""The recipes for editors: something new begins whole and commented, and what ends, ends everywhere."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from libraries import ROOT, real_knowledge

from bot.authoring.ending import Ending, end
from bot.authoring.skeletons import KINDS, TO_FILL, Begin, begin
from bot.content.knowledge_schema import FORMATS
from bot.content.load import Reader
from bot.errors import BotError

TODAY = date(2026, 11, 27)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in KINDS.values():
        shutil.copytree(ROOT / "knowledge" / folder, tmp_path / "knowledge" / folder)
    shutil.copy(ROOT / "knowledge" / "country.yaml", tmp_path / "knowledge")
    return tmp_path


def problems(root: Path, path: Path, kind: str) -> list[str]:
    reader = Reader(root)
    reader.file(path, FORMATS[KINDS[kind]].shape)
    return [problem.message for problem in reader.problems]


def known(name: str, file: str) -> Begin:
    return Begin(name, 'Cursus: "nieuw"', file, "https://x.nl/a?b=1", TODAY)


@pytest.mark.parametrize(
    ("kind", "item", "file", "left"),
    [
        ("programme", "new-course", "ict", []),
        ("route", "route-new", "ict", ["expected at least 1, found 0"]),
        ("subsidy", "new-money", "regional", []),
        ("subsidy", "new-money", "a-new-category", []),
        ("question", "q999", "practical", []),
    ],
)
def test_what_begins_can_be_read_but_for_what_must_be_filled(
    root: Path, kind: str, item: str, file: str, left: list[str]
) -> None:
    path = begin(root, kind, known(item, file), real_knowledge())
    assert problems(root, path, kind) == left
    text = path.read_text(encoding="utf-8")
    assert TO_FILL in text.partition(item)[2] and "#" in text.partition(item)[2]
    original = ROOT / path.relative_to(root)
    assert not original.exists() or text.startswith(original.read_text(encoding="utf-8")), "what was there stays"


def test_an_id_that_is_taken_or_cannot_be_one_is_refused(root: Path) -> None:
    with pytest.raises(BotError, match="is taken"):
        begin(root, "subsidy", known("evc", "regional"), real_knowledge())
    with pytest.raises(BotError, match="cannot be an id"):
        begin(root, "subsidy", known("Nieuw Geld", "regional"), real_knowledge())
    with pytest.raises(BotError, match="route-new"):
        begin(root, "route", known("new", "ict"), real_knowledge())
    with pytest.raises(BotError, match=r"no sector 'itc'. Did you mean 'ict'\?"):
        begin(root, "programme", known("new", "itc"), real_knowledge())


def test_a_scheme_that_ended_says_so_everywhere_and_its_answers_follow(root: Path) -> None:
    ending = Ending(date(2026, 10, 31), ["slim-scholingssubsidie"], "https://duo.nl/x", "is gestopt", TODAY)
    said = "\n".join(end(root, "levenlanglerenkrediet", ending, real_knowledge()))
    assert "the answer to 'q03' says that it ended, in place of its answer" in said and "'must_say' still goes" in said
    file = root / "knowledge" / "subsidies" / "national.yaml"
    reader = Reader(root)
    (item,) = (one for one in reader.file(file, FORMATS["subsidies"].shape) if one.id == "levenlanglerenkrediet")
    assert (item.status, item.valid.until, item.replaced_by) == ("ended", ending.on, ("slim-scholingssubsidie",))
    fact = item.facts["status"]
    assert (fact.value, fact.source, fact.quote, fact.checked) == ("ended", "https://duo.nl/x", "is gestopt", TODAY)
    before = (ROOT / "knowledge" / "subsidies" / "national.yaml").read_text(encoding="utf-8").splitlines()
    assert len(set(file.read_text(encoding="utf-8").splitlines()) - set(before)) <= 6


def test_an_end_that_is_still_to_come_is_a_last_day_and_no_status(root: Path) -> None:
    said = "\n".join(end(root, "evc", Ending(date(2027, 6, 30), [], None, None, TODAY), real_knowledge()))
    assert "From the day after 2027-06-30" in said and "status" not in said
    with pytest.raises(BotError, match="A programme has no last day to come"):
        end(root, "make-it-work-hu", Ending(date(2027, 6, 30), [], None, None, TODAY), real_knowledge())
    with pytest.raises(BotError, match="only a programme or a scheme can end"):
        end(root, "q03", Ending(TODAY, [], None, None, TODAY), real_knowledge())
    with pytest.raises(BotError, match="There is no programme or scheme 'slimm'"):
        end(root, "evc", Ending(TODAY, ["slimm"], None, None, TODAY), real_knowledge())

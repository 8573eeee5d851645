"""Editors are told everything that is wrong at once, each with its place and how to fix it.

A case is a folder in `tests/content/`: the files as an editor wrote them, and `expected.txt` as it is shown.
"""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.authoring.check import problems
from bot.content.problems import Severity

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "content"
TODAY = date(2026, 11, 27)
CODE = re.compile(r"\b[CFKTY]\d{3}\b")


def settle(root: Path) -> None:
    """Give a folder what every content has: a country, the words of its languages, and those of the bot."""
    spoken = [f"knowledge/languages/{code}.yaml" for code in ("nl", "en")]
    for name in ("flows/common.yaml", "knowledge/country.yaml", *spoken):
        there = root / name
        there.parent.mkdir(parents=True, exist_ok=True)
        if not there.exists():
            shutil.copy(ROOT / name, there)


@pytest.mark.parametrize(
    "case", sorted(path.parent.name for kind in ("flow", "items") for path in CASES.glob(f"{kind}_*/expected.txt"))
)
def test_broken_content_gives_all_its_problems_at_once(case: str, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(CASES / case, root)
    (root / "flows").mkdir(exist_ok=True)
    settle(root)
    found = "\n".join(map(str, problems(root, TODAY)))
    assert found == (CASES / case / "expected.txt").read_text(encoding="utf-8").rstrip("\n")


def test_a_sentence_of_the_bot_that_is_missing_or_fills_in_nothing_is_named(tmp_path: Path) -> None:
    settle(tmp_path)
    text = (ROOT / "flows" / "common.yaml").read_text(encoding="utf-8")
    broken = re.sub(r"^no_number:.*\n", "", text, flags=re.MULTILINE).replace("{command} ken ik", "{comand} ken ik")
    (tmp_path / "flows" / "common.yaml").write_text(broken, encoding="utf-8")
    found = [problem for problem in problems(tmp_path, TODAY) if problem.code in ("C003", "F008")]
    assert [problem.message for problem in found] == [
        "the sentence 'no_number' is missing",
        "nothing fills in {comand} here",
        "nothing fills in {comand} here",
    ]


def test_content_without_the_words_of_the_bot_is_refused(tmp_path: Path) -> None:
    settle(tmp_path)
    (tmp_path / "flows" / "common.yaml").unlink()
    assert [problem.code for problem in problems(tmp_path, TODAY)] == ["C008"]


def test_content_that_says_not_where_it_is_for_is_refused(tmp_path: Path) -> None:
    settle(tmp_path)
    (tmp_path / "knowledge" / "country.yaml").unlink()
    assert [problem.code for problem in problems(tmp_path, TODAY)] == ["C013"]


def test_holidays_that_nobody_knows_are_refused_before_a_first_call_is_planned(tmp_path: Path) -> None:
    settle(tmp_path)
    file = tmp_path / "knowledge" / "country.yaml"
    file.write_text(file.read_text("utf-8").replace("holidays: NL", "holidays: NL-XX"), "utf-8")
    [problem] = problems(tmp_path, TODAY)
    assert (problem.code, problem.at.file) == ("C020", "knowledge/country.yaml") and "'NL-XX'" in problem.message


def test_a_language_that_is_spoken_has_its_words(tmp_path: Path) -> None:
    settle(tmp_path)
    english = tmp_path / "knowledge" / "languages" / "en.yaml"
    english.unlink()
    assert [problem.code for problem in problems(tmp_path, TODAY)] == ["C014"]
    english.write_text("code: en\nname: English\nreplies: {dont_know: [dunno]}\n", encoding="utf-8")
    [problem] = problems(tmp_path, TODAY)
    assert problem.code == "C015" and "health" in problem.message and "dont_know" not in problem.message


def test_every_code_is_in_the_manual_and_every_code_in_the_manual_exists() -> None:
    source = {code for path in ROOT.glob("bot/**/*.py") for code in re.findall(r'"([CFKTY]\d{3})"', path.read_text())}
    manual = set(re.findall(r"^\| ([CFKTY]\d{3}) \|", (ROOT / "docs" / "checks.md").read_text(), re.MULTILINE))
    assert source == manual


def test_nearly_every_code_has_a_broken_file_that_shows_it() -> None:
    shown = {code for path in CASES.glob("*/expected.txt") for code in CODE.findall(path.read_text())}
    manual = set(re.findall(r"^\| ([CFKTY]\d{3}) \|", (ROOT / "docs" / "checks.md").read_text(), re.MULTILINE))
    elsewhere = {"C003", "F008", "C008", "C013", "C014", "C015", "C020"}  # above
    elsewhere |= {"K008", "C016", "C017", "C018"}  # in test_fact_roles and test_languages
    elsewhere |= {"C021", "C022", "C023", "K045"}  # in test_staff_words and test_distress
    elsewhere |= {"K088", "K090", "K091", "K104"}  # in test_schools
    elsewhere |= {"K100", "K101", "K102", "K103"}  # in test_exploring
    elsewhere |= {"F069", "F070", "F071"}  # in test_last_day_of_a_choice and test_places_of_a_flow
    elsewhere |= {"Y010"}  # in test_content_faults: a link cannot be kept everywhere
    elsewhere |= {"F068", "T008", "T009", "T010", *(f"K{number}" for number in range(110, 121))}  # in test_mistakes
    # Two megabytes of text, twenty levels, and a flow with sixty thousand places are no files to keep.
    huge = {"Y001", "Y005", "F029"}
    assert manual - shown - elsewhere - huge == set()


def test_every_file_of_content_names_the_schema_that_helps_to_edit_it() -> None:
    files = [*ROOT.glob("flows/*.yaml"), *ROOT.glob("knowledge/**/*.yaml")]
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        schema = re.fullmatch(r"# yaml-language-server: \$schema=(.*)", first)
        assert schema, f"{file} names no schema in its first line"
        assert (file.parent / schema[1]).resolve().is_file(), f"{file} names a schema that is not there"


def test_a_comment_allows_one_problem_and_no_other(tmp_path: Path) -> None:
    shutil.copytree(CASES / "flow_allowed" / "flows", tmp_path / "flows")
    settle(tmp_path)
    assert [(problem.code, problem.at.line) for problem in problems(tmp_path, TODAY)] == [("F054", 6), ("F010", 15)]


@pytest.mark.slow
def test_what_people_say_of_their_own_accord_needs_no_question() -> None:
    """A rule on a limit ("ik heb geen rijbewijs") waits for nobody's answer to a question."""
    assert not [problem for problem in problems(ROOT, TODAY) if problem.code == "K021"]


@pytest.mark.slow
def test_what_we_publish_has_no_errors() -> None:
    errors = [problem for problem in problems(ROOT, TODAY) if problem.severity is Severity.ERROR]
    assert not errors, "\n".join(map(str, errors))

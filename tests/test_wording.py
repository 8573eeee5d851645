"""Conversation files survive a changed word, and nothing else: what is asked, in which order, with which buttons."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from libraries import ROOT, real_library

from bot.authoring.verdicts import Judge
from bot.authoring.wording import FILE, ChangedWords, changed_words, read_words, texts_in, with_words_of_before
from bot.cli import main

FLOW = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - say: hello
    text: {nl: "Welkom, fijn dat je er bent.", en: "Welcome, good that you are here."}
  - collect: happy
    type: select_one
    required: true
    text: {nl: "Hoe gaat het met je?", en: "How are you?"}
    choices:
      - {value: well, label: {nl: Goed, en: Well}}
      - {value: badly, label: {nl: Slecht, en: Badly}}
    next: [{if: {happy: badly}, then: sad}]
  - end: good
    text: {nl: "Mooi zo, tot later.", en: "Good, until later."}
  - collect: more
    type: text
    text: {nl: "Nog iets?", en: "Anything else?"}
    if: {happy: badly}
  - end: sad
    text: {nl: "Jammer, {happy} dus. Tot later.", en: "A pity: {happy}. Until later."}
"""
GLAD = """\
# Somebody is glad.
< ...
< Welkom, fijn dat je er bent.
< Hoe gaat het met je?
  [Goed | Slecht]
> Goed
< Mooi zo, tot later.
"""
SAD = """\
< ...
> Slecht
< Jammer, Slecht dus. ...
"""


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A content, and conversations of which the words are kept. To be copied."""
    root = tmp_path_factory.mktemp("accepted")
    for folder in ("flows", "knowledge", "talks"):
        (root / folder).mkdir()
    shutil.copy(ROOT / "flows" / "common.yaml", root / "flows")
    for name in ("weights.yaml", "advice.yaml", "country.yaml"):
        shutil.copy(ROOT / "knowledge" / name, root / "knowledge")
    shutil.copytree(ROOT / "knowledge" / "languages", root / "knowledge" / "languages")
    (root / "flows" / "intake.yaml").write_text(FLOW, encoding="utf-8")
    (root / "talks" / "glad.txt").write_text(GLAD, encoding="utf-8")
    (root / "talks" / "sad.txt").write_text(SAD, encoding="utf-8")
    assert test(root, "--accept").exit_code == 0
    return root


@pytest.fixture
def root(accepted: Path, tmp_path: Path) -> Path:
    return shutil.copytree(accepted, tmp_path / "content")


@pytest.fixture
def edit(root: Path) -> Callable[..., Result]:
    """Change the flow (or another file), and play the conversations."""

    def change(was: str, now: str, *options: str, file: str = "flows/intake.yaml") -> Result:
        text = (root / file).read_text(encoding="utf-8")
        assert was in text
        (root / file).write_text(text.replace(was, now), encoding="utf-8")
        return test(root, *options)

    return change


def test(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["test", str(root / "talks"), "--root", str(root), *options])


test.__test__ = False  # type: ignore[attr-defined]  # it is the command


def test_what_stands_in_the_files_is_not_touched_by_keeping_its_words(root: Path) -> None:
    assert (root / "talks" / "glad.txt").read_text(encoding="utf-8") == GLAD
    words = read_words(root / "talks" / FILE)
    assert words["flows/intake/steps/hello/text"] == {"nl": "Welkom, fijn dat je er bent."}
    assert not any("label" in where for where in words)


def test_another_word_is_told_of_and_is_no_failure(edit: Callable[..., Result]) -> None:
    done = edit("fijn dat je er bent", "leuk dat je er bent")
    assert done.exit_code == 0, done.output
    assert "2 conversations, 0 of them went another way" in done.output
    assert "1 conversations go the same way in other words." in done.output
    assert "flows/intake/steps/hello/text (nl), 1 times" in done.output
    assert "was: Welkom, fijn dat je er bent." in done.output
    assert "now: Welkom, leuk dat je er bent." in done.output


def test_a_word_of_the_bot_itself_is_one_text_however_often_it_is_said(edit: Callable[..., Result], root: Path) -> None:
    (root / "talks" / "lost.txt").write_text("< ...\n> xqzv\n< ...\n> zzzz\n< ...\n", encoding="utf-8")
    assert test(root, "--accept").exit_code == 0
    welcome = next(line for line in (root / "flows" / "common.yaml").read_text("utf-8").splitlines() if "Hoi!" in line)
    done = edit(welcome, welcome.replace("Hoi!", "Hallo!"), file="flows/common.yaml")
    assert done.exit_code == 0, done.output
    assert "0 of them went another way" in done.output


def test_a_release_can_ask_for_files_that_are_up_to_date(edit: Callable[..., Result]) -> None:
    assert edit("fijn dat je er bent", "leuk dat je er bent", "--strict").exit_code == 3


def test_accepting_takes_all_over_and_then_nothing_is_other(edit: Callable[..., Result], root: Path) -> None:
    done = edit("fijn dat je er bent", "leuk dat je er bent", "--accept")
    assert "+< Welkom, leuk dat je er bent." in done.output
    assert (root / "talks" / "glad.txt").read_text("utf-8") == GLAD.replace("fijn", "leuk")
    assert "other words" not in test(root, "--strict").output


CHANGED = {
    "a button": ("label: {nl: Goed,", "label: {nl: Prima,"),
    "another outcome": ("{if: {happy: badly}, then: sad}", "{if: {happy: well}, then: sad}"),
    "a question more": (
        "  - end: good\n",
        "  - collect: why\n    type: text\n    text: {nl: \"Waarom?\", en: \"Why?\"}\n  - end: good\n",
    ),
    "a question less": ("  - say: hello\n", "  - say: hello\n    if: {happy: well}\n"),
    "another order": (
        "      - {value: well, label: {nl: Goed, en: Well}}\n      - {value: badly, label: {nl: Slecht, en: Badly}}\n",
        "      - {value: badly, label: {nl: Slecht, en: Badly}}\n      - {value: well, label: {nl: Goed, en: Well}}\n",
    ),
    "what a text fills in": ("Jammer, {happy} dus. Tot later.", "Jammer voor je. Tot later."),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGED)
def test_what_is_more_than_a_word_is_a_failure(what: str, edit: Callable[..., Result]) -> None:
    done = edit(*CHANGED[what])
    assert done.exit_code == 1, done.output


def test_of_both_at_once_only_the_failure_is_shown(edit: Callable[..., Result]) -> None:
    edit("fijn dat je er bent", "leuk dat je er bent")
    done = edit(*CHANGED["another order"])
    assert done.exit_code == 1
    shown = [line for line in done.output.splitlines() if "glad.txt" in line]
    assert len(shown) == 1, "the line with the buttons, and not the one with the changed word"
    assert "glad.txt:4" in shown[0]


def test_a_folder_without_kept_words_fails_as_before(edit: Callable[..., Result], root: Path) -> None:
    (root / "talks" / FILE).unlink()
    assert edit("fijn dat je er bent", "leuk dat je er bent").exit_code == 1


def test_a_single_file_that_is_accepted_keeps_the_words_of_the_others(root: Path) -> None:
    before = (root / "talks" / FILE).read_text("utf-8")
    file = str(root / "talks" / "sad.txt")
    assert CliRunner().invoke(main, ["test", file, "--root", str(root), "--accept"]).exit_code == 0
    assert (root / "talks" / FILE).read_text("utf-8") == before


# ------------------------------------------------------------------ the real content
@pytest.mark.slow
def test_every_text_is_found_where_it_stands_and_can_be_said_as_before() -> None:
    compiled = real_library()
    texts = texts_in(compiled.content)
    places = [
        "sentences/welcome",
        "flows/intake/steps/desired_work/text",
        next(one for one in texts if "/answer" in one),
    ]
    before = {where: {"nl": f"{texts[where]['nl']} Echt."} for where in places}
    changed = changed_words(before, compiled.content)
    assert [one.where for one in changed] == places
    was = texts_in(with_words_of_before(compiled, changed).content)
    assert {where for where, text in was.items() if text != texts[where]} == set(places)
    assert all(was[where]["nl"].endswith(" Echt.") and was[where]["en"] == texts[where]["en"] for where in places)


@pytest.mark.slow
def test_a_changed_welcome_fails_none_of_our_conversations(tmp_path: Path) -> None:
    """It failed 42 of 46: the welcome is said in nearly all."""
    compiled, folder = real_library(), ROOT / "tests" / "conversations"
    words = {where: dict(said) for where, said in read_words(folder / FILE).items()}
    now = words["sentences/welcome"]["nl"]
    changed = [ChangedWords("sentences/welcome", "nl", now.replace("computerprogramma", "programma"), now)]
    assert changed[0].was != now
    shutil.copytree(folder, tmp_path / "talks")
    for file in (tmp_path / "talks").glob("*.txt"):
        said = file.read_text(encoding="utf-8").replace("een computerprogramma van", "een programma van")
        file.write_text(said, encoding="utf-8")
    kept = (tmp_path / "talks" / FILE).read_text("utf-8").replace("computerprogramma", "programma")
    (tmp_path / "talks" / FILE).write_text(kept, encoding="utf-8")
    judge = Judge(compiled, tmp_path / "talks")
    verdicts = [judge.judge(file) for file in sorted((tmp_path / "talks").glob("*.txt"))[:12]]
    assert sum(bool(verdict.words) for verdict in verdicts) >= 5
    assert [verdict.wrong for verdict in verdicts if verdict.wrong] == []

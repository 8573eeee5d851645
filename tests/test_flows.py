"""What a file in `flows/` may hold, and what is said when it holds something else."""

import re
from pathlib import Path

import pytest
from libraries import ROOT, real_library

from bot.content.flow import Branch, Call, Collect, Consent, Say, Set, Wait
from bot.content.flow_schema import FLOW
from bot.content.problems import Problem
from bot.content.sentence_keys import Sentence
from bot.content.sentences_schema import SENTENCES
from bot.content.shapes import Report, Unreadable
from bot.content.strict_yaml import compose
from bot.text import placeholders

HEADER = 'id: x\nversion: 1\ntitle: {nl: "X", en: "X"}\nsteps:\n'
SAY = '  - say: hello\n    text: {nl: "Hallo", en: "Hello"}\n'


def problems_of(folder: Path, text: str) -> list[Problem]:
    """What is said of a flow with these lines."""
    path = folder / "x.yaml"
    path.write_text(text, encoding="utf-8")
    node, problems = compose(path, "flows/x.yaml")
    report = Report("flows/x.yaml", problems, ("nl", "en"))
    assert node is not None
    try:
        FLOW.read(node, report)
    except Unreadable:
        assert report.problems
    return sorted(report.problems)


def test_the_example_in_the_docs_is_a_flow(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", document, re.DOTALL) if block.startswith("id:"))
    assert problems_of(tmp_path, example) == []


@pytest.mark.parametrize(
    ("lines", "message", "hint"),
    [
        ("  - sey: hello\n", "this step has no kind", "Did you mean 'say'?"),
        (
            SAY.replace("    text", "    end: b\n    text"),
            "this is two steps in one: say and end",
            "Make two steps of it.",
        ),
        (SAY + SAY, "the step 'hello' is here twice", "It stands on line 5 as well. Give one of the two another name."),
        (SAY + "    next: helo\n", "there is no step 'helo'", "Did you mean 'hello'?"),
        ("  - goto: nowhere\n" + SAY, "there is no step 'nowhere'", "Known here: goto-1, hello."),
        (SAY.replace("text:", "txt:"), "'txt' is not known here", "Did you mean 'text'?"),
        (
            '  - say: hello\n    text: "Hallo"\n',
            "this text has one language only",
            'Write both: {nl: "...", en: "..."}.',
        ),
        ("  - wait: soon\n", "'soon' does not look right here", 'For example: "14d" (m: minutes, h: hours, d: days)'),
        (SAY.replace("say: hello", "collect: a\n    type: select_one"), "select_one needs choices", None),
        (SAY.replace("say: hello", "collect: a\n    type: lookup"), "lookup needs a vocabulary", None),
        (SAY.replace("say: hello", "collect: a\n    type: range"), "range needs both ends", None),
        (SAY.replace("say: hello", "collect: a\n    type: integr"), None, "Did you mean 'integer'?"),
        (
            SAY.replace("say: hello", "collect: a\n    type: integer\n    constraint: {at_least: today}"),
            "a limit of integer is a number",
            None,
        ),
        (SAY + "    if: {}\n", "this condition is empty", "Leave the key out when it always holds."),
        (SAY + "    if: {age: {atleast: 18}}\n", "there is no operator 'atleast'", "Did you mean 'at_least'?"),
        (SAY + "    next: [{then: hello}]\n", "'if' is missing", None),
        (SAY.replace("say: hello", "collect: a\n    type: text\n    confirm_below: 2"), "2 is no part of one", None),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_how_to_mend_it(
    tmp_path: Path, lines: str, message: str | None, hint: str | None
) -> None:
    found = problems_of(tmp_path, HEADER + lines)
    assert found
    assert found[0].at.line >= 5
    assert message is None or message in {problem.message for problem in found}
    assert hint is None or hint in {problem.hint for problem in found}


def test_several_mistakes_are_reported_at_once(tmp_path: Path) -> None:
    lines = "  - sey: a\n" + SAY.replace("text", "txt") + "  - wait: long\n"
    assert len(problems_of(tmp_path, HEADER + lines)) >= 3


def test_a_step_knows_its_place_and_its_branches(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    branches = "    next: [{if: {age: {less_than: 18}}, then: hello}, {else: bye}]\n"
    rest = "  - set: age\n    value: 3\n  - wait: 2h\n    id: later\n  - end: bye\n"
    path.write_text(HEADER + SAY + branches + rest, encoding="utf-8")
    node, _ = compose(path, "flows/x.yaml")
    assert node is not None
    flow = FLOW.read(node, Report("flows/x.yaml"))
    say, age, later, _ = flow.steps
    assert isinstance(say, Say)
    assert isinstance(age, Set)
    assert isinstance(later, Wait)
    assert (say.at.line, say.at.column) == (5, 5)
    assert [branch.then for branch in say.next] == ["hello", "bye"]
    assert isinstance(say.next[1], Branch)
    assert say.next[1].condition is None
    assert (age.id, later.id) == ("set-2", "later")
    assert flow.positions["bye"] == 3


def test_every_sentence_of_the_bot_is_there_and_says_the_same_in_both_languages() -> None:
    sentences = real_library().content.sentences
    assert set(sentences) == set(Sentence)
    for sentence in Sentence:
        filled = [placeholders(said) for said in sentences[sentence]]
        assert filled[0] == filled[1] <= sentence.placeholders, sentence


def test_a_placeholder_that_nothing_fills_in_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "common.yaml"
    text = (ROOT / "flows" / "common.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("Ik begreep: {answer}.", "Ik begreep: {anser}.", 1), encoding="utf-8")
    node, _ = compose(path, "flows/common.yaml")
    assert node is not None
    report = Report("flows/common.yaml")
    with pytest.raises(Unreadable):
        SENTENCES.read(node, report)
    assert [problem.message for problem in report.problems] == ["nothing fills in {anser} here"]


def test_personal_questions_stand_behind_a_consent() -> None:
    flows = real_library().content.flows
    for flow in flows.values():
        asked = False
        for step in flow.steps:
            here = flows[step.flow].steps if isinstance(step, Call) else (step,)
            asked = asked or any(isinstance(one, Consent) for one in here)
            assert asked or not (isinstance(step, Collect) and step.pii), (flow.id, step.id)

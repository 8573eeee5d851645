"""Before a flow is published, its editor knows what that does to people who are in the middle of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from libraries import ROOT, library_with, netherlands, real_library

from bot.authoring.conversation import usual_moment
from bot.authoring.flow_diff import Flows, changes, outlook, read_side
from bot.authoring.rehearsal import Rehearsal
from bot.engine import State
from bot.engine.events import Said, Started

MOMENT = usual_moment(netherlands())
OLD = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - collect: age
    type: integer
    text: {nl: Hoe oud ben je?, en: How old are you?}
    constraint: {at_least: 14, at_most: 99}
  - collect: town
    type: text
    text: {nl: Waar woon je?, en: Where do you live?}
  - collect: colour
    type: select_one
    text: {nl: Welke kleur?, en: Which colour?}
    choices:
      - {value: red, label: {nl: Rood, en: Red}}
      - {value: blue, label: {nl: Blauw, en: Blue}}
  - collect: more
    type: text
    text: {nl: Nog iets?, en: Anything else?}
  - end: finish
"""
NEW = (
    OLD.replace("at_most: 99", "at_most: 40")
    .replace("collect: town", "collect: home")
    .replace("version: 1", "version: 2\nrenames: {town: home}")
    .replace("      - {value: blue, label: {nl: Blauw, en: Blue}}\n", "")
)


def side(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def old_flows(tmp_path: Path) -> Flows:
    return read_side(side(tmp_path, "old.yaml", OLD))


def halfway(tmp_path: Path, *said: str) -> State:
    """Someone in the middle of the old flow who said this."""
    person = Rehearsal(library_with(old_flows(tmp_path)), MOMENT)
    person.take(Started("intake", "nl"))
    for text in said:
        person.take(Said(text))
    return person.state


def test_a_change_is_told_question_by_question(tmp_path: Path) -> None:
    old, new = side(tmp_path, "old.yaml", OLD), side(tmp_path, "new.yaml", NEW)
    assert sorted(changes(read_side(old), read_side(new))) == [
        "intake: 'age' has other limits: an answer beyond them is asked again.",
        "intake: 'colour' has no 'blue' any more: whoever chose that is asked again.",
        "intake: 'home' stands in the column 'home' of an export, and stood in 'town'.",
        "intake: 'town' is now called 'home'; its answers stay.",
    ]


FULL = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - consent: may_contact
    purpose: contact
    text: {nl: Mag ik je bellen?, en: May I call you?}
    next: [{if: {may_contact: true}, then: work}, {else: finish}]
  - collect: work
    type: select_one
    text: {nl: Heb je werk?, en: Do you work?}
    choices:
      - {value: employed, label: {nl: Ja, en: "Yes"}}
      - {value: job_seeker, label: {nl: Nee, en: "No"}}
    rejections:
      - {if: {work: employed}, text: {nl: Dan niet., en: Not then.}}
  - collect: age
    type: integer
    text: {nl: Hoe oud ben je?, en: How old are you?}
    constraint: {at_least: 14, at_most: 99}
  - end: finish
"""
SILENT = {
    "a line of comment": ("  - collect: work", "  # who works\n\n  - collect: work"),
    "choices in another order": (
        """      - {value: employed, label: {nl: Ja, en: "Yes"}}
      - {value: job_seeker, label: {nl: Nee, en: "No"}}
""",
        """      - {value: job_seeker, label: {nl: Nee, en: "No"}}
      - {value: employed, label: {nl: Ja, en: "Yes"}}
""",
    ),
    "keys in another order": ("at_least: 14, at_most: 99", "at_most: 99, at_least: 14"),
    "a question in other words": ("Hoe oud ben je?", "Wat is je leeftijd?"),
}
TOLD = {
    "labels that changed places": (
        """{nl: Ja, en: "Yes"}}
      - {value: job_seeker, label: {nl: Nee, en: "No"}}""",
        """{nl: Nee, en: "No"}}
      - {value: job_seeker, label: {nl: Ja, en: "Yes"}}""",
        "'Nee' of 'work' means 'employed' now, and meant 'job_seeker': who chose it keeps 'job_seeker'.",
    ),
    "branches that changed places": (
        "then: work}, {else: finish}",
        "then: finish}, {else: work}",
        "behind 'may_contact' it goes on otherwise",
    ),
    "other limits": ("at_most: 99", "at_most: 67", "'age' has other limits: an answer beyond them is asked again."),
    "limits that are gone": ("    constraint: {at_least: 14, at_most: 99}\n", "", "'age' has other limits"),
    "a consent to more": (
        "Mag ik je bellen?",
        "Mag ik je bellen en je BSN vragen?",
        "the words of the consent 'may_contact' are other (nl)",
    ),
    "a last day of a choice": (
        "{value: employed, label",
        '{value: employed, until: "2027-01-15", label',
        "'employed' of 'work' can be chosen until 2027-01-15, and could always",
    ),
    "a refusal of others": ("if: {work: employed}", "if: {work: job_seeker}", "'work' refuses other answers"),
}


@pytest.mark.parametrize("what", SILENT)
def test_what_means_the_same_is_not_told(what: str, tmp_path: Path) -> None:
    was, now = SILENT[what]
    assert was in FULL
    old, new = side(tmp_path, "old.yaml", FULL), side(tmp_path, "new.yaml", FULL.replace(was, now))
    assert list(changes(read_side(old), read_side(new))) == []


@pytest.mark.parametrize("what", TOLD)
def test_what_means_something_else_is_told_with_what_it_does(what: str, tmp_path: Path) -> None:
    was, now, line = TOLD[what]
    assert was in FULL
    old, new = side(tmp_path, "old.yaml", FULL), side(tmp_path, "new.yaml", FULL.replace(was, now))
    told = list(changes(read_side(old), read_side(new)))
    assert any(line in one for one in told), told
    assert told[-1] == "intake: its version is still 1: raise it, so that leads say which one they come from."


def test_each_open_conversation_goes_on_is_asked_again_or_loses_an_answer(tmp_path: Path) -> None:
    new = library_with(read_side(side(tmp_path, "new.yaml", NEW)), version="2")
    states = [
        halfway(tmp_path, "34", "Utrecht", "rood"),
        halfway(tmp_path, "56", "Utrecht", "rood"),
        halfway(tmp_path, "34", "Utrecht", "blauw"),
        State.new("nl"),
    ]
    assert list(outlook(states, old_flows(tmp_path), new, MOMENT).lines()) == [
        "3 open conversations: 1 go on as if nothing happened.",
        "    1: is asked 'age' again: \"Typ een getal van 14 tot en met 40.\"",
        "    1: is asked 'colour' again: \"Dat herken ik niet. Kies een van deze antwoorden.\"",
    ]


def test_an_answer_without_a_question_is_lost_and_that_is_said(tmp_path: Path) -> None:
    gone = OLD.replace("collect: town", "collect: home")
    new = library_with(read_side(side(tmp_path, "new.yaml", gone)), version="2")
    lines = list(outlook([halfway(tmp_path, "34", "Utrecht")], old_flows(tmp_path), new, MOMENT).lines())
    assert lines == [
        "1 open conversations: 0 go on as if nothing happened.",
        "    1: is asked 'home', which is new",
        "    1: loses the answer to 'town', which is no longer asked",
    ]


def test_who_waits_for_a_day_is_asked_nothing_new(tmp_path: Path) -> None:
    waits = OLD.replace("  - end: finish", "  - wait: 4d\n    id: some_days\n  - end: finish")
    old = read_side(side(tmp_path, "old.yaml", waits))
    new = read_side(side(tmp_path, "new.yaml", waits.replace("at_most: 99", "at_most: 90")))
    person = Rehearsal(library_with(old), MOMENT)
    person.take(Started("intake", "nl"))
    for text in ("34", "Utrecht", "rood", "nee hoor"):
        person.take(Said(text))
    assert person.state.wake_at is not None
    assert outlook([person.state], old, library_with(new, version="2"), MOMENT).undisturbed == 1


def test_a_line_of_comment_changes_nothing(tmp_path: Path) -> None:
    commented = side(tmp_path, "new.yaml", f"# For the spring.\n{OLD}")
    assert list(changes(old_flows(tmp_path), read_side(commented))) == []


def test_the_same_flows_change_nothing() -> None:
    flows = read_side(ROOT)
    assert list(changes(flows, flows)) == []
    compiled = real_library()
    person = Rehearsal(compiled, MOMENT)
    for event in (Started(None, "nl"), Said("lasser"), Said("kapper"), Said("Utrecht")):
        person.take(event)
    changed = replace(compiled, content=replace(compiled.content, version="another"))
    assert outlook([person.state], flows, changed, MOMENT).undisturbed == 1

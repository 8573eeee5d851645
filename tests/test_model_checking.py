"""The walk finds who would get stuck, with the shortest way there; pictures and coverage show what there is."""

from pathlib import Path

import pytest
from libraries import ROOT, flows_in, library_with, netherlands, real_library

from bot.authoring.conversation import run, usual_moment
from bot.authoring.coverage import Coverage
from bot.authoring.flow_diff import read_side
from bot.authoring.mermaid import mermaid
from bot.authoring.model_checking import walk
from bot.authoring.rehearsal import Rehearsal
from bot.engine.events import Said, Started

pytestmark = pytest.mark.slow

MOMENT = usual_moment(netherlands())
TRAP = """\
id: intake
version: 1
title: {nl: Begin, en: Start}
steps:
  - collect: happy
    type: yes_no
    required: true
    text: {nl: Ben je blij?, en: Are you happy?}
    next: [{if: {happy: true}, then: finish}]
  - collect: why
    type: text
    required: true
    text: {nl: Waarom niet?, en: Why not?}
  - goto: why
    id: back
  - end: finish
"""


def test_the_walk_reports_a_trap_with_the_shortest_way_into_it(tmp_path: Path) -> None:
    (tmp_path / "trap.yaml").write_text(TRAP, encoding="utf-8")
    walked, coverage = walk(library_with(read_side(tmp_path)), ["intake"], seconds=30, turns=2000)
    assert [(stuck.why, stuck.script) for stuck in walked.stuck] == [
        ("from here no answer leads to an end", ("@ flow intake", "> Nee"))
    ]
    assert coverage.steps.missing == []


@pytest.mark.parametrize("flow", ["contact", "human", "orientation", "employer"])
def test_nobody_gets_stuck_in_our_own_flows(flow: str) -> None:
    walked, coverage = walk(real_library(), [flow], seconds=60, turns=5000)
    assert walked.stuck == []
    assert walked.complete
    assert [name for name in coverage.steps.missing if name.startswith(f"{flow}/")] == []


@pytest.mark.parametrize("flow", ["towing_rules", "check_benefits_financial_support"])
def test_every_flow_of_the_conformance_test_comes_to_an_end(flow: str) -> None:
    compiled = library_with({**real_library().content.flows, **flows_in(ROOT / "tests" / "conformance")})
    walked, coverage = walk(compiled, [flow], seconds=60, turns=3000)
    assert walked.stuck == []
    assert [name for name in coverage.steps.missing if name.startswith(f"{flow}/")] == []


def test_a_picture_has_every_step_and_every_way() -> None:
    for flow in flows_in(ROOT / "tests" / "conformance").values():
        picture = mermaid(flow, "nl")
        for number, step in enumerate(flow.steps):
            assert any(line.strip().startswith(f"s{number}") and step.id in line for line in picture.splitlines())
        branches = [branch for step in flow.steps for branch in step.next]
        assert picture.count("-->") >= len(branches)


def test_coverage_names_what_no_conversation_reached() -> None:
    coverage = Coverage(real_library())
    person = Rehearsal(coverage.compiled, MOMENT, watch=coverage.watch)
    for event in (Started("contact", "nl"), Said("nee")):
        person.take(event)
    mine = [name for name in coverage.steps.missing if name.startswith("contact/")]
    assert mine == ["contact/contact_known", "contact/may_keep", "contact/name", "contact/reach"]
    assert "contact/may_contact branch 1 to no_contact" in coverage.branches.reached
    assert "welcome" not in coverage.parts[3].missing
    assert "paused" in coverage.parts[3].missing


def test_a_conversation_that_goes_another_way_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "other.txt"
    file.write_text("@ flow contact\n< ...\n> nee\n< Tot ziens!\n! lead\n", encoding="utf-8")
    mismatches = run(file, real_library())
    assert [mismatch.line for mismatch in mismatches] == [4, 5]
    assert "Ik heb nu geen vraag voor je." in mismatches[0].message
    assert mismatches[1].message == "there was no lead: nothing was done"

"""Whatever people do, in whatever order: an answer that helps, no exception, no lost answer."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import ROOT, flows_in, library_with, real_library
from walks import ACTIONS, Walker, answer_well, changed_flows

from bot.compiled import Compiled
from bot.engine import State
from bot.engine.events import Pressed, Said, Started

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent / "engine"
WALK = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 10**6)), max_size=40)


@pytest.fixture(scope="module")
def versions() -> list[Compiled]:
    flows = flows_in(HERE)
    return [library_with(each, str(number)) for number, each in enumerate(changed_flows(flows, "every_type"))]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walk=WALK)
def test_a_random_walk_through_every_type_and_changing_flows_never_fails(
    versions: list[Compiled], walk: object
) -> None:
    walker = Walker(versions, State(language="nl", flow="every_type", version="0"))
    walker.take(Started("every_type", "nl"))
    for action, number in walk:  # type: ignore[attr-defined]
        walker.take(action(walker, number))


NAUGHTY = ROOT.parent / "shared" / "corpora" / "blns.json"


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the Big List of Naughty Strings is not here")
def test_no_naughty_string_fails_at_any_question(versions: list[Compiled]) -> None:
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    for seed, text in enumerate(strings):
        walker = Walker(versions, State(language="nl", flow="every_type", version="0"))
        walker.take(Started("every_type", "nl"))
        for _ in range(seed % 20):
            walker.take(answer_well(walker, seed))
        walker.take(Said(text))
        walker.take(Pressed(text))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walk=WALK)
def test_a_random_walk_through_the_real_flows_never_fails(walk: object) -> None:
    walker = Walker([real_library()], State.new("nl"))
    walker.take(Started(None, "nl"))
    for action, number in walk:  # type: ignore[attr-defined]
        walker.take(action(walker, number))

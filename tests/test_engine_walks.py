"""Whatever people do, in whatever order: an answer that helps, no exception, no lost answer."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from libraries import flows_in, library_with, real_library
from walks import ACTIONS, Walker, changed_flows

from bot.engine import State
from bot.engine.events import Started
from bot.library import Library

HERE = Path(__file__).parent / "engine"
WALK = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 10**6)), max_size=40)


@pytest.fixture(scope="module")
def versions() -> list[Library]:
    flows = flows_in(HERE)
    return [library_with(each, str(number)) for number, each in enumerate(changed_flows(flows, "every_type"))]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walk=WALK)
def test_a_random_walk_through_every_type_and_changing_flows_never_fails(versions: list[Library], walk: object) -> None:
    walker = Walker(versions, State(language="nl", flow="every_type", version="0"))
    walker.take(Started("every_type", "nl"))
    for action, number in walk:  # type: ignore[attr-defined]
        walker.take(action(walker, number))


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(walk=WALK)
def test_a_random_walk_through_the_real_flows_never_fails(walk: object) -> None:
    walker = Walker([real_library()], State.new("nl"))
    walker.take(Started(None, "nl"))
    for action, number in walk:  # type: ignore[attr-defined]
        walker.take(action(walker, number))

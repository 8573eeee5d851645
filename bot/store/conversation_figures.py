"""How far conversations come, counted once for each flow as long as a conversation lasts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.content.knowledge import FactRole
from bot.engine.progress import IN_VAIN, Passed, Step, left, passed
from bot.engine.state import Mode, State
from bot.store.conversations import WISH
from bot.store.filing import Where
from bot.store.milestones import Cell, Milestone, named_source

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.compiled import Compiled
    from bot.engine.trace import Trace
    from bot.store.conversations import Conversation
    from bot.store.store import Store


def count_turn(
    store: Store, compiled: Compiled, person: Conversation, before: State, trace: Collection[Trace], at: datetime
) -> Conversation:
    """Count what a turn reached for the first time; gives the person, who remembers it. The open unit counts it."""
    counted = person.counted
    for each in passed(before, person.state, trace):
        key = each.key
        if key not in counted:
            known = before if each.step is Step.STOPPED else person.state
            store.figures.count(_cell(store, compiled, known, each, at))
            counted = counted | {key}
            wish = known.answers.get(compiled.content.knowledge.fact_of(FactRole.WISH))
            if each.step is Step.RESULT and each.at == IN_VAIN and wish and wish.raw:
                store.conversations.unanswered(person.id, wish.raw, known.language, at, WISH)
    if person.state.mode is Mode.EXPIRED:
        counted = frozenset()  # what they say from now on is a conversation of its own
    return person if counted == person.counted else replace(person, counted=counted)


def count_leaving(store: Store, compiled: Compiled | None, person: Conversation, at: datetime) -> None:
    """Count where somebody stopped of whom nothing stays. Without `compiled` nothing is said of where they live."""
    stopped = left(person.state)
    if stopped and stopped.key not in person.counted:
        store.figures.count(_cell(store, compiled, person.state, stopped, at))


def _cell(store: Store, compiled: Compiled | None, state: State, reached: Passed, at: datetime) -> Cell:
    where = Where()
    if compiled and reached.step is not Step.STARTED:  # then nothing was answered yet
        facts = {name: answer.value for name, answer in state.answers.items()}
        where = Where.read(compiled, facts, {name: answer.raw for name, answer in state.answers.items()})
    return Cell(
        day=store.calendar.day(at),
        milestone=Milestone(reached.step),
        flow=reached.flow,
        source=named_source(state.source, store.settings.sources),
        sector=where.sector or "",
        place=where.place or "",
        detail=reached.at,
    )

"""How far a conversation came in a turn, for the figures: it started, a result was seen, it stopped, and where."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.content.sentence_keys import Sentence
from bot.engine.state import Mode, State
from bot.engine.trace import Trace, Traced

RESULTS = frozenset({Sentence.RESULTS, Sentence.SAME_RESULTS, Sentence.WISH_UNKNOWN, Sentence.NOTHING_FITS})
"""What stands above a result; that nothing fits is one."""


NOTHING = frozenset({Sentence.WISH_UNKNOWN, Sentence.NOTHING_FITS})
IN_VAIN = "nothing"  # where a result says that nothing fits


class Step(StrEnum):
    STARTED = "started"
    RESULT = "result"
    FAR = "far"  # a result without a way to the work of their wish that is known near them
    TAKEN_BACK = "taken_back"  # what we read in their words, and was not so
    STOPPED = "stopped"  # without a lead: they went silent, came to an end, or had everything erased


OF_SEVERAL = frozenset({Step.FAR, Step.TAKEN_BACK})


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that was reached in a flow; `at` is the question that was open when they stopped, `IN_VAIN` at a result of
    nothing, the work that is far, and the question with the code that was taken back."""

    step: Step
    flow: str
    at: str = ""

    @property
    def key(self) -> str:
        """What is counted once: several wishes can be far, and several readings taken back."""
        return " ".join([self.flow, self.step, *([self.at] if self.step in OF_SEVERAL else [])])


NOTED = {Traced.FAR: Step.FAR, Traced.TAKEN_BACK: Step.TAKEN_BACK}


def passed(before: State, after: State, trace: Collection[Trace]) -> Iterator[Passed]:
    """What a turn reached, whether or not it was reached before: it is for who counts to count it once."""
    if after.mode not in (Mode.NEW, Mode.EXPIRED, Mode.RESTING):
        yield Passed(Step.STARTED, after.flow)
    said = {each.name for each in trace if each.kind is Traced.SAID} & RESULTS
    if said:
        yield Passed(Step.RESULT, after.flow, "" if said.isdisjoint(NOTHING) else IN_VAIN)
    for each in trace:
        if each.kind in NOTED:
            yield Passed(NOTED[each.kind], after.flow, each.name)
    over = after.mode in (Mode.ENDED, Mode.EXPIRED) and before.mode is not after.mode
    if over and (stopped := left(before, after.reference)):
        yield stopped


def left(state: State, reference: str | None = None) -> Passed | None:
    """Somebody goes, and is in this state: where they stopped; None for who had a lead or never began, and for who
    cried for help: that is kept nowhere."""
    if state.reference or reference or state.mode in (Mode.NEW, Mode.ENDED, Mode.EXPIRED, Mode.RESTING):
        return None
    return Passed(Step.STOPPED, state.flow, state.asked or "")

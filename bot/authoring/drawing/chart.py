"""What leads where in a flow, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.flow import Call, Collect, Consent, End, Flow, Goto, MatchStep, Set, Step, Wait
from bot.text import Text

LONGEST_LINE = 46  # letters

_OPERATORS = {
    Operator.IS: "is",
    Operator.IN: "is one of",
    Operator.NOT_IN: "is none of",
    Operator.AT_LEAST: "≥",
    Operator.AT_MOST: "≤",
    Operator.LESS_THAN: "<",
    Operator.MORE_THAN: ">",
    Operator.ANY_OF: "has one of",
    Operator.ALL_OF: "has all of",
    Operator.NONE_OF: "has none of",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A step. `kind` is its keyword; `only_if` says when it is not passed over."""

    id: str
    kind: str
    says: str
    only_if: str | None


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another, by their places in the chart; `when` is None for "in all other cases"."""

    source: int
    target: int
    when: str | None


@dataclass(frozen=True, slots=True)
class Chart:
    """`arrows` into a box one below the source, without `when`, are the way that most go."""

    id: str
    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def chart_of(flow: Flow, language: str) -> Chart:
    boxes = tuple(_box(step, language) for step in flow.steps)
    arrows = tuple(dict.fromkeys(arrow for index in range(len(boxes)) for arrow in _arrows(flow, index)))
    return Chart(flow.id, flow.title[language], boxes, arrows)


def _box(step: Step, language: str) -> Box:
    match step:
        case Set(fact=fact, value=value):
            says = f"{fact} = {_word(value)}"
        case Call(flow=flow):
            says = f"the flow {flow}, and back"
        case Goto(target=target):
            says = f"to {target}"
        case Wait(duration=duration):
            says = f"{duration.total_seconds() / 86400:g} days"
        case MatchStep():
            says = "programmes and money that fit"
        case _:
            text: Text | None = step.text
            says = text[language] if text else ""
    only_if = in_words(step.condition) if step.condition is not None else None
    kind = f"{type(step).__name__.lower()}"
    if isinstance(step, Collect):
        kind = f"{kind} {step.type}"
    return Box(step.id, kind, _shortened(says), only_if)


def _arrows(flow: Flow, index: int) -> Iterator[Arrow]:
    step, below = flow.steps[index], index + 1
    always = False
    for branch in step.next:
        # Behind the question itself its name need not be said again: "is no", and not "may_contact is no".
        when = in_words(branch.condition).removeprefix(f"{step.id} ") if branch.condition is not None else None
        yield Arrow(index, flow.positions[branch.then], when)
        always = always or branch.condition is None
    if isinstance(step, Goto):
        yield Arrow(index, flow.positions[step.target], None)
        always = True
    # A step that is passed over leads on below, whatever it does otherwise.
    ends = always or isinstance(step, End)
    if below < len(flow.steps) and (not ends or step.condition is not None):
        yield Arrow(index, below, "otherwise" if ends else None)


def in_words(condition: Condition) -> str:
    """A condition as an editor would say it."""
    match condition:
        case Comparison(fact, Operator.KNOWN, value):
            return f"{fact} is {'known' if value else 'not known'}"
        case Comparison(fact, operator, value):
            return f"{fact} {_OPERATORS[operator]} {_word(value)}"
        case All(parts):
            return " and ".join(f"({in_words(part)})" if isinstance(part, AnyOf) else in_words(part) for part in parts)
        case AnyOf(parts):
            return " or ".join(map(in_words, parts))
        case Not(part):
            return f"not ({in_words(part)})"


def _word(value: Value) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case frozenset():
            return ", ".join(sorted(value))
        case _:
            return str(value)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1].rstrip() + "…"


def asks(box: Box) -> bool:
    return box.kind.split()[0] in {kind.__name__.lower() for kind in (Collect, Consent)} | {"review"}

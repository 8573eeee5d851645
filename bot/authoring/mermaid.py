"""A flow as Mermaid text, which GitHub, GitLab and many editors show as a picture: its steps, and what leads where."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.content.conditions import All, AnyOf, Comparison, Condition, Not, Operator, Value
from bot.content.flow import Call, Collect, Consent, End, Flow, Goto, Jobs, MatchStep, Review, Schemes, Set, Step, Wait

if TYPE_CHECKING:
    from bot.text import Text

LONGEST_LINE = 46  # characters

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


# Mermaid reads these as its own signs; as entities they are characters.
_SIGNS = str.maketrans({'"': "#quot;", "<": "#lt;", ">": "#gt;", "{": "#123;", "}": "#125;", "#": "#35;"})


def mermaid(flow: Flow, language: str) -> str:
    lines = ["---", f"title: {flow.id}", "---", "flowchart TD"]
    lines += [f"    s{number}{_box(step, language)}" for number, step in enumerate(flow.steps)]
    lines += dict.fromkeys(arrow for index in range(len(flow.steps)) for arrow in _arrows(flow, index))
    return "\n".join(lines) + "\n"


def _box(step: Step, language: str) -> str:
    words = [f"<b>{step.id}</b>", _escaped(_shortened(_says(step, language)))]
    if step.condition is not None:
        words.append(f"<i>if {_escaped(in_words(step.condition))}</i>")
    text = '"' + "<br/>".join(word for word in words if word) + '"'
    match step:
        case Collect() | Consent() | Review():
            return "{{" + text + "}}"
        case End():
            return f"([{text}])"
        case _:
            return f"[{text}]"


def _says(step: Step, language: str) -> str:
    match step:
        case Set(fact=fact, value=value):
            return f"{fact} = {_word(value)}"
        case Call(flow=flow):
            return f"the flow {flow}, and back"
        case Goto(target=target):
            return f"to {target}"
        case Wait(duration=duration):
            return f"{duration.total_seconds() / 86400:g} days"
        case MatchStep():
            return "programmes and money that fit"
        case Schemes():
            return "schemes that fit the company"
        case Jobs():
            return "three jobs worth a look"
        case _:
            text: Text | None = step.text
            return text[language] if text else ""


def _arrows(flow: Flow, index: int) -> Iterator[str]:
    step, below = flow.steps[index], index + 1
    always = False
    for branch in step.next:
        # Behind the question itself its name need not be said again: "is no", and not "may_contact is no".
        when = in_words(branch.condition).removeprefix(f"{step.id} ") if branch.condition is not None else None
        yield _arrow(index, flow.positions[branch.then], when)
        always = always or branch.condition is None
    if isinstance(step, Goto):
        yield _arrow(index, flow.positions[step.target])
        always = True
    # A step that is passed over leads on below, whatever it does otherwise.
    ends = always or isinstance(step, End)
    if below < len(flow.steps) and (not ends or step.condition is not None):
        yield _arrow(index, below, "otherwise" if ends else None)


def _arrow(source: int, target: int, when: str | None = None) -> str:
    label = f'|"{_escaped(when)}"|' if when else ""
    return f"    s{source} -->{label} s{target}"


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


def _escaped(text: str) -> str:
    return text.translate(_SIGNS)

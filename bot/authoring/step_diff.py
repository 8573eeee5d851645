"""What is other in the meaning of one step, in lines for an editor: each says what that does to open conversations.

A text in other words means the same. A label means a value, a branch a way, and the words of a consent what was agreed
to: those are told. The order of choices and of keys, and comments, are no meaning.
"""

from collections.abc import Iterator, Mapping

from bot.authoring.mermaid import in_words
from bot.content.conditions import Condition
from bot.content.flow import Call, Choice, Collect, Consent, Constraint, Review, Set, Step, Wait
from bot.text import Text


def step_changes(old: Step, new: Step) -> Iterator[str]:
    """`new`: the step of the same name, or the one that it was renamed to."""
    name = repr(new.id)
    if type(old) is not type(new):
        yield f"{name} is a step of another kind now."
        return
    if old.condition != new.condition:
        yield f"{name} {_when(new.condition)}; it {_when(old.condition)}. Whoever comes by again goes by the new one."
    if _ways(old) != _ways(new):
        was = f"It was: {_said(old)}. Whoever is past it goes the new way."
        yield f"behind {name} it goes on otherwise: {_said(new)}. {was}"
    match old, new:
        case Collect(), Collect():
            yield from _question(old, new)
        case Consent(), Consent():
            yield from _consent(old, new)
        case Review(), Review() if frozenset(old.only) != frozenset(new.only):
            yield f"{name} shows other answers: {_listed(new.only)}. Whoever comes to it sees those."
        case Set(), Set() if old.value != new.value:
            yield f"{name} is set to {new.value!r}, and was {old.value!r}: also for who is past it."
        case Call(), Call() if old.flow != new.flow:
            yield f"{name} calls {new.flow!r}, and called {old.flow!r}."
        case Wait(), Wait() if old.duration != new.duration:
            yield f"{name} waits {new.duration}, and waited {old.duration}: look at who waits now."
        case _:
            pass


def _question(old: Collect, new: Collect) -> Iterator[str]:
    name = repr(new.id)
    if new.type != old.type:
        yield f"{name} is now {new.type}, and was {old.type}: every answer is read again."
    yield from _choices(old, new)
    if _limits(old.constraint) != _limits(new.constraint):
        yield f"{name} has other limits: an answer beyond them is asked again."
    if _refused(old) != _refused(new):
        yield f"{name} refuses other answers: an answer that is refused now is asked again."
    if old.default != new.default:
        yield f"{name} counts as {new.default!r} when it is passed over, and counted as {old.default!r}: for everybody."
    if old.required != new.required or (old.skip is None) != (new.skip is None):
        can = "can no longer" if new.required or new.skip is None else "can"
        yield f"{name} {can} be passed over."
    if old.pii != new.pii:
        how = "personal now: it is filed apart" if new.pii else "no longer personal: it is kept as others"
        yield f"{name} is {how}."
    if old.ask_when != new.ask_when:
        yield f"{name} is asked {new.ask_when}, and was asked {old.ask_when}: whoever is past it may be asked."
    if old.ask_if != new.ask_if:
        yield f"{name} {_when(new.ask_if)}; it {_when(old.ask_if)}. Who told it unasked keeps what they told."
    if old.column != new.column:
        yield f"{name} stands in the column {new.column!r} of an export, and stood in {old.column!r}."


def _choices(old: Collect, new: Collect) -> Iterator[str]:
    before = {choice.value: choice for choice in old.choices}
    after = {choice.value: choice for choice in new.choices}
    for value in before.keys() - after.keys():
        yield f"{new.id!r} has no {value!r} any more: whoever chose that is asked again."
    for value in sorted(after.keys() - before.keys()) if before else ():
        yield f"{new.id!r} has a new choice {value!r}: nobody who is past it is asked for it."
    meant = {label: choice.value for choice in old.choices for label in choice.label}
    for value in (value for value in after if value in before and before[value].label != after[value].label):
        label = after[value].label.fallback
        other = next((meant[one] for one in after[value].label if meant.get(one, value) != value), None)
        if other is not None:
            yield f"{label!r} of {new.id!r} means {value!r} now, and meant {other!r}: who chose it keeps {other!r}."
        else:
            was = before[value].label.fallback
            yield f"{value!r} of {new.id!r} is called {label!r}, and was {was!r}: answers stay."
    for value in (value for value in after if value in before and before[value].until != after[value].until):
        yield f"{value!r} of {new.id!r} can be chosen {_until(after[value])}, and could {_until(before[value])}: {OVER}"
    for value in (value for value in after if value in before and before[value].numbers != after[value].numbers):
        yield f"other numbers mean {value!r} of {new.id!r}: answers that were given stay as they were read."


OVER = "who chose it and was not sent on yet is asked again when it is over."


def _until(choice: Choice) -> str:
    return f"until {choice.until}" if choice.until else "always"


def _consent(old: Consent, new: Consent) -> Iterator[str]:
    for language, words in _other_words(old.text, new.text).items():
        yield (
            f"the words of the consent {new.id!r} are other ({language}): {words}."
            " Who said yes agreed to the old words, which are kept; who says it from now on agrees to the new ones."
        )
    if old.purpose != new.purpose:
        yield f"{new.id!r} is for {new.purpose!r}, and was for {old.purpose!r}."


def _other_words(old: Text, new: Text) -> Mapping[str, str]:
    return {one: repr(new[one]) for one in new.languages if " ".join(new[one].split()) != " ".join(old[one].split())}


def _limits(constraint: Constraint | None) -> tuple[object, object]:
    return (constraint.at_least, constraint.at_most) if constraint else (None, None)


def _refused(question: Collect) -> frozenset[tuple[Condition, bool]]:
    return frozenset((one.condition, one.soft) for one in question.rejections)


def _ways(step: Step) -> tuple[tuple[Condition | None, str], ...]:
    target = getattr(step, "target", None)
    return tuple((branch.condition, branch.then) for branch in step.next) or (((None, target),) if target else ())


def _said(step: Step) -> str:
    ways = [f"{in_words(when)} to {then!r}" if when else f"else to {then!r}" for when, then in _ways(step)]
    return ", ".join(ways) or "to the step below"


def _when(condition: Condition | None) -> str:
    return f"is for who has {in_words(condition)}" if condition else "is for everybody"


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names) or "all"

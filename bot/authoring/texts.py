"""The texts of a flow, and the names between braces in them."""

from collections.abc import Iterator

from bot.content.flow import Collect, Consent, End, Handoff, Review, Say, Step, Submit
from bot.text import Text, placeholders

REFERENCE = "reference"  # the number of a lead: known from the step that files it


def filled_texts(step: Step) -> Iterator[Text]:
    """The texts in which the engine fills in what somebody answered."""
    match step:
        case Collect(text=text, hint=hint):
            yield from (each for each in (text, hint) if each)
        case Say(text=text) | Consent(text=text) | Review(text=text) | Submit(text=text) | Handoff(text=text):
            yield text
        case End(text=text) if text:
            yield text
        case _:
            return


def plain_texts(step: Step) -> Iterator[Text]:
    """The texts that are shown as they stand."""
    match step:
        case Collect():
            named = (step.why, step.example, step.unit, step.name, step.skip)
            yield from (each for each in named if each)
            yield from (choice.label for choice in step.choices)
            yield from (rejection.text for rejection in step.rejections)
        case Consent():
            yield from (each for each in (step.why, step.name) if each)
        case Say(title=title) if title:
            yield title
        case _:
            return


def names_in(text: Text) -> frozenset[str]:
    return frozenset().union(*map(placeholders, text))


def filled_in(step: Step) -> frozenset[str]:
    """The names that are filled in by what a step says."""
    return frozenset().union(*(names_in(text) for text in filled_texts(step)))

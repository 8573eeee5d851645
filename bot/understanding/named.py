"""A fact by its name, with another value: "foutje bij leeftijd, moet 47 zijn", "mijn woonplaats is Zeist"."""

from collections.abc import Iterator

from bot.answers import type_of
from bot.answers.reading import spaced
from bot.content.flow import Collect
from bot.understanding.acts import Act, Fill
from bot.understanding.context import Context
from bot.understanding.facts import fill

LONGEST = 14  # words: in a story a name of a fact is a word like any other


def by_name(text: str, context: Context) -> Iterator[Act]:
    """What a text says of an answered question that it names; not of the open one."""
    said = spaced(text)
    if len(said.split()) > LONGEST:
        return
    for question in context.questions:
        if question.id not in context.known or question == context.asked or type_of(question).in_own_words:
            continue
        for name in _names(question):
            if spaced(name) in said:
                rest = said.replace(spaced(name), " ", 1).strip()
                act = fill(question, rest, context, states=True, named=True)
                if isinstance(act, Fill) and act.reading.value != context.known[question.id]:
                    yield act
                break


def _names(question: Collect) -> tuple[str, ...]:
    return tuple(question.name) if question.name else ()

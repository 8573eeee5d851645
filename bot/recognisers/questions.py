"""What in a text has the form of a question: the sentences that ask, and where in a long one the asking begins."""

import re
from collections.abc import Iterator

from bot.content.language import Speech
from bot.matching import either, fold

LONG = 14  # words: who tells a story puts the question in a sentence of its own, or at the end of a long one
SHORTEST = 3  # words: fewer are no question by themselves
MOST = 16  # parts; the last ones, because the question comes behind the story

_SENTENCES = re.compile(r"(?<=[.!?;:…])\s+|\n+")


class Questions:
    """Finds the parts of a text that ask something."""

    def __init__(self, speech: Speech) -> None:
        any_of, before = numbered(speech.openings), either(speech.before_opening)
        self._asking = re.compile(rf"\?|\b(?:{any_of})\b")
        # "Wat" and "waar" stand in the middle of what asks nothing, "mag ik" does not.
        sure = numbered(tuple(one for one in speech.openings if " " in one))
        self._begins = re.compile(rf"(?:, |\b(?:{before}) )(?={any_of}\b)|(?<= )(?=(?:{sure})\b)")

    def parts(self, text: str) -> tuple[str, ...]:
        """Every sentence that asks, with what was said just before it and without; of a long one its end as well.

        Nothing when the text is one sentence that is not long: there is no story around it.
        """
        said = [fold(part) for part in _SENTENCES.split(text) if part.strip()]
        found: dict[str, None] = {}
        for before, sentence in zip(["", *said], said, strict=False):
            if self._asking.search(sentence) is None:
                continue
            if before and len(before.split()) + len(sentence.split()) <= LONG:
                found[f"{before} {sentence}"] = None
            found |= dict.fromkeys([sentence, *self._ends(sentence)])
        found.pop(fold(text), None)
        return tuple(part for part in found if len(part.split()) >= SHORTEST)[-MOST:]

    def _ends(self, sentence: str) -> Iterator[str]:
        if len(sentence.split()) > LONG:
            yield from (sentence[begin.end() :] for begin in self._begins.finditer(sentence))


def numbered(openings: tuple[str, ...]) -> str:
    """An expression for how a question begins; `#` is a number: "is 30 te oud"."""
    return either(openings).replace(r"\#", r"\d+")

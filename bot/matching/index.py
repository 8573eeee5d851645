"""Labels with example wordings, and the label that a new text means."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.matching.intent_index import Examples, IntentIndex
from bot.matching.inverted_index import Doubles
from bot.matching.name_index import NameIndex
from bot.matching.normalise import words

MOST_QUESTIONS = 600  # labels; a regression over more takes too long to learn, and so many labels are names anyway
EVIDENCE = 3  # words
WORTH_SAYING = 0.25  # of what the strongest word carried


@dataclass(frozen=True, slots=True)
class Match:
    label: str
    score: float  # 0..1: the probability that this label is meant
    evidence: tuple[str, ...] = ()  # of the best match: the words of the text that carried it, strongest first


class Index:
    """Find the label whose example wordings mean the same as a text.

    Up to 600 labels are questions: a regression weighs what tells their wordings apart. More are names: the nearest
    decides. `meaning=False` leaves the word table out. An index can be pickled; the word table stays in its own file.
    """

    def __init__(self, examples: Iterable[tuple[str, str]], *, meaning: bool = True) -> None:
        texts: list[list[str]] = []
        labels: list[str] = []
        for text, label in examples:
            # Without words ("?!") a wording says nothing, and would be the nearest of nothing.
            if found := words(text):
                texts.append(found)
                labels.append(label)
        numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
        self._labels = list(numbers)
        taught = Examples(texts, np.array([numbers[label] for label in labels], np.int64), len(numbers))
        self._inside: IntentIndex | NameIndex | None = None
        if texts:
            kind = IntentIndex if len(numbers) <= MOST_QUESTIONS else NameIndex
            self._inside = kind(taught, meaning=meaning)

    def search(self, text: str, limit: int = 5) -> list[Match]:
        """Give the labels that `text` may mean, best first; none when it has no words."""
        asked = words(text)
        if not asked or self._inside is None:
            return []
        answer = self._inside.answer(asked)
        best = _highest(answer.scores, limit)
        evidence = _strongest(asked, answer.carried)
        return [
            Match(self._labels[number], float(answer.scores[number]), () if place else evidence)
            for place, number in enumerate(best)
        ]


def _highest(scores: Doubles, limit: int) -> list[int]:
    """Where the highest scores stand, best first; of equal ones those that come first. Of thousands of names all but
    some have 0, and sorting those takes longer than all the rest."""
    some = np.flatnonzero(scores > 0)
    if len(some) < limit:
        some = np.arange(len(scores))
    best: list[int] = some[np.argsort(-scores[some], kind="stable")[:limit]].tolist()
    return best


def _strongest(asked: list[str], carried: Doubles) -> tuple[str, ...]:
    """The few words that carried the most, strongest first, each once."""
    order = np.argsort(-carried, kind="stable").tolist()
    enough = max(WORTH_SAYING * float(carried[order[0]]), 1e-9)
    return tuple(dict.fromkeys(asked[place] for place in order if carried[place] >= enough))[:EVIDENCE]

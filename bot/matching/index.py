"""Labels with example wordings, and the label that a new text means."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from bot.matching.names import Names
from bot.matching.postings import Doubles
from bot.matching.questions import Questions
from bot.matching.text import words


@dataclass(frozen=True, slots=True)
class Match:
    label: str
    score: float  # 0..1: the probability that this label is meant
    evidence: tuple[str, ...] = ()  # the words of the question that carried it, strongest first


MOST_QUESTIONS = 600  # labels; with more of them a regression takes too long to learn, and they are names anyway
EVIDENCE = 3  # words
WORTH_SAYING = 0.25  # of what the strongest word carried


class Index:
    """Find the label whose example wordings mean the same as a text."""

    def __init__(self, examples: Iterable[tuple[str, str]], *, meaning: bool = True) -> None:
        texts, labels = [], []
        for text, label in examples:
            texts.append(words(text))
            labels.append(label)
        self._labels = list(dict.fromkeys(labels))
        numbers = {label: number for number, label in enumerate(self._labels)}
        kind = Questions if len(numbers) <= MOST_QUESTIONS else Names
        self._ranked = kind(texts, np.array([numbers[label] for label in labels], np.int64), len(numbers), meaning=meaning)

    def search(self, text: str, limit: int = 5) -> list[Match]:
        """Give the labels that `text` may mean, best first."""
        asked = words(text)
        if not asked:
            return []
        answer = self._ranked.answer(asked)
        best = np.argsort(-answer.scores, kind="stable")[:limit].tolist()
        evidence = _strongest(asked, answer.carried)
        return [
            Match(self._labels[number], float(answer.scores[number]), evidence if not place else ())
            for place, number in enumerate(best)
        ]


def _strongest(asked: list[str], carried: Doubles) -> tuple[str, ...]:
    """The few words that carried the most, strongest first, each once."""
    order = np.argsort(-carried, kind="stable")
    enough = WORTH_SAYING * carried[order[0]]
    strong = (asked[place] for place in order.tolist() if carried[place] >= max(enough, 1e-9))
    return tuple(dict.fromkeys(strong))[:EVIDENCE]

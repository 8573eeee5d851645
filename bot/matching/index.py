"""Labels with example wordings, and the label that a new text means."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

from bot.matching.text import words


@dataclass(frozen=True, slots=True)
class Match:
    label: str
    score: float  # 0..1: the probability that this label is meant
    evidence: tuple[str, ...] = ()  # the words of the question that carried it, strongest first


def grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[start : start + size] for size in (3, 4, 5) for start in range(len(padded) - size + 1)]


class Index:
    """Find the label whose example wordings are most like a text."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        texts = list(examples)
        self._labels = [label for _, label in texts]
        bags = [Counter(gram for word in words(text) for gram in grams(word)) for text, _ in texts]
        seen = Counter(gram for bag in bags for gram in bag)
        self._rarity = {gram: log((1 + len(bags)) / count) for gram, count in seen.items()}
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, bag in enumerate(bags):
            norm = sqrt(sum(self._rarity[gram] ** 2 for gram in bag)) or 1.0
            for gram in bag:
                self._postings[gram].append((number, self._rarity[gram] / norm))

    def search(self, text: str, limit: int = 5) -> list[Match]:
        """Give the labels that `text` may mean, best first."""
        asked = words(text)
        bag = {gram for word in asked for gram in grams(word)}
        norm = sqrt(sum(self._rarity.get(gram, 0.0) ** 2 for gram in bag)) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for gram in bag:
            for number, weight in self._postings.get(gram, ()):
                scores[number] += weight * self._rarity[gram] / norm
        best: dict[str, float] = {}
        for number, score in scores.items():
            label = self._labels[number]
            best[label] = max(best.get(label, 0.0), score)
        known = tuple(word for word in asked if f" {word} "[:5] in self._rarity)
        ranked = sorted(best.items(), key=lambda item: -item[1])[:limit]
        return [Match(label, min(score, 1.0), known) for label, score in ranked]

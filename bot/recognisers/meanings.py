"""What words mean, roughly: "papa", "my dad" and "stiefvader" are all a parent.

Whoever learns from a few thousand messages has not seen every word, but most of what the words mean, and in which
order. The words stand in `knowledge/meanings.yaml`, of all languages together, because people mix them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

REACH = 8  # words from one meaning to the next that it goes together with

Found = tuple[int, tuple[str, ...]]
"""At which word, and what it means."""


class Meanings:
    """Finds meanings in texts as `patterns.normalise` gives them."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """`phrases`: words, normalised, one of them perhaps with `*` for any ending; and what they mean."""
        exact: dict[tuple[str, ...], set[str]] = defaultdict(set)
        begins: dict[str, set[str]] = defaultdict(set)
        for phrase, meaning in phrases:
            split = tuple(phrase.split())
            if len(split) == 1 and split[0].endswith("*"):
                begins[split[0][:-1]].add(meaning)
            elif split:
                exact[split].add(meaning)
        self._exact = dict(exact)
        self._lengths: dict[str, set[int]] = {}
        for first, *rest in exact:
            self._lengths.setdefault(first, set()).add(len(rest) + 1)
        self._begins = dict(begins)
        self._sizes = sorted({len(one) for one in begins})

    def find(self, said: str) -> list[Found]:
        """Every meaning, in the order of the words."""
        split = said.split()
        found = ((place, tuple(sorted(set(self._at(split, place))))) for place in range(len(split)))
        return [one for one in found if one[1]]

    def together(self, said: str) -> tuple[str, ...]:
        """Every meaning, and every two that go together, in their order: "child", "child > hungry"."""
        found = self.find(said)
        grams: dict[str, None] = {}
        for number, (place, meanings) in enumerate(found):
            grams.update(dict.fromkeys(meanings))
            for later, others in found[number + 1 :]:
                if later - place > REACH:
                    break
                grams.update((f"{one} > {other}", None) for one in meanings for other in others if one != other)
        return tuple(grams)

    def _at(self, split: list[str], place: int) -> Iterator[str]:
        word = split[place]
        for length in self._lengths.get(word, ()):
            yield from self._exact.get(tuple(split[place : place + length]), ())
        for size in self._sizes:
            if size > len(word):
                return
            yield from self._begins.get(word[:size], ())

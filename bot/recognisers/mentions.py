"""What someone mentions in passing: known phrases found in a text, whatever stands around them."""

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import words

# "geen bbl", "niet via uwv": who denies it does not mention it. Two words between still belong together.
DENIAL_REACH = 3  # words before the phrase

# "statushoder" is one error in eleven letters (0.91); "leren" for "lezen" (0.8) is another word.
ALIKE = 0.86
LONG_ENOUGH = 6  # characters; a shorter word with an error is too often another word


class Mentions:
    """Finds known phrases in a text, with typing errors, unless they are denied."""

    def __init__(self, phrases: Iterable[tuple[str, str]], denials: frozenset[str] = frozenset()) -> None:
        """`phrases`: a phrase as people write it, and what it stands for. `denials`: words that take it back."""
        self._denials = denials
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for phrase, name in phrases:
            split = tuple(words(phrase))
            if split:
                self._by_first[split[0]].append((split, name))
        self._long = [word for word in self._by_first if len(word) >= LONG_ENOUGH]

    def read(self, text: str) -> frozenset[str]:
        """The names of the phrases in `text`."""
        typed = words(text)
        return frozenset(
            name
            for start in range(len(typed))
            if not self._denials & set(typed[max(0, start - DENIAL_REACH) : start])
            for split, name in self._starting_with(typed[start])
            if len(typed) - start >= len(split) and all(map(alike, split, typed[start:]))
        )

    def _starting_with(self, word: str) -> Iterable[tuple[tuple[str, ...], str]]:
        yield from self._by_first.get(word, ())
        if word not in self._by_first and len(word) >= LONG_ENOUGH:
            near = process.extract(word, self._long, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, limit=None)
            for known, _, _ in near:
                yield from self._by_first[known]


def alike(known: str, typed: str) -> bool:
    """The same word, or a long word with one typing error or a plural ending."""
    if known == typed:
        return True
    if min(len(known), len(typed)) < LONG_ENOUGH:
        return False
    return OSA.normalized_similarity(known, typed) >= ALIKE

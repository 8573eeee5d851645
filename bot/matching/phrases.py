"""Whole messages that are known word for word, or nearly so: "ben jij een robot", "waarom vraag je dat"."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import words

LONGEST = 120  # characters; whoever types more says more than a phrase
SHORTEST_WITH_ERRORS = 8  # characters
NEARLY = 0.88  # "waarom vraag ge dat" → waarom vraag je dat is 0.95


class Phrases:
    """Labels by the phrases that mean them."""

    def __init__(
        self,
        phrases: Iterable[tuple[str, str]],
        before: frozenset[str] = frozenset(),
        behind: frozenset[str] = frozenset(),
    ) -> None:
        """`before` and `behind`: words that people put around a phrase. "Ok, dank je" is thanks, "ok" alone is not."""
        self._before, self._behind = before, behind
        self._labels = {" ".join(words(phrase)): label for phrase, label in phrases}
        # In one word an error makes another word: "Nederland" is no misspelt "Nederlands".
        self._with_errors = [one for one in self._labels if " " in one and len(one) >= SHORTEST_WITH_ERRORS]

    def look_up(self, text: str) -> str | None:
        """The label of the phrase that the whole text is, with a typing error and without courtesies; or None."""
        said = words(text) if len(text) <= LONGEST else []
        while said:
            typed = " ".join(said)
            if typed in self._labels:
                return self._labels[typed]
            if said[0] in self._before:
                said = said[1:]
            elif said[-1] in self._behind:
                said = said[:-1]
            else:
                near = process.extractOne(
                    typed, self._with_errors, scorer=OSA.normalized_similarity, score_cutoff=NEARLY
                )
                return self._labels[near[0]] if near else None
        return None

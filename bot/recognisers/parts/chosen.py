"""Which choice a part of a message means, when it names none: "sinds de sluiting zit ik thuis" looks for work.

Learnt from the labelled parts that say which choice they mean, and from the names of the choices themselves.
"""

from collections import defaultdict
from collections.abc import Iterable

from bot.content.knowledge import choices_of
from bot.matching.regression.multinomial import Example, MultinomialRegression
from bot.matching.sparse import Features, hashed, together
from bot.recognisers.parts.features import ROWS, meaning_of, of_word, row_of
from bot.recognisers.parts.typed import shapes, tokens

FEWEST = 2  # choices; of one there is nothing to learn


class Chosen:
    """Says which choice some words mean, of the choices of one kind of part."""

    def __init__(self, messages: Iterable[str], named: Iterable[tuple[str, str, str]]) -> None:
        """`messages`: in the notation of `LabelledMessage`. `named`: kind, what a choice is called, and it."""
        examples: dict[str, list[Example]] = defaultdict(list)
        for kind, words, choice in named:
            examples[kind].append(_example(words, choice))
        for said in messages:
            for words, kind, choice in choices_of(said):
                examples[kind].append(_example(words, choice))
        self._of_kind = {
            kind: MultinomialRegression.fit(some)
            for kind, some in sorted(examples.items())
            if len({one.label for one in some}) >= FEWEST
        }

    def of(self, kind: str, words: str) -> tuple[str, float] | None:
        """The likeliest choice, and how likely it is, 0..1; None where nothing was learnt."""
        learnt, typed = self._of_kind.get(kind), tokens(words)
        if learnt is None or not typed:
            return None
        leaning = learnt.leaning(_features(words)) + learnt.leaning_of_meaning(meaning_of(typed))
        likely = learnt.likely(leaning)
        best = int(likely.argmax())
        return learnt.labels[best], float(likely[best])


def _example(words: str, choice: str) -> Example:
    return Example(_features(words), choice, meaning_of(tokens(words)))


def _features(words: str) -> Features:
    said = shapes(tokens(words))
    pairs = [row_of(said, place, 1) for place in range(1, len(said))]
    places, values = together([*map(of_word, said), hashed(pairs, ROWS[1])])
    length = float(values @ values) ** 0.5 or 1.0
    return places, values / length

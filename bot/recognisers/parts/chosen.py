"""Which choice a part of a message means, when it names none: "sinds de sluiting zit ik thuis" looks for work.

Learnt from the labelled parts that say which choice they mean, and from the names of the choices themselves.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from bot.content.knowledge import choices_of
from bot.matching.inverted_index import Entries
from bot.matching.regression.multinomial import MultinomialRegression
from bot.recognisers.parts.features import meaning_of, meanings_of, spelled
from bot.recognisers.parts.typed import shapes, tokens

FEWEST = 2  # choices; of one there is nothing to learn
REACH = 1  # words in a row, beside one


class Chosen:
    """Says which choice some words mean, of the choices of one kind of part."""

    def __init__(self, messages: Iterable[str], named: Iterable[tuple[str, str, str]]) -> None:
        """`messages`: in the notation of `LabelledMessage`. `named`: kind, what a choice is called, and it."""
        examples: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, words, choice in named:
            examples[kind].append((words, choice))
        for said in messages:
            for words, kind, choice in choices_of(said):
                examples[kind].append((words, choice))
        self._of_kind = {
            kind: _learn(some)
            for kind, some in sorted(examples.items())
            if len({choice for _, choice in some}) >= FEWEST
        }

    def of(self, kind: str, words: str) -> tuple[str, float] | None:
        """The likeliest choice, and how likely it is, 0..1; None where nothing was learnt."""
        learnt, typed = self._of_kind.get(kind), tokens(words)
        if learnt is None or not typed:
            return None
        _, places, amounts = spelled([shapes(typed)], REACH)
        leaning = learnt.leaning((places, amounts.astype(np.float32)))
        leaning = leaning + learnt.leaning_of_meaning(meaning_of([token.word for token in typed]))
        likely = learnt.likely(leaning)
        best = int(likely.argmax())
        return learnt.labels[best], float(likely[best])


def _learn(examples: Sequence[tuple[str, str]]) -> MultinomialRegression:
    typed = [tokens(words) for words, _ in examples]
    features = Entries.merge(*spelled([shapes(some) for some in typed], REACH))
    meanings = meanings_of([[token.word for token in some] for some in typed])
    return MultinomialRegression.fit(features, meanings, [choice for _, choice in examples])

"""The nearest names in a short list, letter by letter: a button that was typed with an error."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.matching.normalise import fold


@dataclass(frozen=True, slots=True)
class Near:
    name: str
    score: float  # 0..1; 1 is the same text after folding


ALIKE = 0.7  # "limbrug" → Limburg is 0.86 and passes; "zuid-holland" → Noord-Holland is 0.69 and does not


def closest(text: str, names: Iterable[str], limit: int = 3, at_least: float = ALIKE) -> list[Near]:
    """Give the names most like `text`, best first, none below `at_least`.

    Two neighbouring letters that changed places count as one error (optimal string alignment). Meant for
    tens to hundreds of short names; for sentences or thousands of names build an `Index`.
    """
    typed, near = fold(text), []
    for name in names:
        score = OSA.normalized_similarity(typed, _folded(name), score_cutoff=at_least)
        if score >= at_least:
            near.append(Near(name, score))
    return sorted(near, key=lambda one: -one.score)[:limit]


_folded = lru_cache(maxsize=4096)(fold)  # the same lists come back at every turn

"""What people say around the name of a place, as reading looks it up."""

from dataclasses import dataclass

from bot.content.language import PlaceWords
from bot.matching import folded

Folded = frozenset[str]


@dataclass(frozen=True, slots=True)
class Around:
    """`before`: what stands right before a place; `home` and `beside` among it."""

    fillers: Folded
    elsewhere: Folded
    ordinary: Folded
    home: Folded
    beside: Folded
    before: Folded
    articles: Folded
    province: Folded
    region: Folded
    either: Folded

    @classmethod
    def of(cls, words: PlaceWords) -> "Around":
        home, beside = folded(words.home), folded(words.beside)
        return cls(
            folded(words.fillers),
            folded(words.elsewhere),
            folded(words.ordinary),
            home,
            beside,
            home | beside | folded(words.before),
            folded(words.articles),
            folded(words.province),
            folded(words.region),
            folded(words.either),
        )

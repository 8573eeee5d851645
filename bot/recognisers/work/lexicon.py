"""The phrases that are known word for word: occupations, sectors and vague wishes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.content.knowledge import EVERY_SECTOR, Occupation, Sector, Wish
from bot.content.language import WorkWords
from bot.matching import folded
from bot.matching import words as split
from bot.matching.word_vectors import word_table
from bot.recognisers.work.inflection import other_forms


class Level(StrEnum):
    """What a phrase names, the most telling first."""

    OCCUPATION = "occupation"
    SECTOR = "sector"
    SETTING = "setting"  # where other work is done, of which it says the sector at most
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one phrase means: an occupation, a sector or a vague wish, and the sectors that follow from it."""

    level: Level
    id: str
    sectors: tuple[str, ...]


LONGEST_PHRASE = 6  # words
SHORTEST_HALF = 3  # characters of a compound: the bus of a "buschauffeur"
COMMON = 4.2  # by Zipf; "reden" alone is seldom a form of "rijden"


class Lexicon:
    """What phrases mean. The first to claim one keeps it: an occupation before a sector before a vague wish."""

    def __init__(
        self,
        sectors: Iterable[Sector],
        occupations: Iterable[Occupation],
        wishes: Iterable[Wish],
        said: WorkWords,
    ) -> None:
        self._said = said
        occupations = list(occupations)
        self.entries = [
            (tuple(split(phrase)), meaning)
            for phrase, meaning in (
                *phrases(Level.OCCUPATION, ((one, one.sectors) for one in occupations)),
                *phrases(Level.SECTOR, ((one, (one.id,)) for one in sectors if one.id != EVERY_SECTOR)),
                *phrases(Level.WISH, ((one, one.sectors) for one in wishes)),
            )
        ]
        self._names = {" ".join(split(name)) for one in occupations for name in one.name}
        self.known: dict[str, Meaning] = {}
        for between in (" ", ""):
            for named, meaning in self.entries:
                self.known.setdefault(between.join(named), meaning)
        self._inflected = dict(inflected(occupations))

    def find(self, asked: Sequence[str]) -> Iterator[tuple[range, Meaning]]:
        """The phrases in `asked` with their places, the longest first, none inside another."""
        found: dict[int, tuple[range, Meaning]] = {}
        for size in range(min(LONGEST_PHRASE, len(asked)), 0, -1):
            for start in range(len(asked) - size + 1):
                span = range(start, start + size)
                meaning = self._meaning(asked[start : start + size])
                if meaning and not found.keys() & set(span) and self._is_meant(asked, span):
                    found |= dict.fromkeys(span, (span, meaning))
        for span, meaning in dict.fromkeys(found.values()):
            if self._belongs_to_another(asked, span.start, found):
                continue
            yield span, replace(meaning, level=Level.SETTING) if self._is_setting(asked, span, found) else meaning

    def _meaning(self, typed: Sequence[str]) -> Meaning | None:
        """What a phrase means, also when a compound is split; "bouw en techniek" does not hold "bouwen"."""
        known = self.known.get(" ".join(typed)) or self._inflected.get(" ".join(typed))
        if known or folded(self._said.fillers).intersection(typed):
            return known
        return self.known.get("".join(typed)) or (self._turned_round(*typed) if len(typed) == 2 else None)

    def _turned_round(self, last: str, first: str) -> Meaning | None:
        """What a compound means whose halves stand the other way round: "monteur fietsen", "chauffeur bus"."""
        if last not in self.known:
            return None
        links = ("", *self._said.links)
        stems = [first.removesuffix(link) for link in links if first.endswith(link)]
        halves = (f"{stem}{link}{last}" for stem in stems for link in links if len(stem) >= SHORTEST_HALF)
        return next((self.known[whole] for whole in halves if whole in self.known), None)

    def _is_meant(self, asked: Sequence[str], span: range) -> bool:
        """Whether a phrase means here what it means alone."""
        word = asked[span.start]
        if len(span) > 1 or len(asked) == 1 or word not in self._said.only_after:
            return True
        return bool(folded(self._said.only_after[word]).intersection(asked[max(span.start - 2, 0) : span.start]))

    def _belongs_to_another(self, asked: Sequence[str], start: int, found: dict[int, tuple[range, Meaning]]) -> bool:
        """Whether the phrase at `start` only says of what, or where, someone is the occupation before it.

        Where someone works counts all the same when the occupation has no sector: a cook in a nursing home may like
        care.
        """
        said = self._said
        place = self._before(asked, start)
        if place < 1 or place - 1 not in found:
            return False
        _, head = found[place - 1]
        if self._is_name(asked, found[start][0]):
            return False  # "bakker of kapper": `of` is or in Dutch, and what follows is a job of its own
        at_some = asked[place] in folded(said.beside) or (
            asked[place] in folded(said.inside) and bool(folded(said.some).intersection(asked[place + 1 : start]))
        )
        return head.level is Level.OCCUPATION and (
            asked[place] in folded(said.object_of) or (at_some and bool(head.sectors))
        )

    def _is_setting(self, asked: Sequence[str], span: range, found: dict[int, tuple[range, Meaning]]) -> bool:
        """Whether a phrase that can name work only says where other work beside it is done: a cook in a shop wants to
        sell nothing. Of the same sector it says which: a teacher at a primary school.
        """
        if found[span.start][1].level is not Level.OCCUPATION or self._is_name(asked, span):
            return False
        place = self._before(asked, span.start)
        at_some = place >= 1 and asked[place] in folded(self._said.inside) | folded(self._said.beside)
        return at_some and self._is_other_work(found, place - 1, span)

    def _before(self, asked: Sequence[str], start: int) -> int:
        """Where the word stands that is before a phrase and its article; -1 where there is none."""
        place = start - 1
        while place > 0 and asked[place] in folded(self._said.some) | folded(self._said.articles):
            place -= 1
        return place

    def _is_name(self, asked: Sequence[str], span: range) -> bool:
        return " ".join(asked[span.start : span.stop]) in self._names

    def _is_other_work(self, found: dict[int, tuple[range, Meaning]], place: int, span: range) -> bool:
        """Whether an occupation of another sector stands at a place."""
        if place not in found or found[place][1].level is not Level.OCCUPATION:
            return False
        return set(found[place][1].sectors).isdisjoint(found[span.start][1].sectors)


def inflected(occupations: Collection[Occupation]) -> Iterator[tuple[str, Meaning]]:
    """What occupations are called, with the last word in its other forms: "muren gemetseld"."""
    zipf, row = word_table().zipf, word_table().row
    for language in dict.fromkeys(language for one in occupations for language in one.words):
        said = [(one, split(phrase)) for one in occupations for phrase in one.words.get(language, ())]
        forms = other_forms(language, frozenset(phrase[-1] for _, phrase in said if phrase))
        for one, phrase in said:
            for form in forms.get(phrase[-1], ()) if phrase else ():
                if len(phrase) == 1 and zipf(row(form)) >= COMMON:
                    continue
                yield " ".join((*phrase[:-1], form)), _meaning_of(one, one.sectors)


def phrases(
    level: Level, entries: Iterable[tuple[Occupation | Sector | Wish, tuple[str, ...]]]
) -> Iterator[tuple[str, Meaning]]:
    """Everything that names an entry, names first, with what it means."""
    for one, sectors in entries:
        meaning = _meaning_of(one, sectors, level)
        names = () if isinstance(one, Wish) else tuple(one.name)
        for phrase in (*names, *(word for words in one.words.values() for word in words)):
            yield phrase, meaning


def _meaning_of(one: Occupation | Sector | Wish, sectors: Iterable[str], level: Level = Level.OCCUPATION) -> Meaning:
    return Meaning(level, one.id, tuple(sector for sector in sectors if sector != EVERY_SECTOR))

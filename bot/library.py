"""The content with the indexes over it: built once for each version, then only read."""

import copyreg
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from bot.catalogue import EVERY_SECTOR, Catalogue, Profile, Work
from bot.content import Content
from bot.content.knowledge import Knowledge, Programme
from bot.errors import BotError
from bot.faq import Faq
from bot.mentions import Mentions
from bot.places import Places
from bot.wishes import Wishes


def read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A view of `items`; pickle cannot find the type itself, which hides under another name."""
    return MappingProxyType(items)


# The shell keeps a built library on disk; read-only views of a dict are the one thing in it that pickle does not know.
copyreg.pickle(MappingProxyType, lambda view: (read_only, (dict(view),)))

WorkKind = Literal["current_job", "desired_work"]


@dataclass(frozen=True, slots=True)
class Library:
    content: Content
    faq: Faq
    places: Places
    wishes: Wishes
    cues: Mentions
    names: Mentions  # programmes by name, other names and occupations
    catalogue: Catalogue

    @classmethod
    def of(cls, content: Content) -> "Library":
        """Build every index. Raises BotError when there are programmes, but nothing to advise on them with."""
        knowledge = content.knowledge
        if (knowledge.programmes or knowledge.subsidies) and not (knowledge.weights and knowledge.advice):
            raise BotError(
                "Advice needs knowledge/weights.yaml and knowledge/advice.yaml. Copy those that Overstap ships."
            )
        wishes = Wishes(knowledge.sectors.values(), knowledge.occupations.values(), knowledge.wishes.values())
        profiles = (_profile(one, knowledge, wishes) for one in knowledge.programmes.values())
        return cls(
            content=content,
            faq=Faq(knowledge),
            places=Places(knowledge.municipalities.values()),
            wishes=wishes,
            cues=Mentions(
                (word, cue.id) for cue in knowledge.cues.values() for words in cue.words.values() for word in words
            ),
            names=Mentions(_names(knowledge)),
            catalogue=Catalogue(profiles, knowledge.occupations),
        )

    def work(self, text: str, kind: WorkKind) -> Work:
        """What a text about work means."""
        reading = self.wishes.read(text, kind)
        return Work(reading.sectors, tuple(match.label for match in reading.occupations))


def _names(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    for programme in knowledge.programmes.values():
        for name in (programme.name, *programme.aliases):
            yield name, programme.id
        for words in programme.occupations.values():
            for word in words:
                yield word, programme.id


# "productiemedewerker" is one occupation, word for word (1.0). "IT professional" is most like an athlete, at 0.71.
CERTAIN, LIKELY = 1.0, 0.8


def _profile(programme: Programme, knowledge: Knowledge, wishes: Wishes) -> Profile:
    """The occupations of a programme are read from its words as a wish is: then both speak the same language."""
    sectors = frozenset(programme.sectors)
    occupations = set()
    for word in (word for words in programme.occupations.values() for word in words):
        for match in wishes.read(word).occupations[:1]:
            at_home = not sectors.isdisjoint(knowledge.occupations[match.label].sectors)
            if (at_home and match.score >= LIKELY) or (EVERY_SECTOR in sectors and match.score >= CERTAIN):
                occupations.add(match.label)
    return Profile(programme, sectors, frozenset(occupations))

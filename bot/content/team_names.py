"""By which names a team has work: a team that is called "Zorg" has that sector, "Amersfoort" that region or town."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from bot.content.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class TeamNames:
    """What a sector, and a municipality, is called or lies in; all in small letters."""

    sectors: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by code
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)  # by municipality

    @classmethod
    def of(cls, knowledge: Knowledge) -> Self:
        return cls(
            {each.id: _small(each.id, *each.name) for each in knowledge.sectors.values()},
            {each.name: _small(each.name, each.region, each.province) for each in knowledge.municipalities.values()},
        )

    def has(self, team: str, sector: str | None, place: str | None) -> bool:
        """Whether work of a sector in a municipality is for a team; one for several has commas in its name."""
        named = _small(*team.split(","))
        theirs = self.sectors.get(sector or "", frozenset()) | self.places.get(place or "", frozenset())
        return not named.isdisjoint(theirs)


def _small(*names: str) -> frozenset[str]:
    return frozenset(small for each in names if (small := each.strip().casefold()))

"""The programmes, as ranking looks them up: by sector and by occupation."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.content.knowledge import Occupation, Programme

EVERY_SECTOR = "algemeen"


@dataclass(frozen=True, slots=True)
class Work:
    """What was recognised in a text about work, best first: ids of sectors and of occupations."""

    sectors: tuple[str, ...]
    occupations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A programme as ranking sees it. `other_words`: its words for work that say no occupation of our list."""

    programme: Programme
    sectors: frozenset[str]
    occupations: frozenset[str]
    other_words: tuple[str, ...] = ()


class Catalogue:
    """All programmes, with the few that can be near a wish at hand."""

    def __init__(self, profiles: Iterable[Profile], occupations: Mapping[str, Occupation]) -> None:
        self.profiles = {profile.programme.id: profile for profile in profiles}
        self._occupations = occupations
        self._by_sector: dict[str, list[Profile]] = defaultdict(list)
        self._by_code: dict[str, list[Profile]] = defaultdict(list)
        for profile in self.profiles.values():
            for sector in profile.sectors:
                self._by_sector[sector].append(profile)
            for code in {occupations[one].isco for one in profile.occupations}:
                self._by_code[code].append(profile)

    def __getitem__(self, programme_id: str) -> Profile:
        return self.profiles[programme_id]

    def near(self, wish: Work | None, asked_for: Iterable[str] = ()) -> list[Profile]:
        """Every programme that shares a sector or an occupation (its four-digit code) with a wish, or is for all.

        Those that somebody asked for by name are among them. Without a wish that is every programme.
        """
        if wish is None:
            return list(self.profiles.values())
        codes = {self._occupations[one].isco for one in wish.occupations}
        groups = [
            *(self._by_sector.get(sector, ()) for sector in {*wish.sectors, EVERY_SECTOR}),
            *(self._by_code.get(code, ()) for code in codes),
            [self.profiles[one] for one in asked_for],
        ]
        return list({id(profile): profile for group in groups for profile in group}.values())

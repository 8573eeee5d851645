"""The lines that somebody in need can call: on every page, and as links in what the bot says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.knowledge import Care

NUMBER = re.compile(r"\+?[\d\s()-]{3,}")


@dataclass(frozen=True, slots=True)
class HelpLine:
    name: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpLines:
    """What `care.yaml` names."""

    numbers: frozenset[str]
    first: Sequence[HelpLine]  # of the most urgent cry

    @classmethod
    def of(cls, care: Mapping[str, Care]) -> "HelpLines":
        said = [number for one in care.values() for contact in one.contacts for number in contact.says]
        first: dict[str, tuple[str, ...]] = {}
        for contact in next((one.contacts for one in care.values()), ()):
            if numbers := tuple(filter(NUMBER.fullmatch, contact.says)):
                first[contact.name] = first.get(contact.name, ()) + numbers
        lines = tuple(HelpLine(name, numbers) for name, numbers in first.items())
        return cls(frozenset(filter(NUMBER.fullmatch, said)), lines)

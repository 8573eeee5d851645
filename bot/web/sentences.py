"""What pages say around what the bot says: a file a screen in a folder `words/`, the languages side by side.

A centre with another language puts files of the same names in its content: what they say comes before ours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import yaml

from bot.errors import BotError
from bot.text import fill

COMMON = "common"  # what several screens say
FALLBACK = "en"

Said = str | Sequence[str]  # or one for 1, and one for any other count


@dataclass(frozen=True)
class Sentences:
    """The sentences of every screen."""

    language: str
    folders: tuple[Path, ...]  # what a later one says comes before

    def say(self, screen: str, name: str, /, **values: object) -> str:
        """A sentence of a screen, or one that all share. Of two the first is for a `count` of 1.

        Raises KeyError for one that nobody wrote.
        """
        said = self._of(screen, name)
        if not isinstance(said, str):
            said = said[0] if values.get("count") == 1 else said[1]
        return fill(said, values)

    def _of(self, screen: str, name: str) -> Said:
        for file in (screen, COMMON):
            if (said := self._all.get(file, {}).get(name)) is not None:
                return said[self.language] if self.language in said else said[FALLBACK]
        raise KeyError(f"{screen}.yaml: {name}")

    @cached_property
    def _all(self) -> dict[str, dict[str, dict[str, Said]]]:
        found: dict[str, dict[str, dict[str, Said]]] = {}
        for folder in self.folders:
            for file in sorted(folder.glob("*.yaml")):
                screen = found.setdefault(file.stem, {})
                status = file.stat()
                for name, said in _read_once(file, status.st_mtime_ns, status.st_size).items():
                    screen[name] = screen.get(name, {}) | dict(said)
        return found


@cache
def _read_once(file: Path, _changed: int, _size: int) -> Mapping[str, Mapping[str, Said]]:
    """The sentences of a file as it is: it is read again when somebody changed it, however many desks there are."""
    return read(file)


def read(file: Path) -> Mapping[str, Mapping[str, Said]]:
    """The sentences of a file by name and language; raises BotError when it holds anything else."""
    try:
        found = yaml.safe_load(file.read_text("utf-8")) or {}
    except yaml.YAMLError as error:
        raise BotError(f"{file}: {' '.join(str(error).split())}") from None
    for name, said in found.items() if isinstance(found, dict) else [("", None)]:
        if not (isinstance(said, dict) and said and all(_is_said(each) for each in said.values())):
            raise BotError(f'{file}: {name}: a sentence is like  {{nl: "Vandaag", en: "Today"}}')
    return found


def _is_said(value: object) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and all(isinstance(each, str) for each in value)
    return isinstance(value, str)

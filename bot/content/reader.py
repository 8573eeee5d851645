"""Reads the files of a folder of content, and collects what is wrong in all of them."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bot.content.country import UNKNOWN, Country
from bot.content.files import MAX_BYTES, paths
from bot.content.flow import Flow
from bot.content.knowledge_schema import FORMATS, Format
from bot.content.problems import Location, Problem
from bot.content.shapes import Report, Shape, Unreadable
from bot.content.strict_yaml import Node, compose_text, read_text
from bot.content.unread import FLOWS, Unread

if TYPE_CHECKING:
    from bot.text import Text

T = TypeVar("T")


class Kept(Protocol):
    """What came of files earlier, by what they say. A dict is one; the shell has one on disk."""

    def get(self, key: str, /) -> Any: ...  # None: nothing
    def __setitem__(self, key: str, value: Any, /) -> None: ...


class Reader:
    """Reads files under `root` and collects what is wrong in all of them, and every text for people."""

    def __init__(self, root: Path, country: Country | None = None, kept: Kept | None = None):
        """`country`: for a folder that says not which it is; else that is read first, for the languages of texts.

        `kept`: what came of files earlier, by what they say: reading them is most of the time of a check.
        """
        self.root = root
        self.problems: list[Problem] = []
        self.texts: list[tuple[Location, Text]] = []
        self.said: dict[str, str] = {}  # by the name of a file: a digest of what it says
        self.unread = Unread()
        self.kept: Kept = {} if kept is None else kept
        self.country = country or UNKNOWN
        if country is None:
            self.country = self.only(FORMATS["country"]) or UNKNOWN

    def file(self, path: Path, shape: Shape[T]) -> T | None:
        """One file as the value of its shape; None when it cannot be read, and why is in `problems`."""
        name = path.relative_to(self.root).as_posix()
        text = read_text(path, name)
        if isinstance(text, Problem):
            return self._read(path, Report(name, [text], languages=self.country.languages), None, shape)
        self.said[name] = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
        # Its name says which shape it has; what comes of it hangs on nothing else. What is broken is read anew.
        key = f"{name} {self.said[name]} {self.country.languages}"
        known: tuple[T, list[tuple[Location, Text]]] | None = self.kept.get(key)
        if known is not None:
            value, texts = known
            self.texts += texts
            return value
        node, problems = compose_text(text, name)
        if node is None and not problems:
            problems = [Problem(Location(name, 1, 1), "the file is empty", "Fill it or remove it.", "C005")]
        report = Report(name, problems, languages=self.country.languages)
        report.salvaged = node if any(problem.code == "Y003" for problem in problems) else None
        read = self._read(path, report, node, shape)
        if not report.problems:
            self.kept[key] = read, report.texts
        return read

    def _read(self, path: Path, report: Report, node: Node | None, shape: Shape[T]) -> T | None:
        value = None
        if node is not None:
            with suppress(Unreadable):
                value = shape.read(node, report)
        self.problems += report.problems
        self.texts += report.texts
        if report.problems:
            self._note(report.file, path, report)
            if report.lost_ways and isinstance(value, Flow):
                self.unread.ways.add(value.id)
        return value

    def _note(self, name: str, path: Path, report: Report) -> None:
        folder, _, rest = name.partition("/")
        kind = folder if name.startswith(FLOWS) else (rest or folder).split("/")[0].removesuffix(".yaml")
        readable = path.is_file() and path.stat().st_size <= MAX_BYTES
        self.unread.file(kind, path.read_text(encoding="utf-8", errors="replace") if readable else "")
        self.unread.entries |= report.incomplete

    def check(self, problems: Iterable[Problem]) -> None:
        """Take over what is wrong between files, as far as it is so whatever could not be read."""
        self.problems += self.unread.true(problems)

    def entries(self, kind: Format) -> list[Any]:
        """All entries of one kind of file, in the order of the files."""
        return [entry for path in paths(self.root, kind.name) for entry in self.file(path, kind.shape) or ()]

    def only(self, kind: Format) -> Any:
        """The value of a kind of which there is one file; None when it is absent or cannot be read."""
        return next((self.file(path, kind.shape) for path in paths(self.root, kind.name)), None)

    def by(self, attribute: str, kind: Format) -> Mapping[str, Any]:
        """All entries of one kind by a name that must be theirs alone."""
        return self.unique(attribute, self.entries(kind))

    def unique(self, attribute: str, entries: Iterable[Any]) -> Mapping[str, Any]:
        """The entries by a name that must be theirs alone."""
        found: dict[str, Any] = {}
        for entry in entries:
            name = getattr(entry, attribute)
            if name in found:
                message = f"the {attribute} {name!r} is taken by {found[name].at}"
                hint = "Give one of the two another name."
                self.problems.append(Problem(entry.at, message, hint, "C006", within=(attribute,)))
            found.setdefault(name, entry)
        return MappingProxyType(found)

"""Changes in a YAML file of the content: value by value at its place, so that comments and layout stay as they are.

A library that writes whole files anew (ruamel.yaml) changed most lines of ours; this changes none but those it must.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.files import paths
from bot.content.knowledge_schema import FORMATS
from bot.content.problems import BrokenContent, Location, Problem
from bot.content.reader import Reader
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose
from bot.errors import BotError

KINDS = ("programmes", "routes", "subsidies", "faq")
_PLAIN = re.compile(r"[A-Za-z][^\s#,{}\[\]\"':]*(?:://[^\s#,{}\[\]\"']+)?")
_AMBIGUOUS = frozenset("yes no on off y n true false null".split())


@dataclass
class Document:
    """One file with the changes that wait for `save`. Places are those of the file as it was read."""

    root: Path
    path: Path
    kind: str
    text: str
    node: Node | None
    _edits: list[tuple[int, int, str]] = field(default_factory=list)

    @classmethod
    def read(cls, root: Path, path: Path, kind: str) -> "Document":
        node, _ = compose(path, path.relative_to(root).as_posix())
        # As it is parsed: without a mark at the begin, and with one character for the end of a line.
        return cls(root, path, kind, path.read_text(encoding="utf-8-sig"), node)

    @property
    def name(self) -> str:
        return self.path.relative_to(self.root).as_posix()

    def entries(self) -> Iterator[MappingNode]:
        """The entries of a list; a file that is no list is one entry."""
        for entry in self.node.value if isinstance(self.node, SequenceNode) else [self.node]:
            if isinstance(entry, MappingNode):
                yield entry

    def at(self, node: Node) -> Location:
        return Location(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def replace(self, node: Node, text: str) -> None:
        """Write `text`, which is YAML, in place of a value that stands in quotes, in brackets or on one line."""
        self._edits.append((node.start_mark.index, node.end_mark.index, text))

    def set(self, mapping: MappingNode, key: str, text: str, before: str | None = None) -> None:
        """Give a key a value; one that is not there yet comes before the key `before`."""
        if (value := value_of(mapping, key)) is not None:
            if isinstance(value, ScalarNode) and value.style in ("|", ">"):
                raise BotError(f"{self.at(value)}: {key!r} is a text over several lines; change it by hand.")
            is_block = isinstance(value, MappingNode | SequenceNode) and not value.flow_style
            end = self.end(value) if is_block else value.end_mark.index
            self._edits.append((value.start_mark.index, end, text))
            return
        next_key = next((name for name, _ in mapping.value if name.value == before), None) or mapping.value[-1][0]
        start = next_key.start_mark
        between = ", " if mapping.flow_style else "\n" + " " * start.column
        self._edits.append((start.index, start.index, f"{key}: {text}{between}"))

    def append(self, text: str) -> None:
        """Write an entry at the end of the file."""
        end = len(self.text)
        self._edits.append((end, end, ("" if self.text.endswith("\n") else "\n") + text))

    def end(self, node: Node) -> int:
        """Where a value ends; of a block the parser gives the begin of what comes after it."""
        if isinstance(node, ScalarNode) or getattr(node, "flow_style", False) or not node.value:
            return node.end_mark.index
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, MappingNode) else last)

    def save(self, *, strict: bool = True) -> None:
        """Write the changes; raises BrokenContent, and leaves the file as it was, when something is wrong then.

        Not `strict`: what is not filled in yet may stay wrong.
        """
        text = self.text
        for start, end, new in sorted(self._edits, reverse=True):  # so that an edit does not move the ones before it
            text = text[:start] + new + text[end:]
        raw = self.path.read_bytes()
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        line_end = "\r\n" if b"\r\n" in raw else "\n"
        known = {(one.code, one.message) for one in self._problems()}
        write(self.path, mark + text.replace("\n", line_end).encode())
        new_ones = [one for one in self._problems() if (one.code, one.message) not in known]
        if new_ones and strict:
            write(self.path, raw)
            raise BrokenContent(new_ones)

    def _problems(self) -> list[Problem]:
        reader = Reader(self.root)
        before = len(reader.problems)
        reader.file(self.path, FORMATS[self.kind].shape)
        return reader.problems[before:]


def write(path: Path, content: bytes) -> None:
    """All of it or nothing: a kill in between leaves the old file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        if path.exists():
            beside.chmod(path.stat().st_mode)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def documents(root: Path, kinds: tuple[str, ...] = KINDS) -> Iterator[Document]:
    for kind in kinds:
        for path in paths(root, kind):
            yield Document.read(root, path, kind)


def find(root: Path, item: str) -> tuple[Document, MappingNode]:
    """The file and the entry of a programme, route, scheme or question; raises BotError when there is none."""
    for document in documents(root):
        for entry in document.entries():
            if text_of(entry, "id") == item:
                return document, entry
    unknown = f"There is no programme, route, scheme or question {item!r}."
    raise BotError(f"{unknown} `overstap knowledge due` lists what there is.")


def value_of(mapping: MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def text_of(mapping: MappingNode, key: str) -> str | None:
    found = value_of(mapping, key)
    return found.value if isinstance(found, ScalarNode) else None


def facts_of(entry: MappingNode) -> dict[str, MappingNode]:
    """The facts of an item by name, or the sources of a question as "answer 1", "answer 2"."""
    facts, sources = value_of(entry, "facts"), value_of(entry, "sources")
    if isinstance(sources, SequenceNode):
        listed = [one for one in sources.value if isinstance(one, MappingNode)]
        return {f"answer {number}": one for number, one in enumerate(listed, start=1)}
    named = facts.value if isinstance(facts, MappingNode) else []
    return {key.value: value for key, value in named if isinstance(value, MappingNode)}


def quoted(text: str) -> str:
    """A text in quotes. JSON's are those of YAML, but for what it writes of a line that ends."""
    return json.dumps(text, ensure_ascii=False)


def written(text: str) -> str:
    """A text as one writes it in a file: with quotes when it could be read as something else."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _AMBIGUOUS else quoted(text)

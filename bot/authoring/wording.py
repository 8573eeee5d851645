"""The words of content by where they stand, and the same content with the words that it had before.

So it can be told whether a conversation goes another way, or the same way in other words: with the words of then it
must come out to the letter. They are kept beside the conversations, in `words.yaml`, by who accepts them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.authoring.quoted import Quoted
from bot.compiled import Compiled
from bot.content import Content
from bot.content.problems import Location
from bot.text import Text, placeholders

FILE = "words.yaml"
HEAD = (
    "# The words of the bot as these conversations were accepted: with them, a changed word is told from a changed\n"
    "# conversation. Written by `overstap test --accept`; nobody edits it by hand.\n"
)
SHORTEST = 4  # characters: "Ja" stands in nearly every text, and proves nothing
ROOMS = ("sentences", "flows", "knowledge")  # of Content, in which the bot finds what it says
LABELS = frozenset({"label", "skip"})  # what is on a button is no mere word: people press it, and type it

Words = Mapping[str, Mapping[str, str]]
"""Words by where they stand ("sentences/welcome", "flows/intake/age/text"), and by language."""


# ------------------------------------------------------------------ where they stand
def texts_in(content: Content) -> dict[str, Text]:
    """Every text that the bot may say, by where it stands; without the labels of choices."""
    found: dict[str, Text] = {}
    for room in ROOMS:
        found.update(_texts(getattr(content, room), room))
    return found


def _texts(value: object, path: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield path, value
        return
    for name, child in _children(value):
        if name not in LABELS:
            yield from _texts(child, f"{path}/{name}")


def _children(value: object) -> Iterator[tuple[str, object]]:
    """What is in a value, each by a name that stays when others come and go: its id, rather than its place."""
    if isinstance(value, Mapping):
        yield from ((str(key), child) for key, child in value.items())
    elif isinstance(value, tuple):
        yield from ((_name(child, number), child) for number, child in enumerate(value))
    elif is_dataclass(value) and not isinstance(value, Location):
        yield from ((each.name, getattr(value, each.name)) for each in fields(value) if each.init)


def _name(child: object, number: int) -> str:
    own = getattr(child, "id", None) or getattr(child, "value", None)
    return own if isinstance(own, str) else str(number)


# ------------------------------------------------------------------ the words of before
@dataclass(frozen=True, slots=True)
class ChangedWords:
    """A text in other words, in one language."""

    where: str
    language: str
    was: str
    now: str


def changed_words(before: Words, content: Content) -> list[ChangedWords]:
    """What is said in other words now. A text that fills in something else, or is gone, is no matter of words."""
    now = texts_in(content) if before else {}
    found = []
    for where, said in before.items():
        for language, was in said.items():
            text = now.get(where)
            if text and text[language] != was and placeholders(text[language]) == placeholders(was):
                found.append(ChangedWords(where, language, was, text[language]))
    return found


def with_words_of_before(compiled: Compiled, changed: list[ChangedWords]) -> Compiled:
    """The same content, saying these as before. What is read in people's words stays as it is now."""
    tree: dict[str, Any] = {}
    for one in changed:
        *path, last = one.where.split("/")
        branch = tree
        for name in path:
            branch = branch.setdefault(name, {})
        branch.setdefault(last, {})[one.language] = one.was
    content = compiled.content
    rooms = {room: _said_as(getattr(content, room), tree[room]) for room in ROOMS if room in tree}
    return replace(compiled, content=replace(content, **rooms))


def _said_as(value: Any, tree: dict[str, Any]) -> Any:
    """`value` with the texts of `tree`, which is shaped as it is and ends in words by language."""
    if isinstance(value, Text):
        return Text({**dict(value.words), **tree})
    other = {name: _said_as(child, tree[name]) for name, child in _children(value) if name in tree}
    if isinstance(value, Mapping):
        return MappingProxyType({key: other.get(str(key), child) for key, child in value.items()})
    if isinstance(value, tuple):
        return tuple(other.get(_name(child, number), child) for number, child in enumerate(value))
    return replace(value, **other)


# ------------------------------------------------------------------ the file
def read_words(file: Path) -> Words:
    """The words of before; none when there is no file yet."""
    return (yaml.safe_load(file.read_text(encoding="utf-8")) or {}) if file.exists() else {}


def write_words(file: Path, content: Content, said: list[str]) -> None:
    """Keep the words that stand in what was `said`, for the next time."""
    heard = " ".join(" ".join(said).split())
    kept = {}
    for where, text in sorted(texts_in(content).items()):
        found = {language: text[language] for language in text.languages if stands_in(text[language], heard)}
        if found:
            kept[where] = found
    body = yaml.dump(kept, Dumper=Quoted, allow_unicode=True, sort_keys=False, width=10_000)
    if not file.exists() or file.read_text(encoding="utf-8") != HEAD + body:
        file.write_text(HEAD + body, encoding="utf-8")


def stands_in(template: str, heard: str) -> bool:
    """Whether a text was said: all of it, but for what is filled in. `heard` has single spaces."""
    parts = [" ".join(part.split()) for part in _between_braces(template)]
    return sum(map(len, parts)) >= SHORTEST and all(part in heard for part in parts)


def _between_braces(template: str) -> list[str]:
    for name in placeholders(template):
        template = template.replace(f"{{{name}}}", "\0")
    return template.split("\0")

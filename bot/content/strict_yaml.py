"""YAML read strictly: what an editor means is what is read, and every value knows its line and column.

PyYAML's own reading turns `no` into false, `0612` into 394, `9:30` into 570, and lets the last of two equal keys win.
Here a plain scalar is a number, `true`, `false` or `null` as in YAML 1.2; all else is text.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.content.broken_yaml import broken, salvaged
from bot.content.files import MAX_BYTES, is_regular
from bot.content.problems import Location, Problem

try:
    from yaml import CSafeLoader as _AnyLoader
except ImportError:  # a PyYAML without libyaml reads the same, more slowly
    from yaml import SafeLoader as _AnyLoader  # type: ignore[assignment]

__all__ = [
    "MappingNode",
    "Node",
    "Scalar",
    "ScalarNode",
    "SequenceNode",
    "compose",
    "compose_text",
    "location",
    "read_text",
    "scalar",
]

Scalar = str | int | float | bool | None


class _Loader(_AnyLoader):
    """Leaves open what a plain scalar is: `scalar` decides that, and guessing it before costs a quarter of the time."""

    def resolve(self, kind: type[Node], value: Any, implicit: Any) -> str:
        return ""


MAX_DEPTH = 20
# Well over what is refused, and well under what ends the process: the parser calls itself for each level.
PARSED_DEPTH = 100
_BRACKETS = re.compile(r"[^][{}]+")
_DEEP_INDENT = re.compile(rf"^[ ?:-]{{{PARSED_DEPTH}}}", re.MULTILINE)

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_BEGIN_NUMBER = frozenset("+-0123456789")
_CONSTANTS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
# What a colleague who knows another YAML might mean as something else than text: refused until it is quoted.
_AMBIGUOUS = re.compile(r"(?i:yes|no|on|off|y|n)|0[0-9]+|[0-9]+(:[0-9]{2})+|[0-9_]+_[0-9_]*|=")
LONGEST_AMBIGUOUS_WORD = 3  # characters; what is longer begins with one of these
_BEGIN_AMBIGUOUS = frozenset("0123456789_")


def location(node: Node, file: str) -> Location:
    return Location(file, node.start_mark.line + 1, node.start_mark.column + 1)


def is_plain(node: ScalarNode) -> bool:
    """True for a value without quotes. The two parsers of PyYAML say it in two ways: None and an empty style."""
    return not node.style


def scalar(node: ScalarNode) -> Scalar:
    """The value of a scalar; a quoted one is text, whatever it looks like."""
    text: str = node.value
    if not is_plain(node):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if text[0] not in _BEGIN_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text


def read_text(path: Path, file: str) -> str | Problem:
    """What a file says, or why it cannot be read."""
    start = Location(file, 1, 1)
    if not is_regular(path, path.parents[len(Path(file).parts) - 1]):
        message = "this is no file of the content: it waits for a writer, or is a link to elsewhere"
        return Problem(start, message, "Put the file itself here.", "Y010")
    if path.stat().st_size > MAX_BYTES:
        return Problem(start, "the file is larger than 2 MB", "Split it in several files.", "Y001")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(start, f"the file is no UTF-8 text (byte {error.start})", "Save it as UTF-8.", "Y002")


def compose(path: Path, file: str) -> tuple[Node | None, list[Problem]]:
    """Read a file as a tree of nodes, with everything that is wrong in its YAML; an empty file is None."""
    text = read_text(path, file)
    return (None, [text]) if isinstance(text, Problem) else compose_text(text, file)


def compose_text(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The same of what a file says."""
    try:
        if too_deep := _too_deep(text):
            at = Location(file, too_deep.line + 1, too_deep.column + 1)
            return None, [Problem(at, f"this is nested more than {MAX_DEPTH} deep", None, "Y005")]
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, RecursionError) as error:
        root, problems = salvaged(text, file, _composed)
        problems = problems or [broken(error, text, file)]
        return root, [*problems, *(_traps(root, file) if root is not None else [])]
    return root, _traps(root, file) if root is not None else []


def _composed(text: str) -> Node | None:
    return yaml.compose(text, Loader=_Loader)


def _too_deep(text: str) -> Any:
    """Where a text is nested deeper than may be parsed; None when it is nowhere. Raises yaml.YAMLError."""
    opened = accumulate(1 if each in "[{" else -1 for each in _BRACKETS.sub("", text))
    if max(opened, default=0) < PARSED_DEPTH and not _DEEP_INDENT.search(text):
        return None  # surely: what brackets in quotes say is more, never less
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):  # one after the other, so of any depth
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > PARSED_DEPTH:
                return event.start_mark
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _traps(root: Node, file: str) -> list[Problem]:
    """What YAML allows and an editor does not mean: aliases, tags, equal keys, values that can be read in two ways."""
    problems: list[Problem] = []
    seen: set[int] = set()
    depth, level = 0, [root]
    while level:
        below: list[Node] = []
        for node in level:
            if id(node) in seen:
                message = "an alias (*name) is not allowed here"
                problems.append(Problem(location(node, file), message, "Write the value out.", "Y004"))
                continue
            seen.add(id(node))
            if depth > MAX_DEPTH:
                message = f"this is nested more than {MAX_DEPTH} deep"
                problems.append(Problem(location(node, file), message, None, "Y005"))
            elif isinstance(node, ScalarNode):
                if (node.tag or not node.style) and (trap := _trap_in_value(node, file)):
                    problems.append(trap)
            elif isinstance(node, SequenceNode):
                below += node.value
            else:
                assert isinstance(node, MappingNode), node
                if len({key.value for key, _ in node.value if isinstance(key, ScalarNode)}) < len(node.value):
                    problems += _traps_in_keys(node, file)
                below += [value for key, value in node.value if isinstance(key, ScalarNode)]
        depth, level = depth + 1, below
    return problems


def _trap_in_value(node: ScalarNode, file: str) -> Problem | None:
    value = node.value
    if (value[:1] in _BEGIN_AMBIGUOUS or len(value) <= LONGEST_AMBIGUOUS_WORD) and (
        is_plain(node) and _AMBIGUOUS.fullmatch(value)
    ):
        hint = f'Quote it when you mean text: "{value}". For yes and no write true and false.'
        return Problem(location(node, file), f"{value} can be read in two ways", hint, "Y006")
    if node.tag.startswith(("!", "tag:yaml.org,2002:python")):
        return Problem(location(node, file), f"the tag {node.tag} is not allowed", "Leave it out.", "Y007")
    return None


def _traps_in_keys(node: MappingNode, file: str) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    again: list[ScalarNode] = []
    for key, _ in node.value:
        if not isinstance(key, ScalarNode):
            yield Problem(location(key, file), "a key must be a word", "Quote it when you mean a text.", "Y008")
            continue
        if key.value in lines:
            again.append(key)
        lines.setdefault(key.value, key.start_mark.line + 1)
    if len(again) > 1:  # one after the other: two entries in one, and so one mistake
        first = again[0]
        column = first.start_mark.column
        hint = (
            f"Does a new entry begin here? Then write a dash before it: {' ' * max(column - 2, 0)} - {first.value}: ..."
        )
        message = f"the key '{first.value}' is here twice, and so are {len(again) - 1} keys behind it"
        yield Problem(location(first, file), message, hint, "Y009")
    for key in again if len(again) == 1 else ():
        hint = f"It stands on line {lines[key.value]} as well. Keep one of the two."
        yield Problem(location(key, file), f"the key '{key.value}' is here twice", hint, "Y009")

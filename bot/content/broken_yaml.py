"""YAML that cannot be parsed: what is wrong in words of an editor, and as much of the rest as can be read.

A parser stops at the first thing that it cannot place, which may be far below the mistake. So the file is cut where
entries begin, and each piece is parsed by itself: the mistake stays in its entry, and the others are read.
"""

import re
from collections.abc import Callable, Iterator

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from bot.content.problems import Location, Problem

TAB = "there is a tab here", "Indent with spaces: YAML takes no tabs."
UNCLOSED = "the quote that opens here is never closed", "Close it with the same quote at the end of the text."

Compose = Callable[[str], Node | None]

WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "cannot start any token",
        "a text cannot begin with this character",
        'Put the text between quotes: "@home", "100 %".',
    ),
    (
        "mapping values are not allowed",
        "a colon with a space behind it begins a value, and none can stand here",
        'A text with a colon goes between quotes: "Let op: ...".',
    ),
    (
        "undefined alias|anchor",
        "an alias or anchor (*name, &name) is not allowed here",
        "Put a text that begins with * or & between quotes, or write the value out.",
    ),
    (
        "expected ',' or '}'",
        "this {...} is not closed, or a comma is missing in it",
        "Count the braces: each { has its }, and between two keys stands a comma.",
    ),
    (
        "expected ',' or ']'",
        "this [...] is not closed, or a comma is missing in it",
        "Count the brackets: each [ has its ], and between two values stands a comma.",
    ),
    ("escape|hexadecimal", "a backslash means something of its own here", "Write two of them, or take single quotes."),
    ("scanning a quoted scalar|unexpected end of stream", *UNCLOSED),
    (
        "expected key|expected '-' indicator|block sequence entries|violates indentation",
        "this line does not belong to the lines above it",
        "Look at its indent (as far as the lines beside it), at its dash, and at a quote above that closes too early.",
    ),
    (
        "expected ':'",
        "this line has no 'key: value'",
        "Write a colon and a space behind the key, or put the text between quotes.",
    ),
    (
        "control characters|special characters|unacceptable character",
        "there is a character here that cannot be shown",
        "Type the text again: it was copied with something invisible.",
    ),
)
"""What the parser says, what it means for an editor, and how to mend it. The first that is found counts."""


def broken(error: Exception, text: str, file: str, shift: int = 0) -> Problem:
    """What is wrong in `text`, which begins `shift` lines down in the file."""
    said = f"{getattr(error, 'problem', None) or error} {getattr(error, 'context', None) or ''}"
    message, hint = next(
        ((message, hint) for pattern, message, hint in WORDS if re.search(pattern, said)),
        ("this is no valid YAML", "Look at the indent and the quotes of this line and the line above."),
    )
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    if opened is not None and ("closed" in message):
        mark = opened
    if mark is None:
        return Problem(Location(file, shift + 1, 1), message, hint, "Y003")
    lines = text.split("\n")
    line, column = min(mark.line, len(lines) - 1), mark.column
    if "\t" in lines[line][: column + 1]:
        return Problem(Location(file, shift + line + 1, column + 1), *TAB, "Y003")
    if (unclosed := _unclosed(lines[: line + 1])) is not None:
        line, column = unclosed, lines[unclosed].index('"')
        message, hint = (
            "the quote that opens here is never closed",
            "Close it with the same quote at the end of the text.",
        )
    return Problem(Location(file, shift + line + 1, column + 1), message, hint, "Y003")


def _unclosed(lines: list[str]) -> int | None:
    """The first line with a value whose quote does not close on it, as it does everywhere in our files."""
    for number, line in enumerate(lines):
        bare = re.sub(r"\\.", "", line.partition(" #")[0])
        if bare.count('"') % 2 and re.search(r'(?:: |- |[\[{,] ?)"', bare) and not bare.lstrip().startswith("#"):
            return number
    return None


def salvaged(text: str, file: str, compose: Compose) -> tuple[Node | None, list[Problem]]:
    """What can be read of a text that cannot be read whole, and what is wrong in the rest.

    No problems: it is not known in which entry the mistake is.
    """
    pieces, problems = [], list[Problem]()
    for first, piece in _cut(text.split("\n"), 0):
        node, wrong = _piece(first, piece, file, compose)
        pieces += [node] if node is not None else []
        problems += wrong
    return _joined(pieces), problems


def _piece(first: int, piece: list[str], file: str, compose: Compose) -> tuple[Node | None, list[Problem]]:
    above = "\n" * first  # so that every place in it is that in the file
    try:
        return compose(above + "\n".join(piece)), []
    except (yaml.YAMLError, RecursionError) as error:
        wrong = broken(error, above + "\n".join(piece), file)
    head = next((number for number, line in enumerate(piece) if line.strip() and not line.startswith("#")), 0)
    if not re.fullmatch(r"[\w-]+:\s*(?:#.*)?", piece[head]):
        return None, [wrong]
    # A key with a list below it, such as 'steps': each entry of the list by itself.
    below = piece[head + 1 :]
    indent = next((len(line) - len(line.lstrip()) for line in below if line.lstrip().startswith("- ")), None)
    if indent is None:
        return None, [wrong]
    items, problems = list[Node](), list[Problem]()
    for start, each in _cut(below, indent):
        down = first + head + 1 + start
        try:
            node = compose("\n" * down + "\n".join(each))
            items += node.value if isinstance(node, SequenceNode) else []
        except (yaml.YAMLError, RecursionError) as error:
            problems.append(broken(error, "\n" * down + "\n".join(each), file))
    key = compose("\n" * (first + head) + piece[head])
    if not isinstance(key, MappingNode) or not problems:
        return None, [wrong]
    name, empty = key.value[0]
    key.value = [(name, SequenceNode("", items, empty.start_mark, empty.end_mark))]
    return key, problems


def _cut(lines: list[str], indent: int) -> Iterator[tuple[int, list[str]]]:
    """The pieces that begin at this indent, each with the number of its first line."""
    starts = [
        number
        for number, line in enumerate(lines)
        if line[indent:].strip() and not line[:indent].strip() and line[indent] not in " \t#]}" and line.strip()
    ]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, lines[start:end]


def _joined(pieces: list[Node]) -> Node | None:
    kinds = {type(piece) for piece in pieces}
    if len(kinds) != 1 or not isinstance(pieces[0], MappingNode | SequenceNode):
        return None
    first = pieces[0]
    first.value = [each for piece in pieces for each in piece.value]
    return first

"""Where in an entry a problem is: found in the file when there is one, so that nobody carries all places along."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.content.problems import Location, Problem
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose, location


def pinpointed(problems: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """The problems, each at the key or the value that it is about (`Problem.within`)."""

    @cache
    def entries(file: str) -> dict[Location, Node]:
        node, _ = compose(root / file, file)
        if node is None:
            return {}
        # What is said of a whole file stands at its first line.
        return {Location(file, 1, 1): node, **{location(each, file): each for each in _every(node)}}

    for problem in problems:
        yield _pinpointed(problem, entries) if problem.within else problem


def _pinpointed(problem: Problem, entries: Callable[[str], dict[Location, Node]]) -> Problem:
    node = entries(problem.at.file).get(problem.at)
    for word in problem.within:
        if node is None:
            break
        nearest = _nearest(node, word)
        if nearest is not None:
            key, node = nearest
            problem = replace(problem, at=location(key, problem.at.file))
        elif (line := _line_of(node, word)) is not None:
            problem = replace(problem, at=Location(problem.at.file, *line))
    return problem


def _line_of(node: Node, words: str) -> tuple[int, int] | None:
    """The line and column at which words stand in a text of several lines."""
    for each in _texts(node):
        if words in each.value:
            if each.style not in ("|", ">"):
                return each.start_mark.line + 1, each.start_mark.column + 1
            for number, line in enumerate(each.value.split("\n") if each.style == "|" else (), start=1):
                if words in line:
                    return each.start_mark.line + 1 + number, each.start_mark.column + 1
            return each.start_mark.line + 1, each.start_mark.column + 1
    return None


def _texts(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _texts(item)
    elif isinstance(node, MappingNode):
        for _, value in node.value:
            yield from _texts(value)


def _every(node: Node) -> Iterator[Node]:
    """All mappings in a file: entries, steps, rules and what stands in them."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, MappingNode):
            yield each
            waiting += [value for _, value in each.value]
        elif isinstance(each, SequenceNode):
            waiting += each.value


def _nearest(node: Node, word: str) -> tuple[Node, Node] | None:
    """The key or value nearest to the top of a node that is this word: where it stands, and what it leads to."""
    waiting = deque([node])
    while waiting:
        each = waiting.popleft()
        if isinstance(each, MappingNode):
            for key, value in each.value:
                if isinstance(key, ScalarNode) and key.value == word:
                    return key, value
                if isinstance(value, ScalarNode) and value.value == word:
                    return value, value
            waiting += [value for _, value in each.value]
        elif isinstance(each, SequenceNode):
            for item in each.value:
                if isinstance(item, ScalarNode) and item.value == word:
                    return item, item
            waiting += each.value
        elif isinstance(each, ScalarNode) and each.value == word:
            return each, each
    return None

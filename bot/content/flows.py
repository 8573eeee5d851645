"""What a file in `flows/` looks like: the shapes that read it, and that its JSON Schema comes from.

A step is a mapping with exactly one key that says its kind (`collect: age`). The value of that key is its id,
or, for the kinds that point at something (`set goto call wait`), what it points at.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.content import flow as f
from bot.content.conditions import Value
from bot.content.problems import did_you_mean
from bot.content.sentences import Sentence
from bot.content.shapes import (
    ID_SHAPE,
    WORDS,
    Bool,
    ConditionShape,
    Int,
    JsonSchema,
    Localised,
    Number,
    OneOf,
    Record,
    Report,
    Seq,
    Shape,
    Str,
    Table,
    Unreadable,
    pairs,
)
from bot.content.source import Node, ScalarNode, SequenceNode, location, scalar
from bot.text import LANGUAGES, Text, placeholders

TEXT = Localised()
CHOICE_VALUE = Str(re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*"), "self_employed")
NO_WORDS: Mapping[str, tuple[str, ...]] = {}


class DurationShape:
    """How long: "90m", "2h", "14d"."""

    _text = Str(re.compile(r"[1-9]\d{0,4}[mhd]"), '"14d" (m: minutes, h: hours, d: days)')
    _units = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}

    def read(self, node: Node, report: Report) -> timedelta:
        text = self._text.read(node, report)
        return int(text[:-1]) * self._units[text[-1]]

    def schema(self) -> JsonSchema:
        return self._text.schema()


class FactValueShape:
    """What a fact can be: text, a number, true or false, or a list of words."""

    def read(self, node: Node, report: Report) -> Value:
        if isinstance(node, SequenceNode):
            return frozenset(Seq(Str()).read(node, report))
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if value is None:
            raise report.error(node, "expected a value", "A fact that is not known has no value: leave the step out.")
        return value

    def schema(self) -> JsonSchema:
        return {"type": ["string", "number", "boolean", "array"]}


class LimitShape:
    """The end of a range: a number, or for a date "2026-11-21" or "today"."""

    def read(self, node: Node, report: Report) -> float | str:
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if isinstance(value, str) and value != "today":
            try:
                date.fromisoformat(value)
            except ValueError:
                raise report.error(node, f"{value!r} is no limit", 'A number, "2026-11-21" or "today".') from None
        elif value is None or isinstance(value, bool):
            raise report.error(node, "expected a limit", 'A number, "2026-11-21" or "today".')
        return value

    def schema(self) -> JsonSchema:
        return {"type": ["number", "string"]}


class ShareShape:
    """A part of one: 0 to 1."""

    def read(self, node: Node, report: Report) -> float:
        value = Number().read(node, report)
        if not 0 <= value <= 1:
            raise report.error(node, f"{value} is no part of one", "Write a number from 0 to 1: 0.85.")
        return value

    def schema(self) -> JsonSchema:
        return {"type": "number", "minimum": 0, "maximum": 1}


class NextShape:
    """Where to go on: the id of a step, or a list of `{if, then}` that may end with `{else}`."""

    _if = Record(f.Branch, {"if": ConditionShape(), "then": ID_SHAPE}, renamed={"if": "condition"})
    _else = Record(f.Branch, {"else": ID_SHAPE}, {"condition": (ID_SHAPE, None)}, renamed={"else": "then"})

    def read(self, node: Node, report: Report) -> tuple[f.Branch, ...]:
        if isinstance(node, ScalarNode):
            return (f.Branch(None, ID_SHAPE.read(node, report), location(node, report.file)),)
        return Seq(self).read_each(node, report, self._branch)  # type: ignore[attr-defined]

    def schema(self) -> JsonSchema:
        return {"anyOf": [ID_SHAPE.schema(), {"type": "array", "items": {"anyOf": []}}]}

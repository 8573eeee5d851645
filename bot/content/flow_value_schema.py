"""What is written in a flow in a way of its own: how long, a type of answer, a value of a fact, a limit, a share."""

import re
from datetime import date, timedelta
from typing import ClassVar

from bot.content.answer_types import ANSWER_TYPES
from bot.content.conditions import Value
from bot.content.problems import did_you_mean, nearest
from bot.content.schema_types import Number, Seq, Str
from bot.content.shapes import JsonSchema, Page, Report
from bot.content.strict_yaml import Node, ScalarNode, SequenceNode, scalar


class DurationShape:
    """How long: "90m", "2h", "14d"."""

    _text = Str(re.compile(r"[1-9]\d{0,4}[mhd]"), '"14d" (m: minutes, h: hours, d: days)')
    _units: ClassVar = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}

    def read(self, node: Node, report: Report) -> timedelta:
        text = self._text.read(node, report)
        return int(text[:-1]) * self._units[text[-1]]

    def stand_in(self, node: Node | None) -> timedelta:
        return timedelta(days=1)

    def schema(self, page: Page) -> JsonSchema:
        return self._text.schema(page)


class AnswerTypeShape:
    """The name of a type of question: looked up when a file is read, because every type registers by itself."""

    def read(self, node: Node, report: Report) -> str:
        assert ANSWER_TYPES, "no type of question is known: import bot.answers before flows are read"
        name = str(node.value) if isinstance(node, ScalarNode) else ""
        if name not in ANSWER_TYPES:
            hint = did_you_mean(name, ANSWER_TYPES) if name else None
            found = repr(name) if name else "something else"
            raise report.error(node, f"expected one of: {', '.join(ANSWER_TYPES)}; found {found}", hint)
        return name

    def stand_in(self, node: Node | None) -> str:
        name = str(node.value) if isinstance(node, ScalarNode) else ""
        return nearest(name, ANSWER_TYPES) or "text"

    def schema(self, page: Page) -> JsonSchema:
        return {"enum": list(ANSWER_TYPES)}


class FactValueShape:
    """What a fact can be: text, a number, true or false, or a list of words."""

    def read(self, node: Node, report: Report) -> Value:
        if isinstance(node, SequenceNode):
            return frozenset(Seq(Str()).read(node, report))
        value = scalar(node) if isinstance(node, ScalarNode) else None
        if value is None:
            raise report.error(node, "expected a value", "A fact that is not known has no value: leave the step out.")
        return value

    def schema(self, page: Page) -> JsonSchema:
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

    def schema(self, page: Page) -> JsonSchema:
        return {"type": ["number", "string"]}


class ShareShape:
    """A part of one: 0 to 1."""

    def read(self, node: Node, report: Report) -> float:
        value = Number().read(node, report)
        if not 0 <= value <= 1:
            raise report.error(node, f"{value} is no part of one", "Write a number from 0 to 1: 0.85.")
        return value

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "number", "minimum": 0, "maximum": 1}

"""What a file in `knowledge/languages/` looks like: its keys are those of the model."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_type_hints

from bot.content import language as m
from bot.content.schema_types import JsonSchema, Record, Report, Seq, Shape, Str, Table
from bot.content.strict_yaml import Node

_WORDS = Seq(Str())
_SHAPES: dict[Any, tuple[Shape[Any], Any]] = {
    m.Words: (_WORDS, ()),
    Mapping[str, str]: (Table(Str()), {}),
    Mapping[str, m.Words]: (Table(_WORDS), {}),
}


def _group(kind: type[Any]) -> Record[Any]:
    hints = get_type_hints(kind)
    lists = {one.name.rstrip("_"): _SHAPES[hints[one.name]] for one in fields(kind)}
    return Record(kind, {}, lists, renamed={"except": "except_"})


_GROUPS = {
    one.name: (_group(type(one.default)), one.default)
    for one in fields(m.Language)
    if one.name not in ("code", "name", "at")
}
_LANGUAGE = Record(m.Language, {"code": Str(re.compile("[a-z]{2,3}"), "nl"), "name": Str()}, _GROUPS)


class LanguageShape:
    """One language a file, as the one entry of it."""

    def read(self, node: Node, report: Report) -> tuple[m.Language, ...]:
        return (_LANGUAGE.read(node, report),)

    def schema(self) -> JsonSchema:
        return _LANGUAGE.schema()


LANGUAGE = LanguageShape()

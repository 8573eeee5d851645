"""What files in `knowledge/` look like: derived from the models; here is what is written in a way of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.content import knowledge as k
from bot.content.advice_config import AdviceSentences, Weights
from bot.content.annotations import As
from bot.content.country_schema import COUNTRY
from bot.content.derive import Deriver
from bot.content.language import Language
from bot.content.schema_types import Ids, JsonSchema, Localised, Number, Page, Report, Seq, Shape, Str
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, scalar


class FactValueShape:
    """The value of a fact: a text in every language, a number, a date, a word, or a list of values by period."""

    def read(self, node: Node, report: Report) -> k.FactValue:
        match node:
            case MappingNode():
                return Localised().read(node, report)
            case SequenceNode():
                return Seq(PERIOD, at_least=1).read(node, report)
            case ScalarNode():
                return scalar(node)
            case _:
                raise AssertionError(node)

    def schema(self, page: Page) -> JsonSchema:
        word = {"type": ["string", "number", "boolean", "null"]}
        return page.define("value", lambda: {"anyOf": [Localised().schema(page), word, Seq(PERIOD).schema(page)]})


class CostsShape:
    """What the person pays, in EUR: a number, or {from, to}."""

    def read(self, node: Node, report: Report) -> k.Costs:
        if isinstance(node, ScalarNode):
            amount = Number().read(node, report)
            return k.Costs(amount, amount)
        return COST_RANGE.read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [{"type": "number"}, COST_RANGE.schema(page)]}


class PostcodesShape:
    """A range of the digits of postcodes: "3500-3585", or one: "3720"."""

    _text = Str(re.compile(r"\d{3,6}(-\d{3,6})?"), '"3500-3585"')

    def read(self, node: Node, report: Report) -> tuple[str, str]:
        first, _, last = self._text.read(node, report).partition("-")
        if last and last < first:
            raise report.error(node, f"the range ends ({last}) before it begins ({first})", "Turn them round.")
        return first, last or first

    def schema(self, page: Page) -> JsonSchema:
        return self._text.schema(page)


class CoordinatesShape:
    """[latitude, longitude] in degrees; that they lie in the country is checked when all files are read."""

    def read(self, node: Node, report: Report) -> tuple[float, float]:
        numbers = Seq(Number(), at_least=2).read(node, report)
        if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise report.error(node, "these are no coordinates", "Latitude first: [52.09, 5.12].")
        return numbers[0], numbers[1]

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


class ValuesShape:
    """A list of values, or `levels`: those of education, which the country has."""

    _list = Seq(Str())

    def read(self, node: Node, report: Report) -> tuple[str, ...]:
        if isinstance(node, ScalarNode) and node.value == k.LEVELS[0]:
            return k.LEVELS
        return self._list.read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [self._list.schema(page), {"const": k.LEVELS[0]}]}


DERIVE = Deriver.of(
    {
        k.FactValue: FactValueShape(),
        k.Costs: CostsShape(),
        tuple[str, str]: PostcodesShape(),
        tuple[float, float]: CoordinatesShape(),
        As("values"): ValuesShape(),
    },
    null=True,
)
PERIOD = DERIVE.record(k.Period)
COST_RANGE = DERIVE.record(k.Costs)
LANGUAGE = DERIVE.record(Language)


class LanguageShape:
    """One language a file, as the one entry of it."""

    def read(self, node: Node, report: Report) -> tuple[Language, ...]:
        return (LANGUAGE.read(node, report),)

    def schema(self, page: Page) -> JsonSchema:
        return LANGUAGE.schema(page)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: `knowledge/NAME.yaml`, or several in `knowledge/NAME/`."""

    name: str
    shape: Shape[Any]

    def schema(self, ids: Ids, languages: tuple[str, ...]) -> JsonSchema:
        """The JSON Schema that editors complete and underline with. `ids`: what there is to point at."""
        page = Page(ids, languages)
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            **self.shape.schema(page),
            "$defs": dict(sorted(page.definitions.items())),
        }


KINDS: dict[str, Any] = {
    "facts": tuple[k.FactDefinition, ...],
    "sectors": tuple[k.Sector, ...],
    "occupations": tuple[k.Occupation, ...],
    "wishes": tuple[k.Wish, ...],
    "cues": tuple[k.Cue, ...],
    "places": tuple[k.Municipality, ...],
    "areas": Mapping[str, tuple[str, ...]],
    "synonyms": tuple[k.Synonyms, ...],
    "words": tuple[k.HardWord, ...],
    "freshness": k.Freshness,
    "weights": Weights,
    "advice": AdviceSentences,
    "programmes": tuple[k.Programme, ...],
    "subsidies": tuple[k.Subsidy, ...],
    "faq": tuple[k.FaqEntry, ...],
    "elsewhere": tuple[k.Elsewhere, ...],
    "smalltalk": tuple[k.SmallTalk, ...],
    "care": tuple[k.Care, ...],
    "messages": tuple[k.LabelledMessage, ...],
}
SHAPES: dict[str, Shape[Any]] = {
    "country": COUNTRY,
    "languages": LanguageShape(),
    **{name: DERIVE.shape(kind) for name, kind in KINDS.items()},
}
FORMATS = {name: Format(name, shape) for name, shape in SHAPES.items()}

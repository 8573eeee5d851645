"""What files in `knowledge/` look like: derived from the models; here is what is written in a way of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.content import knowledge as k
from bot.content.advice_config import AdviceSentences, Weights
from bot.content.annotations import As
from bot.content.country_schema import COUNTRY
from bot.content.derive import Deriver, Record
from bot.content.exploring import Likings, Skills
from bot.content.language import Language
from bot.content.limits import Demands, Limits
from bot.content.patterns import SLOTS, BadPattern, Choice, Slot, Thing, parse
from bot.content.problems import did_you_mean
from bot.content.schema_types import Number, Seq, Str, Table
from bot.content.schools import Qualification, School, Trade
from bot.content.shapes import Ids, JsonSchema, Page, Report, Shape, Unreadable, pairs
from bot.content.staff_sentences import StaffSentence
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, scalar
from bot.content.text_types import LISTED, Localised, by_language
from bot.text import placeholders

T = TypeVar("T")
LONGEST_QUOTE = 200  # characters


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


class QuoteShape:
    """Words of a page of somebody else: enough to find the place, and no more than may be cited as evidence."""

    _text = Str()

    def read(self, node: Node, report: Report) -> str:
        quote = self._text.read(node, report)
        if len(quote) > LONGEST_QUOTE:
            message = f"this quote has {len(quote)} characters; at most {LONGEST_QUOTE}"
            raise report.error(node, message, "Keep the words that prove it; write ' ... ' where you leave some out.")
        return quote

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "string", "minLength": 1, "maxLength": LONGEST_QUOTE}


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


class PatternShape:
    """A pattern of words (bot/content/patterns.py). `of_things`: with `{thing}` in it, once."""

    def __init__(self, *, of_things: bool = False) -> None:
        self._of_things = of_things

    def read(self, node: Node, report: Report) -> str:
        pattern = Str().read(node, report)
        try:
            parts = parse(pattern)
        except BadPattern as error:
            slots = ", ".join(f"#{slot}" for slot in SLOTS)
            hint = f"A part is a word, 'een|ander', 'beg*', 'misschien?', '..', '.', or one of {slots}."
            raise report.error(node, f"{str(error)!r} is no part of a pattern", hint) from None
        things = sum(isinstance(part, Thing) for part in parts)
        if things != self._of_things:
            hint = "Write {thing} once, for the things of each kind." if self._of_things else "Write the word itself."
            found = "no" if not things else "more than one" if self._of_things else "a"
            raise report.error(node, f"this pattern has {found} {{thing}}", hint)
        if not any(isinstance(part, Choice | Slot) and not getattr(part, "optional", False) for part in parts):
            raise report.error(node, "this pattern has no word that must be there", "It would be found in every text.")
        return pattern

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "string", "minLength": 1}


class PatternsShape:
    """Patterns of words, by language."""

    def __init__(self, *, of_things: bool = False) -> None:
        self._listed = Seq(PatternShape(of_things=of_things))

    def read(self, node: Node, report: Report) -> Mapping[str, tuple[str, ...]]:
        return by_language(self._listed, report.languages).read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return page.define("words", lambda: by_language(LISTED, page.languages).schema(page))


class StaffSentencesShape:
    """What the bot says to staff, by name; between braces stands only what is filled in there."""

    _table = Table(Str(), {each.value: each.description for each in StaffSentence}, complete=True)

    def read(self, node: Node, report: Report) -> Mapping[str, str]:
        sentences = self._table.read(node, report)
        unknown = [
            (value, name, allowed)
            for key, _, value in pairs(node, report)
            for allowed in [StaffSentence(key).placeholders]
            for name in sorted(placeholders(sentences[key]) - allowed)
        ]
        for value, name, allowed in unknown:
            hint = did_you_mean(name, allowed) or "Nothing is filled in here: write the words themselves."
            report.error(value, f"nothing fills in {{{name}}}", hint, "C012")
        if unknown:
            raise Unreadable("sentences")
        return sentences

    def schema(self, page: Page) -> JsonSchema:
        return self._table.schema(page)


DERIVE = Deriver.of(
    {
        k.FactValue: FactValueShape(),
        k.Costs: CostsShape(),
        tuple[str, str]: PostcodesShape(),
        tuple[float, float]: CoordinatesShape(),
        As("values"): ValuesShape(),
        As("quote"): QuoteShape(),
        As("patterns"): PatternsShape(),
        As("signs"): Seq(PatternShape()),
        As("ways"): PatternsShape(of_things=True),
        As("ways of one"): Seq(PatternShape(of_things=True)),
        As("staff sentences"): StaffSentencesShape(),
    },
    null=True,
)
PERIOD = DERIVE.record(k.Period)
COST_RANGE = DERIVE.record(k.Costs)


@dataclass(frozen=True, slots=True)
class OneAFile(Generic[T]):
    """One entry a file, which is not written as a list."""

    entry: Record[T]

    def read(self, node: Node, report: Report) -> tuple[T, ...]:
        return (self.entry.read(node, report),)

    def schema(self, page: Page) -> JsonSchema:
        return self.entry.schema(page)


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
    "fact-words": k.FactWords,
    "weights": Weights,
    "advice": AdviceSentences,
    "programmes": tuple[k.Programme, ...],
    "routes": tuple[k.Route, ...],
    "subsidies": tuple[k.Subsidy, ...],
    "faq": tuple[k.FaqEntry, ...],
    "out-of-scope": tuple[k.OutOfScope, ...],
    "smalltalk": tuple[k.SmallTalk, ...],
    "care": k.CareGuide,
    "meanings": tuple[k.Meaning, ...],
    "company": k.CompanyGuide,
    "messages": tuple[k.LabelledMessage, ...],
    "limits": Limits,
    "demands": Demands,
    "trades": tuple[Trade, ...],
    "qualifications": tuple[Qualification, ...],
    "schools": tuple[School, ...],
    "interests": Likings,
    "skills": Skills,
}
SHAPES: dict[str, Shape[Any]] = {
    "country": COUNTRY,
    "languages": OneAFile(DERIVE.record(Language)),
    "cries": OneAFile(DERIVE.record(k.ForeignCries)),
    **{name: DERIVE.shape(kind) for name, kind in KINDS.items()},
}
FORMATS = {name: Format(name, shape) for name, shape in SHAPES.items()}

"""What each kind of file in `knowledge/` looks like: the shapes that read it, and that its JSON Schema comes from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot.content import knowledge as k
from bot.content.advice_config import AdviceSentences, Weight, Weights
from bot.content.country_schema import COUNTRY
from bot.content.language_schema import LANGUAGE
from bot.content.schema_types import (
    CONDITION_SCHEMA,
    ID_SHAPE,
    WORDS,
    Bool,
    ConditionShape,
    Day,
    Int,
    JsonSchema,
    Localised,
    Nullable,
    Number,
    OneOf,
    PartialDay,
    Record,
    Report,
    Seq,
    Shape,
    Str,
    Table,
    language_schemas,
)
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, scalar

URL = Str(re.compile(r"https?://\S+"), "https://duo.nl")
SOURCE = Str(re.compile(r"https?://\S+|seed:\S+"), "https://duo.nl, or seed:000_619a62daab63b697.txt")
IDS = Seq(ID_SHAPE)
NAMES = Seq(Str())
TEXTS = Seq(Localised())

TEXT_FACTS = tuple(
    "where coverage offer sectors forms level leads_to next ages ages_from background restrictions recognised permit "
    "income exception admission selection language language_from work hours duration start certificate choice job pay "
    "cost funding results results_job results_people results_stopped partners warning effects context contact "
    "status_other successor applicant covers amount amount_max amount_more amount_example interest interest_expected "
    "term budget permission apply rounds rounds_expected".split()
)
OTHER_FACTS = ("status", "cost_eur", "valid_from", "valid_until")


class FactValueShape:
    """The value of a fact: a text in both languages, a number, a date, a word, or a list of values by period."""

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

    def schema(self) -> JsonSchema:
        period = {"type": "object", "required": ["from", "value"]}
        return {"anyOf": [Localised().schema(), {"type": ["string", "number", "boolean", "null"]}, _list_of(period)]}


def _list_of(item: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": item}


PERIOD = Record(
    k.Period,
    {"value": FactValueShape(), "from": Nullable(Day())},
    {"until": (Nullable(Day()), None)},
    renamed={"from": "from_"},
)
FACT = Record(
    k.SourcedFact,
    {"value": FactValueShape(), "source": SOURCE, "date": Nullable(PartialDay()), "checked": Day()},
    {"inferred": (Bool(), False)},
    renamed={"date": "dated"},
)
FACTS = Table(FACT, TEXT_FACTS + OTHER_FACTS)

RULE = Record(
    k.Rule,
    {"id": ID_SHAPE, "if": ConditionShape(), "kind": OneOf(k.RuleKind), "because": Localised()},
    {"change": (Nullable(Localised()), None), "source": (Nullable(SOURCE), None)},
    renamed={"if": "condition"},
)

WHERE = Record(
    k.Where,
    {"municipalities": NAMES, "provinces": NAMES, "regions": NAMES, "online": Nullable(Bool()), "national": Bool()},
)


class CostsShape:
    """What the person pays, in EUR: a number, or {from, to}."""

    def read(self, node: Node, report: Report) -> k.Costs:
        if isinstance(node, ScalarNode):
            amount = Number().read(node, report)
            return k.Costs(amount, amount)
        return COST_RANGE.read(node, report)

    def schema(self) -> JsonSchema:
        return {"anyOf": [{"type": "number"}, COST_RANGE.schema()]}


COST_RANGE = Record(k.Costs, {"from": Nullable(Number()), "to": Nullable(Number())}, renamed={"from": "from_"})

PROGRAMME = Record(
    k.Programme,
    {
        "id": ID_SHAPE,
        "name": Str(),
        "provider": Str(),
        "kind": OneOf(k.ProgrammeKind),
        "audience": OneOf(k.Audience),
        "status": OneOf(k.ProgrammeStatus),
        "sectors": Seq(ID_SHAPE, at_least=1),
        "summary": Localised(),
        "where": WHERE,
        "facts": FACTS,
    },
    {
        "aliases": (NAMES, ()),
        "occupations": (WORDS, {}),
        "forms": (Seq(OneOf(k.Form)), ()),
        "hours": (Nullable(Int(at_least=1)), None),
        "paid": (Nullable(Bool()), None),
        "costs": (Nullable(CostsShape()), None),
        "leads_to": (Nullable(ID_SHAPE), None),
        "rules": (Seq(RULE), ()),
        "ask": (TEXTS, ()),
        "must_say": (Nullable(Localised()), None),
        "replaced_by": (IDS, ()),
        "seeds": (NAMES, ()),
        "url": (Nullable(URL), None),
    },
)

VALIDITY = Record(k.Validity, {"from": Nullable(Day()), "until": Nullable(Day())}, renamed={"from": "from_"})
WINDOW = Record(
    k.Window, {"opens": Nullable(Day()), "closes": Nullable(Day())}, {"exhausted_on": (Nullable(Day()), None)}
)
SUBSIDY = Record(
    k.Subsidy,
    {
        "id": ID_SHAPE,
        "name": Str(),
        "category": Str(),
        "applicants": Seq(OneOf(k.Applicant), at_least=1),
        "form": OneOf(k.MoneyForm),
        "status": OneOf(k.SubsidyStatus),
        "summary": Localised(),
        "facts": FACTS,
    },
    {
        "aliases": (NAMES, ()),
        "authority": (Nullable(Str()), None),
        "valid": (VALIDITY, k.Validity(None, None)),
        "windows": (Seq(WINDOW), ()),
        "rules": (Seq(RULE), ()),
        "excludes": (IDS, ()),
        "requires": (IDS, ()),
        "replaced_by": (IDS, ()),
        "pays_for": (Nullable(ConditionShape()), None),
        "conditions": (TEXTS, ()),
        "must_say": (Nullable(Localised()), None),
        "url": (Nullable(URL), None),
    },
)

QUESTION = Record(
    k.FaqEntry,
    {
        "id": ID_SHAPE,
        "theme": Str(),
        "question": Localised(),
        "answer": Localised(),
        "wordings": WORDS,
        "personal": OneOf(k.Personal),
        "sources": Seq(
            Record(
                k.Source,
                {"url": SOURCE, "date": Nullable(PartialDay()), "checked": Day()},
                renamed={"date": "dated"},
            ),
            at_least=1,
        ),
    },
    {"about": (IDS, ())},
)

SECTOR = Record(k.Sector, {"id": ID_SHAPE, "name": Localised(), "words": WORDS})
OCCUPATION = Record(
    k.Occupation,
    {"id": ID_SHAPE, "isco": Str(re.compile(r"\d{4}"), '"8332"'), "sectors": IDS, "name": Localised(), "words": WORDS},
)
WISH = Record(k.Wish, {"id": ID_SHAPE, "words": WORDS, "sectors": IDS})
ELSEWHERE = Record(k.Elsewhere, {"id": ID_SHAPE, "words": WORDS})
SMALL_TALK = Record(k.SmallTalk, {"id": ID_SHAPE, "words": WORDS, "answer": Localised()}, {"begins": (WORDS, {})})
HELP_LINE = Record(
    k.HelpLine,
    {"name": Str(), "says": NAMES, "url": URL, "date": Nullable(PartialDay()), "checked": Day()},
    renamed={"date": "dated"},
)
CARE = Record(
    k.Care,
    {
        "id": OneOf(k.DistressKind),
        "first": Localised(),
        "again": Localised(),
        "signs": WORDS,
        "contacts": Seq(HELP_LINE, at_least=1),
    },
    {"unless": (WORDS, {}), "erasable": (Bool(), False)},
)
MESSAGE = Record(
    k.LabelledMessage,
    {
        "said": Str(),
        "lang": Str(re.compile("[a-z]{2}"), "nl"),
        "distress": Nullable(OneOf(k.DistressKind)),
        "writer": Str(),
    },
)
CUE = Record(k.Cue, {"id": ID_SHAPE, "name": Localised(), "words": WORDS})


HARD_WORD = Record(k.HardWord, {"word": Str(), "means": Localised()})


class PostcodesShape:
    """A range of the digits of postcodes: "3500-3585", or one: "3720"."""

    _text = Str(re.compile(r"\d{3,6}(-\d{3,6})?"), '"3500-3585"')

    def read(self, node: Node, report: Report) -> tuple[str, str]:
        first, _, last = self._text.read(node, report).partition("-")
        if last and last < first:
            raise report.error(node, f"the range ends ({last}) before it begins ({first})", "Turn them round.")
        return first, last or first

    def schema(self) -> JsonSchema:
        return self._text.schema()


class CoordinatesShape:
    """[latitude, longitude] in degrees; that they lie in the country is checked when all files are read."""

    def read(self, node: Node, report: Report) -> tuple[float, float]:
        numbers = Seq(Number(), at_least=2).read(node, report)
        if len(numbers) != 2 or abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
            raise report.error(node, "these are no coordinates", "Latitude first: [52.09, 5.12].")
        return numbers[0], numbers[1]

    def schema(self) -> JsonSchema:
        return {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}


MUNICIPALITY = Record(
    k.Municipality,
    {"name": Str(), "province": Str(), "region": Str(), "at": CoordinatesShape(), "pc4": Seq(PostcodesShape())},
    {"places": (NAMES, ()), "aliases": (NAMES, ())},
    renamed={"at": "coordinates"},
)


class ValuesShape:
    """A list of values, or `levels`: those of education, which the country has."""

    def read(self, node: Node, report: Report) -> tuple[str, ...]:
        if isinstance(node, ScalarNode) and node.value == k.LEVELS[0]:
            return k.LEVELS
        return NAMES.read(node, report)

    def schema(self) -> JsonSchema:
        return {"anyOf": [NAMES.schema(), {"const": k.LEVELS[0]}]}


FACT_DEFINITION = Record(
    k.FactDefinition,
    {"id": ID_SHAPE, "kind": OneOf(k.FactKind), "name": Localised()},
    {
        "ordered": (Bool(), False),
        "values": (ValuesShape(), ()),
        "derived_from": (Nullable(ID_SHAPE), None),
        "role": (OneOf(k.FactRole), None),
    },
)
FRESHNESS = Record(k.Freshness, {"check_every": Table(Int(at_least=1)), "old_after": Int(at_least=1)})
WEIGHT = Record(Weight, {"value": Number(), "why": Str()})
WEIGHTS = Record(Weights, {one.name: WEIGHT for one in fields(Weights)})
ADVICE = Record(AdviceSentences, {one.name: Localised() for one in fields(AdviceSentences)})


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: `knowledge/NAME.yaml`, or several in `knowledge/NAME/`."""

    name: str
    shape: Shape[Any]

    def schema_for(self, languages: Sequence[str]) -> JsonSchema:
        """The JSON Schema that editors complete and underline with, for content in these languages."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": self.name,
            **self.shape.schema(),
            "$defs": {"condition": CONDITION_SCHEMA, **language_schemas(languages)},
        }


SHAPES: dict[str, Shape[Any]] = {
    "country": COUNTRY,
    "languages": LANGUAGE,
    "facts": Seq(FACT_DEFINITION),
    "sectors": Seq(SECTOR),
    "occupations": Seq(OCCUPATION),
    "wishes": Seq(WISH),
    "cues": Seq(CUE),
    "places": Seq(MUNICIPALITY),
    "areas": Table(NAMES),
    "synonyms": Seq(Seq(Str(), at_least=2)),
    "words": Seq(HARD_WORD),
    "freshness": FRESHNESS,
    "weights": WEIGHTS,
    "advice": ADVICE,
    "programmes": Seq(PROGRAMME),
    "subsidies": Seq(SUBSIDY),
    "faq": Seq(QUESTION),
    "elsewhere": Seq(ELSEWHERE),
    "smalltalk": Seq(SMALL_TALK),
    "care": Seq(CARE),
    "messages": Seq(MESSAGE),
}
FORMATS = {name: Format(name, shape) for name, shape in SHAPES.items()}

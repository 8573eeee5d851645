"""What `knowledge/country.yaml` looks like."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content import country as c
from bot.content.schema_types import (
    ID_SHAPE,
    Int,
    JsonSchema,
    Localised,
    Nullable,
    Number,
    Record,
    Report,
    Seq,
    Str,
    Unreadable,
    pairs,
)
from bot.content.strict_yaml import Node

LANGUAGE_CODE = Str(re.compile("[a-z]{2,3}"), "nl")


class PatternShape:
    """A regular expression, for what has one form in a whole country."""

    def read(self, node: Node, report: Report) -> re.Pattern[str]:
        text = Str().read(node, report)
        try:
            return re.compile(text)
        except re.error as error:
            raise report.error(node, f"{text!r} is no pattern: {error}") from None

    def schema(self) -> JsonSchema:
        return {"type": "string", "format": "regex"}


class TimeZoneShape:
    """A zone of the tz database: "Europe/Amsterdam"."""

    def read(self, node: Node, report: Report) -> str:
        text = Str().read(node, report)
        try:
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError):
            raise report.error(node, f"there is no time zone {text!r}", "For example: Europe/Amsterdam") from None
        return text

    def schema(self) -> JsonSchema:
        return {"type": "string"}


PATTERN = PatternShape()
POSTCODE = Record(
    c.Postcode, {"digits": PATTERN, "example": Str()}, {"letters": (Nullable(PATTERN), None), "never": (Seq(Str()), ())}
)
BOUNDS = Record(c.Bounds, {"south": Number(), "north": Number(), "west": Number(), "east": Number()})
PHONE = Record(
    c.Phone,
    {"region": Str(re.compile("[A-Z]{2}"), "NL")},
    {
        "digits": (Nullable(Int(at_least=1)), None),
        "begins": (Nullable(PATTERN), None),
        "mobile": (Nullable(Str()), None),
    },
)
IDENTITY = Record(c.IdentityNumber, {"check": Str(re.compile(r"[a-z]{2}\.[a-z0-9_]+"), "nl.bsn"), "pattern": PATTERN})
LEVEL = Record(
    c.EducationLevel, {"id": ID_SHAPE, "rank": Int(at_least=0), "name": Localised()}, {"says": (Seq(Str()), ())}
)


class CountryShape:
    """The whole file. Its own texts have the languages that it names."""

    _languages = Seq(LANGUAGE_CODE, at_least=1)
    _record = Record(
        c.Country,
        {
            "code": Str(re.compile("[A-Z]{2}"), "NL"),
            "name": Localised(),
            "languages": _languages,
            "first_flow": ID_SHAPE,
            "time_zone": TimeZoneShape(),
            "holidays": Str(re.compile("[A-Z]{2}(-[A-Z]+)?"), "NL, or DE-BE"),
            "postcode": POSTCODE,
            "bounds": BOUNDS,
            "phone": PHONE,
            "levels": Seq(LEVEL, at_least=1),
        },
        {"identity": (Seq(IDENTITY), ())},
    )

    def read(self, node: Node, report: Report) -> c.Country:
        for name, _, value in pairs(node, report):
            if name == "languages":
                report.languages = self._languages.read(value, report)
        try:
            country = self._record.read(node, report)
        except Unreadable:
            # Without the languages every text of the content would be wrong as well.
            return replace(c.UNKNOWN, languages=report.languages)
        return country

    def schema(self) -> JsonSchema:
        return self._record.schema()


COUNTRY = CountryShape()

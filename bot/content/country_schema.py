"""What `knowledge/country.yaml` looks like: derived from the model; here is what is written in a way of its own."""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.content.annotations import As
from bot.content.country import UNKNOWN, Country
from bot.content.derive import Deriver
from bot.content.schema_types import Str
from bot.content.shapes import JsonSchema, Page, Report, Unreadable, pairs
from bot.content.strict_yaml import Node


class PatternShape:
    """A regular expression, for what has one form in a whole country."""

    def read(self, node: Node, report: Report) -> re.Pattern[str]:
        text = Str().read(node, report)
        try:
            return re.compile(text)
        except re.error as error:
            raise report.error(node, f"{text!r} is no pattern: {error}") from None

    def schema(self, page: Page) -> JsonSchema:
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

    def schema(self, page: Page) -> JsonSchema:
        return {"type": "string"}


RECORD = Deriver.of({re.Pattern[str]: PatternShape(), As("time zone"): TimeZoneShape()}, null=True).record(Country)


class CountryShape:
    """The whole file. Its own texts have the languages that it names."""

    def read(self, node: Node, report: Report) -> Country:
        for name, _, value in pairs(node, report):
            if name == "languages":
                report.languages = RECORD.entries[name].shape.read(value, report)
        try:
            return RECORD.read(node, report)
        except Unreadable as unreadable:
            # Without the languages every text of the content would be wrong as well.
            return replace(UNKNOWN, **{"languages": report.languages, **unreadable.values})

    def schema(self, page: Page) -> JsonSchema:
        return RECORD.schema(page)


COUNTRY = CountryShape()

"""Shapes of texts for people, and of what people type: in each language that the content speaks."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

from bot.content.schema_types import Seq, Str, Table
from bot.content.shapes import JsonSchema, Page, Report, Shape, Unreadable
from bot.content.strict_yaml import Node, ScalarNode, location
from bot.text import Text

T = TypeVar("T")


@cache  # one for a kind of value, and not one for each of ten thousand texts
def by_language(shape: Shape[T], languages: tuple[str, ...]) -> Table[T]:
    """A value in each of these languages; in any when nobody says which."""
    return Table(shape, {language: f"In the language {language!r}." for language in languages} or None)


UNREAD_TEXT = Text.same("(unread)")
WORDS = Str()
LISTED = Seq(WORDS)


class Localised:
    """A text in every language that the content speaks."""

    def read(self, node: Node, report: Report) -> Text:
        if isinstance(node, ScalarNode):
            example = ", ".join(f'{language}: "..."' for language in report.languages or ("nl",))
            how = "both" if len(report.languages) == 2 else "it so"
            raise report.error(node, "this text has one language only", f"Write {how}: {{{example}}}.", "C010")
        before = len(report.problems)
        texts = by_language(WORDS, report.languages).read(node, report)
        if len(report.problems) > before:
            raise Unreadable("text")
        for language in report.languages:
            if language not in texts:
                hint = f'Write it behind the others: {language}: "...".'
                raise report.error(node, f"the text in {language!r} is missing", hint, "C010")
        if not texts:
            raise report.error(node, "this text has no language", None, "C010")
        text = Text({language: texts[language] for language in report.languages or texts})
        report.texts.append((location(node, report.file), text))
        return text

    def stand_in(self, node: Node | None) -> Text:
        return UNREAD_TEXT

    def schema(self, page: Page) -> JsonSchema:
        return page.define(
            "text", lambda: {**by_language(WORDS, page.languages).schema(page), "required": list(page.languages)}
        )


class NameOrText(Localised):
    """A name that is the same in every language, or a text in each."""

    def read(self, node: Node, report: Report) -> Text:
        return Text.same(Str().read(node, report)) if isinstance(node, ScalarNode) else super().read(node, report)

    def schema(self, page: Page) -> JsonSchema:
        return {"anyOf": [Str().schema(page), super().schema(page)]}


class Wordings:
    """Words by language, as people type them. A language without words may be left out."""

    def read(self, node: Node, report: Report) -> Mapping[str, tuple[str, ...]]:
        return by_language(LISTED, report.languages).read(node, report)

    def stand_in(self, node: Node | None) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType({})

    def schema(self, page: Page) -> JsonSchema:
        return page.define("words", lambda: by_language(LISTED, page.languages).schema(page))

"""What `flows/common.yaml` looks like: every sentence of the bot's own."""

from collections.abc import Mapping

from bot.content.problems import did_you_mean, nearest
from bot.content.schema_types import Table
from bot.content.sentence_keys import Sentence
from bot.content.shapes import JsonSchema, Page, Report, Unreadable, pairs
from bot.content.strict_yaml import Node
from bot.content.text_types import Localised
from bot.text import Text, placeholders


class SentencesShape:
    """`flows/common.yaml`: every sentence of the bot's own, by its name."""

    _table = Table(Localised(), {one.value: one.description for one in Sentence})

    def read(self, node: Node, report: Report) -> Mapping[str, Text]:
        sentences = self._table.read(node, report)
        before = len(report.problems)
        for name, key, _ in pairs(node, report):
            if name not in sentences:
                continue  # it is none, or cannot be read: that is reported
            allowed = Sentence(name).placeholders
            for said in sentences[name]:
                for unknown in sorted(placeholders(said) - allowed):
                    hint = did_you_mean(unknown, allowed) or "Nothing is filled in here."
                    report.error(key, f"nothing fills in {{{unknown}}} here", hint, "F008")
        there = {name for name, _, _ in pairs(node, report)}
        lacking = [sentence.value for sentence in Sentence if sentence.value not in there]
        meant = {nearest(name, lacking) for name in there - {one.value for one in Sentence}}
        for name in (name for name in lacking if name not in meant):
            hint = "Copy it from the one that Overstap ships."
            report.error(node, f"the sentence {name!r} is missing", hint, "C003")
        if len(report.problems) > before or len(sentences) < len(Sentence):
            raise Unreadable("sentences")
        return sentences

    def schema(self, page: Page) -> JsonSchema:
        return self._table.schema(page)


SENTENCES = SentencesShape()
COMMON = "common.yaml"
"""The file in `flows/` that holds the bot's own sentences; every other file is a flow."""

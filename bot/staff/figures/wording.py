"""A report in words: what a table, a column, a row and a number are called, for a page, a file and a terminal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from babel.numbers import format_decimal

from bot.staff.figures.hiding import OTHERS, Shown
from bot.staff.figures.report import NO_SCHEME, Row, Table
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.store.milestones import OTHER


class Say(Protocol):
    def __call__(self, name: str, /, **values: object) -> str:
        """A sentence of the screen of figures."""


@dataclass(frozen=True)
class Wording:
    say: Say
    labels: Labels
    locale: Locale

    def table(self, table: Table) -> str:
        return self.say(f"table_{table.name}")

    def rows_of(self, table: Table) -> str:
        """What stands above the names of the rows."""
        return self.say(f"rows_{table.name}")

    def column(self, column: str) -> str:
        return self.say(f"step_{column}")

    def row(self, table: Table, row: Row) -> str:
        if row.code == OTHERS:
            return self.say("row_others")
        said = self._names[table.name](row.code) if row.code else self.say("row_unknown")
        return said if table.name == "sources" else said[:1].upper() + said[1:]

    def count(self, count: Shown) -> str:
        """ "1.284"; a hidden one says that it is."""
        return self.say("hidden") if count is None else format_decimal(count, locale=self.locale.language.code)

    def share(self, count: Shown, of: Shown) -> str:
        """How much of the step before came this far; "" where either is hidden, or more came than before."""
        return f"{100 * count / of:.0f} %" if count is not None and of and count <= of else ""

    def wait(self, code: str) -> str:
        return self.say(f"wait_{code}")

    @property
    def _names(self) -> dict[str, Callable[[str], str]]:
        labels, words = self.labels, self.locale.words
        return {
            "weeks": lambda code: code,
            "flows": lambda code: labels.flows.get(code, code),
            "sources": lambda code: self.say("source_other") if code == OTHER else code,
            "sectors": lambda code: labels.sectors.get(code, code),
            "regions": str,
            "places": str,
            "waits": self.wait,
            "outcomes": lambda code: self.say(f"outcome_{code}"),
            "programmes": lambda code: labels.programmes.get(code, code),
            "schemes": lambda code: self.say("no_scheme") if code == NO_SCHEME else labels.subsidies.get(code, code),
            "closed": lambda code: words.in_sentence(code),
            "stopped": lambda code: labels.questions.get(code, code),
            "gone": lambda code: self.say(f"gone_{code.replace(' ', '_')}"),
        }

"""A report as CSV, as Excel opens it by a double click: a line a number, with what it counts before it."""

import csv
import io
from collections.abc import Iterator

from bot.staff.figures.report import Report
from bot.staff.figures.wording import Wording

MARK = "\ufeff"  # Excel takes UTF-8 for an older alphabet without it


def to_csv(report: Report, wording: Wording) -> str:
    """One line for each number. A hidden one says so in words, so that nobody adds it up as nothing."""
    file = io.StringIO()
    write = csv.writer(file, delimiter=";", lineterminator="\r\n").writerow
    write([wording.say(f"csv_{name}") for name in ("quarter", "until", "part", "table", "row", "step", "count")])
    for line in _lines(report, wording):
        write([str(report.quarter), report.until.isoformat(), *line])
    return MARK + file.getvalue()


def _lines(report: Report, wording: Wording) -> Iterator[tuple[str, ...]]:
    for part in report.parts:
        name = wording.say(f"part_{part.name}")
        for step, count in part.steps.items():
            yield name, wording.say("table_steps"), "", wording.column(step), _number(count, wording)
        yield name, wording.say("table_steps"), "", wording.column("person"), _number(part.person, wording)
        for table in part.tables:
            for row in table.rows:
                said = f"{row.under}: {wording.row(table, row)}" if row.under else wording.row(table, row)
                for column, count in zip(table.columns, row.cells, strict=True):
                    yield name, wording.table(table), _text(said), wording.column(column), _number(count, wording)


def _number(count: int | None, wording: Wording) -> str:
    return wording.say("hidden") if count is None else str(count)


def _text(said: str) -> str:
    """A spreadsheet takes no name for a formula."""
    return f"'{said}" if said[:1] in ("=", "+", "-", "@") else said

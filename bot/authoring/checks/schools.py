"""What has grown old in the tables of courses: intakes that have ended, and tables that were not imported for long."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.content.knowledge import Knowledge
from bot.content.problems import Location, Problem, Severity
from bot.content.schools import Evidence

AGAIN = "Download DUO's file and run: overstap knowledge import-duo FILE"


def problems_of(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    """`on`: the day for which it counts."""
    oldest = (on - timedelta(days=knowledge.freshness.old_after)).isoformat()
    for table in knowledge.schooling.tables:
        ended = [row for row in table.rows if row.until and row.until < on.isoformat()]
        if ended:
            at = Location(table.file, ended[0].line, 1)
            rows = "row has" if len(ended) == 1 else "rows have"
            message = f"{len(ended)} {rows} an intake that has ended: nobody is sent there"
            yield Problem(at, message, AGAIN, "K090", Severity.WARNING)
        imported = any(row.evidence is Evidence.OFFERED for row in table.rows)
        if imported and table.dated < oldest:
            message = f"what schools offer is of {table.dated} here"
            yield Problem(Location(table.file, 1, 1), message, AGAIN, "K091", Severity.WARNING)

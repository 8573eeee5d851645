"""The report of a quarter: its parts, each with steps and tables, of which nothing small or telling is left.

There are no filters on purpose. Two reports that differ in one condition give away what they differ by.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.staff.figures.hiding import LEAST, OTHERS, Shown, gather, hide_rows, hide_small
from bot.staff.figures.quarter import Quarter
from bot.staff.labels import Labels
from bot.store.milestones import SIGNED_UP, WAITS, Cell, Milestone

STEPS = ("started", "result", "asked", "called", "spoke", SIGNED_UP)
"""From the first message to a course."""
UNKNOWN = ""
NO_SCHEME = "none"

Rows = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Row:
    code: str  # `OTHERS`, or "" for what is not known
    cells: tuple[Shown, ...]
    under: str = ""  # the row of another table that this is a part of: a municipality of a region


@dataclass(frozen=True, slots=True)
class Table:
    name: str  # "sources", "regions" ...
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    total: tuple[Shown, ...] | None = None  # of the columns; None where the rows are no parts of a whole


@dataclass(frozen=True, slots=True)
class Part:
    """People and employers apart: no number has both, so that neither follows from a difference."""

    name: str
    steps: Mapping[str, Shown]
    person: Shown  # how many asked for one
    median: str | None  # half of them were spoken with within this, one of `WAITS`; None when they are few
    tables: tuple[Table, ...]

    def table(self, name: str) -> Table | None:
        return next((each for each in self.tables if each.name == name), None)

    @property
    def is_empty(self) -> bool:
        return not any(count is None or count for count in self.steps.values())


@dataclass(frozen=True, slots=True)
class Report:
    quarter: Quarter
    until: date  # the last day that is in it
    parts: tuple[Part, ...]
    before: Mapping[str, Shown] = field(default_factory=dict)  # the steps of people in the quarter before

    @property
    def is_over(self) -> bool:
        """Until it is, two reports of it differ by what happened in between: it is not to be published."""
        return self.until >= self.quarter.last


def report(cells: Mapping[Cell, int], quarter: Quarter, today: date, labels: Labels) -> Report:
    """The figures of a quarter up to `today`, of `cells` that hold the quarter before it as well."""
    until = min(quarter.last, today)
    here = {cell: count for cell, count in cells.items() if quarter.first <= cell.day <= until}
    people, employers = _by_flow(here, labels.employers)
    earlier = {cell: count for cell, count in cells.items() if quarter.before.first <= cell.day < quarter.first}
    parts = (_of_people(people, quarter, until, labels), _of_employers(employers))
    return Report(quarter, until, parts, _steps(_by_flow(earlier, labels.employers)[0]))


def _of_people(cells: Mapping[Cell, int], quarter: Quarter, until: date, labels: Labels) -> Part:
    made = _Tables(cells)
    weeks = [str(number) for number, _ in quarter.weeks(until)]
    began = ("started", "asked", "spoke", SIGNED_UP)
    saw = ("result", "asked", "spoke", SIGNED_UP)
    regions = made.rows(saw, lambda cell: labels.regions.get(cell.place, UNKNOWN))
    tables = [
        made.whole("weeks", ("started", "asked", "spoke"), _week, rows=weeks),
        made.gathered("flows", began, lambda cell: cell.flow),
        made.gathered("sources", began, lambda cell: cell.source),
        made.gathered("sectors", saw, lambda cell: cell.sector),
        made.table("regions", saw, gather(regions)),
        made.whole("waits", ("spoke",), lambda cell: cell.detail, rows=WAITS),
        made.loose("outcomes", _counts(cells, Milestone.OUTCOME, lambda cell: _part_of(cell, 0))),
        made.gathered("programmes", (SIGNED_UP,), lambda cell: _part_of(cell, 1)),
        made.gathered("schemes", (SIGNED_UP,), lambda cell: _part_of(cell, 2) or NO_SCHEME),
        made.loose("closed", _counts(cells, Milestone.CLOSED, lambda cell: cell.detail)),
        made.loose("stopped", _counts(cells, Milestone.STOPPED, lambda cell: cell.detail)),
        made.loose("gone", _counts(cells, Milestone.GONE, lambda cell: cell.detail)),
    ]
    at = next(at for at, each in enumerate(tables) if each.name == "regions")
    tables.insert(at + 1, _places(made, saw, tables[at], labels))
    shown = tuple(each for each in tables if each.rows)
    return Part("people", _steps(cells), hide_small(made.sums["person"]), _median(cells), shown)


def _of_employers(cells: Mapping[Cell, int]) -> Part:
    closed = _Tables(cells).loose("closed", _counts(cells, Milestone.CLOSED, lambda cell: cell.detail))
    steps = {name: count for name, count in _steps(cells).items() if name not in ("result", SIGNED_UP)}
    person = hide_small(_Tables(cells).sums["person"])
    return Part("employers", steps, person, _median(cells), (closed,) if closed.rows else ())


class _Tables:
    """Tables of some cells, each with what has to be hidden hidden."""

    def __init__(self, cells: Mapping[Cell, int]) -> None:
        self.cells = cells
        self.sums: Counter[str] = Counter()
        for cell, count in cells.items():
            self.sums[_column(cell)] += count

    def rows(self, columns: Sequence[str], key: Callable[[Cell], str]) -> dict[str, list[int]]:
        """How many there are in each column, by `key`, the most first."""
        found: dict[str, list[int]] = defaultdict(lambda: [0] * len(columns))
        for cell, count in self.cells.items():
            if (column := _column(cell)) in columns:
                found[key(cell)][columns.index(column)] += count
        return dict(sorted(found.items(), key=lambda row: ([-count for count in row[1]], row[0])))

    def gathered(self, name: str, columns: tuple[str, ...], key: Callable[[Cell], str]) -> Table:
        return self.table(name, columns, gather(self.rows(columns, key)))

    def whole(self, name: str, columns: tuple[str, ...], key: Callable[[Cell], str], rows: Iterable[str]) -> Table:
        """With these rows, whether or not there is anything in them."""
        found = self.rows(columns, key)
        return self.table(name, columns, {each: found.get(each, [0] * len(columns)) for each in rows})

    def table(self, name: str, columns: tuple[str, ...], rows: Rows) -> Table:
        """Of which the columns add up to the steps."""
        if not any(map(any, rows.values())):
            return Table(name, columns, ())
        shown = [Row(code, cells) for code, cells in hide_rows(rows).items()]
        return Table(name, columns, tuple(shown), tuple(hide_small(self.sums[each]) for each in columns))

    def loose(self, name: str, counts: Mapping[str, int]) -> Table:
        """Of which the rows add up to nothing that is published."""
        rows = gather({code: [count] for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))})
        return Table(name, ("count",), tuple(Row(code, (hide_small(cells[0]),)) for code, cells in rows.items()))


def _places(made: _Tables, columns: tuple[str, ...], regions: Table, labels: Labels) -> Table:
    """The municipalities of each region that is shown, which add up to it. What is hidden of a region is hidden of all
    of them, or they would give it away."""
    by_region: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for place, cells in made.rows(columns, lambda cell: cell.place).items():
        by_region[labels.regions.get(place, UNKNOWN)][place] = cells
    rows: list[Row] = []
    for region in regions.rows:
        if region.code in (UNKNOWN, OTHERS):
            continue
        for place, shown in hide_rows(gather(by_region[region.code])).items():
            safe = tuple(None if whole is None else cell for cell, whole in zip(shown, region.cells, strict=True))
            rows.append(Row(place, safe, region.code))
    return Table("places", columns, tuple(rows))


def _column(cell: Cell) -> str:
    if cell.milestone is Milestone.OUTCOME:
        return SIGNED_UP if _part_of(cell, 0) == SIGNED_UP else ""
    return cell.milestone.value


def _part_of(cell: Cell, part: int) -> str:
    parts = cell.detail.split("|")
    return parts[part] if len(parts) > part else UNKNOWN


def _week(cell: Cell) -> str:
    return str(cell.day.isocalendar().week)


def _by_flow(cells: Mapping[Cell, int], employers: frozenset[str]) -> tuple[dict[Cell, int], dict[Cell, int]]:
    theirs = {cell: count for cell, count in cells.items() if cell.flow in employers}
    return {cell: count for cell, count in cells.items() if cell not in theirs}, theirs


def _counts(cells: Mapping[Cell, int], milestone: Milestone, key: Callable[[Cell], str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell, count in cells.items():
        if cell.milestone is milestone:
            found[key(cell)] += count
    return found


def _steps(cells: Mapping[Cell, int]) -> dict[str, Shown]:
    sums = _Tables(cells).sums
    return {step: hide_small(sums[step]) for step in STEPS}


def _median(cells: Mapping[Cell, int]) -> str | None:
    waits = _counts(cells, Milestone.SPOKE, lambda cell: cell.detail)
    if waits.total() < LEAST:
        return None
    seen = 0
    for each in WAITS:
        seen += waits[each]
        if 2 * seen >= waits.total():
            return each
    return None

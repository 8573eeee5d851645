"""Where the bars of a chart stand, in percent of its width: text keeps its size on a narrow screen. Each chart stands
beside a table with the same numbers."""

from dataclasses import dataclass

from bot.staff.figures.hiding import Shown
from bot.staff.figures.report import Part, Table

BAR = 80  # percent of the width: the longest; its number stands behind it
STEP_HEIGHT = 50  # pixels
WEEKS_HEIGHT, WEEKS_TOP = 200, 14
LEFT = 6  # percent, for the numbers of the axis


@dataclass(frozen=True, slots=True)
class Bar:
    step: str
    count: Shown
    before: Shown  # the count of the step above
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class WeekBar:
    x: float
    y: float
    width: float
    height: float
    series: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Weeks:
    names: tuple[tuple[str, float], ...]  # of the weeks, and where they stand
    bars: tuple[WeekBar, ...]
    grid: tuple[tuple[int, float], ...]  # numbers of the axis, and where they stand
    most: tuple[str, int] | None  # the week in which most asked


def funnel(part: Part) -> list[Bar]:
    """A bar for each step. One that is hidden has no length."""
    longest = max((count or 0 for count in part.steps.values()), default=0) or 1
    bars: list[Bar] = []
    for number, (step, count) in enumerate(part.steps.items()):
        before = bars[-1].count if bars else None
        bars.append(Bar(step, count, before, round(BAR * (count or 0) / longest, 1), STEP_HEIGHT * number))
    return bars


def weeks(table: Table, series: tuple[str, str]) -> Weeks:
    """Two bars a week."""
    columns = [table.columns.index(name) for name in series]
    counts = {row.code: [row.cells[at] for at in columns] for row in table.rows}
    top = _round_up(max((count or 0 for each in counts.values() for count in each), default=0))
    slot = (100 - LEFT) / max(len(counts), 1)
    bars, names = [], []
    for number, (week, each) in enumerate(counts.items()):
        left = LEFT + slot * number
        names.append((week, round(left + slot / 2, 2)))
        for series_number, count in enumerate(each):
            height = round((WEEKS_HEIGHT - WEEKS_TOP) * (count or 0) / top, 1)
            x = round(left + slot * (0.12 + 0.4 * series_number), 2)
            y, width = round(WEEKS_HEIGHT - height, 1), round(slot * 0.34, 2)
            bars.append(WeekBar(x, y, width, height, series_number, count is None))
    grid = [(top * part // 4, WEEKS_HEIGHT - (WEEKS_HEIGHT - WEEKS_TOP) * part / 4) for part in range(5)]
    most = max(((week, each[0] or 0) for week, each in counts.items()), key=lambda one: one[1], default=None)
    return Weeks(tuple(names), tuple(bars), tuple(grid), most if most and most[1] else None)


def _round_up(count: int) -> int:
    """The top of the axis: four equal steps of a round number."""
    step = 1
    while 4 * step < count:
        step = int(step * 2.5) if str(step)[0] == "2" else step * 2
    return 4 * step

"""A chart as SVG: the steps below each other as they stand in the file, and what leaps over steps beside them.

Flows are nearly straight, so their order in the file is the best order in the picture: an editor finds each step
where it stands. Leaps forward run on the right, leaps back on the left, each in the innermost lane that is free.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.authoring.drawing.chart import Arrow, Box, Chart, asks

NARROWEST, GAP, LANE, MARGIN, TOP = 360, 30, 14, 24, 34  # of a box, below it, beside it, around all, above the first
LINE, LEAP = 17, 15  # the height of a line of text, and between two leaps out of one box
BOLD, SMALL = 8.2, 6.6  # the width of a letter, about: fonts differ

STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
.kind { font-size: 11px; fill: #57606a; } .id { font-weight: 600; } .title { font-size: 17px; font-weight: 600; }
.when { font-size: 11px; fill: #0a3069; } .only { font-size: 11px; fill: #7d4e00; }
.box { fill: #f6f8fa; stroke: #8c959f; } .ask { fill: #ddf4ff; stroke: #0969da; }
.end { fill: #dafbe1; stroke: #1a7f37; } .page { fill: #ffffff; }
.way { fill: none; stroke: #57606a; stroke-width: 1.4; } .leap { fill: none; stroke: #0969da; stroke-width: 1.4; }"""


@dataclass(frozen=True, slots=True)
class _Side:
    """The leaps on one side of the boxes. `edge`: of the boxes; `out`: 1 to the right, -1 to the left."""

    lanes: dict[Arrow, int]
    out: int

    @property
    def lanes_width(self) -> float:
        return LANE * (2 + max(self.lanes.values())) if self.lanes else 0

    @property
    def width(self) -> float:
        return self.lanes_width + SMALL * max((len(one.when or "") for one in self.lanes), default=0)


def svg(chart: Chart) -> str:
    right = _Side(_lanes(one for one in chart.arrows if one.target > one.source + 1), 1)
    left = _Side(_lanes(one for one in chart.arrows if one.target <= one.source), -1)
    leaps = Counter(one.source for one in (*right.lanes, *left.lanes))
    heights = [_height(box, leaps[number]) for number, box in enumerate(chart.boxes)]
    tops = [MARGIN + TOP + sum(heights[:number]) + GAP * number for number in range(len(heights))]
    wide = max([NARROWEST, *(40 + BOLD * len(box.id) + SMALL * len(box.kind) for box in chart.boxes)])
    x = MARGIN + left.width
    width, height = x + wide + right.width + MARGIN, tops[-1] + heights[-1] + MARGIN
    parts = [f'<text class="title" x="{x:g}" y="{MARGIN + 12}">{escape(chart.title)}</text>']
    for arrow in chart.arrows:
        if arrow.target == arrow.source + 1:
            start, end, middle = tops[arrow.source] + heights[arrow.source], tops[arrow.target], x + wide / 2
            parts.append(f'<path class="way" d="M{middle:g} {start:g} V{end:g}" marker-end="url(#tip)"/>')
            parts += _words(arrow.when, middle + 8, (start + end) / 2 + 3, "start")
    parts += _leaps(right, tops, x + wide)
    parts += _leaps(left, tops, x)
    for box, top, tall in zip(chart.boxes, tops, heights, strict=True):
        parts += _drawn(box, x, top, wide, tall)
    tip = '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}">',
            f"<title>{escape(chart.id)}</title><style>{STYLE}</style>",
            f'<defs>{tip}<path d="M0 0 L8 4 L0 8 z" fill="#57606a"/></marker></defs>',
            f'<rect class="page" width="{width:g}" height="{height:g}"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _lanes(arrows: Iterable[Arrow]) -> dict[Arrow, int]:
    """The innermost free lane for each leap; short leaps are laid first, so that long ones run outside them."""
    lanes: list[list[tuple[int, int]]] = []
    found: dict[Arrow, int] = {}
    for arrow in sorted(arrows, key=lambda one: abs(one.target - one.source)):
        low, high = sorted((arrow.source, arrow.target))
        free = (number for number, taken in enumerate(lanes) if all(high < start or end < low for start, end in taken))
        number = next(free, len(lanes))
        if number == len(lanes):
            lanes.append([])
        lanes[number].append((low, high))
        found[arrow] = number
    return dict(sorted(found.items(), key=lambda one: (one[0].source, one[0].target)))


def _leaps(side: _Side, tops: list[float], edge: float) -> list[str]:
    """Out of one side of the boxes and back in; several that leave one box have a height of their own."""
    parts: list[str] = []
    left_before: Counter[int] = Counter()
    for arrow, lane in side.lanes.items():
        start = tops[arrow.source] + 24 + LEAP * left_before[arrow.source]
        left_before[arrow.source] += 1
        end, turn = tops[arrow.target] + 12, edge + side.out * LANE * (lane + 1)
        path = f"M{edge:g} {start:g} H{turn:g} V{end:g} H{edge + side.out * 2:g}"
        parts.append(f'<path class="leap" d="{path}" marker-end="url(#tip)"/>')
        anchor = "start" if side.out > 0 else "end"
        parts += _words(arrow.when, edge + side.out * side.lanes_width, start + 4, anchor)
    return parts


def _words(words: str | None, x: float, y: float, anchor: str) -> list[str]:
    if not words:
        return []
    return [f'<text class="when" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(words)}</text>']


def _height(box: Box, leaps: int) -> float:
    return max(14 + LINE * (1 + bool(box.says) + bool(box.only_if)), 20 + LEAP * leaps)


def _drawn(box: Box, x: float, top: float, wide: float, tall: float) -> list[str]:
    look, corner = ("box ask", 8.0) if asks(box) else ("box end", 15.0) if box.kind == "end" else ("box", 3.0)
    lines = [f'<tspan class="id">{escape(box.id)}</tspan><tspan class="kind" dx="8">{escape(box.kind)}</tspan>']
    if box.says:
        lines.append(escape(box.says))
    if box.only_if:
        lines.append(f'<tspan class="only">only if {escape(box.only_if)}</tspan>')
    shape = f'<rect class="{look}" x="{x:g}" y="{top:g}" width="{wide:g}" height="{tall:g}" rx="{corner:g}"/>'
    rows = (f'<text x="{x + 14:g}" y="{top + 21 + LINE * number:g}">{line}</text>' for number, line in enumerate(lines))
    return [shape, *rows]

"""The interests of somebody as a small chart: numbers and words, and a picture of them that reads without eyes."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from bot.advice.exploring.profile import Likes
from bot.content.exploring import Exploring

STEPS = 4  # of a bar: from "rather not" (0) to "nice" (4)
SOMEWHAT = 0.5

ROW, LABEL, BAR, HIGH = 28, 230, 160, 12  # pixels


@dataclass(frozen=True, slots=True)
class Bar:
    """`steps`: 0 to `STEPS`. `said`: the same in words, so that nobody needs the bar."""

    label: str
    steps: int
    said: str


def interests_chart(likes: Likes, exploring: Exploring, language: str) -> tuple[Bar, ...]:
    """A bar for each interest and trait that they said something of, what they like best first; none when nothing."""
    says = exploring.likings.says
    if says is None:
        return ()
    named = {one.id: one.phrase for one in exploring.likings.named}
    bars = []
    for one, worth in likes.worths.items():
        said = says.disliked if worth < 0 else says.fine if worth == 0 else says.liked
        if 0 < worth <= SOMEWHAT:
            said = says.liked_somewhat
        bars.append(Bar(named[one][language], round((worth + 1) / 2 * STEPS), said[language]))
    return tuple(sorted(bars, key=lambda bar: -bar.steps))


def to_lines(bars: Iterable[Bar]) -> list[str]:
    """As items of a document, which draws a bar beside the words: "- 3/4 mensen helpen: leuk"."""
    return [f"- {bar.steps}/{STEPS} {bar.label}: {bar.said}" for bar in bars]


def to_svg(bars: Iterable[Bar], title: str) -> str:
    """A picture for a page: its title and every value stand in it as text, and it takes the colour of the text."""
    rows = list(bars)
    described = "; ".join(f"{bar.label}: {bar.said}" for bar in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="likes-title likes-desc" '
        f'viewBox="0 0 {LABEL + BAR + 140} {ROW * len(rows)}" fill="currentColor" font-size="14">',
        f'<title id="likes-title">{escape(title)}</title><desc id="likes-desc">{escape(described)}</desc>',
    ]
    for number, bar in enumerate(rows):
        top, middle = ROW * number + (ROW - HIGH) // 2, ROW * number + ROW // 2 + 5
        parts += [
            f'<text x="0" y="{middle}">{escape(bar.label)}</text>',
            f'<rect x="{LABEL}" y="{top}" width="{BAR}" height="{HIGH}" fill="none" stroke="currentColor"/>',
            f'<rect x="{LABEL}" y="{top}" width="{BAR * bar.steps // STEPS}" height="{HIGH}"/>',
            f'<text x="{LABEL + BAR + 10}" y="{middle}">{escape(bar.said)}</text>',
        ]
    return "".join([*parts, "</svg>"])

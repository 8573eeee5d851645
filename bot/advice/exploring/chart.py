"""The interests of somebody as a small chart: numbers and words, and a picture of them that reads without eyes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape

from bot.advice.exploring.profile import Likes
from bot.content.exploring import Exploring
from bot.text import Text

STEPS = 4  # of a bar: from "rather not" (0) to "nice" (4)

ROW, TEXT, TOP, HIGH = 44, 16, 23, 12  # pixels: of a row, down to its label, down to its bar, of the bar
BAR, SAID = 52, 55  # percent of the width: how long a whole bar is, and where its words stand behind it


@dataclass(frozen=True, slots=True)
class Bar:
    """`steps`: 0 to `STEPS`. `said`: the same in words, so that nobody needs the bar."""

    label: str
    steps: int
    said: str


def interests_chart(likes: Likes, exploring: Exploring, language: str) -> tuple[Bar, ...]:
    """A bar for each interest and trait that they said something of, what they like best first; none when nothing."""
    return kept_chart(to_kept(likes), exploring, language)


def to_kept(likes: Likes) -> frozenset[str]:
    """What a lead keeps of the likes of somebody: interests and traits with their steps, as "realistic:4"."""
    return frozenset(f"{one}:{round((worth + 1) / 2 * STEPS)}" for one, worth in likes.worths.items())


def kept_chart(kept: Collection[str], exploring: Exploring, language: str) -> tuple[Bar, ...]:
    """The same chart of what was kept; what nobody knows any more is left out."""
    bars = [
        Bar(one.phrase[language], steps, said[language])
        for one in exploring.likings.named
        for steps, said in _said(exploring)
        if f"{one.id}:{steps}" in kept
    ]
    return tuple(sorted(bars, key=lambda bar: -bar.steps))


def kept_in_words(exploring: Exploring, language: str) -> dict[str, str]:
    """Everything that can be kept, in words."""
    return {
        f"{one.id}:{steps}": f"{one.phrase[language]}: {said[language]}"
        for one in exploring.likings.named
        for steps, said in _said(exploring)
    }


def _said(exploring: Exploring) -> list[tuple[int, Text]]:
    """Each number of steps with its words."""
    says = exploring.likings.says
    if says is None:
        return []
    return list(enumerate((says.disliked, says.disliked, says.fine, says.liked_somewhat, says.liked)))


def to_lines(bars: Iterable[Bar]) -> list[str]:
    """As items of a document, which draws a bar beside the words: "- 3/4 mensen helpen: leuk"."""
    return [f"- {bar.steps}/{STEPS} {bar.label}: {bar.said}" for bar in bars]


def to_svg(bars: Iterable[Bar], title: str) -> str:
    """A picture for a page: its title and every value stand in it as text, and it takes the colour of the text.

    It is as wide as its place, and lengths are percents of that, so that text keeps its size on a phone.
    """
    rows = list(bars)
    described = "; ".join(f"{bar.label}: {bar.said}" for bar in rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="likes-title likes-desc" '
        f'width="100%" height="{ROW * len(rows)}" fill="currentColor" font-size="15">',
        f'<title id="likes-title">{escape(title)}</title><desc id="likes-desc">{escape(described)}</desc>',
    ]
    for number, bar in enumerate(rows):
        top, bottom = ROW * number + TOP, ROW * number + TOP + HIGH - 1
        parts += [
            f'<text x="0" y="{ROW * number + TEXT}">{escape(bar.label)}</text>',
            f'<rect x="1" y="{top}" width="{BAR}%" height="{HIGH}" fill="none" stroke="currentColor"/>',
            f'<rect x="1" y="{top}" width="{BAR * bar.steps / STEPS:g}%" height="{HIGH}"/>',
            f'<text x="{SAID}%" y="{bottom}">{escape(bar.said)}</text>',
        ]
    return "".join([*parts, "</svg>"])

"""Which of what is on the screen somebody means: "de tweede", "nummer 3", "die bij NOVI"."""

from collections.abc import Sequence

from bot.answers.choices import place_inside
from bot.matching import words


def picked(said: str, shown: Sequence[tuple[str, str]]) -> str | None:
    """The id of what was meant; None when it is none of these, or may be several."""
    place, _ = place_inside(said)
    if 0 <= place < len(shown):
        return shown[place][0]
    asked = set(words(said))
    shares = [(len(asked & set(words(title))), item) for item, title in shown]
    best = max((share for share, _ in shares), default=0)
    found = [item for share, item in shares if share == best]
    return found[0] if best and len(found) == 1 else None

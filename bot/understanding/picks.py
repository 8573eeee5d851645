"""Which of what is on the screen somebody means: "de tweede", "nummer 3", "die bij NOVI"."""

from bot.answers.choices import place_inside
from bot.matching import words
from bot.understanding.context import Context


def numbered(said: str, context: Context) -> str | None:
    """The id of what was meant by where it stands; None when nothing was."""
    place, _ = place_inside(said, context.answers.compiled.reply_words, context.cards)
    return context.shown[place][0] if 0 <= place < context.cards else None


def picked(said: str, context: Context) -> str | None:
    """The id of what was meant; None when it is none of these, or may be several."""
    if item := numbered(said, context):
        return item
    shown = context.shown
    asked = set(words(said))
    shares = [(len(asked & set(words(title))), item) for item, title in shown]
    best = max((share for share, _ in shares), default=0)
    found = [item for share, item in shares if share == best]
    return found[0] if best and len(found) == 1 else None

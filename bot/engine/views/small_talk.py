"""What is said to the bot itself, and needs no more than a word back."""

from collections.abc import Iterator

from bot.answers.reading import spaced
from bot.content.knowledge import SmallTalk
from bot.engine.turn import TurnContext


def small_talk(turn: TurnContext, text: str) -> SmallTalk | None:
    """What is said to the bot itself, and is no answer and no question about training or money."""
    known = turn.compiled.content.knowledge.small_talk
    found = turn.compiled.small_talk.look_up(text)
    if found is None and not turn.state.answers:
        said = spaced(text)
        return next(
            (talk for talk in known.values() if any(said.startswith(spaced(one)) for one in _begins(talk))), None
        )
    return known[found] if found else None


def _begins(talk: SmallTalk) -> Iterator[str]:
    return (one for phrases in talk.begins.values() for one in phrases)

"""Whether a text has the form of a question."""

import re
from functools import cache

from bot.answers.reading import ends_as_question
from bot.content.language import Language, Speech
from bot.matching import either, fold
from bot.recognisers.questions import numbered


def is_question(text: str, spoken: Language) -> bool:
    """Say whether a text is a question by its form: a question mark, or the word that it begins with."""
    return ends_as_question(text) or _opening(spoken.speech).match(fold(text)) is not None


def _opening(speech: Speech) -> re.Pattern[str]:
    return _opening_of(speech.openings, speech.before_opening)


@cache
def _opening_of(openings: tuple[str, ...], before: tuple[str, ...]) -> re.Pattern[str]:
    """How a question begins, and what may stand before that."""
    return re.compile(rf"^(?:(?:{either(before)}) )*(?:{numbered(openings)})\b")

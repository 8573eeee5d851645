"""The words of a language: `knowledge/languages/CODE.yaml` as frozen models.

What each list is for stands in docs/languages.md. Words are folded by who reads them: capitals and accents say nothing.
"""

from bot.content.language.around_names import PlaceWords, WorkWords
from bot.content.language.explaining import ExplainingWords
from bot.content.language.foreign import REQUESTS, Greeting, PlainWords
from bot.content.language.health import Health
from bot.content.language.language import IN_CODES, Language, of_staff, together
from bot.content.language.numbers import UNITS, NumberWords
from bot.content.language.replies import (
    ASKED_FOR,
    NAMED_DAYS,
    ChoosingWords,
    ConsentWords,
    DateWords,
    NameWords,
    Replies,
    YesNoWords,
)
from bot.content.language.speech import ASPECTS, HumanWords, Speech
from bot.content.language.words import Words

__all__ = [
    "ASKED_FOR",
    "ASPECTS",
    "IN_CODES",
    "NAMED_DAYS",
    "REQUESTS",
    "UNITS",
    "ChoosingWords",
    "ConsentWords",
    "DateWords",
    "ExplainingWords",
    "Greeting",
    "Health",
    "HumanWords",
    "Language",
    "NameWords",
    "NumberWords",
    "PlaceWords",
    "PlainWords",
    "Replies",
    "Speech",
    "Words",
    "WorkWords",
    "YesNoWords",
    "of_staff",
    "together",
]

"""What a person typed, read as the value that a question asks for.

One file in `types/` for each type of question. A reader is sure, asks which, says why not, or hears "I don't know";
it never guesses in silence, and it never raises, whatever people type.
"""

from bot.answers.choices import read_consent, read_yes_no
from bot.answers.question_type import QuestionType, role_of, type_of
from bot.answers.reading import (
    CERTAIN,
    CLEAR,
    LIKELY,
    WORKED_OUT,
    Context,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    Unknown,
    bare,
    ends_as_question,
)
from bot.answers.sensitive import Sensitive, find_sensitive, without_health
from bot.answers.shown import show
from bot.answers.types.yes_no import yes_and_no
from bot.content.flow import Collect, Consent, Review
from bot.content.message_keys import Sentence
from bot.matching import closest, fold
from bot.text import LANGUAGES

__all__ = [
    "CERTAIN",
    "CLEAR",
    "LIKELY",
    "WORKED_OUT",
    "Context",
    "Misunderstood",
    "Option",
    "QuestionType",
    "Reading",
    "Sensitive",
    "Unclear",
    "Understood",
    "Unknown",
    "bare",
    "ends_as_question",
    "find_sensitive",
    "is_dont_know",
    "read",
    "role_of",
    "show",
    "type_of",
    "without_health",
]

_DONT_KNOW = frozenset(
    fold(words)
    for words in (
        "weet ik niet,weet niet,weet ik nog niet,ik weet het niet,ik weet niet,geen idee,weet k niet,wist ik niet,"
        "zeg ik liever niet,liever niet zeggen,wil ik niet zeggen,dat zeg ik niet,sla over,overslaan,volgende,nvt,"
        "n.v.t,niet van toepassing,i don't know,i dont know,don't know,dont know,idk,dunno,no idea,not sure,no clue,"
        "skip,skip this,rather not say,prefer not to say,i'd rather not say,n/a,next question,pass,"
        "gaat je niks aan,gaat je niets aan,gaat jou niks aan,dat gaat je niks aan,dat gaat je niets aan,"
        "dat gaat jou niks aan,dat gaat jullie niks aan,dat wil ik niet zeggen,dat zeg ik liever niet,"
        "zeg ik niet,ik zeg het niet,dat is privé,none of your business,that's none of your business,not your business,"
        "mind your own business,i don't want to say,i don't want to tell,i don't wanna tell,i don't wanna say,"
        "i'm not telling you,i won't say,that's private"
    ).split(",")
)

SHORTEST_MISSPELT = 10  # letters; "weet niet" is one letter from "heet niet"
MISSPELT = 0.9  # "wiet ik niet" is 0.92; "weet ik het" is 0.83


def is_dont_know(text: str) -> bool:
    """Say whether a text says that they do not know, or will not say; "wiet ik niet" does."""
    typed = bare(text)
    return typed in _DONT_KNOW or (len(typed) >= SHORTEST_MISSPELT and bool(closest(typed, _DONT_KNOW, 1, MISSPELT)))


def read(question: Collect | Consent | Review, text: str, context: Context) -> Reading:
    """Read `text` as the answer to a question. The text has no control characters, and may be empty."""
    if isinstance(question, Collect):
        kind = type_of(question)
        reading = kind.read(question, text, context)
        certain = isinstance(reading, Understood) and reading.certainty == CERTAIN
        if (kind.in_own_words or not certain) and (is_dont_know(text) or _says_skip(question, text)):
            return Unknown()
        return reading
    if isinstance(question, Consent):
        return Unknown() if is_dont_know(text) else read_consent(yes_and_no(context), text)
    return read_yes_no(yes_and_no(context, Sentence.ALL_RIGHT), text)


def _says_skip(question: Collect, text: str) -> bool:
    return question.skip is not None and bare(text) in {bare(question.skip[each]) for each in LANGUAGES}

"""What a person typed, read as the value that a question asks for.

One file in `types/` for each type of question. A reader is sure, asks which, says why not, or hears "I don't know";
it never guesses in silence, and it never raises, whatever people type.
"""

from bot.answers.choices import names_choice, read_consent, read_yes_no
from bot.answers.display import show
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
from bot.answers.types.yes_no import yes_and_no
from bot.content.flow import Collect, Consent, Review
from bot.content.language import Language
from bot.content.sentence_keys import Sentence
from bot.matching import closest, folded

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
    "Unclear",
    "Understood",
    "Unknown",
    "bare",
    "ends_as_question",
    "is_asked_back",
    "is_dont_know",
    "is_name_of_choice",
    "read",
    "role_of",
    "show",
    "type_of",
]

SHORTEST_MISSPELT = 10  # characters; "weet niet" is one letter from "heet niet"
MISSPELT = 0.9  # "wiet ik niet" is 0.92; "weet ik het" is 0.83


def is_dont_know(text: str, spoken: Language) -> bool:
    """Say whether a text says that they do not know, or will not say; "wiet ik niet" does."""
    typed, known = bare(text), folded(spoken.replies.dont_know)
    return typed in known or (len(typed) >= SHORTEST_MISSPELT and bool(closest(typed, known, 1, MISSPELT)))


def read(question: Collect | Consent | Review, text: str, context: Context) -> Reading:
    """Read `text` as the answer to a question. The text has no control characters, and may be empty."""
    if isinstance(question, Collect):
        kind = type_of(question)
        reading = kind.read(question, text, context)
        certain = isinstance(reading, Understood) and reading.certainty == CERTAIN
        if (kind.in_own_words or not certain) and (
            is_dont_know(text, context.compiled.spoken) or _says_skip(question, text)
        ):
            return Unknown()
        return reading
    if isinstance(question, Consent):
        if is_dont_know(text, context.compiled.spoken):
            return Unknown()
        return read_consent(yes_and_no(context), text, context.compiled.reply_words)
    return read_yes_no(yes_and_no(context, Sentence.ALL_RIGHT), text, context.compiled.reply_words)


def is_name_of_choice(question: Collect, text: str) -> bool:
    """Whether a text is a name of a choice in so many words, in any language."""
    return bool(question.choices) and type_of(question).chooses and names_choice(question.choices, bare(text))


def is_asked_back(question: Collect, reading: Understood) -> bool:
    """Whether what was understood needs a yes before it is kept."""
    unsure = reading.certainty < question.confirm_below or reading.certainty <= WORKED_OUT
    return unsure or type_of(question).guesses(reading)


def _says_skip(question: Collect, text: str) -> bool:
    return question.skip is not None and bare(text) in set(map(bare, question.skip))

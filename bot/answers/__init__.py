"""What a person typed, read as the value that a question asks for.

One reader for each type of question. A reader is sure, asks which, says why not, or hears "I don't know";
it never guesses in silence, and it never raises, whatever people type.
"""

from bot.answers.choices import Label, labels, read_consent, read_one, read_some, read_yes_no, yes_or_no
from bot.answers.dates import read_date
from bot.answers.free import read_name, read_place, read_text, read_work
from bot.answers.numbers import read_number
from bot.answers.reach import read_contact, read_email, read_phone, read_postcode
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
from bot.content.flow import AnswerType, Collect, Consent, Review
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
    "show",
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

SHORTEST_MISSPELT = 10  # characters; "weet niet" is one letter from "heet niet"
MISSPELT = 0.9  # "wiet ik niet" is 0.92; "weet ik het" is 0.83


def is_dont_know(text: str) -> bool:
    """Say whether a text says that they do not know, or will not say; "wiet ik niet" does."""
    typed = bare(text)
    return typed in _DONT_KNOW or (len(typed) >= SHORTEST_MISSPELT and bool(closest(typed, _DONT_KNOW, 1, MISSPELT)))


def read(question: Collect | Consent | Review, text: str, context: Context) -> Reading:
    """Read `text` as the answer to a question. The text has no control characters, and may be empty."""
    if isinstance(question, Collect):
        reading = _read_typed(question, text, context)
        certain = isinstance(reading, Understood) and reading.certainty == CERTAIN
        if (question.in_own_words or not certain) and (is_dont_know(text) or _says_skip(question, text)):
            return Unknown()
        return reading
    if isinstance(question, Consent):
        return Unknown() if is_dont_know(text) else read_consent(_yes_no(context), text)
    return read_yes_no(_yes_no(context, Sentence.ALL_RIGHT), text)


def _says_skip(question: Collect, text: str) -> bool:
    return question.skip is not None and bare(text) in {bare(question.skip[each]) for each in LANGUAGES}


def _yes_no(context: Context, label: Sentence = Sentence.YES) -> tuple[Label, ...]:
    sentences = context.compiled.content.sentences
    yes, no = sentences[label], sentences[Sentence.NO]
    return yes_or_no(yes[context.language], no[context.language])


def _read_typed(question: Collect, text: str, context: Context) -> Reading:
    match question.type:
        case AnswerType.TEXT if question.pii:
            return read_name(question.constraint, text)
        case AnswerType.TEXT:
            return read_text(question.constraint, text)
        case AnswerType.INTEGER | AnswerType.DECIMAL | AnswerType.RANGE | AnswerType.CURRENCY:
            return read_number(question, text, context.language)
        case AnswerType.DATE:
            return read_date(question.constraint, text, context.language, context.today)
        case AnswerType.YES_NO:
            return read_yes_no(_yes_no(context), text)
        case AnswerType.SELECT_ONE:
            return read_one(labels(question.choices, context.language), text)
        case AnswerType.SELECT_MULTIPLE:
            alone = frozenset(choice.value for choice in question.choices if choice.exclusive)
            return read_some(labels(question.choices, context.language), alone, text)
        case AnswerType.LOOKUP:
            assert question.vocabulary is not None, "flows are refused without it"
            return read_work(question.vocabulary, text, context)
        case AnswerType.EMAIL:
            return read_email(text)
        case AnswerType.PHONE:
            return read_phone(text)
        case AnswerType.POSTCODE_NL:
            return read_postcode(text)
        case AnswerType.PLACE:
            return read_place(text, context)
        case AnswerType.CONTACT:
            return read_contact(text)

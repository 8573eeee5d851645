"""Somebody comes back on what they said before: "ik wil toch liever verpleegkundige worden", "i mean mbo 4"."""

import re

from bot.answers import Misunderstood, Understood, read, role_of, type_of
from bot.content.flow import Collect, Question, Vocabulary
from bot.content.knowledge import FactRole
from bot.engine.turn import TurnContext
from bot.engine.views.faq import is_question
from bot.matching import fold

_MARK = re.compile(
    r"\b(?:toch|liever|eigenlijk|bij nader inzien|ik bedoel(?:de)?|vergist|van gedachten veranderd|"
    r"actually|rather|instead|on second thoughts?|i meant?|changed my mind)\b"
)
_LIVES = re.compile(r"\b(?:woon|wonen|verhuis|verhuisd|bedoel|bedoelde|live|living|moving|moved|mean|meant)\b")
_WORKS = re.compile(r"\b(?:ik ben|ik werk|i am|i'm|i work)\b")
_WANTS = re.compile(r"\b(?:wil|wou|zou|liever|want|would|rather|i'd)\b")
# Where any words would do, "kapper, maar ik wil toch iets anders" is the answer: only what begins with a wish is one.
_BEGINS_WITH_A_WISH = re.compile(
    r"(?:(?:nee|sorry|oh?|wacht|ja|maar|hm+|no|wait|well|but|actually|eigenlijk)[ ,.!]+)*"
    r"(?:(?:ik|i) (?:actually |rather )?(?:wil|wou|zou|want|would)|i'd|toch liever)\b"
)


def rethought(turn: TurnContext, question: Question | None, text: str) -> tuple[Collect, Understood] | None:
    """The earlier question that a text answers again, and how; None when it says nothing new of an earlier one.

    `question`: the open one. What may be an answer to it is one.
    """
    said = fold(text).replace("’", "'")
    if not _MARK.search(said) or is_question(text, turn.spoken) or turn.compiled.private.find(text):
        return None
    in_own_words = isinstance(question, Collect) and type_of(question).in_own_words
    if in_own_words and not _BEGINS_WITH_A_WISH.match(said):
        return None
    if question and not in_own_words and not isinstance(read(question, text, turn.context), Misunderstood):
        return None
    answered = [passed.step for passed in reversed(turn.answered()) if isinstance(passed.step, Collect)]
    # A wish is heard first: "ik wil toch liever mbo-verpleegkundige worden" says nothing of their own diploma.
    for earlier in sorted(answered, key=lambda one: one.vocabulary is not Vocabulary.DESIRED_WORK):
        if earlier == question or (in_own_words and earlier.vocabulary is not Vocabulary.DESIRED_WORK):
            continue
        if _may_be_about(earlier, role_of(earlier, turn.compiled), said) and (reading := _anew(turn, earlier, text)):
            return earlier, reading
    return None


def _may_be_about(question: Collect, role: FactRole | None, said: str) -> bool:
    match role:
        case FactRole.WISH:
            return _WANTS.search(said) is not None
        case FactRole.JOB:
            return _WORKS.search(said) is not None
        case FactRole.PLACE | FactRole.WORKPLACE:
            return _LIVES.search(said) is not None
        case _:
            kind = type_of(question)
            return kind.chooses or kind.is_number


def _anew(turn: TurnContext, question: Collect, text: str) -> Understood | None:
    """How a text answers a question, when that is another answer than the one they gave, and one that may be kept."""
    reading, given = read(question, text, turn.context), turn.state.answers[question.id]
    if not isinstance(reading, Understood) or reading.value == given.value:
        return None
    if type_of(question).in_own_words:
        before = read(question, given.raw, turn.context)
        if reading.shown is None or (isinstance(before, Understood) and before.shown == reading.shown):
            return None
    refused = any(not one.soft for one in turn.rejections_of(question, reading.value))
    return None if refused else reading

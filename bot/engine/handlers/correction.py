"""Somebody comes back on what they said before: "ik wil toch liever verpleegkundige worden", "i mean mbo 4"."""

import re

from bot.answers import Misunderstood, Understood, find_sensitive, read
from bot.content.flow import CHOOSING, NUMBERS, AnswerType, Collect, Question, Vocabulary
from bot.engine.turn import TurnContext
from bot.engine.views.faq import is_question
from bot.engine.walk import holds
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
    if not _MARK.search(said) or is_question(text) or find_sensitive(text):
        return None
    in_own_words = isinstance(question, Collect) and question.in_own_words
    if in_own_words and not _BEGINS_WITH_A_WISH.match(said):
        return None
    if question and not in_own_words and not isinstance(read(question, text, turn.context), Misunderstood):
        return None
    answered = [passed.step for passed in reversed(turn.answered()) if isinstance(passed.step, Collect)]
    # A wish is heard first: "ik wil toch liever mbo-verpleegkundige worden" says nothing of their own diploma.
    for earlier in sorted(answered, key=lambda one: one.vocabulary is not Vocabulary.DESIRED_WORK):
        if earlier == question or (in_own_words and earlier.vocabulary is not Vocabulary.DESIRED_WORK):
            continue
        if _may_be_about(earlier, said) and (reading := _anew(turn, earlier, text)):
            return earlier, reading
    return None


def _may_be_about(question: Collect, said: str) -> bool:
    match question.type:
        case AnswerType.LOOKUP:
            verbs = _WANTS if question.vocabulary is Vocabulary.DESIRED_WORK else _WORKS
            return verbs.search(said) is not None
        case AnswerType.PLACE:
            return _LIVES.search(said) is not None
        case _:
            return question.type in CHOOSING | NUMBERS


def _anew(turn: TurnContext, question: Collect, text: str) -> Understood | None:
    """How a text answers a question, when that is another answer than the one they gave, and one that may be kept."""
    reading, given = read(question, text, turn.context), turn.state.answers[question.id]
    if not isinstance(reading, Understood) or reading.value == given.value:
        return None
    if question.in_own_words:
        before = read(question, given.raw, turn.context)
        if reading.shown is None or (isinstance(before, Understood) and before.shown == reading.shown):
            return None
    facts = {**turn.position().facts, question.id: reading.value}
    refused = any(not one.soft and holds(one.condition, facts) for one in question.rejections)
    return None if refused else reading

"""An answer is accepted into the state and the flow goes on; or the person would rather not say."""

import re
from dataclasses import replace

from bot.answers import Reading, bare, read
from bot.answers.choices import opening, yes_or_no
from bot.content.flow import Collect, Consent, Interrupt, Question, Review, Submit
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, RecordConsent, WithdrawConsent
from bot.engine.flow.steps import go_on
from bot.engine.state import CONTACT, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask


def read_answer(turn: TurnContext, question: Question, text: str) -> Reading:
    """What a text says to a question: worked out once, as several handlers ask it of the same text."""
    asked = question, text, turn.state.language
    if turn.reading is None or turn.reading[0] != asked:
        turn.reading = asked, read(question, text, turn.context)
    return turn.reading[1]


def keep(turn: TurnContext, question: Question, answer: Answer) -> None:
    """Remember an answer, and go on."""
    before = turn.position()
    met_twice = question.id if not turn.state.editing and question.id in turn.state.answers else None
    answer = replace(answer, cues=answer.cues | turn.state.beside)
    answers = {**turn.state.answers, question.id: answer}
    if not isinstance(question, Review):
        # What was agreed to in an overview is not what stands in it now.
        for passed in before.answered:
            if isinstance(passed.step, Review) and not before.has(Submit):
                answers.pop(passed.step.id, None)
    turn.change(answers=answers, beside=frozenset(), revision=turn.state.revision + 1)
    if isinstance(question, Consent):
        _record(turn, question, answer)
    go_on(turn, before, since=met_twice)


def _record(turn: TurnContext, question: Consent, answer: Answer) -> None:
    consents, language = turn.state.consents, turn.state.language
    if answer.value is True:
        turn.do(RecordConsent(question.purpose, question.text[language], language))
        turn.change(consents=consents | {question.purpose})
    elif question.purpose in consents:
        turn.do(WithdrawConsent(question.purpose))
        turn.change(consents=consents - {question.purpose})
        if question.purpose == CONTACT:
            turn.change(answers=turn.impersonal_answers(), noted=turn.impersonal_notes())


# ------------------------------------------------------------------ rather not
def holds_back(turn: TurnContext, question: Question, text: str) -> bool:
    """Whether a text says no where a name or a number is asked: nobody is called "no thanks"."""
    if not reaches_them(question):
        return False
    _, no = yes_or_no(turn.reply_words, turn.sentence(Sentence.YES), turn.sentence(Sentence.NO))
    first = opening(bare(text))
    with_reason = len(first) > 1 and first in no.names and not re.search(r"[\d@]", text)
    return bare(text) in no.names or with_reason


def reaches_them(question: Question | None) -> bool:
    """Whether an adviser cannot reach someone without an answer to this."""
    return isinstance(question, Collect) and question.pii and question.required


def pass_over(turn: TurnContext, question: Question) -> None:
    """They do not know, or will not say: unknown is an answer too, and what is no yes is a no."""
    match question:
        case Consent():
            turn.say(Sentence.NOT_A_YES)
            keep(turn, question, Answer("no", False))
        case Collect(required=False) if Interrupt.SKIP in turn.flow.interrupts:
            keep(turn, question, Answer("", None))
        case Collect() if reaches_them(question):
            _hold_on(turn, question)
        case _:
            ask(turn, turn.sentence(Sentence.IS_REQUIRED))


def _hold_on(turn: TurnContext, question: Question) -> None:
    """They agreed to be contacted, and do not say how: say what that means; the second time it takes the yes back."""
    if turn.state.editing == question.id:
        leave_as_it_was(turn)
    elif turn.state.attempts:
        decline(turn)
    else:
        turn.change(attempts=1)
        ask(turn, turn.sentence(Sentence.NEEDED_TO_REACH_YOU))
        turn.say(Sentence.WAY_OUT, no_contact_button(turn))


def no_contact_button(turn: TurnContext) -> Button:
    return Button(turn.sentence(Sentence.BUTTON_NO_CONTACT), CommandButton("nocontact").data)


def decline(turn: TurnContext) -> None:
    """Take the yes to being contacted back, and go on as after a no."""
    agreed = (passed.step for passed in turn.answered() if isinstance(passed.step, Consent))
    consent = next((step for step in agreed if step.purpose == CONTACT), None)
    if consent is None:
        ask(turn)
        return
    turn.change(editing=None)
    keep(turn, consent, Answer("no", False))


def leave_as_it_was(turn: TurnContext) -> None:
    """Close a question that was open again: the answer that it had stays."""
    turn.change(editing=None)
    turn.say(Sentence.NOTHING_CHANGED)
    go_on(turn, turn.position())

"""Keeping an answer, and what someone would rather not say."""

import re
from dataclasses import replace

from bot.answers import bare
from bot.answers.choices import opening, yes_or_no
from bot.content.flow import Collect, Consent, Interrupt, Question, Review, Submit
from bot.content.message_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, RecordConsent, WithdrawConsent
from bot.engine.flow.steps import go_on
from bot.engine.state import CONTACT, Answer
from bot.engine.turn import Turning
from bot.engine.views.question import ask


def keep(turning: Turning, question: Question, answer: Answer) -> None:
    """Remember an answer, and go on."""
    before = turning.position()
    met_twice = question.id if not turning.state.editing and question.id in turning.state.answers else None
    answer = replace(answer, cues=answer.cues | turning.state.beside)
    answers = {**turning.state.answers, question.id: answer}
    if not isinstance(question, Review):
        # What was agreed to in an overview is not what stands in it now.
        for passed in before.answered:
            if isinstance(passed.step, Review) and not before.has(Submit):
                answers.pop(passed.step.id, None)
    turning.change(answers=answers, beside=frozenset(), revision=turning.state.revision + 1)
    if isinstance(question, Consent):
        _record(turning, question, answer)
    go_on(turning, before, since=met_twice, taken=question)


def _record(turning: Turning, question: Consent, answer: Answer) -> None:
    consents, language = turning.state.consents, turning.state.language
    if answer.value is True:
        turning.do(RecordConsent(question.purpose, question.text[language], language))
        turning.change(consents=consents | {question.purpose})
    elif question.purpose in consents:
        turning.do(WithdrawConsent(question.purpose))
        turning.change(consents=consents - {question.purpose})
        if question.purpose == CONTACT:
            turning.change(answers=turning.impersonal_answers())


# ------------------------------------------------------------------ rather not
def holds_back(turning: Turning, question: Question, text: str) -> bool:
    """Whether a text says no where a name or a number is asked: nobody is called "no thanks"."""
    if not reaches_them(question):
        return False
    _, no = yes_or_no(turning.sentence(Sentence.YES), turning.sentence(Sentence.NO))
    first = opening(bare(text))
    with_reason = len(first) > 1 and first in no.names and not re.search(r"[\d@]", text)
    return bare(text) in no.names or with_reason


def reaches_them(question: Question | None) -> bool:
    """Whether an adviser cannot reach someone without an answer to this."""
    return isinstance(question, Collect) and question.pii and question.required


def pass_over(turning: Turning, question: Question) -> None:
    """They do not know, or will not say: unknown is an answer too, and what is no yes is a no."""
    match question:
        case Consent():
            turning.say(Sentence.NOT_A_YES)
            keep(turning, question, Answer("no", False))
        case Collect(required=False) if Interrupt.SKIP in turning.flow.interrupts:
            keep(turning, question, Answer("", None))
        case Collect() if reaches_them(question):
            _hold_on(turning, question)
        case _:
            ask(turning, turning.sentence(Sentence.IS_REQUIRED))


def _hold_on(turning: Turning, question: Question) -> None:
    """They agreed to be contacted, and do not say how: say what that means; the second time it takes the yes back."""
    if turning.state.editing == question.id:
        leave_as_it_was(turning)
    elif turning.state.attempts:
        decline(turning)
    else:
        turning.change(attempts=1)
        ask(turning, turning.sentence(Sentence.NEEDED_TO_REACH_YOU))
        turning.say(Sentence.WAY_OUT, no_contact_button(turning))


def no_contact_button(turning: Turning) -> Button:
    return Button(turning.sentence(Sentence.BUTTON_NO_CONTACT), CommandButton("nocontact").data)


def decline(turning: Turning) -> None:
    """Take the yes to being contacted back, and go on as after a no."""
    agreed = (passed.step for passed in turning.answered() if isinstance(passed.step, Consent))
    consent = next((step for step in agreed if step.purpose == CONTACT), None)
    if consent is None:
        ask(turning)
        return
    turning.change(editing=None)
    keep(turning, consent, Answer("no", False))


def leave_as_it_was(turning: Turning) -> None:
    """Close a question that was open again: the answer that it had stays."""
    turning.change(editing=None)
    turning.say(Sentence.NOTHING_CHANGED)
    go_on(turning, turning.position())

"""How a question is put: its words, its buttons, and how far along we are."""

from dataclasses import replace
from math import ceil

from bot.answers import Option, Understood, role_of, show, type_of
from bot.content.flow import AskWhen, Collect, Consent, Jobs, MatchStep, Question, Review, Submit
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import DONE, SKIP, AnswerButton, ChangeButton, CommandButton, ConfirmationButton
from bot.engine.effects import Button, Keyboard, Message, Send
from bot.engine.state import CONTACT, CONTACT_WISH, GIVEN_UP, About, Answer, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import job_buttons
from bot.text import fill, say_list

RESULTS = MatchStep | Submit | Jobs
ENOUGH_CARDS = 3  # after so many, one may see what follows from them
LONGEST_PLACEHOLDER = 64  # characters: Telegram's limit for the hint in an empty field


def ask(turn: TurnContext, lead_in: str | None = None) -> None:
    """Put the open question. `lead_in` is a line above it, for why it is asked (again)."""
    question = turn.open_question()
    if question is None:
        if lead_in:
            turn.send(lead_in)
        return
    turn.change(asked=question.id)
    match question:
        case Collect():
            text = "\n".join(filter(None, [lead_in, *_words(turn, question), _progress(turn)]))
            message = Message(text, buttons=_buttons(turn, question), placeholder=_placeholder(turn, question))
            if type_of(question).takes_number:
                share = turn.sentence(Sentence.SHARE_PHONE)
                message = replace(message, contact_button=share, keyboard=Keyboard.REPLY)
            elif message.buttons:
                message = replace(message, keyboard=Keyboard.INLINE)
            _put(turn, message)
        case Consent():
            text = "\n".join(filter(None, [lead_in, fill_in(turn, question.text[turn.state.language])]))
            turn.send(text, yes_and_no(turn, question.id))
        case Review():
            show_answers(turn, question, lead_in)


def _put(turn: TurnContext, message: Message) -> None:
    """Once in a turn, and last: who does two things in one message does not read the question twice."""
    put = Send(message)
    turn.effects[:] = [effect for effect in turn.effects if effect != put]
    turn.do(put)


def _words(turn: TurnContext, question: Collect) -> list[str]:
    texts = [question.text, question.hint]
    return [fill_in(turn, text[turn.state.language]) for text in texts if text]


def fill_in(turn: TurnContext, template: str) -> str:
    """A text of a flow, with facts in it as the person would say them."""
    if "{" not in template:
        return template
    said: dict[str, str] = {"reference": turn.state.reference or "{reference}"}
    for passed in turn.answered():
        if isinstance(passed.step, Collect):
            value = turn.position().facts.get(passed.step.id)
            said[passed.step.id] = show(passed.step, value, turn.compiled, turn.state.language)
    return fill(template, said)


def confirm(
    turn: TurnContext,
    about: About,
    text: str,
    question: str | None = None,
    options: tuple[Answer, ...] = (),
    answering: tuple[str, ...] = (),
) -> None:
    """Ask for a yes or a no; what it is about waits in the state."""
    turn.change(confirmation=Confirmation(about, question, options, answering))
    revision = turn.state.revision
    yes = Button(turn.sentence(Sentence.YES), ConfirmationButton("yes", revision).data)
    no = Button(turn.sentence(Sentence.NO), ConfirmationButton("no", revision).data)
    turn.send(text, (yes, no))


# ------------------------------------------------------------------ buttons
def _buttons(turn: TurnContext, question: Collect) -> tuple[Button, ...]:
    def button(value: str, label: str) -> Button:
        return Button(label, AnswerButton(question.id, value, turn.state.revision).data)

    language = turn.state.language
    offered = [button(option.raw, option.label) for option in _offered(turn, question)]
    if turn.position().has(Jobs) and role_of(question, turn.compiled) is FactRole.WISH:
        return tuple(job_buttons(turn, question.id))
    if type_of(question).may_be_enough and _cards_answered(turn) >= ENOUGH_CARDS:
        return (*offered, Button(turn.sentence(Sentence.BUTTON_ENOUGH), CommandButton("enough").data))
    if picked(turn, question):
        offered.append(button(DONE, turn.sentence(Sentence.DONE)))
    elif waiting_for_answer_after_all(turn):
        label = turn.sentence(Sentence.THAT_WAS_MY_ANSWER)
        offered.append(Button(label, ConfirmationButton("yes", turn.state.revision).data))
    elif question.skip:
        offered.append(button(SKIP, question.skip[language]))
    return tuple(offered)


def _cards_answered(turn: TurnContext) -> int:
    steps = (passed.step for passed in turn.position().answered)
    return sum(isinstance(step, Collect) and type_of(step).may_be_enough for step in steps)


def _offered(turn: TurnContext, question: Collect) -> tuple[Option, ...]:
    """The answers to press: not what was picked before; help for free text only after it was not understood."""
    language = turn.state.language
    question = replace(question, choices=question.offered(turn.today))
    offered = type_of(question).offers(question, turn.compiled, language)
    if not offered and turn.state.attempts >= 2:
        return tuple(Option(choice.value, choice.label[language]) for choice in question.choices)
    return tuple(option for option in offered if option.raw not in picked(turn, question))


def picked(turn: TurnContext, question: Question) -> tuple[str, ...]:
    """The choices of this question that were picked so far, when there may be more."""
    so_far = turn.state.picked
    return so_far.choices if so_far and so_far.question == question.id else ()


def waiting_for_answer_after_all(turn: TurnContext) -> bool:
    waiting = turn.state.confirmation
    return waiting is not None and waiting.about is About.ANSWER_AFTER_ALL


def yes_and_no(turn: TurnContext, question_id: str) -> tuple[Button, ...]:
    revision = turn.state.revision
    return (
        Button(turn.sentence(Sentence.YES), AnswerButton(question_id, "yes", revision).data),
        Button(turn.sentence(Sentence.NO), AnswerButton(question_id, "no", revision).data),
    )


def _placeholder(turn: TurnContext, question: Collect) -> str | None:
    return question.example[turn.state.language][:LONGEST_PLACEHOLDER] if question.example else None


# ------------------------------------------------------------------ how far along
def _progress(turn: TurnContext) -> str | None:
    """ "Question 3 of about 8", as long as there is a result to come."""
    if turn.state.editing or (turn.state.detour and not turn.flow.explores):
        return None
    position = turn.position()
    if position.has(MatchStep, Submit, Jobs):
        return None
    number = 1 + sum(isinstance(passed.step, Collect) for passed in position.answered)
    total = number + ceil(_still_to_come(turn))
    return turn.sentence(Sentence.PROGRESS, number=number, total=total) if total > 1 else None


def _still_to_come(turn: TurnContext) -> float:
    """About how many questions follow the open one before a result, as if every answer were "I don't know"."""
    steps = [one.step for one in turn.until(RESULTS).path]
    ahead = [step for step in steps if isinstance(step, Collect) and step.id not in turn.state.answers]
    # Of the questions that may be left out, about a quarter will be (measured on the personas of gold).
    return sum(1.0 if step.ask_when is AskWhen.ALWAYS else 0.75 for step in ahead[1:])


# ------------------------------------------------------------------ overviews
def overview(turn: TurnContext, only: tuple[str, ...] = ()) -> list[tuple[Collect | Consent, str]]:
    """The questions on the path that were answered, each with its answer in words."""
    position = turn.position()
    lines = []
    for passed in position.answered:
        step = passed.step
        if isinstance(step, Collect | Consent) and (not only or step.id in only):
            lines.append((step, _in_words(turn, step, turn.state.answers[step.id])))
    return lines


def _in_words(turn: TurnContext, step: Collect | Consent, answer: Answer) -> str:
    if answer.raw == GIVEN_UP:
        return turn.sentence(Sentence.SKIPPED)
    if isinstance(step, Collect) and answer.value is not None:
        return type_of(step).recall(step, answer.raw, answer.value, turn.context)
    return show(step, answer.value, turn.compiled, turn.state.language)


def name_of(turn: TurnContext, question: Question) -> str:
    """What a question is called in an overview."""
    named = None if isinstance(question, Review) else question.name
    return (named or question.text)[turn.state.language]


def as_understood(turn: TurnContext, question: Collect | Consent, reading: Understood) -> str:
    """An answer in words, as it is played back: how it was understood, where that is not what they typed."""
    return reading.shown or show(question, reading.value, turn.compiled, turn.state.language)


def show_answers(turn: TurnContext, review: Review | None, lead_in: str | None = None) -> None:
    """The answers with a button to change each; with a review, also a yes."""
    lines = overview(turn, review.only if review else ())
    if review and not review.only:
        # What is passed on is what they answered; that it may be passed on goes without saying.
        lines = [(step, answer) for step, answer in lines if isinstance(step, Collect)]
    text = fill_in(turn, review.text[turn.state.language]) if review else turn.sentence(Sentence.OVERVIEW)
    listed = "\n".join(f"{name_of(turn, step)}: {answer}" for step, answer in lines)
    if limits := turn.limits_in_words(turn.state.language):
        said = say_list(limits, turn.state.language)
        listed = "\n".join(filter(None, [listed, turn.sentence(Sentence.KEPT_LIMITS, limits=said)]))
    if (wish := turn.state.noted.get(CONTACT_WISH)) and CONTACT in turn.state.consents:
        listed += "\n" + turn.sentence(Sentence.KEPT_WISH, wish=wish.raw)
    change = tuple(
        Button(turn.sentence(Sentence.CHANGE, name=name_of(turn, step)), ChangeButton(step.id).data)
        for step, _ in lines
    )
    agree = (
        (Button(turn.sentence(Sentence.ALL_RIGHT), AnswerButton(review.id, "yes", turn.state.revision).data),)
        if review
        else ()
    )
    turn.send("\n\n".join(filter(None, [lead_in, listed, text])), agree + change)

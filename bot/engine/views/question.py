"""How a question is put: its words, its buttons, and how far along we are."""

from dataclasses import replace
from itertools import takewhile
from math import ceil

from bot.answers import Understood, read, show
from bot.content.flow import AnswerType, AskWhen, Choice, Collect, Consent, Match, Question, Review, Submit
from bot.content.message_keys import Sentence
from bot.engine.buttons import DONE, SKIP, AnswerButton, ChangeButton, ConfirmationButton
from bot.engine.effects import Button, Keyboard, Message, Send
from bot.engine.state import GIVEN_UP, About, Answer, Confirmation
from bot.engine.turn import Turning
from bot.engine.walk import walk
from bot.text import fill

CALLABLE = frozenset({AnswerType.PHONE, AnswerType.CONTACT})
LONGEST_PLACEHOLDER = 64  # letters: Telegram's limit for the hint in an empty field
MOST_OF_RANGE = 12  # more numbers than this are typed, not pressed


def ask(turning: Turning, lead_in: str | None = None) -> None:
    """Put the open question. `lead_in` is a line above it, for why it is asked (again)."""
    question = turning.open_question()
    if question is None:
        if lead_in:
            turning.send(lead_in)
        return
    turning.change(asked=question.id)
    match question:
        case Collect():
            text = "\n".join(filter(None, [lead_in, *_words(turning, question), _progress(turning)]))
            message = Message(text, buttons=_buttons(turning, question), placeholder=_placeholder(turning, question))
            if question.type in CALLABLE:
                share = turning.sentence(Sentence.SHARE_PHONE)
                message = replace(message, contact_button=share, keyboard=Keyboard.REPLY)
            elif message.buttons:
                message = replace(message, keyboard=Keyboard.INLINE)
            turning.do(Send(message))
        case Consent():
            text = "\n".join(filter(None, [lead_in, fill_in(turning, question.text[turning.state.language])]))
            turning.send(text, yes_and_no(turning, question.id))
        case Review():
            show_answers(turning, question, lead_in)


def _words(turning: Turning, question: Collect) -> list[str]:
    texts = [question.text, question.hint]
    return [fill_in(turning, text[turning.state.language]) for text in texts if text]


def fill_in(turning: Turning, template: str) -> str:
    """A text of a flow, with facts in it as the person would say them."""
    if "{" not in template:
        return template
    said: dict[str, str] = {"reference": turning.state.reference or "{reference}"}
    for passed in turning.answered():
        if isinstance(passed.step, Collect):
            value = turning.position().facts.get(passed.step.id)
            said[passed.step.id] = show(passed.step, value, turning.library, turning.state.language)
    return fill(template, said)


def confirm(
    turning: Turning,
    about: About,
    text: str,
    question: str | None = None,
    options: tuple[Answer, ...] = (),
    answering: tuple[str, ...] = (),
) -> None:
    """Ask for a yes or a no; what it is about waits in the state."""
    turning.change(confirmation=Confirmation(about, question, options, answering))
    revision = turning.state.revision
    yes = Button(turning.sentence(Sentence.YES), ConfirmationButton("yes", revision).data)
    no = Button(turning.sentence(Sentence.NO), ConfirmationButton("no", revision).data)
    turning.send(text, (yes, no))


# ------------------------------------------------------------------ buttons
def _buttons(turning: Turning, question: Collect) -> tuple[Button, ...]:
    def button(value: str, label: str) -> Button:
        return Button(label, AnswerButton(question.id, value, turning.state.revision).data)

    language = turning.state.language
    offered = [button(choice.value, choice.label[language]) for choice in offered_choices(turning, question)]
    if question.type is AnswerType.YES_NO:
        offered = list(yes_and_no(turning, question.id))
    if question.type is AnswerType.RANGE and question.constraint:
        least, most = int(question.constraint.at_least or 0), int(question.constraint.at_most or 0)
        if most - least < MOST_OF_RANGE:
            offered = [button(str(number), str(number)) for number in range(least, most + 1)]
    if picked(turning, question):
        offered.append(button(DONE, turning.sentence(Sentence.DONE)))
    elif waiting_for_answer_after_all(turning):
        label = turning.sentence(Sentence.THAT_WAS_MY_ANSWER)
        offered.append(Button(label, ConfirmationButton("yes", turning.state.revision).data))
    elif question.skip:
        offered.append(button(SKIP, question.skip[language]))
    return tuple(offered)


def offered_choices(turning: Turning, question: Collect) -> tuple[Choice, ...]:
    """The choices to show: not what was picked before; help for free text only after it was not understood."""
    if question.type is AnswerType.SELECT_MULTIPLE:
        return tuple(choice for choice in question.choices if choice.value not in picked(turning, question))
    if question.type is AnswerType.SELECT_ONE or turning.state.attempts >= 2:
        return question.choices
    return ()


def picked(turning: Turning, question: Collect) -> tuple[str, ...]:
    """The choices of a select_multiple that were pressed so far."""
    waiting = turning.state.confirmation
    if waiting is None or waiting.about is not About.PICKING or waiting.question != question.id:
        return ()
    return tuple(option.raw for option in waiting.options)


def waiting_for_answer_after_all(turning: Turning) -> bool:
    waiting = turning.state.confirmation
    return waiting is not None and waiting.about is About.ANSWER_AFTER_ALL


def yes_and_no(turning: Turning, question_id: str) -> tuple[Button, ...]:
    revision = turning.state.revision
    return (
        Button(turning.sentence(Sentence.YES), AnswerButton(question_id, "yes", revision).data),
        Button(turning.sentence(Sentence.NO), AnswerButton(question_id, "no", revision).data),
    )


def _placeholder(turning: Turning, question: Collect) -> str | None:
    return question.example[turning.state.language][:LONGEST_PLACEHOLDER] if question.example else None


# ------------------------------------------------------------------ how far along
def _progress(turning: Turning) -> str | None:
    """ "Question 3 of about 8", as long as there is a result to come."""
    if turning.state.editing or turning.state.detour:
        return None
    position = turning.position()
    if position.has(Match, Submit):
        return None
    number = 1 + sum(isinstance(passed.step, Collect) for passed in position.answered)
    total = number + ceil(_still_to_come(turning))
    return turning.sentence(Sentence.PROGRESS, number=number, total=total) if total > 1 else None


def _still_to_come(turning: Turning) -> float:
    """About how many questions follow the open one before a result, as if every answer were "I don't know"."""
    answers, settled = turning.state.answers, turning.state.settled
    whole = walk(
        turning.flows,
        turning.state.flow,
        answers,
        on=turning.on,
        deciding=lambda question: question not in settled,
        to_the_end=True,
    )
    before_result = takewhile(lambda passed: not isinstance(passed.step, Match | Submit), whole.path)
    ahead = [one.step for one in before_result if isinstance(one.step, Collect) and one.step.id not in answers]
    # Of the questions that may be left out, about a quarter will be (measured on the personas of gold).
    return sum(1.0 if step.ask_when is AskWhen.ALWAYS else 0.75 for step in ahead[1:])


# ------------------------------------------------------------------ overviews
def overview(turning: Turning, only: tuple[str, ...] = ()) -> list[tuple[Collect | Consent, str]]:
    """The questions on the path that were answered, each with its answer in words."""
    position = turning.position()
    lines = []
    for passed in position.answered:
        step = passed.step
        if isinstance(step, Collect | Consent) and (not only or step.id in only):
            lines.append((step, _in_words(turning, step, turning.state.answers[step.id])))
    return lines


def _in_words(turning: Turning, step: Collect | Consent, answer: Answer) -> str:
    if answer.raw == GIVEN_UP:
        return turning.sentence(Sentence.SKIPPED)
    if isinstance(step, Collect) and step.type is AnswerType.PLACE and answer.value is not None:
        # Its value is a municipality; they may know their town by another name.
        place = read(step, answer.raw, turning.context)
        if isinstance(place, Understood) and place.shown and str(answer.value) in place.shown:
            return place.shown
    return show(step, answer.value, turning.library, turning.state.language)


def name_of(turning: Turning, question: Question) -> str:
    """What a question is called in an overview."""
    named = None if isinstance(question, Review) else question.name
    return (named or question.text)[turning.state.language]


def show_answers(turning: Turning, review: Review | None, lead_in: str | None = None) -> None:
    """The answers with a button to change each; with a review, also a yes."""
    lines = overview(turning, review.only if review else ())
    if review and not review.only:
        # What is passed on is what they answered; that it may be passed on goes without saying.
        lines = [(step, answer) for step, answer in lines if isinstance(step, Collect)]
    text = fill_in(turning, review.text[turning.state.language]) if review else turning.sentence(Sentence.OVERVIEW)
    listed = "\n".join(f"{name_of(turning, step)}: {answer}" for step, answer in lines)
    change = tuple(
        Button(turning.sentence(Sentence.CHANGE, name=name_of(turning, step)), ChangeButton(step.id).data)
        for step, _ in lines
    )
    agree = (
        (Button(turning.sentence(Sentence.ALL_RIGHT), AnswerButton(review.id, "yes", turning.state.revision).data),)
        if review
        else ()
    )
    turning.send("\n\n".join(filter(None, [lead_in, listed, text])), agree + change)

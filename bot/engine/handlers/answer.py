"""Taking an answer: what was meant, whether we may keep it, and what to do when we do not understand.

The order is fixed, and each step is sure before the next is tried: a sensitive text is refused; an answer that fits
exactly is taken; a question of theirs is answered; what was nearly an answer is taken or asked back; only then do
we say that we did not understand.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answers import (
    CERTAIN,
    WORKED_OUT,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    Unknown,
    ends_as_question,
    read,
    type_of,
)
from bot.content.flow import (
    Collect,
    Consent,
    Interrupt,
    OnMaxAttempts,
    Question,
    Review,
    Vocabulary,
)
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton, ConfirmationButton
from bot.engine.effects import Button, HandOver
from bot.engine.flow.accept import holds_back, keep, no_contact_button, pass_over, reaches_them
from bot.engine.handlers.consent import keep_wish_beside, take_reply
from bot.engine.state import GIVEN_UP, About, Answer, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_question, is_question, note_unanswered, suggest_questions
from bot.engine.views.question import as_understood, ask, confirm, name_of
from bot.recognisers.private import Sensitive

WAY_OUT_AFTER = 2  # tries; said once, because a way out that is said at every turn is noise
MOST_HESITATIONS = 3  # answers to a consent that are no yes and no no: then it is no yes
WORDS_OF_A_STORY = 20  # who tells it all at once hears why we ask on
WORDS_OF_A_QUESTION = 3  # without a question mark or a question word, fewer words are no question
SURE_OF_FEW_WORDS = 0.85  # the FAQ at a yes or no: "big register" is 0.90 and is answered, "school" is 0.83 and is not
# Nothing of an answer was in the text, so it may be a question without a question mark: "stap budget nog".
NOTHING_IN_IT = frozenset(
    {
        Sentence.NO_NUMBER,
        Sentence.NO_DATE,
        Sentence.NO_CHOICE,
        Sentence.NO_YES_OR_NO,
        Sentence.NO_PLACE,
        Sentence.NO_POSTCODE,
        Sentence.NO_CONTACT,
        Sentence.NO_EMAIL,
    }
)
REFUSED = {
    Sensitive.BSN: Sentence.NO_BSN_PLEASE,
    Sensitive.IBAN: Sentence.NO_IBAN_PLEASE,
    Sensitive.HEALTH: Sentence.NO_HEALTH_PLEASE,
}


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text that is said to an open question, and how it reads as its answer."""

    question: Question
    text: str
    reading: Reading
    asks: bool  # it has the form of a question

    @property
    def own_words(self) -> bool:
        return isinstance(self.question, Collect) and type_of(self.question).in_own_words

    @property
    def few_words(self) -> bool:
        return not self.asks and len(self.text.split()) < WORDS_OF_A_QUESTION

    @property
    def may_be_asking(self) -> bool:
        """Whether nothing of an answer was in it, so that it may be a question without a question mark."""
        because = self.reading.because if isinstance(self.reading, Misunderstood) else None
        if self.few_words:
            return because is Sentence.NO_YES_OR_NO
        return self.asks or because in NOTHING_IN_IT or _is_no_wish_we_know(self.question, self.reading)


def take(turn: TurnContext, question: Question, text: str) -> None:
    """Take `text` as what someone says to an open question."""
    if isinstance(question, Consent | Review) and take_reply(turn, question, text):
        return
    kept = _without_what_we_may_not_keep(turn, question, text)
    if kept is None:
        return
    if not is_question(kept, turn.spoken):
        # Not understood, or asked back and denied: that they have a permit is so all the same.
        turn.change(beside=turn.state.beside | turn.cues_in(kept, question))
    if holds_back(turn, question, kept):
        pass_over(turn, question)
        return
    attempt = _attempt(turn, question, kept)
    taken = any(handle(turn, attempt) for handle in ANSWER_HANDLERS)
    assert taken, "the last handler takes every attempt"


def _without_what_we_may_not_keep(turn: TurnContext, question: Question, text: str) -> str | None:
    """What is left of a text without somebody's health; None when it was refused whole."""
    sensitive = turn.compiled.private.find(text)
    if sensitive is None:
        return text
    # Nine digits of a phone number may pass for a BSN one time in eleven; of a number that reads, only that is kept.
    takes_number = isinstance(question, Collect) and type_of(question).takes_number
    if takes_number and (
        sensitive is not Sensitive.HEALTH or isinstance(read(question, text, turn.context), Understood)
    ):
        return text
    rest = turn.compiled.private.without_health(text) if sensitive is Sensitive.HEALTH else ""
    if not rest:
        _try_again(turn, question, "", turn.sentence(REFUSED[sensitive]))
        return None
    turn.say(Sentence.HEALTH_NOT_KEPT)
    return rest


def _attempt(turn: TurnContext, question: Question, text: str) -> Attempt:
    reading, asks = read(question, text, turn.context), is_question(text, turn.spoken)
    # "Moet ik 18 zijn?" holds a number, and is no answer; "34?" is one.
    if asks and _asks_number(question) and len(text.split()) >= WORDS_OF_A_QUESTION:
        reading = Misunderstood(Sentence.NO_NUMBER)
    return Attempt(question, text, reading, asks)


def _exact(turn: TurnContext, attempt: Attempt) -> bool:
    reading = attempt.reading
    if not isinstance(reading, Understood) or reading.certainty != CERTAIN or (attempt.own_words and attempt.asks):
        return False
    understood(turn, attempt.question, attempt.text, reading)
    return True


def _question_of_theirs(turn: TurnContext, attempt: Attempt) -> bool:
    if not attempt.may_be_asking or Interrupt.FAQ not in turn.flow.interrupts:
        return False
    nothing_else = isinstance(attempt.reading, Misunderstood) or ends_as_question(attempt.text)
    if not answer_question(turn, attempt.text, SURE_OF_FEW_WORDS if attempt.few_words else 0.0) and not (
        attempt.asks and nothing_else and suggest_questions(turn, attempt.text)
    ):
        return False
    if attempt.own_words:
        _offer_as_answer(turn, attempt.question, attempt.text, attempt.reading)
    ask(turn)
    return True


def _question_nobody_can_answer(turn: TurnContext, attempt: Attempt) -> bool:
    in_own_words = attempt.own_words and isinstance(attempt.reading, Understood) and ends_as_question(attempt.text)
    if not in_own_words and not (attempt.asks and isinstance(attempt.reading, Misunderstood)):
        return False
    note_unanswered(turn, attempt.text)
    if in_own_words:
        _offer_as_answer(turn, attempt.question, attempt.text, attempt.reading)
    ask(turn, turn.sentence(Sentence.CANNOT_ANSWER))
    return True


def _wish_without_work(turn: TurnContext, attempt: Attempt) -> bool:
    reading = attempt.reading
    if not isinstance(reading, Understood) or not _is_no_wish_we_know(attempt.question, reading):
        return False
    if _says_something(turn, attempt.text):
        return False
    _ask_wish_once_more(turn, attempt.question, attempt.text, reading)
    return True


def _as_it_reads(turn: TurnContext, attempt: Attempt) -> bool:
    question, text = attempt.question, attempt.text
    match attempt.reading:
        case Understood() as reading:
            understood(turn, question, text, reading)
        case Unknown():
            pass_over(turn, question)
        case Unclear(options):
            _ask_which(turn, question, text, options)
        case Misunderstood(because, filled):
            _try_again(turn, question, text, turn.sentence(because, **filled))
    return True


ANSWER_HANDLERS: tuple[Callable[[TurnContext, Attempt], bool], ...] = (
    _exact,
    _question_of_theirs,
    _question_nobody_can_answer,
    _wish_without_work,
    _as_it_reads,
)
"""The order in which a text is taken as an answer: each is surer than the next, and the last takes the rest."""


def _asks_number(question: Question) -> bool:
    return isinstance(question, Collect) and type_of(question).is_number


def _is_no_wish_we_know(question: Question, reading: Reading) -> bool:
    """Whether nothing of a wish was recognised: "stap bestaat dat nog". Of a present job nobody asks anything."""
    wishes = isinstance(question, Collect) and question.vocabulary is Vocabulary.DESIRED_WORK
    return wishes and isinstance(reading, Understood) and reading.shown is None


def _says_something(turn: TurnContext, text: str) -> bool:
    """Whether advice can use a wish without work in it: a course by its name, "bbl", "liever niet in de zorg"."""
    compiled = turn.compiled
    return bool(compiled.names.read(text) or compiled.cues.read(text) or compiled.wishes.read(text).excluded)


def _ask_wish_once_more(turn: TurnContext, question: Question, text: str, reading: Understood) -> None:
    """Show the sectors to who types a wish in which we see no work; a second try is kept as it is."""
    if not isinstance(question, Collect) or not question.choices:
        understood(turn, question, text, reading)
    elif turn.state.attempts:
        turn.say(Sentence.WE_KEEP_YOUR_WORDS)
        understood(turn, question, text, reading)
    else:
        turn.change(attempts=WAY_OUT_AFTER)  # from here on the buttons are shown
        ask(turn, turn.sentence(Sentence.NO_WISH))


def understood(turn: TurnContext, question: Question, text: str, reading: Understood) -> None:
    """Keep what was understood, after a confirmation when it is not certain enough or somewhat strange."""
    answer = turn.answer(question, text, reading.value, reading.raw)
    if isinstance(question, Review) and reading.value is not True:
        ask(turn, turn.sentence(Sentence.WHAT_IS_WRONG))
        return
    if isinstance(question, Collect):
        for rejection in turn.rejections_of(question, reading.value):
            said = rejection.text[turn.state.language]
            if rejection.soft:
                confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))
            else:
                _try_again(turn, question, text, said)
            return
        if is_asked_back(question, reading):
            said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=as_understood(turn, question, reading))
            confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))
            return
    if isinstance(question, Collect) and type_of(question).in_own_words and len(text.split()) >= WORDS_OF_A_STORY:
        turn.say(Sentence.STEP_BY_STEP)
    if _worth_saying(question, text, reading):
        turn.say(Sentence.UNDERSTOOD, answer=reading.shown)
    if isinstance(question, Collect) and type_of(question).stands_out:
        keep_wish_beside(turn, text)
    keep(turn, question, answer)


def is_asked_back(question: Collect, reading: Understood) -> bool:
    """Whether what was understood needs a yes before it is kept."""
    unsure = reading.certainty < question.confirm_below or reading.certainty <= WORKED_OUT
    return unsure or type_of(question).guesses(reading)


def _worth_saying(question: Question, text: str, reading: Understood) -> bool:
    """Whether what was understood is more, or less certain, than what was typed."""
    if not isinstance(question, Collect) or reading.shown is None or reading.shown.casefold() in text.casefold():
        return False
    return reading.certainty < CERTAIN or type_of(question).is_said_back


# ------------------------------------------------------------------ asking back
def offer_change(turn: TurnContext, question: Question, text: str, reading: Understood) -> None:
    """Ask whether an earlier answer should become what `text` says: never changed without a yes."""
    shown = reading.shown or text if isinstance(question, Review) else as_understood(turn, question, reading)
    said = turn.sentence(Sentence.SURE_TO_CHANGE, question=name_of(turn, question), answer=shown)
    confirm(turn, About.CHANGE, said, question.id, (turn.answer(question, text, reading.value, reading.raw),))


def _ask_which(turn: TurnContext, question: Question, text: str, options: tuple[Option, ...]) -> None:
    answers = []
    for option in options:
        reading = read(question, option.raw, turn.context)
        value = reading.value if isinstance(reading, Understood) else option.raw
        answers.append(turn.answer(question, text, value, option.raw))
    if len(options) == 1:
        said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=options[0].label)
        confirm(turn, About.UNDERSTOOD, said, question.id, tuple(answers))
        return
    turn.change(confirmation=Confirmation(About.WHICH, question.id, tuple(answers)))
    revision = turn.state.revision
    buttons = [
        Button(option.label, ConfirmationButton(str(number), revision).data) for number, option in enumerate(options)
    ]
    neither = Button(turn.sentence(Sentence.NONE_OF_THESE), ConfirmationButton("no", revision).data)
    turn.say(Sentence.WHICH, *buttons, neither)


def _offer_as_answer(turn: TurnContext, question: Question, text: str, reading: Reading) -> None:
    """We took their words for a question; they can say that it was their answer."""
    value = reading.value if isinstance(reading, Understood) else text
    turn.change(confirmation=Confirmation(About.ANSWER_AFTER_ALL, question.id, (turn.answer(question, text, value),)))


# ------------------------------------------------------------------ the retry ladder
def _try_again(turn: TurnContext, question: Question, text: str, reason: str) -> None:
    """Say why, and help more each time: an example, then buttons and a way out, then what the flow says.

    `text`: their words, which the flow may keep in the end; empty when we may not.
    """
    attempts = turn.state.attempts + 1
    turn.change(attempts=attempts)
    if isinstance(question, Consent) and attempts >= MOST_HESITATIONS:
        pass_over(turn, question)
        return
    if not isinstance(question, Collect):
        ask(turn, reason)
        return
    if attempts >= question.max_attempts and not question.required:
        _give_up(turn, question, text)
        return
    if question.example:
        reason = f"{reason} {turn.sentence(Sentence.FOR_EXAMPLE, example=question.example[turn.state.language])}"
    ask(turn, reason)
    if attempts == WAY_OUT_AFTER:
        turn.say(Sentence.WAY_OUT, *_ways_out(turn, question))


def _ways_out(turn: TurnContext, question: Collect) -> tuple[Button, ...]:
    if reaches_them(question):
        return (no_contact_button(turn),)
    skip = Button(turn.sentence(Sentence.BUTTON_SKIP), CommandButton("skip").data)
    human = Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    return (human,) if question.required else (skip, human)


def _give_up(turn: TurnContext, question: Collect, text: str) -> None:
    match question.on_max_attempts:
        case OnMaxAttempts.HANDOFF:
            turn.do(HandOver(f"stuck:{question.id}"))
            turn.say(Sentence.ADVISER_WILL_HELP)
            keep(turn, question, Answer(GIVEN_UP, None))
        case OnMaxAttempts.KEEP if text:
            turn.say(Sentence.WE_KEEP_YOUR_WORDS)
            keep(turn, question, turn.answer(question, text, text))
        case OnMaxAttempts.SKIP | OnMaxAttempts.KEEP:
            turn.say(Sentence.WE_SKIP_IT)
            keep(turn, question, Answer(GIVEN_UP, None))

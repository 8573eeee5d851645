"""Taking an answer: what was meant, whether we may keep it, and what to do when we do not understand.

The order is fixed, and each step is sure before the next is tried: a sensitive text is refused; an answer that fits
exactly is taken; a question of theirs is answered; what was nearly an answer is taken or asked back; only then do
we say that we did not understand.
"""

from bot.answers import (
    CERTAIN,
    WORKED_OUT,
    Misunderstood,
    Option,
    Reading,
    Sensitive,
    Unclear,
    Understood,
    Unknown,
    ends_as_question,
    find_sensitive,
    read,
    show,
    type_of,
    without_health,
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
from bot.content.message_keys import Sentence
from bot.engine.buttons import CommandButton, ConfirmationButton
from bot.engine.effects import Button, HandOver
from bot.engine.flow.accept import holds_back, keep, no_contact_button, pass_over, reaches_them
from bot.engine.handlers.consent import take_reply
from bot.engine.state import GIVEN_UP, About, Answer, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_question, is_question, note_unanswered, suggest_questions
from bot.engine.views.question import ask, confirm, name_of
from bot.engine.walk import holds

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


def take(turn: TurnContext, question: Question, text: str) -> None:
    """Take `text` as what someone says to an open question."""
    if isinstance(question, Consent | Review) and take_reply(turn, question, text):
        return
    sensitive = find_sensitive(text)
    # Nine digits of a phone number may pass for a BSN one time in eleven.
    if sensitive and not (isinstance(question, Collect) and type_of(question).takes_number):
        rest = without_health(text) if sensitive is Sensitive.HEALTH else ""
        if not rest:
            _try_again(turn, question, "", turn.sentence(REFUSED[sensitive]))
            return
        turn.say(Sentence.HEALTH_NOT_KEPT)
        text = rest
    if not is_question(text):
        # Not understood, or asked back and denied: that they have a permit is so all the same.
        turn.change(beside=turn.state.beside | turn.cues_in(text, question))
    if holds_back(turn, question, text):
        pass_over(turn, question)
        return
    reading = read(question, text, turn.context)
    own_words = isinstance(question, Collect) and type_of(question).in_own_words
    asks = is_question(text)
    # "Moet ik 18 zijn?" holds a number, and is no answer; "34?" is one.
    holds_no_answer = asks and (own_words or (_asks_number(question) and len(text.split()) >= WORDS_OF_A_QUESTION))
    if isinstance(reading, Understood) and reading.certainty == CERTAIN and not holds_no_answer:
        understood(turn, question, text, reading)
        return
    nothing_in_it = isinstance(reading, Misunderstood) and reading.because in NOTHING_IN_IT
    nothing_of_ours = nothing_in_it or _is_no_wish_we_know(question, reading)
    few_words = not asks and len(text.split()) < WORDS_OF_A_QUESTION
    neither = isinstance(reading, Misunderstood) and reading.because is Sentence.NO_YES_OR_NO
    if holds_no_answer and not own_words:
        reading = Misunderstood(Sentence.NO_NUMBER)
    may_be_asking = asks or (neither if few_words else nothing_of_ours)
    if may_be_asking and Interrupt.FAQ in turn.flow.interrupts:
        nothing_else = isinstance(reading, Misunderstood) or ends_as_question(text)
        if answer_question(turn, text, SURE_OF_FEW_WORDS if few_words else 0.0) or (
            asks and nothing_else and suggest_questions(turn, text)
        ):
            if own_words:
                _offer_as_answer(turn, question, text, reading)
            ask(turn)
            return
    match reading:
        case Understood() if own_words and ends_as_question(text):
            note_unanswered(turn, text)
            _offer_as_answer(turn, question, text, reading)
            ask(turn, turn.sentence(Sentence.CANNOT_ANSWER))
        case Understood() if _is_no_wish_we_know(question, reading) and not _says_something(turn, text):
            _ask_wish_once_more(turn, question, text, reading)
        case Understood():
            understood(turn, question, text, reading)
        case Unknown():
            pass_over(turn, question)
        case Unclear(options):
            _ask_which(turn, question, text, options)
        case Misunderstood() if asks:
            note_unanswered(turn, text)
            ask(turn, turn.sentence(Sentence.CANNOT_ANSWER))
        case Misunderstood(because, filled):
            _try_again(turn, question, text, turn.sentence(because, **filled))


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
        facts = {**turn.position().facts, question.id: reading.value}
        for rejection in question.rejections:
            if holds(rejection.condition, facts):
                said = rejection.text[turn.state.language]
                if rejection.soft:
                    confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))
                else:
                    _try_again(turn, question, text, said)
                return
        guessed = type_of(question).guesses(reading)
        if reading.certainty < question.confirm_below or guessed or reading.certainty <= WORKED_OUT:
            shown = reading.shown or show(question, reading.value, turn.compiled, turn.state.language)
            said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=shown)
            confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))
            return
    if isinstance(question, Collect) and type_of(question).in_own_words and len(text.split()) >= WORDS_OF_A_STORY:
        turn.say(Sentence.STEP_BY_STEP)
    if _worth_saying(question, text, reading):
        turn.say(Sentence.UNDERSTOOD, answer=reading.shown)
    keep(turn, question, answer)


def _worth_saying(question: Question, text: str, reading: Understood) -> bool:
    """Whether what was understood is more, or less certain, than what was typed."""
    if not isinstance(question, Collect) or reading.shown is None or reading.shown.casefold() in text.casefold():
        return False
    return reading.certainty < CERTAIN or type_of(question).is_said_back


# ------------------------------------------------------------------ asking back
def offer_change(turn: TurnContext, question: Question, text: str, reading: Understood) -> None:
    """Ask whether an earlier answer should become what `text` says: never changed without a yes."""
    value = text if isinstance(question, Review) else show(question, reading.value, turn.compiled, turn.state.language)
    shown = reading.shown or value
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

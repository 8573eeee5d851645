"""Taking an answer: a bare one at once, what is not sure after a yes, and what to do when we do not understand."""

import re

from bot.answers import (
    CERTAIN,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    Unknown,
    ends_as_question,
    is_asked_back,
    is_name_of_choice,
    role_of,
    type_of,
)
from bot.answers.question_form import is_question
from bot.content.flow import (
    Collect,
    Consent,
    OnMaxAttempts,
    Question,
    Review,
    Vocabulary,
)
from bot.content.knowledge import FactRole, PartKind
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton, ConfirmationButton
from bot.engine.commands import registry as commands
from bot.engine.effects import Button, HandOver
from bot.engine.flow.accept import keep, no_contact_button, pass_over, reaches_them, read_answer
from bot.engine.handlers.consent import MOST_HESITATIONS, hesitate, keep_wish_beside
from bot.engine.reading import read_whole
from bot.engine.state import GIVEN_UP, About, Answer, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.faq import asked_of_cards
from bot.engine.views.question import as_understood, ask, confirm, name_of
from bot.engine.views.results import ways_on
from bot.recognisers.private import Sensitive
from bot.understanding import Fill
from bot.understanding.facts import tells
from bot.understanding.reader import SURE_OF_NAME

WAY_OUT_AFTER = 2  # tries; said once, because a way out that is said at every turn is noise
REFUSED = {
    Sensitive.BSN: Sentence.NO_BSN_PLEASE,
    Sensitive.IBAN: Sentence.NO_IBAN_PLEASE,
    Sensitive.HEALTH: Sentence.NO_HEALTH_PLEASE,
}


WORDS_OF_A_NAME = 3
WORDS_OF_A_NUMBER = 3  # "24 uur graag"; in more there may be something else
NO_WORK = frozenset({PartKind.CHAT, PartKind.COMPLAINT, PartKind.OTHER, PartKind.GREET, PartKind.THANKS})
ASIDE_OF_WORK = NO_WORK | {PartKind.PERMIT}
SURE_OF_OTHER = 0.6  # probability that it is no name
LABELLED_AS = {Vocabulary.DESIRED_WORK: "desired_work", Vocabulary.CURRENT_JOB: "current_job"}
_NO_NAME = re.compile(r"[?!,.;:].*\w")


def take(turn: TurnContext, question: Question, text: str) -> None:
    """Take what surely answers a question: a number from the address book, work that we know."""
    if not bare_answer(turn, question, text):
        not_understood(turn, question, text)


def bare_answer(turn: TurnContext, question: Question, text: str) -> bool:
    """Take a text that is an answer and nothing else, by its own label, number or name; False of any other."""
    if isinstance(question, Review):
        return False
    reading = read_answer(turn, question, text)
    if isinstance(reading, Unknown):
        not_known(turn, question)
        return True
    if not isinstance(reading, Understood) or reading.certainty != CERTAIN:
        return False
    if isinstance(question, Collect) and type_of(question).is_number and len(text.split()) > WORDS_OF_A_NUMBER:
        return False
    if (
        isinstance(question, Collect)
        and type_of(question).in_own_words
        and not _is_bare_name(turn, question, text, reading)
    ):
        return False
    if isinstance(question, Collect) and _answers_another(turn, question, text):
        return False
    understood(turn, question, text, reading)
    return True


def _answers_another(turn: TurnContext, question: Collect, text: str) -> bool:
    """Whether the words for a choice answer another question as well: "ww", asked for work, says which benefit."""
    if not type_of(question).chooses or type_of(question).is_of_several:
        return False
    others = (step for step in turn.flow.steps if isinstance(step, Collect) and step is not question)
    if not any(is_name_of_choice(step, text) for step in others):
        return False
    answered = {act.question for act in read_whole(turn, text).acts if isinstance(act, Fill)}
    return question.id in answered and len(answered) > 1


def _is_bare_name(turn: TurnContext, question: Collect, text: str, reading: Understood) -> bool:
    """Of words that may be anything: whether they are no more than work that we know, or a name."""
    if type_of(question).is_name:
        parts = turn.compiled.parts.of(text, "name")
        named = all(part.kind is PartKind.NAME and part.certainty >= SURE_OF_NAME for part in parts)
        looks_so = text[:1].isupper() and all(part.certainty < SURE_OF_OTHER for part in parts)
        return (named or looks_so) and not is_question(text, turn.spoken)
    if question.vocabulary is None:
        # Any words are an answer, also some that begin as a question: "hoe een app wordt gemaakt".
        known = asked_of_cards(turn, text) is not None or turn.compiled.faq.look_up(text).id is not None
        asks = is_question(text, turn.spoken) and known
        return not (asks or ends_as_question(text))
    few = len(text.split()) <= WORDS_OF_A_NAME and not is_question(text, turn.spoken)
    if not few or reading.shown is None or _NO_NAME.search(text):
        return False
    parts = turn.compiled.parts.of(text, LABELLED_AS[question.vocabulary])
    kind = PartKind.WISH if question.vocabulary is Vocabulary.DESIRED_WORK else PartKind.JOB
    return len(parts) == 1 and (parts[0].kind is kind or parts[0].certainty < SURE_OF_OTHER)


def not_known(turn: TurnContext, question: Question) -> None:
    """ "I don't know" is an answer; of what they want it is first a reason to help, and an answer the second time."""
    wishes = isinstance(question, Collect) and role_of(question, turn.compiled) is FactRole.WISH
    if wishes and not turn.state.attempts and turn.state.detour is None:
        commands.obey(turn, "explore", "")
        turn.change(attempts=1)
    elif only_steers(turn, question) and not turn.state.attempts:
        turn.change(attempts=1)
        turn.say(Sentence.NEED_NOT_KNOW, *ways_on(turn, any_offer=True))
    else:
        pass_over(turn, question)


def only_steers(turn: TurnContext, question: Question) -> bool:
    """Whether it asks nothing of them but how to go on from what is shown."""
    steers = isinstance(question, Collect) and type_of(question).is_yes_or_no and not role_of(question, turn.compiled)
    return steers and bool(turn.cards())


def may_ask(turn: TurnContext, question: Question, text: str) -> bool:
    """Whether nothing of an answer is in a text, so that it may be a question without a question mark."""
    reading = read_answer(turn, question, text)
    if isinstance(reading, Misunderstood):
        return reading.because is not Sentence.NOT_FINISHED  # "hbo niet afgemaakt" says enough to ask on
    return _is_no_wish_we_know(question, reading) and not _says_something(turn, text) and not is_open_wish(turn, text)


def offer_as_answer(turn: TurnContext, text: str) -> None:
    """We took their words for a question; where any words are an answer, they can say that it was theirs."""
    question = turn.open_question()
    own = isinstance(question, Collect) and type_of(question).in_own_words and not question.pii
    if own and question is not None and not ends_as_question(text):
        answer = turn.answer(question, text, text)
        turn.change(confirmation=Confirmation(About.ANSWER_AFTER_ALL, question.id, (answer,)))


def not_understood(turn: TurnContext, question: Question, text: str) -> None:
    """What is an answer at best: asked back, kept as their own words, or told why it is none."""
    reading = read_answer(turn, question, text)
    match reading:
        case Understood() if _is_no_wish_we_know(question, reading) and not _says_something(turn, text):
            _ask_wish_once_more(turn, question, text, reading)
        case Understood() if _tells_of_no_work(turn, question, text):
            _ask_wish_once_more(turn, question, text, reading)
        case Understood() if isinstance(question, Collect) and type_of(question).is_name:
            said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=reading.value)
            answer = turn.answer(question, text, reading.value, str(reading.value))
            confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))
        case Understood() if isinstance(question, Collect) and _is_no_job(turn, question, text, reading):
            _try_again(turn, question, text, turn.sentence(Sentence.NO_JOB))
        case Understood():
            understood(turn, question, text, reading)
        case Unknown():
            not_known(turn, question)
        case Unclear(options) if isinstance(question, Collect):
            ask_which(turn, question, text, options)
        case Misunderstood() if not isinstance(question, Collect):
            hesitate(turn, question)
        case Misunderstood(because, filled):
            _try_again(turn, question, text, turn.sentence(because, **filled))
        case _:
            _try_again(turn, question, text, turn.sentence(Sentence.NO_CHOICE))


def without_what_we_may_not_keep(turn: TurnContext, question: Question | None, text: str) -> str | None:
    """What is left of a text without somebody's health; None when it was refused whole."""
    sensitive = turn.compiled.private.find(text)
    if sensitive is None:
        return text
    # Nine digits of a phone number may pass for a BSN one time in eleven; of a number that reads, only that is kept.
    takes_number = isinstance(question, Collect) and type_of(question).takes_number
    reads = question is not None and isinstance(read_answer(turn, question, text), Understood)
    if takes_number and (sensitive is Sensitive.BSN or (sensitive is Sensitive.HEALTH and reads)):
        return text
    rest = turn.compiled.private.without_health(text) if sensitive is Sensitive.HEALTH else ""
    if not rest and question is None:
        turn.say(REFUSED[sensitive])
        return None
    if not rest:
        assert question is not None
        _try_again(turn, question, "", turn.sentence(REFUSED[sensitive]))
        return None
    turn.say(Sentence.HEALTH_NOT_KEPT)
    return rest


def _tells_of_no_work(turn: TurnContext, question: Question, text: str) -> bool:
    """Whether what was said instead of a wish is surely something else: "ik heb een jobcoach" is no wish to be one."""
    if not isinstance(question, Collect) or question.vocabulary is not Vocabulary.DESIRED_WORK:
        return False
    parts = turn.compiled.parts.of(text, LABELLED_AS[question.vocabulary])
    return bool(parts) and all(part.kind in ASIDE_OF_WORK and part.certainty >= SURE_OF_OTHER for part in parts)


def _is_no_job(turn: TurnContext, question: Collect, text: str, reading: Understood) -> bool:
    """Whether words that name no work we know are surely no name for work either: a joke, an oath.

    What is only likelier something else may be one: "thuis met de kinderen".
    """
    if question.vocabulary is not Vocabulary.CURRENT_JOB or reading.shown is not None:
        return False
    parts = turn.compiled.parts.of(text, LABELLED_AS[question.vocabulary])
    may_be = any(part.second is PartKind.JOB and part.certainty < SURE_OF_OTHER for part in parts)
    return bool(parts) and not may_be and all(part.kind in NO_WORK for part in parts)


def _may_be_work(turn: TurnContext, question: Collect, text: str) -> bool:
    """Whether words that name no work we know may be a name for it: "44", "laat maar" and "nee voor hem" are none."""
    if question.vocabulary is None or not any(map(str.isalpha, text)) or not tells(text):
        return False
    parts = turn.compiled.parts.of(text, LABELLED_AS[question.vocabulary])
    return any(part.kind in (PartKind.WISH, PartKind.JOB) for part in parts)


def _is_no_wish_we_know(question: Question, reading: Reading) -> bool:
    """Whether nothing of a wish was recognised: "stap bestaat dat nog". Of a present job nobody asks anything."""
    wishes = isinstance(question, Collect) and question.vocabulary is Vocabulary.DESIRED_WORK
    return wishes and isinstance(reading, Understood) and reading.shown is None


def _says_something(turn: TurnContext, text: str) -> bool:
    """Whether advice can use a wish without work in it: a course by its name, "bbl", "liever niet in de zorg"."""
    compiled = turn.compiled
    return bool(
        compiled.names.read(text) or compiled.mentions_in(text) or compiled.work(text, Vocabulary.DESIRED_WORK).excluded
    )


def is_open_wish(turn: TurnContext, text: str) -> bool:
    """Whether it is a wish that we know, and that may be any work: "een nieuwe start"."""
    return turn.compiled.work(text, Vocabulary.DESIRED_WORK).is_open


def _ask_wish_once_more(turn: TurnContext, question: Question, text: str, reading: Understood) -> None:
    """Show the sectors to who types a wish in which we see no work; a second try is kept as it is."""
    if not isinstance(question, Collect) or not question.choices:
        understood(turn, question, text, reading)
    elif turn.state.attempts and _may_be_work(turn, question, text):
        turn.say(Sentence.WE_KEEP_YOUR_WORDS)
        understood(turn, question, text, reading)
    elif turn.state.attempts > WAY_OUT_AFTER:
        pass_over(turn, question)
    elif turn.state.attempts:
        turn.change(attempts=turn.state.attempts + 1)
        commands.obey(turn, "explore", "")
    else:
        turn.change(attempts=WAY_OUT_AFTER)  # from here on the buttons are shown
        ask(turn, turn.sentence(Sentence.OPEN_WISH if is_open_wish(turn, text) else Sentence.NO_WISH))


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
    if _worth_saying(question, text, reading):
        turn.say(Sentence.UNDERSTOOD, answer=reading.shown)
    if isinstance(question, Collect) and type_of(question).stands_out:
        keep_wish_beside(turn, text)
    keep(turn, question, answer)


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


def ask_which(turn: TurnContext, question: Question, text: str, options: tuple[Option, ...]) -> None:
    answers = []
    for option in options:
        reading = read_answer(turn, question, option.raw)
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
    ask(turn, _more_help(turn, question, reason) if attempts > 1 else _with_example(turn, question, reason))
    if attempts == WAY_OUT_AFTER:
        turn.say(Sentence.WAY_OUT, *_ways_out(turn, question))


def _with_example(turn: TurnContext, question: Collect, reason: str) -> str:
    if question.example is None:
        return reason
    return f"{reason} {turn.sentence(Sentence.FOR_EXAMPLE, example=question.example[turn.state.language])}"


def _more_help(turn: TurnContext, question: Collect, reason: str) -> str:
    """Another sentence than the first time: to press a button, or an example and nothing else."""
    if type_of(question).is_yes_or_no:
        return turn.sentence(Sentence.PLAIN_YES_OR_NO)
    if type_of(question).chooses:
        return turn.sentence(Sentence.PRESS_ONE)
    if question.example is None:
        return reason
    return turn.sentence(Sentence.LIKE_THIS, example=question.example[turn.state.language])


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
        case OnMaxAttempts.KEEP if text and (question.vocabulary is None or _may_be_work(turn, question, text)):
            turn.say(Sentence.WE_KEEP_YOUR_WORDS)
            keep(turn, question, turn.answer(question, text, text))
        case OnMaxAttempts.SKIP | OnMaxAttempts.KEEP:
            turn.say(Sentence.WE_SKIP_IT)
            keep(turn, question, Answer(GIVEN_UP, None))

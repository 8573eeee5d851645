"""A yes, a no, or "that is wrong" in a message with more in it: to what waits for one, and to what was played back."""

from dataclasses import replace

from bot.answers import CERTAIN, Understood, bare, read
from bot.answers.polarity import read_reply, yes_or_no_word
from bot.content.flow import Collect, Consent, Review
from bot.content.sentence_keys import Sentence
from bot.engine.commands import registry as commands
from bot.engine.flow.accept import pass_over
from bot.engine.handlers.answer import only_steers
from bot.engine.handlers.confirmation import settle, store_agreed
from bot.engine.handlers.heard import Heard
from bot.engine.handlers.told import take_back
from bot.engine.state import ASKS_YES_OR_NO, About, Confirmation
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.understanding import (
    Act,
    Affirm,
    Ask,
    Deny,
    Exclude,
    Fill,
    Limit,
    Pick,
    Request,
    Which,
    Wrong,
)
from bot.understanding.facts import is_recognised


def taken_back(heard: Heard) -> bool:
    """ "Klopt niet", after a play-back: what was read is not so."""
    if not heard.has(Wrong, Deny) or heard.turn.state.confirmation is not None or not heard.turn.state.played_back:
        return False
    if heard.has(Fill):
        return False  # what they say instead changes just that
    if not heard.has(Wrong) and yes_or_no_word(bare(heard.text), heard.turn.reply_words) is not False:
        return False  # "duizend euro, nee, vijfhonderd" and "nee, huisvrouw" take back none of what we said
    if isinstance(heard.turn.open_question(), Consent | Review) and not heard.has(Wrong):
        return False
    take_back(heard.turn)
    heard.turn.say(Sentence.TAKEN_BACK)
    heard.kept.changed = True  # results and a lead that hang on it are made anew
    return False


def not_right(heard: Heard) -> bool:
    """ "Dit klopt niet", of a result: they see what was told, to change it; it is no no to how we go on."""
    turn, question = heard.turn, heard.turn.open_question()
    said_more = heard.said or heard.kept.changed or heard.has(Fill, Ask, Request, Limit, Which, Pick, Exclude)
    if not heard.has(Wrong) or said_more or question is None or not only_steers(turn, question):
        return False
    commands.obey(turn, "correct", "")
    return True


def reply(heard: Heard) -> bool:
    """A yes or a no to what waits for one; what else was said comes after it."""
    turn = heard.turn
    waiting, question = turn.state.confirmation, turn.open_question()
    if waiting is None and isinstance(question, Consent | Review):
        return _reply_to_consent(heard, question)
    if waiting is None or waiting.about not in ASKS_YES_OR_NO:
        return False
    if _is_consent(turn, waiting) and heard.has(Affirm) and not read_reply(heard.text, turn.reply_words).is_plain_yes:
        turn.change(confirmation=None)
        return False  # a yes with more in it is none; what else was said is taken in
    agrees, denies = heard.has(Affirm), heard.has(Deny, Wrong)
    if agrees:
        heard.acts = tuple(act for act in heard.acts if not _says_nothing_new(turn, act, waiting))
    other = any(isinstance(act, Fill) and act.question == waiting.question for act in heard.acts)
    if agrees and not denies and not other:
        if not heard.has(Fill, Ask, Request, Limit, Which, Pick, Exclude):
            settle(turn, "yes", heard.text)
            return True
        if waiting.options:
            store_agreed(turn)
            heard.kept.changed = True
    elif denies and not heard.has(Fill, Ask, Request, Limit, Which, Pick, Exclude):
        settle(turn, "no", heard.text)
        return True
    elif not (agrees or denies or other):
        heard.acts = (*heard.acts, *_left_unsaid(heard, waiting))
    turn.change(confirmation=None)
    return False


def _left_unsaid(heard: Heard, waiting: Confirmation) -> tuple[Fill, ...]:
    """What waited for a yes, when somebody tells something else and says nothing against it: it is played back with
    that, and lost otherwise."""
    question = heard.turn.find_question(waiting.question or "")
    if waiting.about is not About.UNDERSTOOD or not isinstance(question, Collect) or not heard.has(Fill):
        return ()
    (option,) = waiting.options
    reading = read(question, option.raw, heard.turn.context)
    if not isinstance(reading, Understood):
        return ()
    return (Fill(question.id, replace(reading, certainty=CERTAIN), option.raw),)


def _is_consent(turn: TurnContext, waiting: Confirmation) -> bool:
    """Whether a yes would be kept as a consent."""
    return waiting.about is About.REMIND or isinstance(turn.find_question(waiting.question or ""), Consent | Review)


def _says_nothing_new(turn: TurnContext, act: Act, waiting: Confirmation) -> bool:
    """ "Klopt, al tien jaar", "ja, kapper dus": the same, or words of which nobody knows what they answer."""
    if not isinstance(act, Fill) or act.question != waiting.question:
        return False
    question = turn.find_question(act.question)
    if not isinstance(question, Collect):
        return False
    offered = read(question, waiting.options[0].raw, turn.context)
    same = isinstance(offered, Understood) and offered.shown == act.reading.shown
    return same or not is_recognised(question, act.reading)


def _reply_to_consent(heard: Heard, question: Consent | Review) -> bool:
    """A no is one whatever else was said; a yes with more in it is none (`bot.engine.handlers.consent`)."""
    more = (Affirm, Ask) if isinstance(question, Consent) and heard.has(Deny) else (Affirm, Fill, Which, Ask)
    if not heard.has(Deny, Wrong) or heard.has(*more):
        return False
    if isinstance(question, Review):
        ask(heard.turn, heard.turn.sentence(Sentence.WHAT_IS_WRONG))
    else:
        pass_over(heard.turn, question)
    return True

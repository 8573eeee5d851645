"""A message with more in it than a bare answer: read whole, then dealt with act by act, in one order.

What it says is read in `bot.understanding`; what we do about it is decided here. Each handler deals with the acts of
its kind, and says what it has to say; at the end comes the open question, once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.answers import Understood, bare, read
from bot.answers.polarity import read_reply, yes_or_no_word
from bot.content.flow import Collect, Consent, FlowRole, Review
from bot.content.knowledge import PartKind
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.commands import registry as commands
from bot.engine.commands.navigation import begin
from bot.engine.effects import Button
from bot.engine.flow.accept import pass_over, reaches_them
from bot.engine.flow.steps import go_on
from bot.engine.handlers.answer import ask_which, may_ask, not_known, not_understood, offer_as_answer
from bot.engine.handlers.confirmation import settle, store_agreed
from bot.engine.handlers.consent import hesitate
from bot.engine.handlers.exploring import take_likings
from bot.engine.handlers.language import greet, is_foreign, language_of, will_greet
from bot.engine.handlers.told import KeptFacts, is_known, keep_facts, take_back
from bot.engine.reading import context_of
from bot.engine.state import ASKS_YES_OR_NO, About, Confirmation
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_outside, answer_question, note_unanswered, suggest_questions
from bot.engine.views.question import as_understood, ask
from bot.engine.views.small_talk import small_talk
from bot.engine.walk import Position
from bot.recognisers.language import LanguageRead
from bot.understanding import (
    Act,
    Affirm,
    Ask,
    Chat,
    Deny,
    DontKnow,
    Exclude,
    Fill,
    Limit,
    Pick,
    Refuse,
    Request,
    Which,
    Wrong,
    understand,
)
from bot.understanding.facts import is_recognised

A = TypeVar("A")

SURE_BEFORE_CONTACT = 0.8  # where "later" is a doubt, and "stop" a no
NEVER = 2.0  # more than any probability
SURE_TO_LEAVE = 0.55
SURE_OF_A_COMPANY = 0.45  # "ik ben werkgever" is like the name of a job; /start leads back
SURE_OF_REQUEST = 0.3  # probability; a request that is less sure is none
WORDS_OF_A_QUESTION = 3
SURE_OF_FEW_WORDS = 0.85  # "vog" is a question of the FAQ at 0.90; "school" is only near one
WORDS_THAT_BELONG_TOGETHER = 12  # "geen diploma, kan ik dan wel iets": what was told is a part of the question
MOST_ANSWERED = 2  # questions of theirs in one turn
COMPANY = "employer"  # what who says that they are a company asks for
LOUD = frozenset({"human", "forget", "stop", "restart", COMPANY, "language"})
ASKS_FIRST = frozenset({"forget", "restart"})
"""What does nothing before a yes: it may be asked for wrongly."""
EXPLORE = "explore"
AT_A_CONSENT = frozenset({"why", "privacy", "who", "repeat", "back", "review", "mydata", "plan", "skip"})
"""What may come between a consent, a name or a number and its answer."""
LOUDEST = frozenset({"human", "language"})
"""What ends the turn when it is asked for: after it, the open question is not what they want to hear."""


@dataclass
class Heard:
    """A message that is being dealt with. `kept`: what was kept of it; `said`: whether anything but a play-back was."""

    turn: TurnContext
    text: str
    acts: tuple[Act, ...]
    before: Position
    language: LanguageRead
    told: str = ""
    kept: KeptFacts = field(default_factory=KeptFacts)
    said: bool = False
    passed: bool = False  # the open question was passed over, or asked back: it is not put again

    def of(self, kind: type[A]) -> list[A]:
        """The acts of one kind, in their order."""
        return [act for act in self.acts if isinstance(act, kind)]

    def has(self, *kinds: type) -> bool:
        return any(isinstance(act, kinds) for act in self.acts)


Handler = Callable[[Heard], bool]
"""Deals with the acts of one kind: True when the turn ends with it."""


def take_message(turn: TurnContext, text: str) -> None:
    """Deal with all that a (clean) text says."""
    if turn.state.confirmation and turn.state.confirmation.about is About.ANSWER_AFTER_ALL:
        turn.change(confirmation=None)  # it was about the message before
    read = language_of(turn, text)
    understood = understand(text, context_of(turn), read.code if is_foreign(turn, read) else None)
    turn.understood = understood
    # A permit is so, also when nothing else was understood, or when it was asked back and denied.
    turn.change(beside=turn.state.beside | turn.cues_in(understood.own, turn.open_question()))
    heard = Heard(turn, text, understood.acts, turn.position(), read, understood.told)
    if any(handle(heard) for handle in POLICY):
        return
    _come_back(heard)


def _foreign(heard: Heard) -> bool:
    """Of a language that is not spoken here the facts are kept, and it is greeted in itself; then they choose."""
    turn = heard.turn
    if not is_foreign(turn, heard.language):
        return False
    heard.kept.merge(keep_facts(turn, heard.acts, heard.before, quietly=will_greet(turn, heard.language)))
    if greet(turn, heard.language, heard.text):
        return True
    if not heard.kept.changed and not heard.has(Request):
        ask(turn, turn.sentence(Sentence.ONLY_READS))
        return True
    return False


# ------------------------------------------------------------------ the policy
def _person_or_erasing(heard: Heard) -> bool:
    """What cannot wait: a person, erasing, stopping, a company's question. What else was told is kept first."""
    turn = heard.turn
    personal = isinstance(turn.open_question(), Consent | Review) or reaches_them(turn.open_question())
    loud = [
        act for act in heard.of(Request) if act.command in LOUD and act.certainty >= _enough(act, personal=personal)
    ]
    if turn.flow.id != turn.first_flow:
        loud = [act for act in loud if act.command != COMPANY]  # a company is what the other flows are for
    if not loud:
        return False
    act = max(loud, key=lambda act: act.certainty)
    if act.command == COMPANY and (flow := turn.compiled.content.flow_for(FlowRole.EMPLOYER)):
        _as_company(turn, flow, heard.text)
        return True
    if act.command != "forget":
        keep_facts(heard.turn, heard.acts, heard.before)
    commands.obey(heard.turn, act.command, act.argument)
    return True


def _as_company(turn: TurnContext, flow: str, text: str) -> None:
    """Begin the flow for companies, and hear in it what the same message says of theirs."""
    turn.note(Traced.DID, COMPANY)
    begin(turn, flow, quietly=True)
    before = turn.position()
    acts = understand(text, context_of(turn)).acts
    kept = keep_facts(turn, [act for act in acts if isinstance(act, Fill)], before)
    asked = Heard(turn, text, tuple(act for act in acts if isinstance(act, Ask)), before, language_of(turn, text))
    asked.kept.merge(kept)
    _questions_of_theirs(asked)
    if not kept.waits:
        go_on(turn, before)


def _enough(act: Request, *, personal: bool) -> float:
    """How sure a request must be. `personal`: a consent, a name or a number is asked."""
    if act.command in ASKS_FIRST:
        return SURE_OF_REQUEST
    if act.command == COMPANY and not personal:
        return SURE_OF_A_COMPANY
    if personal:
        return SURE_BEFORE_CONTACT if act.command in LOUDEST else NEVER
    return SURE_TO_LEAVE


def _taken_back(heard: Heard) -> bool:
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


def _reply(heard: Heard) -> bool:
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
    turn.change(confirmation=None)
    return False


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


def _facts(heard: Heard) -> bool:
    """What was told, corrections included, is kept and played back; what is not sure is asked back."""
    heard.kept.merge(keep_facts(heard.turn, heard.acts, heard.before))
    return False


def _which(heard: Heard) -> bool:
    """One of several: ask which, when nothing else waits for an answer now."""
    turn = heard.turn
    for act in heard.of(Which):
        question = turn.find_question(act.question)
        alone = question == turn.open_question() or len(heard.acts) == 1
        if isinstance(question, Collect) and alone and turn.state.confirmation is None:
            ask_which(turn, question, act.words, act.options)
            heard.passed = True
            return False
    return False


def _questions_of_theirs(heard: Heard) -> bool:
    return any(_answer(heard, act, alone=len(heard.acts) == 1) for act in heard.of(Ask)[:MOST_ANSWERED])


def _answer(heard: Heard, act: Ask, *, alone: bool) -> bool:
    """Answer one question, or say that nobody here knows; True when it was a request after all, which ends the turn."""
    turn, words = heard.turn, act.words
    whole = words != heard.text and len(heard.text.split()) <= WORDS_THAT_BELONG_TOGETHER
    if answer_question(turn, words) or (whole and answer_question(turn, heard.text)):
        heard.said = True
        if alone:
            offer_as_answer(turn, heard.text)
        return False
    if talk := small_talk(turn, words):
        turn.note(Traced.DID, f"smalltalk:{talk.id}")
        turn.send(talk.answer[turn.state.language])
        heard.said = True
        return False
    if act.otherwise and act.otherwise not in LOUD and (not heard.kept.changed or act.certainty >= SURE_OF_REQUEST):
        if heard.kept.changed:
            go_on(turn, heard.before, quietly=True)
        commands.obey(turn, act.otherwise, heard.text if act.otherwise == EXPLORE else "")
        return True
    heard.said = True
    if alone:
        offer_as_answer(turn, heard.text)
    if any(fill.words == words for fill in heard.of(Fill)):
        turn.say(Sentence.WILL_FIND_OUT)  # "kan ik lasser worden?": what fits is the answer
        return False
    if heard.kept.changed or not suggest_questions(turn, words):
        note_unanswered(turn, words)
        turn.say(Sentence.CANNOT_ANSWER)
    return False


def _requests(heard: Heard) -> bool:
    """What else they want the bot to do."""
    turn = heard.turn
    personal = isinstance(turn.open_question(), Consent | Review) or reaches_them(turn.open_question())
    for pick in heard.of(Pick):
        commands.obey(turn, "more", pick.item)
        return True
    for act in heard.of(Request):
        if act.command in LOUD:
            continue  # sure, and done; or not sure enough
        if act.certainty < SURE_OF_REQUEST or (personal and act.command not in AT_A_CONSENT):
            continue
        if heard.kept.changed:
            go_on(turn, heard.before, quietly=True)
        # What they like stands in the same words that ask for help to choose.
        commands.obey(turn, act.command, heard.text if act.command == EXPLORE else act.argument)
        return True
    return False


def _likings(heard: Heard) -> bool:
    """ "Ik ben graag buiten", beside a card or three jobs."""
    if heard.kept.changed or heard.has(Ask, Request, Fill):
        return False
    return take_likings(heard.turn, heard.text)


def _silence(heard: Heard) -> bool:
    """ "I don't know" and "I won't say" are answers to the open question."""
    turn, question = heard.turn, heard.turn.open_question()
    if heard.kept.changed or question is None or not heard.has(DontKnow, Refuse):
        return False
    if turn.understood and turn.cues_in(turn.understood.own, question):
        return False
    if question.id == turn.state.asked and isinstance(question, Collect):
        not_known(turn, question)
        return True
    return False


def _chat(heard: Heard) -> bool:
    turn = heard.turn
    for act in heard.of(Chat):
        if act.talk is PartKind.COMPLAINT and not (heard.said or heard.passed or heard.kept.changed):
            turn.say(Sentence.SORRY, Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data))
            heard.said = True
    return False


def _told_again(heard: Heard) -> bool:
    """What they had to say twice: they are right."""
    known = [
        as_understood(heard.turn, question, act.reading)
        for act in heard.of(Fill)
        if isinstance(question := heard.turn.find_question(act.question), Collect)
        and is_known(heard.turn, question, act)
    ]
    done = heard.said or heard.passed or heard.kept.changed or heard.kept.waits
    if known and not done and not heard.turn.state.attempts:
        heard.turn.change(attempts=1)  # said once: the next time it is tried as an answer
        heard.turn.say(Sentence.ALREADY_SAID, answer=", ".join(known))
        heard.said = True
    return False


POLICY: tuple[Handler, ...] = (
    _person_or_erasing,
    _foreign,
    _taken_back,
    _reply,
    _facts,
    _which,
    _questions_of_theirs,
    _requests,
    _likings,
    _silence,
    _told_again,
    _chat,
)
"""What is dealt with first. Distress comes before all of it (`bot.engine.advance`)."""


def _come_back(heard: Heard) -> None:
    """To the open question, or to what follows now."""
    turn = heard.turn
    if heard.kept.waits or heard.passed:
        return
    if heard.kept.changed:
        go_on(turn, heard.before, since=heard.kept.met_twice)
        return
    if heard.said:
        ask(turn)
        return
    question = turn.open_question()
    if question is None:
        answer_outside(turn, heard.text)
    elif heard.kept.refused:
        ask(turn, heard.kept.refused)
    elif turn.state.played_back and heard.has(Affirm):
        ask(turn)  # "ja", to what we played back
    elif turn.understood and turn.understood.of_others and not heard.told:
        ask(turn, turn.sentence(Sentence.AND_YOU))
    elif isinstance(question, Consent | Review):
        hesitate(turn, question)
    elif may_ask(turn, question, heard.text) and answer_question(turn, heard.text, _sure_enough(heard.text)):
        ask(turn)
    else:
        not_understood(turn, question, heard.told or heard.text)


def _sure_enough(text: str) -> float:
    return SURE_OF_FEW_WORDS if len(text.split()) < WORDS_OF_A_QUESTION else 0.0

"""A message with more in it than a bare answer: read whole, then dealt with act by act, in one order.

What it says is read in `bot.understanding`; what we do about it is decided here. Each handler deals with the acts of
its kind, and says what it has to say; at the end comes the open question, once.
"""

from collections.abc import Sequence

from bot.answers import Misunderstood, Understood, read, role_of
from bot.content.flow import Collect, Consent, FlowRole, MatchStep, Review, Vocabulary
from bot.content.knowledge import FactRole, PartKind
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.commands import registry as commands
from bot.engine.commands.exploring import is_choosing, is_exploring, stop_exploring, wish_of
from bot.engine.commands.navigation import begin
from bot.engine.effects import Button
from bot.engine.flow.accept import reaches_them
from bot.engine.flow.steps import go_on
from bot.engine.handlers.answer import ask_which, not_known, not_understood
from bot.engine.handlers.consent import AT_A_CONSENT, AT_A_REVIEW, hesitate
from bot.engine.handlers.exploring import take_likings
from bot.engine.handlers.heard import EXPLORE, HUMAN, LOUD, SURE_OF_REQUEST, SURE_TO_LEAVE, Handler, Heard
from bot.engine.handlers.language import greet, is_foreign, language_of, will_greet
from bot.engine.handlers.questions import as_question, obey, questions_of_theirs
from bot.engine.handlers.reply import not_right, reply, taken_back
from bot.engine.handlers.told import is_known, keep_facts
from bot.engine.reading import read_whole
from bot.engine.state import About, Answer
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_outside
from bot.engine.views.question import as_understood, ask
from bot.text import say_list
from bot.understanding import (
    COMPANY,
    Act,
    Affirm,
    Ask,
    Chat,
    DontKnow,
    Exclude,
    Fill,
    Pick,
    Refuse,
    Request,
    Which,
)
from bot.understanding.facts import is_recognised

SURE_BEFORE_CONTACT = 0.8  # where "later" is a doubt, and "stop" a no
NEVER = 2.0  # more than any probability
SURE_OF_ANGER = 0.5  # beside what is told: "zeg ik toch, Venlo" is hardly a complaint
ASKS_FIRST = frozenset({"forget", "restart"})
"""What does nothing before a yes: it may be asked for wrongly."""
LOUDEST = frozenset({HUMAN, "language"})
"""What ends the turn when it is asked for: after it, the open question is not what they want to hear."""


def take_message(turn: TurnContext, text: str) -> None:
    """Deal with all that a (clean) text says."""
    if turn.state.confirmation and turn.state.confirmation.about is About.ANSWER_AFTER_ALL:
        turn.change(confirmation=None)  # it was about the message before
    language = language_of(turn, text)
    understood = read_whole(turn, text, language.code if is_foreign(turn, language) else None)
    turn.understood = understood
    # A permit is so, also when nothing else was understood, or when it was asked back and denied.
    cues = turn.cues_in(understood.own, turn.open_question()) | _said_by(turn, understood.acts)
    heard = Heard(turn, text, understood.acts, turn.position(), language, understood.told, cues - turn.known_cues())
    turn.change(beside=turn.state.beside | cues)
    if any(handle(heard) for handle in POLICY):
        return
    _come_back(heard)


def _said_by(turn: TurnContext, acts: Sequence[Act]) -> frozenset[str]:
    """The cues that a fact says as well, before its question comes: a diploma from Aleppo is one from abroad.

    Not of a fact that the cue itself tells: a permit may be corrected, and the cue would stay.
    """
    told = [(act.question, act.reading.value) for act in acts if isinstance(act, Fill)]
    cues = turn.compiled.content.knowledge.cues.values()
    return frozenset(
        cue.id for cue in cues for fact, value in told if fact not in cue.tells and value in cue.said_by.get(fact, ())
    )


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
    loud = [act for act in heard.of(Request) if act.command in LOUD and act.certainty >= _enough(turn, act)]
    if turn.flow.id != turn.first_flow:
        loud = [act for act in loud if act.command != COMPANY]  # a company is what the other flows are for
    if not loud:
        return False
    flow = turn.compiled.content.flow_for(FlowRole.EMPLOYER)
    others = [act for act in loud if act.command != COMPANY]
    if flow and len(others) < len(loud):
        _as_company(turn, flow, heard.text, others)
        return True
    if not others:
        return False
    act = max(others, key=lambda act: act.certainty)
    if act.command != "forget":
        keep_facts(heard.turn, heard.acts, heard.before)
    commands.obey(heard.turn, act.command, act.argument)
    return True


def _as_company(turn: TurnContext, flow: str, text: str, others: Sequence[Request]) -> None:
    """Begin the flow for companies, and hear in it what the same message says of theirs, and what else it asks for."""
    turn.note(Traced.DID, COMPANY)
    begin(turn, flow, quietly=True)
    before = turn.position()
    acts = read_whole(turn, text).acts
    kept = keep_facts(turn, [act for act in acts if isinstance(act, Fill)], before)
    asked = Heard(turn, text, tuple(act for act in acts if isinstance(act, Ask)), before, language_of(turn, text))
    asked.kept.merge(kept)
    questions_of_theirs(asked)
    if turn.compiled.human_requests.are_in(text):
        commands.obey(turn, HUMAN, "")
    elif others:
        commands.obey(turn, others[0].command, others[0].argument)
    elif not kept.waits:
        go_on(turn, before)


def _enough(turn: TurnContext, act: Request) -> float:
    """How sure a request must be."""
    if act.command in ASKS_FIRST:
        return SURE_OF_REQUEST
    if not _is_personal(turn):
        return SURE_TO_LEAVE
    if act.command in LOUDEST:
        return SURE_BEFORE_CONTACT
    return SURE_TO_LEAVE if act.command in _welcome(turn) else NEVER


def _is_personal(turn: TurnContext) -> bool:
    """Whether a consent, a name or a number is asked."""
    return isinstance(turn.open_question(), Consent | Review) or reaches_them(turn.open_question())


def _welcome(turn: TurnContext) -> frozenset[str]:
    """What may be asked for where something personal is asked."""
    return AT_A_REVIEW if isinstance(turn.open_question(), Review) else AT_A_CONSENT


def _weary(heard: Heard) -> bool:
    """Who is tired, or hurt by what happened, hears a human word before anything else is said."""
    if any(act.talk is PartKind.WEARY for act in heard.of(Chat)):
        heard.turn.say(Sentence.SOUNDS_HEAVY)
        heard.said = True
    return False


def _complaint(heard: Heard) -> bool:
    """Who surely complains beside anything else hears that we are sorry, before what comes of the rest."""
    complains = any(act.talk is PartKind.COMPLAINT and act.certainty >= SURE_OF_ANGER for act in heard.of(Chat))
    if complains and heard.has(Fill, Which, Exclude, Ask):
        _say_sorry(heard)
    return False


def _say_sorry(heard: Heard) -> None:
    turn = heard.turn
    turn.say(Sentence.SORRY, Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data))
    heard.sorry = True


def _facts(heard: Heard) -> bool:
    """What was told, corrections included, is kept and played back; what is not sure is asked back."""
    heard.kept.merge(keep_facts(heard.turn, heard.acts, heard.before))
    _leave_the_cards(heard)
    return _doubts(heard) or _explore_the_rest(heard)


def _leave_the_cards(heard: Heard) -> None:
    """Who names the work that they want amid the cards needs no more of them: "ik wil gewoon chauffeur worden"."""
    turn, wish = heard.turn, wish_of(heard.turn)
    if wish is None or not is_exploring(turn) or is_choosing(turn) or not heard.kept.changed:
        return
    told = [act for act in heard.of(Fill) if act.question == wish.id and act.reading.shown]
    if (
        told
        and turn.state.answers.get(wish.id)
        and turn.compiled.work(told[-1].words, Vocabulary.DESIRED_WORK).occupations
    ):
        stop_exploring(turn)


def _doubts(heard: Heard) -> bool:
    """Who names a wish and says that they do not know is told that it may change; they are not asked to explore."""
    wish = wish_of(heard.turn)
    unsure = heard.has(DontKnow) or any(act.command == EXPLORE for act in heard.of(Request))
    told = [act for act in heard.of(Fill) if wish and act.question == wish.id and act.reading.shown]
    if not (unsure and told and heard.kept.changed):
        return False
    heard.turn.say(Sentence.DOUBT_IS_FINE)
    heard.acts = tuple(
        act
        for act in heard.acts
        if not (isinstance(act, DontKnow) or (isinstance(act, Request) and act.command == EXPLORE))
    )
    return False


def _explore_the_rest(heard: Heard) -> bool:
    """Who only says what they do not want, or tells of themselves and does not know, is helped to find what they do."""
    turn, wish = heard.turn, wish_of(heard.turn)
    if wish and heard.kept.changed and not heard.kept.waits and heard.has(DontKnow) and turn.open_question() == wish:
        commands.obey(turn, EXPLORE, "")
        return True
    told = next((act.reading.raw for act in heard.of(Fill) if wish and act.question == wish.id), None)
    if wish is None or told is None or turn.state.detour or not heard.kept.changed:
        return False
    work = turn.compiled.work(told, Vocabulary.DESIRED_WORK)
    names_work = work.occupations or (work.sectors and not turn.compiled.is_anything_but(work))
    if names_work or not work.excluded or turn.main_position().has(MatchStep):
        return False
    excluded = turn.compiled.content.knowledge.fact_of(FactRole.EXCLUDED)
    turn.change(noted={**turn.state.noted, excluded: Answer(told, frozenset(work.excluded))})
    commands.obey(turn, EXPLORE, "")
    return True


def _which(heard: Heard) -> bool:
    """One of several: ask which, when nothing else waits for an answer now."""
    turn = heard.turn
    for act in heard.of(Which):
        question = turn.find_question(act.question)
        alone = question == turn.open_question() or all(one is act or isinstance(one, Chat) for one in heard.acts)
        beside = len(act.options) > 1 and not heard.has(Ask, Request)
        if isinstance(question, Collect) and (alone or beside) and turn.state.confirmation is None:
            ask_which(turn, question, act.words, act.options)
            heard.passed = True
            return False
    return False


def _requests(heard: Heard) -> bool:
    """What else they want the bot to do."""
    turn = heard.turn
    for pick in heard.of(Pick):
        commands.obey(turn, "more", pick.item)
        return True
    # What we just asked back would be lost behind it.
    least = SURE_TO_LEAVE if heard.kept.waits else SURE_OF_REQUEST
    for act in heard.of(Request):
        if act.command in LOUD:
            continue  # sure, and done; or not sure enough
        if act.certainty < least or (_is_personal(turn) and act.command not in _welcome(turn)):
            continue
        if heard.kept.changed:
            go_on(turn, heard.before, quietly=True)
        obey(heard, act.command, act.argument, act.certainty)
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
    complains = any(act.talk is PartKind.COMPLAINT for act in heard.of(Chat))
    if complains and not (heard.sorry or heard.said or heard.passed or heard.kept.changed):
        _say_sorry(heard)
        heard.said = True
    return False


def _told_again(heard: Heard) -> bool:
    """What they had to say twice: they are right."""
    again = [
        (question, act)
        for act in heard.of(Fill)
        if isinstance(question := heard.turn.find_question(act.question), Collect)
        and is_known(heard.turn, question, act)
    ]
    known = [as_understood(heard.turn, question, act.reading) for question, act in again]
    done = heard.said or heard.passed or heard.kept.changed or heard.kept.waits
    asked = heard.turn.open_question()
    if known and not done and isinstance(asked, Collect) and _asks_job_of_none(asked, again, heard.turn):
        not_known(heard.turn, asked)
        return True
    if known and not done and not heard.turn.state.attempts:
        heard.turn.change(attempts=1)  # said once: the next time it is tried as an answer
        heard.turn.say(Sentence.ALREADY_SAID, answer=", ".join(known))
        heard.said = True
    return False


def _asks_job_of_none(asked: Collect, again: Sequence[tuple[Collect, Fill]], turn: TurnContext) -> bool:
    """Whether they say again that they have no work where we ask which: they have no more to say of it."""
    roles = {role_of(question, turn.compiled) for question, _ in again}
    return role_of(asked, turn.compiled) is FactRole.JOB and roles == {FactRole.EMPLOYMENT}


def _in_passing(heard: Heard) -> bool:
    """What answers no question and matters all the same is said back: "my English is good"."""
    turn, question = heard.turn, heard.turn.open_question()
    done = heard.said or heard.passed or heard.kept.changed or heard.kept.waits
    if done or not heard.cues or not isinstance(question, Collect):
        return False
    reading = read(question, _theirs(heard), turn.context)
    recognised = isinstance(reading, Understood) and is_recognised(question, reading)
    if not isinstance(reading, Misunderstood) and (heard.told or recognised):
        return False
    names = [turn.compiled.content.knowledge.cues[cue].name[turn.state.language] for cue in sorted(heard.cues)]
    ask(turn, turn.sentence(Sentence.LIMIT_KEPT, limits=say_list(names, turn.state.language)))
    return True


POLICY: tuple[Handler, ...] = (
    _person_or_erasing,
    _foreign,
    taken_back,
    reply,
    _weary,
    _complaint,
    _facts,
    _which,
    questions_of_theirs,
    _requests,
    not_right,
    _likings,
    _silence,
    _told_again,
    _chat,
    _in_passing,
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
    elif turn.understood and turn.understood.of_others and not heard.told and not turn.state.attempts:
        turn.change(attempts=1)  # asked once: the next time it did not help
        wishes = isinstance(question, Collect) and role_of(question, turn.compiled) is FactRole.WISH
        ask(turn, turn.sentence(Sentence.FOR_ANOTHER if wishes else Sentence.AND_YOU))
    elif isinstance(question, Consent | Review):
        hesitate(turn, question)
    elif as_question(turn, question, heard.text):
        ask(turn)
    else:
        not_understood(turn, question, _theirs(heard))


def _theirs(heard: Heard) -> str:
    """What of a message tells of themselves; all of it when nothing surely does."""
    understood = heard.turn.understood
    return heard.told or (understood and understood.own) or heard.text

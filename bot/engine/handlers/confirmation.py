"""A yes, a no or a choice about something that waits for it."""

from dataclasses import replace

from bot.answers import Understood, bare, is_dont_know, read
from bot.answers.choices import Label, read_consent, read_one, read_yes_no, yes_or_no
from bot.answers.polarity import read_reply
from bot.answers.question_form import is_question
from bot.content.flow import Consent
from bot.content.sentence_keys import Sentence
from bot.engine.commands.navigation import begin, forget_all, help_me
from bot.engine.effects import FileLead, RecordConsent, WithdrawConsent
from bot.engine.flow.accept import keep
from bot.engine.flow.lead_draft import unfinished
from bot.engine.flow.steps import go_on
from bot.engine.state import ASKS_YES_OR_NO, REMIND, About, Answer, Confirmation, Mode
from bot.engine.turn import TurnContext
from bot.engine.views.faq import show_answer
from bot.engine.views.question import ask, confirm

IRREVERSIBLE = {
    About.FORGET: "forget",
    About.WITHDRAW: "withdraw",
    About.PASS_ON: "pass_on",
    About.RESTART: "restart",
}
"""What is done only on a yes that nothing speaks against, with the name of its words in `ConsentWords.asked_for`."""
ASKED = {
    About.FORGET: Sentence.SURE_TO_FORGET,
    About.WITHDRAW: Sentence.SURE_TO_WITHDRAW,
    About.RESTART: Sentence.SURE_TO_RESTART,
    About.PASS_ON: Sentence.PASS_ON_SO_FAR,
}


def reply_in(turn: TurnContext, text: str) -> str | None:
    """What a text says to what waits: "yes", "no", the number of an option; None when it is about something else."""
    waiting = turn.state.confirmation
    if waiting is None:
        return None
    if waiting.about in IRREVERSIBLE:
        return _plainly(turn, waiting, text)
    if waiting.about in ASKS_YES_OR_NO:
        options = yes_or_no(turn.reply_words, turn.sentence(Sentence.YES), turn.sentence(Sentence.NO))
        # A yes to being reminded is kept as a consent.
        is_consent = waiting.about is About.REMIND
        reading = (
            read_consent(options, text, turn.reply_words)
            if is_consent
            else read_yes_no(options, text, turn.reply_words)
        )
        # What stands behind a yes or a no is read as any message: "nee, lasser".
        whole = isinstance(reading, Understood) and any(bare(text) in option.names for option in options)
        if whole and isinstance(reading, Understood):
            return "yes" if reading.value else "no"
        return None
    if waiting.about is About.WHICH:
        labels = [Label(str(number), one.raw, (bare(one.raw),)) for number, one in enumerate(waiting.options)]
        reading = read_one(labels, text, turn.reply_words)
        if isinstance(reading, Understood):
            return str(reading.value)
        neither = turn.reply_words.says_no | turn.reply_words.refuses | turn.labels(Sentence.NONE_OF_THESE)
        return "no" if bare(text) in neither or is_dont_know(text, turn.spoken) else None
    if waiting.about is About.ANSWER_AFTER_ALL:
        names = tuple(turn.labels(Sentence.THAT_WAS_MY_ANSWER))
        said = read_one([Label("yes", names[0], names)], text, turn.reply_words) if len(text) > 1 else None
        return "yes" if isinstance(said, Understood) else None
    return None


def _plainly(turn: TurnContext, waiting: Confirmation, text: str) -> str | None:
    """A yes that nothing in the message speaks against, or a no; None of what has to be taken in first."""
    reply = read_reply(text, turn.reply_words, turn.compiled.consent_words.asked_for[IRREVERSIBLE[waiting.about]])
    if reply.is_plain_yes:
        return "yes"
    if (
        is_question(text, turn.spoken)
        or is_question(reply.rest, turn.spoken)
        or turn.compiled.human_requests.are_in(text)
    ):
        return None
    # A doubt is no answer to the question that waits behind this one: "weet ik niet zeker".
    return "no" if reply.says is False or is_dont_know(text, turn.spoken) or reply.has_reserve else None


def put_once_more(turn: TurnContext, waiting: Confirmation) -> None:
    """After what was taken in first: ask for the yes again, unless something else waits."""
    if waiting.again or turn.state.confirmation is not None:
        return
    confirm(turn, waiting.about, turn.sentence(ASKED[waiting.about]))
    turn.change(confirmation=replace(waiting, again=True))


def store_agreed(turn: TurnContext) -> None:
    """Keep what waited for a yes, which came with more: whoever deals with that goes on in the flow."""
    waiting = turn.state.confirmation
    assert waiting is not None, "there is nothing to agree to"
    names = waiting.answering or (waiting.question or "",) * min(1, len(waiting.options))
    agreed = dict(zip(names, waiting.options, strict=False))
    turn.change(answers={**turn.state.answers, **agreed}, confirmation=None, revision=turn.state.revision + 1)


def settle(turn: TurnContext, reply: str, text: str = "") -> None:
    """Do what the reply to the waiting confirmation asks for. `text`: what they typed as it, not what they pressed."""
    waiting = turn.state.confirmation
    assert waiting is not None, "there is nothing to reply to"
    turn.change(confirmation=None)
    match waiting.about:
        case About.UNDERSTOOD | About.WHICH | About.CHANGE | About.ANSWER_AFTER_ALL:
            _settle_answer(turn, waiting, reply, text)
        case About.OVERHEARD if reply == "yes":
            _keep_overheard(turn, waiting)
        case About.OVERHEARD:
            ask(turn, turn.sentence(Sentence.NOTED))
        case About.SUGGESTED:
            if reply == "yes":
                show_answer(turn, str(waiting.options[0].value))
            ask(turn)
        case About.FORGET if reply == "yes":
            forget_all(turn)
        case About.WITHDRAW if reply == "yes":
            _withdraw(turn)
        case About.RESTART if reply == "yes":
            turn.change(answers={}, noted={}, beside=frozenset(), revision=turn.state.revision + 1)
            begin(turn, turn.state.flow)
        case About.WITHOUT_PLACE if reply == "yes" and waiting.answering[0] in turn.flows:
            begin(turn, waiting.answering[0])
        case About.WITHOUT_PLACE:
            _without_place(turn)
        case About.REMIND if reply == "yes":
            turn.do(RecordConsent(REMIND, turn.sentence(Sentence.MAY_WE_REMIND), turn.state.language))
            turn.change(consents=turn.state.consents | {REMIND})
            turn.say(Sentence.WILL_REMIND)
        case About.PASS_ON if reply == "yes":
            if so_far := unfinished(turn):
                turn.do(FileLead(so_far))
                turn.say(Sentence.PASSED_ON_SO_FAR)
                turn.change(told=True)
        case About.REMIND | About.PASS_ON:
            turn.say(Sentence.SEE_YOU)
        case About.FORGET | About.WITHDRAW | About.RESTART:
            ask(turn, turn.sentence(Sentence.NOTHING_CHANGED))


def _without_place(turn: TurnContext) -> None:
    """They do not want a request without a place: go on where they were, or say what else there is."""
    turn.change(full=None)
    if turn.state.mode is Mode.RUNNING and turn.open_question():
        ask(turn, turn.sentence(Sentence.NOTED))
    else:
        help_me(turn, "")


def _settle_answer(turn: TurnContext, waiting: Confirmation, reply: str, text: str) -> None:
    question = turn.find_question(waiting.question or "")
    chosen = _chosen(waiting.options, reply)
    if question is None or chosen is None:
        sentence = Sentence.NOTHING_CHANGED if waiting.about is About.CHANGE else Sentence.SAY_IT_OTHERWISE
        ask(turn, turn.sentence(sentence))
        return
    if waiting.about is About.CHANGE:
        turn.change(editing=question.id)
    # "ja, ik heb een visum" says more than yes.
    keep(turn, question, replace(chosen, cues=chosen.cues | turn.cues_in(text, question)))


def _keep_overheard(turn: TurnContext, waiting: Confirmation) -> None:
    """Each is an answer now, unless its question has changed since it was offered."""
    before, answers = turn.position(), dict(turn.state.answers)
    for name, offered in zip(waiting.answering, waiting.options, strict=True):
        question = turn.find_question(name)
        reading = read(question, offered.raw, turn.context) if question else None
        if isinstance(reading, Understood) and reading.value == offered.value:
            answers.setdefault(name, offered)
    turn.change(answers=answers, revision=turn.state.revision + 1)
    go_on(turn, before)


def _chosen(options: tuple[Answer, ...], reply: str) -> Answer | None:
    if reply == "yes":
        return options[0] if options else None
    return options[int(reply)] if reply.isdecimal() and int(reply) < len(options) else None


def _withdraw(turn: TurnContext) -> None:
    """Take every consent back: the answer to it is a no from now on, and personal answers are gone."""
    for purpose in sorted(turn.state.consents):
        turn.do(WithdrawConsent(purpose))
    before = turn.position()
    answers = turn.impersonal_answers()
    consents = (step.id for flow in turn.flows.values() for step in flow.steps if isinstance(step, Consent))
    answers |= {question: Answer("no", False) for question in consents if question in answers}
    turn.change(consents=frozenset(), answers=answers, noted=turn.impersonal_notes())
    turn.change(editing=None, revision=turn.state.revision + 1)
    turn.say(Sentence.WITHDRAWN)
    go_on(turn, before)

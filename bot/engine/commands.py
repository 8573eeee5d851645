"""Commands: what works at any moment, typed with a stroke, as a word by itself, or with a button."""

from collections.abc import Callable, Mapping

from bot.answers import show
from bot.content.flow import Collect, Consent, Interrupt
from bot.content.sentences import Sentence
from bot.engine.answering import confirm, pass_over
from bot.engine.asking import ask, name_of, show_answers
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, HandOver, ShowMyData
from bot.engine.lead import file_unfinished
from bot.engine.onward import NOWHERE, go_on
from bot.engine.questions import show_answer
from bot.engine.results import advice_of, show_money, show_offer, show_plan, show_why, show_why_not
from bot.engine.state import About, Mode
from bot.engine.turning import Turning
from bot.matching import closest, fold
from bot.text import LANGUAGES

Command = Callable[[Turning, str], None]
"""What a command does, with what was typed behind it."""

HUMAN_FLOW = "human"


def start(turning: Turning, source: str) -> None:
    """Say what we are, and begin; or go on where they were. A source can open a flow: `/start employer`."""
    opened = opening_words(turning).get(fold(source))
    over = turning.state.mode in (Mode.NEW, Mode.ENDED, Mode.EXPIRED)
    if over:
        turning.say(Sentence.WELCOME)
    if opened or over:
        begin(turning, opened or turning.state.flow)
    elif question := turning.open_question():
        turning.change(mode=Mode.RUNNING)
        turning.say(Sentence.GOING_ON, question=name_of(turning, question))
        ask(turning)


def help_me(turning: Turning, _: str) -> None:
    turning.say(Sentence.HELP)
    ask(turning)


def stop(turning: Turning, _: str) -> None:
    """Pause: answers stay. Whoever agreed to be contacted and left a number is a lead, even half-way."""
    turning.change(mode=Mode.PAUSED, editing=None)
    file_unfinished(turning)
    turning.say(Sentence.PAUSED, days=turning.flow.expire_after.days)
    if turning.flow.remind_after and "remind" not in turning.state.consents and turning.open_question():
        confirm(turning, About.REMIND, turning.sentence(Sentence.MAY_WE_REMIND))


def back(turning: Turning, _: str) -> None:
    """Open the question before this one; its answer stays until there is a new one."""
    answered = [passed.step.id for passed in turning.answered() if isinstance(passed.step, Collect | Consent)]
    if turning.state.editing in answered:
        answered = answered[: answered.index(turning.state.editing)]
    if not answered:
        ask(turning, turning.sentence(Sentence.NO_WAY_BACK))
        return
    open_again(turning, answered[-1])


def open_again(turning: Turning, question_id: str) -> None:
    """Ask a question that has an answer; going on without a new one is possible."""
    question = turning.find_question(question_id)
    if question is None or question_id not in turning.state.answers:
        ask(turning)
        return
    turning.change(editing=question_id, attempts=0, confirmation=None, mode=Mode.RUNNING)
    said = ""
    if isinstance(question, Collect | Consent):
        said = show(question, turning.state.answers[question_id].value, turning.library, turning.state.language)
    ask(turning, turning.sentence(Sentence.YOU_SAID, answer=said))


def review(turning: Turning, _: str) -> None:
    if not any(isinstance(passed.step, Collect | Consent) for passed in turning.answered()):
        ask(turning, turning.sentence(Sentence.NOTHING_TO_REVIEW))
        return
    show_answers(turning, None)
    ask(turning)


def restart(turning: Turning, _: str) -> None:
    if not turning.state.answers:
        begin(turning, turning.state.flow)
        return
    confirm(turning, About.RESTART, turning.sentence(Sentence.SURE_TO_RESTART))


def begin(turning: Turning, flow_id: str) -> None:
    """Start a flow. What was answered before counts here too: nobody is asked a thing twice."""
    turning.change(editing=None, confirmation=None, attempts=0, mode=Mode.RUNNING)
    if turning.flows[flow_id].aside:
        turning.change(detour=flow_id)
    else:
        turning.change(flow=flow_id, detour=None)
    go_on(turning, NOWHERE)


def switch_language(turning: Turning, argument: str) -> None:
    wanted = fold(argument)[:2]
    other = next(language for language in LANGUAGES if language != turning.state.language)
    turning.change(language=wanted if wanted in LANGUAGES else other)
    turning.say(Sentence.LANGUAGE_IS)
    ask(turning)


def human(turning: Turning, _: str) -> None:
    """A person instead of us. Their name and number are asked first, when there is a flow for that."""
    if turning.state.detour == HUMAN_FLOW or HUMAN_FLOW not in turning.flows:
        turning.do(HandOver("asked"))
        turning.say(Sentence.ADVISER_WILL_HELP)
        ask(turning)
        return
    begin(turning, HUMAN_FLOW)


def privacy(turning: Turning, _: str) -> None:
    turning.say(Sentence.PRIVACY)
    ask(turning)


def skip(turning: Turning, _: str) -> None:
    question = turning.open_question()
    if question is None:
        turning.say(Sentence.NOTHING_OPEN)
    elif turning.state.editing and turning.state.editing in turning.state.answers:
        turning.change(editing=None, attempts=0)
        ask(turning)
    else:
        pass_over(turning, question)


def search(turning: Turning, argument: str) -> None:
    """A programme or a way to pay by its name, with typing errors."""
    knowledge = turning.library.content.knowledge
    if not argument:
        turning.say(Sentence.SEARCH_FOR_WHAT)
    elif argument in knowledge.programmes:
        offer = next((one for one in advice_of(turning).offers if one.programme.id == argument), None)
        if offer:
            show_offer(turning, offer)
        else:
            show_why(turning, argument)
    elif argument in knowledge.subsidies:
        show_why(turning, argument)
    else:
        names = {one.id: (one.name, *one.aliases) for one in knowledge.programmes.values()}
        names |= {one.id: (one.name, *one.aliases) for one in knowledge.subsidies.values()}
        _search_by_name(turning, argument, names)
    ask(turning)


def _search_by_name(turning: Turning, argument: str, names: Mapping[str, tuple[str, ...]]) -> None:
    typed = fold(argument)
    owners = {fold(name): key for key, known_as in names.items() for name in known_as}
    inside = [owner for name, owner in owners.items() if typed in name] if len(typed) > 2 else []
    near = [owners[one.name] for one in closest(typed, owners, limit=5)]
    found = list(dict.fromkeys([*near, *inside]))[:5]
    if len(found) == 1:
        show_why(turning, found[0])
    elif found:
        buttons = tuple(Button(names[key][0], CommandButton("search", key).data) for key in found)
        turning.say(Sentence.WHICH, *buttons)
    else:
        turning.say(Sentence.NOTHING_FOUND, name=argument)


def why(turning: Turning, argument: str) -> None:
    """Why a programme or a way to pay fits; without a name: why we ask what we ask."""
    question = turning.open_question()
    if argument:
        show_why(turning, argument)
        ask(turning)
    elif isinstance(question, Collect | Consent) and question.why:
        ask(turning, question.why[turning.state.language])
    else:
        ask(turning, turning.sentence(Sentence.WHY_WE_ASK))


def why_not(turning: Turning, _: str) -> None:
    show_why_not(turning)
    ask(turning)


def money(turning: Turning, argument: str) -> None:
    advice = advice_of(turning)
    offer = next((one for one in advice.offers if one.programme.id == argument), None)
    show_money(turning, advice, frozenset(step.money.subsidy.id for step in offer.plan.money) if offer else None)
    ask(turning)


def plan(turning: Turning, argument: str) -> None:
    show_plan(turning, argument)
    ask(turning)


def my_data(turning: Turning, _: str) -> None:
    """What we know: the answers here, and what else is stored, which only the store knows."""
    if turning.state.answers:
        show_answers(turning, None)
    turning.do(ShowMyData())
    ask(turning)


def withdraw(turning: Turning, _: str) -> None:
    if not turning.state.consents:
        ask(turning, turning.sentence(Sentence.NOTHING_TO_WITHDRAW))
        return
    confirm(turning, About.WITHDRAW, turning.sentence(Sentence.SURE_TO_WITHDRAW))


def forget(turning: Turning, _: str) -> None:
    confirm(turning, About.FORGET, turning.sentence(Sentence.SURE_TO_FORGET))


def faq(turning: Turning, argument: str) -> None:
    """A question of the FAQ that was suggested."""
    if argument in turning.library.content.knowledge.questions:
        show_answer(turning, argument)
    else:
        turning.say(Sentence.CANNOT_ANSWER)
    ask(turning)


COMMANDS: Mapping[str, Command] = {
    "start": start,
    "help": help_me,
    "stop": stop,
    "back": back,
    "review": review,
    "restart": restart,
    "language": switch_language,
    "human": human,
    "privacy": privacy,
    "skip": skip,
    "search": search,
    "why": why,
    "whynot": why_not,
    "money": money,
    "plan": plan,
    "mydata": my_data,
    "correct": review,
    "withdraw": withdraw,
    "forget": forget,
    "faq": faq,
}
"""Commands by their English name, which is also what buttons carry."""

NAMES: Mapping[str, str] = {
    **{name: name for name in COMMANDS},
    "hulp": "help",
    "pauze": "stop",
    "pause": "stop",
    "terug": "back",
    "overzicht": "review",
    "overview": "review",
    "opnieuw": "restart",
    "taal": "language",
    "mens": "human",
    "adviseur": "human",
    "adviser": "human",
    "overslaan": "skip",
    "zoek": "search",
    "waarom": "why",
    "waaromniet": "whynot",
    "geld": "money",
    "mijngegevens": "mydata",
    "corrigeer": "correct",
    "intrekken": "withdraw",
    "wis": "forget",
    "delete": "forget",
}
"""What people type behind the stroke."""

# As a whole message these are commands without their stroke as well, unless they answer the open question.
SPOKEN: Mapping[str, str] = {
    **{
        name: NAMES[name]
        for name in "help hulp stop pauze terug back overzicht opnieuw restart overslaan skip mens".split()
    },
    **{name: NAMES[name] for name in "human adviseur adviser waarom why privacy".split()},
    "ga terug": "back",
    "go back": "back",
    "vorige": "back",
    "opnieuw beginnen": "restart",
    "start over": "restart",
    "ik wil een mens": "human",
    "mens spreken": "human",
    "ik wil een mens spreken": "human",
    "ik wil een adviseur": "human",
    "ik wil een adviseur spreken": "human",
    "talk to a human": "human",
    "i want a human": "human",
    "geld": "money",
    "money": "money",
    "plan": "plan",
    "bewaar mijn plan": "plan",
    "save my plan": "plan",
    "waarom niet": "whynot",
    "why not": "whynot",
    "english": "english",
    "english please": "english",
    "in english": "english",
    "nederlands": "dutch",
    "in het nederlands": "dutch",
}

NEEDED: Mapping[str, Interrupt] = {
    "back": Interrupt.BACK,
    "review": Interrupt.REVIEW,
    "correct": Interrupt.REVIEW,
    "restart": Interrupt.RESTART,
    "language": Interrupt.LANGUAGE,
    "skip": Interrupt.SKIP,
    "search": Interrupt.SEARCH,
}
"""Commands that a flow can switch off in its header."""


def spoken_command(text: str) -> tuple[str, str] | None:
    """The command that a whole message without a stroke is, if it is one."""
    match SPOKEN.get(fold(text).strip(" .!?")):
        case None:
            return None
        case "english":
            return "language", "en"
        case "dutch":
            return "language", "nl"
        case name:
            return name, ""


def obey(turning: Turning, name: str, argument: str) -> None:
    """Do what `/name argument` says; a name that we do not know is answered with the nearest one."""
    turning.change(confirmation=None)
    if turning.state.mode is Mode.PAUSED and NAMES.get(name) not in ("stop", "start"):
        turning.change(mode=Mode.RUNNING)
    flows = opening_words(turning)
    if name in flows:
        begin(turning, flows[name])
        return
    command = NAMES.get(name)
    if command is None:
        known = sorted({*NAMES, *flows})
        near = closest(name, known, limit=1)
        if near:
            turning.say(Sentence.UNKNOWN_COMMAND_NEAR, command=f"/{name[:40]}", near=f"/{near[0].name}")
        else:
            turning.say(Sentence.UNKNOWN_COMMAND, command=f"/{name[:40]}")
        ask(turning)
        return
    if command in NEEDED and NEEDED[command] not in turning.flow.interrupts:
        ask(turning, turning.sentence(Sentence.NOT_POSSIBLE_HERE))
        return
    COMMANDS[command](turning, argument)


def opening_words(turning: Turning) -> dict[str, str]:
    """The commands that open a flow: its id, and the words in its header."""
    return {
        fold(word): flow.id
        for flow in turning.flows.values()
        for word in (flow.id, *(each for words in flow.opens_with.values() for each in words))
    }

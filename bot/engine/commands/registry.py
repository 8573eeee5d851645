"""Commands: what works at any moment, typed with a slash, as a word by itself, or with a button."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from bot.answers import bare
from bot.content.flow import Interrupt
from bot.content.language import Language
from bot.content.sentence_keys import Sentence
from bot.engine.commands import exploring, lookup, navigation, steering
from bot.engine.state import Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.engine.views.results import WAYS_ON
from bot.matching import closest, either, fold, folded

Command = Callable[[TurnContext, str], None]
"""What a command does, with what was typed behind it."""

COMMANDS: Mapping[str, Command] = {
    "start": navigation.start,
    "help": navigation.help_me,
    "stop": navigation.stop,
    "back": navigation.back,
    "review": navigation.review,
    "restart": navigation.restart,
    "language": navigation.switch_language,
    "human": navigation.human,
    "privacy": navigation.privacy,
    "skip": navigation.skip,
    "nocontact": navigation.no_contact,
    "search": lookup.search,
    "why": lookup.why,
    "whynot": lookup.why_not,
    "money": lookup.money,
    "details": lookup.details,
    "plan": lookup.plan,
    "mydata": navigation.my_data,
    "correct": navigation.review,
    "withdraw": navigation.withdraw,
    "forget": navigation.forget,
    "continue": navigation.go_on_again,
    "faq": lookup.faq,
    "repeat": steering.repeat,
    "shorter": steering.shorter,
    "nearer": steering.nearer,
    "cheaper": steering.cheaper,
    "faster": steering.faster,
    "with_pay": steering.with_pay,
    "other_work": steering.other_work,
    "more": steering.more,
    "explore": exploring.explore,
    "enough": exploring.enough,
    "other_jobs": exploring.other_jobs,
    "no_job": exploring.no_job,
    "compare": exploring.compare,
    "who": steering.who,
}
"""Commands by their English name, which is also what buttons carry."""


def command_names(spoken: Language) -> Mapping[str, str]:
    """What people type behind the slash, and the command that it is."""
    return {**{name: name for name in COMMANDS}, **spoken.speech.commands}


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


WHILE_RESTING = frozenset({"stop", "start", "continue", "forget"})
"""What knows by itself what to do while nothing has to be done."""


def spoken_command(turn: TurnContext, text: str) -> tuple[str, str] | None:
    """The command that a whole message without a slash is, if it is one."""
    said = turn.compiled.commands.look_up(text)
    if said is None:
        return (
            ("human", "") if turn.compiled.human_requests.are_in(text) else _way_on(turn, text) or _of_one(turn, text)
        )
    name, _, argument = said.partition(" ")
    return name, argument


def _way_on(turn: TurnContext, text: str) -> tuple[str, str] | None:
    """What stood on a button under a result or a card, typed: the number of an offer, or the name of a way on."""
    said, viewed = bare(text), turn.state.viewed
    if viewed and said in turn.labels(Sentence.BUTTON_DETAILS):
        return "details", viewed
    if viewed and said in turn.labels(Sentence.BUTTON_ABOUT):
        return "search", viewed
    if not turn.state.listed:
        return None
    if said.isdecimal():
        item = lookup.item_called(turn, said)
        return ("more", item) if item else None
    if turn.state.played_back is not None and said in turn.labels(Sentence.BUTTON_NOT_RIGHT):
        return None  # it is about what we just said that we understood
    return next(((command, "") for label, command in WAYS_ON if said in turn.labels(label)), None)


def _of_one(turn: TurnContext, text: str) -> tuple[str, str] | None:
    """ "Waarom 2" or "why not techgrounds": a command with a result by its number, or anything we know by its name."""
    speech = turn.spoken.speech
    found = _of_one_pattern(tuple(_flat(speech.of_one.values())), speech.of_one_joiners).fullmatch(text.strip(" .!?"))
    typed = fold(found["what"]) if found else ""
    what = next((command for command, phrases in speech.of_one.items() if typed in folded(phrases)), "")
    # "Geld lenen" and "plan maken" name nothing of ours, however much a name may be like it.
    by_name = what in ("why", "whynot")
    if found is None or not (by_name or found["name"].isdecimal()):
        return None
    item = lookup.item_called(turn, found["name"])
    if item is None:
        return None
    # Why one did not fit is told with why it does: each line with its sign.
    return ("why" if what == "whynot" else what), item


@cache
def _of_one_pattern(phrases: tuple[str, ...], joiners: tuple[str, ...]) -> re.Pattern[str]:
    # A number is that of a result card, all of which have the same buttons.
    return re.compile(rf"(?P<what>{either(phrases)})\??(?: (?:{either(joiners)}))? (?P<name>.{{1,60}})", re.IGNORECASE)


def _flat(lists: Iterable[tuple[str, ...]]) -> Iterator[str]:
    return (one for each in lists for one in each)


def obey(turn: TurnContext, name: str, argument: str) -> None:
    """Do what `/name argument` says; a name that we do not know is answered with the nearest one."""
    names = command_names(turn.spoken)
    turn.change(confirmation=None)
    if turn.state.mode is Mode.PAUSED and names.get(name) not in ("stop", "start", "continue"):
        turn.change(mode=Mode.RUNNING)
    if turn.state.mode is Mode.RESTING and names.get(name) not in WHILE_RESTING:
        navigation.end_rest(turn)
    command = names.get(name)
    if command is None:
        flows = navigation.opening_words(turn)
        if name in flows:
            navigation.begin(turn, flows[name])
            return
        known = sorted({*names, *flows})
        near = closest(name, known, limit=1)
        if near:
            turn.say(Sentence.UNKNOWN_COMMAND_NEAR, command=f"/{name[:40]}", near=f"/{near[0].name}")
        else:
            turn.say(Sentence.UNKNOWN_COMMAND, command=f"/{name[:40]}")
        ask(turn)
        return
    if command in NEEDED and NEEDED[command] not in turn.flow.interrupts:
        ask(turn, turn.sentence(Sentence.NOT_POSSIBLE_HERE))
        return
    turn.note(Traced.DID, command)
    COMMANDS[command](turn, argument)

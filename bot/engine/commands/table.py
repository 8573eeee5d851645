"""Commands: what works at any moment, typed with a slash, as a word by itself, or with a button."""

import re
from collections.abc import Callable, Mapping

from bot.content.flow import Interrupt
from bot.content.message_keys import Sentence
from bot.engine.commands import lookup, navigation
from bot.engine.state import Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask
from bot.matching import Phrases, closest, fold
from bot.understanding.human_request import wants_person

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
    "plan": lookup.plan,
    "mydata": navigation.my_data,
    "correct": navigation.review,
    "withdraw": navigation.withdraw,
    "forget": navigation.forget,
    "continue": navigation.go_on_again,
    "faq": lookup.faq,
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
    "verder": "continue",
}
"""What people type behind the slash."""

# As a whole message these are commands without their slash as well, unless they answer the open question.
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
    "toch geen contact": "nocontact",
    "geen contact": "nocontact",
    "no contact after all": "nocontact",
    "no contact": "nocontact",
    "wie leest dit": "privacy",
    "wie leest dit mee": "privacy",
    "wie leest er mee": "privacy",
    "wie kan dit lezen": "privacy",
    "is dit veilig": "privacy",
    "is dit anoniem": "privacy",
    "wat doe je met mijn gegevens": "privacy",
    "wat doen jullie met mijn gegevens": "privacy",
    "who reads this": "privacy",
    "who can read this": "privacy",
    "is this safe": "privacy",
    "is this anonymous": "privacy",
    "what do you do with my data": "privacy",
    "wis": "forget",
    "wis alles": "forget",
    "wissen": "forget",
    "alles wissen": "forget",
    "alles weg": "forget",
    "delete": "forget",
    "wis mijn gegevens": "forget",
    "verwijder alles": "forget",
    "verwijder mijn gegevens": "forget",
    "erase everything": "forget",
    "delete everything": "forget",
    "delete my data": "forget",
    "erase my data": "forget",
    "verder": "continue",
    "ga verder": "continue",
    "ga door": "continue",
    "continue": "continue",
    "go on": "continue",
    "geld": "money",
    "money": "money",
    "plan": "plan",
    "bewaar mijn plan": "plan",
    "save my plan": "plan",
    "waarom niet": "whynot",
    "why not": "whynot",
    "waarom vraag je dat": "why",
    "waarom vraag je dit": "why",
    "waarom vraag je dat aan mij": "why",
    "waarom wil je dat weten": "why",
    "waarom wil je dit weten": "why",
    "waarom moet je dat weten": "why",
    "waarom moet ik dat zeggen": "why",
    "waarom is dat nodig": "why",
    "waarom heb je dat nodig": "why",
    "waarvoor is dat nodig": "why",
    "waar is dat voor nodig": "why",
    "wat heb je daaraan": "why",
    "ik snap het niet": "why",
    "snap het niet": "why",
    "ik begrijp het niet": "why",
    "ik begrijp de vraag niet": "why",
    "ik snap de vraag niet": "why",
    "wat bedoel je": "why",
    "wat bedoel je daarmee": "why",
    "hoe bedoel je": "why",
    "i don't understand": "why",
    "i do not understand": "why",
    "i don't get it": "why",
    "i don't understand the question": "why",
    "what do you mean": "why",
    "why do you ask": "why",
    "why do you ask that": "why",
    "why do you ask this": "why",
    "why are you asking": "why",
    "why do you want to know": "why",
    "why do you want to know that": "why",
    "why do you need to know": "why",
    "why do you need that": "why",
    "why do you need to know that": "why",
    "what do you need that for": "why",
    "english": "english",
    "english please": "english",
    "in english": "english",
    "do you speak english": "english",
    "can you speak english": "english",
    "can we speak english": "english",
    "speak english": "english",
    "nederlands": "dutch",
    "in het nederlands": "dutch",
    "nederlands graag": "dutch",
    "spreek je nederlands": "dutch",
    "kan het in het nederlands": "dutch",
}
_SPOKEN = Phrases(SPOKEN.items())

# A number is that of a result card, all of which have the same buttons.
_OF_ONE = re.compile(
    r"(?P<what>waarom niet|why not|waarom|why|geld|money|plan|bewaar mijn plan|save my plan)\??"
    r"(?: (?:bij|voor|van|for|of|nr\.?|nummer|number|optie|option))? (?P<name>.{1,60})",
    re.IGNORECASE,
)

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
    match _SPOKEN.look_up(text):
        case None if wants_person(text):
            return "human", ""
        case None:
            return _of_one(turn, text)
        case "english":
            return "language", "en"
        case "dutch":
            return "language", "nl"
        case name:
            return name, ""


def _of_one(turn: TurnContext, text: str) -> tuple[str, str] | None:
    """ "Waarom 2" or "why not techgrounds": a command with a result by its number, or anything we know by its name."""
    found = _OF_ONE.fullmatch(text.strip(" .!?"))
    what = SPOKEN[fold(found["what"])] if found else ""
    # "Geld lenen" and "plan maken" name nothing of ours, however much a name may be like it.
    by_name = what in ("why", "whynot")
    if found is None or not (by_name or found["name"].isdecimal()):
        return None
    item = lookup.item_called(turn, found["name"])
    if item is None:
        return None
    # Why one did not fit is told with why it does: each line with its sign.
    return ("why" if what == "whynot" else what), item


def obey(turn: TurnContext, name: str, argument: str) -> None:
    """Do what `/name argument` says; a name that we do not know is answered with the nearest one."""
    turn.change(confirmation=None)
    if turn.state.mode is Mode.PAUSED and NAMES.get(name) not in ("stop", "start", "continue"):
        turn.change(mode=Mode.RUNNING)
    if turn.state.mode is Mode.RESTING and NAMES.get(name) not in WHILE_RESTING:
        navigation.end_rest(turn)
    command = NAMES.get(name)
    if command is None:
        flows = navigation.opening_words(turn)
        if name in flows:
            navigation.begin(turn, flows[name])
            return
        known = sorted({*NAMES, *flows})
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

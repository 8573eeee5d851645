"""Commands: what works at any moment, typed with a stroke, as a word by itself, or with a button."""

from collections.abc import Callable, Mapping

from bot.content.flow import Interrupt
from bot.content.sentences import Sentence
from bot.engine import looking, steering
from bot.engine.asking import ask
from bot.engine.state import Mode
from bot.engine.turning import Turning
from bot.matching import closest, fold

Command = Callable[[Turning, str], None]
"""What a command does, with what was typed behind it."""

COMMANDS: Mapping[str, Command] = {
    "start": steering.start,
    "help": steering.help_me,
    "stop": steering.stop,
    "back": steering.back,
    "review": steering.review,
    "restart": steering.restart,
    "language": steering.switch_language,
    "human": steering.human,
    "privacy": steering.privacy,
    "skip": steering.skip,
    "nocontact": steering.no_contact,
    "search": looking.search,
    "why": looking.why,
    "whynot": looking.why_not,
    "money": looking.money,
    "plan": looking.plan,
    "mydata": steering.my_data,
    "correct": steering.review,
    "withdraw": steering.withdraw,
    "forget": steering.forget,
    "faq": looking.faq,
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
    "toch geen contact": "nocontact",
    "geen contact": "nocontact",
    "no contact after all": "nocontact",
    "no contact": "nocontact",
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
    flows = steering.opening_words(turning)
    command = NAMES.get(name)
    if command is None and name in flows:
        steering.begin(turning, flows[name])
        return
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

"""What is said and heard in a language that is not spoken here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import Id, Known
from bot.content.language.words import Words


@dataclass(frozen=True, slots=True)
class Greeting:
    """The one message to who types a language that is not spoken here, in that language; its parts in their order."""

    hello: Annotated[str, "What this is."]
    understood: Annotated[str, "What was understood; {words} is that."]
    choose: Annotated[str, "Which languages are spoken here, and the question which is easier."]
    person: Annotated[str, "How to reach a person."]
    person_button: Annotated[str, "The button for a person."]
    buttons: Annotated[
        Mapping[str, str], "The button of each spoken language, by its code; else its name in itself."
    ] = field(default_factory=dict)


REQUESTS = Known.of(
    {
        "human": "They want to speak to a person.",
        "help": "They ask for help, or do not understand.",
        "stop": "They want to stop.",
        "forget": "They want everything erased.",
    }
)


@dataclass(frozen=True, slots=True)
class PlainWords:
    """Plain facts in a language that is not spoken here. A word may end in `*`: all words that begin so."""

    joined: Annotated[Words, "What may be written joined before a word: 'ال'."] = ()
    occupations: Annotated[
        Mapping[Id, Words], "Work, by the id of the occupation; the first word is what it is called when said back."
    ] = field(default_factory=dict)
    countries: Annotated[Mapping[str, Words], "Where people come from, by the country in ISO 3166: UA."] = field(
        default_factory=dict
    )
    levels: Annotated[Mapping[Id, Words], "Education, by the level of the country."] = field(default_factory=dict)
    requests: Annotated[Mapping[str, Words], REQUESTS, "What people ask for, by the command that it is."] = field(
        default_factory=dict
    )
    age: Annotated[Words, "How people say how old they are; # is the number."] = ()
    now: Annotated[Words, "Before the work that somebody does, or did."] = ()
    wanted: Annotated[Words, "Before the work that somebody wants."] = ()
    denials: Annotated[Words, "Before what somebody is not, or does not want."] = ()
    others: Annotated[Words, "People whose work is not that of who types: 'żona'."] = ()
    nothing: Annotated[Words, "What holds a word for work, and is no work: 'carnet de șofer'."] = ()

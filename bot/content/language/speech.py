"""What a message is: its language, a question, a command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import As, Known
from bot.content.language.words import Words

ASPECTS = {
    "until": "Until when: 'tot wanneer', 'deadline'.",
    "amount": "How much one gets: 'hoeveel', 'bedrag'.",
    "apply": "How and where one asks for it: 'hoe vraag ik'.",
    "duration": "How long it takes: 'hoe lang'.",
    "start": "When it begins: 'wanneer begint'.",
    "cost": "What one pays: 'wat kost'.",
    "where": "Where it is: 'waar is'.",
    "language": "In which language it is: 'in welke taal'.",
    "contact": "How to reach them: 'telefoonnummer'.",
    "demands": "What one needs to begin: 'wat zijn de eisen'.",
    "body": "What the work asks of a body: 'is het zwaar'.",
    "difference": "How two of them differ: 'wat is het verschil'.",
}
"""What may be asked of a programme or a way to pay."""


@dataclass(frozen=True, slots=True)
class Speech:
    """What a message is: in which language, a question, a command."""

    small: Annotated[Words, "Small words, as few as can be of those that another language has too."] = ()
    letters: Annotated[str, "Letters that hardly another language has, of all that have a file here."] = ""
    greetings: Annotated[Words, "Whole messages of a word or two that only this language has: 'dzień dobry'."] = ()
    telling: Annotated[Words, "Small words of which one is enough in a sentence."] = ()
    openings: Annotated[Words, "With which a question begins; # is a number."] = ()
    before_opening: Annotated[Words, "What may stand before such an opening."] = ()
    commands: Annotated[Mapping[str, str], "What is typed behind the slash, and the command that it is."] = field(
        default_factory=dict
    )
    spoken: Annotated[Mapping[str, Words], "Whole messages, by the command that they are."] = field(
        default_factory=dict
    )
    of_one: Annotated[Mapping[str, Words], "Commands that go with a name or number: 'waarom 2'."] = field(
        default_factory=dict
    )
    of_one_joiners: Annotated[Words, "Between such a command and the number: 'plan voor 2'."] = ()
    aspects: Annotated[Mapping[str, Words], Known.of(ASPECTS), "How people ask for one thing of an item."] = field(
        default_factory=dict
    )
    menu: Annotated[Words, "The commands in Telegram's menu."] = ()
    switch: Annotated[Words, "Whole messages that ask for this language."] = ()


@dataclass(frozen=True, slots=True)
class HumanWords:
    """How people ask to speak to a person, as patterns of words (bot/content/patterns.py), without apostrophes."""

    people: Annotated[tuple[str, ...], As("signs"), "Who may be asked for: 'een? adviseur|medewerker'."] = ()
    asked: Annotated[
        tuple[str, ...], As("ways of one"), "How one of them is asked for: 'wil .. {thing} .. spreken'."
    ] = ()
    said: Annotated[tuple[str, ...], As("signs"), "What asks for one by itself: 'kan ik jullie bellen'."] = ()
    unless: Annotated[tuple[str, ...], As("signs"), "What in the same clause makes it something else: 'geen'."] = ()
    surely: Annotated[tuple[str, ...], As("signs"), "What asks for one whatever else is there: 'niet .. robot'."] = ()
    clauses: Annotated[Words, "With which another clause begins, where no sign stands: 'maar'."] = ()

"""What work is called: sectors, occupations, and vague wishes."""

from dataclasses import dataclass
from typing import Annotated

from bot.content.annotations import Id, Pattern, Words
from bot.content.knowledge.names import OccupationId, SectorId
from bot.content.problems import Location
from bot.text import Text

EVERY_SECTOR = "algemeen"  # the sector of what fits everybody: never a wish


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of the labour market."""

    id: Annotated[Id, "The name by which programmes, occupations and wishes point at it."]
    name: Annotated[Text, "What people call it."]
    words: Annotated[Words, "Words that point at it, by language."]
    at: Location
    occupations: Annotated[
        tuple[OccupationId, ...],
        "The work that people most often begin with in it, the commonest first; who names the sector alone sees the"
        " routes to these.",
    ] = ()


@dataclass(frozen=True, slots=True)
class Occupation:
    """What people do or want to do."""

    id: Annotated[Id, "Its name, which never changes."]
    isco: Annotated[str, Pattern(r"\d{4}", '"8332"'), "Its unit group in ISCO-08: four digits, quoted."]
    sectors: Annotated[tuple[SectorId, ...], "Its sectors; none: a job outside ours is recognised all the same."]
    name: Annotated[Text, "What it is called."]
    words: Annotated[Words, "Everyday words for it, tools and brands too; a word belongs to one occupation only."]
    at: Location


@dataclass(frozen=True, slots=True)
class Wish:
    """A vague wish: "iets met mensen"."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "How people say it, by language."]
    sectors: Annotated[tuple[SectorId, ...], "The sectors it may mean; none: it is understood, and the bot asks on."]
    at: Location
    occupations: Annotated[
        tuple[OccupationId, ...],
        "The work that it often means, which advice shows while nobody chose: one way to each.",
    ] = ()
    heading: Annotated[
        Text | None,
        "What stands above that work when the wish says how work should be and not which (pay, hours): why these. The"
        " wish stays open, so that the person is asked on.",
    ] = None

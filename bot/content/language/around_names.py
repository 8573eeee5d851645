"""What stands around the names of places and of work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.language.words import Words


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What stands around the name of a place."""

    fillers: Annotated[Words, "Words that say nothing of a place."] = ()
    elsewhere: Annotated[Words, "Answers, and places that are not here: close to a village, and never one."] = ()
    ordinary: Annotated[Words, "Towns that are words of a common sentence as well."] = ()
    home: Annotated[Words, "Right before the place where somebody lives."] = ()
    beside: Annotated[Words, "Right before a place that is near."] = ()
    before: Annotated[Words, "Right before any place."] = ()
    articles: Annotated[Words, "Articles."] = ()
    learnt: Annotated[Words, "Beside the country or the city where somebody learnt something: 'diploma'."] = ()
    province: Annotated[Words, "What a province is called."] = ()
    region: Annotated[Words, "What a labour-market region is called, before its own name: 'regio'."] = ()
    either: Annotated[Words, "Between two places of which either will do."] = ()
    short: Annotated[
        Mapping[str, str], "What names are shortened to, and what it is in full: {a/d: 'aan den', st: sint}."
    ] = field(default_factory=dict)
    sounds: Annotated[
        Mapping[str, str], "Letters that sound alike in names, `|` between them and `$` at the end: {ij|ei: 'y'}."
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkWords:
    """What stands around the names of work."""

    now: Annotated[Words, "Around the work that somebody does, or did."] = ()
    wanted: Annotated[Words, "Around the work that somebody wants."] = ()
    unwanted: Annotated[Words, "Around the work that somebody does not want."] = ()
    refusing_pairs: Annotated[Words, "Two words that refuse together: 'weg uit'."] = ()
    comparing: Annotated[Mapping[str, str], "What compares: of 'liever zorg dan onderwijs' it is {dan: liever}."] = (
        field(default_factory=dict)
    )
    becoming: Annotated[Words, "What one does to get some work: 'worden'."] = ()
    everything: Annotated[Words, "Any work."] = ()
    except_: Annotated[Words, "Behind 'everything', before what is not wanted."] = ()
    listing: Annotated[Words, "Between two kinds of work."] = ()
    refusing: Annotated[Words, "Behind work that is refused: 'de zorg liever niet'."] = ()
    afterthoughts: Annotated[Words, "Before something that is added later."] = ()
    fillers: Annotated[Words, "Words that say nothing of work."] = ()
    languages: Annotated[Words, "Names of languages."] = ()
    of_languages: Annotated[Words, "How well somebody knows a language."] = ()
    only_after: Annotated[Mapping[str, Words], "What is work only behind one of these: 'it'."] = field(
        default_factory=dict
    )
    object_of: Annotated[Words, "What makes the work before or behind it a thing."] = ()
    inside: Annotated[Words, "Before the sector in which a job is."] = ()
    beside: Annotated[Words, "Before what goes along with work."] = ()
    some: Annotated[Words, "Something, of any kind."] = ()
    articles: Annotated[Words, "Articles."] = ()
    links: Annotated[Words, "Letters between the halves of a compound: the s of 'hoveniersbedrijf'."] = ()
    in_between: Annotated[Words, "What says nothing between the words of work: 'werken op een boot'."] = ()

"""A route: how one becomes something, anywhere in the country."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import AtLeast, Id, IdOf, Pattern, Url
from bot.content.knowledge.course import EVERYWHERE, Costs, Form, Where
from bot.content.knowledge.names import LanguageCode, LanguageLevel, OccupationId, RouteId, SchemeId, SectorId
from bot.content.knowledge.rules import Rule
from bot.content.knowledge.sourced_facts import Facts
from bot.content.problems import Location
from bot.content.schools import QualificationId
from bot.text import Text


class RouteKind(StrEnum):
    """What one has at the end of a route."""

    MBO = "mbo"
    AD = "ad"  # associate degree: two years of hbo
    HBO = "hbo"
    WO = "wo"
    CERTIFICATE = "certificate"  # of a branch or a school: no diploma of a level
    LICENCE = "licence"  # without it the work is not allowed
    ON_THE_JOB = "on-the-job"  # an employer trains
    OPEN = "open"  # no training is needed


class Earning(StrEnum):
    """What one lives on where there is no wage."""

    OWN_BOSS = "own-boss"  # customers pay, or nobody does
    VOLUNTEER = "volunteer"  # one begins without pay


@dataclass(frozen=True, slots=True)
class Months:
    """How long something takes, in months."""

    from_: Annotated[Annotated[int, AtLeast(0)] | None, "For who is quick; null when it is not known."]
    to: Annotated[Annotated[int, AtLeast(0)] | None, "For who takes longest; null when it is not known."]


@dataclass(frozen=True, slots=True)
class FirstCall:
    """Whom to call or visit first."""

    who: Annotated[Text, "Who it is, in a sentence: 'een roc bij jou in de buurt'."]
    url: Annotated[Url | None, "Their page, or one on which they are found; null when no link is sure."]
    place: Annotated[
        Annotated[str, IdOf("municipality")] | None, "The one municipality where this is; null: anywhere, or not known."
    ] = None
    any_school: Annotated[bool, "True when it is just a school: one near somebody is named in its place."] = False
    hires: Annotated[bool, "True when they must hire somebody first: they are called, whatever school is known."] = (
        False
    )
    registers: Annotated[bool, "True when one registers a business there: who has one already skips it."] = False
    site: Annotated[bool, "True when one begins there by oneself, on that page: nobody is called."] = False


@dataclass(frozen=True, slots=True)
class Route:
    """How an adult becomes something, anywhere in the country."""

    id: Annotated[
        str, Pattern(r"route-[a-z0-9]+(-[a-z0-9]+)*", "route-care-worker-mbo3"), "Its name, which never changes."
    ]
    name: Annotated[Text, "The way, as people read it; short: 'Verzorgende IG (mbo 3)'."]
    becomes: Annotated[Text, "What one becomes, as it stands in 'Je wordt ...'."]
    occupations: Annotated[
        tuple[OccupationId, ...], "The occupations that it leads to; none of a step that many routes begin with."
    ]
    sectors: Annotated[tuple[SectorId, ...], "Their sectors; none when those have none."]
    kind: Annotated[RouteKind, "What one has at the end."]
    leads_to: Annotated[Id | None, "The level of the country that it leads to, or certificate; null: none."]
    qualification: Annotated[
        QualificationId | None, "What the diploma is called in qualifications.yaml; null: it is none."
    ]
    forms: Annotated[tuple[Form, ...], "How it can be followed."]
    months: Annotated[Months | None, "How long it takes; null when that is not known."]
    hours: Annotated[
        Annotated[int, AtLeast(1)] | None, "Least hours a week, work and lessons together; null when not known."
    ]
    paid: Annotated[bool | None, "Whether there is pay while learning; null when that is not known."]
    costs: Annotated[Costs | None, "What the person pays in all, in EUR: {from, to}, or null when not known."]
    pays: Annotated[tuple[SchemeId, ...], "The ways to pay that may be for this."]
    rules: Annotated[tuple[Rule, ...], "What somebody needs."]
    ask: Annotated[tuple[Text, ...], "What to ask at the first call."]
    legal: Annotated[Text | None, "What the law says of it, in a sentence or two; null: nothing special."]
    stairs: Annotated[tuple[RouteId, ...], "The routes that come after this one."]
    first_call: Annotated[FirstCall, "Whom to call or visit first."]
    summary: Annotated[Text, "How one gets in, in a sentence or two."]
    facts: Annotated[Facts, "What sources say of it, by the name of the fact."]
    at: Location
    given_by: Annotated[
        tuple[Annotated[Id, IdOf("school")], ...], "Who gives all of it, when it ends in no diploma: ids of schools."
    ] = ()
    same_as: Annotated[
        tuple[Annotated[Id, IdOf("programme or scheme")], ...], "Programmes that are this very way: one is shown."
    ] = ()
    earns: Annotated[Earning | None, "Where there is no wage, what there is; null: a wage, or it is not known."] = None
    tries: Annotated[
        bool, "True: it proposes to join or to help for a while, without a wage: who has a benefit asks leave first."
    ] = False
    usual_for: Annotated[
        tuple[OccupationId, ...], "Those of its occupations that most adults get into in this way: it comes first."
    ] = ()
    taught_in: Annotated[tuple[LanguageCode, ...], "The languages of the lessons, by code; none: not known."] = ()
    asks_language: Annotated[
        LanguageLevel | None, "The level of the language of the country that is asked; null: not known."
    ] = None

    @property
    def title(self) -> Text:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call it; its own name comes first."""
        return tuple(dict.fromkeys((*self.name, *self.becomes)))

    @property
    def where(self) -> Where:
        """It is there in the whole country; where near somebody is for who knows the schools."""
        return EVERYWHERE

    @property
    def url(self) -> str | None:
        return self.first_call.url

    @property
    def must_say(self) -> Text | None:
        """What always goes along with it: the law."""
        return self.legal


ROUTE = "route"
"""What every route is to programs that read an advice."""

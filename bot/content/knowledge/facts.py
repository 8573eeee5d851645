"""What the bot can know of a person."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import As, Id, IdOf
from bot.content.problems import Location
from bot.text import Text


class FactKind(StrEnum):
    CHOICE = "choice"
    INTEGER = "integer"
    YES_NO = "yes_no"
    AMOUNT = "amount"
    SOME_OF = "some_of"
    TEXT = "text"
    PLACE = "place"
    DERIVED_SET = "derived_set"
    DERIVED_TEXT = "derived_text"


LEVELS = ("levels",)
"""What stands for the levels of the country until they are filled in."""


class FactRole(StrEnum):
    """What a fact is to the code, whatever an editor calls it: code asks for this, and never for an id or a text."""

    WISH = "wish"  # the work they want
    JOB = "job"  # the work they do, or did last
    PLACE = "place"  # where they live
    WORKPLACE = "workplace"  # where a company is, or where somebody wants to work: never their home
    LEVEL = "level"  # their highest diploma
    AGE = "age"
    HOURS = "hours"  # a week that they have
    HOURS_A_MONTH = "hours_a_month"
    SCHEDULE = "schedule"  # when they can learn
    PAY = "pay"  # whether they need pay while they learn
    BUDGET = "budget"
    BENEFIT = "benefit"
    EMPLOYMENT = "employment"
    EMPLOYER_SUPPORT = "employer_support"
    LANGUAGE = "language"  # how well they speak Dutch
    LIMITS = "limits"  # what they cannot do, will not do, or need
    EXCLUDED = "excluded"  # occupations and sectors that they do not want
    SECTOR = "sector"  # of a company
    COMPANY_SIZE = "company_size"
    PLACES = "places"  # to work or to learn, that a company has
    VACANCY = "vacancy"
    TRAINS = "trains"  # whether a company can train someone
    ICT = "ict"  # whether they worked or studied in it
    SKILLS = "skills"  # what they can do, as they said themselves
    INTERESTS = "interests"  # what they like in work
    LIKES = "likes"  # how much they like each of it, for a chart
    EXPLORED = "explored"  # the work that they looked at
    REFUSED = "refused"  # why they did not choose some of it
    SEEN_ENOUGH = "seen_enough"  # whether they want to see what follows from what they said so far
    DIPLOMA_COUNTRY = "diploma_country"  # where their diploma is from
    EARLIER_WISH = "earlier_wish"  # the work that they wanted before they began to explore
    ASKER = "asker"  # whether a company asks, for itself; else it is a person


LOOKED_AT = frozenset(FactRole) - {
    FactRole.WORKPLACE,
    FactRole.HOURS_A_MONTH,
    FactRole.ICT,
    FactRole.ASKER,
    FactRole.COMPANY_SIZE,
    FactRole.PLACES,
    FactRole.LIMITS,
    FactRole.EXCLUDED,
    FactRole.SKILLS,
    FactRole.INTERESTS,
    FactRole.LIKES,
    FactRole.EXPLORED,
    FactRole.REFUSED,
    FactRole.SEEN_ENOUGH,
    FactRole.EARLIER_WISH,
    FactRole.DIPLOMA_COUNTRY,
}
"""The roles without which a part of the code has nothing to look at."""


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """What the bot can know of a person."""

    id: Annotated[Id, "The name by which rules and questions know it."]
    kind: Annotated[FactKind, "What its values are."]
    name: Annotated[Text, "What it is called in a sentence: 'your education'."]
    at: Location
    ordered: Annotated[bool, "True when its values go from low to high, so that rules may say 'at_least'."] = False
    highest_counts: Annotated[
        bool, "True when who names several values has the highest: 'mavo en mbo 2'; else the bot asks which."
    ] = False
    values: Annotated[
        tuple[str, ...],
        As("values"),
        "Every value that it can have, when those are known; 'levels': the levels of education of the country.",
    ] = ()
    derived_from: Annotated[Annotated[Id, IdOf("fact")] | None, "The fact it follows from: nobody asks for it."] = None
    role: Annotated[FactRole | None, "What it is to the code, whatever it is called here."] = None

"""Numbers in words, and what stands around them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import Known
from bot.content.language.words import Words

UNITS = {
    "years": "Years, as of an age.",
    "months": "Months.",
    "weeks": "Weeks.",
    "days": "Days.",
    "half days": "Half days: mornings, afternoons.",
    "evenings": "Evenings and nights.",
    "hours": "Hours.",
    "minutes": "Minutes.",
    "quarters": "Quarters of an hour.",
    "fte": "A share of a full working week.",
    "euros": "Euros.",
    "distance": "Kilometres and the like.",
    "people": "Who works somewhere.",
    "places": "Places to work or to learn.",
    "other": "What is counted and is never an answer: children, kilos.",
}
"""What a number may count, by the name that the code has for it."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Numbers in words, what stands around a number, and what it counts. `*` at the end of a word is any ending."""

    below_twenty: Annotated[Words, "The numbers from nought to nineteen, in their order."] = ()
    tens: Annotated[Words, "Twenty, thirty and so on to ninety, in their order."] = ()
    joined: Annotated[Words, "How a one and a ten are one number: '{one}en{ten}'."] = ()
    hundred: Annotated[Words, "A hundred."] = ()
    thousand: Annotated[Words, "A thousand; behind a number also the sign for it."] = ()
    parts: Annotated[Mapping[str, str], "Words for parts, that count right before a unit: {anderhalf: '1.5'}."] = field(
        default_factory=dict
    )
    articles: Annotated[Words, "Which of these is an article far more often: 'een'."] = ()
    nothing: Annotated[Words, "An amount of nothing, as the whole answer."] = ()
    some: Annotated[Words, "Before a hundred or a thousand: an amount that nobody can tell."] = ()
    units: Annotated[Mapping[str, Words], Known.of(UNITS), "What is counted, behind the number."] = field(
        default_factory=dict
    )
    small: Annotated[Words, "Behind a number: words that say nothing of what it counts."] = ()
    about: Annotated[Words, "What makes a number a guess."] = ()
    nearly: Annotated[Words, "Before a number that is not reached yet: 'bijna 60'."] = ()
    decades: Annotated[Mapping[str, str], "Where in ten years of an age: {begin: '1', eind: '8'}."] = field(
        default_factory=dict
    )
    people_of: Annotated[Words, "Who is in their twenties, thirties and so on, in that order."] = ()
    unit_of: Annotated[Words, "Between a unit and its number: 'een jaar of dertig'."] = ()
    until: Annotated[Words, "Between the two ends of a range: '10 tot 12'."] = ()
    between: Annotated[Words, "Before the two ends of a range: 'tussen 10 en 12'."] = ()
    from_: Annotated[Words, "Before two times of the clock: 'van 9 tot 3'."] = ()
    times: Annotated[Words, "Between two numbers that are multiplied: '4 keer 8', '2 dagen van 8 uur'."] = ()
    every: Annotated[Words, "Every working day: 'elke avond'."] = ()
    per_day: Annotated[Words, "On each day."] = ()
    per_week: Annotated[Words, "In each week."] = ()
    per_month: Annotated[Words, "In each month: never the hours of a week, nor what somebody can pay at once."] = ()
    full_time: Annotated[Words, "A whole working week."] = ()
    part_time: Annotated[Words, "Half a working week."] = ()
    as_needed: Annotated[Words, "Any number will do: no answer to how many."] = ()
    ordinals: Annotated[Words, "Right behind a number, for the how manieth it is: '59e'."] = ()
    possessive: Annotated[Words, "Before something of one's own: 'mijn 59e'."] = ()
    oneself: Annotated[Words, "The person who speaks."] = ()
    am: Annotated[Words, "Before one's own age: 'ik ben'."] = ()
    become: Annotated[Words, "Before an age that is still to come: 'word'."] = ()
    became: Annotated[Words, "Behind a number, that it is one's age: 'geworden', 'is mijn leeftijd'."] = ()
    age: Annotated[Words, "What an age is called."] = ()
    people: Annotated[Words, "What one is, right before one's own age: 'man van 45'."] = ()
    others: Annotated[Words, "Somebody else, of whom a number may be."] = ()
    born: Annotated[Words, "Before a year of birth."] = ()
    bosses: Annotated[Words, "Whose age is not one's own, and whose work is: 'zelfde baas al 20 jaar'."] = ()
    in_year: Annotated[Words, "Before a year: 'mts in 99'."] = ()
    of_year: Annotated[Words, "Between 'am' and a year of birth: 'ik ben van 1984'."] = ()
    bounds: Annotated[Words, "Before an age that is a limit, and nobody's: 'vanaf 18'."] = ()
    must: Annotated[Words, "Before an age that is asked of people: 'moet ik 18 zijn'."] = ()
    clock: Annotated[Words, "Before a time of the clock."] = ()
    half_before: Annotated[Words, "Before an hour, for half an hour earlier: 'half vier'."] = ()
    half_past: Annotated[Words, "Before an hour, for half an hour later: 'half past three'."] = ()
    lasts: Annotated[Words, "Before how long something lasted: 'al 12 jaar'."] = ()
    years_of: Annotated[Words, "Behind years: they are those of something: 'jaar in de bouw'."] = ()
    free: Annotated[Words, "What says that hours or days are those that somebody has or wants."] = ()
    at_work: Annotated[Words, "What says that hours or days are those of the work that somebody does, or did."] = ()

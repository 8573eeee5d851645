"""What people say to what was asked: yes, no, a choice, a consent, a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import Known
from bot.content.language.words import Words


@dataclass(frozen=True, slots=True)
class Replies:
    """What people say around, or instead of, an answer."""

    dont_know: Annotated[Words, "That they do not know."] = ()
    denials: Annotated[Words, "Before what somebody does not mean: 'niet via uwv'."] = ()
    hesitations: Annotated[Words, "Sounds before what somebody says: 'eh', 'haha'; drawn out too: 'ehhh'."] = ()
    joiners: Annotated[Words, "What joins a fact to what was said before it, and says nothing: 'en', 'verder'."] = ()
    before_phrases: Annotated[Words, "Before a whole message that is known: 'ok, dank je'."] = ()
    behind_phrases: Annotated[Words, "Behind a whole message that is known."] = ()
    behind_value: Annotated[Words, "Behind what an answer should be: 'dat moet 43 zijn'."] = ()
    unfinished: Annotated[Words, "That somebody did not finish the diploma beside it: 'niet afgemaakt'."] = ()
    begun: Annotated[Words, "Right before a diploma that was only begun: '2 jaar' hbo."] = ()
    change: Annotated[Words, "Before the question that somebody wants to answer anew: 'wijzig'."] = ()


@dataclass(frozen=True, slots=True)
class NameWords:
    """How people say what they are called."""

    introductions: Annotated[Words, "Before a name, and nothing behind it: 'ik ben', 'mijn naam is'."] = ()
    anywhere: Annotated[Words, "Which of these say it inside a sentence too: 'ik heet'."] = ()


@dataclass(frozen=True, slots=True)
class YesNoWords:
    """Yes and no. What may file, record or erase something is read with all of these, so a word too many is costly."""

    yes: Annotated[Words, "Whole messages that say yes; the first is the plainest."] = ()
    no: Annotated[Words, "Whole messages that say no; the first is the plainest."] = ()
    only_seen: Annotated[Words, "Which of 'yes' may mean 'I have seen it': no yes to a consent."] = ()
    weightless: Annotated[Words, "Words inside 'yes' that agree to nothing by themselves: 'dat', 'is'."] = ()
    openings: Annotated[Words, "One word that says yes, whatever is behind it: 'ja', 'jazeker'."] = ()
    drawn_out: Annotated[Words, "One word that says yes or no also with its letters drawn out: 'jaaa', 'neeh'."] = ()
    denies: Annotated[Words, "One word that says no, whatever is behind it: 'nee'."] = ()
    refuses: Annotated[Words, "With which a choice that is a no is chosen, whatever is behind it: 'nee', 'geen'."] = ()
    negations: Annotated[Words, "What turns the choice around that is named beside it: 'geen', 'behalve'."] = ()
    courtesies: Annotated[Words, "Words around a yes that say nothing against it."] = ()
    otherwise: Annotated[Words, "Whole messages that say yes in other words: 'geen bezwaar'; without commas."] = ()
    softened: Annotated[Words, "Verbs that say yes with one of 'softeners' behind them: 'doe maar'."] = ()
    softeners: Annotated[Words, "Behind one of 'softened': 'maar', 'het'."] = ()
    softens_end: Annotated[Words, "Which of 'softeners' softens at the end as well: 'wis alles maar'."] = ()
    against: Annotated[
        Words, "What speaks against a yes: a denial, a reserve, a delay, another wish; '...' is any words."
    ] = ()


@dataclass(frozen=True, slots=True)
class ChoosingWords:
    """How people point at choices."""

    all: Annotated[Words, "Whole messages that mean every choice."] = ()
    ordinals: Annotated[Words, "The first, the second and so on, in that order."] = ()
    top: Annotated[Words, "Which means the first by where it stands: 'bovenaan'."] = ()
    last: Annotated[Words, "Which means the last, however many there are: 'laatste', 'onderaan'."] = ()
    before_ordinal: Annotated[Words, "What may stand before an ordinal: 'de'."] = ()
    behind_ordinal: Annotated[Words, "What may stand behind an ordinal: 'one'."] = ()
    choice: Annotated[Words, "What may stand before the number or the letter of a choice: 'optie'."] = ()
    number: Annotated[Words, "What may stand before the number of a choice only: 'nummer'."] = ()
    and_: Annotated[Words, "Between two choices that are both meant."] = ()
    or_: Annotated[Words, "Between two choices of which one is meant."] = ()


ASKED_FOR = {
    "send": "To send what was gathered: 'verstuur'.",
    "reach": "To be reached by an adviser: 'bel'.",
    "keep": "To keep what they told: 'bewaar'.",
    "forget": "To erase everything: 'wis'.",
    "withdraw": "To take a consent back: 'intrekken'.",
    "pass_on": "To pass on what was told so far: 'doorsturen'.",
    "restart": "To begin again: 'opnieuw'.",
    "go_on": "To go on after a pause: 'verder'.",
}
"""What a yes is asked for: the words for it are a yes as well."""


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """What people say to what asks for a yes, and how they want to be reached. `*` at the end is any ending."""

    asked_for: Annotated[Mapping[str, Words], Known.of(ASKED_FOR), "Words for what was asked: 'verstuur maar'."] = (
        field(default_factory=dict)
    )
    ways: Annotated[Words, "Ways to be reached: 'bellen'."] = ()
    times: Annotated[Words, "Times to be reached, and what stands before one: 'overdag', 'na'."] = ()
    clock: Annotated[Words, "Behind a number, that it is a time of the clock: 'u', 'pm'."] = ()
    before_wish: Annotated[Words, "What is dropped before how somebody wants to be reached: 'maar'."] = ()


NAMED_DAYS = {
    "today": "Today.",
    "tomorrow": "Tomorrow.",
    "day_after": "The day after tomorrow.",
}


@dataclass(frozen=True, slots=True)
class DateWords:
    """Days as people type them. What months and days of the week are called comes from CLDR."""

    days: Annotated[Mapping[str, Words], Known.of(NAMED_DAYS), "Days that are named from today."] = field(
        default_factory=dict
    )
    short_months: Annotated[
        Mapping[str, str], "Short names of months that are not their first three letters: {mrt: '3'}."
    ] = field(default_factory=dict)
    behind_day: Annotated[Words, "Right behind the number of a day: 'e', 'th'."] = ()
    day_of: Annotated[Words, "Between a day and its month: '1st of April'."] = ()

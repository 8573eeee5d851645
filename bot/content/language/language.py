"""The words of a language: `knowledge/languages/CODE.yaml` as a frozen model.

What each list is for stands in docs/languages.md. Words are folded by who reads them: capitals and accents say nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, TypeVar

from bot.content.annotations import Id, Known
from bot.content.country import Country, LanguageCode
from bot.content.problems import Location
from bot.content.staff_words import CODES, StaffWords

Words = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Replies:
    """What people say around, or instead of, an answer."""

    dont_know: Annotated[Words, "That they do not know."] = ()
    denials: Annotated[Words, "Before what somebody does not mean: 'niet via uwv'."] = ()
    before_phrases: Annotated[Words, "Before a whole message that is known: 'ok, dank je'."] = ()
    behind_phrases: Annotated[Words, "Behind a whole message that is known."] = ()


@dataclass(frozen=True, slots=True)
class YesNoWords:
    """Yes and no. What may file, record or erase something is read with all of these, so a word too many is costly."""

    yes: Annotated[Words, "Whole messages that say yes; the first is the plainest."] = ()
    no: Annotated[Words, "Whole messages that say no; the first is the plainest."] = ()
    only_seen: Annotated[Words, "Which of 'yes' may mean 'I have seen it': no yes to a consent."] = ()
    weightless: Annotated[Words, "Words inside 'yes' that agree to nothing by themselves: 'dat', 'is'."] = ()
    openings: Annotated[Words, "One word that says yes, whatever is behind it: 'ja', 'jazeker'."] = ()
    drawn_out: Annotated[Words, "One word that says yes also with its letters drawn out: 'jaaa'."] = ()
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
class Health:
    """What somebody says of their own health. A space may be a hyphen, or nothing; `*` at the end is any ending."""

    conditions: Annotated[Words, "Conditions: each is one by itself."] = ()
    body: Annotated[Words, "Parts of the body, and health itself."] = ()
    complaints: Annotated[Words, "Behind a part of the body: 'rugklachten'."] = ()
    ailing: Annotated[Words, "Before a part of the body: 'slechte rug'."] = ()
    fails: Annotated[Words, "Behind a part of the body: 'rug is kapot'."] = ()
    subjects: Annotated[Words, "With one of 'verbs' behind it, at most one word between: 'ik heb'."] = ()
    verbs: Annotated[Words, "Behind one of 'subjects'."] = ()
    mine: Annotated[Words, "What makes it their own by itself: 'mijn', 'vanwege'."] = ()
    along: Annotated[Words, "What makes it their own when one of 'own' follows: 'met'."] = ()
    own: Annotated[Words, "Behind one of 'along'."] = ()
    behind: Annotated[Words, "What makes it their own behind it, where the verb comes last."] = ()
    others: Annotated[Words, "Whom one works with: 'mensen met autisme'."] = ()
    at_work: Annotated[Words, "What makes a condition in the same clause one of their work: 'coach', 'afdeling'."] = ()
    states: Annotated[Words, "What makes a condition in the same sentence their own: 'gestopt', 'thuis', 'dus'."] = ()
    causes: Annotated[Words, "Before one of 'own' and a part of the body: 'vanwege mijn rug'."] = ()
    idioms: Annotated[Words, "What only looks like a condition: 'ziek van de files'."] = ()
    joiners: Annotated[Words, "How a message goes on that begins with a condition: 'zwanger en zoek werk'."] = ()
    goes_on: Annotated[Words, "Behind one of 'joiners'."] = ()
    breaks: Annotated[Words, "With which a part of a message begins."] = ()
    loose_before: Annotated[Words, "What is dropped at the beginning of what is left when a part is taken out."] = ()
    loose_behind: Annotated[Words, "What is dropped at the end of what is left when a part is taken out."] = ()


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
    province: Annotated[Words, "What a province is called."] = ()
    either: Annotated[Words, "Between two places of which either will do."] = ()


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
    in_between: Annotated[Words, "What says nothing between the words of work: 'werken op een boot'."] = ()


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


@dataclass(frozen=True, slots=True)
class Language:
    """All words of a language. One that is not spoken may have some lists only, such as those of health."""

    code: Annotated[LanguageCode, "The language in ISO 639: the name of its file."]
    name: Annotated[str, "What it is called in the language itself."]
    at: Location
    unreviewed: Annotated[bool, "No native speaker has read its texts and words yet."] = False
    greeting: Annotated[Greeting | None, "The one message to who types it, when it is not spoken here."] = None
    words: Annotated[PlainWords, "Plain facts, when it is not spoken here."] = PlainWords()
    replies: Annotated[Replies, "What people say around, or instead of, an answer."] = Replies()
    yes_no: Annotated[YesNoWords, "Yes and no."] = YesNoWords()
    choosing: Annotated[ChoosingWords, "How people point at choices."] = ChoosingWords()
    consent: Annotated[ConsentWords, "What is said to a consent, and how people want to be reached."] = ConsentWords()
    dates: Annotated[DateWords, "Days as people type them."] = DateWords()
    speech: Annotated[Speech, "What a message is: in which language, a question, a command."] = Speech()
    health: Annotated[Health, "What somebody says of their own health."] = Health()
    places: Annotated[PlaceWords, "What stands around the name of a place."] = PlaceWords()
    work: Annotated[WorkWords, "What stands around the names of work."] = WorkWords()
    numbers: Annotated[NumberWords, "Numbers in words, and what stands around them."] = NumberWords()
    staff: Annotated[StaffWords | None, "What staff read and type, when this is their language."] = None

    @property
    def staff_words(self) -> StaffWords:
        """What staff read and type; codes when this language has no words for them."""
        return self.staff or CODES

    @property
    def lacking(self) -> tuple[str, ...]:
        """Lists that no spoken language can do without, and that this one has no words in."""
        needed = {
            "dont_know": self.replies.dont_know,
            "yes": self.yes_no.yes,
            "no": self.yes_no.no,
            "small words": self.speech.small,
            "openings of questions": self.speech.openings,
            "health": self.health.conditions,
            "numbers": self.numbers.below_twenty,
        }
        return tuple(name for name, words in needed.items() if not words)


IN_CODES = Language("en", "English", Location("", 1, 1), staff=CODES)


def of_staff(country: Country, languages: Mapping[str, Language]) -> Language:
    """The language whose words staff read: the first of the country's that has some, else any; else none, and codes."""
    for code in (*country.languages, *sorted(languages)):
        if code in languages and languages[code].staff:
            return languages[code]
    return IN_CODES


def together(languages: Iterable[Language]) -> Language:
    """One language with the words of all: people mix them, and nobody says beforehand which they will type.

    What is for one language alone (its greeting, its words for plain facts and for staff) is in none of it.
    """
    every = list(languages)
    groups = ("replies", "speech", "health", "places", "work") if every else ()
    merged = {name: _merged([getattr(one, name) for one in every]) for name in groups}
    return Language(code="", name="", at=Location("", 1, 1), **merged)


def _merged(groups: list[T]) -> T:
    kind: Any = type(groups[0])
    merged: T = kind(**{one.name: _joined([getattr(group, one.name) for group in groups]) for one in fields(kind)})
    return merged


def _joined(values: list[Any]) -> Any:
    if isinstance(values[0], str):
        return "".join(values)
    if isinstance(values[0], Mapping):
        names = dict.fromkeys(name for value in values for name in value)
        found = {name: [value[name] for value in values if name in value] for name in names}
        return {name: one[0] if isinstance(one[0], str) else tuple(_flat(one)) for name, one in found.items()}
    return tuple(_flat(values))


def _flat(lists: Iterable[Words]) -> Iterator[str]:
    yield from dict.fromkeys(word for words in lists for word in words)

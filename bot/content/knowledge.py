"""What the bot knows, as frozen models. The format that editors see is described in docs/knowledge.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.content.advice_config import AdviceSentences, Weights
from bot.content.annotations import As, AtLeast, Id, IdOf, Key, Known, PartialDay, Pattern, SourceUrl, Url, Words
from bot.content.conditions import Condition, facts_of
from bot.content.exploring import Exploring
from bot.content.limits import Demands, LimitKind, Limits, Patterns, WorkDemands
from bot.content.problems import Location
from bot.content.schools import QualificationId, Schooling
from bot.text import Text

SectorId = Annotated[Id, IdOf("sector")]
OccupationId = Annotated[Id, IdOf("occupation")]
SchemeId = Annotated[Id, IdOf("scheme")]
RouteId = Annotated[str, IdOf("route")]
ItemId = Annotated[Id, IdOf("programme or scheme")]
Checked = Annotated[date, "The day on which one of us looked at the source."]
Dated = Annotated[PartialDay | None, Key("date"), "The day of the page; null when it has none."]


# ------------------------------------------------------------------ facts with their source
@dataclass(frozen=True, slots=True)
class Period:
    """A value that held for some time."""

    value: Annotated["FactValue", "What was so in this period."]
    from_: Annotated[date | None, "The first day; null when nobody knows."]
    until: Annotated[date | None, "The last day; null as long as it goes on."] = None


FactValue = Text | str | int | float | bool | tuple[Period, ...] | None


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """Something that was read somewhere."""

    value: Annotated[FactValue, "What the source says: a text, a number, a word, or a list of periods."]
    source: Annotated[SourceUrl, "Where it was read."]
    dated: Dated
    checked: Checked
    at: Location
    inferred: Annotated[bool, "True when it was read between the lines."] = False


FACT_NAMES = {
    "where": "Where it is.",
    "coverage": "How much of the country it covers.",
    "offer": "What is given there.",
    "sectors": "The sectors it is for.",
    "forms": "How it is followed.",
    "level": "Its level.",
    "leads_to": "What it leads to.",
    "next": "What one can do after it.",
    "ages": "For which ages it is.",
    "ages_from": "From which age it is.",
    "background": "Which education or experience it asks for.",
    "restrictions": "Who cannot take part.",
    "recognised": "Whether, and by whom, it is recognised.",
    "demands": "What it asks of who wants to start.",
    "legal": "What the law says of the work or the course.",
    "permit": "Which permit or status it asks for.",
    "income": "What income it asks for.",
    "exception": "For whom a demand does not hold.",
    "admission": "Other ways to be admitted.",
    "selection": "How people are selected.",
    "lessons_in": "The language in which the lessons, or the books, are.",
    "language": "The language that is needed, and its level.",
    "language_from": "The level of a language that is needed at the start.",
    "work": "Which work or workplace one needs.",
    "hours": "How many hours a week it takes.",
    "duration": "How long it takes.",
    "start": "When it starts.",
    "certificate": "The diploma or certificate at the end.",
    "choice": "How freely one can choose.",
    "job": "Which job follows.",
    "pay": "Whether there is pay, and how much.",
    "cost": "What it costs.",
    "funding": "Who pays for it.",
    "results": "What came of it.",
    "results_job": "How many found work.",
    "results_people": "How many people took part.",
    "results_stopped": "How many stopped.",
    "partners": "Who works together in it.",
    "warning": "What to look out for.",
    "effects": "What follows from it for other things, such as a mortgage.",
    "context": "What one should know beside it.",
    "contact": "How to reach them.",
    "status_other": "What another source says of the status.",
    "successor": "What came instead.",
    "applicant": "Who applies.",
    "covers": "What it pays for.",
    "amount": "How much it is.",
    "amount_max": "The most that one can get.",
    "amount_more": "When it is more.",
    "amount_example": "An example of how much it is.",
    "interest": "The interest.",
    "interest_expected": "The interest that is expected, by period.",
    "term": "How long it goes on.",
    "budget": "How much money there is for all.",
    "permission": "Whose permission is needed first.",
    "apply": "How and where one applies.",
    "rounds": "In which rounds one could apply.",
    "rounds_expected": "The rounds that are expected.",
    "status": "Whether it runs, in one word.",
    "cost_eur": "What it costs, in EUR.",
    "valid_from": "From which day it holds.",
    "valid_until": "Until which day it holds.",
}
"""The facts that may be known of a programme or a way to pay."""

Facts = Annotated[Mapping[str, SourcedFact], Known.of(FACT_NAMES)]


class RuleKind(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    TARGET = "target"  # for one group of people: unknown means that it is not offered, and not that it does not fit
    SOFT_EXCLUSION = "soft_exclusion"  # unknown counts as met: few people say what they are not
    MANUAL_CHECK = "manual_check"  # UWV, a municipality or an employer decides; the rule only says when to ask


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand. `because` reads well when met, when not, and when unknown."""

    id: Annotated[Id, "Its name, of its own among the rules of one programme or scheme."]
    condition: Annotated[Condition, Key("if"), "What must hold of the person; it is unknown while a fact is."]
    kind: Annotated[RuleKind, "What it means when it does not hold, or when nobody knows."]
    because: Annotated[Text, "The demand in words, that reads well when it is met and when it is not."]
    at: Location
    change: Annotated[Text | None, "The way out, for who nearly fits: 'with an hbo degree'; null: none."] = None
    source: Annotated[SourceUrl | None, "Where the demand was read."] = None
    facts: frozenset[str] = field(init=False, repr=False, compare=False)  # that the condition looks at

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", facts_of(self.condition))


# ------------------------------------------------------------------ programmes
class ProgrammeKind(StrEnum):
    RETRAINING = "retraining"
    PREPARATION = "preparation"
    ORIENTATION = "orientation"
    GUIDANCE = "guidance"
    PLATFORM = "platform"
    CAREER_CENTRE = "career-centre"
    TRAINING_CENTRE = "training-centre"
    ADMISSION_ROUTE = "admission-route"
    RECOGNITION = "recognition"
    REGULAR_EDUCATION = "regular-education"
    EMPLOYER = "employer"
    NETWORK = "network"
    SIDE_ACTIVITY = "side-activity"
    OTHER = "other"


class Audience(StrEnum):
    ADULTS = "adults"
    STUDENTS = "students"
    PUPILS = "pupils"
    PROFESSIONALS = "professionals"
    INSTITUTIONS = "institutions"


class ProgrammeStatus(StrEnum):
    ACTIVE = "active"
    UNKNOWN = "unknown"
    ENDED = "ended"
    ANNOUNCED = "announced"


class Form(StrEnum):
    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    BBL = "bbl"
    BOL = "bol"
    THIRD_PATH = "third-path"  # derde leerweg: an mbo diploma for adults, as school and employer agree
    DUAL = "dual"  # hbo with a job in the field
    COURSE = "course"  # some days or weeks
    WORK_LEARN = "work-learn"
    BOOTCAMP = "bootcamp"
    EVENING = "evening"
    WEEKEND = "weekend"
    ONLINE = "online"
    SELF_STUDY = "self-study"
    TRAINEESHIP = "traineeship"
    IN_COMPANY = "in-company"
    MODULAR = "modular"


CERTIFICATE = "certificate"  # what a course may lead to beside the levels of the country; nobody says how high it is


@dataclass(frozen=True, slots=True)
class Where:
    """Where people attend."""

    municipalities: Annotated[tuple[Annotated[str, IdOf("municipality")], ...], "The municipalities where it is given."]
    provinces: Annotated[tuple[Annotated[str, IdOf("province")], ...], "The provinces in which it is open to people."]
    regions: Annotated[tuple[Annotated[str, IdOf("labour-market region")], ...], "The labour-market regions it is for."]
    online: Annotated[bool | None, "Whether it can be followed online; null when that is not known."]
    national: Annotated[bool, "True when it is there in the whole country."]


EVERYWHERE = Where((), (), (), online=None, national=True)


@dataclass(frozen=True, slots=True)
class Costs:
    """What the person pays, in EUR."""

    from_: Annotated[float | None, "The least that somebody pays, in EUR; null when it is not known."]
    to: Annotated[float | None, "The most that somebody pays, in EUR; null when it is not known."]


@dataclass(frozen=True, slots=True)
class Programme:
    """Something that helps somebody to other work: a course, guidance, a place to meet."""

    id: Annotated[Id, "Its name, which never changes: links, leads and tests use it."]
    name: Annotated[str, "What it is called, as people read it."]
    provider: Annotated[str, "Who gives it."]
    kind: Annotated[ProgrammeKind, "What it is."]
    audience: Annotated[Audience, "For whom it is; only what is for adults is offered as a programme that fits."]
    status: Annotated[ProgrammeStatus, "Whether it runs; the fact 'status' says where that was read."]
    sectors: Annotated[tuple[SectorId, ...], AtLeast(1), "The sectors of work that it leads to."]
    summary: Annotated[Text, "What it is, in a sentence or two."]
    where: Annotated[Where, "Where people attend."]
    facts: Annotated[Facts, "What sources say of it, by the name of the fact."]
    at: Location
    aliases: Annotated[tuple[str, ...], "Other names that people type."] = ()
    occupations: Annotated[Words, "The work that it trains for, by language, as people say it."] = field(
        default_factory=dict
    )
    forms: Annotated[tuple[Form, ...], "How it is followed."] = ()
    hours: Annotated[Annotated[int, AtLeast(1)] | None, "Hours a week; null when that is not known."] = None
    paid: Annotated[bool | None, "Whether there is pay while learning; null when that is not known."] = None
    costs: Annotated[Costs | None, "What the person pays, in EUR: a number, {from, to}, or null when not known."] = None
    leads_to: Annotated[Id | None, "What it leads to: a level of the country, or a certificate."] = None
    rules: Annotated[tuple[Rule, ...], "What somebody needs."] = ()
    ask: Annotated[tuple[Text, ...], "What to ask the provider first."] = ()
    must_say: Annotated[Text | None, "A warning that always goes along; null when there is nothing to warn for."] = None
    replaced_by: Annotated[tuple[ItemId, ...], "What came instead."] = ()
    seeds: Annotated[tuple[str, ...], "The source documents that name it."] = ()
    url: Annotated[Url | None, "Its page; null when no link is sure."] = None

    @property
    def title(self) -> Text:
        """What it is called, in every language."""
        return Text.same(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call it; its own name comes first."""
        return self.name, *self.aliases


# ------------------------------------------------------------------ routes
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


@dataclass(frozen=True, slots=True)
class Route:
    """How an adult becomes something, anywhere in the country."""

    id: Annotated[
        str, Pattern(r"route-[a-z0-9]+(-[a-z0-9]+)*", "route-care-worker-mbo3"), "Its name, which never changes."
    ]
    name: Annotated[Text, "The way, as people read it; short: 'Verzorgende IG (mbo 3)'."]
    becomes: Annotated[Text, "What one becomes, as it stands in 'Je wordt ...'."]
    occupations: Annotated[tuple[OccupationId, ...], AtLeast(1), "The occupations that it leads to."]
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

Offerable = Programme | Route
"""What may be offered to somebody."""
OfferKind = ProgrammeKind | RouteKind


# ------------------------------------------------------------------ ways to pay
class Applicant(StrEnum):
    PERSON = "person"
    EMPLOYEE = "employee"
    EMPLOYER = "employer"
    INSTITUTION = "institution"
    SECTOR = "sector"


class MoneyForm(StrEnum):
    GIFT = "gift"
    LOAN = "loan"
    TAX = "tax"
    BENEFIT = "benefit"
    SERVICE = "service"
    RIGHT = "right"
    DISCOUNT = "discount"
    INFORMATION = "information"


class SubsidyStatus(StrEnum):
    OPEN = "open"
    PERIODIC = "periodic"
    UNKNOWN = "unknown"
    DEPENDS = "depends"
    PROPOSED = "proposed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Validity:
    """The days between which a scheme exists."""

    from_: Annotated[date | None, "The first day; null when it is not known."]
    until: Annotated[date | None, "The last day; null when no end is known."]


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which one can apply."""

    opens: Annotated[date | None, "The first day on which one can apply."]
    closes: Annotated[date | None, "The last day on which one can apply."]
    exhausted_on: Annotated[date | None, "The day on which the money was gone."] = None


@dataclass(frozen=True, slots=True)
class CompanySide:
    """A way to pay as a company reads it: `rules` of a scheme are about a person, and a company is none."""

    says: Annotated[Text, "What a company gets it for, said to the company."]
    rules: Annotated[tuple[Rule, ...], "What a company needs to get it, over the facts that it gives."] = ()


@dataclass(frozen=True, slots=True)
class Subsidy:
    """A way to pay."""

    id: Annotated[Id, "Its name, which never changes: links, leads and tests use it."]
    name: Annotated[str, "What it is called, as people read it."]
    category: Annotated[str, "What kind of scheme it is, for editors."]
    applicants: Annotated[tuple[Applicant, ...], AtLeast(1), "Who can apply."]
    form: Annotated[MoneyForm, "What one gets."]
    status: Annotated[SubsidyStatus, "Whether one can get it; the fact 'status' says where that was read."]
    summary: Annotated[Text, "What it is, in a sentence or two."]
    facts: Annotated[Facts, "What sources say of it, by the name of the fact."]
    at: Location
    aliases: Annotated[tuple[str, ...], "Other names that people type."] = ()
    authority: Annotated[str | None, "Who decides or pays."] = None
    valid: Annotated[Validity, "The days between which it exists."] = Validity(None, None)
    windows: Annotated[tuple[Window, ...], "The times in which one can apply; none when that is always."] = ()
    rules: Annotated[tuple[Rule, ...], "What somebody needs to get it."] = ()
    excludes: Annotated[tuple[ItemId, ...], "What cannot be combined with it."] = ()
    requires: Annotated[tuple[ItemId, ...], "What is needed first."] = ()
    replaced_by: Annotated[tuple[ItemId, ...], "What came instead."] = ()
    pays_for: Annotated[
        Condition | None, "The courses it pays for: a condition on their kind, forms, level and sectors; null: none."
    ] = None
    conditions: Annotated[tuple[Text, ...], "What cannot be a rule, in words: shown to who asks why."] = ()
    must_say: Annotated[Text | None, "A warning that always goes along; null when there is nothing to warn for."] = None
    url: Annotated[Url | None, "Its page; null when no link is sure."] = None
    company: Annotated[CompanySide | None, "What it is to a company; null: no company is told of it."] = None

    @property
    def title(self) -> Text:
        """What it is called, in every language."""
        return Text.same(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call it; its own name comes first."""
        return self.name, *self.aliases


# ------------------------------------------------------------------ questions
class Personal(StrEnum):
    """Whether an answer depends on the person who asks."""

    NEVER = "never"
    PARTLY = "partly"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer was read."""

    url: Annotated[SourceUrl, "The page, or the document of our own."]
    dated: Dated
    checked: Checked


@dataclass(frozen=True, slots=True)
class AnswerVariant:
    """The answer to who we know more of: at 58 one hears the rule for 58, and not where the limit lies."""

    condition: Annotated[Condition, Key("if"), "Of whom it must surely hold; what is unknown does not."]
    answer: Annotated[Text, "What they hear in place of the general answer; whole, and as short."]
    at: Location


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question that people ask, and its answer."""

    id: Annotated[Id, "Its name, which never changes."]
    theme: Annotated[str, "What it is about, in a word: the name of its file."]
    question: Annotated[Text, "The question as one would put it."]
    answer: Annotated[Text, "The answer, at most a screen on a phone."]
    wordings: Annotated[Words, "How people type it, at least five that truly differ, by language."]
    personal: Annotated[Personal, "Whether the answer depends on the person; then the bot says so."]
    sources: Annotated[tuple[Source, ...], AtLeast(1), "Where the answer was read."]
    at: Location
    about: Annotated[
        tuple[ItemId, ...], "The programmes and ways to pay that it is about; what has ended of them ends the answer."
    ] = ()
    after_its_end: Annotated[bool, "True when the answer itself says that what it is about has ended."] = False
    variants: Annotated[
        tuple[AnswerVariant, ...], "Answers for who is known to be so; the first that surely holds is said."
    ] = ()


# ------------------------------------------------------------------ vocabularies
EVERY_SECTOR = "algemeen"  # the sector of what fits everybody: never a wish


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of the labour market."""

    id: Annotated[Id, "The name by which programmes, occupations and wishes point at it."]
    name: Annotated[Text, "What people call it."]
    words: Annotated[Words, "Words that point at it, by language."]
    at: Location


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


@dataclass(frozen=True, slots=True)
class Cue:
    """What someone may mention in passing, and rules depend on."""

    id: Annotated[Id, "The name by which rules ask for it, as one of 'mentions'."]
    name: Annotated[Text, "What it is called, in a sentence."]
    words: Annotated[Words, "How people say it, by language."]
    at: Location
    tells: Annotated[
        Mapping[str, str], "Facts that follow from it, each with its value; an answer to a question goes before them."
    ] = field(default_factory=dict)
    said_by: Annotated[Mapping[str, tuple[str, ...]], "Answers that say the same: a fact with the values of it."] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """A theme that people ask about and that the FAQ has no answer to ("is mijn huurtoeslag gestort")."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "How people ask about it, by language."]
    at: Location


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What people say to the bot itself ("ben jij een robot", "bedankt"), and the reply."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "Whole messages that mean it, by language."]
    answer: Annotated[Text, "What the bot says back; then the same question comes again."]
    at: Location


class DistressKind(StrEnum):
    """What somebody cries out about."""

    DESPAIR = "despair"  # up to the wish not to live
    VIOLENCE = "violence"  # at home, or by who has power over them
    HUNGER = "hunger"
    HOMELESS = "homeless"
    DEBTS = "debts"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Who helps somebody who cries out."""

    name: Annotated[str, "Who it is."]
    says: Annotated[tuple[str, ...], "The numbers and addresses, exactly as the texts write them."]
    url: Annotated[Url, "The page that proves them."]
    dated: Dated
    checked: Checked
    at: Location


@dataclass(frozen=True, slots=True)
class CareRule:
    """How somebody who cries out is answered, and who says so."""

    id: Annotated[Id, "Its name."]
    rule: Annotated[str, "What an answer does, or never does."]
    sources: Annotated[tuple[Source, ...], "Where that was read; none: it is our own conclusion."]
    at: Location
    inferred: Annotated[bool, "True when it is our conclusion, and no quotation."] = False


@dataclass(frozen=True, slots=True)
class OwnHelp:
    """Who of the centre itself, or of its town, helps somebody who cries out."""

    cries: Annotated[tuple[DistressKind, ...], AtLeast(1), "The cries at which it is said."]
    text: Annotated[Text, "What is said, behind the national lines: who it is, the number, and when."]
    contacts: Annotated[tuple[HelpLine, ...], AtLeast(1), "Every number and address in it, with its proof."]
    at: Location


@dataclass(frozen=True, slots=True)
class Care:
    """What is said to who cries out."""

    id: Annotated[DistressKind, "What they cry out about; the order in the file is that of urgency."]
    first: Annotated[Text, "What is said at the first cry."]
    again: Annotated[Text, "What is said when they go on about it."]
    signs: Annotated[Patterns, "Patterns of words that tell it by themselves, by language."]
    contacts: Annotated[tuple[HelpLine, ...], AtLeast(1), "Every number and address in the texts, with its proof."]
    at: Location
    unless: Annotated[Patterns, "Patterns of what only looks like it, by language."] = field(default_factory=dict)
    erasable: Annotated[bool, "True when somebody may read along, so that erasing is offered."] = False


class PartKind(StrEnum):
    """What a part of a message is."""

    # What they tell of themselves.
    WISH = "wish"  # work, or a course, that they want
    JOB = "job"  # work that they do or did
    PLACE = "place"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    BENEFIT = "benefit"
    AGE = "age"
    HOURS = "hours"
    SCHEDULE = "schedule"
    PAY = "pay"  # whether they need pay while they learn
    DUTCH = "dutch"  # how well they speak it
    ICT = "ict"  # whether they worked or studied in it
    PERMIT = "permit"  # papers; where a diploma is from
    NAME = "name"
    REACH = "reach"  # a number, an address; how and when to be reached
    EXCLUDE = "exclude"  # work that they do not want
    LIMIT = "limit"  # what work or a course must have, or must not have
    OTHER = "other"  # of somebody else, or a circumstance that answers nothing
    # What they ask, and what they say to what was asked.
    ASK = "ask"
    YES = "yes"
    NO = "no"
    DONT_KNOW = "dont_know"
    REFUSE = "refuse"
    WRONG = "wrong"  # that something is not as we said, or not as they said before
    # What they want the bot to do.
    HUMAN = "human"
    ERASE = "erase"
    STOP = "stop"
    BACK = "back"
    OVERVIEW = "overview"
    RESTART = "restart"
    LANGUAGE = "language"
    PLAN = "plan"
    MYDATA = "mydata"
    PRIVACY = "privacy"
    WHO = "who"
    WHY = "why"
    REPEAT = "repeat"
    SHORTER = "shorter"
    EMPLOYER = "employer"
    SKIP = "skip"
    EXPLORE = "explore"
    NEARER = "nearer"
    CHEAPER = "cheaper"
    OTHER_WORK = "other_work"
    WITH_PAY = "with_pay"
    FASTER = "faster"
    MORE = "more"  # one of what is on the screen
    # The rest.
    GREET = "greet"
    THANKS = "thanks"
    COMPLAINT = "complaint"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class CareGuide:
    """What `care.yaml` holds: the rules, what is said, and who of the centre itself helps."""

    rules: Annotated[tuple[CareRule, ...], "How somebody who cries out is answered, and who says so."]
    cries: Annotated[tuple[Care, ...], "What is said, by what they cry out about; the most urgent first."]
    own: Annotated[tuple[OwnHelp, ...], "Who of your centre or town helps too; said behind the national lines."] = ()


Signs = Annotated[tuple[str, ...], As("signs")]
"""Patterns of words (bot/content/patterns.py), in one language."""


@dataclass(frozen=True, slots=True)
class ForeignCry:
    """A cry in a language that the bot does not speak, and the answer in it."""

    id: Annotated[DistressKind, "What they cry out about."]
    answer: Annotated[str | None, "What is said, with every number of the text in English; null: just that text."]
    signs: Annotated[Signs, "Patterns of words that tell it by themselves."]
    unless: Annotated[Signs, "Patterns of what only looks like it."] = ()


@dataclass(frozen=True, slots=True)
class ForeignCries:
    """The cries that are heard in a language that the bot does not speak."""

    language: Annotated[str, Pattern("[a-z]{2,3}", "uk"), "The language in ISO 639: the name of its file."]
    name: Annotated[str, "What it is called in the language itself."]
    cries: Annotated[tuple[ForeignCry, ...], AtLeast(1), "What is heard, and what is said."]
    at: Location
    unreviewed: Annotated[bool, "No native speaker has read it yet."] = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """What several words mean, roughly: what the bot learns from messages, it learns of meanings too."""

    id: Annotated[Id, "Its name."]
    words: Annotated[Words, "Words and phrases with this meaning, by language; `*` is any ending."]
    at: Location


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message as people type it, with what is in it.

    Parts stand in the notation of Rasa: "[Dordrecht.](place) [maar wie betaalt dat](ask)".
    """

    said: Annotated[str, "The message, made up: never one that a real person sent. Parts: [words](what they are)."]
    lang: Annotated[str, Pattern("[a-z]{2}", "nl"), "The language it is in."]
    writer: Annotated[str, "Who made it up: figures are measured on the messages of other writers."]
    at: Location
    distress: Annotated[DistressKind | None, "The cry in it; null: none, or what only looks like one."] = None
    asked: Annotated[
        str | None, "The question that was open: the id of a question, or start, results, confirm, done."
    ] = None

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The parts, as words and what they are; none in a message without them."""
        return parts_of(self.said)

    @property
    def text(self) -> str:
        """The message as it would be typed."""
        return PART.sub(r"\1", self.said)


def parts_of(said: str) -> tuple[tuple[str, str], ...]:
    """The parts of a labelled message; none when it has none."""
    return tuple((words, kind) for words, kind in PART.findall(said))


PART = re.compile(r"\[([^\[\]]+)\]\((\w+)\)")


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that few people know and that texts may use all the same."""

    word: Annotated[str, "The word."]
    means: Annotated[Text, "What it means, in plain words."]
    at: Location


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality with the places in it."""

    name: Annotated[str, "Its name; the only one of that name."]
    province: Annotated[str, "The province it is in."]
    region: Annotated[str, "Its labour-market region."]
    coordinates: Annotated[tuple[float, float], Key("at"), "Latitude and longitude of its main town, in degrees."]
    pc4: Annotated[tuple[tuple[str, str], ...], "Its postcodes: ranges of their digits, both ends included."]
    at: Location
    places: Annotated[tuple[str, ...], "Towns, villages and districts in it."] = ()
    aliases: Annotated[tuple[str, ...], "Other spellings, and its name in other languages."] = ()


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
    EXPLORED = "explored"  # the work that they looked at
    REFUSED = "refused"  # why they did not choose some of it
    SEEN_ENOUGH = "seen_enough"  # whether they want to see what follows from what they said so far
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
    FactRole.EXPLORED,
    FactRole.REFUSED,
    FactRole.SEEN_ENOUGH,
    FactRole.EARLIER_WISH,
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
    values: Annotated[
        tuple[str, ...],
        As("values"),
        "Every value that it can have, when those are known; 'levels': the levels of education of the country.",
    ] = ()
    derived_from: Annotated[Annotated[Id, IdOf("fact")] | None, "The fact it follows from: nobody asks for it."] = None
    role: Annotated[FactRole | None, "What it is to the code, whatever it is called here."] = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long what we know stays true, in days."""

    check_every: Annotated[Mapping[str, Annotated[int, AtLeast(1)]], "Days, by the name of a fact or its first word."]
    old_after: Annotated[int, AtLeast(1), "A source that is older than so many days is 'ask first'."]


@dataclass(frozen=True, slots=True)
class FactWords:
    """How facts and ways of learning are said. Without words here, a fact reaches nobody."""

    facts: Annotated[
        Mapping[str, Text], Known.of(FACT_NAMES), "The words before a fact; facts are told in the order of these."
    ]
    forms: Annotated[
        Mapping[str, Text],
        Known.of({form.value: "What one calls a course of this form." for form in Form}),
        "How a course is followed, in words; the first of its forms that has words here is said first.",
    ] = field(default_factory=dict)


Synonyms = Annotated[tuple[str, ...], AtLeast(2)]
"""Words of the field that mean the same."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    facts: Mapping[str, FactDefinition]
    sectors: Mapping[str, Sector]
    occupations: Mapping[str, Occupation]
    wishes: Mapping[str, Wish]
    cues: Mapping[str, Cue]
    municipalities: Mapping[str, Municipality]
    synonyms: tuple[Synonyms, ...]
    words: Mapping[str, HardWord]
    freshness: Freshness
    programmes: Mapping[str, Programme]
    subsidies: Mapping[str, Subsidy]
    questions: Mapping[str, FaqEntry]
    routes: Mapping[str, Route] = field(default_factory=dict)
    weights: Weights | None = None  # None: this content gives no advice, as in a test of flows alone
    advice: AdviceSentences | None = None
    elsewhere: Mapping[str, OutOfScope] = field(default_factory=dict)
    small_talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    care: Mapping[str, Care] = field(default_factory=dict)
    care_rules: tuple[CareRule, ...] = ()
    own_help: tuple[OwnHelp, ...] = ()
    foreign_cries: Mapping[str, ForeignCries] = field(default_factory=dict)  # by language
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    messages: tuple[LabelledMessage, ...] = ()
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names of parts of the country, by province
    limits: Limits | None = None  # None: this content takes nobody's limits
    demands: Demands | None = None  # of work, for who has a limit
    fact_words: FactWords = FactWords({})
    schooling: Schooling = field(default_factory=Schooling)  # who teaches what, where
    exploring: Exploring = field(default_factory=Exploring)  # what work is like, for who does not know what they want
    _by_role: Mapping[FactRole, str] = field(init=False, repr=False, compare=False)
    _demands: Mapping[str, WorkDemands] = field(init=False, repr=False, compare=False)
    _limit_kinds: Mapping[str, LimitKind] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Turned round, so that the first of two facts wins: which is an error that `overstap check` reports.
        by_role = {fact.role: name for name, fact in reversed(list(self.facts.items())) if fact.role}
        object.__setattr__(self, "_by_role", by_role)
        demands = {one.isco: one for one in self.demands.work} if self.demands else {}
        object.__setattr__(self, "_demands", demands)
        kinds = {kind.id: kind for kind in self.limits.kinds} if self.limits else {}
        object.__setattr__(self, "_limit_kinds", kinds)

    def demands_of(self, isco: str) -> WorkDemands | None:
        """What the work of a unit group asks, as far as a source says it."""
        return self._demands.get(isco)

    @property
    def limit_kinds(self) -> Mapping[str, LimitKind]:
        return self._limit_kinds

    def fact_of(self, role: FactRole) -> str:
        """The id of the fact that has a role; the role's own name when none has: then it is a fact that nobody told."""
        return self._by_role.get(role, role.value)

    def role_of(self, fact: str) -> FactRole | None:
        return self.facts[fact].role if fact in self.facts else None

    @property
    def items(self) -> tuple[Offerable | Subsidy, ...]:
        """All that has rules and facts with a source."""
        return (*self.offerables, *self.subsidies.values())

    @property
    def named_once(self) -> tuple[Programme | Subsidy, ...]:
        """All that has a name of its own, by which people look it up."""
        return (*self.programmes.values(), *self.subsidies.values())

    @property
    def offerables(self) -> tuple[Offerable, ...]:
        """All that may be offered to somebody."""
        return (*self.programmes.values(), *self.routes.values())

    def item(self, item_id: str) -> Offerable | Subsidy | None:
        """The programme, route or way to pay with an id; None when there is none."""
        return self.programmes.get(item_id) or self.routes.get(item_id) or self.subsidies.get(item_id)

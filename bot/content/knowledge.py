"""What the bot knows, as frozen models. The format that editors see is described in docs/knowledge.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.content.advice_config import AdviceSentences, Weights
from bot.content.conditions import Condition, facts_of
from bot.content.problems import Location
from bot.text import Text

Words = Mapping[str, tuple[str, ...]]
"""Words by language, as people type them."""


# ------------------------------------------------------------------ facts with their source
@dataclass(frozen=True, slots=True)
class Period:
    """A value that held for some time; None is open-ended."""

    value: "FactValue"
    from_: date | None
    until: date | None


FactValue = Text | str | int | float | bool | tuple[Period, ...] | None


@dataclass(frozen=True, slots=True)
class SourcedFact:
    """Something that was read somewhere. `dated` is the day of the page ("2024-04", None), `checked` is ours."""

    value: FactValue
    source: str
    dated: str | None
    checked: date
    inferred: bool
    at: Location


class RuleKind(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    TARGET = "target"  # for one group of people: unknown means that it is not offered, and not that it does not fit
    SOFT_EXCLUSION = "soft_exclusion"  # unknown counts as met: few people say what they are not
    MANUAL_CHECK = "manual_check"  # UWV, a municipality or an employer decides; the rule only says when to ask


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand. `because` reads well when met, when not, and when unknown; `change` is the way out."""

    id: str
    condition: Condition
    kind: RuleKind
    because: Text
    change: Text | None
    source: str | None
    at: Location
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
    """Where people attend. `online` is None when it is not known."""

    municipalities: tuple[str, ...]
    provinces: tuple[str, ...]
    regions: tuple[str, ...]
    online: bool | None
    national: bool


@dataclass(frozen=True, slots=True)
class Costs:
    """What the person pays, in EUR; None is not known."""

    from_: float | None
    to: float | None


@dataclass(frozen=True, slots=True)
class Programme:
    id: str
    name: str
    provider: str
    aliases: tuple[str, ...]
    kind: ProgrammeKind
    audience: Audience
    status: ProgrammeStatus
    sectors: tuple[str, ...]
    occupations: Words
    summary: Text
    where: Where
    forms: tuple[Form, ...]
    hours: int | None
    paid: bool | None
    costs: Costs | None
    leads_to: str | None  # a level of the country, or a certificate
    rules: tuple[Rule, ...]
    ask: tuple[Text, ...]
    must_say: Text | None
    replaced_by: tuple[str, ...]
    seeds: tuple[str, ...]
    url: str | None
    facts: Mapping[str, SourcedFact]
    at: Location


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
    from_: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """A time in which one can apply. `exhausted_on` is the day on which the money was gone."""

    opens: date | None
    closes: date | None
    exhausted_on: date | None


@dataclass(frozen=True, slots=True)
class Subsidy:
    id: str
    name: str
    aliases: tuple[str, ...]
    category: str
    authority: str | None
    applicants: tuple[Applicant, ...]
    form: MoneyForm
    status: SubsidyStatus
    valid: Validity
    windows: tuple[Window, ...]
    summary: Text
    rules: tuple[Rule, ...]
    excludes: tuple[str, ...]
    requires: tuple[str, ...]
    replaced_by: tuple[str, ...]
    pays_for: Condition | None  # the courses that it pays for (docs/knowledge.md, "A way to pay"); None: no course
    conditions: tuple[Text, ...]
    must_say: Text | None
    url: str | None
    facts: Mapping[str, SourcedFact]
    at: Location


# ------------------------------------------------------------------ questions
class Personal(StrEnum):
    """Whether an answer depends on the person who asks."""

    NEVER = "never"
    PARTLY = "partly"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Source:
    url: str
    dated: str | None
    checked: date


@dataclass(frozen=True, slots=True)
class FaqEntry:
    id: str
    theme: str
    question: Text
    answer: Text
    wordings: Words
    personal: Personal
    about: tuple[str, ...]
    sources: tuple[Source, ...]
    at: Location


# ------------------------------------------------------------------ vocabularies
EVERY_SECTOR = "algemeen"  # the sector of what fits everybody: never a wish


@dataclass(frozen=True, slots=True)
class Sector:
    id: str
    name: Text
    words: Words
    at: Location


@dataclass(frozen=True, slots=True)
class Occupation:
    """`isco` is the ISCO-08 unit group, four digits. `sectors` may be empty: a job outside ours is still recognised."""

    id: str
    isco: str
    sectors: tuple[str, ...]
    name: Text
    words: Words
    at: Location


@dataclass(frozen=True, slots=True)
class Wish:
    """A vague wish ("iets met mensen") and the sectors that it may mean."""

    id: str
    words: Words
    sectors: tuple[str, ...]
    at: Location


@dataclass(frozen=True, slots=True)
class Cue:
    """What someone may mention in passing, and rules depend on."""

    id: str
    name: Text
    words: Words
    at: Location


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A theme that people ask about and that the FAQ has no answer to ("is mijn huurtoeslag gestort")."""

    id: str
    words: Words
    at: Location


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What people say to the bot itself ("ben jij een robot", "bedankt"), as whole messages, and the reply.

    `begins`: what is sure enough when more stands behind it, in the first message: "ik ben werkgever".
    """

    id: str
    words: Words
    answer: Text
    at: Location
    begins: Words = field(default_factory=dict)


class DistressKind(StrEnum):
    """What somebody cries out about."""

    DESPAIR = "despair"  # up to the wish not to live
    VIOLENCE = "violence"  # at home, or by who has power over them
    HUNGER = "hunger"
    HOMELESS = "homeless"
    DEBTS = "debts"


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Who helps. `says`: the numbers and addresses as the texts write them; `url`: the page that proves it."""

    name: str
    says: tuple[str, ...]
    url: str
    dated: str | None
    checked: date
    at: Location


@dataclass(frozen=True, slots=True)
class Care:
    """What is said to who cries out: at the `first` cry, and when they go on about it (`again`).

    `erasable`: somebody may read along, so that erasing everything is offered, and done without another question.
    """

    id: DistressKind
    first: Text
    again: Text
    signs: Words  # patterns of words (`bot.understanding.patterns`)
    contacts: tuple[HelpLine, ...]
    at: Location
    unless: Words = field(default_factory=dict)  # patterns of what only looks like a sign
    erasable: bool = False


@dataclass(frozen=True, slots=True)
class LabelledMessage:
    """A message as people type it, and the `distress` in it; None: a look-alike, or nothing of the kind."""

    said: str
    lang: str
    distress: DistressKind | None
    writer: str  # who made it up: figures are measured on the messages of other writers
    at: Location


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that few people know and that texts may use all the same, with what it means."""

    word: str
    means: Text
    at: Location


@dataclass(frozen=True, slots=True)
class Municipality:
    """`coordinates`: latitude and longitude of the main town, degrees. `pc4`: ranges of
    the digits of postcodes, both ends included."""

    name: str
    province: str
    region: str
    coordinates: tuple[float, float]
    pc4: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    aliases: tuple[str, ...]
    at: Location


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
    SECTOR = "sector"  # of a company
    VACANCY = "vacancy"
    TRAINS = "trains"  # whether a company can train someone


LOOKED_AT = frozenset(FactRole) - {FactRole.WORKPLACE, FactRole.HOURS_A_MONTH}
"""The roles without which a part of the code has nothing to look at."""


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """What the bot can know of a person. `name` reads in a sentence: "je opleiding"."""

    id: str
    kind: FactKind
    name: Text
    ordered: bool
    values: tuple[str, ...]  # of a fact whose values are the levels of education: those of the country
    derived_from: str | None
    at: Location
    role: FactRole | None = None


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long each kind of fact may go unchecked (days), and from which age a source is old (days)."""

    check_every: Mapping[str, int]
    old_after: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    facts: Mapping[str, FactDefinition]
    sectors: Mapping[str, Sector]
    occupations: Mapping[str, Occupation]
    wishes: Mapping[str, Wish]
    cues: Mapping[str, Cue]
    municipalities: Mapping[str, Municipality]
    synonyms: tuple[tuple[str, ...], ...]
    words: Mapping[str, HardWord]
    freshness: Freshness
    programmes: Mapping[str, Programme]
    subsidies: Mapping[str, Subsidy]
    questions: Mapping[str, FaqEntry]
    weights: Weights | None = None  # None: this content gives no advice, as in a test of flows alone
    advice: AdviceSentences | None = None
    elsewhere: Mapping[str, Elsewhere] = field(default_factory=dict)
    small_talk: Mapping[str, SmallTalk] = field(default_factory=dict)
    care: Mapping[str, Care] = field(default_factory=dict)
    messages: tuple[LabelledMessage, ...] = ()
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names of parts of the country, by province
    _by_role: Mapping[FactRole, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Turned round, so that the first of two facts wins: which is an error that `overstap check` reports.
        by_role = {fact.role: name for name, fact in reversed(list(self.facts.items())) if fact.role}
        object.__setattr__(self, "_by_role", by_role)

    def fact_of(self, role: FactRole) -> str:
        """The id of the fact that has a role; the role's own name when none has: then it is a fact that nobody told."""
        return self._by_role.get(role, role.value)

    def role_of(self, fact: str) -> FactRole | None:
        return self.facts[fact].role if fact in self.facts else None

    @property
    def items(self) -> tuple[Programme | Subsidy, ...]:
        """All that has rules and facts with a source."""
        return (*self.programmes.values(), *self.subsidies.values())

"""All that the bot knows, in one value."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.content.advice_config import AdviceSentences, Weights
from bot.content.conditions import Value
from bot.content.exploring import Exploring
from bot.content.knowledge.care import Care, CareRule, ForeignCries, OwnHelp
from bot.content.knowledge.company import CompanyGuide
from bot.content.knowledge.fact_words import FactWords
from bot.content.knowledge.facts import FactDefinition, FactRole
from bot.content.knowledge.faq import FaqEntry, OutOfScope, SmallTalk
from bot.content.knowledge.messages import LabelledMessage
from bot.content.knowledge.places import Municipality
from bot.content.knowledge.programme import Programme, ProgrammeKind
from bot.content.knowledge.route import Route, RouteKind
from bot.content.knowledge.sourced_facts import Freshness
from bot.content.knowledge.subsidy import Subsidy
from bot.content.knowledge.vocabulary import Cue, HardWord, Meaning, Synonyms
from bot.content.knowledge.work import Occupation, Sector, Wish
from bot.content.limits import Demands, LimitKind, Limits, WorkDemands
from bot.content.schools import Schooling

Offerable = Programme | Route
"""What may be offered to somebody."""
OfferKind = ProgrammeKind | RouteKind


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
    company: CompanyGuide | None = None  # None: this content hears nobody as a company
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names of parts of the country, by province
    limits: Limits | None = None  # None: this content takes nobody's limits
    demands: Demands | None = None  # of work, for who has a limit
    fact_words: FactWords = field(default_factory=lambda: FactWords({}))
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
        return self._by_role.get(role) or role.value

    def role_of(self, fact: str) -> FactRole | None:
        return self.facts[fact].role if fact in self.facts else None

    @property
    def facts_of_cues(self) -> frozenset[str]:
        """The facts that something said in passing may tell."""
        return frozenset(fact for cue in self.cues.values() for fact in cue.tells)

    def told_by(self, mentions: Collection[str]) -> dict[str, Value]:
        """The facts that follow from what was said in passing; of two that disagree, the cue that stands first."""
        facts: dict[str, Value] = {}
        for cue in self.cues.values():
            if cue.id in mentions:
                facts = {**cue.tells, **facts}
        return facts

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

"""What flows and knowledge call things, for advisers: who reads a list or a file should meet no codes.

What we call things ourselves stands in `bot.content.staff_words`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.advice.exploring.chart import kept_in_words
from bot.answers import type_of
from bot.content import Content
from bot.content.exploring import Exploring
from bot.content.flow import Call, Collect, Flow
from bot.content.knowledge import FactRole, Knowledge
from bot.content.limits import LimitKind, as_mapping
from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.store.lead_model import AnswerValue
from bot.text import without_notes


@dataclass(frozen=True, slots=True)
class Labels:
    """Names by code, in the language of staff.

    What has none, such as a question that is no longer asked, keeps its code.
    """

    flows: Mapping[str, str] = field(default_factory=dict)
    capacities: Mapping[str, int] = field(default_factory=dict)  # of the flows that have a number of places
    questions: Mapping[str, str] = field(default_factory=dict)  # that are asked now, as the first flow calls them
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by flow and question
    choices: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)  # by flow and question
    dates: frozenset[str] = frozenset()  # the questions that ask for one
    roles: Mapping[str, FactRole] = field(default_factory=dict)  # of questions, and of what is known beside them
    sectors: Mapping[str, str] = field(default_factory=dict)
    subsidies: Mapping[str, str] = field(default_factory=dict)
    askers: Mapping[str, str] = field(default_factory=dict)  # which flows ask a question, by their titles
    programmes: Mapping[str, str] = field(default_factory=dict)  # and routes
    occupations: Mapping[str, str] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)  # the labour-market region of a municipality
    employers: frozenset[str] = frozenset()  # flows that are for them
    limits: Mapping[str, LimitKind] = field(default_factory=dict)
    fact_of_limits: str = ""  # under which a lead has them
    language: str = ""  # in which all this is said
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of facts that are ids of knowledge
    exploring: Exploring = field(default_factory=Exploring)

    @classmethod
    def of(cls, content: Content) -> "Labels":
        flows, knowledge, staff = content.flows, content.knowledge, content.staff_language
        language, fact_of_limits = staff.code, knowledge.fact_of(FactRole.LIMITS)
        limits = {fact_of_limits: staff.staff_words.say(StaffSentence.LIMITS)} if knowledge.limit_kinds else {}
        vacancy = knowledge.fact_of(FactRole.VACANCY)
        first = content.country.first_flow
        in_order = sorted(flows.values(), key=lambda flow: flow.id != first)
        asked = [(flow, question) for flow in in_order for question in _asked(flow, flows)]
        return cls(
            flows={flow.id: flow.title[language] for flow in flows.values()},
            capacities={flow.id: flow.capacity for flow in flows.values() if flow.capacity is not None},
            questions=_first_named((question.id, _title(question, language)) for _, question in asked)
            | limits
            | _explored(knowledge, staff.staff_words),
            titles={(flow.id, question.id): _title(question, language) for flow, question in asked},
            choices={
                (flow.id, question.id): {
                    choice.value: (choice.for_staff or choice.label)[language] for choice in question.choices
                }
                for flow, question in asked
                if question.choices
            },
            dates=frozenset(question.id for _, question in asked if type_of(question).is_day),
            roles=_roles(content, (question for _, question in asked)),
            sectors={sector.id: sector.name[language] for sector in knowledge.sectors.values()},
            subsidies={subsidy.id: without_notes(subsidy.name) for subsidy in knowledge.subsidies.values()},
            askers=_joined((question.id, flow.title[language]) for flow, question in asked),
            programmes={each.id: without_notes(each.name) for each in knowledge.programmes.values()}
            | {each.id: each.name[language] for each in knowledge.routes.values()},
            occupations={one.id: one.name[language] for one in knowledge.occupations.values()},
            regions={one.name: one.region for one in knowledge.municipalities.values()},
            employers=frozenset(flow.id for flow, question in asked if question.id == vacancy),
            limits=knowledge.limit_kinds,
            fact_of_limits=fact_of_limits,
            language=language,
            terms=_terms(content, language),
            exploring=knowledge.exploring,
        )

    def title(self, flow: str, question: str) -> str | None:
        """What a flow calls a question, else what another does; None for one that is no longer asked."""
        return self.titles.get((flow, question)) or self.questions.get(question)

    def answer(self, flow: str, question: str, value: AnswerValue | None) -> str | float | bool | date | None:
        """An answer in words; a number stays a number and a day becomes one, so that a sheet can sort them."""
        labels = self.choices.get((flow, question)) or self.terms.get(question, {})
        match value:
            case tuple() if question == self.fact_of_limits:
                said = as_mapping(value).items()
                return ", ".join(self.limits[kind].say(of)[self.language] for kind, of in said if kind in self.limits)
            case tuple():
                return ", ".join(labels.get(each, each) for each in value)
            case str():
                return (question in self.dates and _day(value)) or labels.get(value, value)
            case _:
                return value


EXPLORED: Mapping[FactRole, StaffSentence] = {
    FactRole.INTERESTS: StaffSentence.EXPLORED_INTERESTS,
    FactRole.LIKES: StaffSentence.EXPLORED_LIKES,
    FactRole.SKILLS: StaffSentence.EXPLORED_SKILLS,
    FactRole.EXPLORED: StaffSentence.EXPLORED_EXPLORED,
    FactRole.REFUSED: StaffSentence.EXPLORED_REFUSED,
    FactRole.EARLIER_WISH: StaffSentence.EXPLORED_EARLIER_WISH,
}


def _explored(knowledge: Knowledge, words: StaffWords) -> dict[str, str]:
    """What the facts of an exploration are called, where there is one."""
    named = {knowledge.fact_of(role): words.say(sentence) for role, sentence in EXPLORED.items()}
    return {fact: name for fact, name in named.items() if fact in knowledge.facts}


def _terms(content: Content, language: str) -> dict[str, dict[str, str]]:
    """What somebody explored is kept by the ids of interests, skills, work and reasons."""
    knowledge, likings = content.knowledge, content.knowledge.exploring.likings
    skills = {one.id: one.does[language] for one in knowledge.exploring.skills.values()}
    liked = {str(one.id): one.phrase[language] for one in likings.named}
    return {
        knowledge.fact_of(FactRole.INTERESTS): skills | liked,
        knowledge.fact_of(FactRole.LIKES): kept_in_words(knowledge.exploring, language),
        knowledge.fact_of(FactRole.SKILLS): skills,
        knowledge.fact_of(FactRole.EXPLORED): {one.id: one.name[language] for one in knowledge.occupations.values()},
        knowledge.fact_of(FactRole.REFUSED): {one.id: one.label[language] for one in likings.refusals},
    }


def _asked(flow: Flow, flows: Mapping[str, Flow]) -> Iterator[Collect]:
    """The questions of a flow, with those of the flows that it walks through."""
    for step in flow.steps:
        match step:
            case Collect():
                yield step
            case Call() if step.flow in flows:
                yield from _asked(flows[step.flow], flows)
            case _:
                pass


def _roles(content: Content, asked: Iterable[Collect]) -> dict[str, FactRole]:
    facts = {fact.id: fact.role for fact in content.knowledge.facts.values() if fact.role}
    return facts | {question.id: question.role for question in asked if question.role}


def _day(text: str) -> date | None:
    """None for what an older version of the question took."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _title(question: Collect, language: str) -> str:
    return question.export.column if question.export else (question.name or question.text)[language]


def _first_named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By question its first name: a column has one, though two flows call it otherwise ("Woonplaats", "Plaats")."""
    names: dict[str, str] = {}
    for question, name in pairs:
        names.setdefault(question, name)
    return names


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By question all flows that ask it."""
    names: dict[str, dict[str, None]] = {}
    for question, name in pairs:
        names.setdefault(question, {})[name] = None
    return {question: " / ".join(found) for question, found in names.items()}

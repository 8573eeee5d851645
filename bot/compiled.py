"""The content with the indexes over it: built once for each version, then only read."""

import copyreg
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from bot.catalogue import Catalogue, Payer, Profile, Work, payers, why_never
from bot.content import Content
from bot.content.annotations import Words
from bot.content.detours import Detours
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import (
    EVERY_SECTOR,
    FactRole,
    Knowledge,
    Occupation,
    Offerable,
    PartKind,
    Programme,
    Route,
    RuleKind,
    Subsidy,
    choices_of,
)
from bot.content.language import Language, together
from bot.errors import BotError
from bot.matching import Match, Phrases, fold, folded
from bot.matching import words as split
from bot.recognisers.calendar_words import CalendarWords
from bot.recognisers.companies import Companies
from bot.recognisers.consent_words import ConsentWords
from bot.recognisers.distress import Cry, Distress
from bot.recognisers.faq import Faq, FaqIndex, wordings
from bot.recognisers.human_request import HumanRequests
from bot.recognisers.introductions import Introductions
from bot.recognisers.item_questions import ItemQuestions
from bot.recognisers.language import LanguageRead, Languages
from bot.recognisers.likings import Likings
from bot.recognisers.limits import Limits
from bot.recognisers.mentions import Mentions
from bot.recognisers.numbers import Counting
from bot.recognisers.parts import Chosen, Parts
from bot.recognisers.places import Origins, PlaceRead, Places, cities_abroad
from bot.recognisers.plain_facts import PlainFacts
from bot.recognisers.private import Private
from bot.recognisers.recent import Recent
from bot.recognisers.reply_words import ReplyWords
from bot.recognisers.spoken_languages import SpokenLanguages, language_names
from bot.recognisers.work import Wishes, WishRead, inflected
from bot.schools import Schools
from bot.text import Text, in_each, without_notes
from bot.work_profiles import WorkIndex


def read_only(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    """A view of `items`; pickle cannot find the type itself, which hides under another name."""
    return MappingProxyType(items)


# The shell keeps compiled content on disk; read-only views of a dict are the one thing in it that pickle does not know.
copyreg.pickle(MappingProxyType, lambda view: (read_only, (dict(view),)))


T = TypeVar("T")
MOST_RECENT = 2_000  # a few turns of some hundred people


class Learn(Protocol):
    """Gives what a learner makes of its inputs, learnt now or before.

    It takes seconds and hangs on nothing but the inputs, and `repr` tells them all: content that changed elsewhere
    needs it no second time.
    """

    def __call__(self, learner: Callable[..., T], *inputs: object) -> T: ...


def afresh(learner: Callable[..., T], *inputs: object) -> T:
    return learner(*inputs)


@dataclass(frozen=True, slots=True, repr=False)  # it would be megabytes: Python itself makes one when a loop is over
class Compiled:
    content: Content
    spoken: Language  # the words of every language in one
    reply_words: ReplyWords  # yes and no, and how a choice is named
    consent_words: ConsentWords  # what a yes is asked for, and how to be reached
    calendar_words: CalendarWords
    introductions: Introductions  # before a name
    human_requests: HumanRequests
    private: Private  # what we may not keep
    commands: Phrases  # whole messages that are a command, with what it is about behind a space: "language en"
    faq: Faq
    places: Places
    wishes: Wishes
    small_talk: Phrases  # by id
    cues: Mentions
    parts: Parts  # of a message, each with what it is
    companies: Companies  # whether a company speaks
    chosen: Chosen  # which choice a part means that names none
    spoken_languages: SpokenLanguages  # which they say to speak, and how well
    names: Mentions  # programmes by name, and by words for work that no occupation has
    titles: Mapping[str, Text]  # what a programme, a route or a way to pay is called on a phone, by its id
    catalogue: Catalogue
    distress: Distress
    languages: Languages  # which one a message is in, of those that have small words
    foreign: PlainFacts  # plain facts in those that are not spoken
    counting: Counting  # numbers, with what they count
    limits: Limits
    item_questions: ItemQuestions  # "tot wanneer kan ik SLIM aanvragen"
    schools: Schools  # who gives which diploma, near a home
    likings: Likings  # what people like in work, in their own words
    work_index: WorkIndex  # unit groups, for who does not know what they want
    origins: Origins  # that somebody comes from another country, by its name or that of a city
    cities_abroad: Mapping[str, frozenset[str]]  # names of their countries; all folded
    general_words: Mapping[str, frozenset[str]]  # by ISCO sub-major group: words for several occupations in it
    payers: Mapping[str, Mapping[str, Payer]]  # the ways to pay that have to do with a course, by the id of the course
    recent: Recent  # what was read, or advised, a moment ago

    @classmethod
    def of(cls, content: Content, learn: Learn = afresh) -> "Compiled":
        """Build every index. Raises BotError when there are programmes, but nothing to advise on them with."""
        knowledge = content.knowledge
        if (knowledge.offerables or knowledge.subsidies) and not (knowledge.weights and knowledge.advice):
            raise BotError(
                "Advice needs knowledge/weights.yaml and knowledge/advice.yaml. Copy those that Overstap ships."
            )
        spoken = together(content.languages.values())
        denials, counting = folded(spoken.replies.denials), Counting(content.languages.values())
        around = folded(spoken.replies.before_phrases), folded(spoken.replies.behind_phrases)
        wishes = Wishes(
            knowledge.sectors.values(), knowledge.occupations.values(), knowledge.wishes.values(), spoken.work
        )
        read = cache(wishes.read)  # many programmes are for the same work
        in_between = folded(spoken.work.in_between)
        programmes = (_profile(one, knowledge, read, in_between) for one in knowledge.programmes.values())
        routes = (_profile_of_route(one, knowledge) for one in knowledge.routes.values())
        catalogue = Catalogue((*programmes, *routes), knowledge.occupations, knowledge.sectors)
        detours = Detours(content.country.waters)
        abroad = cities_abroad(content.country.code, content.country.languages)
        places = Places(
            knowledge.municipalities.values(),
            content.country.postcode,
            spoken.places,
            knowledge.areas,
            _wordings(knowledge.occupations.values()),
            detours,
        )
        return cls(
            content=content,
            spoken=spoken,
            reply_words=ReplyWords(_fallback_first(content)),
            calendar_words=CalendarWords(content.languages, content.country.languages),
            consent_words=ConsentWords(content.languages.values()),
            introductions=Introductions(content.languages.values()),
            human_requests=HumanRequests(content.languages.values()),
            private=Private(content.country, content.languages),
            commands=Phrases(_commands(content), *around),
            faq=Faq(
                learn(FaqIndex, tuple(wordings(knowledge)), knowledge.synonyms, spoken.speech),
                knowledge.questions.values(),
                wishes.sectors_in,
            ),
            places=places,
            wishes=wishes,
            small_talk=Phrases(
                (
                    (word, one.id)
                    for one in knowledge.small_talk.values()
                    for words in one.words.values()
                    for word in words
                ),
                *around,
            ),
            cues=Mentions(
                (
                    *(
                        (word, cue.id)
                        for cue in knowledge.cues.values()
                        for words in cue.words.values()
                        for word in words
                    ),
                    *_of_countries(content),
                ),
                denials,
            ),
            spoken_languages=SpokenLanguages(
                language_names(sorted(content.languages), content.country.languages),
                _levels(content),
                tuple(word for one in content.languages.values() for word in (*one.human.clauses, *one.choosing.and_)),
                denials,
            ),
            parts=learn(
                Parts,
                tuple((one.said, one.asked) for one in knowledge.messages),
                sorted(set(known_phrases(content))),
                asked_for(content),
            ),
            companies=learn(
                Companies,
                knowledge.company,
                [one for one in knowledge.messages if one.parts],
                sorted(set(_wordings(knowledge.occupations.values()))),
            ),
            chosen=learn(
                Chosen,
                tuple(one.said for one in knowledge.messages if choices_of(one.said)),
                sorted(set(_named_choices(content))),
            ),
            names=Mentions(_names(knowledge.programmes.values(), catalogue.profiles), denials),
            titles=_titles(knowledge.items),
            catalogue=catalogue,
            distress=learn(
                Distress,
                tuple(knowledge.care.values()),
                [one for one in knowledge.messages if not one.parts],
                tuple(ordinary_texts(content)),
                tuple(knowledge.meanings.values()),
                [one for one in knowledge.foreign_cries.values() if one.language not in content.country.languages],
            ),
            languages=Languages(content.languages, content.country.languages),
            foreign=PlainFacts(content.languages.values()),
            counting=counting,
            limits=Limits(knowledge.limits, counting, content.country.languages),
            item_questions=ItemQuestions(
                (*knowledge.programmes.values(), *knowledge.subsidies.values()), spoken.speech.aspects
            ),
            schools=Schools(knowledge.schooling, knowledge.municipalities.values(), detours),
            likings=Likings(knowledge.exploring, denials),
            work_index=WorkIndex(knowledge),
            origins=Origins(*_origins(content), abroad, places.is_name),
            cities_abroad=abroad,
            general_words=_general_words(knowledge.occupations.values()),
            payers={one.id: payers(one, knowledge.subsidies.values()) for one in knowledge.offerables},
            recent=Recent(MOST_RECENT),
        )

    def work(self, text: str, kind: Vocabulary) -> Work:
        """What a text about work means."""
        return self.recent.of(f"work {kind} {text}", lambda: self._read_work(text, kind))

    def mentions_in(self, text: str) -> frozenset[str]:
        """The cues in a text."""
        return self.recent.of(f"mentions {text}", lambda: self._mentions_in(text))

    def _mentions_in(self, text: str) -> frozenset[str]:
        knowledge = self.content.knowledge
        fact = knowledge.facts.get(knowledge.fact_of(FactRole.LANGUAGE))
        levels = fact.values if fact else ()
        spoken = {one.language: one.level for one in self.spoken_languages.find(text) if one.level in levels}
        speaks = (
            cue.id
            for cue in knowledge.cues.values()
            for language, least in cue.speaks.items()
            if language in spoken and levels.index(spoken[language]) >= levels.index(least)
        )
        return self.cues.read(text).union(self.origins.read(text), speaks)

    def wished_limits(self, text: str) -> tuple[str, ...]:
        """The limits that the words of a wish are by themselves."""
        return self.recent.of(f"wished {text}", lambda: self.limits.find_wished(text))

    def cry(self, text: str) -> Cry | None:
        """The cry in a message, if there is one: not in one that only points at what is shown ("the last one")."""
        points = self.reply_words.ordinal(fold(text).strip(" .!?"), 1) >= 0
        return None if points else self.distress.cry(text)

    def place(self, text: str) -> PlaceRead:
        """The place that a text names, as the answer to where somebody lives."""
        return self.recent.of(f"place {text}", lambda: self.places.read(text))

    def named_in(self, text: str) -> frozenset[str]:
        """The programmes whose name stands in a text, or whose word for work that has no occupation."""
        return self.recent.of(f"named {text}", lambda: self.names.read(text))

    def language(self, text: str, chat: str, reads_best: str | None) -> LanguageRead:
        """The language of a text, in a chat in a language, of somebody who was read to type another before."""
        key = f"language {chat} {reads_best} {text}"
        return self.recent.of(key, lambda: self.languages.of(text, chat, reads_best=reads_best))

    def _read_work(self, text: str, kind: Vocabulary) -> Work:
        reading = self.wishes.read(text, kind)
        certainty = max((match.score for match in reading.occupations), default=1.0)
        telling = tuple(self._telling(reading.occupations))
        excluded = (*reading.excluded, *reading.refused)
        return Work(reading.sectors, telling, certainty, reading.likely, excluded, reading.is_open, reading.examples_of)

    def is_anything_but(self, work: Work) -> bool:
        """Whether a wish is any work at all without what it refuses: "alles behalve zorg"."""
        every = {EVERY_SECTOR, *work.sectors, *work.excluded}.issuperset(self.content.knowledge.sectors)
        return every and bool(work.excluded) and not work.occupations

    def _telling(self, matches: Sequence[Match]) -> Iterator[str]:
        """Leave out what a general word points at beside a telling word for work of the same kind.

        In "leraar op de basisschool" the first word alone would be a teacher at secondary school.
        """
        occupations, general = self.content.knowledge.occupations, self.general_words
        groups = {match.label: occupations[match.label].isco[:2] for match in matches}
        telling = {one.label for one in matches if not general[groups[one.label]].issuperset(one.evidence)}
        told = {groups[label] for label in telling}
        return (match.label for match in matches if match.label in telling or groups[match.label] not in told)


def _fallback_first(content: Content) -> Sequence[Language]:
    """The words of every language, those of the fallback before all others."""
    fallback = content.country.languages[0]
    return sorted(content.languages.values(), key=lambda language: language.code != fallback)


def _commands(content: Content) -> Iterator[tuple[str, str]]:
    """Whole messages that are a command, by the command; those that ask for a language name it."""
    for code, language in content.languages.items():
        for command, phrases in language.speech.spoken.items():
            yield from ((phrase, command) for phrase in phrases)
        if code in content.country.languages:
            yield from ((phrase, f"language {code}") for phrase in language.speech.switch)


ONE_IN = 5  # of what was done at work; all of it would drown what else people type


def known_phrases(content: Content) -> Iterator[tuple[str, str]]:
    """What we know words for: places, work, and the choices of our questions, by what those ask for."""
    knowledge = content.knowledge
    for place in knowledge.municipalities.values():
        yield from ((name, "place") for name in (place.name, *place.places, *place.aliases))
    for occupation in knowledge.occupations.values():
        yield from ((word, "work") for word in _wordings([occupation]))
    yield from ((phrase, "work") for phrase, _ in inflected(knowledge.occupations.values()))
    for sector in knowledge.sectors.values():
        yield from (
            (word, "work") for word in (*sector.name, *(word for words in sector.words.values() for word in words))
        )
    for wish in knowledge.wishes.values():
        yield from ((word, "vague") for words in wish.words.values() for word in words)
    for question in _questions(content):
        role = question.role or knowledge.role_of(question.id)
        if role in CHOSEN:
            for choice in question.choices:
                yield from ((word, str(role)) for word in (*choice.label, *_words(choice.words)))


def _named_choices(content: Content) -> Iterator[tuple[str, str, str]]:
    """What each choice is called, of the questions that a part of a message may answer with one."""
    for question in _questions(content):
        kind = OF_CHOICE.get(question.role or content.knowledge.role_of(question.id))
        for choice in question.choices if kind else ():
            yield from ((str(kind), word, choice.value) for word in (*choice.label, *_words(choice.words)))


def _levels(content: Content) -> Iterator[tuple[str, str]]:
    """The words for how well somebody speaks a language, each with the level: those of the question for ours."""
    for question in _questions(content):
        if (question.role or content.knowledge.role_of(question.id)) is FactRole.LANGUAGE:
            yield from ((word, choice.value) for choice in question.choices for word in _words(choice.words))


def _words(words: Words) -> Iterator[str]:
    return (word for some in words.values() for word in some)


def asked_for(content: Content) -> Mapping[str, str]:
    """Each question by what labelled messages call one that asks for the same."""
    roles = ((one.id, one.role or content.knowledge.role_of(one.id)) for one in _questions(content))
    return {question: LABELLED[role] for question, role in roles if role and role in LABELLED}


def _of_countries(content: Content) -> Iterator[tuple[str, str]]:
    """Phrases with another country in them, each with the cue that it is: "uit Eritrea"."""
    for cue in content.knowledge.cues.values():
        for language, before in cue.of_countries.items():
            yield from ((f"{one} {name}", cue.id) for name in _countries(content, language) for one in before)


def _countries(content: Content, language: str) -> Iterator[str]:
    """What other countries are called."""
    own, country = set(content.country.name), content.knowledge.fact_of(FactRole.DIPLOMA_COUNTRY)
    asked = (choice for question in _questions(content) if question.id == country for choice in question.choices)
    return (name for choice in asked if own.isdisjoint(choice.label) for name in choice.words.get(language, ()))


def _origins(content: Content) -> tuple[Mapping[str, str], Sequence[tuple[str, str]]]:
    """The names of other countries, and what stands before where somebody is from, each with the cue that it is."""
    said = [(cue.id, *one) for cue in content.knowledge.cues.values() for one in cue.of_countries.items()]
    countries = {name: cue for cue, language, _ in said for name in _countries(content, language)}
    return countries, [(one, cue) for cue, _, before in said for one in before]


def _questions(content: Content) -> Iterator[Collect]:
    return (step for flow in content.flows.values() for step in flow.steps if isinstance(step, Collect))


CHOSEN = frozenset({FactRole.LEVEL, FactRole.EMPLOYMENT, FactRole.BENEFIT, FactRole.SCHEDULE, FactRole.LANGUAGE})
OF_CHOICE: Mapping[FactRole | None, PartKind] = {
    FactRole.LEVEL: PartKind.EDUCATION,
    FactRole.EMPLOYMENT: PartKind.EMPLOYMENT,
    FactRole.BENEFIT: PartKind.BENEFIT,
    FactRole.LANGUAGE: PartKind.DUTCH,
}
LABELLED: Mapping[FactRole, str] = {
    FactRole.WISH: "desired_work",
    FactRole.JOB: "current_job",
    FactRole.PLACE: "place",
    FactRole.WORKPLACE: "place",
    FactRole.LEVEL: "education",
    FactRole.EMPLOYMENT: "employment",
    FactRole.BENEFIT: "benefit",
    FactRole.AGE: "age",
    FactRole.HOURS: "hours",
    FactRole.SCHEDULE: "schedule",
    FactRole.PAY: "earn_while_learning",
    FactRole.LANGUAGE: "dutch",
    FactRole.ICT: "ict_background",
}
"""What labelled messages call the question for each role: the ids of the intake that Overstap ships."""

# "productiemedewerker" is one occupation, word for word (1.0). "IT professional" is most like an athlete, at 0.8.
CERTAIN, LIKELY = 1.0, 0.85
WELL_KNOWN = 3  # words that point at one occupation
SEVERAL = 3  # occupations that share a word


def ordinary_texts(content: Content) -> Iterator[str]:
    """What people type here every day: questions, small talk, work, places, and the answers to our own questions."""
    knowledge = content.knowledge
    for step in (step for flow in content.flows.values() for step in flow.steps if isinstance(step, Collect)):
        for choice in step.choices:
            yield from (*choice.label, *_words(choice.words))
    for question in knowledge.questions.values():
        yield from (word for words in question.wordings.values() for word in words[::2])
    for talk in knowledge.small_talk.values():
        yield from (word for words in talk.words.values() for word in words)
    for wish in knowledge.wishes.values():
        yield from (word for words in wish.words.values() for word in words)
    for occupation in knowledge.occupations.values():
        yield from (word for words in occupation.words.values() for word in words[:1])
    # "Tegels gezet" is work, and "uit huis gezet" is a cry.
    done = [phrase for phrase, _ in inflected(knowledge.occupations.values()) if " " in phrase]
    yield from done[::ONE_IN]


def _wordings(occupations: Iterable[Occupation]) -> Iterator[str]:
    """Everything that people call an occupation."""
    for one in occupations:
        yield from (*one.name, *(word for words in one.words.values() for word in words))


def _general_words(occupations: Iterable[Occupation]) -> Mapping[str, frozenset[str]]:
    """Words that stand in the wordings of several occupations of one kind: "leraar", "monteur", "chauffeur"."""
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for one in occupations:
        used[one.isco[:2]].update({word for wording in _wordings([one]) for word in split(wording)})
    general = {group: [word for word, times in words.items() if times >= SEVERAL] for group, words in used.items()}
    return {group: frozenset(words) for group, words in general.items()}


def _titles(items: Sequence[Offerable | Subsidy]) -> Mapping[str, Text]:
    """Names without notes, unless two are the same then: "Make IT Work (Amsterdam)" needs its town."""
    short = {item.id: item.title if isinstance(item, Route) else _without_notes(item.title) for item in items}
    times = Counter(short.values())
    return {item.id: short[item.id] if times[short[item.id]] == 1 else item.title for item in items}


def _without_notes(title: Text) -> Text:
    return in_each([title], lambda language: without_notes(title[language]))


def _names(programmes: Iterable[Programme], profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """What programmes are called, and their words for work that the list of occupations does not know."""
    for programme in programmes:
        for name in (programme.name, *programme.aliases, *profiles[programme.id].other_words):
            yield name, programme.id


def _profile(
    programme: Programme, knowledge: Knowledge, read: Callable[[str], WishRead], in_between: frozenset[str]
) -> Profile:
    """The occupations of a programme are read from its words as a wish is: then both speak the same language."""
    sectors = frozenset(programme.sectors)
    meanings: dict[str, str] = {}
    listed = [word for words in programme.occupations.values() for word in words]
    for word in listed:
        for match in read(word).occupations[:1]:
            at_home = not sectors.isdisjoint(knowledge.occupations[match.label].sectors)
            likely = at_home and match.score >= LIKELY
            certain = EVERY_SECTOR in sectors and match.score >= CERTAIN
            if (likely or certain) and set(split(word)) <= {*match.evidence, *in_between}:
                meanings[word] = match.label
    occupations = _without_side_meanings(Counter(meanings.values()), knowledge)
    # What names its sector asks for no course in it: "helpende in de zorg" is a wish for one, and not for all of care.
    of_sectors = {word for one in programme.sectors for word in _words(knowledge.sectors[one].words)}
    other_words = tuple(word for word in listed if meanings.get(word) not in occupations and word not in of_sectors)
    never, of_language = why_never(programme), _language_rules(programme, knowledge)
    return Profile(programme, sectors, occupations, never, of_language, other_words)


def _profile_of_route(route: Route, knowledge: Knowledge) -> Profile:
    """A route names its occupations; it is in all of their sectors."""
    sectors = {sector for one in route.occupations for sector in knowledge.occupations[one].sectors}
    occupations = frozenset(route.occupations)
    return Profile(route, frozenset((*sectors, *route.sectors)), occupations, None, _language_rules(route, knowledge))


def _language_rules(item: Offerable, knowledge: Knowledge) -> frozenset[str]:
    language = knowledge.fact_of(FactRole.LANGUAGE)
    return frozenset(rule.id for rule in item.rules if rule.kind is not RuleKind.TARGET and language in rule.facts)


def _without_side_meanings(found: Counter[str], knowledge: Knowledge) -> frozenset[str]:
    """Leave out what a single word points at beside well-known work of the same kind (the same three ISCO digits).

    "Chauffeur" among six words for a bus driver means a bus driver, and not the lorry driver that it is elsewhere.
    """

    def kind(occupation: str) -> str:
        return knowledge.occupations[occupation].isco[:3]

    well_known = {kind(one) for one, times in found.items() if times >= WELL_KNOWN}
    return frozenset(one for one, times in found.items() if times > 1 or kind(one) not in well_known)

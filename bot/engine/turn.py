"""The context of one turn: the state so far, the effects so far, and what handlers ask of content and advice."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import UnionType
from typing import Unpack
from zoneinfo import ZoneInfo

from bot.advice import Advice, Offer, Undecided, advise, mentioned
from bot.advice.context import AdviceContext
from bot.advice.exploring.explore import Exploration, explore
from bot.advice.exploring.open_cards import still_matters
from bot.answers import Context, Reading, bare, type_of
from bot.compiled import Compiled
from bot.content.conditions import Value, members
from bot.content.flow import Collect, Flow, MatchStep, Question, Rejection, Step, Vocabulary
from bot.content.knowledge import FactRole
from bot.content.language import Language
from bot.content.limits import LimitValue, as_set
from bot.content.sentence_keys import Sentence
from bot.engine.effects import Button, Effect, Keyboard, Message, Send
from bot.engine.state import CHAT_LANGUAGE, CONTACT_WISH, LIMITS, Answer, Changes, Heard, State
from bot.engine.trace import Trace, Traced
from bot.engine.walk import Deciding, Passed, Position, holds, walk
from bot.recognisers.reply_words import ReplyWords
from bot.text import fill
from bot.understanding import Context as UnderstandingContext
from bot.understanding import Understanding

MOST_CARDS = 3  # what a phone shows at once; the rest is one button away


@dataclass(frozen=True, slots=True)
class Walked:
    """Where the answers of a state lead: in its own flow, and in the detour when there is one."""

    of: State
    main: Position
    here: Position


@dataclass(slots=True)
class TurnContext:
    """Collects effects and changes of state. It lives for one call of `advance`, which is pure all the same."""

    compiled: Compiled
    state: State
    on: datetime
    full: frozenset[str] = frozenset()  # the flows that have no place left for this person
    effects: list[Effect] = field(default_factory=list)
    trace: list[Trace] = field(default_factory=list)
    understood: Understanding | None = None  # what was read in a message that was more than a bare answer
    heard: Heard | None = None  # the message that is being taken: what it answers remembers it
    read: tuple[tuple[str, str | None, UnderstandingContext], Understanding] | None = None  # see `read_whole`
    reading: tuple[tuple[Question, str, str], Reading] | None = None  # see `read_answer`
    _worded: dict[Sentence, str] = field(default_factory=dict)  # what was put into words, and perhaps not said
    _undecided: Undecided | None = None
    _walked: Walked | None = None
    _advised: tuple[Position, Advice] | None = None
    _explored: tuple[tuple[object, ...], Exploration] | None = None

    # ------------------------------------------------------------------ what there is
    @property
    def today(self) -> date:
        return self.here_and_now.date()

    @property
    def here_and_now(self) -> datetime:
        """The moment by the clock of the country of the content."""
        return self.on.astimezone(ZoneInfo(self.compiled.content.country.time_zone))

    @property
    def context(self) -> Context:
        return Context(self.compiled, self.state.language, self.today)

    @property
    def spoken(self) -> Language:
        """The words of all languages: people mix them."""
        return self.compiled.spoken

    @property
    def reply_words(self) -> ReplyWords:
        """The words for yes and no, and for choices, of all languages."""
        return self.compiled.reply_words

    @property
    def flows(self) -> Mapping[str, Flow]:
        return self.compiled.content.flows

    @property
    def first_flow(self) -> str:
        """The flow for who does not say what they come for."""
        first = self.compiled.content.country.first_flow
        return first if first in self.flows else next(one.id for one in self.flows.values() if not one.aside)

    @property
    def flow(self) -> Flow:
        """The flow that is being walked: the detour, when there is one."""
        return self.flows[self.state.detour or self.state.flow]

    def position(self) -> Position:
        """Where the conversation is now, in the detour when there is one."""
        return self._positions()[1]

    def main_position(self) -> Position:
        """Where the conversation is in its own flow."""
        return self._positions()[0]

    def advice(self) -> Advice:
        """What fits the person, given what they answered until now. Made once for each set of answers.

        Before the results, what they told of questions that are yet to come counts as well.
        """
        here = self.main_position()
        if self._advised is None or self._advised[0] is not here:
            ahead = {} if here.has(MatchStep) else self.told_facts()
            self._advised = here, advise(self.compiled, {**ahead, **here.facts}, on=self.today)
        return self._advised[1]

    def advice_context(self) -> AdviceContext:
        """What the advice was judged by, for who says more about it."""
        advice = self.advice()
        return AdviceContext.of(self.compiled, advice.person, on=advice.on)

    def listed_offers(self) -> tuple[Offer, ...]:
        """The offers as they were listed last: "the second" is the second of these. None before there is a result."""
        if not self.main_position().has(MatchStep):
            return ()
        order = {item: place for place, item in enumerate(self.state.listed)}
        return tuple(sorted(self.advice().offers, key=lambda one: order.get(one.item.id, len(order))))

    def cards(self) -> tuple[Offer, ...]:
        """The offers that stand on the screen with a number."""
        return self.listed_offers()[:MOST_CARDS]

    def answer(self, question: Question, text: str, value: Value | None, raw: str | None = None) -> Answer:
        """What is kept of `text` as an answer; `raw` when that says it better. No cue is read in a name."""
        return Answer(text if raw is None else raw, value, self.cues_in(text, question))

    def cues_in(self, text: str, question: Question | None) -> frozenset[str]:
        if isinstance(question, Collect) and question.pii:
            return frozenset()
        of_wish = isinstance(question, Collect) and question.vocabulary is Vocabulary.DESIRED_WORK
        return mentioned(self.compiled, text, of_wish=of_wish)

    def known_cues(self) -> frozenset[str]:
        """What was said in passing before."""
        return self.state.beside.union(*(one.cues for one in self.state.answers.values()))

    def limits(self) -> dict[str, LimitValue]:
        """What they cannot do, will not do, or need, by kind; of a kind that is no more nothing is known."""
        known = self.compiled.content.knowledge.limit_kinds
        noted = (
            (fact.removeprefix(LIMITS), one.value) for fact, one in self.state.noted.items() if fact.startswith(LIMITS)
        )
        return {kind: value for kind, value in noted if kind in known and isinstance(value, str | int)}

    def limits_in_words(self, language: str, kinds: Container[str] | None = None) -> list[str]:
        """The limits, or those of some kinds, each as it comes behind "Ik zoek werk"."""
        known = self.compiled.content.knowledge.limit_kinds
        return [
            known[kind].say(value)[language] for kind, value in self.limits().items() if kinds is None or kind in kinds
        ]

    def noted_facts(self) -> dict[str, Value]:
        """What they said and no question asked, as facts, and the language in which they say it."""
        knowledge = self.compiled.content.knowledge
        facts = {name: one.value for name, one in self.state.noted.items() if name in knowledge.facts}
        if CHAT_LANGUAGE in knowledge.facts:
            facts[CHAT_LANGUAGE] = self.state.language
        if limits := as_set(self.limits()):
            facts[knowledge.fact_of(FactRole.LIMITS)] = limits
        return {name: value for name, value in facts.items() if value is not None}

    def _positions(self) -> tuple[Position, Position]:
        """Walked once for each set of answers."""
        now, walked = self.state, self._walked
        if walked is None or not (
            walked.of is now
            or (
                walked.of.answers is now.answers
                and walked.of.noted is now.noted
                and walked.of.language == now.language
                and walked.of.flow == now.flow
                and walked.of.detour == now.detour
            )
        ):
            main = self._walk(now.flow, self.noted_facts())
            here = self._walk(now.detour, main.facts) if now.detour else main
            walked = self._walked = Walked(now, main, here)
        return walked.main, walked.here

    def _walk(self, flow_id: str, known: Mapping[str, Value] | None = None) -> Position:
        if self.flows[flow_id].explores:
            deciding = self.changes_the_jobs
            return self._walked_with(flow_id, deciding, known)
        here = self._walked_with(flow_id, self.deciding, known)
        # What cannot change the result never will again while only new answers come: looking once is enough.
        if not here.passed_over <= self.state.settled:
            self.state = replace(self.state, settled=self.state.settled | here.passed_over)
        return here

    def _walked_with(self, flow_id: str, deciding: Deciding, known: Mapping[str, Value] | None) -> Position:
        return walk(
            self.flows,
            flow_id,
            self.state.answers,
            on=self.here_and_now,
            deciding=deciding,
            tells=self._told_aside,
            known=known,
        )

    def _told_aside(self, cues: Collection[str]) -> dict[str, Value]:
        """The facts that follow from cues and that no question asks: of the others their question is to hear."""
        told = self.compiled.content.knowledge.told_by(cues)
        asked = (flow.question(fact) for fact in told for flow in self.flows.values())
        return {fact: told[fact] for fact in told.keys() - {one.id for one in asked if one}}

    def until(self, kinds: type[Step] | UnionType) -> Position:
        """The flow that is walked, on to a step of these kinds past questions without an answer."""
        settled = self.state.settled
        return walk(
            self.flows,
            self.flow.id,
            self.state.answers,
            on=self.here_and_now,
            deciding=self.changes_the_jobs if self.flow.explores else lambda question: question not in settled,
            tells=self._told_aside,
            known=self.noted_facts(),
            until=kinds,
        )

    def deciding(self, question: str) -> bool:
        """Whether a question can still change the result."""
        if question in self.state.settled:
            return False
        if question == self.state.asked:
            return True  # it was looked up when it was put
        return question in self._open_questions()

    def changes_the_jobs(self, question: str) -> bool:
        """Whether a question can still change the three jobs that somebody is shown."""
        found = self.flow.question(question)
        made = self._made(found) if found else None
        if isinstance(made, Collect) and type_of(made).makes_choices and not made.choices:
            return False
        return still_matters(self.compiled, question, self.told_facts())

    def exploration(self) -> Exploration:
        """Three jobs worth a look, given what they told until now and what they passed by. Made once for the same."""
        key = (self.state.answers, self.state.noted)
        if self._explored is None or any(then is not now for then, now in zip(self._explored[0], key, strict=True)):
            self._explored = key, explore(self.compiled, self._to_explore(), on=self.today)
        return self._explored[1]

    def cards_are_left(self) -> bool:
        """Whether there are cards that were not put, because what was found so far was enough."""
        asked = (step for step in self.flow.steps if isinstance(step, Collect) and type_of(step).may_be_enough)
        return any(card.id not in self.state.answers and card.id in self.position().passed_over for card in asked)

    def _to_explore(self) -> dict[str, Value]:
        """What was told, without the jobs on the screen among those that were passed by."""
        facts, knowledge = self.told_facts(), self.compiled.content.knowledge
        name = knowledge.fact_of(FactRole.EXPLORED)
        passed = frozenset(map(str, members(facts.get(name)))) - frozenset(self.state.listed)
        facts.pop(name, None)
        facts.pop(knowledge.fact_of(FactRole.WISH), None)
        return {**facts, name: passed} if passed else facts

    def _open_questions(self) -> Undecided:
        """The questions that can still change the result. Made once for the same answers."""
        if self._undecided is None:
            self._undecided = Undecided(self.compiled, self.told_facts(), on=self.today)
        return self._undecided

    def told_facts(self) -> dict[str, Value]:
        """What they told, also in answer to a question that the flow has not come to yet."""
        known = self.compiled.content.knowledge.facts
        facts = self.noted_facts() | {
            name: one.value for name, one in self.state.answers.items() if name in known and one.value is not None
        }
        if cues := frozenset[str]().union(*(one.cues for one in self.state.answers.values())):
            facts["mentions"] = cues
        return facts

    def open_question(self) -> Question | None:
        """The question that an answer would be for: the one being changed, else the first without an answer."""
        if self.state.editing and (question := self.find_question(self.state.editing)):
            return question
        waiting = self.position().open
        return self._made(waiting.step) if waiting and isinstance(waiting.step, Question) else None

    def _made(self, question: Question) -> Question:
        """The question with its choices, where those follow from what else is known."""
        if not isinstance(question, Collect) or not type_of(question).makes_choices:
            return question
        return replace(question, choices=type_of(question).choices(question, self.told_facts(), self.compiled))

    def find_question(self, question_id: str) -> Question | None:
        """A question of the flow that is walked, of the flows that it calls, of the first flow, or of any other."""
        # The last of that name: an aside may ask in its own words what a flow that it calls has asked before.
        here = [passed.step for passed in self.position().path if passed.step.id == question_id]
        if here and isinstance(here[-1], Question):
            return self._made(here[-1])
        in_order = (self.flow, self.flows[self.state.flow], self.flows[self.first_flow], *self.flows.values())
        found = (flow.question(question_id) for flow in in_order)
        return next((self._made(question) for question in found if question), None)

    def rejections_of(self, question: Collect, value: Value) -> list[Rejection]:
        """What speaks against a value as the answer to a question, given all that is known."""
        facts = {**self.main_position().facts, **self.position().facts, question.id: value}
        return [one for one in question.rejections if holds(one.condition, facts)]

    def impersonal_answers(self) -> dict[str, Answer]:
        """What was answered to all but the questions that ask for personal data, in whatever flow."""
        steps = (step for flow in self.flows.values() for step in flow.steps)
        personal = {step.id for step in steps if isinstance(step, Collect) and step.pii}
        return {name: answer for name, answer in self.state.answers.items() if name not in personal}

    def impersonal_notes(self) -> dict[str, Answer]:
        """What was said and not asked, without how to reach somebody."""
        return {fact: answer for fact, answer in self.state.noted.items() if fact != CONTACT_WISH}

    def answered(self) -> tuple[Passed, ...]:
        return self.position().answered

    # ------------------------------------------------------------------ what is to be done
    def change(self, **changes: Unpack[Changes]) -> None:
        if "confirmation" in changes:
            changes.setdefault("picked", None)  # whatever else comes between, choosing begins anew
        if waiting := changes.get("confirmation"):
            changes["confirmation"] = replace(waiting, options=tuple(map(self._remembering, waiting.options)))
        if "answers" in changes:
            before = self.state.answers
            changes["answers"] = {
                name: answer if before.get(name) is answer else self._remembering(answer)
                for name, answer in changes["answers"].items()
            }
            self._undecided = None
            answers = changes["answers"]
            if any(answers.get(name) != answer for name, answer in self.state.answers.items()):
                changes["settled"] = frozenset()
        if "noted" in changes and changes["noted"] != self.state.noted:
            self._undecided = None
            changes.setdefault("settled", frozenset())
        # Half of what is set is so already, and a new state costs as much as a look at the flow.
        if any(getattr(self.state, name) is not value for name, value in changes.items()):
            self.state = replace(self.state, **changes)

    def _remembering(self, answer: Answer) -> Answer:
        return answer if answer.heard or not self.heard else replace(answer, heard=self.heard)

    def do(self, effect: Effect) -> None:
        self.effects.append(effect)

    def note(self, kind: Traced, name: str) -> None:
        self.trace.append(Trace(kind, name))

    def traced(self) -> tuple[Trace, ...]:
        """What was noted, and which sentences stand in what is sent."""
        sent = "\n".join(effect.message.text for effect in self.effects if isinstance(effect, Send))
        return (*self.trace, *(Trace(Traced.SAID, name) for name, text in self._worded.items() if text in sent))

    def sentence(self, sentence: Sentence, **filled: object) -> str:
        """One of the bot's own sentences, in the language of the person."""
        text = fill(self.compiled.content.sentences[sentence][self.state.language], filled)
        self._worded[sentence] = text
        return text

    def title_of(self, item_id: str) -> str:
        """What a programme, a route or a way to pay is called on a phone; a route that was shown, as it was there."""
        if item_id in self.compiled.content.knowledge.routes:
            shown = (one.item.title for one in self.advice().offers if one.item.id == item_id)
            return next(shown, self.compiled.titles[item_id])[self.state.language]
        return self.compiled.titles[item_id][self.state.language]

    def labels(self, sentence: Sentence) -> frozenset[str]:
        """A label of ours in every language, as `bare` leaves what people type: they mix them."""
        return frozenset(map(bare, self.compiled.content.sentences[sentence]))

    def say(self, sentence: Sentence, *buttons: Button, **filled: object) -> None:
        self.send(self.sentence(sentence, **filled), buttons)

    def send(self, text: str, buttons: tuple[Button, ...] = (), title: str | None = None) -> None:
        keyboard = Keyboard.INLINE if buttons else Keyboard.NONE
        self.do(Send(Message(text, title=title, buttons=buttons, keyboard=keyboard)))

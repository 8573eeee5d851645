"""A moment of a conversation, as if these answers had been given: put there at once, without saying them all."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.advice.seeker import to_value
from bot.answers import Unclear, Understood, Unknown, read, show, type_of
from bot.authoring.flow_graph import may_be_left_out
from bot.authoring.rehearsal import Rehearsal
from bot.content.flow import (
    Call,
    Collect,
    Consent,
    Flow,
    MatchStep,
    Question,
    Review,
    Step,
)
from bot.content.knowledge import FactRole
from bot.content.limits import as_mapping
from bot.content.problems import did_you_mean
from bot.content.sentence_keys import Sentence
from bot.engine import State, Turn
from bot.engine.buttons import AnswerButton
from bot.engine.events import Pressed
from bot.engine.flow.steps import go_on
from bot.engine.handlers.answer import offer_change
from bot.engine.handlers.confirmation import ASKED
from bot.engine.state import CONTACT, CONTACT_WISH, GIVEN_UP, LIMITS, About, Answer, Mode
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import ask, confirm, name_of
from bot.engine.walk import Position, holds
from bot.errors import BotError

if TYPE_CHECKING:
    from bot.content.conditions import Value

RESULTS, DONE, DECLINED = "results", "done", "done:no"
ASKS_FOR = {"wipe": About.FORGET, "restart": About.RESTART, "withdraw": About.WITHDRAW}
"""What may wait for a yes, by the name that programs know it by."""

Waiting = Mapping[str, Any]


def put(person: Rehearsal, at: str, answers: Mapping[str, Any], waiting: Waiting | None = None) -> None:
    """Put a person before a question, whether or not it would be asked now, and let the bot ask it.

    `at` is a question, or "results", "done" (the lead was filed), "done:no" (they declined contact). `answers` are
    words or codes by question; None is "does not know". What had to be answered to come so far, and is not among
    them, is filled in: with "does not know" before the result, and with a stock person behind it. Raises BotError
    for a question that does not exist.
    """
    state = State(language=person.state.language, version=person.compiled.content.version, seen=person.on)
    turn = TurnContext(person.compiled, state, person.on)
    question = _question(turn, at)
    turn.change(flow=_flow_of(turn, question), mode=Mode.RUNNING)
    noted = dict(_noted(turn, answers))
    asked = {name: given for name, given in answers.items() if not _is_noted(turn, name)}
    turn.change(answers={name: _answer(turn, name, given) for name, given in asked.items()}, noted=noted)
    _stand_before(turn, question, to_the_end=at in (RESULTS, DONE, DECLINED))
    if at == RESULTS:
        _come_to_the_results(turn)
    elif waiting:
        _let_wait(turn, question, waiting)
    else:
        ask(turn)
    if turn.main_position().has(MatchStep) and at != RESULTS:
        for offer in turn.advice().offers:
            turn.note(Traced.SHOWN, offer.item.id)
    person.show(Turn(turn.state, tuple(turn.effects), turn.traced()))
    if at in (DONE, DECLINED):
        reply = "yes" if at == DONE else "no"
        person.take(Pressed(AnswerButton(question.id, reply, person.state.revision).data))


# ------------------------------------------------------------------ where
def _question(turn: TurnContext, at: str) -> Question:
    """The question to put; for what is no question, the one behind the results or the one that leads to the end."""
    here = list(_steps(turn.flows, turn.flows[turn.first_flow]))
    behind = [step for step in here[_results_in(here) + 1 :] if isinstance(step, Question)]
    match at:
        case "results":
            return behind[0]
        case "done":
            return next(step for step in behind if isinstance(step, Review))
        case "done:no":
            return next(step for step in behind if isinstance(step, Consent) and step.purpose == CONTACT)
        case _:
            found = next((one for one in here if one.id == at and isinstance(one, Question)), turn.find_question(at))
    if found is None:
        known = [step.id for flow in turn.flows.values() for step in flow.steps if isinstance(step, Question)]
        raise BotError(f"There is no question {at!r}. {did_you_mean(at, known) or ''}".rstrip())
    return found


def _flow_of(turn: TurnContext, question: Question) -> str:
    """The flow that asks it, itself or by calling another: the intake before all others."""
    first = turn.flows[turn.first_flow]
    flows = [first, *(flow for flow in turn.flows.values() if not flow.aside)]
    return next((one.id for one in flows if question in _steps(turn.flows, one)), first.id)


def _steps(flows: Mapping[str, Flow], flow: Flow) -> Iterator[Step]:
    """The steps of a flow, with those of the flows that it calls in their place."""
    for step in flow.steps:
        if isinstance(step, Call):
            yield from _steps(flows, flows[step.flow])
        else:
            yield step


def _results_in(steps: list[Step]) -> int:
    return next((number for number, step in enumerate(steps) if isinstance(step, MatchStep)), len(steps))


def _stand_before(turn: TurnContext, question: Question, to_the_end: bool) -> None:
    """Make this the open question: by what is answered when that can be, else as one that is open again."""
    steps = list(_steps(turn.flows, turn.flow))
    number = steps.index(question) if question in steps else 0
    before = [step for step in steps[:number] if isinstance(step, Question) and step.id not in turn.state.answers]
    # What the flow asks only when that can change the result is taken as not asked.
    passed_over = {step.id for step in before if may_be_left_out(step)}
    missing = [step for step in before if step.id not in passed_over]
    turn.change(asked=question.id)
    given = turn.state.answers
    if number > _results_in(steps) or to_the_end:
        for agrees in (False, True):
            filled = {step.id: _stock(step, agrees) for step in missing}
            turn.change(answers={**given, **filled})
            turn.change(settled=frozenset(passed_over))
            if turn.open_question() == question:
                break
    else:
        turn.change(settled=frozenset(passed_over))
    if turn.open_question() != question:
        turn.change(editing=question.id)
    consents = [step for step in steps if isinstance(step, Consent)]
    agreed = {one.purpose for one in consents if (said := turn.state.answers.get(one.id)) and said.value is True}
    turn.change(consents=frozenset(agreed), revision=len(turn.state.answers))


def _stock(question: Question, agrees: bool) -> Answer:
    """What stands in for an answer that nobody gave. `agrees`: what to say to a yes or no."""
    match question:
        case Consent(purpose=purpose):
            return Answer("yes", True) if purpose == CONTACT else Answer("no", False)
        case Review():
            return Answer("yes", True)
        case Collect() if type_of(question).is_yes_or_no:
            return Answer("yes" if agrees else "no", agrees)
        case Collect() if type_of(question).takes_number:
            return Answer("0612345678", "+31612345678")
        case Collect() if type_of(question).stands_out:
            return Answer("sam@example.com", "sam@example.com")
        case Collect(pii=True):
            return Answer("Sam", "Sam")
        case _:
            return Answer("", None)


def _come_to_the_results(turn: TurnContext) -> None:
    """Show them, and put the question behind them."""
    path = turn.position().path
    number = next(number for number, passed in enumerate(path) if isinstance(passed.step, MatchStep))
    go_on(turn, Position(None, path[:number], {}, ()))


# ------------------------------------------------------------------ answers
def _is_noted(turn: TurnContext, name: str) -> bool:
    """Whether a fact is one that no question asks: what they cannot do, what they do not want."""
    return turn.compiled.content.knowledge.role_of(name) in (FactRole.LIMITS, FactRole.EXCLUDED)


def _noted(turn: TurnContext, answers: Mapping[str, Any]) -> Iterator[tuple[str, Answer]]:
    """The facts that no question asks, as they would be noted. Raises BotError for a limit that does not exist."""
    knowledge = turn.compiled.content.knowledge
    for name, given in answers.items():
        value = to_value(given, knowledge.facts.get(name)) if _is_noted(turn, name) else None
        if not isinstance(value, frozenset):
            continue
        if knowledge.role_of(name) is FactRole.EXCLUDED:
            yield name, Answer(", ".join(sorted(value)), value)
            continue
        for kind, each in as_mapping(value).items():
            if kind not in knowledge.limit_kinds:
                raise BotError(
                    f"There is no limit {kind!r}. {did_you_mean(kind, knowledge.limit_kinds) or ''}".rstrip()
                )
            yield LIMITS + kind, Answer("", each)


def _answer(turn: TurnContext, name: str, given: Any) -> Answer:
    """An answer as it would be stored; one that cannot be read is one that we gave up on."""
    if name == CONTACT_WISH:
        return Answer(str(given), str(given))
    question = turn.find_question(name)
    if question is None:
        known = [step.id for flow in turn.flows.values() for step in flow.steps if isinstance(step, Question)]
        raise BotError(f"There is no question {name!r}. {did_you_mean(name, known) or ''}".rstrip())
    match given:
        case None:
            return Answer("", None)
        case bool():
            return Answer("yes" if given else "no", given)
        case int() | float():
            return Answer(f"{given:g}", given)
        case list():
            return Answer(", ".join(map(str, given)), frozenset(map(str, given)))
        case {"words": words}:
            return _read(turn, question, str(words))
        case _:
            return _read(turn, question, _in_words(turn, question, str(given)))


def _in_words(turn: TurnContext, question: Question, given: str) -> str:
    """What a code of work is called; anything else as it is, codes of choices included."""
    if not isinstance(question, Collect) or question.vocabulary is None:
        return given
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    work = knowledge.occupations.get(given) or knowledge.sectors.get(given)
    return work.name[language] if work else given


def _read(turn: TurnContext, question: Question, text: str) -> Answer:
    kind = type_of(question) if isinstance(question, Collect) else None
    codes = {choice.value for choice in question.choices} if isinstance(question, Collect) else set()
    if kind and kind.chooses and text in codes:
        return Answer(text, frozenset({text}) if kind.is_of_several else text)
    reading = read(question, text, turn.context)
    if isinstance(reading, Unclear):
        text = reading.options[0].raw
        reading = read(question, text, turn.context)
    match reading:
        case Understood(value):
            return turn.answer(question, text, value, reading.raw)
        case Unknown():
            return Answer("", None)
        case _ if kind and kind.in_own_words:
            return turn.answer(question, text, text)
        case _:
            return Answer(GIVEN_UP, None)


# ------------------------------------------------------------------ what waits for a yes
def _let_wait(turn: TurnContext, question: Question, waiting: Waiting) -> None:
    """Ask for a yes to something, as the bot would have."""
    what = waiting.get("for")
    if isinstance(what, str) and what in ASKS_FOR:
        about = ASKS_FOR[what]
        confirm(turn, about, turn.sentence(ASKED[about]))
        return
    facts = waiting.get("facts")
    if what != "confirm" or not isinstance(facts, dict) or not facts:
        known = ", ".join(ASKS_FOR)
        raise BotError(f'What waits for a yes is {{"for": "confirm", "facts": {{...}}}}, or "for" is one of {known}.')
    if any(given is None for given in facts.values()):
        raise BotError("Nobody is asked whether they do not know: the facts that wait for a yes have a value.")
    heard = {name: _answer(turn, name, given) for name, given in facts.items()}
    if list(heard) == [question.id]:
        _play_back(turn, question, heard[question.id])
    elif len(heard) == 1 and heard.keys() <= turn.state.answers.keys():
        (name,) = heard
        changed, value = turn.find_question(name), heard[name].value
        assert isinstance(changed, Collect | Consent | Review), "it was found when it was read"
        assert value is not None, "nobody is asked whether they do not know"
        offer_change(turn, changed, heard[name].raw, Understood(value))
    else:
        _play_back_beside(turn, question, heard)


def _play_back(turn: TurnContext, question: Question, answer: Answer) -> None:
    said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=_shown(turn, question, answer))
    if isinstance(question, Collect) and answer.value is not None:
        facts: dict[str, Value] = {**turn.position().facts, question.id: answer.value}
        against = [one for one in question.rejections if holds(one.condition, facts)]
        said = against[0].text[turn.state.language] if against else said
    confirm(turn, About.UNDERSTOOD, said, question.id, (answer,))


def _play_back_beside(turn: TurnContext, question: Question, heard: Mapping[str, Answer]) -> None:
    """What was said beside the answer before this question, which is not put until that is settled."""
    taken = next((passed.step.id for passed in reversed(turn.answered())), question.id)
    lines = []
    for name, answer in heard.items():
        about = turn.find_question(name)
        assert about is not None, "it was found when it was read"
        lines.append(f"{name_of(turn, about)}: {_shown(turn, about, answer)}")
    said = turn.sentence(Sentence.OVERHEARD, answers="\n".join(lines))
    confirm(turn, About.OVERHEARD, said, taken, tuple(heard.values()), tuple(heard))
    turn.state = replace(turn.state, asked=taken)


def _shown(turn: TurnContext, question: Question, answer: Answer) -> str:
    if isinstance(question, Review):
        return answer.raw
    return show(question, answer.value, turn.compiled, turn.state.language)

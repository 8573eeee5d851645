"""The lead that a flow files: who asks for help, what they said, and what was shown."""

from collections.abc import Mapping
from typing import Any

from bot.advice import advise, reject
from bot.answers import type_of
from bot.content.conditions import Value
from bot.content.flow import Collect, Consent, MatchStep, Submit
from bot.content.knowledge import FactRole
from bot.eligibility import OPEN_SETS
from bot.engine.effects import LeadDraft
from bot.engine.state import CHAT_LANGUAGE, CONTACT, CONTACT_WISH, LIMITS, State
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import explored_facts


def draft(turn: TurnContext, complete: bool = True) -> LeadDraft:
    """Everything that stands on the path now. Personal data is in it only when they agreed to be contacted."""
    state, position, main = turn.state, turn.position(), turn.main_position()
    answered = [one.step for one in (*main.answered, *position.answered)]
    questions = {step.id: step for step in answered if isinstance(step, Collect)}
    consents = {step.id for step in answered if isinstance(step, Consent)}
    personal = {name for name, question in questions.items() if question.pii}
    not_told = consents | personal | {CHAT_LANGUAGE}  # a lead has its language by itself
    known = {fact: value for fact, value in position.facts.items() if fact not in not_told}
    facts = {fact: value for fact, value in known.items() if fact not in OPEN_SETS}  # they follow from what was said
    facts |= explored_facts(turn)
    flow = turn.flows[state.flow]
    waiting = position.open
    return LeadDraft(
        flow=flow.id,
        flow_version=flow.version,
        language=state.language,
        source=state.source,
        facts=facts,
        said={name: state.answers[name].raw for name in questions if name in facts} | _said_of_limits(turn),
        contact=_contact(questions, position.facts, state) if CONTACT in state.consents else {},
        consents=state.consents,
        # Advisers read it, and they read Dutch, whatever the language of the conversation was.
        advice=_shown(turn, known) if main.has(MatchStep) else None,
        columns={name: one.export.column for name, one in questions.items() if one.export},
        complete=complete,
        noted={
            fact: (one.raw, one.value)
            for fact, one in state.noted.items()
            if fact != CONTACT_WISH and fact not in facts and not fact.startswith(LIMITS)
        },
        reached=waiting.step.id if waiting and isinstance(waiting.step, Collect | Consent) else None,
    )


def _said_of_limits(turn: TurnContext) -> dict[str, str]:
    """Their own words for what they cannot do or need, under the fact that holds all of it."""
    said = [one.raw for fact, one in turn.state.noted.items() if fact.startswith(LIMITS) and one.raw]
    name = turn.compiled.content.knowledge.fact_of(FactRole.LIMITS)
    return {name: "; ".join(dict.fromkeys(said))} if said else {}


def _shown(turn: TurnContext, known: Mapping[str, Value]) -> dict[str, Any]:
    advice = advise(turn.compiled, known, on=turn.today)
    return advice.in_short(reject(turn.compiled, advice, nearly=True), "nl")


def _contact(questions: Mapping[str, Collect], facts: Mapping[str, Value], state: State) -> dict[str, str]:
    """The personal answers by what they are: a name, a phone number, an e-mail address.

    `wish` is how or when they want to be reached.
    """
    found: dict[str, str] = {}
    for name, question in questions.items():
        if question.pii and name in facts:
            said = str(facts[name])
            found[type_of(question).contact_kind(question, said)] = said
    if found and (wish := state.noted.get(CONTACT_WISH)):
        found["wish"] = wish.raw
    return found


def unfinished(turn: TurnContext) -> LeadDraft | None:
    """The lead of someone who stops half-way, agreed to be contacted and said how; None of anybody else."""
    position = turn.main_position()
    if CONTACT not in turn.state.consents or turn.position().open is None or position.has(Submit):
        return None
    so_far = draft(turn, complete=False)
    return so_far if so_far.contact else None

"""Can everyone get through a flow, and is each thing known by the time that it is looked at?"""

from collections.abc import Container, Iterable, Iterator, Mapping

from bot.authoring.answer_classes import classes
from bot.authoring.flow_graph import conditions_in
from bot.authoring.paths import Place, Routes, Seen
from bot.authoring.texts import REFERENCE, filled_in
from bot.content.conditions import UNREAD, Condition, facts_of
from bot.content.flow import AskWhen, Call, Collect, Consent, Flow, Jobs, MatchStep, Set, Step, Submit
from bot.content.flow_schema import called_from
from bot.content.problems import Location, Problem, Severity, did_you_mean
from bot.eligibility import Truth, judge
from bot.engine.state import CONTACT
from bot.text import say_list

WARNING = Severity.WARNING
ON_EVERY_WAY = frozenset({"F013", "F016", "F018", "F019", "F021"})
"""What is said of what was asked before, on every way."""


def problems_of(
    flows: Mapping[str, Flow], told: frozenset[str] = frozenset(), unread: Container[str] = ()
) -> Iterator[Problem]:
    """Every flow by itself, together with the flows that it calls.

    `told`: facts that follow from what is said in passing. `unread`: flows of which some way could not be read. Nobody
    can say who comes where in them.
    """
    called = {step.flow for flow in flows.values() for step in flow.steps if isinstance(step, Call)}
    for flow in flows.values():
        if any(name in unread or name not in flows for name in called_from(flow.id, flows)):
            continue
        routes = Routes(flows, flow.id, told)
        if not routes.complete:
            hint = "Split it, or look at fewer facts in its conditions."
            yield Problem(flow.at, "this flow has too many ways through to look at all of them", hint, "F029", WARNING)
            continue
        # Where a condition cannot be read, nobody knows what was asked on every way.
        unsure = any(UNREAD.fact in facts_of(one) for step in routes.steps.values() for one in conditions_in(step))
        yield from _passage(routes)
        for (flow_id, _), step in routes.steps.items():
            if flow_id == flow.id:
                yield from (one for one in _step(routes, step, flow) if not (unsure and one.code in ON_EVERY_WAY))
        if flow.id not in called:
            yield from (one for one in _personal(routes) if not (unsure and one.code in ON_EVERY_WAY))


def _passage(routes: Routes) -> Iterator[Problem]:
    """Steps that nobody reaches, and places that nobody leaves."""
    flow = routes.flow
    circle = routes.silent_circle()
    for step in flow.steps if circle is None else ():  # nobody comes behind a circle: it is said of that
        if (flow.id, step.id) not in routes.seen:
            hint = "Let a step lead to it, or remove it."
            yield Problem(step.at, f"nobody ever reaches the step {step.id!r}", hint, "F010")
    if circle is not None:
        hint = "Put a question in the circle, or let it lead to an end."
        message = f"{circle.id!r} goes round in a circle, and nothing is asked in it"
        yield Problem(circle.at, message, hint, "F012", within=("next",))
    stuck = [place for place in routes.without_end() if place.frames]
    if stuck and circle is None:
        step = routes.at(min(stuck, key=lambda place: place.frames).frames)
        hint = "Let a step behind it lead to an 'end'."
        yield Problem(step.at, f"from {step.id!r} no answer leads to an end", hint, "F011")


# ------------------------------------------------------------------ one step
def _step(routes: Routes, step: Step, flow: Flow) -> Iterator[Problem]:
    seen = routes.seen.get((flow.id, step.id))
    if seen is None:
        return
    if step.condition is not None:
        yield from _condition(routes, seen, step.condition, seen.outcomes, step.at)
    for number, branch in enumerate(step.next):
        if branch.condition is not None and number in seen.branches:
            yield from _condition(routes, seen, branch.condition, seen.branches[number], branch.at, step)
    if len(step.next) > 1:
        yield from _not_exhaustive(routes, seen)
    for name in sorted(filled_in(step)):
        yield from _filled(routes, seen, name)


def _condition(
    routes: Routes, seen: Seen, condition: Condition, outcomes: set[bool], at: Location, asks: Step | None = None
) -> Iterator[Problem]:
    """`asks`: the question itself, for a branch behind it."""
    own = {asks.fact if isinstance(asks, Set) else asks.id} if asks else set[str]()
    facts = sorted(facts_of(condition) - routes.foreign - own)
    never = [fact for fact in facts if not any(fact in place.asked for place in seen.places)]
    for fact in never:
        later = fact in routes.asked
        hint = "It is asked only after this: move one of the two." if later else did_you_mean(fact, routes.asked)
        message = f"{fact!r} is never known here: no question before this one asks it"
        yield Problem(at, message, hint, "F017", within=("if", fact))
    if never:
        return
    for fact in facts:
        if _asked_later(routes, seen, fact):
            hint = f"Move the question {fact!r} up, or this step down."
            message = f"on some way {fact!r} is asked only after this"
            yield Problem(at, message, hint, "F016", WARNING, within=("if", fact))
    if outcomes == {True}:
        hint = "Leave it out, or correct it."
        yield Problem(at, "this condition always holds", hint, "F014", WARNING, within=("if",))
    elif outcomes == {False}:
        hint = "Correct it, or remove what it leads to."
        yield Problem(at, "this condition never holds", hint, "F015", WARNING, within=("if",))


def _asked_later(routes: Routes, seen: Seen, fact: str) -> bool:
    """Whether some way comes here without `fact`, and to its question afterwards."""
    waiting = [place for place in seen.places if fact not in place.asked]
    met = set(waiting)
    while waiting:
        for each in routes.edges[waiting.pop()]:
            if each in met or not each.frames:
                continue
            step = routes.at(each.frames)
            if step.id == fact and isinstance(step, Collect | Consent):
                return True
            met.add(each)
            waiting.append(each)
    return False


def _not_exhaustive(routes: Routes, seen: Seen) -> Iterator[Problem]:
    """Branches that look like a choice for every answer, and are not."""
    step = seen.step
    about = [facts_of(branch.condition) for branch in step.next if branch.condition is not None]
    if len(about) < len(step.next) or not seen.fell_through or any(one != about[0] or len(one) != 1 for one in about):
        return
    (fact,) = about[0]
    question = next(
        (one for one in routes.steps.values() if one.id == fact and isinstance(one, Collect | Consent)), None
    )
    if question is None:
        return
    conditions = [branch.condition for branch in step.next if branch.condition is not None]
    left = [
        str(value)
        for value in classes(question, routes.named.get(fact, frozenset()))
        if not any(judge(condition, {fact: value}) is Truth.YES for condition in conditions)
    ]
    if any(fact not in place.facts for place in seen.fell_through):
        left.append("not known")
    if left:
        hint = "Add a branch for it, or {else: ...}."
        what = say_list(left[:5], "en", "or")
        message = f"no branch of {step.id!r} is for {fact!r} that is {what}"
        yield Problem(step.at, message, hint, "F013", WARNING, within=("next",))


def _filled(routes: Routes, seen: Seen, name: str) -> Iterator[Problem]:
    step = seen.step
    if name == REFERENCE:
        if not isinstance(step, Submit) and not any(isinstance(one, Submit) for one in routes.steps.values()):
            hint = "Only a flow with a 'submit' has one."
            yield Problem(step.at, "{reference} is not known here: nothing was filed", hint, "F023")
        return
    questions = {one.id for one in routes.steps.values() if isinstance(one, Collect)}
    if name in routes.foreign:
        return
    if name not in questions:
        known = questions | ({REFERENCE} if any(isinstance(one, Submit) for one in routes.steps.values()) else set())
        hint = did_you_mean(name, known) or "Between braces stands the name of a question, or reference."
        yield Problem(step.at, f"nothing fills in {{{name}}}", hint, "F020", within=("text",))
    elif any(name not in place.asked for place in seen.places):
        hint = "Say it with an 'if', or ask that question on every way."
        yield Problem(step.at, f"on some way {{{name}}} was not asked yet", hint, "F021", within=("text",))


# ------------------------------------------------------------------ personal data
def _personal(routes: Routes) -> Iterator[Problem]:
    """Personal data before a yes, a lead without one, and data that nobody gets."""
    purposes = {step.id: step.purpose for step in routes.steps.values() if isinstance(step, Consent)}
    for seen in routes.seen.values():
        step = seen.step
        if isinstance(step, Collect) and step.pii and not all(_agreed(place, purposes) for place in seen.places):
            hint = "Ask for a consent first, and lead who says no around this question."
            message = f"{step.id!r} is personal, and on some way nobody agreed to it before"
            yield Problem(step.at, message, hint, "F018")
        elif isinstance(step, Submit):
            contact = [consent for consent, purpose in purposes.items() if purpose == CONTACT]
            if not all(_agreed(place, contact) for place in seen.places):
                hint = "Lead who said no to 'contact' around it."
                message = f"{step.id!r} files a lead, and on some way nobody agreed to be contacted"
                yield Problem(step.at, message, hint, "F019", WARNING)
    files = any(isinstance(seen.step, Submit) for seen in routes.seen.values())
    shows = any(isinstance(seen.step, MatchStep | Jobs) for seen in routes.seen.values())
    for seen in routes.seen.values():
        step = seen.step
        if isinstance(step, Collect) and step.pii and not files:
            hint = "Put a 'submit' behind it, or do not ask it."
            yield Problem(step.at, f"{step.id!r} is personal, and is exported by nothing", hint, "F045")
        if isinstance(step, Collect) and step.ask_when is AskWhen.IT_CAN_CHANGE_THE_RESULT and not shows:
            hint = "Put a 'match' in the flow, or leave 'ask_when' out."
            yield Problem(step.at, f"{step.id!r} waits for a result that never comes", hint, "F046", WARNING)


def _agreed(place: Place, consents: Iterable[str]) -> bool:
    return any(place.facts.get(consent) is True for consent in consents)

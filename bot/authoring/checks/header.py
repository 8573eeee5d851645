"""The head of each flow, and what flows have between them: commands, columns, names that moved."""

from collections.abc import Iterator, Mapping, Sequence

from bot.authoring.flow_graph import steps_of
from bot.content.country import Country
from bot.content.flow import Call, Collect, Consent, Flow, FlowRole, Submit
from bot.content.language import Language
from bot.content.problems import Problem, Severity, did_you_mean
from bot.engine.commands.registry import command_names
from bot.matching import fold

WARNING = Severity.WARNING
LONGEST_COMMAND = 32  # characters: Telegram's limit


OPENED_BY_COMMAND = frozenset({FlowRole.HUMAN, FlowRole.EXPLORE})
"""Flows that the command of the same name opens."""


def problems_of(flows: Mapping[str, Flow], country: Country, spoken: Language) -> Iterator[Problem]:
    first = country.first_flow
    if flows and first not in flows:
        any_flow = next(iter(flows.values()))
        yield Problem(
            any_flow.at,
            f"there is no flow {first!r}",
            "Everyone begins in it who follows no link.",
            "F066",
            lacks=first,
        )
    for flow in flows.values():
        yield from _times(flow)
        yield from _renames(flow)
        yield from _languages(flow, country.languages)
        yield from _columns(flows, flow)
        yield from _capacity(flow, flows, first)
    yield from _commands(flows, command_names(spoken))
    yield from _roles(flows)


def _roles(flows: Mapping[str, Flow]) -> Iterator[Problem]:
    first: dict[FlowRole, Flow] = {}
    for flow in flows.values():
        if flow.role and first.setdefault(flow.role, flow) is not flow:
            message = f"the role '{flow.role}' is taken by the flow {first[flow.role].id!r}"
            yield Problem(
                flow.at, message, "One flow has it: the bot opens that one by itself.", "F067", within=("role",)
            )


def _capacity(flow: Flow, flows: Mapping[str, Flow], first: str) -> Iterator[Problem]:
    """A place is a lead of the flow: where none is filed under its name, nothing is counted."""
    if flow.capacity is None:
        return
    if not any(isinstance(step, Submit) for step in steps_of(flows, flow.id).values()):
        message, hint = "this flow has places, and files nothing", "A place is taken by a 'submit': add one."
    elif flow.aside:
        message, hint = "an aside has no places: what it files is of the flow beside it", "Leave out 'capacity'."
    elif flow.id == first:
        message, hint = "everyone begins in this flow: it cannot be full", "Make a flow of what has places."
    else:
        return
    yield Problem(flow.at, message, hint, "F071", within=("capacity",))


def _times(flow: Flow) -> Iterator[Problem]:
    for after in flow.remind_after:
        if after >= flow.expire_after:
            message = f"a reminder after {_span(after.total_seconds())} comes when the conversation is over"
            hint = f"It is over after {_span(flow.expire_after.total_seconds())}: 'expire_after'."
            yield Problem(flow.at, message, hint, "F058", within=("remind_after",))
    if list(flow.remind_after) != sorted(set(flow.remind_after)):
        hint = "Each counts from the last answer: write them from short to long."
        message = "the reminders are not in their order"
        yield Problem(flow.at, message, hint, "F059", WARNING, within=("remind_after",))


def _span(seconds: float) -> str:
    days = seconds / 86400
    return f"{days:g} days" if days >= 1 else f"{seconds / 3600:g} hours"


def _renames(flow: Flow) -> Iterator[Problem]:
    names = {step.id for step in flow.steps if isinstance(step, Collect | Consent)}
    for old, new in flow.renames.items():
        if new not in names:
            message = f"{old!r} is renamed to {new!r}, which is no question"
            hint = did_you_mean(new, names)
            yield Problem(flow.at, message, hint, "F060", within=("renames", old), lacks=new)
        if old in names:
            hint = "An answer cannot belong to both: take the old name out of 'renames'."
            message = f"{old!r} is renamed, and is still a question"
            yield Problem(flow.at, message, hint, "F060", within=("renames", old))


def _languages(flow: Flow, spoken: Sequence[str]) -> Iterator[Problem]:
    for language in flow.languages:
        if language not in spoken:
            message, hint = f"the bot does not speak {language!r}", f"It speaks {', '.join(spoken)}."
            yield Problem(flow.at, message, hint, "F062", within=("languages", language))


def _columns(flows: Mapping[str, Flow], flow: Flow) -> Iterator[Problem]:
    """Two questions in one column of an export: the one hides the other."""
    if any(isinstance(step, Call) and step.flow == flow.id for each in flows.values() for step in each.steps):
        return
    taken: dict[str, str] = {}
    steps = steps_of(flows, flow.id).values()
    if not any(isinstance(step, Submit) for step in steps):
        return
    for step in steps:
        if isinstance(step, Collect) and taken.setdefault(step.column, step.id) != step.id:
            message = f"the column {step.column!r} is taken by the question {taken[step.column]!r}"
            yield Problem(step.at, message, "Give it another: export: {column: ...}", "F063", within=("export",))


def _commands(flows: Mapping[str, Flow], names: Mapping[str, str]) -> Iterator[Problem]:
    taken: dict[str, Flow] = {}
    for flow in flows.values():
        for written in flow.opening_words:
            word, within = fold(written), ("opens_with", written)
            if (word in names and flow.role not in OPENED_BY_COMMAND) or word == "start":
                message, hint = f"/{word} is a command already", "Open the flow with another word."
                yield Problem(flow.at, message, hint, "F061", within=within)
            elif taken.setdefault(word, flow) is not flow:
                message = f"/{word} opens the flow {taken[word].id!r} already"
                yield Problem(flow.at, message, "Open the flow with another word.", "F061", within=within)
            if not word.replace("_", "").isalnum() or len(word) > LONGEST_COMMAND:
                message = f"/{word} cannot be typed as a command"
                hint = f"Telegram takes letters, figures and _, at most {LONGEST_COMMAND}."
                yield Problem(flow.at, message, hint, "F064", within=within)

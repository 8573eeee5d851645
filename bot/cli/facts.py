"""Facts of people as commands take them: JSON in a file, or on each line of one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.compiled import Compiled
    from bot.content.conditions import Value
    from bot.content.knowledge import FactDefinition, Knowledge

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])


def compiled_content() -> Compiled:
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings

    return open_compiled(Settings.read())


def day_of(on: datetime | None, compiled: Compiled) -> date:
    from bot.cli.wiring import now

    return on.date() if on else compiled.content.country.calendar.day(now())


def text_of(path: Path) -> str:
    with click.open_file(str(path), encoding="utf-8") as file:
        return str(file.read())


def people_in(text: str, compiled: Compiled) -> list[dict[str, Any]]:
    """The facts on each line that is not empty. Raises BotError with every wrong line, before anything is matched."""
    people, wrong = [], []
    # Only "\n" ends a line: a story may hold U+2028, which `splitlines` takes for one.
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.strip():
                people.append(facts_in(line, compiled))
        except BotError as error:
            wrong += [f"line {number}: {one}" for one in str(error).split("\n")]
    if wrong:
        raise BotError("\n".join(wrong))
    return people


def facts_in(text: str, compiled: Compiled) -> dict[str, Any]:
    """The answers in a JSON object. Raises BotError with a line for each that cannot be."""
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise BotError(f"The answers are no JSON: {error}") from None
    if not isinstance(facts, dict):
        raise BotError('The answers are no JSON object. Write {"age": 34, "place": "Utrecht"}.')
    knowledge = compiled.content.knowledge
    if wrong := [trouble for name, answer in facts.items() if (trouble := _wrong(name, answer, knowledge))]:
        raise BotError("\n".join(wrong))
    return facts


def _wrong(name: str, answer: Any, knowledge: Knowledge) -> str | None:
    """Why this is no answer, in a line; None when it is one, or is empty: that is unknown."""
    from bot.advice.seeker import to_value
    from bot.content.problems import did_you_mean

    definition = knowledge.facts.get(name)
    if definition is None:
        return f"There is no fact {name!r}. {did_you_mean(name, knowledge.facts) or ''}".strip()
    if answer in (None, "", [], {}):
        return None
    value = to_value(answer, definition)
    if value is None:
        return f"{name}: {answer!r} is {_asked(definition)}."
    unknown, known = _unknown_names(value, definition, knowledge)
    return f"{name}: there is no {unknown!r}. {did_you_mean(unknown, known) or ''}".strip() if unknown else None


def _unknown_names(value: Value, definition: FactDefinition, knowledge: Knowledge) -> tuple[str | None, list[str]]:
    """The first limit, occupation or sector in a value that does not exist, and those that do."""
    from bot.content.conditions import members
    from bot.content.knowledge import FactRole
    from bot.content.limits import as_mapping

    said = sorted(map(str, members(value)))
    match definition.role:
        case FactRole.LIMITS:
            said, known = list(as_mapping(said)), list(knowledge.limit_kinds)
        case FactRole.EXCLUDED:
            known = [*knowledge.occupations, *knowledge.sectors]
        case _:
            return None, []
    return next((one for one in said if one not in known), None), known


def _asked(definition: FactDefinition) -> str:
    """What an answer to this question is not."""
    from bot.content.knowledge import FactKind, FactRole

    if definition.role is FactRole.LIMITS:
        return 'no mapping of limits, such as {"lifting": true, "travel": 30}'
    match definition.kind:
        case FactKind.INTEGER:
            return "no whole number"
        case FactKind.AMOUNT:
            return "no amount in euros"
        case FactKind.YES_NO:
            return "not true or false"
        case FactKind.CHOICE:
            return f"none of {', '.join(definition.values)}"
        case FactKind.SOME_OF:
            return f"no list of {', '.join(definition.values)}"
        case FactKind.DERIVED_SET:
            return "no list of words"
        case FactKind.TEXT | FactKind.PLACE | FactKind.DERIVED_TEXT:
            return "no text"

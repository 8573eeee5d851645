"""`overstap match` and `overstap explain`: what fits a person, and the whole reasoning about one item."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.advice import Advice
    from bot.compiled import Compiled
    from bot.content.conditions import Value
    from bot.content.knowledge import FactDefinition, Knowledge

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option("--answers", type=FILE, help='A JSON object of facts: {"age": 34, "place": "Utrecht", ...}.')
@click.option("--batch", type=FILE, help="One object of facts a line; one result a line comes out, in order.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def match(answers: Path | None, batch: Path | None, on: datetime | None, lang: str, as_json: bool) -> None:
    """What fits a person, and why: programmes, money and a plan."""
    from bot.advice import advise, reject

    compiled = _compiled()
    day = _day(on, compiled)
    if batch is not None:
        for facts in _people(_text(batch), compiled):
            advice = advise(compiled, facts, on=day)
            click.echo(json.dumps(advice.to_json(reject(compiled, advice), lang), ensure_ascii=False))
        return
    advice = advise(compiled, _facts(_text(answers) if answers else "{}", compiled), on=day)
    if as_json:
        click.echo(json.dumps(advice.to_json(reject(compiled, advice), lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(advice, lang)))


@click.command()
@click.option("--answers", type=FILE, required=True, help="A JSON object of facts.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@click.argument("item")
def explain(answers: Path, on: datetime | None, lang: str, item: str) -> None:
    """The whole reasoning about one programme or scheme, as a tree."""
    from bot.advice import explain as explained

    compiled = _compiled()
    for line in explained(compiled, _facts(_text(answers), compiled), item, on=_day(on, compiled)).lines(lang):
        click.echo(line)


def _compiled() -> Compiled:
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings

    return open_compiled(Settings.read())


def _day(on: datetime | None, compiled: Compiled) -> date:
    from bot.cli.wiring import now

    return on.date() if on else compiled.content.country.calendar.day(now())


def _text(path: Path) -> str:
    with click.open_file(str(path), encoding="utf-8") as file:
        return str(file.read())


def _people(text: str, compiled: Compiled) -> list[dict[str, Any]]:
    """The facts on each line that is not empty. Raises BotError with every wrong line, before anything is matched."""
    people, wrong = [], []
    # Only "\n" ends a line: a story may hold U+2028, which `splitlines` takes for one.
    for number, line in enumerate(text.split("\n"), 1):
        try:
            if line.strip():
                people.append(_facts(line, compiled))
        except BotError as error:
            wrong += [f"line {number}: {one}" for one in str(error).split("\n")]
    if wrong:
        raise BotError("\n".join(wrong))
    return people


def _facts(text: str, compiled: Compiled) -> dict[str, Any]:
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


def _lines(advice: Advice, language: str) -> list[str]:
    """For people in a terminal: what the chat shows, and the money."""
    from bot.advice.model import kind_of

    lines = [f"understood: {json.dumps(advice.understood, ensure_ascii=False)}", ""]
    if advice.nothing_fits:
        lines.append("No programme fits.")
    for number, offer in enumerate(advice.offers, 1):
        item, verdict = offer.item, f"{offer.verdict}, {offer.score:.2f}"
        lines.append(f"{number}. {item.title[language]} ({item.id}, {kind_of(item)}): {verdict}")
        lines += [f"   {reason.text[language]} [{reason.outcome}]" for reason in offer.reasons]
        lines.append(f"   > {offer.plan.first_step[language]}")
        lines += [f"   ? {question[language]}" for question in offer.plan.ask]
        lines += [f"   $ {step.text[language]}" for step in offer.plan.money]
        lines += [f"   = {offer.plan.own_costs.text[language]}", ""]
    lines += [f"{money.status:13} {money.subsidy.id}" for money in advice.money]
    return lines

"""`overstap match` and `overstap explain`: what fits a person, and the whole reasoning about one item."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from bot.advice import Advice
    from bot.library import Library

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
DAY = click.DateTime(formats=["%Y-%m-%d"])
LANGUAGE = click.Choice(["nl", "en"])


@click.command()
@click.option("--answers", type=FILE, help='A JSON object of facts: {"age": 34, "place": "Utrecht", ...}.')
@click.option("--batch", type=FILE, help="One object of facts a line; one result a line comes out, in order.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", type=LANGUAGE, default="nl", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def match(answers: Path | None, batch: Path | None, on: datetime | None, lang: str, as_json: bool) -> None:
    """What fits a person, and why: programmes, money and a plan."""
    from bot.advice import advise

    day, library = _day(on), _library()
    if batch is not None:
        # Only "\n" ends a line: a story may hold U+2028, which `splitlines` takes for one.
        for line in _text(batch).split("\n"):
            if line.strip():
                advice = advise(library, _facts(line, library), on=day)
                click.echo(json.dumps(advice.to_json(lang), ensure_ascii=False))
        return
    advice = advise(library, _facts(_text(answers) if answers else "{}", library), on=day)
    if as_json:
        click.echo(json.dumps(advice.to_json(lang), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(advice, lang)))


@click.command()
@click.option("--answers", type=FILE, required=True, help="A JSON object of facts.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", type=LANGUAGE, default="nl", show_default=True)
@click.argument("item")
def explain(answers: Path, on: datetime | None, lang: str, item: str) -> None:
    """The whole reasoning about one programme or scheme, as a tree."""
    from bot.advice import explain as explained

    library = _library()
    for line in explained(library, _facts(_text(answers), library), item, on=_day(on)).lines(lang):
        click.echo(line)


def _library() -> Library:
    from bot.cli.assembly import open_library
    from bot.settings import Settings

    return open_library(Settings.read())


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()


def _text(path: Path) -> str:
    with click.open_file(str(path), encoding="utf-8") as file:
        return str(file.read())


def _facts(text: str, library: Library) -> dict[str, Any]:
    """The answers in a JSON object; what cannot be used is said on stderr."""
    from bot.advice.person import to_value
    from bot.content.problems import did_you_mean

    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise BotError(f"The answers are no JSON: {error}") from None
    if not isinstance(facts, dict):
        raise BotError('The answers are no JSON object. Write {"age": 34, "place": "Utrecht"}.')
    definitions = library.content.knowledge.facts
    for name, answer in facts.items():
        if name not in definitions:
            click.echo(f"{name!r} is no fact. {did_you_mean(name, definitions) or ''}".strip(), err=True)
        elif answer is not None and to_value(answer, definitions[name]) is None:
            click.echo(f"{answer!r} is no answer to {name!r}: taken as unknown.", err=True)
    return facts


def _lines(advice: Advice, language: str) -> list[str]:
    """For people in a terminal: what the chat shows, and the money."""
    lines = [f"understood: {json.dumps(dict(advice.understood), ensure_ascii=False)}", ""]
    if advice.nothing_fits:
        lines.append("No programme fits.")
    for number, offer in enumerate(advice.offers, 1):
        programme = offer.programme
        lines.append(
            f"{number}. {programme.name} ({programme.id}, {programme.kind}): {offer.verdict}, {offer.score:.2f}"
        )
        lines += [f"   {reason.text[language]} [{reason.outcome}]" for reason in offer.reasons]
        lines.append(f"   > {offer.plan.first_step[language]}")
        lines += [f"   ? {question[language]}" for question in offer.plan.ask]
        lines += [f"   $ {step.text[language]}" for step in offer.plan.money]
        lines += [f"   = {offer.plan.own_costs.text[language]}", ""]
    lines += [f"{money.status:13} {money.subsidy.id}" for money in advice.money]
    return lines

"""`overstap match` and `overstap explain`: what fits a person, and the whole reasoning about one item."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from bot.cli.facts import DAY, FILE, compiled_content, day_of, facts_in, people_in, text_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.advice import Advice


@click.command()
@click.option("--answers", type=FILE, help='A JSON object of facts: {"age": 34, "place": "Utrecht", ...}.')
@click.option("--batch", type=FILE, help="One object of facts a line; one result a line comes out, in order.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def match(answers: Path | None, batch: Path | None, on: datetime | None, lang: str, as_json: bool) -> None:
    """What fits a person, and why: programmes, money and a plan."""
    from bot.advice import advise, reject

    compiled = compiled_content()
    day = day_of(on, compiled)
    if batch is not None:
        for facts in people_in(text_of(batch), compiled):
            advice = advise(compiled, facts, on=day)
            click.echo(json.dumps(advice.to_json(reject(compiled, advice), lang), ensure_ascii=False))
        return
    advice = advise(compiled, facts_in(text_of(answers) if answers else "{}", compiled), on=day)
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

    compiled = compiled_content()
    for line in explained(compiled, facts_in(text_of(answers), compiled), item, on=day_of(on, compiled)).lines(lang):
        click.echo(line)


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

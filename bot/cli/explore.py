"""`overstap explore`: work that is worth a look for who does not know what they want."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from bot.cli.facts import DAY, FILE, compiled_content, day_of, facts_in, people_in, text_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from bot.compiled import Compiled
    from bot.content.conditions import Value

MOST = 5


@click.command()
@click.option("--answers", type=FILE, help='A JSON object of facts: {"likes_repairing": "like", "current_job": "kok"}.')
@click.option("--batch", type=FILE, help="One object of facts a line; one result a line comes out, in order.")
@click.option("--on", type=DAY, help="As it is on this day (default: today).")
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def explore(answers: Path | None, batch: Path | None, on: datetime | None, lang: str, as_json: bool) -> None:
    """Three jobs worth a look, and two more: by what somebody likes, can, cannot, and may reach."""
    compiled = compiled_content()
    day = day_of(on, compiled)
    if batch is not None:
        for facts in people_in(text_of(batch), compiled):
            click.echo(json.dumps(explored(compiled, facts, day, lang), ensure_ascii=False))
        return
    found = explored(compiled, facts_in(text_of(answers) if answers else "{}", compiled), day, lang)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else "\n".join(_lines(found)))


def explored(compiled: Compiled, facts: dict[str, Value], on: date, language: str) -> dict[str, Any]:
    """What `overstap explore --json` prints: `jobs`, best first; the chat shows the first three."""
    from bot.advice.exploring.chart import STEPS, interests_chart
    from bot.advice.exploring.explore import SHOWN, explore
    from bot.advice.exploring.why import in_words

    exploring = compiled.content.knowledge.exploring
    exploration = explore(compiled, facts, on=on, most=MOST)
    jobs = []
    for place, found in enumerate(exploration.found):
        words, occupation, way = in_words(found, exploration.wanderer, exploring), found.job.occupation, found.way
        said = {name: text[language] for name in SAID if (text := getattr(words, name)) is not None}
        jobs.append(
            {
                "occupation": occupation.id,
                "isco": occupation.isco,
                "name": words.name[language],
                "sectors": list(occupation.sectors),
                "shown": place < SHOWN,
                "score": round(found.job.score, 3),
                **said,
                "route": way.fit.profile.item.id if way else None,
                "direct": way.is_direct if way else None,
            }
        )
    chart = interests_chart(exploration.wanderer.likes, exploring, language)
    return {
        "jobs": jobs,
        "likes": [{"what": bar.label, "steps": bar.steps, "of": STEPS, "said": bar.said} for bar in chart],
        "skills": list(exploration.wanderer.background.skills),
    }


SAID = ("why", "day", "needs", "way", "mind", "prospect")


def _lines(found: dict[str, Any]) -> list[str]:
    lines = []
    for number, job in enumerate(found["jobs"], start=1):
        lines += [f"{number}. {job['name']}", *(f"   {job[name]}" for name in SAID if name in job)]
    return lines or ["-"]

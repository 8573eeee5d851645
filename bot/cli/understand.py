"""`overstap understand`: what the bot makes of a message, or of a free text about work or a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.compiled import Compiled

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)


@click.command()
@click.argument("kind", type=click.Choice(["message", "current_job", "desired_work", "place"]))
@click.argument("text", required=False)
@click.option("--batch", type=FILE, help="One text a line; one JSON a line comes out, in order.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--asked", help="Of a message: the question that was open. Without it: the first one.")
def understand(kind: str, text: str | None, batch: Path | None, as_json: bool, asked: str | None) -> None:
    """What the bot makes of a message (its parts, why, and the acts), or of a job, a wish or a place."""
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings

    if (text is None) == (batch is None):
        raise click.UsageError("Give a text, or --batch with a file.")
    compiled = open_compiled(Settings.read())
    if batch is not None:
        with click.open_file(str(batch), encoding="utf-8") as lines:
            for line in lines:
                click.echo(json.dumps(_understood(compiled, kind, line.rstrip("\n"), asked), ensure_ascii=False))
        return
    found = _understood(compiled, kind, text or "", asked)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        if name in ("parts", "acts"):
            click.echo(f"{name}:")
            for one in value:
                click.echo("  " + "  ".join(f"{key}: {said}" for key, said in one.items()))
        else:
            click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")


def _understood(compiled: Compiled, kind: str, text: str, asked: str | None) -> dict[str, Any]:
    if kind == "message":
        from bot.authoring.reading_report import report
        from bot.cli.wiring import now

        return report(compiled, text, asked, now())
    if kind == "place":
        place = compiled.places.read(text)
        return {
            "municipality": place.municipality,
            "province": place.province,
            "region": place.region,
            "candidates": list(place.candidates),
        }
    from bot.content.flow import Vocabulary

    work = compiled.work(text, Vocabulary(kind))
    return {"sectors": list(work.sectors), "occupations": list(work.occupations)}

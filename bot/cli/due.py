"""`overstap knowledge due`: what has to be verified again, page by page."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.authoring.sourced import LINK
from bot.cli.content import with_root
from bot.cli.staff_options import open_store

if TYPE_CHECKING:
    from bot.authoring.freshness import PageChecks
    from bot.settings import Settings

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@with_root
@click.option("--on", type=DAY, help="What is due on this day (default: today).")
@click.option("--limit", type=int, default=25, show_default=True, help="How many pages.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, all of them.")
def due(root: Path, on: datetime | None, limit: int, as_json: bool) -> None:
    """What has to be verified, page by page: what was found on pages first, then what most people see.

    Exit code 0 whatever is due: freshness is no error. `overstap knowledge look` looks at the pages.
    """
    from bot.authoring.freshness import by_page
    from bot.authoring.freshness import due as due_checks
    from bot.authoring.sources.findings import findings
    from bot.authoring.sources.statements import statements
    from bot.cli.content import load
    from bot.cli.wiring import today
    from bot.settings import Settings

    settings, knowledge = Settings.read(), load(root).knowledge
    counts = counted(settings)
    told = findings(settings.sources_file, statements(knowledge))
    pages = by_page(due_checks(knowledge, on.date() if on else today(root), counts or {}, told))
    if as_json:
        for page in pages:
            click.echo(json.dumps(_as_dict(page), ensure_ascii=False, default=str))
        return
    for page in pages[:limit]:
        for line in _lines(page):
            click.echo(line)
    if counts is None:
        click.echo("Nobody was counted on this machine: what people see most is not known, and pages come by date.")
    if told.looked_at is None:
        click.echo("No page was looked at yet. See what changed: overstap knowledge look")
    checks, more = sum(len(page.checks) for page in pages), len(pages) - limit
    click.echo(
        f"{checks} to verify, on {len(pages)} pages." + (f" {more} more: --limit {len(pages)}" if more > 0 else "")
    )


def counted(settings: "Settings") -> dict[str, int] | None:
    """How often each item was shown; None where nobody counts: an editor may work on a machine without people."""
    from bot.staff.impressions import shown

    if settings.sqlite and not (settings.database_file and settings.database_file.exists()):
        return None
    return dict(shown(open_store()))


def _lines(page: "PageChecks") -> Iterator[str]:
    times = f", shown {page.shown} times" if page.shown else ""
    yield f"{page.due}  {page.source}{times}"
    told = None
    for check in page.checks:
        seen = f", on the page on {check.seen}" if check.seen else ""
        yield f"    {check.item}: {check.field}  (checked {check.checked or 'on a day that nobody wrote down'}{seen})"
        if check.finding and check.finding != told:
            told = check.finding
            detail = f": {told.detail}" if told.detail else f": {told.now_at}" if told.now_at else ""
            yield f"      {told.state.replace('_', ' ')} since {told.since}{detail}"
            yield from (f"      - {line}" for line in told.old)
            yield from (f"      + {line}" for line in told.new)
            if told.missing:
                yield f"      no longer there: {', '.join(told.missing_in_words)}"
    web = page.source.startswith("http")
    only_links = all(check.field == LINK for check in page.checks)
    then = f"--page {page.source}" if web and not only_links else page.checks[0].item
    yield f"    then: overstap knowledge confirm {then}"


def _as_dict(page: "PageChecks") -> dict[str, Any]:
    checks = [
        {
            "item": check.item,
            "field": check.field,
            "checked": check.checked,
            "due": check.due,
            "seen": check.seen,
            "shown": check.shown,
            "finding": check.finding and asdict(check.finding),
        }
        for check in page.checks
    ]
    return {"page": page.source, "due": page.due, "shown": page.shown, "checks": checks}

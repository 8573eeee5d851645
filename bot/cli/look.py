"""`overstap knowledge look`: what became of the pages on which facts stand."""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.content import with_root

if TYPE_CHECKING:
    from bot.authoring.sources.record import SeenPage, SeenStatement


@click.command()
@click.argument("items", nargs=-1, metavar="[ITEM...]")
@with_root
@click.option("--again", is_flag=True, help="Also pages that were looked at in the last 20 hours.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a page, as it is looked at.")
@click.option("--quiet", is_flag=True, help="Say nothing but what a person has to look at.")
def look(items: tuple[str, ...], root: Path, again: bool, as_json: bool, quiet: bool) -> None:
    """Look at the pages of all items, or of some: what is still there, what changed, what is gone.

    One request a second and host, as far as robots.txt allows. Stop it whenever you like: it goes on where it was.
    Exit code 0 whatever is found; `overstap knowledge due` lists what a person has to look at.
    """
    from bot.authoring.sources.canonical import Canonical
    from bot.authoring.sources.fetching import Fetcher
    from bot.authoring.sources.looking import by_page, waiting
    from bot.authoring.sources.looking import look as look_at
    from bot.authoring.sources.record import Record
    from bot.authoring.sources.statements import statements
    from bot.cli.content import load
    from bot.cli.wiring import now
    from bot.content.problems import did_you_mean
    from bot.errors import BotError
    from bot.settings import Settings

    settings, content = Settings.read(), load(root)
    knowledge = content.knowledge
    known = {one.item for one in statements(knowledge)}
    for item in items:
        if item not in known:
            raise BotError(f"Nothing of {item!r} was read on a page. {did_you_mean(item, known) or ''}")
    pages = by_page(statements(knowledge, items))
    about = settings.centre_website or "https://example.org/overstap"
    counts: Counter[str] = Counter()
    with closing(Record(settings.sources_file)) as record:
        if not items:
            record.forget_others(frozenset(pages))
        urls = waiting(pages, record, now(), again=again or bool(items))
        hidden = quiet or as_json or not sys.stderr.isatty()
        with click.progressbar(length=len(urls), label="Looking at pages", file=sys.stderr, hidden=hidden) as bar:

            def seen(page: "SeenPage", stood: Sequence["SeenStatement"]) -> None:
                counts[page.state.value] += 1
                bar.update(1)
                if as_json:
                    click.echo(json.dumps(_as_dict(page, stood), ensure_ascii=False))

            async def run() -> None:
                async with Fetcher(about, private=settings.sources_private) as fetcher:
                    canonical = Canonical(content.languages, content.country.languages)
                    await look_at(pages, urls, record, fetcher, canonical, now, seen)

            try:
                asyncio.run(run())
            except KeyboardInterrupt:
                raise BotError("Stopped. What was seen is kept; the same command goes on from here.") from None
    if not as_json and not quiet:
        said = ", ".join(f"{number} {state.replace('_', ' ')}" for state, number in counts.most_common())
        rest = len(pages) - len(urls)
        click.echo(f"{len(urls)} pages looked at{': ' + said if said else ''}.")
        if rest:
            click.echo(f"{rest} were looked at in the last 20 hours (--again looks at them too).")


def _as_dict(page: "SeenPage", stood: Sequence["SeenStatement"]) -> dict[str, object]:
    return {
        "page": page.url,
        "state": page.state.value,
        "detail": page.detail,
        "status": page.status,
        "now_at": page.now_at,
        "since": page.since.isoformat(),
        "dated": page.dated and page.dated.isoformat(),
        "facts": [
            {
                "item": one.item,
                "field": one.field,
                "standing": one.proof.standing.value,
                "seen_on": one.seen_on and one.seen_on.isoformat(),
                "missing": one.proof.missing,
                "old": one.proof.old,
                "new": one.proof.new,
            }
            for one in stood
        ],
    }

"""`overstap knowledge courses`: programmes to and from the standards of the field."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.content import with_root

if TYPE_CHECKING:
    from bot.content.content import Content

MOST_PAGES = 100


@click.command("export-courses")
@click.argument("items", nargs=-1, metavar="[ITEM...]")
@with_root
def export_courses(items: tuple[str, ...], root: Path) -> None:
    """Write programmes as schema.org Course (JSON-LD) to the screen: all that have not ended, or some."""
    from bot.authoring.courses.schema_org import write
    from bot.cli.content import load
    from bot.content.knowledge import ProgrammeStatus
    from bot.content.problems import did_you_mean
    from bot.errors import BotError

    known = load(root).knowledge.programmes
    for item in items:
        if item not in known:
            raise BotError(f"There is no programme {item!r}. {did_you_mean(item, known) or ''}".strip())
    ended = ProgrammeStatus.ENDED
    chosen = [known[item] for item in items] or [one for one in known.values() if one.status is not ended]
    click.echo(json.dumps(write(chosen), ensure_ascii=False, indent=1))


@click.command("import-courses")
@click.argument("source", metavar="FILE|ADDRESS")
@click.option("--in", "sector", required=True, help="The sector that they are for.")
@click.option("--page", help="The page to name as their source, where they name none (default: ADDRESS).")
@click.option("--dry-run", is_flag=True, help="Say what would be taken over, and write nothing.")
@with_root
def import_courses(source: str, sector: str, page: str | None, dry_run: bool, root: Path) -> None:
    """Read programmes from schema.org Course (JSON-LD, or a page that holds it) or OOAPI v5 (/courses, /programs).

    They come at the end of the file of their sector, with a report of what could not be taken over.
    """
    from bot.authoring.courses import ooapi, schema_org
    from bot.authoring.courses.taking_over import append, take_over
    from bot.cli.content import load
    from bot.cli.wiring import today
    from bot.content.problems import did_you_mean
    from bot.errors import BotError

    content = load(root)
    if sector not in content.knowledge.sectors:
        raise BotError(
            f"There is no sector {sector!r}. {did_you_mean(sector, content.knowledge.sectors) or ''}".strip()
        )
    is_address = source.startswith(("http://", "https://"))
    named = page or (source if is_address else None)
    if named is None:
        raise click.UsageError("Of a file: say with --page on which page its courses stand.")
    spoken = content.country.languages
    courses = [
        course
        for document in (_fetched(source) if is_address else _of_text(_in_file(Path(source))))
        for course in (ooapi if ooapi.is_ooapi(document) else schema_org).read(document, spoken[0])
    ]
    if not courses:
        raise BotError(f"There is no course in {source}: neither schema.org Course nor OOAPI v5. Nothing was written.")
    found = take_over(courses, sector, named, content.knowledge, spoken, today(root), _levels(content))
    for line in found.report:
        click.echo(line)
    if dry_run or not found.entries:
        click.echo(f"{len(found.entries)} of {len(courses)} could be taken over. Nothing was written.")
        return
    path = append(root, sector, found.entries)
    click.echo(
        f"{len(found.entries)} of {len(courses)} stand at the end of {path}. Fill in each TODO; run: overstap check"
    )


def _levels(content: "Content") -> frozenset[str]:
    return frozenset(level.id for level in content.country.levels)


def _in_file(path: Path) -> str:
    from bot.errors import BotError

    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise BotError(f"{path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise BotError(f"{path} is no text in UTF-8. Save it so.") from None


def _of_text(text: str) -> Iterator[Any]:
    """The JSON in a file: the file itself, or what a page holds for search engines."""
    from bot.errors import BotError

    if not text.lstrip("\ufeff \n\r\t").startswith("<"):
        try:
            yield json.loads(text.lstrip("\ufeff"))
        except ValueError as error:
            raise BotError(f"This is no JSON: {error}") from None
        except RecursionError:
            raise BotError("This is no JSON of courses: it is too deep.") from None
        return
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8")
    for script in html.document_fromstring(text.encode(), parser=parser).xpath(
        '//script[@type="application/ld+json"]/text()'
    ):
        try:
            yield json.loads(script)
        except (ValueError, RecursionError):
            click.echo("A part of the page for search engines is no JSON, and was left out.")


def _fetched(address: str) -> list[Any]:
    """What an address gives, page by page for OOAPI; politely, as `look` does."""
    from bot.authoring.courses import ooapi
    from bot.authoring.sources.fetching import Fetcher
    from bot.errors import BotError
    from bot.settings import Settings

    settings = Settings.read()

    async def run() -> list[Any]:
        documents: list[Any] = []
        at: str | None = address
        async with Fetcher(settings.centre_website or "course import", private=settings.sources_private) as fetcher:
            while at and len(documents) < MOST_PAGES:
                fetched = await fetcher.fetch(at)
                if fetched.status != 200:
                    raise BotError(f"{at}: {fetched.trouble or f'it answers {fetched.status}'}")
                documents += _of_text(fetched.body.decode(fetched.charset or "utf-8", "replace"))
                following = ooapi.next_page(documents[-1]) if documents else None
                at = None if following is None else _with_page(address, following)
        return documents

    return asyncio.run(run())


def _with_page(address: str, number: int) -> str:
    from yarl import URL

    return str(URL(address).update_query(pageNumber=number))

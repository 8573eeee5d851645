"""Look at every page once: fetch, sort, write down. What was looked at shortly before is left alone, so it resumes."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.authoring.sources.canonical import Canonical
from bot.authoring.sources.fetching import Fetcher
from bot.authoring.sources.judging import sort
from bot.authoring.sources.record import Known, Record, SeenPage, SeenStatement
from bot.authoring.sources.statements import Statement

RECENT = timedelta(hours=20)  # a run every night looks again, and one that was killed goes on


def by_page(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    pages: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        pages[one.url].append(one)
    return dict(pages)


def waiting(pages: Mapping[str, Sequence[Statement]], record: Record, at: datetime, *, again: bool) -> list[str]:
    """The pages that were not looked at lately, or since something that we say of them changed."""
    seen = {page.url: page for page in record.pages()}
    return [url for url in pages if again or url not in seen or at - seen[url].looked_at >= RECENT]


async def look(
    pages: Mapping[str, Sequence[Statement]],
    urls: Sequence[str],
    record: Record,
    fetcher: Fetcher,
    canonical: Canonical,
    now: Callable[[], datetime],
    each: Callable[[SeenPage, Sequence[SeenStatement]], None],
) -> None:
    """Look at `urls`, several sites at once and each in its own pace. `each` hears of every page that was recorded."""
    sites: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        sites[urlsplit(url).netloc.lower()].append(url)
    room = asyncio.Semaphore(fetcher.politeness.hosts_at_once)

    async def one_site(listed: Sequence[str]) -> None:
        async with room:
            for url in listed:
                before = record.page(url)
                # An answer "not modified" is of use when its text is here.
                fetched = await fetcher.fetch(url, before.known if before and before.lines else Known())
                stood = {one.key: one for one in record.statements(url)}
                # Reading a large PDF takes seconds: other sites go on meanwhile.
                seen, judged = await asyncio.to_thread(sort, url, fetched, pages[url], before, stood, canonical, now())
                record.keep(seen, judged)
                each(seen, judged if judged is not None else list(stood.values()))

    async with asyncio.TaskGroup() as group:
        # Who helps first; then the longest lists, so that none is left over at the end.
        urgent = {url for url in urls if any(one.is_urgent for one in pages[url])}
        for listed in sorted(sites.values(), key=lambda of: (not urgent.intersection(of), -len(of))):
            group.create_task(one_site(listed))

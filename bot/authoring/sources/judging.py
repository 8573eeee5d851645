"""From what a server sent to what it means for us: nothing to do, or what a person has to look at."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from bot.authoring.sources.canonical import Canonical
from bot.authoring.sources.fetching import Fetched
from bot.authoring.sources.page_text import PageText, UnreadablePage, page_text
from bot.authoring.sources.proof import Lines, Standing, prove
from bot.authoring.sources.record import PageState, SeenPage, SeenStatement
from bot.authoring.sources.statements import Statement

NOT_ALLOWED = frozenset({401, 402, 403, 451})
GONE = frozenset({404, 410})
NOT_MODIFIED = 304
LATELY = timedelta(days=14)
FIRST_PAGES = ("home", "index", "default", "start", "welkom", "welcome")


def sort(
    url: str,
    fetched: Fetched,
    statements: Sequence[Statement],
    before: SeenPage | None,
    stood: Mapping[tuple[str, str, str], SeenStatement],
    canonical: Canonical,
    at: datetime,
) -> tuple[SeenPage, list[SeenStatement] | None]:
    """What is to be recorded of a page, and of each statement on it; None for those when the page could not be read.

    `stood`: how the statements stood before. One that a person checked since it changed is taken as it is now.
    """
    state, detail = _state(url, fetched)
    text: PageText | None = None
    if state is None or state is PageState.MOVED:
        try:
            text = _text(fetched, before)
        except UnreadablePage as error:
            state, detail = PageState.UNREADABLE, str(error)
    judged = _judge(statements, text, stood, canonical, at) if text else None
    standings = {one.proof.standing for one in judged or ()}
    if Standing.CHANGED in standings:
        state = PageState.CHANGED
    elif state is None:
        state = PageState.UNPROVEN if Standing.UNPROVEN in standings else PageState.UNCHANGED
    day = at.date()
    seen = SeenPage(
        url,
        state,
        at,
        before.since if before and before.state is state else day,
        detail,
        fetched.status,
        fetched.url if fetched.url != url else None,
        fetched.known if text and fetched.status != NOT_MODIFIED else before.known if before else fetched.known,
        text.dated if text else before.dated if before else None,
        text.lines if text else before.lines if before else (),
    )
    return seen, judged


def _state(url: str, fetched: Fetched) -> tuple[PageState | None, str | None]:
    """What the answer alone tells; None when its text has to tell."""
    if fetched.is_refused:
        return PageState.NOT_ALLOWED, fetched.trouble
    if fetched.status is None:
        return PageState.UNREACHABLE, fetched.trouble
    if fetched.status in GONE:
        return PageState.GONE, None
    if fetched.status in NOT_ALLOWED:
        return PageState.NOT_ALLOWED, f"it answers {fetched.status}"
    if fetched.status not in (200, NOT_MODIFIED):
        return PageState.UNREACHABLE, f"it answers {fetched.status}"
    if _same(url) == _same(fetched.url):
        return None, None
    if is_first_page(fetched.url) and not is_first_page(url):
        return PageState.HOME, None
    return PageState.MOVED, None


def _text(fetched: Fetched, before: SeenPage | None) -> PageText:
    if fetched.status == NOT_MODIFIED:
        return PageText(before.lines if before else (), before.dated if before else None)
    return page_text(fetched.body, fetched.content_type, fetched.charset)


def _judge(
    statements: Sequence[Statement],
    text: PageText,
    stood: Mapping[tuple[str, str, str], SeenStatement],
    canonical: Canonical,
    at: datetime,
) -> list[SeenStatement]:
    page, day, found = Lines(text.lines, canonical), at.date(), []
    for one in statements:
        was = stood.get(one.key)
        looked = was is not None and was.since is not None and one.checked is not None and one.checked >= was.since
        # Whoever checked it a few days ago read the page that we see now.
        checked = one.checked is not None and timedelta(0) <= day - one.checked <= LATELY
        proof = prove(one, page, canonical, day, was.proof if was and not looked else None, checked=checked)
        since = None
        if proof.standing is Standing.CHANGED:
            since = was.since if was and was.since else day
        holds = proof.standing in (Standing.PROVEN, Standing.WATCHED)
        seen_on = day if holds else was.seen_on if was else None
        found.append(SeenStatement(one.item, one.field, one.url, proof, seen_on, since))
    return found


def _same(url: str) -> tuple[object, ...]:
    """What of an address says which page it is."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = parts.port if parts.port not in (80, 443) else None
    return host, port, parts.path.rstrip("/"), tuple(sorted(parse_qsl(parts.query)))


def is_first_page(url: str) -> bool:
    """Whether an address is that of a site as a whole: "/", "/nl/", "/index.html"."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    known = all(len(part) == 2 or part.partition(".")[0].lower() in FIRST_PAGES for part in parts)
    return known and not urlsplit(url).query

"""What a page says, in lines: HTML, PDF or plain text; and the day that it gives itself."""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST = 400_000  # characters that are read; a page with more has other things behind them
PDF_PAGES = 200
# What begins a new line. A row of a table is one line, so that an amount stays with what it is for.
_BLOCKS = frozenset(
    "address article aside blockquote br button caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr label legend li main ol option p pre section summary table tbody tfoot thead title tr "
    "ul".split()
)
_UNREAD = frozenset("script style noscript template svg iframe nav".split())
_DATED = (
    '@property="article:modified_time"',
    '@property="og:updated_time"',
    '@name="dcterms.modified" or @name="DCTERMS.modified"',
    '@name="last-modified"',
    '@property="article:published_time"',
    '@name="date"',
)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


class UnreadablePage(Exception):
    """There is no text in it that can be read: a scan, a picture, a page that a script has to make."""


@dataclass(frozen=True, slots=True)
class PageText:
    lines: tuple[str, ...]
    dated: date | None  # that the page gives itself


def page_text(body: bytes, content_type: str, charset: str | None = None) -> PageText:
    """The text of what a server sent; raises UnreadablePage."""
    kind = content_type.partition(";")[0].strip().lower()
    if body.startswith(b"%PDF-") or kind == "application/pdf":
        page = _of_pdf(body)
    elif kind in ("text/html", "application/xhtml+xml", "") or body.lstrip()[:15].lower().startswith(b"<!doctype html"):
        page = _of_html(body, charset)
    elif kind.startswith("text/") or kind in ("application/json", "application/xml"):
        page = PageText(_lines(_decoded(body, charset).splitlines()), None)
    else:
        raise UnreadablePage(f"it is {kind}")
    if not page.lines:
        raise UnreadablePage("there is no text in it")
    return page


def _of_html(body: bytes, charset: str | None) -> PageText:
    from lxml import etree, html

    text = _decoded(body, charset).encode("utf-8", "replace")  # a text may name another encoding itself
    try:
        # libxml2 goes no deeper than 256 elements, so that no page keeps it busy.
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadablePage("there is no text in it") from error
    return PageText(_lines("".join(_pieces(root)).split("\n")), _stated(root))


def _decoded(body: bytes, charset: str | None) -> str:
    named = re.search(rb"""<meta[^>]+charset=["']?([\w-]+)""", body[:2048], re.IGNORECASE)
    for name in (charset, named[1].decode("ascii", "replace") if named else None, "utf-8", "windows-1252"):
        if name:
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("utf-8", "replace")


def _pieces(root: Any) -> Iterator[str]:
    """The text of a tree, with a new line around each block."""
    from lxml import etree

    unread = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        around = "\n" if node.tag in _BLOCKS else " " if node.tag in ("td", "th") else ""
        if event == "start":
            unread += node.tag in _UNREAD
        if not unread:
            yield around
        if event == "start":
            piece = node.text
        else:
            unread -= node.tag in _UNREAD
            piece = node.tail
        if piece and not unread:
            yield re.sub(r"\s+", " ", piece)


def _stated(root: Any) -> date | None:
    said = [each for path in _DATED for each in root.xpath(f"//meta[{path}]/@content")]
    for text in root.xpath('//script[@type="application/ld+json"]/text()'):
        said += [found for key in ("dateModified", "datePublished") for found in _of_key(text, key)]
    for one in said:
        if (day := _DAY.search(one)) and (parsed := _day(day[0])):
            return parsed
    return None


def _of_key(text: str, key: str) -> Iterator[str]:
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            if isinstance(one.get(key), str):
                yield one[key]
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _of_pdf(body: bytes) -> PageText:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(body))
        said = [page.extract_text() for page in reader.pages[:PDF_PAGES]]
        about = reader.metadata
        made = about.modification_date or about.creation_date if about else None
    except Exception as error:
        # A damaged file fails in pypdf in any way there is, and is one page of hundreds: told, and the rest goes on.
        raise UnreadablePage(f"it is no PDF that can be read ({type(error).__name__})") from error
    return PageText(_lines("\n".join(said).splitlines()), made.date() if made else None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _lines(raw: list[str]) -> tuple[str, ...]:
    found, size = [], 0
    for line in (" ".join(each.split()) for each in raw):
        size += len(line)
        if size > LONGEST:
            break
        if line:
            found.append(line)
    return tuple(found)

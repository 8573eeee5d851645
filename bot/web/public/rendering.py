"""A message as HTML: paragraphs, lists, and links to pages and phone numbers."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup
from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number

URL = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)]")
ITEM = ("- ", "• ")
MOST = 256  # messages at hand: what the bot says first is the same for everybody
A_NUMBER = re.compile(r"\d[\d\s()-]{6,}")  # long enough to be a phone number at all


@lru_cache(MOST)
def to_html(text: str, help_numbers: frozenset[str], region: str) -> Markup:
    """`help_numbers` are links wherever they stand; other phone numbers as people write them in `region`."""
    blocks = (block.split("\n") for block in re.split(r"\n\s*\n", text.strip()))
    return Markup("").join(part for lines in blocks for part in _block(lines, help_numbers, region))


def _block(lines: list[str], numbers: Collection[str], region: str) -> Iterator[Markup]:
    for is_list, some in groupby(lines, key=lambda line: line.startswith(ITEM)):
        if is_list:
            items = (Markup("<li>{}</li>").format(linked(line[2:], numbers, region)) for line in some)
            yield Markup('<ul class="overstap-bullets">{}</ul>').format(Markup("").join(items))
        else:
            yield Markup("<p>{}</p>").format(Markup("<br>").join(linked(line, numbers, region) for line in some))


def linked(line: str, numbers: Collection[str], region: str) -> Markup:
    """A line with its links."""
    found = [*_phone_numbers(line, region), *_urls(line), *_help_numbers(line, numbers)]  # of two the later counts
    parts, at = [], 0
    for start, (end, target) in sorted({start: (end, target) for start, end, target in found}.items()):
        if start < at:
            continue
        parts.append(Markup("{}").format(line[at:start]))
        outside = Markup(' rel="noreferrer noopener" target="_blank"') if target.startswith("http") else ""
        parts.append(Markup('<a href="{}"{}>{}</a>').format(target, outside, line[start:end]))
        at = end
    return Markup("").join([*parts, Markup("{}").format(line[at:])])


Span = tuple[int, int, str]


def _urls(line: str) -> Iterator[Span]:
    return ((found.start(), found.end(), found[0]) for found in URL.finditer(line))


def _help_numbers(line: str, numbers: Collection[str]) -> Iterator[Span]:
    for number in numbers:
        # Not within a longer number, an amount or an address ("113.nl").
        for found in re.finditer(rf"(?<![\d€.,/-])(?<!€ ){re.escape(number)}(?!\d|[.,]\w|-\d)", line):
            yield found.start(), found.end(), "tel:" + re.sub(r"[^\d+]", "", number)


def _phone_numbers(line: str, region: str) -> Iterator[Span]:
    if A_NUMBER.search(line):
        for found in PhoneNumberMatcher(line, region):
            yield found.start, found.end, "tel:" + format_number(found.number, PhoneNumberFormat.E164)

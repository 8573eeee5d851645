"""A document to keep: as a PDF that is pleasant to read, also with a screen reader, and as plain text.

The text has the least of Markdown, so that it reads well as it is: `# ` begins the title, `## ` and `### ` a heading,
`- ` an item (`- 3/4 ` one with a bar that is filled so far), `1. ` a step; an empty line ends a paragraph; web
addresses are links by themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.engine.effects import Document

OPENING = re.compile(r"#{1,3} |- |\d+\. ")
"""What a line begins with that is more than the next line of a paragraph."""


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes = field(repr=False)  # what it says is about a person


def files(document: Document) -> tuple[File, ...]:
    """The files to send: a text twice, as a PDF and as it is (UTF-8); anything else, such as JSON, as it is."""
    plain = File(document.name, document.text.encode())
    if not document.name.endswith(".txt"):
        return (plain,)
    return File(document.name.removesuffix(".txt") + ".pdf", to_pdf(document)), plain


def to_pdf(document: Document) -> bytes:
    """An A4 document with real text in reading order, tags and bookmarks for headings, and links."""
    from bot.channels.pdf.page import Paper

    paper = Paper(document.language, document.text)
    for line in _lines(document.text):
        paper.put(line)
    return bytes(paper.output())


def _lines(text: str) -> Iterator[str]:
    """Headings, items and paragraphs, each as one line."""
    paragraph: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        if paragraph and (not line or OPENING.match(line) or paragraph[0].startswith("#")):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)

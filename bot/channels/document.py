"""A document to keep: as a PDF that is pleasant to read, also with a screen reader, and as plain text.

The text has the least of Markdown, so that it reads well as it is: `# ` begins the title, `## ` a heading, `- ` an
item; an empty line ends a paragraph; web addresses are links by themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from fontpkg import path  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.prefs import ViewerPreferences

from bot.engine.effects import Document

# Made by the Braille Institute for people who see little: no two letters look alike.
FONT = "Atkinson Hyperlegible"
ADDRESS = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:!?]")

TEXT_SIZE = 12  # points; smaller is hard to read for many
LINE = 6.5  # millimetres: about one and a half times the letters
MARGIN = 22
INDENT = 5
HEADING_SIZES = (TEXT_SIZE + 8, TEXT_SIZE + 2)
LINK_COLOUR = (0, 70, 140)  # contrast 9 : 1 on white


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
    paper = _Paper(document.language)
    for line in _lines(document.text):
        paper.put(line)
    return bytes(paper.output())


def _lines(text: str) -> Iterator[str]:
    """Headings, items and paragraphs, each as one line."""
    paragraph: list[str] = []
    for line in [*map(str.strip, text.splitlines()), ""]:
        if paragraph and (not line or line.startswith(("# ", "## ", "- ")) or paragraph[0].startswith("#")):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)


class _Paper(FPDF):
    def __init__(self, language: str):
        super().__init__(format="A4")
        self.set_lang(language)
        self.set_creator("Overstap")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for style, weight in (("", "regular"), ("B", "bold")):
            self.add_font(FONT, style, path(FONT, weight))
        self.set_margin(MARGIN)
        self.set_auto_page_break(True, MARGIN)
        self.add_page()

    def put(self, line: str) -> None:
        match line.split(" ", 1):
            case ["#", title]:
                self.set_title(title)
                self._heading(title, 0)
            case ["##", heading]:
                self._heading(heading, 1)
            case ["-", item]:
                self._block("LI", "• " + item, indent=INDENT)
            case _:
                self._block("P", line)

    def _heading(self, text: str, level: int) -> None:
        self.ln(LINE / 2)
        # The start of what follows stays with its heading.
        if self.will_page_break(4 * LINE):
            self.add_page()
        self.start_section(text, level, strict=False)
        self._block(f"H{level + 1}", text, style="B", size=HEADING_SIZES[level])

    def _block(self, tag: str, text: str, style: str = "", size: float = TEXT_SIZE, indent: float = 0) -> None:
        """One tagged piece of text, whole on a page. What a tag is: PDF 1.7, section 14.8.4."""
        self.set_font(FONT, style, size)
        height = LINE * size / TEXT_SIZE
        self.set_left_margin(MARGIN + indent)
        self.set_x(MARGIN + indent)
        needed = self.multi_cell(0, height, text, dry_run=True, output=MethodReturnValue.HEIGHT)
        assert isinstance(needed, int | float)
        if self.will_page_break(needed):
            self.add_page()
        # The library marks headings as figures, and paragraphs not at all: we give the sequence its right name.
        with self._marked_sequence() as element:
            element.s = f"/{tag}"
            self._write_with_links(height, text)
        self.set_left_margin(MARGIN)
        self.ln(height + LINE / 3)

    def _write_with_links(self, height: float, text: str) -> None:
        end = 0
        for address in ADDRESS.finditer(text):
            self.write(height, text[end : address.start()])
            self.set_text_color(*LINK_COLOUR)
            self.write(height, address[0], link=address[0])
            self.set_text_color(0)
            end = address.end()
        self.write(height, text[end:])

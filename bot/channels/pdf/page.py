"""A page: what `bot.channels.pdf.document` puts its lines on. Imported with the first document, for fpdf is heavy."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

from fontpkg import path  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.prefs import ViewerPreferences

# Made by the Braille Institute for people who see little: no two letters look alike. It has Latin letters of the west.
FONT = "Atkinson Hyperlegible"
ETHIOPIC = "Noto Sans Ethiopic"
# For the rest of Latin, Greek and Cyrillic; for Arabic; for Tigrinya and Amharic. A letter that none of these has is
# shown as a box.
OTHER_FONTS = ("Noto Sans", "Noto Sans Arabic", ETHIOPIC)
JOINED = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that are written from right to left, or that change with their neighbours."""
MEASURED = re.compile(r"(?P<some>\d+)/(?P<all>[1-9]\d*) ")
"""With which an item begins that has a bar: "3/4"."""
ADDRESS = re.compile(r"https?://[^\s<>()]+[^\s<>().,;:!?]")

TEXT_SIZE = 12  # points; smaller is hard to read for many
LINE = 6.5  # millimetres: about one and a half times the letters
MARGIN = 22
INDENT = 5
BAR_WIDE, BAR_HIGH = 32, 3
HEADING_SIZES = (TEXT_SIZE + 8, TEXT_SIZE + 4, TEXT_SIZE + 1)
LINK_COLOUR = (0, 70, 140)  # contrast 9 : 1 on white


def file_of(font: str, weight: str = "regular") -> str:
    """Where the package with this font has it."""
    if font == ETHIOPIC:
        return str(
            resources.files("justmytype_intl_africa") / "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf"
        )
    return str(path(font, weight))


@cache
def letters_of(font: str) -> frozenset[int]:
    with TTFont(file_of(font), lazy=True) as opened:
        return frozenset(opened.getBestCmap())


def fonts_for(text: str) -> list[str]:
    """Ours, and others for the letters that it has not: reading a big font takes time, and few documents need one."""
    fonts, missing = [FONT], lacking(text, [FONT])
    for font in OTHER_FONTS:
        if missing and missing & letters_of(font):
            fonts.append(font)
            missing -= letters_of(font)
    return fonts


def lacking(text: str, fonts: Iterable[str]) -> set[int]:
    """Code points that none of these fonts has a letter for."""
    return {ord(letter) for letter in text if letter.isprintable()}.difference(*map(letters_of, fonts))


class Paper(FPDF):
    def __init__(self, language: str, text: str):
        """`text`: all of it, for the letters that are in it."""
        super().__init__(format="A4")
        self.set_lang(language)
        self.set_creator("Overstap")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        for style, weight in (("", "regular"), ("B", "bold")):
            self.add_font(FONT, style, file_of(FONT, weight))
        others = fonts_for(text)[1:]
        for font in others:
            for style in ("", "B"):
                self.add_font(font, style, file_of(font))
        self.set_fallback_fonts(others, exact_match=False)
        if JOINED.search(text):
            self.set_text_shaping(use_shaping_engine=True)
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
            case ["###", heading]:
                self._heading(heading, 2)
            case [number, _] if re.fullmatch(r"\d+\.", number):
                self._block("LI", line)
            case ["-", item] if measured := MEASURED.match(item):
                self._bar(item[measured.end() :], int(measured["some"]) / int(measured["all"]))
            case ["-", item]:
                self._block("LI", "• " + item, indent=INDENT)
            case _:
                self._block("P", line)

    def _bar(self, text: str, share: float) -> None:
        """A bar that is filled to a share, and behind it the words that say the same: nobody needs the bar."""
        top = self.get_y() + (LINE - BAR_HIGH) / 2
        if self.will_page_break(LINE):
            self.add_page()
            top = self.get_y() + (LINE - BAR_HIGH) / 2
        self.set_draw_color(*LINK_COLOUR)
        self.set_fill_color(*LINK_COLOUR)
        self.rect(MARGIN + INDENT, top, BAR_WIDE, BAR_HIGH)
        if share:
            self.rect(MARGIN + INDENT, top, BAR_WIDE * share, BAR_HIGH, style="F")
        self._block("LI", text, indent=INDENT + BAR_WIDE + INDENT)

    def _heading(self, text: str, level: int) -> None:
        self.ln(LINE / 2)
        # What follows stays with its heading: a paragraph of some lines goes to the next page as a whole.
        if self.will_page_break(7 * LINE):
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
        text = text.replace("€ ", "€\xa0")  # an amount stays in one line
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

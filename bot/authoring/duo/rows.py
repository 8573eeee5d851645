"""A file of DUO as rows: its encoding, its delimiter, and whether it is whole."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.authoring.duo.formats import HO, MBO, SOURCES, Row, Source
from bot.errors import BotError


class NotThisFile(BotError):
    """The file cannot be imported; nothing was written."""


def encoding_of(path: Path) -> str:
    """UTF-8 when all of the file is, else Windows-1252; raises NotThisFile when it is neither, or a bit of both."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                # "Ã«" is what an "ë" of UTF-8 looks like in Windows-1252; no name here has the letter itself.
                while text := file.read(1 << 20):
                    if encoding == "cp1252" and "Ã" in text:
                        raise NotThisFile(f"{path} is UTF-8 in part only: it may have been cut off, or put together.")
        except UnicodeDecodeError:
            continue
        return encoding
    raise NotThisFile(f"{path} is no text in UTF-8 or Windows-1252. Download it again from DUO, as CSV.")


def rows_of(path: Path, encoding: str) -> Iterator[tuple[Source, Row | None]]:
    """Each row with the file that it is of, None for a broken one; raises NotThisFile for another file.

    DUO does not double the quotes within a cell ("Stichting "De Kempel""), so a broken row is no proof of anything.
    Only one at the very end is: the file was cut off there, which raises NotThisFile too.
    """
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        delimiter = max(",;\t", key=first.count)
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        source = _source(header, path)
        reader = csv.reader(file, delimiter=delimiter)
        cells: list[str] = header
        try:
            for cells in reader:
                if len(cells) == len(header):
                    yield source, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
                elif cells:
                    yield source, None
        except csv.Error as error:
            raise _cut_off(path, reader.line_num + 1, f"cannot be read ({error})") from error
        if cells and len(cells) != len(header):
            raise _cut_off(path, reader.line_num + 1, f"has {len(cells)} cells, and the header {len(header)}")


def ends(path: Path) -> bool:
    """Whether a file ends with a line break, as DUO's do; one that was cut off hardly ever does."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 1))
        return file.read() in (b"\n", b"\r")


def _source(header: Sequence[str], path: Path) -> Source:
    missing = {source: [name for name in source.columns if name not in header] for source in SOURCES}
    nearest = min(SOURCES, key=lambda source: len(missing[source]))
    if not missing[nearest]:
        return nearest
    if len(missing[nearest]) == len(nearest.columns):
        raise NotThisFile(
            f"{path} is neither of DUO's files: HO Opleidingsoverzicht ({HO.url}) or MBO Opleidingsaanbod ({MBO.url}). "
            f"Its columns are: {', '.join(header[:6]) or 'none'}."
        )
    raise NotThisFile(f"{path} looks like {nearest.title}, and lacks the columns {', '.join(missing[nearest])}.")


def _cut_off(path: Path, line: int, what: str) -> NotThisFile:
    return NotThisFile(
        f"{path}: line {line} {what}. The file may have been cut off: download it again. Nothing was written."
    )

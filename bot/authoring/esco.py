"""The occupations of ESCO, from the CSV that anyone can download, as extra vocabulary beside our own.

ESCO (European Commission, free to reuse with its name) gives each occupation one preferred name, many others and
the ISCO-08 group, but no sector of ours: that follows from what our own occupations of the same group have.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.authoring.quoted import Quoted
from bot.content.knowledge import Occupation
from bot.errors import BotError

COLUMNS = ("conceptUri", "iscoGroup", "preferredLabel", "altLabels")
FILE = "esco.yaml"
HEAD = """\
# yaml-language-server: $schema=../../schemas/occupations.json
# Made by `overstap knowledge import-esco`: run that again instead of editing here.
"""

# What is in many Dutch names and hardly ever in English ones, and the other way round.
_TELLING = {"nl": ("ij", "medewerker", "leraar", "oe"), "en": ("worker", "teacher", "th", "technician")}


@dataclass(slots=True)
class Concept:
    """One occupation of ESCO; `names` by language, the preferred one first."""

    uri: str
    isco: str
    names: dict[str, list[str]] = field(default_factory=dict)


def read(files: Iterable[Path]) -> list[Concept]:
    """The occupations in the official CSV files, joined over the languages; raises BotError for another file."""
    concepts: dict[str, Concept] = {}
    for path in files:
        rows = _rows(path)
        language = _language(rows)
        for row in rows:
            concept = concepts.setdefault(row["conceptUri"], Concept(row["conceptUri"], row["iscoGroup"].lstrip("C")))
            labels = [row["preferredLabel"], *row["altLabels"].split("\n")]
            concept.names[language] = list(dict.fromkeys(label.strip() for label in labels if label.strip()))
    return list(concepts.values())


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BotError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    if not rows or any(column not in rows[0] for column in COLUMNS):
        raise BotError(f"{path} is not the occupations file of ESCO: it has no columns {', '.join(COLUMNS)}.")
    return rows


def _language(rows: list[dict[str, str]]) -> str:
    counts = {
        language: sum(word in row["preferredLabel"] for row in rows for word in _TELLING[language])
        for language in _TELLING
    }
    return max(counts, key=lambda language: counts[language])


def sectors_by_group(occupations: Iterable[Occupation]) -> Mapping[str, tuple[str, ...]]:
    """Our sectors for an ISCO-08 group of four or three digits, where our own occupations mostly agree."""
    votes: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    for occupation in occupations:
        for digits in (4, 3):
            votes[occupation.isco[:digits]][occupation.sectors] += 1
    agreed = {}
    for group, counts in votes.items():
        sectors, most = counts.most_common(1)[0]
        # A group of three digits is wide: it needs more than one witness.
        if most > sum(counts.values()) / 2 and (len(group) == 4 or most > 1):
            agreed[group] = sectors
    return agreed


def as_yaml(concepts: Iterable[Concept], own: Mapping[str, Occupation]) -> str:
    """The file of extra occupations. A name that one of our own has already stays ours."""
    taken = {name.casefold() for one in own.values() for name in (*one.name, *sum(one.words.values(), ()))}
    sectors = sectors_by_group(own.values())
    entries = []
    for concept in concepts:
        names = {language: _free(concept.names.get(language, []), taken) for language in _TELLING}
        spoken = {language: names[language] or names["nl"] or names["en"] for language in _TELLING}
        if not spoken["nl"]:
            continue
        entries.append(
            {
                "id": f"esco-{concept.uri.rsplit('/', 1)[-1]}",
                "isco": concept.isco,
                "sectors": list(sectors.get(concept.isco, sectors.get(concept.isco[:3], ()))),
                "name": {language: spoken[language][0] for language in _TELLING},
                "words": {language: names[language][1:] for language in _TELLING},
            }
        )
    return HEAD + yaml.dump(entries, Dumper=Quoted, allow_unicode=True, sort_keys=False, width=10_000)


def _free(names: Iterable[str], taken: set[str]) -> list[str]:
    free = []
    for name in names:
        if name.casefold() not in taken:
            taken.add(name.casefold())
            free.append(name)
    return free

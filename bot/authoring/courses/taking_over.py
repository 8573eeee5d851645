"""Courses of others as programmes of ours: what fits is filled in with its source, the rest is reported."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.authoring.courses.model import Course
from bot.authoring.editing import Document, quoted, write, written
from bot.content.knowledge import Knowledge
from bot.content.knowledge.course import CERTIFICATE
from bot.matching import fold

TO_FILL = "TODO"
_DURATION = re.compile(r"P(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?)?", re.ASCII)
_UNITS = (
    {"nl": "jaar", "en": "years"},
    {"nl": "maanden", "en": "months"},
    {"nl": "weken", "en": "weeks"},
    {"nl": "dagen", "en": "days"},
    {"nl": "uur", "en": "hours"},
)


@dataclass
class TakenOver:
    """`entries`: YAML, one a programme; `report`: what was left out, line by line."""

    entries: list[str] = field(default_factory=list)
    report: list[str] = field(default_factory=list)


def take_over(
    courses: Iterable[Course],
    sector: str,
    source: str,
    knowledge: Knowledge,
    spoken: tuple[str, ...],
    on: date,
    levels: Collection[str] = (),
) -> TakenOver:
    """Programmes of a sector; what we have by its id or name already stays as it is.

    `levels`: those of the country; a course that leads to another is taken over without it.
    """
    found = TakenOver()
    taken = {item.id for item in knowledge.items}
    names = {fold(item.name) for item in knowledge.named_once}
    for course in courses:
        name = course.name.get(spoken[0]) or next(iter(course.name.values()), None)
        item = _id(course.provider, name or course.code)
        if not name:
            found.report.append(f"{course.code}: it has no name, and was left out")
        elif item in taken or fold(name) in names:
            found.report.append(f"{item}: we have it already; it stays as it is")
        else:
            taken.add(item)
            if course.level and course.level not in (*levels, CERTIFICATE):
                course.leave("level", course.level, "no level of ours")
                course.level = None
            found.report += [f"{item}: {line}" for line in dict.fromkeys(course.left)]
            found.entries.append(_entry(course, item, name, sector, source, knowledge, spoken, on, found.report))
    return found


def append(root: Path, sector: str, entries: list[str]) -> Path:
    """Write programmes at the end of the file of their sector; BrokenContent when they cannot be read."""
    path = root / "knowledge" / "programmes" / f"{sector}.yaml"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, b"# yaml-language-server: $schema=../../schemas/programmes.json\n")
    document = Document.read(root, path, "programmes")
    document.append("".join(f"\n{entry}" for entry in entries))
    document.save()
    return path


def _entry(
    course: Course,
    item: str,
    name: str,
    sector: str,
    source: str,
    knowledge: Knowledge,
    spoken: tuple[str, ...],
    on: date,
    report: list[str],
) -> str:
    page = course.url or source
    towns = [town for town in course.places if town in knowledge.municipalities]
    report += [f"{item}: {town!r} is no municipality that we know" for town in course.places if town not in towns]
    lines = [
        f"- id: {item}",
        f"  name: {quoted(name)}",
        f"  provider: {quoted(course.provider or TO_FILL)}",
        "  kind: retraining",
        "  audience: adults",
        "  status: unknown",
        f"  sectors: [{sector}]",
        f"  summary: {_texts(course.summary, spoken)}",
        f"  where: {{municipalities: [{', '.join(map(quoted, towns))}], provinces: [], regions: [], "
        f"online: {_truth(course.online)}, national: false}}",
        f"  forms: [{', '.join(form.value for form in course.forms)}]",
        f"  hours: {course.hours or 'null'}",
        f"  costs: {'null' if course.cost is None else _number(course.cost)}",
        f"  leads_to: {course.level or 'null'}",
        f"  taught_in: [{', '.join(course.languages)}]",
        f"  url: {written(course.url) if course.url else 'null'}",
        "  facts:",
        *_fact("status", "unknown", page, on),
    ]
    if said := _duration(course.duration, spoken):
        lines += _fact("duration", said, page, on)
    elif course.duration:
        report.append(f"{item}: the duration {course.duration!r} cannot be read")
    if course.cost is not None:
        lines += _fact("cost_eur", _number(course.cost), page, on)
    if course.starts:
        days = ", ".join(sorted(set(course.starts)))
        lines += _fact("start", f"{{{', '.join(f'{one}: {quoted(days)}' for one in spoken)}}}", page, on)
    if course.demands:
        lines += _fact("background", _texts(course.demands, spoken), page, on)
        report.append(f"{item}: what it asks is a fact now, and no rule: write the rules that follow from it")
    return "\n".join(lines) + "\n"


def _fact(name: str, value: str, source: str, on: date) -> list[str]:
    return [f"    {name}: {{value: {value}, source: {written(source)}, date: null, checked: {quoted(on.isoformat())}}}"]


def _texts(said: Mapping[str, str], spoken: tuple[str, ...]) -> str:
    """A text in every language; what is not there is to be filled."""
    return f"{{{', '.join(f'{one}: {quoted(said.get(one, TO_FILL))}' for one in spoken)}}}"


def _duration(said: str | None, spoken: tuple[str, ...]) -> str | None:
    match = _DURATION.fullmatch(said or "")
    parts = [(number, unit) for number, unit in zip(match.groups(), _UNITS, strict=True) if number] if match else []
    if len(parts) != 1:
        return None
    number, unit = parts[0]
    texts = {one: f"{number} {unit.get(one, unit['en'])}" for one in spoken}
    return _texts(texts, spoken)


def _id(provider: str | None, name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", fold(f"{name} {provider or ''}")).strip("-")
    return words[:48].strip("-") if words[:1].isalpha() else f"course-{words[:40].strip('-')}"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _truth(value: bool | None) -> str:
    return "null" if value is None else str(value).lower()

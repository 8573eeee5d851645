"""What of an import leads to no diploma that we know, or to one of which we say another level."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from bot.content.schools import CourseTable, Qualification
from bot.schools import Reader

MOST_NAMED = 10


def recognition(table: CourseTable, qualifications: Mapping[str, Qualification]) -> Iterator[str]:
    """In lines for who runs the import. A diploma for several levels is right when one of them is its own."""
    reader = Reader(qualifications.values())
    unknown: Counter[str] = Counter()
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    for row in table.rows:
        found = [one for one, _ in reader.read(row)]
        for one in found:
            levels[one].update(row.levels)
        if not found:
            unknown[row.name or ""] += 1
    if unknown:
        named = ", ".join(name for name, _ in unknown.most_common(MOST_NAMED))
        yield f"Of no diploma in qualifications.yaml: {unknown.total()}, most of all {named}."
    for one, said in sorted(levels.items()):
        if said and qualifications[one].level not in said:
            there = " and ".join(level for level, _ in said.most_common())
            yield f"{one!r} is {qualifications[one].level} in qualifications.yaml, and {there} in this file."

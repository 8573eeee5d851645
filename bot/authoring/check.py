"""Everything that is wrong in `flows/` and `knowledge/`, from a wrong indent to a sentence that is too long."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import groupby
from pathlib import Path

from bot.authoring.checks import (
    care,
    facts,
    header,
    item,
    languages,
    limits,
    message,
    passage,
    question,
    reach,
    schools,
    times,
    translations,
)
from bot.authoring.language import hard_texts
from bot.authoring.pinpoint import pinpointed
from bot.content import Content
from bot.content.language import together
from bot.content.load import read, without_collecting
from bot.content.problems import Location, Problem
from bot.content.reader import Kept, Reader
from bot.text import Text

WORDS = ("knowledge/words", "knowledge/languages", "knowledge/country")
LIMITS = ("knowledge/limits", "knowledge/languages", "knowledge/country")
_ALLOWED = re.compile(r"#\s*overstap:\s*allow\s+([A-Z]\d{3}(?:[\s,]+[A-Z]\d{3})*)")


@without_collecting
def problems(root: Path, on: date, kept: Kept | None = None) -> list[Problem]:
    """All problems, in the order of the files. `on`: today; `kept`: what came of the same files earlier.

    Nothing becomes an error because a day passed: what has to be verified again, `overstap knowledge due` says.
    What cannot be read hides nothing else, and makes nothing untrue be said (`bot.content.unread`).
    An editor who means it so writes `# overstap: allow F012` behind the line, or on the line above it.
    """
    reader = Reader(root, kept=kept)
    content = read(reader)
    reader.check(_of_whole(content, on, reader.unread.ways))
    reader.check(_once(reader, "limits", LIMITS, partial(limits.problems_of, content)))
    reader.check(times.problems_of(content.knowledge, on))
    for file, located in groupby(reader.texts, key=lambda pair: pair[0].file):
        reader.check(_once(reader, "texts", (file, *WORDS), partial(_of_texts, list(located), content)))
    found = dict.fromkeys(pinpointed(reader.problems, root))
    told = {problem.at for problem in found}
    for file in reader.said:
        unfinished = _once(reader, "unfinished", (file,), partial(translations.unfinished_values, root, file))
        found |= dict.fromkeys(problem for problem in unfinished if problem.at not in told)
    return sorted(_not_allowed(found, root), key=lambda problem: problem.at)


def _once(
    reader: Reader, name: str, files: tuple[str, ...], look: Callable[[], Iterable[Problem]]
) -> Sequence[Problem]:
    """What a check says, kept by what those files say whose names begin so: it hangs on nothing else."""
    said = [pair for pair in sorted(reader.said.items()) if pair[0].startswith(files)]
    key = f"{name} {reader.country.languages} {said}"
    known: Sequence[Problem] | None = reader.kept.get(key)
    if known is None:
        reader.kept[key] = known = tuple(look())
    return known


def _of_texts(texts: Sequence[tuple[Location, Text]], content: Content) -> Iterator[Problem]:
    yield from message.problems_of(texts, content.sentences)
    yield from translations.problems_of(texts, content.languages)
    yield from hard_texts(texts, content.knowledge.words)


def _of_whole(content: Content, on: date, unread: Container[str]) -> Iterator[Problem]:
    yield from passage.problems_of(content.flows, content.knowledge.facts_of_cues, unread)
    yield from question.problems_of(content.flows, content.languages, on)
    if content.languages:
        yield from header.problems_of(content.flows, content.country, together(content.languages.values()))
    yield from facts.problems_of(content)
    yield from item.problems_of(content.knowledge, on)
    yield from reach.problems_of(content)
    yield from care.problems_of(content.knowledge)
    yield from languages.problems_of(content)
    yield from schools.problems_of(content.knowledge, on)


def _not_allowed(found: Iterable[Problem], root: Path) -> Iterator[Problem]:
    """All problems but those that a comment in the file allows."""

    @cache
    def lines(file: str) -> list[str]:
        # A file may be missing, or no UTF-8: that was reported, and nothing in it is allowed.
        path = root / file
        return path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []

    for problem in found:
        near = lines(problem.at.file)[max(problem.at.line - 2, 0) : problem.at.line]
        above = [line for line in near[:-1] if line.lstrip().startswith("#")]
        allowed = (_ALLOWED.search(line) for line in [*above, *near[-1:]])
        if not any(comment and problem.code in comment[1] for comment in allowed):
            yield problem

"""Libraries for tests: the real one, and the real one with other flows."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.cli.wiring import open_compiled
from bot.compiled import Compiled
from bot.content.country import Country
from bot.content.flow import Flow
from bot.content.knowledge import Knowledge
from bot.content.language import Language, of_staff, together
from bot.content.load import read_flows, read_knowledge, read_languages, read_words
from bot.content.problems import BrokenContent, Problem
from bot.content.reader import Kept, Reader
from bot.settings import Settings
from bot.staff.locale import Locale
from bot.store import Store

ROOT = Path(__file__).parent.parent
BERLIN = ROOT / "tests" / "berlin"
CONTENT = {"CONTENT_DIR": str(ROOT)}
"""The setting that says where the content is: a store asks it what may be kept of nobody."""

READ: dict[str, Any] = {}
"""What came of files, by what they say (`bot.content.load.Kept`): the languages and sentences of ours, which tests have
beside files of their own, are read once a process and not some hundreds of times."""
READ_BY_THEMSELVES = Reader.__init__


def read_with_what_was_read(reader: Reader, root: Path, country: Country | None = None, kept: Kept | None = None):
    """`Reader.__init__`, to whom what another test read counts as kept."""
    READ_BY_THEMSELVES(reader, root, country, READ if kept is None else kept)


@contextmanager
def kept_at_hand(_: Path) -> Iterator[Kept]:
    """`bot.cli.wiring.kept_files`, without a disk."""
    yield READ


def plain_yaml(file: Path) -> Any:
    """A file of cases, as any program reads it: by libyaml, where that is, in a tenth of the time."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(file.read_text("utf-8"))
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()


@cache
def netherlands() -> Country:
    """The real country, for folders that hold flows and knowledge alone."""
    return Reader(ROOT).country


@cache
def _read_knowledge() -> tuple[Knowledge, tuple[Problem, ...]]:
    reader = Reader(ROOT)
    return read_knowledge(reader), tuple(reader.problems)


def real_knowledge() -> Knowledge:
    """All knowledge: the library has it sooner than it is read. Of broken content it is what can be read."""
    try:
        return real_library().content.knowledge
    except BrokenContent:
        return _read_knowledge()[0]


def problems_of_knowledge() -> tuple[Problem, ...]:
    """What was wrong in it."""
    return _read_knowledge()[1]


def informed(store: Store) -> Store:
    """A store that knows what the real content says. Each would read that by itself: thirty milliseconds, for some
    hundreds of tests."""
    library = real_library()
    store.country, store.staff_language = library.content.country, library.content.staff_language
    store.private = library.private
    return store


@cache
def locale_in(root: Path = ROOT) -> Locale:
    """How staff read things by the content in a folder."""
    country, languages = read_words(root)
    return Locale(country, of_staff(country, languages))


def words_of(reader: Reader) -> Language:
    """The words of all languages of a folder, in one."""
    return together(read_languages(reader).values())


@cache
def berlin_library() -> Compiled:
    """That of a small centre in another country, read from disk as well."""
    return open_compiled(Settings.read({"CONTENT_DIR": str(BERLIN)}, root=ROOT))


@cache
def real_library() -> Compiled:
    """All flows and all knowledge, as they are published: built once for all tests, and by commands too, on disk."""
    return open_compiled(Settings.read({}, root=ROOT))


def flows_in(root: Path) -> Mapping[str, Flow]:
    """The flows in `root/flows`; raises BrokenContent when one of them is broken."""
    reader = Reader(root, netherlands())
    flows, _ = read_flows(reader)
    if reader.problems:
        raise BrokenContent(reader.problems)
    return flows


def library_with(flows: Mapping[str, Flow], version: str = "1") -> Compiled:
    """The real sentences and knowledge, with these flows instead of the real ones."""
    compiled = real_library()
    return replace(compiled, content=replace(compiled.content, flows=flows, version=version))

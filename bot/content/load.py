"""`flows/` and `knowledge/`, read whole: all of it, or everything that is wrong with it."""

import gc
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from bot.content import check_exploring, check_limits, check_routes, check_schools, course_tables, work_table
from bot.content.check_flows import disagreements, flows_spelled_out
from bot.content.check_knowledge import (
    absent,
    dangling,
    elsewhere,
    ids,
    impossible,
    mislabelled,
    misplaced_areas,
    pays_for_no_course,
    unclear_roles,
    with_levels,
)
from bot.content.check_staff_words import taken_commands, unsaid
from bot.content.content import Content
from bot.content.country import UNKNOWN, Country
from bot.content.exploring import Exploring, Likings, Skills
from bot.content.files import fingerprint, paths
from bot.content.flow import Flow
from bot.content.flow_schema import FLOW, calls_to_nowhere
from bot.content.knowledge import CareGuide, FactWords, Freshness, Knowledge
from bot.content.knowledge_schema import FORMATS
from bot.content.language import IN_CODES, Language, of_staff
from bot.content.problems import BrokenContent, Location, Problem, Severity, did_you_mean
from bot.content.reader import Kept, Reader
from bot.content.schools import CourseTable, Schooling
from bot.content.sentences_schema import COMMON, SENTENCES
from bot.content.shapes import Ids
from bot.content.spelled_out import with_order_spelled_out
from bot.errors import BotError
from bot.text import Text
from bot.workdays import holidays_of

T = TypeVar("T")
P = ParamSpec("P")


def unknown_files(root: Path) -> Iterator[Problem]:
    """Files that nothing reads: most often a name with a typing error."""
    known = {path for kind in FORMATS for path in paths(root, kind)}
    for path in sorted((root / "knowledge").glob("**/*.y*ml")):
        if path not in known:
            name = path.relative_to(root).as_posix()
            hint = did_you_mean(path.relative_to(root / "knowledge").parts[0].removesuffix(".yaml"), FORMATS)
            if path.suffix == ".yml":
                hint = f"Call it {path.stem}.yaml."
            yield Problem(Location(name, 1, 1), "no part of the bot reads this file", hint, "C007")


def read_knowledge(reader: Reader) -> Knowledge:
    """Everything in `knowledge/`; what is wrong is in `reader.problems`."""
    knowledge = Knowledge(
        facts=reader.by("id", FORMATS["facts"]),
        sectors=reader.by("id", FORMATS["sectors"]),
        occupations=reader.by("id", FORMATS["occupations"]),
        wishes=reader.by("id", FORMATS["wishes"]),
        cues=reader.by("id", FORMATS["cues"]),
        municipalities=reader.by("name", FORMATS["places"]),
        synonyms=tuple(reader.entries(FORMATS["synonyms"])),
        words=reader.by("word", FORMATS["words"]),
        freshness=reader.only(FORMATS["freshness"]) or Freshness(MappingProxyType({}), 365),
        fact_words=reader.only(FORMATS["fact-words"]) or FactWords(MappingProxyType({})),
        programmes=reader.by("id", FORMATS["programmes"]),
        routes=reader.by("id", FORMATS["routes"]),
        subsidies=reader.by("id", FORMATS["subsidies"]),
        questions=reader.by("id", FORMATS["faq"]),
        elsewhere=reader.by("id", FORMATS["out-of-scope"]),
        small_talk=reader.by("id", FORMATS["smalltalk"]),
        **_care(reader),
        meanings=reader.by("id", FORMATS["meanings"]),
        messages=tuple(reader.entries(FORMATS["messages"])),
        company=reader.only(FORMATS["company"]),
        areas=reader.only(FORMATS["areas"]) or MappingProxyType({}),
        limits=reader.only(FORMATS["limits"]),
        demands=reader.only(FORMATS["demands"]),
        weights=reader.only(FORMATS["weights"]),
        advice=reader.only(FORMATS["advice"]),
        schooling=_schooling(reader),
        exploring=_exploring(reader),
    )
    knowledge = with_levels(knowledge, reader.country)
    reader.problems += unknown_files(reader.root)
    missing = [problem for problem in absent(knowledge) if not (reader.root / problem.at.file).exists()]
    reader.problems += missing
    if missing:  # every reference to it would dangle: a page of problems
        reader.unread.empty.add("")
    for check in (
        dangling(knowledge),
        impossible(knowledge),
        mislabelled(knowledge),
        misplaced_areas(knowledge),
        pays_for_no_course(knowledge, reader.country),
        elsewhere(knowledge, reader.country) if reader.country is not UNKNOWN else (),
        unclear_roles(knowledge),
        check_limits.problems_of(knowledge),
        check_routes.problems_of(knowledge),
        check_schools.problems_of(knowledge, reader.country),
        check_exploring.problems_of(knowledge),
    ):
        reader.check(check)
    return with_order_spelled_out(knowledge)


def _care(reader: Reader) -> dict[str, Any]:
    """What `care.yaml` and `cries/` hold, by attribute of `Knowledge`."""
    guide: CareGuide = reader.only(FORMATS["care"]) or CareGuide((), ())
    return {
        "care": reader.unique("id", guide.cries),
        "care_rules": guide.rules,
        "own_help": guide.own,
        "foreign_cries": reader.by("language", FORMATS["cries"]),
    }


def _schooling(reader: Reader) -> Schooling:
    """What schools teach: the diplomas, the schools, and the tables of courses."""
    tables: list[CourseTable] = []
    for path in course_tables.tables(reader.root):
        table, problems = course_tables.read(path, path.relative_to(reader.root).as_posix())
        reader.problems += problems
        tables += [table] if table else []
    return Schooling(
        trades=reader.by("id", FORMATS["trades"]),
        qualifications=reader.by("id", FORMATS["qualifications"]),
        schools=reader.by("id", FORMATS["schools"]),
        tables=tuple(tables),
    )


def _exploring(reader: Reader) -> Exploring:
    """What one may like in work, what people do in it, and the table of work."""
    likings: Likings = reader.only(FORMATS["interests"]) or Likings((), (), (), (), ())
    skills: Skills = reader.only(FORMATS["skills"]) or Skills(())
    path, table = work_table.path_of(reader.root), None
    if path.exists():
        table, problems = work_table.read(path, path.relative_to(reader.root).as_posix())
        reader.problems += problems
    work = {row.isco: row for row in table.rows} if table else {}
    return Exploring(likings, reader.unique("id", skills.skills), skills.unpaid, MappingProxyType(work), table)


def read_flows(reader: Reader) -> tuple[Mapping[str, Flow], Mapping[str, Text]]:
    """The flows by id, and the bot's own sentences by name; what is wrong is in `reader.problems`."""
    flows: dict[str, Flow] = {}
    sentences: Mapping[str, Text] = MappingProxyType({})
    for path in sorted((reader.root / "flows").glob("*.yaml")):
        if path.name == COMMON:
            sentences = reader.file(path, SENTENCES) or sentences
        elif flow := reader.file(path, FLOW):
            if flow.id in flows:
                message = f"the flow {flow.id!r} is in {flows[flow.id].at.file} as well"
                hint = "Give one of the two another id, and another 'opens_with'."
                reader.problems.append(Problem(flow.at, message, hint, "C006", within=("id",)))
            flows.setdefault(flow.id, flow)
    reader.problems += calls_to_nowhere(flows, reader.unread.names)
    return MappingProxyType(flows), sentences


def load(root: Path, kept: Kept | None = None) -> Content:
    """All content under `root`, or BrokenContent with every error: nothing is ever half loaded.

    `kept`: as of `Reader`.
    """
    reader = Reader(root, kept=kept)
    if not (root / "flows").is_dir() or not (root / "knowledge").is_dir():
        raise BotError(f"There are no folders flows/ and knowledge/ in {root}. Is CONTENT_DIR right?")
    content = read(reader)
    errors = [problem for problem in reader.problems if problem.severity is Severity.ERROR]
    if errors:
        raise BrokenContent(errors)
    return content


def ids_in(reader: Reader) -> Ids:
    """What there is to point at, as far as it can be read."""
    flows, _ = read_flows(reader)
    return {**ids(read_knowledge(reader)), "flow": {flow.id: flow.title.fallback for flow in flows.values()}}


def read_country(root: Path) -> Country:
    """The country of the content under `root`; nothing else is read."""
    reader = Reader(root)
    if reader.problems or reader.country is UNKNOWN:
        raise BrokenContent(reader.problems or [_no_country()])
    return reader.country


def read_words(root: Path) -> tuple[Country, Mapping[str, Language]]:
    """The country of the content under `root`, and the words of languages by code; nothing else is read."""
    reader = Reader(root)
    languages = read_languages(reader)
    if reader.problems or reader.country is UNKNOWN:
        raise BrokenContent(reader.problems or [_no_country()])
    return reader.country, languages


def read_staff_language(root: Path) -> Language:
    """The language whose words staff read; codes when the files of words cannot be read just then.

    Nobody's work waits for an editor.
    """
    try:
        return of_staff(*read_words(root))
    except BrokenContent:
        return IN_CODES


def without_collecting(read: Callable[P, T]) -> Callable[P, T]:
    """While a hundred thousand objects are made that all stay, Python's search for circles of them takes a quarter of
    the time (benchmarks/README.md)."""

    @wraps(read)
    def reading(*args: P.args, **kwargs: P.kwargs) -> T:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return read(*args, **kwargs)
        finally:
            if was_on:
                gc.enable()

    return reading


def _no_country() -> Problem:
    at, hint = Location("knowledge/country.yaml", 1, 1), "Copy the one that Overstap ships, and change it."
    return Problem(at, "nothing says which country and languages these are for", hint, "C013")


def unknown_holidays(country: Country) -> Iterator[Problem]:
    """Not seen by the shape of the file: who knows all holidays of the world is heavy, and not every command asks."""
    if country.holidays and not holidays_of(country.holidays):
        message = f"nobody knows the holidays of {country.holidays!r}"
        hint = "Write 'holidays' as ISO 3166 has it: NL, or DE-BE for a state."
        yield Problem(country.at, message, hint, "C020", within=("holidays",))


@without_collecting
def read(reader: Reader) -> Content:
    """All content, as far as it can be read; what is wrong is in `reader.problems`."""
    version = fingerprint(reader.root)
    flows, sentences = read_flows(reader)
    if not (reader.root / "flows" / COMMON).exists():
        at, hint = Location(f"flows/{COMMON}", 1, 1), "Copy the one that Overstap ships."
        reader.problems.append(Problem(at, "the bot has no words of its own", hint, "C008"))
    if reader.country is UNKNOWN and not paths(reader.root, "country"):
        reader.problems.append(_no_country())
    reader.problems += unknown_holidays(reader.country)
    languages = read_languages(reader)
    reader.check([*unsaid(reader.country, languages), *taken_commands(languages)])
    knowledge = read_knowledge(reader)
    reader.check(disagreements(flows, knowledge))
    country = replace(reader.country, days_off=holidays_of(reader.country.holidays))
    return Content(flows_spelled_out(flows, knowledge), sentences, knowledge, version, country, languages)


def read_languages(reader: Reader) -> Mapping[str, Language]:
    """The words of every language that has a file; each that is spoken must have one, with words in every list."""
    languages: Mapping[str, Language] = reader.by("code", FORMATS["languages"])
    for code in reader.country.languages:
        if code not in languages and (reader.root / "knowledge" / "languages" / f"{code}.yaml").exists():
            continue  # it cannot be read, and why was said
        if code not in languages:
            at, hint = (
                Location(f"knowledge/languages/{code}.yaml", 1, 1),
                "Copy one that Overstap ships, and translate it.",
            )
            reader.problems.append(Problem(at, f"there are no words in {code!r}, which is spoken", hint, "C014"))
        elif lacking := languages[code].lacking:
            message = f"{code!r} is spoken, and has no words for {', '.join(lacking)}"
            hint = "Without them the bot does not hear a yes, a question, or that somebody speaks of their health."
            reader.check([Problem(languages[code].at, message, hint, "C015")])
    return languages

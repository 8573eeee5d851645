"""Every address of the pages of knowledge. What they show hangs on no person: search engines may read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.advice.money import FOR_PEOPLE
from bot.content.knowledge import MoneyForm
from bot.web.knowledge.finding import courses, find_courses, find_questions, find_schemes, schemes
from bot.web.knowledge.reader import ADDRESSES, Reader
from bot.web.knowledge.sitemap import robots, sitemap
from bot.web.knowledge.telling import Item, ended_about, is_over, sources, tell
from bot.web.public.site import MenuItem, Site

ROOM = Path(__file__).parent
QUESTIONS, COURSES, MONEY = (ADDRESSES[room] for room in ("questions", "courses", "money"))
MENU = (MenuItem("questions", QUESTIONS), MenuItem("courses", COURSES), MenuItem("money", MONEY))
LONGEST_SEARCH = 200  # letters
ELSEWHERE = "other"  # the group of what has no sector
FOR_OTHERS, ENDED = "for_others", "ended"  # groups of schemes: what only a company or a school can ask for


@dataclass(frozen=True, slots=True)
class Group:
    """Some links under a heading."""

    title: str
    items: Sequence[tuple[str, str, str]]  # address, title, one line


def routes(site: Site) -> Sequence[BaseRoute]:
    pages: list[tuple[str, Callable[[Reader], Response]]] = [
        (QUESTIONS, all_questions),
        (f"{QUESTIONS}/{{id}}", one_question),
        (COURSES, all_courses),
        (f"{COURSES}/{{id}}", one_course),
        (MONEY, all_schemes),
        (f"{MONEY}/{{id}}", one_scheme),
        ("/sitemap.xml", lambda reader: sitemap(reader, addresses(reader))),
        ("/robots.txt", robots),
    ]

    def endpoint(show: Callable[[Reader], Response]) -> Callable[[Request], Response]:
        return lambda request: show(Reader(site, request))

    return [Route(path, endpoint(show), methods=["GET"]) for path, show in pages]


def addresses(reader: Reader) -> Sequence[str]:
    """Every page that has an address of its own."""
    compiled, on = reader.compiled, reader.today
    return [
        "/",
        QUESTIONS,
        COURSES,
        MONEY,
        *(f"{QUESTIONS}/{one}" for one in compiled.content.knowledge.questions),
        *(f"{COURSES}/{name}" for name, item in courses(compiled).items() if not is_over(item, on)),
        *(f"{MONEY}/{name}" for name in schemes(compiled)),
    ]


# ------------------------------------------------------------------ questions
def all_questions(reader: Reader) -> Response:
    every = reader.compiled.content.knowledge.questions.values()
    if typed := reader.typed(LONGEST_SEARCH):
        found = [_question_link(reader, one.id) for one in find_questions(reader.compiled, typed)]
        return reader.page("questions", groups=[], found=found, perhaps=(), typed=typed)
    themes = dict.fromkeys(one.theme for one in every)
    groups = [
        Group(reader.theme(theme), [_question_link(reader, one.id) for one in every if one.theme == theme])
        for theme in themes
    ]
    return reader.page("questions", groups=groups, found=None, perhaps=(), typed="")


def _question_link(reader: Reader, question: str) -> tuple[str, str, str]:
    entry = reader.compiled.content.knowledge.questions[question]
    return f"{QUESTIONS}/{question}", entry.question[reader.language], ""


def one_question(reader: Reader) -> Response:
    question = reader.compiled.content.knowledge.questions.get(reader.name)
    if question is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    ended, is_all = ended_about(question, reader.compiled, reader.today)
    return reader.page(
        "question",
        question=question.question[reader.language],
        answer=None if is_all else question.answer[reader.language].strip(),
        ended=[_link_to(reader, item) for item in ended],
        depends=question.personal.value != "never",
        sources=list(sources(question, reader.language)),
        theme=reader.theme(question.theme),
    )


# ------------------------------------------------------------------ courses and money
def all_courses(reader: Reader) -> Response:
    every = {name: item for name, item in courses(reader.compiled).items() if not is_over(item, reader.today)}
    sectors = reader.compiled.content.knowledge.sectors
    by_sector: dict[str, list[Item]] = {name: [] for name in (*sectors, ELSEWHERE)}
    for item in every.values():
        by_sector[next(iter(item.sectors), ELSEWHERE)].append(item)
    titles = {name: one.name[reader.language] for name, one in sectors.items()}
    titles[ELSEWHERE] = reader.say("other_work")
    return _list(reader, find_courses, by_sector, titles)


def all_schemes(reader: Reader) -> Response:
    groups: dict[str, list[Item]] = {name: [] for name in (*MoneyForm, FOR_OTHERS, ENDED)}
    for item in schemes(reader.compiled).values():
        is_theirs = FOR_PEOPLE.intersection(item.applicants)
        groups[ENDED if is_over(item, reader.today) else item.form if is_theirs else FOR_OTHERS].append(item)
    return _list(reader, find_schemes, groups, {name: reader.say(f"form_{name}") for name in groups})


def _list(
    reader: Reader,
    find: Callable[..., Sequence[Item]],
    groups: Mapping[str, Sequence[Item]],
    titles: Mapping[str, str],
) -> Response:
    if typed := reader.typed(LONGEST_SEARCH):
        found = [_link_to(reader, item) for item in find(reader.compiled, typed)]
        perhaps = [] if found else [_question_link(reader, one.id) for one in find_questions(reader.compiled, typed)]
        return reader.page("items", groups=[], found=found, perhaps=perhaps, typed=typed)
    shown = [
        Group(_capital(titles[name]), sorted((_link_to(reader, item) for item in items), key=_title))
        for name, items in groups.items()
        if items
    ]
    return reader.page("items", groups=shown, found=None, perhaps=(), typed="")


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]


def _title(link: tuple[str, str, str]) -> str:
    return link[1].casefold()


def _link_to(reader: Reader, item: Item) -> tuple[str, str, str]:
    room = MONEY if item.id in reader.compiled.content.knowledge.subsidies else COURSES
    return f"{room}/{item.id}", item.title[reader.language], getattr(item, "provider", "")


def one_course(reader: Reader) -> Response:
    return _one(reader, cast("Mapping[str, Item]", courses(reader.compiled)))


def one_scheme(reader: Reader) -> Response:
    return _one(reader, cast("Mapping[str, Item]", schemes(reader.compiled)))


def _one(reader: Reader, known: Mapping[str, Item]) -> Response:
    item = known.get(reader.name)
    if item is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    told = tell(item, reader.compiled, reader.language, reader.today)
    return reader.page("item", told=told, instead=[_link_to(reader, one) for one in told.instead])

"""What of the knowledge has a page, and what of it somebody looks for: by the work that it leads to, and by name."""

from collections.abc import Iterable, Mapping, Sequence

from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.content.knowledge import FaqEntry, Programme, ProgrammeStatus, Route, Subsidy, SubsidyStatus
from bot.matching import called, words
from bot.recognisers.faq import POSSIBLE
from bot.web.knowledge.telling import Item

MOST_FOUND = 30
MOST_CALLED = 8
MOST_ANSWERS = 6


def courses(compiled: Compiled) -> Mapping[str, Programme | Route]:
    """What adults can do, by id: what is never offered to anybody (for pupils, a network) has no page.

    What has ended has one, so that an old link says so.
    """
    knowledge = compiled.content.knowledge
    offered = {one.item.id: one.item for one in compiled.catalogue.profiles.values() if one.never is None}
    ended = {one.id: one for one in knowledge.programmes.values() if one.status is ProgrammeStatus.ENDED}
    return {**offered, **ended}


def schemes(compiled: Compiled) -> Mapping[str, Subsidy]:
    """Ways to pay, by id; a mere plan of one is none."""
    every = compiled.content.knowledge.subsidies
    return {name: one for name, one in every.items() if one.status is not SubsidyStatus.PROPOSED}


def find_questions(compiled: Compiled, text: str) -> Sequence[FaqEntry]:
    """The questions that a text may ask, likeliest first: those that the bot would answer or suggest."""
    found = compiled.faq.look_up(text)
    ids = dict.fromkeys([*([found.id] if found.id else []), *found.suggestions])
    if found.id:
        ids |= dict.fromkeys(one.label for one in found.candidates if one.score >= POSSIBLE)
    return [compiled.content.knowledge.questions[one] for one in ids][:MOST_ANSWERS]


def find_courses(compiled: Compiled, text: str) -> Sequence[Item]:
    """Ways to the work in a text and courses for it, else what is called so. What is for everybody is for no search."""
    known = courses(compiled)
    work = compiled.work(text, Vocabulary.DESIRED_WORK)
    codes = _codes(compiled, work.chosen)
    near = [*compiled.catalogue.routes_to(work), *compiled.catalogue.near(work)] if work.chosen or work.sectors else []
    of_work = [one for one in near if codes & _codes(compiled, one.occupations)]
    of_sectors = [one for one in near if not codes and one.sectors.intersection(work.sectors)]
    names = {name: item.names for name, item in known.items()}
    named = _with_the_words(known, compiled, text)
    if named and _is_no_work(compiled, text):
        found = named
    else:
        found = [one.item.id for one in of_work or of_sectors] or named or called(names, text, MOST_CALLED)
    return [known[one] for one in dict.fromkeys(found) if one in known][:MOST_FOUND]


def _with_the_words(known: Mapping[str, Item], compiled: Compiled, text: str) -> list[str]:
    """What has every word of a text in its name, who gives it or where; if none, all but a town."""
    asked = set(words(text))
    rest = asked - _towns_in(compiled, text)
    said = {name: set(words(_said_of(item))) for name, item in known.items()}
    all_of = [name for name, heard in said.items() if asked <= heard]
    return all_of or [name for name, heard in said.items() if rest and rest <= heard]


def _is_no_work(compiled: Compiled, text: str) -> bool:
    """Whether a town in it is all that a text is taken for work by: "bbl utrecht" is no misspelt job."""
    towns = _towns_in(compiled, text)
    rest = " ".join(word for word in words(text) if word not in towns)
    work = compiled.work(rest, Vocabulary.DESIRED_WORK)
    return bool(towns and rest) and not (work.chosen or work.sectors)


def _towns_in(compiled: Compiled, text: str) -> set[str]:
    return {word for word in words(text) if compiled.places.is_name(word)}


def _said_of(item: Item) -> str:
    where = (item.provider, *item.where.municipalities) if isinstance(item, Programme) else ()
    return " ".join((*item.names, *where))


def _codes(compiled: Compiled, occupations: Iterable[str]) -> set[str]:
    return {compiled.content.knowledge.occupations[one].isco for one in occupations}


def find_schemes(compiled: Compiled, text: str) -> Sequence[Item]:
    """Ways to pay that are called so, and those that the answer to such a question is about."""
    known = schemes(compiled)
    about = [name for question in find_questions(compiled, text)[:2] for name in question.about]
    names = {name: item.names for name, item in known.items()}
    found = dict.fromkeys([*called(names, text, MOST_CALLED), *about])
    return [known[one] for one in found if one in known][:MOST_FOUND]

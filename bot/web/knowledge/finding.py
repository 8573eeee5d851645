"""What of the knowledge has a page, and what of it somebody looks for: by the work that it leads to, and by name."""

from collections.abc import Iterable, Mapping, Sequence

from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.content.knowledge import FaqEntry, Programme, ProgrammeStatus, Route, Subsidy, SubsidyStatus
from bot.matching import called
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
    found = [one.item.id for one in of_work or of_sectors] or called(names, text, MOST_CALLED)
    return [known[one] for one in dict.fromkeys(found) if one in known][:MOST_FOUND]


def _codes(compiled: Compiled, occupations: Iterable[str]) -> set[str]:
    return {compiled.content.knowledge.occupations[one].isco for one in occupations}


def find_schemes(compiled: Compiled, text: str) -> Sequence[Item]:
    """Ways to pay that are called so, and those that the answer to such a question is about."""
    known = schemes(compiled)
    about = [name for question in find_questions(compiled, text)[:2] for name in question.about]
    names = {name: item.names for name, item in known.items()}
    found = dict.fromkeys([*called(names, text, MOST_CALLED), *about])
    return [known[one] for one in found if one in known][:MOST_FOUND]

"""Plain facts in a language that is not spoken here: work, an age, a diploma, a Dutch town in Latin letters."""

import re
from collections.abc import Iterator

from bot.answers import role_of
from bot.content.flow import Collect
from bot.content.knowledge import FactRole
from bot.recognisers.plain_facts import Time
from bot.understanding.acts import Act, Fill, Request
from bot.understanding.context import Context
from bot.understanding.facts import fill

_LATIN = re.compile(r"[A-Z][a-zA-Z'-]+(?: [A-Za-z'-]+){0,2}")
CERTAIN_ENOUGH = 0.3  # a word that means one of three kinds of driver is work all the same


def foreign_acts(text: str, code: str, context: Context) -> Iterator[Act]:
    """What a text in the language `code` says, as far as we have words for it."""
    compiled, language = context.answers.compiled, context.answers.language
    found = compiled.foreign.find(text, code)
    asked = role_of(context.asked, compiled) if isinstance(context.asked, Collect) else None
    work = next((one for one in found.occupations if not one.denied and one.certainty >= CERTAIN_ENOUGH), None)
    if work:
        is_job = work.time is Time.NOW or (asked is FactRole.JOB and work.time is None)
        name = compiled.content.knowledge.occupations[work.value].name[language]
        yield from _filled(FactRole.JOB if is_job else FactRole.WISH, name, context)
    for role, one in ((FactRole.LEVEL, found.level), (FactRole.AGE, found.age)):
        if one and not one.denied:
            yield from _filled(role, one.value, context)
    yield from _town(text, context)
    if found.request and found.request.value != "help":
        yield Request(found.request.value, "", text[found.request.start : found.request.end])


def _filled(role: FactRole, said: str, context: Context) -> Iterator[Act]:
    question = context.by_role.get(role)
    act = fill(question, said, context, named=True) if question else None
    if isinstance(act, Fill):
        yield act


def _town(text: str, context: Context) -> Iterator[Act]:
    places = context.answers.compiled.places
    for hit in _LATIN.finditer(text):
        words = hit.group().split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            if places.is_name(name):
                yield from _filled(FactRole.PLACE, name, context)
                return

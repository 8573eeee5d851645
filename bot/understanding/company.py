"""What a company says of itself in one message: "hoveniersbedrijf in Ede, 12 man, 2 leerwerkplekken"."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from bot.answers import CLEAR, Understood, bare, type_of
from bot.answers.choices import Label, inside, labels
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole
from bot.matching import folded
from bot.matching import words as split
from bot.recognisers.compounds import first_half
from bot.recognisers.numbers import Counted, Measure, without
from bot.recognisers.tokens import tokens_of
from bot.understanding.acts import Fill
from bot.understanding.context import Context
from bot.understanding.facts import fill

COUNTED = {FactRole.COMPANY_SIZE: Measure.PEOPLE, FactRole.PLACES: Measure.PLACES}
"""What a number must count, to say how big a company is or how many it can take."""
AGES = (None, Measure.YEARS)  # "iemand van 58": nothing stands behind it, or years
SHORT = 3  # characters; "ww" and "bbl" are whole words, and no part of one


def of_company(text: str, filled: Iterable[str], context: Context) -> Iterator[Fill]:
    """What surely answers a question about a company, when those are the questions."""
    if FactRole.SECTOR not in context.by_role:
        return
    done = {*filled, *(name for name, value in context.known.items() if value is not None)}
    counting = context.answers.compiled.counting
    counted = counting.read(tokens_of(text))
    told = list(_work_sought(text, counted, done, context))
    yield from told
    done |= {act.question for act in told}
    for role, measure in COUNTED.items():
        question = context.by_role.get(role)
        numbers = [one for one in counted if one.measure is measure]
        if question and question.id not in done and numbers:
            yield from _number(question, numbers, text, context)
    uncounted = without(text, (one for one in counted if one.measure in COUNTED.values()))
    for question in context.questions:
        if type_of(question).is_of_several and question.id not in done:
            ages = [one for one in counted if one.measure in AGES]
            yield from _some(question, uncounted, ages, {act.question for act in told}, context)
    words = _without_people(uncounted, context)
    sector, place = context.by_role[FactRole.SECTOR], context.by_role.get(FactRole.WORKPLACE)
    if sector.id not in done:
        yield from _sector(sector, words, context)
    if place and place.id not in done:
        yield from _town(place, words, context)


def _without_people(text: str, context: Context) -> str:
    """A text without whom a company has or looks for: who looks for "leerlingen" or "zij-instromers" is no school."""
    counting, tokens = context.answers.compiled.counting, tokens_of(text)
    for place in reversed(range(len(tokens))):
        measure, behind = counting.unit_at(tokens, place)
        if measure in COUNTED.values() and behind > place:
            text = f"{text[: tokens[place].start]} {text[tokens[behind - 1].end :]}"
    return text


def _work_sought(text: str, counted: Iterable[Counted], done: Collection[str], context: Context) -> Iterator[Fill]:
    """The work for which they look for people, and for how many when a number stands before it: "zoek twee koks"."""
    sought = context.answers.compiled.companies.sought(text)
    vacancy, places = context.by_role.get(FactRole.VACANCY), context.by_role.get(FactRole.PLACES)
    if not sought or vacancy is None or vacancy.id in done:
        return
    yield Fill(vacancy.id, Understood(sought, CLEAR, raw=sought, shown=sought), sought)
    number = next((one for one in counted if bare(text[one.end :]).startswith(sought)), None)
    if places and places.id not in done and number:
        yield from _number(places, [number], text, context)


def _number(question: Collect, numbers: list[Counted], text: str, context: Context) -> Iterator[Fill]:
    """The number; of "2 of 3" the first, because it is played back and may be said again."""
    words = text[numbers[0].start : numbers[0].end]
    act = fill(question, str(round(numbers[0].value)), context)
    if isinstance(act, Fill):
        yield replace(act, words=words)


def _sector(question: Collect, text: str, context: Context) -> Iterator[Fill]:
    """The sector of the work that is named, when it is one of those to choose from."""
    today = context.answers.today
    every = labels(question.offered(today), context.answers.language, today)
    found = inside(every, text) or _in_compounds(every, text, context)
    if len(found) != 1:
        work = context.answers.compiled.work(text, Vocabulary.CURRENT_JOB)
        found = [one for one in every if one.value in work.sectors[:1]] if work.certainty >= CLEAR else []
    if len(found) == 1:
        yield Fill(question.id, Understood(found[0].value, CLEAR, raw=found[0].value, shown=found[0].shown), text)


def _in_compounds(options: Iterable[Label], text: str, context: Context) -> list[Label]:
    """The choices of which a name is the first half of a compound: techniek of "installatiebedrijf"."""
    links = folded(context.answers.compiled.spoken.work.links)
    owners = {name: one for one in options for name in one.names}
    halves = (first_half(word, owners, links) for word in split(text))
    return list({owners[half].value: owners[half] for half in halves if half is not None}.values())


def _some(question: Collect, text: str, ages: list[Counted], told: Collection[str], context: Context) -> Iterator[Fill]:
    """All of some choices that are named, or that an age stands for: "iemand van 58 met ww". What is denied is not.

    `told`: the questions that the same message answered: a choice may follow from one.
    """
    today, known = context.answers.today, context.answers.compiled.reply_words
    # What rules know a choice by is no word of theirs: who looks for "staff" has none in mind who works there.
    every = [
        replace(one, names=tuple(name for name in one.names if name != one.value or one.names.count(name) > 1))
        for one in labels(question.offered(today), context.answers.language, today)
    ]
    said = ", ".join(one for one in known.between.split(text.casefold()) if not known.negates(bare(one)))
    named = [*inside(every, bare(said)), *_in_compounds(every, said, context), *_by_short_names(every, said)]
    named += [one for one in every if one.numbers and any(int(age.value) in one.numbers for age in ages)]
    follows = {one.value for one in question.choices if one.told_by in told}
    chosen = [one for one in every if one in named or one.value in follows]
    if chosen:
        values, shown = [one.value for one in chosen], [one.shown for one in chosen]
        reading = Understood(frozenset(values), CLEAR, raw=", ".join(values), shown=", ".join(shown))
        yield Fill(question.id, reading, text)


def _by_short_names(options: Iterable[Label], text: str) -> list[Label]:
    """The choices that are named by letters: "ww", "bbl"."""
    said = {word for word in split(text) if len(word) <= SHORT}
    return [one for one in options if said.intersection(one.names)]


def _town(question: Collect, text: str, context: Context) -> Iterator[Fill]:
    """A town that is named, wherever it stands."""
    act = fill(question, text, context)
    if isinstance(act, Fill) and act.reading.certainty >= CLEAR:
        yield replace(act, reading=replace(act.reading, raw=str(act.reading.value)))

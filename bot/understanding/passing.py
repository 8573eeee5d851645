"""What is told inside a part about something else: "timmerman in Sneek", "taxi zzp", "na 8 jaar bouw, ik ben 41"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.answers import CERTAIN, CLEAR, Understood, bare, type_of
from bot.answers.choices import inside, labels
from bot.answers.free_text import SURE_OF_WORK
from bot.answers.reading import spaced
from bot.answers.units import lone_age, told_age
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole, PartKind
from bot.matching import fold, folded, words
from bot.recognisers.parts import Part
from bot.understanding.acts import Act, Ask, Fill, Which
from bot.understanding.context import Context
from bot.understanding.cutting import around
from bot.understanding.facts import fill, is_unfinished, tells

CHOSEN = (FactRole.LEVEL, FactRole.EMPLOYMENT, FactRole.BENEFIT)
NOT_LOOKED_AT = frozenset({PartKind.OTHER, PartKind.ASK, PartKind.EXCLUDE, PartKind.LIMIT, PartKind.WISH})
LONGEST_TOWN = 3  # words


def in_passing(text: str, parts: Sequence[Part], filled: Iterable[str], context: Context) -> Iterator[Act]:
    """What surely answers a question that no part is about, and that has no answer yet."""
    done = {*filled, *(name for name, value in context.known.items() if value is not None)}
    own = [part for part in parts if part.kind not in NOT_LOOKED_AT]
    age = context.by_role.get(FactRole.AGE)
    # In the whole text: "20 jaar" is an age, and "20 jaar moeder" is none.
    if age and age.id not in done and own and (told := told_age(text, context.answers) or _lone_age(text, context)):
        yield Fill(age.id, replace(told, raw=told.raw or str(told.value)), str(told.value))
    job = context.by_role.get(FactRole.JOB)
    if job and job.id not in done and (act := _job_beside(job, own, context)):
        yield act
    for role in (FactRole.PLACE, *CHOSEN):
        question = context.by_role.get(role)
        if question is None or question.id in done:
            continue
        acts = (_told(role, question, part, context, around(text, part)) for part in own)
        found = next((act for act in acts if act is not None), None)
        if found:
            yield found
    counted = [part for part in own if part.kind is PartKind.HOURS]
    yield from (
        act for question in context.questions if question.id not in done for act in _when(question, counted, context)
    )


def _when(question: Collect, counted: Sequence[Part], context: Context) -> Iterator[Fill]:
    """When they can, of hours that are counted in parts of a day: "2 avonden" says both."""
    if type_of(question).is_of_several:
        found = (_read(question, part.words, context) for part in counted)
        yield from [act for act in found if act][:1]


def wished_in_question(acts: Sequence[Act], parts: Sequence[Part], context: Context) -> Iterator[Fill]:
    """The work that they ask about for themselves, of who told no wish yet: "kan ik elektricien worden?", or
    "mijn buurman is loodgieter, is dat wat voor mij?".

    What they do now is no wish: "krijg ik als kok geld voor een cursus?".
    """
    compiled, wish = context.answers.compiled, context.by_role.get(FactRole.WISH)
    told = {act.question for act in acts if isinstance(act, Fill | Which)} | set(context.known)
    if wish is None or wish.id in told or context.moment != wish.id:
        return
    job = context.by_role.get(FactRole.JOB)
    now = [act.words for act in acts if isinstance(act, Fill) and job and act.question == job.id]
    now += [context.words[job.id]] if job and job.id in context.words else []
    done = {one for said in now for one in compiled.work(said, Vocabulary.CURRENT_JOB).occupations}
    for act in acts:
        if not isinstance(act, Ask):
            continue
        if found := _work_of_another(wish, act, parts, context):
            yield found
            return
        if not _is_for_themselves(act, context):
            continue
        work = compiled.work(act.words, Vocabulary.DESIRED_WORK)
        names_work = (
            not done.intersection(work.occupations) if work.occupations else _is_named(work.sectors, act, context)
        )
        # "Krijg ik stap budget" is like work with budgets: only who asks to become it may misspell it.
        least = SURE_OF_WORK if _is_about_becoming(act, context) else CERTAIN
        if names_work and work.certainty >= least and (found := _read(wish, act.words, context)):
            yield found
            return


def _work_of_another(wish: Collect, act: Ask, parts: Sequence[Part], context: Context) -> Fill | None:
    """The work of somebody else that was named right before a question about oneself."""
    compiled = context.answers.compiled
    for before, part in pairwise(parts):
        if before.kind is not PartKind.OTHER or not act.words.startswith(part.words):
            continue
        occupations = compiled.work(before.words, Vocabulary.DESIRED_WORK).occupations
        if len(occupations) == 1 and compiled.limits.speaks_of_oneself(act.words):
            name = compiled.content.knowledge.occupations[occupations[0]].name
            found = _read(wish, name[context.answers.language], context)
            return replace(found, words=act.words) if found else None
    return None


def _is_for_themselves(act: Ask, context: Context) -> bool:
    """Whether they ask of themselves ("kan ik lasser worden"), or how anybody gets there ("kun je dat zo worden")."""
    compiled = context.answers.compiled
    return compiled.counting.speaks_of_oneself(act.words) or _is_about_becoming(act, context)


def _is_about_becoming(act: Ask, context: Context) -> bool:
    becoming = folded(context.answers.compiled.spoken.work.becoming)
    return not becoming.isdisjoint(words(act.words))


def _is_named(sectors: Iterable[str], act: Ask, context: Context) -> bool:
    """Whether a sector is called by its name: who goes back to "school" does not want to work in education."""
    said, known = set(words(act.words)), context.answers.compiled.content.knowledge.sectors
    return any(said.intersection(words(known[one].name[context.answers.language])) for one in sectors)


def _lone_age(text: str, context: Context) -> Understood | None:
    """A number by itself among other facts, in a message that was not said to a question for a number."""
    asked = isinstance(context.asked, Collect) and type_of(context.asked).is_number
    return None if asked else lone_age(text, context.answers)


def _told(role: FactRole, question: Collect, part: Part, context: Context, sentence: str) -> Act | None:
    if role is FactRole.PLACE:
        return town_in(part.words, question, context)
    return None if is_unfinished(question, sentence, context) else _choice(question, part, context)


def _job_beside(question: Collect, parts: Sequence[Part], context: Context) -> Act | None:
    """The work of who is a "lasser in Utrecht" or a "zzp schilder": named in a part that is about something else."""
    before = folded(context.answers.compiled.spoken.places.before)
    form = context.by_role.get(FactRole.EMPLOYMENT)
    employed = labels(form.choices, context.answers.language, context.answers.today) if form else ()
    forms = {name for label in employed for name in label.names}
    for part in parts:
        said = part.words.split()
        if part.kind is PartKind.PLACE:
            said = said[: next((place for place, word in enumerate(said) if fold(word) in before), 0)]
        elif part.kind is PartKind.EMPLOYMENT:
            said = [word for word in said if fold(word) not in forms]
        else:
            continue
        work = context.answers.compiled.work(" ".join(said), Vocabulary.CURRENT_JOB)
        if work.occupations and work.certainty == CERTAIN:
            return _read(question, " ".join(said), context)
    return None


def town_in(text: str, question: Collect, context: Context) -> Act | None:
    """A town behind "in" or "uit", spelt as it is, as an answer to a question for one."""
    compiled = context.answers.compiled
    said, before = words(text), folded(compiled.spoken.places.before)
    for place in range(1, len(said)):
        if said[place - 1] not in before:
            continue
        for size in range(min(LONGEST_TOWN, len(said) - place), 0, -1):
            name = " ".join(said[place : place + size])
            if compiled.places.is_name(name) and (tells(name) or compiled.places.is_plain_town(name)):
                # Which of two towns of one name is meant, is asked when nothing else waits.
                return fill(question, name, context)
    return None


def _choice(question: Collect, part: Part, context: Context) -> Act | None:
    """A choice by a name that tells: it is rare, or has a figure in it, and no other choice stands beside it."""
    today = context.answers.today
    every = labels(question.offered(today), context.answers.language, today)
    found = inside(every, bare(part.words))
    if len(found) != 1:
        return None
    said = spaced(part.words)
    names = [name for name in found[0].names if spaced(name) in said]
    if not any(map(tells, names)):
        return None
    reading = Understood(found[0].value, CLEAR, raw=found[0].value, shown=found[0].shown)
    return Fill(question.id, reading, part.words)


def _read(question: Collect, name: str, context: Context) -> Fill | None:
    act = fill(question, name, context)
    return act if isinstance(act, Fill) else None

"""Which work in a message is the job of who writes it, and which one their wish."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers import CLEAR, role_of
from bot.answers.choices import inside, labels
from bot.answers.question_form import is_question
from bot.answers.reading import spaced
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import PartKind
from bot.matching import folded, words
from bot.recognisers.parts import Part
from bot.recognisers.tokens import tokens_of
from bot.understanding.context import Context
from bot.understanding.facts import ROLES, WORK, question_for

SHORTEST_WORK, WORDS_OF_AN_ANSWER = 2, 5  # words
WORDS_OF_A_JOB = 2  # who says more of it says that they like it
SURE_OF_WORK = 0.75  # that it is the wish and not the job, or the other way round
SURE_OF_QUESTION = 0.7
UNDECIDED = frozenset({PartKind.DONT_KNOW, PartKind.EXPLORE})
TURNS_AWAY = frozenset({PartKind.EXCLUDE, PartKind.WEARY})
CLAUSE = re.compile(r"[,.;:!?\n]\s")


def job_or_wish(text: str, parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """The same parts, with the work in them told as their job or as their wish."""
    told = list(_changed(_years_of_work(parts), context))
    return _job_beside_a_wish(_own(text, told, context), context)


def _years_of_work(parts: Iterable[Part]) -> list[Part]:
    """Years right before work, of who tells their age elsewhere, are years of that: "30 jaar gemetseld ... ben 49"."""
    parts, found = list(parts), list[Part]()
    ages = sum(part.kind is PartKind.AGE for part in parts)
    for part in parts:
        before = found[-1] if found else None
        of_work = before is not None and before.kind is PartKind.AGE and before.words[-1:].isalpha()
        if ages > 1 and part.kind in WORK and of_work and before is not None:
            found[-1] = replace(part, kind=PartKind.JOB, words=f"{before.words} {part.words}", start=before.start)
        else:
            found.append(part)
    return found


def _changed(parts: Sequence[Part], context: Context) -> Iterator[Part]:
    """A wish that opens with other work and turns from it is a job and a wish: "slager, nu wil ik de tram op"."""
    tells_job = any(part.kind is PartKind.JOB for part in parts)
    for part in parts:
        turn = None if part.kind is not PartKind.WISH or tells_job else CLAUSE.search(part.words)
        before, behind = (part.words[: turn.end()].rstrip(), part.words[turn.end() :]) if turn else ("", "")
        if turn is None or not _turns_away(before, behind, context):
            yield part
            continue
        place = part.end - len(behind)
        yield replace(part, kind=PartKind.JOB, words=before, end=part.start + len(before), second=PartKind.WISH)
        yield replace(part, words=behind, start=place)


def _turns_away(before: str, behind: str, context: Context) -> bool:
    """Whether work is wanted behind a comma, with a sign of change, and other work only stands before it."""
    read, spoken = context.answers.compiled.wishes, context.answers.compiled.spoken.work
    signs = folded((*spoken.now, *spoken.becoming))
    if signs.isdisjoint(words(behind)) or read.is_wanted(before) or not read.is_wanted(behind):
        return False
    own, wanted = (read.read(one, Vocabulary.DESIRED_WORK).occupations for one in (before, behind))
    return bool(own) and bool(wanted) and {one.label for one in own}.isdisjoint(one.label for one in wanted)


def _own(text: str, parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """One kind of work where the other was asked, and none of that: a bare job is the wish that we asked for."""
    role = role_of(context.asked, context.answers.compiled) if isinstance(context.asked, Collect) else None
    asked = next((kind for kind in WORK if ROLES[kind] is role), None)
    if asked and parts and all(_is_no_question(part, asked, context) for part in parts):
        return [replace(part, kind=asked) for part in parts]
    works = [part for part in parts if part.kind in WORK]
    only = parts[0].kind if len(parts) == 1 else None
    if asked and only in ROLES and only not in WORK and _names_work(text, parts[0], asked, context):
        return [replace(parts[0], kind=asked)]
    told = sum(part.kind in ROLES for part in parts)
    if any(part.kind in UNDECIDED for part in parts):
        return parts  # "ontslagen bij een bakker, geen idee wat nu": it is no answer to what they want
    if asked is None or len(works) != 1 or told > 1 or works[0].kind is asked:
        return parts
    if works[0].certainty >= SURE_OF_WORK and not (asked is PartKind.WISH and _is_bare(parts, context)):
        return parts
    if _is_only(works[0].kind, works[0].words, context):
        return parts  # "ik werk als lasser" names no wish
    if asked is PartKind.WISH and (_says_when(works[0], context) or any(one.kind in TURNS_AWAY for one in parts)):
        return parts  # "vroeger kapster geweest", "lasser, maar ik ben het zat"
    if asked is PartKind.JOB and context.answers.compiled.wishes.is_wanted(works[0].words):
        return parts  # "toch liever kok" is no job
    return [replace(part, kind=asked) if part is works[0] else part for part in parts]


def _is_bare(parts: Sequence[Part], context: Context) -> bool:
    """Whether nothing is said but a name of work, and of whom it is had: "kok bij een hotel" is like a job."""
    work = parts[0]
    named = context.answers.compiled.wishes.read(work.words, Vocabulary.DESIRED_WORK).occupations
    opens = any(one.evidence[:1] == tuple(words(work.words)[:1]) for one in named)
    return len(parts) == 1 and work.second is PartKind.WISH and opens


def _says_when(work: Part, context: Context) -> bool:
    """Whether it says since when, or that it was: "al 20 jaar lasser", "vroeger kapster geweest"."""
    compiled = context.answers.compiled
    counts = bool(compiled.counting.reader.find(tokens_of(work.words)))
    return counts or not folded(compiled.spoken.work.now).isdisjoint(words(work.words))


def _job_beside_a_wish(parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """Of two wishes the one that may be a job is one: "kassière in Goes, wil iets met dieren"; not "kapper worden"."""
    becoming = folded(context.answers.compiled.spoken.work.becoming)
    wishes = [part for part in parts if part.kind is PartKind.WISH]
    jobs = [
        part
        for part in wishes
        if part.second is PartKind.JOB
        and len(part.words.split()) <= WORDS_OF_A_JOB
        and becoming.isdisjoint(words(part.words))
    ]
    if len(jobs) != 1 or jobs == wishes[-1:] or any(part.kind is PartKind.JOB for part in parts):
        return parts
    return [replace(part, kind=PartKind.JOB) if part is jobs[0] else part for part in parts]


def _names_work(text: str, part: Part, kind: PartKind, context: Context) -> bool:
    """Whether a short text names work that we know beside what it was taken for: "lerares basisschool" is no level."""
    if not SHORTEST_WORK <= len(text.split()) <= WORDS_OF_AN_ANSWER:
        return False
    vocabulary = Vocabulary.DESIRED_WORK if kind is PartKind.WISH else Vocabulary.CURRENT_JOB
    read = context.answers.compiled.work
    return all(
        bool(work.occupations) and work.certainty >= CLEAR
        for work in (read(text, vocabulary), read(_without_choice(text, part, context), vocabulary))
    )


def _without_choice(text: str, part: Part, context: Context) -> str:
    """A text without the choice that it names of the question that a part answers: its level of education, say."""
    question, said = question_for(part, context), spaced(text)
    every = labels(question.choices, context.answers.language, context.answers.today) if question else ()
    for name in sorted((spaced(name) for one in inside(every, text) for name in one.names), key=len, reverse=True):
        said = said.replace(name, " ")
    return said.strip()


def _is_only(kind: PartKind, words: str, context: Context) -> bool:
    """Whether words name work when they tell of this kind (a job, a wish), and none when they tell of the other."""
    read = context.answers.compiled.work
    named = {one: read(words, one) for one in (Vocabulary.DESIRED_WORK, Vocabulary.CURRENT_JOB)}
    own = Vocabulary.DESIRED_WORK if kind is PartKind.WISH else Vocabulary.CURRENT_JOB
    return all(bool(work.occupations or work.sectors) is (one is own) for one, work in named.items())


def _is_no_question(part: Part, asked: PartKind, context: Context) -> bool:
    """Whether nothing but a likeness makes a question of it: it names work, and has no sign or word that asks."""
    if part.kind is not PartKind.ASK or part.certainty >= SURE_OF_QUESTION:
        return False
    kind = Vocabulary.DESIRED_WORK if asked is PartKind.WISH else Vocabulary.CURRENT_JOB
    work = context.answers.compiled.work(part.words, kind)
    return bool(work.occupations or work.sectors) and not is_question(part.words, context.answers.compiled.spoken)


def liked(parts: Iterable[Part], context: Context) -> list[Part]:
    """Work that is hardly a job, with a wish without work right behind it, is wished: "kapster, lijkt me leuk".

    A wish for any other work says nothing of that one: "ik werk als monteur en wil iets anders".
    """
    found: list[Part] = []
    for part in parts:
        wishes = part.kind is PartKind.WISH and not names_some_work(part, context) and not _is_open(part, context)
        if wishes and found and _is_hardly_a_job(found[-1]):
            before = found.pop()
            part = replace(part, words=f"{before.words} {part.words}", start=before.start)
        found.append(part)
    return found


def _is_hardly_a_job(part: Part) -> bool:
    unsure = part.kind is PartKind.JOB and part.second is PartKind.WISH and part.certainty < SURE_OF_WORK
    return unsure and part.words[-1:] not in ".!?"


def _is_open(part: Part, context: Context) -> bool:
    return context.answers.compiled.wishes.read(part.words, Vocabulary.DESIRED_WORK).is_open


def names_some_work(part: Part, context: Context) -> bool:
    work = context.answers.compiled.wishes.read(part.words, Vocabulary.DESIRED_WORK)
    return bool(work.sectors or work.occupations or work.excluded or work.refused)

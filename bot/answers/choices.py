"""A choice as people type it: its label with errors, its number, its letter, or a sentence with it inside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.answers.polarity import read_reply
from bot.answers.reading import (
    CERTAIN,
    CLEAR,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    bare,
    ends_as_question,
    spaced,
)
from bot.content.flow import Choice
from bot.content.sentence_keys import Sentence
from bot.matching import fold
from bot.recognisers.numbers import Counting
from bot.recognisers.reply_words import ReplyWords
from bot.text import Text, say_date

_ENDS = ",.!;"  # what closes an answer before more is said
_DIGITS = re.compile(r"\d{1,4}")

SHORTEST_WITH_ERRORS = 4  # "wo" and "ww" are one letter apart, and so are "nee" and "mee"
ALIKE = 0.72  # "werkzoeknd" → werkzoekend is 0.91; "in loondienst" → In dienst is 0.69 and is no typing error
NEARLY = 0.88  # "geen dipoma" → Geen diploma is 0.92: then the whole is meant, not the word inside it
ONLY_ONE = 0.08  # the best must be this much better than the next, or we ask which


@dataclass(frozen=True, slots=True)
class Label:
    """Something to choose, with all ways to say it, folded."""

    value: str
    shown: str
    names: tuple[str, ...]
    numbers: range | None = None  # "50 tot 249": every number that means this choice
    ended: str | None = None  # the last day on which it could be chosen, in words, when that day is over
    about: frozenset[str] = frozenset()  # what the question is about: "Nederlands" of "mijn Nederlands is B1"


_folded = lru_cache(maxsize=4096)(fold)  # the names of choices stay the same from turn to turn


@lru_cache(maxsize=2048)
def _all_folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, names))


def _names(choice: Choice) -> tuple[str, ...]:
    return _all_folded((*choice.label, choice.value, *chain.from_iterable(choice.words.values())))


def labels(choices: Iterable[Choice], language: str, on: date, about: Text | None = None) -> tuple[Label, ...]:
    """What a question offers on a day, and what is over by then. A label counts in every language: people mix them.

    `about`: what the question is about, in the words of an overview.
    """
    subject = frozenset(_all_folded(tuple(about))) if about else frozenset[str]()
    return tuple(
        Label(
            choice.value,
            choice.label[language],
            _names(choice),
            choice.numbers,
            say_date(choice.until, language) if choice.until and choice.is_over(on) else None,
            subject,
        )
        for choice in choices
    )


def names_choice(choices: Iterable[Choice], typed: str) -> bool:
    """Whether a (folded) text is a name of one of these, over or not."""
    return any(typed in _names(one) for one in choices)


def yes_or_no(words: ReplyWords, yes: str, no: str) -> tuple[Label, ...]:
    """The two answers to a yes-or-no question; `yes` and `no` are how the buttons say it.

    Their values count too, whatever the language: a button sends them, and they are what is kept.
    """
    return (
        Label("yes", yes, ("yes", _folded(yes), *words.yes)),
        Label("no", no, ("no", _folded(no), *words.no)),
    )


def read_one(options: Sequence[Label], text: str, words: ReplyWords, counting: Counting | None = None) -> Reading:
    """Read one choice of several; `counting` reads a number that stands for one ("12 man").

    What is remembered is its value: the second choice may be the third tomorrow.
    One whose last day is over is known by its names, so that this can be said, and has no place in the list.
    """
    typed = bare(text)
    exact = _named(options, typed)
    if exact is not None:
        return _one(exact, CERTAIN)
    if typed in words.says_yes and (positive := _all_but_no(_offered(options), words)):
        # "Ja" to "do you get a benefit?": a yes has more than one name here.
        return _unclear(positive)
    counted = _by_number(options, typed, words, counting)
    if counted:
        return _one(counted[0], CLEAR) if len(counted) == 1 else _unclear(counted)
    nearly = _alike(options, typed, NEARLY)
    if len(nearly) == 1:
        return _one(nearly[0], CLEAR)
    within = inside(options, typed)
    if len(within) == 1 and not _is_denied(within[0], typed, words):
        return _one(within[0], CLEAR)
    near = within or _alike(options, typed)
    match near:
        case []:
            return Misunderstood(Sentence.NO_CHOICE)
        case [one] if not within:
            return _one(one, CLEAR)
        case _:
            return _unclear(near)


def _one(label: Label, certainty: float) -> Understood | Misunderstood:
    return is_over(label) or Understood(label.value, certainty, raw=label.value, shown=label.shown)


def is_over(label: Label) -> Misunderstood | None:
    """What is said to who chooses what can no longer be chosen; None when it can be."""
    if label.ended is None:
        return None
    return Misunderstood(Sentence.CHOICE_IS_OVER, {"choice": label.shown, "day": label.ended})


def _unclear(labels: Sequence[Label]) -> Unclear | Misunderstood:
    over = is_over(labels[0]) if not (offered := _offered(labels)) else None
    return over or Unclear(tuple(Option(one.value, one.shown) for one in offered[:5]))


def _offered(options: Sequence[Label]) -> list[Label]:
    return [one for one in options if one.ended is None]


def _all_but_no(options: Sequence[Label], words: ReplyWords) -> list[Label]:
    """What a yes may mean: the choices that begin with a yes, else all but the one that is a no."""
    rest = [one for one in options if words.says_no.isdisjoint(one.names)]
    affirmed = [one for one in rest if any(name.split(",")[0] in words.says_yes for name in one.names)]
    return (affirmed or rest) if len(rest) < len(options) else []


def read_yes_no(options: Sequence[Label], text: str, words: ReplyWords) -> Reading:
    """Read a yes or a no as true or false; "ja, maar alleen overdag" is a yes. A number is neither."""
    typed = bare(text)
    found = _named(options, typed) or _named(options, opening(typed))
    if found and found.value == "yes" and typed not in found.names and not _opens_with_yes(typed, words):
        found = None
    if found is None:
        near = _alike(options, typed)
        found = near[0] if len(near) == 1 else None
    if found is None:
        return Misunderstood(Sentence.NO_YES_OR_NO)
    certainty = CERTAIN if typed in found.names else CLEAR
    return Understood(found.value == "yes", certainty, raw=found.value, shown=found.shown)


def _opens_with_yes(typed: str, words: ReplyWords) -> bool:
    """Whether the first word is a yes by itself: "mag ik erover nadenken" is none, "mag, hoor" is."""
    word = opening(typed)
    alone = typed[len(word)] in _ENDS
    return alone or words.opens_with_yes(word) or read_reply(typed, words).is_plain_yes


def read_consent(options: Sequence[Label], text: str, words: ReplyWords) -> Reading:
    """Read a yes or a no to a consent: only an unmistakable yes is one (AVG art. 4 (11))."""
    reading = read_yes_no(options, text, words)
    if not isinstance(reading, Understood) or reading.value is False:
        return reading
    typed, (yes, _) = bare(text), options
    agreed = {typed, opening(typed)} & (set(yes.names) - words.only_seen)
    doubted = (typed not in yes.names and words.negates(typed)) or ends_as_question(text)
    return reading if agreed and not doubted else Misunderstood(Sentence.NO_YES_OR_NO)


def opening(typed: str) -> str:
    """The first word: "nee" of "nee, lasser"."""
    return re.split(rf"[ {_ENDS}]", typed, maxsplit=1)[0]


def read_some(
    options: Sequence[Label], alone: frozenset[str], text: str, words: ReplyWords, counting: Counting | None = None
) -> Reading:
    """Read several choices: "overdag en online", "1 en 3", "alles". A choice of `alone` goes with no other."""
    typed, certainty = bare(text), CERTAIN
    if typed in words.all:
        return _some([one for one in _offered(options) if one.value not in alone], certainty)
    whole = _named(options, typed) or _by_number(options, typed, words, counting)
    parts = [typed] if whole else [bare(part) for part in words.between.split(text.casefold()) if bare(part)]
    chosen: list[Label] = []
    for part in parts:
        match read_one(options, part, words, counting):
            case Understood(value, part_certainty):
                certainty = min(certainty, part_certainty)
                chosen.append(next(one for one in options if one.value == value))
            case Unclear(possible) if not words.negates(part):
                chosen += [one for one in options if one.value in {option.raw for option in possible}]
            case Misunderstood(Sentence.CHOICE_IS_OVER) as over:
                return over
            case _:
                return Misunderstood(Sentence.NOT_ONE_OF_THESE, {"part": part})
    if not chosen:
        return Misunderstood(Sentence.NO_CHOICE)
    picked = {one.value for one in chosen}
    if picked & alone and len(picked) > 1:
        first = next(one for one in chosen if one.value in alone)
        return Misunderstood(Sentence.GOES_ALONE, {"choice": first.shown})
    return _some([one for one in options if one.value in picked], certainty)


def all_of(options: Sequence[Label], text: str, words: ReplyWords) -> list[Label]:
    """The choices that all stand in a text; none when it says one or the other, or denies something."""
    typed = bare(text)
    return [] if words.names_one_of(typed) or words.negates(typed) else inside(options, typed)


def _some(chosen: Sequence[Label], certainty: float) -> Understood:
    return Understood(
        frozenset(one.value for one in chosen),
        certainty,
        raw=", ".join(one.value for one in chosen),
        shown=", ".join(one.shown for one in chosen),
    )


def _is_denied(label: Label, typed: str, words: ReplyWords) -> bool:
    """Whether a no stands beside a choice; one inside its name is its own ("niet goed"), and so is one that it begins
    with: "nee natuurlijk niet" refuses nothing else."""
    if opening(typed) in words.refuses.intersection(label.names):
        return False
    text = spaced(typed)
    longest = max((name for name in map(spaced, label.names) if name in text), key=len, default=" ")
    return words.negates(text.replace(longest, " ").strip())


def _named(options: Sequence[Label], typed: str) -> Label | None:
    return next((one for one in options if typed in one.names), None)


def _by_number(options: Sequence[Label], typed: str, words: ReplyWords, counting: Counting | None) -> list[Label]:
    """What a number or a letter points at: the range or the label that holds it, else a place in the list.

    Labels with numbers of their own have no places: who types 3 at "Mbo niveau 3" does not mean the third choice. One
    with a number that is no place ("Iemand van 56 of ouder", the sixth of seven) leaves the others theirs.
    """
    counted = [number for number in counting.numbers_in(typed) if number >= 0] if counting else []
    by_range = [one for one in options if one.numbers and any(int(number) in one.numbers for number in counted)]
    if by_range or all(one.numbers for one in options):
        return by_range
    hit = words.numbered.fullmatch(typed)
    shown = [int(number) for one in options for number in _DIGITS.findall(one.shown)]
    if any(number <= len(options) for number in shown):
        own = re.compile(rf"(?<!\d){hit[1]}(?!\d)") if hit else None
        return [one for one in options if own and own.search(one.shown)]
    offered = _offered(options)
    place = int(hit[1]) - 1 if hit else _place(typed, words, len(offered))
    if place < 0 and len(counted) == 1 and typed.isalpha():
        place = int(counted[0]) - 1  # "twee"
    return [offered[place]] if 0 <= place < len(offered) else []


def place_in_list(typed: str, words: ReplyWords, count: int) -> int:
    """As `_place`, and "2", "nummer 2": what is shown has no numbers of its own."""
    hit = words.numbered.fullmatch(typed)
    return int(hit[1]) - 1 if hit else -1 if len(typed) == 1 else _place(typed, words, count)


def place_inside(text: str, words: ReplyWords, count: int) -> tuple[int, str]:
    """The place in a list of so many that some words of a text name, from 0, and the other words; -1 when none do."""
    typed = text.split()
    for size in range(len(typed), 0, -1):
        for start in range(len(typed) - size + 1):
            place = place_in_list(bare(" ".join(typed[start : start + size])), words, count)
            if place >= 0:
                return place, " ".join([*typed[:start], *typed[start + size :]])
    return -1, text


def _place(typed: str, words: ReplyWords, count: int) -> int:
    """The place in a list of so many that "de tweede" or "b" names, counting from 0; -1 when it names none."""
    hit = words.lettered.fullmatch(typed)
    return ord(hit[1]) - ord("a") if hit else words.ordinal(typed, count)


def inside(options: Sequence[Label], typed: str) -> list[Label]:
    """The choices of which a name stands in the text as whole words; a longer name hides a shorter one inside it.

    What the question is about names a choice only when nothing else does.
    """
    text = spaced(typed)
    hits = [(name, one) for one in options for name in map(spaced, one.names) if len(name) > 3 and name in text]
    own = [(name, one) for name, one in hits if name.strip() not in one.about] or hits
    widest = {id(one) for name, one in own if not any(name != other and name in other for other, _ in own)}
    return [one for one in options if id(one) in widest]


def _alike(options: Sequence[Label], typed: str, at_least: float = ALIKE) -> list[Label]:
    """The choices that differ from the text by typing errors only: one, or those that are equally near."""
    if len(typed) < SHORTEST_WITH_ERRORS:
        return []
    owners = {name: one for one in reversed(options) for name in one.names if len(name) >= SHORTEST_WITH_ERRORS}
    near = process.extract(typed, owners.keys(), scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5)
    best = near[0][1] if near else 0.0
    return list(dict.fromkeys(owners[name] for name, score, _ in near if best - score < ONLY_ONE))

"""A choice as people type it: its label with errors, its number, its letter, or a sentence with it inside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

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

YES = (
    "ja,yes,j,y,jep,yep,yup,yeah,jazeker,jawel,zeker,zeker weten,ja hoor,ja graag,graag,ja prima,prima,ja klopt,klopt,"
    "dat klopt,ja dat klopt,is goed,dat is goed,goed,helemaal goed,natuurlijk,tuurlijk,akkoord,sure,ok,oke,okay,"
    "mag wel,dat mag,ja dat mag,true,correct,right,that's right,yes please,of course,go ahead,fine,sounds good,"
    "👍,ja is goed"
)
NO = (
    "nee,no,n,neen,nope,nah,nee hoor,nee bedankt,nee dank je,nee dankje,nee klopt niet,klopt niet,dat klopt niet,niet,"
    "liever niet,nee liever niet,absoluut niet,zeker niet,nooit,false,not really,no thanks,no thank you,rather not,👎,"
    "i'd rather not,hoeft niet,nee hoeft niet,niet nodig,wrong"
)

# Said of a consent these are heard as "I have seen it", or as a slip: they are asked back.
NO_CONSENT = frozenset(
    "j,y,ok,oke,okay,goed,fine,klopt,ja klopt,dat klopt,ja dat klopt,correct,right,that's right,true".split(",")
)

FLAT_NO = frozenset("nee,neen,nope,no,geen".split(","))  # "niet" is none: "niet geweldig" says more than no

ALL = frozenset("alles,allemaal,all,everything,all of them,alle,maakt niet uit,altijd,doesn't matter,any".split(","))

_ORDINALS = ("eerste,first", "tweede,second", "derde,third", "vierde,fourth", "vijfde,fifth", "zesde,sixth")

_NUMBER = re.compile(r"(?:optie|keuze|nummer|nr\.?|option|number|choice|#)?\s*(\d{1,2})[.)]?")
_LETTER = re.compile(r"(?:optie|keuze|option|choice)?\s*([a-z])[.)]?")
_NEGATED = re.compile(r"\b(geen|niet|nooit|zonder|behalve|no|not|never|without|except|don't|haven't)\b")
_DIGIT = re.compile(r"\d")
_ONE_OF = re.compile(r"\b(of|or)\b")
_BETWEEN = re.compile(r"\s*(?:[,;/&+\n]|\ben\b|\band\b|\bof\b|\bor\b)\s*")

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


SAYS_YES, SAYS_NO = (frozenset(map(fold, words.split(","))) for words in (YES, NO))
_folded = lru_cache(maxsize=4096)(fold)  # the names of choices stay the same from turn to turn


def labels(choices: Iterable[Choice], language: str) -> tuple[Label, ...]:
    """What a question offers. A label counts in every language: people mix them."""
    return tuple(
        Label(
            choice.value,
            choice.label[language],
            tuple(
                _folded(name)
                for name in (
                    *choice.label,
                    choice.value,
                    *(word for words in choice.words.values() for word in words),
                )
            ),
            choice.numbers,
        )
        for choice in choices
    )


def yes_or_no(yes: str, no: str) -> tuple[Label, ...]:
    """The two answers to a yes-or-no question; `yes` and `no` are how the buttons say it."""
    return (
        Label("yes", yes, (_folded(yes), *map(_folded, YES.split(",")))),
        Label("no", no, (_folded(no), *map(_folded, NO.split(",")))),
    )


def read_one(options: Sequence[Label], text: str, counting: Counting | None = None) -> Reading:
    """Read one choice of several; `counting` reads a number that stands for one ("12 man").

    What is remembered is its value: the second choice may be the third tomorrow.
    """
    typed = bare(text)
    exact = _named(options, typed)
    if exact is not None:
        return _one(exact, CERTAIN)
    if typed in SAYS_YES and (positive := _all_but_no(options)):
        # "Ja" to "do you get a benefit?": a yes has more than one name here.
        return _unclear(positive)
    counted = _by_number(options, typed, counting)
    if counted:
        return _one(counted[0], CLEAR) if len(counted) == 1 else _unclear(counted)
    nearly = _alike(options, typed, NEARLY)
    if len(nearly) == 1:
        return _one(nearly[0], CLEAR)
    within = inside(options, typed)
    if len(within) == 1 and (not _NEGATED.search(typed) or _opens_with_no(within[0], typed)):
        return _one(within[0], CLEAR)
    near = within or _alike(options, typed)
    match near:
        case []:
            return Misunderstood(Sentence.NO_CHOICE)
        case [one] if not within:
            return _one(one, CLEAR)
        case _:
            return _unclear(near)


def _one(label: Label, certainty: float) -> Understood:
    return Understood(label.value, certainty, raw=label.value, shown=label.shown)


def _unclear(labels: Sequence[Label]) -> Unclear:
    return Unclear(tuple(Option(one.value, one.shown) for one in labels[:5]))


def _all_but_no(options: Sequence[Label]) -> list[Label]:
    """What a yes may mean: the choices that begin with a yes, else all but the one that is a no."""
    rest = [one for one in options if SAYS_NO.isdisjoint(one.names)]
    affirmed = [one for one in rest if any(name.split(",")[0] in SAYS_YES for name in one.names)]
    return (affirmed or rest) if len(rest) < len(options) else []


def read_yes_no(options: Sequence[Label], text: str) -> Reading:
    """Read a yes or a no as true or false; "ja, maar alleen overdag" is a yes. A number is neither."""
    typed = bare(text)
    found = _named(options, typed) or _named(options, opening(typed))
    if found is None:
        near = _alike(options, typed)
        found = near[0] if len(near) == 1 else None
    if found is None:
        return Misunderstood(Sentence.NO_YES_OR_NO)
    certainty = CERTAIN if typed in found.names else CLEAR
    return Understood(found.value == "yes", certainty, raw=found.value, shown=found.shown)


def read_consent(options: Sequence[Label], text: str) -> Reading:
    """Read a yes or a no to a consent: only an unmistakable yes is one (AVG art. 4 (11))."""
    reading = read_yes_no(options, text)
    if not isinstance(reading, Understood) or reading.value is False:
        return reading
    typed, (yes, _) = bare(text), options
    agreed = {typed, opening(typed)} & (set(yes.names) - NO_CONSENT)
    doubted = (typed not in yes.names and _NEGATED.search(typed)) or ends_as_question(text)
    return reading if agreed and not doubted else Misunderstood(Sentence.NO_YES_OR_NO)


def opening(typed: str) -> str:
    """The first word: "nee" of "nee, lasser"."""
    return re.split(r"[ ,.!;]", typed, maxsplit=1)[0]


def read_some(options: Sequence[Label], alone: frozenset[str], text: str, counting: Counting | None = None) -> Reading:
    """Read several choices: "overdag en online", "1 en 3", "alles". A choice of `alone` goes with no other."""
    typed, certainty = bare(text), CERTAIN
    if typed in ALL:
        return _some([one for one in options if one.value not in alone], certainty)
    whole = _named(options, typed) or _by_number(options, typed, counting)
    parts = [typed] if whole else [bare(part) for part in _BETWEEN.split(text.casefold()) if bare(part)]
    chosen: list[Label] = []
    for part in parts:
        match read_one(options, part, counting):
            case Understood(value, part_certainty):
                certainty = min(certainty, part_certainty)
                chosen.append(next(one for one in options if one.value == value))
            case Unclear(possible) if not _NEGATED.search(part):
                chosen += [one for one in options if one.value in {option.raw for option in possible}]
            case _:
                return Misunderstood(Sentence.NOT_ONE_OF_THESE, {"part": part})
    if not chosen:
        return Misunderstood(Sentence.NO_CHOICE)
    picked = {one.value for one in chosen}
    if picked & alone and len(picked) > 1:
        first = next(one for one in chosen if one.value in alone)
        return Misunderstood(Sentence.GOES_ALONE, {"choice": first.shown})
    return _some([one for one in options if one.value in picked], certainty)


def all_of(options: Sequence[Label], text: str) -> list[Label]:
    """The choices that all stand in a text; none when it says one or the other, or denies something."""
    typed = bare(text)
    return [] if _ONE_OF.search(typed) or _NEGATED.search(typed) else inside(options, typed)


def _some(chosen: Sequence[Label], certainty: float) -> Understood:
    return Understood(
        frozenset(one.value for one in chosen),
        certainty,
        raw=", ".join(one.value for one in chosen),
        shown=", ".join(one.shown for one in chosen),
    )


def _opens_with_no(label: Label, typed: str) -> bool:
    """Whether a text begins with the no that a choice is: "nee natuurlijk niet" refuses nothing else."""
    return opening(typed) in FLAT_NO.intersection(label.names)


def _named(options: Sequence[Label], typed: str) -> Label | None:
    return next((one for one in options if typed in one.names), None)


def _by_number(options: Sequence[Label], typed: str, counting: Counting | None) -> list[Label]:
    """What a number or a letter points at: the range or the label that holds it, else a place in the list.

    Labels with numbers of their own have no places: who types 3 at "Mbo niveau 3" does not mean the third choice.
    """
    if any(one.numbers for one in options):
        found = [number for number in counting.numbers_in(typed) if number >= 0] if counting else []
        return [one for one in options if one.numbers and any(int(number) in one.numbers for number in found)]
    hit = _NUMBER.fullmatch(typed)
    if any(_DIGIT.search(one.shown) for one in options):
        own = re.compile(rf"(?<!\d){hit[1]}(?!\d)") if hit else None
        return [one for one in options if own and own.search(one.shown)]
    place = int(hit[1]) - 1 if hit else _place(typed)
    return [options[place]] if 0 <= place < len(options) else []


def place_in_list(typed: str) -> int:
    """As `_place`, and "2", "nummer 2": what is shown has no numbers of its own."""
    hit = _NUMBER.fullmatch(typed)
    return int(hit[1]) - 1 if hit else -1 if len(typed) == 1 else _place(typed)


def place_inside(text: str) -> tuple[int, str]:
    """The place in a list that some words of a text name, counting from 0, and the other words; -1 when none do."""
    typed = text.split()
    for size in range(len(typed), 0, -1):
        for start in range(len(typed) - size + 1):
            place = place_in_list(bare(" ".join(typed[start : start + size])))
            if place >= 0:
                return place, " ".join([*typed[:start], *typed[start + size :]])
    return -1, text


def _place(typed: str) -> int:
    """The place in the list that "de tweede" or "b" names, counting from 0; -1 when it names none."""
    ordinal = typed.removeprefix("de ").removeprefix("die ").removeprefix("the ").removesuffix(" one")
    for place, names in enumerate(_ORDINALS):
        if ordinal in names.split(","):
            return place
    hit = _LETTER.fullmatch(typed)
    return ord(hit[1]) - ord("a") if hit else -1


def inside(options: Sequence[Label], typed: str) -> list[Label]:
    """The choices of which a name stands in the text as whole words; a longer name hides a shorter one inside it."""
    text = spaced(typed)
    hits = [(name, one) for one in options for name in map(spaced, one.names) if len(name) > 3 and name in text]
    widest = {id(one) for name, one in hits if not any(name != other and name in other for other, _ in hits)}
    return [one for one in options if id(one) in widest]


def _alike(options: Sequence[Label], typed: str, at_least: float = ALIKE) -> list[Label]:
    """The choices that differ from the text by typing errors only: one, or those that are equally near."""
    if len(typed) < SHORTEST_WITH_ERRORS:
        return []
    owners = {name: one for one in reversed(options) for name in one.names if len(name) >= SHORTEST_WITH_ERRORS}
    near = process.extract(typed, owners.keys(), scorer=OSA.normalized_similarity, score_cutoff=at_least, limit=5)
    best = near[0][1] if near else 0.0
    return list(dict.fromkeys(owners[name] for name, score, _ in near if best - score < ONLY_ONE))

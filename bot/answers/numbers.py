"""Numbers as people type them: "34 jaar", "vierendertig", "€ 1.000,-", "2,5k"."""

import re
from collections.abc import Iterator, Sequence
from math import isfinite

from bot.answers.reading import CERTAIN, LIKELY, WORKED_OUT, Misunderstood, Reading, Understood, bare
from bot.answers.units import ASKED, Counted, Measure, counted, multiplied, weekly_hours
from bot.content.flow import Collect, Constraint
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.matching import fold

_TEENS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}


def _number_words() -> Iterator[tuple[str, int]]:
    """Every number below a hundred, in Dutch ("vierendertig") and in English ("thirty-four")."""
    dutch, english = _TEENS["nl"].split(), _TEENS["en"].split()
    yield from zip(dutch, range(20), strict=True)
    yield from zip(english, range(20), strict=True)
    for number, (tens_nl, tens_en) in enumerate(zip(_TENS["nl"].split(), _TENS["en"].split(), strict=True), start=2):
        yield tens_nl, number * 10
        yield tens_en, number * 10
        for ones in range(1, 10):
            yield f"{dutch[ones]}en{tens_nl}", number * 10 + ones
            yield f"{tens_en}-{english[ones]}", number * 10 + ones
            yield f"{tens_en} {english[ones]}", number * 10 + ones
    yield from (("honderd", 100), ("hundred", 100), ("duizend", 1000), ("thousand", 1000))


NUMBER_WORDS = dict(_number_words())
# "een" is an article far more often than a number, in "een jaar of dertig" and in "een paar".
_ARTICLES = {"een", "one"}
_WORDS = re.compile(r"\b(" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + r")\b")
_DIGITS = re.compile(r"(?<![\w.,])[-−]?\d[\d.,]*(?:\s?k\b)?")
NOTHING = frozenset("niets,niks,nee,geen,geen geld,helemaal niets,noppes,nada,nothing,none,no,no money".split(","))
_ABOUT = re.compile(
    r"\b(ongeveer|circa|ca|rond|zo'?n|bijna|ruim|tussen|misschien|about|around|nearly|almost|roughly|between|maybe|"
    r"(jaar|uur|euro|stuk) of|plusminus|a couple|paar|ish)\b|"
    r"\b(in de|begin|eind|midden|halverwege|mid|early|late|in my) (?=\d|\w+(?:tig|ties)\b)|[~±]|\+-|\dish\b|\d\+|\d0s\b"
)


_SOME = re.compile(r"\b(?:paar|couple of|few) (?:honderd|duizend|hundred|thousand)")


def numbers_in(text: str) -> list[float]:
    """All numbers in a text, in their order; "een" alone counts only when it is all there is."""
    return [number for number, _ in _found(fold(text))]


def _found(folded: str) -> list[tuple[float, re.Match[str]]]:
    """All numbers in a folded text, each with where it stands."""
    hits = [(_number(hit.group()), hit) for hit in _DIGITS.finditer(folded)]
    hits += [
        (float(NUMBER_WORDS[hit.group()]), hit)
        for hit in _WORDS.finditer(folded)
        if hit.group() not in _ARTICLES or folded.strip(" .!") in _ARTICLES
    ]
    return sorted(
        ((number, hit) for number, hit in hits if number is not None and isfinite(number)),
        key=lambda found: found[1].start(),
    )


def _number(typed: str) -> float | None:
    """A number as Dutch and English people write it: "1.000", "1,000", "12,5", "1.000,50", "2,5k"."""
    text = typed.replace("−", "-").rstrip(".,- ")
    thousands = text.endswith("k")
    text = text.removesuffix("k").strip()
    last = max(text.rfind("."), text.rfind(","))
    if last >= 0:
        # Three digits behind the last sign are thousands, in either language: 1.000 and 1,000. All else is a fraction.
        whole, part = text[:last], text[last + 1 :]
        groups = len(part) == 3 and not thousands and (text[last] not in whole or len(set(whole) & {".", ","}) == 1)
        mixed = "." in text and "," in text and text.count(text[last]) == 1
        digits = re.sub(r"[.,]", "", whole)
        text = digits + part if groups and not mixed else f"{digits}.{part}"
    try:
        return float(text) * (1000 if thousands else 1)
    except ValueError:
        return None


def read_number(
    question: Collect, text: str, language: str, *, role: FactRole | None, whole: bool, amount: bool
) -> Reading:
    """Read a number; what is about a number is asked back when the number decides things by itself.

    Only what counts the thing that was asked: "ik heb 2 kinderen" is no number of hours.
    `role`: what is asked, and so what counts. `whole`: a fraction is no answer. `amount`: of money, where an estimate
    is fine and "niets" is 0.
    """
    folded, wanted = fold(text), Measure.EUROS if amount else role and ASKED.get(role)
    whats = [(number, counted(folded, hit.start(), hit.end())) for number, hit in _found(folded)]
    found = [
        number for number, what in whats if wanted is None or (what.measure in (None, wanted) and not what.each_day)
    ]
    weekly = role is FactRole.HOURS
    product = multiplied(folded) if weekly else None
    if product is not None and not beyond(question.constraint, product):
        return Understood(int(product), WORKED_OUT, raw=str(int(product)))
    if whats and not found:
        return _worked_out(question, whats, language, weekly=weekly)
    if not found and amount and bare(text) in NOTHING:
        found = [0.0]
    if not found:
        return Misunderstood(Sentence.NO_NUMBER)
    if len(set(found)) > 1:
        return Misunderstood(Sentence.MORE_NUMBERS)
    number, about = found[0], _ABOUT.search(folded) is not None
    if about and (not amount or _SOME.search(folded)):
        # "een jaar of dertig": a wrong age would decide a subsidy. A budget is an estimate anyway.
        return Misunderstood(Sentence.EXACT_NUMBER)
    if whole:
        if number != int(number):
            return Misunderstood(Sentence.WHOLE_NUMBER)
        number = int(number)
    certainty = WORKED_OUT if text.rstrip().endswith("?") else LIKELY if about else CERTAIN
    return beyond(question.constraint, number) or Understood(number, certainty)


def _worked_out(question: Collect, whats: Sequence[tuple[float, Counted]], language: str, *, weekly: bool) -> Reading:
    """What to make of numbers of which none counts what was asked: days and evenings may be so many hours a week."""
    worked_out = {weekly_hours(number, what) for number, what in whats} if weekly else {None}
    hours = worked_out.pop() if len(worked_out) == 1 else None
    if hours is not None and hours == int(hours) and not beyond(question.constraint, hours):
        return Understood(int(hours), WORKED_OUT, raw=str(int(hours)))
    if question.unit is None:
        return Misunderstood(Sentence.NO_NUMBER)
    return Misunderstood(Sentence.OTHER_MEASURE, {"unit": question.unit[language]})


def limits_of(constraint: Constraint | None) -> tuple[float | None, float | None]:
    """The smallest and the largest number that a constraint lets through."""
    least = constraint.at_least if constraint and isinstance(constraint.at_least, int | float) else None
    most = constraint.at_most if constraint and isinstance(constraint.at_most, int | float) else None
    return least, most


def beyond(constraint: Constraint | None, number: float) -> Misunderstood | None:
    """What to say of a number that is too small or too large; None when it is neither."""
    least, most = limits_of(constraint)
    if (least is None or number >= least) and (most is None or number <= most):
        return None
    match least, most:
        case None, _:
            return Misunderstood(Sentence.AT_MOST, {"most": f"{most:g}"})
        case _, None:
            return Misunderstood(Sentence.AT_LEAST, {"least": f"{least:g}"})
        case _:
            return Misunderstood(Sentence.BETWEEN, {"least": f"{least:g}", "most": f"{most:g}"})

"""Numbers as people type them, read as the answer to a question: "34 jaar", "vierendertig", "€ 1.000,-", "2,5k"."""

from collections.abc import Sequence

from bot.answers.reading import CERTAIN, LIKELY, WORKED_OUT, Context, Misunderstood, Reading, Understood, Unknown, bare
from bot.answers.units import ASKED, OF_A_WEEK, middle_of, read_birthday, to_age, to_hours
from bot.content.flow import Collect, Constraint
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.recognisers.numbers import Counted, Measure
from bot.recognisers.tokens import Token, tokens_of


def read_number(
    question: Collect, text: str, context: Context, *, role: FactRole | None, whole: bool, amount: bool
) -> Reading:
    """Read a number. Only what counts the thing that was asked is one: "ik heb 2 kinderen" is no number of hours.

    `role`: what is asked, and so what counts. `whole`: a fraction is no answer. `amount`: of money, where an estimate
    is fine and "niets" is 0. Ages and hours that are said with a reserve, or otherwise, are worked out and asked back;
    of another number one that is about so much is no answer.
    """
    tokens = tokens_of(text)
    match role:
        case FactRole.AGE:
            return _age(question, text, tokens, context)
        case FactRole.HOURS:
            return _hours(question, text, tokens, context)
        case _:
            wanted = Measure.EUROS if amount else ASKED.get(role) if role else None
            found = context.compiled.counting.read(tokens)
            return _plain(question, text, tokens, found, wanted, context, whole=whole, amount=amount)


def _plain(
    question: Collect,
    text: str,
    tokens: Sequence[Token],
    every: Sequence[Counted],
    wanted: Measure | None,
    context: Context,
    *,
    whole: bool,
    amount: bool,
) -> Reading:
    counting = context.compiled.counting
    of_month = wanted is Measure.HOURS  # a question for the hours of a week has its own reader
    found = [
        one
        for one in every
        if wanted is None or (one.measure in (None, wanted) and not one.each_day and (of_month or not one.each_month))
    ]
    if every and not found:
        return _something_else(question, context)
    values = {one.value for one in found}
    if not found and amount and bare(text) in counting.nothing:
        values = {0.0}
    if not values:
        return Misunderstood(Sentence.NO_NUMBER)
    if len(values) > 1:
        return Misunderstood(Sentence.MORE_NUMBERS)
    number, about = values.pop(), any(one.guess is not None for one in found)
    if about and (not amount or any(counting.some.before(tokens, one.first) for one in found)):
        # "Een stuk of dertig": a wrong number would decide something. A budget is an estimate anyway.
        return Misunderstood(Sentence.EXACT_NUMBER)
    if whole:
        if number != int(number):
            return Misunderstood(Sentence.WHOLE_NUMBER)
        number = int(number)
    certainty = WORKED_OUT if text.rstrip().endswith("?") else LIKELY if about else CERTAIN
    return beyond(question.constraint, number) or Understood(number, certainty)


def _age(question: Collect, text: str, tokens: Sequence[Token], context: Context) -> Reading:
    counting, places = context.compiled.counting, context.compiled.places
    if (born := read_birthday(text, context)) is not None:
        return _taken(question, born, text)
    every = counting.read(tokens, implied=True)
    found = [
        one
        for one in every
        if one.measure in (None, Measure.YEARS, Measure.YEAR_OF_BIRTH)
        and not one.each_day
        and (one.goes_on is None or places.is_name(one.goes_on))
    ]
    if every and not found:
        return _something_else(question, context)
    if not found:
        return Misunderstood(Sentence.NO_NUMBER)
    # "49 ben ik, en moeder van 2": what may be an age, and what is said to be one, is the one.
    ages = [(one, age) for one in found if (age := to_age(one, text, context))]
    ages = [(one, age) for one, age in ages if one.is_told] or ages
    if (middle := middle_of([one for one, _ in ages], tokens, counting)) is not None:
        return _taken(question, Understood(int(middle), WORKED_OUT, raw=str(int(middle))), text)
    if not ages:
        one = found[0]
        if one.value != int(one.value):
            return Misunderstood(Sentence.WHOLE_NUMBER)
        return _taken(question, Understood(int(one.value)), text)
    if len({age for _, age in ages}) > 1:
        return Misunderstood(Sentence.MORE_NUMBERS)
    return _taken(question, ages[0][1], text)


def _hours(question: Collect, text: str, tokens: Sequence[Token], context: Context) -> Reading:
    counting = context.compiled.counting
    every = counting.read(tokens, implied=True)
    if not every and counting.as_needed.inside(tokens):
        return Unknown()
    if (hours := to_hours(every, tokens, counting)) is not None:
        return _taken(question, hours, text)
    if every and all(one.measure not in OF_A_WEEK or one.each_month for one in every):
        return _something_else(question, context)
    return Misunderstood(Sentence.MORE_NUMBERS if every else Sentence.NO_NUMBER)


def _taken(question: Collect, reading: Understood, text: str) -> Reading:
    """A number within the limits of its question; one with a question mark is asked back."""
    assert isinstance(reading.value, int | float), "it was read as a number"
    number: float = reading.value
    if text.rstrip().endswith("?") and reading.certainty > WORKED_OUT:
        reading = Understood(reading.value, WORKED_OUT, raw=reading.raw)
    return beyond(question.constraint, number) or reading


def _something_else(question: Collect, context: Context) -> Misunderstood:
    """What to say of numbers of which none counts what was asked."""
    if question.unit is None:
        return Misunderstood(Sentence.NO_NUMBER)
    return Misunderstood(Sentence.OTHER_MEASURE, {"unit": question.unit[context.language]})


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

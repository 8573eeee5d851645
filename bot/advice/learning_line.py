"""The line of a card on how one learns: the form, how long, how many hours, and whether there is pay."""

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.known_facts import said_of
from bot.advice.pieces import ASKED, Piece, listed
from bot.advice.plan import TRAINS_NOBODY
from bot.advice.practical_fit import PAID_FORMS, is_paid, only_lessons, takes_too_long
from bot.catalogue import MONTHS_A_YEAR
from bot.content.knowledge import Earning, FactRole, Months, Offerable, Route
from bot.text import Text, count_words, in_each

LONGEST_DURATION = 7  # words
WHOLE_YEARS = range(2 * MONTHS_A_YEAR, 10 * MONTHS_A_YEAR + 1, MONTHS_A_YEAR)  # a year is said in months
MOST_TELLING = 3  # the rank of the form and the duration of a way


def how_one_learns(item: Offerable, context: AdviceContext, *, beside_summary: bool) -> list[Piece]:
    """How one learns it; of work without training what one does, and beside its summary that there is no wage."""
    way = _way(item, context)
    if item.kind in TRAINS_NOBODY:
        way = [] if beside_summary else _what_they_do(item)
    of_use = (isinstance(item, Route) and item.earns) or context.told(FactRole.PAY) is True
    wage = (pays(item, context) or unpaid_lessons(item, context)) if beside_summary and of_use else None
    return [Piece(in_each([wage], lambda language: wage[language].rstrip(".")), ASKED), *way] if wage else way


def _what_they_do(item: Offerable) -> list[Piece]:
    """Where nobody is trained, the first sentence about it says more than how one follows it."""
    return [Piece(first_sentence(item.summary), 2)]


def _way(item: Offerable, context: AdviceContext) -> list[Piece]:
    """How one learns, how long, how many hours."""
    name = shown_form(item, context)
    form = context.knowledge.fact_words.forms[name] if name else None
    duration = _short(_duration(item, context), item, context)
    is_late = isinstance(item, Route) and takes_too_long(item, context)
    hours = say(context.sentences.card_hours, hours=item.hours) if item.hours else None
    return [
        *([Piece(form, 2)] if form else []),
        *([Piece(duration, ASKED if is_late else 3)] if duration else []),
        *([Piece(hours, 6)] if hours else []),
    ]


def shown_form(item: Offerable, context: AdviceContext) -> str | None:
    """The form that the card names, of those in which it can be followed."""
    known = context.knowledge.fact_words.forms
    if isinstance(item, Route):  # the usual one stands first there
        return next((name for name in item.forms if name in known), None)
    return next((name for name in known if name in item.forms), None)


def how_long(item: Offerable, context: AdviceContext) -> Text | None:
    """How one learns it and how long that takes, in a few words; None when nobody knows how long."""
    if _duration(item, context) is None:
        return None
    said = [piece.text for piece in _way(item, context) if piece.rank <= MOST_TELLING]
    return in_each(said, lambda language: ", ".join(one[language] for one in said))


def how_long_in_full(item: Offerable, context: AdviceContext) -> Text | None:
    """A sentence with how one learns it and how long that takes, as its source says it; None when nobody knows."""
    duration, name = _duration(item, context), shown_form(item, context)
    form = context.knowledge.fact_words.forms[name] if name else None
    return listed([one for one in (form, duration) if one]) if duration else None


def pays(item: Offerable, context: AdviceContext) -> Text | None:
    """Whether there is pay while one learns, or what there is in place of a wage; None when nobody knows."""
    if isinstance(item, Route) and item.earns:
        return {
            Earning.OWN_BOSS: context.sentences.card_own_boss,
            Earning.VOLUNTEER: context.sentences.card_volunteer,
        }[item.earns]
    is_job = item.paid is None and shown_form(item, context) in PAID_FORMS
    paid = True if is_job else is_paid(item.paid, item.forms)
    return {True: context.sentences.card_paid, False: context.sentences.card_unpaid, None: None}[paid]


def _short(duration: Text | None, item: Offerable, context: AdviceContext) -> Text | None:
    """A duration in a few words: of one that takes more, the months."""
    if duration is None or count_words(duration) <= LONGEST_DURATION:
        return duration
    return _of_months(item.months, context) if isinstance(item, Route) else None


def _duration(item: Offerable, context: AdviceContext) -> Text | None:
    """How long it takes, as a source says it; else in months."""
    if fact := item.facts.get("duration"):
        return said_of(fact, context.on, item.summary.languages)
    return _of_months(item.months, context) if isinstance(item, Route) else None


def _of_months(months: Months | None, context: AdviceContext) -> Text | None:
    sentences = context.sentences
    match months:
        case Months(None | 0, int() as most):
            return say(sentences.card_months_at_most, time=_long(most, context))
        case Months(int() as least, int() as most) if least == most:
            return _long(most, context)
        case Months(int() as least, int() as most) if least in WHOLE_YEARS and most in WHOLE_YEARS:
            return say(sentences.card_years_between, least=least // MONTHS_A_YEAR, most=most // MONTHS_A_YEAR)
        case Months(int() as least, int() as most):
            return say(sentences.card_months_between, least=least, most=most)
        case Months(int() as least, None):
            return say(sentences.card_months_from, time=_long(least, context))
        case _:
            return None


def _long(months: int, context: AdviceContext) -> Text:
    """ "1 maand", "18 maanden", "4 jaar"."""
    sentences = context.sentences
    if months in WHOLE_YEARS:
        return say(sentences.card_years, years=months // MONTHS_A_YEAR)
    return sentences.card_month if months == 1 else say(sentences.card_months, months=months)


def unpaid_lessons(item: Offerable, context: AdviceContext) -> Text | None:
    return context.sentences.card_unpaid if only_lessons(item.forms) else None


def first_sentence(text: Text) -> Text:
    return in_each([text], lambda language: text[language].partition(". ")[0].rstrip("."))

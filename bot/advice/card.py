"""An offer in three lines, as one reads it on a phone: what you become; how, how long and where; what you pay."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from bot.advice.context import AdviceContext
from bot.advice.filling import joined, say
from bot.advice.freshness import age_of
from bot.advice.known_facts import said_of
from bot.advice.lessons import level_on_card, on_card
from bot.advice.model import Asker, Offer, Step
from bot.advice.own_limits import OF_LIMIT, PARTLY_SCHOOL
from bot.advice.plan import (
    TRAINS_NOBODY,
    costs_dated,
    is_free,
    is_registered,
    is_second_degree,
    is_training_job,
    parties,
)
from bot.advice.practical_fit import MONTHS_A_YEAR, PAID_FORMS, is_paid, only_lessons, takes_too_long
from bot.advice.relevance import HELP, IN_COMMON, Nearness
from bot.advice.schooling import to_call
from bot.advice.stairs import by_test, on_screen, undecided
from bot.advice.travel import in_words, travel
from bot.catalogue import Profile
from bot.content.knowledge import Costs, Earning, FactRole, MoneyForm, Months, Offerable, Programme, Route, RouteKind
from bot.schools import Nearby
from bot.text import Text, count_words, in_each

IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
LONGEST_NAME = 5  # words of a provider or a scheme; a longer one waits for the card that tells more
LONGEST_DURATION = 7  # words
WHOLE_YEARS = range(2 * MONTHS_A_YEAR, 10 * MONTHS_A_YEAR + 1, MONTHS_A_YEAR)  # a year is said in months
MOST_AGAINST = 2  # things that speak against an offer
MOST_TELLING = 3  # the rank of the form and the duration of a way
ASKED = 1  # the rank of what an offer asks for and they have not: it comes before what is nice to know
WORD = re.compile(r"\w+")
STEM = 4  # letters by which a word is known again in another form


@dataclass(frozen=True, slots=True)
class Card:
    """Each line in every language. `becomes` names the work too, where the name of the course does not."""

    becomes: Text
    how: Text
    costs: Text


@dataclass(frozen=True, slots=True)
class _Piece:
    """`rank`: what has the lowest comes first when there is no room for all; 0 is always there."""

    text: Text
    rank: int = 0


def to_card(
    offer: Offer,
    profile: Profile,
    context: AdviceContext,
    most_words: int,
    *,
    beside_summary: bool = False,
    beside_reasons: bool = False,
    asked_below: Collection[Text] = (),
) -> Card:
    """`beside_summary`, `beside_reasons`: what it is, or what stands in the way, is said beside it already.

    `asked_below`: of what `questions` of this offer ask that which stands under all of the offers.
    """
    item, title = offer.item, context.title_of(offer.item)
    # What anybody may begin with is called as it is: "Kasmedewerker: kwekerij", for a tree nursery, is other work.
    is_plain = item.kind in HELP or item.kind is RouteKind.OPEN
    work = None if is_plain else becomes(profile, Nearness(context), context)
    way = _how(item, context, beside_summary=beside_summary)
    if lessons := on_card(item, offer.schools, context):
        way = [*way, _Piece(lessons, 3)]
    if level := level_on_card(item, context):
        way = [*way, _Piece(level, ASKED)]
    short = [_Piece(one, ASKED) for one in _short_questions(offer, context) if one not in asked_below]
    # Behind how one learns it is one line; behind a sentence about the work it is one of its own.
    way, apart = (way, short) if item.kind in TRAINS_NOBODY else ([*way, *short], [])
    place, costs = _place(offer, context), _costs(offer, context)
    against = [] if beside_reasons else [*_against(offer, context), *_in_doubt(offer, asked_below)]
    clash = [*apart, *against]
    must = [piece.text for piece in (*place, *costs) if piece.rank == 0]
    # A shorter name leaves room for what does not fit them.
    step = [_Piece(context.sentences.card_long_way, ASKED)] if offer.is_long_way else []
    if not beside_reasons and (test := by_test(offer, context)):
        step = [*step, _Piece(test, ASKED)]
    after = None if beside_summary else on_screen(offer, context)
    stairs = [_Piece(after)] if after else []
    asked = [piece.text for piece in (*step, *clash, *way) if piece.rank == ASKED]
    needed = _longest([*must, *(piece.text for piece in stairs), *asked])
    full = _with_work(work, title) if work else title
    if offer.towards:
        full = say(context.sentences.card_first_step, work=where_to(offer.towards, context), course=title)
    if offer.towards and count_words(full) + needed > most_words:
        full = say(context.sentences.card_first_step_short, course=title)
    # That it is a first step only is never left out.
    name = full if offer.towards or count_words(full) + needed <= most_words else title
    if count_words(name) + needed > most_words:
        name = _without_brackets(name)
    room = most_words - count_words(name)
    if step and needed > room:
        long = context.sentences
        step = [_Piece(long.card_long_way_short, ASKED) if one.text == long.card_long_way else one for one in step]
    if stairs and needed > room and (fewer := on_screen(offer, context, named=False)):
        # Where even this is too much, what stands behind the button says it.
        stairs = [_Piece(fewer, ASKED if _longest([*must, fewer]) > room else 0)]
    pieces = _that_fit([*stairs, *step, *clash, *way, *place, *costs], room)
    parts = ([*step, *way], place, *([one] for one in clash))  # each thing that speaks against it is a sentence
    how = [_listed(said) for part in parts if (said := [one.text for one in part if one in pieces])]
    how += [one.text for one in stairs if one in pieces]
    return Card(name, joined(*how), joined(*(one.text for one in costs if one in pieces)))


def _without_brackets(name: Text) -> Text:
    """ "Kok (mbo 2)" as "Kok": what stands between brackets gives way to what an offer asks."""
    return in_each([name], lambda language: IN_BRACKETS.sub("", name[language]) or name[language])


def _that_fit(pieces: Iterable[_Piece], most_words: int) -> list[_Piece]:
    """What must be said, and of the rest what there is room for, the weightiest first."""
    kept: list[_Piece] = []
    for piece in sorted(pieces, key=lambda one: one.rank):
        if piece.rank == 0 or _longest(one.text for one in (*kept, piece)) <= most_words:
            kept.append(piece)
    return kept


def where_to(route: Route, context: AdviceContext) -> Text:
    """The work that a first step is towards: what was asked for, when the way above it leads there."""
    wish = context.person.wish
    asked = next((one for one in wish.chosen if one in route.occupations), None) if wish else None
    return context.knowledge.occupations[asked].name if asked else route.becomes


def becomes(profile: Profile, nearness: Nearness, context: AdviceContext) -> Text | None:
    """The work that an offer leads to, the nearest to what was asked for; None when none is near that."""
    if isinstance(profile.item, Route):
        return profile.item.becomes
    nearest = max(sorted(profile.occupations), key=nearness.in_common, default=None)
    if nearest is None or nearness.in_common(nearest) < IN_COMMON[2]:
        return None
    return context.knowledge.occupations[nearest].name


def _with_work(work: Text, title: Text) -> Text:
    """A title, with the work before it where the title says nothing of it: "Nursing degree" does, of a nurse."""

    def said(language: str) -> str:
        name, called = work[language], title[language]
        words, in_title = name.casefold().split(), called.casefold()
        stems = (word[:STEM] for word in words if len(word) >= STEM)
        is_said = any(stem in in_title for stem in stems) or not set(words).isdisjoint(WORD.findall(in_title))
        return called if is_said else f"{_upper(name)}: {called}"

    return in_each([work, title], said)


def _what_they_do(item: Offerable) -> list[_Piece]:
    """Where nobody is trained, the first sentence about it says more than how one follows it."""
    return [_Piece(_first_sentence(item.summary), 2)]


def _how(item: Offerable, context: AdviceContext, *, beside_summary: bool) -> list[_Piece]:
    """How one learns it; of work without training what one does, and beside its summary that there is no wage."""
    way = _way(item, context)
    if item.kind in TRAINS_NOBODY:
        way = [] if beside_summary else _what_they_do(item)
    of_use = (isinstance(item, Route) and item.earns) or context.told(FactRole.PAY) is True
    wage = (pays(item, context) or _unpaid_lessons(item, context)) if beside_summary and of_use else None
    return [_Piece(in_each([wage], lambda language: wage[language].rstrip(".")), ASKED), *way] if wage else way


def _way(item: Offerable, context: AdviceContext) -> list[_Piece]:
    """How one learns, how long, how many hours."""
    name = _shown_form(item, context)
    form = context.knowledge.fact_words.forms[name] if name else None
    duration = _short(_duration(item, context), item, context)
    is_late = isinstance(item, Route) and takes_too_long(item, context)
    hours = say(context.sentences.card_hours, hours=item.hours) if item.hours else None
    return [
        *([_Piece(form, 2)] if form else []),
        *([_Piece(duration, ASKED if is_late else 3)] if duration else []),
        *([_Piece(hours, 6)] if hours else []),
    ]


def _shown_form(item: Offerable, context: AdviceContext) -> str | None:
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


def pays(item: Offerable, context: AdviceContext) -> Text | None:
    """Whether there is pay while one learns, or what there is in place of a wage; None when nobody knows."""
    if isinstance(item, Route) and item.earns:
        return {
            Earning.OWN_BOSS: context.sentences.card_own_boss,
            Earning.VOLUNTEER: context.sentences.card_volunteer,
        }[item.earns]
    is_job = item.paid is None and _shown_form(item, context) in PAID_FORMS
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


def _place(offer: Offer, context: AdviceContext) -> list[_Piece]:
    """Who gives it, and where and how far that is."""
    item = offer.item
    if isinstance(item, Route):
        school = _school(offer.schools, item, context)
        return [_Piece(school or _call(offer, item, context))]
    provider = parties(item.provider).names[0]
    named = provider.casefold() in context.title_of(item).fallback.casefold()
    is_name = not named and not item.provider_described and len(provider.split()) <= LONGEST_NAME
    fits = is_name and item.kind not in HELP
    return [*([_Piece(Text.same(provider), 5)] if fits else []), _Piece(_where(item, context))]


def _call(offer: Offer, route: Route, context: AdviceContext) -> Text:
    """Whom a route itself says to call, and how far that is when it is in one place; or on which page to begin."""
    if is_registered(route, context):
        return context.sentences.card_find_customers
    begin = context.sentences.card_start if route.first_call.site else context.sentences.card_call
    call = say(begin, who=route.first_call.who)
    km = offer.distance_km if route.first_call.place else None
    if km is None or km <= context.weights.near_km.value:
        return call
    return in_each(
        [call], lambda language: say(context.sentences.card_far, where=call[language], km=round(km))[language]
    )


def _against(offer: Offer, context: AdviceContext) -> list[_Piece]:
    """The weightiest that speaks against it, in a few words."""
    item = offer.item
    desk = to_call(offer.schools, item, context) if isinstance(item, Route) else None
    if context.travel_limit and desk and desk.place and desk.km > context.reach_km:
        return [_Piece(context.sentences.card_beyond_limit, ASKED)]
    in_one_place = isinstance(item, Route) and item.first_call.place and not desk
    if context.travel_limit and in_one_place and offer.distance_km is not None and offer.distance_km > context.reach_km:
        return [_Piece(context.sentences.card_beyond_limit, ASKED)]
    asked = undecided(item, context) if isinstance(item, Route) else None
    university = [_Piece(_first_sentence(asked.because), ASKED)] if asked else []
    return [*_clash(offer, context), *university, *_nearly(offer)][:MOST_AGAINST]


def _clash(offer: Offer, context: AdviceContext) -> list[_Piece]:
    """The first thing in which it is not, or not wholly, as they need it: nobody should learn that at the door."""
    kinds = context.knowledge.limit_kinds
    of_limits = (part for part in offer.parts if part.name.startswith(OF_LIMIT))
    limits = [(kinds.get(part.name.removeprefix(OF_LIMIT)), part.value) for part in of_limits]
    clashes = [kind.clash for kind, value in limits if kind and value == 0.0]
    partly = [kind.partly for kind, value in limits if kind and value == PARTLY_SCHOOL]
    first = next((one for one in (*clashes, *partly) if one), None)
    return [_Piece(in_each([first], lambda language: first[language].rstrip(".")), ASKED)] if first else []


def _nearly(offer: Offer) -> list[_Piece]:
    """In what it is not wholly for them, in the first sentence of each."""
    return [_Piece(text, ASKED) for text in dict.fromkeys(map(_first_sentence, offer.nearly))]


def _first_sentence(text: Text) -> Text:
    return in_each([text], lambda language: text[language].partition(". ")[0].rstrip("."))


def questions(offer: Offer, context: AdviceContext) -> tuple[Text, ...]:
    """What its card says to ask, because nobody knows whether it goes with what they told."""
    return (*map(_in_a_line, offer.asks[:MOST_AGAINST]), *_short_questions(offer, context))


def _short_questions(offer: Offer, context: AdviceContext) -> list[Text]:
    """Of those what is said within the line on how one learns: how much Dutch, how many hours."""
    sentences = context.sentences
    of_hours = (part.reason for part in offer.parts if part.name == "hours" and part.is_to_be_asked)
    hours = [
        sentences.card_ask_part_time if reason.text == sentences.hours_part_time else sentences.card_ask_hours
        for reason in of_hours
        if reason
    ]
    return [*([sentences.card_ask_level] if offer.asks_language else []), *hours]


def _in_doubt(offer: Offer, asked_below: Collection[Text]) -> list[_Piece]:
    """The limits of theirs of which nobody knows whether this work goes with them, as what to ask."""
    asked = map(_in_a_line, offer.asks[:MOST_AGAINST])
    return [_Piece(one, ASKED) for one in asked if one not in asked_below]


def _in_a_line(question: Text) -> Text:
    """A question as a part of a line: without the full stop."""
    return in_each([question], lambda language: question[language].rstrip("."))


def _school(near: Nearby | None, route: Route, context: AdviceContext) -> Text | None:
    """The school to call, as one that gives a route or as one to ask; None when whom the route names knows more."""
    desk = to_call(near, route, context)
    if desk is None:
        return None
    name = desk.school.name
    where = _at(f"{name}, {desk.place}", desk.km, context) if desk.place else _anywhere(name, context)
    return where if desk.gives_now else say(context.sentences.card_ask_school, school=where)


def _anywhere(school: str, context: AdviceContext) -> Text:
    national = context.sentences.card_national
    return in_each([national], lambda language: f"{school} ({national[language]})")


def _at(place: str, km: float, context: AdviceContext) -> Text:
    """A place, and how far it is."""
    is_near = km <= context.weights.near_km.value
    return say(context.sentences.card_near if is_near else context.sentences.card_far, where=place, km=round(km))


def _where(programme: Programme, context: AdviceContext) -> Text:
    journey = travel(programme.where, programme.kind in HELP, context)
    short = in_words(journey, programme.where, context).short
    return say(short, where=journey.place, km=round(journey.km))


def _costs(offer: Offer, context: AdviceContext) -> list[_Piece]:
    """Pay, the price, who helps to pay it, and how old all of this is."""
    item, sentences, old_after = offer.item, context.sentences, context.knowledge.freshness.old_after
    age = age_of(item, sentences, old_after, context.on)
    ages = [_Piece(age.in_short)] if age else []
    pay = pays(item, context) or _ask_pay(item, context)
    pays_rank = 0 if isinstance(item, Route) and item.earns else 1  # that there is no wage is never left out
    if item.kind in TRAINS_NOBODY:
        return [*([_Piece(pay, pays_rank)] if pay else []), *ages]
    # Nobody borrows for what costs nothing.
    helps = None if is_free(item) else _who_helps(offer, context)
    return [
        *([_Piece(pay, pays_rank)] if pay else []),
        *([_Piece(_price(item, context))] if item.costs or not is_training_job(item) else []),
        *([_Piece(helps, 4)] if helps else []),
        *ages,
    ]


def _ask_pay(item: Offerable, context: AdviceContext) -> Text | None:
    """Whether there is a wage, where no source says it: of work that one begins with, and to who needs one."""
    if context.told(FactRole.PAY) is True:
        return _unpaid_lessons(item, context)  # the rest is asked as a limit
    return context.sentences.card_ask_pay if item.kind is RouteKind.OPEN else None


def _unpaid_lessons(item: Offerable, context: AdviceContext) -> Text | None:
    return context.sentences.card_unpaid if only_lessons(item.forms) else None


def _price(item: Offerable, context: AdviceContext) -> Text:
    """What it cost, with the year of the page that says so: nobody promised that it costs as much now."""
    sentences = context.sentences
    if is_second_degree(item, context):
        return sentences.card_second_degree
    dated = costs_dated(item)
    year = f" ({dated[: len('2024')]})" if dated else ""
    match item.costs:
        case Costs(_, 0):
            return say(sentences.card_free, year=year)
        case Costs(None | 0, float() | int() as most):
            return say(sentences.card_costs_at_most, most=float(most), year=year)
        case Costs(float() | int() as least, None):
            return say(sentences.card_costs_at_least, least=float(least), year=year)
        case Costs(float() | int() as least, float() | int() as most) if least != most:
            return say(sentences.card_costs_between, least=float(least), most=float(most), year=year)
        case Costs(_, float() | int() as most):
            return say(sentences.card_costs, most=float(most), year=year)
        case _:
            return sentences.card_costs_ask


def _who_helps(offer: Offer, context: AdviceContext) -> Text | None:
    """The first way to pay of the plan that can be named in a few words."""
    # A benefit is lost by a wrong start: whom to ask leave weighs more than where one may borrow.
    loans = [step for step in offer.plan.money if step.money.subsidy.form is MoneyForm.LOAN]
    others = [step for step in offer.plan.money if step not in loans]
    said = (_in_few_words(step, offer, context) for step in others)
    leave = _leave(offer, context)
    return next(filter(None, (*said, leave, *(_in_few_words(step, offer, context) for step in loans))), None)


def _leave(offer: Offer, context: AdviceContext) -> Text | None:
    """Of whom to ask leave, where their benefit pays nothing and there is no wage to live on in its place."""
    if offer.item.paid is True:
        return None
    authorities = (step.money.subsidy.authority for step in offer.plan.leave if not step.money.hangs_on_benefit)
    first = next(filter(None, authorities), None)
    return say(context.sentences.card_ask_leave, office=first) if first else None


def _in_few_words(step: Step, offer: Offer, context: AdviceContext) -> Text | None:
    sentences, subsidy = context.sentences, step.money.subsidy
    if step.money.hangs_on_benefit or (subsidy.form is MoneyForm.LOAN and not step.counts):
        return None  # whether one may borrow for it is not known: the plan says so
    if step.money.unknown & context.derived_from_place:
        return None  # it is for one region, and of two towns with one name nobody knows which is theirs
    if step.asker is Asker.EMPLOYER:  # it is for who learns in a job: of lessons alone no employer is paid
        in_a_job = offer.item.paid is True or _shown_form(offer.item, context) in PAID_FORMS
        return sentences.card_employer if in_a_job else None
    if subsidy.form is MoneyForm.LOAN and offer.item.paid is True:
        return None  # who learns with a wage has no course to borrow for
    if subsidy.form is MoneyForm.BENEFIT and subsidy.authority:
        return say(sentences.card_help_office if step.counts else sentences.card_ask_office, office=subsidy.authority)
    name = context.titles[subsidy.id]
    if subsidy.employer_decides or count_words(name) > LONGEST_NAME:
        return None
    if subsidy.form is MoneyForm.LOAN:
        return say(sentences.card_loan, name=name)
    return say(sentences.card_help_scheme if step.counts else sentences.card_ask_scheme, name=name)


# ------------------------------------------------------------------ lines
def _longest(texts: Iterable[Text]) -> int:
    return sum(map(count_words, texts))


def _listed(texts: Sequence[Text]) -> Text:
    """ "Deeltijd, 2 jaar." """
    return in_each(texts, lambda language: _upper(", ".join(text[language] for text in texts)) + ".")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]

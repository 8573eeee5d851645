"""An offer in three lines, as one reads it on a phone: what you become; how, how long and where; what you pay."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.advice.context import AdviceContext
from bot.advice.cost_line import costs
from bot.advice.filling import joined, say
from bot.advice.learning_line import first_sentence, how_one_learns
from bot.advice.lessons import level_on_card, on_card
from bot.advice.model import Offer
from bot.advice.own_limits import OF_LIMIT, PARTLY_SCHOOL
from bot.advice.pieces import ASKED, Piece, listed, longest, that_fit, upper
from bot.advice.plan import TRAINS_NOBODY, is_registered, parties
from bot.advice.relevance import HELP, Nearness, becomes, where_to
from bot.advice.schooling import Desk, named, to_call
from bot.advice.stairs import by_test, on_screen, said_of_level, undecided
from bot.advice.travel import in_words, travel
from bot.catalogue import Profile
from bot.content.knowledge import Programme, Route, RouteKind
from bot.schools import Nearby
from bot.text import Text, count_words, in_each

IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
LONGEST_NAME = 5  # words of a provider; a longer one waits for the card that tells more
MOST_AGAINST = 2  # things that speak against an offer
WORD = re.compile(r"\w+")
STEM = 4  # letters by which a word is known again in another form


@dataclass(frozen=True, slots=True)
class Card:
    """Each line in every language. `becomes` names the work too, where the name of the course does not.

    `size`: its words, in the language that takes most; `lost`: those of what it asks or has against it that found
    no room.
    """

    becomes: Text
    how: Text
    costs: Text
    size: int = 0
    lost: int = 0


def to_card(
    offer: Offer,
    profile: Profile,
    context: AdviceContext,
    most_words: int,
    *,
    beside_summary: bool = False,
    beside_reasons: bool = False,
    asked_below: Collection[Text] = (),
    lean: bool = False,
) -> Card:
    """`beside_summary`, `beside_reasons`: what it is, or what stands in the way, is said beside it already.

    `asked_below`: of what `questions` of this offer ask that which stands under all of the offers.
    `lean`: with a short name, and without what is only good to know.
    """
    item, title = offer.item, context.title_of(offer.item)
    # What anybody may begin with is called as it is: "Kasmedewerker: kwekerij", for a tree nursery, is other work.
    is_plain = item.kind in HELP or item.kind is RouteKind.OPEN
    work = None if is_plain else becomes(profile, Nearness(context), context)
    way = how_one_learns(item, context, beside_summary=beside_summary)
    if lessons := on_card(item, offer.schools, context):
        way = [*way, Piece(lessons, 3)]
    if level := level_on_card(item, context):
        way = [*way, Piece(level, ASKED)]
    short = [Piece(one, ASKED) for one in _short_questions(offer, context) if one not in asked_below]
    # Behind how one learns it is one line; behind a sentence about the work it is one of its own.
    way, apart = (way, short) if item.kind in TRAINS_NOBODY else ([*way, *short], [])
    place, paid = _place(offer, context), costs(offer, context)
    against = [] if beside_reasons else [*_against(offer, context), *_in_doubt(offer, asked_below)]
    clash = [*apart, *against]
    must = [piece.text for piece in (*place, *paid) if piece.rank == 0]
    # A shorter name leaves room for what does not fit them.
    step = [Piece(context.sentences.card_long_way, ASKED)] if offer.is_long_way else []
    test = None if beside_reasons else by_test(offer, context)
    of_level = frozenset(map(first_sentence, said_of_level(offer, context))) if test else frozenset()
    if test and not of_level:
        step = [*step, Piece(test, ASKED)]
    after = None if beside_summary else on_screen(offer, context)
    stairs = [Piece(after)] if after else []
    asked = [piece.text for piece in (*step, *clash, *way) if piece.rank == ASKED]
    needed = longest([*must, *(piece.text for piece in stairs), *asked])
    full = _with_work(work, title) if work else title
    if offer.towards:
        full = say(context.sentences.card_first_step, work=where_to(offer.towards, context), course=title)
    if offer.towards and (lean or count_words(full) + needed > most_words):
        full = say(context.sentences.card_first_step_short, course=title)
    # That it is a first step only is never left out.
    name = full if offer.towards or (not lean and count_words(full) + needed <= most_words) else title
    if lean or count_words(name) + needed > most_words:
        name = _without_brackets(name)
    room = most_words - count_words(name)
    if step and needed > room:
        long = context.sentences
        step = [Piece(long.card_long_way_short, ASKED) if one.text == long.card_long_way else one for one in step]
    if test and of_level and needed > room:
        step = [*step, Piece(test, ASKED)]
        clash = [one for one in clash if one.text not in of_level]
    if stairs and needed > room and (fewer := on_screen(offer, context, named=False)):
        # Where even this is too much, what stands behind the button says it.
        stairs = [Piece(fewer, ASKED if longest([*must, fewer]) > room else 0)]
    everything = [one for one in (*stairs, *step, *clash, *way, *place, *paid) if not lean or one.rank <= ASKED]
    pieces = that_fit(everything, room)
    size = count_words(name) + longest(one.text for one in pieces)
    lost = longest(one.text for one in everything if one.rank <= ASKED and one not in pieces)
    parts = ([*step, *way], place, *([one] for one in clash))  # each thing that speaks against it is a sentence
    how = [listed(said) for part in parts if (said := [one.text for one in part if one in pieces])]
    how += [one.text for one in stairs if one in pieces]
    return Card(name, joined(*how), joined(*(one.text for one in paid if one in pieces)), size, lost)


def _without_brackets(name: Text) -> Text:
    """ "Kok (mbo 2)" as "Kok": what stands between brackets gives way to what an offer asks."""
    return in_each([name], lambda language: IN_BRACKETS.sub("", name[language]) or name[language])


def _with_work(work: Text, title: Text) -> Text:
    """A title, with the work before it where the title says nothing of it: "Nursing degree" does, of a nurse."""

    def said(language: str) -> str:
        name, called = work[language], title[language]
        words, in_title = name.casefold().split(), called.casefold()
        stems = (word[:STEM] for word in words if len(word) >= STEM)
        is_said = any(stem in in_title for stem in stems) or not set(words).isdisjoint(WORD.findall(in_title))
        return called if is_said else f"{upper(name)}: {called}"

    return in_each([work, title], said)


def _place(offer: Offer, context: AdviceContext) -> list[Piece]:
    """Who gives it, and where and how far that is."""
    item = offer.item
    if isinstance(item, Route):
        school = _school(offer.schools, item, context)
        return [Piece(school or _call(offer, item, context))]
    provider = parties(item.provider).names[0]
    named = provider.casefold() in context.title_of(item).fallback.casefold()
    is_name = not named and not item.provider_described and len(provider.split()) <= LONGEST_NAME
    fits = is_name and item.kind not in HELP
    return [*([Piece(Text.same(provider), 3)] if fits else []), Piece(_where(item, context))]


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


def _against(offer: Offer, context: AdviceContext) -> list[Piece]:
    """The weightiest that speaks against it, in a few words."""
    item = offer.item
    desk = to_call(offer.schools, item, context) if isinstance(item, Route) else None
    if context.travel_limit and desk and desk.place and desk.km > context.reach_km:
        return [Piece(context.sentences.card_beyond_limit, ASKED)]
    in_one_place = isinstance(item, Route) and item.first_call.place and not desk
    if context.travel_limit and in_one_place and offer.distance_km is not None and offer.distance_km > context.reach_km:
        return [Piece(context.sentences.card_beyond_limit, ASKED)]
    asked = undecided(item, context) if isinstance(item, Route) else None
    university = [Piece(first_sentence(asked.because), ASKED)] if asked else []
    return [*_clash(offer, context), *university, *_nearly(offer)][:MOST_AGAINST]


def _clash(offer: Offer, context: AdviceContext) -> list[Piece]:
    """The first thing in which it is not, or not wholly, as they need it: nobody should learn that at the door."""
    kinds = context.knowledge.limit_kinds
    of_limits = (part for part in offer.parts if part.name.startswith(OF_LIMIT))
    limits = [(kinds.get(part.name.removeprefix(OF_LIMIT)), part.value) for part in of_limits]
    clashes = [kind.clash for kind, value in limits if kind and value == 0.0]
    partly = [kind.partly for kind, value in limits if kind and value == PARTLY_SCHOOL]
    first = next((one for one in (*clashes, *partly) if one), None)
    return [Piece(in_each([first], lambda language: first[language].rstrip(".")), ASKED)] if first else []


def _nearly(offer: Offer) -> list[Piece]:
    """In what it is not wholly for them, in the first sentence of each."""
    return [Piece(text, ASKED) for text in dict.fromkeys(map(first_sentence, offer.nearly))]


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


def _in_doubt(offer: Offer, asked_below: Collection[Text]) -> list[Piece]:
    """The limits of theirs of which nobody knows whether this work goes with them, as what to ask."""
    asked = map(_in_a_line, offer.asks[:MOST_AGAINST])
    return [Piece(one, ASKED) for one in asked if one not in asked_below]


def _in_a_line(question: Text) -> Text:
    """A question as a part of a line: without the full stop."""
    return in_each([question], lambda language: question[language].rstrip("."))


def _school(near: Nearby | None, route: Route, context: AdviceContext) -> Text | None:
    """The school to call, as one that gives a route or as one to ask; None when whom the route names knows more."""
    desk = to_call(near, route, context)
    if desk is None:
        return None
    where = _at(_in_town(desk), desk.km, context) if desk.place else _anywhere(named(desk.school), context)
    return where if desk.gives_now else say(context.sentences.card_ask_school, school=where)


def _in_town(desk: Desk) -> Text:
    school = named(desk.school)
    return in_each([school], lambda language: f"{school[language]}, {desk.place}")


def _anywhere(school: Text, context: AdviceContext) -> Text:
    national = context.sentences.card_national
    return in_each([national], lambda language: f"{school[language]} ({national[language]})")


def _at(place: Text, km: float, context: AdviceContext) -> Text:
    """A place, and how far it is."""
    is_near = km <= context.weights.near_km.value
    return say(context.sentences.card_near if is_near else context.sentences.card_far, where=place, km=round(km))


def _where(programme: Programme, context: AdviceContext) -> Text:
    journey = travel(programme.where, programme.kind in HELP, context)
    short = in_words(journey, programme.where, context).short
    return say(short, where=journey.place, km=round(journey.km))

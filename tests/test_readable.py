"""What people read fits a phone: a result on one screen, anything else in 150 words, in plain sentences; and all that
we know can be read by somebody."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, partial

import pytest
from libraries import real_knowledge
from people import newcomer

from bot.advice.advise import to_offer
from bot.advice.card import to_card
from bot.advice.freshness import age_of
from bot.advice.known_facts import can_be_said, known_facts
from bot.advice.plan import to_step
from bot.advice.scoring import Scorer
from bot.authoring.language import LONGEST_SENTENCE, sentences, words
from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.channels.telegram.render import CAPTION_LIMIT, to_calls
from bot.content.knowledge import (
    FACT_NAMES,
    FactValue,
    FactWords,
    Form,
    Offerable,
    Period,
    SourcedFact,
    Subsidy,
)
from bot.content.problems import Location
from bot.engine.effects import Message, Send
from bot.engine.turn import TurnContext
from bot.engine.views.item import show_details, show_item, show_why
from bot.engine.views.money import show_all_money, show_money_of
from bot.engine.views.plan import show_plan
from bot.text import Text, count_words

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
FIRST_SCREEN, MORE = 120, 150  # words
TELEGRAM = 4096  # characters in a message
BUTTON = 64  # bytes that a button carries

PEOPLE: dict[str, dict[str, object]] = {
    "a cashier who wants to care": {
        "desired_work": "iets in de thuiszorg",
        "current_job": "caissière",
        "place": "Goes",
        "education": "mbo2",
        "employment": "job_seeker",
        "benefit": "ww",
        "age": 49,
        "hours": 24,
    },
    "a baker who wants to IT": {
        "desired_work": "ict",
        "current_job": "bakker",
        "place": "Utrecht",
        "education": "mbo4",
        "employment": "job_seeker",
        "benefit": "ww",
        "age": 38,
        "hours": 40,
    },
    "a driver of 58": {
        "desired_work": "chauffeur",
        "current_job": "buschauffeur",
        "place": "Zwolle",
        "education": "vmbo",
        "employment": "job_seeker",
        "benefit": "bijstand",
        "age": 58,
    },
    "somebody employed, in the evening": {
        "desired_work": "techniek",
        "current_job": "winkel",
        "place": "Eindhoven",
        "education": "havo_vwo",
        "employment": "employed",
        "benefit": "none",
        "age": 31,
        "schedule": ["evening"],
    },
    "a nurse from elsewhere": {
        "desired_work": "verpleegkundige",
        "current_job": "verpleegkundige",
        "place": "Deventer",
        "education": "hbo",
        "dutch": "a2",
        "age": 33,
    },
    "who does not know": {"desired_work": None, "place": "Groningen", "education": "none", "age": 24},
}


@cache
def at_a_result(who: str) -> Rehearsal:
    """Somebody who sees a result."""
    person = newcomer()
    put(person, "results", PEOPLE[who])
    return person


def turn_of(who: str, language: str = "nl") -> TurnContext:
    person = at_a_result(who)
    return TurnContext(person.compiled, replace(person.state, language=language), MONDAY)


def said_by(
    show: Callable[[TurnContext], object], who: str = "a baker who wants to IT", language: str = "nl"
) -> list[Message]:
    turn = turn_of(who, language)
    show(turn)
    return [effect.message for effect in turn.effects if isinstance(effect, Send)]


def items() -> list[str]:
    return [item.id for item in real_knowledge().items]


def too_long(messages: list[Message], most: int) -> Iterator[str]:
    for message in messages:
        if count_words(message.text) > most or len(message.text) + len(message.title or "") > TELEGRAM:
            yield f"{count_words(message.text)} words: {message.title}"


def hard(messages: list[Message]) -> Iterator[str]:
    """Sentences that are longer than any should be; what stands behind "Bedrag:" is one of its own."""
    for message in messages:
        yield from (one for one in sentences(message.text) if len(words(one)) > LONGEST_SENTENCE)


# ------------------------------------------------------------------ the first screen
@pytest.mark.parametrize("who", PEOPLE)
def test_a_result_is_one_screen_and_one_question(who: str) -> None:
    messages = at_a_result(who).messages
    assert len(messages) <= 2, [message.text for message in messages]
    assert sum(count_words(message.text) for message in messages) <= FIRST_SCREEN


@pytest.mark.parametrize("who", PEOPLE)
def test_an_offer_has_three_lines(who: str) -> None:
    result = at_a_result(who).messages[0]
    cards = [block for block in result.text.split("\n\n") if re.match(r"\d\. ", block)]
    assert 1 <= len(cards) <= 3
    assert {len(card.splitlines()) for card in cards} == {3}
    assert list(hard([result])) == []


@pytest.mark.parametrize("who", PEOPLE)
def test_the_ways_on_of_a_result_are_buttons(who: str) -> None:
    result = at_a_result(who).messages[0]
    labels = [button.label for button in result.buttons]
    helps = ["Help mij kiezen"] if PEOPLE[who]["desired_work"] is None else []
    assert labels[: len(helps) + 1] == [*helps, "1"]
    assert labels[-6:] == [
        "Ander werk",
        "Dichterbij",
        "Goedkoper",
        "Dit klopt niet",
        "Bewaar mijn plan",
        "Ik wil een mens",
    ]


ROOM = 27  # words of a card, when three follow a long heading


@pytest.mark.parametrize("who", PEOPLE)
def test_any_offer_fits_a_third_of_the_first_screen(who: str) -> None:
    """Whatever somebody could be offered, also what ranking leaves out: what must be said is little enough."""
    turn = turn_of(who)
    context = turn.advice_context()
    money = {one.subsidy.id: one for one in turn.advice().money}
    measure, too_wordy = Scorer(context), []
    for profile in turn.compiled.catalogue.profiles.values():
        candidate = measure.see(profile)
        fit = measure.fit(candidate) if candidate else None
        if fit:
            card = to_card(
                to_offer(fit, lambda scheme, pays: to_step(money[scheme], pays, context), context),
                profile,
                context,
                ROOM,
            )
            lines = (card.becomes, card.how, card.costs)
            too_wordy += [profile.item.id] if sum(map(count_words, lines)) > ROOM else []
    assert too_wordy == []


# ------------------------------------------------------------------ behind the buttons
@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("show", [show_item, show_why])
def test_every_card_and_every_reason_is_short(show: Callable[[TurnContext, str], None], language: str) -> None:
    turn = turn_of("a baker who wants to IT", language)
    for item in items():
        show(turn, item)
    messages = [effect.message for effect in turn.effects if isinstance(effect, Send)]
    assert len(messages) == len(items())
    assert list(too_long(messages, MORE)) == []
    assert list(hard(messages)) == []


def pages(item_id: str) -> list[Message]:
    """All that we know of an item, page by page, as the buttons lead."""
    found: list[Message] = []
    while not found or found[-1].buttons:
        found += said_by(partial(show_details, item_id=item_id, page=len(found) + 1))
    return found


def test_every_fact_reaches_somebody_who_reads_on() -> None:
    knowledge, unread = real_knowledge(), []
    for item in knowledge.items:
        told = "\n".join(message.text for message in pages(item.id))
        facts = known_facts(item, knowledge.fact_words, MONDAY.date())
        unread += [f"{item.id}: {fact.name}" for fact in facts if fact.text["nl"] not in told]
        assert list(too_long(pages(item.id), MORE)) == []
    assert unread == []


def test_every_fact_and_every_form_has_words_of_ours() -> None:
    words = real_knowledge().fact_words
    assert set(FACT_NAMES) - {"status"} == set(words.facts)
    assert {form.value for form in Form} == set(words.forms)


@pytest.mark.parametrize(
    ("name", "value", "can"),
    [
        ("duration", Text(nl="2 jaar"), True),
        ("cost_eur", 0, True),
        ("status", "open", True),
        ("recognised", True, False),
        ("duration", None, False),
        ("amount", (Period(Text(nl="€ 5"), None),), True),
        ("amount", (Period(True, None),), False),
        ("start", Text(nl="in mei"), False),
    ],
)
def test_a_fact_that_no_text_can_tell_is_known_as_such(name: str, value: FactValue, can: bool) -> None:
    fact = SourcedFact(value, "https://duo.nl", "2026", MONDAY.date(), Location("", 1, 1))
    words = FactWords({one: Text(nl=one) for one in ("duration", "cost_eur", "recognised", "amount")})
    assert can_be_said(name, fact, words) is can


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("who", PEOPLE)
def test_the_money_is_told_in_short_messages(who: str, language: str) -> None:
    everything = said_by(lambda turn: show_all_money(turn, turn.advice(), turn.advice().offers[:3]), who, language)
    of_one = said_by(lambda turn: show_money_of(turn, turn.advice().offers[:1]), who, language)
    assert list(too_long([*everything, *of_one], MORE)) == []
    assert list(hard([*everything, *of_one])) == []


@pytest.mark.parametrize(
    ("who", "first", "then"),
    [
        ("a baker who wants to IT", "Scholing met behoud van WW", "O&O-fondsen"),
        ("a driver of 58", "Scholing met behoud van bijstand", "Proefplaatsing"),
    ],
)
def test_what_goes_with_the_benefit_that_they_have_comes_first(who: str, first: str, then: str) -> None:
    messages = said_by(lambda turn: show_all_money(turn, turn.advice(), turn.advice().offers[:3]), who)
    told = "\n".join(message.text for message in messages)
    assert 0 <= told.index(first) < told.index(then)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_plan_is_short_in_the_chat_and_whole_in_its_document(who: str) -> None:
    [message] = said_by(lambda turn: show_plan(turn, ""), who)
    assert list(too_long([message], MORE)) == []
    assert list(hard([message])) == []
    assert message.document is not None
    assert re.search(r"^1\. Vóór \d+ (november|december) 2026[:,] ", message.document.text, re.MULTILINE)
    assert "Zeg bijvoorbeeld: " in message.document.text


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("who", PEOPLE)
def test_what_stands_with_a_plan_fits_under_its_document_or_before_it(who: str, language: str) -> None:
    [message] = said_by(lambda turn: show_plan(turn, ""), who, language)
    calls = [call.body for call in to_calls(message, 7)]
    assert all(len(call.get("caption", "")) <= CAPTION_LIMIT for call in calls)
    assert sum(map(len, (call.get("text", "") or call.get("caption", "") for call in calls))) >= len(message.text)


@pytest.mark.slow
def test_the_plan_and_the_money_of_every_way_fit_a_message_and_its_buttons() -> None:
    """One wish for each way that none before it showed; text, title and what a button carries, as Telegram counts."""
    knowledge, seen, faults, about = real_knowledge(), set[str](), list[str](), PEOPLE["a cashier who wants to care"]
    ways = {occupation: route.id for route in knowledge.routes.values() for occupation in route.occupations[:1]}
    for occupation, way in ways.items():
        if way in seen:
            continue
        person = newcomer()
        put(person, "results", about | {"desired_work": knowledge.occupations[occupation].name["nl"]})
        turn = TurnContext(person.compiled, person.state, MONDAY)
        offers = turn.listed_offers()
        for offer in (one for one in offers if one.item.id not in seen):
            show_plan(turn, offer.item.id)
            show_money_of(turn, [offer])
        seen |= {offer.item.id for offer in offers}
        messages = [effect.message for effect in turn.effects if isinstance(effect, Send)]
        faults += [f"{way}: {fault}" for fault in too_long(messages, MORE)]
        faults += [button.data for one in messages for button in one.buttons if len(button.data.encode()) > BUTTON]
    assert len(seen) > len(ways) / 2, "too few ways were shown: this test sees little"
    assert faults == []


# ------------------------------------------------------------------ ways on, typed
def typed_at_a_result(*texts: str, wish: str = "zorg") -> Rehearsal:
    person = newcomer()
    put(person, "results", PEOPLE["a cashier who wants to care"] | {"desired_work": wish, "place": "Utrecht"})
    person.say(*texts)
    return person


def titles(person: Rehearsal) -> list[str]:
    return re.findall(r"^\d\. (.+)$", person.text, re.MULTILINE)


@pytest.mark.parametrize("said", ["1", "de eerste", "meer over 1"])
def test_the_number_of_an_offer_tells_more_of_it(said: str) -> None:
    [first, *_] = titles(typed_at_a_result())
    assert typed_at_a_result(said).messages[0].title in first


def test_a_number_is_that_of_the_last_list() -> None:
    """ "The first" after "cheaper" is the cheapest, and not the first of the first list."""
    wishes = ("ict", "chauffeur", "verpleegkundige", "zorg", "techniek")
    cheapest = {wish: titles(typed_at_a_result("goedkoper", wish=wish)) for wish in wishes}
    other = [wish for wish in wishes if cheapest[wish] != titles(typed_at_a_result(wish=wish))]
    assert other, "no order changes: this test sees nothing"
    for number, name in enumerate(cheapest[other[0]], start=1):
        assert typed_at_a_result("goedkoper", str(number), wish=other[0]).messages[0].title in name


@pytest.mark.parametrize("label", ["Ander werk", "Dichterbij", "Goedkoper", "Bewaar mijn plan", "Ik wil een mens"])
def test_a_way_on_may_be_typed(label: str) -> None:
    by_hand, pressed = typed_at_a_result(label), typed_at_a_result()
    pressed.press(label)
    assert by_hand.text == pressed.text


def test_the_question_comes_once_however_much_is_said() -> None:
    person = typed_at_a_result("dichterbij")
    questions = [message.text for message in person.messages if "preciezer" in message.text]
    assert len(questions) == 1


def test_nearer_comes_first() -> None:
    person = typed_at_a_result("dichterbij")
    turn = TurnContext(person.compiled, person.state, MONDAY)
    distances = [offer.distance_km for offer in turn.listed_offers() if offer.distance_km is not None]
    assert len(distances) > 1
    assert distances == sorted(distances)


# ------------------------------------------------------------------ how old it is
def test_no_editor_writes_the_year_of_a_source_by_hand() -> None:
    year = re.compile(r"bron is van (19|20)\d\d|source is from (19|20)\d\d|bron heeft geen datum|source has no date")
    written = [item.id for item in real_knowledge().items if item.must_say and any(map(year.search, item.must_say))]
    assert written == []


def test_the_age_of_a_source_follows_its_date() -> None:
    knowledge = real_knowledge()
    assert knowledge.advice is not None

    def said(item: Offerable | Subsidy, on: date) -> str:
        age = age_of(item, knowledge.advice, knowledge.freshness.old_after, on)  # type: ignore[arg-type]
        return age.in_short["nl"] if age else ""

    academy = knowledge.programmes["make-it-work-hva"]
    dated = academy.facts["status"].dated
    assert dated is not None
    year = int(dated[:4])
    assert said(academy, date(year, 12, 31)) == f"Bron: {year}."
    assert said(academy, date(year + 3, 12, 31)) == f"Bron: {year}, bel eerst."

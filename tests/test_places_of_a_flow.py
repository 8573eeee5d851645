"""A flow with a number of places: nobody is promised one that is not there, and nothing that they told is lost."""

import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from libraries import flows_in, informed, library_with, locale_in, netherlands
from sqlalchemy import event

from bot.authoring.checks.header import problems_of
from bot.authoring.conversation import run
from bot.authoring.flow_diff import changes
from bot.compiled import Compiled
from bot.conversations import Address, Conversations
from bot.engine.events import Event, Pressed, Said, Started
from bot.engine.state import State
from bot.privacy.erasure import erase
from bot.staff.capacity import lines
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.capacity import Occupancy
from bot.store.lead_codes import CloseReason, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.text import Text

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
FULL_AFTER = 2
FLOWS = {
    "open_day": """\
id: open_day
version: 1
title: {nl: Open dag lassen, en: Open day welding}
opens_with: {nl: [opendag], en: [weldingday]}
capacity: 2
steps:
  - collect: snack
    type: text
    text: {nl: "Wat eet je?", en: "What do you eat?"}
  - consent: may_contact
    purpose: contact
    text: {nl: "Mag een adviseur je bellen?", en: "May an adviser call you?"}
    next: [{if: {may_contact: true}, then: name}, {else: done}]
  - collect: name
    type: name
    pii: true
    required: true
    text: {nl: "Hoe heet je?", en: "What is your name?"}
  - collect: reach
    type: contact
    pii: true
    required: true
    text: {nl: "Hoe bereiken we je?", en: "How do we reach you?"}
  - review: right
    text: {nl: "Klopt het?", en: "Is it right?"}
  - submit: signed_up
    text: {nl: "Je hebt een plaats. Je nummer is {reference}.", en: "You have a place: {reference}."}
  - end: done
""",
    "intake": """\
id: intake
version: 1
title: {nl: Ander werk, en: Other work}
opens_with: {nl: [anderwerk], en: [otherwork]}
steps:
  - collect: colour
    type: text
    text: {nl: "Welke kleur?", en: "Which colour?"}
  - end: bye
    text: {nl: Dag, en: Bye}
""",
}
SAYS = ("brood", "ja", "Sam", "sam@voorbeeld.nl")
ANSWERS = (*SAYS, "ja")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    root = tmp_path_factory.mktemp("places")
    return library_with(flows_in(written(root)))


def written(root: Path) -> Path:
    (root / "flows").mkdir()
    for name, text in FLOWS.items():
        (root / "flows" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return root


class Person:
    """Somebody at the bot, and what they hear."""

    def __init__(self, bot: Conversations, number: int, language: str = "nl") -> None:
        self.bot, self.address, self.language = bot, Address("telegram", str(number)), language
        self.buttons: dict[str, str] = {}

    def does(self, what: Event) -> str:
        outgoing = [each.message for each in self.bot.turn(self.address, what) if each.address == self.address]
        self.buttons = {button.label: button.data for each in outgoing for button in each.buttons}
        return "\n".join(each.text for each in outgoing)

    def start(self) -> str:
        return self.does(Started("open_day", self.language))

    def say(self, *texts: str) -> str:
        return [self.does(Said(text)) for text in texts][-1]

    @property
    def state(self) -> State:
        found = self.bot.store.conversations.find(self.address)
        assert found is not None
        return found.state

    @property
    def lead(self) -> Lead:
        found = self.bot.store.conversations.find(self.address)
        assert found is not None
        (lead,) = self.bot.store.leads.of_conversation(found.id)
        return lead


@pytest.fixture
def bot(store: Store, content: Compiled) -> Conversations:
    return Conversations(store, content, lambda: NOON)


@pytest.fixture
def new(bot: Conversations) -> Callable[..., Person]:
    numbers = iter(range(1, 100))
    return lambda language="nl": Person(bot, next(numbers), language)


def signed_up(person: Person) -> str:
    person.start()
    return person.say(*ANSWERS)


@pytest.fixture
def full(new: Callable[..., Person]) -> list[Person]:
    """Two who have the two places."""
    people = [new() for _ in range(FULL_AFTER)]
    for person in people:
        assert "Je hebt een plaats" in signed_up(person)
    return people


def occupancy(bot: Conversations) -> Occupancy:
    (found,) = bot.store.capacity.occupancy({"open_day": FULL_AFTER})
    return found


# ------------------------------------------------------------------ before they begin
@pytest.mark.usefixtures("full")
def test_who_comes_when_it_is_full_hears_so_before_any_question(new: Callable[..., Person]) -> None:
    heard = new().start()
    assert "Alle plaatsen zijn weg: Open dag lassen." in heard
    assert "Wat eet je?" not in heard
    assert "All places are taken: Open day welding." in new("en").start()


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("yes", ["ja", "graag", "button"])
def test_they_can_make_a_request_all_the_same(yes: str, new: Callable[..., Person]) -> None:
    late = new()
    late.start()
    heard = late.does(Pressed(late.buttons["Ja"])) if yes == "button" else late.say(yes)
    assert "Wat eet je?" in heard
    heard = late.say(*ANSWERS)
    assert "Je hebt een plaats" not in heard
    assert "Je hebt dus geen plaats" in heard
    assert late.lead.reference in heard
    assert (late.lead.without_place, late.lead.complete, late.lead.contact["name"]) == (True, True, "Sam")


@pytest.mark.usefixtures("full")
def test_who_does_not_want_that_hears_what_else_there_is(new: Callable[..., Person]) -> None:
    late = new()
    late.start()
    heard = late.say("nee")
    assert "/anderwerk" in heard or "Welke kleur?" in heard
    assert "Alle plaatsen zijn weg" in late.say("/opendag"), "asked again, it is said again"


@pytest.mark.usefixtures("full")
def test_a_conversation_that_runs_goes_on_after_a_no(new: Callable[..., Person]) -> None:
    late = new()
    late.does(Started(None, "nl"))
    assert "Alle plaatsen zijn weg" in late.say("/opendag")
    assert "Welke kleur?" in late.say("nee")
    late.say("rood")
    assert late.state.answers["colour"].raw == "rood"


@pytest.mark.usefixtures("full")
def test_help_says_that_it_is_full(new: Callable[..., Person]) -> None:
    late = new()
    late.does(Started(None, "nl"))
    assert "/opendag: Open dag lassen (vol)" in late.say("/help")
    english = new("en")
    english.does(Started(None, "en"))
    assert "/weldingday: Open day welding (full)" in english.say("/help")


def test_help_of_a_flow_with_places_left_says_nothing_of_them(new: Callable[..., Person]) -> None:
    person = new()
    person.does(Started(None, "nl"))
    assert "(vol)" not in person.say("/help")


# ------------------------------------------------------------------ on the way
def test_who_is_on_the_way_hears_it_and_loses_nothing(new: Callable[..., Person]) -> None:
    slow = new()
    slow.start()
    for other in (new(), new()):
        signed_up(other)
    heard = slow.say("brood")
    assert "Intussen zijn alle plaatsen weg: Open dag lassen." in heard
    assert "Mag een adviseur je bellen?" in heard
    assert slow.state.answers["snack"].raw == "brood"
    assert "Intussen" not in slow.say("ja"), "once is enough"
    assert "geen plaats" in slow.say("Sam", "sam@voorbeeld.nl", "ja")
    assert slow.lead.answers["snack"].words == "brood"


@pytest.mark.parametrize("how", ["typed", "pressed"])
def test_a_yes_to_what_they_saw_before_it_filled_up_sends_nothing(how: str, new: Callable[..., Person]) -> None:
    slow = new()
    slow.start()
    slow.say(*SAYS)
    agree = slow.buttons
    for other in (new(), new()):
        signed_up(other)
    heard = slow.say("ja") if how == "typed" else slow.does(Pressed(next(iter(agree.values()))))
    assert "Intussen zijn alle plaatsen weg" in heard
    assert "Klopt het?" in heard
    assert slow.state.reference is None
    assert "geen plaats" in slow.say("ja")


def test_a_person_can_still_be_asked_for(new: Callable[..., Person]) -> None:
    slow = new()
    slow.start()
    for other in (new(), new()):
        signed_up(other)
    slow.say(*SAYS)
    assert slow.say("/stop")
    assert slow.state.answers["snack"].raw == "brood"


# ------------------------------------------------------------------ at once
@pytest.mark.parametrize("rivals", [2, 6])
def test_of_those_who_press_at_once_no_more_get_a_place_than_there_are(
    rivals: int, store: Store, content: Compiled
) -> None:
    """Each has a store, so a connection, of their own, and presses when all of them are ready.

    Whoever has counted the places waits for a second one who has: where they are not counted one by one, both find one.
    """
    signed_up(Person(Conversations(store, content, lambda: NOON), 99))  # one of the two places
    heard: dict[int, str] = {}
    ready, counted = threading.Barrier(rivals), threading.Barrier(2)

    def wait_for_another(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT count(*)") and "leads.without_place" in statement:
            with suppress(threading.BrokenBarrierError):
                counted.wait(1)

    with ExitStack() as stack:
        people = []
        for number in range(rivals):
            own = informed(Store.open(store.settings))
            stack.callback(own.close)
            event.listen(own.engine, "after_cursor_execute", wait_for_another)
            stack.callback(event.remove, own.engine, "after_cursor_execute", wait_for_another)
            person = Person(Conversations(own, content, lambda: NOON), number + 1)
            person.start()
            person.say(*SAYS)
            people.append(person)

        def press(number: int) -> None:
            ready.wait(30)
            heard[number] = people[number].say("ja")

        threads = [threading.Thread(target=press, args=(number,)) for number in range(rivals)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    found = store.leads.all(Filter())
    with_place = [lead for lead in found if not lead.without_place]
    assert len(heard) == rivals
    assert len(with_place) == FULL_AFTER
    assert sum("Je hebt een plaats" in said for said in heard.values()) == 1
    # Who came second hears that there is none: with a lead, or at the look before it.
    others = [said for said in heard.values() if "Je hebt een plaats" not in said]
    assert all("weg: Open dag lassen" in said for said in others)


# ------------------------------------------------------------------ places that come back
def close(bot: Conversations, lead: Lead, status: Status, reason: CloseReason) -> None:
    changes = {"status": status, "close_reason": reason, "closed_at": NOON}
    bot.store.leads.change(lead.id, "Anna", "closed", at=NOON, **changes)  # type: ignore[arg-type]


def test_an_erased_lead_gives_its_place_back(
    full: list[Person], bot: Conversations, new: Callable[..., Person]
) -> None:
    erase(bot.store, full[0].address, NOON)
    assert occupancy(bot).left == 1
    assert "Je hebt een plaats" in signed_up(new())


def test_one_that_lapsed_gives_it_back_and_one_that_is_done_does_not(
    full: list[Person], bot: Conversations, new: Callable[..., Person]
) -> None:
    close(bot, full[0].lead, Status.DONE, CloseReason.ENROLLED)
    assert occupancy(bot).left == 0
    close(bot, full[1].lead, Status.LAPSED, CloseReason.UNREACHED)
    assert occupancy(bot).left == 1
    assert "Je hebt een plaats" in signed_up(new())


def test_who_stopped_half_way_has_no_place(bot: Conversations, new: Callable[..., Person]) -> None:
    person = new()
    person.start()
    person.say(*SAYS, "/stop", "ja")
    assert person.lead.complete is False
    assert occupancy(bot) == Occupancy("open_day", FULL_AFTER, 0, 0)


def test_who_has_a_place_can_change_an_answer_and_come_again(full: list[Person]) -> None:
    first = full[0]
    heard = first.start()
    assert "plaatsen" not in heard
    first.say("/overzicht")
    assert first.lead.without_place is False


def test_who_had_none_and_comes_again_takes_one_that_is_free_and_hears_so(
    full: list[Person], bot: Conversations, new: Callable[..., Person]
) -> None:
    late = new()
    late.start()
    late.say("ja", *ANSWERS)
    assert occupancy(bot) == Occupancy("open_day", FULL_AFTER, 2, 1)
    erase(bot.store, full[0].address, NOON)
    heard = late.start()
    assert "nu voor jou" in heard
    assert late.lead.without_place is False
    assert occupancy(bot) == Occupancy("open_day", FULL_AFTER, 2, 0)


def test_leads_from_before_there_was_a_number_count(store: Store, content: Compiled) -> None:
    unlimited = replace(content.content.flows["open_day"], capacity=None)
    flows = {**content.content.flows, "open_day": unlimited}
    before = Conversations(store, replace(content, content=replace(content.content, flows=flows)), lambda: NOON)
    for number in (1, 2):
        signed_up(Person(before, number))
    assert "Alle plaatsen zijn weg" in Person(Conversations(store, content, lambda: NOON), 3).start()


# ------------------------------------------------------------------ staff, editors
def test_a_conversation_file_can_say_that_a_flow_is_full(content: Compiled, tmp_path: Path) -> None:
    file = tmp_path / "full.txt"
    file.write_text(
        "@ flow open_day\n< ...\n@ full open_day\n> brood\n"
        "< Intussen zijn alle plaatsen weg: Open dag lassen. ...\n< ...\n",
        encoding="utf-8",
    )
    assert run(file, content) == []
    file.write_text("@ flow open_day\n@ full open_day\n< ...\n< Alle plaatsen zijn weg: ...\n", encoding="utf-8")
    assert run(file, content) == []


@pytest.mark.usefixtures("full")
def test_staff_see_how_many_are_left(bot: Conversations, new: Callable[..., Person]) -> None:
    late = new()
    late.start()
    late.say("ja", *ANSWERS)
    labels = Labels.of(bot.compiled.content)
    assert lines(bot.store, labels, locale_in()) == [
        "Open dag lassen: 2 van 2 plaatsen bezet, 0 vrij, 1 aanvragen zonder plaats"
    ]


@pytest.mark.parametrize(
    ("flow", "changed", "says"),
    [
        ("open_day", {"capacity": 3}, None),
        ("open_day", {"aside": True}, "an aside has no places"),
        ("intake", {"capacity": 5}, "this flow has places, and files nothing"),
    ],
)
def test_editors_hear_where_places_count_nothing(
    flow: str, changed: dict[str, Any], says: str | None, content: Compiled
) -> None:
    flows = {**content.content.flows, flow: replace(content.content.flows[flow], **changed)}
    found = [one for one in problems_of(flows, netherlands(), content.spoken) if one.code == "F071"]
    assert [one.message.partition(":")[0] for one in found] == ([says] if says else [])


def test_a_changed_number_is_told_with_what_it_does(content: Compiled) -> None:
    old = {"open_day": content.content.flows["open_day"]}
    new = {"open_day": replace(old["open_day"], capacity=20, title=Text.same("x"))}
    assert any(line.startswith("open_day: places: 20, and 2 before.") for line in changes(old, new))

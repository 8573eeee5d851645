"""A turn with the outside world: all of it or nothing, once, in order, and never a word before the commit."""

import json
import os
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import OperationalError
from stores import copy_of, next_answer, walk

from bot.compiled import Compiled
from bot.content.sentence_keys import Sentence
from bot.conversations import Address, Conversations, Outgoing, Request, UpdateOutcome
from bot.engine.events import Elapsed, Event, Said, SharedContact, Started
from bot.engine.state import State
from bot.privacy.erasure import PERSONAL, dossier, erase_lead
from bot.privacy.page import name_of
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.store import Store
from bot.store.inbox import MAX_ATTEMPTS, Received, UpdateKey
from bot.store.lead_codes import CloseReason, EventKind, Status
from bot.store.lead_filter import Filter
from bot.store.tables import conversations as people
from bot.store.tables import inbox, leads, outbox
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
ZOE, PIET = Address("telegram", "1001"), Address("telegram", "1002")
POISON = Said(None)  # type: ignore[arg-type]


@pytest.fixture
def conversations(store: Store, compiled: Compiled) -> Conversations:
    return Conversations(store, compiled, lambda: NOON)


def state(conversations: Conversations, address: Address = ZOE) -> State:
    person = conversations.store.conversations.find(address)
    assert person is not None
    return person.state


def filed(state: State) -> bool:
    return state.reference is not None


# ------------------------------------------------------------------ one turn
def test_every_answer_is_there_when_the_store_is_opened_again(conversations: Conversations):
    said = walk(conversations, ZOE, filed)
    before = state(conversations)
    conversations.store.close()
    again = Conversations(Store.open(conversations.store.settings), conversations.compiled, lambda: NOON)
    assert state(again) == before
    assert len(said) > 8
    again.store.close()


def test_the_person_hears_the_number_of_their_lead(conversations: Conversations):
    walk(conversations, ZOE, filed)
    with conversations.store.reading() as db:
        sent = [row["message"]["text"] for row in db.execute(select(outbox.c.payload)).scalars()]
    assert any("L-2026-0001" in text for text in sent)
    assert not any("{reference}" in text for text in sent)


def test_a_lead_has_what_was_said_what_was_shown_and_what_was_agreed_to(conversations: Conversations):
    walk(conversations, ZOE, lambda state: (filed(state) and state.asked is None) or state.mode != "running")
    (lead,) = conversations.store.leads.all(Filter())
    details = conversations.store.leads.details([lead])[lead.id]
    assert lead.contact == {"name": "Zoë de Vries", "phone": "+31612345678"}
    assert (lead.place, lead.sector, lead.source) == ("Zwolle", "zorg", "flyer-overvecht")
    assert lead.advice is not None
    assert lead.advice.offers
    assert {one.status for one in lead.advice.money} <= {"eligible", "maybe"}
    assert all(one["nearest_miss"] for one in lead.advice.json["rejected"])
    assert "contact" in {consent.purpose for consent in details.consents}
    assert all(len(consent.text) > 20 for consent in details.consents)


@pytest.mark.parametrize(("language", "computer"), [("nl", "computerprogramma"), ("en", "computer program")])
def test_who_starts_hears_what_it_is_and_where_to_turn_before_any_question(
    conversations: Conversations, language: str, computer: str
):
    welcome, question = conversations.turn(ZOE, Started(None, language))
    for said in (computer, "/privacy", "/mens" if language == "nl" else "/human"):
        assert said in welcome.message.text
    assert "?" in question.message.text.splitlines()[0]


def test_without_a_yes_nothing_personal_is_kept_as_a_lead(conversations: Conversations):
    walk(conversations, ZOE, lambda state: state.asked == "may_contact")
    with conversations.store.reading() as db:
        shown = [row["message"]["text"] for row in db.execute(select(outbox.c.payload)).scalars()]
    assert any("Dit past het beste bij wat je vertelde." in text for text in shown)
    conversations.turn(ZOE, Said("nee"))
    for said in ("Zoë de Vries", "06 12345678", "zoe@example.nl"):
        conversations.turn(ZOE, Said(said))
    assert conversations.store.leads.all(Filter()) == []
    (person,) = conversations.store.conversations.load([ZOE])
    kept = json.dumps(dossier(conversations.store, person.id), ensure_ascii=False)
    assert not any(secret in kept for secret in ("12345678", "zoe@", "de Vries"))


def test_the_same_update_again_has_no_second_effect(conversations: Conversations):
    first = conversations.turns([Request(ZOE, Started(), 1)])[0]
    again = conversations.turns([Request(ZOE, Started(), 1)] * 20)
    assert first.outcome is UpdateOutcome.DONE
    assert {reply.outcome for reply in again} == {UpdateOutcome.SEEN}
    assert [reply.outgoing for reply in again] == [()] * 20
    assert conversations.store.outbox.waiting() == len(first.outgoing)


def test_the_same_update_twice_in_one_group_counts_once(conversations: Conversations):
    replies = conversations.turns([Request(ZOE, Started(), 1), Request(ZOE, Started(), 1)])
    assert [reply.outcome for reply in replies] == [UpdateOutcome.DONE, UpdateOutcome.SEEN]


def test_a_group_is_answered_in_order_each_with_their_own_messages(conversations: Conversations):
    replies = conversations.turns(
        [Request(ZOE, Started(), 1), Request(PIET, Started(), 2), Request(ZOE, Said("lasser"), 3)]
    )
    assert {out.address for out in replies[0].outgoing} == {out.address for out in replies[2].outgoing} == {ZOE}
    assert {out.address for out in replies[1].outgoing} == {PIET}
    ids = [out.id for reply in replies for out in reply.outgoing]
    assert ids == sorted(ids)
    assert "lasser" in json.dumps(state(conversations).to_json())


def test_one_that_fails_leaves_the_others_alone_and_is_given_up_after_five_times(conversations: Conversations):
    conversations.turn(ZOE, Started())
    store = conversations.store
    outcomes = []
    for attempt in range(MAX_ATTEMPTS + 1):
        bad, good = conversations.turns([Request(ZOE, POISON, 1), Request(PIET, Said("hoi"), 100 + attempt)])
        outcomes.append(bad.outcome)
        assert good.outcome is UpdateOutcome.DONE
    assert outcomes == [UpdateOutcome.FAILED] * 4 + [UpdateOutcome.DEAD, UpdateOutcome.SEEN]
    assert store.inbox.states([UpdateKey("telegram", "1")]) == {UpdateKey("telegram", "1"): (Received.DEAD, 5)}


def test_who_sent_what_broke_hears_of_it_once(conversations: Conversations):
    conversations.turn(ZOE, Started())
    replies = [conversations.turns([Request(ZOE, POISON, 1)])[0] for _ in range(MAX_ATTEMPTS + 1)]
    assert [len(reply.outgoing) for reply in replies] == [0, 0, 0, 0, 1, 0]


def test_an_error_names_its_place_and_never_what_was_typed(
    conversations: Conversations, caplog: pytest.LogCaptureFixture
):
    conversations.turns([Request(ZOE, SharedContact("+31612345678", b"", own=1), 1)])  # type: ignore[arg-type]
    conversations.turns([Request(ZOE, POISON, 2)])
    assert "612345678" not in caplog.text
    assert ZOE.user not in caplog.text


def test_a_cry_reaches_no_table_and_no_log(conversations: Conversations, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    walk(conversations, ZOE, filed)
    for number, cry in enumerate(
        ("mijn echtgenoot mishandelt mij", "ik wil niet meer leven", "is er nog hoop? ik wil dood")
    ):
        conversations.turns([Request(ZOE, Said(cry), 900 + number)])
    with conversations.store.reading() as db:
        person = db.execute(select(people.c.id)).scalar()
    assert person is not None
    kept = json.dumps(dossier(conversations.store, person)) + caplog.text
    assert "Veilig Thuis" in kept  # what we say waits in the outbox
    assert not any(
        word in kept for word in ("echtgenoot", "mishandelt", "niet meer leven", "nog hoop", "wil dood", "despair")
    )


def test_without_an_update_id_an_error_is_raised_and_nothing_changes(conversations: Conversations):
    conversations.turn(ZOE, Started())
    before = state(conversations)
    with pytest.raises(TypeError):
        conversations.turn(ZOE, POISON)
    assert state(conversations) == before


def test_advisers_hear_of_a_lead_and_not_of_whom(settings: Settings, compiled: Compiled):
    store = Store.open(replace(settings, staff_chat="-100123"))
    conversations = Conversations(store, compiled, lambda: NOON)
    walk(conversations, Address("terminal", "local"), filed)
    (notice,) = store.outbox.pending("telegram", NOON)
    assert notice.address == Address("telegram", "-100123")
    assert notice.message.text == "L-2026-0001 · nieuw"
    assert [button.data for button in notice.message.buttons] == ["claim:L-2026-0001"]
    store.close()


def test_whom_a_reminder_is_due_for_is_known_until_they_answered(conversations: Conversations):
    conversations.turn(ZOE, Started())
    conversations.turn(ZOE, Said("lasser"))
    wake = state(conversations).wake_at
    assert wake is not None
    assert conversations.store.conversations.due("telegram", wake - timedelta(seconds=1)) == []
    assert conversations.store.conversations.due("telegram", wake) == [ZOE]
    later = Conversations(conversations.store, conversations.compiled, lambda: wake)
    later.turn(ZOE, Elapsed())
    assert conversations.store.conversations.due("telegram", wake) == []


def test_the_clock_brings_the_end_of_a_conversation_and_then_of_its_term(conversations: Conversations):
    clock = [NOON]
    ticking = Conversations(conversations.store, conversations.compiled, lambda: clock[0])
    ticking.turn(ZOE, Started())
    ticking.turn(ZOE, Said("lasser"))
    assert ticking.elapse("telegram") == []
    for _ in range(60):
        clock[0] += timedelta(days=2)
        ticking.elapse("telegram")
        if ticking.store.conversations.find(ZOE) is None:
            break
    assert ticking.store.conversations.find(ZOE) is None
    assert "retention" in {entry.action for entry in ticking.store.audit.entries()}


def test_who_blocked_the_bot_gets_no_reminder_until_they_say_something(conversations: Conversations):
    conversations.turn(ZOE, Started())
    far = NOON + timedelta(days=365)
    conversations.store.conversations.blocked(ZOE)
    assert conversations.store.conversations.due("telegram", far) == []
    conversations.turn(ZOE, Said("lasser"))
    assert conversations.store.conversations.due("telegram", far) == [ZOE]


@pytest.mark.parametrize(("channel", "says"), [("telegram", True), ("terminal", False)])
def test_what_a_channel_itself_sees_is_said_to_who_talks_there_and_to_nobody_else(
    conversations: Conversations, channel: str, says: bool
):
    there = Address(channel, "1")
    conversations.turn(there, Started())
    text = conversations.turn(there, Said("/privacy"))[0].message.text
    assert ("Telegram ziet onze berichten ook." in text) is says
    assert "{" not in text and "\n\n\n" not in text


# ------------------------------------------------------------------ somebody wants a person
GROUP = Address("telegram", "-100123")
SANNE = Address("telegram", "501")


@contextmanager
def at_the_centre(settings: Settings, compiled: Compiled, *, telegram: str | None = "501", group: int | None = -100123):
    """A lead of Zoë that Sanne has, an hour that can change, and what staff was told before is gone."""
    store = Store.open(replace(settings, staff_chat=group))
    clock = [NOON]
    try:
        conversations = Conversations(store, compiled, lambda: clock[0])
        walk(conversations, ZOE, lambda state: filed(state) and state.asked is None)
        sanne = Desk(
            store,
            store.team.add("Sanne", Role.ADVISER, Address("telegram", telegram) if telegram else None),
            lambda: clock[0],
        )
        sanne.claim("L-2026-0001")
        told(store)
        yield conversations, sanne, clock
    finally:
        store.close()


def told(store: Store) -> list[tuple[Address, str]]:
    """What waits for staff; it counts as sent now."""
    waiting = [out for out in store.outbox.pending("telegram", NOON + timedelta(days=99)) if out.address != ZOE]
    store.outbox.sent_all([(out.id, 1) for out in waiting])
    return [(out.address, out.message.text) for out in waiting]


def said(conversations: Conversations, event: Event) -> str:
    return "\n".join(out.message.text for out in conversations.turn(ZOE, event) if out.address == ZOE)


def test_a_wish_for_a_person_opens_a_closed_lead_for_who_had_it_and_tells_them(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled) as (conversations, sanne, _):
        sanne.close("L-2026-0001", CloseReason.REFERRED)
        assert "Ik heb het doorgegeven bij L-2026-0001." in said(conversations, Said("/mens"))
        lead = conversations.store.leads.get("L-2026-0001")
        assert (lead.status, lead.assignee, lead.close_reason) == (Status.CLAIMED, "Sanne", None)
        assert lead.next_action_on == NOON.date()
        events = [event.kind for event in conversations.store.leads.details([lead])[lead.id].events]
        assert events[-3:] == ["closed", "handed over", "reopened"]
        text = "L-2026-0001 · vroeg om een mens"
        assert told(conversations.store) == [(SANNE, text)]


def test_who_put_a_lead_off_hears_that_it_is_for_today(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled) as (conversations, sanne, _):
        sanne.snooze("L-2026-0001", date(2026, 12, 10))
        assert "doorgegeven" in said(conversations, Said("/mens"))
        assert conversations.store.leads.get("L-2026-0001").next_action_on == NOON.date()
        assert [address for address, _ in told(conversations.store)] == [SANNE]


def test_the_group_hears_it_when_who_has_the_lead_is_not_on_telegram_or_left(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled, telegram=None) as (conversations, sanne, _):
        assert "doorgegeven" in said(conversations, Said("/mens"))
        assert [address for address, _ in told(conversations.store)] == [GROUP]
        sanne.open("L-2026-0001")
        sanne.close("L-2026-0001", CloseReason.REFERRED)
        conversations.store.team.deactivate("Sanne")
        assert "doorgegeven" in said(conversations, Said("/mens"))
        assert told(conversations.store) == [(GROUP, "L-2026-0001 · vroeg om een mens")]
        assert conversations.store.leads.get("L-2026-0001").assignee is None


def test_an_open_lead_of_who_left_is_for_anybody(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled) as (conversations, _, __):
        conversations.store.team.deactivate("Sanne")
        said(conversations, Said("/mens"))
        lead = conversations.store.leads.get("L-2026-0001")
        assert (lead.status, lead.assignee) == (Status.NEW, None)
        assert conversations.store.leads.details([lead])[lead.id].events[-1].kind == "released"


@pytest.mark.parametrize("closed", [True, False])
def test_nobody_is_told_that_it_was_passed_on_when_nobody_heard(settings: Settings, compiled: Compiled, closed: bool):
    with at_the_centre(settings, compiled, telegram=None, group=None) as (conversations, sanne, _):
        if closed:
            sanne.close("L-2026-0001", CloseReason.REFERRED)
        answer = said(conversations, Said("/mens"))
        assert "Je staat met L-2026-0001 op de lijst voor 20 november 2026." in answer
        assert "doorgegeven" not in answer
        assert conversations.store.leads.get("L-2026-0001").next_action_on == NOON.date()
        assert told(conversations.store) == []


def after_four_days(conversations: Conversations, clock: list[datetime]) -> None:
    """A bot that runs looks at the clock all the time: four days at once would be a clock that jumped."""
    for _ in range(2):
        clock[0] += timedelta(days=2)
        conversations.elapse("telegram")


def test_who_was_not_called_is_called_today_and_their_adviser_hears_it(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled) as (conversations, sanne, clock):
        sanne.close("L-2026-0001", CloseReason.UNREACHED)
        after_four_days(conversations, clock)
        assert state(conversations).asked == "was_called"
        assert "vandaag te bellen" in said(conversations, Said("nee"))
        text = "L-2026-0001 · is nog niet gebeld"
        assert told(conversations.store) == [(SANNE, text)]
        assert conversations.store.leads.get("L-2026-0001").next_action_on == clock[0].date()


def test_who_was_not_called_hears_of_the_list_when_nobody_could_be_told(settings: Settings, compiled: Compiled):
    with at_the_centre(settings, compiled, telegram=None, group=None) as (conversations, _, clock):
        after_four_days(conversations, clock)
        answer = said(conversations, Said("nee"))
        assert "op de lijst voor 24 november 2026" in answer
        assert "Ik vraag een adviseur" not in answer


def test_a_lead_that_is_handed_in_again_after_it_was_closed_is_told_to_who_has_it(
    settings: Settings, compiled: Compiled
):
    with at_the_centre(settings, compiled) as (conversations, sanne, _):
        sanne.close("L-2026-0001", CloseReason.REFERRED)
        for text in ("/corrigeer", "verander: leeftijd", "35"):
            said(conversations, Said(text))
        text = "L-2026-0001 · opnieuw ingediend"
        assert told(conversations.store) == [(SANNE, text)]


def test_a_lead_of_who_asked_for_a_person_is_announced_once_and_as_that(settings: Settings, compiled: Compiled):
    store = Store.open(replace(settings, staff_chat="-100123"))
    conversations = Conversations(store, compiled, lambda: NOON)
    conversations.turn(ZOE, Started())
    for text in ("/mens", "ja", "Zoë de Vries", "06 12345678", "nee", "klopt"):
        answer = said(conversations, Said(text))
    assert "Een adviseur neemt zo snel mogelijk contact met je op." in answer
    assert told(store) == [(GROUP, "L-2026-0001 · vroeg om een mens")]
    assert store.leads.get("L-2026-0001").next_action_on == NOON.date()
    store.close()


def test_who_asks_for_a_person_when_their_lead_is_gone_is_asked_how_to_reach_them(
    settings: Settings, compiled: Compiled
):
    with at_the_centre(settings, compiled) as (conversations, _, __):
        store = conversations.store
        erase_lead(store, store.leads.get("L-2026-0001"), CloseReason.EXPIRED, NOON)
        answer = said(conversations, Said("/mens"))
        assert "doorgegeven" not in answer and "Typ /mens" in answer
        said(conversations, Said("/mens"))
        assert "L-2026-0002" in said(conversations, Said("klopt"))
        assert [address for address, _ in told(store)] == [GROUP]


def test_who_stops_half_way_is_announced_as_half(settings: Settings, compiled: Compiled):
    store = Store.open(replace(settings, staff_chat="-100123"))
    conversations = Conversations(store, compiled, lambda: NOON)
    walk(conversations, ZOE, lambda state: state.asked == "may_keep")
    assert "alvast doorgeven" in said(conversations, Said("/stop"))
    assert told(store) == []
    said(conversations, Said("ja"))
    assert told(store) == [(GROUP, "L-2026-0001 · nieuw · half")]
    store.close()


# ------------------------------------------------------------------ the person decides
def test_who_erases_everything_hears_so_and_is_a_stranger_afterwards(conversations: Conversations):
    walk(conversations, ZOE, filed)
    conversations.turn(ZOE, Said("/wis"))
    said = conversations.turn(ZOE, Said("ja"))
    store = conversations.store
    assert said
    assert store.conversations.find(ZOE) is None
    assert store.leads.get("L-2026-0001").contact == {}
    store.outbox.sent_all([(out.id, 1) for out in said])
    with store.reading() as db:
        assert db.execute(select(func.count()).select_from(outbox)).scalar_one() == 0


def test_who_erases_and_speaks_again_in_one_group_is_new(conversations: Conversations):
    walk(conversations, ZOE, filed)
    conversations.turn(ZOE, Said("/wis"))
    replies = conversations.turns([Request(ZOE, Said("ja"), 1), Request(ZOE, Said("hoi"), 2)])
    assert all(reply.outcome is UpdateOutcome.DONE and reply.outgoing for reply in replies)
    assert state(conversations).reference is None


def test_a_withdrawal_empties_the_lead_at_once_and_the_answers_stay(conversations: Conversations):
    walk(conversations, ZOE, filed)
    for _ in range(3):
        if conversations.store.leads.get("L-2026-0001").erased_at:
            break
        conversations.turn(ZOE, Said("/intrekken"))
        conversations.turn(ZOE, Said("ja"))
    lead = conversations.store.leads.get("L-2026-0001")
    assert (lead.status, lead.close_reason, lead.contact) == ("lapsed", "withdrawn", {})
    assert state(conversations).reference is None
    assert "desired_work" in state(conversations).answers


def test_a_new_number_reaches_the_leads_of_all_flows_by_either_command(conversations: Conversations):
    walk(conversations, ZOE, filed)
    for said in ("/orientatie", "een gesprek", "1 mei", "sla over", "alles klopt"):
        conversations.turn(ZOE, Said(said))
    for commands, phone in (
        (["/nieuwnummer", "0687654321"], "+31687654321"),
        (["/corrigeer", "verander: telefoon of e-mail", "0611111111"], "+31611111111"),
    ):
        for said in commands:
            conversations.turn(ZOE, Said(said))
        found = {lead.kind: lead.contact for lead in conversations.store.leads.all(Filter())}
        assert found == {kind: {"name": "Zoë de Vries", "phone": phone} for kind in ("intake", "orientation")}


def test_who_asks_what_is_kept_reads_it_and_gets_it_as_a_file(conversations: Conversations):
    walk(conversations, ZOE, filed)
    said = conversations.turn(ZOE, Said("/mijngegevens"))
    assert any("L-2026-0001" in out.message.text for out in said)
    page, file = [out.message.document for out in said if out.message.document]
    kept = json.loads(file.text)
    assert kept["leads"][0]["contact"]["phone"] == "+31612345678"
    assert kept["conversations"][0]["private"]["user"] == ZOE.user
    assert (page.name, file.name) == ("mijn-gegevens.txt", "mijn-gegevens.json")


def test_the_page_of_what_is_kept_names_what_was_said_in_passing(conversations: Conversations):
    for said in (Started(None, "nl"), *map(Said, ("lasser", "kapper", "heb een visum, woon in Zwolle", "mbo 4"))):
        conversations.turn(ZOE, said)
    pages = [out.message.document for out in conversations.turn(ZOE, Said("/mijngegevens")) if out.message.document]
    assert "Ook genoemd: verblijfsvergunning" in pages[0].text


@pytest.mark.parametrize(("language", "file"), [("nl", "mijn-gegevens.txt"), ("en", "my-data.txt")])
def test_the_page_of_what_is_kept_leaves_nothing_out(conversations: Conversations, language: str, file: str):
    walk(conversations, ZOE, filed)
    store = conversations.store
    (lead,) = store.leads.all(Filter())
    store.leads.note(lead.id, "Sanne", "Belt liever na 17:00", NOON)
    (person,) = store.conversations.load([ZOE])
    store.conversations.unanswered(person.id, "Mag mijn hond Bello mee?", "nl", NOON)
    conversations.turn(ZOE, Said("/taal " + language))
    said = conversations.turn(ZOE, Said("/mijngegevens"))
    assert any("Bello" in out.message.text for out in said)
    page, everything = [out.message.document for out in said if out.message.document]
    assert page.name == file
    state, kept = store.conversations.find(ZOE).state, json.loads(everything.text)  # type: ignore[union-attr]
    labels = kept["labels"]
    said_yes = [consent["text"] for consent in kept["consents"]]
    for text in (
        ZOE.user,
        "Zoë de Vries",
        "12345678",
        "flyer-overvecht",
        lead.reference,
        "Bello",
        "na 17:00",
        *said_yes,
    ):
        assert text in page.text
    for question in {*state.answers, *lead.answers} - {"wait_for_call", "all_right"}:  # no questions about them
        assert f"- {labels[question]}: " in page.text
    for shown in lead.advice.offers:  # type: ignore[union-attr]
        assert shown.name in page.text
    assert not set(kept) - {"labels", "sent_messages_without_content"} - set(labels)
    assert "None" not in page.text and "NOT_KNOWN" not in page.text


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("table", [table.name for table in PERSONAL]),
        ("status", [status.name for status in Status]),
        ("event", get_args(EventKind)),
    ],
)
def test_every_table_status_and_event_has_a_name_for_the_person(group: str, members: list[str]):
    named = {name_of(group, member) for member in members}
    assert named == {sentence for sentence in Sentence if sentence.startswith(f"kept_{group}_")}


# ------------------------------------------------------------------ many at once
def test_many_threads_that_answer_for_one_person_lose_no_update(conversations: Conversations):
    """As several workers on one PostgreSQL do; on SQLite they wait for each other."""
    conversations.turn(ZOE, Started())
    failures: list[BaseException] = []

    def answer(first: int) -> None:
        try:
            for number in range(5):
                conversations.turns([Request(ZOE, Said("/help"), first + number)])
        except BaseException as error:  # noqa: BLE001  # whatever a thread raises is what this is about
            failures.append(error)

    threads = [threading.Thread(target=answer, args=(100 * worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with conversations.store.reading() as db:
        done = select(func.count()).where(inbox.c.state == "done")
        assert db.execute(done).scalar_one() == 20


# ------------------------------------------------------------------ crashes
def test_on_a_full_disk_a_turn_is_not_half_done_and_goes_on_when_there_is_room(sqlite_store: Store, compiled: Compiled):
    conversations = Conversations(sqlite_store, compiled, lambda: NOON)
    walk(conversations, PIET, lambda state: state.asked == "may_contact")
    walk(conversations, ZOE, lambda state: state.asked == "may_contact")
    with sqlite_store.reading() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(db: Connection) -> None:
        db.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    event.listen(sqlite_store.engine, "begin", limit)
    number, before = 0, state(conversations)
    with pytest.raises(OperationalError, match="full"):
        while number < 1000:  # until the room in the pages is used up
            number, before = number + 2, state(conversations)
            both = [Request(PIET, Said("/help"), number), Request(ZOE, Said("ja"), number + 1)]
            conversations.turns([*both, Request(ZOE, Said("/terug"), number + 1_000_000)])
    assert state(conversations) == before
    first, second = (request.update for request in both)
    assert first and second
    assert sqlite_store.inbox.states([first, second]) == {}
    pages = 1_000_000
    conversations.turns(both)
    assert sqlite_store.inbox.states([second])[second][0] is Received.DONE


@pytest.mark.parametrize("sources", [(), ("flyer-overvecht",)])
def test_a_number_in_a_start_code_is_kept_nowhere(sqlite_store: Store, compiled: Compiled, sources: tuple[str, ...]):
    store = sqlite_store
    store.settings = replace(store.settings, sources=sources)
    conversations = Conversations(store, compiled, lambda: NOON)
    code = "jan_de_vries_0612345678_BSN_111222333"
    said = conversations.turn(ZOE, Started(source=code, language="nl"))
    assert len(said) == 2  # it begins all the same
    assert state(conversations).source is None
    conversations.turn(ZOE, Said("/mijngegevens"))
    kept = json.dumps(dossier(store, store.conversations.find(ZOE).id))  # type: ignore[union-attr]
    assert not any(part in kept for part in (code, "0612345678", "111222333"))


def test_a_code_still_opens_a_flow_when_the_centre_does_not_count_it(sqlite_store: Store, compiled: Compiled):
    sqlite_store.settings = replace(sqlite_store.settings, sources=("flyer-overvecht",))
    conversations = Conversations(sqlite_store, compiled, lambda: NOON)
    conversations.turn(ZOE, Started(source="employer", language="nl"))
    assert (state(conversations).flow, state(conversations).source) == ("employer", None)


@pytest.fixture
def before_submit(settings: Settings, compiled: Compiled) -> tuple[Settings, str]:
    """A database in which one more answer files the lead, and that answer."""
    store = Store.open(settings)
    conversations = Conversations(store, compiled, lambda: NOON)
    said = walk(conversations, Address("telegram", "scratch"), filed)
    conversations.turn(ZOE, Started(source="flyer-overvecht", language="nl"))
    for _ in said[:-1]:
        conversations.turn(ZOE, Said(next_answer(state(conversations))))
    for out in store.outbox.pending("telegram", NOON):
        store.outbox.sent(out.id)
    store.close()
    return settings, said[-1]


def work_off(settings: Settings, compiled: Compiled, said: str, sent: Path, dies: Callable[[Store], None]) -> None:
    """What a channel does after a start: what Telegram brings (again), then what waits in the outbox."""
    store = Store.open(settings)
    dies(store)
    conversations = Conversations(store, compiled, lambda: NOON)
    conversations.turns([Request(ZOE, Said(said), update_id=1)])
    for out in store.outbox.pending("telegram", NOON):
        send(out, sent)
        store.outbox.sent(out.id, 1)
    store.close()


def send(out: Outgoing, sent: Path) -> None:
    with sent.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(out.message.text) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def die_at(step: int) -> Callable[[Store], None]:
    """Kill this process, as `kill -9` does, at its nth word to the database: statements, and the moments before and
    after each commit."""

    def arm(store: Store) -> None:
        left = iter(range(step, -1, -1))

        def count(*_: object) -> None:
            if next(left) == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(store.engine, "before_cursor_execute", count)
        event.listen(store.engine, "commit", count)

    return arm


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_kill_at_any_step_of_submitting_gives_exactly_one_lead(
    before_submit: tuple[Settings, str], compiled: Compiled, tmp_path: Path
):
    """Once at each step; `CRASH_RUNS=200` goes round until it has done so many."""
    before, said = before_submit
    step, killed = 0, 0
    for run in range(int(os.environ.get("CRASH_RUNS", "1000"))):
        sent = tmp_path / f"sent-{run}"
        with copy_of(before, tmp_path / f"run-{run}") as settings:
            child = os.fork()
            if child == 0:
                work_off(settings, compiled, said, sent, die_at(step))
                os._exit(0)
            _, status = os.waitpid(child, 0)
            told = sent.exists() and "L-2026-0002" in sent.read_text("utf-8")
            assert not told or count_leads(settings) == 2, f"said before it was stored, at step {step}"
            work_off(settings, compiled, said, sent, lambda _: None)
            assert count_leads(settings) == 2, f"at step {step}"
            assert "L-2026-0002" in sent.read_text("utf-8"), f"at step {step}"
        killed += os.WIFSIGNALED(status)
        step += 1 if before.sqlite else 3  # a copy of a PostgreSQL database takes a while
        if not os.WIFSIGNALED(status):  # beyond the last step
            if "CRASH_RUNS" not in os.environ:
                break
            step = 0
    assert killed >= 6


def count_leads(settings: Settings) -> int:
    store = Store.open(settings)
    with store.reading() as db:
        count = int(db.execute(select(func.count()).select_from(leads)).scalar_one())
    assert all(state is Received.DONE for state, _ in store.inbox.states([UpdateKey("telegram", "1")]).values())
    store.close()
    return count

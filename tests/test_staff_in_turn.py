"""A command of staff is in the transaction of its update: it counts once, also when we are killed, or told twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from libraries import real_library
from stores import draft

from bot.conversations import Address, Conversations, Request, UpdateOutcome
from bot.engine.events import Said, Started
from bot.privacy.erasure import erase
from bot.privacy.retention import Retention
from bot.settings import Settings
from bot.staff.chat import MOST_STRANGERS, StaffChat
from bot.staff.chat_commands import MOST
from bot.store import Store
from bot.store.filing import Where, file
from bot.store.inbox import UpdateKey
from bot.store.team import Role

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
SANNE, ANNA, GROUP = Address("telegram", "1"), Address("telegram", "7"), Address("telegram", "-200")


@pytest.fixture
def conversations(settings: Settings) -> Iterator[Conversations]:
    store = Store.open(settings)
    conversations = Conversations(store, real_library(), lambda: NOW)
    conversations.staff = StaffChat(store, lambda: NOW)
    store.team.add("Sanne", Role.ADVISER, SANNE)
    yield conversations
    store.close()


@pytest.fixture
def reference(conversations: Conversations) -> str:
    with conversations.store.transaction():
        (person,) = conversations.store.conversations.load([Address("telegram", "99")])
        return file(conversations.store, person.id, "telegram", draft(), Where(), content="c1", at=NOW).lead.reference


def say(conversations: Conversations, text: str, update: int, who: Address = SANNE) -> tuple[UpdateOutcome, list[str]]:
    (reply,) = conversations.turns([Request(who, Said(text), update)])
    return reply.outcome, [each.message.text for each in reply.outgoing]


def test_a_call_and_a_note_that_telegram_brings_again_count_once(conversations: Conversations, reference: str) -> None:
    say(conversations, f"/claim {reference}", 1)
    for _ in range(2):
        said = say(conversations, f"/poging {reference} gesproken", 2)
    for _ in range(3):
        say(conversations, f"/notitie {reference} Belt zelf terug", 3)
    assert said == (UpdateOutcome.SEEN, [])
    lead = conversations.store.leads.get(reference)
    assert lead.attempts == 1
    assert len(conversations.store.leads.details([lead])[lead.id].notes) == 1


def test_who_is_killed_before_the_commit_has_counted_nothing(
    conversations: Conversations, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(conversations, f"/claim {reference}", 1)
    with monkeypatch.context() as killed:
        killed.setattr(conversations.store.outbox, "queue", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            say(conversations, f"/poging {reference} gesproken", 2)
    assert conversations.store.leads.get(reference).attempts == 0
    assert say(conversations, f"/poging {reference} gesproken", 2)[0] is UpdateOutcome.DONE
    assert conversations.store.leads.get(reference).attempts == 1


def test_what_is_refused_leaves_nothing_but_that_it_was_tried(conversations: Conversations, reference: str) -> None:
    outcome, (told,) = say(conversations, f"/poging {reference} gesproken", 1)  # not taken yet
    assert outcome is UpdateOutcome.DONE and reference in told
    assert conversations.store.leads.get(reference).attempts == 0
    conversations.store.team.add("Lees", Role.READER, Address("telegram", "2"))
    say(conversations, f"/claim {reference}", 2, Address("telegram", "2"))
    assert conversations.store.audit.entries(1)[0].action == "refused"


def test_a_member_of_staff_gets_no_conversation_by_a_command(conversations: Conversations) -> None:
    for number, text in enumerate(("/leads", "hallo", "belt liever 's avonds"), start=1):
        (answer,) = say(conversations, text, number)[1]
        assert conversations.store.conversations.find(SANNE) is None
    assert answer.startswith("Dag Sanne. Je bent hier adviseur. Typ /staf")
    (reply,) = conversations.turns([Request(SANNE, Started(), 4)])
    assert reply.outgoing[0].message.text == answer


def test_who_wants_to_try_the_bot_talks_to_it_until_they_stop(conversations: Conversations, reference: str) -> None:
    said = say(conversations, "/probeer", 1)[1]
    assert said and not said[0].startswith("Dag Sanne")
    person = conversations.store.conversations.find(SANNE)
    assert person and person.state.asked
    assert not say(conversations, "iets in de zorg", 2)[1][0].startswith("Dag Sanne")
    assert reference in say(conversations, "/leads", 3)[1][0]  # a command stays one


def test_what_an_adviser_read_of_a_lead_is_taken_out_of_their_chat_when_it_is_erased(
    conversations: Conversations, reference: str
) -> None:
    store = conversations.store
    (reply,) = conversations.turns([Request(SANNE, Said(f"/lead {reference}"), 1)])
    (shown,) = reply.outgoing
    assert "Zoë" in shown.message.text
    store.outbox.sent_all([(shown.id, 501), (shown.id, 502)])  # it came in two parts
    (other,) = conversations.turns([Request(SANNE, Said("/leads"), 2)])[0].outgoing
    store.outbox.sent(other.id, 503)  # numbers and codes: it may stay
    store.settings = replace(store.settings, staff_chat=int(GROUP.user))
    erase(store, Address("telegram", "99"), NOW)
    deletes, word = store.outbox.pending("telegram", conversations.time())
    assert (deletes.address, sorted(deletes.message.deletes)) == (SANNE, [501, 502])
    assert word.address == GROUP and "gewist" in word.message.text  # nobody had it: the group hears
    assert store.outbox.take_copies(store.leads.get(reference).id) == 0


def test_it_is_taken_out_after_a_day_too_while_telegram_still_can(conversations: Conversations, reference: str) -> None:
    store = conversations.store
    (shown,) = conversations.turns([Request(SANNE, Said(f"/lead {reference}"), 1)])[0].outgoing
    store.outbox.sent(shown.id, 501)
    read_at = conversations.time()
    Retention(store, read_at + timedelta(hours=23)).run()
    assert store.outbox.pending("telegram", read_at + timedelta(days=2)) == []
    Retention(store, read_at + timedelta(hours=25)).run()
    (deletes,) = store.outbox.pending("telegram", read_at + timedelta(days=2))
    assert deletes.message.deletes == (501,)


def test_with_a_desk_a_chat_gets_a_link_and_no_personal_data(conversations: Conversations, reference: str) -> None:
    store = conversations.store
    store.settings = replace(store.settings, desk_url="https://bureau.example")
    assert say(conversations, f"/lead {reference[-1]}", 1)[1] == [
        f"Bekijk {reference} aan het bureau: https://bureau.example/leads/{reference}"
    ]


def test_a_long_list_says_how_many_more_and_which_lists_there_are(conversations: Conversations) -> None:
    with conversations.store.transaction():
        for number in range(MOST + 3):
            (person,) = conversations.store.conversations.load([Address("telegram", str(100 + number))])
            file(conversations.store, person.id, "telegram", draft(), Where(), content="c1", at=NOW)
    (listed,) = say(conversations, "/leads", 1)[1]
    assert listed.count("L-2026-") == MOST
    assert listed.endswith("En nog 3. Kies een lijst: mens, nieuw, mij, te_laat, wist_binnenkort, alles.")
    assert say(conversations, "/leads mij", 2)[1] == ["Er staat niets open."]
    assert "Kies uit: mens" in say(conversations, "/leads morgen", 3)[1][0]


def test_a_call_on_telegram_takes_a_day_an_hour_and_a_note(conversations: Conversations, reference: str) -> None:
    say(conversations, f"/claim {reference}", 1)
    (told,) = say(conversations, f"/poging {reference} gesproken 24-11-2026 14:30 wil dinsdag langskomen", 2)[1]
    assert told.endswith("in_gesprek · Sanne · bellen 24-11-2026 14:30")
    lead = conversations.store.leads.get(reference)
    notes = conversations.store.leads.details([lead])[lead.id].notes
    assert [note.text for note in notes] == ["wil dinsdag langskomen"]
    assert "opgepakt" in say(conversations, f"/herstel {reference}", 3)[1][0]
    assert "ingetrokken" not in say(conversations, f"/sluit {reference} zomaar", 4)[1][0]  # nobody can choose it
    assert reference in say(conversations, "/vind de vries", 5)[1][0]


def test_the_button_in_the_group_counts_once(conversations: Conversations, reference: str) -> None:
    update = UpdateKey("telegram", "5")
    word, outgoing = conversations.press(SANNE, f"claim:{reference}", GROUP, update)
    assert reference in word and [each.address for each in outgoing] == [GROUP]
    assert conversations.press(SANNE, f"claim:{reference}", GROUP, update) == ("", ())
    assert conversations.store.leads.get(reference).assignee == "Sanne"


def test_a_stranger_cannot_fill_the_audit(conversations: Conversations) -> None:
    for number in range(50):
        say(conversations, "/leads", 100 + number, ANNA)
    lines = [each for each in conversations.store.audit.entries(1000) if each.action == "refused"]
    assert len(lines) == MOST_STRANGERS

"""A command of staff is in the transaction of its update: it counts once, also when we are killed, or told twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from libraries import real_library
from stores import draft

from bot.conversations import Address, Conversations, Request, UpdateOutcome
from bot.engine.events import Said
from bot.settings import Settings
from bot.staff.chat import MOST_STRANGERS, StaffChat
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
    say(conversations, "/leads", 1)
    assert conversations.store.conversations.find(SANNE) is None
    say(conversations, "hallo", 2)
    assert conversations.store.conversations.find(SANNE) is not None


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

"""What Telegram sends, as what happened; python-telegram-bot reads it first."""

from dataclasses import replace
from typing import Any

import pytest
from fakeapi import FakeTelegram, Person, Received
from fakeapi.people import ATTACHMENTS
from telegram import Update, User

from bot.channels.delivery.flood import LIMIT, SECONDS, Flood, Verdict
from bot.channels.telegram.update import AskedInGroup, AskedInline, Blocked, Happened, JoinedGroup, read, read_quickly
from bot.engine.events import Pressed, Said, SentAttachment, SharedContact, Started


@pytest.fixture
async def telegram() -> FakeTelegram:
    return FakeTelegram()


@pytest.fixture
async def anna(telegram: FakeTelegram) -> Person:
    return telegram.person(7)


def last(telegram: FakeTelegram) -> Any:
    """What the last update says; what is read without the library must say the same as with it."""
    me = User.de_json(telegram.me, None)
    happened = read(Update.de_json(telegram.pending[-1], None), me)
    assert read_quickly(telegram.pending[-1], me) in (None, happened)
    return happened


def event(telegram: FakeTelegram) -> Any:
    happened = last(telegram)
    assert isinstance(happened, Happened) and happened.person == 7
    return happened.event


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("34", Said("34")),
        ("/start", Started(None, "nl")),
        ("/start flyer-overvecht", Started("flyer-overvecht", "nl")),
        ("/start@overstap_bot employer", Started("employer", "nl")),
        ("/start <script>", Started(None, "nl")),
        ("/start " + "x" * 65, Started(None, "nl")),
        ("/terug", Said("/terug")),
        ("/zoek@overstap_bot make it work", Said("/zoek make it work")),
        ("/startje", Said("/startje")),
        ("  ", Said("  ")),
        ("mail@overstap_bot", Said("mail@overstap_bot")),
    ],
)
async def test_a_text_is_said_and_start_starts(telegram: FakeTelegram, anna: Person, text: str, expected: Any) -> None:
    number = anna.says(text)
    assert event(telegram) == (replace(expected, message=number) if isinstance(expected, Said) else expected)
    assert read_quickly(telegram.pending[-1], User.de_json(telegram.me, None)) is not None


async def test_an_edit_is_said_again(telegram: FakeTelegram, anna: Person) -> None:
    anna.edits(3, "35")
    assert event(telegram) == Said("35", edited=True, message=3)
    anna.edits(3, "/start")
    assert event(telegram) == Said("/start", edited=True, message=3)


async def test_a_press_carries_its_data_and_waits_for_an_answer(telegram: FakeTelegram, anna: Person) -> None:
    anna.presses_data("a:age:34:1")
    happened = last(telegram)
    assert (happened.event, happened.person) == (Pressed("a:age:34:1"), 7) and happened.query
    assert read_quickly(telegram.pending[-1], User.de_json(telegram.me, None)) == happened


async def test_only_ones_own_contact_is_ones_own(telegram: FakeTelegram, anna: Person) -> None:
    anna.shares_contact("+31612345678")
    assert event(telegram) == SharedContact("+31612345678", "P7", own=True)
    anna.shares_contact("+31612345678", owner=8)
    assert event(telegram) == SharedContact("+31612345678", "P7", own=False)
    origin = {"type": "hidden_user", "date": telegram.now(), "sender_user_name": "x"}
    contact = {"phone_number": "+31612345678", "first_name": "P", "user_id": 7}
    anna.sends(contact=contact, forward_origin=origin)
    assert event(telegram).own is False


@pytest.mark.parametrize("kind", ATTACHMENTS)
async def test_what_is_no_text_is_named(telegram: FakeTelegram, anna: Person, kind: str) -> None:
    anna.sends(kind)
    assert event(telegram) == SentAttachment(kind)


async def test_a_kind_of_message_from_the_future_is_an_attachment(telegram: FakeTelegram, anna: Person) -> None:
    anna.sends(hologram={"size": 3})
    assert event(telegram) == SentAttachment("other")


@pytest.mark.parametrize(
    "update",
    [
        pytest.param(
            {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}}}, id="channel"
        ),
        pytest.param(
            {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}},
            id="unasked",
        ),
        pytest.param({}, id="empty"),
    ],
)
async def test_what_is_not_for_us_is_nothing(telegram: FakeTelegram, update: dict[str, Any]) -> None:
    telegram.push(update)
    assert last(telegram) is None


async def test_service_messages_and_our_own_cards_are_nothing(telegram: FakeTelegram, anna: Person) -> None:
    anna.sends(message_auto_delete_timer_changed={"message_auto_delete_time": 60})
    assert last(telegram) is None
    anna.says("Bestaat STAP nog?", via_bot=telegram.me)
    assert last(telegram) is None


async def test_blocking_is_noticed(telegram: FakeTelegram, anna: Person) -> None:
    anna.blocks()
    assert last(telegram) == Blocked(7, True)


async def test_in_a_group_the_bot_hears_its_name_and_replies_to_it(telegram: FakeTelegram, anna: Person) -> None:
    anna.says_in_group("@Overstap_bot bestaat stap nog?")
    assert last(telegram) == AskedInGroup(-100, None, "bestaat stap nog?", "nl")
    anna.says_in_group("wat kost het?", message_thread_id=5, is_topic_message=True)
    assert last(telegram) is None
    command = [{"type": "bot_command", "offset": 0, "length": 5}]
    anna.says_in_group("/help", entities=command)
    assert last(telegram) == AskedInGroup(-100, None, "/help", "nl")
    anna.says_in_group("/help@other_bot", entities=command)
    assert last(telegram) is None
    bot_message = {"message_id": 1, "date": 1, "chat": {"id": -100, "type": "supergroup"}, "from": telegram.me}
    anna.says_in_group("en nu?", reply_to_message=bot_message, message_thread_id=5, is_topic_message=True)
    assert last(telegram) == AskedInGroup(-100, 5, "en nu?", "nl")


async def test_joining_a_group_and_asking_inline_are_told_apart(telegram: FakeTelegram, anna: Person) -> None:
    telegram.push({"my_chat_member": anna.membership("member", chat={"id": -100, "type": "group", "title": "Klas"})})
    assert last(telegram) == JoinedGroup(-100, "nl")
    anna.asks_inline("stap")
    asked = last(telegram)
    assert isinstance(asked, AskedInline) and asked.text == "stap"


def test_a_flood_is_told_once_and_passes() -> None:
    flood = Flood()
    assert [flood.judge(7, 0.0) for _ in range(LIMIT)] == [Verdict.WELCOME] * LIMIT
    assert flood.judge(7, 1.0) is Verdict.TOO_MUCH
    assert flood.judge(7, 2.0) is Verdict.STILL_TOO_MUCH
    assert flood.judge(8, 2.0) is Verdict.WELCOME
    assert flood.judge(7, SECONDS + 0.1) is Verdict.WELCOME


def test_what_a_person_received_shows_its_buttons() -> None:
    keyboard = {"keyboard": [[{"text": "Ja"}, "Nee"]]}
    assert Received(1, "?", keyboard).buttons == ["Ja", "Nee"]


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@pytest.mark.parametrize("sender", [ANONYMOUS, CHANNEL])
async def test_who_speaks_for_a_group_or_a_channel_is_heard_there(
    telegram: FakeTelegram, anna: Person, sender: dict[str, Any]
) -> None:
    speaks_for = {"id": -1001, "type": "channel", "title": "Werk"}
    anna.says_in_group("@overstap_bot bestaat stap nog?", **{"from": sender, "sender_chat": speaks_for})
    assert last(telegram) == AskedInGroup(-100, None, "bestaat stap nog?", None)
    anna.says_in_group("gewoon een praatje", **{"from": sender, "sender_chat": speaks_for})
    assert last(telegram) is None
    anna.says_in_group("@overstap_bot hoi", **{"from": sender})  # a bot that speaks for itself
    assert last(telegram) is None


async def test_a_topic_of_a_private_chat_is_known_and_a_reply_is_no_topic(telegram: FakeTelegram, anna: Person) -> None:
    anna.says("lasser", message_thread_id=99, is_topic_message=True)
    assert last(telegram).thread == 99
    anna.sends("photo", message_thread_id=99, is_topic_message=True)
    assert last(telegram).thread == 99
    anna.says("lasser", message_thread_id=99)
    assert last(telegram).thread is None


async def test_what_stands_under_a_picture_is_said(telegram: FakeTelegram, anna: Person) -> None:
    number = anna.sends("photo", caption="ik wil lasser worden")
    assert event(telegram) == Said("ik wil lasser worden", message=number)


async def test_a_picture_knows_its_album(telegram: FakeTelegram, anna: Person) -> None:
    anna.sends("photo", media_group_id="77")
    assert event(telegram) == SentAttachment("photo", "77")
    number = anna.sends("photo", media_group_id="77", caption="lasser")
    assert event(telegram) == Said("lasser", message=number, album="77")

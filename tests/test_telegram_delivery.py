"""Nothing is lost and nothing happens twice between Telegram and the store, over HTTP, with faults."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from fakeapi import FakeTelegram, Fault
from libraries import CONTENT
from telegrams import TRANSPORTS, real, running, settings_for

from bot.channels.delivery import sender
from bot.channels.telegram import polling, request
from bot.channels.telegram.polling import AlreadyPolled
from bot.conversations import Address
from bot.engine.effects import Message
from bot.settings import Settings
from bot.store import Store
from bot.store.outbox import OutboxMessage

pytestmark = pytest.mark.slow


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> dict[str, str]:
    return settings_for(request.param)


async def test_a_message_gets_its_answer(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        anna = telegram.person(7)
        anna.says("hallo")
        assert (await anna.reads()).text == "1: hallo"


async def test_the_plain_client_works_too(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport, TELEGRAM_FAST="no"):
        anna = telegram.person(7)
        anna.says("hallo")
        assert (await anna.reads()).text == "1: hallo"


async def test_what_was_said_before_the_bot_started_is_answered(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        anna.says("is daar iemand")
        async with running(telegram, tmp_path, **transport):
            assert (await anna.reads()).text == "1: is daar iemand"


async def test_an_update_that_comes_twice_counts_once(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        telegram.repeats = 2
        anna = telegram.person(7)
        for text in ("a", "b", "c"):
            anna.says(text)
        assert [(await anna.reads()).text for _ in range(3)] == ["1: a", "2: b", "3: c"]
        await telegram.drained()
        await anna.reads_nothing()


async def test_an_update_that_comes_again_later_counts_once(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        anna.says("een keer")
        again = telegram.pending[0]
        for _ in range(2):  # and across a restart
            async with running(telegram, tmp_path, **transport):
                await telegram.drained()
                telegram.push_again(again)
                await telegram.drained()
        assert [each.text for each in anna.received] == ["1: een keer"]


async def test_ten_answers_at_once_are_taken_in_order(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        telegram.delay = 0.01
        people = [telegram.person(number) for number in range(1, 21)]
        for number in range(1, 11):
            for person in people:
                person.says(str(number))
        for person in people:
            assert [(await person.reads()).text for _ in range(10)] == [f"{n}: {n}" for n in range(1, 11)]


async def test_every_database_serves_every_transport(
    tmp_path: Path, transport: dict[str, str], settings: Settings
) -> None:
    env = {"DATABASE_URL": settings.database_url, "ENCRYPTION_KEY_FILE": str(settings.encryption_key_file)}
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, **transport, **env) as bot:
        people = [telegram.person(number, language="en") for number in range(1, 6)]
        for person in people:
            person.says("/start")
            person.says("nurse")
        for person in people:
            while not (await person.reads()).text.startswith("What do you do now"):
                pass
        await bot.all_sent()
        assert bot.store.conversations.find(Address("telegram", "1")) is not None


async def test_a_batch_in_the_wrong_order_is_put_right(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.reverses = True
        anna = telegram.person(7)
        for number in range(1, 6):
            anna.says(str(number))
        async with running(telegram, tmp_path):
            assert [(await anna.reads()).text for _ in range(5)] == [f"{n}: {n}" for n in range(1, 6)]


async def test_numbers_that_start_anew_lower_are_not_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "POLL_SECONDS", 0.1)
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        anna = telegram.person(7)
        anna.says("voor de stille week")
        await anna.reads()
        await asyncio.sleep(0.3)
        telegram.next_update_id = 5
        anna.says("erna")
        assert (await anna.reads()).text == "2: erna"


async def test_a_lost_answer_to_getupdates_costs_nothing(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        telegram.faults = [Fault("getUpdates", delivered=True), Fault("getUpdates", status=502)]
        anna = telegram.person(7)
        anna.says("hallo")
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "1: hallo"
            await anna.reads_nothing()


SEND_FAULTS = [
    pytest.param(Fault("sendMessage", status=500), id="500"),
    pytest.param(Fault("sendMessage", status=502, times=2), id="502_twice"),
    pytest.param(Fault("sendMessage"), id="connection_breaks"),
    pytest.param(Fault("sendMessage", status=429, retry_after=1), id="429"),
]


@pytest.mark.parametrize("fault", SEND_FAULTS)
async def test_a_message_is_sent_until_it_worked(tmp_path: Path, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender, "FIRST_PAUSE", 0.05)
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        telegram.faults = [replace(fault)]
        anna = telegram.person(7)
        anna.says("a")
        anna.says("b")
        assert [(await anna.reads()).text for _ in range(2)] == ["1: a", "2: b"]
        await anna.reads_nothing()


async def test_a_time_out_after_delivery_sends_twice_rather_than_never(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(request, "READ_SECONDS", 0.2)
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        telegram.faults = [Fault("sendMessage", delivered=True, hangs=0.5)]
        anna = telegram.person(7)
        anna.says("a")
        assert [(await anna.reads()).text for _ in range(2)] == ["1: a", "1: a"]
        assert bot.conversations.counts == {"7": 1}


async def test_who_types_on_before_an_answer_is_confirmed_gets_both_in_order(
    tmp_path: Path, transport: dict[str, str]
) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        telegram.faults = [Fault("sendMessage", delivered=False, hangs=0.3)]  # and then it comes again
        anna = telegram.person(7)
        anna.says("a")
        await asyncio.sleep(0.1)
        anna.says("b")
        assert [(await anna.reads()).text for _ in range(2)] == ["1: a", "2: b"]


async def test_what_was_left_behind_goes_before_what_is_said_now(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        anna.says("nu")
        store = Store.open(Settings.read({}, root=tmp_path))
        store.outbox.queue([OutboxMessage(None, Address("telegram", "7"), Message(each)) for each in ("toen", "later")])
        store.close()
        async with running(telegram, tmp_path):
            assert [(await anna.reads()).text for _ in range(3)] == ["toen", "later", "1: nu"]


async def test_earlier_messages_are_taken_away_a_hundred_at_a_time_before_the_text_comes(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        store = Store.open(Settings.read({}, root=tmp_path))
        store.outbox.queue([OutboxMessage(None, Address("telegram", "7"), Message("Weg.", deletes=tuple(range(250))))])
        store.close()
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "Weg."
        calls = [call for call in telegram.calls if call.method in ("deleteMessages", "sendMessage")]
        assert [call.method for call in calls] == [*3 * ["deleteMessages"], "sendMessage"]
        assert [len(call.parameters["message_ids"]) for call in calls[:3]] == [100, 100, 50]


async def test_one_person_who_must_wait_holds_up_nobody_else(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        telegram.faults = [Fault("sendMessage", status=429, retry_after=2, chat=7)]
        anna, bert = telegram.person(7), telegram.person(8)
        anna.says("a")
        bert.says("b")
        assert (await bert.reads(within=1)).text == "1: b"
        assert not anna.received
        assert (await anna.reads()).text == "1: a"


@pytest.mark.alone("fifty sends have two seconds by the clock")
async def test_fifty_slow_sends_go_side_by_side(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        telegram.delay = 0.2
        people = [telegram.person(number) for number in range(1, 51)]
        for person in people:
            person.says("x")
        began = asyncio.get_running_loop().time()
        for person in people:
            await person.reads()
        assert asyncio.get_running_loop().time() - began < 2  # one after another: 10 s


async def test_who_blocked_the_bot_gets_no_second_try(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        anna, bert = telegram.person(7), telegram.person(8)
        anna.has_blocked = True
        anna.says("a")
        bert.says("b")
        await bert.reads()
        await bot.all_sent()
        assert telegram.tried["sendMessage"] == 2


async def test_a_refused_message_goes_out_plain_and_else_not_at_all(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path) as bot:
        telegram.faults = [Fault("sendMessage", status=400, times=1)]
        anna = telegram.person(7)
        anna.says("1 < 2 & 3")
        assert (await anna.reads()).text == "1: 1 < 2 & 3"
        telegram.faults = [Fault("sendMessage", status=400, times=2)]
        anna.says("b")
        anna.says("c")
        assert (await anna.reads()).text == "3: c"
        await bot.all_sent()


async def test_what_was_committed_and_not_sent_is_sent_after_a_restart(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        async with running(telegram, tmp_path):
            pass
        store = Store.open(Settings.read(CONTENT, root=tmp_path))
        store.outbox.queue([OutboxMessage(None, Address("telegram", "7"), Message("committed, then killed"))])
        store.close()
        async with running(telegram, tmp_path):
            assert (await anna.reads()).text == "committed, then killed"


async def test_an_update_that_nobody_can_read_stops_nobody(tmp_path: Path, transport: dict[str, str]) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        telegram.push({"message": {"chat": "not a chat", "date": "yesterday"}})
        anna = telegram.person(7)
        anna.says("hallo")
        assert (await anna.reads()).text == "1: hallo"
        await telegram.drained()


async def test_a_poisoned_update_is_given_up_and_told_while_others_go_on(
    tmp_path: Path, transport: dict[str, str]
) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport):
        anna, bert = telegram.person(7), telegram.person(8)
        anna.says("poison")
        await asyncio.sleep(0.1)
        anna.says("after")
        bert.says("b")
        assert (await bert.reads()).text == "1: b"
        assert [(await anna.reads()).text for _ in range(2)] == ["sorry", "1: after"]
        await telegram.drained()


async def test_while_the_store_is_down_telegram_keeps_the_updates(
    tmp_path: Path, transport: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.05)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, **transport) as bot:
        bot.conversations.down = 3
        anna = telegram.person(7)
        anna.says("hallo")
        assert (await anna.reads()).text == "1: hallo"
        await anna.reads_nothing()
        if telegram.hook:
            assert telegram.hook.answers == [503, 503, 503, 200]


async def test_a_second_poller_on_this_machine_refuses_to_start(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path):
        with pytest.raises(AlreadyPolled):
            async with running(telegram, tmp_path) as second:
                await second.ended


async def test_a_second_poller_on_another_machine_refuses_and_the_first_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PROBATION_SECONDS", 1.0)
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.1)
    async with FakeTelegram() as telegram, running(telegram, tmp_path / "one"):
        await asyncio.sleep(1.1)
        with pytest.raises(AlreadyPolled):
            async with running(telegram, tmp_path / "two") as second:
                await second.ended
        anna = telegram.person(7)
        anna.says("wie antwoordt er")
        assert (await anna.reads()).text == "1: wie antwoordt er"
        await anna.reads_nothing()

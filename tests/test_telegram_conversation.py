"""Whole conversations on Telegram, over HTTP, with everything that is published."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fakeapi import FakeTelegram, Fault, Received
from fakeapi.people import ATTACHMENTS, Person
from libraries import real_library
from sqlalchemy import select
from stores import draft
from telegrams import TRANSPORTS, real, running, settings_for

from bot.channels.delivery.flood import LIMIT
from bot.engine.commands.registry import COMMANDS
from bot.staff.desk import Desk
from bot.store import Address
from bot.store.database import now
from bot.store.filing import Where, file
from bot.store.tables import outbox
from bot.store.team import Role

pytestmark = pytest.mark.slow


@pytest.fixture
async def telegram(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[FakeTelegram]:
    transport = getattr(request, "param", "polling")
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, **settings_for(transport)):
        yield telegram


both_ways = pytest.mark.parametrize("telegram", TRANSPORTS, indirect=True)


async def asked(person: Person) -> Received:
    """The last of what the bot says now."""
    last = await person.reads()
    while True:
        try:
            last = await person.reads(within=0.2)
        except TimeoutError:
            return last


@both_ways
async def test_someone_is_welcomed_and_asked_and_may_press_or_type(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says("/start flyer-overvecht")
    assert "Overstap" in (await anna.reads()).text
    assert "Wat voor werk wil je doen?" in (await anna.reads()).text
    anna.says("ict")
    await asked(anna)
    anna.says("kaper")  # with an error
    await asked(anna)
    anna.says("Utrecht")
    question = await asked(anna)
    assert "diploma" in question.text and "Hbo" in question.buttons
    anna.says("Hbo")
    assert "Heb je nu werk?" in (await asked(anna)).text


async def test_whatever_someone_sends_gets_an_answer(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says("/start")
    await asked(anna)
    for kind in ATTACHMENTS:
        anna.sends(kind)
        await asked(anna)
    for text in ("/onbekend", "x" * 4096, "\x00\x07 \u200b", "<b>&amp;", "🎓"):
        anna.says(text)
        await asked(anna)
    anna.shares_contact("+31612345678", owner=8)
    await asked(anna)


async def test_forged_and_stale_buttons_are_answered_kindly(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says("/start")
    await asked(anna)
    for data in ("", "a:desired_work:ict:0", "a:nothing:x:1", "c:rm -rf:/", "y:yes:99", "e:bsn", "💥" * 16):
        anna.presses_data(data)
        assert (await asked(anna)).text
    assert len(telegram.called("answerCallbackQuery")) == 7


async def test_an_edit_of_an_answer_is_taken(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says("/start")
    await asked(anna)
    number = anna.says("qwertyuiop zxcvb")
    await asked(anna)
    anna.edits(number, "ICT")
    assert "Wat doe je nu" in (await asked(anna)).text


@both_ways
async def test_an_edit_that_nobody_made_is_not_heard_and_a_real_one_is(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says("/start")
    await asked(anna)
    wish = anna.says("lasser")
    await asked(anna)
    anna.says("kapper")
    assert "Waar woon je?" in (await asked(anna)).text
    anna.edits(wish, "lasser")
    await telegram.drained()
    await anna.reads_nothing()
    anna.edits(wish, "loodgieter")
    assert (await anna.reads()).text == "Ik heb je antwoord veranderd: Gewenst werk: loodgieter."
    assert "Waar woon je?" in (await anna.reads()).text


@both_ways
async def test_in_a_group_the_faq_is_answered_and_the_rest_is_private(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    anna.says_in_group("@overstap_bot bestaat stap nog?")
    anna.says_in_group("@overstap_bot ik ben 34 en woon in Zwolle")
    anna.says_in_group("gewoon een praatje")
    await telegram.drained()
    while len(telegram.groups[-100]) < 2:
        await anna.reads_nothing(0.05)
    known, private = telegram.groups[-100]
    assert "STAP" in known.text
    assert "privé" in private.text and "t.me/overstap_bot?start=group" in private.text
    assert not anna.received


async def test_inline_gives_cards_for_any_chat(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    number = anna.asks_inline("bestaat stap nog")
    empty = anna.asks_inline("")
    while not {number, empty} <= telegram.inline_answers.keys():
        await anna.reads_nothing(0.05)
    cards = telegram.inline_answers[number]["results"]
    assert 1 <= len(cards) <= 5 and "STAP" in cards[0]["title"]
    assert "STAP" in cards[0]["input_message_content"]["message_text"]
    assert telegram.inline_answers[empty]["results"] == []
    assert telegram.inline_answers[number]["button"]["start_parameter"] == "inline"


async def test_who_floods_is_told_once(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    for number in range(LIMIT + 10):
        anna.says(f"bericht {number}")
    await telegram.drained(within=20)
    texts = [each.text for each in anna.received]
    while not any("heel veel berichten" in text for text in texts):
        texts.append((await anna.reads(within=10)).text)
    assert sum("heel veel berichten" in text for text in texts) == 1


async def test_the_menu_and_the_profile_speak_both_languages(telegram: FakeTelegram) -> None:
    anna = telegram.person(7)
    while len(telegram.commands) < 3 or len(telegram.profile) < 6:
        await anna.reads_nothing(0.05)
    assert {"mens", "terug"} <= {each["command"] for each in telegram.commands["default", "nl"]}
    assert {"human", "back"} <= {each["command"] for each in telegram.commands["default", ""]}
    assert "opleiding" in telegram.profile["description", "nl"]


def test_the_engine_knows_every_command_of_the_menu() -> None:
    for language in real_library().content.languages.values():
        assert {language.speech.commands.get(name, name) for name in language.speech.menu} <= {*COMMANDS}


def test_profile_and_menu_fit_what_telegram_allows() -> None:
    content = real_library().content
    sentences = content.sentences
    for language in content.country.languages:
        assert len(sentences["bot_description"][language]) <= 512
        assert len(sentences["bot_short_description"][language]) <= 120
        speech = content.languages[language].speech
        commands = [speech.commands.get(name, name) for name in speech.menu]
        assert all(1 <= len(sentences[f"menu_{command}"][language]) <= 256 for command in commands)


@pytest.mark.parametrize("fault", [None, Fault("deleteMessages", status=400)], ids=["as_it_should", "refused"])
async def test_who_erases_everything_sees_our_messages_go_and_hears_about_the_rest(
    tmp_path: Path, fault: Fault | None
) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real) as bot:
        anna = telegram.person(7)
        for text in ("/start", "lasser", "/wis"):
            anna.says(text)
            await asked(anna)
        await bot.all_sent()
        before = {each.id for each in anna.received}
        telegram.faults += [fault] if fault else []
        anna.says("ja")
        cleared, last = await anna.reads(), await anna.reads()
        assert "laatste twee dagen" in cleared.text and "verwijder deze chat" in cleared.text
        assert "Alles is gewist" in last.text
        assert anna.deleted == (set() if fault else before)
        await bot.all_sent()
        with bot.store.reading() as db:
            assert db.execute(select(outbox)).all() == []


async def test_whom_a_colleague_erases_loses_our_messages_too(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        async with running(telegram, tmp_path, real) as bot:
            anna.says("/start")
            await asked(anna)
            await bot.all_sent()
            (person,) = bot.store.conversations.load([Address("telegram", "7")])
            filed = file(bot.store, person.id, "telegram", draft(), Where(), content="1", at=now())
            boss = Desk(bot.store, bot.store.team.add("Baas", Role.ADMIN), now)
            boss.forget(filed.lead.reference)
        async with running(telegram, tmp_path, real):  # a start sends what waits at once
            async with asyncio.timeout(5):
                while anna.deleted != {each.id for each in anna.received}:
                    await asyncio.sleep(0.02)
        assert len(anna.received) == 2

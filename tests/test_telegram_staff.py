"""Advisers on Telegram: leads are announced without personal data, taken with a button, and worked on in private."""

import asyncio
from pathlib import Path

from fakeapi import FakeTelegram, Fault, Received
from stores import draft
from telegrams import real, running

from bot.content.team_names import TeamNames
from bot.store import Address, Store
from bot.store.database import now
from bot.store.filing import Where, file
from bot.store.notices import notice, tell
from bot.store.outbox import OutboxMessage
from bot.store.team import Role

GROUP = -200


def a_lead(store: Store) -> str:
    """Files a lead, and announces it in the advisers' group."""
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", "99")])
        lead = file(store, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="1", at=now()).lead
        store.outbox.queue([OutboxMessage(None, Address("telegram", str(GROUP)), notice(store, lead))])
    return lead.reference


async def in_group(telegram: FakeTelegram, count: int) -> list[Received]:
    async with asyncio.timeout(5):
        while len(telegram.groups[GROUP]) < count:
            await asyncio.sleep(0.02)
    return telegram.groups[GROUP]


async def test_a_lead_is_announced_without_a_name_and_taken_once(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram:
        async with running(telegram, tmp_path, real) as bot:
            reference = a_lead(bot.store)
            bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
            bot.store.team.add("Bram", Role.ADVISER, Address("telegram", "12"))
        async with running(telegram, tmp_path, real):
            while not {("chat11", ""), ("chat12", "")} <= telegram.commands.keys():
                await asyncio.sleep(0.02)
            menu = [each["command"] for each in telegram.commands["chat11", ""]]
            assert menu[:2] == ["leads", "lead"] and "terug" in menu
            assert "leads" not in [each["command"] for each in telegram.commands["default", "nl"]]
            (news,) = await in_group(telegram, 1)
            assert news.text == f"{reference} · nieuw"
            assert "Zoë" not in news.text and "12345678" not in news.text
            stranger, saskia, bram = telegram.person(10), telegram.person(11), telegram.person(12)
            stranger.presses_in_group("Oppakken", GROUP, news)
            saskia.presses_in_group("Oppakken", GROUP, news)
            assert "Saskia" in (await in_group(telegram, 2))[1].text
            bram.presses_in_group("Oppakken", GROUP, news)
            await telegram.drained()
            while len(telegram.called("answerCallbackQuery")) < 3:
                await asyncio.sleep(0.02)
            words = {call["text"] for call in telegram.called("answerCallbackQuery")}
            assert any("alleen een adviseur" in word for word in words)
            assert any(f"{reference} is van jou" in word for word in words)
            assert any("Saskia heeft" in word for word in words)
            assert len(telegram.groups[GROUP]) == 2
            assert len(telegram.called("editMessageReplyMarkup")) == 1


async def test_only_the_account_that_speaks_counts_not_what_it_forwards_or_where_it_speaks(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real) as bot:
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
        reference = a_lead(bot.store)
        anna, saskia = telegram.person(7), telegram.person(11)
        anna.says("/start")
        await anna.reads()
        await anna.reads()
        command = f"/lead {reference}"
        forwarded = {
            "type": "user",
            "date": telegram.now(),
            "sender_user": {"id": 11, "is_bot": False, "first_name": "S"},
        }
        anna.says(command, forward_origin=forwarded)
        anna.says(f"/lead {reference} 11")
        entities = [{"type": "bot_command", "offset": 0, "length": 5}]
        # Also of Saskia nobody reads details in a group; and an anonymous administrator is nobody.
        saskia.says_in_group(command, GROUP, entities=entities)
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        chat = {"id": GROUP, "type": "supergroup", "title": "Adviseurs"}
        saskia.says_in_group(command, GROUP, entities=entities, sender_chat=chat, **{"from": anonymous})
        await telegram.drained()
        while len(anna.received) < 4 or not telegram.groups[GROUP]:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.2)
        said = [each.text for each in (*anna.received, *telegram.groups[GROUP])]
        assert not any("Zoë" in text or "612345678" in text for text in said)
        assert not [entry for entry in bot.store.audit.entries() if entry.action == "lead shown"]


async def test_an_adviser_works_in_private_and_others_see_no_such_commands(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real) as bot:
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
        reference = a_lead(bot.store)
        saskia, anna = telegram.person(11), telegram.person(7)
        for command, expected in {
            "/leads": reference,
            f"/lead {reference}": "Zoë de Vries",
            f"/claim {reference.lower()}": "Saskia",
            f"/notitie {reference} belt liever 's avonds": reference,
            f"/poging {reference} misschien": "Kies uit",
            f"/poging {reference} voicemail": "contact_gezocht",
            f"/slaap {reference} morgen": "31-12-2026",
            f"/sluit {reference} doorverwezen": "afgerond",
            "/lead L-2026-9999": "Er is geen lead",
            "/lead": "Noem het nummer",
            "/staf": "/notitie",
        }.items():
            saskia.says(command)
            assert expected in (await saskia.reads()).text, command
        anna.says("/start")
        await anna.reads()
        await anna.reads()
        anna.says(f"/lead {reference}")
        answer = (await anna.reads()).text
        assert "Zoë" not in answer and reference not in answer


async def test_what_an_adviser_typed_of_somebody_does_not_stay_in_their_chat(tmp_path: Path) -> None:
    """A bot can delete what others wrote to it in a private chat, for two days: so it does at once."""
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real) as bot:
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
        reference, saskia = a_lead(bot.store), telegram.person(11)

        async def answer(text: str) -> tuple[bool, str]:
            """Whether it was taken away, and what the bot says."""
            number = saskia.says(text)
            said = (await saskia.reads()).text
            return number in saskia.deleted, said

        for text in (f"/claim {reference}", "/leads", f"/sluit {reference}"):
            assert not (await answer(text))[0], text
        for text in (f"/notitie {reference} Zoë belt zelf", f"/poging {reference} voicemail Zoë slaapt", "/vind Zoë"):
            is_gone, said = await answer(text)
            assert is_gone and "Ik haal je bericht hier weg." in said, text
        is_gone, said = await answer(f"/notitie {reference} BSN 111222333")  # is kept nowhere, and so not here
        assert is_gone and "BSN" in said
        for text in ("/notitie L-2026-9999 Zoë belt zelf", "Zoë belt zelf", "/notitie Zoë belt zelf"):
            is_gone, said = await answer(text)
            assert not is_gone and said.endswith("Haal het dan zelf weg uit deze chat."), text
        lead = bot.store.leads.get(reference)
        assert [note.text for note in bot.store.leads.details([lead])[lead.id].notes] == ["Zoë belt zelf", "Zoë slaapt"]


async def test_who_blocked_the_bot_is_not_the_last_to_hear_of_a_lead(tmp_path: Path) -> None:
    blocked = Fault("sendMessage", 403, description="Forbidden: bot was blocked by the user", chat=11)
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP)) as bot:
        sanne = bot.store.team.add("Sanne", Role.ADVISER, Address("telegram", "11"))
        reference = a_lead(bot.store)
        assert bot.store.leads.claim(bot.store.leads.get(reference).id, sanne.id, "Sanne", now())
        lead, telegram.faults = bot.store.leads.get(reference), [blocked]
        assert tell(bot.store, lead, "vroeg om een mens", at=now())
        _, news = await in_group(telegram, 2)
        assert news.text == f"{reference} · vroeg om een mens\nDit kwam niet aan bij Sanne."


async def test_a_team_hears_of_its_leads_and_one_of_them_takes_it_in_their_own_chat(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP)) as bot:
        for name, number in (("Sanne", 11), ("Piet", 12)):
            bot.store.team.add(name, Role.ADVISER, Address("telegram", str(number)), team="Zorg")
        reference = a_lead(bot.store)
        bot.store.team_names = TeamNames(sectors={"zorg": frozenset({"zorg"})})
        assert tell(bot.store, bot.store.leads.get(reference), at=now())
        sanne, piet = telegram.person(11), telegram.person(12)
        for each, expected in ((sanne, "is van jou"), (piet, "Sanne")):
            assert reference in (await each.reads()).text
            each.presses_data(f"claim:{reference}")
            assert expected in (await each.reads()).text
        assert bot.store.leads.get(reference).assignee == "Sanne"
        assert len(await in_group(telegram, 1)) == 1, "the group heard of it when it came in, and not again"


async def test_an_edit_of_a_command_is_no_second_command(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real) as bot:
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
        reference = a_lead(bot.store)
        saskia = telegram.person(11)
        saskia.says(f"/claim {reference}")
        await saskia.reads()
        number = saskia.says(f"/poging {reference} voicemail")
        await saskia.reads()
        saskia.edits(number, f"/poging {reference} voicemail")
        await telegram.drained()
        await saskia.reads_nothing()
        assert bot.store.leads.get(reference).attempts == 1


async def test_who_asks_for_a_person_after_their_lead_was_closed_is_heard_by_their_adviser(tmp_path: Path) -> None:
    async with FakeTelegram() as telegram, running(telegram, tmp_path, real, STAFF_CHAT=str(GROUP)) as bot:
        saskia, anna = telegram.person(11), telegram.person(7)
        bot.store.team.add("Saskia", Role.ADVISER, Address("telegram", "11"))
        for text in ("/start", "/mens", "ja", "Anna de Boer", "06 12345678", "nee", "klopt"):
            anna.says(text)
        (news,) = await in_group(telegram, 1)
        assert news.text == "L-2026-0001 · vroeg om een mens"
        for command in ("/claim L-2026-0001", "/sluit L-2026-0001 doorverwezen"):
            saskia.says(command)
            await saskia.reads()
        anna.says("/mens")
        heard = await saskia.reads()
        assert heard.text == "L-2026-0001 · vroeg om een mens"
        await bot.all_sent()
        assert any(each.text.startswith("Ik heb het doorgegeven bij L-2026-0001.") for each in anna.received)
        assert len(telegram.groups[GROUP]) == 1
        assert "Anna" not in heard.text + news.text

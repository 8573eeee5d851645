"""Going on later or elsewhere: with words on paper, with a link that works once, on Telegram and back."""

import math
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from talkers import Page, Talker

from bot.channels.telegram import CHANNEL as TELEGRAM
from bot.channels.telegram.resuming import come_along
from bot.compiled import Compiled
from bot.conversations import Address
from bot.engine.events import Said
from bot.store import Store
from bot.store.talks import Access
from bot.web.chat.resume_code import WORDS, code_words, read_code

HERE = Address(TELEGRAM, "12345")


@pytest.fixture
async def page(store: Store, compiled: Compiled) -> AsyncIterator[Page]:
    async with Page(store, compiled).open() as open_page:
        yield open_page


@pytest.fixture
async def anna(page: Page) -> Talker:
    """Somebody who said what work they want."""
    talker = page.talker()
    await talker.get()
    await talker.say("ik wil timmerman worden en woon in Zwolle")
    return talker


async def code_of(talker: Talker) -> str:
    await talker.send("press", {}, path="/code")
    return re.findall(r'class="overstap-code"[^>]*>([^<]+)<', talker.text)[0]


def link_of(page: Page, kind: Access = Access.LINK) -> str:
    """A link as the page makes them, for who is the only one here."""
    token = "made-for-this-test"
    (person,) = [page.store.conversations.get(1)]
    assert person
    page.store.talks.grant(person.id, kind, token, page.now)
    return token


def test_a_code_is_worth_64_bits() -> None:
    assert len(set(code_words())) == len(code_words())
    assert all(isinstance(word, str) and re.fullmatch(r"[a-z]{3,}", word) for word in code_words())
    assert WORDS * math.log2(len(code_words())) >= 64


def test_a_code_is_read_in_spite_of_capitals_commas_and_a_wrong_letter() -> None:
    assert read_code("Olifant, fiets APPEL tuin ster maan kasst") == "olifant fiets appel tuin ster maan kast"
    assert read_code("olifant fiets") is None
    assert read_code("xqz xqz xqz xqz xqz xqz xqz") is None


async def test_a_code_opens_the_talk_in_another_browser(page: Page, anna: Talker) -> None:
    code = await code_of(anna)
    elsewhere = page.talker()
    await elsewhere.get("/resume")
    await elsewhere.send("content", {"code": code.upper()}, path="/resume")
    assert "Jij zei: ik wil timmerman worden" in elsewhere.words()
    assert page.people() == 1


async def test_after_done_here_the_code_still_leads_back_but_the_words_are_gone(page: Page, anna: Talker) -> None:
    code = await code_of(anna)
    await anna.get()
    await anna.send("press", {}, path="/done")
    await anna.get("/resume")
    await anna.send("content", {"code": code}, path="/resume")
    assert "Jij zei:" not in anna.words()
    assert page.people() == 1
    await anna.send("press", {"press": "c:review:"})
    assert "Gewenst werk: ik wil timmerman worden" in anna.words()


async def test_erasing_ends_the_code(anna: Talker) -> None:
    code = await code_of(anna)
    await anna.get()
    await anna.say("/wis")
    await anna.press("Ja")
    await anna.get("/resume")
    await anna.send("content", {"code": code}, path="/resume")
    assert "Die woorden ken ik niet" in anna.words()


async def test_nobody_can_guess_for_long(page: Page, anna: Talker) -> None:
    thief = page.talker()
    await thief.get("/resume")
    form = thief.text
    for _ in range(10):
        thief.text = form
        await thief.send("content", {"code": "aap aap aap aap aap aap aap"}, path="/resume")
    thief.text = form
    await thief.send("content", {"code": await code_of(anna)}, path="/resume", status=429)


@pytest.mark.usefixtures("anna")
async def test_a_link_works_once_and_not_by_looking_at_it(page: Page) -> None:
    link = f"/resume/{link_of(page)}"
    phone, late = page.talker(), page.talker()
    for _ in range(2):
        await phone.get(link)
    await phone.send("content", {}, path=link)
    assert "timmerman" in phone.words()
    await late.get(link)
    await late.send("content", {}, path=link)
    assert "werkt niet meer" in late.words()


@pytest.mark.usefixtures("anna")
async def test_a_link_is_over_after_ten_minutes(page: Page) -> None:
    link = f"/resume/{link_of(page)}"
    page.now += timedelta(minutes=11)
    phone = page.talker()
    await phone.get(link)
    await phone.send("content", {}, path=link)
    assert "werkt niet meer" in phone.words()


async def test_a_talk_goes_on_at_telegram_and_comes_back_with_the_code(page: Page, anna: Talker) -> None:
    code, link = await code_of(anna), link_of(page)
    said = come_along(page.conversations, link, HERE, "nl", 7)
    assert said[0].message.text == "Ons gesprek van de webpagina gaat hier verder."
    assert len(said) > 1
    assert "timmerman" not in await anna.get()  # their page is empty
    page.conversations.turn(HERE, Said("kapper"), 8)
    person = page.store.conversations.find(HERE)
    assert person and "kapper" in str(person.state.answers)
    await anna.get("/resume")
    await anna.send("content", {"code": code}, path="/resume")
    await anna.send("press", {"press": "c:review:"})
    assert "kapper" in anna.words().casefold()
    assert page.store.conversations.find(HERE) is None
    assert page.people() == 1


@pytest.mark.usefixtures("anna")
async def test_the_same_start_again_changes_nothing(page: Page) -> None:
    link = link_of(page)
    assert come_along(page.conversations, link, HERE, "nl", 7)
    assert come_along(page.conversations, link, HERE, "nl", 7) == ()
    assert [one.message.text for one in come_along(page.conversations, link, HERE, "nl", 8)] == [
        page.compiled.content.sentences["link_is_over"]["nl"]
    ]


async def test_what_moved_is_erased_where_it_is_now(page: Page, anna: Talker) -> None:
    code = await code_of(anna)
    come_along(page.conversations, link_of(page), HERE, "nl", 7)
    page.conversations.turn(HERE, Said("/wis"), 8)
    page.conversations.turn(HERE, Said("ja"), 9)
    assert page.people() == 0
    await anna.get("/resume")
    await anna.send("content", {"code": code}, path="/resume")
    assert "Die woorden ken ik niet" in anna.words()

"""The talk on the page: what is sent counts once, what is said is shown, and nobody sees another's."""

import re
from collections.abc import AsyncIterator

import pytest
from talkers import Page, Talker

from bot.compiled import Compiled
from bot.store import Store


@pytest.fixture
async def page(store: Store, compiled: Compiled) -> AsyncIterator[Page]:
    async with Page(store, compiled).open() as open_page:
        yield open_page


@pytest.fixture
async def anna(page: Page) -> Talker:
    """Somebody who has the page before them."""
    talker = page.talker()
    await talker.get()
    return talker


async def test_looking_begins_no_conversation(page: Page) -> None:
    for _ in range(3):
        crawler = page.talker()
        assert "Wat voor werk wil je doen?" in await crawler.get()
    assert page.people() == 0


async def test_the_first_thing_that_somebody_sends_begins_their_talk(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden en woon in Utrecht")
    assert "zoekt dit werk: timmerman" in anna.words()
    assert "Jij zei: ik wil timmerman worden" in anna.words()
    assert page.people() == 1


async def test_a_double_click_counts_once(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    before = anna.text
    await anna.say("kapper")
    anna.text, asked = before, anna.words().count("Jij zei:")
    await anna.say("kapper")
    assert anna.words().count("Jij zei:") == asked


async def test_another_text_on_an_old_form_is_not_lost(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    old = anna.text
    await anna.say("kapper")
    anna.text = old  # the back button
    await anna.say("ik woon in Zwolle")
    assert "Jij zei: ik woon in Zwolle" in anna.words()
    assert "Zwolle" in anna.words().partition("Jij zei: ik woon in Zwolle")[2]


async def test_a_reload_sends_nothing(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    said = anna.words()
    await anna.get()
    assert anna.words().count("Jij zei:") == said.count("Jij zei:") == 1


async def test_a_form_without_the_proof_of_its_page_is_refused(page: Page, anna: Talker) -> None:
    await anna.send("type", {"csrf": "0" * 32, "text": "ik wil timmerman worden"}, status=403)
    assert page.people() == 0


async def test_done_here_clears_the_screen_and_the_key(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    await anna.send("press", {}, path="/done")
    assert "timmerman" not in anna.words()
    assert not anna.client.cookies
    assert "timmerman" not in await anna.get()


async def test_erasing_ends_the_talk_and_shows_the_last_word_once(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    old = anna.text
    await anna.say("/wis")
    await anna.press("Ja")
    assert "gewist" in anna.words().casefold()
    assert page.people() == 0
    anna.text = old
    await anna.get()
    assert "timmerman" not in anna.words()


async def test_what_is_kept_opens_as_a_pdf_and_as_text_for_nobody_else(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    await anna.say("/mijngegevens")
    line = re.findall(r'name="line" value="(\d+)"', anna.text)[0]
    for suffix, kind, begins in ((".pdf", "application/pdf", b"%PDF"), (".txt", "text/plain", b"# ")):
        form = {**anna.hidden("press"), "line": line, "as": suffix}
        file = await anna.client.post("/document", data=form)
        assert file.headers["content-type"].startswith(kind)
        assert file.content.startswith(begins)
        assert file.headers["content-disposition"].startswith("attachment")
    other = page.talker()
    await other.get()
    await other.say("ik wil kok worden")
    answer = await other.client.post("/document", data={**other.hidden("press"), "line": line, "as": ".pdf"})
    assert answer.status_code == 404


async def test_the_language_of_a_talk_can_be_changed(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    await anna.send("type", {"change": "yes", "language": "en"})
    assert '<html lang="en">' in anna.text
    assert "Type your answer or your question" in anna.words()
    assert "Jij zei" not in anna.words()


async def test_a_script_gets_what_is_new_and_a_reload_shows_the_same(anna: Talker) -> None:
    whole = await anna.say_by_script("ik wil timmerman worden, ik woon in Utrecht")
    assert "<html" in whole  # the page of a talk that has begun is another than that of the opening
    new = await anna.say_by_script("verkoper in een winkel")
    assert "<html" not in new
    assert len(new) < len(whole) / 2
    said = anna.words()
    assert said.startswith("Jij zei: verkoper in een winkel Overstap zegt:")
    assert "timmerman worden, ik woon" not in said
    await anna.get()
    assert said.partition(" Vertel niets")[0] in anna.words()


async def test_a_script_that_sends_twice_gets_the_whole_page_and_no_second_turn(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    form = anna.text
    assert "<html" not in await anna.say_by_script("kapper")
    shown = anna.text
    anna.text = form
    assert "<html" not in await anna.say_by_script("kapper")  # the first answer was lost: it has not what came of it
    assert re.findall(r'data-line="(\d+)"', anna.text) == re.findall(r'data-line="(\d+)"', shown)
    newest = re.findall(r'data-line="(\d+)"', shown)[-1]
    data = {**anna.hidden("press"), "text": "kapper"}
    data["turn"] = re.findall(r'name="turn" value="([^"]+)"', form)[0]
    again = await anna.client.post("/", data=data, headers={"X-Talk": newest})
    assert "<html" in again.text  # it has all of it
    assert again.text.count("overstap-chat__yours") == 2


async def test_a_script_gets_the_whole_page_in_another_language(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    assert '<html lang="en">' in await anna.say_by_script("/language en")


async def test_what_stood_on_a_button_is_what_they_said(anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    await anna.press("Wat bewaar je?")
    assert "Jij zei: Wat bewaar je?" in anna.words()
    await anna.say("/mens")
    await anna.press("Ja")
    assert "Jij zei: Ja" in anna.words()

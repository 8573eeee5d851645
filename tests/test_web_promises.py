"""What the page promises to everybody: nothing of others, nothing kept unseen, limits, and headers on every answer."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from talkers import Page, Talker

from bot.compiled import Compiled
from bot.settings import Settings
from bot.store import Store
from bot.store.tables import access_tokens, transcript
from bot.web.proxies import client_address

FOREIGN = re.compile(r'(?:src|href|action)="(?!/|#|\?|tel:|mailto:|https?://[^"]+" rel="noreferrer)([^"]+)"')


@pytest.fixture
async def page(store: Store, compiled: Compiled) -> AsyncIterator[Page]:
    async with Page(store, compiled).open() as open_page:
        yield open_page


@pytest.fixture
async def anna(page: Page) -> Talker:
    talker = page.talker()
    await talker.get()
    return talker


def rows(page: Page, table: object) -> int:
    with page.store.reading() as db:
        return int(db.execute(select(func.count()).select_from(table)).scalar_one())  # type: ignore[arg-type]


def everything_stored(page: Page) -> str:
    """What stands on the page of everybody, opened."""
    with page.store.reading() as db:
        return str([row.line for row in db.execute(select(transcript))])


async def a_whole_talk(talker: Talker) -> None:
    await talker.get()
    for said in ("ik wil timmerman worden, woon in Utrecht", "kapper", "mbo 4", "/mijngegevens", "/wis", "ja"):
        await talker.say(said)


async def test_no_answer_asks_a_browser_for_anything_of_another_site(page: Page) -> None:
    for root in ("", "/frame"):
        await a_whole_talk(page.talker(root=root))
    await page.talker().get("/resume")
    await page.talker().get("/nowhere", 404)
    for response in page.seen:
        assert not FOREIGN.findall(response.text), response.url
        assert not re.search(r"<(?:script|style)>|\sstyle=|\son\w+=|@import|url\(", response.text), response.url
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert response.headers["referrer-policy"] == "no-referrer"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"
        assert "timmerman" not in str(response.url)


async def test_the_files_of_the_page_name_no_other_site(page: Page) -> None:
    client = page.talker().client
    for name in ("/static/public.css", "/static/talk.js", "/static/icon.svg", "/embed.js"):
        text = (await client.get(name)).text
        assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org|OUR-ADDRESS|nldesignsystem\.nl)", text), name


async def test_the_cookie_is_for_this_site_alone_and_no_script(page: Page, anna: Talker) -> None:
    cookie = anna.response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Max-Age" not in cookie
    key = cookie.partition("=")[2].partition(";")[0]
    await anna.say("ik wil timmerman worden")
    with page.store.reading() as db:
        assert key not in str(db.execute(select(access_tokens)).all())


async def test_half_an_hour_of_silence_empties_the_screen(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    page.now += timedelta(minutes=29)
    assert "Jij zei:" in await anna.get() or "Jij zei:" in anna.words()
    page.now += timedelta(minutes=31)
    page.store.talks.tidy(page.now)
    assert "timmerman" not in await anna.get()
    assert rows(page, transcript) == 0
    assert page.people() == 1  # their answers have their own term


async def test_what_was_typed_after_the_silence_is_given_back(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    page.now += timedelta(minutes=31)
    await anna.say("en ik ben nu kapper in Zwolle")
    assert "en ik ben nu kapper in Zwolle" in anna.words()
    assert page.people() == 1


@pytest.mark.parametrize(
    "said", ["ik wil niet meer leven", "mijn bsn is 111222333", "ik heb kanker", "bel me op 06 12345678", "a@b.nl"]
)
async def test_what_is_kept_nowhere_is_not_on_the_page_either(page: Page, anna: Talker, said: str) -> None:
    await anna.say("ik wil timmerman worden")
    await anna.say(said)
    assert said not in everything_stored(page)
    assert "bewaar ik niet" in anna.words()


async def test_numbers_of_help_can_be_pressed(anna: Talker) -> None:
    await anna.say("ik wil niet meer leven")
    assert "113" in anna.words(), anna.words()
    assert 'Bel <a href="tel:113">113</a>, of <a href="tel:08000113">0800-0113</a>' in anna.text


async def test_one_browser_never_sees_the_talk_of_another(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    other = page.talker()
    await other.get()
    assert "timmerman" not in other.text
    theirs = other.hidden("type")
    other.text = anna.text
    await other.send("type", {"text": "hoi"}, status=403)  # a form of somebody else's page
    assert theirs["csrf"] != anna.hidden("type")["csrf"]


async def test_a_form_of_another_site_is_refused(anna: Talker) -> None:
    anna.client.headers["Sec-Fetch-Site"] = "cross-site"
    await anna.say("ik wil timmerman worden", status=403)


async def test_who_sends_faster_than_anyone_types_is_asked_to_wait(page: Page, anna: Talker) -> None:
    form = anna.text
    statuses = []
    for n in range(45):
        anna.text = form
        response = await anna.client.post("/", data={**anna.hidden("type"), "text": f"/help {n % 2}"})
        statuses.append(response.status_code)
    assert statuses[0] == 303
    assert statuses[-1] == 429
    assert page.people() == 1


async def test_a_form_that_is_too_large_is_refused(anna: Talker) -> None:
    await anna.say("a" * 70_000, status=413)


async def test_the_frame_has_no_cookie_and_works_with_the_key_in_its_form(store: Store, compiled: Compiled) -> None:
    async with Page(store, compiled).open() as page:
        guest = page.talker(root="/frame")
        await guest.get()
        await guest.say("ik wil timmerman worden")
        assert "zoekt dit werk: timmerman" in guest.words() or "timmerman" in guest.words()
        before = guest.words().count("Jij zei:")
        await guest.say("kapper")
        assert guest.words().count("Jij zei:") == before + 1
        assert not guest.client.cookies
        assert all("set-cookie" not in each.headers for each in page.seen)


async def test_only_the_named_sites_may_frame_the_talk(sqlite_store: Store, compiled: Compiled) -> None:
    closed = await Page(sqlite_store, compiled).talker(root="/frame").client.get("/frame")
    assert "frame-ancestors 'none'" in closed.headers["content-security-policy"]
    root = sqlite_store.settings.root
    named = {"WEB_FRAME_ORIGINS": "https://www.utrecht.nl", "CONTENT_DIR": str(sqlite_store.settings.content_root)}
    sqlite_store.settings = Settings.read(named, root=root)
    client = Page(sqlite_store, compiled).talker().client
    assert "frame-ancestors https://www.utrecht.nl" in (await client.get("/frame")).headers["content-security-policy"]
    assert "frame-ancestors 'none'" in (await client.get("/")).headers["content-security-policy"]


def test_only_our_own_proxies_are_believed_in_where_a_request_came_from() -> None:
    from ipaddress import ip_network

    from starlette.requests import Request

    def came(client: str, forwarded: str) -> str:
        headers = [(b"x-forwarded-for", forwarded.encode())]
        scope = {"type": "http", "client": (client, 1), "headers": headers}
        return client_address(Request(scope), [ip_network("127.0.0.0/8"), ip_network("10.0.0.0/8")])

    assert came("198.51.100.7", "203.0.113.9") == "198.51.100.7"
    assert came("127.0.0.1", "192.0.2.1, 203.0.113.9") == "203.0.113.9"
    assert came("127.0.0.1", "192.0.2.1, 203.0.113.9, 10.0.0.3") == "203.0.113.9"
    assert came("127.0.0.1", "") == "127.0.0.1"


async def test_every_page_leads_to_what_we_keep_and_to_who_can_use_it(page: Page, anna: Talker) -> None:
    await anna.say("ik wil timmerman worden")
    for path in ("/", "/vragen", "/resume", "/privacy"):
        await anna.get(path)
        assert 'href="/privacy"' in anna.text
        assert 'href="/toegankelijkheid"' in anna.text
    await anna.get("/privacy")
    assert page.compiled.content.sentences["privacy_web"]["nl"] in anna.words()  # the words of the talk itself
    assert "{channel}" not in anna.words()
    await anna.get("/toegankelijkheid?language=en")
    assert "What is not tested yet" in anna.words()
    assert 'href="/privacy?language=en"' in anna.text


async def test_only_a_centre_that_has_an_address_shows_one(sqlite_store: Store, compiled: Compiled) -> None:
    nobody = Page(sqlite_store, compiled).talker()
    assert "mailto:" not in await nobody.get("/toegankelijkheid")
    assert "None" not in nobody.words()
    named = {"CENTRE_EMAIL": "hulp@centrum.example", "CONTENT_DIR": str(sqlite_store.settings.content_root)}
    sqlite_store.settings = Settings.read(named, root=sqlite_store.settings.root)
    known = Page(sqlite_store, compiled).talker()
    assert 'href="mailto:hulp@centrum.example"' in await known.get("/toegankelijkheid")

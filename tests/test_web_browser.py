"""The page in a real browser: with and without a script, by keyboard, at 320 px, in dark and forced colours; axe."""

import asyncio
import json
import re
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from libraries import CONTENT, real_library
from talkers import Page as Served
from wcag import Look, looks, violations

from bot.cli.web import page as serving
from bot.settings import Settings
from bot.store import Store
from bot.store.lead_filter import Filter

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

# 320 px is also 1280 px at 400 %: WCAG 1.4.10. The last one stays: in that way a talk goes on.
WAYS: dict[str, Look] = {
    "wide": (1280, {}),
    "forced colours": (1280, {"forced_colors": "active", "color_scheme": "dark"}),
    "dark": (320, {"color_scheme": "dark"}),
    "contrast": (320, {"contrast": "more"}),
    "narrow": (320, {}),
}
ORIGIN = "http://127.0.0.1:{port}"
# What somebody says from the opening to a lead, and what they look at; a word in brackets presses a button.
TALK = (
    "ik wil timmerman worden, ik woon in Utrecht",
    "verkoper in een winkel",
    "mbo niveau 2",
    "/overzicht",
    "bestaat stap nog",
    "ik heb een baan",
    "34",
    "sla over",
    "sla over",
    "nee",
    "toon resultaat",
    "/mens",
    "[Ja]",
    "Zoë de Vries",
    "06 12345678",
    "ja",
    "ja",
    "/mijngegevens",
    "ik wil niet meer leven",
)


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[tuple[Served, str]]:
    """The page on a port of this machine."""
    store = Store.open(Settings.read({**CONTENT, **settings}, root=folder))
    store.use(real_library())
    page = Served(store, real_library())
    page.conversations.now = lambda: page.now
    loop, stop = asyncio.new_event_loop(), asyncio.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

        async def serve() -> None:
            async with serving(page.conversations, listener):
                await stop.wait()

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
        thread.start()
        try:
            yield page, ORIGIN.format(port=port)
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(10)
            loop.close()
    store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, str]]:
    named = {
        "CENTRE_PHONE": "030 1234567",
        "TELEGRAM_BOT_NAME": "OverstapBot",
        "WEB_FRAME_ORIGINS": "http://localhost:*",
    }
    named.pop("WEB_FRAME_ORIGINS")
    with served(tmp_path_factory.mktemp("page"), **named) as there:
        yield there


Open = Callable[..., "sync_api.Page"]


@pytest.fixture
def open_page(chromium: "sync_api.Browser", place: tuple[Served, str]) -> Iterator[Open]:
    contexts = []

    def new(width: int = 1280, **more: object) -> "sync_api.Page":
        context = chromium.new_context(
            base_url=place[1], viewport={"width": width, "height": 900}, locale="nl-NL", **more
        )
        contexts.append(context)
        page = context.new_page()
        page.goto("/")
        return page

    yield new
    for context in contexts:
        context.close()


def say(page: "sync_api.Page", text: str) -> None:
    """Say it, or press it, and wait for what comes of it."""
    before = newest(page)
    if text.startswith("["):
        page.get_by_role("button", name=text.strip("[]"), exact=True).first.click()
    else:
        page.get_by_label("Typ je antwoord of je vraag").fill(text)
        page.get_by_role("button", name="Stuur").click()
    comes(page, before)


def comes(page: "sync_api.Page", before: str | None) -> None:
    """Wait for an answer: the last message is another than before, and it came from the bot."""
    for _ in range(300):  # not in the page: its policy lets nobody evaluate text there
        if newest(page) not in (before, None) and page.locator("body[aria-busy]").count() == 0:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing came of it")


def newest(page: "sync_api.Page") -> str | None:
    return page.locator("#talk > li").last.get_attribute("data-line")


def too_wide(page: "sync_api.Page") -> list[str]:
    return ["scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []


def small_targets(page: "sync_api.Page") -> list[str]:
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('button, summary, input:not([type=hidden]), textarea')]"
        ".filter(each => each.checkVisibility() && Math.min(each.offsetWidth, each.offsetHeight) < 24)"
        ".map(each => each.outerHTML)"
    )
    return found


def whatever_is_wrong(page: "sync_api.Page") -> list[str]:
    return [*violations(page), *small_targets(page), *too_wide(page)]


# ------------------------------------------------------------------ every state of a whole talk
def test_no_state_of_a_talk_breaks_wcag(open_page: Open) -> None:
    page = open_page(320)
    wrong: dict[str, object] = {"opening": dict(looks(page, WAYS, violations))}
    for said in TALK:
        say(page, said)
        wrong[said] = dict(looks(page, WAYS, whatever_is_wrong))
    page.get_by_role("button", name="Later of op mijn telefoon verder").click()
    wrong["code"] = dict(looks(page, WAYS, lambda page: [*violations(page), *too_wide(page)]))
    page.get_by_role("link", name="Terug naar het gesprek").click()
    page.get_by_role("button", name="Ik ben hier klaar").click()
    wrong["done"] = dict(looks(page, WAYS, violations))
    page.get_by_role("link", name="Ik heb een code").click()
    wrong["resume"] = dict(looks(page, WAYS, violations))
    page.get_by_label("Je zeven woorden").fill("aap noot mies")
    page.get_by_role("button", name="Ga verder").click()
    wrong["unknown code"] = dict(looks(page, WAYS, violations))
    found = {name: each for name, each in wrong.items() if each}
    assert not found, json.dumps(found, indent=1)


@pytest.mark.parametrize("width", [1280, 320])
def test_text_of_twice_the_size_stays_on_the_page(open_page: Open, width: int) -> None:
    """WCAG 1.4.4, and on a page of 320 px too."""
    page = open_page(width, bypass_csp=True)  # so that the test may change the size, as a browser does
    page.add_style_tag(content="html { font-size: 200% }")
    for said in TALK[:5]:
        say(page, said)
        assert not too_wide(page), said
    for path in ("toegankelijkheid", "privacy", "vragen/q01", "opleidingen?q=lasser"):
        page.goto(f"/{path}")
        page.add_style_tag(content="html { font-size: 200% }")
        assert not too_wide(page), path


# What a screen reader is given, in the order in which it reads it.
PARTS = ("- banner", "- main", 'heading "Praat met Overstap" [level=1]', 'log "Gesprek"', 'textbox "Typ je antwoord',
    'button "Stuur"', 'heading "Liever een mens?"', "- contentinfo", 'link "Toegankelijkheid"')  # fmt: skip
NAMELESS = re.compile(r"- (?:button|link|textbox|img|form|log|navigation|complementary)(?= \[|:|$)", re.MULTILINE)
WHO = re.compile(r'\s+- text: "?(Overstap zegt|Jij zei):')


def test_every_state_of_a_talk_reads_right_aloud(open_page: Open) -> None:
    page = open_page()
    for turns, said in enumerate(TALK, start=1):
        say(page, said)
        spoken = page.locator("body").aria_snapshot()
        places = [spoken.index(part) for part in PARTS]
        assert places == sorted(places), said
        assert not NAMELESS.findall(spoken), said
        who = [WHO.match(line) for line in page.get_by_role("log").aria_snapshot().split("- listitem:")[1:]]
        assert all(who), said  # each message says whose it is before what it says
        heard = [one[1] for one in who if one]
        assert heard.count("Jij zei") == turns
        assert heard[0] == heard[-1] == "Overstap zegt"


READ = ("toegankelijkheid", "privacy", "vragen", "vragen?q=geld", "vragen/q01", "opleidingen", "opleidingen?q=lasser",
    "opleidingen?q=58 jaar omscholen", "opleidingen?q=xyz",
    "opleidingen/route-welder-mbo2", "geld", "geld/levenlanglerenkrediet", "geld/stap-budget")  # fmt: skip


def test_no_page_of_knowledge_breaks_wcag(open_page: Open) -> None:
    page, wrong = open_page(), {}
    for path in READ:
        page.goto(f"/{path}")
        wrong[path] = dict(looks(page, {name: WAYS[name] for name in ("wide", "narrow", "dark")}, whatever_is_wrong))
    assert not {path: found for path, found in wrong.items() if found}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_lead_comes_of_a_talk_with_and_without_a_script(
    place: tuple[Served, str], open_page: Open, script: bool
) -> None:
    page = open_page(java_script_enabled=script)
    before = len(place[0].store.leads.all(Filter()))
    for said in TALK[:-2]:
        say(page, said)
    assert "Je nummer is L-" in page.locator("#talk").inner_text()
    assert len(place[0].store.leads.all(Filter())) == before + 1


def test_a_talk_without_a_script_has_the_focus_where_the_new_message_is(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    say(page, TALK[0])
    focused = page.locator("#newest")
    assert focused.get_attribute("autofocus") is not None
    assert "timmerman" in focused.inner_text()
    assert page.url.endswith("/#newest")


def test_enter_never_says_yes(open_page: Open) -> None:
    page = open_page()
    say(page, TALK[0])
    say(page, "/mens")
    field = page.get_by_label("Typ je antwoord of je vraag")
    field.focus()
    before = newest(page)
    page.keyboard.press("Enter")  # nothing was typed
    page.wait_for_timeout(300)
    assert newest(page) == before
    field.fill("wat kost dat?")
    page.keyboard.press("Enter")
    comes(page, before)
    assert "Ja" not in [each.inner_text() for each in page.locator("#talk > .overstap-chat__yours").all()]


def test_a_talk_can_be_had_by_keyboard_alone(open_page: Open) -> None:
    """And the focus can always be seen: WCAG 2.4.7."""
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"

    def tab_to(words: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            at = page.evaluate(
                "(() => { const at = document.activeElement, style = getComputedStyle(at);"
                " return [at.innerText || at.labels?.[0]?.innerText || '', style.outlineStyle] })()"
            )
            assert at[1] != "none", f"no focus to be seen on {at[0]}"
            if at[0].startswith(words):
                return
        raise AssertionError(f"{words} cannot be reached")

    tab_to("Ik weet het nog niet")
    before = newest(page)
    page.keyboard.press("Enter")
    comes(page, before)
    assert page.evaluate("document.activeElement.closest('#talk') !== null")  # where the new message is
    tab_to("Typ je antwoord")
    page.keyboard.type("kapper in Zwolle")
    before = newest(page)
    page.keyboard.press("Enter")
    comes(page, before)


def test_what_is_typed_meanwhile_stays_and_new_messages_are_read_out(open_page: Open) -> None:
    page = open_page()
    assert page.get_by_role("log", name="Gesprek").locator("#talk").count() == 1
    page.route("**/", lambda route: (page.wait_for_timeout(300), route.continue_())[1])
    field = page.get_by_label("Typ je antwoord of je vraag")
    field.fill("ik wil timmerman worden")
    before = newest(page)
    page.get_by_role("button", name="Stuur").click()
    field.fill("en nog iets")
    comes(page, before)
    assert field.input_value() == "en nog iets"


def test_a_lost_connection_loses_no_text_and_sending_again_counts_once(open_page: Open) -> None:
    page = open_page()
    say(page, TALK[0])
    field = page.get_by_label("Typ je antwoord of je vraag")
    page.context.set_offline(True)
    field.fill("verkoper")
    page.get_by_role("button", name="Stuur").click()
    page.get_by_role("alert").wait_for()
    assert "geen verbinding" in page.get_by_role("alert").inner_text()
    assert field.input_value() == "verkoper"
    page.context.set_offline(False)
    say(page, "verkoper")
    page.reload()
    assert page.locator("#talk").inner_text().count("verkoper") <= 2
    assert page.locator(".overstap-chat__yours", has_text="verkoper").count() == 1


def test_after_leaving_the_back_button_shows_nothing(open_page: Open) -> None:
    page = open_page()
    say(page, TALK[0])
    page.get_by_role("button", name="Ik ben hier klaar").click()
    page.get_by_role("heading", name="Dit scherm is leeg").wait_for()
    page.go_back()
    page.wait_for_load_state()
    assert "ik woon in Utrecht" not in page.content()


def test_one_line_puts_the_talk_into_a_page_of_another_site(chromium: "sync_api.Browser", tmp_path: Path) -> None:
    with a_municipality() as town, served(tmp_path, WEB_FRAME_ORIGINS=town.site) as (_, address):
        line = f'<script src="{address}/embed.js" async></script>'
        town.page = f"<!doctype html><title>Gemeente</title><body><h1>Gemeente</h1>{line}"
        context = chromium.new_context(locale="nl-NL")
        page = context.new_page()
        page.goto(town.site)
        frame = page.frame_locator("iframe")
        frame.get_by_label("Typ je antwoord of je vraag").fill("ik wil timmerman worden")
        frame.get_by_role("button", name="Stuur").click()
        frame.get_by_text("vraag 2 van").wait_for()
        page.wait_for_timeout(500)
        inner = frame.locator("body").evaluate("body => body.offsetHeight")
        assert abs(page.locator("iframe").evaluate("frame => frame.offsetHeight") - inner) < 40
        assert context.cookies() == []
        context.close()


@dataclass
class Town:
    site: str
    page: str = ""


@contextmanager
def a_municipality() -> Iterator[Town]:
    """A page of another site, on this machine: `localhost` is another site than `127.0.0.1`."""
    town = Town("")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # so is it called
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(town.page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        town.site = f"http://localhost:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield town
        server.shutdown()
        thread.join(5)

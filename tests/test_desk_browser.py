"""The desk in a real browser: by keyboard, without JavaScript, on a phone, and as WCAG 2.2 AA asks (axe-core)."""

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import uvicorn
from desk_people import usual_day
from desks import Bureau
from libraries import CONTENT, real_library

from bot.settings import Settings
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.lead_model import Filter
from bot.store.team import Role
from bot.web.desk.guard import SESSION_COOKIE
from bot.web.desk.routes import SCREENS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api")
axe_core = pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (320, 768, 1280)
STATES = {"empty": 0, "usual": 24, "many": 500}


@contextmanager
def served(bureau: Bureau) -> Iterator[str]:
    """The desk on a port of this machine; gives its address."""
    config = uvicorn.Config(bureau.app, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="module")
def chromium() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=STATES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bureau, str]]:
    """A desk in one of its states, served."""
    compiled = real_library()
    store = Store.open(Settings.read(CONTENT, root=tmp_path_factory.mktemp("desk")))
    store.use(compiled)
    bureau = Bureau(store, Labels.of(compiled.content), compiled=compiled)
    usual_day(bureau, STATES[request.param])
    with served(bureau) as address:
        yield bureau, address
    store.close()


Page = Callable[..., "sync_api.Page"]


@pytest.fixture
def page_of(chromium: "sync_api.Browser", place: tuple[Bureau, str]) -> Iterator[Page]:
    """Opens a page at the desk as somebody who is signed in."""
    bureau, address = place
    contexts = []

    def open_page(role: Role | None = Role.ADMIN, width: int = 1280, **more: object) -> "sync_api.Page":
        context = chromium.new_context(base_url=address, viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        if role:
            member = bureau.member("Sanne", role)
            token = uuid4().hex
            bureau.store.sessions.start(member.id, token, bureau.now)
            cookie = {"name": SESSION_COOKIE, "value": token, "domain": "127.0.0.1", "path": "/"}
            context.add_cookies([{**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax"}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def addresses(bureau: Bureau) -> dict[str, str]:
    """Every screen that can be opened, with a lead where it asks for one."""
    leads = bureau.store.leads.all(Filter(), 1)
    found = {}
    for screen in SCREENS:
        if screen.show is None or screen.role is None or ("{" in screen.path and not leads):
            continue
        found[screen.name] = "/desk" + screen.path.format(reference=leads[0].reference if leads else "")
    return found


def violations(page: "sync_api.Page") -> list[str]:
    found = axe_core.Axe().run(page, options=WCAG).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def unfold(page: "sync_api.Page") -> None:
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


# ------------------------------------------------------------------ every screen
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_breaks_wcag(place: tuple[Bureau, str], page_of: Page, scheme: str):
    wrong = {}
    for width in (320, 1280):
        page = page_of(width=width, color_scheme=scheme)
        for name, path in addresses(place[0]).items():
            assert page.goto(path).status == 200, path
            unfold(page)
            if found := violations(page):
                wrong[f"{name} at {width}"] = found
    assert not wrong, json.dumps(wrong, indent=1)


def test_no_screen_scrolls_sideways_and_every_target_is_large_enough(place: tuple[Bureau, str], page_of: Page):
    """320 px is also 1280 px at 400 %: WCAG 1.4.10. Targets: 24 px, 2.5.8."""
    for width in WIDTHS:
        page = page_of(width=width)
        for name, path in addresses(place[0]).items():
            page.goto(path)
            unfold(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
            small = page.evaluate(
                "[...document.querySelectorAll('button, summary, select, input:not([type=hidden])')]"
                ".filter(each => each.checkVisibility() && !each.closest('label'))"
                ".filter(each => Math.min(each.offsetWidth, each.offsetHeight) < 24).map(each => each.outerHTML)"
            )
            assert not small, f"{name} at {width}: {small[:3]}"

"""The desk in a real browser: by keyboard, without JavaScript, on a phone, and as WCAG 2.2 AA asks (axe-core)."""

import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pyotp
import pytest
import uvicorn
from desk_people import explorer, usual_day, usual_findings, usual_quarter
from desks import PASSWORD, Bureau
from libraries import CONTENT, real_library
from wcag import Look, looks, violations

from bot.settings import Settings
from bot.staff.labels import Labels
from bot.staff.signing_in import SigningIn
from bot.store import Store
from bot.store.lead_filter import Filter
from bot.store.team import Role
from bot.web.desk.guard import SESSION_COOKIE
from bot.web.desk.routes import SCREENS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
sync_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("axe_playwright_python.sync_playwright")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

WAYS: dict[str, Look] = {
    f"{width} {scheme}": (width, {"color_scheme": scheme}) for width in (320, 1280) for scheme in ("light", "dark")
}
LIGHT = {name: look for name, look in WAYS.items() if name.endswith("light")}
NARROW_TO_WIDE: dict[str, Look] = {f"{width}": (width, {}) for width in (320, 768, 1280)}
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
    bureau.member("Joke", Role.ADMIN)  # so that Sanne may have any role
    usual_day(bureau, STATES[request.param])
    if STATES[request.param]:
        usual_quarter(bureau, STATES[request.param])
    if request.param == "usual":
        explorer(bureau)
        usual_findings(bureau)
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
        is_file = screen.name in ("export.file", "figures.csv")
        if screen.show is None or screen.role is None or is_file or ("{" in screen.path and not leads):
            continue
        found[screen.name] = "/desk" + screen.path.format(reference=leads[0].reference if leads else "")
    if explored := [each for each in bureau.store.leads.all(Filter(place=("Utrecht",)), 40) if "likes" in each.answers]:
        found["explored"] = f"/desk/leads/{explored[0].reference}"
    return found


def does_not_fit(page: "sync_api.Page") -> list[str]:
    """320 px is also 1280 px at 400 %: WCAG 1.4.10. Targets: 24 px, 2.5.8."""
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    small: list[str] = page.evaluate(
        "[...document.querySelectorAll('button, summary, select, input:not([type=hidden])')]"
        ".filter(each => each.checkVisibility() && !each.closest('label'))"
        ".filter(each => Math.min(each.offsetWidth, each.offsetHeight) < 24).map(each => each.outerHTML)"
    )
    return [*small[:3], *(["scrolls sideways"] if wide else [])]


# ------------------------------------------------------------------ every screen
def test_no_screen_breaks_wcag_scrolls_sideways_or_has_small_targets(
    request: pytest.FixtureRequest, place: tuple[Bureau, str], page_of: Page
):
    """Each is opened once, and looked at in every way; in the dark as usual only: 500 leads have the colours of 24."""
    wrong, page = {}, page_of()
    ways = WAYS if "usual" in request.node.name else LIGHT
    for name, path in addresses(place[0]).items():
        assert page.goto(path).status == 200, path
        if found := dict(looks(page, ways, violations)):
            wrong[name] = found
        if found := dict(looks(page, NARROW_TO_WIDE, does_not_fit)):
            wrong[f"{name}, its size"] = found
    assert not wrong, json.dumps(wrong, indent=1)


def test_what_is_wrong_in_one_way_only_is_seen(chromium: "sync_api.Browser"):
    page = chromium.new_page()
    dark = "@media (prefers-color-scheme: dark) { p { color: #333; background: #222 } }"
    text = f"<style>p {{ width: 400px }} {dark}</style><main><h1>Vandaag</h1><p>Bel Zoë.</p></main>"
    page.set_content(f'<!doctype html><html lang="nl"><title>Vandaag</title>{text}</html>')
    assert list(dict(looks(page, WAYS, violations))) == ["320 dark", "1280 dark"]
    assert dict(looks(page, NARROW_TO_WIDE, does_not_fit)) == {"320": ["scrolls sideways"]}
    page.close()


# ------------------------------------------------------------------ as people use it
def first_of(bureau: Bureau, **which: object) -> str:
    return bureau.store.leads.all(Filter(open=True, **which), 1)[0].reference  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["usual"], indirect=True)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_call_is_recorded_and_undone_with_and_without_a_script(
    place: tuple[Bureau, str], page_of: Page, script: bool
):
    bureau, _ = place
    page = page_of(Role.ADVISER, java_script_enabled=script)
    page.goto("/desk/")
    page.get_by_role("link", name="Noteer").first.click()  # 1
    reference = page.url.split("/")[-1].partition("#")[0]
    before = bureau.store.leads.get(reference)
    page.get_by_label("Geen gehoor").check()  # 2
    page.get_by_role("button", name="Opslaan", exact=True).click()  # 3
    assert "Opgeslagen." in page.get_by_role("status").inner_text()
    assert bureau.store.leads.get(reference).attempts == before.attempts + 1
    page.get_by_role("button", name="Maak ongedaan").click()
    assert "Teruggedraaid" in page.get_by_role("status").inner_text()
    assert bureau.store.leads.get(reference).attempts == before.attempts


@pytest.mark.parametrize("place", ["usual"], indirect=True)
def test_everything_of_a_call_is_done_by_keyboard_alone(place: tuple[Bureau, str], page_of: Page):
    """And the focus can always be seen: WCAG 2.4.7 and 2.4.11."""
    bureau, _ = place
    page = page_of(Role.ADVISER)
    page.goto(f"/desk/leads/{first_of(bureau, assignee=('Sanne',))}")

    def tab_to(what: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => { const at = document.activeElement, box = at.getBoundingClientRect();
                return {text: (at.labels?.[0] || at).innerText || "", top: box.top, bottom: box.bottom,
                ring: getComputedStyle(at).outlineStyle + (at.closest('label') ?
                getComputedStyle(at.closest('label')).outlineStyle : '')} }"""
            )
            assert seen["ring"].replace("none", ""), f"no focus to be seen on {seen['text']}"
            assert seen["bottom"] >= 0 and seen["top"] <= 900, f"the focus is out of sight on {seen['text']}"
            if what in seen["text"]:
                return
        raise AssertionError(f"{what} cannot be reached")

    tab_to("Gesproken")
    page.keyboard.press("Space")
    tab_to("Notitie")
    page.keyboard.type("Belt liever na vijven.")
    tab_to("Opslaan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    assert "gesproken" in page.get_by_role("status").inner_text()


@pytest.mark.parametrize("place", ["usual"], indirect=True)
def test_an_error_has_the_focus_and_leads_to_its_field(place: tuple[Bureau, str], page_of: Page):
    page = page_of(Role.ADVISER)
    page.goto(f"/desk/leads/{first_of(place[0], assignee=('Sanne',))}")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    assert page.title().startswith("Fout:")
    assert "Kies hoe het gesprek ging" in page.evaluate("document.activeElement.innerText")
    assert not violations(page)
    page.get_by_role("link", name="Kies hoe het gesprek ging").click()
    assert page.evaluate("document.activeElement.name || location.hash") in ("outcome", "#call-outcome")


@pytest.mark.parametrize("place", ["usual"], indirect=True)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_new_colleague_comes_in_by_an_invitation(place: tuple[Bureau, str], page_of: Page, script: bool):
    """A password is looked at, or typed twice where a page without a script cannot show it."""
    bureau, _ = place
    member = bureau.member(f"Nadia {script}")
    token = SigningIn(bureau.store).invite(member, "operator", bureau.now)
    page = page_of(None, java_script_enabled=script)
    page.goto(f"/desk/invitation/{token}")
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    password = page.get_by_label("Wachtwoord", exact=True)
    password.fill(PASSWORD)
    assert page.get_by_label("Nog een keer").count() == (0 if script else 1)
    if script:
        assert not violations(page)
        show = page.get_by_role("button", name="Laat het wachtwoord zien")
        show.click()
        assert (password.get_attribute("type"), show.get_attribute("aria-pressed")) == ("text", "true")
    else:
        page.get_by_label("Nog een keer").fill(PASSWORD)
    page.get_by_label("Code uit je app").fill(pyotp.TOTP(secret).at(bureau.now))
    page.get_by_role("button", name="Begin").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Vandaag"
    page.get_by_role("button", name="Uitloggen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Inloggen"
    assert not script or not violations(page)
    page.go_back()
    assert "Inloggen" in page.content()  # nothing was kept by the browser


@pytest.mark.parametrize("place", ["usual"], indirect=True)
def test_somebody_is_found_from_any_page(page_of: Page):
    page = page_of(Role.ADVISER)
    page.goto("/desk/team")
    page.get_by_label("Zoek een lead").fill("06 1000 0003")
    page.keyboard.press("Enter")
    assert page.get_by_role("table").get_by_role("link").first.inner_text() == "Yusuf"
    assert page.url.endswith("/desk/search")


@pytest.mark.parametrize("place", ["many"], indirect=True)
def test_a_list_of_five_hundred_has_pages(page_of: Page):
    page = page_of(Role.COORDINATOR)
    page.goto("/desk/")
    assert "1 tot en met 50 van 501" in page.content()
    page.get_by_role("link", name="Volgende").click()
    assert "51 tot en met 100 van 501" in page.content()
    assert page.get_by_role("checkbox").count() == 50

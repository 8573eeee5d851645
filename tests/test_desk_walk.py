"""A new adviser at the desk against the clock: from the invitation to a recorded call, as somebody who reads it all.

Finding and recording a call takes 38 seconds, and 60 with signing in before it. Coming in by an invitation with a
password and a code takes 34, once: to read what it is, to scan, and to type a sentence.

The clock is the keystroke-level model (Card, Moran and Newell, 1980: a key 0.28 s, pointing 1.1 s, a press 0.2 s, a
thought 1.35 s before each) with reading at 240 words a minute: what people take, on any machine, and no race of ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
from desk_people import usual_day
from desks import Bureau
from libraries import CONTENT, real_library
from test_desk_browser import CHROMIUM, served

from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.labels import Labels
from bot.staff.signing_in import SigningIn
from bot.store import Store
from bot.store.lead_filter import Filter
from bot.store.team import Role

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

KEY, POINT, PRESS, THINK, WORDS_A_SECOND = 0.28, 1.1, 0.2, 1.35, 4.0
PASSWORD = "paarse fiets 27"  # as short as is taken, and typed twice
SCAN = 8.0  # seconds to hold a phone with its app open before a code and see six digits


@dataclass
class Walker:
    """Somebody who reads, thinks, points and types; `seconds` is what that takes, `presses` how often they press."""

    page: "sync_api.Page"
    seconds: float = 0.0
    presses: int = 0

    def read(self, what: str) -> None:
        self.seconds += len(self.page.locator(what).first.inner_text().split()) / WORDS_A_SECOND

    def press(self, what: "sync_api.Locator") -> None:
        self.seconds += THINK + POINT + PRESS
        self.presses += 1
        what.click()

    def type(self, what: "sync_api.Locator", text: str) -> None:
        self.seconds += THINK + POINT + PRESS + KEY * len(text)
        what.fill(text)


@pytest.fixture
def walker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Bureau, Walker]]:
    compiled = real_library()
    store = Store.open(Settings.read(CONTENT, root=tmp_path_factory.mktemp("desk")))
    store.use(compiled)
    bureau = Bureau(store, Labels.of(compiled.content), compiled=compiled)
    usual_day(bureau)
    with served(bureau) as address, sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield bureau, Walker(browser.new_page(base_url=address, viewport={"width": 1280, "height": 900}))
        browser.close()
    store.close()


def test_a_new_adviser_finds_who_is_theirs_and_records_a_call_within_a_minute_in_three_presses(
    walker: tuple[Bureau, Walker],
) -> None:
    bureau, nadia = walker
    member, page = bureau.member("Nadia"), nadia.page
    coordinator = Desk(bureau.store, bureau.member("Coby", Role.COORDINATOR), lambda: bureau.now)
    new = bureau.store.leads.all(Filter(open=True, unassigned=True), 1)[0]
    coordinator.assign(new.reference, "Nadia")
    page.goto(f"/desk/invitation/{SigningIn(bureau.store).invite(member, 'operator', bureau.now)}")
    nadia.read("main")
    nadia.seconds += SCAN
    secret = (page.locator("code").text_content() or "").replace(" ", "")
    assert page.evaluate("document.activeElement.id") == "password"
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    nadia.seconds += THINK + KEY * len(PASSWORD)  # the cursor stands there
    nadia.type(page.get_by_label("Code uit je app"), pyotp.TOTP(secret).at(bureau.now))
    nadia.press(page.get_by_role("button", name="Begin"))
    came_in = nadia.seconds
    assert records_a_call(nadia) < 60
    assert bureau.store.leads.get(new.reference).attempts == 1
    assert came_in < 40


def records_a_call(nadia: Walker) -> float:
    """From the list to what was kept, in three presses; gives the seconds."""
    page, came_in, before = nadia.page, nadia.seconds, nadia.presses
    nadia.read(".overstap-tabs")
    nadia.press(page.get_by_role("link", name="Noteer").first)
    nadia.read(".overstap-lead__top")
    nadia.read("#call")
    nadia.press(page.locator("#call").get_by_text("Geen gehoor"))
    nadia.press(page.get_by_role("button", name="Opslaan", exact=True))
    assert "Opgeslagen." in page.get_by_role("status").inner_text()
    assert nadia.presses - before == 3
    return nadia.seconds - came_in


def test_who_signs_in_has_recorded_a_call_within_a_minute(walker: tuple[Bureau, Walker]) -> None:
    bureau, sanne = walker
    page, member = sanne.page, bureau.member("Sanne")
    signing_in = SigningIn(bureau.store)
    token = signing_in.invite(member, "operator", bureau.now)
    for _ in range(2):  # what is offered is a part of the account
        account, _ = signing_in.invited(token, bureau.now) or pytest.fail("the invitation works")
        secret = signing_in.offer(account)
    signing_in.choose_password(account, member, PASSWORD, pyotp.TOTP(secret).at(bureau.now), bureau.now)
    bureau.now += timedelta(seconds=30)
    page.goto("/desk/")
    sanne.read("main")
    assert page.evaluate("document.activeElement.id") == "name"
    page.get_by_label("Je naam").fill("Sanne")
    sanne.seconds += THINK + KEY * len("Sanne")  # the cursor stands there
    sanne.type(page.get_by_label("Wachtwoord", exact=True), PASSWORD)
    sanne.type(page.get_by_label("Code uit je app"), pyotp.TOTP(secret).at(bureau.now))
    sanne.press(page.get_by_role("button", name="Inloggen"))
    records_a_call(sanne)
    assert sanne.seconds < 60

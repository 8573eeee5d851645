"""Signing in at the desk: an invitation, a password with a code, and everything that must not let somebody in."""

from datetime import timedelta

import pyotp
import pytest
from desks import PASSWORD, REAL_HASHER, Bureau, words

from bot.staff import signing_in
from bot.staff.signing_in import GUESSES, SigningIn
from bot.store import Store
from bot.store.sessions import IDLE, LONGEST
from bot.store.team import Role


@pytest.fixture
def bureau(store: Store) -> Bureau:
    return Bureau(store)


def test_who_follows_an_invitation_is_signed_in(bureau: Bureau):
    sanne = bureau.signed_in()
    assert "Sanne, adviseur" in words(sanne.get("/desk/"))


def test_a_password_is_kept_as_the_first_choice_of_owasp_says(bureau: Bureau, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signing_in, "HASHER", REAL_HASHER)
    bureau.signed_in()
    member, browser = bureau.store.team.named("Sanne"), bureau.browser()
    kept = bureau.store.accounts.of(member.id).password
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and PASSWORD not in kept
    for password, status in (("iets heel anders dan dat", 403), (PASSWORD, 303)):
        browser.get("/desk/sign-in")
        fields = {"name": "Sanne", "password": password, "code": bureau.code(member)}
        browser.post("/desk/sign-in", fields, status)


def test_an_invitation_works_once_and_for_three_days(bureau: Bureau):
    member, browser = bureau.member(), bureau.browser()
    token = SigningIn(bureau.store).invite(member, "operator", bureau.now)
    browser.get(f"/desk/invitation/{token}")
    bureau.now += timedelta(days=3)
    browser.get(f"/desk/invitation/{token}", 404)
    assert bureau.store.accounts.of(member.id).password is None
    bureau.signed_in("Mehmet")
    browser.get("/desk/invitation/" + "x" * 43, 404)


def test_who_signed_in_once_signs_in_with_password_and_code(bureau: Bureau):
    bureau.signed_in()
    member, browser = bureau.store.team.named("Sanne"), bureau.browser()
    browser.get("/desk/sign-in")
    code = bureau.code(member)
    browser.post("/desk/sign-in", {"name": "sanne", "password": PASSWORD, "code": code})
    assert "Sanne" in browser.follow()
    again = bureau.browser()
    again.get("/desk/sign-in")
    again.post("/desk/sign-in", {"name": "Sanne", "password": PASSWORD, "code": code}, 403)  # a code counts once


@pytest.mark.parametrize("wrong", ["name", "password", "code"])
def test_what_is_wrong_is_not_said(bureau: Bureau, wrong: str):
    bureau.signed_in()
    browser = bureau.browser()
    browser.get("/desk/sign-in")
    fields = {"name": "Sanne", "password": PASSWORD, "code": bureau.code(bureau.store.team.named("Sanne"))}
    page = browser.post("/desk/sign-in", {**fields, wrong: "000000"}, 403)
    assert "Je naam, wachtwoord of code klopt niet" in words(page)


def test_who_guesses_is_locked_out_for_a_quarter_of_an_hour(bureau: Bureau):
    bureau.signed_in()
    member, browser = bureau.store.team.named("Sanne"), bureau.browser()
    browser.get("/desk/sign-in")
    for _ in range(GUESSES):
        browser.post("/desk/sign-in", {"name": "Sanne", "password": "guess", "code": "123456"}, 403)
    good = {"name": "Sanne", "password": PASSWORD, "code": bureau.code(member)}
    browser.post("/desk/sign-in", good, 429)
    bureau.now += timedelta(minutes=16)
    browser.post("/desk/sign-in", {**good, "code": bureau.code(member)})


def test_a_session_ends_when_idle_after_eight_hours_and_when_taken_away(bureau: Bureau):
    sanne = bureau.signed_in()
    bureau.now += IDLE
    sanne.get("/desk/", 303)
    member = bureau.store.team.named("Sanne")
    token = bureau.store.sessions
    busy = bureau.signed_in()
    for _ in range(int(LONGEST / timedelta(minutes=20)) - 1):
        bureau.now += timedelta(minutes=20)
        busy.get("/desk/")
    bureau.now += timedelta(minutes=20)
    busy.get("/desk/", 303)
    again = bureau.signed_in()
    token.end_all(member.id)
    again.get("/desk/", 303)


def test_signing_in_gives_another_token_than_a_guest_had(bureau: Bureau):
    """Session fixation: what somebody planted before does not become a session."""
    browser = bureau.browser()
    browser.cookies.set("__Host-desk", "planted", domain="desk.example", path="/")
    browser.get("/desk/", 303)
    sanne = bureau.signed_in()
    first = sanne.cookies["__Host-desk"]
    assert first != "planted"
    sanne.get("/desk/")
    sanne.post("/desk/sign-out")
    sanne.cookies.set("__Host-desk", first, domain="desk.example", path="/")
    sanne.get("/desk/", 303)  # what was signed out stays out


def test_cookies_are_closed(bureau: Bureau):
    said = bureau.browser().ask("GET", "/desk/sign-in").headers
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {each.strip() for each in said["set-cookie"].split(";")}
    assert said["cache-control"] == "no-store"
    assert "script-src 'self'" in said["content-security-policy"] and "unsafe" not in said["content-security-policy"]
    assert "frame-ancestors 'none'" in said["content-security-policy"]


def test_a_role_that_changes_counts_at_the_next_page(bureau: Bureau):
    sanne = bureau.signed_in()
    assert "Sanne, adviseur" in words(sanne.get("/desk/"))
    bureau.store.team.add("Sanne", Role.READER)
    assert "Sanne, lezer" in words(sanne.get("/desk/"))
    bureau.store.team.deactivate("Sanne")
    sanne.get("/desk/", 303)
    bureau.member("Sanne")  # who comes back is invited anew
    sanne.get("/desk/", 303)
    assert bureau.store.accounts.of(bureau.store.team.named("Sanne").id) is None


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/desk//evil.example", "/desk/\r\nSet-Cookie: a=b", "\\evil"],
)
def test_signing_in_leads_nowhere_else(bureau: Bureau, elsewhere: str):
    bureau.signed_in()
    browser = bureau.browser()
    page = browser.ask("GET", "/desk/sign-in", params={"next": elsewhere}).text
    assert "evil" not in page and "Set-Cookie" not in page
    browser.get("/desk/sign-in")
    fields = {"name": "Sanne", "password": PASSWORD, "code": bureau.code(bureau.store.team.named("Sanne"))}
    browser.post("/desk/sign-in", {**fields, "next": elsewhere})
    assert browser.location == "/desk/"


def test_a_bad_password_is_refused_in_words(bureau: Bureau):
    member, browser = bureau.member(), bureau.browser()
    token = SigningIn(bureau.store).invite(member, "operator", bureau.now)
    browser.get(f"/desk/invitation/{token}")
    code = pyotp.TOTP(bureau.store.accounts.of(member.id).offered).at(bureau.now)
    for bad in ("kort", "sanne sanne sanne", "aaaaaaaaaaaaaaa", "x" * 500):
        page = browser.post(f"/desk/invitation/{token}", {"password": bad, "again": bad, "code": code}, 422)
        assert "te makkelijk" in words(page)
    page = browser.post(f"/desk/invitation/{token}", {"password": PASSWORD, "again": PASSWORD, "code": "12"}, 422)
    assert "Deze code klopt niet" in words(page)

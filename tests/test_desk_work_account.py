"""Signing in with an account at work, at a provider that nobody here wrote: the npm package oidc-provider."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from desks import Browser, Bureau, words
from telegrams import free_port

from bot.staff.signing_in import SigningIn
from bot.store import Store

HERE = Path(__file__).parent / "oidc"
BACK = "https://desk.example/desk/sign-in/provider/return"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / "oidc-provider").is_dir():
        pytest.skip("oidc-provider is not here: npm ci --prefix tests/oidc")
    port = free_port()
    command = [node, "provider.mjs", port, BACK]
    with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        assert "ready" in next(iter(process.stdout.readline, ""), "")
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def bureau(store: Store, issuer: str) -> Bureau:
    store.settings = replace(
        store.settings,
        desk_url="https://desk.example",
        oidc_issuer=issuer,
        oidc_client_id="desk",
        oidc_client_secret="a secret of the desk",
    )
    return Bureau(store)


def at_the_provider(address: str, name: str) -> str:
    """Sign in over there under a name, and agree; gives the path and query with which it sends us back."""
    with httpx.Client(follow_redirects=False) as client:
        response = client.get(address)
        for _ in range(12):
            if response.is_redirect:
                to = str(response.url.join(response.headers["location"]))
                if to.startswith(BACK):
                    parts = urlsplit(to)
                    return f"{parts.path}?{parts.query}"
                response = client.get(to)
                continue
            action = unescape(re.findall(r'action="([^"]+)"', response.text)[0])
            prompt = re.findall(r'name="prompt" value="(\w+)"', response.text)[0]
            fields = {"prompt": prompt, "login": name, "password": "any"}
            response = client.post(response.url.join(action), data=fields)
    raise AssertionError(response.text)


def chosen(bureau: Bureau, name: str, account: str) -> Browser:
    """A browser of a member who chose their account at work."""
    token = SigningIn(bureau.store).invite(bureau.member(name), "operator", bureau.now)
    browser = bureau.browser()
    assert "Met je werkaccount" in words(browser.get(f"/desk/invitation/{token}"))
    browser.get(f"/desk/sign-in/provider?invitation={token}", 303)
    browser.get(at_the_provider(browser.location, account), 303)
    return browser


def test_who_chose_their_work_account_signs_in_with_it(bureau: Bureau):
    assert "Sanne, adviseur" in words(chosen(bureau, "Sanne", "sanne@work").get("/desk/"))
    browser = bureau.browser()
    browser.get("/desk/sign-in/provider", 303)
    browser.get(at_the_provider(browser.location, "sanne@work"), 303)
    assert "Sanne, adviseur" in words(browser.get("/desk/"))


def test_an_account_that_nobody_chose_lets_nobody_in(bureau: Bureau):
    chosen(bureau, "Sanne", "sanne@work")
    browser = bureau.browser()
    browser.get("/desk/sign-in/provider", 303)
    page = browser.get(at_the_provider(browser.location, "stranger@work"), 403)
    assert "lukte niet" in words(page)
    browser.get("/desk/", 303)


def test_one_work_account_is_of_one_colleague(bureau: Bureau):
    chosen(bureau, "Sanne", "same@work")
    token = SigningIn(bureau.store).invite(bureau.member("Mehmet"), "operator", bureau.now)
    browser = bureau.browser()
    browser.get(f"/desk/sign-in/provider?invitation={token}", 303)
    browser.get(at_the_provider(browser.location, "same@work"), 403)


def test_an_answer_that_this_browser_did_not_ask_for_lets_nobody_in(bureau: Bureau):
    """Somebody else's answer, a state that was changed, an answer twice, and none at all."""
    chosen(bureau, "Sanne", "sanne@work")
    asked, other = bureau.browser(), bureau.browser()
    asked.get("/desk/sign-in/provider", 303)
    answer = at_the_provider(asked.location, "sanne@work")
    other.get(answer, 403)
    other.get("/desk/sign-in/provider", 303)
    other.get(answer, 403)
    asked.get("/desk/sign-in/provider/return?error=access_denied", 403)
    asked.get(answer.replace("state=", "state=x"), 403)
    asked.get(answer, 303)
    asked.get(answer, 403)


def test_the_provider_is_asked_for_no_more_than_who_it_is(bureau: Bureau):
    browser = bureau.browser()
    browser.get("/desk/sign-in/provider", 303)
    asked = parse_qs(urlsplit(browser.location).query)
    assert asked["scope"] == ["openid"] and asked["code_challenge_method"] == ["S256"] and asked["nonce"]
    assert asked["redirect_uri"] == [BACK]

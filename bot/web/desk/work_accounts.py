"""Signing in with an account at work: OpenID Connect Core 1.0, the authorization code flow with PKCE (RFC 7636).

Any provider with a discovery document will do: Microsoft Entra ID, SURFconext, Keycloak ...
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.parse import quote_plus

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.errors import BotError
from bot.settings import Settings

DISCOVERY = "/.well-known/openid-configuration"
# Signed with a key of the provider. Never "none", and no HS256: a shared secret can sign for somebody else.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SECONDS = 10.0  # for the provider to answer
KNOWN_SECONDS = 3600.0  # that its addresses and keys count
LEEWAY_SECONDS = 60  # between our clock and theirs


class NoWorkAccount(BotError):
    """The provider did not say who this is, or what it said does not hold."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What must come back: kept, sealed, in the browser that began."""

    state: str
    nonce: str
    verifier: str
    invitation: str = ""  # of who chooses this way to sign in

    def to_json(self) -> bytes:
        return json.dumps([self.state, self.nonce, self.verifier, self.invitation]).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Begun":
        return cls(*json.loads(text))


class WorkAccounts:
    """The provider of one organisation. It blocks while the provider answers."""

    def __init__(self, issuer: str, client_id: str, client_secret: str, redirect_uri: str) -> None:
        self.issuer, self.client_id, self.client_secret = issuer, client_id, client_secret
        self.redirect_uri = redirect_uri
        self._known: tuple[float, Mapping[str, Any], KeySet] | None = None

    @classmethod
    def of(cls, settings: Settings, return_path: str) -> "WorkAccounts | None":
        """None when no provider is set up."""
        if not (settings.oidc_issuer and settings.oidc_client_id and settings.oidc_client_secret and settings.desk_url):
            return None
        back = settings.desk_url + return_path
        return cls(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, back)

    def begin(self, invitation: str = "") -> tuple[str, Begun]:
        """The address at the provider to go to, and what to keep meanwhile. Raises `NoWorkAccount`."""
        provider, _ = self._provider()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        begun = Begun(state, nonce, verifier, invitation)
        url = prepare_grant_uri(
            provider["authorization_endpoint"],
            client_id=self.client_id,
            response_type="code",
            redirect_uri=self.redirect_uri,
            scope="openid",
            state=begun.state,
            nonce=begun.nonce,
            code_challenge=create_s256_code_challenge(begun.verifier),
            code_challenge_method="S256",
        )
        return str(url), begun

    def finish(self, begun: Begun, answer: Mapping[str, str]) -> tuple[str, str]:
        """Who came back from the provider, by issuer and subject. Raises `NoWorkAccount`."""
        if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise NoWorkAccount("another state came back than was sent")
        provider, _ = self._provider()
        if answer.get("iss", provider["issuer"]) != provider["issuer"]:  # RFC 9207
            raise NoWorkAccount("another provider answered than was asked")
        if "code" not in answer:
            raise NoWorkAccount(answer.get("error", "no code")[:64])
        try:
            token = self._exchange(provider["token_endpoint"], answer["code"], begun.verifier)
            return provider["issuer"], self._subject(token, begun.nonce)
        except (JoseError, httpx.HTTPError, KeyError, ValueError) as error:
            raise NoWorkAccount(type(error).__name__) from None

    def _exchange(self, address: str, code: str, verifier: str) -> str:
        """The token about who signed in, for a code: RFC 6749, 4.1.3 and 2.3.1. Raises HTTPError."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": verifier,
        }
        secret = httpx.BasicAuth(quote_plus(self.client_id), quote_plus(self.client_secret))
        answer = httpx.post(address, data=asked, auth=secret, timeout=SECONDS).raise_for_status()
        return str(answer.json()["id_token"])

    def _subject(self, token: str, nonce: str) -> str:
        """Whom a token is about: OpenID Connect Core, 3.1.3.7. Raises JoseError, or ValueError."""
        provider, keys = self._provider()
        try:
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        except (JoseError, ValueError):  # perhaps with a key that is newer than what we know
            self._known = None
            claims = jwt.decode(token, self._provider()[1], algorithms=ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": provider["issuer"]},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
        if claims.get("azp", self.client_id) != self.client_id:
            raise ValueError("azp")
        return str(claims["sub"])

    def _provider(self) -> tuple[Mapping[str, Any], KeySet]:
        """Its addresses and keys, asked for once an hour. Raises `NoWorkAccount`."""
        if self._known and monotonic() - self._known[0] < KNOWN_SECONDS:
            return self._known[1:]
        try:
            found = httpx.get(self.issuer + DISCOVERY, timeout=SECONDS).raise_for_status().json()
            if found["issuer"].rstrip("/") != self.issuer:
                raise NoWorkAccount("the provider calls itself otherwise than OIDC_ISSUER")
            keys = KeySet.import_key_set(httpx.get(found["jwks_uri"], timeout=SECONDS).raise_for_status().json())
        except (httpx.HTTPError, JoseError, KeyError, ValueError) as error:
            raise NoWorkAccount(type(error).__name__) from None
        self._known = (monotonic(), found, keys)
        return found, keys

"""One page, politely: what robots.txt allows, one request a second and host, when it changed, and not too large."""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urldefrag, urljoin, urlsplit

import aiohttp
from protego import Protego
from yarl import URL

from bot.authoring.sources.addresses import PrivateAddress, PublicResolver, refuse_private
from bot.authoring.sources.record import Known

AGENT = "Overstap"  # the name by which robots.txt may speak to us
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BUSY = frozenset({429, 503})
MOST_OF_RULES = 500_000  # bytes of a robots.txt; RFC 9309 wants at least as much to be read


@dataclass(frozen=True, slots=True)
class Politeness:
    """How much is asked of others."""

    pause: float = 1.0  # seconds between two requests to a host
    longest_pause: float = 30.0  # that robots.txt can ask for
    connect_seconds: float = 10.0
    total_seconds: float = 40.0
    most_bytes: int = 15_000_000
    most_redirects: int = 5
    hosts_at_once: int = 6


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a request. `status`: None when nothing was received, and `trouble` says why."""

    url: str  # where it ended
    status: int | None
    hops: tuple[tuple[int, str], ...] = ()  # every redirect: its status, and where it led
    body: bytes = b""
    content_type: str = ""
    charset: str | None = None
    known: Known = field(default_factory=Known)
    trouble: str | None = None
    is_refused: bool = False  # by robots.txt, or because the address is private


class Refused(Exception):
    """This page is not to be fetched; it says why."""


class TooLarge(Exception):
    pass


class Fetcher:
    """Fetches pages. `private`: also from private addresses, for a centre whose sources are on its own network."""

    def __init__(self, about: str, politeness: Politeness | None = None, *, private: bool = False) -> None:
        self.politeness, self.private = politeness or Politeness(), private
        self._agent = f"{AGENT} ({about})"
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._last: dict[str, float] = {}
        self._rules: dict[str, Protego | None] = {}  # by scheme and host; None: it does not tell, so nothing is asked
        self._busy: set[str] = set()

    async def __aenter__(self) -> Self:
        at_most = self.politeness
        connector = aiohttp.TCPConnector(
            resolver=None if self.private else PublicResolver(), use_dns_cache=False, limit=at_most.hosts_at_once
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": self._agent, "Accept-Language": "nl, en;q=0.8", "Accept": "text/html, */*;q=0.5"},
            timeout=aiohttp.ClientTimeout(total=at_most.total_seconds, connect=at_most.connect_seconds),
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def fetch(self, url: str, known: Known | None = None) -> Fetched:
        """The page at `url`; whatever goes wrong, it is told in what comes back."""
        hops: list[tuple[int, str]] = []
        at = urldefrag(url).url
        try:
            async with asyncio.timeout(self.politeness.total_seconds * 2):
                return await self._follow(at, known or Known(), hops)
        except (Refused, PrivateAddress) as error:
            return Fetched(hops[-1][1] if hops else at, None, tuple(hops), trouble=str(error), is_refused=True)
        except TimeoutError:
            trouble = "no answer in time"
        except TooLarge:
            trouble = f"larger than {self.politeness.most_bytes // 1_000_000} MB"
        except aiohttp.ClientConnectorError as error:
            private = isinstance(error.os_error, PrivateAddress)
            trouble = str(error.os_error) if private else _in_words(error)
            return Fetched(hops[-1][1] if hops else at, None, tuple(hops), trouble=trouble, is_refused=private)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            trouble = _in_words(error)
        return Fetched(hops[-1][1] if hops else at, None, tuple(hops), trouble=trouble)

    async def _follow(self, at: str, known: Known, hops: list[tuple[int, str]]) -> Fetched:
        asked = at
        while True:
            await self._may(at)
            async with self._get(at, known if at == asked else Known()) as answer:
                if answer.status in REDIRECTS and (to := answer.headers.get("Location")):
                    at = urldefrag(urljoin(at, to)).url
                    hops.append((answer.status, at))
                    if len(hops) > self.politeness.most_redirects:
                        return Fetched(at, None, tuple(hops), trouble="it redirects without end")
                    if urlsplit(at).scheme not in ("http", "https"):
                        raise Refused(f"it leads to {urlsplit(at).scheme}:")
                    continue
                if answer.status in BUSY:
                    self._busy.add(_host(at))
                body = await self._body(answer) if answer.status == 200 else b""
                return Fetched(
                    at,
                    answer.status,
                    tuple(hops),
                    body,
                    answer.headers.get("Content-Type", ""),
                    answer.charset,
                    Known(answer.headers.get("ETag"), answer.headers.get("Last-Modified")),
                )

    async def _body(self, answer: aiohttp.ClientResponse, cut_at: int | None = None) -> bytes:
        """What it holds, unpacked; raises TooLarge, unless it may be cut off."""
        body = bytearray()
        async for part in answer.content.iter_chunked(65536):
            body += part
            if cut_at and len(body) > cut_at:
                return bytes(body[:cut_at])
            if len(body) > self.politeness.most_bytes:
                raise TooLarge
        return bytes(body)

    @asynccontextmanager
    async def _get(self, url: str, known: Known) -> AsyncIterator[aiohttp.ClientResponse]:
        if not self.private:
            refuse_private(url)
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        await self._turn(url)
        sent = {name: value for name, value in headers.items() if value}
        async with self._session.get(URL(url), headers=sent, allow_redirects=False) as answer:
            yield answer

    async def _turn(self, url: str) -> None:
        """Wait until this host may be asked again."""
        host = _host(url)
        if host in self._busy:
            raise aiohttp.ClientError("this site asked to be left alone for now")
        async with self._turns[host]:
            rules = self._rules.get(_site(url))
            wished = rules.crawl_delay(AGENT) if rules else None
            pause = max(self.politeness.pause, min(float(wished or 0), self.politeness.longest_pause))
            wait = self._last.get(host, -pause) + pause - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            self._last[host] = time.monotonic()

    # ------------------------------------------------------------ robots.txt (RFC 9309)
    async def _may(self, url: str) -> None:
        site = _site(url)
        if site not in self._rules:
            self._rules[site] = await self._read_rules(site)
        rules = self._rules[site]
        if rules is None:
            raise aiohttp.ClientError("its robots.txt cannot be reached")
        if not rules.can_fetch(url, AGENT):
            raise Refused("its robots.txt asks not to")

    async def _read_rules(self, site: str) -> Protego | None:
        at = f"{site}/robots.txt"
        for _ in range(self.politeness.most_redirects + 1):
            async with self._get(at, Known()) as answer:
                if answer.status in REDIRECTS and (to := answer.headers.get("Location")):
                    at = urljoin(at, to)
                    continue
                if answer.status >= 500 or answer.status in BUSY:
                    return None  # who does not tell is not asked
                # "Unavailable" (4xx) is: nothing is forbidden.
                text = await self._body(answer, MOST_OF_RULES) if answer.status == 200 else b""
                return Protego.parse(text.decode("utf-8", "replace"))
        return Protego.parse("")


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _in_words(error: BaseException) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "its name is not known"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return "its certificate is not right"
        case aiohttp.ClientConnectorError():
            return "no connection"
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError():
            return "it broke off"
        case _:
            return str(error) or type(error).__name__

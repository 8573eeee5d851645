"""How calls to Telegram travel: python-telegram-bot's own client, or a faster one on aiohttp."""

from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.quick_json import dumps, loads

JSON = dict[str, Any]

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
PLAIN_CONNECTIONS = 16  # httpx looks at every connection on every call: more of them make it slower


def make_request(fast: bool, connections: int = 64) -> BaseRequest:
    """The client for calls. The fast one costs a fifth of the processor time of the plain one (docs/telegram.md)."""
    if fast:
        return AiohttpRequest(connections)
    return PlainRequest(
        min(connections, PLAIN_CONNECTIONS),
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        pool_timeout=READ_SECONDS,
    )


class PlainRequest(HTTPXRequest):
    """python-telegram-bot's own client, which takes any JSON for an answer of Telegram."""

    __slots__ = ()

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSON:
        return AiohttpRequest.parse_json_payload(payload)


class AiohttpRequest(BaseRequest):
    """Calls over aiohttp.

    No error has the address in it, nor the error that it comes from: the address holds the token.
    """

    __slots__ = ("_connections", "_session")

    def __init__(self, connections: int):
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ_SECONDS

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the request is used before initialize()")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(pool_timeout, READ_SECONDS),
            sock_connect=_seconds(connect_timeout, CONNECT_SECONDS),
            sock_read=_seconds(read_timeout, READ_SECONDS),
        )
        data, headers = _body(request_data)
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as response:
                return response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"aiohttp: {type(error).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> JSON:
        try:
            answer = loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):  # JSON, and not of Telegram
            raise TelegramError("Invalid server response")
        return answer


def _seconds(given: object, default: float) -> float | None:
    """A timeout as it was given, where None is none at all; the library has a value of its own for "not given"."""
    return given if given is None or isinstance(given, int | float) else default


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str] | None]:
    if not data:
        return None, None
    if not data.contains_files:
        return dumps(data.parameters), {"Content-Type": "application/json"}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=file_name, content_type=mime)
    return form, None

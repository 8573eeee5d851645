"""The server that runs the app in the loop of the process; when to stop is for the process to say."""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.routing import BaseRoute
from starlette.types import ASGIApp
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from bot.channels.http import Health
from bot.errors import BotError
from bot.settings import Settings
from bot.web.app import make_app

log = logging.getLogger(__name__)

STOP_SECONDS = 1  # for requests that are being answered; what was committed has its own time after that
HEADER_SECONDS = 10.0  # for a request to say what it is
MOST_AT_ONCE = 1000  # connections and requests; who comes after them gets 503
KEPT_SECONDS = 75  # a connection without requests: closing it early loses what is on its way over it


class _Impatient(AutoHTTPProtocol):  # type: ignore[valid-type, misc]
    """Closes a connection over which no request comes, or half of one: uvicorn waits for the rest of it for ever."""

    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._expect_a_request()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._is_answering():
            self._expect_nothing()
        else:
            self._expect_a_request()

    def connection_lost(self, exc: Exception | None) -> None:
        self._expect_nothing()
        super().connection_lost(exc)

    def _is_answering(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _expect_a_request(self) -> None:
        """Within so many seconds of its beginning, however slowly it comes."""
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().call_later(HEADER_SECONDS, self._give_up)

    def _expect_nothing(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._deadline = None
        if not self._is_answering():
            self.transport.close()


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The process listens to signals by itself."""
        yield


@asynccontextmanager
async def serving(
    settings: Settings, routes: Sequence[BaseRoute], health: Health, *, is_required: bool
) -> AsyncIterator[None]:
    """Answer requests meanwhile. Raises BotError when the place is not free; unless required, goes on without."""
    try:
        listener = listen(settings.webhook_host, settings.webhook_port, "WEBHOOK_PORT")
    except BotError as error:
        if is_required:
            raise
        log.warning("no health and no figures: %s", error)
        yield
        return
    async with answering(make_app(routes, health), listener):
        yield


@asynccontextmanager
async def answering(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """Have an app answer what comes in there, meanwhile."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=KEPT_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        http=_Impatient,
        limit_concurrency=MOST_AT_ONCE,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


def listen(host: str, port: int, setting: str) -> socket.socket:
    """A place to answer at. Raises BotError, which names the setting, when it is not free."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BotError(f"{host}:{port} is not free: {error.strerror}. Set {setting}.") from None


def run(settings: Settings, routes: Sequence[BaseRoute], health: Health, began: Callable[[], object]) -> None:
    """Answer requests until SIGTERM, SIGINT or Ctrl-C. Raises BotError when the place is not free."""

    async def answer() -> None:
        stop = stopping()
        async with serving(settings, routes, health, is_required=True):
            began()
            await stop.wait()

    asyncio.run(answer())


def stopping() -> asyncio.Event:
    """Set at SIGTERM and SIGINT."""
    stop = asyncio.Event()
    if sys.platform != "win32":  # there Ctrl-C cancels us
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop

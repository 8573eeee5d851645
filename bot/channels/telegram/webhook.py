"""The HTTP side: Telegram's webhook, health for whoever watches over the bot, figures for Prometheus."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.channels.telegram.request import dumps, loads

log = logging.getLogger(__name__)

BODY_LIMIT = 2**20  # bytes; an update has a few thousand
TAKE_SECONDS = 50  # Telegram waits 60 s for an answer
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A call that goes back in the response. `arrived` and `lost` say what became of it."""

    call: JSON = field(repr=False)
    update_id: int
    arrived: Callable[[], None]
    lost: Callable[[], None]


Take = Callable[[JSON], Awaitable[Answer | None]]


def make_app(
    is_ready: Callable[[], bool],
    webhook: "Webhook | None" = None,
    path: str = "/",
    trouble: Callable[[], str | None] = lambda: None,
) -> web.Application:
    """`/healthz`, `/readyz`, `/metrics`; with a webhook, that as well. `trouble`: what is wrong although it works."""

    async def readyz(_: web.Request) -> web.Response:
        ready = is_ready()
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        lines = ["ready" if ready else "not ready", trouble()]
        return web.Response(text="".join(f"{line}\n" for line in lines if line), status=status)

    app = web.Application(client_max_size=BODY_LIMIT)
    if webhook:
        app.router.add_post(path, webhook.handle)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


async def healthz(_: web.Request) -> web.Response:
    return web.Response(text="ok\n")


async def metrics(_: web.Request) -> web.Response:
    return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})


class Webhook:
    """Takes updates from Telegram: 200 after the commit, 503 when nothing was committed, so that it comes again."""

    def __init__(self, secret: str, take: Take):
        self._secret, self._take = secret.encode(), take
        self._unproven = _Unproven()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "").encode()
        # Before the body is read: a stranger costs us nothing. In constant time: a stranger learns nothing.
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        self._unproven.asked_again(request.transport)
        try:
            update = loads(await request.read())
            self._unproven.repeated(int(update["update_id"]))
        except (ValueError, KeyError, TypeError):
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                answer = await self._take(update)
        except Exception:
            log.exception("an update was not taken")
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return await self._respond(request, answer) if answer else web.Response()

    async def _respond(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        response = web.Response(body=dumps(answer.call), content_type="application/json")
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            answer.lost()
        else:
            answer.arrived()
            self._unproven.wrote(request.transport, answer)
        return response


class _Unproven:
    """Answers that were written to a connection, of which we do not know that they were read.

    When Telegram asks something else over the same connection, it has read the answer. When the connection broke
    and the same update comes again, it has not.
    """

    LIMIT = 1000

    def __init__(self) -> None:
        self._answers: dict[asyncio.BaseTransport, Answer] = {}
        self._connections: dict[int, asyncio.BaseTransport] = {}  # by the update that was answered over them

    def wrote(self, connection: asyncio.BaseTransport | None, answer: Answer) -> None:
        if connection is None:
            return
        self._answers[connection] = answer
        self._connections[answer.update_id] = connection
        if len(self._answers) > self.LIMIT:
            self.asked_again(next(iter(self._answers)))

    def asked_again(self, connection: asyncio.BaseTransport | None) -> None:
        if connection in self._answers:
            self._connections.pop(self._answers.pop(connection).update_id, None)

    def repeated(self, update_id: int) -> None:
        connection = self._connections.get(update_id)
        if connection is not None and connection.is_closing():
            del self._connections[update_id]
            self._answers.pop(connection).lost()

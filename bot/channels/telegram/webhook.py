"""Telegram's webhook: 200 after the commit, 503 when nothing was committed, so that the update comes again."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.quick_json import loads

log = logging.getLogger(__name__)

BODY_LIMIT = 2**20  # bytes; an update has a few thousand
BODY_SECONDS = 10  # for an update to come in, after its head
TAKE_SECONDS = 50  # Telegram waits 60 s for an answer
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"

JSON = dict[str, Any]
Take = Callable[[JSON], Awaitable[None]]


def webhook(path: str, secret: str, take: Take) -> Route:
    """The route over which updates come, with a secret that only Telegram knows."""
    expected = secret.encode()

    async def handle(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        # Before the body is read: a stranger costs us nothing. In constant time: a stranger learns nothing.
        if not hmac.compare_digest(given, expected):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            update = loads(body)
        except ValueError:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        # Telegram never sends such a thing; a number that is too large it might, and would bring it again for ever.
        if not isinstance(update, dict) or type(update.get("update_id")) is not int:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                await take(update)
        except Exception:
            log.exception("an update was not taken")
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response()

    return Route(path, handle, methods=["POST"])


async def _body(request: Request) -> bytes | None:
    """All that was sent; None when it is too much."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)

"""The app: the routes of channels, and the pages for whoever watches over the bot."""

import asyncio
from collections.abc import Sequence
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.delivery.batching import blocking
from bot.channels.http import Health

READY_SECONDS = 2.0  # for the store to answer in


def make_app(routes: Sequence[BaseRoute], health: Health) -> Starlette:
    """`/healthz`, `/readyz` and `/metrics` beside the routes of a channel."""

    async def readyz(_: Request) -> Response:
        try:
            async with asyncio.timeout(READY_SECONDS):
                ready = await blocking(health.is_ready)
        except TimeoutError:  # a database that is locked answers later, and that is not ready
            ready = False
        status = HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        lines = ["ready" if ready else "not ready", health.trouble(), health.state()]
        return PlainTextResponse("".join(f"{line}\n" for line in lines if line), status)

    pages = [Route("/healthz", _healthz), Route("/readyz", readyz), Route("/metrics", _metrics)]
    app = Starlette(routes=[*routes, *pages])
    app.router.redirect_slashes = False
    return app


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok\n")


async def _metrics(_: Request) -> Response:
    return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

"""A local web server with pages that can be changed and faults that can be switched on, for what looks at sources."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """`pages`: what is answered, by path; all else is 404. `asked`: how often, by path; `heard`: the requests."""

    address: str = ""
    pages: dict[str, str | Answer] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    heard: list[web.BaseRequest] = field(default_factory=list)
    at: list[float] = field(default_factory=list)

    def url(self, path: str) -> str:
        return self.address + path

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked[request.path] += 1
        self.heard.append(request)
        self.at.append(asyncio.get_running_loop().time())
        page = self.pages.get(request.path)
        if page is None:
            return web.Response(status=404)
        return html(page) if isinstance(page, str) else await page(request)


def html(body: str, **headers: str) -> web.Response:
    text = f"<html><head><title>Page</title></head><body>{body}</body></html>"
    return web.Response(
        text=text, content_type="text/html", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )


@asynccontextmanager
async def running() -> AsyncIterator[Site]:
    site = Site()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", site.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    site.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield site
    finally:
        await runner.cleanup()

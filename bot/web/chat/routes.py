"""Every address of the talk: each also under `/frame`, for a frame in a page of another site."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.channels.web.channel import WebChannel
from bot.web.chat.documents import fetch
from bot.web.chat.leaving import Leaving
from bot.web.chat.limits import Limits
from bot.web.chat.resuming import Resuming
from bot.web.chat.talk import Talk
from bot.web.chat.visit import FRAME, Visit, visit
from bot.web.forms import Form, read_form
from bot.web.public.site import MenuItem, Site

ROOM = Path(__file__).parent
MENU = MenuItem("talk", "/")

Handler = Callable[[Visit], Awaitable[Response]]


def routes(site: Site, channel: WebChannel) -> Sequence[BaseRoute]:
    limits = Limits()
    talk = Talk(limits)
    leaving, resuming = Leaving(talk), Resuming(talk, limits)
    pages: list[tuple[str, Handler | None, Handler | None]] = [
        ("/", talk.show, talk.act),
        ("/document", None, fetch),
        ("/done", None, leaving.done),
        ("/away", leaving.away, None),
        ("/code", None, resuming.give),
        ("/resume", resuming.ask, resuming.take_code),
        ("/resume/{token}", resuming.look, resuming.take_link),
    ]

    def endpoint(show: Handler | None, act: Handler | None, framed: bool) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            form = await read_form(request) if request.method == "POST" else Form()
            handler = act if request.method == "POST" else show
            assert handler, "the router lets no other method through"
            return await handler(visit(site, channel, request, form, framed))

        return answer

    found = []
    for framed in (False, True):
        for path, show, act in pages:
            address = f"{FRAME}{'' if path == '/' else path}" if framed else path
            methods = [name for name, handler in (("GET", show), ("POST", act)) if handler]
            found.append(Route(address, endpoint(show, act, framed), methods=methods))
    return found

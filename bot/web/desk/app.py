"""The desk as an ASGI app under `/desk`, beside the routes of channels."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.staff.labels import Labels
from bot.store import Store
from bot.web.desk.guard import endpoint
from bot.web.desk.office import PREFIX, Bot, Office
from bot.web.desk.routes import SCREENS
from bot.web.desk.visit import Guest, Screen
from bot.web.forms import Form
from bot.web.headers import SafeHeaders

TROUBLE = Screen("trouble", "", None)
FOR_GOOD = "public, max-age=31536000, immutable"


def desk(store: Store, now: Callable[[], datetime], labels: Callable[[], Labels], bot: Bot) -> list[BaseRoute]:
    """The routes of the desk."""
    office = Office(store, now, labels, SCREENS, bot)
    app = Starlette(
        routes=[*(_route(office, screen) for screen in SCREENS), _assets(office)],
        exception_handlers={HTTPException: _trouble(office), Exception: _trouble(office)},
    )
    app.router.redirect_slashes = False
    # Around all of it: also a page that says what went wrong is kept nowhere.
    is_secure = (store.settings.desk_url or "").startswith("https:")
    return [Route(PREFIX, _to_the_desk), Mount(PREFIX, SafeHeaders(app, secure=is_secure))]


def _route(office: Office, screen: Screen) -> Route:
    methods = [name for name, handler in (("GET", screen.show), ("POST", screen.act)) if handler]
    return Route(screen.path, endpoint(office, screen), methods=methods)


def _assets(office: Office) -> Route:
    """Files whose address changes with them, so that a browser may keep them for good."""

    async def answer(request: Request) -> Response:
        asset = office.assets.files.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(asset.content, media_type=asset.kind, headers={"Cache-Control": FOR_GOOD})

    return Route("/static/{name}", answer)


def _trouble(office: Office) -> Callable[[Request, Exception], Response]:
    """A page for what cannot be answered, in words that help; what went wrong in the code is in the log."""

    def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        guest = Guest(office, TROUBLE, request, Form(), office.now(), "")
        name = f"title_{status:d}" if status in (403, 404, 413) else "title"
        return guest.page(status=status, title=guest.say(name), text=guest.say(name.replace("title", "text")))

    return answer


async def _to_the_desk(_: Request) -> Response:
    return RedirectResponse(f"{PREFIX}/")

"""The ASGI app of the site for people: the routes of its rooms, files, and a page for what cannot be answered."""

from collections.abc import Callable, Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from bot.web.headers import ALWAYS, SafeHeaders, policy
from bot.web.public import statements
from bot.web.public.site import Site

FOR_GOOD = "public, max-age=31536000, immutable"
# Which other site may frame a page is said by that page (`frame-ancestors`); no address of ours goes anywhere.
HEADERS = {
    **{name: value for name, value in ALWAYS.items() if name not in ("X-Frame-Options", "X-Robots-Tag")},
    "Content-Security-Policy": policy(connect="'self'"),
    "Referrer-Policy": "no-referrer",
}


def public(site: Site, routes: Sequence[BaseRoute]) -> ASGIApp:
    """The site with the routes of its rooms."""
    pages = [
        Route("/static/{name}", _assets(site)),
        Route("/embed.js", _embed(site)),
        Route("/healthz", _healthz),
        *statements.routes(site),
    ]
    app = Starlette(
        routes=[*routes, *pages], exception_handlers={HTTPException: _trouble(site), Exception: _trouble(site)}
    )
    app.router.redirect_slashes = False
    return SafeHeaders(app, secure=site.is_secure, always=HEADERS)


def _assets(site: Site) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        asset = site.assets.files.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(asset.content, media_type=asset.kind, headers={"Cache-Control": FOR_GOOD})

    return answer


def _embed(site: Site) -> Callable[[Request], Response]:
    """The script that other sites load: its address stays the same, and what it says may change."""

    def answer(_: Request) -> Response:
        asset = site.assets.files["embed.js"]
        headers = {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(asset.content, media_type=asset.kind, headers=headers)

    return answer


def _trouble(site: Site) -> Callable[[Request, Exception], Response]:
    """A page for what cannot be answered, in words that help; what went wrong in the code is in the log."""

    def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        language = site.language_for(request.headers.get("accept-language"))
        name = f"_{status:d}" if status in (403, 404, 413, 429, 503) else ""
        return site.page("trouble", language, status, name=name)

    return answer


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok\n")

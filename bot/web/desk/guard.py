"""Who comes in: each request is of a guest or of a member, may do what it asks, and its form is ours."""

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.delivery.batching import blocking
from bot.staff.errors import Code, DeskError, Refused
from bot.web.desk.office import PREFIX, Office
from bot.web.desk.visit import Guest, Screen, Visit
from bot.web.forms import Form, read_form

# __Host-: of this host alone, over TLS alone (or on the machine itself), and no other site can set it.
SESSION_COOKIE = "__Host-desk"
GUEST_COOKIE = "__Host-desk-guest"  # makes a form ours before anybody signed in
CSRF = "csrf"  # the field of a form
OURS = frozenset({"same-origin", "none"})  # where a form may come from, as the browser says it
NEXT = re.compile(rf"{PREFIX}/[A-Za-z0-9/_-]*")  # where signing in leads: a place here, and nothing of a query

Endpoint = Callable[[Request], Awaitable[Response]]


def endpoint(office: Office, screen: Screen) -> Endpoint:
    """What answers requests for a screen; the store blocks, so it works in a thread."""

    async def answer(request: Request) -> Response:
        form = await read_form(request) if request.method == "POST" else Form()
        return await blocking(lambda: respond(office, screen, request, form))

    return answer


def respond(office: Office, screen: Screen, request: Request, form: Form) -> Response:
    """The answer to a request, after everything that guards it. Raises HTTPException."""
    handler = screen.act if request.method == "POST" else screen.show
    assert handler, "the router lets no other method through"
    if screen.role is None:
        return _as_guest(office, screen, request, form, handler)
    visit = _visit(office, screen, request, form)
    if visit is None:
        return _to_sign_in(office, request)
    try:
        visit.desk.need(screen.role, screen.name)
        _need_our_form(request, form, visit.csrf)
        return handler(visit)
    except DeskError as error:
        return visit.page("refused", _status(error), text=visit.refusal(error))


def sign_in(response: Response, token: str) -> Response:
    """Let a browser keep the token of a session; what it had as a guest is over."""
    response.set_cookie(SESSION_COOKIE, token, secure=True, httponly=True, samesite="lax")
    response.delete_cookie(GUEST_COOKIE, secure=True, httponly=True, samesite="lax")
    return response


def sign_out(response: Response) -> Response:
    response.delete_cookie(SESSION_COOKIE, secure=True, httponly=True, samesite="lax")
    return response


def place_of(request: Request) -> str:
    """The address that a request came from. Behind a proxy on this machine it is the last one that the proxy names."""
    peer = request.client.host if request.client else ""
    if peer in ("127.0.0.1", "::1"):
        return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or peer
    return peer


def safe_next(address: str) -> str | None:
    """A place at the desk to go on to; None for any other address."""
    return address if NEXT.fullmatch(address) and "//" not in address else None


def _as_guest(
    office: Office, screen: Screen, request: Request, form: Form, handler: Callable[[Guest], Response]
) -> Response:
    cookie = request.cookies.get(GUEST_COOKIE) or secrets.token_urlsafe(32)
    guest = Guest(office, screen, request, form, office.now(), _csrf(office, cookie))
    _need_our_form(request, form, guest.csrf)
    response = handler(guest)
    if request.cookies.get(GUEST_COOKIE) != cookie and request.method != "POST":
        response.set_cookie(GUEST_COOKIE, cookie, secure=True, httponly=True, samesite="lax")
    return response


def _visit(office: Office, screen: Screen, request: Request, form: Form) -> Visit | None:
    """The visit of who is signed in, and still works here."""
    token, at = request.cookies.get(SESSION_COOKIE, ""), office.now()
    session = office.store.sessions.find(token, at) if token else None
    who = office.store.team.by_id(session.staff_id) if session else None
    if session is None or who is None:
        return None
    return Visit(office, screen, request, form, at, _csrf(office, token), who, session, token)


def _to_sign_in(office: Office, request: Request) -> Response:
    here = request.scope["root_path"] + request.scope["path"].removeprefix(request.scope["root_path"])
    wanted = safe_next(here) if request.method == "GET" else None
    query = {"next": wanted} if wanted and wanted != f"{PREFIX}/" else None
    response = RedirectResponse(office.path("sign_in", query), HTTPStatus.SEE_OTHER)
    return sign_out(response) if SESSION_COOKIE in request.cookies else response


def _need_our_form(request: Request, form: Form, csrf: str) -> None:
    """Raise HTTPException for a form that no page of ours made for this browser."""
    if request.method != "POST":
        return
    if request.headers.get("sec-fetch-site", "same-origin") not in OURS:
        raise HTTPException(HTTPStatus.FORBIDDEN)
    if not hmac.compare_digest(form[CSRF].encode(), csrf.encode()):
        raise HTTPException(HTTPStatus.FORBIDDEN)


def _csrf(office: Office, cookie: str) -> str:
    """What only a page for this browser can know."""
    return office.store.keys.blind("csrf", cookie)


def _status(error: DeskError) -> HTTPStatus:
    if isinstance(error, Refused):
        return HTTPStatus.FORBIDDEN
    if error.code is Code.NO_LEAD:
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.GONE if error.code is Code.ERASED else HTTPStatus.CONFLICT

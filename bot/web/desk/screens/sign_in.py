"""Signing in with a password, and signing out."""

from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from bot.staff.signing_in import NotSignedIn, TooManyTries
from bot.web.desk import guard
from bot.web.desk.visit import Guest, Visit


def show(guest: Guest) -> Response:
    return sign_in_page(guest, guest.request.query_params.get("next", ""))


def act(guest: Guest) -> Response:
    form, place = guest.form, guard.place_of(guest.request)
    try:
        token = guest.office.signing_in.with_password(form["name"], form.raw("password"), form["code"], place, guest.at)
    except TooManyTries:
        return sign_in_page(guest, form["next"], guest.say("too_many"), HTTPStatus.TOO_MANY_REQUESTS)
    except NotSignedIn:
        return sign_in_page(guest, form["next"], guest.say("wrong"), HTTPStatus.FORBIDDEN)
    to = guard.safe_next(form["next"]) or guest.office.path("today")
    return guard.sign_in(RedirectResponse(to, HTTPStatus.SEE_OTHER), token)


def leave(visit: Visit) -> Response:
    visit.office.store.sessions.end(visit.token)
    visit.office.store.audit.write(visit.who.name, "signed out", at=visit.at)
    return guard.sign_out(visit.go("sign_in"))


def sign_in_page(guest: Guest, wanted: str, error: str = "", status: int = HTTPStatus.OK) -> Response:
    values: dict[str, object] = {"name": guest.form["name"], "next": guard.safe_next(wanted) or "", "error": error}
    values["by_work"] = guest.office.work_accounts is not None
    return guest.page("sign_in", status, **values)

"""Signing in and out, and the page behind an invitation."""

from http import HTTPStatus

import segno
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.staff.signing_in import SHORTEST, BadCode, BadPassword, NotSignedIn, TooManyTries, address_of_codes
from bot.store.accounts import Account
from bot.store.team import Member
from bot.web.desk import guard
from bot.web.desk.visit import Guest, Visit


def show(guest: Guest) -> Response:
    return _sign_in_page(guest, guest.request.query_params.get("next", ""))


def act(guest: Guest) -> Response:
    form, place = guest.form, guard.place_of(guest.request)
    try:
        token = guest.office.signing_in.with_password(form["name"], form.raw("password"), form["code"], place, guest.at)
    except TooManyTries:
        return _sign_in_page(guest, form["next"], guest.say("too_many"), HTTPStatus.TOO_MANY_REQUESTS)
    except NotSignedIn:
        return _sign_in_page(guest, form["next"], guest.say("wrong"), HTTPStatus.FORBIDDEN)
    to = guard.safe_next(form["next"]) or guest.office.path("today")
    return guard.sign_in(RedirectResponse(to, HTTPStatus.SEE_OTHER), token)


def leave(visit: Visit) -> Response:
    visit.office.store.sessions.end(visit.token)
    visit.office.store.audit.write(visit.who.name, "signed out", at=visit.at)
    return guard.sign_out(visit.go("sign_in"))


def _sign_in_page(guest: Guest, wanted: str, error: str = "", status: int = HTTPStatus.OK) -> Response:
    values = {"name": guest.form["name"], "next": guard.safe_next(wanted) or "", "error": error}
    return guest.page("sign_in", status, **values)


# ------------------------------------------------------------------ an invitation
def show_invitation(guest: Guest) -> Response:
    account, member = _invited(guest)
    return _invitation_page(guest, account, member)


def accept(guest: Guest) -> Response:
    account, member = _invited(guest)
    password = guest.form.raw("password")
    if password != guest.form.raw("again"):
        return _invitation_page(guest, account, member, password=guest.say("not_the_same"))
    try:
        token = guest.office.signing_in.choose_password(account, member, password, guest.form["code"], guest.at)
    except BadPassword:
        return _invitation_page(guest, account, member, password=guest.say("bad_password", shortest=SHORTEST))
    except BadCode:
        return _invitation_page(guest, account, member, code=guest.say("bad_code"))
    return guard.sign_in(guest.go("today"), token)


def _invited(guest: Guest) -> tuple[Account, Member]:
    found = guest.office.signing_in.invited(guest.request.path_params["token"], guest.at)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _invitation_page(guest: Guest, account: Account, member: Member, **errors: str) -> Response:
    secret = guest.office.signing_in.offer(account)
    image = segno.make(address_of_codes(secret, member), error="m").svg_data_uri(scale=5, border=4, light="#fff")
    spaced = " ".join(secret[each : each + 4] for each in range(0, len(secret), 4))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    values = {"member": member, "secret": spaced, "image": image, "shortest": SHORTEST, "errors": errors}
    return guest.page("invitation", status, **values)

"""The page behind an invitation: somebody chooses how they sign in."""

from http import HTTPStatus

import segno
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.staff.signing_in import SHORTEST, BadCode, BadPassword, address_of_codes
from bot.store.accounts import Account
from bot.store.team import Member
from bot.web.desk import guard
from bot.web.desk.visit import Guest


def show(guest: Guest) -> Response:
    account, member = _invited(guest)
    return _page(guest, account, member)


def act(guest: Guest) -> Response:
    account, member = _invited(guest)
    password = guest.form.raw("password")
    if "again" in guest.form and password != guest.form.raw("again"):  # asked of who cannot look at it: without script
        return _page(guest, account, member, password=guest.say("not_the_same"))
    try:
        token = guest.office.signing_in.choose_password(account, member, password, guest.form["code"], guest.at)
    except BadPassword:
        return _page(guest, account, member, password=guest.say("bad_password", shortest=SHORTEST))
    except BadCode:
        return _page(guest, account, member, code=guest.say("bad_code"))
    return guard.sign_in(guest.go("today"), token)


def _invited(guest: Guest) -> tuple[Account, Member]:
    found = guest.office.signing_in.invited(guest.request.path_params["token"], guest.at)
    if found is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return found


def _page(guest: Guest, account: Account, member: Member, **errors: str) -> Response:
    secret = guest.office.signing_in.offer(account)
    image = segno.make(address_of_codes(secret, member), error="m").svg_data_uri(scale=5, border=4, light="#fff")
    spaced = " ".join(secret[each : each + 4] for each in range(0, len(secret), 4))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    values = {"member": member, "secret": spaced, "image": image, "shortest": SHORTEST, "errors": errors}
    values |= {"by_work": guest.office.work_accounts is not None, "token": guest.request.path_params["token"]}
    return guest.page("invitation", status, **values)

"""To the sign-in page of an organisation, and back."""

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.staff.signing_in import NotSignedIn
from bot.store.keys import DoesNotOpen
from bot.web.desk import guard
from bot.web.desk.screens.sign_in import sign_in_page
from bot.web.desk.visit import Guest

if TYPE_CHECKING:
    from bot.web.desk.work_accounts import WorkAccounts

log = logging.getLogger(__name__)

COOKIE = "__Host-desk-work"
PLACE = "desk.work_account"  # what is sealed for it opens nowhere else
MINUTES = 10  # to sign in over there


def begin(guest: Guest) -> Response:
    accounts = _accounts(guest)
    from bot.web.desk.work_accounts import NoWorkAccount  # which is loaded where there are accounts

    try:
        address, begun = accounts.begin(guest.request.query_params.get("invitation", ""))
    except NoWorkAccount as error:
        return _failed(guest, error)
    response = RedirectResponse(address, HTTPStatus.SEE_OTHER)
    sealed = guest.office.store.keys.seal(begun.to_json(), PLACE)
    # Lax: it has to come along when the provider sends them back.
    response.set_cookie(COOKIE, sealed, max_age=MINUTES * 60, secure=True, httponly=True, samesite="lax")
    return response


def come_back(guest: Guest) -> Response:
    accounts, signing_in = _accounts(guest), guest.office.signing_in
    from bot.web.desk.work_accounts import Begun, NoWorkAccount

    try:
        begun = Begun.from_json(guest.office.store.keys.unseal(guest.request.cookies.get(COOKIE, ""), PLACE))
        issuer, subject = accounts.finish(begun, guest.request.query_params)
        if begun.invitation:
            invited = signing_in.invited(begun.invitation, guest.at)
            if invited is None:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            token = signing_in.choose_work_account(*invited, issuer, subject, guest.at)
        else:
            token = signing_in.with_work_account(issuer, subject, guest.at)
    except (NoWorkAccount, NotSignedIn, DoesNotOpen) as error:
        return _failed(guest, error)
    response = guard.sign_in(guest.go("today"), token)
    response.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")
    return response


def _accounts(guest: Guest) -> "WorkAccounts":
    """Raises HTTPException when no provider is set up."""
    if guest.office.work_accounts is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return guest.office.work_accounts


def _failed(guest: Guest, error: Exception) -> Response:
    log.warning("nobody was signed in by their work account: %s", error)
    page = guest.on("sign_in")
    return sign_in_page(page, "", page.say("no_work_account"), HTTPStatus.FORBIDDEN)

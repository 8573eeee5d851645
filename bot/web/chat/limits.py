"""How much one browser, or one address, may do: more than anybody types, less than a program wants."""

import time
from http import HTTPStatus

from starlette.exceptions import HTTPException

from bot.channels.delivery.flood import Flood, Verdict
from bot.web.chat.visit import Visit
from bot.web.proxies import client_address

# A class of thirty sits behind one address, and so does a library.
TURNS_OF_ADDRESS = 400  # in ten seconds
BEGINNINGS_OF_ADDRESS, BEGINNING_SECONDS = 120, 600.0
TRIES_OF_ADDRESS, TRYING_SECONDS = 10, 900.0


class Limits:
    """In memory: a restart forgives everyone. Each check raises HTTPException when it is too much."""

    def __init__(self) -> None:
        self._browsers = Flood()
        self._addresses = Flood(TURNS_OF_ADDRESS)
        self._beginnings = Flood(BEGINNINGS_OF_ADDRESS, BEGINNING_SECONDS)
        self._tries = Flood(TRIES_OF_ADDRESS, TRYING_SECONDS)

    def check_turn(self, visit: Visit) -> None:
        _check(self._browsers, visit.key)
        _check(self._addresses, _address(visit))

    def check_beginning(self, visit: Visit) -> None:
        _check(self._beginnings, _address(visit))

    def check_try(self, visit: Visit) -> None:
        """Of a resume code, or a link."""
        _check(self._tries, _address(visit))


def _address(visit: Visit) -> str:
    return client_address(visit.request, visit.site.settings.trusted_proxies)


def _check(flood: Flood, who: str) -> None:
    if flood.judge(who, time.monotonic()) is not Verdict.WELCOME:
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS)

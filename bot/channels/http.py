"""What a channel needs of the web server. The server lives above us (`bot.web`), and comes in from there."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from starlette.routing import BaseRoute

from bot.settings import Settings


class Health(Protocol):
    """How a process is, for who watches over it."""

    def is_ready(self) -> bool:
        """Whether what arrives now has its turn."""

    def trouble(self) -> str | None:
        """What is wrong although it works."""

    def state(self) -> str | None:
        """What is good to know."""


class Serving(Protocol):
    """Answers requests for as long as it is entered."""

    def __call__(
        self, settings: Settings, routes: Sequence[BaseRoute], health: Health, *, is_required: bool
    ) -> AbstractAsyncContextManager[None]: ...

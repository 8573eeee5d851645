"""A request at the desk: of a guest, who has not signed in, or a visit of a member of staff."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any, Self

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.staff.desk import Desk
from bot.staff.errors import DeskError
from bot.staff.refusals import say as say_refusal
from bot.store.sessions import Session
from bot.store.team import Member, Role
from bot.web.desk.dates import Dates
from bot.web.desk.office import Office
from bot.web.desk.typed_days import TypedDays
from bot.web.forms import Form

SAID = "said"  # in what a session keeps: what the next page says


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the desk, with what may be asked of it; `routes.SCREENS` has them all."""

    name: str  # of its template and of its file of sentences; "lead.close" is of those of "lead"
    path: str
    role: Role | None  # the least that may; None: whoever comes
    show: Callable[[Any], Response] | None = None  # for GET: of a `Visit`, or of a `Guest` without a role
    act: Callable[[Any], Response] | None = None  # for POST
    in_menu: bool = False


@dataclass(frozen=True)
class Guest:
    """A request of somebody who is not known yet."""

    office: Office
    screen: Screen
    request: Request
    form: Form
    at: datetime
    csrf: str = field(repr=False)

    def say(self, name: str, /, **values: object) -> str:
        """A sentence of this screen, or one that all share."""
        return self.office.sentences.say(self.screen.name.partition(".")[0], name, **values)

    @cached_property
    def dates(self) -> Dates:
        return Dates(self.office.locale, self.at)

    @cached_property
    def days(self) -> TypedDays:
        """What reads the days that they type."""
        return TypedDays(self.office.locale, self.office.calendar_words, self.dates.today)

    def on(self, screen: str) -> Self:
        """The same request as if it were for another screen, which answers it."""
        return replace(self, screen=self.office.screen(screen))

    def page(self, template: str | None = None, status: int = HTTPStatus.OK, **values: object) -> Response:
        """A page of a template, which knows everything that `values` names; that of the screen if not said."""
        known = {**self._known(), **values}
        text = self.office.templates.get_template(f"{template or self.screen.name}.html").render(known)
        return HTMLResponse(text, status)

    def go(self, screen: str, **parts: str) -> Response:
        """On to another screen: what was sent is not sent again when they reload."""
        return RedirectResponse(self.office.path(screen, **parts), HTTPStatus.SEE_OTHER)

    def _known(self) -> dict[str, Any]:
        office = self.office
        return {
            "say": self.say,
            "path": office.path,
            "asset": office.asset,
            "csrf": self.csrf,
            "screen": self.screen.name,
            "dates": self.dates,
            "days": self.days,
            "locale": office.locale,
            "word": office.locale.words.word,
            "centre": office.store.settings.called,
            "language": office.locale.language.code,
            "logo": office.assets.logo,
            "who": None,
            "said": None,
        }


@dataclass(frozen=True)
class Visit(Guest):
    """A request of a member of staff. Who they are and what they may do was looked up for this request."""

    who: Member
    session: Session
    token: str = field(repr=False)

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.office.store, self.who, lambda: self.at)

    def may(self, role: Role) -> bool:
        return self.who.role.may(role)

    def refusal(self, error: DeskError) -> str:
        """What the desk refuses, in words."""
        commands = {name: self.office.sentences.say("common", f"how_to_{name}") for name in HOW}
        return say_refusal(error, commands, self.office.locale)

    # ------------------------------------------------------------------ from page to page
    def go_saying(
        self,
        name: str,
        screen: str,
        values: Mapping[str, object] | None = None,
        *,
        undo: str = "",
        to: Mapping[str, str] | None = None,
    ) -> Response:
        """On to another screen, which says a sentence of this one; `undo` is the reference of what can be undone."""
        said = {"text": self.say(name, **(values or {})), "undo": undo, "lines": []}
        self.keep(**{SAID: said})
        return self.go(screen, **(to or {}))

    def keep(self, **values: object) -> None:
        """Remember something in the session, sealed, under these names; None forgets it."""
        kept = {name: value for name, value in {**self.session.kept, **values}.items() if value is not None}
        self.office.store.sessions.keep(self.session, self.token, kept)

    def page(self, template: str | None = None, status: int = HTTPStatus.OK, **values: object) -> Response:
        said = self.session.kept.get(SAID)
        if said:
            self.keep(**{SAID: None})
        return super().page(template, status, **{"said": said, **values})

    def _known(self) -> dict[str, Any]:
        menu = [each for each in self.office.screens if each.in_menu and each.role and self.may(each.role)]
        return {**super()._known(), "who": self.who, "may": self.may, "Role": Role, "menu": menu}


HOW = ("show", "claim", "release", "reopen", "list", "forget")  # what a refusal may tell them to do

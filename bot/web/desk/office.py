"""What all visits to the desk share: the store, the words, the templates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.recognisers.calendar_words import CalendarWords
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.signing_in import SigningIn
from bot.store import Store
from bot.web.assets import Assets
from bot.web.sentences import Sentences

if TYPE_CHECKING:
    from bot.compiled import Compiled
    from bot.web.desk.visit import Screen
    from bot.web.desk.work_accounts import WorkAccounts

PREFIX = "/desk"
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"
# In this order: what people set themselves last.
STYLES = ("page", "parts", "forms", "tables", "lead", "figures", "settings")
WORDS = Path(__file__).parent / "words"
THEIRS = Path("knowledge") / "desk"  # in the content of a centre


def sentences_in(language: str, content_root: Path) -> Sentences:
    """What the desk says."""
    return Sentences(language, (WORDS, content_root / THEIRS))


@cache
def _templates() -> Environment:
    """They travel with the package: one set serves a process, however many desks it has."""
    loader = FileSystemLoader(TEMPLATES)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["form"] = made.get_template("form.html").module
    return made


class Bot(Protocol):
    """What the desk asks of the bot beside it."""

    @property
    def compiled(self) -> "Compiled":
        """The content in use, which may change."""

    @property
    def trouble(self) -> str | None:
        """What an operator should know."""


@dataclass(frozen=True)
class Office:
    store: Store
    now: Callable[[], datetime]
    labels: Callable[[], Labels]  # of the content in use, which may change
    screens: "Sequence[Screen]"
    bot: Bot

    @property
    def locale(self) -> Locale:
        return Locale.of(self.store)

    @property
    def signing_in(self) -> SigningIn:
        return SigningIn(self.store)

    @cached_property
    def work_accounts(self) -> "WorkAccounts | None":
        if not self.store.settings.oidc_issuer:
            return None
        from bot.web.desk.work_accounts import WorkAccounts  # 9 MB, of no use where no provider is set up

        return WorkAccounts.of(self.store.settings, self.path("work_account_return"))

    @property
    def sentences(self) -> Sentences:
        """In the language of staff, which may change with the content."""
        language = self.locale.language.code
        if language not in self._sentences:
            self._sentences[language] = sentences_in(language, self.store.settings.content_root)
        return self._sentences[language]

    @cached_property
    def _sentences(self) -> dict[str, Sentences]:
        return {}

    @property
    def calendar_words(self) -> CalendarWords:
        """How staff say days, in their language, which may change with the content."""
        language = self.locale.language
        if language.code not in self._calendar_words:
            self._calendar_words[language.code] = CalendarWords({language.code: language}, [language.code])
        return self._calendar_words[language.code]

    @cached_property
    def _calendar_words(self) -> dict[str, CalendarWords]:
        return {}

    @property
    def templates(self) -> Environment:
        return _templates()

    def screen(self, name: str) -> "Screen":
        return next(each for each in self.screens if each.name == name)

    def path(self, screen: str, query: Mapping[str, str] | None = None, /, **parts: str) -> str:
        """The address of a screen: `path("lead", reference="L-2026-0042")`; what is empty in a query stays out."""
        query = {name: value for name, value in (query or {}).items() if value}
        address = PREFIX + self.screen(screen).path.format(
            **{name: quote(part, safe="") for name, part in parts.items()}
        )
        return f"{address}?{urlencode(query)}" if query else address

    @cached_property
    def assets(self) -> Assets:
        return Assets(self.store.settings, STATIC, "desk.css", STYLES)

    def asset(self, name: str) -> str:
        """The address of a file, which changes with it: so a browser may keep it for good."""
        return f"{PREFIX}/static/{name}?v={self.assets.files[name].mark}"

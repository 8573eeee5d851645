"""The site for people: its rooms (the talk, later the pages of knowledge), and what all of them need to show a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from bot.settings import Settings
from bot.web.assets import Assets
from bot.web.public.help_lines import HelpLines
from bot.web.public.statements import ADDRESSES
from bot.web.sentences import Sentences

if TYPE_CHECKING:
    from bot.compiled import Compiled

HERE = Path(__file__).parent
STYLES = ("page", "parts", "talk")
THEIRS = Path("knowledge") / "web"  # in the content of a centre


@cache
def _templates(rooms: tuple[Path, ...]) -> Environment:
    """They travel with the package: one set serves a process, however many sites it has."""
    loader = FileSystemLoader([room / "templates" for room in rooms])
    # Templates do not change while we run: looking at their files was a tenth of the time of a page.
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


class Bot(Protocol):
    """What the site asks of the bot behind it."""

    @property
    def compiled(self) -> "Compiled":
        """The content in use, which may change."""

    def time(self) -> datetime:
        """The time to go by."""

    def full(self) -> frozenset[str]:
        """The flows that have no place left for who is new."""


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A page in the menu; `name` is of its sentence, `menu_NAME`."""

    name: str
    path: str


@dataclass(frozen=True)
class Site:
    """One site. A room is a folder with `templates/` and `words/`."""

    bot: Bot
    settings: Settings
    rooms: Sequence[Path]
    menu: Sequence[MenuItem] = ()

    @property
    def is_secure(self) -> bool:
        return (self.settings.web_url or "").startswith("https:")

    @cached_property
    def assets(self) -> Assets:
        return Assets(self.settings, HERE / "static", "public.css", STYLES, has_font=False)

    def asset(self, name: str) -> str:
        """The address of a file, which changes with it: so a browser may keep it for good."""
        return f"/static/{name}?v={self.assets.files[name].mark}"

    @property
    def languages(self) -> Sequence[str]:
        return self.bot.compiled.content.country.languages

    def language_for(self, wanted: str | None) -> str:
        """The language to speak with somebody whose browser says "en-GB,en;q=0.9"."""
        return self.bot.compiled.content.language_for((wanted or "").partition(",")[0].partition(";")[0] or None)

    @property
    def help_lines(self) -> HelpLines:
        content = self.bot.compiled.content
        if content.version not in self._help_lines:
            self._help_lines.clear()
            self._help_lines[content.version] = HelpLines.of(content.knowledge.care)
        return self._help_lines[content.version]

    @cached_property
    def _help_lines(self) -> dict[str, HelpLines]:
        return {}

    def sentences(self, language: str) -> Sentences:
        if language not in self._sentences:
            folders = [room / "words" for room in (HERE, *self.rooms)]
            self._sentences[language] = Sentences(language, (*folders, self.settings.content_root / THEIRS))
        return self._sentences[language]

    @cached_property
    def _sentences(self) -> dict[str, Sentences]:
        return {}

    @property
    def templates(self) -> Environment:
        return _templates((HERE, *self.rooms))

    def _in_language(self, path: str, language: str) -> str:
        return path if language == self.language_for(None) else f"{path}?language={language}"

    def page(
        self, template: str, language: str, status: int = HTTPStatus.OK, framed: bool = False, **values: object
    ) -> Response:
        """A page of a template, which knows everything that `values` names. A part of a page ("talk.new") says what
        its page says."""
        sentences, screen = self.sentences(language), template.partition(".")[0]
        known: Mapping[str, Any] = {
            "say": lambda name, /, **filled: sentences.say(screen, name, **filled),
            "asset": self.asset,
            "language": language,
            "others": [(code, language_name(code)) for code in self.languages if code != language],
            "centre": self.settings.called,
            "phone": self.settings.centre_phone,
            "logo": self.assets.logo,
            "help_lines": self.help_lines.first,
            "menu": self.menu,
            "statements": [(name, self._in_language(path, language)) for name, path in ADDRESSES.items()],
            "framed": framed,
            "here": None,
            **values,
        }
        return HTMLResponse(self.templates.get_template(f"{template}.html").render(known), status)


@cache
def language_name(code: str) -> str:
    """A language in itself: "English", "Nederlands"."""
    name = Locale.parse(code).get_language_name(code) or code
    return name[:1].upper() + name[1:]

"""Somebody who reads a page, and what every page shows them: its language, its address, its place in the menu."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import yaml
from starlette.requests import Request
from starlette.responses import Response

from bot.compiled import Compiled
from bot.web.public.site import Site

SEARCH = "q"  # the field of every search
ADDRESSES: Mapping[str, str] = yaml.safe_load((Path(__file__).parent / "addresses.yaml").read_text("utf-8"))
"""Where each room of these pages stands, by its name in the menu."""


@dataclass(frozen=True)
class Reader:
    site: Site
    request: Request

    @cached_property
    def compiled(self) -> Compiled:
        return self.site.bot.compiled

    @property
    def today(self) -> date:
        return self.site.bot.time().date()

    @cached_property
    def language(self) -> str:
        """The one that the address names, else the first of the country: an address is one page in one language."""
        return self.compiled.content.language_for(self.request.query_params.get("language"))

    @property
    def name(self) -> str:
        """The id at the end of an address."""
        return str(self.request.path_params["id"])

    @property
    def room(self) -> str:
        """The name in the menu of where the page stands."""
        begin = f"/{self.request.url.path.split('/')[1]}"
        return next(room for room, address in ADDRESSES.items() if address == begin)

    def typed(self, most: int) -> str:
        """What they search for."""
        return self.request.query_params.get(SEARCH, "").strip()[:most]

    def say(self, name: str, **values: object) -> str:
        """A sentence of the list that they read."""
        return self.site.sentences(self.language).say("items", name, **values)

    def theme(self, theme: str) -> str:
        """What a theme of questions is called; one that a centre made itself is called by its name."""
        try:
            return self.site.sentences(self.language).say("questions", f"theme_{theme}")
        except KeyError:
            return theme.replace("-", " ").capitalize()

    def address(self, path: str, language: str) -> str:
        """The one address of a page in a language, as others may link to it."""
        own = (self.site.settings.web_url or str(self.request.base_url)).rstrip("/")
        asked = "" if language == self.compiled.content.language_for(None) else f"?{urlencode({'language': language})}"
        return f"{own}{path}{asked}"

    def link(self, path: str) -> str:
        """To a page of ours in the language that they read."""
        first = self.compiled.content.language_for(None)
        return path if self.language == first else f"{path}?{urlencode({'language': self.language})}"

    def page(self, template: str, **values: object) -> Response:
        path = self.request.url.path
        first = self.compiled.content.language_for(None)
        shared = {
            "here": self.room,
            "link": self.link,
            "search": SEARCH,
            "room": ADDRESSES[self.room],
            "canonical": self.address(path, self.language),
            "alternates": [(one, self.address(path, one)) for one in self.site.languages],
            "asked": None if self.language == first else self.language,
        }
        response = self.site.page(template, self.language, HTTPStatus.OK, False, **{**shared, **values})
        if values.get("typed"):
            response.headers["X-Robots-Tag"] = "noindex"  # what somebody looked for is no page
        else:
            response.headers["Cache-Control"] = "public, max-age=300"
        return response

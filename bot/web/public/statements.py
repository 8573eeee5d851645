"""What a site of a public body says of itself, linked from the foot of every page: privacy, and who can use it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.content.sentence_keys import Sentence
from bot.text import fill_paragraph
from bot.web.public.rendering import to_html

if TYPE_CHECKING:
    from bot.web.public.site import Site

ADDRESSES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "addresses.yaml").read_text("utf-8"))
"""By the name of the template."""


def routes(site: "Site") -> Sequence[Route]:
    return [Route(path, _show(site, name), methods=["GET"]) for name, path in ADDRESSES.items()]


def _show(site: "Site", name: str) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        content = site.bot.compiled.content
        language = content.language_for(request.query_params.get("language"))
        # The same words as in the talk: there is one promise, in one place.
        here = content.sentences.get(f"{Sentence.PRIVACY}_web")
        said = fill_paragraph(
            content.sentences[Sentence.PRIVACY][language], "channel", here[language] if here else None
        )
        kept = to_html(said, site.help_lines.numbers, content.country.phone.region)
        settings = site.settings
        response = site.page(
            name, language, kept=kept, email=settings.centre_email, website=settings.centre_website, here=name
        )
        response.headers["Cache-Control"] = "public, max-age=300"
        return response

    return answer

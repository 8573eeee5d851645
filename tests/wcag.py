"""What axe-core finds wrong on a page, in whichever way it is looked at."""

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PLAIN = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}

Look = tuple[int, Mapping[str, Any]]
"""How wide a page is, and what of `PLAIN` is otherwise."""


def violations(page: "Page") -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    if page.evaluate("typeof axe") == "undefined":  # it is large, and stays as long as the page does
        page.evaluate(Axe().axe_script)
    found = page.evaluate("options => axe.run(document, options)", OPTIONS)["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def looks(
    page: "Page", ways: Mapping[str, Look], look: Callable[["Page"], list[str]]
) -> Iterator[tuple[str, list[str]]]:
    """What `look` finds on a page in each of these ways, by the name of the way; without loading it again."""
    for name, (width, media) in ways.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**{**PLAIN, **media})
        if found := look(page):
            yield name, found

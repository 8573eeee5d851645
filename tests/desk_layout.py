"""Where everything stands on the screens of the desk. Write the references again: `python tests/desk_layout.py`.

Boxes and not pixels: how a letter is drawn differs by machine and by Chromium, and so would every picture. The font is
our own, so a box is as wide everywhere; and it is boxes that go wrong: what moved, shrank, fell off the page, or lies
over something else.
"""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from desk_people import usual_day, usual_quarter
from desks import Bureau
from libraries import CONTENT, real_library

from bot.settings import Settings
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.lead_filter import Filter
from bot.store.team import Role
from bot.web.desk.guard import SESSION_COOKIE
from bot.web.desk.routes import SCREENS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REFERENCES = Path(__file__).parent / "desk_layout.txt"
WIDTHS = (320, 768, 1280)
LEADS = 6
OF_CONTENT = ("knowledge", "matches")  # as long as the content of the day makes them: nothing is held to a length
NEAR, SHARE = 6, 0.04  # pixels, or this part of a length: what another Chromium may make of it

Box = tuple[str, int, int, int, int]  # what, x, y, width, height
Layout = Mapping[str, list[Box]]  # by "screen width"

# What a page is made of, down to what one presses. Not every cell of a table: the first row stands for the others.
PARTS = """
[...document.querySelectorAll(
  'header, nav, main, footer, h1, h2, h3, section, table, fieldset, img, svg, .overstap-card, .overstap-tile, ' +
  '.overstap-alert, button, input:not([type=hidden]), select, textarea, summary, .overstap-button-link')]
  .filter(each => each.checkVisibility() && !each.closest('tbody tr:nth-child(n + 2)') && !each.closest('svg > *'))
  .map(each => {
    const box = each.getBoundingClientRect()
    const name = each.tagName.toLowerCase() + (each.id && !/\\d/.test(each.id) ? '#' + each.id : '')
    return [name, box.x, box.y + scrollY, box.width, box.height].map(one => isNaN(one) ? one : Math.round(one))
  }).filter(([_, x, y, width, height]) => width > 1 && height > 1)
"""
# Pairs of what one presses that lie over each other, and text that is wider than its box.
WRONG = """
(() => {
  const all = (some) => [...document.querySelectorAll(`main :is(${some})`)].filter(each => each.checkVisibility())
  const wrong = []
  const pressed = all('button, input:not([type=hidden]), select, textarea, summary, a')
    .filter(each => !each.closest('.overstap-bulk') && !each.closest('label'))
    .map(each => [each, [...each.getClientRects()]])
  const meets = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2
  pressed.forEach(([one, its], number) => pressed.slice(number + 1).forEach(([other, theirs]) => {
    if (!one.contains(other) && !other.contains(one) && its.some(a => theirs.some(b => meets(a, b))))
      wrong.push(`${one.outerHTML.slice(0, 90)} lies over ${other.outerHTML.slice(0, 90)}`)
  }))
  for (const each of all('h1, h2, h3, p, dd, dt, li, label, legend, button, summary, .overstap-card'))
    if (each.clientWidth && each.scrollWidth > each.clientWidth + 2
        && getComputedStyle(each).overflowX === 'visible' && !each.closest('.overstap-visually-hidden'))
      wrong.push(`too wide: ${each.outerHTML.slice(0, 120)}`)
  return wrong
})()
"""


@contextmanager
def a_desk(folder: Path) -> Iterator[Bureau]:
    """A small day at a desk, the same every time."""
    compiled = real_library()
    store = Store.open(Settings.read(CONTENT, root=folder))
    store.use(compiled)
    bureau = Bureau(store, Labels.of(compiled.content), compiled=compiled)
    bureau.member("Joke", Role.ADMIN)
    usual_day(bureau, LEADS)
    usual_quarter(bureau, LEADS)
    store.sessions.start(bureau.member("Sanne", Role.ADMIN).id, "token", bureau.now)
    yield bureau
    store.close()


def addresses(bureau: Bureau) -> dict[str, str]:
    """Every screen that can be opened."""
    lead = bureau.store.leads.all(Filter(assignee=("Sanne",)), 1)[0]
    shown = (each for each in SCREENS if each.show and each.role and each.name not in ("export.file", "figures.csv"))
    return {each.name: "/desk" + each.path.format(reference=lead.reference) for each in shown}


def pages(browser: "Browser", bureau: Bureau, address: str) -> Iterator[tuple[str, "Page"]]:
    """Every screen at every width, by its name and width."""
    for width in WIDTHS:
        context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
        cookie = {"name": SESSION_COOKIE, "value": "token", "domain": "127.0.0.1", "path": "/", "secure": True}
        context.add_cookies([cookie])  # type: ignore[list-item]
        page = context.new_page()
        for name, path in addresses(bureau).items():
            page.goto(path)
            page.evaluate("document.fonts.ready")
            yield f"{name} {width}", page
        context.close()


def measured(page: "Page") -> list[Box]:
    return [tuple(each) for each in page.evaluate(PARTS)]


def differences(is_now: list[Box], was: list[Box]) -> list[str]:
    """What does not stand where it stood, in words; nothing within what a machine may make of it."""
    names, before = [each[0] for each in is_now], [each[0] for each in was]
    if names != before:
        missing, more = set(before) - set(names), set(names) - set(before)
        return [f"{len(before)} parts were {len(names)} now; gone {sorted(missing)}, new {sorted(more)}"]
    return [f"{one} was {other}" for one, other in zip(is_now, was, strict=True) if not _is_near(one, other)]


def _is_near(one: Box, other: Box) -> bool:
    return all(abs(now - then) <= max(NEAR, SHARE * then) for now, then in zip(one[1:], other[1:], strict=True))


def read() -> Layout:
    found: dict[str, list[Box]] = {}
    for block in REFERENCES.read_text("utf-8").strip().split("\n\n"):
        title, *lines = block.splitlines()
        found[title] = [(name, *map(int, rest)) for name, *rest in (line.split() for line in lines)]  # type: ignore[misc]
    return found


def write(layout: Layout) -> None:
    blocks = ["\n".join([title, *(" ".join(map(str, box)) for box in boxes)]) for title, boxes in layout.items()]
    REFERENCES.write_text("\n\n".join(blocks) + "\n", "utf-8")


def main() -> None:
    from playwright.sync_api import sync_playwright
    from test_desk_browser import CHROMIUM, served

    with (
        tempfile.TemporaryDirectory() as folder,
        a_desk(Path(folder)) as bureau,
        served(bureau) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        found = {name: measured(page) for name, page in pages(browser, bureau, address)}
        write({name: boxes for name, boxes in found.items() if not name.startswith(OF_CONTENT)})
        browser.close()


if __name__ == "__main__":
    main()

"""Make the pictures of docs/desk.md again: `python tests/desk_pictures.py`, where there is a Chromium."""

import tempfile
from pathlib import Path

from desk_people import explorer, usual_day
from desks import Bureau
from libraries import CONTENT, real_library
from PIL import Image
from playwright.sync_api import sync_playwright
from test_desk_browser import CHROMIUM, served

from bot.settings import Settings
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.team import Role
from bot.web.desk.guard import SESSION_COOKIE

HERE = Path(__file__).parents[1] / "docs" / "desk"
PICTURES = (
    ("today", "/desk/", 1280, 1150),
    ("lead", "/desk/leads/{lead}", 1280, 1250),
    ("team", "/desk/team", 1280, 1300),
    ("lead", "/desk/leads/{lead}", 320, 1200),
    ("walk-in", "/desk/walk-in", 768, 1300),
    ("explored", "/desk/leads/{explorer}#explored-head", 768, 760),
)


def main() -> None:
    compiled = real_library()
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings.read({**CONTENT, "CENTRE_NAME": "Loopbaancentrum Vechtstad"}, root=Path(folder)))
        store.use(compiled)
        bureau = Bureau(store, Labels.of(compiled.content), compiled=compiled)
        leads = usual_day(bureau)
        found = {"lead": leads[5].reference, "explorer": explorer(bureau).reference}
        store.sessions.start(bureau.member("Sanne", Role.COORDINATOR).id, "token", bureau.now)
        cookie = {"name": SESSION_COOKIE, "value": "token", "domain": "127.0.0.1", "path": "/", "secure": True}
        with served(bureau) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for name, path, width, height in PICTURES:
                context = browser.new_context(base_url=address, viewport={"width": width, "height": height})
                context.add_cookies([cookie])
                page = context.new_page()
                page.goto(path.format(**found))
                page.screenshot(path=HERE / f"{name}-{width}.png")
                # A hundred colours are enough for a page, and a third of the bytes.
                with Image.open(HERE / f"{name}-{width}.png") as picture:
                    picture.quantize(100).save(HERE / f"{name}-{width}.png", optimize=True)
            browser.close()
        store.close()


if __name__ == "__main__":
    main()

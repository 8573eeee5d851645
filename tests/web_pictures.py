"""Make the pictures of docs/web.md again: `python tests/web_pictures.py`, where there is a Chromium."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from test_web_browser import CHROMIUM, TALK, say, served

HERE = Path(__file__).parents[1] / "docs" / "web"
SAID = TALK[:3]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        settings = {"CENTRE_NAME": "Loopbaancentrum Vechtstad", "CENTRE_PHONE": "030 1234567"}
        with served(Path(folder), **settings) as (_, address):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for width, height in ((320, 1200), (1280, 1000)):
                context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
                page = context.new_page()
                page.goto(address)
                for said in SAID:
                    say(page, said)
                page.screenshot(path=HERE / f"talk-{width}.png", full_page=True)
            browser.close()


if __name__ == "__main__":
    main()

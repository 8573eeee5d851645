"""Every screen of the desk at 320, 768 and 1280 px stands as it stood, and nothing lies over anything else."""

import json
from collections.abc import Iterator

import desk_layout
import pytest
from test_desk_browser import CHROMIUM, served

sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]

Seen = dict[str, tuple[list[desk_layout.Box], list[str]]]


@pytest.fixture(scope="module")
def chromium() -> Iterator["sync_api.Browser"]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def seen(chromium: "sync_api.Browser", tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What stands on every screen at every width, and what is wrong there."""
    with desk_layout.a_desk(tmp_path_factory.mktemp("desk")) as bureau, served(bureau) as address:
        return {
            name: (desk_layout.measured(page), page.evaluate(desk_layout.WRONG))
            for name, page in desk_layout.pages(chromium, bureau, address)
        }


def test_every_screen_stands_as_it_stood(seen: Seen) -> None:
    """Changed it on purpose? Look at it, and write the references again: `python tests/desk_layout.py`."""
    references = desk_layout.read()
    held = {name: boxes for name, (boxes, _) in seen.items() if not name.startswith(desk_layout.OF_CONTENT)}
    assert held.keys() == references.keys()
    moved = {name: desk_layout.differences(boxes, references[name])[:5] for name, boxes in held.items()}
    assert not any(moved.values()), json.dumps({name: found for name, found in moved.items() if found}, indent=1)


def test_nothing_that_one_presses_lies_over_another_and_no_text_leaves_its_box(seen: Seen) -> None:
    wrong = {name: found[:5] for name, (_, found) in seen.items() if found}
    assert not wrong, json.dumps(wrong, indent=1)


def test_what_moved_or_is_gone_is_seen() -> None:
    card, button = ("section", 16, 100, 288, 400), ("button", 40, 420, 120, 48)
    assert desk_layout.differences([card, button], [card, button]) == []
    assert desk_layout.differences([card, ("button", 44, 424, 118, 48)], [card, button]) == []
    assert len(desk_layout.differences([card, ("button", 80, 420, 120, 48)], [card, button])) == 1
    assert "gone ['button']" in desk_layout.differences([card], [card, button])[0]


def test_what_lies_over_another_or_leaves_its_box_is_seen(chromium: "sync_api.Browser") -> None:
    page = chromium.new_page()
    button = '<button style="position: absolute; left: %spx; width: 80px">Opslaan</button>'
    page.set_content(f"<main>{button % 10}{button % 60}<p style='width: 40px'>Arbeidsmarktregio</p></main>")
    assert [each.partition(" ")[0] for each in page.evaluate(desk_layout.WRONG)] == ["<button", "too"]
    page.set_content(f"<main>{button % 10}{button % 100}<p>Arbeidsmarktregio</p></main>")
    assert page.evaluate(desk_layout.WRONG) == []

"""The conversations of `tests/conversations`, over HTTP: the page says and does what any channel does.

What the engine says is compared word for word; the page adds its frame. What needs another channel (a photo, an edit, a
shared contact), another flow than the page opens, or time that passes without a request, is left out.
"""

import re
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
from libraries import ROOT
from sqlalchemy import select
from talkers import Page, Talker

from bot.authoring.conversation import Sign, parse, same, usual_moment
from bot.compiled import Compiled
from bot.engine.transcript import transcript
from bot.settings import Settings
from bot.store import Store
from bot.store.tables import leads
from bot.store.talks import in_turn

FOLDER = ROOT / "tests" / "conversations"

DIFFERENT = {
    "commands": "the page says in its own words who sees what, at /privacy",
    "forget": "goes on in the same chat after everything was erased; the page has a new one then",
    "my_data": "the store shows more than the engine knows of",
    "pause_and_remind": "is reminded, after days",
}


def is_for_the_page(path: Path) -> bool:
    lines = parse(path.read_text("utf-8"), path.name)
    return not any(
        (line.sign is Sign.SAID and re.match(r"\[|/start", line.text))
        or (line.sign is Sign.SET and line.text[0] == "+")
        for line in lines
    )


PLAYED = [path for path in sorted(FOLDER.glob("*.txt")) if path.stem not in DIFFERENT and is_for_the_page(path)]
READ = {path: parse(path.read_text("utf-8"), path.name) for path in PLAYED}


def test_most_conversations_are_played() -> None:
    assert len(PLAYED) >= 30


@pytest.mark.slow
@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
async def test_a_conversation_goes_over_the_page_as_it_is_written(
    path: Path, sqlite_store: Store, compiled: Compiled
) -> None:
    lines = READ[path]
    settings = {line.text.split()[0]: line.text for line in lines if line.sign is Sign.SET}
    flow, language = (settings.get(name, "").partition(" ")[2] for name in ("flow", "lang"))
    calendar = compiled.content.country.calendar
    moments = [text for name, text in settings.items() if name not in ("flow", "lang")]
    # Somebody has to hear of a request for a person, or the store says that it is on the list.
    with_group = {"CONTENT_DIR": str(ROOT), "STAFF_CHAT": "-100123"}
    sqlite_store.settings = Settings.read(with_group, root=sqlite_store.settings.root)
    page = Page(sqlite_store, compiled)
    page.now = usual_moment(compiled.content.country)
    if moments:
        page.now = datetime.fromisoformat(moments[0]).replace(tzinfo=calendar.zone)
    async with page.open():
        somebody = page.talker()
        await somebody.get(f"/?start={flow}&language={language or 'nl'}")
        for said, expected in exchanges(lines):
            await say_or_press(somebody, said)
            if expected:
                missing = differences(expected, shown(page, somebody))
                assert not missing, f"{path.name}: {said}\n{missing}"
    filed = sum(line.sign is Sign.DONE and line.text.startswith("lead") for line in lines)
    with sqlite_store.reading() as db:
        assert bool(db.execute(select(leads.c.id)).all()) == bool(filed)


def exchanges(lines: list) -> list[tuple[str, list[str]]]:  # type: ignore[type-arg]
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if line.sign is Sign.SAID:
            found.append((line.text, []))
        elif line.sign is Sign.HEARD and found:
            found[-1][1].append(line.text)
    return found


async def say_or_press(somebody: Talker, said: str) -> None:
    """The words of a button that is on the screen press it."""
    found = re.findall(
        r'name="press" value="([^"]*)">([^<]*)<', somebody.text.partition('id="press"')[2].partition("</form>")[0]
    )
    pressed = next((data for data, label in found if unescape(label).casefold() == said.casefold()), None)
    if pressed is None:
        await somebody.say(said)
    else:
        await somebody.send("press", {"press": unescape(pressed)})


def shown(page: Page, somebody: Talker) -> list[str]:
    """What came of the last thing that was said; of who was erased, what the page says without them."""
    with page.store.reading():
        person = page.store.conversations.get(1)
    if person is None:
        return [somebody.words()]
    _, now = in_turn(page.store.talks.lines(person.id))
    return ["\n".join(transcript(line.message)) for line in now if line.message]


def differences(expected: list[str], said: list[str]) -> str:
    """In the way of `bot.authoring.conversation`: `...` stands for any messages."""
    said = list(said)
    for number, text in enumerate(expected):
        following = expected[number + 1] if number + 1 < len(expected) else None
        if text == "...":
            while said and (following is None or not same(following, said[0])):
                said.pop(0)
        elif not said:
            return f"not said: {text}"
        elif not same(text, other := said.pop(0)) and " ".join(text.split()) not in other:
            return f"expected: {text}\nsaid: {other}"
    return ""

"""`overstap chat`: the bot in a terminal."""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime, time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.compiled import Compiled
    from bot.conversations import Conversations

TEN_O_CLOCK = time(10)  # nobody sleeps then


@click.command()
@click.option("--lang", help="The language to begin in: one that the content speaks.")
@click.option("--flow", default=None, help="Begin with this flow instead of the intake.")
@click.option(
    "--user", default="local", show_default=True, help="Who is talking; everyone has a conversation of their own."
)
@click.option(
    "--record", type=click.Path(dir_okay=False, path_type=Path), help="Write the conversation to FILE, as a test."
)
@click.option("--jsonl", is_flag=True, help="For programs: one JSON object a line in, one out; nothing is stored.")
@click.option("--on", type=click.DateTime(formats=["%Y-%m-%d"]), help="With --jsonl: as if it were this day.")
def chat(lang: str | None, flow: str | None, user: str, record: Path | None, jsonl: bool, on: datetime | None) -> None:
    """The bot in this terminal; reads lines from a pipe as well. The store is that of Telegram."""
    if jsonl:
        if flow or record:
            raise click.UsageError("--jsonl goes with --lang and --on; a program says which flow begins with start.")
        serve(lang, on)
        return
    if on:
        raise click.UsageError("--on goes with --jsonl.")
    talk(lang, flow, user, record)


def serve(lang: str | None, on: datetime | None) -> None:
    """Answer each line at once: a program waits for it."""
    from bot.authoring.jsonl import Chats
    from bot.cli.wiring import now, open_compiled
    from bot.settings import Settings

    compiled = open_compiled(Settings.read())
    moment = compiled.content.country.calendar.at(on, TEN_O_CLOCK) if on else now()
    chats = Chats(compiled, moment, compiled.content.language_for(lang))
    for line in chats.run(raw.decode("utf-8", errors="replace") for raw in sys.stdin.buffer):
        click.echo(line)


def talk(
    lang: str | None = None,
    flow: str | None = None,
    user: str = "local",
    record: Path | None = None,
    *,
    with_page: bool = False,
) -> None:
    """Talk here until they stop; `with_page`: the page for a browser is there as well."""
    from bot.channels.terminal import Terminal
    from bot.cli.reloading import reloading
    from bot.cli.wiring import open_compiled, open_conversations
    from bot.content.problems import did_you_mean
    from bot.engine.events import Started
    from bot.settings import Settings

    settings = Settings.read()
    compiled = open_compiled(settings)
    flows = compiled.content.flows
    known = [*flows, *(word for one in flows.values() for word in one.opening_words)]
    if flow and flow not in known:
        raise BotError(f"There is no flow {flow!r}. {did_you_mean(flow, known) or ''}".rstrip())
    conversations = open_conversations(settings, compiled)
    lines = _circumstances(compiled, lang, flow)
    terminal = Terminal(conversations, user, click.echo, lines.append if record else None)
    try:
        with reloading(settings, conversations), _page(conversations) if with_page else nullcontext():
            terminal.run(_typed() if sys.stdin.isatty() else _piped(), Started(source=flow, language=lang))
    except KeyboardInterrupt:
        click.echo()
    finally:
        if record:
            record.touch(mode=0o600)  # somebody may have talked of themselves
            record.write_text("\n".join(lines) + "\n", encoding="utf-8")


@contextmanager
def _page(conversations: Conversations) -> Iterator[None]:
    from bot.cli.web import in_background

    with in_background(conversations) as address:
        if address:
            click.echo(f"In a browser it is at {address}")
        click.echo()
        yield


def _circumstances(compiled: Compiled, lang: str | None, flow: str | None) -> list[str]:
    """The head of a recorded conversation: without it, it would be played on another day, in another flow."""
    from bot.cli.wiring import now

    settings = [f"{compiled.content.country.calendar.local(now()):%Y-%m-%d %H:%M}"]
    settings += [f"lang {lang}"] if lang else []
    settings += [f"flow {flow}"] if flow else []
    return [f"@ {setting}" for setting in settings]


def _typed() -> Iterator[str]:
    """Lines from a keyboard, with the arrow keys where the platform has them; ends at Ctrl-D."""
    with suppress(ImportError):
        import_module("readline")  # importing it is what gives input() its arrow keys
    while True:
        try:
            yield input("> ")
        except EOFError:
            click.echo()
            return


def _piped() -> Iterator[str]:
    """Lines from a pipe, shown as they are said; bytes that are no UTF-8 become question marks."""
    for line in sys.stdin.buffer:
        said = line.decode("utf-8", errors="replace").rstrip("\r\n")
        click.echo(f"> {said}")
        yield said

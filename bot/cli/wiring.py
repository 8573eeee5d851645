"""How the parts are put together: settings, content, its indexes, store, conversations."""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bot.compiled import Compiled
    from bot.conversations import Conversations
    from bot.settings import Settings


def now() -> datetime:
    return datetime.now(UTC)


def today(root: Path) -> date:
    """The day in the country of the content under `root`, wherever the machine stands; in UTC when that is broken."""
    from bot.content.load import Reader

    return Reader(root).country.calendar.day(now())


def open_compiled(settings: Settings) -> Compiled:
    """The content with its indexes: from the cache when neither content nor code changed, else built and cached.

    Building takes seconds and twice the memory of the result, so that happens in a process of its own.
    Raises BotError with everything that is wrong in the content.
    """
    from bot.cli import cache

    path = _cache_file(settings)
    compiled = cache.read(path)
    if compiled is None:
        if sys.stderr.isatty():
            click.echo("Learning what flows/ and knowledge/ say. This takes some seconds, once.", err=True)
        build_apart(settings, path)
        compiled = cache.read(path)
    return compiled or _build(settings)


def build_apart(settings: Settings, path: Path) -> None:
    """Compile the content in another process, and leave it at `path`. Raises BotError when the content is broken."""
    from multiprocessing import get_context

    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    # A daemon: a bot that has to stop does not wait for it.
    process = context.Process(target=_fill_cache, args=(settings, path, sender), daemon=True)
    process.start()
    sender.close()
    try:
        trouble = receiver.recv()
    except EOFError:  # it was killed, for want of memory perhaps: who asked builds it here, and hears why it fails
        trouble = None
    process.join()
    if trouble:
        raise BotError(trouble)


def _fill_cache(settings: Settings, path: Path, sender: Connection) -> None:
    """What is wrong goes over the pipe as text, because not every error can cross to another process."""
    from bot.cli import cache

    try:
        cache.write(path, _build(settings))
    except BotError as error:
        sender.send(str(error))
    else:
        sender.send(None)


def _build(settings: Settings) -> Compiled:
    from bot.cli.content import load
    from bot.compiled import Compiled

    return Compiled.of(load(settings.content_root))


def _cache_file(settings: Settings) -> Path:
    """In the virtual environment: a cache is no data, and goes with the code that made it."""
    from bot.content.files import fingerprint

    name = f"compiled-{fingerprint(settings.content_root)}-{_code()}.pickle"
    return Path(sys.prefix) / "cache" / "overstap" / name


def open_conversations(settings: Settings, compiled: Compiled) -> Conversations:
    """A store that is ready to use (schema and key included), with conversations over it."""
    from bot.conversations import Conversations
    from bot.operations.startup import make_good
    from bot.store import Store

    store = Store.open(settings)
    conversations = Conversations(store, compiled, now)
    make_good(store, now())
    return conversations


ABOVE = frozenset("cli web channels staff authoring conversations.py operations privacy store engine advice".split())
"""What lies above compiled content and what it is made with: nothing of it can be in there, so it may change."""


def _code() -> str:
    """A name for exactly this code: a pickle of other classes must not be read."""
    digest, root = hashlib.sha256(sys.version.encode()), Path(__file__).parents[1]
    for path in sorted(root.glob("**/*.py")):
        if path.relative_to(root).parts[0] not in ABOVE:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]

"""How the parts are put together: settings, content, its indexes, store, conversations."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from bot.compiled import Compiled
    from bot.content.reader import Kept
    from bot.conversations import Conversations
    from bot.settings import Settings


BUILD_SECONDS = 600  # after which a build is believed never to end; on a busy machine it takes a minute


def now() -> datetime:
    return datetime.now(UTC)


def today(root: Path) -> date:
    """The day in the country of the content under `root`, wherever the machine stands; in UTC when that is broken."""
    from bot.content.reader import Reader

    return Reader(root).country.calendar.day(now())


def open_compiled(settings: Settings) -> Compiled:
    """The content with its indexes: from the cache when neither content nor code changed, else built and cached.

    Building takes many seconds and twice the memory of the result, and content is what others wrote: it happens in a
    process of its own, and whatever becomes of that one, this one goes on. Raises BotError with everything that is
    wrong in the content.
    """
    from bot.cli import cache

    path = _cache_file(settings)
    if compiled := cache.read(path):
        return compiled
    if sys.stderr.isatty():
        click.echo("Learning what flows/ and knowledge/ say. This takes some seconds, once.", err=True)
    # Where the cache cannot be written, or is not ours, what was built comes here, for this time.
    with tempfile.TemporaryDirectory(prefix="overstap-") as folder:
        place = build_apart(settings, [path, Path(folder) / path.name])
        if place and (compiled := cache.read(place)):
            return compiled
    raise BotError(
        "The content was compiled, and cannot be read back. Is there room in the folder for temporary files?"
    )


def open_compiled_or_last_good(settings: Settings) -> tuple[Compiled, BotError | None]:
    """The content for a bot that starts; when it is broken, what was last good, and what is wrong with what is there.

    Raises BotError when there is nothing of use: nothing was ever good, or that was of another version of the program.
    """
    from bot.cli import cache

    path = _cache_file(settings)
    folder = hashlib.sha256(str(settings.content_root.absolute()).encode()).hexdigest()[:12]
    good = path.with_name(f"last-good-{folder}-{_code()}")
    try:
        compiled = open_compiled(settings)
    except BotError as trouble:
        if last := cache.read(good):
            return last, trouble
        raise
    cache.keep(path, good)
    return compiled, None


def build_apart(settings: Settings, places: list[Path]) -> Path | None:
    """Compile the content in another process, and leave it at the first of `places` that can be written; gives which,
    or None. Raises BotError when the content is broken, or ends the process that reads it."""
    from multiprocessing import get_context

    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    # A daemon: a bot that has to stop does not wait for it.
    process = context.Process(target=_build, args=(settings, places, sender), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(BUILD_SECONDS):
            process.kill()
            raise BotError(f"The content could not be compiled in {BUILD_SECONDS} seconds.")
        done: Path | str | None = receiver.recv()
    except EOFError:
        process.join()
        raise BotError(
            f"The process that compiles the content ended ({process.exitcode}). Was there too little memory, or is "
            "there a file that cannot be content? See what changed last, and run: overstap check"
        ) from None
    process.join()
    if isinstance(done, str):
        raise BotError(done)
    return done


def _build(settings: Settings, places: list[Path], sender: Connection) -> None:
    """What is wrong goes over the pipe as text, because not every error can cross to another process."""
    # Before numpy is loaded: threads that wait for each other took a fifth of all processor time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.cli import cache
    from bot.cli.content import load
    from bot.compiled import Compiled

    try:
        compiled = Compiled.of(load(settings.content_root), cache.Learnt(places[0].parent, _code()))
    except BotError as error:
        sender.send(str(error))
        return
    sender.send(next((place for place in places if cache.write(place, compiled)), None))


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

    store = Store.open(settings, serving=True)
    conversations = Conversations(store, compiled, now)
    make_good(store, now())
    return conversations


@contextmanager
def kept_files(root: Path) -> Iterator[Kept]:
    """What came of each file under `root` earlier, for who reads them all; what is new is kept afterwards."""
    from bot.cli import cache

    folder = hashlib.sha256(str(root.absolute()).encode()).hexdigest()[:12]
    kept = cache.OnDisk(Path(sys.prefix) / "cache" / "overstap" / f"files-{folder}-{_code(frozenset())}.pickle")
    yield kept
    kept.close()


ABOVE = frozenset("cli web channels staff authoring conversations operations privacy store engine advice".split())
"""What lies above compiled content and what it is made with: nothing of it can be in there, so it may change."""


def _code(without: frozenset[str] = ABOVE) -> str:
    """A name for exactly this code and the libraries beside it: a pickle of other classes must not be read."""
    digest, root = hashlib.sha256(sys.version.encode()), Path(__file__).parents[1]
    for path in sorted(root.glob("**/*.py")):
        if path.relative_to(root).parts[0] not in without:
            digest.update(path.read_bytes())
    for installed in sorted(Path(sysconfig.get_path("purelib")).glob("*.dist-info")):
        digest.update(installed.name.encode())
    return digest.hexdigest()[:12]

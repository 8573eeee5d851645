"""New content for a bot that runs: taken when it is good, and left alone, with a word in the log, when it is not."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from bot.content.files import content_files
from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversations import Conversations
    from bot.settings import Settings

EVERY = 5.0  # seconds between two looks; an editor who saved a file tries it within a minute

Stamp = frozenset[tuple[str, int, int]]

log = logging.getLogger(__name__)


def say_broken(conversations: Conversations, trouble: BotError) -> None:
    """Say in the log and at `/readyz` that the bot works with other content than what is on disk."""
    version = conversations.compiled.content.version
    conversations.content_trouble = "the content on disk cannot be used; run: overstap check"
    log.error("the bot goes on with content %s, because what is on disk cannot be used:\n%s", version, trouble)


class Reloader:
    """Watches the files of `flows/` and `knowledge/` for `conversations`.

    Content is built in a process of its own, so that nobody waits for it, and swapped between two turns: a turn has
    one content from its beginning to its end. Whoever is in the middle of a flow is carried over in their next turn
    (`bot.engine.flow.migration`). Content that cannot be used changes nothing; `conversations.trouble` says so.
    """

    def __init__(self, settings: Settings, conversations: Conversations) -> None:
        self.settings, self.conversations = settings, conversations
        self._seen = self._stamp()

    def look(self) -> bool:
        """Take over what changed on disk since the last look; True when there is new content. Blocks for seconds."""
        from bot.cli.wiring import open_compiled_or_last_good

        stamp = self._stamp()
        if stamp == self._seen:
            return False
        self._seen = stamp
        trouble: BotError | None
        try:
            compiled, trouble = open_compiled_or_last_good(self.settings)
        except BotError as error:
            trouble = error
        if trouble:
            say_broken(self.conversations, trouble)
            return False
        self.conversations.content_trouble = None
        if compiled.content.version == self.conversations.compiled.content.version:
            return False
        self.conversations.use(compiled)
        log.info("content %s is in use", compiled.content.version)
        return True

    def _stamp(self) -> Stamp:
        """Names, sizes and times of all files: cheap to look at, and different after every change."""
        found = set()
        for path in content_files(self.settings.content_root):
            try:
                status = path.stat()
            except OSError:
                continue  # an editor that writes a new file and moves it into place leaves a moment without one
            found.add((str(path), status.st_size, status.st_mtime_ns))
        return frozenset(found)


@contextmanager
def reloading(settings: Settings, conversations: Conversations, every: float = EVERY) -> Iterator[Reloader]:
    """Look again and again while the bot runs."""
    reloader, stopped = Reloader(settings, conversations), Event()

    def watch() -> None:
        while not stopped.wait(every):
            try:
                reloader.look()
            except Exception:  # a disk that went away must not end the watching, and never the bot
                log.exception("the content could not be looked at")

    thread = Thread(target=watch, name="reloading", daemon=True)
    thread.start()
    try:
        yield reloader
    finally:
        stopped.set()
        thread.join(timeout=EVERY)

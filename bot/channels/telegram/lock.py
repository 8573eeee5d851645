"""One process a bot on this machine; on several machines Telegram tells them apart (see polling.py)."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.channels.telegram.polling import AlreadyPolled

try:
    import fcntl
except ImportError:  # Windows: there Telegram's own answer has to do
    fcntl = None  # type: ignore[assignment]


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Hold `file` as a lock that the system releases when the process ends, even if killed. Raises AlreadyPolled."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600), "a") as stream:
        if fcntl:
            try:
                fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise AlreadyPolled from None
        yield

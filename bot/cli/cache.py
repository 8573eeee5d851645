"""Compiled content on disk, so that a command starts in a second and not in twenty."""

import os
import pickle
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.compiled import Compiled

MOST_KEPT = 3


def read(path: Path) -> Compiled | None:
    """What `write` left at `path`; None when there is nothing of use, or somebody else could have put it there."""
    try:
        # Not through a link, and without waiting for whoever would write into a pipe.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            # A pickle can run code, so only what this user wrote, and nobody else could have written since.
            if not (_is_ours(os.fstat(file.fileno()), stat.S_ISREG) and _is_ours(path.parent.stat(), stat.S_ISDIR)):
                return None
            compiled: Compiled = pickle.load(file)  # noqa: S301  # it is ours: see above
            return compiled
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, ValueError, IndexError):
        return None


def _is_ours(status: os.stat_result, is_kind: object) -> bool:
    if os.name != "posix":
        return True
    assert callable(is_kind)
    return (
        is_kind(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def write(path: Path, compiled: Compiled) -> bool:
    """Write the cache whole or not at all, and remove older ones; whether it is there. A read-only disk costs speed."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent.stat(), stat.S_ISDIR):
            path.parent.chmod(0o700)  # ours, and open to others: made before they were kept out. Else it fails
        # In a folder of its own, so that half a file goes when the disk is full.
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            half = Path(folder) / path.name
            with half.open("xb") as file:
                pickle.dump(compiled, file, protocol=pickle.HIGHEST_PROTOCOL)
            half.chmod(0o600)  # who could write to it could run code
            half.replace(path)
        # A few are kept: who tries two versions of the content goes back and forth.
        kept = sorted(path.parent.glob("*.pickle"), key=lambda each: each.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def keep(path: Path, good: Path) -> None:
    """Have `good` be what is at `path` now, whatever comes there later. It costs no room on the disk."""
    with suppress(OSError), tempfile.TemporaryDirectory(dir=good.parent) as folder:
        link = Path(folder) / good.name
        os.link(path, link, follow_symlinks=False)
        link.replace(good)

"""Compiled content on disk, so that a command starts in a second and not in ten."""

import os
import pickle
import tempfile
from pathlib import Path

from bot.compiled import Compiled

MOST_KEPT = 3


def read(path: Path) -> Compiled | None:
    """What `write` left at `path`; None when there is nothing of use."""
    try:
        with path.open("rb") as file:
            # Only what this user wrote: a pickle can run code.
            if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            compiled: Compiled = pickle.load(file)  # noqa: S301  # it is ours: see above
            return compiled
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, ValueError):
        return None


def write(path: Path, compiled: Compiled) -> None:
    """Write the cache whole or not at all, and remove older ones. A read-only disk costs speed, not the bot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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
        return

"""Compiled content on disk: what it says is read, and its arrays are mapped.

Of an array, memory then holds only what was looked up, and processes share it.
"""

import mmap
import os
import pickle
import tempfile
from pathlib import Path
from typing import IO

from bot import collector
from bot.compiled import Compiled

MOST_KEPT = 3
ALIGNED = 64  # bytes, as numpy has them


def read(path: Path) -> Compiled | None:
    """What `write` left at `path`; None when there is nothing of use."""
    try:
        with path.open("rb") as file:
            # Only what this user wrote: a pickle can run code.
            if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            lengths: list[int] = pickle.load(file)
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            arrays = []
            for length in lengths:
                _align(file)
                arrays.append(mapped[file.tell() : file.tell() + length])
                file.seek(length, os.SEEK_CUR)
            with collector.paused():
                compiled: Compiled = pickle.load(file, buffers=arrays)
            return compiled
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, ValueError):
        return None


def write(path: Path, compiled: Compiled) -> None:
    """Write the cache whole or not at all, and remove older ones. A read-only disk costs speed, not the bot."""
    arrays: list[pickle.PickleBuffer] = []
    body = pickle.dumps(compiled, protocol=pickle.HIGHEST_PROTOCOL, buffer_callback=arrays.append)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # In a folder of its own, so that half a file goes when the disk is full.
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            half = Path(folder) / path.name
            with half.open("xb") as file:
                pickle.dump([array.raw().nbytes for array in arrays], file)
                for array in arrays:
                    _align(file)
                    file.write(array.raw())
                file.write(body)
            half.chmod(0o600)  # who could write to it could run code
            # Never written to again: processes that mapped the old one keep it until they end.
            half.replace(path)
        # A few are kept: who tries two versions of the content goes back and forth.
        kept = sorted(path.parent.glob("compiled-*.pickle"), key=lambda each: each.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return


def _align(file: IO[bytes]) -> None:
    file.seek(-file.tell() % ALIGNED, os.SEEK_CUR)

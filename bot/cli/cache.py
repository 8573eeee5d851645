"""What was made of the content, on disk: so that a command starts in a second and not in ten."""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from bot.content.load import without_collecting

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.compiled import Compiled

T = TypeVar("T")
MOST_KEPT = 3
UNREADABLE = (OSError, pickle.PickleError, EOFError, AttributeError, ImportError, ValueError, IndexError)


def read(path: Path) -> Compiled | None:
    """The compiled content that `write` left at `path`; None when there is nothing of use."""
    compiled: Compiled | None = _read(path)
    return compiled


@without_collecting
def _read(path: Path) -> Any:
    """What `write` left at `path`; None when there is nothing of use, or somebody else could have put it there."""
    try:
        # Not through a link, and without waiting for whoever would write into a pipe.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            # A pickle can run code, so only what this user wrote, and nobody else could have written since.
            if not (_is_ours(os.fstat(file.fileno()), stat.S_ISREG) and _is_ours(path.parent.stat(), stat.S_ISDIR)):
                return None
            return _Shared(file).load()  # it is ours: see above
    except UNREADABLE:
        return None


class _Sharing(pickle.Pickler):
    """Writes a text that stands in thousands of places once, also where each place has a text of its own."""

    def __init__(self, file: BinaryIO, protocol: int) -> None:
        super().__init__(file, protocol)
        self._first: dict[str, str] = {}

    def persistent_id(self, value: object) -> str | None:
        """The equal text that was written before; None: this is to be written."""
        if type(value) is not str:
            return None
        first = self._first.setdefault(value, value)
        return None if first is value else first


class _Shared(pickle.Unpickler):
    """Reads what `_Sharing` wrote."""

    def persistent_load(self, first: str) -> str:
        return first


def _is_ours(status: os.stat_result, is_kind: object) -> bool:
    if os.name != "posix":
        return True
    assert callable(is_kind)
    return (
        is_kind(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    )


def write(path: Path, built: object) -> bool:
    """Write the cache whole or not at all, and remove older ones; whether it is there. A read-only disk costs speed.

    The first word of the name, up to a dash, says of which kind it is.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(path.parent.stat(), stat.S_ISDIR):
            path.parent.chmod(0o700)  # ours, and open to others: made before they were kept out. Else it fails
        # In a folder of its own, so that half a file goes when the disk is full.
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            half = Path(folder) / path.name
            with half.open("xb") as file:
                _Sharing(file, protocol=pickle.HIGHEST_PROTOCOL).dump(built)
            half.chmod(0o600)  # who could write to it could run code
            half.replace(path)
        # A few of a kind are kept: who tries two versions of the content goes back and forth.
        kind = path.name.partition("-")[0]
        kept = sorted(path.parent.glob(f"{kind}-*.pickle"), key=lambda each: each.stat().st_mtime)
        for old in kept[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True


class Learnt:
    """What was learnt, kept beside the compiled content by what it was learnt from: see `Learn`."""

    def __init__(self, folder: Path, code: str) -> None:
        self._folder, self._code = folder, code

    def __call__(self, learner: Callable[..., T], *inputs: object) -> T:
        told = hashlib.sha256(repr(inputs).encode(errors="surrogatepass")).hexdigest()[:12]
        path = self._folder / f"{learner.__name__.lower()}-{told}-{self._code}.pickle"
        learnt: T | None = _read(path)
        if learnt is None:
            learnt = learner(*inputs)
            write(path, learnt)
        return learnt


class OnDisk:
    """What came of each file of the content earlier, by what the file says (`bot.content.load.Kept`).

    Who changes one file reads one. A value is made of what was written when somebody asks for it. `close` writes what
    was used, and forgets the rest.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._written: dict[str, bytes] = _read(path) or {}
        self._used: dict[str, bytes] = {}
        self._new: dict[str, Any] = {}

    def get(self, key: str) -> Any:
        if key in self._new or key not in self._written:
            return self._new.get(key)
        try:
            value = pickle.loads(self._written[key])  # noqa: S301  # it is ours: see `_read`
        except UNREADABLE:
            return None
        self._used[key] = self._written[key]
        return value

    def __setitem__(self, key: str, value: Any) -> None:
        self._new[key] = value

    def close(self) -> None:
        new = {key: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for key, value in self._new.items()}
        if new:
            write(self._path, {**self._used, **new})


def keep(path: Path, good: Path) -> None:
    """Have `good` be what is at `path` now, whatever comes there later. It costs no room on the disk."""
    with suppress(OSError), tempfile.TemporaryDirectory(dir=good.parent) as folder:
        link = Path(folder) / good.name
        os.link(path, link, follow_symlinks=False)
        link.replace(good)

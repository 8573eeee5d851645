"""How the parts are put together: settings, content, library, store, conversations."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversations import Conversations
    from bot.library import Library
    from bot.settings import Settings


def now() -> datetime:
    return datetime.now(UTC)


def open_library(settings: Settings) -> Library:
    """The content with its indexes: from the cache when neither content nor code changed, else built and cached.

    Building takes a second or two, reading the cache a tenth of that. Raises BrokenContent, and leaves the cache.
    """
    from bot.content.load import fingerprint

    name = f"library-{fingerprint(settings.content_root)}-{_code()}.pickle"
    path = settings.data_folder / "cache" / name
    library = _cached(path)
    if library is None:
        from bot.content import load
        from bot.library import Library

        library = Library.of(load(settings.content_root))
        _keep(path, library)
    return library


def open_conversations(settings: Settings, library: Library) -> Conversations:
    """A store that is ready to use (schema and key included), with conversations over it."""
    from bot.conversations import Conversations
    from bot.store import Store

    return Conversations(Store.open(settings), library, now)


def _code() -> str:
    """A name for exactly this code: a pickle of other classes must not be read."""
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parents[1].glob("**/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _cached(path: Path) -> Library | None:
    try:
        with path.open("rb") as file:
            # Only what this user wrote: a pickle can run code.
            if os.name == "posix" and os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            library: Library = pickle.load(file)
            return library
    except (OSError, pickle.PickleError, EOFError, AttributeError, ImportError):
        return None


def _keep(path: Path, library: Library) -> None:
    """Write the cache whole or not at all, and remove older ones. A read-only disk costs speed, not the bot."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            pickle.dump(library, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(file.name).replace(path)
        for old in path.parent.glob("library-*.pickle"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return

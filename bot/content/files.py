"""Which files hold content."""

import hashlib
import stat
from pathlib import Path

MAX_BYTES = 2**21


def is_regular(path: Path, root: Path) -> bool:
    """Whether this is a file, and stands under `root`: what waits for a writer, or is a link to elsewhere, is none."""
    try:
        return stat.S_ISREG(path.stat().st_mode) and path.resolve().is_relative_to(root.resolve())
    except OSError:
        return False


def paths(root: Path, kind: str) -> list[Path]:
    """The files of one kind: `knowledge/KIND.yaml`, and those in `knowledge/KIND/`."""
    folder = root / "knowledge"
    return [path for path in [folder / f"{kind}.yaml"] if path.exists()] + sorted((folder / kind).glob("**/*.yaml"))


def content_files(root: Path) -> list[Path]:
    """All files that content is read from, in a fixed order."""
    kinds = ("flows/**/*.yaml", "knowledge/**/*.yaml", "knowledge/schools/*.csv", "knowledge/exploring/*.csv")
    return sorted(path for kind in kinds for path in root.glob(kind))


def fingerprint(root: Path) -> str:
    """A name for exactly this content: the same files give the same version, on every machine."""
    digest = hashlib.sha256()
    for path in content_files(root):
        # What is no file counts by its name: nobody waits for it.
        held = path.read_bytes() if is_regular(path, root) else b"\0"
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + held + b"\0")
    return digest.hexdigest()[:12]

"""Which files hold content."""

import hashlib
from pathlib import Path


def paths(root: Path, kind: str) -> list[Path]:
    """The files of one kind: `knowledge/KIND.yaml`, and those in `knowledge/KIND/`."""
    folder = root / "knowledge"
    return [path for path in [folder / f"{kind}.yaml"] if path.exists()] + sorted((folder / kind).glob("**/*.yaml"))


def fingerprint(root: Path) -> str:
    """A name for exactly this content: the same files give the same version, on every machine."""
    digest = hashlib.sha256()
    kinds = ("flows/**/*.yaml", "knowledge/**/*.yaml", "knowledge/schools/*.csv")
    for path in sorted(path for kind in kinds for path in root.glob(kind)):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]

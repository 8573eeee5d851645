"""What comes from others is pinned, under licences that we know; and nothing secret went out with our own."""

import re
import runpy
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==\S+(?: ; (.+?))? \\$", re.MULTILINE)

# Free, and compatible with the EUPL of the whole (its appendix, and the Commission's list).
KNOWN = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|Unlicense|MPL|Mozilla|LGPL|OFL-1\.1|CC0|CNRI", re.IGNORECASE
)
READ_BY_HAND = {"locate": "MIT: its LICENSE says so, its metadata does not"}

# A token of @BotFather, a private key, keys of well-known services, and a sealed value or a key of ours.
SECRETS = re.compile(
    r"\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b|-----BEGIN [A-Z ]*PRIVATE KEY|ghp_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|"
    r"(?:gAAAAA|sealed1\.)[A-Za-z0-9_-]{60,}|^\+data [A-Za-z0-9_-]{43}=",
    re.MULTILINE,
)


@pytest.mark.parametrize("name", ["run.txt", "dev.txt", "audit.txt"])
def test_every_package_is_pinned_to_one_version_with_its_hashes(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text("utf-8")
    starts = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(starts) == len(PIN.findall(text)) > 30
    assert all("--hash=sha256:" in part for part in PIN.split(text)[3::3])


def test_every_package_that_runs_has_a_licence_that_we_know() -> None:
    unknown = {}
    for name, only_on in PIN.findall((ROOT / "requirements" / "run.txt").read_text("utf-8")):
        if "win32" in only_on or name in READ_BY_HAND:
            continue
        about = distribution(name).metadata
        classifiers = [each for each in about.get_all("Classifier", []) if each.startswith("License")]
        said = " ".join([about.get("License-Expression") or "", (about.get("License") or "")[:200], *classifiers])
        if not KNOWN.search(said):
            unknown[name] = said
    assert unknown == {}


@pytest.mark.slow
@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="there is no history beside these files"
)
def test_no_secret_is_in_any_commit() -> None:
    command = ["git", "log", "HEAD", "--patch", "--unified=0", "--format=", "--", ".", ":!*.npz", ":!*.npy"]
    history = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8", "replace")
    assert SECRETS.search("+data " + "x" * 43 + "=") and len(history) > 1000
    assert SECRETS.findall(history) == []


SOUND = {"name": "click", "version": "8.3", "vulns": []}
HOLE = {"name": "jinja2", "version": "3.1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"]}]}
UNKNOWN = {"name": "aiohttp", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("found", "code", "says"),
    [
        ([SOUND], 0, "1 packages, and no known hole."),
        ([SOUND, HOLE], 1, "jinja2 3.1.0: PYSEC-1, mended in 3.1.6"),
        ([SOUND, UNKNOWN], 2, "1 of 2 packages could not be asked for: aiohttp"),
        ([HOLE, UNKNOWN], 1, "jinja2 3.1.0: PYSEC-1, mended in 3.1.6"),
    ],
)
def test_a_package_that_could_not_be_asked_for_is_not_called_safe(found: list[Any], code: int, says: str) -> None:
    verdict = runpy.run_path(str(ROOT / "scripts" / "audit_packages.py"))["verdict"]
    assert verdict(found)[0] == code and verdict(found)[1][0] == says

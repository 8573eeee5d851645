"""The version that runs is the one that the changelog is about."""

import re
import tomllib
from pathlib import Path

from click.testing import CliRunner

from bot.cli import main

ROOT = Path(__file__).parent.parent
HEADING = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (unreleased|\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def test_the_version_is_the_newest_heading_of_the_changelog() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    headings = HEADING.findall((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert headings[0][0] == project["version"]
    versions = [tuple(map(int, version.split("."))) for version, _ in headings]
    assert versions == sorted(versions, reverse=True) and len(set(versions)) == len(versions)
    assert [day for _, day in headings[1:] if day == "unreleased"] == []


def test_the_command_says_a_version() -> None:
    assert re.search(r"\d+\.\d+\.\d+$", CliRunner().invoke(main, ["--version"]).output.strip())

"""Somebody who follows docs/another-organisation.md has a bot that talks: every block of it is carried out here."""

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from libraries import ROOT, netherlands

from bot.authoring.check import problems
from bot.authoring.conversation import usual_moment
from bot.authoring.rehearsal import Rehearsal
from bot.compiled import Compiled
from bot.content.load import load
from bot.engine.effects import FileLead
from bot.engine.events import Said, Started
from bot.privacy.papers import write
from bot.settings import Settings

PAGE = (ROOT / "docs" / "another-organisation.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the page tells to copy and to write."""
    root = tmp_path_factory.mktemp("organisation")
    for script in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL):
        subprocess.run(["bash", "-e", "-c", script], cwd=root, env={**os.environ, "OVERSTAP": str(ROOT)}, check=True)
    for name, text in re.findall(r"```(?:yaml|ini)\n# (\S+)\n(.*?)```", PAGE, re.DOTALL):
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.mark.slow
def test_the_folder_has_no_error_and_no_warning_but_of_languages_that_no_native_speaker_has_read(folder: Path) -> None:
    found = problems(folder, date(2026, 11, 26))
    assert [str(one) for one in found if one.code != "C016"] == []


@pytest.mark.slow  # it compiles a content of its own, which takes seconds
def test_it_shows_its_own_programme_and_files_a_lead(folder: Path) -> None:
    person = Rehearsal(Compiled.of(load(folder)), usual_moment(netherlands()))
    person.take(Started(None, "nl"))
    said = ("meubelmaker", "Rotterdam", "ja", "Anna", "0612345678", "nee", "ja")
    effects = [effect for text in said for effect in person.take(Said(text))]
    assert any("Meubelmaker" in str(effect) for effect in effects)
    (lead,) = (effect.draft for effect in effects if isinstance(effect, FileLead))
    assert lead.facts["desired_work"] == "meubelmaker"


def test_its_papers_name_it(folder: Path, tmp_path: Path) -> None:
    settings = Settings.read({}, root=folder)
    assert settings.content_root == folder.resolve()
    text = "\n".join(each.read_text(encoding="utf-8") for each in write(settings, tmp_path, date(2026, 11, 26)))
    assert "Stichting Houtloket" in text
    assert "fg@example.nl" in text

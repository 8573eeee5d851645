"""The accountability pack: filled in from the settings, with what is missing in plain sight."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.privacy.erasure import PERSONAL
from bot.privacy.papers import TEMPLATES, unknown_names, write
from bot.settings import Settings
from bot.store.tables import metadata

DAY = date(2026, 11, 21)
MISSING = yaml.safe_load((TEMPLATES / "words.yaml").read_text("utf-8"))["missing"]
CENTRE = {
    "CENTRE_NAME": "Loopbaancentrum Midden",
    "CENTRE_EMAIL": "info@example.nl",
    "CENTRE_PHONE": "030 123 45 67",
    "CENTRE_WEBSITE": "https://example.nl",
    "CONTROLLER_NAME": "Gemeente Voorbeeld",
    "PRIVACY_OFFICER_EMAIL": "fg@example.nl",
    "LEGAL_BASIS": "public-task",
    "KEEP_LEAD_DAYS": "21",
}


def test_every_paper_is_filled_in_from_the_settings(tmp_path: Path):
    files = write(Settings.read(CENTRE, root=tmp_path), tmp_path / "pack", DAY)
    papers = {file.stem: file.read_text("utf-8") for file in files}
    assert len(papers) == 6
    assert not any(MISSING in paper or re.search(r"\{[a-z_]+\}", paper) for paper in papers.values())
    for name in ("privacy-statement-nl", "privacy-statement-en"):
        assert "Loopbaancentrum Midden" in papers[name]
        assert "Gemeente Voorbeeld" in papers[name]
        assert "21 da" in papers[name]
    assert "21 november 2026" in papers["dpia"]
    assert "algemeen belang" in papers["register-of-processing"]


def test_the_register_names_every_table_that_there_is(tmp_path: Path):
    files = write(Settings.read(CENTRE, root=tmp_path), tmp_path / "pack", DAY)
    register = next(file for file in files if file.stem == "register-of-processing").read_text("utf-8")
    assert [table for table in metadata.tables if f"`{table}`" not in register] == []


def test_the_papers_name_the_desk_signing_in_mail_and_figures(tmp_path: Path):
    files = write(Settings.read(CENTRE, root=tmp_path), tmp_path / "pack", DAY)
    papers = {file.stem: file.read_text("utf-8").casefold() for file in files}
    for said in ("bureau", "eenmalige code", "per e-mail", "cijfers"):
        assert said in papers["dpia"], said
    for said in ("argon2", "pogingen om in te loggen", "e-mail aan medewerkers", "aantallen per dag"):
        assert said in papers["register-of-processing"], said
    assert "daarin sta jij niet" in papers["privacy-statement-nl"]
    assert "you are not in them" in papers["privacy-statement-en"]


def test_what_nobody_has_set_says_so(tmp_path: Path):
    (first, *_) = write(Settings.read({}, root=tmp_path), tmp_path / "pack", DAY)
    assert MISSING in first.read_text("utf-8")


def test_no_template_asks_for_what_we_do_not_know(tmp_path: Path):
    assert unknown_names(Settings.read({}, root=tmp_path)) == set()


def test_the_register_has_a_line_for_every_table_with_personal_data(tmp_path: Path):
    write(Settings.read({}, root=tmp_path), tmp_path / "pack", DAY)
    register = (tmp_path / "pack/register-of-processing.md").read_text("utf-8")
    assert all(f"| `{table.name}` |" in register for table in PERSONAL)


@pytest.mark.parametrize("name", ["privacy-statement-nl.md", "privacy-statement-en.md"])
def test_no_sentence_of_the_privacy_statement_is_longer_than_fifteen_words(name: str):
    prose = [line for line in (TEMPLATES / name).read_text("utf-8").splitlines() if not line.startswith(("|", "#"))]
    sentences = re.split(r"(?<=[.?!:])\s+", " ".join(prose))
    assert [each for each in sentences if len(each.split()) > 15] == []

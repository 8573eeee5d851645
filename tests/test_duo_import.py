"""What schools offer is read from DUO's own files, and written whole or not at all. All rows here are invented."""

import csv
import io
import random
import time
import tracemalloc
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner
from libraries import ROOT, real_knowledge

from bot.authoring import duo
from bot.cli import main
from bot.content import course_tables
from bot.content.files import fingerprint
from bot.content.knowledge_schema import FORMATS
from bot.content.problems import Location
from bot.content.reader import Reader
from bot.content.schools import CourseTable, School, SchoolCourse, SchoolKind, StudyForm
from bot.content.towns import Towns

TODAY = date(2026, 11, 27)

HO = (
    "ONDERWIJSBESTUURID ONDERWIJSBESTUUR_NAAM ONDERWIJSAANBIEDERID ONDERWIJSAANBIEDER_NAAM SOORT OPLEIDINGSEENHEIDCODE "
    "ERKENDEOPLEIDINGSCODE VARIANT_VAN ERKENNER NAAM_LANG INTERNATIONALE_NAAM BEGINDATUM EINDDATUM NIVEAU GRAAD "
    "STUDIELAST EQF ISCED NLQF WAARDEDOCUMENTSOORT PENVOERDER EIGENNAAM EIGENNAAM_DUITS EIGENNAAM_ENGELS VORM VOERTAAL "
    "AANGEBODEN_OPLEIDING_BEGINDATUM AANGEBODEN_OPLEIDING_EINDDATUM EERSTE_INSTROOMDATUM LAATSTE_INSTROOMDATUM WEBSITE "
    "SAMENWERKEND_MET BUITENLANDSEPARTNER DEFICIENTIE EISEN_WERKZAAMHEDEN PROPEDEUTISCHE_FASE STUDIEKEUZECHECK "
    "VERSNELD_TRAJECT AANGEBODEN_OPLEIDINGCODE EIGEN_AANGEBODEN_OPLEIDINGSLEUTEL ONDERWIJSLOCATIECODE "
    "ONDERWIJSLOCATIESTRAAT ONDERWIJSLOCATIEPLAATS OMSCHRIJVING"
).split()
MBO = (
    "OPLEIDINGSEENHEIDCODE OPLEIDINGSEENHEID_TYPE WAARDEDOCUMENTSOORT OPLEIDINGSEENHEID_NIVEAU OPLEIDINGSEENHEID_NAAM "
    "OPLEIDINGSEENHEID_INTERNATIONALE_NAAM_ENGELS STUDIELAST STUDIELASTEENHEID ERKENDEOPLEIDINGSCODE "
    "ERKENDEOPLEIDINGSTYPE ERKENDEOPLEIDINGSSTELSEL KWALIFICATIEDOSSIER DOMEIN ONDERWIJSAANBIEDERID NAAM "
    "ONDERWIJSBESTUURID KVK_NUMMER ONDERWIJSLOCATIECODE STRAATNAAM HUISNUMMER HUISNUMMERTOEVOEGING POSTCODE PLAATSNAAM "
    "AANGEBODEN_OPLEIDINGCODE AANGEBODEN_OPLEIDING_TYPE AFWIJKENDE_OPLEIDINGSDUUROMVANG "
    "AFWIJKENDE_OPLEIDINGSDUUREENHEID EIGEN_AANGEBODEN_OPLEIDINGSLEUTEL LEERTRAJECT MBONIVEAU VOERTAAL EIGENNAAM "
    "WEBSITE"
).split()
"""The columns of DUO's files of 2026, in their order."""


def ho(**said: str) -> Mapping[str, str]:
    usual = {
        "ONDERWIJSAANBIEDER_NAAM": "Hogeschool Verzonnen",
        "SOORT": "OPLEIDING",
        "ERKENDEOPLEIDINGSCODE": "34560",
        "NAAM_LANG": "B Opleiding tot Verpleegkundige",
        "NIVEAU": "HBO-BA",
        "VORM": "DEELTIJD",
        "VOERTAAL": "NLD",
        "ONDERWIJSLOCATIEPLAATS": "Utrecht",
    }
    return {**usual, **said}


def mbo(**said: str) -> Mapping[str, str]:
    usual = {
        "NAAM": "ROC Verzonnen",
        "OPLEIDINGSEENHEID_NAAM": "Kok",
        "ERKENDEOPLEIDINGSCODE": "25180",
        "MBONIVEAU": "2",
        "LEERTRAJECT": "BBL",
        "POSTCODE": "3511AB",
        "PLAATSNAAM": "UTRECHT",
        "VOERTAAL": "NLD",
        "WEBSITE": "https://www.verzonnen.nl/kok",
    }
    return {**usual, **said}


TWENTY_HO = (
    ho(),
    ho(VORM="DUAAL", WEBSITE="www.verzonnen.nl/verpleegkunde"),  # the same, in another form
    ho(VORM="VOLTIJD", ERKENDEOPLEIDINGSCODE="34561"),
    ho(VORM="", ERKENDEOPLEIDINGSCODE="34562", ONDERWIJSAANBIEDER_NAAM=""),
    ho(ERKENDEOPLEIDINGSCODE="1", NAAM_LANG="Gestopt", LAATSTE_INSTROOMDATUM="2026-09-01"),
    ho(ERKENDEOPLEIDINGSCODE="2", NAAM_LANG="Beëindigd", AANGEBODEN_OPLEIDING_EINDDATUM="2025-08-31"),
    ho(ERKENDEOPLEIDINGSCODE="3", NAAM_LANG="Loopt af", LAATSTE_INSTROOMDATUM="2027-02-01"),
    ho(ERKENDEOPLEIDINGSCODE="4", NAAM_LANG="Vandaag nog", LAATSTE_INSTROOMDATUM="2026-11-27"),
    ho(ERKENDEOPLEIDINGSCODE="", VARIANT_VAN="34560", SOORT="VARIANT", NAAM_LANG="HBO-V avond"),
    ho(ERKENDEOPLEIDINGSCODE="5", NAAM_LANG="Minor Zorg", NIVEAU="HBO-BA"),
    ho(ERKENDEOPLEIDINGSCODE="6", NAAM_LANG="Cursus", NIVEAU="HBO-O"),
    ho(ERKENDEOPLEIDINGSCODE="44001", NAAM_LANG="M Leren", NIVEAU="HBO-MA", VOERTAAL="ENG,NLD"),
    ho(ERKENDEOPLEIDINGSCODE="80001", NAAM_LANG="Ad ICT", NIVEAU="HBO-AD", EISEN_WERKZAAMHEDEN="EISEN"),
    ho(ERKENDEOPLEIDINGSCODE="60001", NAAM_LANG="Recht", NIVEAU="WO-MA", EISEN_WERKZAAMHEDEN="GEEN_EISEN"),
    ho(ONDERWIJSLOCATIEPLAATS="Velp"),  # one municipality has it
    ho(ONDERWIJSLOCATIEPLAATS="Elst"),  # several have it
    ho(ONDERWIJSLOCATIEPLAATS="Atlantis"),
    ho(ONDERWIJSLOCATIEPLAATS="", ERKENDEOPLEIDINGSCODE="34808", NAAM_LANG="Leraar Basisonderwijs"),
    ho(ONDERWIJSAANBIEDER_NAAM="Academie Één", ONDERWIJSLOCATIEPLAATS="'s-Gravenhage", WEBSITE="nvt"),
    ho(ONDERWIJSAANBIEDER_NAAM="Hogeschool Bekend Vroeger", ONDERWIJSLOCATIEPLAATS=""),
)
TWENTY_MBO = (
    mbo(),
    mbo(LEERTRAJECT="BOL"),
    mbo(LEERTRAJECT="OVO"),
    mbo(LEERTRAJECT=""),
    mbo(MBONIVEAU="NIVEAU_3", ERKENDEOPLEIDINGSCODE="25182", OPLEIDINGSEENHEID_NAAM="Zelfstandig werkend kok"),
    mbo(MBONIVEAU="", ERKENDEOPLEIDINGSCODE="9"),
    mbo(ERKENDEOPLEIDINGSCODE=""),
    mbo(PLAATSNAAM="ELST", POSTCODE="6661AB", ERKENDEOPLEIDINGSCODE="10"),  # in Overbetuwe, by its postcode
    mbo(PLAATSNAAM="ELST", POSTCODE="", ERKENDEOPLEIDINGSCODE="11"),
    mbo(PLAATSNAAM="GEHUCHT", POSTCODE="3511 AB", ERKENDEOPLEIDINGSCODE="12"),  # its postcode is in Utrecht
    mbo(PLAATSNAAM="ATLANTIS", POSTCODE="", ERKENDEOPLEIDINGSCODE="13"),
    mbo(NAAM="ROC Midden Nederland"),  # a school that is known
    mbo(NAAM="MBO Midden Nederland", LEERTRAJECT="BOL"),  # by its other name
    mbo(NAAM="Vakschool Café", PLAATSNAAM="'S-GRAVENHAGE", POSTCODE="2511AB"),
    mbo(NAAM=""),
    mbo(WEBSITE="geen", ERKENDEOPLEIDINGSCODE="14"),
    mbo(VOERTAAL="ENG", ERKENDEOPLEIDINGSCODE="15"),
    mbo(OPLEIDINGSEENHEID_NAAM='Kok, "allround"', ERKENDEOPLEIDINGSCODE="16"),
    mbo(OPLEIDINGSEENHEID_NAAM="Kok\nen bakker", ERKENDEOPLEIDINGSCODE="17"),
    mbo(NAAM="112", PLAATSNAAM="ZWOLLE", POSTCODE="8011AB"),
)
KNOWN = {
    "bekend": School(
        *("bekend", "Hogeschool Bekend", SchoolKind.HOGESCHOOL, "https://duo.nl", "2026"),
        Location("knowledge/schools.yaml", 1, 1),
        aliases=("Hogeschool Bekend Vroeger",),
        places=("Zwolle",),
    ),
    **{name: real_knowledge().schooling.schools[name] for name in ("roc-midden-nederland",)},
}


@cache
def towns() -> Towns:
    return Towns(real_knowledge().municipalities.values())


def written(
    path: Path,
    columns: list[str],
    rows: Iterable[Mapping[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    quoting: int = csv.QUOTE_ALL,
) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        columns,
        restval="",
        delimiter=delimiter,
        lineterminator="\n",
        quoting=quoting,  # type: ignore[arg-type]
    )
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def imported(path: Path, known: Mapping[str, School] = KNOWN) -> duo.Imported:
    return duo.read(path, known, towns(), "2026-11-01", TODAY)


def one(found: duo.Imported, code: str, school: str | None = None) -> SchoolCourse:
    [row] = (row for row in found.table.rows if row.code == code and (school is None or row.school == school))
    return row


# ------------------------------------------------------------------ what is read
@pytest.mark.parametrize("search", ["https://www.verzonnen.nl/zoek.xml#/", "https://www.verzonnen.nl/zoek/#/?type=ba"])
def test_a_search_that_a_script_fills_is_the_page_of_no_course(tmp_path: Path, search: str) -> None:
    found = imported(written(tmp_path / "ho.csv", HO, [ho(WEBSITE=search)]))
    assert one(found, "34560").url is None


def test_twenty_rows_of_higher_education_become_what_adults_can_follow_beside_work(tmp_path: Path) -> None:
    found = imported(written(tmp_path / "ho.csv", HO, TWENTY_HO))
    assert (found.source.table, found.rows) == ("ho", 20)
    assert dict(found.left_out) == {
        "recognised, and offered nowhere": 1,
        "its intake has ended": 2,
        "a part of a study": 1,
        "no Ad, bachelor or master": 1,
    }
    nurse = [row for row in found.table.rows if row.code == "34560" and row.place == "Utrecht"]
    [both] = nurse  # part-time, dual and a variant are one course with two forms
    assert both.forms == (StudyForm.PART_TIME, StudyForm.DUAL)
    assert (both.name, both.url) == ("Opleiding tot Verpleegkundige", "https://www.verzonnen.nl/verpleegkunde")
    assert one(found, "3").until == "2027-02-01"
    assert one(found, "4").until == "2026-11-27"  # today is still in time
    assert (one(found, "44001").degree, one(found, "44001").language) == ("master", "en nl")
    assert (one(found, "80001").degree, one(found, "80001").for_workers) == ("ad", True)
    law = one(found, "60001")
    assert (law.degree, law.levels, law.for_workers) == ("academic-master", ("wo",), False)


def test_places_are_towns_as_we_write_them_and_doubtful_ones_are_reported(tmp_path: Path) -> None:
    found = imported(written(tmp_path / "ho.csv", HO, TWENTY_HO))
    places = {(row.school, row.code): row.place for row in found.table.rows}
    assert places["hogeschool-verzonnen", "34808"] is None  # nobody says where
    assert places["bekend", "34560"] == "Zwolle"  # the only place of a school that is known
    assert {row.place for row in found.table.rows} == {"Utrecht", "Velp", "'s-Gravenhage", "Zwolle", None}
    atlantis, elst = sorted(found.unplaced, reverse=True)
    assert atlantis == "no municipality has a place 'Atlantis': add it in knowledge/places/"
    assert elst.startswith("Elst is in ") and elst.endswith(" in schools.yaml")
    assert list(found.unplaced.values()) == [1, 1]


def test_an_entry_of_the_school_settles_which_town_of_that_name_is_meant(tmp_path: Path) -> None:
    path = written(tmp_path / "ho.csv", HO, [ho(ONDERWIJSLOCATIEPLAATS="Elst")])
    at_elst = School(
        *("v", "Hogeschool Verzonnen", SchoolKind.HOGESCHOOL, "https://duo.nl", None, Location("x", 1, 1)),
        places=("Elst (Overbetuwe)", "Utrecht"),
    )
    [row] = imported(path, {"v": at_elst}).table.rows
    assert row.place == "Elst (Overbetuwe)"
    assert towns().municipalities(row.place) == ("Overbetuwe",)


def test_twenty_rows_of_mbo_become_what_can_be_followed_where_in_which_form(tmp_path: Path) -> None:
    found = imported(written(tmp_path / "mbo.csv", MBO, TWENTY_MBO))
    assert (found.source.table, found.rows) == ("mbo", 20)
    assert dict(found.left_out) == {
        "without a level of mbo": 1,
        "a part of a diploma": 1,
        "without school or name": 1,
    }
    cook = one(found, "25180", "roc-verzonnen")
    assert cook.forms == (StudyForm.BBL, StudyForm.BOL, StudyForm.THIRD_PATH)
    assert (cook.place, cook.levels, cook.url) == ("Utrecht", ("mbo2",), "https://www.verzonnen.nl/kok")
    assert one(found, "25182").levels == ("mbo3",)
    assert one(found, "10").place == "Elst (Overbetuwe)"
    assert one(found, "12").place == "Utrecht"
    assert one(found, "14").url is None
    assert one(found, "15").language == "en"
    assert one(found, "16").name == 'Kok, "allround"'
    assert one(found, "17").name == "Kok en bakker"
    assert one(found, "25180", "roc-midden-nederland").forms == (StudyForm.BBL, StudyForm.BOL)
    assert [(school.id, school.name, school.places) for school in found.new_schools if "verz" not in school.id] == [
        ("school-112", "112", ("Zwolle",)),
        ("vakschool-cafe", "Vakschool Café", ("'s-Gravenhage",)),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_both_encodings_and_every_delimiter_say_the_same(tmp_path: Path, encoding: str, delimiter: str) -> None:
    plain = imported(written(tmp_path / "plain.csv", HO, TWENTY_HO))
    other = imported(written(tmp_path / "other.csv", HO, TWENTY_HO, encoding=encoding, delimiter=delimiter))
    assert other.table == plain.table
    assert "Academie Één" in {school.name for school in other.new_schools}


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    for columns, rows in ((HO, list(TWENTY_HO)), (MBO, list(TWENTY_MBO))):
        straight = imported(written(tmp_path / "a.csv", columns, rows)).table
        for seed in range(10):
            random.Random(seed).shuffle(rows)
            assert imported(written(tmp_path / "b.csv", columns, rows)).table == straight


# ------------------------------------------------------------------ what is refused
def test_a_file_of_somebody_else_is_refused_with_the_two_that_are_read(tmp_path: Path) -> None:
    with pytest.raises(duo.NotThisFile, match=r"neither of DUO's files.*Its columns are: naam, plaats"):
        imported(written(tmp_path / "x.csv", ["naam", "plaats"], [{"naam": "a"}]))


@pytest.mark.parametrize(("columns", "rows"), [(HO, TWENTY_HO), (MBO, TWENTY_MBO)])
def test_a_file_without_a_column_says_which_one(
    tmp_path: Path, columns: list[str], rows: tuple[Mapping[str, str], ...]
) -> None:
    needed = duo.HO.columns if columns is HO else duo.MBO.columns
    for column in needed:
        fewer = [name for name in columns if name != column]
        path = written(tmp_path / "x.csv", fewer, [{k: v for k, v in row.items() if k != column} for row in rows])
        with pytest.raises(duo.NotThisFile, match=rf"lacks the columns {column}\."):
            imported(path)


@pytest.mark.parametrize("content", [b"", b"\n", b"\x81\x8d\x8f\n", b"PK\x03\x04\x81\x00\n"])
def test_what_is_no_table_at_all_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(duo.NotThisFile):
        imported(path)


def test_a_file_of_two_encodings_is_refused_and_not_read_as_gibberish(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", HO, TWENTY_HO)
    latin = written(tmp_path / "y.csv", HO, [ho(NAAM_LANG="Één")], encoding="cp1252").read_bytes().splitlines()[1]
    path.write_bytes(path.read_bytes() + latin + b"\n")
    with pytest.raises(duo.NotThisFile, match="UTF-8 in part only"):
        imported(path)


def test_a_file_without_a_row_for_adults_is_refused_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(duo.NotThisFile, match="no row that people can enrol in: 1 a part of a study"):
        imported(written(tmp_path / "x.csv", HO, [ho(NAAM_LANG="Minor Zorg")]))
    with pytest.raises(duo.NotThisFile, match="no row"):
        imported(written(tmp_path / "x.csv", HO, []))


@pytest.mark.parametrize(("columns", "rows"), [(HO, TWENTY_HO), (MBO, TWENTY_MBO)])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_MINIMAL])
def test_a_file_that_was_cut_off_is_refused_wherever_it_was_cut(
    tmp_path: Path, columns: list[str], rows: tuple[Mapping[str, str], ...], quoting: int
) -> None:
    whole = written(tmp_path / "whole.csv", columns, rows, quoting=quoting).read_bytes()
    cut = tmp_path / "cut.csv"
    for length in range(whole.index(b"\n") + 2, len(whole), 37):
        if whole[length - 1 : length] == b"\n":
            continue  # a whole number of lines: only a comparison with the last import can tell
        cut.write_bytes(whole[:length])
        with pytest.raises(duo.NotThisFile, match="Nothing was written"):
            imported(cut)


def test_a_last_line_that_is_too_short_says_which_line_it_is(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", MBO, [mbo(), mbo()])
    path.write_bytes(path.read_bytes() + b'"a","b"\n')
    with pytest.raises(duo.NotThisFile, match=r"line 4 has 2 cells, and the header 33"):
        imported(path)


def test_a_quote_that_never_closes_swallows_no_file(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", MBO, [mbo()] * 2000)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"ROC Verzonnen"', '"ROC Verzonnen', 1), encoding="utf-8")
    found = imported(path)
    assert found.left_out["with broken quotes"] == 1
    assert [row.name for row in found.table.rows] == ["Kok"]
    path.write_text(text + '"' + "x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(duo.NotThisFile, match="cannot be read"):
        imported(path)


def test_quotes_that_duo_does_not_double_break_no_row_and_a_broken_row_is_counted(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", HO, [ho(PENVOERDER="Stichting KEMPEL")] * 300)
    text = path.read_text(encoding="utf-8").replace('"Stichting KEMPEL"', '"Stichting "De Kempel""', 5)
    lines = text.splitlines(keepends=True)
    lines[100] = '"a","b"\n'
    path.write_text("".join(lines), encoding="utf-8")
    found = imported(path)
    assert found.left_out["with broken quotes"] == 1
    lines[101:110] = ['"a","b"\n'] * 9
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(duo.NotThisFile, match="10 of 300 rows"):
        imported(path)


@pytest.mark.slow
def test_two_hundred_thousand_rows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    written(path, MBO, [mbo()])
    head, row = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(head + row * 200_000)
    found = imported(path)
    assert (found.rows, len(found.table.rows)) == (200_000, 1)


@pytest.mark.slow
def test_twenty_thousand_courses_of_their_own_fit_into_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    written(path, HO, [ho(ERKENDEOPLEIDINGSCODE=str(10_000 + number)) for number in range(20_000)])
    tracemalloc.start()
    begun = time.process_time()
    found = imported(path)
    seconds, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.rows, len(found.table.rows)) == (20_000, 20_000)
    # Tracing memory makes it several times slower.
    assert most < 60_000_000 and seconds < 60


# ------------------------------------------------------------------ what changed
def table(*rows: Mapping[str, str], path: Path) -> CourseTable:
    return imported(written(path, MBO, rows)).table


def test_an_import_says_what_is_new_what_is_gone_and_what_is_other(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    before = table(mbo(), mbo(ERKENDEOPLEIDINGSCODE="1", OPLEIDINGSEENHEID_NAAM="Bakker"), path=path)
    found = imported(
        written(path, MBO, [mbo(LEERTRAJECT="BOL"), mbo(ERKENDEOPLEIDINGSCODE="2", OPLEIDINGSEENHEID_NAAM="Slager")])
    )
    changed = duo.changes(before, found.table)
    assert [row.name for row in changed.added] == ["Slager"]
    assert [row.name for row in changed.removed] == ["Bakker"]
    assert [(old.forms, new.forms) for old, new in changed.changed] == [((StudyForm.BBL,), (StudyForm.BOL,))]
    lines = list(duo.report(found, changed, KNOWN))
    assert "1 new, 1 gone, 1 changed since the last import." in lines
    assert "+ ROC Verzonnen, Utrecht: Slager (2; bbl)" in lines
    assert "- ROC Verzonnen, Utrecht: Bakker (1; bbl)" in lines
    assert "~ ROC Verzonnen, Utrecht: Kok (25180; bbl): forms bbl -> bol" in lines


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", MBO, TWENTY_MBO)
    found = imported(path)
    assert not duo.changes(found.table, imported(path).table)
    assert "Nothing changed since the last import." in duo.report(found, duo.changes(found.table, found.table), KNOWN)


def test_a_long_list_of_changes_is_cut_short(tmp_path: Path) -> None:
    rows = [mbo(ERKENDEOPLEIDINGSCODE=str(number)) for number in range(25)]
    found = imported(written(tmp_path / "x.csv", MBO, rows))
    lines = list(duo.report(found, duo.changes(None, found.table), KNOWN))
    assert sum(line.startswith("+") for line in lines) == duo.MOST_SHOWN + 1
    assert "+ and 15 more" in lines


# ------------------------------------------------------------------ what is written
def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    for columns, rows in ((HO, TWENTY_HO), (MBO, TWENTY_MBO)):
        found = imported(written(tmp_path / "x.csv", columns, rows))
        duo.write(tmp_path, found, [])
        path = tmp_path / found.table.file
        again, problems = course_tables.read(path, found.table.file)
        assert not problems
        assert again is not None
        assert (again.source, again.dated, again.licence) == (found.source.url, "2026-11-01", "CC0 1.0")
        assert [row.key for row in again.rows] == [row.key for row in found.table.rows]
        assert not duo.changes(again, found.table)
        assert not list(path.parent.glob(".*"))


def test_schools_that_nobody_knew_are_written_as_schools_that_can_be_read(tmp_path: Path) -> None:
    found = imported(written(tmp_path / "x.csv", MBO, TWENTY_MBO))
    duo.write(tmp_path, found, [])
    reader = Reader(tmp_path)
    schools = reader.file(tmp_path / duo.SCHOOLS, FORMATS["schools"].shape) or ()
    assert not [problem for problem in reader.problems if problem.at.file == duo.SCHOOLS]
    assert {one.name for one in schools} == {"ROC Verzonnen", "Vakschool Café", "112"}


def test_a_write_that_fails_leaves_the_old_table_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = imported(written(tmp_path / "x.csv", MBO, [mbo()]))
    duo.write(tmp_path, first, [])
    old = (tmp_path / first.table.file).read_bytes()
    second = imported(written(tmp_path / "x.csv", MBO, TWENTY_MBO))

    def full(_self: Path, _target: Path) -> Path:
        raise OSError("No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        duo.write(tmp_path, second, [])
    assert (tmp_path / first.table.file).read_bytes() == old
    assert not [path.name for path in (tmp_path / "knowledge" / "schools").iterdir() if path.name.startswith(".")]


# ------------------------------------------------------------------ the command
@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = tmp_path / "content"
    for folder in ("flows", "knowledge"):
        copytree(ROOT / folder, place / folder)
    return place


def run(root: Path, *arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["knowledge", "import-duo", *map(str, arguments), "--root", str(root)])
    return done.exit_code, done.output


@pytest.mark.slow
def test_the_command_imports_says_so_and_what_it_wrote_is_good_content(root: Path, tmp_path: Path) -> None:
    path = written(tmp_path / "mbo.csv", MBO, TWENTY_MBO, encoding="cp1252")
    code, said = run(root, path, "--dated", "2026-11-01", "--on", "2026-11-27")
    assert code == 0, said
    assert "MBO Opleidingsaanbod of 2026-11-01: 20 rows (Windows-1252)" in said
    assert "Schools that were not known: ROC Verzonnen, 112, Vakschool Café" in said
    done = CliRunner().invoke(main, ["check", "--root", str(root)])
    assert "0 errors" in done.output, done.output
    code, said = run(root, path, "--dated", "2026-11-01", "--on", "2026-11-27")
    assert code == 0
    assert "Nothing changed since the last import." in said


@pytest.mark.slow
def test_the_command_refuses_half_a_file_and_keeps_the_old_table(root: Path, tmp_path: Path) -> None:
    old = (root / "knowledge" / "schools" / "ho.csv").read_bytes()
    path = written(tmp_path / "ho.csv", HO, TWENTY_HO)
    code, said = run(root, path)
    assert code == 1
    assert "it may be cut off" in said
    assert (root / "knowledge" / "schools" / "ho.csv").read_bytes() == old
    code, said = run(root, path, "--anyway", "--dry-run", "--on", "2026-11-27")
    assert code == 0
    assert "Nothing was written" in said
    assert (root / "knowledge" / "schools" / "ho.csv").read_bytes() == old
    code, said = run(root, path, "--anyway", "--on", "2026-11-27")
    assert code == 0, said
    assert (root / "knowledge" / "schools" / "ho.csv").read_bytes() != old


def test_a_new_table_is_new_content(tmp_path: Path) -> None:
    """What is kept of compiled content goes by the fingerprint; a bot that runs reads content again by it."""
    duo.write(tmp_path, imported(written(tmp_path / "x.csv", MBO, [mbo()])), [])
    before = fingerprint(tmp_path)
    duo.write(tmp_path, imported(written(tmp_path / "x.csv", MBO, [mbo(LEERTRAJECT="BOL")])), [])
    assert fingerprint(tmp_path) != before


def test_an_import_says_what_leads_to_no_diploma_and_which_level_differs(tmp_path: Path) -> None:
    cook = replace(real_knowledge().schooling.qualifications["kok"], level="mbo4")
    baker = real_knowledge().schooling.qualifications["bakker"]
    rows = [
        mbo(MBONIVEAU="2"),
        mbo(ERKENDEOPLEIDINGSCODE="1", OPLEIDINGSEENHEID_NAAM="Uitvoerend bakker", MBONIVEAU="2"),
        mbo(ERKENDEOPLEIDINGSCODE="2", OPLEIDINGSEENHEID_NAAM="Zelfstandig werkend bakker", MBONIVEAU="3"),
        mbo(ERKENDEOPLEIDINGSCODE="3", OPLEIDINGSEENHEID_NAAM="Sterrenwichelaar"),
    ]
    found = imported(written(tmp_path / "x.csv", MBO, rows))
    assert list(duo.recognition(found.table, {"kok": cook, "bakker": baker})) == [
        "Of no diploma in qualifications.yaml: 1, most of all Sterrenwichelaar.",
        "'kok' is mbo4 in qualifications.yaml, and mbo2 in this file.",
    ]

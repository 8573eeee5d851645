"""Which schools near somebody give a diploma, and what proves it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from math import asin, cos, inf, radians, sin, sqrt
from time import process_time

import pytest
from libraries import netherlands, problems_of_knowledge, real_knowledge, real_library

from bot.authoring.checks.schools import problems_of as old_tables
from bot.content import check_schools
from bot.content.check_knowledge import elsewhere
from bot.content.knowledge import Municipality
from bot.content.problems import Location
from bot.content.schools import (
    CourseTable,
    Degree,
    Evidence,
    Qualification,
    School,
    SchoolCourse,
    Schooling,
    SchoolKind,
    StudyForm,
)
from bot.content.towns import Towns
from bot.schools import Reader, Schools
from bot.text import Text

TODAY = date(2026, 11, 27)
AT = Location("knowledge/schools.yaml", 1, 1)

# A country of four towns on one line: each is 0.2 degrees, 22.2 km, north of the other.
ZUID, MIDDEN, NOORD, VER = "Zuidstad", "Middenstad", "Noordstad", "Verstad"
PLACES = tuple(
    Municipality(name, "Provincie", "Regio", (52.0 + 0.2 * number, 5.0), ((f"{number}000", f"{number}999"),), AT)
    for number, name in enumerate((ZUID, MIDDEN, NOORD, VER), start=1)
)
HOME = PLACES[0].coordinates


def qualification(name: str, degree: Degree = Degree.MBO, **more: object) -> Qualification:
    level = more.pop("level", "mbo3" if degree is Degree.MBO else "hbo")
    patterns, occupations = more.pop("patterns", (name,)), more.pop("occupations", (f"work-{name}",))
    return Qualification(
        name,
        Text.same(name),
        level,  # type: ignore[arg-type]
        (degree,),
        patterns,  # type: ignore[arg-type]
        occupations,  # type: ignore[arg-type]
        "https://duo.nl",
        AT,
        **more,  # type: ignore[arg-type]
    )


def school(name: str, *places: str, kind: SchoolKind = SchoolKind.MBO, broad: bool = True) -> School:
    return School(name, name.title(), kind, "https://duo.nl", "2026", AT, places=places, broad=broad)


def course(school: str, place: str | None = ZUID, **more: object) -> SchoolCourse:
    said = {"evidence": Evidence.OFFERED, "dated": None, "line": 1, "degree": Degree.MBO, **more}
    return SchoolCourse(school=school, place=place, **said)  # type: ignore[arg-type]


def schools(*rows: SchoolCourse, of: tuple[School, ...], qualifications: tuple[Qualification, ...]) -> Schools:
    table = CourseTable("knowledge/schools/x.csv", "https://duo.nl", "2026-08-04", "CC0 1.0", rows)
    known = Schooling({}, {one.id: one for one in qualifications}, {one.id: one for one in of}, (table,))
    return Schools(known, PLACES)


KOK = qualification("kok", trades=("horeca",))
ROC = school("roc", ZUID)


def test_a_proof_says_who_where_how_far_of_when_and_how_strong() -> None:
    row = course("roc", MIDDEN, name="Kok", forms=(StudyForm.BBL,), url="https://roc.nl/kok", language="nl")
    nearby = schools(row, of=(ROC,), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY)
    [proof] = nearby.proven
    assert (proof.school, proof.place, proof.municipality) == (ROC, MIDDEN, MIDDEN)
    assert proof.km == pytest.approx(22.24, abs=0.05)
    assert (proof.evidence, proof.exact, proof.year, proof.is_now) == (Evidence.OFFERED, True, 2026, True)
    assert (proof.forms, proof.url, proof.name) == ((StudyForm.BBL,), "https://roc.nl/kok", "Kok")


def test_of_schools_in_one_town_the_strongest_proof_comes_first() -> None:
    rows = (
        course("taught", ZUID, evidence=Evidence.TAUGHT, dated="2023", trade="horeca"),
        course("once", ZUID, evidence=Evidence.FOR_ADULTS, dated=None, qualifications=("kok",)),
        course("exact", ZUID, evidence=Evidence.TAUGHT, dated="2019", qualifications=("kok",)),
        course("adults", ZUID, evidence=Evidence.FOR_ADULTS, dated="2022", qualifications=("kok",)),
        course("now", ZUID, name="Kok"),
    )
    of = tuple(school(name) for name in ("taught", "exact", "adults", "now", "once"))
    proven = schools(*rows, of=of, qualifications=(KOK,)).near(["kok"], HOME, on=TODAY).proven
    assert [proof.school.id for proof in proven] == ["now", "adults", "exact", "once", "taught"]
    assert [proof.exact for proof in proven] == [True, True, True, True, False]


@pytest.mark.parametrize(("home", "first"), [(HOME, "near"), ((52.34, 5.0), "far")])
def test_a_school_at_home_comes_before_a_stronger_proof_far_away(home: tuple[float, float], first: str) -> None:
    rows = (
        course("near", ZUID, evidence=Evidence.TAUGHT, dated="2023", qualifications=("kok",)),
        course("far", MIDDEN, name="Kok"),
    )
    of = (school("near"), school("far"))
    proven = schools(*rows, of=of, qualifications=(KOK,)).near(["kok"], home, on=TODAY).proven
    assert proven[0].school.id == first


def test_of_one_school_in_one_place_only_the_strongest_and_newest_proof_is_given() -> None:
    rows = (
        course("roc", evidence=Evidence.TAUGHT, dated="2024", qualifications=("kok",)),
        course("roc", evidence=Evidence.FOR_ADULTS, dated=None, qualifications=("kok",)),
        course("roc", evidence=Evidence.FOR_ADULTS, dated="2021", qualifications=("kok",)),
        course("roc", evidence=Evidence.FOR_ADULTS, dated="2022-03", qualifications=("kok",)),
    )
    [proof] = schools(*rows, of=(ROC,), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY).proven
    assert (proof.evidence, proof.year) == (Evidence.FOR_ADULTS, 2022)


def test_a_page_without_a_day_gives_a_proof_without_a_year() -> None:
    row = course("roc", evidence=Evidence.TAUGHT, dated=None, qualifications=("kok",))
    [proof] = schools(row, of=(ROC,), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY).proven
    assert proof.year is None


@pytest.mark.parametrize(("reach", "found"), [(44.0, 0), (45.0, 1)])
def test_the_reach_is_where_proof_ends_and_the_nearest_beyond_it_is_said_with_its_distance(
    reach: float, found: int
) -> None:
    rows = (course("far", VER, name="Kok"), course("roc", NOORD, name="Kok"))
    index = schools(*rows, of=(school("far"), school("roc")), qualifications=(KOK,))
    nearby = index.near(["kok"], HOME, on=TODAY, reach_km=reach)
    assert len(nearby.proven) == found
    if found:
        assert nearby.farther is None
    else:
        assert nearby.farther is not None
        assert (nearby.farther.school.id, round(nearby.farther.km, 1)) == ("roc", 44.5)


def test_an_intake_that_has_ended_proves_nothing_from_the_day_after() -> None:
    row = course("roc", name="Kok", until="2026-11-27")
    index = schools(row, of=(ROC,), qualifications=(KOK,))
    assert index.near(["kok"], HOME, on=date(2026, 11, 27)).proven
    after = index.near(["kok"], HOME, on=date(2026, 11, 28))
    assert not after.proven
    assert [one.school.id for one in after.ask] == ["roc"]


def test_what_ends_gives_way_to_a_weaker_proof_that_lasts() -> None:
    rows = (
        course("roc", name="Kok", until="2026-11-27"),
        course("roc", evidence=Evidence.TAUGHT, dated="2024", qualifications=("kok",)),
        course("roc", evidence=Evidence.TAUGHT, dated="2020", qualifications=("kok",)),
    )
    index = schools(*rows, of=(ROC,), qualifications=(KOK,))
    [now] = index.near(["kok"], HOME, on=date(2026, 11, 27)).proven
    [later] = index.near(["kok"], HOME, on=date(2026, 11, 28)).proven
    assert (now.evidence, later.evidence, later.year) == (Evidence.OFFERED, Evidence.TAUGHT, 2024)


def test_without_proof_the_nearest_schools_of_its_kind_are_to_be_asked() -> None:
    of = (
        school("roc", ZUID),
        school("other", MIDDEN),
        school("distant", VER),
        school("hair", ZUID, broad=False),
        school("hogeschool", ZUID, kind=SchoolKind.HOGESCHOOL),
    )
    nearby = schools(of=of, qualifications=(KOK,)).near(["kok"], HOME, on=TODAY)
    assert not nearby.proven
    assert [(one.school.id, round(one.km)) for one in nearby.ask] == [("roc", 0), ("other", 22)]
    assert [one.elsewhere for one in nearby.ask] == [None, None]


@pytest.mark.parametrize(("home", "order"), [(HOME, ["near", "far"]), ((52.28, 5.0), ["far", "near"])])
def test_who_gives_it_in_another_town_is_asked_before_who_is_a_little_nearer(
    home: tuple[float, float], order: list[str]
) -> None:
    of = (school("near", ZUID), school("far", MIDDEN, VER))
    row = course("far", VER, evidence=Evidence.TAUGHT, dated="2024", qualifications=("kok",))
    ask = schools(row, of=of, qualifications=(KOK,)).near(["kok"], home, on=TODAY).ask
    assert [one.school.id for one in ask] == order


def test_a_school_of_a_few_trades_is_asked_when_it_gives_it_elsewhere() -> None:
    narrow = school("narrow", ZUID, VER, broad=False)
    rows = (course("narrow", VER, name="Kok"),)
    [one] = schools(*rows, of=(narrow,), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY).ask
    assert one.school is narrow
    assert one.elsewhere is not None
    assert one.elsewhere.place == VER


def test_a_school_of_a_few_trades_proves_and_may_give_all_of_its_own_ones_and_nothing_of_another() -> None:
    """A green school with "a road building department" was asked for site managers."""
    own, other = qualification("own", trades=("groen",)), qualification("other", trades=("infra",))
    narrow = replace(school("narrow", ZUID, MIDDEN, broad=False), trades=("groen",))
    rows = [course("narrow", evidence=Evidence.TAUGHT, dated="2024", trade=one) for one in ("groen", "infra")]
    known = schools(*rows, of=(narrow,), qualifications=(own, other))
    assert [one.school.id for one in known.near(["own"], HOME, on=TODAY).proven] == ["narrow"]
    of_another = known.near(["other"], HOME, on=TODAY)
    assert not of_another.proven
    assert not of_another.ask
    assert [
        one.school.id for one in schools(of=(narrow,), qualifications=(own,)).near(["own"], HOME, on=TODAY).ask
    ] == ["narrow"]


def test_of_a_rare_diploma_only_who_is_proven_to_give_it_is_named() -> None:
    """A roc with "a building department" is no school for scaffolders."""
    rare = replace(qualification("rare", trades=("bouw",)), rare=True)
    trade = course("roc", evidence=Evidence.TAUGHT, dated="2024", trade="bouw")
    nearby = schools(trade, of=(ROC,), qualifications=(rare,)).near(["rare"], HOME, on=TODAY)
    assert not nearby.proven
    assert not nearby.ask
    itself = course("roc", evidence=Evidence.TAUGHT, dated="2024", qualifications=("rare",))
    [proof] = schools(itself, of=(ROC,), qualifications=(rare,)).near(["rare"], HOME, on=TODAY).proven
    assert proof.school is ROC


def test_a_rare_diploma_is_asked_in_no_other_town_of_its_school() -> None:
    """Nova College trains sea officers in IJmuiden, and not in Amstelveen."""
    rare, two_towns = replace(qualification("rare"), rare=True), school("roc", ZUID, VER)
    far = course("roc", VER, evidence=Evidence.TAUGHT, dated="2024", qualifications=("rare",))
    assert not schools(far, of=(two_towns,), qualifications=(rare,)).near(["rare"], HOME, on=TODAY).ask
    usual = qualification("rare")
    assert schools(far, of=(two_towns,), qualifications=(usual,)).near(["rare"], HOME, on=TODAY).ask


def test_a_school_whose_source_names_no_place_is_asked_and_not_proven() -> None:
    row = course("roc", None, evidence=Evidence.TAUGHT, dated="2024", qualifications=("kok",))
    nearby = schools(row, of=(school("roc", ZUID, VER),), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY)
    assert not nearby.proven
    assert not nearby.everywhere
    [one] = nearby.ask
    assert one.elsewhere is not None
    assert (one.elsewhere.place, one.elsewhere.km) == ("", inf)


@pytest.mark.parametrize(("nationwide", "found"), [(True, ["distance"]), (False, [])])
def test_a_school_that_works_all_over_the_country_gives_proof_for_everywhere(
    nationwide: bool, found: list[str]
) -> None:
    row = course("distance", None, name="Kok")
    one = replace(school("distance"), nationwide=nationwide)
    nearby = schools(row, of=(one,), qualifications=(KOK,)).near(["kok"], HOME, on=TODAY)
    assert [proof.school.id for proof in nearby.everywhere] == found
    assert not nearby.proven
    assert not nearby.ask


def test_who_gives_a_route_gives_it_in_all_of_their_places_and_says_of_when_that_is_known() -> None:
    army = replace(school("army", kind=SchoolKind.PRIVATE), nationwide=True, dated="2022-07")
    workshop = replace(school("workshop", ZUID, VER, kind=SchoolKind.PRIVATE), dated=None)
    index = schools(of=(army, workshop), qualifications=(KOK,))
    nearby = index.near([], HOME, on=TODAY, given_by=["army", "workshop"])
    assert [(proof.school.id, proof.place, proof.year) for proof in nearby.proven] == [("workshop", ZUID, None)]
    assert [(proof.school.id, proof.place, proof.year) for proof in nearby.everywhere] == [("army", "", 2022)]
    assert not index.near([], HOME, on=TODAY).proven


def test_several_diplomas_are_looked_up_together_and_each_proof_says_which() -> None:
    baker = qualification("bakker")
    rows = (course("roc", name="Uitvoerend bakker"), course("other", name="Kok"))
    index = schools(*rows, of=(ROC, school("other")), qualifications=(KOK, baker))
    proven = index.near(["kok", "bakker"], HOME, on=TODAY).proven
    assert {(proof.school.id, proof.qualification) for proof in proven} == {("roc", "bakker"), ("other", "kok")}


def test_the_diplomas_of_an_occupation_come_closest_first() -> None:
    near, side = qualification("near", occupations=("cook",)), qualification("side", occupations=("waiter", "cook"))
    index = schools(of=(), qualifications=(side, near))
    assert index.for_occupations(["cook"]) == ("near", "side")
    assert index.for_occupations(["nobody"]) == ()


def reader() -> Reader:
    return Reader(
        (
            qualification("kok", patterns=("kok",), trades=("horeca",), level="mbo2"),
            qualification("chef", patterns=("zelfstandig werkend kok", "gespecialiseerd .. kok"), trades=("horeca",)),
            qualification("hbo-ict", Degree.BACHELOR, patterns=("hbo ict", "ict")),
            qualification("ad-ict", Degree.AD, patterns=("ict",)),
            qualification("wo-ict", Degree.ACADEMIC_BACHELOR, patterns=("ict",), level="wo"),
        )
    )


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (course("x", name="Kok"), [("kok", True)]),
        (course("x", name="Zelfstandig werkend kok"), [("chef", True)]),  # more words than "kok"
        (course("x", name="Kokosnotenplukker"), []),
        (course("x", name="HBO-ICT", degree=Degree.BACHELOR, levels=("hbo",)), [("hbo-ict", True)]),
        (course("x", name="ICT", degree=Degree.AD, levels=("hbo",)), [("ad-ict", True)]),
        (course("x", name="ICT", degree=Degree.ACADEMIC_BACHELOR), [("wo-ict", True)]),
        (course("x", name="ICT", degree=Degree.MASTER, levels=("hbo",)), []),
        (course("x", trade="horeca"), [("kok", False), ("chef", False)]),
        (course("x", trade="horeca", levels=("mbo3",)), [("chef", False)]),
        (course("x", trade="horeca", qualifications=("chef",)), [("chef", True)]),
    ],
)
def test_a_row_is_about_the_diplomas_that_it_names_or_else_those_of_its_trade(
    row: SchoolCourse, found: list[tuple[str, bool]]
) -> None:
    assert sorted(reader().read(row)) == sorted(found)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("AMSTERDAM", ("Amsterdam",)),
        ("Den Haag", ("'s-Gravenhage",)),
        ("'S-GRAVENHAGE", ("'s-Gravenhage",)),
        ("Rijswijk", ("Rijswijk",)),  # the town, and not the village in Buren
        ("Elst (Overbetuwe)", ("Overbetuwe",)),
        ("Elst (Amsterdam)", ()),
        ("Atlantis", ()),
    ],
)
def test_a_town_is_found_in_its_municipality(typed: str, found: tuple[str, ...]) -> None:
    assert Towns(real_knowledge().municipalities.values()).municipalities(typed) == found


def test_a_town_of_several_municipalities_says_all_of_them() -> None:
    towns = Towns(real_knowledge().municipalities.values())
    assert len(towns.municipalities("Elst")) > 1


# ------------------------------------------------------------------ what the product knows
@cache
def product() -> Schools:
    knowledge = real_knowledge()
    return Schools(knowledge.schooling, tuple(knowledge.municipalities.values()))


def home(town: str) -> tuple[float, float]:
    return real_knowledge().municipalities[town].coordinates


@pytest.mark.slow
def test_nothing_is_wrong_with_what_is_known_of_schools() -> None:
    assert not [problem for problem in problems_of_knowledge() if problem.code.startswith("K08")]


def test_the_product_knows_the_part_time_and_dual_courses_and_what_mbo_schools_taught() -> None:
    tables = {table.file: table for table in real_knowledge().schooling.tables}
    higher = [row for name in ("ho", "ho-enrolled") for row in tables[f"knowledge/schools/{name}.csv"].rows]
    assert len(higher) > 1_208
    assert len(tables["knowledge/schools/taught.csv"].rows) > 450
    for table in tables.values():
        assert table.licence and table.source and table.dated


def test_every_row_of_a_page_names_that_page() -> None:
    [taught] = (table for table in real_knowledge().schooling.tables if table.file.endswith("taught.csv"))
    assert all(row.url for row in taught.rows)


@pytest.mark.parametrize(
    ("qualification", "town", "school", "evidence"),
    [
        ("verzorgende-ig", "Utrecht", "roc-midden-nederland", Evidence.FOR_ADULTS),
        ("pabo", "Utrecht", "marnix-academie", Evidence.OFFERED),
        ("verpleegkunde", "Utrecht", "hogeschool-utrecht", Evidence.ENROLLED),
        ("hbo-ict", "Enschede", "saxion", Evidence.OFFERED),
    ],
)
def test_schools_that_are_known_to_give_it_are_found(
    qualification: str, town: str, school: str, evidence: Evidence
) -> None:
    proven = product().near([qualification], home(town), on=TODAY).proven
    assert (school, evidence) in {(proof.school.id, proof.evidence) for proof in proven}


def test_an_official_name_leads_to_one_diploma_or_to_several_that_call_it_the_same() -> None:
    schooling = real_knowledge().schooling
    read = Reader(schooling.qualifications.values())
    rows = [row for table in schooling.tables for row in table.rows if row.name]
    beside_work = [row for row in rows if row.forms != (StudyForm.FULL_TIME,)]
    assert sum(any(read.read(row)) for row in beside_work) / len(beside_work) > 0.7
    assert all(len({pattern for _, _, pattern in read.studies(row)}) <= 1 for row in rows)


def test_distances_are_those_of_the_rest_of_the_bot() -> None:
    (a, b), (c, d) = home("Utrecht"), home("Amersfoort")
    north, east = radians(c - a) / 2, radians(d - b) / 2
    km = 12742 * asin(sqrt(sin(north) ** 2 + cos(radians(a)) * cos(radians(c)) * sin(east) ** 2))
    proven = product().near(["mbo-verpleegkundige"], (a, b), on=TODAY).proven
    assert {round(one.km, 6) for one in proven if one.municipality == "Amersfoort"} == {round(km, 6)}


def test_a_look_up_takes_less_than_a_millisecond() -> None:
    index, ids = product(), list(real_knowledge().schooling.qualifications)
    started = process_time()  # not the clock: others have the processor as well
    for name in ids:
        index.near([name], home("Utrecht"), on=TODAY)
    assert (process_time() - started) / len(ids) < 0.001  # 0.07 ms on a quiet machine


def test_proof_is_never_given_for_a_place_that_its_row_does_not_name() -> None:
    schooling = real_knowledge().schooling
    towns = Towns(real_knowledge().municipalities.values())
    said = {
        (row.school, municipality)
        for table in schooling.tables
        for row in table.rows
        for municipality in (towns.municipalities(row.place) if row.place else ())
    }
    for name in schooling.qualifications:
        nearby = product().near([name], home("Utrecht"), on=TODAY, reach_km=1000)
        assert {(proof.school.id, proof.municipality) for proof in nearby.proven} <= said


def test_addresses_are_whole() -> None:
    for one in real_knowledge().schooling.schools.values():
        for address in (one.website, one.adults_page):
            assert address is None or address.startswith("https://")


# ------------------------------------------------------------------ what editors are told
def warnings(*rows: SchoolCourse, dated: str = "2026-08-04") -> list[str]:
    table = CourseTable("knowledge/schools/mbo.csv", "https://duo.nl", dated, "CC0 1.0", rows)
    knowledge = replace(real_knowledge(), schooling=Schooling({}, {}, {"roc": ROC}, (table,)))
    return [str(problem) for problem in old_tables(knowledge, TODAY)]


def test_editors_are_told_of_intakes_that_have_ended() -> None:
    assert warnings(course("roc", name="Kok", until="2026-11-27")) == []
    [warning] = warnings(course("roc", name="Kok", until="2026-11-26", line=7), course("roc", name="Bakker"))
    assert warning.startswith("knowledge/schools/mbo.csv:7:1: warning: 1 row has an intake that has ended")
    assert "import-duo" in warning


def test_editors_are_told_of_an_import_that_is_older_than_a_source_may_be() -> None:
    days = real_knowledge().freshness.old_after
    last = TODAY - timedelta(days=days)
    assert warnings(course("roc", name="Kok"), dated=last.isoformat()) == []
    [warning] = warnings(course("roc", name="Kok"), dated=(last - timedelta(days=1)).isoformat())
    assert "[K091]" in warning
    by_hand = course("roc", evidence=Evidence.TAUGHT, trade="horeca")
    assert warnings(by_hand, dated="2015-01-01") == []  # each of its rows says its own year


def test_a_table_that_is_wrong_throughout_is_not_a_page_of_problems() -> None:
    rows = tuple(course("nobody", name=f"Kok {number}", line=number) for number in range(100))
    table = CourseTable("knowledge/schools/mbo.csv", "https://duo.nl", "2026", "CC0 1.0", rows)
    knowledge = replace(real_knowledge(), schooling=Schooling({}, {}, {}, (table,)))
    found = list(check_schools.problems_of(knowledge, netherlands()))
    assert len(found) == check_schools.MOST_SAID + 1
    assert found[-1].code == "K088"
    assert "problems more" in found[-1].message


def test_who_teaches_in_one_town_only_teaches_it_there() -> None:
    row = course("roc", None, evidence=Evidence.TAUGHT, dated="2024", qualifications=("kok",))
    one, two = (
        schools(row, of=(ROC,), qualifications=(KOK,)),
        schools(row, of=(school("roc", ZUID, VER),), qualifications=(KOK,)),
    )
    [proof] = one.near(["kok"], HOME, on=TODAY).proven
    assert (proof.place, proof.km) == (ZUID, 0)
    assert not two.near(["kok"], HOME, on=TODAY).proven


def test_a_training_company_is_named_with_proof_and_never_only_to_be_asked() -> None:
    company = school("company", ZUID, kind=SchoolKind.PRIVATE)
    row = course("company", evidence=Evidence.FOR_ADULTS, dated="2022", qualifications=("kok",))
    index = schools(row, of=(company,), qualifications=(KOK, qualification("bakker")))
    assert index.near(["kok"], HOME, on=TODAY).proven
    assert not index.near(["bakker"], HOME, on=TODAY).ask


# ------------------------------------------------------------------ water in the way
def test_what_lies_across_water_is_as_far_as_the_way_around_it() -> None:
    known = real_library()
    assert known.places.distance_km("Sluis", "Vlissingen") > 30 > known.places.distance_km("Vlissingen", "Goes")
    for town, is_near in (("Sluis", False), ("Vlissingen", True)):
        near = known.schools.near(["allround-timmerman"], home(town), on=date(2026, 11, 27))
        assert any(one.municipality == "Vlissingen" for one in (*near.proven, *near.ask)) is is_near


def test_water_beside_a_town_that_there_is_not_is_named() -> None:
    content = real_library().content
    water = replace(content.country.waters[0], one=("Sluys", "Hulst"))
    country = replace(content.country, waters=(water,))
    assert [one.message for one in elsewhere(content.knowledge, country) if one.code == "K104"] == [
        "there is no municipality 'Sluys' beside Westerschelde"
    ]


def test_a_trainer_gives_what_a_page_says_and_not_all_of_a_trade() -> None:
    for diploma in real_knowledge().schooling.qualifications:
        near = product().near([diploma], home("Utrecht"), on=date(2026, 11, 27), reach_km=500)
        assert all(one.exact or one.school.kind is not SchoolKind.PRIVATE for one in near.proven)


def test_a_hogeschool_is_asked_in_no_place_where_the_register_does_not_have_it() -> None:
    compiled = real_library()
    home = compiled.content.knowledge.municipalities["Aalsmeer"].coordinates
    near = compiled.schools.near(["huidtherapie"], home, on=date(2026, 11, 28))
    assert not near.ask  # Hogeschool Utrecht has rooms in Amsterdam, and gives this in Utrecht
    assert near.farther and near.farther.place == "Utrecht"


def test_a_school_that_asks_a_faith_is_named_behind_others_and_only_for_what_it_surely_gives() -> None:
    asks_faith = replace(school("faith", ZUID), faith=Text.same("reformatorisch"))
    bakker = qualification("bakker")
    rows = course("faith", ZUID, name="Kok"), course("roc", MIDDEN, name="Kok"), course("roc", ZUID, name="Bakker")
    index = schools(*rows, of=(asks_faith, school("roc", ZUID, MIDDEN)), qualifications=(KOK, bakker))
    assert [one.school.id for one in index.near(["kok"], HOME, on=TODAY).proven] == ["faith", "roc"], "22 km is farther"
    near = school("roc", ZUID)
    rows = course("faith", ZUID, name="Kok"), course("roc", ZUID, name="Kok")
    index = schools(*rows, of=(asks_faith, near), qualifications=(KOK,))
    assert [one.school.id for one in index.near(["kok"], HOME, on=TODAY).proven] == ["roc", "faith"]
    of_trade = course("faith", ZUID, trade="horeca", evidence=Evidence.TAUGHT, dated="2025")
    index = schools(of_trade, of=(asks_faith, near), qualifications=(KOK,))
    found = index.near(["kok"], HOME, on=TODAY)
    assert not found.proven
    assert [one.school.id for one in found.ask] == ["roc", "faith"]


def test_a_diploma_that_few_give_is_asked_only_where_it_is_said_to_be() -> None:
    rare = qualification("kok", rare=True)
    at_sea = course("roc", VER, qualifications=("kok",), evidence=Evidence.TAUGHT, dated="2025")
    index = schools(at_sea, of=(school("roc", ZUID, VER),), qualifications=(rare,))
    found = index.near(["kok"], HOME, on=TODAY)
    assert not found.ask, "it is given in Verstad, and not at home"
    assert found.farther and found.farther.place == VER

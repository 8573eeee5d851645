"""A place is read from a postcode, a town, a district or a province, typed as people type."""

import csv
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from libraries import words_of

from bot.content.knowledge_schema import FORMATS
from bot.content.reader import Reader
from bot.recognisers.places import NOWHERE, PlaceRead, Places
from bot.recognisers.places.reading import plain

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "places.tsv"
PROVINCES = 12
REGIONS = 35


@pytest.fixture(scope="module")
def places() -> Places:
    reader = Reader(ROOT)
    municipalities = reader.by("name", FORMATS["places"])
    assert not reader.problems
    return Places(
        municipalities.values(),
        reader.country.postcode,
        words_of(reader).places,
        reader.only(FORMATS["areas"]),
        jobs=["lasser", "leren lassen"],
    )


def known_names() -> list[str]:
    return list(Reader(ROOT).by("name", FORMATS["places"]))


def with_an_error(name: str, typing: Random) -> str:
    """A letter left out, added or changed, or two letters that changed places."""
    place = typing.randrange(1, len(name))
    letter = typing.choice("abcdefghijklmnopqrstuvwxyz")
    return typing.choice(
        [
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place:],
            name[:place] + letter + name[place + 1 :],
            name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
        ]
    )


def test_all_municipalities_of_2026_are_known():
    municipalities = Reader(ROOT).by("name", FORMATS["places"]).values()

    assert len(municipalities) == 342
    assert len({one.province for one in municipalities}) == PROVINCES
    assert len({one.region for one in municipalities}) == REGIONS


def test_no_postcode_lies_in_two_municipalities():
    spans = sorted(span for one in Reader(ROOT).by("name", FORMATS["places"]).values() for span in one.pc4)

    assert all(last < first for (_, last), (first, _) in pairwise(spans))


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("3512", "Utrecht"),
        ("3512ja", "Utrecht"),
        ("3531-HK", "Utrecht"),
        ("(3721 AA)", "De Bilt"),
        ("mijn postcode is 7511 jh", "Enschede"),
        ("9999 ZZ", "Het Hogeland"),
    ],
)
def test_a_postcode_is_read_in_any_typing(places: Places, typed: str, municipality: str):
    assert places.read(typed).municipality == municipality


@pytest.mark.parametrize("typed", ["0123 AB", "06 12345678", "123", "12345"])
def test_digits_that_are_no_postcode_name_no_place(places: Places, typed: str):
    assert places.read(typed) == NOWHERE


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("zijst", "Zeist"),
        ("nijmegn", "Nijmegen"),
        ("amersvoort", "Amersfoort"),
        ("wijk bij duurstee", "Wijk bij Duurstede"),
        ("capele aan de ijsel", "Capelle aan den IJssel"),
        ("alphen a/d rijn", "Alphen aan den Rijn"),
        ("st. oedenrode", "Meierijstad"),
    ],
)
def test_a_misspelt_name_is_read_by_its_letters_and_its_sound(places: Places, typed: str, municipality: str):
    assert places.read(typed).municipality == municipality


@pytest.mark.parametrize(
    "typed",
    [
        "goed",
        "ik niet goed nederlands",
        "ik wil stoppen met roken",
        "ik ben niet goed in lezen",
        "mensen helpen",
        "lasser",
        "leren lassen",
        "tegels zetten",
        "om de hoek",
        "een bakker op de hoek",
        "what do you mean",
    ],
)
def test_a_word_of_the_language_and_a_job_are_no_misspelt_name(places: Places, typed: str):
    assert places.read(typed) == NOWHERE


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("ik woon sinds kort in amersvoort", "Amersfoort"),
        ("momenteel woonachtig in de haarlemermeer", "Haarlemmermeer"),
        ("my family and i live near nijmegn now", "Nijmegen"),
        ("berg en dar", "Berg en Dal"),
        ("den bos", "'s-Hertogenbosch"),
    ],
)
def test_in_a_sentence_a_misspelt_name_stands_after_a_word_of_place(places: Places, typed: str, municipality: str):
    assert places.read(typed).municipality == municipality


def test_in_a_sentence_no_other_word_is_taken_for_a_misspelt_name(places: Places):
    assert places.read("lieve mensen amersvoort klinkt mooi") == NOWHERE


def test_nearly_every_name_with_a_typing_error_is_still_read(places: Places):
    typing = Random(1)
    names = [name for name in known_names() if len(name) > 4]
    read = [name in places.read(with_an_error(plain(name).lower(), typing)).candidates for name in names]

    assert sum(read) >= 0.97 * len(names)


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("kanalen eiland", "Utrecht"),
        ("rotterdam-zuid", "Rotterdam"),
        ("the hague", "'s-Gravenhage"),
        ("den bosch", "'s-Hertogenbosch"),
        ("ljouwert", "Leeuwarden"),
        ("hellevoetsluis", "Voorne aan Zee"),
    ],
)
def test_districts_old_names_and_other_languages_are_known(places: Places, typed: str, municipality: str):
    assert places.read(typed).municipality == municipality


@pytest.mark.parametrize(
    ("typed", "municipality"),
    [
        ("een dorp bij Zwolle", "Zwolle"),
        ("Leusden, vlak bij Amersfoort", "Leusden"),
        ("ik werk in Utrecht maar woon in Zeist", "Zeist"),
        ("Elst, provincie Utrecht", "Rhenen"),
        ("hengelo gld", "Bronckhorst"),
        ("Elst (Ut)", "Rhenen"),
        ("ik kom uit Best", "Best"),
    ],
)
def test_the_words_around_a_name_say_which_place_counts(places: Places, typed: str, municipality: str):
    assert places.read(typed).municipality == municipality


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("Bergen", {"Bergen (NH.)", "Bergen (L.)"}),
        ("rijswijk", {"Rijswijk", "Buren", "Altena"}),
        ("Utrecht of Amersfoort", {"Utrecht", "Amersfoort"}),
    ],
)
def test_a_name_of_several_places_is_asked_back(places: Places, typed: str, candidates: set[str]):
    read = places.read(typed)

    assert read.municipality is None
    assert set(read.candidates) == candidates


def test_a_province_or_a_region_names_no_municipality(places: Places):
    assert places.read("ergens in drenthe") == PlaceRead(province="Drenthe")
    assert places.read("twente") == PlaceRead(province="Overijssel", region="Twente")
    assert places.read("provincie utrecht") == PlaceRead(province="Utrecht")
    assert places.read("het gooi") == PlaceRead(province="Noord-Holland")


@pytest.mark.parametrize(
    "typed",
    ["belgie", "maakt niet uit", "geen idee", "overal in nederland", "echt overal, best ver weg", "met het ov", ""],
)
def test_no_place_is_an_honest_answer(places: Places, typed: str):
    assert places.read(typed) == NOWHERE


def test_distances_are_kilometres_as_the_crow_flies(places: Places):
    assert places.distance_km("Utrecht", "Utrecht") == 0
    assert places.distance_km("Utrecht", "Amersfoort") == pytest.approx(20, abs=3)
    assert places.distance_km("Groningen", "Maastricht") == pytest.approx(266, abs=8)


def test_the_labelled_places_are_read(places: Places):
    if not GOLD.exists():
        pytest.skip("../shared/gold is not here")
    with GOLD.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    single = [row for row in rows if "|" not in row["municipality"] and row["municipality"] != "NONE"]
    right = [row for row in single if places.read(row["text"]).municipality == row["municipality"]]

    assert len(right) >= 0.93 * len(single)

"""What someone does or wants to do, in their own words, is read as occupations and sectors."""

import csv
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from libraries import real_knowledge

from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.recognisers.work import Wishes, WishRead

ROOT = Path(__file__).parent.parent
GOLD = ROOT.parent / "shared" / "gold" / "wishes.tsv"


@pytest.fixture(scope="module")
def wishes(compiled: Compiled) -> Wishes:
    """Those of the library: building them again took a second of each worker."""
    return compiled.wishes


def test_at_least_450_occupations_are_known():
    occupations = real_knowledge().occupations.values()

    assert len(occupations) >= 450
    assert all(one.isco.isdigit() and len(one.isco) == 4 for one in occupations)


def test_a_word_belongs_to_one_occupation_only():
    seen: dict[str, str] = {}
    for one in real_knowledge().occupations.values():
        for word in {word.casefold() for language in ("nl", "en") for word in one.words[language]}:
            assert seen.setdefault(word, one.id) == one.id, f"{word!r} is of {seen[word]} and of {one.id}"


@pytest.mark.parametrize(
    ("typed", "occupation", "sectors"),
    [
        ("lasser", "welder", ("techniek",)),
        ("heftruck rijden", "forklift-driver", ("logistiek",)),
        ("onderwijs assistent", "teaching-assistant", ("onderwijs",)),
        ("verpleegster worden", "nurse", ("zorg",)),
        ("drive a truck", "truck-driver", ("logistiek",)),
        ("python leren", "python-programmer", ("ict",)),
        ("zonnepanelen leggen", "solar-panel-installer", ("energietransitie",)),
    ],
)
def test_a_known_name_a_tool_or_an_activity_names_an_occupation(
    wishes: Wishes, typed: str, occupation: str, sectors: tuple[str, ...]
):
    read = wishes.read(typed)

    assert read.occupations[0].label == occupation
    assert read.sectors == sectors


@pytest.mark.parametrize(
    ("typed", "occupation"),
    [("verpleegkundge", "nurse"), ("tiemrman", "carpenter"), ("vrachtwagenchauffer", "truck-driver")],
)
def test_typing_errors_are_mended(wishes: Wishes, typed: str, occupation: str):
    assert wishes.read(typed).occupations[0].label == occupation


@pytest.mark.parametrize("typed", ["kapper", "caissière jumbo", "i work as a waitress", "sales manager b2b"])
def test_a_job_outside_our_sectors_is_recognised_as_that(wishes: Wishes, typed: str):
    read = wishes.read(typed, Vocabulary.CURRENT_JOB)

    assert read.occupations
    assert read.sectors == ()


@pytest.mark.parametrize(
    ("typed", "sectors"),
    [
        ("iets met mensen", {"zorg", "onderwijs"}),
        ("something with computers", {"ict"}),
        ("buiten en met dieren", {"groen"}),
        ("iets creatiefs", set()),
        ("kantoorbaan", set()),
    ],
)
def test_a_vague_wish_means_what_the_data_say(wishes: Wishes, typed: str, sectors: set[str]):
    read = wishes.read(typed)

    assert set(read.sectors) == sectors
    assert read.occupations == ()


@pytest.mark.parametrize(
    ("typed", "sectors", "excluded"),
    [
        ("niet in de bouw", set(), {"bouw"}),
        ("weg uit het onderwijs", set(), {"onderwijs"}),
        ("geen zorg en geen onderwijs", set(), {"zorg", "onderwijs"}),
        ("de zorg liever niet", set(), {"zorg"}),
        ("iets anders dan de zorg", set(), {"zorg"}),
        ("i don't want to work in construction", set(), {"bouw"}),
        ("no healthcare please, warehouse is fine", {"logistiek"}, {"zorg"}),
        ("niet lassen maar wel iets met metaal", {"techniek"}, set()),
        ("zorg maar niet met ouderen", {"zorg"}, set()),
        ("ik zoek omscholing naar de zorg met behoud van uitkering", {"zorg"}, set()),
        ("grond, weg en waterbouw", {"bouw"}, set()),
        ("ik werk in de horeca maar kan dat niet meer dus iets met computers", {"ict"}, set()),
        ("kapper, wil iets met computers, ben klaar met knippen", {"ict"}, set()),
    ],
)
def test_what_someone_refuses_is_no_wish(wishes: Wishes, typed: str, sectors: set[str], excluded: set[str]):
    read = wishes.read(typed)

    assert (set(read.sectors), set(read.excluded)) == (sectors, excluded)


@pytest.mark.parametrize(
    ("typed", "sectors", "refused"),
    [
        ("ict maar geen helpdesk", {"ict"}, {"it-service-desk-agent"}),
        ("i want to work in a hospital but no nurse", {"zorg"}, {"nurse"}),
        ("onderwijs, alleen geen gymleraar", {"onderwijs"}, {"pe-teacher"}),
        ("geen vrachtwagenchauffeur", set(), {"truck-driver"}),
    ],
)
def test_who_refuses_an_occupation_does_not_refuse_its_sector(
    wishes: Wishes, typed: str, sectors: set[str], refused: set[str]
):
    read = wishes.read(typed)

    assert (set(read.sectors), set(read.refused), read.excluded) == (sectors, refused, ())


@pytest.mark.parametrize(
    ("typed", "occupation"),
    [
        ("jarenlang gemetseld", "bricklayer"),
        ("ik heb altijd geschilderd", "painter"),
        ("bij een baas gestuukt", "plasterer"),
        ("haren geknipt", "hairdresser"),
        ("schoongemaakt in kantoren", "cleaner"),
        ("welded for ten years", "welder"),
    ],
)
def test_work_is_known_by_what_was_done(wishes: Wishes, typed: str, occupation: str):
    read = wishes.read(typed, Vocabulary.CURRENT_JOB)

    assert [match.label for match in read.occupations][:1] == [occupation]


def test_everything_except_one_sector_is_all_the_others(wishes: Wishes):
    read = wishes.read("alles behalve zorg")

    assert len(read.sectors) == 8
    assert "zorg" not in read.sectors
    assert read.excluded == ("zorg",)


@pytest.mark.parametrize("typed", ["bouw/techniek", "bouw en techniek", "techniek of de bouw"])
def test_two_sectors_are_two_wishes(wishes: Wishes, typed: str):
    assert set(wishes.read(typed).sectors) == {"bouw", "techniek"}


def test_a_long_story_tells_now_from_later(wishes: Wishes):
    story = "Ik werk al twaalf jaar als caissière bij de Jumbo, maar ik zou zo graag websites maken"

    assert wishes.read(story).sectors == ("ict",)
    assert wishes.read(story, Vocabulary.CURRENT_JOB).sectors == ()
    assert wishes.read(story, Vocabulary.CURRENT_JOB).occupations[0].label == "cashier"


def test_what_someone_sells_and_where_someone_works_is_not_what_someone_does(wishes: Wishes):
    assert wishes.read("verkoper van auto's", Vocabulary.CURRENT_JOB).sectors == ()
    assert wishes.read("logistiek planner bij een bouwbedrijf", Vocabulary.CURRENT_JOB).sectors == ("logistiek",)


def test_a_match_says_which_words_carried_it(wishes: Wishes):
    assert wishes.read("ik wil graag vrachtwagen rijden").occupations[0].evidence == ("vrachtwagen", "rijden")


@pytest.mark.parametrize(
    "typed",
    [
        "ik niet goed nederlands",
        "mijn nederlands is niet zo goed",
        "ik spreek slecht nederlands",
        "ik praat alleen engels",
        "nederlands leren",
        "my dutch is not very good",
    ],
)
def test_how_well_someone_speaks_dutch_is_no_work(wishes: Wishes, typed: str):
    assert wishes.read(typed) == WishRead()
    assert wishes.read(typed, Vocabulary.CURRENT_JOB) == WishRead()


@pytest.mark.parametrize("typed", ["meer verdienen", "iets anders", "ander werk", "geen idee"])
def test_a_wish_that_may_be_any_work_is_known_as_one(wishes: Wishes, typed: str):
    assert wishes.read(typed).is_open


@pytest.mark.parametrize("typed", ["meer verdienen", "iets met meer vastigheid", "onder schooltijd", "minder stress"])
def test_a_wish_how_work_should_be_stays_open_beside_its_examples(wishes: Wishes, typed: str):
    read = wishes.read(typed)
    assert read.is_open
    assert read.examples_of
    assert len(read.likely) >= 4


def test_what_says_no_work_gives_way_to_what_does(wishes: Wishes):
    read = wishes.read("iets met dieren, en meer verdienen")
    assert not read.is_open
    assert read.examples_of is None
    assert read.likely == wishes.read("iets met dieren").likely


@pytest.mark.parametrize("typed", ["asdfgh", "lasser", "iets met dieren", "in de zorg"])
def test_work_and_what_nobody_knows_is_no_open_wish(wishes: Wishes, typed: str):
    assert not wishes.read(typed).is_open


def test_a_wish_about_languages_is_work_and_a_level_of_dutch_is_none(wishes: Wishes):
    assert "language-teacher" in wishes.read("iets met taal").likely
    assert not wishes.read("ik spreek goed nederlands").likely


@pytest.mark.parametrize("typed", ["docent nederlands", "ik geef nederlands les", "vertaler engels"])
def test_work_with_a_language_is_work(wishes: Wishes, typed: str):
    assert wishes.read(typed, Vocabulary.CURRENT_JOB).occupations


def test_work_beside_a_word_on_ones_dutch_is_work(wishes: Wishes):
    assert wishes.read("lasser, maar ik spreek slecht nederlands").occupations[0].label == "welder"


@pytest.mark.parametrize("typed", ["b", "x", "ab", "b.", "ik b"])
def test_one_or_two_letters_are_like_no_occupation(wishes: Wishes, typed: str):
    assert wishes.read(typed, Vocabulary.CURRENT_JOB) == WishRead()


@pytest.mark.parametrize(
    "typed", ["", "werkloos", "ik zit thuis", "weet ik nog niet", "no idea", "asdfgh", "123", "x" * 4096]
)
def test_nothing_found_is_an_honest_answer(wishes: Wishes, typed: str):
    assert replace(wishes.read(typed), is_open=False) == WishRead()
    assert replace(wishes.read(typed, Vocabulary.CURRENT_JOB), is_open=False) == WishRead()


def test_the_labelled_wishes_are_read(wishes: Wishes):
    if not GOLD.exists():
        pytest.skip("../shared/gold is not here")
    with GOLD.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    hits = clean = 0
    for row in rows:
        expected = set(row["sectors"].split(","))
        # Not the bare text of the kind: it is remembered as the same question, and is read as another one.
        read = set(wishes.read(row["text"], Vocabulary(row["kind"])).sectors)
        hits += bool(read & expected) or (not read and "NONE" in expected)
        clean += read <= expected

    assert hits >= 0.92 * len(rows)
    assert clean >= 0.90 * len(rows)


@pytest.mark.parametrize(
    "typed",
    [
        "mag ik er ook drie noemen",
        "ik ben net begonnen met zoeken naar wat anders",
        "een neef van mij heeft hier kennis mee gemaakt",
    ],
)
def test_a_common_word_that_may_be_a_name_is_none_among_others(wishes: Wishes, typed: str):
    assert not wishes.read(typed).occupations


@pytest.mark.parametrize(
    ("typed", "occupation"), [("mag", "welder"), (".net", "net-developer"), ("bij de politie", "police-officer")]
)
def test_a_common_word_by_itself_is_the_name_that_it_is(wishes: Wishes, typed: str, occupation: str):
    assert wishes.read(typed).occupations[0].label == occupation


def test_the_less_of_a_text_names_work_the_less_sure_it_is(wishes: Wishes):
    alone, among = (wishes.read(text).occupations[0] for text in ("politie", "de politie om zekerheid"))
    assert alone.label == among.label == "police-officer"
    assert alone.score == 1.0 > among.score


@pytest.mark.parametrize(
    ("typed", "occupation"),
    [
        ("schilder in een winkel", "painter"),
        ("beveiliger bij een bakkerij", "security-guard"),
        ("kok in een gevangenis", "cook"),
        ("lichttechnicus theater", "stage-technician"),
        ("cleaner in a restaurant", "cleaner"),
        ("schoonmaker in het ziekenhuis", "cleaner"),
    ],
)
def test_where_work_is_done_is_no_work_of_its_own(wishes: Wishes, typed: str, occupation: str):
    assert [match.label for match in wishes.read(typed).occupations] == [occupation]


def test_where_work_is_done_says_which_of_the_same_sector(wishes: Wishes):
    assert "primary-school-teacher" in [one.label for one in wishes.read("leraar op de basisschool").occupations]


@pytest.mark.parametrize("typed", ["iets in een hotel", "werken op schiphol", "in het ziekenhuis", "work in a museum"])
def test_where_many_kinds_of_work_are_done_is_a_vague_wish(wishes: Wishes, typed: str):
    reading = wishes.read(typed)
    assert not reading.occupations
    assert len(reading.likely) > 1


@pytest.mark.parametrize("typed", ["iets voor ouderen, maar geen mensen wassen", "old people, but no personal care"])
def test_who_refuses_a_task_refuses_the_work_that_it_is_of_and_no_sector(wishes: Wishes, typed: str):
    reading = wishes.read(typed)
    assert reading.likely == ("activities-coordinator",)
    assert {"care-worker", "nurse"} <= set(reading.refused)
    assert not reading.excluded
    assert reading.sectors == ("zorg",)


def test_what_is_named_outright_is_refused_by_its_own_name_alone(wishes: Wishes):
    reading = wishes.read("verpleegkundige, maar geen ziekenhuis")
    assert [match.label for match in reading.occupations] == ["nurse"]
    assert "nurse" not in reading.refused


@pytest.mark.parametrize(
    ("typed", "occupation"),
    [
        ("monteur fietsen", "bicycle-repairer"),
        ("verkoper auto's", "car-salesperson"),
        ("chauffeur bus", "bus-driver"),
        ("leraar wiskunde", "maths-teacher"),
        ("adviseur energie", "energy-adviser"),
    ],
)
def test_a_compound_may_stand_with_its_halves_the_other_way_round(wishes: Wishes, typed: str, occupation: str):
    assert [match.label for match in wishes.read(typed).occupations] == [occupation]


def test_who_refuses_a_trade_refuses_all_work_in_it(wishes: Wishes):
    reading = wishes.read("iets met eten, maar geen horeca")
    assert {"waiter", "cook", "bartender"} <= set(reading.refused)
    assert "baker" in reading.likely
    assert "cook" not in reading.likely


def test_each_of_two_kinds_of_work_is_taken_back_by_itself(wishes: Wishes):
    reading = wishes.read("verkoop is niks voor mij en callcenter ook niet")
    assert set(reading.refused) == {"shop-assistant", "customer-service-agent"}
    assert not reading.occupations


@pytest.mark.parametrize(
    ("typed", "occupations"),
    [
        ("bakker of kapper", ["baker", "hairdresser"]),
        ("lasser of kapper", ["welder", "hairdresser"]),
        ("driver of trucks", ["truck-driver"]),
    ],
)
def test_of_between_two_jobs_is_or(wishes: Wishes, typed: str, occupations: list[str]):
    assert [match.label for match in wishes.read(typed).occupations] == occupations


def test_a_vague_wish_says_which_work_it_often_means_while_nothing_was_named(wishes: Wishes):
    assert wishes.read("iets met dieren").likely[0] == "veterinary-assistant"
    assert wishes.read("hondentrimmer, iets met dieren").likely == ()
    assert wishes.read("iets met mensen").likely


def test_work_that_was_refused_is_not_likely_meant(wishes: Wishes):
    read = wishes.read("iets met mensen, maar geen zorg")

    assert "teaching-assistant" in read.likely
    assert "care-worker" not in read.likely


def test_what_was_read_is_remembered_and_never_kept_with_the_content(wishes: Wishes):
    first = wishes.read("iets met mijn tante Geertruida en lassen")
    assert wishes.read("iets met mijn tante Geertruida en lassen") is first
    again = pickle.loads(pickle.dumps(wishes))
    assert b"Geertruida" not in pickle.dumps(wishes)
    assert again.read("iets met mijn tante Geertruida en lassen") == first

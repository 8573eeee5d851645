"""The indexes over the content: cues in passing, programmes by their words, and the catalogue."""

from dataclasses import replace
from pathlib import Path

import pytest
from stores import ENGINES

from bot.catalogue import Never
from bot.compiled import Compiled
from bot.content.flow import Vocabulary
from bot.errors import BotError
from bot.recognisers.mentions import Mentions
from bot.settings import Settings

CUES = Mentions(
    [("statushouder", "status_holder"), ("bbl", "bbl"), ("ik ben een vrouw", "woman"), ("wajong", "wajong")],
    frozenset({"geen"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ik ben statushouder en zoek werk", {"status_holder"}),
        ("statushoder", {"status_holder"}),
        ("wij zijn statushouders", {"status_holder"}),
        ("timmerman, BBL-opleiding", {"bbl"}),
        ("als het kan bbl; ik ben een vrouw", {"bbl", "woman"}),
        ("geen bbl graag", set()),
        ("ik ben geen statushouder", set()),
        ("ik ben een man", set()),
        ("blb", set()),
        ("", set()),
    ],
)
def test_what_is_mentioned_is_found_unless_it_is_denied(text: str, found: set[str]) -> None:
    assert CUES.read(text) == found


def test_a_general_word_gives_way_to_a_telling_one(compiled: Compiled) -> None:
    assert compiled.work("leraar op de basisschool", Vocabulary.DESIRED_WORK).occupations == ("primary-school-teacher",)
    assert "secondary-school-teacher" in compiled.work("leraar", Vocabulary.DESIRED_WORK).occupations


def test_the_words_of_a_programme_become_occupations_of_its_own_sectors(compiled: Compiled) -> None:
    assert compiled.catalogue["gvb-connexxion-chauffeur"].occupations == {"bus-driver", "tram-driver"}
    assert "athlete" not in compiled.catalogue["codam"].occupations


def test_words_that_no_occupation_has_are_kept_as_names(compiled: Compiled) -> None:
    assert "ICT'er" in compiled.catalogue["make-it-work-hva"].other_words
    assert "make-it-work-hva" in compiled.names.read("ik wil ICT'er worden")


def test_the_catalogue_holds_everything_and_offers_only_what_can_be(compiled: Compiled) -> None:
    catalogue = compiled.catalogue
    assert catalogue.profiles.keys() == {one.id for one in compiled.content.knowledge.offerables}
    assert catalogue["make-it-work-in-the-north"].never is Never.ENDED
    assert all(profile.never is None for profile in catalogue.near(None))


def test_what_is_asked_for_by_name_is_near_whatever_the_wish(compiled: Compiled) -> None:
    wish = compiled.work("timmerman", Vocabulary.DESIRED_WORK)
    near = {profile.item.id for profile in compiled.catalogue.near(wish, ["codam", "make-it-work-in-the-north"])}
    assert "codam" in near
    assert "make-it-work-in-the-north" not in near, "it has ended"


def test_programmes_without_weights_are_refused(compiled: Compiled) -> None:
    without = replace(compiled.content, knowledge=replace(compiled.content.knowledge, weights=None))
    with pytest.raises(BotError, match="weights"):
        Compiled.of(without)


def test_the_library_says_what_it_is_in_a_line(compiled: Compiled) -> None:
    """Python makes such a text of whatever a loop gave back when it is over, also when nobody reads it."""
    assert len(repr(compiled)) < 200 and len(repr(compiled.content)) < 200


def test_an_engine_that_served_one_test_serves_the_next(tmp_path: Path) -> None:
    served, where = [], []
    for name in ("one", "two"):
        (tmp_path / name / "var").mkdir(parents=True)
        engine = ENGINES.lend(Settings.read({}, root=tmp_path / name))
        with engine.connect() as db:
            where.append(Path(db.exec_driver_sql("PRAGMA database_list").one()[2]))
        ENGINES.take_back()
        served.append(engine)
    assert served[0] is served[1] and where == [tmp_path / name / "var" / "overstap.db" for name in ("one", "two")]

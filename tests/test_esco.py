from pathlib import Path

import pytest

from bot.authoring.esco import as_yaml, read
from bot.content.knowledge import Occupation
from bot.content.knowledge_schema import FORMATS
from bot.content.problems import Location
from bot.content.reader import Reader
from bot.errors import BotError
from bot.text import Text

HEADER = "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels\n"
DUTCH = HEADER + 'Occupation,http://e/occupation/1a,8332,bestelwagenrijder,"trucker\nchauffeur c"\n'
ENGLISH = HEADER + 'Occupation,http://e/occupation/1a,C8332,lorry worker,"112\nno"\n'

AT = Location("occupations.yaml", 1, 1)
OWN = {"truck": Occupation("truck", "8332", ("logistiek",), Text(nl="trucker", en="trucker"), {"nl": (), "en": ()}, AT)}


def test_two_languages_become_one_occupation_with_our_sector_and_without_our_names(tmp_path: Path) -> None:
    for name, text in (("nl.csv", DUTCH), ("en.csv", ENGLISH)):
        (tmp_path / name).write_text(text, encoding="utf-8-sig")
    written = tmp_path / "esco.yaml"
    written.write_text(as_yaml(read([tmp_path / "nl.csv", tmp_path / "en.csv"]), OWN), encoding="utf-8")
    reader = Reader(tmp_path)
    [occupation] = reader.file(written, FORMATS["occupations"].shape)
    assert not reader.problems
    assert (occupation.id, occupation.isco, occupation.sectors) == ("esco-1a", "8332", ("logistiek",))
    assert occupation.name == Text(nl="bestelwagenrijder", en="lorry worker")
    assert dict(occupation.words) == {"nl": ("chauffeur c",), "en": ("112", "no")}


def test_another_file_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("naam;beroep\n", encoding="utf-8")
    with pytest.raises(BotError, match="not the occupations file of ESCO"):
        read([tmp_path / "x.csv"])


@pytest.mark.skipif(
    not (official := Path("../shared/benchmarks/matching/data/esco_nl/occupations_nl.csv")).exists(),
    reason="the official ESCO file is not here",
)
def test_the_official_dutch_file_is_read_whole() -> None:
    concepts = read([official])
    assert len(concepts) > 3000
    assert all(concept.names["nl"] and len(concept.isco) == 4 for concept in concepts)

"""Thousands of labels with a few names: the nearest name decides."""

from itertools import product

import pytest

from bot.matching import Index

STEMS = "las metsel timmer schilder verpleeg kook rij boor slijp zaag pers giet stuur bestuur controleer reken".split()
THINGS = "hout staal glas brood vis plant bus schip kabel motor huis brug vloer dak deur raam muur steen".split()
ENDS = "er monteur technicus assistent".split()


@pytest.fixture(scope="module")
def index() -> Index:
    """1,152 labels with two names each."""
    made = list(product(THINGS, STEMS, ENDS))
    names = [(f"{thing}{stem}{end}", f"{thing}/{stem}/{end}") for thing, stem, end in made]
    return Index(names + [(f"{stem}{end} van {thing}", f"{thing}/{stem}/{end}") for thing, stem, end in made])


def test_the_name_itself_comes_first(index: Index):
    assert index.search("brugschildermonteur")[0].label == "brug/schilder/monteur"


@pytest.mark.parametrize("typed", ["brugschilder monteur", "brugschildermontuer", "Brugschilder-monteur"])
def test_a_name_with_an_error_or_a_space_is_found(index: Index, typed: str):
    assert index.search(typed)[0].label == "brug/schilder/monteur"


def test_what_is_no_name_is_not_sure(index: Index):
    sure = index.search("brugschildermonteur")[0].score
    unsure = index.search("ambassadeur")
    assert not unsure or unsure[0].score < sure / 2


def test_evidence_names_the_rarest_words_first(index: Index):
    assert index.search("een brugschildermonteur")[0].evidence[0] == "brugschildermonteur"

"""What people type is matched with what they mean."""

import pickle

import pytest

from bot.matching import Index, closest, fold, words
from bot.matching.word_vectors import word_table

EXAMPLES = [
    ("wat kost de opleiding", "price"),
    ("hoeveel geld moet ik betalen", "price"),
    ("is het gratis", "price"),
    ("krijg ik korting op het cursusgeld", "price"),
    ("wat is de prijs per maand", "price"),
    ("hoe lang duurt de opleiding", "duration"),
    ("hoeveel maanden ben ik bezig", "duration"),
    ("wanneer ben ik klaar", "duration"),
    ("is het een korte cursus of een paar jaar", "duration"),
    ("hoeveel uur per week kost het", "duration"),
    ("kan ik in de avond les volgen", "schedule"),
    ("zijn er lessen in het weekend", "schedule"),
    ("op welke dagen is de les", "schedule"),
    ("kan ik het naast mijn werk doen", "schedule"),
    ("is het overdag of 's avonds", "schedule"),
    ("ik wil vrachtwagenchauffeur worden", "driver"),
    ("welk rijbewijs heb ik nodig om te rijden", "driver"),
    ("werken als chauffeur op een vrachtwagen", "driver"),
    ("groot rijbewijs halen voor mijn werk", "driver"),
    ("buschauffeur worden", "driver"),
]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(EXAMPLES)


def best(index: Index, text: str) -> str:
    return index.search(text)[0].label


# ------------------------------------------------------------------ text
def test_folding_forgets_capitals_accents_and_spaces():
    assert fold("  Financiële\u00a0HULP\n") == "financiele hulp"


def test_words_are_what_stands_between_signs():
    assert words("Kost dit geld?! (c++, C#)") == ["kost", "dit", "geld", "c++", "c#"]


def test_a_long_message_is_cut():
    assert len("".join(words("a" * 5000))) == 200


# ------------------------------------------------------------------ a short list
def test_a_button_with_a_typing_error_is_found():
    assert closest("limbrug", ["Limburg", "Noord-Holland"])[0].name == "Limburg"


def test_another_name_is_no_typing_error():
    assert closest("zuid-holland", ["Noord-Holland"]) == []


def test_the_same_text_scores_one():
    assert closest("FRYSLÂN", ["Fryslân"])[0].score == 1.0


# ------------------------------------------------------------------ questions
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("wat kost de opleidng", "price"),  # a letter forgotten
        ("hoe lagn duurt het", "duration"),  # two letters swapped
        ("is er weekend les", "schedule"),  # a compound split, other words around
        ("vracht wagen chauffeur", "driver"),  # a compound split in three
        ("Hoevéél geld?", "price"),
    ],
)
def test_typing_errors_and_split_words_are_understood(index: Index, text: str, label: str):
    assert best(index, text) == label


@pytest.mark.skipif(not word_table().size, reason="there is no word table")
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("how much money is it", "price"),
        ("how many months does it take", "duration"),
        ("are there lessons in the evening", "schedule"),
        ("I want to become a truck driver", "driver"),
    ],
)
def test_english_questions_find_dutch_wordings(index: Index, text: str, label: str):
    assert best(index, text) == label


def test_scores_are_probabilities_and_the_best_comes_first(index: Index):
    scores = [match.score for match in index.search("wat kost de opleiding", limit=4)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_known_question_is_surer_than_an_unknown_one(index: Index):
    known, unknown = index.search("hoe lang duurt de cursus")[0], index.search("mijn konijn is weggelopen")[0]
    assert known.score > 0.5 > unknown.score


def test_the_words_that_carried_a_match_are_said(index: Index):
    assert index.search("ik denk dat ik chauffeur wil worden")[0].evidence[0] == "chauffeur"


def test_only_the_asked_number_of_labels_is_given(index: Index):
    assert len(index.search("kost", limit=2)) == 2


@pytest.mark.parametrize("text", ["", "   ", "?!", "👍"])
def test_a_text_without_words_means_nothing(index: Index, text: str):
    assert index.search(text) == []


@pytest.mark.parametrize("text", ["مرحبا كيف حالك", "你好", "a" * 5000, "\x00\ud800", "1234", "q"])
def test_strange_texts_do_no_harm(index: Index, text: str):
    assert all(0 <= match.score <= 1 for match in index.search(text))


# ------------------------------------------------------------------ small and strange sets
def test_a_rare_word_is_a_slip_of_a_common_one():
    index = Index([("mag ik komen kijken", "visit"), ("mag ik later betalen", "pay"), ("mag ik eerder weg", "leave")])
    assert word_table().row("koen") >= 0, "a name, and so no word that nobody knows"
    assert best(index, "mag ik koen") == "visit"


def test_an_index_without_examples_finds_nothing():
    assert Index([]).search("hallo") == []


def test_one_example_is_enough():
    assert Index([("lasser", "welder")]).search("laser")[0].label == "welder"


def test_an_example_without_words_is_left_out():
    assert Index([("?!", "sign"), ("lasser", "welder")]).search("lasser")[0].label == "welder"


def test_it_works_without_the_word_table():
    assert best(Index(EXAMPLES, meaning=False), "wat kost de opleidng") == "price"


def test_the_same_examples_give_the_same_answers(index: Index):
    text = "wanneer is de les en wat kost het"
    assert Index(EXAMPLES).search(text) == index.search(text)


def test_an_index_survives_being_kept_on_disk(index: Index):
    kept = pickle.dumps(index)
    assert pickle.loads(kept).search("is het gratis") == index.search("is het gratis")
    assert len(kept) < 3_000_000, "the word table must not be kept with it"

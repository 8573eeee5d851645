"""What is learnt from examples by their features."""

import numpy as np

from bot.matching.inverted_index import Entries
from bot.matching.regression.batches import batches
from bot.matching.regression.binary import BinaryRegression
from bot.matching.regression.descent import descend
from bot.matching.regression.multinomial import MultinomialRegression
from bot.matching.sparse import hashed

NO_MEANING = np.zeros((0, 0), np.float32)


def entries(examples: list[list[str]]) -> Entries:
    owners = np.repeat(np.arange(len(examples)), [len(names) for names in examples])
    return Entries.merge(owners, hashed([name for names in examples for name in names])[0], np.ones(len(owners)))


def test_the_likeliest_label_is_the_one_whose_features_a_text_has() -> None:
    said = [["lasser", "mooi"], ["lasser", "leuk"], ["utrecht", "mooi"], ["utrecht", "leuk"]] * 5
    meanings = np.zeros((len(said), 2), np.float32)
    learnt = MultinomialRegression.fit(entries(said), meanings, ["wish", "wish", "place", "place"] * 5)
    likely = learnt.likely(learnt.leaning(hashed(["utrecht"])))
    assert learnt.labels == ("place", "wish")
    assert likely[0] > 0.9
    assert learnt.why([("utrecht", hashed(["utrecht"])), ("leuk", hashed(["leuk"]))], "place")[0] == "utrecht"


def test_an_example_that_counts_for_less_bends_less() -> None:
    said, labels = [["a"], ["a"]] * 20, ["yes", "no"] * 20
    weights = [1.0, 0.2] * 20
    learnt = MultinomialRegression.fit(entries(said), np.zeros((40, 1), np.float32), labels, weights)
    assert learnt.likely(learnt.leaning(hashed(["a"])))[learnt.labels.index("yes")] > 0.7


def test_a_yes_or_no_is_told_of_several_at_once() -> None:
    said = [["comma", "maar"], ["comma"], ["none", "de"], ["none"]] * 10
    cuts = BinaryRegression(entries(said), np.array([True, True, False, False] * 10))
    likely = cuts.probabilities(np.array([0, 2]), hashed(["comma", "none"])[0], 1.0, 3)
    assert likely[0] > 0.9
    assert likely[2] < 0.1
    assert 0.3 < likely[1] < 0.7  # of what has no feature nothing is known


def test_of_no_examples_nothing_is_learnt() -> None:
    assert MultinomialRegression.fit(entries([]), NO_MEANING, []).labels == ()
    cuts = BinaryRegression(entries([]), np.zeros(0, np.bool_))
    assert cuts.probabilities(np.zeros(0, np.int64), np.zeros(0, np.int64), 1.0, 2).tolist() == [0.5, 0.5]


def test_a_few_steps_find_the_least_of_a_long_narrow_valley() -> None:
    steep = np.array([1.0, 10.0, 100.0])

    def valley(weights: np.ndarray) -> tuple[float, np.ndarray]:
        return float(steep @ (weights - 1) ** 2 / 2), steep * (weights - 1)

    found = descend(valley, lambda slope: slope, np.zeros(3), 12)
    assert np.abs(found - 1).max() < 1e-3


def test_a_step_that_leads_too_far_is_halved() -> None:
    found = descend(lambda weights: (float(weights @ weights), 2 * weights), lambda slope: 100 * slope, np.ones(2), 12)
    assert np.abs(found).max() < 1e-3


def test_every_example_is_in_one_batch_with_all_that_it_has() -> None:
    features = entries([["a", "b"], ["b"], [], ["a", "c"], ["c"]])
    places, every = batches(features, np.array([3, 0, 4, 1, 2]), 2)
    whole = np.zeros((5, len(places)))
    for batch in every:
        whole[np.ix_(batch.rows, batch.used)] = batch.values
    expected = np.zeros_like(whole)
    expected[features.rows, np.searchsorted(places, features.buckets)] = features.weights
    assert (whole == expected).all()

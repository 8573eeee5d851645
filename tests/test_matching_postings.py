"""Texts that share buckets are alike."""

import numpy as np

from bot.matching.inverted_index import CHUNK, COMMON, Entries, Postings
from bot.matching.sparse import Weights, hashed

TEXTS, OTHERS = 2 * CHUNK + 1, 40


def made(texts: int, seed: int) -> Entries:
    """Every text has a common bucket or more, and rare ones."""
    chance = np.random.default_rng(seed)
    rows = np.repeat(np.arange(texts), 30)
    buckets = chance.zipf(1.3, len(rows)) % (4 * COMMON)
    return Entries.merge(rows, buckets, chance.random(len(rows)))


def test_comparing_many_texts_at_once_says_the_same_as_one_by_one():
    asked, others = made(TEXTS, 1), Postings(made(OTHERS, 2), OTHERS)
    at_once = np.zeros((TEXTS, OTHERS), np.float32)
    others.meet_all(asked, at_once)
    for text in range(TEXTS):
        own = asked.rows == text
        alone = others.meet(asked.buckets[own], asked.weights[own].astype(np.float64)).likeness()
        np.testing.assert_allclose(at_once[text], alone, rtol=1e-4)


def test_weighing_several_at_once_is_weighing_each() -> None:
    names = [f"feature {number}" for number in range(40)]
    places = np.unique(hashed(names[::2])[0])
    weights = Weights(places, np.random.default_rng(1).normal(size=(len(places), 3)).astype(np.float16))
    each = [hashed([]), hashed(names[:7], 0.3), hashed(names[1:2]), hashed([]), hashed(names), hashed([])]
    assert np.allclose(weights.weigh_each(each), [weights.weigh(one) for one in each], atol=1e-5)
    assert weights.weigh_each([hashed([])]).tolist() == [[0.0, 0.0, 0.0]]

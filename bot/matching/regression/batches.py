"""Examples a few at a time, dense over the features that one of them has.

An example has a hundred of a hundred thousand features. One product of a few examples costs hardly more than that of
one, and far less than sums over what each of them has.
"""

from dataclasses import dataclass

import numpy as np

from bot.matching.inverted_index import Entries
from bot.matching.sparse import Floats, Ints, Places


@dataclass(frozen=True, slots=True)
class Batch:
    """`rows`: which examples; `used`: which features one of them has; `values`: (rows, used) how much of each."""

    rows: Ints
    used: Places
    values: Floats


def batches(features: Entries, order: Ints, size: int) -> tuple[Places, list[Batch]]:
    """The buckets that examples have, ascending, and the examples `order`, some `size` at a time, over these."""
    places, at = np.unique(features.buckets.astype(np.int64), return_inverse=True)
    bounds = np.searchsorted(features.rows, np.arange(len(order) + 1))
    found = []
    for rows in np.array_split(order, max(1, len(order) // size)) if len(order) else ():
        having = [slice(bounds[row], bounds[row + 1]) for row in rows.tolist()]
        used, columns = np.unique(np.concatenate([at[own] for own in having]), return_inverse=True)
        values = np.zeros((len(rows), len(used)), np.float32)
        owners = np.repeat(np.arange(len(rows)), [own.stop - own.start for own in having])
        values[owners, columns] = np.concatenate([features.weights[own] for own in having])
        found.append(Batch(rows, used, values))
    return places, found

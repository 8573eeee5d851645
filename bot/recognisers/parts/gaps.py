"""What may say that a message is cut between two words: the words around, the signs, what the words are known for."""

from collections.abc import Sequence

import numpy as np

from bot.matching.sparse import Ints, Places, hashed
from bot.recognisers.parts.typed import Token, shapes

GAP = (
    0.2  # the weight of a feature of a gap: one in six or so of what may say something is found, and each counts alike
)


def gaps(typed: Sequence[Token], known: Sequence[tuple[str, ...]], asks: str) -> tuple[Ints, Places]:
    """Which place between two words has which feature. `known`: what each word is known for. `asks`: what is asked."""
    each: list[list[str]] = []
    words = shapes(typed)
    at = ["~", "~", *words, "~", "~", "~"]
    for place in range(len(typed) - 1):
        one, other, signs = words[place], words[place + 1], typed[place].behind
        names = [
            f"signs {signs}",
            f"one {one}",
            f"other {other}",
            f"both {one} {other}",
            f"next {other} {at[place + 4]}",
            f"before {at[place + 1]} {one}",
            f"three {other} {at[place + 4]} {at[place + 5]}",
            f"signs {signs} other {other}",
            f"signs {signs} next {other} {at[place + 4]}",
            f"second {at[place + 4]}",
            f"former {at[place + 1]}",
            f"capital {typed[place + 1].capital} signs {signs}",
            f"asks {asks} place {min(place, 4)}",
            f"asks {asks} place {min(place, 3)} signs {signs}",
            f"left {min(place + 1, 5)}",
            f"right {min(len(typed) - place - 1, 5)}",
            *(f"begins {other[:size]}" for size in (3, 4)),
            *(f"ends {one[-size:]}" for size in (3, 4)),
        ]
        left, right = known[place] or ("nothing",), known[place + 1] or ("nothing",)
        for what in left:
            names += [f"known {what}", f"known {what} other {other}", f"known {what} asks {asks}"]
            names += [f"known {what} then {after}" for after in right]
        for what in right:
            names += [f"then {what}", f"then {what} one {one}", f"signs {signs} then {what}"]
        for what in known[place + 2] if place + 2 < len(typed) else ():
            names.append(f"second known {what} other {other}")
        each.append(list(dict.fromkeys(names)))
    having = np.repeat(np.arange(len(each)), np.array([len(names) for names in each], np.int64))
    return having, hashed([name for names in each for name in names])[0]

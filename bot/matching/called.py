"""Which of several named things is meant by what somebody typed: whole names first, then what is like them."""

from collections.abc import Iterable, Mapping

from bot.matching.closest import closest
from bot.matching.normalise import fold, words


def called(names: Mapping[str, Iterable[str]], typed: str, most: int) -> list[str]:
    """The keys of what may be called so, likeliest first: the one whose name or first words it is, else names like it.

    `names`: by key every name that it goes by. At most `most` keys.
    """
    asked = words(typed)
    named = {key: [words(name) for name in known_as] for key, known_as in names.items()}
    for size in (None, len(asked)):
        exact = [key for key, all_of in named.items() if any(name[:size] == asked for name in all_of)]
        if len(exact) == 1:
            return exact
    folded = fold(typed)
    owners = {fold(name): key for key, known_as in names.items() for name in known_as}
    inside = [owner for name, owner in owners.items() if folded in name] if len(folded) > 2 else []
    near = [owners[one.name] for one in closest(folded, owners, limit=most)]
    return list(dict.fromkeys([*near, *inside]))[:most]

"""Other forms of the words that name work: "metselen" is also "gemetseld", "metselt" and "metselde".

The forms come from the tables of simplemma (MIT). They are looked up while the content is compiled, never in a turn.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from bot.matching import fold

SHORTEST_FORM = 5  # characters; "las" and "kap" are too many words at once


def other_forms(language: str, words: Collection[str]) -> Mapping[str, list[str]]:
    """The other forms of (folded) words, by word; none for a language without a table."""
    table = _forms_by_word(language) if words else {}
    return {word: table[word] for word in words if word in table}


@cache
def _forms_by_word(language: str) -> Mapping[str, list[str]]:
    """All forms, by the word that they are of. Takes a second, and is needed while compiling only."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    try:
        table = DefaultDictionaryFactory().get_dictionary(language)
    except ValueError:  # there is no table for it
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for form, lemma in table.items():
        word, other = fold(lemma), fold(form)
        if word != other and len(other) >= SHORTEST_FORM:
            found[word].append(other)
    return found

"""Other forms of the words that name work: "metselen" is also "gemetseld", "metselt" and "metselde".

The forms come from the tables of simplemma (MIT). They are looked up while the content is compiled, never in a turn.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from bot.matching import fold

SHORTEST_FORM = 5  # characters; "las" and "kap" are too many words at once


@cache
def other_forms(language: str, words: frozenset[str]) -> Mapping[str, list[str]]:
    """The other forms of (folded) words, by word; none for a language without a table. Takes a second."""
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory

    try:
        table = DefaultDictionaryFactory().get_dictionary(language) if words else {}
    except ValueError:  # there is no table for it
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for form, lemma in table.items():
        # Of half a million words hardly any is asked for, and most are as they are when folded.
        word = lemma if lemma.isascii() and lemma.islower() else fold(lemma)
        if word in words and (other := fold(form)) != word and len(other) >= SHORTEST_FORM:
            found[word].append(other)
    return found

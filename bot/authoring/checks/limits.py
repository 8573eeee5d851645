"""Limits without their reason: no pattern of which the words are kept may hold a word of somebody's health."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from bot.content import Content
from bot.content.limits import LimitKind, ValueOfLimit
from bot.content.problems import Problem
from bot.recognisers.private import Private


def problems_of(content: Content) -> Iterator[Problem]:
    # A language that is spoken and has no words was reported: what the others say is looked at.
    spoken = tuple(code for code in content.country.languages if code in content.languages)
    if not spoken:
        return
    private = Private(replace(content.country, languages=spoken), content.languages)
    of_health = (language.health for language in content.languages.values())
    i_have = [f"{words.subjects[0]} {words.verbs[0]}" for words in of_health if words.subjects and words.verbs]

    @cache
    def is_of_health(word: str) -> bool:
        # As somebody would say it of themselves: a condition alone is one, a part of the body is not.
        return any(private.find(f"{one} {word}") is not None for one in i_have)

    for kind in content.knowledge.limit_kinds.values():
        for pattern in dict.fromkeys(_kept(kind)):
            for word in re.findall(r"[^\W\d_]+", pattern):
                if is_of_health(word):
                    message = f"{word!r} in the words of {kind.id!r} is of somebody's health, and would be kept"
                    yield Problem(kind.at, message, "Move the pattern to 'follows_from'.", "K066")


def _kept(kind: LimitKind) -> Iterator[str]:
    """The patterns of which the words are kept."""
    every: tuple[LimitKind | ValueOfLimit, ...] = (kind, *kind.values)
    for each in every:
        for listed in (*each.refused.values(), *each.needed.values(), *each.said.values()):
            yield from listed
    for listed in kind.measured.values():
        yield from listed

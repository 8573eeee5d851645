"""How people say what they are called: "hoi, ik ben Sam", "ik heet Sanne trouwens"."""

import re
from collections.abc import Iterable

from bot.content.language import Language

_NAME = r"[^\W\d_][\w'’-]*"
MOST_WORDS = 3  # of a name that stands by itself


class Introductions:
    """Built once over the words of languages."""

    def __init__(self, languages: Iterable[Language]) -> None:
        every = list(languages)
        greetings = _any(word for one in every for word in one.replies.before_phrases)
        before = _any(word for one in every for word in one.names.introductions)
        anywhere = _any(word for one in every for word in one.names.anywhere)
        self._before = re.compile(rf"^(?:{greetings})?[ ,!.]*(?:{before})\s+", re.IGNORECASE)
        self._only = re.compile(rf"(?:(?:{before}) )?({_NAME}(?: {_NAME}){{0,{MOST_WORDS - 1}}})", re.IGNORECASE)
        self._inside = re.compile(rf"\b(?:{anywhere})\s+([^\W\d_][\w'’-]+)", re.IGNORECASE)

    def without(self, text: str) -> str:
        """A text without what people put before their name: "mijn naam is Sam" is "Sam"."""
        return self._before.sub("", text)

    def only_name(self, text: str) -> str | None:
        """What may be a name, when nothing else stands in a text, introduced or not."""
        hit = self._only.fullmatch(text)
        return hit[1] if hit else None

    def name_in(self, text: str) -> str | None:
        """The name that somebody says they have, wherever that stands in a text."""
        hit = self._inside.search(text)
        return hit[1] if hit else None


def _any(phrases: Iterable[str]) -> str:
    """Any of some phrases, as they are typed: a name loses its capitals when a text is folded."""
    longest_first = sorted(set(phrases), key=lambda one: (-len(one), one))
    return "|".join(re.escape(one).replace("'", "['’]") for one in longest_first) or "(?!)"

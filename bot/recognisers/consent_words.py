"""The words for what a yes is asked for, and for how and when people want to be reached, in all languages at once."""

import re
from collections.abc import Iterable

from bot.content.language import ASKED_FOR, Language, Words
from bot.matching import either, fold, folded


class ConsentWords:
    """Built once over the words of languages. `asked_for`: folded words, by the keys of `ASKED_FOR`, all of them."""

    def __init__(self, languages: Iterable[Language]) -> None:
        every = [one.consent for one in languages]

        def of(name: str) -> Words:
            return tuple(word for one in every for word in getattr(one, name))

        self.asked_for = {
            key: folded(tuple(word for one in every for word in one.asked_for.get(key, ()))) for key in ASKED_FOR
        }
        self._way = re.compile(rf"\b(?:{either(of('ways'))})\b")
        self._time = re.compile(rf"\b(?:{either(of('times'))}|\d{{1,2}}(?::\d\d)? ?(?:{either(of('clock'))}))\b")
        self._before_wish = re.compile(rf"^(?:(?:{either(of('before_wish'))})\b[ ,.!]*)+", re.IGNORECASE)

    def names_way(self, text: str) -> bool:
        """Whether a text says in which way somebody wants to be reached: "alleen mailen"."""
        return self._way.search(fold(text)) is not None

    def names_way_or_time(self, text: str) -> bool:
        """Whether it says how or when: "na zes uur"."""
        return self.names_way(text) or self._time.search(fold(text)) is not None

    def wish_in(self, text: str) -> str:
        """A wish how to be reached, without what joins it to a yes: "maar"."""
        return self._before_wish.sub("", text)

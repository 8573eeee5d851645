"""How plainly a text says yes or no, and what else it says.

A yes that files, records or erases something may carry courtesies and the words for what was asked ("ja, wis maar").
What stands behind it is for whoever asked: a name, a wish how to be reached, or something that speaks against it.
"""

import re
from dataclasses import dataclass

from bot.answers.reading import bare, ends_as_question
from bot.matching import fold
from bot.recognisers.reply_words import ReplyWords

_TOKEN = re.compile(r"\w[\w'’@.+-]*\w|\w|👍|👎")
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Reply:
    """`says`: yes, no, or neither (None). `rest`: what else stands there, in their words.

    `has_reserve`: whether that may speak against a yes.
    """

    says: bool | None
    rest: str = ""
    has_reserve: bool = False

    @property
    def is_plain_yes(self) -> bool:
        return self.says is True and not self.rest


def yes_or_no_word(word: str, known: ReplyWords) -> bool | None:
    """Whether one (folded) word says yes or no by itself; None of any other word."""
    if known.opens_with_no(word):
        return False
    return True if known.opens_with_yes(word) else None


def read_reply(text: str, known: ReplyWords, acts: frozenset[str] = frozenset()) -> Reply:
    """Read a reply to what asks for a yes. `acts`: the words for what was asked ("wis", "verstuur"), folded."""
    says, rest = _read(text, known, acts)
    return Reply(says, rest, known.speaks_against(rest))


def _read(text: str, known: ReplyWords, acts: frozenset[str]) -> tuple[bool | None, str]:
    tokens = list(_TOKEN.finditer(text))
    words = [fold(token.group()).replace("’", "'") for token in tokens]
    if bare(_SKIN_TONES.sub("", text)).replace(",", "") in known.otherwise:
        return True, ""
    if not words or bare(text) in known.says_no:
        return False if words else None, ""
    if known.opens_with_no(words[0]):
        return False, text[tokens[1].start() :] if len(words) > 1 else ""
    agreed, place = 0, 0
    while place < len(words):
        if words[place] in known.softened | acts and not known.softeners.isdisjoint(words[place + 1 : place + 2]):
            place += 2
            agreed = place
        elif words[place] in known.agrees | acts or known.is_drawn_out(words[place]):
            place += 1
            agreed = place
        elif words[place] in known.courtesies:
            place += 1
        elif agreed and words[place] in known.softens_end and place == len(words) - 1:
            place += 1  # "wis alles maar": at the end it softens too
        else:
            break
    if not agreed:
        return None, text
    plain = place == len(words) and not ends_as_question(text)
    return True, "" if plain else text[tokens[min(agreed, len(words) - 1)].start() :]

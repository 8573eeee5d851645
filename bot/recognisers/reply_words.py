"""The words of a reply, in all languages at once: yes and no, what speaks against a yes, and how a choice is named."""

import re
from collections.abc import Iterable

from bot.content.language import Language, Words
from bot.matching import either, fold, words

_APPROVED, _REJECTED = "👍", "👎"
_OTHER_SIGNS = frozenset("✅👌💯")  # they say yes to an overview, and nothing to a question
_HASH = ("#",)
_REPEATED = re.compile(r"(.)\1+")


class ReplyWords:
    """Built once over the words of languages; those of the first are said when we put a yes in words ourselves.

    All words are folded. `yes` and `no` are whole messages, `agrees` and `denies` single words. `opening`: the first
    word of a message, behind sounds ("haha, ja"). `joining`: what joins a fact to what was said before it. `change`: an
    answer that is to be given anew, with its name.
    """

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = list(languages)

        def of(name: str) -> Words:
            return tuple(word for one in spoken for word in getattr(one.yes_no, name))

        def to_choose(name: str) -> Words:
            return tuple(word for one in spoken for word in getattr(one.choosing, name))

        self.yes = tuple(map(fold, (*of("yes"), _APPROVED)))
        self.no = tuple(map(fold, (*of("no"), _REJECTED)))
        self.says_yes, self.says_no = frozenset(self.yes), frozenset(self.no)
        self.only_seen, self.refuses = _folded(of("only_seen")), _folded(of("refuses"))
        weightless = _folded(of("weightless"))
        self.agrees = frozenset(word for phrase in self.yes for word in phrase.split()) - weightless
        self.openings, self.denies, self.courtesies = map(_folded, (of("openings"), of("denies"), of("courtesies")))
        self.otherwise = _folded(of("otherwise")) | _OTHER_SIGNS
        self.softened, self.softeners = _folded(of("softened")), _folded(of("softeners"))
        self.softens_end = _folded(of("softens_end"))
        self._drawn_out = _folded(of("drawn_out"))
        self._against = re.compile(rf"\b(?:{_with_gaps(of('against'))})\b")
        self._negated = re.compile(rf"\b(?:{either(of('negations'))})\b")

        hesitations = "|".join(f"{re.escape(word)}+" for one in spoken for word in one.replies.hesitations) or "(?!)"
        self.opening = re.compile(rf"\W*(?:(?:{hesitations}) )*(\w+)\b[\s,.!:;-]*(?=\w)", re.IGNORECASE)
        joiners = _typed(word for one in spoken for word in one.replies.joiners)
        self.joining = re.compile(rf"^(?:[\s,.;:!-]|(?:{joiners})\b(?=.*\w))+", re.IGNORECASE)
        change = _typed(word for one in spoken for word in one.replies.change)
        self.change = re.compile(rf"(?:{change})\s*:?\s+(.{{2,60}})", re.IGNORECASE)
        self.behind_value = frozenset(fold(word) for one in spoken for word in one.replies.behind_value)

        self.all = _folded(to_choose("all"))
        choice, number = to_choose("choice"), to_choose("number")
        self.numbered = re.compile(rf"(?:{either((*choice, *number, *_HASH))})?\s*(\d{{1,2}})[.)]?")
        self.lettered = re.compile(rf"(?:{either(choice)})?\s*([a-z])[.)]?")
        both, one_of = either(to_choose("and_")), either(to_choose("or_"))
        self.between = re.compile(rf"\s*(?:[,;/&+\n]|\b(?:{both}|{one_of})\b)\s*")
        self._one_of = re.compile(rf"\b(?:{one_of})\b")
        self._ordinals = {fold(word): place for one in spoken for place, word in enumerate(one.choosing.ordinals)}
        self._ordinals |= dict.fromkeys(_folded(to_choose("top")), 0)
        self._last = _folded(to_choose("last"))
        before, behind = either(to_choose("before_ordinal")), either(to_choose("behind_ordinal"))
        self._around_ordinal = re.compile(rf"(?:(?:{before}) )?(.+?)(?: (?:{behind}))?")

    def opens_with_yes(self, word: str) -> bool:
        """Whether one word says yes, whatever is behind it."""
        return word in self.openings or self.is_drawn_out(word)

    def is_drawn_out(self, word: str) -> bool:
        """Whether one word is a yes with its letters drawn out: "jaaa", "jah"."""
        return any(self._draws_out(word, one) for one in self._drawn_out - self.denies)

    def opens_with_no(self, word: str) -> bool:
        """Whether one word says no, whatever is behind it: "nee", "neeeh"."""
        return word in self.denies or any(self._draws_out(word, one) for one in self._drawn_out & self.denies)

    def _draws_out(self, word: str, plain: str) -> bool:
        """Whether a word is a plain one with its letters longer; with breath in it ("nehee"), where the plain one says
        something by itself: "joh" is no yes."""
        breath = "h" if plain in self.openings | self.denies else ""
        longer, once = (_REPEATED.sub(r"\1", one.replace(breath, "") if breath else one) for one in (word, plain))
        return longer == once and word[:1] == plain[:1] and len(word) >= len(plain)

    def speaks_against(self, text: str) -> bool:
        """Whether a text has a denial, a reserve, a delay or another wish in it, so that a yes before it is none."""
        return self._against.search(fold(text).replace("’", "'")) is not None

    def negates(self, typed: str) -> bool:
        """Whether a (folded) text turns around what it names."""
        return self._negated.search(typed) is not None

    def denies_in(self, text: str) -> bool:
        """Whether a text has any word that denies: "nee", "niet", "don't"."""
        said = fold(text).replace("’", "'")
        return self.negates(said) or any(len(word) > 1 and word in self.denies for word in words(said))

    def names_one_of(self, typed: str) -> bool:
        """Whether a (folded) text has an "or" in it."""
        return self._one_of.search(typed) is not None

    def ordinal(self, typed: str, count: int) -> int:
        """The place among so many that "de tweede" or "de onderste" names, counting from 0; -1 when it names none."""
        hit = self._around_ordinal.fullmatch(typed)
        if hit and hit[1] in self._last:
            return count - 1
        return self._ordinals.get(hit[1], -1) if hit else -1


def _folded(listed: Words) -> frozenset[str]:
    return frozenset(map(fold, listed))


def _typed(listed: Iterable[str]) -> str:
    """Any of some words, not folded: what stands around them is kept as it was typed."""
    return "|".join(sorted(map(re.escape, listed), key=len, reverse=True)) or "(?!)"


def _with_gaps(listed: Words) -> str:
    return either(listed).replace(r"\.\.\.", ".+")

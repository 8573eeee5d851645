"""In which language a message is: by its letters, then by small words; with pycld2, when that is installed, as a third.

That somebody who types Dutch is answered in Turkish is worse than that a Turk is asked again. So Dutch with errors, in
dialect or by newcomers, and Dutch full of English titles and names, keep the language of the chat.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.content.language import Language
from bot.matching.word_vectors import word_table
from bot.recognisers.scripts import Token, letters, script, spelled, tokens

SURE = 0.8  # from here on a reply may be in that language; below it, only facts may be read in it
LIKELY = 0.5  # one word for work, or a name in other letters

A_SENTENCE = 3  # words: fewer keep the language of the chat, unless they are a name of a language, or a greeting
CLEARLY = 2  # words that speak for one language
MANY_TIMES = 3  # as many as of the other of two spoken languages: "what does bbl mean, is dat gratis"
A_PART = 0.3  # of all words: "ich bin 45 en zeuk werk in Mestreech" has two of German, and is Limburgish

# How often Dutch or English use a word (Zipf, where 8 is "the"). What is common is a word of ours; what is everyday
# ("die", "question", "la") speaks for another language only with the accents that ours has not ("iş" is no "is").
COMMON, EVERYDAY = 3.0, 4.5
SHORTEST_COMMON = 3  # letters; shorter ones stand in every language
SHORTEST_STEM = 4  # letters of a word for work that speaks for a language

Judge = Callable[[str], "tuple[str, bool] | None"]
"""What somebody else makes of a text: a language, and whether that is certain."""


@dataclass(frozen=True, slots=True)
class LanguageRead:
    """`strange`: in letters that no spoken language has.

    Who is strange and not `sure` types no Dutch and no English, and more is not known: "я живу в Zwolle" is Russian and
    Ukrainian, and of Greek there are no words at all.
    """

    code: str  # the likeliest; that of the chat when nothing tells
    certainty: float  # 0..1; 0: nothing tells, and the language of the chat is kept
    strange: bool = False

    @property
    def sure(self) -> bool:
        return self.certainty >= SURE


class Languages:
    """Tells in which of the languages that have small words, spoken or not, a message is."""

    def __init__(self, languages: Mapping[str, Language], spoken: Sequence[str]) -> None:
        """`languages`: by code; `spoken`: those of the content, at least one of which has small words."""
        known = {code: one for code, one in languages.items() if one.speech.small}
        self._spoken = tuple(code for code in spoken if code in known)
        self._telling = {code: frozenset(map(spelled, known[code].speech.telling)) for code in self._spoken}
        self._letters = {one: code for code, each in known.items() for one in each.speech.letters.lower()}
        self._by_script: dict[str, list[str]] = defaultdict(list)
        for code, one in known.items():
            self._by_script[script(one.name[0])].append(code)
        self._at_home = {script(known[code].name[0]) for code in self._spoken}
        self._ours = {word for code in self._spoken for word in map(spelled, known[code].speech.small)}
        self._small = _codes_of((word, code) for code, one in known.items() for word in self._small_of(code, one))
        self._shared = {
            code: frozenset(word for word in _single(one) if word in self._ours or _zipf(word) >= EVERYDAY)
            for code, one in known.items()
            if code not in self._spoken
        }
        self._stems = {
            code: tuple({stem for stem in _stems(one) if len(stem) >= SHORTEST_STEM})
            for code, one in known.items()
            if code not in self._spoken
        }
        named = _codes_of((_phrase(phrase), code) for code, one in known.items() for phrase in _whole_messages(one))
        self._named = {phrase: codes[0] for phrase, codes in named.items() if len(codes) == 1}

    def of(
        self, text: str, chat_language: str, judge: Judge | None = None, reads_best: str | None = None
    ) -> LanguageRead:
        """The language of a message in a chat.

        `judge`: another than pycld2 for what is hard to tell. `reads_best`: what somebody was read to type before; it
        decides between two that a message may be in alike.
        """
        typed = [one for one in tokens(text) if one.word[:1].isalpha()]
        if not typed:
            return LanguageRead(chat_language, 0.0)
        if named := self._named.get(" ".join(one.word for one in typed)):
            return LanguageRead(named, 1.0)
        message = _Message.of(text, typed, judge or _pycld2)
        candidates = self._by_script.get(self._writing(typed), [])
        if not candidates:
            return LanguageRead(chat_language, 0.0, strange=True)
        votes = self._votes(message, candidates)
        if set(candidates).isdisjoint(self._spoken):
            return replace(self._in_other_letters(message, votes, reads_best), strange=True)
        return self._foreign(message, votes) or self._spoken_here(message, votes, chat_language)

    def _writing(self, typed: Sequence[Token]) -> str:
        """In which letters a message is. Around a name in ours a few others are enough: "живу в Bergen op Zoom"."""
        counted = Counter(script(one.word[0]) for one in typed)
        ours = any(one.word in self._ours for one in typed)
        other = [writing for writing in counted if writing not in self._at_home]
        if other and not ours and counted.total() - max(counted[one] for one in other) <= MANY_TIMES:
            return max(other, key=lambda writing: counted[writing])
        return counted.most_common(1)[0][0]

    def _small_of(self, code: str, language: Language) -> Iterator[str]:
        """Small words and greetings of one word; what ours has as well, with the accents that ours has not."""
        for word, listed in _single(language).items():
            if code in self._spoken or (word not in self._ours and _zipf(word) < EVERYDAY):
                yield word
            elif listed != word:
                yield listed

    def _votes(self, message: "_Message", candidates: Sequence[str]) -> Mapping[str, Counter[str]]:
        """For each language the words that speak for it. A small word counts one, and so does a letter of its own."""
        votes: dict[str, Counter[str]] = {code: Counter() for code in candidates}
        stems = tuple((code, self._stems[code]) for code in candidates if code in self._stems)
        for one in message.typed:
            typed = message.text[one.start : one.end]
            for code in self._speaking(one.word, typed):
                if code in votes:
                    votes[code][one.word] = 1
            if one.word not in self._small and one.word not in message.common:
                for code in (code for code, each in stems if one.word.startswith(each)):
                    votes[code][one.word] = 1
            if not typed.isascii() and not typed[0].isupper():  # Łukasz may speak Dutch
                for code in {self._letters[each] for each in letters(typed) if each in self._letters}:
                    if code in votes:
                        votes[code][one.word] += 1
        return votes

    def _speaking(self, word: str, typed: str) -> Iterator[str]:
        """The languages of which it is a small word, or its end is: "qu'il"; in ours its beginning too: "I'm"."""
        for form in dict.fromkeys((word, word.rpartition("'")[2], typed.lower())):
            yield from self._small.get(form, ())
        if "'" in word:  # "su'aasha" is no Spanish
            yield from (code for code in self._small.get(word.partition("'")[0], ()) if code in self._spoken)

    def _in_other_letters(
        self, message: "_Message", votes: Mapping[str, Counter[str]], reads_best: str | None
    ) -> LanguageRead:
        """No spoken language is written so: it is one of few, and small words or letters say which."""
        best, count, leads = _best(votes)
        if leads:
            return LanguageRead(best, 0.95 if message.long or count >= CLEARLY else 0.85)
        if reads_best and reads_best in votes and votes[reads_best].total() == count:
            return LanguageRead(reads_best, 0.85)
        if (found := message.judged()) and found[0] in votes:
            return LanguageRead(found[0], SURE if message.long else LIKELY)
        # A name or one word for work: it says which letters somebody reads, and little more.
        return LanguageRead(best, SURE if len(votes) == 1 and message.long else LIKELY)

    def _foreign(self, message: "_Message", votes: Mapping[str, Counter[str]]) -> LanguageRead | None:
        """A language that is not spoken here, written in the letters of ours; None when it may well be ours."""
        foreign = {code: each for code, each in votes.items() if code not in self._spoken}
        if not foreign:
            return None
        best, count, leads = _best(foreign)
        shared = self._shared[best]
        ours = max((len(votes[code].keys() - shared) for code in self._spoken if code in votes), default=0)
        common = len(message.common - foreign[best].keys() - shared)
        if not message.long:
            return LanguageRead(best, LIKELY) if leads and not ours and not common else None
        enough = len(foreign[best]) >= A_PART * sum(one.word not in shared for one in message.typed)
        if leads and enough and count >= max(CLEARLY, ours + 1, common):
            return LanguageRead(best, 0.95 if count > CLEARLY else 0.9)
        if ours or common * 3 > len(message.typed):
            return None
        if leads and enough and not common:
            return LanguageRead(best, SURE)
        found = message.judged()
        return LanguageRead(found[0], 0.85) if found and foreign.get(found[0]) else None

    def _spoken_here(self, message: "_Message", votes: Mapping[str, Counter[str]], chat_language: str) -> LanguageRead:
        """One of the spoken languages; that of the chat when it may be either."""
        said = {part for one in message.typed for part in (one.word, *one.word.split("'"))}
        for code in self._spoken:
            count = votes[code].total()
            others = max((votes[other].total() for other in self._spoken if other != code), default=0)
            telling = message.long and not self._telling[code].isdisjoint(said)
            if (not others and (count >= CLEARLY or telling)) or (others and count >= MANY_TIMES * others):
                return LanguageRead(code, 0.95)
        if message.long and (found := message.judged()) and found[1] and found[0] in self._spoken:
            others = max((votes[other].total() for other in self._spoken if other != found[0]), default=0)
            if votes[found[0]].total() > max(others, A_PART * len(message.typed)):
                return LanguageRead(found[0], SURE)
        return LanguageRead(chat_language, 0.0)


@dataclass(frozen=True, slots=True)
class _Message:
    text: str
    typed: Sequence[Token]
    common: frozenset[str]  # words of it that Dutch or English use
    judge: Judge

    @classmethod
    def of(cls, text: str, typed: Sequence[Token], judge: Judge) -> "_Message":
        words = (one.word for one in typed if len(one.word) >= SHORTEST_COMMON)
        return cls(text, typed, frozenset(word for word in words if _zipf(word) >= COMMON), judge)

    @property
    def long(self) -> bool:
        return len(self.typed) >= A_SENTENCE

    def judged(self) -> tuple[str, bool] | None:
        return self.judge(self.text)


def _best(votes: Mapping[str, Counter[str]]) -> tuple[str, int, bool]:
    """The language with most votes, how many, and whether it leads alone."""
    ranked = sorted(votes, key=lambda code: -votes[code].total())
    first = votes[ranked[0]].total()
    return ranked[0], first, first > (votes[ranked[1]].total() if len(ranked) > 1 else 0)


def _zipf(word: str) -> float:
    table = word_table()
    return table.zipf(table.row(word))


def _single(language: Language) -> Mapping[str, str]:
    """Small words and greetings of one word, each as it is listed."""
    listed = {_phrase(one): one.lower() for one in (*language.speech.small, *language.speech.greetings)}
    return {word: one for word, one in listed.items() if " " not in word}


def _phrase(phrase: str) -> str:
    return " ".join(one.word for one in tokens(phrase))


def _whole_messages(language: Language) -> Iterator[str]:
    """What somebody says who speaks this language, and no more than that: its name, a greeting, a cry for help."""
    requests = language.words.requests
    yield from (*language.speech.switch, *language.speech.greetings)
    yield from (one for name in ("human", "help") for one in requests.get(name, ()) if "*" not in one)


def _stems(language: Language) -> Iterator[str]:
    """Words for plain facts, without their endings."""
    listed = (*language.words.occupations.values(), *language.words.countries.values())
    return (spelled(word.rstrip("*")) for each in listed for word in each if " " not in word and "-" not in word)


def _codes_of(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for word, code in pairs:
        found[word][code] = None
    return {word: tuple(codes) for word, codes in found.items()}


# What pycld2 says of messages of a few words when they are in the other.
_NEAREST = {"af": "nl", "fy": "nl", "li": "nl", "am": "ti", "mk": "bg", "be": "uk"}


@cache
def _detector() -> Callable[..., tuple[bool, int, tuple[tuple[str, str, int, float], ...]]] | None:
    # An extra (`pip install overstap[languages]`): it has no wheel for the newest Python, nor for ARM on Linux.
    try:
        from pycld2 import detect
    except ImportError:
        return None
    return detect  # type: ignore[no-any-return]


def _pycld2(text: str) -> tuple[str, bool] | None:
    """What pycld2 makes of it; None when it is not installed, or makes nothing of it."""
    detect = _detector()
    if detect is None:
        return None
    # It breaks off at signs that are none, such as half a character.
    certain, _, found = detect("".join(one if one.isprintable() else " " for one in text), bestEffort=True)
    code = found[0][1]
    return _NEAREST.get(code, code), certain

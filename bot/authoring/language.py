"""Is a text easy to read? Measured, sentence by sentence, with what makes it hard.

The bar is that of the Dutch government for letters to everyone, level B1, on what can be measured (research by
Flesch and Douma, 1960; LIX by Björnsson, 1968): no sentence over 15 words, LIX at most 35, and from 30 words on a
Flesch-Douma score of at least 65. Short texts make both scores jump, so below 30 words only sentences count.
"""

import re
from collections.abc import Iterable, Iterator

from bot.content.problems import Location, Problem, Severity
from bot.text import Text

LONGEST_SENTENCE = 15  # words
LIX_AT_MOST = 35.0
FLESCH_AT_LEAST = 65.0
FLESCH_FROM = 30  # words
RARE_BELOW = 3.0  # Zipf frequency (wordfreq): seen less than once in a million words

WARNING = Severity.WARNING

_SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LINK = re.compile(r"https?://\S+|\S+@\S+\.\S+|/[a-z]\w*|\{[a-z_]+\}")


def hard_texts(texts: Iterable[tuple[Location, Text]], explained: Iterable[str]) -> Iterator[Problem]:
    """What makes each text hard to read. `explained`: hard words that are allowed."""
    allowed = {word.casefold() for word in explained}
    for at, text in texts:
        for language in text.languages:
            # Most texts are short, and looking at them word by word takes half of the time of a whole check.
            if text[language].count(" ") + text[language].count("\n") >= LONGEST_SENTENCE:
                yield from _hard_sentences(text[language], language, at)
                yield from _hard_text(text[language], language, at, allowed)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line and what follows a colon count as one of their own."""
    return [part for part in _SENTENCE_END.split(_LINK.sub("", text)) if part.strip()]


def words(text: str) -> list[str]:
    return _WORD.findall(_LINK.sub("", text))


def _hard_sentences(text: str, language: str, at: Location) -> Iterator[Problem]:
    for sentence in sentences(text):
        count = len(words(sentence))
        if count > LONGEST_SENTENCE:
            start = " ".join(sentence.split()[:6])
            message = f"this {language} sentence has {count} words: {start!r} ..."
            yield Problem(at, message, f"Make two sentences of it: {LONGEST_SENTENCE} words at most.", "T002", WARNING)


def _hard_text(text: str, language: str, at: Location, allowed: set[str]) -> Iterator[Problem]:
    found = words(text)
    if len(found) < FLESCH_FROM:
        return
    import textstat

    # textstat counts a line break as nothing: without a full stop two lines would be one sentence.
    plain = " ".join(sentence.rstrip(".!?: ") + "." for sentence in sentences(text))
    textstat.set_lang(language)
    measured = [f"LIX {lix:.0f}, at most {LIX_AT_MOST:.0f}"] if (lix := textstat.lix(plain)) > LIX_AT_MOST else []
    # Flesch-Douma is about Dutch. For English textstat counts syllables with a dictionary that it wants to download.
    if language == "nl" and (flesch := textstat.flesch_reading_ease(plain)) < FLESCH_AT_LEAST:
        measured.append(f"Flesch-Douma {flesch:.0f}, at least {FLESCH_AT_LEAST:.0f}")
    if measured:
        rare = rare_words(found, language, allowed)
        hint = f"Look for other words: {', '.join(rare)}." if rare else "Use shorter words and sentences."
        yield Problem(at, f"the {language} text is hard to read ({'; '.join(measured)})", hint, "T003", WARNING)


def rare_words(found: Iterable[str], language: str, allowed: set[str]) -> list[str]:
    """Words that few people meet, in the order of the text; names (capitals) and explained words are left out."""
    from wordfreq import zipf_frequency

    return list(
        dict.fromkeys(
            word
            for word in found
            if word.islower() and word not in allowed and zipf_frequency(word, language) < RARE_BELOW
        )
    )

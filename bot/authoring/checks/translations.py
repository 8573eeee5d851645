"""Texts that are not finished: copied from the other language, still to be done, or with markup that nobody reads."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.content.language import Language
from bot.content.problems import Location, Problem
from bot.content.strict_yaml import MappingNode, ScalarNode, SequenceNode, compose, location
from bot.text import Text

UNFINISHED = re.compile(r"\b(?:TODO|TBD|FIXME|XXX|NOG DOEN|NOG VERTALEN|VERTALEN|TRANSLATE)\b|^(?:\.\.\.|…|-|\?+)$")
UNFINISHED_VALUE = re.compile(r"\b(?:TODO|TBD|FIXME)\b")
MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:amp|lt|gt|nbsp|quot|#\d+);|\*\*|__|\]\(https?:|`")
FEWEST_WORDS, SHARE = 2, 0.4  # small words of the other language, in all and of the words: the name of a desk has fewer


def problems_of(texts: Iterable[tuple[Location, Text]], languages: Mapping[str, Language]) -> Iterator[Problem]:
    """`texts`: every text with its place."""
    small = {code: frozenset(language.speech.small) for code, language in languages.items()}
    for at, text in texts:
        for language in text.languages:
            said = text[language]
            if found := UNFINISHED.search(said.strip()):
                message = f"the {language} text is not finished: it says {found[0]!r}"
                yield Problem(at, message, "Write the text itself: people would read this.", "T009", within=(language,))
            if found := MARKUP.search(said):
                message = f"the {language} text holds {found[0]!r}, and people see just that"
                hint = "Leave it out: a message has no bold text, links behind words or other markup."
                yield Problem(at, message, hint, "T010", within=(language,))
            if (other := _language_of(text, language, small)) is not None:
                how = "the same as" if text[other].strip() == said.strip() else "written in the language of"
                message = f"the {language} text is {how} the {other} text"
                hint = f"Translate it to {languages[language].name if language in languages else language}."
                yield Problem(at, message, hint, "T008", within=(language,))


def unfinished_values(root: Path, file: str) -> Iterator[Problem]:
    """Every value in a file that is nothing but TODO, where no text in languages stands: a provider, a column."""
    if not (root / file).is_file() or not UNFINISHED_VALUE.search((root / file).read_text("utf-8", errors="replace")):
        return
    waiting = [compose(root / file, file)[0]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MappingNode):
            waiting += [value for _, value in node.value]
        elif isinstance(node, SequenceNode):
            waiting += node.value
        elif isinstance(node, ScalarNode) and UNFINISHED_VALUE.fullmatch(node.value):
            message = f"this is not finished: it says {node.value!r}"
            yield Problem(location(node, file), message, "Write what it is: people would read this.", "T009")


def _language_of(text: Text, language: str, small: Mapping[str, frozenset[str]]) -> str | None:
    """The other language that a text is in; None when it is in its own, or only names something."""
    said, own = text[language], small.get(language, frozenset())
    if not own.isdisjoint(said.casefold().split()):  # nearly every text: no need to look at it word by word
        return None
    words = re.findall(r"[^\W\d_][\w'’]*", re.sub(r"\{\w+\}", "", said))
    if 2 * sum(word[0].isupper() for word in words[1:]) >= len(words) - 1:
        return None
    told = {word.casefold() for word in words}
    for other in text.languages if not told & own else ():
        same = text[other].strip() == said.strip()
        fewest = 1 if same else max(FEWEST_WORDS, SHARE * len(told))
        if other != language and len(told & small.get(other, frozenset()) - own) >= fewest:
            return other
    return None

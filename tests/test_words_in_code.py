"""What people say is content: no module has a word of Dutch or German in it."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

import pytest
from libraries import ROOT

from bot.content.load import read_words
from bot.recognisers.tokens import CONTRACTED

BOT = ROOT / "bot"
MIGRATIONS = "migrations"  # what the tables of an older release held
ROOMS = sorted(path.name for path in BOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
FOLDERS = {"nl": ROOT, "de": ROOT / "tests" / "berlin"}
ALSO_ENGLISH = frozenset({"lang", "tag", "postcode", "euro"})
EXAMPLE = re.compile(r"(?<!\w)'[^']*'|\{[^}]*\}")  # in what the schemas say to an editor
MUCH_MORE = 0.9  # zipf: eight times as common as in English; "is" and "in" say nothing of a language
WORD = re.compile(r"[^\W\d_]{3,}")  # the code of a language has two letters

ALLOWED = {
    # How a language is spelled, like the folding of letters; it is known before any content is.
    "recognisers/tokens.py": re.escape(CONTRACTED.pattern),
    # The Dutch files that these read, and how names in them are told from English ones.
    "authoring/duo/formats.py": "[A-Z_]+",
    "authoring/esco.py": "medewerker",
    "authoring/courses/taking_over.py": "jaar|maanden|weken|dagen|uur",
    # What editors in this country leave where words are still to come, and the example in what they begin from.
    "authoring/checks/translations.py": ".*NOG DOEN.*",
    "authoring/skeletons.py": "(?s).*Je wordt.*",
    # Names in code that happen to be words.
    "answers/types/postcode_nl.py": "postcode_nl",
    "advice/model.py": "met|not_met",
    "content/language/explaining.py": "met|not_met|A rule is met.",
    "content/staff_words.py": "in_gesprek",  # an example of what to write
    "content/check_limits.py": "met|.*{nl: .*",  # and an example of what to write
    "content/knowledge/rules.py": ".*when it is met and when it is not.*",
    "channels/email/transport.py": "auto-generated|Auto-Submitted",
}


@pytest.mark.parametrize("room", ROOMS)
def test_no_word_of_dutch_or_german_stands_in_the_code(room: str) -> None:
    path = BOT / room
    found = []
    for file in [path] if path.suffix else sorted(path.rglob("*.py")):
        if MIGRATIONS in file.parts:
            continue
        allowed = ALLOWED.get(str(file.relative_to(BOT)), "(?!)")
        for line, text in _literals(ast.parse(file.read_text("utf-8"))):
            plain = EXAMPLE.sub("", text) if room == "content" else text
            words = sorted(_foreign() & {word.casefold() for word in WORD.findall(plain)})
            if words and not re.fullmatch(allowed, text):
                found.append(f"{file.relative_to(ROOT)}:{line}: {text!r} has {', '.join(words)}")
    assert found == []


def test_a_word_that_creeps_in_is_seen() -> None:
    module = ast.parse(
        '"""Ik ben een lasser."""\nSAYS = re.compile(rf"\\b(?:ik|niet) {x}")\nclass A:\n    """geen"""\n'
    )
    seen = [text for _, text in _literals(module) if _foreign() & set(WORD.findall(text))]
    assert seen == ["\\b(?:ik|niet) "]


def test_every_exception_is_still_one() -> None:
    for file, allowed in ALLOWED.items():
        path = BOT / file
        assert any(re.fullmatch(allowed, text) for _, text in _literals(ast.parse(path.read_text("utf-8")))), file


def _literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text in code that is no docstring, with its line."""
    documentation = set()
    for node in ast.walk(module):  # a statement comes before what is in it
        if isinstance(node, ast.Expr):
            documentation.add(id(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.lineno, node.value


@cache
def _foreign() -> frozenset[str]:
    """The words in the lists of Dutch and German that English hardly has."""
    from wordfreq import zipf_frequency  # heavy, and every process would import it

    groups = "replies names yes_no choosing consent speech human places work numbers".split()
    words = set()
    for code, root in FOLDERS.items():
        language = read_words(root)[1][code]
        texts = (text for group in groups for text in _texts(getattr(language, group)))
        words |= {(word.casefold(), code) for text in texts for word in WORD.findall(text)}
    return frozenset(
        word
        for word, code in words
        if word not in ALSO_ENGLISH and zipf_frequency(word, code) > zipf_frequency(word, "en") + MUCH_MORE
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for each in value.items() for text in _texts(each))
    elif isinstance(value, tuple):
        yield from (text for each in value for text in _texts(each))
    else:
        yield from (text for field in fields(value) for text in _texts(getattr(value, field.name)))

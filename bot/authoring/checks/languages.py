"""Languages that are not spoken: what no native speaker has read, and words that lead nowhere."""

from collections.abc import Iterator

from bot.content import Content
from bot.content.language import Language
from bot.content.problems import Problem, Severity
from bot.text import placeholders

WORDS = "words"  # in braces: what was understood


def problems_of(content: Content) -> Iterator[Problem]:
    for language in content.languages.values():
        if language.unreviewed:
            message = f"no native speaker has read the texts and words in {language.name}"
            hint = "Let one read them, mend them, and take 'unreviewed' out."
            spoken = language.code in content.country.languages
            yield Problem(language.at, message, hint, "C016", Severity.WARNING if spoken else Severity.NOTE)
        yield from _to_nowhere(language, content)
        if language.greeting and placeholders(language.greeting.understood) != {WORDS}:
            message = (
                f"'understood' of the greeting in {language.name} must hold {{{WORDS}}}, and nothing else in braces"
            )
            yield Problem(language.at, message, f"What was understood is filled in there: '... {{{WORDS}}}.'", "C018")


def _to_nowhere(language: Language, content: Content) -> Iterator[Problem]:
    """Words for what the content does not have. Who copies our file, and has work of their own, may leave them."""
    known = {
        "occupation": (language.words.occupations, content.knowledge.occupations),
        "level": (language.words.levels, {one.id for one in content.country.levels}),
    }
    for kind, (named, there) in known.items():
        if lost := [name for name in named if name not in there]:
            message = f"words in {language.name} for what is no {kind} here: {', '.join(map(repr, lost))}"
            yield Problem(
                language.at, message, "They are never used: correct the id, or leave it.", "C017", Severity.WARNING
            )

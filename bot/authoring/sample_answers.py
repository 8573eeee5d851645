"""What people say: an answer of each class to a question, and what comes in between."""

from collections.abc import Iterator

from bot.answers import type_of
from bot.authoring.answer_classes import classes
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect

# What may come in between; tried at every question once, each as a little conversation of its own.
IN_BETWEEN: tuple[tuple[str, ...], ...] = (
    ("weet ik niet",), ("xqzv", "xqzv wrrt", "qqq", "zzz"), ("kost dit geld?",), ("bestaat mijn vraag wel?", "ja"),
    ("/terug", "/terug", "/overslaan"), ("/overzicht",), ("/overslaan",), ("/waarom",), ("/taal", "/taal"),
    ("/mens", "nee"), ("/mens", "ja", "/terug", "nee"), ("/stop", "ja", "/start"), ("/opnieuw", "nee"),
    ("/opnieuw", "ja"), ("/mijngegevens",), ("/intrekken", "ja"), ("/wis", "nee"), ("/wis", "ja", "hallo"),
    ("123456782",), ("ja",), ("nee",), ("/nergens",), ("/zoek stap",), ("/plan",), ("/geld",), ("👍" * 2000,),
    ("ik wil toch liever kok worden", "ja"),
)  # fmt: skip


def answers_to(question: Collect, named: frozenset[Value], compiled: Compiled) -> Iterator[str]:
    """One typed answer of each class; `named`: what conditions compare with."""
    samples = list(type_of(question).samples(question, compiled))
    if samples:
        yield from samples
        yield from (str(value) for value in named)
        return
    for value in classes(question, named):
        match value:
            case bool():
                yield (compiled.reply_words.yes if value else compiled.reply_words.no)[0]
            case frozenset():
                yield ", ".join(sorted(value))
            case int() | float():
                yield f"{value:g}"
            case str():
                yield value

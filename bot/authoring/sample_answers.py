"""What people say: an answer of each class to a question, and what comes in between."""

from collections.abc import Iterator

from bot.answers import type_of
from bot.authoring.answer_classes import classes
from bot.compiled import Compiled
from bot.content.conditions import Value
from bot.content.flow import Collect

NONSENSE = ("xqzv", "xqzv wrrt", "qqq", "zzz")
NUMBER_OF_A_PERSON = "123456782"  # a valid BSN of nobody


def in_between(compiled: Compiled, language: str) -> Iterator[tuple[str, ...]]:
    """What may come in between; tried at every question once, each as a little conversation of its own."""
    knowledge, replies = compiled.content.knowledge, compiled.reply_words
    yes, no = replies.yes[0], replies.no[0]
    yield from ((word,) for word in compiled.spoken.replies.dont_know[:1])
    yield NONSENSE
    yield from ((one.question[language],) for one in list(knowledge.questions.values())[:1])
    yield f"{NONSENSE[0]} {NONSENSE[1]}?", yes
    yield from (("/back", "/back", "/skip"), ("/review",), ("/skip",), ("/why",), ("/language", "/language"))
    yield from (("/human", no), ("/human", yes, "/back", no), ("/stop", yes, "/start"), ("/restart", no))
    yield from (("/restart", yes), ("/mydata",), ("/withdraw", yes), ("/forget", no), ("/forget", yes, yes))
    yield from ((NUMBER_OF_A_PERSON,), (yes,), (no,), ("/nowhere",), ("/search step",), ("/plan",), ("/money",))
    yield ("👍" * 2000,)
    yield from ((one.name[language], yes) for one in list(knowledge.occupations.values())[:1])


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

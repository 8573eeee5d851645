"""What a page says of something in the knowledge, as honest as in the chat: ended is ended, and old is old."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from bot.advice.freshness import age_of
from bot.advice.known_facts import known_facts
from bot.advice.model import provenance
from bot.advice.money import has_ended, when_to_apply
from bot.compiled import Compiled
from bot.content.knowledge import FaqEntry, Offerable, Programme, ProgrammeStatus, Route, Subsidy
from bot.text import say_date

Item = Offerable | Subsidy


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read. `url` is None of a document of the centre itself."""

    url: str | None
    shown: str
    checked: str | None  # the day, in words


@dataclass(frozen=True, slots=True)
class Telling:
    """A page about one item, as one reads it from top to bottom."""

    title: str
    provider: str | None
    summary: str
    ended: bool
    instead: tuple[Item, ...]  # of what has ended
    age: str | None  # how old the source is, when that is reason to ask first
    until: str | None  # when one can apply
    facts: tuple[str, ...]
    asks: tuple[str, ...]  # what somebody needs
    good_to_know: tuple[str, ...]
    warning: str | None
    first_call: str | None  # whom to ask first, of a way that many give
    url: str | None
    source: Source


def is_over(item: Item, on: date) -> bool:
    """Whether it exists no more."""
    if isinstance(item, Subsidy):
        return has_ended(item, on)
    return isinstance(item, Programme) and item.status is ProgrammeStatus.ENDED


def tell(item: Item, compiled: Compiled, language: str, on: date) -> Telling:
    """Everything that we know of an item on a day. Of what has ended, only that, and what there is instead."""
    knowledge = compiled.content.knowledge
    assert knowledge.advice is not None, "content that gives no advice has no items"
    ended = is_over(item, on)
    age = None if ended else age_of(item, knowledge.advice, knowledge.freshness.old_after, on)
    until = when_to_apply(item, knowledge.advice, on) if isinstance(item, Subsidy) and not ended else None
    facts = () if ended else known_facts(item, knowledge.fact_words, on)
    instead = item.replaced_by if isinstance(item, Programme | Subsidy) and ended else ()
    conditions = item.terms if isinstance(item, Subsidy) and not ended else ()
    return Telling(
        title=item.title[language],
        provider=item.provider if isinstance(item, Programme) else None,
        summary=item.summary[language],
        ended=ended,
        instead=tuple(found for one in instead if (found := knowledge.item(one))),
        age=age.in_full[language] if age and age.ask_first else None,
        until=until[language] if until else None,
        facts=tuple(fact.text[language] for fact in facts),
        asks=() if ended else tuple(dict.fromkeys(rule.because[language] for rule in item.rules)),
        good_to_know=tuple(one[language] for one in conditions),
        warning=item.must_say[language] if item.must_say else None,
        first_call=item.first_call.who[language] if isinstance(item, Route) else None,
        url=None if ended else item.url,
        source=source(*provenance(item), language),
    )


def source(url: str | None, checked: date | None, language: str) -> Source:
    day = say_date(checked, language) if checked else None
    if not url or not url.startswith("http"):
        return Source(None, "", day)
    return Source(url, (urlsplit(url).hostname or url).removeprefix("www."), day)


def sources(question: FaqEntry, language: str) -> Iterator[Source]:
    """Where an answer was read, each page once."""
    found = {one.url: source(one.url, one.checked, language) for one in question.sources}
    yield from found.values()


def ended_about(question: FaqEntry, compiled: Compiled, on: date) -> tuple[tuple[Item, ...], bool]:
    """What of an answer's subjects exists no more, and whether that is all of them, so that the answer is over too."""
    knowledge = compiled.content.knowledge
    about = [item for one in question.about if (item := knowledge.item(one))]
    ended = tuple(item for item in about if is_over(item, on) and not question.after_its_end)
    return ended, bool(ended) and len(ended) == len(about)

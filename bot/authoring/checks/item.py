"""Programmes, ways to pay and questions: names that clash, times that cannot be."""

from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from bot.advice.known_facts import can_be_said
from bot.advice.money import has_ended
from bot.content.knowledge import FaqEntry, Knowledge, Offerable, Programme, Subsidy, SubsidyStatus
from bot.content.problems import Location, Problem, Severity
from bot.engine.buttons import LONGEST, CommandButton
from bot.matching import fold

WARNING = Severity.WARNING
FEWEST_WORDINGS = 5
LONGEST_WITH_ITEM, BEHIND = "details", " 9"  # of the commands on buttons for an item, with the page


def problems_of(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    yield from _names(knowledge)
    for subsidy in knowledge.subsidies.values():
        yield from _times(subsidy, on)
        yield from _others(subsidy)
    for item in knowledge.items:
        if (size := len(CommandButton(LONGEST_WITH_ITEM, item.id + BEHIND).data.encode())) > LONGEST:
            message = f"the button for {item.id!r} carries {size} bytes; Telegram takes {LONGEST}"
            yield Problem(item.at, message, "Shorten the id.", "K039", within=("id",))
        if not any(fact.source for fact in item.facts.values()):
            hint = "Say where it was read: facts: {status: {value, source, date, checked}}."
            yield Problem(item.at, f"nothing about {item.id!r} has a source", hint, "K036", WARNING)
        yield from _unread(item, knowledge)
    yield from _outlived(knowledge, on)
    yield from _questions(knowledge)
    yield from _occupations(knowledge)


def _outlived(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    """Answers about what has ended: people read that it has ended, and not the answer."""
    for question in knowledge.questions.values():
        about = [item for one in question.about if (item := knowledge.item(one))]
        for item in about if not question.after_its_end else ():
            if isinstance(item, Subsidy) and has_ended(item, on):
                message = (
                    f"{question.id!r} is about {item.id!r}, which has ended: people read that, and not this answer"
                )
                hint = "Write an answer that says so, with 'after_its_end: true', or take it out of 'about'."
                yield Problem(question.at, message, hint, "K081", WARNING, within=("about", item.id))


def _unread(item: Offerable | Subsidy, knowledge: Knowledge) -> Iterator[Problem]:
    """Facts that no text can ever tell: they cost a check every year, and reach nobody."""
    for name, fact in item.facts.items():
        if not can_be_said(name, fact, knowledge.fact_words):
            hint = f"Give {name!r} words in knowledge/fact-words.yaml, or write what it says as a text; else drop it."
            yield Problem(fact.at, f"nobody reads this: no text says {name!r} of {item.id!r}", hint, "K080")


def _names(knowledge: Knowledge) -> Iterator[Problem]:
    """One name for two things: whoever searches for it gets both, and nobody can say which was meant.

    Routes are many ways to one thing, so that two of them may be called the same.
    """
    owners: dict[str, Programme | Subsidy] = {}
    for item in knowledge.named_once:
        owners.setdefault(fold(item.name), item)
    for item in knowledge.named_once:
        for name in dict.fromkeys(item.names):
            owner = owners.setdefault(fold(name), item)
            if owner is not item:
                message = f"{item.id!r} and {owner.id!r} are both called {name!r}"
                hint = "Let one of the two have the name."
                yield Problem(item.at, message, hint, "K030", WARNING, within=("aliases", name))


def _times(subsidy: Subsidy, on: date) -> Iterator[Problem]:
    valid = subsidy.valid
    if valid.from_ and valid.until and valid.until < valid.from_:
        message = f"{subsidy.id!r} ends on {valid.until}, before it begins on {valid.from_}"
        yield Problem(subsidy.at, message, "Turn the two round.", "K034", within=("valid",))
    for window in subsidy.windows:
        if window.opens and window.closes and window.closes < window.opens:
            message = f"a round of {subsidy.id!r} closes on {window.closes}, before it opens on {window.opens}"
            within = ("windows", window.closes.isoformat())
            yield Problem(subsidy.at, message, "Turn the two round.", "K034", within=within)
    if valid.until and valid.until < on and subsidy.status is not SubsidyStatus.ENDED:
        message = f"{subsidy.id!r} ended on {valid.until}, but its status is {subsidy.status}"
        hint = "Write status: ended, or the new end."
        yield Problem(subsidy.at, message, hint, "K035", WARNING, within=("valid", "until"))


def _others(subsidy: Subsidy) -> Iterator[Problem]:
    if subsidy.id in {*subsidy.excludes, *subsidy.requires, *subsidy.replaced_by}:
        within = (
            next(k for k in ("excludes", "requires", "replaced_by") if subsidy.id in getattr(subsidy, k)),
            subsidy.id,
        )
        message = f"{subsidy.id!r} names itself in {within[0]!r}"
        yield Problem(subsidy.at, message, "Take it out of the list.", "K037", within=within)
    for other in sorted({*subsidy.excludes} & {*subsidy.requires}):
        message = f"{subsidy.id!r} both needs and excludes {other!r}"
        hint = "Take it out of one of the two lists."
        yield Problem(subsidy.at, message, hint, "K037", within=("requires", other))


# ------------------------------------------------------------------ questions
def _questions(knowledge: Knowledge) -> Iterator[Problem]:
    owners: dict[str, FaqEntry] = {}
    for question in knowledge.questions.values():
        yield from _theme(question)
        asked: dict[str, tuple[str, str]] = {}
        for language in question.question.languages:
            wordings = dict.fromkeys(_bare(wording) for wording in question.wordings.get(language, ()))
            if len(wordings) < FEWEST_WORDINGS:
                message = f"{question.id!r} has {len(wordings)} {language} wordings"
                hint = f"At least {FEWEST_WORDINGS}, as people type: with slang, fragments and complaints."
                yield Problem(question.at, message, hint, "K032", WARNING, within=("wordings", language))
            asked |= {_bare(question.question[language]): ("question", language)}
            asked |= {_bare(said): ("wordings", said) for said in question.wordings.get(language, ())}
        for wording, within in asked.items():
            owner = owners.setdefault(wording, question)
            if owner is not question:
                message = f"{wording!r} stands under {owner.id!r} and under {question.id!r}"
                hint = "Leave it with the question that it asks."
                yield Problem(question.at, message, hint, "K033", within=within)


def _theme(question: FaqEntry) -> Iterator[Problem]:
    """Answers are read by theme, and a theme is a file."""
    theme = PurePath(question.at.file).stem
    if theme not in (question.theme, "faq"):
        message = f"{question.id!r} stands in {theme}.yaml, and its theme is {question.theme!r}"
        hint = f"Write theme: {theme}, or move it to {question.theme}.yaml."
        yield Problem(question.at, message, hint, "K119", within=("theme",))


def _bare(wording: str) -> str:
    return fold(wording).strip(" ?.!")


def _occupations(knowledge: Knowledge) -> Iterator[Problem]:
    owners: dict[tuple[str, str], tuple[str, Location]] = {}
    for occupation in knowledge.occupations.values():
        for language in occupation.name.languages:
            name = language, fold(occupation.name[language])
            owner, at = owners.setdefault(name, (occupation.id, occupation.at))
            if owner != occupation.id:
                message = f"{occupation.id!r} has the same {language} name as {owner!r} ({at})"
                hint = "Give one of the two another name."
                yield Problem(occupation.at, message, hint, "K038", WARNING, within=("name", language))

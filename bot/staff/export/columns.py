"""Which columns an export has: always the same ones in front, then a column for each question that was ever asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.content.staff_sentences import StaffSentence
from bot.staff.cells import Cell, clean
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.store.lead_model import AnswerValue, Details, Lead, ShownOffer
from bot.text import say_language, without_notes


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what a program reads, and never changes; `title` and `meaning` are what people read."""

    key: str
    title: str
    meaning: str
    of: Callable[[Lead, Details], Cell]
    is_phone: bool = False


@dataclass(frozen=True, slots=True)
class _Said:
    """How one export says things. `previous`: the moment of the last one like it."""

    labels: Labels
    locale: Locale
    previous: datetime | None

    def word(self, code: str | None) -> str | None:
        return self.locale.words.word(code) or None

    def in_sentence(self, code: str | None) -> str:
        return self.locale.words.in_sentence(code)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A column before it is said. `of` gives what is kept, with codes; `words` says it to people, if that differs."""

    key: str
    of: Callable[[_Said, Lead, Details], Cell]
    words: Callable[[_Said, Lead], Cell] | None = None
    is_phone: bool = False


def _offers(said: _Said, lead: Lead, _: Details) -> str:
    return "\n".join(_offer(said, shown) for shown in lead.advice.offers) if lead.advice else ""


def _offer(said: _Said, shown: ShownOffer) -> str:
    reasons = " ".join(shown.reasons[:3])
    verdict = said.locale.words.verdicts.get(shown.verdict, "")
    return f"{without_notes(shown.name)} ({verdict}){': ' if reasons else ''}{reasons}"


def _subsidies(_: _Said, lead: Lead, __: Details) -> str:
    return ", ".join(each.id for each in lead.advice.money) if lead.advice else ""


def _subsidies_in_words(said: _Said, lead: Lead) -> str:
    shown, money = lead.advice.money if lead.advice else (), said.locale.words.money
    return "\n".join(f"{said.labels.subsidies.get(each.id, each.id)} ({money[each.status]})" for each in shown)


def _consent(purpose: str) -> Callable[[_Said, Lead, Details], Cell]:
    def given(_: _Said, __: Lead, details: Details) -> Cell:
        standing = [each for each in details.consents if each.purpose == purpose and not each.withdrawn_at]
        return standing[-1].given_at if standing else None

    return given


def _notes(said: _Said, _: Lead, details: Details) -> str:
    return "\n".join(
        f"{said.locale.day(note.at)} {note.author}: {note.text}" for note in details.notes if not note.struck_at
    )


def _action(said: _Said, lead: Lead, _: Details) -> str:
    """What to do with a lead in one's own system. Who came in after the previous export cannot be there yet."""
    actions = said.locale.words.actions
    if lead.erased_at:
        return actions["delete"]
    return actions["new" if said.previous is None or lead.created_at > said.previous else "update"]


FIRST = (
    _Kept("external_id", lambda _, lead, __: lead.reference),
    _Kept("action", _action),
    _Kept(
        "kind",
        lambda _, lead, __: lead.kind,
        words=lambda said, lead: said.labels.flows.get(lead.kind, lead.kind),
    ),
    _Kept(
        "status",
        lambda said, lead, _: said.word(lead.status),
        words=lambda said, lead: said.in_sentence(lead.status),
    ),
    _Kept(
        "close_reason",
        lambda said, lead, _: said.word(lead.close_reason),
        words=lambda said, lead: said.in_sentence(lead.close_reason),
    ),
    _Kept("assignee", lambda _, lead, __: lead.assignee),
    _Kept("name", lambda _, lead, __: lead.contact.get("name")),
    _Kept("phone", lambda _, lead, __: lead.contact.get("phone"), is_phone=True),
    _Kept("email", lambda _, lead, __: lead.contact.get("email")),
    _Kept("place", lambda _, lead, __: lead.place),
    _Kept(
        "sector",
        lambda _, lead, __: lead.sector,
        words=lambda said, lead: said.labels.sectors.get(lead.sector, lead.sector) if lead.sector else None,
    ),
    _Kept(
        "language",
        lambda _, lead, __: lead.language,
        words=lambda said, lead: say_language(lead.language, said.locale.language.code),
    ),
    _Kept("channel", lambda _, lead, __: lead.channel),
    _Kept("source", lambda _, lead, __: lead.source),
    _Kept("complete", lambda _, lead, __: lead.complete),
    _Kept(
        "reached",
        lambda _, lead, __: lead.progress,
        words=lambda said, lead: said.labels.questions.get(lead.progress, lead.progress) if lead.progress else None,
    ),
    _Kept("created_at", lambda _, lead, __: lead.created_at),
    _Kept("updated_at", lambda _, lead, __: lead.updated_at),
    _Kept("first_contact_at", lambda _, lead, __: lead.first_contact_at),
    _Kept("attempts", lambda _, lead, __: lead.attempts),
    _Kept("next_action", lambda said, lead, _: said.word(lead.next_action)),
    _Kept("next_action_on", lambda _, lead, __: lead.next_action_on),
    _Kept("consent_contact", _consent("contact")),
    _Kept("consent_keep", _consent("keep")),
    _Kept("programmes", _offers),
    _Kept("subsidies", _subsidies, words=_subsidies_in_words),
    _Kept("flow", lambda _, lead, __: lead.versions.get("flow")),
    _Kept("content", lambda _, lead, __: str(lead.versions.get("content", ""))[:12]),
)
LAST = (_Kept("notes", _notes),)
"""As advisers asked for: it is the widest."""


def columns(
    questions: Sequence[str],
    labels: Labels,
    locale: Locale,
    *,
    retired: bool,
    people: bool,
    previous: datetime | None = None,
) -> tuple[Column, ...]:
    """The columns for these questions, in their order, so that a new one never moves another.

    Questions that are no longer asked come along when `retired` is true. `people` read names and labels, programs
    codes. `previous` is the moment of the last export like this one: what came in later is new.
    """
    said = _Said(labels, locale, previous)
    first, last = ([_column(each, said, people) for each in some] for some in (FIRST, LAST))
    asked = [each for each in questions if retired or each in labels.questions]
    taken = {column.title for column in (*first, *last)}
    middle = [_question(question, said, taken, people) for question in asked]
    return (*first, *middle, *last)


def _column(kept: _Kept, said: _Said, people: bool) -> Column:
    words, of, called = kept.words, kept.of, said.locale.words.columns[kept.key]
    if people and words:
        return Column(kept.key, called.title, called.meaning, lambda lead, _: words(said, lead), kept.is_phone)
    return Column(kept.key, called.title, called.meaning, lambda lead, details: of(said, lead, details), kept.is_phone)


def _question(question: str, said: _Said, taken: set[str], people: bool) -> Column:
    labels, locale = said.labels, said.locale

    def answer(lead: Lead, _: Details) -> Cell:
        value = _answer(lead, question)
        return ", ".join(value) if isinstance(value, tuple) else value

    def in_words(lead: Lead, _: Details) -> Cell:
        return labels.answer(lead.kind, question, _answer(lead, question))

    title = _title(question, said, taken)
    taken.add(title)
    if question == labels.fact_of_limits:
        meaning = locale.say(StaffSentence.OF_LIMITS)
        return Column(f"answer_{question}", title, meaning, in_words if people else answer)
    asked_in = labels.askers.get(question)
    how = StaffSentence.ANSWER_IN if asked_in else StaffSentence.ANSWER_OF_OLD
    meaning = locale.say(how, flows=asked_in)
    return Column(f"answer_{question}", title, meaning, in_words if people else answer)


def _title(question: str, said: _Said, taken: set[str]) -> str:
    """The name of a question, with where it is asked when another column has it: a pivot table needs each name once."""
    name = said.labels.questions.get(question, question)
    asked_in = said.labels.askers.get(question) or said.locale.say(StaffSentence.ANSWER)
    wider = (name, f"{name} ({asked_in.lower()})", f"{name} ({question})")
    return next((title for title in wider if title not in taken), question)


def _answer(lead: Lead, question: str) -> AnswerValue | None:
    """The value; what was said when nothing was made of it."""
    given = lead.answers.get(question)
    if given is None:
        return None
    return given.words if given.value is None else given.value


def cells(columns: Sequence[Column], lead: Lead, details: Details) -> list[Cell]:
    """One row: text is cleaned, and an erased lead has its number and what is to be done with it, no more."""
    if lead.erased_at:
        known = {"external_id", "action", "kind", "status", "close_reason", "updated_at"}
        return [_clean(column.of(lead, details)) if column.key in known else None for column in columns]
    return [_clean(column.of(lead, details)) for column in columns]


def _clean(value: Cell) -> Cell:
    return (clean(value) or None) if isinstance(value, str) else value

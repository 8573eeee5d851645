"""A lead as a page tells it: summary, limits, one time line, what was answered, what was shown and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.advice.exploring.chart import Bar, kept_chart
from bot.content.knowledge import FactRole
from bot.staff.desk import Opened
from bot.staff.events import ON_REQUEST, detail_of, say_detail
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.overview import STEERING, say_answer
from bot.staff.summary import summary
from bot.store.lead_model import Lead, LeadEvent, Note
from bot.text import without_notes


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing on the time line; a note that was written with it stands beside it."""

    at: datetime
    actor: str
    what: str
    detail: str
    is_call: bool
    note: Note | None
    number: int | None  # of the note, by which it is struck out


@dataclass(frozen=True, slots=True)
class Shown:
    """A programme that somebody was shown, with the reasons."""

    id: str
    name: str
    verdict: str  # a code, "fits" or "maybe"
    reasons: Sequence[tuple[str, str]]  # the outcome of a rule (or nothing), and the reason in words


@dataclass(frozen=True, slots=True)
class Story:
    summary: Sequence[str]
    limits: Sequence[str]
    answers: Sequence[tuple[str, str]]  # by the name of the question
    time_line: Sequence[Happened]  # the last first
    shown: Sequence[Shown]
    nearly: Sequence[tuple[str, str]]  # what nearly fitted, and what would have to be otherwise
    money: Sequence[tuple[str, str, str]]  # a scheme by id and name, and its status as a code
    likes: Sequence[Bar]  # of who explored: what they like in work, the dearest first
    explored: Sequence[tuple[str, str]]  # what else came of it, by what it is called


def tell(opened: Opened, labels: Labels, locale: Locale) -> Story:
    lead = opened.lead
    json = lead.advice.json if lead.advice else {}
    return Story(
        summary=list(summary(lead, labels, locale, reach=False)),
        limits=_limits(lead, labels),
        answers=list(_answers(lead, labels, locale)),
        time_line=_time_line(opened, locale),
        shown=[_shown(each) for each in json.get("programmes", ())],
        nearly=[
            (without_notes(each.get("name", each["id"])), str(each["nearest_miss"]))
            for each in json.get("rejected", ())
            if each.get("nearest_miss")
        ],
        money=[
            (each.id, without_notes(labels.subsidies.get(each.id, each.id)), each.status)
            for each in (lead.advice.money if lead.advice else ())
        ],
        likes=_likes(lead, labels),
        explored=list(_explored(lead, labels)),
    )


def _limits(lead: Lead, labels: Labels) -> list[str]:
    """What cannot be, or has to be; never why."""
    said = [
        labels.answer(lead.kind, question, answer.value)
        for question, answer in lead.answers.items()
        if labels.roles.get(question) in (FactRole.LIMITS, FactRole.EXCLUDED) or question == labels.fact_of_limits
    ]
    return [part for each in said if isinstance(each, str) for part in each.split(", ") if part]


def _answers(lead: Lead, labels: Labels, locale: Locale) -> Iterator[tuple[str, str]]:
    for question, answer in lead.answers.items():
        if question not in STEERING and labels.roles.get(question) is not FactRole.LIKES:  # it is the chart
            title = labels.questions.get(question) or answer.column or question
            yield f"{title[:1].upper()}{title[1:]}", say_answer(lead, question, answer, labels, locale)


def _likes(lead: Lead, labels: Labels) -> Sequence[Bar]:
    """A bar for what they said they like or not; none of who did not explore."""
    of = (answer.value for question, answer in lead.answers.items() if labels.roles.get(question) is FactRole.LIKES)
    kept = next((value for value in of if isinstance(value, tuple)), ())
    return kept_chart(kept, labels.exploring, labels.language)


def _explored(lead: Lead, labels: Labels) -> Iterator[tuple[str, str]]:
    """What they can, what they looked at, and what they did not choose."""
    for question, answer in lead.answers.items():
        if labels.roles.get(question) in (FactRole.SKILLS, FactRole.EXPLORED, FactRole.REFUSED):
            said = labels.answer(lead.kind, question, answer.value)
            if isinstance(said, str) and said:
                yield labels.questions[question], said


def _time_line(opened: Opened, locale: Locale) -> list[Happened]:
    """Events, each with the note that was written with it; the notes that were written by themselves between them."""
    words, notes = locale.words, list(enumerate(opened.details.notes, 1))
    with_event = {note.change: (number, note) for number, note in notes if note.change is not None}
    happened: list[Happened] = []
    told: set[int] = set()
    for event in opened.details.events:
        number, note = with_event.get(event.change, (None, None)) if event.change is not None else (None, None)
        if number is not None:
            told.add(number)
        actor = words.actors.get(event.actor, event.actor)
        what, detail = _what(event, locale)
        happened.append(Happened(event.at, actor, what, detail, event.kind == "attempt", note, number))
    happened += [
        Happened(note.at, note.author, words.events["noted"], "", False, note, number)
        for number, note in notes
        if number not in told
    ]
    # Of two at one moment that which was written down later is the later one.
    order = sorted(enumerate(happened), key=lambda each: (each[1].at, each[0]), reverse=True)
    return [each for _, each in order]


def _what(event: LeadEvent, locale: Locale) -> tuple[str, str]:
    said = [say_detail(value, locale) for value in detail_of(event, locale.words).values() if value != ON_REQUEST]
    return locale.words.events[event.kind], ", ".join(said)


def _shown(json: Any) -> Shown:
    reasons = [(reason.get("outcome") or "", reason["text"]) for reason in json.get("reasons", ())]
    return Shown(json["id"], _name(json), json["verdict"], reasons)


def _name(json: Any) -> str:
    return without_notes(json.get("name", json["id"]))

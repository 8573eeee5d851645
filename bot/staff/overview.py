"""A lead as an adviser reads it: who, what they said, what fits and why, and what was done."""

from collections.abc import Iterator

from bot.staff.desk import Opened
from bot.staff.export.cells import clean, local, national
from bot.store.lead import Lead, LeadEvent

VERDICT = {"fits": "past", "maybe": "past misschien"}
MONEY = {"eligible": "kan", "maybe": "kan misschien"}


def overview(opened: Opened) -> Iterator[str]:
    """The lines to show. What a person typed is cleaned: it can move no cursor and colour no terminal."""
    lead = opened.lead
    yield f"{lead.reference} · {lead.kind} · {lead.status}{f' ({lead.close_reason})' if lead.close_reason else ''}"
    yield from _contact(lead)
    yield from _place_in_work(opened)
    yield ""
    yield "Antwoorden"
    for question, answer in lead.answers.items():
        said = f' ("{_line(answer["said"])}")' if answer["said"] and str(answer["said"]) != str(answer["value"]) else ""
        yield f"  {answer['column'] or question}: {_line(answer['value'])}{said}"
    yield from _fits(lead)
    if opened.details.notes:
        yield ""
        yield "Notities"
        for note in opened.details.notes:
            yield f"  {local(note.at):%d-%m-%Y %H:%M} {note.author}: {_line(note.text)}"
    yield ""
    yield "Wat er gebeurde"
    for event in opened.details.events:
        yield f"  {_event(event)}"


def _contact(lead: Lead) -> Iterator[str]:
    for name, value in lead.contact.items():
        yield f"  {name}: {_line(national(value) if name == 'phone' else value)}"


def _place_in_work(opened: Opened) -> Iterator[str]:
    lead = opened.lead
    known = [lead.sector, lead.place, f"bron {lead.source}" if lead.source else None, f"taal {lead.language}"]
    yield "  " + ", ".join(each for each in known if each)
    if not lead.complete:
        yield f"  Stopte onderweg{f', bij {lead.progress}' if lead.progress else ''}."
    if opened.duplicate_of:
        yield f"  Dezelfde telefoon of e-mail als {opened.duplicate_of}."
    if opened.duplicates:
        yield f"  Ook: {', '.join(opened.duplicates)}."
    for consent in opened.details.consents:
        withdrawn = f", ingetrokken op {local(consent.withdrawn_at):%d-%m-%Y}" if consent.withdrawn_at else ""
        yield f"  Toestemming {consent.purpose} op {local(consent.given_at):%d-%m-%Y}{withdrawn}."
    if lead.assignee:
        yield f"  Adviseur: {lead.assignee}; {lead.attempts} keer gebeld."
    if lead.next_action_on:
        yield f"  Volgende stap: {lead.next_action} op {lead.next_action_on:%d-%m-%Y}."


def _fits(lead: Lead) -> Iterator[str]:
    advice = lead.advice or {}
    if programmes := advice.get("programmes"):
        yield ""
        yield "Wat past"
        for shown in programmes:
            yield f"  {shown.get('name', shown['id'])}: {VERDICT.get(shown['verdict'], shown['verdict'])}"
            for reason in shown.get("reasons", []):
                yield f"    {reason['text']}"
    if money := advice.get("subsidies"):
        yield ""
        yield "Geld"
        for each in money:
            yield f"  {each['id']}: {MONEY[each['status']]}"
    if advice:
        yield f"  (regels en kennis {lead.versions.get('content', '')[:12]}, vragen {lead.versions.get('flow', '')})"


def _event(event: LeadEvent) -> str:
    detail = ", ".join(f"{value}" for value in event.detail.values())
    return f"{local(event.at):%d-%m-%Y %H:%M} {event.actor}: {event.kind}{f' ({detail})' if detail else ''}"


def _line(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return clean(text).replace("\n", " / ")

"""A lead as an adviser reads it: who, what they said, what fits and why, and what was done."""

from collections.abc import Iterator
from datetime import date

from bot.staff.cells import clean
from bot.staff.desk import Opened
from bot.staff.events import PURPOSES, in_brackets, say_event
from bot.staff.labels import LANGUAGES, MONEY, VERDICT, Labels
from bot.staff.locale import Locale
from bot.store.code_labels import word, words
from bot.store.lead_model import Lead, LeadAnswer
from bot.text import without_notes

CONTACT = {"name": "Naam", "phone": "Telefoon", "email": "E-mail", "wish": "Wil bereikt worden"}
STEERING = frozenset({"refine"})  # led the conversation, and says nothing of the person


def overview(opened: Opened, labels: Labels, locale: Locale) -> Iterator[str]:
    """The lines to show. What a person typed is cleaned: it can move no cursor and colour no terminal."""
    lead = opened.lead
    kind = labels.flows.get(lead.kind, lead.kind)
    yield f"{lead.reference} · {kind} · {words(lead.status)}{in_brackets(words(lead.close_reason))}"
    yield from _contact(lead, locale)
    yield from _place_in_work(opened, labels, locale)
    yield ""
    yield "Antwoorden"
    for question, answer in lead.answers.items():
        title = labels.questions.get(question) or answer.column or question
        if question not in STEERING:
            yield f"  {title[:1].upper()}{title[1:]}: {_said(lead, question, answer, labels, locale)}"
    yield from _fits(lead, labels)
    if opened.details.notes:
        yield ""
        yield "Notities"
        for note in opened.details.notes:
            yield f"  {locale.moment(note.at)} {note.author}: {_line(note.text)}"
    yield ""
    yield "Wat er gebeurde"
    for event in opened.details.events:
        yield f"  {say_event(event, locale)}"


def _contact(lead: Lead, locale: Locale) -> Iterator[str]:
    for name, value in lead.contact.items():
        yield f"  {CONTACT.get(name, name)}: {_line(locale.phone(value) if name == 'phone' else value)}"
    if lead.only_by:
        yield f"  Heeft de bot geblokkeerd: {lead.only_by}."


def _place_in_work(opened: Opened, labels: Labels, locale: Locale) -> Iterator[str]:
    lead = opened.lead
    sector = labels.sectors.get(lead.sector, lead.sector) if lead.sector else None
    source = f"bron {lead.source}" if lead.source else None
    known = [sector, lead.place, source, LANGUAGES.get(lead.language, lead.language)]
    yield "  " + ", ".join(each for each in known if each)
    if not lead.complete:
        reached = labels.questions.get(lead.progress, lead.progress) if lead.progress else None
        yield f"  Stopte onderweg{f', bij: {reached}' if reached else ''}."
    if opened.duplicate_of:
        yield f"  Dezelfde telefoon of e-mail als {opened.duplicate_of}."
    if opened.duplicates:
        yield f"  Ook: {', '.join(opened.duplicates)}."
    for consent in opened.details.consents:
        withdrawn = f", ingetrokken op {locale.day(consent.withdrawn_at)}" if consent.withdrawn_at else ""
        purpose = PURPOSES.get(consent.purpose, consent.purpose)
        yield f"  Toestemming: {purpose}, op {locale.day(consent.given_at)}{withdrawn}."
    if lead.assignee:
        yield f"  Adviseur: {lead.assignee}; {lead.attempts} keer gebeld."
    if lead.next_action_on:
        yield f"  Volgende stap: {_line(word(lead.next_action))} op {locale.day(lead.next_action_on)}."


def _said(lead: Lead, question: str, answer: LeadAnswer, labels: Labels, locale: Locale) -> str:
    """An answer in words, with the person's own words behind it when those are others."""
    match labels.answer(lead.kind, question, answer.value):
        case None:
            shown = "weet ik niet"
        case bool() as yes:
            shown = "ja" if yes else "nee"
        case date() as day:
            shown = locale.day(day)
        case value:
            shown = _line(value)
    said = _line(answer.words or "")
    # A pressed button says the code of the choice.
    return f'{shown} ("{said}")' if said.casefold() not in ("", shown.casefold(), str(answer.value)) else shown


def _fits(lead: Lead, labels: Labels) -> Iterator[str]:
    if lead.advice is None:
        return
    if lead.advice.offers:
        yield ""
        yield "Wat past"
        for shown in lead.advice.offers:
            yield f"  {without_notes(shown.name)}: {VERDICT.get(shown.verdict, shown.verdict)}"
            for reason in shown.reasons:
                yield f"    {reason}"
    if money := lead.advice.money:
        yield ""
        yield "Geld"
        planned = {name for shown in lead.advice.offers for name in shown.money}
        names = {each.id: without_notes(labels.subsidies.get(each.id, each.id)) for each in money}
        for each in money:
            if each.id in planned or each.status == "eligible":
                yield f"  {names[each.id]}: {MONEY[each.status]}"
        rest = [names[each.id] for each in money if each.id not in planned and each.status == "maybe"]
        if rest:
            yield f"  Misschien ook: {', '.join(rest)}"
    yield f"  (regels en kennis {lead.versions.get('content', '')[:12]}, vragen {lead.versions.get('flow', '')})"


def _line(value: object) -> str:
    return clean(str(value)).replace("\n", " / ")

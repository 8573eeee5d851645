"""A lead as an adviser reads it: who, what they said, what fits and why, and what was done."""

from collections.abc import Iterator
from datetime import date

from bot.content.staff_sentences import StaffSentence
from bot.staff.cells import clean
from bot.staff.desk import Opened
from bot.staff.events import in_brackets, say_event
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.summary import summary
from bot.store.lead_model import Lead, LeadAnswer, Note
from bot.store.notices import why_asked
from bot.text import say_language, without_notes

STEERING = frozenset({"refine"})  # led the conversation, and says nothing of the person


def overview(opened: Opened, labels: Labels, locale: Locale) -> Iterator[str]:
    """The lines to show. What a person typed is cleaned: it can move no cursor and colour no terminal."""
    lead, words = opened.lead, locale.words
    kind = labels.flows.get(lead.kind, lead.kind)
    status, reason = words.in_sentence(lead.status), words.in_sentence(lead.close_reason)
    yield f"{lead.reference} · {kind} · {status}{in_brackets(reason)}"
    yield from _contact(lead, locale)
    yield from _place_in_work(opened, labels, locale)
    yield ""
    yield locale.say(StaffSentence.SUMMARY)
    for line in summary(lead, labels, locale):
        yield f"  {line}"
    yield ""
    yield locale.say(StaffSentence.ANSWERS)
    for question, answer in lead.answers.items():
        title = labels.title(lead.kind, question) or answer.column or question
        if question not in STEERING:
            yield f"  {title[:1].upper()}{title[1:]}: {say_answer(lead, question, answer, labels, locale)}"
    yield from _fits(lead, labels, locale)
    if opened.details.notes:
        yield ""
        yield locale.say(StaffSentence.NOTES)
        for number, note in enumerate(opened.details.notes, start=1):
            yield f"  {number}. {locale.moment(note.at)} {note.author}: {_note(note, locale)}"
    yield ""
    yield locale.say(StaffSentence.HAPPENED)
    for event in opened.details.events:
        yield f"  {say_event(event, locale)}"


def _contact(lead: Lead, locale: Locale) -> Iterator[str]:
    for name, value in lead.contact.items():
        yield f"  {locale.words.contact.get(name, name)}: {_line(locale.phone(value) if name == 'phone' else value)}"
    if lead.only_by:
        yield f"  {locale.say(StaffSentence.BLOCKED, only_by=locale.say(lead.only_by))}"


def _place_in_work(opened: Opened, labels: Labels, locale: Locale) -> Iterator[str]:
    lead = opened.lead
    sector = labels.sectors.get(lead.sector, lead.sector) if lead.sector else None
    source = locale.say(StaffSentence.FROM_SOURCE, source=lead.source) if lead.source else None
    known = [sector, lead.place, source, say_language(lead.language, locale.language.code)]
    yield "  " + ", ".join(each for each in known if each)
    if not lead.complete:
        reached = labels.questions.get(lead.progress, lead.progress) if lead.progress else None
        how = StaffSentence.STOPPED_AT if reached else StaffSentence.STOPPED
        yield f"  {locale.say(how, question=reached)}"
    if lead.without_place:
        yield f"  {locale.say(StaffSentence.WITHOUT_PLACE)}"
    if opened.duplicate_of:
        yield f"  {locale.say(StaffSentence.SAME_CONTACT_AS, reference=opened.duplicate_of)}"
    if opened.duplicates:
        yield f"  {locale.say(StaffSentence.SAME_CONTACT, references=', '.join(opened.duplicates))}"
    for consent in opened.details.consents:
        purpose = locale.words.purposes.get(consent.purpose, consent.purpose)
        withdrawn = locale.day(consent.withdrawn_at) if consent.withdrawn_at else None
        how = StaffSentence.CONSENT_WITHDRAWN if withdrawn else StaffSentence.CONSENT
        yield f"  {locale.say(how, purpose=purpose, day=locale.day(consent.given_at), withdrawn=withdrawn)}"
    if lead.assignee:
        yield f"  {locale.say(StaffSentence.ADVISER_CALLED, name=lead.assignee, times=lead.attempts)}"
    if lead.outcome:
        yield f"  {locale.say(StaffSentence.OUTCOME_IS, outcome=_outcome(lead, locale))}"
    yield f"  {locale.say(StaffSentence.ERASED_ON, day=locale.day(opened.erased_on))}"
    if lead.asked_at:
        reason = why_asked(lead.asked_reason or "", locale.words)
        yield f"  {locale.say(StaffSentence.ASKED_ON, moment=locale.moment(lead.asked_at), reason=reason)}"
    if lead.next_action_on:
        step, day = _line(locale.words.word(lead.next_action)), locale.day(lead.next_action_on)
        day += f" {lead.next_action_time:%H:%M}" if lead.next_action_time else ""
        yield f"  {locale.say(StaffSentence.NEXT_STEP, step=step, day=day)}"


def _note(note: Note, locale: Locale) -> str:
    if note.struck_at is None:
        return _line(note.text)
    struck = {"name": note.struck_by, "moment": locale.moment(note.struck_at)}
    return locale.say(StaffSentence.NOTE_STRUCK, text=_line(note.text), **struck)


def _outcome(lead: Lead, locale: Locale) -> str:
    """What came of it, with which course and scheme, or where they stopped."""
    detail = (lead.outcome_detail or {}).values()
    return ", ".join(_line(locale.words.in_sentence(each)) for each in (lead.outcome, *detail) if each)


def say_answer(lead: Lead, question: str, answer: LeadAnswer, labels: Labels, locale: Locale) -> str:
    """An answer in words, with the person's own words behind it when those are others."""
    match labels.answer(lead.kind, question, answer.value):
        case None:
            shown = locale.say(StaffSentence.DONT_KNOW)
        case bool() as yes:
            shown = locale.say_bool(yes)
        case date() as day:
            shown = locale.day(day)
        case value:
            shown = _line(value)
    said = _line(answer.words or "")
    # A pressed button says the code of the choice.
    return f'{shown} ("{said}")' if said.casefold() not in ("", shown.casefold(), str(answer.value)) else shown


def _fits(lead: Lead, labels: Labels, locale: Locale) -> Iterator[str]:
    if lead.advice is None:
        return
    words = locale.words
    if lead.advice.offers:
        yield ""
        yield locale.say(StaffSentence.WHAT_FITS)
        for shown in lead.advice.offers:
            yield f"  {without_notes(shown.name)}: {words.verdicts.get(shown.verdict, shown.verdict)}"
            for reason in shown.reasons:
                yield f"    {reason}"
    if money := lead.advice.money:
        yield ""
        yield locale.say(StaffSentence.MONEY)
        planned = {name for shown in lead.advice.offers for name in shown.money}
        names = {each.id: without_notes(labels.subsidies.get(each.id, each.id)) for each in money}
        for each in money:
            if each.id in planned or each.status == "eligible":
                yield f"  {names[each.id]}: {words.money[each.status]}"
        rest = [names[each.id] for each in money if each.id not in planned and each.status == "maybe"]
        if rest:
            yield f"  {locale.say(StaffSentence.MONEY_PERHAPS, names=', '.join(rest))}"
    content, flow = lead.versions.get("content", "")[:12], lead.versions.get("flow", "")
    yield f"  {locale.say(StaffSentence.BY_VERSIONS, content=content, flow=flow)}"


def _line(value: object) -> str:
    return clean(str(value)).replace("\n", " / ")

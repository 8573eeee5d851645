"""Which columns an export has: always the same ones in front, then a column for each question that was ever asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.staff.cells import Cell, clean
from bot.staff.labels import LANGUAGES, MONEY, VERDICT, Labels
from bot.staff.locale import Locale
from bot.store.code_labels import word, words
from bot.store.lead_model import AnswerValue, Details, Lead, ShownOffer
from bot.text import without_notes


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is what a program reads, and never changes; `title` is what people read.

    `of` gives what is kept, with codes; `words` says it to people, where that is something else.
    """

    key: str
    title: str
    meaning: str
    of: Callable[[Lead, Details], Cell]
    is_phone: bool = False
    words: Callable[[Labels, Lead], Cell] | None = None


def _offers(lead: Lead, _: Details) -> str:
    return "\n".join(map(_offer, lead.advice.offers)) if lead.advice else ""


def _offer(shown: ShownOffer) -> str:
    reasons = " ".join(shown.reasons[:3])
    verdict = VERDICT.get(shown.verdict, "")
    return f"{without_notes(shown.name)} ({verdict}){': ' if reasons else ''}{reasons}"


def _subsidies(lead: Lead, _: Details) -> str:
    return ", ".join(each.id for each in lead.advice.money) if lead.advice else ""


def _subsidies_in_words(labels: Labels, lead: Lead) -> str:
    shown = lead.advice.money if lead.advice else ()
    return "\n".join(f"{labels.subsidies.get(each.id, each.id)} ({MONEY[each.status]})" for each in shown)


def _consent(purpose: str) -> Callable[[Lead, Details], Cell]:
    def given(_: Lead, details: Details) -> Cell:
        standing = [each for each in details.consents if each.purpose == purpose and not each.withdrawn_at]
        return standing[-1].given_at if standing else None

    return given


def _notes(locale: Locale) -> Callable[[Lead, Details], Cell]:
    def notes(_: Lead, details: Details) -> str:
        return "\n".join(f"{locale.day(note.at)} {note.author}: {note.text}" for note in details.notes)

    return notes


def _action(previous: datetime | None) -> Callable[[Lead, Details], Cell]:
    """What to do with a lead in one's own system. Who came in after the previous export cannot be there yet."""

    def action(lead: Lead, _: Details) -> str:
        if lead.erased_at:
            return "verwijderen"
        return "nieuw" if previous is None or lead.created_at > previous else "bijwerken"

    return action


ACTION = "action"

FIRST = (
    Column("external_id", "Nummer", "Het nummer van de lead. Dit verandert nooit.", lambda lead, _: lead.reference),
    Column(
        ACTION,
        "Actie",
        "'nieuw': kwam binnen na je vorige export van deze soort. "
        "'bijwerken': kan al in je eigen systeem staan. Zoek op nummer. "
        "'verwijderen': haal deze persoon uit je eigen systeem.",
        _action(None),
    ),
    Column(
        "kind",
        "Soort",
        "Welk gesprek de persoon heeft gevoerd.",
        lambda lead, _: lead.kind,
        words=lambda labels, lead: labels.flows.get(lead.kind, lead.kind),
    ),
    Column(
        "status",
        "Status",
        "Hoe ver het contact is.",
        lambda lead, _: word(lead.status),
        words=lambda _, lead: words(lead.status),
    ),
    Column(
        "close_reason",
        "Reden",
        "Waarom de lead is gesloten.",
        lambda lead, _: word(lead.close_reason) or None,
        words=lambda _, lead: words(lead.close_reason),
    ),
    Column("assignee", "Adviseur", "Wie de lead heeft opgepakt.", lambda lead, _: lead.assignee),
    Column("name", "Naam", "Zoals de persoon die heeft gegeven.", lambda lead, _: lead.contact.get("name")),
    Column("phone", "Telefoon", "Met de nul ervoor.", lambda lead, _: lead.contact.get("phone"), is_phone=True),
    Column("email", "E-mail", "", lambda lead, _: lead.contact.get("email")),
    Column("place", "Gemeente", "De gemeente van de plaats die is genoemd.", lambda lead, _: lead.place),
    Column(
        "sector",
        "Sector",
        "Van het bedrijf, of waar de wens het best bij past.",
        lambda lead, _: lead.sector,
        words=lambda labels, lead: labels.sectors.get(lead.sector, lead.sector) if lead.sector else None,
    ),
    Column(
        "language",
        "Taal",
        "De taal van het gesprek.",
        lambda lead, _: lead.language,
        words=lambda _, lead: LANGUAGES.get(lead.language, lead.language),
    ),
    Column("channel", "Kanaal", "Waar het gesprek was.", lambda lead, _: lead.channel),
    Column("source", "Bron", "De code van de link waarmee de persoon kwam.", lambda lead, _: lead.source),
    Column("complete", "Compleet", "Nee: de persoon stopte onderweg.", lambda lead, _: lead.complete),
    Column(
        "reached",
        "Gestopt bij",
        "De vraag die toen open stond.",
        lambda lead, _: lead.progress,
        words=lambda labels, lead: labels.questions.get(lead.progress, lead.progress) if lead.progress else None,
    ),
    Column("created_at", "Binnengekomen", "", lambda lead, _: lead.created_at),
    Column("updated_at", "Veranderd", "", lambda lead, _: lead.updated_at),
    Column("first_contact_at", "Eerste contact", "", lambda lead, _: lead.first_contact_at),
    Column("attempts", "Pogingen", "Hoe vaak er contact is gezocht.", lambda lead, _: lead.attempts),
    Column("next_action", "Volgende stap", "", lambda lead, _: word(lead.next_action) or None),
    Column("next_action_on", "Op", "De dag van de volgende stap.", lambda lead, _: lead.next_action_on),
    Column("consent_contact", "Toestemming contact", "Wanneer die is gegeven.", _consent("contact")),
    Column("consent_keep", "Toestemming bewaren", "Een jaar bewaren mag.", _consent("keep")),
    Column("programmes", "Opleidingen", "Wat past, en waarom.", _offers),
    Column(
        "subsidies",
        "Regelingen",
        "Geld dat misschien kan. Vraag het altijd na.",
        _subsidies,
        words=_subsidies_in_words,
    ),
    Column("flow", "Versie vragen", "", lambda lead, _: lead.versions.get("flow")),
    Column("content", "Versie kennis", "", lambda lead, _: str(lead.versions.get("content", ""))[:12]),
)


def _last(locale: Locale) -> tuple[Column, ...]:
    """Last, as advisers asked for: it is the widest."""
    return (Column("notes", "Notities", "Van de adviseurs.", _notes(locale)),)


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
    asked = [each for each in questions if retired or each in labels.questions]
    last = _last(locale)
    taken = {column.title for column in (*FIRST, *last)}
    middle = [_question(question, labels, taken) for question in asked]
    first = (replace(column, of=_action(previous)) if column.key == ACTION else column for column in FIRST)
    chosen = (*first, *middle, *last)
    return tuple(_in_words(column, labels) for column in chosen) if people else chosen


def _question(question: str, labels: Labels, taken: set[str]) -> Column:
    def answer(lead: Lead, _: Details) -> Cell:
        value = _answer(lead, question)
        return ", ".join(value) if isinstance(value, tuple) else value

    def in_words(labels: Labels, lead: Lead) -> Cell:
        return labels.answer(lead.kind, question, _answer(lead, question))

    title = _title(question, labels, taken)
    taken.add(title)
    if question == labels.fact_of_limits:
        return Column(f"answer_{question}", title, OF_LIMITS, answer, words=in_words)
    asked_in = labels.askers.get(question)
    meaning = f"Een antwoord. Gesprek: {asked_in}." if asked_in else "Een antwoord op een vraag van vroeger."
    return Column(f"answer_{question}", title, meaning, answer, words=in_words)


OF_LIMITS = "Wat de persoon niet kan of wil, of juist nodig heeft. De reden bewaren we niet."


def _title(question: str, labels: Labels, taken: set[str]) -> str:
    """The name of a question, with where it is asked when another column has it: a pivot table needs each name once."""
    name = labels.questions.get(question, question)
    wider = (name, f"{name} ({labels.askers.get(question, 'antwoord').lower()})", f"{name} ({question})")
    return next((title for title in wider if title not in taken), question)


def _answer(lead: Lead, question: str) -> AnswerValue | None:
    """The value; what was said when nothing was made of it."""
    given = lead.answers.get(question)
    if given is None:
        return None
    return given.words if given.value is None else given.value


def _in_words(column: Column, labels: Labels) -> Column:
    say = column.words
    return replace(column, of=lambda lead, _: say(labels, lead)) if say else column


def cells(columns: Sequence[Column], lead: Lead, details: Details) -> list[Cell]:
    """One row: text is cleaned, and an erased lead has its number and what is to be done with it, no more."""
    if lead.erased_at:
        known = {"external_id", "action", "kind", "status", "close_reason", "updated_at"}
        return [_clean(column.of(lead, details)) if column.key in known else None for column in columns]
    return [_clean(column.of(lead, details)) for column in columns]


def _clean(value: Cell) -> Cell:
    return (clean(value) or None) if isinstance(value, str) else value

"""What someone reads who asks what we keep of them: in words, and all of it in files."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.content.flow import Collect, Consent
from bot.content.sentences import Sentence
from bot.engine.effects import Document, Message
from bot.library import Library
from bot.mydata.page import Page
from bot.mydata.words import STATUS, TABLES
from bot.store import Store
from bot.store.people import Person
from bot.store.person import dossier
from bot.text import fill, say_date
from bot.workdays import dutch_day


def show(store: Store, library: Library, person: Person) -> Iterator[Message]:
    """A message for each lead and consent and for the questions without an answer; then a page to read, and a file
    with everything."""
    language = person.state.language
    sentences = library.content.sentences
    kept = dossier(store, person.id)
    theirs = store.leads.of_conversation(person.id)
    details = store.leads.details(theirs)
    for lead in theirs:
        values = {
            "reference": lead.reference,
            "date": say_date(dutch_day(lead.created_at), language),
            "status": STATUS[lead.status][language],
            "notes": len(details[lead.id].notes),
        }
        yield Message(fill(sentences[Sentence.KEPT_LEAD][language], values))
    for consent in kept["consents"]:
        name = Sentence.KEPT_WITHDRAWN if consent["withdrawn_at"] else Sentence.KEPT_CONSENT
        given = say_date(dutch_day(datetime.fromisoformat(consent["given_at"])), language)
        yield Message(fill(sentences[name][language], {"text": consent["text"], "date": given}))
    if asked := [row["text"] for row in kept["unanswered"]]:
        listed = "\n".join(f"- {text}" for text in asked)
        yield Message(fill(sentences[Sentence.KEPT_QUESTIONS][language], {"questions": listed}))
    file = "my-data" if language == "en" else "mijn-gegevens"
    page = Page(library, person, kept).text(theirs, details)
    yield Message(sentences[Sentence.KEPT_PAGE][language], document=Document(f"{file}.txt", page, language))
    everything = json.dumps(_labelled(kept, library, language), ensure_ascii=False, indent=2)
    yield Message(sentences[Sentence.KEPT_FILE][language], document=Document(f"{file}.json", everything))


def _labelled(kept: Mapping[str, list[dict[str, Any]]], library: Library, language: str) -> dict[str, Any]:
    """The same without empty lists, and with messages that were sent, whose words are gone, as a number.

    `labels` says what the names of tables and questions mean; the names themselves are for programs, and stay.
    """
    waiting = [row for row in kept["outbox"] if row["payload"]]
    sent = len(kept["outbox"]) - len(waiting)
    found: dict[str, Any] = {table: rows for table, rows in {**kept, "outbox": waiting}.items() if rows}
    steps = [step for flow in library.content.flows.values() for step in flow.steps]
    questions = {
        step.id: (step.name or step.text)[language] for step in reversed(steps) if isinstance(step, Collect | Consent)
    }
    whole = json.dumps(found)
    labels = {name: text[language] for name, text in TABLES.items() if name in found}
    labels |= {name: text for name, text in questions.items() if f'"{name}"' in whole}
    return {"labels": labels, **found, **({"sent_messages_without_content": sent} if sent else {})}

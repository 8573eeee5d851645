"""What someone reads who asks what we keep of them: in words, and all of it in a file."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.content.sentences import Sentence
from bot.engine.effects import Document, Message
from bot.library import Library
from bot.store import Store
from bot.store.lead import Status
from bot.store.people import Person
from bot.store.person import dossier
from bot.text import Text, fill, say_date
from bot.workdays import dutch_day

STATUS = {
    Status.NEW: Text("niemand heeft hem nog opgepakt", "nobody has picked it up yet"),
    Status.CLAIMED: Text("een adviseur heeft hem opgepakt", "an adviser has picked it up"),
    Status.TRIED: Text("een adviseur zocht contact met je", "an adviser tried to reach you"),
    Status.TALKING: Text("je hebt contact met een adviseur", "you are in touch with an adviser"),
    Status.DONE: Text("klaar", "done"),
    Status.LAPSED: Text("gestopt", "stopped"),
}


def show(store: Store, library: Library, person: Person) -> Iterator[Message]:
    """A message for the leads, one for each consent, and the file with everything."""
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
    file = "my-data.json" if language == "en" else "mijn-gegevens.json"
    everything = json.dumps(_readable(kept), ensure_ascii=False, indent=2)
    yield Message(sentences[Sentence.KEPT_FILE][language], document=Document(file, everything))


def _readable(kept: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The same without empty lists, and with messages that were sent, whose words are gone, as a number."""
    waiting = [row for row in kept["outbox"] if row["payload"]]
    sent = len(kept["outbox"]) - len(waiting)
    found: dict[str, Any] = {table: rows for table, rows in {**kept, "outbox": waiting}.items() if rows}
    return {**found, "sent_messages_without_content": sent} if sent else found

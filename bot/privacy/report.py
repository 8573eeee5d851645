"""What someone reads who asks what we keep of them: in words, and all of it in files."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from bot.compiled import Compiled
from bot.content.flow import Collect, Consent
from bot.content.sentence_keys import Sentence
from bot.engine.effects import Document, Message
from bot.privacy.erasure import dossier
from bot.privacy.page import Page, name_of
from bot.store import Store
from bot.store.conversations import Conversation


def show(store: Store, compiled: Compiled, person: Conversation) -> Iterator[Message]:
    """A message for each lead and consent and for the questions without an answer; then a page to read, and a file
    with everything."""
    kept = dossier(store, person.id)
    page = Page(compiled, person, kept)
    theirs = store.leads.of_conversation(person.id)
    details = store.leads.details(theirs)
    for lead in theirs:
        yield Message(page.lead(lead, details[lead.id]))
    yield from map(Message, page.consents())
    if asked := [row["text"] for row in kept["unanswered"]]:
        yield Message(page.say(Sentence.KEPT_QUESTIONS, questions="\n".join(f"- {text}" for text in asked)))
    file = page.say(Sentence.KEPT_FILE_NAME)
    readable = Document(f"{file}.txt", page.text(theirs, details), page.language)
    yield Message(page.say(Sentence.KEPT_PAGE), document=readable)
    everything = json.dumps(_labelled(kept, page), ensure_ascii=False, indent=2)
    yield Message(page.say(Sentence.KEPT_FILE), document=Document(f"{file}.json", everything))


def _labelled(kept: Mapping[str, list[dict[str, Any]]], page: Page) -> dict[str, Any]:
    """The same without empty lists, and with messages that were sent, whose words are gone, as a number.

    `labels` says what the names of tables and questions mean; the names themselves are for programs, and stay.
    """
    waiting = [row for row in kept["outbox"] if row["payload"]]
    # What is on their page may be an earlier file with everything.
    shown = [{**row, "line": _without_document(row["line"])} for row in kept["transcript"]]
    sent = len(kept["outbox"]) - len(waiting)
    found: dict[str, Any] = {
        table: rows for table, rows in {**kept, "outbox": waiting, "transcript": shown}.items() if rows
    }
    steps = [step for flow in page.compiled.content.flows.values() for step in flow.steps]
    questions = {
        step.id: (step.name or step.text)[page.language]
        for step in reversed(steps)
        if isinstance(step, Collect | Consent)
    }
    whole = json.dumps(found)
    labels = {table: page.say(name_of("table", table)) for table in found}
    labels |= {name: text for name, text in questions.items() if f'"{name}"' in whole}
    return {"labels": labels, **found, **({"sent_messages_without_content": sent} if sent else {})}


def _without_document(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a transcript without what its message brought along."""
    message = line.get("message")
    return {**line, "message": {**message, "document": None}} if message else dict(line)

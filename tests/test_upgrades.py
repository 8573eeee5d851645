"""What a released version stored goes on in this one: conversations, leads, and everything around them.

`releases/COMMIT.json` is what the code of that commit wrote, by talking to it and working at its desk.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, insert, text
from stores import next_answer

from bot.compiled import Compiled
from bot.conversations import Conversations, Request
from bot.engine.events import Said
from bot.engine.state import About, Answer, Heard, State
from bot.settings import Settings
from bot.store import Address, Store, schema
from bot.store.conversations import Conversation
from bot.store.database import connect
from bot.store.encryption import Encrypted
from bot.store.inbox import Received, UpdateKey
from bot.store.keys import Keys
from bot.store.lead_codes import CloseReason, NextStep, Status
from bot.store.lead_filter import Filter
from bot.store.tables import metadata
from bot.store.team import Role

RELEASE = json.loads((Path(__file__).parent / "releases" / "ca8e6ed.json").read_text("utf-8"))
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HALF_WAY, WITH_LEAD, ASKED_BACK = (Address("telegram", number) for number in ("1001", "1002", "1005"))


@pytest.fixture
def released(empty_settings: Settings) -> Settings:
    """A database as that release left it, sealed as it sealed."""
    keys = Keys(Keys.new().data, RELEASE["index"])
    keys.write(empty_settings.encryption_key_file)
    engine = connect(empty_settings)
    schema.upgrade(engine, RELEASE["version"])
    tables = MetaData()
    tables.reflect(engine)
    mark = [
        {"name": "data", "value": keys.fernet.encrypt(b"Overstap").decode()},
        {"name": "index", "value": keys.blind("seal", "Overstap")},
    ]
    with engine.begin() as db:
        for table in metadata.sorted_tables:
            for row in mark if table.name == "seals" else RELEASE["rows"].get(table.name, ()):
                db.execute(insert(tables.tables[table.name]), _as_stored(table.name, row, keys))
            if not empty_settings.sqlite and "id" in table.c and table.name in RELEASE["rows"]:
                last = (
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT max(id) FROM {table.name}))"
                )
                db.execute(text(last))
    engine.dispose()
    return empty_settings


def _as_stored(table: str, row: Mapping[str, Any], keys: Keys) -> dict[str, Any]:
    stored = dict(row)
    for name, value in row.items():
        if f"{table}.{name}" in RELEASE["sealed"] and f"{table}.{name}" not in ("leads.next_action", "leads.source"):
            stored[name] = keys.fernet.encrypt(json.dumps(value).encode("ascii")).decode()
        elif name == "at" or name.endswith(("_at", "_since")):
            stored[name] = datetime.fromisoformat(value).replace(tzinfo=None)
        elif name.endswith("_on"):
            stored[name] = date.fromisoformat(value)
    return stored


def test_a_conversation_of_the_first_release_goes_on_to_a_lead(released: Settings, compiled: Compiled):
    store = Store.open(released)
    bot = Conversations(store, compiled, lambda: NOON)
    before = _person(store, HALF_WAY).state
    kept = {question: answer.value for question, answer in before.answers.items()}
    assert (before.asked, kept["desired_work"], kept["place"]) == ("education", "verpleegkundige", "Zwolle")
    for _ in range(30):
        if (state := _person(store, HALF_WAY).state).reference:
            break
        bot.turn(HALF_WAY, Said(next_answer(state)))
    lead = store.leads.get(state.reference or "")
    assert {question: lead.answers[question].value for question in kept} == kept
    assert (lead.name, lead.contact["phone"], lead.complete) == ("Zoë de Vries", "+31612345678", True)
    store.close()


def test_what_waited_for_a_yes_still_does(released: Settings, compiled: Compiled):
    store = Store.open(released)
    waiting = _person(store, ASKED_BACK).state.confirmation
    assert waiting and (waiting.about, waiting.answering) == (About.OVERHEARD, ("place", "age"))
    Conversations(store, compiled, lambda: NOON).turn(ASKED_BACK, Said("ja"))
    answers = _person(store, ASKED_BACK).state.answers
    assert (answers["place"].value, answers["age"].value) == ("Zwolle", 52)
    store.close()


def test_leads_of_the_first_release_are_whole_and_their_states_are_codes(released: Settings):
    store = Store.open(released)
    first, second, third = (store.leads.get(f"L-2026-000{number}") for number in (1, 2, 3))
    assert [lead.status for lead in (first, second, third)] == [Status.TRIED, Status.DONE, Status.CLAIMED]
    assert (second.close_reason, first.next_action) == (CloseReason.ENROLLED, NextStep.CALL)
    assert third.next_action == "bel Zoë in de avond"
    for lead, row in zip((first, second, third), RELEASE["rows"]["leads"], strict=True):
        answers = {name: (each.value, each.words, each.column) for name, each in lead.answers.items()}
        assert answers == {n: (each["value"], each["said"], each["column"]) for n, each in row["answers"].items()}
        assert lead.contact == row["contact"] and lead.advice and lead.advice.json == row["advice"]
        assert lead.source == "flyer-overvecht"
    details = store.leads.details([first, second])
    assert [note.text for note in details[first.id].notes] == ["Belt maandag terug"]
    said = {event.kind: event.detail for lead in (first, second) for event in details[lead.id].events if event.detail}
    assert (said["attempt"], said["closed"]) == ({"outcome": "spoken"}, {"reason": "enrolled"})
    store.close()


def test_everything_around_them_is_there_as_well(released: Settings, compiled: Compiled):
    store = Store.open(released)
    assert [(each.name, each.role, each.address) for each in store.team.all()] == [
        ("Bea", Role.ADMIN, Address("telegram", "9001")),
        ("Lex", Role.READER, None),
        ("Sanne", Role.ADVISER, Address("telegram", "9002")),
    ]
    since = store.exports.last("Sanne", "crm", Filter(status=(Status.NEW, Status.CLAIMED)).to_json())
    assert since and since.change_to == 5
    assert [text for _, text in store.conversations.asked_in_vain()] == ["mag mijn olifant mee naar de les?"]
    waiting = [row["payload"]["message"]["text"] for row in RELEASE["rows"]["outbox"] if "payload" in row]
    assert [each.message.text for each in store.outbox.pending("telegram", NOON.replace(year=2027))] == waiting
    done, failed = UpdateKey("telegram", "41"), UpdateKey("telegram", "43")
    assert store.inbox.states([done, failed]) == {done: (Received.DONE, 0), failed: (Received.FAILED, 1)}
    again = Conversations(store, compiled, lambda: NOON).turns([Request(HALF_WAY, Said("/help"), 41)])
    assert [each.outcome for each in again] == ["seen"]
    store.close()


def test_nothing_is_left_as_the_first_release_sealed_it(released: Settings):
    store = Store.open(released)
    with store.reading() as db:
        for table in metadata.sorted_tables:
            for column in table.c:
                if isinstance(column.type, Encrypted) or table.name == "seals":
                    for value in db.execute(text(f'SELECT "{column.name}" FROM "{table.name}"')).scalars():
                        assert value is None or not value.startswith("gAAAA")
    store.close()


def test_each_stored_form_of_an_answer_is_read():
    first, second = ["zwole", "Zwolle"], ["zwole", "Zwolle", ["benefit"], [7, 12345]]
    now = {"words": "zwole", "value": "Zwolle", "reader": 3, "cues": ["benefit"], "message": [7, 12345]}
    assert Answer.from_json(first) == Answer("zwole", "Zwolle")
    for form, reader in ((second, 0), (now, 3)):
        read = Answer.from_json(form)
        assert (read.raw, read.value, read.cues) == ("zwole", "Zwolle", frozenset({"benefit"}))
        assert (read.heard, read.reader) == (Heard(7, 12345), reader)
    assert Answer.from_json(now).to_json() == now
    several = Answer("avond, weekend", frozenset({"evening", "weekend"}))
    assert Answer.from_json(several.to_json()) == several


def test_a_wish_that_was_kept_among_the_answers_is_one_that_no_question_asked():
    state = State.new("nl").to_json()
    state["answers"] = {"contact_wish": ["alleen mailen", "alleen mailen"]}
    read = State.from_json(state)
    assert (dict(read.answers), read.noted["contact_wish"].raw) == ({}, "alleen mailen")
    assert State.from_json(read.to_json()) == read


def _person(store: Store, address: Address) -> Conversation:
    found = store.conversations.find(address)
    assert found is not None
    return found

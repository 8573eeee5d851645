"""One row that is damaged costs the person that it is of: all others are answered, sent to, and erased in time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from libraries import real_library
from sqlalchemy import insert, text
from test_privacy import fill

from bot.conversations import Address, Conversations, Request, UpdateOutcome
from bot.engine.effects import Message
from bot.engine.events import Said, Started
from bot.settings import Settings
from bot.staff.chat import StaffChat
from bot.store import Store
from bot.store.encryption import Encrypted
from bot.store.inbox import Arrival, UpdateKey
from bot.store.lead_filter import Filter
from bot.store.outbox import OutboxMessage
from bot.store.tables import exports, metadata
from bot.store.team import Role

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANNA, BERT, SANNE, LEES = (Address("telegram", str(number)) for number in (1, 2, 3, 4))

# What is damaged in a table that seals nothing, beside what is sealed in the others.
OPEN = {
    "inbox": {"state": "zzz"},
    "leads": {"status": "zzz", "close_reason": "zzz"},
    "staff": {"role": "zzz"},
    "consents": {"purpose": "zzz"},
    "consent_texts": {"text": ""},
    "lead_events": {"kind": "zzz", "detail": "[1]"},
    "exports": {"profile": "zzz", "filter": "[1]", "file": "/etc/passwd"},
    "audit": {"action": "zzz", "detail": "[1]"},
    "audit_ends": {"proof": "zzz", "number": -1},
    "questions": {"question": "zzz"},
    "looks": {"change": -1},
    "tombstones": {"scope": "zzz"},
    "person_keys": {"key": "sealed1.AAAA"},
    "lead_terms": {"term": 0},
    "erasure_steps": {"asked": 0},
    "sign_ins": {"who": "zzz"},
    "figures": {"milestone": "zzz"},
    "access_tokens": {"kind": "zzz"},
    "counters": {},  # of nobody: the numbers of all
    "seals": {},  # of nobody: with another mark nothing starts
}
CASES = [
    (table.name, column, value)
    for table in metadata.sorted_tables
    for column, value in [
        *((each.name, "sealed1.AAAA") for each in table.c if isinstance(each.type, Encrypted)),
        *OPEN.get(table.name, {}).items(),
    ]
]
WHOSE = {  # Anna's rows; where none is said, the first row is hers
    "inbox": "update_id = '1'",
    "staff": "name = 'Lees'",
    "conversations": "id = 1",
    "outbox": "id = 1",
    "person_keys": "kind = 'lead' AND owner = 'L-2026-0001'",
    "lead_terms": "lead_id = 1 AND term = (SELECT min(term) FROM lead_terms WHERE lead_id = 1)",
}


pytestmark = pytest.mark.slow


@pytest.fixture
def conversations(settings: Settings) -> Iterator[Conversations]:
    store = Store.open(settings)
    conversations = Conversations(store, real_library(), lambda: NOON)
    conversations.staff = StaffChat(store, lambda: NOON)
    store.outbox.send_as("telegram", "us")
    sanne = store.team.add("Sanne", Role.ADVISER, SANNE)
    store.accounts.invite(sanne.id, "token", NOON)
    store.sessions.start(sanne.id, "token", NOON)
    store.team.add("Lees", Role.READER, LEES)
    fill(store, ANNA, NOON)
    conversations.turns([Request(ANNA, Started(), 1), Request(ANNA, Said("lasser"), 2)])
    fill(store, BERT, NOON, name="Bert", phone="+31687654321")
    conversations.turns([Request(BERT, Started(), 3), Request(BERT, Said("kok"), 4)])
    store.inbox.receive([Arrival(UpdateKey("telegram", "5"), 5, ANNA.user, {"kind": "Said", "text": "hoi"})])
    with store.transaction() as db:
        values = {"staff": "Sanne", "profile": "xlsx", "filter": {}, "reason": "", "change_from": 0, "change_to": 1}
        more = {"rows": 1, "sha256": "0" * 64, "file": "x.xlsx", "expires_at": NOON, "at": NOON}
        db.execute(insert(exports).values(**values, **more))
        db.execute(text("INSERT INTO tombstones VALUES ('telegram', 'x', 'person', '2026-01-01 00:00:00')"))
        db.execute(text("UPDATE outbox SET owner = NULL"))  # as after a start: everything is to be picked up
    yield conversations
    store.close()


def test_there_is_a_case_for_every_table() -> None:
    assert {table for table, _, _ in CASES} | {"counters", "seals"} == set(metadata.tables)


@pytest.mark.parametrize(("table", "column", "value"), CASES, ids=[f"{table}-{column}" for table, column, _ in CASES])
def test_a_damaged_row_costs_the_person_that_it_is_of(
    conversations: Conversations, table: str, column: str, value: str
) -> None:
    store = conversations.store
    where = f"WHERE {WHOSE[table]}" if table in WHOSE else ""
    if table in ("leads", "lead_notes", "unanswered", "lead_events", "audit", "exports", "consents", "questions"):
        where = f'WHERE id = (SELECT min(id) FROM "{table}")'
    elif table == "consent_texts":
        where = ""
    with store.transaction() as db:
        db.execute(text(f'UPDATE "{table}" SET "{column}" = :value {where}'), {"value": value})

    # Everybody is answered; Anna too, where it is not her conversation that is damaged.
    both = [Request(ANNA, Said("Zwolle"), 10), Request(BERT, Said("Zwolle"), 11)]
    anna, bert = conversations.turns(both)
    assert bert.outcome is UpdateOutcome.DONE and bert.outgoing
    assert anna.outcome is (UpdateOutcome.FAILED if table == "conversations" else UpdateOutcome.DONE)
    # What waits is sent.
    waiting = store.outbox.claim("telegram", NOON)
    assert {each.address for each in waiting if each.address in (ANNA, BERT)} == {ANNA, BERT}
    # Advisers work.
    (reply,) = conversations.turns([Request(SANNE, Said("/leads"), 12)])
    assert "L-2026-0002" in reply.outgoing[0].message.text
    (reply,) = conversations.turns([Request(SANNE, Said("/claim L-2026-0002"), 13)])
    assert store.leads.get("L-2026-0002").assignee == "Sanne"
    assert "L-2026-0002" in {lead.reference for lead, _ in store.leads.stream(Filter())}
    # The clock brings what it brings: the answers end, and what had its term goes.
    at = NOON
    conversations.now = lambda: at
    while not nothing_is_left(store):
        at += timedelta(days=2)
        assert at <= NOON + timedelta(days=80)
        conversations.elapse("telegram")


def nothing_is_left(store: Store) -> bool:
    """Of Anna and Bert, whose rows are damaged and are not."""
    with store.reading() as db:
        kept = db.execute(text("SELECT count(*) FROM conversations")).scalar_one()
    return not kept and all(store.leads.get(each).erased_at for each in ("L-2026-0001", "L-2026-0002"))


def test_somebody_whose_conversation_is_damaged_hears_that_it_went_wrong_and_can_be_erased(
    conversations: Conversations,
) -> None:
    from bot.privacy.erasure import erase

    with conversations.store.transaction() as db:
        db.execute(text("UPDATE conversations SET private = 'sealed1.AAAA' WHERE id = 1"))
    outcomes = [conversations.turns([Request(ANNA, Said("hallo"), 20)])[0] for _ in range(5)]
    assert [each.outcome for each in outcomes] == [*4 * [UpdateOutcome.FAILED], UpdateOutcome.DEAD]
    assert outcomes[-1].outgoing
    assert conversations.trouble == "1 damaged value in the database; the log names them"
    assert erase(conversations.store, ANNA, NOON)
    assert conversations.turns([Request(ANNA, Said("/start"), 21)])[0].outcome is UpdateOutcome.DONE


# ------------------------------------------------------------------ a turn that fails
def test_what_somebody_sent_after_what_failed_waits_for_it(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.conversations import turn as module

    real = module.advance

    def fails(compiled: object, state: object, event: object, **more: object) -> object:
        if event == Said("poison"):
            raise ZeroDivisionError
        return real(compiled, state, event, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "advance", fails)
    requests = [Request(ANNA, Said("poison"), 30), Request(ANNA, Said("after"), 31), Request(BERT, Said("x"), 32)]
    outcomes = [[reply.outcome.value for reply in conversations.turns(requests)] for _ in range(6)]
    assert outcomes[0] == ["failed", "held", "done"]
    assert outcomes[1:4] == [["failed", "held", "seen"]] * 3
    assert outcomes[4] == ["dead", "done", "seen"]


def test_a_full_disk_is_nobodys_fault_and_is_tried_again_for_as_long_as_it_takes(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.conversations import turn as module

    real = module.advance

    def full(compiled: object, state: object, event: object, **more: object) -> object:
        if event == Said("plan"):
            raise OSError(28, "No space left on device")
        return real(compiled, state, event, **more)  # type: ignore[arg-type]

    requests = [Request(ANNA, Said("plan"), 40), Request(ANNA, Said("after"), 41), Request(BERT, Said("x"), 42)]
    with monkeypatch.context() as disk:
        disk.setattr(module, "advance", full)
        outcomes = [[reply.outcome.value for reply in conversations.turns(requests)] for _ in range(7)]
    assert outcomes[0] == ["not now", "held", "done"]
    assert outcomes[6] == ["not now", "held", "seen"]
    assert [reply.outcome.value for reply in conversations.turns(requests)] == ["done", "done", "seen"]


def test_what_spoils_a_group_spoils_only_its_own_turn(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = conversations.store
    real = store.outbox.queue

    def spoilt(letters: list[OutboxMessage], at: datetime | None = None) -> object:
        if any(each.address == ANNA for each in letters):
            raise ValueError("a message that cannot be written down")
        return real(letters, at)

    monkeypatch.setattr(store.outbox, "queue", spoilt)
    requests = [Request(ANNA, Said("a"), 50), Request(BERT, Said("b"), 51)]
    assert [each.outcome.value for each in conversations.turns(requests)] == ["failed", "done"]
    assert store.inbox.states([UpdateKey("telegram", "50")])[UpdateKey("telegram", "50")] == ("failed", 1)


def test_somebody_whose_reminder_fails_holds_up_nobody_elses(
    conversations: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.conversations import schedule
    from bot.conversations import turn as module

    real, due = module.advance, NOON + timedelta(days=400)
    conversations.store.clock.trust(due)
    conversations.now = lambda: due
    mine = conversations.store.conversations.find(ANNA)
    assert mine

    def fails(compiled: object, state: object, event: object, **more: object) -> object:
        if state == mine.state:
            raise ZeroDivisionError
        return real(compiled, state, event, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "advance", fails)
    assert set(conversations.store.conversations.due("telegram", due)) == {ANNA, BERT}
    monkeypatch.setattr(schedule.Retention, "run", lambda _: None)
    conversations.elapse("telegram")
    assert conversations.store.conversations.due("telegram", due) == []
    assert conversations.store.conversations.due("telegram", due + timedelta(hours=2)) == [ANNA]


def test_a_message_of_an_older_kind_is_put_aside(conversations: Conversations) -> None:
    store = conversations.store
    with store.transaction() as db:
        (odd,) = store.outbox.queue([OutboxMessage(None, BERT, Message("x"))])
        db.execute(text("UPDATE outbox SET conversation_id = 77 WHERE id = :id"), {"id": odd.id})
    assert odd.id not in {each.id for each in store.outbox.claim("telegram", NOON + timedelta(days=1))}

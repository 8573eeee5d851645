"""The store: keys, transactions, the inbox and the outbox, on SQLite and on PostgreSQL."""

import json
import multiprocessing
import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, insert, inspect, select, text, update
from sqlalchemy.exc import OperationalError
from stores import ENGINES, draft

from bot.channels.telegram.lock import only_one
from bot.engine.effects import Button, Document, Keyboard, Message
from bot.errors import BotError
from bot.settings import Settings
from bot.store import Address, Store, database, schema
from bot.store.database import connect
from bot.store.encryption import Encrypted
from bot.store.filing import Where, file
from bot.store.inbox import MAX_ATTEMPTS, Received, UpdateKey
from bot.store.keys import PREFIX, DoesNotOpen, Keys, WrongKey
from bot.store.lead_filter import Filter
from bot.store.outbox import OutboxMessage
from bot.store.tables import Moment, counters, inbox, metadata

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZOE = Address("telegram", "12345")
ONE, TWO = UpdateKey("telegram", "1"), UpdateKey("telegram", "2")


# ------------------------------------------------------------------ tables
def test_the_tables_and_the_migrations_are_equal(store: Store):
    with store.engine.connect() as db:
        assert compare_metadata(MigrationContext.configure(db, opts={"compare_type": True}), metadata) == []


def test_a_new_database_has_what_the_migrations_make(empty_settings: Settings):
    engine = connect(empty_settings)
    found = []
    for version in (schema.NEWEST, "head"):  # by the migrations, and at once
        schema.upgrade(engine, version)
        with engine.begin() as db:
            assert schema.current(db) == schema.NEWEST
            found.append(reflect(db))
            everything = MetaData()
            everything.reflect(db)
            everything.drop_all(db)
    engine.dispose()
    assert found[0] == found[1]
    assert {"alembic_version", *metadata.tables} == {table for _, table in found[0]["columns"]}


def reflect(db: Connection) -> dict[str, dict[Any, list[Any]]]:
    """Everything that the database says of its tables, in no particular order."""
    look = inspect(db)
    by_aspect = {
        "columns": look.get_multi_columns(),
        "keys": look.get_multi_pk_constraint(),
        "foreign keys": look.get_multi_foreign_keys(),
        "indexes": look.get_multi_indexes(),
        "unique": look.get_multi_unique_constraints(),
        "checks": look.get_multi_check_constraints(),
    }
    return {
        aspect: {
            table: sorted(json.dumps(one, default=str) for one in (each if isinstance(each, list) else [each]))
            for table, each in tables.items()
        }
        for aspect, tables in by_aspect.items()
    }


def test_the_newest_migration_is_the_one_that_a_start_looks_for():
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.NEWEST


def test_the_migrations_can_be_undone(sqlite_store: Store):
    from alembic import command

    with sqlite_store.engine.begin() as db:
        command.downgrade(schema.config(db), "base")
        assert db.dialect.get_table_names(db) == ["alembic_version"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "version", [each.revision for each in ScriptDirectory.from_config(schema.config()).walk_revisions()]
)
def test_an_older_database_is_brought_up_to_date_with_all_its_data(settings: Settings, version: str):
    from alembic import command

    store = Store.open(settings)
    with store.transaction():
        (person,) = store.conversations.load([ZOE])
        lead = file(store, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="c1", at=NOON).lead
        store.leads.note(lead.id, "Sanne", "Belt terug", NOON)
    with store.engine.begin() as db:
        command.downgrade(schema.config(db), version)
        assert schema.current(db) == version
    store.close()
    upgraded = Store.open(settings)
    found = upgraded.leads.get(lead.reference)
    details = upgraded.leads.details([found])[found.id]
    assert (found.name, found.answers) == (lead.name, lead.answers)
    assert [note.text for note in details.notes] == ["Belt terug"]
    assert [event.kind for event in details.events] == ["filed", "noted"]
    upgraded.close()


def test_a_database_of_the_first_release_is_sealed_and_nothing_of_the_clear_text_stays(empty_settings: Settings):
    keys = Keys.new()
    keys.write(empty_settings.encryption_key_file)
    engine = connect(empty_settings)
    schema.upgrade(engine, "0002")  # the tables of commit ca8e6ed
    steps = {1: "bel Zoe de Vries", 2: "bellen", 3: None}
    sources = {1: "jan_0612345678_BSN_111222333", 2: "flyer-overvecht", 3: None}
    with engine.begin() as db:
        for number, step in steps.items():
            lead = {
                "reference": f"L-2026-000{number}", "kind": "intake", "status": "nieuw", "language": "nl",
                "channel": "telegram", "source": sources[number], "next_action": step, "complete": True,
                "versions": "{}", "attempts": 0, "waiting_since": NOON.replace(tzinfo=None),
                "created_at": NOON.replace(tzinfo=None), "updated_at": NOON.replace(tzinfo=None), "change": number,
            }  # fmt: skip
            names = ", ".join(lead)
            db.execute(text(f"INSERT INTO leads ({names}) VALUES (:{names.replace(', ', ', :')})"), lead)
            event = {"lead": number, "at": NOON.replace(tzinfo=None)}
            db.execute(text("INSERT INTO lead_events (lead_id, at, actor, kind, detail)"
                            " VALUES (:lead, :at, 'person', 'filed', '{}')"), event)  # fmt: skip
        db.execute(text("INSERT INTO exports (at, staff, profile, filter, reason, change_from, change_to, rows, sha256,"
                        " file, expires_at) VALUES (:at, 'Sanne', 'crm', '{\"source\": \"flyer-overvecht\"}', '', 0, 2,"
                        " 1, '', 'f.csv', :at)"), {"at": NOON.replace(tzinfo=None)})  # fmt: skip
    assert b"Zoe de Vries" in bytes_of_the_tables(engine, empty_settings)
    engine.dispose()

    store = Store.open(empty_settings)
    found = [store.leads.get(number) for number in steps]
    assert {lead.id: lead.next_action for lead in found} == {**steps, 2: "call"}
    assert [lead.source for lead in found] == [None, "flyer-overvecht", None]  # a BSN may not be kept, sealed or not
    assert [lead.id for lead in store.leads.all(Filter(source="flyer-overvecht"))] == [2]
    assert [len(details.events) for details in store.leads.details(found).values()] == [1, 1, 1]
    export = store.exports.last("Sanne", "crm", {"source": "flyer-overvecht"})
    assert export is not None and export.change_to == 2
    kept = bytes_of_the_tables(store.engine, empty_settings)
    for clear in (b"Zoe", b"bellen", b"flyer-overvecht", b"0612345678", b"111222333"):
        assert clear not in kept, clear
    store.close()


def bytes_of_the_tables(engine: Engine, settings: Settings) -> bytes:
    """All that stands in the files of leads and exports, also what was deleted."""
    if settings.database_file:
        return b"".join(each.read_bytes() for each in settings.data_folder.glob("overstap.db*"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("CHECKPOINT"))
        read = "SELECT pg_read_binary_file(pg_relation_filepath(:name))"
        return b"".join(bytes(db.execute(text(read), {"name": name}).scalar_one()) for name in ("leads", "exports"))


def test_a_database_of_a_newer_version_is_left_alone_and_said_to_be_so(settings: Settings):
    engine = connect(settings)
    with engine.begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    engine.dispose()
    with pytest.raises(BotError, match=r"its tables are 0999, and this one knows \d{4}\. Install the newer"):
        Store.open(settings)


def test_each_connection_to_sqlite_behaves_the_same(sqlite_store: Store):
    engine = ENGINES.connect(sqlite_store.settings)  # as it ships: those of tests wait for no disk
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10000, "secure_delete": 1, "synchronous": 1}
    reading = engine.execution_options(**sqlite_store.reads)  # two who write would wait for each other
    with reading.connect() as first, reading.connect() as second:
        for db in (first, second):
            assert {name: db.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    engine.dispose()


def test_long_work_beside_a_bot_waits_for_longer_than_a_bot_does(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    bot, beside = (ENGINES.connect(sqlite_store.settings, patient=patient) for patient in (False, True))
    file = sqlite_store.settings.database_file
    assert file
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = threading.Timer(0.5, lambda: other.execute("ROLLBACK"))
        ended.start()
        with pytest.raises(OperationalError, match="locked"), bot.begin():
            pass
        with beside.begin() as db:
            assert db.execute(select(inbox)).first() is None
        ended.join()
    bot.dispose()
    beside.dispose()


def test_a_moment_comes_back_as_it_went_in(store: Store):
    with store.transaction() as db:
        row = {"channel": "telegram", "update_id": "1", "state": "received", "attempts": 0, "received_at": NOON}
        db.execute(insert(inbox), row)
        assert db.execute(select(inbox.c.received_at)).scalar_one() == NOON


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_nothing_that_is_made_is_ever_open_to_others(tmp_path: Path, umask: int):
    before = os.umask(umask)
    try:
        (tmp_path / "var").mkdir(mode=0o777)
        settings = Settings.read({}, root=tmp_path)
        store = Store.open(settings, serving=True)
        store.audit.write("Sanne", "export")
        (tmp_path / "var/overstap.db-wal").chmod(0o644)  # as an earlier release left it
        Store.open(settings).close()
        found = {each.name: stat.S_IMODE(each.stat().st_mode) for each in (tmp_path / "var").iterdir()}
        store.close()
        with only_one(tmp_path / "var/telegram-1.lock"):
            found["lock"] = stat.S_IMODE((tmp_path / "var/telegram-1.lock").stat().st_mode)
    finally:
        os.umask(before)
    assert set(found.values()) == {0o600}  # a log has the mode that the database had when it was made
    assert {"overstap.db", "overstap.db-wal", "overstap.db-shm"} <= found.keys()


# ------------------------------------------------------------------ keys
def test_a_new_database_makes_its_own_key_for_its_owner_only(tmp_path: Path):
    settings = Settings.read({}, root=tmp_path)
    Store.open(settings).close()
    assert stat.S_IMODE(settings.encryption_key_file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "var/overstap.db").stat().st_mode) == 0o600
    Store.open(settings).close()


def test_without_its_key_a_database_is_not_opened(settings: Settings):
    Store.open(settings).close()
    settings.encryption_key_file.unlink()
    with pytest.raises(WrongKey, match="There is no key file"):
        Store.open(settings)
    assert not settings.encryption_key_file.exists()


def test_with_the_key_of_another_database_it_is_not_opened_and_no_key_is_shown(settings: Settings):
    Store.open(settings).close()
    other = Keys.new()
    other.write(settings.encryption_key_file)
    with pytest.raises(WrongKey, match="another database") as caught:
        Store.open(settings)
    assert other.data[0] not in str(caught.value)


@pytest.mark.parametrize("content", ["", "data abc\n", "index 00\ndata x\n", "\x00\xff", "index zz\n"])
def test_a_damaged_key_file_is_said_to_be_damaged(tmp_path: Path, content: str):
    file = tmp_path / "keys"
    file.write_text(content, "latin-1")
    with pytest.raises(WrongKey, match=r"damaged|cannot be read"):
        Keys.read(file)


def test_equal_values_look_different_and_a_changed_byte_is_noticed():
    keys = Keys.new()
    assert keys.seal(b"Zoe", "here") != keys.seal(b"Zoe", "here")
    sealed = keys.seal(b"Zoe", "here")
    for changed in (sealed[:-3] + "AAA", sealed.removeprefix(PREFIX), "", PREFIX, f"{PREFIX}%%"):
        with pytest.raises(DoesNotOpen):
            keys.unseal(changed, "here")


def test_keys_do_not_show_in_a_repr():
    keys = Keys.new()
    assert keys.index not in repr(keys)
    assert keys.data[0] not in repr(keys)


def test_every_personal_column_is_sealed_in_the_database(store: Store):
    with store.transaction():
        store.conversations.load([ZOE])
    store.outbox.queue([OutboxMessage(1, ZOE, Message("Dag Zoe"))])
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Encrypted):
                with store.reading() as db:
                    for value in db.execute(text(f'SELECT "{column.name}" FROM "{table.name}"')).scalars():
                        assert value is None or value.startswith(PREFIX), (table.name, column.name)


def test_each_sealed_column_knows_its_own_name_and_the_row_that_it_stands_in():
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(kind := column.type, Encrypted):
                assert kind.column == f"{table.name}.{column.name}"
                assert kind.row and set(kind.row) <= set(table.c.keys())


@pytest.mark.parametrize(
    "move",
    [
        "UPDATE leads SET contact = (SELECT contact FROM leads WHERE id = 1) WHERE id = 2",
        "UPDATE leads SET answers = contact WHERE id = 2",
        "UPDATE leads SET contact = (SELECT private FROM conversations LIMIT 1) WHERE id = 2",
        "UPDATE leads SET reference = 'L-2026-0009' WHERE id = 2",
    ],
)
def test_a_sealed_value_that_was_moved_does_not_open(store: Store, move: str):
    with store.transaction() as db:
        for address in (ZOE, Address("telegram", "2")):
            (person,) = store.conversations.load([address])
            file(store, person.id, "telegram", draft(), Where(), content="c1", at=NOON)
        db.execute(text(move))
    assert store.leads.get(1).name == "Zoë de Vries"
    assert not store.damaged
    moved = store.leads.get(2)
    assert store.damaged and (not moved.contact or not moved.answers)


def test_a_conversation_does_not_open_as_that_of_another_and_a_note_not_at_another_lead(store: Store):
    other = Address("telegram", "2")
    with store.transaction() as db:
        for address in (ZOE, other):
            (person,) = store.conversations.load([address])
            lead = file(store, person.id, "telegram", draft(), Where(), content="c1", at=NOON).lead
            store.leads.note(lead.id, "Sanne", "Belt terug", NOON)
        first = "(SELECT private FROM conversations ORDER BY id LIMIT 1)"
        db.execute(text(f"UPDATE conversations SET private = {first}"))
        db.execute(text("UPDATE lead_notes SET text = (SELECT text FROM lead_notes WHERE lead_id = 1)"))
    assert store.conversations.find(ZOE) is not None
    found = store.conversations.find(other)
    assert found is not None and found.damaged and not found.state.answers
    assert [note.text for note in store.leads.details([store.leads.get(2)])[2].notes] == ["(?)"]
    assert {place.split()[0] for place in store.damaged} == {"conversations.private", "lead_notes.text"}


# ------------------------------------------------------------------ units
def test_a_unit_is_all_or_nothing(store: Store):
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.inbox.done([ONE])
        store.inbox.done([TWO])
        _ = 1 / 0
    assert store.inbox.states([ONE, TWO]) == {}


def test_what_follows_a_commit_does_not_follow_a_failure(store: Store):
    done: list[str] = []
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.after_commit(lambda: done.append("failed"))
        _ = 1 / 0
    with store.transaction():
        store.after_commit(lambda: done.append("committed"))
        assert done == []
    assert done == ["committed"]


@pytest.mark.slow
def test_four_writers_that_read_and_then_write_never_find_the_database_locked(settings: Settings):
    Store.open(settings).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=count_up, args=(settings, 100)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    store = Store.open(settings)
    with store.reading() as db:
        assert db.execute(select(counters.c.value)).scalar_one() == 400
    store.close()


def count_up(settings: Settings, times: int) -> None:
    store = Store.open(settings)
    for _ in range(times):
        with store.transaction() as db:
            db.execute(store.insert(counters).values(name="n", value=0).on_conflict_do_nothing())
            before = db.execute(select(counters.c.value).with_for_update()).scalar_one()
            db.execute(update(counters).values(value=before + 1))
    store.close()


# ------------------------------------------------------------------ inbox
def test_an_update_counts_once_however_often_it_comes(store: Store):
    assert store.inbox.first(ONE)
    assert not any(store.inbox.first(ONE) for _ in range(20))
    assert store.inbox.states([ONE, TWO]) == {ONE: (Received.DONE, 0)}


def test_two_channels_may_give_the_same_number(store: Store):
    same = UpdateKey("web", ONE.id)
    assert store.inbox.first(ONE) and store.inbox.first(same)
    store.inbox.failed(UpdateKey("web", TWO.id), ValueError())
    assert store.inbox.states([ONE, TWO, same, UpdateKey("web", TWO.id)]) == {
        ONE: (Received.DONE, 0),
        same: (Received.DONE, 0),
        UpdateKey("web", TWO.id): (Received.FAILED, 1),
    }


def test_an_update_with_a_lower_number_counts_as_well(store: Store):
    assert all(store.inbox.first(UpdateKey("telegram", update_id)) for update_id in ("1000", "999", "5"))


def test_an_update_that_failed_before_can_be_done(store: Store):
    store.inbox.failed(ONE, ValueError())
    store.inbox.done([ONE, TWO], known=[ONE])
    assert store.inbox.states([ONE, TWO]) == {ONE: (Received.DONE, 1), TWO: (Received.DONE, 0)}


def test_an_update_that_fails_five_times_is_dead_and_only_the_kind_of_error_is_kept(store: Store):
    states = [store.inbox.failed(ONE, ValueError("06 12345678")) for _ in range(MAX_ATTEMPTS)]
    assert states == [Received.FAILED] * 4 + [Received.DEAD]
    with store.reading() as db:
        assert db.execute(select(inbox.c.error).where(inbox.c.update_id == ONE.id)).scalar_one() == "ValueError"


# ------------------------------------------------------------------ outbox
CARD = Message(
    "Dag {name}",
    title="Hoi",
    buttons=(Button("Ja", "yes"), Button("Nee", "no")),
    keyboard=Keyboard.INLINE,
    contact_button="Deel je nummer",
    document=Document("plan.txt", "Stap 1"),
    placeholder="Typ hier",
)


def test_a_message_comes_out_of_the_outbox_as_it_went_in(store: Store):
    queued = store.outbox.queue([OutboxMessage(1, ZOE, CARD), OutboxMessage(1, ZOE, Message("twee"))], NOON)
    assert store.outbox.pending("telegram", NOON - timedelta(seconds=1)) == []
    assert store.outbox.pending("telegram", NOON) == queued
    assert store.outbox.pending("terminal", NOON) == []
    assert [outgoing.message for outgoing in queued] == [CARD, Message("twee")]


def test_a_message_that_was_sent_leaves_its_number_and_not_its_text(store: Store):
    first, last_word = store.outbox.queue(
        [OutboxMessage(1, ZOE, CARD), OutboxMessage(None, ZOE, Message("Gewist."))], NOON
    )
    store.outbox.sent_all([(first.id, 77), (last_word.id, 78)])
    assert store.outbox.waiting() == 0
    assert store.outbox.message_ids(1) == [77]
    with store.reading() as db:
        assert db.execute(text("SELECT payload, message_id FROM outbox")).all() == [(None, 77)]


def test_every_part_of_a_message_leaves_its_number(store: Store):
    whole, last_word = store.outbox.queue([OutboxMessage(1, ZOE, CARD), OutboxMessage(None, ZOE, CARD)], NOON)
    store.outbox.sent_all([(whole.id, 101), (whole.id, 102), (whole.id, 103), (last_word.id, 104), (last_word.id, 105)])
    assert sorted(store.outbox.message_ids(1)) == [101, 102, 103]
    assert store.outbox.waiting() == 0
    with store.reading() as db:
        assert set(db.execute(text("SELECT payload, channel FROM outbox")).all()) == {(None, "telegram")}


def test_a_message_that_failed_waits_and_one_that_never_arrives_stops(store: Store):
    first, second = store.outbox.queue(
        [OutboxMessage(1, ZOE, Message("een")), OutboxMessage(1, ZOE, Message("twee"))], NOON
    )
    store.outbox.retry(first.id, NOON + timedelta(minutes=5))
    store.outbox.dead(second.id, "Forbidden")
    assert store.outbox.pending("telegram", NOON + timedelta(minutes=4)) == []
    (again,) = store.outbox.pending("telegram", NOON + timedelta(minutes=5))
    assert (again.id, again.attempts) == (first.id, 1)


def test_a_moment_without_a_zone_is_a_mistake_in_our_code():
    with pytest.raises(AssertionError):
        Moment().process_bind_param(datetime(2026, 1, 1), schema_dialect())


def schema_dialect():
    from sqlalchemy.dialects import sqlite

    return sqlite.dialect()


def test_editors_read_what_nobody_could_answer_newest_first_and_not_who_asked(store: Store):
    (person,) = store.conversations.load([ZOE], at=NOON)
    for question in ("Mag mijn hond mee?", "Is er koffie?"):
        store.conversations.unanswered(person.id, question, "nl", NOON)
    assert store.conversations.asked_in_vain() == [(NOON.date(), "Is er koffie?"), (NOON.date(), "Mag mijn hond mee?")]

"""The person stays master: what is kept is shown, and what they erase is gone from every byte, also after a restore."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text
from stores import copy_of, draft

from bot.compiled import Compiled
from bot.conversations import Conversations
from bot.engine.effects import Message
from bot.engine.events import Said, Started
from bot.errors import BotError
from bot.operations.backup import backup
from bot.operations.restore import restore
from bot.privacy.erasure import NOT_PERSONAL, PERSONAL, dossier, erase, erase_lead
from bot.privacy.retention import Due, Retention
from bot.privacy.tombstones import Scope, record_tombstone
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.errors import Code, DeskError
from bot.staff.export import Order, export
from bot.store import Address, Store, schema
from bot.store.database import connect
from bot.store.encryption import Encrypted
from bot.store.filing import Where, file
from bot.store.keys import PERSON_KEY, PREFIX, Keys, WrongKey, place_of
from bot.store.lead_codes import CloseReason, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.outbox import OutboxMessage
from bot.store.rotation import add_key, drop_old_keys, reseal
from bot.store.tables import conversations, inbox, metadata, person_keys
from bot.store.talks import Access, SaidLine
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
ZOE = Address("telegram", "987654321")
ALL = Filter()
YES = "Ja, een adviseur mag mij bellen."


def fill(store: Store, address: Address = ZOE, at: datetime = NOON, **changes: object) -> Lead:
    """Someone with a lead, a note, consents, a question and a message on its way."""
    with store.transaction():
        (person,) = store.conversations.load([address], at=at)
        store.conversations.consent(person.id, "contact", YES, "nl", at)
        store.conversations.unanswered(person.id, "Mag mijn hond Bello mee?", "nl", at)
        store.talks.grant(person.id, Access.BROWSER, "a key", at)
        store.talks.deliver(person, at, SaidLine("1", "Mag mijn hond Bello mee?"))
        store.outbox.queue([OutboxMessage(person.id, address, Message("Dag Zoë"))], at)
        lead = file(store, person.id, "telegram", draft(**changes), Where("zorg", "Zwolle"), content="c1", at=at).lead
        store.leads.note(lead.id, "Sanne", "Belt terug", at)
    return lead


def person(store: Store, address: Address = ZOE) -> int:
    found = store.conversations.find(address)
    assert found is not None
    return found.id


def sealed(store: Store, *, of_people: bool = True) -> list[tuple[str, str]]:
    """Every sealed value in the database, as its bytes are on the disk, with its place; or those that are sealed with
    the key of the centre."""
    values = []
    with store.reading() as db:
        for table in metadata.sorted_tables:
            for row in db.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
                for column in table.c:
                    kind = column.type
                    if isinstance(kind, Encrypted) and (value := row[column.name]) and (of_people or not kind.key):
                        assert value.startswith(PREFIX)
                        values.append((value, place_of(kind.column, *(row[part] for part in kind.row))))
                if table is person_keys:
                    values.append((row["key"], PERSON_KEY))
    return values


def bytes_of(store: Store) -> bytes:
    files = [each for each in store.settings.data_folder.rglob("*") if each.is_file()]
    return b"".join(each.read_bytes() for each in files)


# ------------------------------------------------------------------ shown
def test_every_table_is_known_to_hold_personal_data_or_not():
    assert {table.name for table in PERSONAL} | NOT_PERSONAL == set(metadata.tables)
    assert not {table.name for table in PERSONAL} & NOT_PERSONAL


def test_who_asks_sees_every_column_of_every_row_about_them(store: Store):
    fill(store)
    kept = dossier(store, person(store))
    assert {name for name, rows in kept.items() if not rows} == set()
    for table in PERSONAL:
        missing = {column.name for column in table.c} - set(kept[table.name][0])
        meaningless = {"person", "phone", "email", "source_index", "change", "chat", "owner", "lead", "leased_until"}
        meaningless |= {"token", "update_id"}  # HMACs
        assert missing <= meaningless, table.name
    whole = json.dumps(kept, ensure_ascii=False)
    for secret in (ZOE.user, "Zoë de Vries", "+31612345678", "vierendertig", "Bello", "Belt terug", YES, "Dag Zoë"):
        assert secret in whole
    assert kept["consents"][0]["text"] == YES


def test_nobody_sees_what_is_about_another(store: Store):
    fill(store)
    fill(store, Address("telegram", "2"), name="Piet", phone="+31600000000")
    assert "Piet" not in json.dumps(dossier(store, person(store)), ensure_ascii=False)


def test_the_exact_text_of_a_consent_stays_when_the_text_changes(store: Store):
    fill(store)
    store.conversations.consent(person(store), "contact", "Een nieuwe tekst.", "nl", NOON + timedelta(days=1))
    assert [each["text"] for each in dossier(store, person(store))["consents"]] == [YES, "Een nieuwe tekst."]


def test_the_same_yes_twice_is_one_consent_and_a_withdrawn_one_counts_anew(store: Store):
    fill(store)
    me = person(store)
    store.conversations.consent(me, "contact", YES, "nl", NOON)
    assert len(dossier(store, me)["consents"]) == 1
    assert store.conversations.withdraw(me, "contact", NOON)
    assert not store.conversations.withdraw(me, "contact", NOON)
    store.conversations.consent(me, "contact", YES, "nl", NOON)
    assert [bool(each["withdrawn_at"]) for each in dossier(store, me)["consents"]] == [True, False]


# ------------------------------------------------------------------ at rest
def test_a_copy_of_the_database_says_nothing_about_anybody(sqlite_store: Store):
    fill(sqlite_store)
    found = re.findall(rb"[\x20-\x7e\xc3-\xf0]{4,}", bytes_of(sqlite_store))
    everything = b"\n".join(found)
    for secret in ("987654321", "Zoë", "612345678", "zoe@", "vierendertig", "Bello", "Belt terug", "Dag Zo"):
        assert secret.encode() not in everything, secret
    assert not any(key.encode() in everything for key in sqlite_store.keys.data)


# ------------------------------------------------------------------ erased
def test_who_erases_everything_leaves_a_number_and_no_data(store: Store):
    lead = fill(store)
    fill(store, Address("telegram", "2"), name="Piet", phone="+31600000000")
    erased = erase(store, ZOE, NOON)
    assert erased is not None
    assert erased.leads == (lead.reference,)
    assert store.conversations.find(ZOE) is None
    left = store.leads.get(lead.reference)
    assert (left.status, left.close_reason, left.contact, left.answers, left.advice) == (
        Status.LAPSED, CloseReason.ERASED, {}, {}, None,
    )  # fmt: skip
    assert (left.place, left.sector, left.source, left.conversation_id) == (None, None, None, None)
    assert store.leads.details([left])[left.id].notes == []
    assert [lead.name for lead in store.leads.all(ALL)] == ["Piet"]
    assert erase(store, ZOE, NOON) is None


def test_the_bytes_of_who_was_erased_are_in_no_file_any_more(sqlite_store: Store):
    fill(sqlite_store)
    fill(sqlite_store, Address("telegram", "2"), name="Piet", phone="+31600000000")
    before = sealed(sqlite_store)
    blind = sqlite_store.conversations.blind(ZOE)
    made = export(Desk(sqlite_store, sqlite_store.team.add("Sanne", Role.ADVISER), lambda: NOON), Order("crm"))
    assert made.file.exists()
    erase(sqlite_store, ZOE, NOON)
    gone = {value for value, _ in set(before) - set(sealed(sqlite_store))}
    assert len(gone) >= 6
    everything = bytes_of(sqlite_store)
    assert not any(value.encode() in everything for value in gone)
    assert not made.file.exists()
    everything = b"".join(each.read_bytes() for each in sqlite_store.settings.data_folder.glob("overstap.db*"))
    tombstone = everything.count(blind.encode())
    assert tombstone <= 2  # in the row of the tombstone and in its index: not in `conversations`


def test_the_last_word_to_who_was_erased_is_sent_and_then_gone_as_well(store: Store):
    fill(store)
    with store.transaction():
        erase(store, ZOE, NOON)
        (last,) = store.outbox.queue([OutboxMessage(None, ZOE, Message("Gewist."))], NOON)
    store.outbox.sent(last.id, 5)
    with store.reading() as db:
        assert db.execute(text("SELECT count(*) FROM outbox")).scalar_one() == 0


def test_that_somebody_was_erased_is_written_down_without_who(store: Store):
    fill(store)
    erase(store, ZOE, NOON)
    entry = store.audit.entries(1)[0]
    assert (entry.action, entry.object, entry.detail) == ("person erased", None, {"leads": 1})


@pytest.mark.parametrize("actor", ["person", "Baas", "Sanne", "restore"])
def test_who_has_the_lead_hears_its_number_and_nothing_else(store: Store, actor: str):
    lead = fill(store)
    store.team.add("Sanne", Role.ADVISER, Address("telegram", "4711"))
    sanne = Desk(store, store.team.named("Sanne"), lambda: NOON)  # type: ignore[arg-type]
    sanne.claim(lead.reference)
    erase(store, ZOE, NOON, actor=actor)
    heard = [
        (out.address.user, out.message.text) for out in store.outbox.pending("telegram", NOON + timedelta(hours=1))
    ]
    text = "L-2026-0001 is gewist, op verzoek van de persoon. Neem geen contact meer op."
    assert heard == ([] if actor in ("Sanne", "restore") else [("4711", text)])


def test_an_adviser_with_the_right_erases_the_person_behind_a_lead(store: Store):
    lead = fill(store)
    boss = Desk(store, store.team.add("Baas", Role.ADMIN), lambda: NOON)
    assert boss.forget(lead.reference) == (lead.reference,)
    assert store.conversations.find(ZOE) is None
    with pytest.raises(DeskError) as refusal:
        boss.open(lead.reference)
    assert refusal.value.code is Code.ERASED


# ------------------------------------------------------------------ backup and restore
def test_a_backup_made_while_the_bot_runs_is_whole_and_holds_no_key(store: Store, tmp_path: Path):
    lead = fill(store)
    copy = backup(store.settings, tmp_path / "copy")
    content = copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not any(key.encode() in content for key in (*store.keys.data, store.keys.index))
    fill(store, Address("telegram", "2"), phone="+31600000000")
    store.close()
    assert restore(store.settings, copy, NOON).again == 0
    again = Store.open(store.settings)
    assert [each.reference for each in again.leads.all(ALL)] == [lead.reference]
    assert again.leads.get(lead.reference).contact == lead.contact
    again.close()


def test_a_folder_with_any_name_can_be_copied_to_and_from(tmp_path: Path):
    root = tmp_path / "50% #1"
    root.mkdir()
    store = Store.open(Settings.read({}, root=root))
    copy = backup(store.settings, root / "copy")
    assert copy.exists()


def test_a_restored_backup_forgets_again_who_was_erased_since(store: Store, tmp_path: Path):
    lead = fill(store)
    stays = fill(store, Address("telegram", "2"), name="Piet", phone="+31600000000")
    copy = backup(store.settings, tmp_path / "copy")
    erase(store, ZOE, NOON)
    store.close()
    assert restore(store.settings, copy, NOON).again == 1
    again = Store.open(store.settings)
    assert again.conversations.find(ZOE) is None
    assert again.leads.get(lead.reference).contact == {}
    assert again.leads.get(stays.reference).name == "Piet"
    again.close()


def test_the_erased_are_forgotten_again_even_when_the_old_database_is_lost(sqlite_store: Store, tmp_path: Path):
    fill(sqlite_store)
    copy = backup(sqlite_store.settings, tmp_path / "copy")
    erase(sqlite_store, ZOE, NOON)
    sqlite_store.close()
    database = sqlite_store.settings.database_file
    assert database is not None
    for each in database.parent.glob("overstap.db*"):
        each.unlink()
    assert restore(sqlite_store.settings, copy, NOON).again == 1


def test_a_withdrawal_counts_again_after_a_restore_and_the_conversation_stays(store: Store, tmp_path: Path):
    lead = fill(store)
    copy = backup(store.settings, tmp_path / "copy")
    with store.transaction():
        record_tombstone(store, ZOE, Scope.LEADS, NOON)
        erase_lead(store, lead, CloseReason.WITHDRAWN, NOON)
    store.close()
    assert restore(store.settings, copy, NOON).again == 1
    again = Store.open(store.settings)
    assert again.leads.get(lead.reference).contact == {}
    assert again.conversations.find(ZOE) is not None
    again.close()


def test_who_came_back_after_erasing_stays(store: Store, tmp_path: Path):
    fill(store)
    erase(store, ZOE, NOON)
    fill(store, at=NOON + timedelta(days=1))
    copy = backup(store.settings, tmp_path / "copy")
    store.close()
    assert restore(store.settings, copy, NOON + timedelta(days=2)).again == 0
    again = Store.open(store.settings)
    assert again.conversations.find(ZOE) is not None
    again.close()


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + b"\x00" * 2000, b""])
def test_a_damaged_backup_leaves_what_was_there(sqlite_store: Store, tmp_path: Path, content: bytes):
    fill(sqlite_store)
    (tmp_path / "copy").write_bytes(content)
    sqlite_store.close()
    with pytest.raises(BotError):
        restore(sqlite_store.settings, tmp_path / "copy", NOON)
    again = Store.open(sqlite_store.settings)
    assert again.conversations.find(ZOE) is not None
    again.close()


@pytest.fixture
def another_backup(settings: Settings, tmp_path: Path) -> Iterator[Callable[[str, bool], Path]]:
    """Makes a backup of Piet, at a version of the tables and by our key or another one."""
    from alembic import command

    with copy_of(settings, tmp_path / "another") as there:

        def make(version: str = schema.NEWEST, ours: bool = True) -> Path:
            there_now = there if ours else replace(there, encryption_key_file=tmp_path / "another.keys")
            if not ours:
                Keys.new().write(there_now.encryption_key_file)
            other = Store.open(there_now)
            fill(other, Address("telegram", "2"), name="Piet", phone="+31600000000")
            with other.engine.begin() as db:
                if version == "9999":
                    db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
                else:
                    command.downgrade(schema.config(db), version)
            other.close()
            return backup(there_now, tmp_path / "another.backup")

        yield make


def everything(settings: Settings) -> dict[str, list[Any]]:
    """Every row of every table; our own look at it changes nothing."""
    engine = connect(settings)
    with engine.connect() as db:
        found = {
            name: sorted(map(repr, db.execute(text(f'SELECT * FROM "{name}"'))))
            for name in inspect(db).get_table_names()
        }
    engine.dispose()
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("version", "ours", "why"),
    [
        (schema.NEWEST, False, "another database"),
        ("0001", False, "another database"),
        ("9999", True, "tables are 9999"),
    ],
)
def test_a_backup_of_another_key_or_of_a_later_release_is_refused_and_changes_nothing(
    another_backup: Callable[..., Path], store: Store, version: str, ours: bool, why: str
):
    fill(store)
    store.close()
    copy, before = another_backup(version, ours), everything(store.settings)
    with pytest.raises(BotError, match=why) as refused:
        restore(store.settings, copy, NOON)
    assert "\n" not in str(refused.value)
    assert everything(store.settings) == before
    assert not list(store.settings.data_folder.glob(".*"))
    again = Store.open(store.settings)
    assert again.conversations.find(ZOE) is not None
    again.close()


def test_a_damaged_dump_or_somebody_elses_is_refused_and_changes_nothing(store: Store, tmp_path: Path):
    fill(store)
    whole = backup(store.settings, tmp_path / "whole").read_bytes()
    store.close()
    before = everything(store.settings)
    for number, content in enumerate((b"no database", b"", whole[: len(whole) // 2], whole[:-200])):
        (tmp_path / f"{number}").write_bytes(content)
        with pytest.raises(BotError):
            restore(store.settings, tmp_path / f"{number}", NOON)
        assert everything(store.settings) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "version", [each.revision for each in ScriptDirectory.from_config(schema.config()).walk_revisions()]
)
def test_a_backup_of_an_older_release_is_brought_up_to_date_on_its_way_back(
    another_backup: Callable[..., Path], store: Store, version: str
):
    fill(store)
    store.close()
    restore(store.settings, another_backup(version), NOON)
    again = Store.open(store.settings)
    assert [lead.name for lead in again.leads.all(ALL)] == ["Piet"]
    assert again.conversations.find(ZOE) is None
    lead = fill(again, Address("telegram", "3"), name="Jan", phone="+31611111111")  # numbers go on where they were
    assert lead.reference == "L-2026-0002"
    with again.engine.connect() as db:
        assert schema.current(db) == schema.NEWEST
    again.close()


def test_a_number_that_was_given_out_before_the_backup_is_not_given_again(store: Store, tmp_path: Path):
    if store.sqlite:
        pytest.skip("SQLite counts on from what is there")
    fill(store)
    last = person(store)
    erase(store, ZOE, NOON)
    copy = backup(store.settings, tmp_path / "copy")
    store.close()
    restore(store.settings, copy, NOON)
    again = Store.open(store.settings)
    fill(again)
    assert person(again) > last
    again.close()


def test_tables_of_others_in_the_same_database_are_left_alone(store: Store, tmp_path: Path):
    fill(store)
    with store.engine.begin() as db:
        db.execute(text("CREATE TABLE theirs (id integer)"))
        db.execute(text("INSERT INTO theirs VALUES (1)"))
    copy = backup(store.settings, tmp_path / "copy")
    with store.engine.begin() as db:
        db.execute(text("INSERT INTO theirs VALUES (2)"))
    store.close()
    restore(store.settings, copy, NOON)
    if not store.sqlite:  # an SQLite file is ours as a whole
        assert everything(store.settings)["theirs"] == ["(1,)", "(2,)"]


# ------------------------------------------------------------------ keys that change
def test_a_new_key_seals_everything_and_can_be_interrupted(store: Store):
    for number in range(20):
        fill(store, Address("telegram", str(number)), phone=f"+316{number:08}")
    first = store.keys
    add_key(store)
    store.close()
    halfway = Store.open(store.settings)
    next(reseal(halfway))
    halfway.close()  # interrupted: some values are under the new key, some are not
    again = Store.open(store.settings)
    assert again.leads.get("L-2026-0001").name == "Zoë de Vries"
    for _ in reseal(again):
        pass
    assert all(again.keys.reseal(*each) is None for each in sealed(again, of_people=False))
    drop_old_keys(again)
    again.close()
    last = Store.open(store.settings)
    assert last.keys.data == again.keys.data[:1]
    assert last.conversations.find(Address("telegram", "3")) is not None
    assert last.leads.get("L-2026-0020").name == "Zoë de Vries"
    last.close()
    first.write(store.settings.encryption_key_file)
    with pytest.raises(WrongKey):
        Store.open(store.settings)


def test_what_somebody_writes_while_keys_change_is_not_overwritten(store: Store):
    fill(store)
    keys = Keys.read(store.settings.encryption_key_file).with_new_data_key()
    keys.write(store.settings.encryption_key_file)
    rotating = Store.open(store.settings)
    work = reseal(rotating)
    next(work)
    store.leads.note(1, "Sanne", "Tussendoor", NOON)  # by a process that still has the old key
    for _ in work:
        pass
    assert [note.text for note in rotating.leads.details([rotating.leads.get(1)])[1].notes] == [
        "Belt terug",
        "Tussendoor",
    ]
    rotating.close()


def rotate(settings: Settings, *options: str) -> subprocess.Popen[bytes]:
    """`overstap db rotate-key` in a process of its own."""
    where = {"DATABASE_URL": settings.database_url.replace("+psycopg", ""), "DATA_DIR": str(settings.data_folder)}
    env = {**os.environ, **where, "ENCRYPTION_KEY_FILE": str(settings.encryption_key_file)}
    code = "from bot.cli import main; main()"
    return subprocess.Popen([sys.executable, "-c", code, "db", "rotate-key", *options], env=env)


@pytest.mark.slow
def test_a_bot_that_runs_goes_on_while_keys_change_and_writes_nothing_with_a_dropped_one(
    store: Store, compiled: Compiled
):
    bot = Conversations(store, compiled, lambda: NOON)
    for number in range(200):
        fill(store, Address("telegram", str(number)), phone=f"+316{number:08}")
    first, turns = store.keys.data[0], 0
    for options in ((), ("--drop-old",)):
        rotating = rotate(store.settings, *options)
        while rotating.poll() is None:
            turns += 1
            bot.turn(Address("telegram", str(turns % 200)), Said("/help"))  # old people
            bot.turn(Address("telegram", str(10_000 + turns)), Started())  # and new ones
            sleep(0.01)  # without a pause the other would wait, patiently, and with it whoever runs this
        assert rotating.returncode == 0
    assert turns > 10
    bot.turn(ZOE, Started())
    file = Keys.read(store.settings.encryption_key_file)
    assert len(file.data) == 1 and first not in file.data
    assert all(file.reseal(*each) is None for each in sealed(store, of_people=False))
    fresh = Store.open(store.settings)
    assert len(list(fresh.conversations.states())) == 200 + turns + 1
    fresh.close()


def test_a_row_under_a_key_that_nobody_has_is_not_read_and_is_named(store: Store):
    fill(store)
    with store.transaction() as db:
        db.execute(
            text("UPDATE conversations SET private = :x"), {"x": Keys.new().seal(b"{}", "conversations.private")}
        )
    found = store.conversations.find(ZOE)
    assert found is not None and found.damaged and not found.state.answers
    assert [place.partition(" ")[0] for place in store.damaged] == ["conversations.private"]


def test_a_key_file_of_another_database_is_not_taken_over_by_a_bot_that_runs(store: Store):
    Keys.new().write(store.settings.encryption_key_file)
    before = store.keys
    fill(store)
    assert store.keys == before
    store.settings.encryption_key_file.write_text("damaged")
    fill(store, Address("telegram", "2"), phone="+31600000000")
    assert store.keys == before


# ------------------------------------------------------------------ terms
SECOND = timedelta(seconds=1)


def retention(store: Store, at: datetime) -> Due:
    """A run on a machine whose clock is known to be right."""
    store.clock.trust(at)
    return Retention(store, at).run()


def goes(store: Store, at: datetime) -> dict[str, int]:
    """What a run removes at a moment; looking first says the same."""
    from dataclasses import asdict

    would = Retention(store, at).look()
    assert retention(store, at) == would
    return {name: count for name, count in asdict(would).items() if count}


def test_a_lead_goes_four_weeks_after_the_last_contact_to_the_second(store: Store):
    lead = fill(store)
    day = NOON + timedelta(days=28)
    assert "leads" not in goes(store, day)
    assert goes(store, day + SECOND)["leads"] == 1
    assert store.leads.get(lead.id).close_reason is CloseReason.EXPIRED
    assert store.conversations.find(ZOE) is None


def test_with_the_second_consent_a_lead_stays_a_year(store: Store):
    fill(store)
    store.conversations.consent(person(store), "keep", "Ja, een jaar.", "nl", NOON)
    assert "leads" not in goes(store, NOON + timedelta(days=365))
    assert goes(store, NOON + timedelta(days=365) + SECOND)["leads"] == 1


def test_who_takes_the_second_consent_back_is_under_the_short_term(store: Store):
    fill(store)
    store.conversations.consent(person(store), "keep", "Ja, een jaar.", "nl", NOON)
    store.conversations.withdraw(person(store), "keep", NOON)
    assert goes(store, NOON + timedelta(days=28) + SECOND)["leads"] == 1


def test_a_conversation_without_a_lead_goes_after_a_week(store: Store):
    with store.transaction():
        store.conversations.load([ZOE], at=NOON)
    assert goes(store, NOON + timedelta(days=7)) == {}
    assert goes(store, NOON + timedelta(days=7) + SECOND) == {"conversations": 1}


@pytest.mark.parametrize(
    "start", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2028, 2, 28, 23, 59, 59, tzinfo=UTC)]
)
def test_summer_time_and_leap_days_change_no_term(store: Store, start: datetime):
    with store.transaction():
        store.conversations.load([ZOE], at=start)
    assert goes(store, start + timedelta(days=7)) == {}
    assert goes(store, start + timedelta(days=7) + SECOND) == {"conversations": 1}


def test_updates_and_messages_go_after_two_days(store: Store):
    with store.transaction() as db:
        db.execute(
            insert(inbox),
            {"channel": "telegram", "update_id": "1", "state": "dead", "attempts": 5, "received_at": NOON},
        )
        store.outbox.queue([OutboxMessage(None, ZOE, Message("x"))], NOON)
    assert goes(store, NOON + timedelta(hours=48)) == {}
    assert goes(store, NOON + timedelta(hours=48) + SECOND) == {"updates": 1, "messages": 1}


def test_an_export_goes_after_a_week_and_its_line_stays(store: Store):
    fill(store)
    made = export(Desk(store, store.team.add("Sanne", Role.ADVISER), lambda: NOON), Order("crm"))
    later = NOON + timedelta(days=7)
    assert Retention(store, later - SECOND).look().exports == 0
    assert retention(store, later).exports == 1
    assert not made.file.exists()
    assert store.exports.all()[0].removed_at == later


def leave_half_exports(store: Store) -> Path:
    """What kills of exports leave, one of them seven hours ago."""
    folder = store.settings.exports_folder
    for name in (".leads-1.xlsx.part", ".leads-2.xlsx.part"):
        (folder / name).mkdir(parents=True)
        (folder / name / "rows").write_text("Zoë")
    (folder / "leads-3.xlsx").write_text("killed before it was written down")
    for name, hours in ((".leads-1.xlsx.part", 7), (".leads-2.xlsx.part", 0), ("leads-3.xlsx", 0)):
        began = (NOON - timedelta(hours=hours)).timestamp()
        os.utime(folder / name, (began, began))
    return folder


def test_what_a_killed_export_left_behind_goes_at_the_next_run(store: Store):
    folder = leave_half_exports(store)
    assert retention(store, NOON).exports == 3
    assert list(folder.iterdir()) == []


def test_while_an_export_is_made_only_what_is_too_old_to_be_its_own_goes(store: Store):
    folder = leave_half_exports(store)
    with store.exports.making():
        assert retention(store, NOON).exports == 1
    assert sorted(left.name for left in folder.iterdir()) == [".leads-2.xlsx.part", "leads-3.xlsx"]


def test_half_an_export_goes_as_soon_as_somebody_is_erased(store: Store):
    fill(store)
    folder = leave_half_exports(store)
    erase(store, ZOE, NOON)
    assert list(folder.iterdir()) == []


def test_a_run_leaves_a_line_with_counts(store: Store):
    fill(store)
    retention(store, NOON + timedelta(days=400))
    entry = store.audit.entries(1)[0]
    assert entry.action == "retention"
    assert entry.detail["leads"] == 1
    with store.reading() as db:
        assert db.execute(select(conversations)).all() == []
    assert retention(store, NOON + timedelta(days=400)).anything is False


def test_sqlite_has_no_row_left_that_points_at_an_erased_person(sqlite_store: Store):
    fill(sqlite_store)
    erase(sqlite_store, ZOE, NOON)
    file = sqlite_store.settings.database_file
    assert file is not None
    with sqlite3.connect(file) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()


class Between:
    """Has each portion of a removal hold one row, and something happen after the first ones."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *happens: Callable[[], object]) -> None:
        self.portions, self.happens = 0, list(happens)
        monkeypatch.setattr("bot.privacy.retention.PORTION_SECONDS", -1)
        monkeypatch.setattr("bot.privacy.retention.AT_ONCE", 1)
        monkeypatch.setattr("bot.privacy.retention.sleep", self)

    def __call__(self, _: float) -> None:
        self.portions += 1
        if self.happens:
            self.happens.pop(0)()


def in_a_thread(work: Callable[[], object]) -> None:
    """As another process would: not in a transaction of ours."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result(timeout=20)


LATER_ON = NOON + timedelta(days=29)


def test_a_removal_leaves_room_for_others_after_each_portion(store: Store, monkeypatch: pytest.MonkeyPatch):
    for number in range(3):
        fill(store, Address("telegram", str(number)), phone=f"+3161234567{number}")
    written: list[Address] = []

    def somebody_writes() -> None:
        address = Address("telegram", f"9{len(written)}")
        in_a_thread(lambda: fill(store, address, phone=f"+3162234567{len(written)}", at=LATER_ON))
        written.append(address)

    monkeypatch.setattr("bot.privacy.retention.PORTION_SECONDS", 0)
    between = Between(monkeypatch, *[somebody_writes] * 4)
    assert retention(store, LATER_ON).leads == 3
    assert between.portions > 6
    assert len(written) == 4
    assert all(store.conversations.find(address) for address in written)


def test_who_is_called_while_a_removal_is_at_work_stays(store: Store, monkeypatch: pytest.MonkeyPatch):
    first, second = (fill(store, Address("telegram", each), phone=f"+3161234567{each}") for each in "12")

    def call() -> None:
        if store.leads.get(first.id).contact == {} and store.leads.get(second.id).attempts == 0:
            in_a_thread(lambda: store.leads.change(second.id, "Sanne", "attempt", at=LATER_ON, attempts=1))

    Between(monkeypatch, *[call] * 99)
    assert retention(store, LATER_ON).leads == 1
    assert store.leads.get(first.id).contact == {}
    assert store.leads.get(second.id).contact == second.contact
    assert store.conversations.find(Address("telegram", "2")) is not None


def test_a_removal_that_was_killed_between_portions_is_finished_by_the_next(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    for number in range(3):
        fill(store, Address("telegram", str(number)), phone=f"+3161234567{number}")

    def emptied() -> int:
        return sum(lead.contact == {} for lead in store.leads.all(replace(ALL, erased=True)))

    def killed() -> None:
        if emptied() == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as during:
        Between(during, *[killed] * 99)
        with pytest.raises(KeyboardInterrupt):
            retention(store, LATER_ON)
    assert emptied() == 2
    assert retention(store, LATER_ON).leads == 1
    with store.reading() as db:
        assert db.execute(select(conversations)).all() == []

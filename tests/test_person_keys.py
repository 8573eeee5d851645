"""One key a person: whoever has the key of the centre, and every byte that is left, reads nobody who was erased."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import sleep

import pytest
from libraries import informed
from sqlalchemy import select, text, update
from test_privacy import fill, sealed

from bot.engine.effects import Message
from bot.errors import BotError
from bot.operations.backup import backup
from bot.operations.people_file import NAME, PeopleFile
from bot.operations.restore import Restored, restore
from bot.operations.startup import make_good
from bot.operations.verify import verify
from bot.privacy.erasure import erase, erase_lead
from bot.privacy.retention import Retention
from bot.privacy.steps import carry_out, unfinished
from bot.settings import Settings
from bot.store import Address, Store, database
from bot.store.database import connect
from bot.store.inbox import PATIENCE, Arrival, UpdateKey
from bot.store.keys import PERSON_KEY, DoesNotOpen, PersonKey
from bot.store.lead_codes import CloseReason
from bot.store.lead_filter import Filter
from bot.store.outbox import OutboxMessage
from bot.store.tables import lead_terms, outbox, person_keys
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
ZOE, PIET, SANNE = Address("telegram", "987654321"), Address("telegram", "2"), Address("telegram", "9002")
WRAPPED = re.compile(rb"sealed1\.[A-Za-z0-9_-]{80}")  # a key of 32 bytes, its nonce and its tag


def every_byte(store: Store) -> bytes:
    """All files of the database, its log included (of PostgreSQL: those of its tables)."""
    if store.sqlite:
        return b"".join(file.read_bytes() for file in store.settings.data_folder.rglob("*") if file.is_file())
    files = (
        "SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'pg_toast') AND c.relkind IN ('r', 't', 'i')"
    )
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        db.execute(text("CHECKPOINT"))
        return b"".join(bytes(row[0]) for row in db.execute(text(files)))


def readable(store: Store, values: list[tuple[str, str]], everything: bytes) -> list[str]:
    """The places of those values that open with any key that can be made of these bytes with that of the centre."""
    found = []
    for token in set(WRAPPED.findall(everything)):
        try:
            found.append(PersonKey("", store.keys.unseal(token.decode(), PERSON_KEY)))
        except DoesNotOpen:
            continue

    def opens(value: str, place: str) -> bool:
        for key in (store.keys, *found):
            try:
                key.unseal(value, place)
            except DoesNotOpen:
                continue
            return True
        return False

    return [place for value, place in values if opens(value, place)]


def finish(store: Store) -> None:
    """Do what is left of erasures, as the clock does each minute: others on a server can be in the way for a moment."""
    for _ in range(100):
        carry_out(store, LATER)
        if unfinished(store) is None:
            return
        sleep(0.1)
    raise AssertionError("a step is not done")


def theirs(store: Store, *others: tuple[str, str]) -> list[tuple[str, str]]:
    """Everything that is sealed of people, others aside; not their keys."""
    return [each for each in sealed(store) if each[1] != PERSON_KEY and each not in others]


def test_nothing_opens_of_who_was_erased_with_the_key_of_the_centre_and_every_byte(store: Store, tmp_path: Path):
    fill(store, PIET, name="Piet", phone="+31600000000")
    piet = theirs(store)
    fill(store)
    zoe = theirs(store, *piet)
    copy = backup(store.settings, tmp_path / "copy")
    assert len(zoe) >= 6
    assert len(readable(store, zoe, every_byte(store))) == len(zoe)  # so this can be told
    erase(store, ZOE, LATER)
    finish(store)
    assert readable(store, zoe, every_byte(store)) == []
    assert len(readable(store, piet, every_byte(store))) == len(piet)
    # The backup of before is as it was; once its keys are replaced nothing opens in it.
    assert readable(store, zoe, copy.read_bytes()) == []
    assert len(readable(store, zoe, (tmp_path / NAME).read_bytes())) == len(zoe)
    backup(store.settings, tmp_path / "next")
    assert readable(store, zoe, copy.read_bytes() + (tmp_path / "next").read_bytes()) == []
    assert readable(store, zoe, (tmp_path / NAME).read_bytes()) == []


@pytest.mark.slow
def test_a_lead_that_is_withdrawn_or_had_its_term_goes_the_same_way_while_the_person_stays(store: Store):
    lead = fill(store)
    of_lead = [each for each in theirs(store) if each[1].startswith("lead")]
    erase_lead(store, lead, CloseReason.WITHDRAWN, LATER)
    finish(store)
    assert len(of_lead) >= 5 and readable(store, of_lead, every_byte(store)) == []
    assert store.conversations.find(ZOE)
    fill(store, PIET, name="Piet", phone="+31600000000")
    of_lead = [each for each in theirs(store) if each[1].startswith("lead")]
    store.clock.start(NOON)
    for day in range(1, 40):
        Retention(store, NOON + timedelta(days=day)).run()
    finish(store)
    assert len(of_lead) >= 5 and readable(store, of_lead, every_byte(store)) == []
    with store.reading() as db:
        assert db.execute(select(person_keys)).all() == []


def test_a_step_that_somebody_is_in_the_way_of_is_done_later(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(database, "PRAGMAS", f"{database.PRAGMAS} PRAGMA busy_timeout = 100;")  # ms
    store = informed(Store.open(settings))
    fill(store)
    with store.engine.connect().execution_options(**store.reads) as somebody:
        somebody.execute(select(person_keys)).all()
        erase(store, ZOE, LATER)
        carry_out(store, LATER)
        assert unfinished(store) == LATER
    finish(store)
    store.close()


def test_what_staff_read_of_a_lead_is_taken_out_of_their_chats(store: Store):
    store.team.add("Sanne", Role.ADVISER, SANNE)
    lead = fill(store)
    read = Message("Zoë de Vries\n06 12345678", lead=lead.reference)
    first, second = store.outbox.queue([OutboxMessage(None, SANNE, read), OutboxMessage(None, SANNE, read)], NOON)
    store.outbox.sent_all([(first.id, 71), (first.id, 72)])
    erase(store, ZOE, LATER)
    waiting = [each for each in store.outbox.pending("telegram", LATER) if each.address == SANNE]
    assert [each.message.deletes for each in waiting] == [(71, 72)]
    assert second.id not in {each.id for each in waiting}
    with store.reading() as db:
        assert db.execute(select(outbox).where(outbox.c.lead.is_not(None))).all() == []


def test_what_somebody_said_meanwhile_still_has_its_turn_after_they_were_erased(store: Store):
    fill(store)
    said = Arrival(UpdateKey("telegram", "7"), 7, ZOE.user, {"kind": "Said", "text": "hallo?"})
    store.inbox.receive([said])
    erase(store, ZOE, LATER)
    sleep(PATIENCE.total_seconds() + 0.1)  # for the numbers before it
    assert store.inbox.next_chats("telegram").arrivals == (said,)
    assert not store.damaged


def test_keys_that_seal_nothing_any_more_are_swept_and_no_others(store: Store):
    fill(store)
    store.outbox.queue([OutboxMessage(None, SANNE, Message("L-2026-0001"))], NOON)
    store.inbox.receive([Arrival(UpdateKey("telegram", "7"), 7, "55", {"kind": "Started"})])
    before = {row[:2] for row in store.person_keys.all()}
    assert len(before) == 4  # Zoë, her lead, Sanne, and who says something for the first time
    assert store.person_keys.sweep() == 0
    for message in store.outbox.pending("telegram", NOON):
        store.outbox.sent(message.id, 1)
    store.inbox.done([UpdateKey("telegram", "7")], known=[UpdateKey("telegram", "7")])
    assert store.person_keys.sweep() == 2
    assert {row[:2] for row in store.person_keys.all()} == {
        ("telegram", store.conversations.blind(ZOE)),
        ("lead", "L-2026-0001"),
    }


def test_a_key_that_is_damaged_costs_what_it_sealed_and_no_message_after_it(store: Store):
    fill(store)
    with store.transaction() as db:
        db.execute(update(person_keys).where(person_keys.c.kind == "telegram").values(key="sealed1.AAAA"))
    found = store.conversations.find(ZOE)
    assert found and found.damaged
    store.outbox.queue([OutboxMessage(found.id, ZOE, Message("Er ging iets mis."))], NOON)
    assert [each.message.text for each in store.outbox.pending("telegram", NOON)] == ["Er ging iets mis."]
    assert store.leads.get(1).name == "Zoë de Vries"


# ------------------------------------------------------------------ backups
@pytest.fixture
def copies(store: Store, tmp_path: Path) -> Iterator[tuple[Store, Path]]:
    """Zoë was erased between two backups; Piet was not."""
    fill(store)
    fill(store, PIET, name="Piet", phone="+31600000000")
    backup(store.settings, tmp_path / "first")
    erase(store, ZOE, LATER)
    backup(store.settings, tmp_path / "second")
    yield store, tmp_path


def lost(store: Store) -> None:
    """The machine is gone, with everything that was on it; only the key of the centre was kept elsewhere."""
    store.close()
    if store.settings.sqlite:
        shutil.rmtree(store.settings.data_folder)
        return
    engine = connect(store.settings)
    with engine.begin() as db:
        db.execute(text("DROP SCHEMA public CASCADE"))
        db.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    shutil.rmtree(store.settings.data_folder, ignore_errors=True)


def test_an_older_backup_brings_back_those_who_have_a_key(copies: tuple[Store, Path]):
    store, folder = copies
    lost(store)
    assert restore(store.settings, folder / "first", LATER) == Restored(again=0, gone=2)  # her lead and her talk
    again = Store.open(store.settings)
    make_good(again, LATER)
    assert again.conversations.find(ZOE) is None
    assert [lead.name for lead in again.leads.all(Filter())] == ["Piet"]
    assert not again.damaged
    with again.reading() as db:
        assert db.execute(select(lead_terms.c.lead_id).distinct()).scalars().all() == [2]
    again.close()


def test_a_backup_without_its_keys_is_refused_unless_somebody_says_that_they_are_lost(copies: tuple[Store, Path]):
    store, folder = copies
    (folder / NAME).unlink()
    lost(store)
    with pytest.raises(BotError, match=r"people\.keys is not there"):
        restore(store.settings, folder / "second", LATER)
    assert restore(store.settings, folder / "second", LATER, without_keys=True).gone == 2  # Piet's


def test_keys_that_are_older_than_the_backup_are_refused(copies: tuple[Store, Path]):
    store, folder = copies
    people = PeopleFile.read(folder / NAME)
    assert people
    PeopleFile(people.database, people.made_at - timedelta(days=1), people.rows).write(folder / NAME)
    lost(store)
    with pytest.raises(BotError, match="the backup is newer"):
        restore(store.settings, folder / "second", LATER)


def test_the_keys_of_another_database_are_neither_replaced_nor_used(copies: tuple[Store, Path]):
    store, folder = copies
    people = PeopleFile.read(folder / NAME)
    assert people
    (folder / NAME).unlink()
    PeopleFile("another", people.made_at, people.rows).write(folder / NAME)
    with pytest.raises(BotError, match="another database"):
        backup(store.settings, folder / "third")
    assert not (folder / "third").exists()
    lost(store)
    with pytest.raises(BotError, match="another database"):
        restore(store.settings, folder / "second", LATER)


@pytest.mark.parametrize("content", ["", "x", '{"database": "a"}\n', '{"database": "a", "people": 2}\n["lead"]\n'])
def test_a_file_of_keys_that_is_damaged_is_said_to_be(tmp_path: Path, content: str):
    (tmp_path / NAME).write_text(content)
    with pytest.raises(BotError, match="damaged"):
        PeopleFile.read(tmp_path / NAME)


def test_a_backup_is_proven_by_putting_it_back_apart(copies: tuple[Store, Path]):
    store, folder = copies
    found = verify(store.settings, folder / "second")
    assert (found.people, found.leads, found.without_key) == (1, 1, 0)
    found = verify(store.settings, folder / "first")
    assert (found.people, found.leads, found.without_key) == (1, 1, 2)
    assert store.leads.get("L-2026-0002").name == "Piet"  # and nothing was touched
    assert not list(store.settings.data_folder.glob(".*"))


def test_a_backup_that_is_of_no_use_is_found_out(copies: tuple[Store, Path]):
    store, folder = copies
    people = PeopleFile.read(folder / NAME)
    assert people
    (kind, owner, key), *rest = people.rows
    PeopleFile(people.database, people.made_at, ((kind, owner, key[:-6] + "AAAAA="), *rest)).write(folder / NAME)
    with pytest.raises(BotError, match="do not open"):
        verify(store.settings, folder / "second")
    whole = (folder / "second").read_bytes()
    (folder / "second").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BotError):
        verify(store.settings, folder / "second")
    assert not list(store.settings.data_folder.glob(".*"))

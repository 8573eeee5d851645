"""What cannot be undone, killed at each point; new keys, and retention, while others work. Everything wrong is counted.

    python benchmarks/lasting.py erase --rounds 30        # an erasure, killed at each of its steps, so many times
    python benchmarks/lasting.py restore --times 50       # a restore, killed at random points
    python benchmarks/lasting.py rotate --processes 4     # keys of the centre change while processes work
    python benchmarks/lasting.py retain --leads 10000     # so many leads at their term, while somebody writes

On SQLite, or with `DATABASE_URL` on an empty PostgreSQL of its own. A step is a statement, a commit, a file that is
opened for writing, renamed or deleted, and a program that is started. After each kill the bot is started, as a
supervisor would, and everything is looked at.
"""

import argparse
import json
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from bot.engine.effects import LeadDraft, Message
from bot.operations.backup import backup
from bot.operations.restore import restore
from bot.operations.startup import make_good
from bot.privacy.erasure import erase
from bot.privacy.retention import Retention
from bot.privacy.steps import carry_out, unfinished
from bot.privacy.tombstones import graveyard
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.export import Order, export
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.keys import PERSON_KEY, DoesNotOpen, Keys, PersonKey
from bot.store.outbox import OutboxMessage
from bot.store.rotation import PAUSE, add_key, drop_old_keys, reseal
from bot.store.team import Role

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from kills import survives  # noqa: E402

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
DUE = NOON + timedelta(days=400)  # every term is over
WRAPPED = re.compile(rb"sealed1\.[A-Za-z0-9_-]{80}")


def person(number: int) -> Address:
    return Address("telegram", str(1000 + number))


def fill(store: Store, number: int) -> str:
    """Somebody with a lead; gives its reference."""
    contact = {"name": f"Persoon {number}", "phone": f"+316{number:08}"}
    draft = LeadDraft("intake", 1, "nl", None, {}, {}, contact, frozenset({"contact"}))
    with store.transaction():
        (who,) = store.conversations.load([person(number)], at=NOON)
        return file(store, who.id, "telegram", draft, Where("zorg", "Zwolle"), content="c", at=NOON).lead.reference


# ------------------------------------------------------------------ erasures
def erasures(settings: Settings, rounds: int) -> int:
    """Kill an erasure at each step, `rounds` times over; gives how many left something wrong."""
    wrong = kills = number = 0
    for _ in range(rounds):
        step, done = 0, False
        while not done:
            number += 1
            store = Store.open(settings)
            sanne = store.team.named("Sanne") or store.team.add("Sanne", Role.ADVISER)
            reference = fill(store, number)
            made = export(Desk(store, sanne, lambda: NOON), Order("crm"))
            sealed = contact_of(store, reference)
            store.close()

            def wipe(number: int = number) -> None:
                bot = Store.open(settings)
                with bot.transaction():
                    erase(bot, person(number), LATER)
                    bot.outbox.queue([OutboxMessage(None, person(number), Message("Gewist."))], LATER)
                bot.close()

            done = survives(step, wipe)
            kills += not done
            wrong += is_wrong(settings, number, reference, made.file, sealed)
            step += 1
    print(f"{rounds} erasures, killed at each of their {kills // rounds} steps ({kills} kills): {wrong} wrong")
    return wrong


def contact_of(store: Store, reference: str) -> str:
    with store.reading() as db:
        statement = f"SELECT contact FROM leads WHERE reference = '{reference}'"  # noqa: S608  # a number of ours
        return str(db.exec_driver_sql(statement).scalar())


def is_wrong(settings: Settings, number: int, reference: str, exported: Path, sealed: str) -> bool:
    """Whether somebody is neither there as before nor gone without a trace, after a start."""
    store = Store.open(settings)
    make_good(store, LATER)
    for _ in range(100):  # as the clock does: on a server others can be in the way for a moment
        if unfinished(store) is None:
            break
        time.sleep(0.1)
        carry_out(store, LATER)
    there = store.conversations.find(person(number)) is not None
    opens = reads(store, sealed, f"leads.contact {reference}")
    if there:
        fine = opens and exported.exists() and store.leads.get(reference).name == f"Persoon {number}"
        erase(store, person(number), LATER)
    else:
        last = any(each.address == person(number) for each in store.outbox.pending("telegram", LATER))
        buried = store.conversations.blind(person(number)) in graveyard(settings).read_text()
        fine = not opens and not exported.exists() and last and buried and unfinished(store) is None
    store.close()
    return not fine


def reads(store: Store, sealed: str, place: str) -> bool:
    """Whether a value opens with the key of the centre and what is left in the files of the database."""
    if store.sqlite:
        everything = b"".join(each.read_bytes() for each in store.settings.data_folder.glob("overstap.db*"))
    else:
        with store.engine.connect() as db:
            db.exec_driver_sql("CHECKPOINT")
            name = "pg_read_binary_file(pg_relation_filepath('person_keys'))"
            everything = bytes(db.exec_driver_sql(f"SELECT {name}").scalar() or b"")
    for token in set(WRAPPED.findall(everything)):
        try:
            PersonKey("", store.keys.unseal(token.decode(), PERSON_KEY)).unseal(sealed, place)
        except DoesNotOpen:
            continue
        return True
    return False


# ------------------------------------------------------------------ restores
def restores(settings: Settings, times: int, folder: Path) -> int:
    """Kill a restore at random points; gives how often it left neither the old nor the new, or somebody erased."""
    store = Store.open(settings)
    for number in range(20):
        fill(store, number)
    copy = backup(settings, folder / "copy")
    for number in range(10):
        erase(store, person(number), LATER)
    fill(store, 99)
    now = backup(settings, folder / "now")
    store.close()
    old, new = {*range(10, 20), 99}, set(range(10, 20))
    steps = next(step for step in range(0, 100_000, 250) if survives(step, lambda: restore(settings, copy, LATER)))
    wrong, ends = 0, {"old": 0, "new": 0}
    for _ in range(times):
        restore(settings, now, LATER)
        survives(random.randrange(steps), lambda: restore(settings, copy, LATER))
        store = Store.open(settings)
        make_good(store, LATER)
        there = {number for number in range(100) if store.conversations.find(person(number))}
        left = list(settings.data_folder.glob(".*"))
        wrong += there not in (old, new) or bool(left) or bool(store.damaged)
        ends["new" if there == new else "old"] += 1
        store.close()
    print(
        f"{times} restores, killed at a random one of some {steps} steps: {wrong} wrong; they left {json.dumps(ends)}"
    )
    return wrong


# ------------------------------------------------------------------ new keys
def work(settings: Settings, people: int, until: float, seed: int) -> tuple[int, int, int]:
    """What a bot does, until a time: gives how much was done, how much was wrong, and what had to be done again."""
    store, chance = Store.open(settings), random.Random(seed)
    done = wrong = again = 0
    while time.time() < until:
        number = chance.randrange(people)
        try:
            with store.transaction():
                (who,) = store.conversations.load([person(number)], at=NOON)
                store.conversations.save([who], NOON)
                (lead,) = store.leads.of_conversation(who.id)
                store.leads.change(lead.id, "bot", "changed", at=NOON, contact=dict(lead.contact))
                (sent,) = store.outbox.queue([OutboxMessage(who.id, person(number), Message("Dag"))], NOON)
                store.conversations.load([Address("telegram", f"new {seed} {done}")], at=NOON)
            store.outbox.sent(sent.id, 1)
            wrong += who.damaged or lead.name != f"Persoon {number}"
        except OperationalError:  # the database was locked for too long: the bot tries again as well
            again += 1
            continue
        except Exception as error:  # noqa: BLE001  # whatever it is, somebody was not answered
            print(f"{type(error).__name__}: {error}"[:200], file=sys.stderr)
            wrong += 1
        done += 1
    wrong += len(store.damaged)
    store.close()
    return done, wrong, again


def rotations(settings: Settings, processes: int, seconds: float) -> int:
    """Change the key again and again while processes work; gives how much went wrong."""
    people = 200
    store = Store.open(settings)
    for number in range(people):
        fill(store, number)
    before, changes = store.keys.data[0], 0
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(processes + 1)
    with context.Pool(processes, ready.wait) as pool:
        ready.wait()  # until all have started
        until = time.time() + seconds
        working = pool.starmap_async(work, [(settings, people, until, seed) for seed in range(processes)])
        while time.time() < until - 1:
            add_key(store)
            for _ in reseal(store):
                time.sleep(PAUSE)
            drop_old_keys(store)
            changes += 1
        results = working.get()
    store.close()
    fresh = Store.open(settings)  # with the keys of the file alone
    lost = sum(1 for _ in fresh.conversations.states())
    expected = people + sum(done for done, _, _ in results)
    keys = Keys.read(settings.encryption_key_file)
    wrong = sum(bad for _, bad, _ in results) + len(fresh.damaged) + (len(keys.data) != 1 or keys.data[0] == before)
    wrong += lost != expected
    fresh.close()
    turns, again = (sum(each[column] for each in results) for column in (0, 2))
    what = f"{changes} new keys in {seconds:.0f} s while {processes} processes did {turns} turns"
    print(f"{what}: {wrong} wrong; {again} waited too long for the database, and were done again")
    return wrong


# ------------------------------------------------------------------ retention
def retain(settings: Settings, leads: int) -> int:
    """Have `leads` go at once, while somebody writes all the time; gives how many stayed that had to go."""
    store = Store.open(settings)
    with store.transaction():
        for number in range(leads):
            fill(store, number)
    store.close()
    context = multiprocessing.get_context("spawn")
    waits, over = context.SimpleQueue(), context.Event()
    writing = context.Process(target=write_until, args=(settings, over, waits))
    writing.start()
    waits.get()  # it has begun
    store = Store.open(settings)
    store.clock.trust(DUE)
    start, cost = time.perf_counter(), time.process_time()
    gone = Retention(store, DUE).run()
    took, cost = time.perf_counter() - start, time.process_time() - cost
    over.set()
    times, longest = waits.get()
    writing.join()
    store.close()
    print(
        f"{gone.leads} of {leads} leads gone in {took:.1f} s ({cost:.1f} s of processor time); meanwhile somebody "
        f"wrote {times} times and waited {longest * 1000:.0f} ms at most, load {os.getloadavg()[0]:.1f}"
    )
    return leads - gone.leads


def write_until(settings: Settings, over: Any, waits: Any) -> None:
    """Write something, again and again, as a bot does; says how often it did, and its longest wait in seconds."""
    store, times, longest = Store.open(settings), 0, 0.0
    waits.put(None)
    while not over.is_set():
        start = time.perf_counter()
        with store.transaction():
            store.conversations.load([Address("telegram", f"writes {times % 20}")], at=DUE)
        longest, times = max(longest, time.perf_counter() - start), times + 1
        time.sleep(0.01)
    waits.put((times, longest))
    store.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("what", choices=("erase", "restore", "rotate", "retain"))
    arguments.add_argument("--rounds", type=int, default=30)
    arguments.add_argument("--times", type=int, default=50)
    arguments.add_argument("--processes", type=int, default=4)
    arguments.add_argument("--seconds", type=float, default=30)
    arguments.add_argument("--leads", type=int, default=10_000)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {"DATABASE_URL": os.environ.get("DATABASE_URL", ""), "CONTENT_DIR": str(ROOT)}
        settings = Settings.read(env, root=Path(folder))
        if not settings.sqlite:
            Keys.new().write(settings.encryption_key_file)
        match asked.what:
            case "erase":
                wrong = erasures(settings, asked.rounds)
            case "restore":
                wrong = restores(settings, asked.times, Path(folder) / "copies")
            case "retain":
                wrong = retain(settings, asked.leads)
            case _:
                wrong = rotations(settings, asked.processes, asked.seconds)
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()

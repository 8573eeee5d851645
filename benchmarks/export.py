"""How long an export of many leads takes, and how much memory: `python benchmarks/export.py [--leads 100000]`.

People of several kinds walk through the real flows with the real knowledge, and file what the product files: answers,
what fits with its reasons (12 to 25 KB of JSON each), consents. Those leads are repeated under other names and
numbers, with a note and the events of an adviser's work. Each profile is then made by `overstap leads export`: seconds
on the clock from start to end, seconds of the processor, and memory at its peak, of that process with its children.
What others used of the processor meanwhile says whether the machine was quiet: beside others each second counts less.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from bot.cli.content import load
from bot.settings import Settings
from bot.staff.export import PROFILES
from bot.store import Store
from bot.store.encryption import Encrypted, Sealed
from bot.store.keys import PersonKey
from bot.store.tables import LEAD, consents, conversations, counters, lead_events, lead_notes, leads

if TYPE_CHECKING:
    from bot.conversations import Conversations

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
CHUNK = 1000  # leads in a transaction
NOTE = "Belt liever na 17:00. Heeft al een gesprek gehad bij UWV."
MOST = 40  # answers; a conversation that takes more is stuck

WISHES = ("verpleegkundige", "iets met computers", "monteur zonnepanelen", "leraar", "vrachtwagenchauffeur")
PLACES = ("Zwolle", "Utrecht", "Maastricht")
BACKGROUNDS = (
    {"education": "mbo niveau 4", "employment": "ik heb een baan", "age": "34"},
    {"education": "hbo", "employment": "ik zoek werk", "benefit": "ww", "age": "51", "hours": "24", "dutch": "goed"},
)
ALWAYS = {"current_job": "kok", "name": "Zoë", "reach": "06 12345678", "company": "Zonnig BV", "ict_background": "nee"}
EMPLOYER = {
    "need": "overstappers aannemen", "sector": "techniek", "employer_size": "klein", "place": "Woerden",
    "vacancy": "monteur zonnepanelen", "places": "2",
}  # fmt: skip
ORIENTATION = {
    "desired_work": "programmeren", "place": "3811", "session": "avond", "from_day": "volgende week maandag",
    "wants_to_know": "of ik genoeg wiskunde heb",
}  # fmt: skip
SKIPPED = frozenset("benefit hours schedule dutch budget can_train".split())


def walk(turns: "Conversations", who: str, flow: str, told: dict[str, str], until: str | None = None) -> None:
    """Answer until there is a lead; with `until`, stop at that question."""
    from bot.engine.events import Said, Started
    from bot.store import Address

    address, said = Address("telegram", who), set[str]()
    turns.turn(address, Started(source=flow, language="nl"))
    for _ in range(MOST):
        person = turns.store.conversations.find(address)
        assert person is not None
        asked = person.state.asked or ""
        if person.state.reference:
            return
        if asked == until:
            answer = "ja" if asked in said else "/stop"  # yes, what is known may be passed on
        elif asked in said:
            answer = "klaar" if asked == "need" else "sla over"
        else:
            answer = (ALWAYS | told).get(asked, "sla over" if asked in SKIPPED else "ja")
        said.add(asked)
        turns.turn(address, Said(answer))
    raise AssertionError(f"{who} is stuck at {asked}")


def file_some(store: Store) -> None:
    """Thirty who look for work, one in five of whom stops before the end, an employer and a sign-up."""
    from bot.compiled import Compiled
    from bot.conversations import Conversations

    turns = Conversations(store, Compiled.of(load(ROOT)), lambda: NOON)
    for number, (wish, place, background) in enumerate(product(WISHES, PLACES, BACKGROUNDS)):
        told = {**background, "desired_work": wish, "place": place}
        walk(turns, str(number), "flyer-overvecht", told, until=None if number % 5 else "may_keep")
    walk(turns, "employer", "employer", EMPLOYER)
    walk(turns, "orientation", "orientation", ORIENTATION)


def fill(root: Path, count: int) -> None:
    """`count` leads like those that were filed, which make room for them."""
    start = time.perf_counter()
    store = Store.open(Settings.read({}, root=root))
    file_some(store)
    with store.transaction() as db:
        rows = [dict(row) for row in db.execute(select(leads).order_by(leads.c.id)).mappings()]
        given = [dict(row) for row in db.execute(select(consents).order_by(consents.c.id)).mappings()]
        db.execute(delete(leads))
        db.execute(delete(conversations))
        db.execute(counters.update().where(counters.c.name == "change").values(value=count))
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        likes = {number: rows[number % len(rows)] for number in numbers}
        with store.transaction() as db:
            keys = store.person_keys.of([*(_person(number) for number in numbers), *map(_owner, numbers)])
            db.execute(insert(conversations), [_conversation(number, keys[_person(number)]) for number in numbers])
            db.execute(insert(leads), [_lead(number, like, keys[_owner(number)]) for number, like in likes.items()])
            like_of = {number: like["conversation_id"] for number, like in likes.items()}
            copies = [
                {**one, "conversation_id": number}
                for number in numbers
                for one in given
                if one["conversation_id"] == like_of[number]
            ]
            db.execute(insert(consents), [{name: each[name] for name in each if name != "id"} for each in copies])
            noted = {"at": NOON, "author": "Sanne"}
            db.execute(
                insert(lead_notes),
                [
                    {"lead_id": each, **noted, "text": Sealed(NOTE, (each, "Sanne"), keys[_owner(each)])}
                    for each in numbers
                ],
            )
            events = [("person", "filed"), ("Sanne", "claimed"), ("Sanne", "noted")]
            done = [{"at": NOON, "actor": actor, "kind": kind, "detail": {}} for actor, kind in events]
            db.execute(insert(lead_events), [{"lead_id": each, **event} for each in numbers for event in done])
    store.close()
    print(f"{count} leads written in {time.perf_counter() - start:.0f} s")


def _person(number: int) -> tuple[str, str]:
    return "telegram", f"{number:064}"


def _owner(number: int) -> tuple[str, str]:
    return LEAD, f"L-2026-{number:04}"


def _conversation(number: int, key: PersonKey) -> dict[str, Any]:
    private = Sealed({"user": str(number), "state": {}}, _person(number), key)
    moments = {"created_at": NOON, "updated_at": NOON}
    return {
        "id": number,
        "channel": "telegram",
        "person": f"{number:064}",
        "private": private,
        "blocked": False,
    } | moments


def _lead(number: int, like: dict[str, Any], key: PersonKey) -> dict[str, Any]:
    at = NOON - timedelta(minutes=number % 100_000)
    contact = {"name": f"Zoë de Vries {number}", "phone": f"+316{number:08}", "email": f"zoe{number}@example.nl"}
    reference = _owner(number)[1]
    sealed = {
        column.name: Sealed(like[column.name], (reference,), key)
        for column in leads.c
        if isinstance(column.type, Encrypted) and like[column.name] is not None
    }
    return like | {
        **sealed,
        "id": number,
        "reference": reference,
        "conversation_id": number,
        "contact": Sealed(contact, (reference,), key),
        "phone": f"{number:064}",
        "email": f"{number:064}",
        "duplicate_of_id": None,
        "created_at": at,
        "updated_at": at,
        "change": number,
    }


def measure(root: Path, profile: str) -> dict[str, float]:
    """One export by the real command."""
    start, busy = time.perf_counter(), _busy_seconds()
    overstap = str(Path(sys.executable).with_name("overstap"))
    command = [overstap, "leads", "--as", "Meter", "export", "--profile", profile]
    running = subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "CONTENT_DIR": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    peak = 0.0
    while os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        peak = max(peak, _resident_mb(running.pid))
        time.sleep(0.05)
    _, code, used = os.wait4(running.pid, 0)
    seconds, cpu = time.perf_counter() - start, used.ru_utime + used.ru_stime
    busy = _busy_seconds() - busy
    assert code == 0 and running.stdout, "the export failed"
    file = Path(running.stdout.read().strip())
    size = file.stat().st_size
    file.unlink()
    return {
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "cpu_seconds_of_others": round(max(0.0, busy - cpu), 1),
        "peak_mb": round(peak),
        "file_mb": round(size / 1e6, 1),
    }


def _busy_seconds() -> float:
    """What all processes of the machine have used together, as Linux tells it: idle and waiting for a disk left out."""
    user, nice, system, _, _, interrupts, soft, stolen = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + interrupts + soft + stolen) / os.sysconf("SC_CLK_TCK")


def _resident_mb(process: int) -> float:
    """The memory of a process with its children now, as Linux tells it; each has its part of the pages they share."""
    folder = Path("/proc") / str(process)
    try:
        kilobytes = re.search(r"Pss:\s*(\d+)", (folder / "smaps_rollup").read_text())
        children = (folder / "task" / str(process) / "children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(kilobytes[1]) / 1024 if kilobytes else 0.0) + sum(_resident_mb(int(child)) for child in children)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--leads", type=int, default=100_000)
    arguments.add_argument("--profile", choices=PROFILES, action="append")
    arguments.add_argument("--times", type=int, default=1, help="give the median of so many exports")
    arguments.add_argument("--keep", type=Path, help="a folder for the database; it is filled when it is new")
    arguments.add_argument("--fill", action="store_true", help="only fill the folder of --keep")
    asked = arguments.parse_args()
    if asked.fill:
        fill(asked.keep, asked.leads)
        return
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing)
        if not Settings.read({}, root=folder).encryption_key_file.exists():
            # In a process of its own: one that begins counts the memory of the one that began it.
            command = [sys.executable, __file__, "--fill", "--keep", str(folder), "--leads", str(asked.leads)]
            subprocess.run(command, check=True)
        for profile in asked.profile or PROFILES:
            runs = [measure(folder, profile) for _ in range(asked.times)]
            middle = {name: median(each[name] for each in runs) for name in runs[0]}
            print(json.dumps({"profile": profile, **middle}), flush=True)


if __name__ == "__main__":
    main()

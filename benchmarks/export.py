"""How long an export of many leads takes, and how much memory: `python benchmarks/export.py [--leads 100000]`.

Each profile is made in a process of its own, from a database of leads as an intake leaves them: 15 answers, five
programmes with their reasons, two consents, a note.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from bot.settings import Settings
from bot.staff.desk import Desk
from bot.staff.export import PROFILES, Order, export
from bot.store import Store
from bot.store.tables import consent_texts, consents, conversations, counters, lead_events, lead_notes, leads, questions
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
FACTS = (
    "desired_work current_job place education employment benefit age hours schedule earn_while_learning dutch "
    "ict_background employer_supports employer_size budget"
).split()
ADVICE = {
    "programmes": [
        {
            "id": f"programma-{number}",
            "kind": "retraining",
            "name": f"Zij-instroomtraject mbo-verpleegkundige {number}",
            "verdict": "fits",
            "score": 0.7,
            "reasons": [
                {"text": "Dit leidt op voor wat je wilt: verpleegkundige.", "fact": "desired_work", "outcome": "met"},
                {"text": "Het is ongeveer 42 kilometer van Zwolle: Zutphen.", "fact": "place", "outcome": "met"},
                {"text": "Je krijgt loon terwijl je leert.", "fact": "earn_while_learning", "outcome": "met"},
            ],
            "plan": {
                "first_step": "Bel morgen.",
                "money": [{"id": f"geld-{each}", "text": "x" * 80} for each in range(6)],
            },
            "source": "https://example.nl/opleidingen",
            "checked": "2026-11-21",
        }
        for number in range(5)
    ],
    "subsidies": [
        {"id": f"regeling-{number}", "status": "maybe", "reasons": [{"text": "Vraag het na.", "outcome": "ask_first"}]}
        for number in range(15)
    ],
}


def fill(store: Store, count: int) -> None:
    """`count` leads, a thousand in a transaction."""
    with store.unit() as db:
        db.execute(insert(questions), [{"kind": "intake", "question": fact} for fact in FACTS])
        db.execute(insert(consent_texts), {"sha256": "0" * 64, "text": "Ja, een adviseur mag mij bellen."})
        db.execute(insert(counters), {"name": "change", "value": count})
    for first in range(1, count + 1, 1000):
        numbers = range(first, min(first + 1000, count + 1))
        with store.unit() as db:
            db.execute(insert(conversations), [_conversation(number) for number in numbers])
            db.execute(insert(leads), [_lead(number) for number in numbers])
            given = {"language": "nl", "text_sha256": "0" * 64, "given_at": NOON}
            db.execute(
                insert(consents),
                [
                    {"conversation_id": each, "purpose": what, **given}
                    for each in numbers
                    for what in ("contact", "keep")
                ],
            )
            noted = {"at": NOON, "author": "Sanne", "text": "Belt liever na 17:00."}
            db.execute(insert(lead_notes), [{"lead_id": each, **noted} for each in numbers])
            filed = {"at": NOON, "actor": "person", "kind": "filed", "detail": {}}
            db.execute(insert(lead_events), [{"lead_id": each, **filed} for each in numbers])


def _conversation(number: int) -> dict[str, object]:
    private = {"user": str(number), "state": {}}
    moments = {"created_at": NOON, "updated_at": NOON}
    return {
        "id": number,
        "channel": "telegram",
        "person": f"{number:064}",
        "private": private,
        "blocked": False,
        **moments,
    }


def _lead(number: int) -> dict[str, object]:
    at = NOON - timedelta(minutes=number % 100_000)
    return {
        "id": number,
        "reference": f"L-2026-{number:04}",
        "conversation_id": number,
        "kind": "intake",
        "status": "nieuw",
        "language": "nl",
        "channel": "telegram",
        "source": "flyer-overvecht",
        "sector": "zorg",
        "place": "Zwolle",
        "complete": True,
        "contact": {"name": f"Zoë de Vries {number}", "phone": f"+316{number:08}", "email": f"zoe{number}@example.nl"},
        "phone": f"{number:064}",
        "email": f"{number:064}",
        "answers": {fact: {"value": "mbo4", "said": "mbo niveau vier", "column": fact} for fact in FACTS},
        "advice": ADVICE,
        "versions": {"flow": "intake@3", "content": "abcdef123456"},
        "attempts": 0,
        "waiting_since": at,
        "next_action": "bellen",
        "next_action_on": at.date(),
        "created_at": at,
        "updated_at": at,
        "change": number,
    }


def measure(root: Path, profile: str) -> None:
    """One export, as JSON on the last line: seconds, peak memory, rows, size."""
    store = Store.open(Settings.read({}, root=root))
    member = store.team.named("Meter") or store.team.add("Meter", Role.ADVISER)
    start, cpu = time.perf_counter(), time.process_time()
    made = export(Desk(store, member, lambda: NOON), Order(profile))
    result = {
        "profile": profile,
        "leads": made.record.rows,
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "file_mb": round(made.file.stat().st_size / 1e6, 1),
    }
    made.file.unlink()
    store.close()
    print(json.dumps(result))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--leads", type=int, default=100_000)
    arguments.add_argument("--profile", choices=PROFILES, action="append")
    arguments.add_argument("--in", dest="root", type=Path, help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.root:
        measure(asked.root, asked.profile[0])
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Settings.read({}, root=Path(folder)))
        start = time.perf_counter()
        fill(store, asked.leads)
        store.close()
        print(f"{asked.leads} leads written in {time.perf_counter() - start:.0f} s")
        for profile in asked.profile or PROFILES:
            command = [sys.executable, __file__, "--in", folder, "--profile", profile]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


if __name__ == "__main__":
    main()

"""What a turn costs when more and more conversations are stored.

    python benchmarks/telegram/growth.py [10000 100000] > results/DATE-growth.jsonl

Each line: how many are stored, processor milliseconds a turn when a hundred are committed together, the database in MB.
"""

import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.wiring import open_compiled
from bot.conversations import Address, Conversations, Request
from bot.engine.events import Said, Started
from bot.engine.state import State
from bot.settings import Settings
from bot.store import Store
from bot.store.tables import conversations as table

PEOPLE, ROUNDS = 100, 8
CHUNK = 10_000


def fill(store: Store, count: int) -> None:
    at, state = datetime.now(UTC), State.new("nl").to_json()
    for start in range(0, count, CHUNK):
        addresses = [Address("telegram", str(10**9 + number)) for number in range(start, min(start + CHUNK, count))]
        rows = [
            {
                "channel": "telegram",
                "person": store.conversations.blind(address),
                "private": {"user": address.user, "state": state},
                "blocked": False,
                "created_at": at,
                "updated_at": at,
            }
            for address in addresses
        ]
        with store.transaction() as db:
            db.execute(table.insert(), rows)


def measure(conversations: Conversations) -> float:
    """Milliseconds of processor time for one of a hundred turns that are committed together (median)."""
    people = [Address("telegram", str(number)) for number in range(PEOPLE)]
    number, found = int(time.time() * 1000), []
    for event in (Started(None, "en"), *(Said(f"answer {count}") for count in range(ROUNDS))):
        requests = [Request(address, event, number + count) for count, address in enumerate(people)]
        number += PEOPLE
        began = time.process_time()
        replies = conversations.turns(requests)
        found.append((time.process_time() - began) / PEOPLE * 1000)
        conversations.store.outbox.sent_all([(each.id, 1) for reply in replies for each in reply.outgoing])
    return statistics.median(found)


def main(counts: list[int]) -> None:
    content = Path(tempfile.gettempdir()) / "overstap-bench-ten"  # ours.py makes it
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            env = {"CONTENT_DIR": str(content / "content"), "DATA_DIR": str(content / "data")}
            env |= {"DATABASE_URL": f"sqlite:///{folder}/o.db", "ENCRYPTION_KEY_FILE": f"{folder}/keys"}
            settings = Settings.read(env, root=Path(folder))
            store = Store.open(settings)
            fill(store, count)
            cost = measure(Conversations(store, open_compiled(settings), lambda: datetime.now(UTC)))
            size = (Path(folder) / "o.db").stat().st_size / 2**20
            print(json.dumps({"stored": count, "ms": round(cost, 3), "database_mb": round(size)}), flush=True)
            store.close()


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or [1, 100_000, 1_000_000])

"""Many processes that claim the same leads: `python benchmarks/claims.py [--processes 4] [--leads 200]`.

Every lead must be claimed once. `DATABASE_URL` chooses the database; without it, a new SQLite file is used.
"""

import argparse
import multiprocessing
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.engine.effects import LeadDraft
from bot.errors import BotError
from bot.settings import Settings
from bot.staff.desk import Desk
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def claim_all(settings: Settings, name: str, references: list[str]) -> tuple[set[str], list[float]]:
    """What one adviser got, and how long each attempt took, in seconds."""
    store = Store.open(settings)
    member = store.team.named(name)
    assert member is not None
    desk = Desk(store, member, lambda: NOON)
    won, seconds = set(), []
    for reference in references:
        start = time.perf_counter()
        try:
            desk.claim(reference)
            won.add(reference)
        except BotError:
            pass
        seconds.append(time.perf_counter() - start)
    store.close()
    return won, seconds


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--processes", type=int, default=4)
    arguments.add_argument("--leads", type=int, default=200)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = {"DATABASE_URL": os.environ.get("DATABASE_URL", ""), "ENCRYPTION_KEY_FILE": "keys/keys"}
        settings = Settings.read(env, root=Path(folder))
        store = Store.open(settings)
        names = [f"Adviseur {number}" for number in range(asked.processes)]
        for name in names:
            store.team.add(name, Role.ADVISER)
        references = [file_one(store, number) for number in range(asked.leads)]
        store.close()
        with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
            results = pool.starmap(claim_all, [(settings, name, references) for name in names])
    won = [len(claimed) for claimed, _ in results]
    seconds = sorted(each for _, attempts in results for each in attempts)
    double = sum(won) - len(set().union(*(claimed for claimed, _ in results)))
    print(f"{sum(won)} claims of {asked.leads} leads, {double} double; each got {won}")
    print(f"an attempt: median {seconds[len(seconds) // 2] * 1e3:.1f} ms, slowest {seconds[-1] * 1e3:.1f} ms")
    raise SystemExit(sum(won) != asked.leads or double)


def file_one(store: Store, number: int) -> str:
    contact = {"name": f"Persoon {number}", "phone": f"+316{number:08}"}
    draft = LeadDraft("intake", 1, "nl", None, {}, {}, contact, frozenset({"contact"}))
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", f"{os.getpid()}-{number}")], at=NOON)
        return file(store, person.id, "telegram", draft, Where("zorg", "Zwolle"), content="c", at=NOON).lead.reference


if __name__ == "__main__":
    main()

"""How fast the desk answers with many leads, and in how much memory: `python benchmarks/desk.py [--leads 100000]`.

Leads of every state, of twenty advisers, with answers and advice of some kilobytes, are put into a database: on SQLite,
or the empty one that `DATABASE_URL` names. Then `overstap desk` serves it, and one adviser opens each screen again and
again: the median and the 95th percentile of the time on the clock, over HTTP on this machine, the time of the processor
for a page, and the memory of the process. "after a change": a lead was changed before each, so that all is counted
anew. Last come twenty advisers at once, each of whom looks, opens leads and records calls: every call must be kept.
Each line says its bar and whether it is met; load says how busy the machine was: with more than one, believe cpu_ms.
"""

import argparse
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles

import httpx
from sqlalchemy import delete, insert, select

from bot.engine.effects import LeadDraft
from bot.settings import Settings
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.keys import Keys
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead, LeadChanges
from bot.store.tables import conversations, counters, lead_events, leads
from bot.store.team import Role

ROOT = Path(__file__).parent.parent
PORT = 8397
CHUNK = 2000
ADVISERS = 20
PLACES = ("Utrecht", "Zeist", "Nieuwegein", "Woerden", "Zwolle")
FIRST = (
    "Zoë Fatima Sanne Mohammed Jan Piet Agnieszka Ravi Salma Olena Kees Ingrid Tesfay Wim Noor Youssef Anna Daan Emma "
    "Lotte Bram Sem Julia Levi Mila Finn Sara Luuk Eva Thijs"
).split()
LAST = (
    "Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker Brouwer Dijkstra Kok Jacobs Vermeulen "
    "Schouten Willems Hoekstra Koster Prins Huisman Peeters Kuiper Blom Yilmaz Özdemir Nguyen Kowalski Haddad Bakali"
).split()
STATUSES = ("new", "claimed", "tried", "talking", "done")
REASONS = [{"text": f"Reden {number}: dit past bij wat de persoon zei over werk en opleiding."} for number in range(8)]
ADVICE = {
    "programmes": [
        {"id": f"programme-{each}", "name": f"Opleiding {each}", "verdict": "fits", "reasons": REASONS}
        for each in range(5)
    ]
}
SCREENS = {"Vandaag": "/desk/", "Nieuw": "/desk/?tab=new", "Vandaag, gefilterd": "/desk/?place=Zeist&kind=intake"}
LIST_BAR, LEAD_BAR, MEMORY_BAR = 150, 80, 150  # milliseconds of the 95th percentile; megabytes
ROUNDS = 5  # of each of the advisers at once


def fill(root: Path, count: int) -> None:
    """`count` leads, of which four in five are open."""
    settings, now = _settings(root), datetime.now(UTC)
    if not settings.sqlite and not settings.encryption_key_file.exists():  # a new SQLite makes its own
        Keys.new().write(settings.encryption_key_file)
    store = Store.open(settings)
    members = [store.team.add(f"Adviseur {number}", Role.ADVISER) for number in range(ADVISERS)]
    answers = {f"question_{each}": f"Een antwoord van een regel of twee, nummer {each}." for each in range(15)}
    draft = LeadDraft("intake", 3, "nl", "flyer", answers, answers, {"name": "Zoë"}, frozenset({"contact"}), ADVICE)
    with store.transaction() as db:
        (person,) = store.conversations.load([Address("telegram", "1")], at=now)
        lead = file(store, person.id, "telegram", draft, Where("zorg", "Utrecht"), content="c", at=now).lead
        like = dict(db.execute(select(leads)).mappings().one())
        db.execute(delete(leads))
        db.execute(delete(conversations))
        db.execute(counters.update().where(counters.c.name == "change").values(value=count))
    print(f"{count} leads are written: some minutes", flush=True)
    for first in range(1, count + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, count + 1))
        with store.transaction() as db:
            rows = [_lead(store, number, like, lead, members[number % ADVISERS].id, now) for number in numbers]
            db.execute(insert(leads), rows)
            events = [
                {"lead_id": each, "at": now, "actor": "person", "kind": "filed", "detail": {}} for each in numbers
            ]
            db.execute(insert(lead_events), events)
    store.search.complete()
    # What a database does by itself within minutes: PostgreSQL reads an index alone only of pages that it vacuumed.
    if settings.sqlite:
        with store.transaction() as db:
            db.exec_driver_sql("ANALYZE")
    else:
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.exec_driver_sql("VACUUM ANALYZE")
    store.close()


def _lead(
    store: Store, number: int, like: dict[str, object], of: Lead, assignee: int, now: datetime
) -> dict[str, object]:
    reference, status = f"L-2026-{number:04}", STATUSES[number % 5]
    at = now - timedelta(minutes=number % 30_000)
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    contact = {
        "name": f"{first} {last}",
        "phone": f"+316{number * 997 % 10**8:08}",
        "email": f"{first}.{last}{number}@example.nl".lower(),
    }
    sealed: LeadChanges = {
        "contact": contact,
        "answers": of.answers,
        "advice": of.advice,
        "source": of.source,
        "next_action": of.next_action,
        "outcome_detail": None,
    }
    return {
        **like,
        "id": number,
        "reference": reference,
        "conversation_id": None,
        "status": status,
        "assignee_id": None if status == "new" else assignee,
        "asked_at": at if number % 500 == 0 else None,
        "asked_reason": "asked" if number % 500 == 0 else None,
        "next_action_on": (now + timedelta(days=number % 40 - 3)).date() if status != "done" else None,
        "closed_at": at if status == "done" else None,
        "place": PLACES[number % len(PLACES)],
        "waiting_since": at,
        "created_at": at,
        "updated_at": at,
        "change": number,
        **store.leads.to_row(reference, sealed),
        **store.leads.indexes(contact),
    }


def measure(root: Path, times: int) -> None:
    settings = _settings(root)
    store = Store.open(settings)
    tokens = [secrets.token_urlsafe(32) for _ in range(ADVISERS)]
    for number, token in enumerate(tokens):
        member = store.team.named(f"Adviseur {number}")
        assert member
        store.sessions.start(member.id, token, datetime.now(UTC))
    overstap = str(Path(sys.executable).with_name("overstap"))
    env = {**os.environ, "CONTENT_DIR": str(ROOT), "WEBHOOK_PORT": str(PORT)}
    with subprocess.Popen([overstap, "desk"], cwd=root, env=env) as process:
        try:
            with _client(tokens[1]) as client:
                _until_ready(client)
                for name, path in SCREENS.items():
                    _measure(client, process.pid, name, [path] * times, LIST_BAR)
                csrf = re.findall(r'name="csrf" value="(\w+)"', client.get("/desk/search").text)[0]
                note = f"/desk/leads/{_mine(store)[0]}/note"

                def change() -> None:
                    client.post(note, data={"csrf": csrf, "text": "Belt liever na vijven."})

                _measure(client, process.pid, "Vandaag, after a change", ["/desk/"] * times, LIST_BAR, change)
                some = [f"/desk/leads/L-2026-{number:04}" for number in range(1, 7 * times, 7)]
                _measure(client, process.pid, "Lead", some, LEAD_BAR)
                for text in ("fatima jansen", "fatima", "0600000997", "zoë.jansen30@example.nl", "4321"):
                    client.post("/desk/search", data={"csrf": csrf, "text": text})
                    _measure(client, process.pid, f"Zoek {text!r}", ["/desk/search"] * max(3, times // 5), LIST_BAR)
            memory = round(_memory_mb(process.pid))
            _say({"memory_mb": memory, "bar": MEMORY_BAR, "met": memory < MEMORY_BAR})
            _together(store, process.pid, tokens)
        finally:
            process.terminate()
    store.close()


def _together(store: Store, process: int, tokens: list[str]) -> None:
    """Twenty advisers at once: each looks at the list, opens a lead of the same few, and records a call."""
    leads_of_all = _mine(store)[1:4]
    before = {each: store.leads.get(each).attempts for each in leads_of_all}
    for number in range(ADVISERS):  # so that each may record a call of any lead
        store.team.add(f"Adviseur {number}", Role.COORDINATOR)
    times: dict[str, list[float]] = {"Vandaag": [], "Lead": [], "call": []}

    def work(token: str) -> int:
        saved = 0
        with _client(token) as client:
            for turn in range(ROUNDS):
                path = f"/desk/leads/{leads_of_all[turn % len(leads_of_all)]}"
                times["Vandaag"].append(_timed(client, "/desk/"))
                start = time.perf_counter()
                page = client.get(path).text
                times["Lead"].append((time.perf_counter() - start) * 1000)
                csrf = re.findall(r'name="csrf" value="(\w+)"', page)[0]
                version = re.findall(r'name="version" value="(\d+)"', page)[0]
                said = {"csrf": csrf, "version": version, "outcome": "no_answer", "step": "proposed", "note": "Geen."}
                start = time.perf_counter()
                saved += client.post(f"{path}/call", data=said).status_code == 303
                times["call"].append((time.perf_counter() - start) * 1000)
        return saved

    spent, start = _cpu_ms(process), time.perf_counter()
    with ThreadPoolExecutor(ADVISERS) as pool:
        saved = sum(pool.map(work, tokens))
    seconds = time.perf_counter() - start
    for name, taken in times.items():
        _say({"together": name, "median_ms": round(median(taken)), "p95_ms": round(quantiles(taken, n=20)[18])})
    kept = sum(store.leads.get(each).attempts - before[each] for each in leads_of_all)
    said = {"calls_saved": saved, "calls_kept": kept, "met": saved == kept == ADVISERS * ROUNDS}
    requests = 3 * ADVISERS * ROUNDS
    _say(
        {**said, "requests_a_second": round(requests / seconds), "cpu_ms": round((_cpu_ms(process) - spent) / requests)}
    )


def _mine(store: Store) -> list[str]:
    """Some open leads of the one who is measured."""
    return [each.reference for each in store.leads.all(Filter(open=True, assignee=("Adviseur 1",)), 10)]


def _settings(root: Path) -> Settings:
    return Settings.read({"CONTENT_DIR": str(ROOT), "DATABASE_URL": os.environ.get("DATABASE_URL", "")}, root=root)


def _client(token: str) -> httpx.Client:
    # Longer than any bar: what is slow is measured, and not broken off.
    cookie = {"cookie": f"__Host-desk={token}"}
    return httpx.Client(base_url=f"http://127.0.0.1:{PORT}", headers=cookie, timeout=60)


def _until_ready(client: httpx.Client) -> None:
    for _ in range(1200):
        try:
            client.get("/healthz")
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the desk does not start")


def _timed(client: httpx.Client, path: str) -> float:
    start = time.perf_counter()
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return (time.perf_counter() - start) * 1000


def _measure(
    client: httpx.Client, process: int, name: str, paths: list[str], bar: int, before: Callable[[], None] | None = None
) -> None:
    """Also the time of the processor: beside others on a busy machine the clock says little."""
    times, spent = [], 0.0
    for path in paths:
        if before:
            before()
        start = _cpu_ms(process)
        times.append(_timed(client, path))
        spent += _cpu_ms(process) - start
    parts = quantiles(times, n=20)
    said = {"screen": name, "median_ms": round(parts[9]), "p95_ms": round(parts[18])}
    _say({**said, "cpu_ms": round(spent / len(paths)), "bar": bar, "met": parts[18] < bar})


def _say(found: dict[str, object]) -> None:
    print(json.dumps({**found, "load": round(os.getloadavg()[0], 1)}, ensure_ascii=False), flush=True)


def _cpu_ms(process: int) -> float:
    user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * 1000 / os.sysconf("SC_CLK_TCK")


def _memory_mb(process: int) -> float:
    """What is its own and its part of what it shares, as Linux tells it."""
    said = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(re.findall(r"Pss:\s*(\d+)", said)[0]) / 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--leads", type=int, default=100_000)
    arguments.add_argument("--times", type=int, default=40)
    arguments.add_argument("--keep", type=Path, help="a folder for the database; it is filled when it is new")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        folder = asked.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "filled").exists():
            fill(folder, asked.leads)
            (folder / "filled").touch()
        measure(folder, asked.times)


if __name__ == "__main__":
    main()

"""Several processes behind one nginx, on one PostgreSQL: impatient people, kills, chats that must wait.

    BENCH=FOLDER_OF_FAKEAPI .venv/bin/python benchmarks/telegram/several.py burst --processes 4
    BENCH=... .venv/bin/python benchmarks/telegram/several.py kill --people 500 --seconds 600

`burst`: everybody sends ten answers at once. `kill`: everybody answers what they are asked, as on Telegram; a process
gets kill -9 every few seconds and starts again, and some calls get 429. Afterwards the database is asked whether each
answer stands under its question. What came twice was in flight when it first came less than half a second before a
kill: sent, and not yet written down as sent. It makes a database of its own, and drops it.
"""

import argparse
import asyncio
import json
import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, os.environ["BENCH"])
import fakeapi  # type: ignore[import-not-found]
from fakeapi import Script, User, World

from bot.settings import Settings
from bot.store import Address, Store
from bot.store.keys import Keys

HERE = Path(__file__).parent
TOKEN = "123456789:AAbenchbenchbenchbenchbenchbenchbench"
SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432").replace("+psycopg", "")
QUESTIONS = 10
IN_FLIGHT = 0.5  # seconds
API, PROXY, FIRST = 18691, 18692, 18700  # ports


class Person(User):  # type: ignore[misc]
    """Answers with the number of the question, so that a wrong place shows."""

    __slots__ = ("again", "impatient", "numbers", "texts", "thanked")

    def begin(self) -> None:
        self.numbers: list[int] = []
        self.texts: dict[str, float] = {}  # and when each first came
        self.again: list[float] = []  # when what came twice first came
        self.thanked = False
        self.impatient = getattr(self.w, "impatient", False)
        self.say("/start")

    def on_bot(self, _method: str, message: dict[str, str], _markup: object) -> None:
        text = message.get("text", "")
        if text in self.texts:
            self.again.append(self.texts[text])
        self.texts.setdefault(text, time.monotonic())
        self.thanked |= text.endswith("A counsellor will contact you.")
        if "question " not in text:
            return
        number = int(text.rpartition("question ")[2].split()[0])
        is_new = number not in self.numbers
        self.numbers.append(number)
        if self.impatient and len(self.numbers) == 1:
            for each in range(1, QUESTIONS + 1):
                self.say(f"answer {each}")
        elif not self.impatient and is_new:
            asyncio.get_running_loop().call_later(random.uniform(0.2, 6), self.say, f"answer {number}")

    @property
    def in_order(self) -> bool:
        return list(dict.fromkeys(self.numbers)) == list(range(1, QUESTIONS + 1)) and self.thanked


class Ours:
    """The processes, their database and the proxy before them."""

    def __init__(self, number: int) -> None:
        self.name = f"overstap_bench_{secrets.token_hex(4)}"
        self.work = Path(tempfile.mkdtemp(prefix="several-"))
        self.ports = [FIRST + each for each in range(number)]
        self.processes: dict[int, subprocess.Popen[bytes]] = {}
        self.nginx: subprocess.Popen[bytes] | None = None
        self._server(f'CREATE DATABASE "{self.name}"')
        Keys.new().write(self.work / "encryption.keys")

    def _server(self, statement: str) -> None:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as db:
            db.execute(statement.encode())

    def start(self, port: int) -> None:
        env = {
            "BASE_URL": f"http://127.0.0.1:{API}/bot",
            "TOKEN": TOKEN,
            "TRANSPORT": "webhook",
            "WEBHOOK_PORT": str(port),
            "WEBHOOK_URL": f"http://127.0.0.1:{PROXY}/telegram",
            "SECRET": "s3cret-token-s3cret",
            "WORKDIR": str(self.work),
            "BENCH_DATABASE": f"{SERVER}/{self.name}",
        }
        log = (self.work / f"{port}.log").open("ab")
        self.processes[port] = subprocess.Popen(
            [sys.executable, str(HERE / "ours.py")], env={**os.environ, **env}, stdout=log, stderr=log
        )

    def proxy(self) -> None:
        """nginx as docs/operations.md has it, without TLS."""
        upstream = "\n".join(f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;" for port in self.ports)
        text = (HERE / "nginx.conf").read_text().replace("@UPSTREAM@", upstream)
        text = text.replace("@PORT@", str(PROXY)).replace("@WORK@", str(self.work))
        (self.work / "nginx.conf").write_text(text)
        command = ["nginx", "-c", str(self.work / "nginx.conf"), "-p", str(self.work)]
        self.nginx = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def close(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            process.wait(15)
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait(15)
        self._server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def wrong(self, base: int, people: int) -> dict[str, Any]:
        """What the database says afterwards."""
        env = {"DATABASE_URL": f"{SERVER}/{self.name}", "ENCRYPTION_KEY_FILE": str(self.work / "encryption.keys")}
        store = Store.open(Settings.read(env, root=self.work))
        found: Counter[str] = Counter()
        for number in range(people):
            person = store.conversations.find(Address("telegram", str(base + number)))
            answers = {} if person is None else {name: each.raw for name, each in person.state.answers.items()}
            wanted = {f"q{each}": f"answer {each}" for each in range(1, QUESTIONS + 1)}
            found["right" if answers == wanted else "wrong"] += 1
        with store.reading() as db:
            states = db.exec_driver_sql("SELECT state, count(*) FROM outbox GROUP BY state").all()
            updates = db.exec_driver_sql("SELECT state, count(*) FROM inbox GROUP BY state").all()
        store.close()
        return {"answers": dict(found), "outbox": dict(map(tuple, states)), "inbox": dict(map(tuple, updates))}


async def main(given: argparse.Namespace) -> None:
    world = World(Script({"answers": ["x"]}), flood_chat=given.flood)
    world.impatient = given.kind == "burst"
    await fakeapi.serve(world, port=API)
    ours = Ours(given.processes)
    try:
        ours.start(ours.ports[0])  # it makes the tables, and what is learnt from the content
        await asyncio.wait_for(world.ready_evt.wait(), 180)
        for port in ours.ports[1:]:
            ours.start(port)
        ours.proxy()
        await asyncio.sleep(given.warm)
        rounds = given.rounds if given.kind == "burst" else 1
        for each in range(rounds):
            await run(given, world, ours, base=20_000 + each * given.people)
    finally:
        ours.close()


async def run(given: argparse.Namespace, world: Any, ours: Ours, base: int) -> None:
    world.users = {base + number: Person(world, base + number) for number in range(given.people)}
    began, kills = time.monotonic(), list[float]()
    for user in world.users.values():
        asyncio.get_running_loop().call_later(random.uniform(0, given.spread), user.begin)
        user.numbers, user.texts, user.again, user.thanked = [], {}, [], False
    next_kill = began + given.every
    while time.monotonic() - began < given.seconds and not all(user.thanked for user in world.users.values()):
        await asyncio.sleep(0.1)
        if given.kind == "kill" and time.monotonic() > next_kill:
            port = random.choice(ours.ports)
            kills.append(time.monotonic())
            ours.processes[port].kill()
            ours.processes[port].wait()
            ours.start(port)
            next_kill = time.monotonic() + random.uniform(0.5, 1.5) * given.every
    took = time.monotonic() - began
    await asyncio.sleep(2)
    users = list(world.users.values())
    again = [each for user in users for each in user.again]
    in_flight = sum(any(0 <= kill - each < IN_FLIGHT for kill in kills) for each in again)
    result = {
        "kind": given.kind,
        "processes": given.processes,
        "people": given.people,
        "seconds": round(took, 1),
        "kills": len(kills),
        "told_to_wait": world.n_429,
        "right_and_in_order": sum(user.in_order for user in users),
        "stuck": sum(not user.thanked for user in users),
        "messages_twice": len(again),
        "of_them_in_flight": in_flight,
    }
    print(json.dumps(result | await asyncio.to_thread(ours.wrong, base, given.people)), flush=True)


if __name__ == "__main__":
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("kind", choices=["burst", "kill"])
    reader.add_argument("--processes", type=int, default=4)
    reader.add_argument("--people", type=int, default=20)
    reader.add_argument("--seconds", type=float, default=60)
    reader.add_argument("--rounds", type=int, default=1)
    reader.add_argument("--every", type=float, default=5, help="seconds between kills")
    reader.add_argument("--spread", type=float, default=0, help="seconds in which people begin")
    reader.add_argument("--flood", type=int, default=0, help="messages a second to one chat, above which comes 429")
    reader.add_argument("--warm", type=float, default=6)
    asyncio.run(main(reader.parse_args()))

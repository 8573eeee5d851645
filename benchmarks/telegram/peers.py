"""Ours beside aiogram, and our own intake, in one go: some ten minutes on a quiet machine with two cores.

    BENCH=FOLDER PYTHON=.../python AIOGRAM=.../python .venv/bin/python benchmarks/telegram/peers.py [--out FILE.jsonl]

BENCH holds the load bench: `fakeapi.py`, `run.py` and `bots/aio_fsm.py`, which are no part of this project. Two virtual
environments, whose libraries come from the registry:

    python3 -m venv bench && bench/bin/pip install uvloop httptools psutil orjson     # PYTHON=bench/bin/python
    python3 -m venv peer && peer/bin/pip install aiogram uvloop                       # AIOGRAM=peer/bin/python

`BENCH_FOLDER` is where the content of each kind is kept built; the temporary folder if it is not set. In a few minutes
`--rounds 1 --seconds 2` shows that all of it works. The bots take turns, round by round, so that each ratio is of two
runs that stood beside each other. Peers are asked ten plain questions: nothing in them reads a wish or gives advice, so
our own intake has no ratio, only bars.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from ours import content

HERE = Path(__file__).parent
OURS = [sys.executable, str(HERE / "ours.py")]
LONGEST = 300  # seconds for one run, its start included
TRIES = 2  # a bot that did not start in time, on a machine that was busy for a moment


@dataclass(frozen=True)
class Bot:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """Two bots under one load. `bar`: how many times the updates a second of the other ours is to handle."""

    what: str
    other: Bot
    chats: int
    transport: str
    bar: float


TEN, OWN = Bot("ours, ten plain questions", OURS), Bot("ours, the real intake", OURS, {"CONTENT": "own"})
BARS = {"ups": 800, "cpu_ms_per_update": 1.2, "p99_ms": 300, "rss_mb": 220}
"""Of our own intake, with web and desk in one process; all but the first are the most that it may be."""


def pairs(aiogram: str, bench: Path) -> Iterator[Pair]:
    command = [aiogram, str(bench / "bots" / "aio_fsm.py")]
    plain = Bot("aiogram in memory", command)
    tuned = Bot("aiogram in memory, uvloop, reply in the response", command, {"LOOP": "uvloop", "HOOK": "reply"})
    for transport in ("polling", "webhook"):
        yield Pair(f"one chat at a time, {transport}", plain, 1, transport, 0.9)
    yield Pair("100 chats, polling", plain, 100, "polling", 1.3)
    yield Pair("100 chats, webhook", plain, 100, "webhook", 1.5)
    yield Pair("100 chats, webhook, beside aiogram tuned", tuned, 100, "webhook", 1.1)


def run(bot: Bot, chats: int, transport: str, seconds: float, bench: Path) -> dict[str, Any]:
    """One run of the load bench."""
    own = bot.env.get("CONTENT") == "own"
    script = [str(HERE / "intake.py"), "--script", str(HERE / "intake.json")] if own else [str(bench / "run.py")]
    load = ["--chats", str(chats), "--transport", transport, "--min-s", str(seconds), "--pre", "5", "--name", bot.name]
    command = [os.environ["PYTHON"], *script, *load, "--", *bot.command]
    env = {**os.environ, "BENCH": str(bench), **bot.env}
    for _ in range(TRIES):
        done = subprocess.run(command, cwd=bench, env=env, capture_output=True, text=True, check=False, timeout=LONGEST)
        if done.returncode == 0 and done.stdout.strip():
            result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
            return result
    raise SystemExit(f"{bot.name}: {done.stderr[-600:]}")


def build() -> None:
    """Have what is built from the content on disk, as on any start but the first: it can take longer than a run."""
    kept = Path(os.environ.get("BENCH_FOLDER", tempfile.gettempdir()))
    for kind in ("ten", "own"):
        copied = kept / f"overstap-bench-{kind}" / "content"
        shutil.rmtree(copied, ignore_errors=True)  # of an older version, perhaps
        root = content(copied, kind)
        with tempfile.TemporaryDirectory() as home:
            env = {**os.environ, "CONTENT_DIR": str(root), "OVERSTAP_HOME": home}
            (Path(home) / "flows").mkdir()
            asks = [sys.executable, "-c", "from bot.cli import main; main()", "faq", "bestaat STAP nog"]
            subprocess.run(asks, env=env, stdout=subprocess.DEVNULL, check=True)


def say(result: dict[str, Any]) -> str:
    speed = f"{result['ups']:.0f} updates/s, p99 {result['p99_ms']:.0f} ms"
    cost = f"{result['cpu_ms_per_update']:.2f} ms of processor time, {result['rss_mb']:.0f} MB"
    return f"{speed}, {cost}; others used {result['other_cpu_pct']:.0f} %"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=float, default=5.0, help="each run takes at least so long")
    arguments.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "peers.jsonl")
    asked = arguments.parse_args()
    bench = Path(os.environ["BENCH"]).resolve()
    build()
    ratios: dict[str, list[float]] = defaultdict(list)
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    every = list(pairs(os.environ["AIOGRAM"], bench))
    with asked.out.open("a", encoding="utf-8") as out:
        for number in range(asked.rounds):
            for pair in every:
                ours, other = (run(one, pair.chats, pair.transport, asked.seconds, bench) for one in (TEN, pair.other))
                ratios[pair.what].append(ours["ups"] / other["ups"])
                out.write(f"{json.dumps(ours)}\n{json.dumps(other)}\n")
                print(f"{number + 1}. {pair.what}\n   ours: {say(ours)}\n   other: {say(other)}", flush=True)
            for transport in ("polling", "webhook"):
                result = run(OWN, 100, transport, asked.seconds, bench)
                own[transport].append(result)
                out.write(f"{json.dumps(result)}\n")
                print(f"{number + 1}. the real intake, 100 chats, {transport}\n   ours: {say(result)}", flush=True)
    print("\n| what | median of the rounds | range | bar | |\n| --- | --- | --- | --- | --- |")
    for pair in every:
        found = ratios[pair.what]
        met = "met" if median(found) >= pair.bar else "NOT MET"
        print(
            f"| {pair.what}: times | {median(found):.2f} | {min(found):.2f} to {max(found):.2f} | {pair.bar} | {met} |"
        )
    for transport, results in own.items():
        for name, bar in BARS.items():
            found = [one[name] for one in results]
            met = "met" if (median(found) >= bar if name == "ups" else median(found) <= bar) else "NOT MET"
            what = f"the real intake, {transport}: {name}"
            print(f"| {what} | {median(found):.2f} | {min(found):.2f} to {max(found):.2f} | {bar} | {met} |")


if __name__ == "__main__":
    main()

"""Overstap and its peers under the same load, interleaved, as a table and a plot.

    BENCH=FOLDER PEERS_PTB=PYTHON PEERS_AIOGRAM=PYTHON python benchmarks/telegram/load.py run [--rounds 3] [--chats 100]
    python benchmarks/telegram/load.py table results/DATE.jsonl > results/DATE.md
    python benchmarks/telegram/load.py plot results/DATE.jsonl results/DATE-growth.jsonl

BENCH is the load bench (run.py, fakeapi.py, bots/); the two others are the interpreters of venvs with the peers.
Wall-clock figures compare only within one run on a quiet machine: look at `other CPU %` first.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results"
OURS = "Overstap: encrypted, committed, inbox and outbox"
NEEDED = "aiogram FSM, memory"


def bots() -> dict[str, tuple[list[str], dict[str, str]]]:
    ptb, aiogram = os.environ["PEERS_PTB"], os.environ["PEERS_AIOGRAM"]
    own = os.environ.get("OVERSTAP_PYTHON", str(HERE.parents[1] / ".venv/bin/python"))
    return {
        OURS: ([own, str(HERE / "ours.py")], {}),
        NEEDED: ([aiogram, "bots/aio_fsm.py"], {}),
        "aiogram, own SQLite": ([aiogram, "bots/aio_fsm.py"], {"STORE": "sqlite"}),
        "PTB ConversationHandler, memory": ([ptb, "bots/ptb_conv.py"], {}),
        "PTB, best client, SQLAlchemy commit": (
            [ptb, "bots/ptb_own.py"],
            {"STORE": "sqlalchemy", "CONC": "256", "REQ": "aiohttp-orjson", "LOOP": "uvloop"},
        ),
    }


def run(rounds: int, chats: list[int], delay: int, match: str) -> Path:
    """Measure every bot once, then again: what changes on the machine hits all of them."""
    RESULTS.mkdir(exist_ok=True)
    out = RESULTS / f"{datetime.now(UTC):%Y-%m-%d-%H%M}.jsonl"
    for _ in range(rounds):
        for number in chats:
            for name, (command, env) in bots().items():
                for transport in ("polling", "webhook"):
                    if match not in name:
                        continue
                    line = measure(name, command, env, transport, number, delay)
                    if line:
                        with out.open("a") as file:
                            file.write(line + "\n")
    return out


def measure(name: str, command: list[str], env: dict[str, str], transport: str, chats: int, delay: int) -> str | None:
    arguments = ["--chats", str(chats), "--transport", transport, "--name", name, "--api-delay", str(delay)]
    arguments += ["--port", "18821", "--pre", "20" if chats > 1 else "5", *(["--min-s", "1.5"] if chats == 1 else [])]
    if name == OURS:
        arguments += ["--script", str(HERE / "intake10.json")]
    done = subprocess.run(
        [os.environ["PEERS_PTB"], "run.py", *arguments, "--", *command],
        cwd=os.environ["BENCH"],
        env={**os.environ, **env, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    print(lines[-1][:160] if lines else f"FAILED {name} {transport}: {done.stderr[-300:]}", file=sys.stderr)
    return lines[-1] if lines else None


def lines(files: list[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def read(files: list[Path]) -> dict[tuple[str, int, float, str], list[dict[str, Any]]]:
    rows: dict[tuple[str, int, float, str], list[dict[str, Any]]] = defaultdict(list)
    for row in lines(files):
        if "stored" not in row:  # those are of growth.py
            rows[row["transport"], row["chats"], row["api_delay_ms"], row["name"]].append(row)
    return rows


def median(rows: list[dict[str, Any]], column: str) -> float:
    return statistics.median(row[column] for row in rows) if rows else 0.0


def table(files: list[Path]) -> None:
    rows = read(files)
    columns = ["ups", "p50_ms", "p99_ms", "cpu_ms_per_update", "rss_mb", "cold_s", "other_cpu_pct"]
    heads = ["bot", "transport", "chats", "delay ms", "n"]
    heads += ["updates/s", "p50 ms", "p99 ms", "CPU ms", "RSS MB", "cold s", "other CPU %"]
    print(f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}", sep="\n")
    for (transport, chats, delay, name), found in sorted(rows.items()):
        middle = [f"{median(found, column):.4g}" for column in columns]
        print(f"| {name} | {transport} | {chats} | {delay:g} | {len(found)} | {' | '.join(middle)} |")
    print()
    for (transport, chats, delay, name), found in sorted(rows.items()):
        peer = rows.get((transport, chats, delay, NEEDED))
        if name == OURS and peer:
            wanted = ("ups", "p99_ms", "cpu_ms_per_update")
            said = ", ".join(f"{column} {median(found, column) / median(peer, column):.2f}" for column in wanted)
            print(f"- {transport}, {chats} chats, {delay:g} ms: ours to aiogram in memory: {said}")


def plot(files: list[Path], out: Path) -> None:
    """Beside the peers at 100 chats; with more and more chats; with more and more conversations that are stored."""
    import matplotlib.pyplot as plt

    rows = {key: found for key, found in read(files).items() if key[2] == 0}
    figure, (peers, chats, stored) = plt.subplots(1, 3, figsize=(16, 4), width_ratios=(5, 4, 3))
    names = sorted({name for _, number, _, name in rows if number == 100}, key=lambda name: (name != OURS, name))
    for offset, transport in ((-0.2, "polling"), (0.2, "webhook")):
        values = [median(rows.get((transport, 100, 0, name), []), "ups") for name in names]
        colour = "#00468c" if transport == "polling" else "#7fa6cc"
        peers.barh([place + offset for place in range(len(names))], values, 0.4, label=transport, color=colour)
    peers.set_yticks(range(len(names)), [name.partition(":")[0] for name in names])
    peers.invert_yaxis()
    peers.set(title="100 chats", xlabel="updates/s")
    peers.legend()

    for name, colour in ((OURS, "#00468c"), (NEEDED, "#9aa7b5")):
        for transport, line in (("polling", "-"), ("webhook", "--")):
            found = sorted(
                (number, each) for (way, number, _, who), each in rows.items() if (way, who) == (transport, name)
            )
            values = [median(each, "cpu_ms_per_update") for _, each in found]
            label = f"{name.partition(':')[0]}, {transport}"
            chats.plot([number for number, _ in found], values, line, marker="o", color=colour, label=label)
    chats.set(title="more chats at once", xlabel="chats", ylabel="CPU ms per update", xscale="log", ylim=(0, None))
    chats.legend()

    growth = sorted((row["stored"], row["ms"]) for row in lines(files) if "stored" in row)
    stored.plot([count for count, _ in growth], [ms for _, ms in growth], marker="o", color="#00468c")
    stored.set(title="more conversations stored", xlabel="conversations", ylabel="CPU ms per turn", xscale="log")
    stored.set_ylim(0, 1.2 * max((ms for _, ms in growth), default=1))
    figure.tight_layout()
    figure.savefig(out, dpi=100)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["run", "table", "plot"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--chats", type=int, nargs="+", default=[100])
    parser.add_argument("--delay", type=int, default=0, help="ms that the fake Telegram waits before each answer")
    parser.add_argument("--match", default="")
    given = parser.parse_args()
    if given.what == "run":
        print(run(given.rounds, given.chats, given.delay, given.match))
    elif given.what == "table":
        table(given.files)
    else:
        plot(given.files, given.files[0].with_suffix(".png"))

"""What a turn of the real intake costs one process, lead and outbox included: processor time, and memory.

    .venv/bin/python benchmarks/turns.py [--people 27] [--rounds 3] [--profile FILE]

Nobody is between us and the bot: everybody answers in step, and the answers of one step are one commit, as when many
write at once. `telegram/intake.json` says who answers what; everybody names other work. A person comes back in no other
round. The database is new, of this run only.
"""

import argparse
import cProfile
import json
import os
import re
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

from bot.cli.wiring import open_compiled, open_conversations
from bot.conversations import Address, Conversations, Outgoing, Request
from bot.engine.events import Said, Started
from bot.settings import Settings

HERE = Path(__file__).parent
NAMES = re.compile(r"name: \{.*\ben: ([^,}]+)")


def wishes() -> list[str]:
    files = sorted((HERE.parent / "knowledge" / "occupations").glob("*.yaml"))
    return [name for file in files for name in NAMES.findall(file.read_text(encoding="utf-8"))]


class Script:
    """What people say to a question; None when there is no more to say."""

    def __init__(self) -> None:
        told = json.loads((HERE / "telegram" / "intake.json").read_text(encoding="utf-8"))
        self.rules = [(re.compile(rule["match"]), rule["answer"]) for rule in told["rules"]]
        self.ignored, self.done = re.compile(told["ignore"]), re.compile(told["done"])
        self.otherwise = told["answers"][0]
        self.work, self.said = wishes(), 0

    def answer(self, outgoing: tuple[Outgoing, ...]) -> str | None:
        asked = next(
            (one.message.text for one in outgoing if not self.ignored.search(one.message.text)),
            outgoing[-1].message.text,
        )
        if self.done.search(asked):
            return None
        answer = next((answer for match, answer in self.rules if match.search(asked)), self.otherwise)
        self.said += "{work}" in answer
        return answer.replace("{work}", self.work[self.said % len(self.work)])


def play(conversations: Conversations, script: Script, people: int, first: int) -> tuple[int, int]:
    """A whole intake of so many people; gives the turns, and how many came to their lead."""
    requests = [Request(Address("bench", str(first + one)), Started(None, "en")) for one in range(people)]
    turns, leads = 0, 0
    for _ in range(40):
        replies = conversations.turns(requests)
        turns += len(requests)
        conversations.store.outbox.sent_all((one.id, one.id) for reply in replies for one in reply.outgoing)
        after = []
        for request, reply in zip(requests, replies, strict=True):
            said = script.answer(reply.outgoing)
            if said is None:
                leads += 1
            else:
                after.append(Request(request.address, Said(said), f"{request.address.user}-{turns}"))
        requests = after
        if not requests:
            break
    return turns, leads


def memory() -> int:
    """MB that this process has now; 0 where the system does not say."""
    path = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+)", path.read_text()) if path.exists() else None
    return int(found[1]) // 1024 if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--people", type=int, default=27)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "ENCRYPTION_KEY_FILE": f"{folder}/keys",
            "DATA_DIR": f"{folder}/data",
        }
        settings = Settings.read()
        conversations = open_conversations(settings, open_compiled(settings))
        began = memory()
        script = Script()
        play(conversations, script, arguments.people, 1)  # what is only done once
        profile = cProfile.Profile(time.process_time) if arguments.profile else None
        start, turns, leads = time.process_time(), 0, 0
        with profile or nullcontext():
            for number in range(arguments.rounds):
                done = play(conversations, script, arguments.people, 1000 * (number + 1))
                turns, leads = turns + done[0], leads + done[1]
        taken = time.process_time() - start
        if profile:
            profile.dump_stats(arguments.profile)
        print(
            f"{1000 * taken / turns:.2f} ms of processor time a turn; {turns} turns, {leads} of "
            f"{arguments.people * arguments.rounds} to a lead; {began} MB before, {memory()} MB now"
        )


if __name__ == "__main__":
    main()

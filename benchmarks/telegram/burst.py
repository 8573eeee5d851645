"""Impatient people: after the first question each sends all ten answers at once. Counts who is answered in order.

Run as `overstap`'s side of the load bench: BENCH is the folder with its `fakeapi.py`; the rest is the bot's command.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, os.environ["BENCH"])
from fakeapi import Script, User, World, serve  # type: ignore[import-not-found]

TOKEN = "123456789:AAbenchbenchbenchbenchbenchbenchbench"
HERE = Path(__file__).parent
QUESTIONS = 10
PORT = 18591


class Impatient(User):  # type: ignore[misc]
    __slots__ = ("numbers", "thanked")

    def begin(self) -> None:
        self.numbers: list[str] = []
        self.thanked = False
        self.say("/start")

    def on_bot(self, method: str, message: dict[str, str], _markup: object) -> None:
        text = message.get("text", "")
        self.thanked |= text.endswith("A counsellor will contact you.")
        if "question " not in text:
            return
        self.numbers.append(text.rpartition("question ")[2].split()[0])
        if len(self.numbers) == 1:
            for number in range(QUESTIONS):
                self.say(f"answer {number}")


async def main(transport: str, command: list[str], people: int = 20, within: float = 30) -> None:
    world = World(Script({"answers": ["x"]}))
    await serve(world, port=PORT)
    env = {
        "BASE_URL": f"http://127.0.0.1:{PORT}/bot",
        "TOKEN": TOKEN,
        "TRANSPORT": transport,
        "WEBHOOK_PORT": str(PORT + 1),
        "WEBHOOK_URL": f"http://127.0.0.1:{PORT + 1}/hook",
        "SECRET": "s3cret-token",
        "WORKDIR": tempfile.mkdtemp(),
    }
    bot = subprocess.Popen(command, env={**os.environ, **env})
    await asyncio.wait_for(world.ready_evt.wait(), 120)
    world.users = {20_000 + number: Impatient(world, 20_000 + number) for number in range(people)}
    for user in world.users.values():
        user.begin()
    try:
        async with asyncio.timeout(within):
            while not all(user.thanked for user in world.users.values()):
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    bot.terminate()
    bot.wait()
    wanted = [str(number) for number in range(1, QUESTIONS + 1)]
    right = sum(user.numbers == wanted and user.thanked for user in world.users.values())
    print(json.dumps({"transport": transport, "people": people, "right_and_in_order": right}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2:]))

"""A program on the other end of `overstap chat --jsonl`: puts somebody before a question, and talks.

`Bot()` starts one process; `.open(row)` gives a `Talk` in which the question of a labelled row is open.
"""

import json
import subprocess
import sys
from itertools import count, takewhile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CHAT = [sys.executable, "-c", "from bot.cli import main; main()", "chat", "--jsonl", "--on", "2026-11-26"]
# Who stands in where a row is silent, in the order in which things are asked.
STOCK = {
    "desired_work": "softwareontwikkelaar",
    "current_job": "bezorger",
    "place": "Utrecht",
    "education": "mbo4",
    "employment": "job_seeker",
    "benefit": "ww",
    "age": 34,
    "hours": 24,
    "dutch": "b1",
    "ict_background": False,
    "refine": False,
    "earn_while_learning": False,
    "schedule": ["daytime"],
    "budget": 0,
    "may_contact": True,
    "name": "Sam",
    "reach": "0612345678",
    "may_keep": False,
}
PRECISELY = ("earn_while_learning", "schedule", "budget")  # asked only after a yes to `refine`


class Bot:
    def __init__(self) -> None:
        self.process = subprocess.Popen(CHAT, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self._chats = count()

    def ask(self, chat: str, **said: Any) -> dict[str, Any]:
        """One line there and one back; raises RuntimeError with what the bot says is wrong with it."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"chat": chat, **said}) + "\n")
        self.process.stdin.flush()
        reply: dict[str, Any] = json.loads(self.process.stdout.readline())
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply

    def open(self, row: dict[str, Any]) -> "Talk":
        chat, language, asked = str(next(self._chats)), row.get("ui", "nl"), row["asked"]
        confirm, _, what = asked.partition(":")
        waits = confirm == "confirm"
        if asked == "start" or (waits and row.get("before")):
            talk = Talk(self, chat, self.ask(chat, start=None, language=language))
            for text in row.get("before", ()):
                talk.say(text)
            return talk
        fact, _, value = what.partition("=")
        waiting = {"for": "confirm", "facts": {fact: int(value) if value.isdecimal() else value}} if waits else None
        waiting = {"for": "wipe"} if asked == "wipe" else waiting
        at = fact if waits else "place" if asked == "wipe" else asked
        answers = {**_stock(at), **{name: given for name, given in row["known"].items() if name != at}}
        return Talk(self, chat, self.ask(chat, answers=answers, at=at, language=language, waiting=waiting))

    def close(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()


class Talk:
    """`last`: the line that came back last."""

    def __init__(self, bot: Bot, chat: str, first: dict[str, Any]) -> None:
        self.bot, self.chat, self.last = bot, chat, first

    def say(self, text: str) -> dict[str, Any]:
        self.last = self.bot.ask(self.chat, said=text)
        return self.last

    @property
    def yes(self) -> str:
        return "Ja" if self.last["language"] == "nl" else "Yes"


def _stock(at: str) -> dict[str, Any]:
    """The answers of the stock person to what is asked before."""
    before = dict(takewhile(lambda one: one[0] != at, STOCK.items()))
    if at in PRECISELY:
        return {**before, "refine": True}
    return {name: given for name, given in before.items() if name not in PRECISELY}

"""How whole conversations go: scripted people, from the first question to the first result, over `chat --jsonl`.

    .venv/bin/python benchmarks/gold_conversations.py [FILE.jsonl]... [-v]

The rows are conversations of gold/messages (its README.md says what each field means). The bot asks a question; the
person types the next message for it (the last one repeats), after a remark if there is one there. A play-back that
waits for a yes gets one when it is right, else a no; "which one?" gets the right label. It ends at the first result,
or after `MOST` turns.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "benchmarks" / "messages")]

from driver import Bot, Talk  # noqa: E402
from gold_messages import GOLD, LABELLED, is_right, told  # noqa: E402

FILE = GOLD / "conversations_dev.jsonl"
MOST = 40  # turns of the person
AFTER = {"refine", "may_contact", "earn_while_learning", "schedule", "budget", "name", "reach"}
WORDS = {"nl": ("Nee", "Geen van deze", "weet ik niet"), "en": ("No", "None of these", "I don't know")}


@dataclass
class Outcome:
    """What became of a conversation. `put`: questions of the bot; `again`: answers that had to be given again."""

    row: dict[str, Any]
    turns: int = 0
    put: int = 0
    back: int = 0
    asked: set[str] = field(default_factory=set)
    used: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    reached: bool = False
    asks: Counter[str] = field(default_factory=Counter)
    verdicts: dict[str, str] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    @property
    def again(self) -> int:
        return sum(times - 1 for times in self.used.values())

    @property
    def told_again(self) -> list[str]:
        return [fact for fact in self.row["told"] if fact in self.asked]

    @property
    def facts_right(self) -> bool:
        return self.reached and not {"wrong", "missing"} & set(self.verdicts.values())

    @property
    def hit(self) -> bool | None:
        wanted = self.row["expect"]["programmes"]["any_of_top3"]
        return bool(set(self.shown[:3]) & set(wanted)) if wanted else None

    @property
    def never(self) -> list[str]:
        return sorted(set(self.shown) & set(self.row["expect"]["programmes"]["never"]))


def play(bot: Bot, row: dict[str, Any]) -> Outcome:
    language, script, facts = row["ui"], row["script"], row["expect"]["facts"]
    refused, none, unknown = WORDS[language]
    out = Outcome(row)
    talk = Talk(bot, row["id"], bot.ask(row["id"], start=None, language=language))
    remarked: set[str] = set()

    def say(text: str) -> dict[str, Any]:
        line = talk.say(text)
        out.turns += 1
        out.log += [f"> {text}", "< " + told(line)[:300]]
        out.shown = line["shown"] or out.shown
        return line

    while out.turns < MOST:
        waiting, asked = talk.last["waiting"] or {}, talk.last["asked"]
        if out.shown or asked is None or asked in AFTER:
            out.reached = True
            break
        if waiting.get("for") == "confirm":
            out.back += 1
            heard = waiting["facts"]
            right = all(is_right(one, facts[one], heard) is True for one in heard if one in facts)
            say(talk.yes if right else refused)
            continue
        if waiting.get("for") == "which":
            out.back += 1
            fact = waiting["fact"]
            good = [one for one in waiting["values"] if fact in facts and is_right(fact, facts[fact], {fact: one})]
            say(str(good[0]) if good else none)
            continue
        out.put += 1
        out.asked.add(asked)
        remark = next((one for one in row["interjections"] if one["at"] == asked and asked not in remarked), None)
        if remark:
            remarked.add(asked)
            out.asks[_answered(say(remark["say"]), remark["asks"])] += 1
            continue
        messages = script.get(asked) or [{"say": unknown}]
        message = messages[min(out.used[asked], len(messages) - 1)]
        out.used[asked] += 1
        line = say(message["say"])
        if message.get("question"):
            out.asks[_answered(line, message["asks"])] += 1
    known = talk.last["facts"]
    for fact, expected in facts.items():
        right = is_right(fact, expected, known)
        unasked = right is None and fact not in out.asked and fact not in row["told"]
        out.verdicts[fact] = "not asked" if unasked else {True: "right", False: "wrong", None: "missing"}[right]
    return out


def _answered(line: dict[str, Any], asks: list[str] | None) -> str:
    """Answered, offered or missed: a question of theirs; not to know is honest where the FAQ lacks it."""
    accepted, answered, offered = set(asks or ()), set(line["answered"]), set(line["offered"])
    honest = not accepted and not answered and line["noted"] and not offered
    if answered & accepted or answered - LABELLED or honest:
        return "answered"
    return "offered" if offered & accepted else "missed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("-v", action="store_true", dest="verbose", help="what went wrong in each, and the whole talk")
    given = parser.parse_args()
    lines = [line for file in given.files or [FILE] for line in file.read_text(encoding="utf-8").splitlines()]
    bot = Bot()
    outcomes = [play(bot, json.loads(line)) for line in lines if line.strip()]
    bot.close()
    if given.verbose:
        for one in outcomes:
            bad = {fact: kind for fact, kind in one.verdicts.items() if kind in ("wrong", "missing")}
            print(
                f"\n{one.row['id']} turns {one.turns} again {one.again} told again {one.told_again} {bad} hit {one.hit}"
            )
            print("    " + "\n    ".join(one.log))
    many = len(outcomes)
    facts = Counter(kind for one in outcomes for kind in one.verdicts.values())
    asks = sum((one.asks for one in outcomes), Counter[str]())
    hits = [one.hit for one in outcomes if one.hit is not None]
    print(f"conversations                 {many}")
    print(f"reached a result              {sum(one.reached for one in outcomes)}")
    print(f"all facts right               {sum(one.facts_right for one in outcomes)}")
    print(f"facts right/wrong/missing     {facts['right']}/{facts['wrong']}/{facts['missing']}")
    print(f"questions put, mean           {sum(one.put for one in outcomes) / many:.1f}")
    print(f"turns of the person, mean     {sum(one.turns for one in outcomes) / many:.1f}")
    print(f"answers given again           {sum(one.again for one in outcomes)}")
    print(f"asked though told             {sum(len(one.told_again) for one in outcomes)}")
    print(f"play-backs that wait          {sum(one.back for one in outcomes)}")
    print(f"their questions, a/o/m        {asks['answered']}/{asks['offered']}/{asks['missed']}")
    print(f"hit among the first three     {sum(hits)}/{len(hits)}")
    print(f"never                         {sum(len(one.never) for one in outcomes)}")


if __name__ == "__main__":
    main()

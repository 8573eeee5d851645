"""How much of single messages the bot understands, asked over `overstap chat --jsonl`.

    .venv/bin/python benchmarks/gold_messages.py [FILE.jsonl]... [-v] [--only KIND] [--id m0123]

The rows are those of gold/messages (its README.md says what each field means): the moment is put, the message said,
and "ja" once when the bot plays back just what was expected. A row is exact when all that is expected happened, and
nothing that is forbidden. What was done is read from codes; a text is searched only where a row is about its words.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks" / "messages"))

from driver import Bot, Talk  # noqa: E402

GOLD = ROOT.parent / "shared" / "gold" / "messages"
FILES = (GOLD / "walks_dev.jsonl", GOLD / "invented_dev.jsonl")
WORK = ("desired_work", "current_job")
UNSET = "unset"  # in a list of what is right: knowing nothing is right too
TOWNS = {"den haag": "'s-gravenhage", "den bosch": "'s-hertogenbosch"}
LABELLED = {f"q{number:02}" for number in range(1, 101)}  # the FAQ when the rows were labelled
HUMANE = re.compile(
    r"\b113\b|\b112\b|0800|veilig thuis|geldfit|voedselbank|huisarts|daklozen|juridisch loket|sterkte|gecondoleerd|"
    r"naar voor je|klinkt (heel )?zwaar|heftig|verdrietig|niet alleen|spijt me|wat erg|that sounds|alone|so sorry|"
    r"hard for you"
)
SPOKEN = {
    "cheaper": re.compile(r"€|euro|gratis|kost|prijs|betaal|cost|price|free"),
    "closer": re.compile(r"kilometer|\bkm\b|buurt|dichtbij|near|close"),
}
OTHER_SCRIPT = re.compile(r"[Ѐ-ӿ؀-ۿሀ-፿]")
LONGEST_SHORT = 700  # characters of an answer that is "shorter"


@dataclass
class Verdict:
    """What became of a row. `why`: what was wrong; none, and the row is exact. The rest is None when not judged."""

    why: list[str] = field(default_factory=list)
    facts: Counter[str] = field(default_factory=Counter)
    never: int = 0
    asks: str | None = None
    does: bool | None = None
    reply: bool | None = None
    care: bool | None = None
    said: str = ""

    def share(self, name: str, right: bool, wrong: str) -> None:
        setattr(self, name, right)
        if not right:
            self.why.append(wrong)


def plain(text: object) -> str:
    return " ".join(str(text).casefold().replace("’", "'").split())


def told(line: dict[str, Any]) -> str:
    return plain("\n\n".join(f"{one['title'] or ''}\n{one['text']}" for one in line["messages"]))


# ------------------------------------------------------------------ facts
def value(fact: str, given: Any) -> Any:
    """A fact such that the same fact is equal."""
    if isinstance(given, dict):
        return frozenset(given["occupations"]) | frozenset(given["sectors"])
    if given is None or isinstance(given, bool | int | float):
        return given
    if isinstance(given, list):
        return tuple(sorted(map(str, given)))
    text = plain(given)
    if fact == "reach":
        return text if "@" in text else re.sub(r"\D", "", text)[-9:]
    return TOWNS.get(text, text) if fact == "place" else text


def is_right(fact: str, expected: Any, facts: dict[str, Any]) -> bool | None:
    """Whether a fact is as expected; None when it is missing."""
    there, got = fact in facts, value(fact, facts.get(fact))
    if not isinstance(expected, dict):
        return got == value(fact, expected) if there else None
    any_of = expected.get("any_of", [])
    if fact in WORK:
        ids = got if isinstance(got, frozenset) else frozenset()
        if ids & set(expected.get("none_of", ())):
            return False
        if not any_of:
            return True
        if there:
            return "*" in any_of or (None in any_of if got is None else bool(ids & set(any_of)))
    if not there:
        return True if UNSET in any_of else None
    low, high = expected.get("between", (1, 0))
    if isinstance(got, int | float) and not isinstance(got, bool) and low <= got <= high:
        return True
    return any(one != UNSET and value(fact, one) == got for one in any_of)


# ------------------------------------------------------------------ what was done
def is_done(what: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    name, _, argument = what.partition(":")
    text, did = told(after), after["did"]
    helped = not (after["failed"] or after["offered"] or after["noted"])
    match name:
        case "language" if argument:
            return f"language:{argument}" in did or (after["language"] == argument != before["language"])
        case "language":
            return any(one.startswith("language:") for one in did) or OTHER_SCRIPT.search(text) is not None
        case "back":
            return name in did or after["editing"] is not None
        case "privacy":
            return name in did or "mydata" in did
        case "repeat":
            return name in did or (helped and not after["answered"])
        case "shorter":
            return name in did or (helped and len(text) < LONGEST_SHORT)
        case "pick":
            known = before["shown"][int(argument) - 1 : int(argument)]
            return bool(known) and known[0] in after["shown"] and not after["failed"]
        case "cheaper" | "closer":
            return name in did or (helped and bool(after["shown"] or SPOKEN[name].search(text)))
        case "about":
            return plain(argument) in text and not after["failed"]
        case _:
            return name in did


def reply(asked: str, before: dict[str, Any], after: dict[str, Any]) -> str | None:
    """What the bot made of a message as a yes or a no."""
    if asked == "wipe":
        if erased(after):
            return "yes"
        return "no" if after["waiting"] != {"for": "wipe"} and not after["failed"] else None
    if asked == "all_right":
        return "yes" if filed(after) else None if after["failed"] else "no"
    if asked in ("may_contact", "may_keep") and after["consented"]:
        return "yes"
    fresh = asked in after["facts"] and asked not in before["facts"]
    return {True: "yes", False: "no"}.get(after["facts"][asked]) if fresh else None


def erased(line: dict[str, Any]) -> bool:
    return "erase" in line["did"] and line["waiting"] is None and not line["facts"]


def filed(line: dict[str, Any]) -> bool:
    return line["lead"] is not None and line["lead"]["complete"]


# ------------------------------------------------------------------ one row
def judge(bot: Bot, row: dict[str, Any]) -> Verdict:
    """The first reading of a row that is exact; else the first."""
    readings = [row["expect"], *({"facts": {}, **one} for one in row.get("alt", ()))]
    verdicts: list[Verdict] = []
    for expect in readings:
        verdicts.append(judge_one(bot, row, expect))
        if not verdicts[-1].why:
            return verdicts[-1]
    return verdicts[0]


def judge_one(bot: Bot, row: dict[str, Any], expect: dict[str, Any]) -> Verdict:
    verdict = Verdict()
    talk = bot.open(row)
    before, after = talk.last, talk.say(row["said"])
    verdict.said = told(after)
    asked_back = _answer_play_back(row, expect, talk, after, verdict)
    facts = talk.last["facts"]
    if expect.get("ask_ok") and (after["waiting"] or {}).get("for") == "which":
        facts = {**facts, **_meant(after["waiting"], expect["facts"])}
    _judge_facts(row, expect, before["facts"], facts, asked_back, erased(after), verdict)
    stored = plain(talk.last["stored"])
    for text in expect.get("not_stored", row["expect"].get("not_stored", ())):
        if plain(text) in stored:
            verdict.never += 1
            verdict.why.append(f"stored: {text}")
    if expect.get("kept") and not any(plain(one) in stored for one in expect["kept"]):
        verdict.why.append(f"not kept: {expect['kept'][0]}")
    if expect.get("limits") and not talk.last["limits"]:
        verdict.why.append("limit not kept")
    _judge_question(expect, after, verdict)
    if does := expect.get("does"):
        wanted = [does] if isinstance(does, str) else does
        verdict.share("does", any(is_done(one, before, after) for one in wanted), f"not done: {does}")
    if "reply" in expect:
        right = expect["reply"] if isinstance(expect["reply"], list) else [expect["reply"]]
        got = reply(row["asked"], before, talk.last)
        undecided = row["asked"] == "all_right" and got == "no" and None in right
        verdict.share("reply", got in right or undecided, f"reply is {got}, not {right}")
    elif row["asked"] == "all_right" and filed(talk.last):
        verdict.why.append("filed")
    if erased(after) and row["asked"] != "wipe" and does != "erase":
        verdict.why.append("erased")
    if expect.get("care"):
        kept = len(row["said"]) > 3 and plain(row["said"]) in stored
        need = expect.get("care_with")
        humane = any(plain(one) in verdict.said for one in need) if need else HUMANE.search(verdict.said) is not None
        verdict.share("care", bool(humane) and not kept and not after["failed"], "no care")
    if expect.get("ack") and after["failed"]:
        verdict.why.append("answered with 'I did not get that'")
    if not after["messages"]:
        verdict.why.append("no message")
    return verdict


def _answer_play_back(
    row: dict[str, Any], expect: dict[str, Any], talk: Talk, after: dict[str, Any], verdict: Verdict
) -> dict[str, Any]:
    """Say yes when just what was expected is played back; gives what was played back and is wrong."""
    waiting = after["waiting"] or {}
    if waiting.get("for") != "confirm":
        return {}
    heard, wanted = waiting["facts"], expect["facts"]
    right = all(
        is_right(one, wanted[one], heard) is True if one in wanted else one not in row["never"] for one in heard
    )
    if not right or not any(one in wanted for one in heard):
        verdict.why.append(f"asked back wrongly: {heard}")
        return dict(heard)
    more = talk.say(talk.yes)
    verdict.said += " " + told(more)
    after["answered"] = [*after["answered"], *more["answered"]]
    return {}


def _meant(waiting: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """What is known when they choose the right one."""
    fact = waiting["fact"]
    offered = [one for one in waiting["values"] if fact in wanted and is_right(fact, wanted[fact], {fact: one})]
    return {fact: offered[0]} if offered else {}


def _judge_facts(
    row: dict[str, Any],
    expect: dict[str, Any],
    before: dict[str, Any],
    facts: dict[str, Any],
    asked_back: dict[str, Any],
    gone: bool,
    verdict: Verdict,
) -> None:
    for fact, expected in expect["facts"].items():
        right = is_right(fact, expected, facts)
        if right is not True and fact in asked_back:
            right = False
        kind = {True: "right", False: "wrong", None: "missing"}[right]
        verdict.facts[kind] += 1
        if right is not True:
            verdict.why.append(f"{fact} {kind}: {facts.get(fact, 'nothing')}")
    for fact in () if gone else row["never"]:
        if value(fact, before.get(fact, UNSET)) != value(fact, facts.get(fact, UNSET)):
            verdict.never += 1
            verdict.why.append(f"never: {fact}={facts.get(fact)}")


def _judge_question(expect: dict[str, Any], after: dict[str, Any], verdict: Verdict) -> None:
    if "asks" not in expect and not expect.get("unknown"):
        return
    accepted, answered, offered = set(expect.get("asks") or ()), set(after["answered"]), set(after["offered"])
    honest = after["noted"] and not offered and not answered
    lacking = bool(expect.get("unknown")) and (bool(answered - LABELLED) or honest or "human" in after["did"])
    if not accepted and not expect.get("unknown"):
        verdict.asks = "missed" if answered or offered else "answered"
    else:
        verdict.asks = "answered" if answered & accepted or lacking else "offered" if offered & accepted else "missed"
    if verdict.asks != "answered":
        verdict.why.append(f"question {verdict.asks}: answered {sorted(answered)} offered {sorted(offered)}")


# ------------------------------------------------------------------ all rows
def table(rows: list[dict[str, Any]], verdicts: list[Verdict]) -> Iterator[str]:
    yield f"{'kind':24}{'rows':>5}{'exact':>7}{'%':>6}   facts r/w/m      never  asks a/o/m    does   reply   care"
    kinds = defaultdict(list)
    for row, verdict in zip(rows, verdicts, strict=True):
        kinds[row["kind"]].append(verdict)
    for kind, some in [*sorted(kinds.items()), ("TOTAL", verdicts)]:
        exact, facts = sum(not one.why for one in some), sum((one.facts for one in some), Counter[str]())
        asks = Counter(one.asks for one in some if one.asks)
        shares = []
        for name in ("does", "reply", "care"):
            judged = [getattr(one, name) for one in some if getattr(one, name) is not None]
            shares.append(f"{sum(judged)}/{len(judged)}" if judged else "-")
        yield (
            f"{kind:24}{len(some):5}{exact:7}{100 * exact / max(1, len(some)):6.0f}   "
            f"{facts['right']:3}/{facts['wrong']:3}/{facts['missing']:3}{sum(one.never for one in some):10}   "
            f"{asks['answered']:3}/{asks['offered']:2}/{asks['missed']:2} {shares[0]:>8}{shares[1]:>8}{shares[2]:>7}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("-v", action="store_true", dest="verbose", help="list what failed, and why")
    parser.add_argument("--only", help="one kind")
    parser.add_argument("--id", help="one row")
    parser.add_argument("--json", type=Path, help="write what failed of each row to this file")
    given = parser.parse_args()
    files = given.files or [file for file in FILES if file.exists()]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    rows = [
        row for row in map(json.loads, lines) if given.only in (None, row["kind"]) and given.id in (None, row["id"])
    ]
    bot = Bot()
    verdicts = []
    for row in rows:
        try:
            verdicts.append(judge(bot, row))
        except RuntimeError as error:  # the row is lost, not the run
            verdicts.append(Verdict(why=[f"setup: {error}"], facts=Counter(missing=len(row["expect"]["facts"]))))
    bot.close()
    print(*table(rows, verdicts), sep="\n")
    for row, verdict in zip(rows, verdicts, strict=True):
        if given.verbose and verdict.why:
            print(f"\n{row['id']} [{row['kind']}] {row['asked']} > {row['said']}", *verdict.why, sep="\n    ")
            print(f"    < {verdict.said[:600]}")
    if given.json:
        failed = {row["id"]: verdict.why for row, verdict in zip(rows, verdicts, strict=True)}
        given.json.write_text(json.dumps(failed, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()

"""In which language messages are taken to be: right, kept, wrong; without pycld2, and with it when it is installed.

    .venv/bin/python benchmarks/language.py [-v] [GOLD.jsonl ...]

The messages are those of benchmarks/messages/languages.yaml. GOLD: rows of {said, lang}, of which the false alarms are
counted: whatever is taken for a language that is neither Dutch nor English. `-v` prints each message that went wrong.
"""

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.content import load  # noqa: E402
from bot.recognisers.language import LanguageRead, Languages, _detector  # noqa: E402

Read = Callable[[str, str], LanguageRead]


def main() -> None:
    golden = [Path(name) for name in sys.argv[1:] if name != "-v"]
    content = load(ROOT)
    languages = Languages(content.languages, content.country.languages)
    paths: dict[str, Read] = {"alone": partial(languages.of, judge=lambda _: None)}
    if _detector() is not None:
        paths["with pycld2"] = languages.of
    rows = yaml.safe_load((ROOT / "benchmarks/messages/languages.yaml").read_text("utf-8"))
    tables = {name: dict(table(read, rows, golden)) for name, read in paths.items()}
    print(f"{'':34}{'messages':>9}" + "".join(f"{name:>30}" for name in tables))
    for line in next(iter(tables.values())):
        total = next(iter(tables.values()))[line][0]
        print(f"{line:34}{total:9}" + "".join(f"{each[line][1]:>30}" for each in tables.values()))
    for name, read in paths.items():
        texts = rows["look_alikes"]["nl"]
        began = perf_counter()
        for text in texts:
            read(text, "nl")
        print(f"{name}: {(perf_counter() - began) / len(texts) * 1e6:.0f} µs a message")


def table(
    read: Read, rows: dict[str, dict[str, list[str]]], golden: list[Path]
) -> Iterator[tuple[str, tuple[int, str]]]:
    """Lines: what was asked, and (how many, what came of it)."""
    for kind in ("messages", "named", "later"):
        sums = [0, 0, 0, 0]
        for code, texts in rows[kind].items():
            chat = "en" if code == "nl" else "nl"
            counts = [len(texts), *outcomes(read, texts, code, chat)]
            sums = [total + count for total, count in zip(sums, counts, strict=True)]
            if kind == "messages":
                yield f"{kind} {code}", (len(texts), said(*counts[1:]))
        yield f"{kind}, all", (sums[0], said(*sums[1:]))
    for kind in ("look_alikes", "later_look_alikes"):
        for code, texts in rows[kind].items():
            _, _, mistaken = outcomes(read, texts, code, code)
            yield f"{kind} {code}", (len(texts), f"{mistaken} mistaken")
    for file in golden:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        pairs = [(text, line["lang"]) for line in lines for text in messages(line)]
        ours = [(text, code) for text, code in pairs if code in ("nl", "en")]
        found = [(text, read(text, code)) for text, code in ours]
        foreign = [(text, one) for text, one in found if one.sure and one.code not in ("nl", "en")]
        other = sum(one.sure and one.code != code for (_, code), (_, one) in zip(ours, found, strict=True))
        for text, one in foreign if "-v" in sys.argv else ():
            print(f"{file.stem:14} {one.code} {one.certainty:.2f}  {text}")
        yield f"{file.stem}: foreign", (len(ours), f"{len(foreign)} mistaken")
        yield f"{file.stem}: nl for en, en for nl", (len(ours), f"{other - len(foreign)} mistaken")


def messages(line: dict[str, object]) -> Iterator[str]:
    """What somebody said in a row of the gold: one message, or those of a conversation."""
    script = line.get("script")
    if isinstance(script, dict):
        yield from (one["say"] for each in script.values() for one in each)
    else:
        yield str(line["said"])


def outcomes(read: Read, texts: list[str], code: str, chat: str) -> tuple[int, int, int]:
    """How many were read as `code`, were left in doubt, and were taken for another language."""
    right = doubt = mistaken = 0
    for text in texts:
        found = read(text, chat)
        if found.sure and found.code == code:
            right += 1
        elif not found.sure:
            doubt += 1
        else:
            mistaken += 1
        if "-v" in sys.argv and (found.code if found.sure else chat) != code:
            print(f"{code} → {found.code} {found.certainty:.2f}  {text}")
    return right, doubt, mistaken


def said(right: int, doubt: int, mistaken: int) -> str:
    return f"{right} right, {doubt} kept, {mistaken} wrong"


if __name__ == "__main__":
    main()

"""How long it takes to read all content, to check it, and to check ten times as much.

Bars (issue 18, line 12): `overstap check` at most 1.5 s, with ten times the content at most 10 s. Each round is a
process of its own, as an editor has it: with nothing kept of earlier rounds ("first"), and with one file changed since
the last ("again"). Seconds are of the processor; those on the clock hang on what else the machine does. Run it as
`.venv/bin/python benchmarks/check.py`; `--times 3` makes it three times.

Ten times the content is made in a folder that goes afterwards: each entry of a list, and each flow, ten times, with
names, ids and wordings of its own, and with what it points at.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from statistics import median
from time import perf_counter
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
KINDS = ("programmes", "routes", "subsidies", "faq", "occupations", "messages", "out-of-scope", "schools", "smalltalk")
"""What grows: not the country's towns, languages, levels and limits, and what is one file by its nature."""
NAMES = ("id", "name", "question")
LISTS = ("aliases", "words", "wordings")
LOAD = "import sys; from pathlib import Path; from bot.cli.content import load; load(Path(sys.argv[1]))"
ROUNDS = 5


def grown(folder: Path, times: int) -> Path:
    """The content, `times` as much of it, in `folder`."""
    for kind in ("flows", "knowledge"):
        copytree(ROOT / kind, folder / kind)
    marks = [f"z{chr(97 + number % 26)}{number}" for number in range(1, times)]
    for kind in KINDS:
        for path in _files(kind):
            entries = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            for mark in marks:
                copies = [_copied(kind, entry, mark) for entry in entries]
                _write(folder / "knowledge" / kind / f"{path.stem}-{mark}.yaml", copies)
    for path in (ROOT / "flows").glob("*.yaml"):
        if path.name != "common.yaml":
            flow = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
            for mark in marks:
                _write(folder / "flows" / f"{path.stem}-{mark}.yaml", _copied_flow(flow, mark))
    return folder


def _copied_flow(flow: dict[str, Any], mark: str) -> dict[str, Any]:
    """One that no command opens, and that calls copies."""
    steps = [{**step, "call": f"{step['call']}_{mark}"} if "call" in step else step for step in flow["steps"]]
    head = {key: value for key, value in flow.items() if key not in ("role", "opens_with")}
    return {**head, "id": f"{flow['id']}_{mark}", "steps": steps}


def _files(kind: str) -> Iterator[Path]:
    yield from sorted((ROOT / "knowledge" / kind).glob("**/*.yaml"))
    if (one := ROOT / "knowledge" / f"{kind}.yaml").exists():
        yield one


def _copied(kind: str, entry: dict[str, Any], mark: str) -> dict[str, Any]:
    copy = {key: _marked(value, mark, key) if key in (*NAMES, *LISTS) else value for key, value in entry.items()}
    if kind == "faq":
        copy["theme"] = f"{entry['theme']}-{mark}"  # a theme is a file
    if kind == "routes":
        copy["occupations"] = [f"{occupation}-{mark}" for occupation in entry["occupations"]]
    return copy


def _marked(value: Any, mark: str, key: str) -> Any:
    if isinstance(value, dict):
        return {language: _marked(each, mark, key) for language, each in value.items()}
    if isinstance(value, list):
        return [_marked(each, mark, key) for each in value]
    return f"{value}-{mark}" if key == "id" else f"{value} {mark}"


def _write(path: Path, value: Any) -> None:
    path.parent.mkdir(exist_ok=True)
    text = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, "utf-8")


def measured(*arguments: str) -> tuple[float, float, str]:
    """Seconds of the processor and on the clock of one process, and the last line that it says."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    clock, after = perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return processor, clock, (done.stdout or done.stderr).strip().rpartition("\n")[2]


def report(name: str, rounds: list[tuple[float, float, str]]) -> None:
    processor, clock = (median(each[part] for each in rounds) for part in (0, 1))
    least = min(each[0] for each in rounds)
    print(f"{name:24} {processor:5.2f} s (least {least:.2f}), {clock:5.2f} on the clock   {rounds[-1][2]}", flush=True)


def measure(root: Path, rounds: int) -> None:
    files = [path for kind in ("flows", "knowledge") for path in (root / kind).glob("**/*.yaml")]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB", flush=True)
    check = ("-c", "from bot.cli import main; main()", "check", "--root", str(root))
    changed = min((root / "knowledge" / "faq").glob("*.yaml"))
    for name, what in (("load", ("-c", LOAD, str(root))), ("check", check)):
        first, again = [], []
        for number in range(rounds):
            _forget()
            first.append(measured(*what))
            changed.write_text(f"{changed.read_text('utf-8')}# {name} {number}\n", "utf-8")
            again.append(measured(*what))
        report(f"{name}, first", first)
        report(f"{name}, again", again)


def _forget() -> None:
    for kept in (Path(sys.prefix) / "cache" / "overstap").glob("files-*.pickle"):
        kept.unlink(missing_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="how much more content, at most 40")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    for times in (1, min(asked.times, 40)):
        with tempfile.TemporaryDirectory() as folder:
            measure(grown(Path(folder), times), asked.rounds if times == 1 else max(1, asked.rounds // 2))


if __name__ == "__main__":
    main()

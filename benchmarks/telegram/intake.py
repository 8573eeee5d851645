"""The load bench with people who type: `run.py` of BENCH, with its options, and answers in words instead of presses.

    BENCH=FOLDER CONTENT=own PYTHON benchmarks/telegram/intake.py --chats 100 --min-s 5 \\
        --script benchmarks/telegram/intake.json -- .venv/bin/python benchmarks/telegram/ours.py

`intake.json` walks our own intake to its lead. Answers are found by the words of the question, so it stands a change of
the order; a question that it does not know gets "yes". Everybody names other work ("{work}"): what was read for one
person is of no use to the next.
"""

import os
import re
import runpy
import sys
from functools import partial
from pathlib import Path
from typing import Any

BENCH = Path(os.environ["BENCH"])
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
NAMES = re.compile(r"name: \{.*\ben: ([^,}]+)")

if __name__ == "__main__":
    sys.path.insert(0, str(BENCH))
    import fakeapi  # type: ignore[import-not-found]

    work = [name for file in sorted(KNOWLEDGE.glob("occupations/*.yaml")) for name in NAMES.findall(file.read_text())]
    says = fakeapi.User.say
    said = 0

    def say(person: Any, text: str) -> None:
        global said
        said += "{work}" in text
        says(person, text.replace("{work}", work[said % len(work)]))

    fakeapi.User.say = say
    fakeapi.World = partial(fakeapi.World, prefer_buttons=False)
    runpy.run_path(str(BENCH / "run.py"), run_name="__main__")

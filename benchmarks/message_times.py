"""How long one message takes in the engine: a bare answer, a sentence, a story, and the worst of 4,096 letters.

    .venv/bin/python benchmarks/message_times.py

Medians of 60 turns of `advance`, in milliseconds of processor time, with the content as it ships.
"""

import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.cli.wiring import open_compiled  # noqa: E402
from bot.engine import State, advance  # noqa: E402
from bot.engine.events import Said, Started  # noqa: E402
from bot.settings import Settings  # noqa: E402

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
BEFORE = ("lasser", "kapper", "Zeist", "mbo 4")
MESSAGES = {
    "bare answer": "ja, in dienst",
    "sentence": "ik werk nu in een magazijn, maar wie betaalt zo'n cursus eigenlijk",
    "story of 60 words": (
        "Hoi, ik ben Mo, 41 jaar en ik woon in Almere. Ik heb twintig jaar in de bouw gewerkt, tillen gaat niet meer. "
        "Nu zit ik in de WW, ik heb alleen vmbo. Ik zou graag iets met mensen doen, buschauffeur of conciërge, "
        "maar geen nachtdiensten. Kan ik dat leren met behoud van uitkering, en hoe lang duurt het dan?"
    ),
    "4,096 letters": ("ik wil graag weten of ik als lasser in Zwolle, " * 90)[:4096],
    "4,096 emoji": "😀" * 4096,
}
TURNS = 60


def main() -> None:
    compiled = open_compiled(Settings.read())
    state = advance(compiled, State.new("nl"), Started(None, "nl"), on=MONDAY).state
    for said in BEFORE:
        state = advance(compiled, state, Said(said), on=MONDAY).state
    for name, text in MESSAGES.items():
        times = []
        for _ in range(TURNS if len(text) < 1000 else 10):
            began = time.process_time()
            advance(compiled, state, Said(text), on=MONDAY)
            times.append(1000 * (time.process_time() - began))
        print(f"{name:20}{statistics.median(times):8.2f}{max(times):8.2f}")


if __name__ == "__main__":
    main()

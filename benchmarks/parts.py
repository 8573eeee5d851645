"""How well messages are cut into parts, and the parts named: each writer's messages, learnt from those of the others.

    .venv/bin/python benchmarks/parts.py [-v]

A word is right when it stands in a part of its kind; a message is exact when all its words are. All are invented
(knowledge/messages/); what people really type is measured by gold_messages.py.
"""

import statistics
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import bot.answers  # noqa: E402, F401  # its types of questions are needed to read flows
from bot.compiled import asked_for, known_phrases  # noqa: E402
from bot.content.knowledge import LabelledMessage  # noqa: E402
from bot.content.load import load  # noqa: E402
from bot.recognisers.parts import Parts, tokens  # noqa: E402


def kinds_of(message: LabelledMessage) -> list[str]:
    """The kind of each word."""
    return [kind for words, kind in message.parts for _ in tokens(words)]


def main() -> None:
    content = load(ROOT)
    known, asked = sorted(set(known_phrases(content))), asked_for(content)
    messages = [one for one in content.knowledge.messages if one.parts]
    writers = sorted({one.writer for one in messages})
    right, words, wrong = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    print(f"{'writer':8}{'messages':>9}{'words':>8}{'right':>8}{'exact':>8}{'ms':>8}")
    for writer in writers:
        parts = Parts([(one.said, one.asked) for one in messages if one.writer != writer], known, asked)
        exact, times, ok, total = 0, [], 0, 0
        theirs = [one for one in messages if one.writer == writer]
        for message in theirs:
            began = time.perf_counter()
            found = parts.of(message.text, message.asked)
            times.append(time.perf_counter() - began)
            typed = tokens(message.text)
            got = [
                next((part.kind.value for part in found if part.start <= one.start < part.end), "-") for one in typed
            ]
            pairs = list(zip(kinds_of(message), got, strict=False))
            good = [one == other for one, other in pairs]
            words.update(kind for kind, _ in pairs)
            right.update(kind for (kind, _), is_right in zip(pairs, good, strict=True) if is_right)
            wrong.update(pair for pair, is_right in zip(pairs, good, strict=True) if not is_right)
            ok, total, exact = ok + sum(good), total + len(good), exact + all(good)
        ms = 1000 * statistics.median(times)
        print(f"{writer:8}{len(theirs):9}{total:8}{ok / total:8.3f}{exact / len(theirs):8.3f}{ms:8.2f}")
    print(f"{'all':8}{len(messages):9}{words.total():8}{right.total() / words.total():8.3f}")
    if "-v" in sys.argv:
        for kind, times_said in words.most_common():
            print(f"{kind:14}{times_said:6}{right[kind] / times_said:8.3f}")
        for (one, other), times_wrong in wrong.most_common(20):
            print(f"{one:14}{other:14}{times_wrong:5}")


if __name__ == "__main__":
    main()

"""Taking over what the bot says now into a conversation file: `overstap test --accept`.

Only what went another way changes. What still holds stays as it is, with its comments, and so does each line of a
changed message that still holds: an "..." in it is not filled in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.authoring.conversation import Exchange, Line, Sign, asked_of, compare, compare_done, play, same, what_was_done
from bot.compiled import Compiled
from bot.errors import BotError

ANYTHING = "..."  # a line that stands for any messages
ABSORBED = 0.1  # a message that ANYTHING stands for; anything else that differs costs 1


@dataclass(frozen=True, slots=True)
class _Pair:
    """A message that stands there, and the one that was said in its place; None where there is none."""

    line: Line | None
    said: str | None


def accept(file: str, text: str, compiled: Compiled) -> str:
    """The text of a conversation as it goes now. Raises BotError when the engine fails on it."""
    changes: dict[int, list[str]] = {}  # by the number of a line: what comes in its place
    after: dict[int, list[str]] = {}  # by the number of a line: what comes behind it
    for exchange in play(file, text, compiled):
        if exchange.failure:
            raise BotError(str(exchange.failure))
        if any(compare(file, exchange)):
            _take_over(file, exchange, changes, after)
    if not changes and not after:
        return text
    lines: list[str] = list(after.get(0, ()))
    for number, raw in enumerate(text.splitlines(), start=1):
        lines += [raw] if raw.startswith("#") else changes.get(number, [raw])
        lines += after.get(number, ())
    return "\n".join(lines) + "\n"


def _take_over(file: str, exchange: Exchange, changes: dict[int, list[str]], after: dict[int, list[str]]) -> None:
    heard = exchange.heard
    behind = heard[0].number - 1 if heard else 0
    for pair in _aligned(heard, exchange.said) if heard else ():
        if pair.line is None:
            after.setdefault(behind, []).extend(_written(pair.said or ""))
            continue
        behind = pair.line.until
        if pair.said is None or not same(pair.line.text, pair.said):
            changes |= {number: [] for number in range(pair.line.number, pair.line.until + 1)}
            changes[pair.line.number] = _rewritten(pair.line, pair.said)
    for line in exchange.expected:
        if line.sign is Sign.DONE and any(compare_done(file, line, exchange.done)):
            changes[line.number] = _done(line, exchange)


def _aligned(heard: list[Line], said: list[str]) -> list[_Pair]:
    """What stands there beside what was said, in order, with as little changed as can be."""

    @cache
    def least(at: int, of: int) -> tuple[float, _Pair | None, int, int]:
        """The cost from here on, the next pair (None: a message that ANYTHING stands for), and where that leads."""
        if at == len(heard) and of == len(said):
            return 0.0, None, at, of
        ways: list[tuple[float, _Pair | None, int, int]] = []
        if of < len(said):
            ways.append((1 + least(at, of + 1)[0], _Pair(None, said[of]), at, of + 1))
        if at < len(heard) and heard[at].text == ANYTHING:
            ways.append((least(at + 1, of)[0], _Pair(heard[at], ANYTHING), at + 1, of))
            if of < len(said):
                ways.append((ABSORBED + least(at, of + 1)[0], None, at, of + 1))
        elif at < len(heard):
            ways.append((1 + least(at + 1, of)[0], _Pair(heard[at], None), at + 1, of))
            if of < len(said):
                cost = 0.0 if same(heard[at].text, said[of]) else 1.0
                ways.append((cost + least(at + 1, of + 1)[0], _Pair(heard[at], said[of]), at + 1, of + 1))
        return min(ways, key=lambda way: way[0])

    pairs, at, of = [], 0, 0
    while (at, of) != (len(heard), len(said)):
        _, pair, at, of = least(at, of)
        pairs += [pair] if pair else []
    return pairs


def _rewritten(line: Line, said: str | None) -> list[str]:
    """A message as it is now; of what stood there, the lines that hold stay."""
    if said is None:
        return []
    left = line.text.split("\n")
    lines = []
    for new in said.split("\n"):
        kept = next((number for number, old in enumerate(left) if old and same(old, new)), None)
        lines.append(new if kept is None else left[kept])
        left = left if kept is None else left[kept + 1 :]
    return list(_written("\n".join(lines)))


def _written(said: str) -> Iterator[str]:
    first, *rest = said.split("\n")
    yield f"< {first}"
    yield from (f"  {line}".rstrip() for line in rest)


def _done(line: Line, exchange: Exchange) -> list[str]:
    """What was done, as it is now: with the same things said of it; nothing when it was not done."""
    kind, known = what_was_done(line, exchange.done)
    if known is None:
        return []
    words = [kind]
    for name, value in asked_of(line):
        now = known.get(name, "nothing")
        now = f'"{now}"' if " " in now else now
        words.append(f"{name}={now}" if name else now or value)
    return [f"! {' '.join(words)}"]

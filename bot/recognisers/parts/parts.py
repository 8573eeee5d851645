"""The parts of a message, each with what it is: "Dordrecht." is a place, "maar wie betaalt dat" asks something.

Learnt from labelled messages (`knowledge/messages/`) by two classifiers: where a message may be cut, and what some
words are. A message is cut so that its parts, and the cuts, are likeliest together (a segmental model, decoded by
dynamic programming). Words are known by themselves, their letters, their meaning, by what we know them for (a town,
work, a choice of one of our questions), and by the question that was open.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np

from bot.content.knowledge import PartKind, parts_of
from bot.matching.regression.binary import BinaryRegression
from bot.matching.regression.multinomial import Example, MultinomialRegression
from bot.matching.sparse import Features, Floats, hashed, together
from bot.recognisers.parts.features import MARK, ROWS, meaning_of, named, of_word, row_of, size_of
from bot.recognisers.parts.likelihood import MIXED, Likelihood
from bot.recognisers.parts.typed import Token, end_of, shapes, tokens

LONGEST_READ = 160  # words of a message; whoever types more is read up to there
LONGEST_KNOWN = 3  # words of a name that is looked up
LONGEST_PART = 6  # pieces between places where a message may be cut
MAY_BE_CUT = 0.06  # probability
# Of two cuts with parts as likely, that of longer parts: each word more adds this share of what a part counts.
BY_WORDS = 0.3
OVER_A_STOP, LONGEST_SHORT = 4.0, 3  # what it costs a part to go on behind a sentence, but not behind "niv."
OF_CUTS = 0.5  # how much the cuts count, beside the parts


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a message. `start` and `end` are places in the text.

    `certainty`: how likely the kind is, 0..1; `second` is the next one.
    """

    kind: PartKind
    words: str
    start: int
    end: int
    certainty: float
    second: PartKind
    second_certainty: float = 0.0


Labelled = tuple[tuple[str, str], ...]
"""The parts of a labelled message: words, and what they are."""


class Parts:
    """Cuts messages into parts."""

    def __init__(
        self,
        messages: Iterable[tuple[str, str | None]],
        known: Iterable[tuple[str, str]],
        asked_for: Mapping[str, str],
    ) -> None:
        """`messages`: in the notation of `LabelledMessage`, each with the question that was open. `known`: phrases, and
        what each is known for ("place"). `asked_for`: a question by the name that it has in the labelled messages, when
        it has another id here.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for phrase, what in known:
            found[" ".join(token.word for token in tokens(phrase))].add(what)
        found.pop("", None)
        self._known = {phrase: tuple(sorted(what)) for phrase, what in found.items()}
        self._asked_for = asked_for
        labelled = [(parts_of(said), asked) for said, asked in messages]
        labelled = [(parts, asked) for parts, asked in labelled if parts]
        self._cuts = BinaryRegression(one for parts, asked in labelled for one in self._cut_examples(parts, asked))
        self.kinds = MultinomialRegression.fit(
            [one for parts, asked in labelled for one in self._part_examples(parts, asked)]
        )

    # ------------------------------------------------------------------ learning
    def _cut_examples(self, parts: Labelled, asked: str | None) -> Iterator[tuple[Features, bool]]:
        starts, length = [], 0
        for words, _ in parts:
            starts.append(length)
            length += len(words) + 1
        typed = tokens(" ".join(words for words, _ in parts))
        owners = [bisect_right(starts, token.start) for token in typed]
        for place, features in enumerate(self._gaps(typed, asked)):
            yield features, owners[place] != owners[place + 1]

    def _part_examples(self, parts: Labelled, asked: str | None) -> Iterator[Example]:
        for words, kind in parts:
            yield self._example(words, asked, kind)
        for (one, kind), (other, next_kind) in pairwise(parts):
            if kind == next_kind:
                continue
            first, second = one.split(), other.split()
            yield self._example(f"{one} {other}", asked, MIXED, 0.5)
            if len(first) > SHORTEST_HALVED:
                yield self._example(" ".join([*first[len(first) // 2 :], *second]), asked, MIXED, 0.5)
            if len(second) > SHORTEST_HALVED:
                yield self._example(" ".join([*first, *second[: len(second) // 2]]), asked, MIXED, 0.5)

    def _example(self, words: str, asked: str | None, label: str, weight: float = 1.0) -> Example:
        typed = tokens(words)
        return Example(self._features(typed, asked), label, meaning_of(typed), weight)

    # ------------------------------------------------------------------ reading
    def of(self, text: str, asked: str | None) -> tuple[Part, ...]:
        """The parts of a text, in their order. `asked`: the question that is open: its id, or results, done ..."""
        typed = tokens(text)[:LONGEST_READ]
        if not typed or not self.kinds.labels:
            return ()
        parts: list[Part] = []
        for first, last, likely in self._best(typed, asked):
            start, end = typed[first].start, end_of(text, typed, last)
            order = likely.argsort()[::-1]
            best, second = (PartKind(self.kinds.labels[number]) for number in order[:2])
            before = parts[-1] if parts else None
            words = text[start:end].strip()
            if before and before.kind is best and typed[first - 1].behind not in (".", "?"):
                parts.pop()
                words, start = f"{text[before.start : end]}".strip(), before.start
            parts.append(Part(best, words, start, end, float(likely.max()), second, float(likely[order[1]])))
        return tuple(parts)

    def _best(self, typed: Sequence[Token], asked: str | None) -> Iterator[tuple[int, int, Floats]]:
        """The likeliest row of parts: first word, last word, and how likely each kind is."""
        gaps = [self._cuts.probability(gap) for gap in self._gaps(typed, asked)]
        bounds = [0, *(place + 1 for place, cut in enumerate(gaps) if cut > MAY_BE_CUT), len(typed)]
        whole, cut = ([log(share + LEAST) for share in shares] for shares in ([1 - gap for gap in gaps], gaps))
        for place, token in enumerate(typed[:-1]):
            if token.behind in (".", "?") and len(token.word) > LONGEST_SHORT:
                whole[place] -= OVER_A_STOP
        likelihood = Likelihood(self.kinds, typed, lambda some, words: self.marks(some, words, asked))
        best: list[tuple[float, int, Floats]] = [(0.0, 0, np.zeros(0, np.float32))]
        for end in range(1, len(bounds)):
            ways = []
            for start in range(max(0, end - LONGEST_PART), end):
                likely = likelihood.of(bounds[start], bounds[end])
                cuts = sum(whole[bounds[inner] - 1] for inner in range(start + 1, end))
                cuts += cut[bounds[end] - 1] if end < len(bounds) - 1 else 0.0
                counts = 1 + BY_WORDS * (bounds[end] - bounds[start] - 1)
                score = best[start][0] + counts * log(float(likely.max()) + LEAST) + OF_CUTS * cuts
                ways.append((score, start, likely))
            best.append(max(ways, key=lambda way: way[0]))
        path, end = [], len(bounds) - 1
        while end:
            _, start, likely = best[end]
            path.append((bounds[start], bounds[end] - 1, likely))
            end = start
        return reversed(path)

    def why(self, part: Part, asked: str | None) -> tuple[str, ...]:
        """The features that speak most for what a part is."""
        typed = tokens(part.words)
        words = shapes(typed)
        own = ((name, value) for place in range(len(words)) for name, value in named(words, place))
        marks = ((mark, MARK) for mark in self.marks(typed, words, asked))
        return self.kinds.why([*own, *marks], part.kind)

    # ------------------------------------------------------------------ features
    def _gaps(self, typed: Sequence[Token], asked: str | None) -> Iterator[Features]:
        """Of each place between two words what may say that a message is cut there."""
        asks = self._asks(asked)
        words = shapes(typed)
        known = self._known_for([token.word for token in typed])
        at = ["~", "~", *words, "~", "~", "~"]
        for place in range(len(typed) - 1):
            one, other, signs = words[place], words[place + 1], typed[place].behind
            names = [
                f"signs {signs}",
                f"one {one}",
                f"other {other}",
                f"both {one} {other}",
                f"next {other} {at[place + 4]}",
                f"before {at[place + 1]} {one}",
                f"three {other} {at[place + 4]} {at[place + 5]}",
                f"signs {signs} other {other}",
                f"signs {signs} next {other} {at[place + 4]}",
                f"second {at[place + 4]}",
                f"former {at[place + 1]}",
                f"capital {typed[place + 1].capital} signs {signs}",
                f"asks {asks} place {min(place, 4)}",
                f"asks {asks} place {min(place, 3)} signs {signs}",
                f"left {min(place + 1, 5)}",
                f"right {min(len(typed) - place - 1, 5)}",
                *(f"begins {other[:size]}" for size in (3, 4)),
                *(f"ends {one[-size:]}" for size in (3, 4)),
            ]
            left, right = known[place] or ("nothing",), known[place + 1] or ("nothing",)
            for what in left:
                names += [f"known {what}", f"known {what} other {other}", f"known {what} asks {asks}"]
                names += [f"known {what} then {after}" for after in right]
            for what in right:
                names += [f"then {what}", f"then {what} one {one}", f"signs {signs} then {what}"]
            for what in known[place + 2] if place + 2 < len(typed) else ():
                names.append(f"second known {what} other {other}")
            # One in six or so of what may say something is found: each then counts alike.
            yield hashed(dict.fromkeys(names), GAP)

    def _features(self, typed: Sequence[Token], asked: str | None) -> Features:
        """Of some words what may say which part they are."""
        words = shapes(typed)
        rows = [
            hashed([row_of(words, place, reach) for place in range(reach, len(words))], ROWS[reach]) for reach in (1, 2)
        ]
        places, values = together([*map(of_word, words), *rows])
        length = float(values @ values) ** 0.5 or 1.0
        marks = dict.fromkeys(self.marks(typed, words, asked))
        return together([(places, values / np.float32(length)), hashed(marks, MARK)])

    def marks(self, typed: Sequence[Token], words: Sequence[str], asked: str | None) -> list[str]:
        """What says something of some words as a whole. `words`: those of `typed`, a number by its size."""
        asks, size = self._asks(asked), size_of(len(words))
        known = {what for names in self._known_for([token.word for token in typed]) for what in names}
        numbers = {word for word in words if word.startswith("#")}
        marks = [f"asks {asks}", f"size {size}", f"asks {asks} size {size}"]
        marks += [mark for what in sorted(known) for mark in (f"known {what}", f"asks {asks} known {what}")]
        marks += [mark for what in sorted(numbers) for mark in (f"number {what}", f"asks {asks} number {what}")]
        marks += [] if known else ["known nothing"]
        marks += ["question"] if any(token.behind == "?" for token in typed) else []
        marks += [f"first {words[0]}"] if words else []
        marks += [f"first {words[0]} {words[1]}"] if len(words) > 1 else []
        return marks

    def _asks(self, asked: str | None) -> str:
        return self._asked_for.get(asked or "", asked or "nothing")

    def _known_for(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = [()] * len(words)
        for size in range(1, LONGEST_KNOWN + 1):
            for start in range(len(words) - size + 1):
                what = self._known.get(" ".join(words[start : start + size]))
                if what:
                    for place in range(start, start + size):
                        found[place] = tuple(dict.fromkeys((*found[place], *what)))
        return found


SHORTEST_HALVED = 3  # words
LEAST = 1e-6  # a probability that is not zero
GAP = 0.2  # the weight of a feature of a gap

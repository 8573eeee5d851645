"""The parts of a message, each with what it is: "Dordrecht." is a place, "maar wie betaalt dat" asks something.

Learnt from labelled messages (`knowledge/messages/`) by two classifiers: where a message may be cut, and what some
words are. A message is cut so that its parts, and the cuts, are likeliest together (a segmental model, decoded by
dynamic programming). Words are known by themselves, their letters, their meaning, by what we know them for (a town,
work, a choice of one of our questions), and by the question that was open.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np

from bot.content.knowledge import PartKind, parts_of
from bot.matching import fold
from bot.matching.linear import Logistic
from bot.matching.softmax import Example, Softmax
from bot.matching.sparse import Features, Floats, hashed, together
from bot.matching.word_vectors import word_table

LONGEST_READ = 160  # words of a message; whoever types more is read up to there
LONGEST_KNOWN = 3  # words of a name that is looked up
LONGEST_PART = 6  # pieces between places where a message may be cut
MAY_BE_CUT = 0.06  # probability
# Of two cuts with parts as likely, that of longer parts: each word more adds this share of what a part counts.
BY_WORDS = 0.3
OF_CUTS = 0.5  # how much the cuts count, beside the parts
MARK = 0.3  # the weight of what is no word, beside words that are scaled to length 1
MIXED = "mixed"  # the label of words that are no part: the end of one and the beginning of the next
SIZES = (3, 4, 5)  # letters
NO_ZIPF = 8.0  # more common than any word

_TOKEN = re.compile(r"\S+@\S+|\+?\d(?:[ ().-]{0,2}\d){7,}|[^\W_]+(?:['’`-][^\W_]+)*(?:\+\+|#)?|👍|👎|✅")
_STOP = re.compile(r"[.!?;\n…]+(?=\s|$)|\n")
_BREAK = re.compile(r"[,:()/–-]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the text, and the signs behind it."""

    word: str  # folded
    start: int
    end: int
    capital: bool
    behind: str  # "" | "," | "." | "?": what stands between this word and the next


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
        self._cuts = Logistic(one for parts, asked in labelled for one in self._cut_examples(parts, asked))
        self.kinds = Softmax.fit([one for parts, asked in labelled for one in self._part_examples(parts, asked)])

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
        return Example(self._features(typed, asked), label, _meaning(typed), weight)

    # ------------------------------------------------------------------ reading
    def of(self, text: str, asked: str | None) -> tuple[Part, ...]:
        """The parts of a text, in their order. `asked`: the question that is open: its id, or results, done ..."""
        typed = tokens(text)[:LONGEST_READ]
        if not typed or not self.kinds.labels:
            return ()
        parts: list[Part] = []
        for first, last, likely in self._best(typed, asked):
            start, end = typed[first].start, _end(text, typed, last)
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
        likelihood = _Likelihood(self, typed, asked)
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
        words = _shapes(typed)
        named = ((name, value) for place in range(len(words)) for name, value in _named(words, place))
        marks = ((mark, MARK) for mark in self.marks(typed, words, asked))
        return self.kinds.why([*named, *marks], part.kind)

    # ------------------------------------------------------------------ features
    def _gaps(self, typed: Sequence[Token], asked: str | None) -> Iterator[Features]:
        """Of each place between two words what may say that a message is cut there."""
        asks = self._asks(asked)
        words = _shapes(typed)
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
        words = _shapes(typed)
        rows = [
            hashed([_row(words, place, reach) for place in range(reach, len(words))], ROWS[reach]) for reach in (1, 2)
        ]
        places, values = together([*map(_of_word, words), *rows])
        length = float(values @ values) ** 0.5 or 1.0
        marks = dict.fromkeys(self.marks(typed, words, asked))
        return together([(places, values / np.float32(length)), hashed(marks, MARK)])

    def marks(self, typed: Sequence[Token], words: Sequence[str], asked: str | None) -> list[str]:
        """What says something of some words as a whole. `words`: those of `typed`, a number by its size."""
        asks, size = self._asks(asked), _size(len(words))
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


class _Likelihood:
    """How likely each kind is, of any run of a text's words: sums over the words, so that no run is read anew."""

    def __init__(self, parts: "Parts", typed: Sequence[Token], asked: str | None) -> None:
        self._parts, self._typed, self._asked = parts, typed, asked
        self._words = _shapes(typed)
        self._kinds = parts.kinds
        self._mixed = self._kinds.labels.index(MIXED) if MIXED in self._kinds.labels else -1
        self._of_mark: dict[str, Floats] = {}
        # One row for each number of words on the left that a feature reaches over: 0, 1 and 2.
        every = [[_spelled(self._words, place, reach) for place in range(len(typed))] for reach in range(3)]
        self._leaning = [_sums([self._kinds.leaning(one) for one in row]) for row in every]
        self._squares = [_sums([np.array([values @ values], np.float32) for _, values in row]) for row in every]
        self._meaning = _sums([_vector(token.word) for token in typed])

    def of(self, start: int, end: int) -> Floats:
        """(labels,) of the words from `start` up to `end`."""
        leaning, squares = 0.0, 0.0
        for reach in range(3):
            first = min(start + reach, end)
            leaning = leaning + self._leaning[reach][end] - self._leaning[reach][first]
            squares += float((self._squares[reach][end] - self._squares[reach][first])[0])
        total = np.asarray(leaning / (squares**0.5 or 1.0), np.float32)
        for mark in self._parts.marks(self._typed[start:end], self._words[start:end], self._asked):
            if mark not in self._of_mark:
                self._of_mark[mark] = self._kinds.leaning(hashed([mark], MARK))
            total = total + self._of_mark[mark]
        meaning = self._meaning[end] - self._meaning[start]
        length = float(np.linalg.norm(meaning))
        if length:
            total = total + self._kinds.leaning_of_meaning(meaning / length)
        likely = self._kinds.likely(total)
        if self._mixed >= 0:
            likely[self._mixed] = 0.0
        return likely


def _sums(rows: Sequence[Floats]) -> Floats:
    """The sum of the rows before each, and of all."""
    every = np.asarray(rows, np.float32)
    return np.concatenate([np.zeros((1, *every.shape[1:]), np.float32), np.cumsum(every, axis=0)])


def _spelled(words: Sequence[str], place: int, reach: int) -> Features:
    """A word with its letters, or with exactly `reach` words before it."""
    if reach > place:
        return together([])
    return _of_word(words[place]) if reach == 0 else hashed([_row(words, place, reach)], ROWS[reach])


def _row(words: Sequence[str], place: int, reach: int) -> str:
    return " ".join([("word", "pair", "three")[reach], *words[place - reach : place + 1]])


def _named(words: Sequence[str], place: int) -> Iterator[tuple[str, float]]:
    """The same of every reach, by name."""
    yield from ((_row(words, place, reach), ROWS[reach]) for reach in range(min(place, 2) + 1))
    yield from ((piece, PIECE) for piece in _pieces(words[place]))


@lru_cache(maxsize=8192)
def _of_word(word: str) -> Features:
    return together([hashed([_row([word], 0, 0)], ROWS[0]), hashed(_pieces(word), PIECE)])


def _pieces(word: str) -> list[str]:
    marked = f" {word} "
    return [marked[start : start + size] for size in SIZES for start in range(len(marked) - size + 1)]


ROWS, PIECE = (1.0, 1.0, 0.75), 0.3  # the weight of a word, of two and of three in a row; and of a piece of a word
SHORTEST_HALVED = 3  # words
LEAST = 1e-6  # a probability that is not zero
GAP = 0.2  # the weight of a feature of a gap


def _meaning(typed: Sequence[Token]) -> Floats:
    """What the words mean together, of length 1: the sum of their vectors, the rarer the heavier."""
    table = word_table()
    vectors = [_vector(token.word) for token in typed]
    total = np.sum(vectors, axis=0) if vectors else np.zeros(table.size, np.float32)
    length = float(np.linalg.norm(total))
    return np.asarray(total / length if length else total, np.float32)


@lru_cache(maxsize=8192)
def _vector(word: str) -> Floats:
    table = word_table()
    row = table.row(word)
    row = row if row >= 0 else table.nearest(word)
    if row < 0:
        return np.zeros(table.size, np.float32)
    rarity = max(0.2, (NO_ZIPF - table.zipf(row)) / NO_ZIPF)
    return np.asarray(table.vectors([row])[0] * rarity, np.float32)


def tokens(text: str) -> list[Token]:
    """The words of a text, with the signs behind each."""
    hits = list(_TOKEN.finditer(text))
    found: list[Token] = []
    for place, hit in enumerate(hits):
        word = _folded(hit.group())
        between = text[hit.end() : hits[place + 1].start() if place + 1 < len(hits) else len(text)]
        behind = _sign(between) if between != " " else ""
        found.append(Token(word, hit.start(), hit.end(), hit.group()[0].isupper(), behind))
    return found


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word).replace("’", "'").replace("`", "'")


def _sign(between: str) -> str:
    return "?" if "?" in between else "." if _STOP.search(between) else "," if _BREAK.search(between) else ""


def _end(text: str, typed: Sequence[Token], place: int) -> int:
    """Where a part ends: with the signs behind its last word."""
    limit = typed[place + 1].start if place + 1 < len(typed) else len(text)
    end = typed[place].end
    while end < limit and not text[end].isspace():
        end += 1
    return end


def _size(words: int) -> str:
    return str(words) if words < 4 else "few" if words < 7 else "many" if words < 15 else "story"


def _shapes(typed: Iterable[Token]) -> list[str]:
    """The words, a number by its size."""
    return [_shape(token.word) or token.word for token in typed]


@lru_cache(maxsize=8192)
def _shape(word: str) -> str:
    """What a number may be, by its size; empty for a word."""
    if "@" in word:
        return "#mail"
    digits = "".join(letter for letter in word if letter.isdigit())
    if not digits:
        return ""
    if len(digits) >= 8:
        return "#phone"
    if digits != word:
        return f"#in {word.strip('0123456789')[:4]}"
    number = int(digits)
    if len(digits) == 4:
        return "#year" if 1930 <= number <= 2035 else "#four"
    return (
        "#1-7"
        if number < 8
        else "#8-13"
        if number < 14
        else "#14-19"
        if number < 20
        else "#20-40"
        if number < 41
        else "#41-99"
        if number < 100
        else "#100"
    )

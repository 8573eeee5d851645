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
from functools import lru_cache
from itertools import accumulate, pairwise
from math import log

import numpy as np

from bot.content.knowledge import PartKind, parts_of
from bot.matching.inverted_index import Entries
from bot.matching.regression.binary import BinaryRegression
from bot.matching.regression.multinomial import MultinomialRegression
from bot.matching.sparse import Floats, Ints, Places, hashed
from bot.recognisers.parts.features import MARK, meanings_of, named, size_of, spelled
from bot.recognisers.parts.gaps import GAP, gaps
from bot.recognisers.parts.likelihood import MIXED, Likelihood
from bot.recognisers.parts.typed import Token, end_of, shapes, tokens, words_of

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
            found[" ".join(words_of(phrase))].add(what)
        found.pop("", None)
        self._known = {phrase: tuple(sorted(what)) for phrase, what in found.items()}
        self._sizes: dict[str, set[int]] = defaultdict(set)  # of what is known, by its first word
        for phrase in self._known:
            first, *rest = phrase.split(" ")
            if len(rest) < LONGEST_KNOWN:
                self._sizes[first].add(len(rest) + 1)
        self._asked_for = asked_for
        labelled = [(parts_of(said), asked) for said, asked in messages]
        labelled = [(parts, asked) for parts, asked in labelled if parts]
        self._cuts = self._learn_cuts(labelled)
        self.kinds = self._learn_kinds(one for parts, asked in labelled for one in _examples(parts, asked))

    # ------------------------------------------------------------------ learning
    def _learn_cuts(self, labelled: Iterable[tuple[Labelled, str | None]]) -> BinaryRegression:
        having, features, cuts = [NONE], [NONE], list[bool]()
        for parts, asked in labelled:
            starts = [0, *accumulate(len(words) + 1 for words, _ in parts)]
            typed = tokens(" ".join(words for words, _ in parts))
            places, found = self._gaps(typed, asked)
            having.append(places + len(cuts))
            features.append(found)
            cuts += [one != other for one, other in pairwise(bisect_right(starts, token.start) for token in typed)]
        buckets = np.concatenate(features)
        amounts = np.full(len(buckets), GAP, np.float64)
        return BinaryRegression(Entries.merge(np.concatenate(having), buckets, amounts), np.array(cuts, np.bool_))

    def _learn_kinds(self, examples: Iterable["_Example"]) -> MultinomialRegression:
        every = list(examples)
        words = [shapes(one.typed) for one in every]
        having, places, amounts = spelled(words, 2)
        marks = [self.marks(one.typed, said, one.asked) for one, said in zip(every, words, strict=True)]
        marked = np.repeat(np.arange(len(every)), [len(own) for own in marks])
        of_marks, values = hashed([mark for own in marks for mark in own], MARK)
        features = Entries.merge(
            np.concatenate([having, marked]), np.concatenate([places, of_marks]), np.concatenate([amounts, values])
        )
        meanings = meanings_of([[token.word for token in one.typed] for one in every])
        labels, weights = [one.label for one in every], [one.weight for one in every]
        return MultinomialRegression.fit(features, meanings, labels, weights)

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
        chances = self._cuts.probabilities(*self._gaps(typed, asked), GAP, len(typed) - 1).tolist()
        bounds = [0, *(place + 1 for place, chance in enumerate(chances) if chance > MAY_BE_CUT), len(typed)]
        whole, cut = ([log(share + LEAST) for share in shares] for shares in ([1 - one for one in chances], chances))
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
        marks = ((mark, hashed([mark], MARK)) for mark in self.marks(typed, words, asked))
        return self.kinds.why([*named(words), *marks], part.kind)

    # ------------------------------------------------------------------ features
    def _gaps(self, typed: Sequence[Token], asked: str | None) -> tuple[Ints, Places]:
        return gaps(typed, self._known_for([token.word for token in typed]), self._asks(asked))

    def marks(self, typed: Sequence[Token], words: Sequence[str], asked: str | None) -> list[str]:
        """What says something of some words as a whole. `words`: those of `typed`, a number by its size."""
        known = {what for names in self._known_for([token.word for token in typed]) for what in names}
        numbers = {word for word in words if word.startswith("#")}
        questions = any(token.behind == "?" for token in typed)
        marks = _marks(self._asks(asked), size_of(len(words)), frozenset(known), frozenset(numbers), questions)
        return [*marks, *(" ".join(["first", *words[:count]]) for count in (1, 2) if len(words) >= count)]

    def _asks(self, asked: str | None) -> str:
        return self._asked_for.get(asked or "", asked or "nothing")

    def _known_for(self, words: Sequence[str]) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = [()] * len(words)
        for start, word in enumerate(words):
            for size in self._sizes.get(word, ()):
                what = self._known.get(" ".join(words[start : start + size]), ()) if start + size <= len(words) else ()
                for place in range(start, start + size) if what else ():
                    found[place] = tuple(dict.fromkeys((*found[place], *what)))
        return found


@lru_cache(maxsize=4096)
def _marks(asks: str, size: str, known: frozenset[str], numbers: frozenset[str], questions: bool) -> tuple[str, ...]:
    marks = [f"asks {asks}", f"size {size}", f"asks {asks} size {size}"]
    marks += [mark for what in sorted(known) for mark in (f"known {what}", f"asks {asks} known {what}")]
    marks += [mark for what in sorted(numbers) for mark in (f"number {what}", f"asks {asks} number {what}")]
    marks += [] if known else ["known nothing"]
    marks += ["question"] if questions else []
    return tuple(marks)


SHORTEST_HALVED = 3  # words
LEAST = 1e-6  # a probability that is not zero
NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class _Example:
    """Some words, and what they are. `weight`: how much the example counts."""

    typed: Sequence[Token]
    asked: str | None
    label: str
    weight: float = 1.0


def _examples(parts: Sequence[tuple[str, str]], asked: str | None) -> Iterator[_Example]:
    """Each part, and of each two that differ what is no part: both together, and one with half of the other."""
    for words, kind in parts:
        yield _Example(tokens(words), asked, kind)
    for (one, kind), (other, next_kind) in pairwise(parts):
        if kind == next_kind:
            continue
        first, second = one.split(), other.split()
        yield _Example(tokens(f"{one} {other}"), asked, MIXED, 0.5)
        if len(first) > SHORTEST_HALVED:
            yield _Example(tokens(" ".join([*first[len(first) // 2 :], *second])), asked, MIXED, 0.5)
        if len(second) > SHORTEST_HALVED:
            yield _Example(tokens(" ".join([*first, *second[: len(second) // 2]])), asked, MIXED, 0.5)

"""Whether somebody cries out: despair, violence, hunger, no place to sleep, debts that they cannot bear.

Patterns of words that tell it by themselves (`signs` in `knowledge/care.yaml`) are heard whatever else is said, unless
the same sentence holds one that says otherwise (`unless`). In all other words a classifier decides, learnt from
labelled messages (`knowledge/messages/`) and from what their words mean (`knowledge/meanings.yaml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.content.annotations import Words
from bot.content.knowledge import Care, DistressKind, ForeignCries, LabelledMessage, Meaning
from bot.matching.regression.one_vs_rest import Example, OneVsRest
from bot.recognisers.meanings import Meanings
from bot.recognisers.patterns import Patterns, normalise

# How far a message must lean to a cry, in log odds. On the messages of each writer in turn, learnt from the others, 90
# of 100 cries are heard at this, and 4 of 100 look-alikes are taken for one (benchmarks/README.md). People who lost
# their work are at risk: when in doubt they hear where help is, and that costs a moment.
HEARD = -0.95
MEANT = 0.0  # of these, what the meanings of the words must give: words that nobody knows are no cry by their letters

FEWEST = 2  # one word alone is a cry only when a sign says so: "Uitweg" is a village, "maag" a specialism
AT_ONCE = 18  # words that are read together: a cry of three words drowns in a long message
STEP = 9  # words from the beginning of one such part to the next

ONE_IN = 3  # of the texts that people type every day is learnt with a typing error too

_SENTENCES = re.compile(r"[.!?;:\n]+")


@dataclass(frozen=True, slots=True)
class Cry:
    """What somebody cries out about. `language`: when it is one in which the bot says nothing but this."""

    kind: DistressKind
    language: str | None = None


class Distress:
    """Finds cries in messages."""

    def __init__(
        self,
        cares: Sequence[Care],
        messages: Iterable[LabelledMessage],
        others: Iterable[str] = (),
        meanings: Iterable[Meaning] = (),
        foreign: Iterable[ForeignCries] = (),
    ) -> None:
        """The order of `cares` is that of urgency. `others`: texts without a cry that people type here every day."""
        self._urgency = [one.id for one in cares]
        self._signs = Patterns((pattern, one.id) for one in cares for pattern in _all(one.signs))
        self._unless = Patterns((pattern, one.id) for one in cares for pattern in _all(one.unless))
        every = [(one.language, cry) for one in foreign for cry in one.cries]
        self._foreign_signs = Patterns((sign, f"{lang} {cry.id}") for lang, cry in every for sign in cry.signs)
        self._foreign_unless = Patterns((sign, f"{lang} {cry.id}") for lang, cry in every for sign in cry.unless)
        # Whoever types the number of a help line, and nothing else, asks for it.
        self._numbers = {
            _squeezed(said): one.id for one in reversed(cares) for line in one.contacts for said in line.says
        }
        self._meanings = Meanings(
            (normalise(word).strip() + "*" * word.endswith("*"), one.id) for one in meanings for word in _all(one.words)
        )
        labelled = list(messages)
        self._likely: OneVsRest | None = None
        if cares and labelled:
            self._likely = OneVsRest(self._examples(labelled, others))

    def _examples(self, labelled: Iterable[LabelledMessage], others: Iterable[str]) -> Iterator[Example]:
        """Every message; of one without a cry its parts too, because none of them is a cry either."""
        for one in labelled:
            for text in dict.fromkeys((one.text, *(() if one.distress else _parts(one.text)))):
                yield Example(text, self._marks(text), one.distress)
        for number, text in enumerate(others):
            yield Example(text, self._marks(text), None)
            if number % ONE_IN == 0:
                wrong = _misspelt(text)
                yield Example(wrong, self._marks(wrong), None)

    def hear(self, text: str) -> DistressKind | None:
        """What a message cries out about, if it does."""
        cry = self.cry(text)
        return cry.kind if cry else None

    def cry(self, text: str) -> Cry | None:
        """The cry in a message, if there is one."""
        if (number := _squeezed(text)) in self._numbers:
            return Cry(self._numbers[number])
        said = normalise(text)
        if told := self._told(said):
            return Cry(told)
        if cry := self._told_elsewhere(said):
            return cry
        for part in _parts(text):
            if kind := self._leans(part):
                return Cry(kind)
        return None

    def _told(self, said: str) -> DistressKind | None:
        """The most urgent of which there is a sign, and in the same sentence nothing that says otherwise."""
        found = {kind for one in _sentences(said) for kind in _signs_in(one, self._signs, self._unless)}
        return next((kind for kind in self._urgency if kind in found), None)

    def _told_elsewhere(self, said: str) -> Cry | None:
        foreign = self._foreign_signs, self._foreign_unless
        found = {told for one in _sentences(said) for told in _signs_in(one, *foreign)}
        cries = (Cry(DistressKind(kind), language) for language, _, kind in (one.partition(" ") for one in found))
        return min(cries, key=lambda cry: (self._urgency.index(cry.kind), cry.language), default=None)

    def _leans(self, part: str) -> DistressKind | None:
        if self._likely is None:
            return None
        if len(part.split()) < FEWEST:
            return None
        leaning = self._likely.lean(part, self._marks(part), MEANT)
        return DistressKind(leaning.label) if leaning and leaning.odds >= HEARD else None

    def _marks(self, text: str) -> tuple[str, ...]:
        """What the words mean, and of which kinds of cry something says that it is none."""
        said = normalise(text)
        return (*self._meanings.together(said), *(f"no {kind}" for kind in self._unless.find(said)))


def _signs_in(said: str, signs: Patterns, unless: Patterns) -> frozenset[str]:
    found = signs.find(said)
    return found - unless.find(said) if found else found  # hardly any message has a sign


def _sentences(said: str) -> Iterator[str]:
    """The sentences of a normalised text, each with a space before and behind every word."""
    return (f"{one} " for one in said.rstrip().split(" ."))


def _parts(text: str) -> Iterator[str]:
    """The whole, each sentence, and so many words at once."""
    sentences = [one.strip() for one in _SENTENCES.split(text)]
    parts: dict[str, None] = {}
    for one in (text, *sentences):
        split = one.split()
        starts = range(0, max(len(split) - AT_ONCE + STEP, 1), STEP)
        if len(split) <= AT_ONCE:
            parts[one] = None
        else:
            parts.update((" ".join(split[start : start + AT_ONCE]), None) for start in starts)
    return (one for one in parts if one)


def _misspelt(text: str) -> str:
    """With two letters changed round in the longest word, as who types fast does."""
    longest = max(text.split(), key=len, default="")
    middle = len(longest) // 2
    wrong = longest[: middle - 1] + longest[middle - 1 : middle + 1][::-1] + longest[middle + 1 :]
    return text.replace(longest, wrong, 1) if middle else text


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.!?-]", "", text)


def _all(patterns: Mapping[str, tuple[str, ...]] | Words) -> Iterator[str]:
    return (one for each in patterns.values() for one in each)

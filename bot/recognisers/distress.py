"""Whether somebody cries out: despair, violence, hunger, no place to sleep, debts that they cannot bear.

A classifier learnt from labelled messages (`knowledge/messages/`) decides; patterns of words for each kind (`signs` in
`knowledge/care.yaml`) are what it looks at most, and the patterns in `unless` speak against ("ik ga dood van
verveling"). The kind is that of the most urgent sign, else that of the nearest labelled message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap

from rapidfuzz import fuzz, process

from bot.content.annotations import Words
from bot.content.knowledge import Care, DistressKind, LabelledMessage
from bot.matching import fold
from bot.matching.linear import Example, Linear
from bot.matching.normalise import LONGEST
from bot.recognisers.patterns import compile_patterns, normalise

# How likely a cry must be, with a sign of one and without. On 282 messages of a writer whose words it had not seen,
# harder than most: 79 of 100 cries are heard, and 4 of 100 look-alikes are taken for one; of 463 messages that people
# typed, every cry, and one of 150 others at most. People who lost their work are at risk: when in doubt they hear where
# help is, and that costs a moment.
HEARD_WITH_SIGN, HEARD = 0.4, 0.6
BARE = 5  # words; in so few, what is no sign of anything is an answer: "hoeft niet meer", "geen geld"

AROUND = 4  # words on either side of a sign, which are heard by themselves

SIGN = "a sign"

_SENTENCES = re.compile(r"[.!?;:\n]+")


class Distress:
    """Finds cries in messages."""

    def __init__(self, cares: Sequence[Care], messages: Iterable[LabelledMessage], others: Iterable[str] = ()) -> None:
        """The order of `cares` is that of urgency. `others`: texts without a cry that people type here every day."""
        self._signs = [(one.id, compile_patterns(_all(one.signs)), compile_patterns(_all(one.unless))) for one in cares]
        # Whoever types the number of a help line, and nothing else, asks for it.
        self._numbers = {
            _squeezed(said): one.id for one in reversed(cares) for line in one.contacts for said in line.says
        }
        labelled = list(messages)
        self._likely: Linear | None = None
        self._labelled: Mapping[str, DistressKind] = {}
        if self._signs and labelled:
            examples = [Example(one.text, self._marks(one.text), one.distress is not None) for one in labelled]
            examples += [Example(text, self._marks(text), False) for text in others]
            self._likely = Linear(examples)
            self._labelled = {fold(one.text): one.distress for one in labelled if one.distress}

    def hear(self, text: str) -> DistressKind | None:
        """What a message cries out about, if it does."""
        if (number := _squeezed(text)) in self._numbers:
            return self._numbers[number]
        for said in self._parts(text):
            marks = self._marks(said)
            if SIGN not in marks and len(said.split()) <= BARE:
                continue
            enough = HEARD_WITH_SIGN if SIGN in marks else HEARD
            if self._likely and self._likely.probability(said, marks) >= enough:
                return self._kind(said, marks)
        return None

    def _parts(self, text: str) -> Iterator[str]:
        """The whole, each sentence, and the words around each sign: a cry of three words drowns in a long message."""
        sentences = [one.strip() for one in _SENTENCES.split(text)]
        for part in dict.fromkeys([text, *sentences, *self._around_signs(text)]):
            yield from wrap(part, LONGEST)  # the classifier reads no further

    def _around_signs(self, text: str) -> Iterator[str]:
        for sentence in normalise(text).split(" ."):
            for found in (found for _, signs, _ in self._signs if signs for found in signs.finditer(sentence)):
                before, behind = sentence[: found.start()].split(), sentence[found.end() :].split()
                yield " ".join((*before[-AROUND:], found.group().strip(), *behind[:AROUND]))

    def _marks(self, text: str) -> tuple[str, ...]:
        """The kinds of which there is a sign, those that something speaks against, and whether there is any."""
        said = normalise(text)
        marks: list[str] = []
        for kind, signs, unless in self._signs:
            if signs and signs.search(said):
                marks += [SIGN, kind]
            if unless and unless.search(said):
                marks.append(f"not {kind}")
        return tuple(dict.fromkeys(marks))

    def _kind(self, text: str, marks: Sequence[str]) -> DistressKind:
        signs = [kind for kind, _, _ in self._signs if kind in marks and f"not {kind}" not in marks]
        if signs:
            return signs[0]
        near = process.extractOne(fold(text), self._labelled.keys(), scorer=fuzz.token_set_ratio)
        return self._labelled[near[0]]


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.!?-]", "", text)


def _all(patterns: Words) -> Iterator[str]:
    return (one for each in patterns.values() for one in each)

"""Which question of the FAQ someone asks, or none."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from bot.content.knowledge import FaqEntry, Knowledge
from bot.content.language import Speech
from bot.matching import Index, Match, words
from bot.matching.normalise import LONGEST
from bot.recognisers.questions import Questions

# Measured on gold (benchmarks/gold_faq.py): from here on nine in ten of the questions without an answer are refused.
SURE = 0.55  # from here on we answer by ourselves
SURE_OF_A_PART = 0.65  # of a longer text: who looks at more parts finds more that only looks like a question
POSSIBLE = 0.15  # from here on we ask "do you mean ...?"
SUGGESTED = 3
CANDIDATES = 5

# The labels of what is not for the FAQ start with this, which no id of a question may.
ELSEWHERE = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """`id` is the question that we are sure of, or None; `suggestions` are worth asking about then."""

    id: str | None
    score: float  # 0..1: the probability that the best candidate is meant
    suggestions: tuple[str, ...]  # ids, best first
    candidates: tuple[Match, ...]  # best first, whatever their score


class Synonyms:
    """Words of the field that mean the same: a text with one of a group is read as having the first of it as well."""

    def __init__(self, groups: tuple[tuple[str, ...], ...]) -> None:
        self._usual = {_spaced(name): _spaced(group[0]) for group in groups for name in group}

    def spell_out(self, text: str) -> str:
        said = _spaced(text)
        usual = dict.fromkeys(name for phrase, name in self._usual.items() if phrase in said and name not in said)
        return "".join([text, *usual])


def _spaced(text: str) -> str:
    """The words of `text` with a space before, between and after: a phrase is then found only as whole words."""
    return f" {' '.join(words(text))} "


class FaqIndex:
    """The questions of the FAQ, found by what people ask.

    It also learns what people ask elsewhere (`Knowledge.elsewhere`): a text that is more like that has no answer here.
    """

    def __init__(
        self, wordings: Iterable[tuple[str, str]], synonyms: tuple[tuple[str, ...], ...], speech: Speech
    ) -> None:
        """`wordings`: as the function of that name gives them."""
        self._questions = Questions(speech)
        self._synonyms = Synonyms(synonyms)
        self._index = Index((self._synonyms.spell_out(wording), label) for wording, label in wordings)

    def look_up(self, text: str) -> Found:
        """The question that a text asks as a whole, or in one of its parts when a story stands around it."""
        whole = self._find(text)
        if whole.id is not None:
            return whole
        parts = [self._find(part) for part in self._questions.parts(text)]
        best = max(parts, key=lambda found: (found.id is not None, found.score), default=whole)
        if best.id is not None and best.score < SURE_OF_A_PART:
            best = replace(best, id=None, suggestions=(best.id,))
        # The index reads the beginning of a long text only, and that is seldom what is asked.
        return best if best.id is not None or (len(text) > LONGEST and best.suggestions) else whole

    def _find(self, text: str) -> Found:
        matches = self._index.search(self._synonyms.spell_out(text), limit=CANDIDATES + SUGGESTED)
        candidates = tuple(match for match in matches if not match.label.startswith(ELSEWHERE))[:CANDIDATES]
        best = candidates[0].score if candidates else 0.0
        if candidates and candidates[0] is matches[0] and best >= SURE:
            return Found(candidates[0].label, best, (), candidates)
        suggestions = tuple(match.label for match in candidates[:SUGGESTED] if match.score >= POSSIBLE)
        return Found(None, best, suggestions, candidates)


class Faq:
    """Which question of the FAQ somebody asks. About work in one sector, no answer about another is a sure one.

    "Kan ik zonder diploma in de bouw werken" is all but "Kan ik in de kinderopvang werken zonder diploma".
    """

    def __init__(
        self, index: FaqIndex, questions: Iterable[FaqEntry], sectors_in: Callable[[str], frozenset[str]]
    ) -> None:
        """`sectors_in`: the sectors of the work that a text names word for word."""
        self._index, self._sectors_in = index, sectors_in
        self._sectors = {one.id: sectors_in(one.question[one.question.fallback]) for one in questions}

    def look_up(self, text: str) -> Found:
        """The question that a text asks as a whole, or in one of its parts when a story stands around it."""
        found = self._index.look_up(text)
        about = self._sectors[found.id] if found.id else frozenset()
        named = self._sectors_in(text) if about else frozenset()
        if found.id and named and about.isdisjoint(named):
            return replace(found, id=None, suggestions=(found.id,))
        return found


def wordings(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Each with the id of its question, or the label of what is asked elsewhere."""
    for question in knowledge.questions.values():
        for wording in chain(question.question, *question.wordings.values()):
            yield wording, question.id
    for theme in knowledge.elsewhere.values():
        for wording in chain(*theme.words.values()):
            yield wording, f"{ELSEWHERE}{theme.id}"

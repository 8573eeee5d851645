"""Which question of the FAQ someone asks, or none."""

from dataclasses import dataclass

from bot.content.knowledge import Knowledge
from bot.matching import Index, Match

SURE = 0.6  # from here on we answer by ourselves
POSSIBLE = 0.15  # from here on we ask "do you mean ...?"
SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Found:
    """`id` is the question that we are sure of, or None; `suggestions` are worth asking about then."""

    id: str | None
    score: float  # of the best candidate, 0..1
    suggestions: tuple[str, ...]  # ids, best first
    candidates: tuple[Match, ...]  # best first, whatever their score


class Faq:
    """The questions of the FAQ, found by what people ask."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._index = Index(
            (wording, question.id)
            for question in knowledge.questions.values()
            for wordings in (*question.wordings.values(), (question.question.nl, question.question.en))
            for wording in wordings
        )

    def look_up(self, text: str) -> Found:
        candidates = tuple(self._index.search(text))
        best = candidates[0].score if candidates else 0.0
        if best >= SURE:
            return Found(candidates[0].label, best, (), candidates)
        suggestions = tuple(match.label for match in candidates[:SUGGESTED] if match.score >= POSSIBLE)
        return Found(None, best, suggestions, candidates)

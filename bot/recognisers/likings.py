"""What people like in work and did without a job, in their own words; and why none of three jobs is right."""

from collections.abc import Iterable, Mapping

from bot.content.exploring import Exploring
from bot.recognisers.mentions import Mentions


class Likings:
    """Finds the words of `interests.yaml` and `skills.yaml` in a text, unless they are denied."""

    def __init__(self, exploring: Exploring, denials: frozenset[str]) -> None:
        liked = [(one.id, one.words) for one in exploring.likings.named]
        done = [(one.id, one.words) for one in exploring.skills.values()]
        self._likes = Mentions(_pairs((*liked, *done)), denials)
        self._unpaid = Mentions(_pairs((one.id, one.words) for one in exploring.unpaid), denials)
        # "Geen school" is a reason by its very denial.
        self._refusals = Mentions(_pairs((one.id, one.words) for one in exploring.likings.refusals))

    def read(self, text: str) -> frozenset[str]:
        """The interests, traits and skills that a text says somebody likes, by id."""
        return self._likes.read(text)

    def unpaid(self, text: str) -> frozenset[str]:
        """What they did without a job, by id."""
        return self._unpaid.read(text)

    def refusals(self, text: str) -> frozenset[str]:
        """Why they want none of what was shown, by id."""
        return self._refusals.read(text)


def _pairs(named: Iterable[tuple[str, Mapping[str, tuple[str, ...]]]]) -> Iterable[tuple[str, str]]:
    return ((word, str(name)) for name, words in named for some in words.values() for word in some)

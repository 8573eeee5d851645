"""What somebody likes in work: the cards they answered, and what they said by themselves."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from bot.content.conditions import Value
from bot.content.exploring import Exploring, Interest, Liking, Trait

WORTH: Mapping[Value, float] = {Liking.LIKE: 1.0, Liking.FINE: 0.0, Liking.DISLIKE: -1.0}
SAID = 0.8  # a word of their own, where no card was answered: less sure than a card
ALSO_SAID = 0.4  # added to what the cards say

K = TypeVar("K", bound=str)


@dataclass(frozen=True, slots=True)
class Likes:
    """From -1 (rather not) to 1 (likes it); what nobody said is absent."""

    interests: Mapping[Interest, float]
    traits: Mapping[Trait, float]
    skills: Mapping[str, float] = field(default_factory=dict)

    @property
    def leans(self) -> bool:
        """Whether some interests are dearer to them than others: "gaat wel" to everything leans nowhere."""
        return len({self.interests.get(one, 0.0) for one in Interest}) > 1

    @property
    def worths(self) -> Mapping[Interest | Trait, float]:
        """All that they said of interests and of a day."""
        return {
            **dict[Interest | Trait, float](self.interests.items()),
            **dict[Interest | Trait, float](self.traits.items()),
        }

    @property
    def liked(self) -> tuple[Interest | Trait, ...]:
        """What they like, the dearest first."""
        found = self.worths
        return tuple(sorted((one for one in found if found[one] > 0), key=lambda one: -found[one]))


def to_likes(facts: Mapping[str, Value], said: Collection[str], exploring: Exploring) -> Likes:
    """`facts`: with the answers to cards. `said`: the interests, traits and skills in their own words, by id."""
    likings = exploring.likings
    return Likes(
        dict(_worths(((one.id, one.cards) for one in likings.interests), facts, said)),
        dict(_worths(((one.id, (one.card,)) for one in likings.traits), facts, said)),
        dict(_of_skills(facts, said, exploring)),
    )


def _of_skills(facts: Mapping[str, Value], said: Collection[str], exploring: Exploring) -> Iterable[tuple[str, float]]:
    """What a card says more than the other card of its interest: "repairing" is liked, and "making" is not so much."""
    apart: dict[str, float] = {}
    for interest in exploring.likings.interests:
        answered = {card: WORTH[facts[card]] for card in interest.cards if facts.get(card) in WORTH}
        middle = sum(answered.values()) / max(1, len(answered))
        apart |= {card: worth - middle for card, worth in answered.items()}
    for skill in exploring.skills.values():
        if skill.id in said:
            yield skill.id, 1.0
        elif worth := apart.get(skill.card or ""):
            yield skill.id, worth


def _worths(
    asked: Iterable[tuple[K, Collection[str]]], facts: Mapping[str, Value], said: Collection[str]
) -> Iterable[tuple[K, float]]:
    for name, cards in asked:
        answered = [WORTH[facts[card]] for card in cards if facts.get(card) in WORTH]
        if answered:
            # A second card that was not put, because the first was refused, says nothing else.
            worth = sum(answered) / len(answered)
            yield name, min(1.0, worth + ALSO_SAID) if name in said else worth
        elif name in said:
            yield name, SAID

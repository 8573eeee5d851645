"""What a programme, a route or a way to pay asks of somebody."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import Id, Key, SourceUrl
from bot.content.conditions import Condition, facts_of
from bot.content.knowledge.sourced_facts import Quote
from bot.content.problems import Location
from bot.text import Text


class RuleKind(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    TARGET = "target"  # for one group of people: unknown means that it is not offered, and not that it does not fit
    SOFT_EXCLUSION = "soft_exclusion"  # unknown counts as met: few people say what they are not
    MANUAL_CHECK = "manual_check"  # UWV, a municipality or an employer decides; the rule only says when to ask


@dataclass(frozen=True, slots=True)
class Rule:
    """A demand. `because` reads well when met, when not, and when unknown."""

    id: Annotated[Id, "Its name, of its own among the rules of one programme or scheme."]
    condition: Annotated[Condition, Key("if"), "What must hold of the person; it is unknown while a fact is."]
    kind: Annotated[RuleKind, "What it means when it does not hold, or when nobody knows."]
    because: Annotated[Text, "The demand in words, that reads well when it is met and when it is not."]
    at: Location
    change: Annotated[Text | None, "The way out, for who nearly fits: 'with an hbo degree'; null: none."] = None
    source: Annotated[SourceUrl | None, "Where the demand was read."] = None
    quote: Quote = None
    checked: Annotated[date | None, "The day on which one of us looked there; null: as the facts of its item."] = None
    facts: frozenset[str] = field(init=False, repr=False, compare=False)  # that the condition looks at

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", facts_of(self.condition))

    @property
    def only_asks(self) -> bool:
        """Whether its words say what to ask, because no source says what is asked for: nobody can meet a question."""
        return self.kind is RuleKind.SOFT and self.source is None

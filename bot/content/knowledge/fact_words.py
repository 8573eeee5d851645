"""How what was read is said to people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from bot.content.annotations import Known
from bot.content.knowledge.course import Form
from bot.content.knowledge.sourced_facts import FACT_NAMES
from bot.text import Text


@dataclass(frozen=True, slots=True)
class FactWords:
    """How facts and ways of learning are said. Without words here, a fact reaches nobody."""

    facts: Annotated[
        Mapping[str, Text], Known.of(FACT_NAMES), "The words before a fact; facts are told in the order of these."
    ]
    forms: Annotated[
        Mapping[str, Text],
        Known.of({form.value: "What one calls a course of this form." for form in Form}),
        "How a course is followed, in words; the first of its forms that has words here is said first.",
    ] = field(default_factory=dict)

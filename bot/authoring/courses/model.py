"""A course as another system describes it, before it is one of our programmes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.content.knowledge import Form


@dataclass
class Course:
    """What could be read of a course; `left` names what was there and has no place with us, or could not be read."""

    code: str
    name: Mapping[str, str]
    provider: str | None = None
    summary: Mapping[str, str] = field(default_factory=dict)
    url: str | None = None
    languages: Sequence[str] = ()
    level: str | None = None
    forms: Sequence[Form] = ()
    places: Sequence[str] = ()
    online: bool | None = None
    cost: float | None = None
    hours: int | None = None  # a week
    duration: str | None = None  # ISO 8601: P1Y, PT20H
    starts: Sequence[str] = ()  # days
    demands: Mapping[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def as_list(value: object) -> list[Any]:
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def text(value: object) -> str | None:
    return " ".join(value.split()) if isinstance(value, str) and value.strip() else None

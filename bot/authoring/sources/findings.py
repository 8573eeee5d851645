"""What the pages tell of what we say, for lists of work: seen to be so without a person, or to be looked at."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.authoring.sources.proof import Standing
from bot.authoring.sources.record import PageState, recorded
from bot.authoring.sources.statements import Statement

Key = tuple[str, str, str]
"""Item, field and address: which statement it is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a person has to look. `old` and `new`: lines of the page; `missing`: what of ours is no longer there."""

    state: PageState
    since: date
    detail: str | None = None
    now_at: str | None = None
    missing: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def missing_in_words(self) -> Sequence[str]:
        """What is no longer there, as one reads it: a value ("d=2026-12-15") without its kind, a quote in quotes."""
        return [each[2:] if each[:2] in ("n=", "d=") else f'"{each}"' for each in self.missing]


@dataclass(frozen=True, slots=True)
class Findings:
    """`seen`: the day on which a page last proved a statement; `found`: what a person has to look at."""

    seen: Mapping[Key, date]
    found: Mapping[Key, Finding]
    states: Mapping[PageState, int]  # pages
    looked_at: datetime | None  # the oldest look at a page


NOTHING = Findings({}, {}, {}, None)


def findings(file: Path, statements: Iterable[Statement]) -> Findings:
    """What is recorded in a file. What a person checked since it was found is left out."""
    with recorded(file) as record:
        if record is None:
            return NOTHING
        pages = {page.url: page for page in record.pages()}
        stood = {one.key: one for one in record.statements()}
    seen: dict[Key, date] = {}
    found: dict[Key, Finding] = {}
    for one in statements:
        page, was = pages.get(one.url), stood.get(one.key)
        if was and was.seen_on:
            seen[one.key] = was.seen_on
        if was and was.since and was.proof.standing is Standing.CHANGED and _was_found_later(one, was.since):
            proof = was.proof
            found[one.key] = Finding(
                PageState.CHANGED, was.since, None, page.now_at if page else None, proof.missing, proof.old, proof.new
            )
        elif page and page.is_for_people and page.state is not PageState.CHANGED and _was_found_later(one, page.since):
            found[one.key] = Finding(page.state, page.since, page.detail, page.now_at)
    oldest = min((page.looked_at for page in pages.values()), default=None)
    return Findings(seen, found, Counter(page.state for page in pages.values()), oldest)


def _was_found_later(one: Statement, since: date) -> bool:
    """Whether something was found after the last time that a person looked."""
    return one.checked is None or one.checked < since

"""How fresh the knowledge is, for /metrics: counted anew at most once a minute, when somebody asks."""

from __future__ import annotations

from functools import partial
from math import nan
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.authoring.sources.findings import Findings
    from bot.authoring.sources.record import PageState
    from bot.conversations import Conversations

EVERY = 60.0  # seconds


class FreshnessFigures:
    """What `overstap knowledge due` says, in numbers."""

    def __init__(self, conversations: Conversations) -> None:
        self._conversations = conversations
        self._counted = -EVERY
        self._pages = self._found = 0
        self._told: Findings | None = None

    def publish(self) -> None:
        from bot.authoring.sources.record import PageState
        from bot.channels import metrics

        metrics.KNOWLEDGE_DUE.set_function(lambda: self._fresh()._pages)
        metrics.KNOWLEDGE_FOUND.set_function(lambda: self._fresh()._found)
        metrics.SOURCES_SECONDS.set_function(self._age)
        for state in PageState:
            metrics.SOURCES.labels(state.value).set_function(partial(self._count, state))

    def _count(self, state: PageState) -> float:
        told = self._fresh()._told
        return told.states.get(state, 0) if told else 0

    def _age(self) -> float:
        told = self._fresh()._told
        if told is None or told.looked_at is None:
            return nan
        return (self._conversations.time() - told.looked_at).total_seconds()

    def _fresh(self) -> FreshnessFigures:
        from bot.authoring.freshness import by_page, due
        from bot.authoring.sources.findings import findings
        from bot.authoring.sources.statements import statements

        if monotonic() - self._counted >= EVERY:
            self._counted = monotonic()
            content, store = self._conversations.compiled.content, self._conversations.store
            self._told = findings(store.settings.sources_file, statements(content.knowledge))
            today = content.country.calendar.day(self._conversations.time())
            pages = by_page(due(content.knowledge, today, {}, self._told))
            self._pages, self._found = len(pages), sum(page.finding is not None for page in pages)
        return self

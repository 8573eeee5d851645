"""What a process of ours does for staff beside its own work: e-mail, the morning's list, who was left waiting."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from bot.settings import Settings
    from bot.store import Store

LOOK_SECONDS = 30.0

Job = Callable[[], Coroutine[Any, Any, None]]


def jobs_for_staff(settings: Settings, store: Store, now: Callable[[], datetime]) -> list[Job]:
    """Each runs until it is cancelled. The bot and the desk have the same ones: they share them over the store."""
    from bot.cli.periodic import repeat
    from bot.staff import rounds

    jobs: list[Job] = [lambda: repeat(lambda: rounds.run(store, now()), LOOK_SECONDS)]
    if settings.smtp_host:
        from bot.channels.email.post import post

        jobs.append(lambda: post(settings, store))
    return jobs

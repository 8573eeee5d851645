"""What a start repairs before anybody is answered: work that was killed half-way, a backup that was put back."""

import logging
from datetime import datetime

from bot.operations.restore import remove_leftovers
from bot.privacy.erasure import replay
from bot.privacy.steps import Step, carry_out, plan
from bot.store.store import Store

log = logging.getLogger(__name__)


def make_good(store: Store, at: datetime) -> None:
    """Erase again who was erased, delete the exports that had to go, and what a killed restore left behind."""
    store.clock.start(at)
    again = replay(store, at)
    if again:
        log.warning("the database is older than erased.jsonl: %s people were erased again", again)
    # Also where no step was written down: in a copy that was put back by hand.
    with store.transaction():
        plan(store, (Step.TOMBSTONE, Step.EXPORTS), at, soon=False)
    carry_out(store, at)
    store.search.complete()
    remove_leftovers(store.settings)

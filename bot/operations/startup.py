"""What a start repairs before anybody is answered: work that was killed half-way, a backup that was put back."""

import logging
from datetime import datetime

from bot.operations.backup import remove_leftovers
from bot.privacy.erasure import complete_tombstone_file, replay
from bot.store.store import Store

log = logging.getLogger(__name__)


def make_good(store: Store, at: datetime) -> None:
    """Erase again who was erased, delete the exports that had to go, and what a killed restore left behind."""
    store.clock.start(at)
    again = replay(store, at)
    if again:
        log.warning("the database is older than erased.jsonl: %s people were erased again", again)
    complete_tombstone_file(store)
    store.exports.remove(store.exports.withdrawn(at), at)
    remove_leftovers(store.settings)

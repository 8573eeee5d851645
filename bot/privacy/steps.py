"""What an erasure still has to do outside its transaction: written down in it, and done again until it is done.

Rows and keys go in the transaction itself, and what is to be taken out of chats waits in the outbox. The rest is a
list of steps in the database. They are done right after the commit; killed before or in between, a bot that runs does
them within a minute, and else the next start does.
"""

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import BotError
from bot.privacy.tombstones import complete_file
from bot.store.store import Store
from bot.store.tables import erasure_steps

log = logging.getLogger(__name__)


class Step(StrEnum):
    TOMBSTONE = "tombstone"  # a line in `erased.jsonl`
    EXPORTS = "exports"  # files in which they can be are deleted
    TRACES = "traces"  # the bytes of the deleted key are taken out of the files of the database


WORK: dict[Step, Callable[[Store, datetime], bool]] = {
    Step.TOMBSTONE: lambda store, _: complete_file(store),
    Step.EXPORTS: lambda store, at: store.exports.remove_withdrawn(at),
    Step.TRACES: lambda store, _: store.wipe_traces(),
}


def plan(store: Store, steps: Iterable[Step], at: datetime, *, soon: bool = True) -> None:
    """Write down what is to be done, in the open unit. `soon`: right after its commit."""
    statement = store.insert(erasure_steps)
    again = statement.on_conflict_do_update(
        index_elements=[erasure_steps.c.step], set_={"asked": erasure_steps.c.asked + 1}
    )
    with store.transaction() as db:
        # Always in one order: two who erase never wait for each other in a ring.
        db.execute(again, [{"step": step, "asked": 1, "since": at} for step in sorted(steps)])
        if soon:
            # PostgreSQL writes a table anew, for which nobody's turn should wait: the clock does that, in a minute.
            now = tuple(step for step in Step if store.sqlite or step is not Step.TRACES)
            store.after_commit(carry_out, store, at, now)


def carry_out(store: Store, at: datetime, these: Collection[Step] = tuple(Step)) -> None:
    """Do what is on the list. What does not succeed stays on it, and stops nothing else."""
    with store.reading() as db:
        asked = {row.step: row.asked for row in db.execute(select(erasure_steps))}
    for step in these:
        if step not in asked:
            continue
        try:
            done = WORK[step](store, at)
        except (OSError, BotError, SQLAlchemyError) as error:
            log.error("a step of an erasure (%s) did not succeed: %s", step, type(error).__name__)
            done = False
        if done:
            as_before = (erasure_steps.c.step == step) & (erasure_steps.c.asked == asked[step])
            with store.transaction() as db:
                db.execute(delete(erasure_steps).where(as_before))


def unfinished(store: Store) -> datetime | None:
    """Since when something of an erasure waits to be done; None when nothing does."""
    with store.reading() as db:
        return min(db.execute(select(erasure_steps.c.since)).scalars(), default=None)

"""Leads as a file: checked, cleaned, written for its owner only, counted, hashed, and removed after its term."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import uuid4

from bot.content.staff_sentences import StaffSentence
from bot.errors import BotError
from bot.staff.cells import Cell
from bot.staff.desk import Desk
from bot.staff.export.columns import Column, cells, columns
from bot.staff.export.writers import WRITERS, Writer
from bot.staff.labels import Labels
from bot.store.exports import Export
from bot.store.lead_filter import Filter
from bot.store.team import Role

__all__ = ["FORMATS", "PROFILES", "WRITERS", "Exported", "Order", "Preview", "export", "of_format", "preview"]

PROFILES = tuple(WRITERS)
STEP = 100  # leads between two words of progress
FORMATS = tuple(dict.fromkeys(writer.suffix.removeprefix(".") for writer in WRITERS.values()))


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `retired`: a column for each question that was ever asked, and not only for those of now."""

    profile: str = "xlsx"
    which: Filter = field(default_factory=Filter)
    since_last: bool = False
    reason: str = ""
    labels: Labels = field(default_factory=Labels)
    retired: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    count: int
    previous: datetime | None  # when the same person made the last export like this one
    columns: tuple[Column, ...]
    rows: list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Exported:
    file: Path
    record: Export
    warnings: list[str]


def of_format(kind: str) -> str:
    """The profile for who names no more than a kind of file: the first in `WRITERS` that makes one."""
    return next(profile for profile, writer in WRITERS.items() if writer.suffix == f".{kind}")


def preview(desk: Desk, order: Order, rows: int = 3) -> Preview:
    """What an export would hold, without making it."""
    desk.need(Role.ADVISER, "export")
    store = desk.store
    with store.snapshot():
        last = _last(desk, order)
        which = _narrowed(order, last)
        chosen = _columns(desk, order, last)
        seen = [cells(chosen, lead, details) for lead, details in islice(store.leads.stream(which, batch=rows), rows)]
        return Preview(store.leads.count(which), last.at if last else None, chosen, seen)


def export(desk: Desk, order: Order, progress: Callable[[int, int], object] | None = None) -> Exported:
    """Make the file; `progress` hears how many leads of how many are written.

    The file holds one moment of the database. "Since the last time" goes by a counter that every change of a lead
    gets, so neither a clock nor two changes in one second can hide one; withdrawals and erasures come along.
    """
    desk.need(Role.ADVISER, "export")
    with desk.store.exports.making():
        return _export(desk, order, progress)


def _export(desk: Desk, order: Order, progress: Callable[[int, int], object] | None) -> Exported:
    store, locale = desk.store, desk.locale
    with store.snapshot():
        last = _last(desk, order)
        which = _narrowed(order, last)
        total, change = store.leads.count(which), store.counters.last_change()
        chosen = _columns(desk, order, last)
        at = desk.now()  # after the first look: what is in this file came in before it
        name = (
            f"leads-{order.profile}-{locale.clock(at):%Y%m%d-%H%M%S}-{uuid4().hex[:6]}{WRITERS[order.profile].suffix}"
        )
        about = [
            (locale.say(StaffSentence.MADE_AT), locale.moment(at)),
            (locale.say(StaffSentence.MADE_BY), desk.who.name),
            (locale.say(StaffSentence.ONLY_NEW), locale.say_bool(order.since_last)),
            (locale.say(StaffSentence.MIND), locale.say(StaffSentence.PERSONAL_DATA)),
        ]
        with _new_file(store.settings.exports_folder, name) as part:
            writer: Writer = WRITERS[order.profile](part, chosen, about, locale)  # type: ignore[call-arg]
            try:
                done = 0
                for lead, details in store.leads.stream(which, events=writer.events):
                    writer.write(lead, details)
                    done += 1
                    if progress and (done % STEP == 0 or done == total):
                        progress(done, total)
            finally:
                writer.close()
    file = store.settings.exports_folder / name
    record = Export(
        at=at,
        staff=desk.who.name,
        profile=order.profile,
        filter=order.which.to_json(),
        reason=order.reason[:200],
        change_from=which.changed_after or 0,
        change_to=change,
        rows=done,
        sha256=_sha256(file),
        file=name,
        expires_at=at + timedelta(days=store.settings.keep_exports_days),
    )
    try:
        with store.transaction():
            # Who erases somebody from now on finds the row of this file; who did so meanwhile could not.
            store.counters.lock_leads()
            if store.leads.is_any_erased(after=change):
                raise BotError(locale.say(StaffSentence.ERASED_MEANWHILE))
            store.exports.record(record)
            store.audit.write(
                desk.who.name, "export", name, at=at, profile=order.profile, rows=done, sha256=record.sha256
            )
    except BaseException:
        file.unlink()
        raise
    return Exported(file, record, writer.warnings)


def _last(desk: Desk, order: Order) -> Export | None:
    """The same person's last export like this one."""
    if order.profile not in WRITERS:
        known = ", ".join(PROFILES)
        raise BotError(desk.locale.say(StaffSentence.NO_PROFILE, profile=order.profile, profiles=known))
    return desk.store.exports.last(desk.who.name, order.profile, order.which.to_json())


def _narrowed(order: Order, last: Export | None) -> Filter:
    """The filter, with the change from which to go on."""
    if not order.since_last:
        return order.which
    return replace(order.which, changed_after=last.change_to if last else 0, erased=last is not None)


def _columns(desk: Desk, order: Order, last: Export | None) -> tuple[Column, ...]:
    return columns(
        desk.store.leads.questions(order.which.kind),
        order.labels,
        desk.locale,
        retired=order.retired,
        people=WRITERS[order.profile].people,
        previous=last.at if last else None,
    )


@contextmanager
def _new_file(folder: Path, name: str) -> Iterator[Path]:
    """A file that only its owner can read, and that appears under its name when it is whole and on disk.

    It is made in a folder of its own, with whatever its writer needs on the way, and all of that goes.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.is_symlink():
        raise BotError(f"{folder} is a link to somewhere else; exports stay in the data folder.")
    making = folder / f".{name}.part"
    making.mkdir(mode=0o700)
    part = making / name
    try:
        part.touch(mode=0o600, exist_ok=False)
        yield part
        part.chmod(0o600)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(folder / name)
    finally:
        shutil.rmtree(making)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

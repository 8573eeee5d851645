"""A copy of the database while the bot runs, and the keys of its people beside it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from bot.operations import postgresql, sqlite
from bot.operations.people_file import NAME, PeopleFile
from bot.settings import Settings
from bot.store.database import Unreachable, cause, connect, now
from bot.store.tables import BACKUP_VERIFIED, counters, lead_terms, person_keys, seals

LEFT_OUT = (person_keys.name, lead_terms.name)  # kept beside it; made again by a restore
BEGUN, VERIFIED = "backup", BACKUP_VERIFIED  # counters: when the last one began, and the last that was proven


def backup(settings: Settings, file: Path) -> Path:
    """Write a consistent copy to `file`, for its owner only, and the keys of people to `people.keys` beside it.

    The key of the centre is in neither: keep a copy of that elsewhere.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    begun = now()
    engine = connect(settings)
    try:
        with engine.begin() as db:
            note(db, BEGUN, begun)
        if settings.database_file:
            sqlite.copy(settings.database_file, part, apart=True, without=LEFT_OUT)
        else:
            postgresql.dump(settings, part, LEFT_OUT)
        # After the copy: who is in it and not here was erased in between.
        with engine.connect() as db:
            people = _people(db, begun)
        people.write(file.with_name(NAME))
        part.replace(file)
    except OperationalError as error:
        raise Unreachable(f"The database cannot be opened: {cause(error)}.") from None
    finally:
        engine.dispose()
        part.unlink(missing_ok=True)
    return file


def _people(db: Connection, at: datetime) -> PeopleFile:
    # Tables of an older release have no keys of people: there all is sealed with that of the centre.
    rows = db.execute(select(person_keys)).all() if db.dialect.has_table(db, person_keys.name) else ()
    return PeopleFile(mark(db), at, tuple((row.kind, row.owner, row.key) for row in rows))


def mark(db: Connection) -> str:
    """What tells one database from another: the mark of its index key."""
    return str(db.execute(select(seals.c.value).where(seals.c.name == "index")).scalar_one())


def note(db: Connection, name: str, at: datetime) -> None:
    """Write down when something of backups was done."""
    value = int(at.timestamp())
    if db.execute(counters.update().where(counters.c.name == name).values(value=value)).rowcount == 0:
        db.execute(counters.insert().values(name=name, value=value))


def noted(db: Connection, name: str) -> datetime | None:
    seconds = db.execute(select(counters.c.value).where(counters.c.name == name)).scalar()
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)

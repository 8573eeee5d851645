"""The keys of people, beside the backups: one file, `people.keys`, that each backup replaces.

A backup holds no keys of people, so by itself nobody is read in it. Who was erased is not in the file that the next
backup writes: from then on no older backup opens them either. So of this file no older one is to be kept, anywhere.
What is in it is sealed with the key of the centre.
"""

import json
import os
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.errors import BotError

NAME = "people.keys"
Row = tuple[str, str, str]  # kind, owner, and the key as it is sealed


@dataclass(frozen=True, slots=True)
class PeopleFile:
    database: str  # the mark of the database: which keys these go with
    made_at: datetime
    rows: tuple[Row, ...]

    @classmethod
    def read(cls, file: Path) -> "PeopleFile | None":
        """What is in the file; None when there is none. Raises BotError for one that is damaged."""
        try:
            text = file.read_text("ascii")
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise BotError(f"{file} cannot be read: {type(error).__name__}.") from None
        try:
            first, *lines = text.splitlines()
            head = json.loads(first)
            rows = tuple((kind, owner, key) for kind, owner, key in map(json.loads, lines))
            if len(rows) != head["people"]:
                raise ValueError
            return cls(head["database"], datetime.fromisoformat(head["made_at"]), rows)
        except (ValueError, KeyError, TypeError):
            raise BotError(f"{file} is damaged, or was copied while it was written.") from None

    def write(self, file: Path) -> None:
        """Take the place of the file, at one moment. Raises BotError when that is of another database."""
        before = self.read(file) if file.exists() else None
        if before and before.database != self.database:
            raise BotError(f"{file} is of another database. Give each database a folder for its backups.")
        new = file.with_name(f".{file.name}.part")
        new.unlink(missing_ok=True)
        head = {"database": self.database, "made_at": self.made_at.isoformat(), "people": len(self.rows)}
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.writelines(f"{json.dumps(line)}\n" for line in (head, *self.rows))
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)


def merged(*some: Collection[Row]) -> list[Row]:
    """All keys; of two for the same person, the one that comes first."""
    found: dict[tuple[str, str], Row] = {}
    for rows in some:
        for row in rows:
            found.setdefault(row[:2], row)
    return list(found.values())

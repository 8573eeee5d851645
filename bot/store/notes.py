"""What advisers write down about a lead, sealed; a note is struck, and stays to be read."""

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.store.database import Database
from bot.store.encryption import Sealed
from bot.store.lead_model import Lead
from bot.store.tables import LEAD, lead_notes


class Notes:
    def __init__(self, store: Database) -> None:
        self.store = store

    def add(self, changed: Lead, author: str, text: str, at: datetime) -> None:
        """Keep what was written down with the last change of a lead."""
        owner = (LEAD, changed.reference)
        sealed = Sealed(text, (changed.id, author), self.store.person_keys.of([owner])[owner])
        values = {"lead_id": changed.id, "author": author, "text": sealed, "at": at, "change": changed.change}
        with self.store.transaction() as db:
            db.execute(insert(lead_notes).values(values))

    def strike(self, lead: int, number: int, by: str, at: datetime) -> bool:
        """Strike a note out, the first of the lead being 1: it stays to be read. False when there is no such note, or
        it is struck already."""
        nth = select(lead_notes.c.id).where(lead_notes.c.lead_id == lead).order_by(lead_notes.c.id).offset(number - 1)
        with self.store.transaction() as db:
            note = db.execute(nth.limit(1)).scalar() if number > 0 else None
            this = (lead_notes.c.id == note) & lead_notes.c.struck_at.is_(None)
            struck = {"struck_at": at, "struck_by": by}
            return note is not None and db.execute(update(lead_notes).where(this).values(struck)).rowcount > 0

    def strike_written_with(self, lead: int, change: int, by: str, at: datetime) -> None:
        """Strike out what was written with a change that is undone."""
        these = (lead_notes.c.lead_id == lead) & (lead_notes.c.change == change) & lead_notes.c.struck_at.is_(None)
        with self.store.transaction() as db:
            db.execute(update(lead_notes).where(these).values(struck_at=at, struck_by=by))

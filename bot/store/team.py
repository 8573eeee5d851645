"""Who may work with leads, and what each of them may do."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Row, select, update

from bot.errors import BotError
from bot.store.audit import Audit
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.tables import staff
from bot.store.words import word


class Role(StrEnum):
    """Each may do what the ones before it may. What they are called stands in `bot.store.words`."""

    READER = "reader"  # look
    ADVISER = "adviser"  # work on leads, export
    COORDINATOR = "coordinator"  # work on the leads of others
    ADMIN = "admin"  # erase a person

    def may(self, needed: "Role") -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    name: str
    role: Role
    active: bool
    telegram: str | None  # the number of their Telegram account


class Team:
    def __init__(self, store: Database, audit: Audit) -> None:
        self.store, self.audit = store, audit

    def add(self, name: str, role: Role, telegram: str | None = None) -> Member:
        """Register someone, or give someone a new role or Telegram account; who was deactivated is active again."""
        if not name.strip() or (telegram is not None and not telegram.isdigit()):
            raise BotError("A member of staff has a name, and a Telegram number of digits only.")
        name = self._known(name)
        admins = {each.name for each in self.all() if each.active and each.role is Role.ADMIN}
        if admins == {name} and role is not Role.ADMIN:
            raise BotError(f"{name} is the last {word(Role.ADMIN)}: make somebody else one first.")
        blind = self._blind(telegram) if telegram else None
        private = Sealed({"telegram": telegram}, (name,)) if telegram else None
        values = {"role": role, "telegram": blind, "private": private, "active": True}
        with self.store.transaction() as db:
            if blind and any(each.telegram == telegram and each.name != name for each in self.all()):
                raise BotError(f"Telegram account {telegram} belongs to someone else already.")
            statement = self.store.insert(staff).values(name=name, created_at=now(), **values)
            db.execute(statement.on_conflict_do_update(index_elements=[staff.c.name], set_=values))
            self.audit.write("operator", "staff added", name, role=role)
        member = self.named(name)
        assert member is not None
        return member

    def deactivate(self, name: str) -> None:
        """Take away every right; the name stays with what they did."""
        name = self._known(name)
        with self.store.transaction() as db:
            values = {"active": False, "telegram": None, "private": None}
            if db.execute(update(staff).where(staff.c.name == name).values(values)).rowcount == 0:
                raise BotError(f"There is no member of staff {name!r}.")
            self.audit.write("operator", "staff deactivated", name)

    def all(self) -> list[Member]:
        with self.store.reading() as db:
            return [_member(row) for row in db.execute(select(staff).order_by(staff.c.name))]

    def named(self, name: str) -> Member | None:
        """The active member with this name, whatever its capitals."""
        return next((each for each in self.all() if each.active and each.name.casefold() == name.casefold()), None)

    def on_telegram(self, user: int) -> Member | None:
        """The active member with this Telegram account. Give it the sender of a private message or a button press,
        never a number that somebody typed or forwarded."""
        with self.store.reading() as db:
            mine = (staff.c.telegram == self._blind(str(user))) & staff.c.active.is_(True)
            row = db.execute(select(staff).where(mine)).first()
        return _member(row) if row else None

    def _known(self, name: str) -> str:
        """The name as it is registered, whatever its capitals and the spaces around it; a new name without those."""
        name = name.strip()
        return next((each.name for each in self.all() if each.name.casefold() == name.casefold()), name)

    def _blind(self, telegram: str) -> str:
        return self.store.keys.blind("staff", telegram)


def _member(row: Row[tuple[object, ...]]) -> Member:
    private = row.private or {}
    return Member(row.id, row.name, Role(row.role), row.active, private.get("telegram"))

"""Who may work with leads, and what each of them may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Row, select, update

from bot.errors import BotError
from bot.store.audit import Audit
from bot.store.damage import opened, readable
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.outbox import Address
from bot.store.tables import staff

ADDRESS = "telegram"  # the column of the address, by the channel that it was made for


class Role(StrEnum):
    """Each may do what the ones before it may. What they are called stands in `bot.content.staff_words`."""

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
    address: Address | None  # where they hear of their leads, and work on them


class Team:
    def __init__(self, store: Database, audit: Audit) -> None:
        self.store, self.audit = store, audit

    def add(self, name: str, role: Role, address: Address | None = None) -> Member:
        """Register someone, or give someone a new role or address; who was deactivated is active again."""
        if not name.strip():
            raise BotError("A member of staff has a name.")
        name = self._known(name)
        admins = {each.name for each in self.all() if each.active and each.role is Role.ADMIN}
        if admins == {name} and role is not Role.ADMIN:
            raise BotError(f"{name} is the last who may erase people: give somebody else that role first.")
        blind = self._blind(address) if address else None
        private = Sealed({"channel": address.channel, "user": address.user}, (name,)) if address else None
        values = {"role": role, ADDRESS: blind, "private": private, "active": True}
        with self.store.transaction() as db:
            if address and any(each.address == address and each.name != name for each in self.all()):
                raise BotError(f"{address.user} on {address.channel} belongs to someone else already.")
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
            values = {"active": False, ADDRESS: None, "private": None}
            if db.execute(update(staff).where(staff.c.name == name).values(values)).rowcount == 0:
                raise BotError(f"There is no member of staff {name!r}.")
            self.audit.write("operator", "staff deactivated", name)

    def all(self) -> list[Member]:
        with self.store.reading() as db:
            return list(readable(db.execute(select(staff).order_by(staff.c.name)), _member, "staff"))

    def named(self, name: str) -> Member | None:
        """The active member with this name, whatever its capitals."""
        return next((each for each in self.all() if each.active and each.name.casefold() == name.casefold()), None)

    def by_id(self, staff_id: int) -> Member | None:
        """The active member with this number."""
        with self.store.reading() as db:
            row = db.execute(select(staff).where(staff.c.id == staff_id, staff.c.active)).first()
        return _member(row) if row else None

    def at(self, address: Address) -> Member | None:
        """The active member with this address. Give it the sender of a private message or a button press, never what
        somebody typed or forwarded."""
        return next((each for each in self.all() if each.active and each.address == address), None)

    def _known(self, name: str) -> str:
        """The name as it is registered, whatever its capitals and the spaces around it; a new name without those."""
        name = name.strip()
        return next((each.name for each in self.all() if each.name.casefold() == name.casefold()), name)

    def _blind(self, address: Address) -> str:
        return self.store.keys.blind("staff", f"{address.channel}:{address.user}")


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.id, row.name, Role(row.role), row.active, _address(opened(row.private) or {}))


def _address(private: Mapping[str, str]) -> Address | None:
    if ADDRESS in private:  # until 0.1 there was one channel, and its name stood for an address
        return Address(ADDRESS, private[ADDRESS])
    return Address(private["channel"], private["user"]) if private else None

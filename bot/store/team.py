"""Who may work with leads, and what each of them may do."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.errors import BotError
from bot.store.audit import Audit
from bot.store.damage import opened, readable
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.outbox import Address
from bot.store.tables import accounts, sessions, staff

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
class Absence:
    """Days on which somebody is not there, the last one included, and who has their leads meanwhile."""

    since: date
    until: date
    substitute: int | None = None


@dataclass(frozen=True, slots=True)
class Member:
    id: int
    name: str
    role: Role
    active: bool
    address: Address | None  # where they hear of their leads, and work on them
    email: str | None = None
    team: str | None = None  # or region
    absence: Absence | None = None

    def is_away(self, day: date) -> bool:
        return self.absence is not None and self.absence.since <= day <= self.absence.until

    def substitute_on(self, day: date) -> int | None:
        """Who has their leads on a day."""
        return self.absence.substitute if self.absence and self.is_away(day) else None


class Team:
    def __init__(self, store: Database, audit: Audit) -> None:
        self.store, self.audit = store, audit

    def add(
        self,
        name: str,
        role: Role | None = None,
        address: Address | None = None,
        *,
        email: str | None = None,
        team: str | None = None,
        actor: str = "operator",
    ) -> Member:
        """Register someone, or change something of them: what is not given stays, what is empty goes. A new one is an
        adviser unless a role is given; who was deactivated is active again.

        Raises BotError when nobody would be left who may erase people, or an account belongs to somebody else.
        """
        if not name.strip():
            raise BotError("A member of staff has a name.")
        name = self._known(name)
        before = next((each for each in self.all() if each.name == name), None)
        role = role or (before.role if before else Role.ADVISER)
        self._keep_an_admin(name, role)
        address = address or (before.address if before else None)
        email = (before.email if before else None) if email is None else email.strip() or None
        team = (before.team if before else None) if team is None else team.strip() or None
        values = {
            "role": role,
            ADDRESS: self._blind(address) if address else None,
            "private": _sealed(name, address, email),
            "active": True,
            "team": team,
        }
        with self.store.transaction() as db:
            if address and any(each.address == address and each.name != name for each in self.all()):
                raise BotError(f"{address.user} on {address.channel} belongs to someone else already.")
            statement = self.store.insert(staff).values(name=name, created_at=now(), **values)
            db.execute(statement.on_conflict_do_update(index_elements=[staff.c.name], set_=values))
            self.audit.write(actor, "staff added", name, role=role)
        member = self.named(name)
        assert member is not None
        return member

    def deactivate(self, name: str, *, actor: str = "operator") -> None:
        """Take away every right; the name stays with what they did. Their leads are for `bot.staff.colleagues`."""
        name = self._known(name)
        with self.store.transaction() as db:
            values = {"active": False, ADDRESS: None, "private": None, **_away(None)}
            if db.execute(update(staff).where(staff.c.name == name).values(values)).rowcount == 0:
                raise BotError(f"There is no member of staff {name!r}.")
            theirs = select(staff.c.id).where(staff.c.name == name)
            for table in (accounts, sessions):  # whoever comes back gets a new invitation
                db.execute(delete(table).where(table.c.staff_id.in_(theirs)))
            self.audit.write(actor, "staff deactivated", name)

    def set_absence(self, member: Member, absence: Absence | None, *, actor: str = "operator") -> Member:
        """Write down when somebody is not there, or that they are."""
        with self.store.transaction() as db:
            db.execute(update(staff).where(staff.c.id == member.id).values(_away(absence)))
            until = absence.until.isoformat() if absence else None
            self.audit.write(actor, "staff away" if absence else "staff back", member.name, until=until)
        return replace(member, absence=absence)

    def _keep_an_admin(self, name: str, role: Role) -> None:
        admins = {each.name for each in self.all() if each.active and each.role is Role.ADMIN}
        if admins == {name} and role is not Role.ADMIN:
            raise BotError(f"{name} is the last who may erase people: give somebody else that role first.")

    def by_id(self, staff_id: int) -> Member | None:
        """The active member with this number."""
        with self.store.reading() as db:
            row = db.execute(select(staff).where(staff.c.id == staff_id, staff.c.active)).first()
        return _member(row) if row else None

    def all(self) -> list[Member]:
        with self.store.reading() as db:
            return list(readable(db.execute(select(staff).order_by(staff.c.name)), _member, "staff"))

    def named(self, name: str) -> Member | None:
        """The active member with this name, whatever its capitals."""
        return next((each for each in self.all() if each.active and each.name.casefold() == name.casefold()), None)

    def at(self, address: Address) -> Member | None:
        """The active member with this address. Give it the sender of a private message or a button press, never what
        somebody typed or forwarded."""
        return next((each for each in self.all() if each.active and each.address == address), None)

    def has(self, address: Address) -> bool:
        """Whether an active member may have this address: quicker than `at`, for every message of everybody."""
        theirs = select(staff.c.id).where(staff.c[ADDRESS] == self._blind(address), staff.c.active)
        with self.store.reading() as db:
            return db.execute(theirs).first() is not None

    def _known(self, name: str) -> str:
        """The name as it is registered, whatever its capitals and the spaces around it; a new name without those."""
        name = name.strip()
        return next((each.name for each in self.all() if each.name.casefold() == name.casefold()), name)

    def _blind(self, address: Address) -> str:
        return self.store.keys.blind("staff", f"{address.channel}:{address.user}")


def _away(absence: Absence | None) -> dict[str, Any]:
    if absence is None:
        return {"away_from": None, "away_until": None, "substitute_id": None}
    return {"away_from": absence.since, "away_until": absence.until, "substitute_id": absence.substitute}


def _sealed(name: str, address: Address | None, email: str | None) -> Sealed | None:
    private = {"channel": address.channel, "user": address.user} if address else {}
    return Sealed({**private, **({"email": email} if email else {})} or None, (name,))


def _member(row: Row[Any]) -> Member:
    private = opened(row.private) or {}
    away = Absence(row.away_from, row.away_until, row.substitute_id) if row.away_from and row.away_until else None
    return Member(row.id, row.name, Role(row.role), row.active, _address(private), private.get("email"), row.team, away)


def _address(private: Mapping[str, str]) -> Address | None:
    if ADDRESS in private:  # until 0.1 there was one channel, and its name stood for an address
        return Address(ADDRESS, private[ADDRESS])
    return Address(private["channel"], private["user"]) if "user" in private else None

"""How each member of staff signs in: what is checked, never what they typed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update

from bot.store.damage import opened
from bot.store.database import Database, now
from bot.store.encryption import Sealed
from bot.store.tables import accounts, sign_ins

KEEP_ATTEMPTS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Account:
    """`secret` makes their one-time codes; `offered` will, as soon as they typed one of it."""

    staff_id: int
    password: str | None
    secret: str | None
    offered: str | None
    last_code: int | None
    has_work_account: bool
    invited_until: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether they ever chose a way to sign in."""
        return bool(self.password and self.secret) or self.has_work_account


class Accounts:
    def __init__(self, store: Database) -> None:
        self.store = store

    # ------------------------------------------------------------------ looking
    def of(self, staff_id: int) -> Account | None:
        return self._find(accounts.c.staff_id == staff_id)

    def all(self) -> dict[int, Account]:
        """By member."""
        with self.store.reading() as db:
            return {row.staff_id: _account(row) for row in db.execute(select(accounts))}

    def invited_by(self, token: str, at: datetime) -> Account | None:
        """Whom this link invites; None when it was used, or is too old."""
        valid = (accounts.c.invitation == self._blind("invitation", token)) & (accounts.c.invited_until > at)
        return self._find(valid)

    def of_work_account(self, issuer: str, subject: str) -> Account | None:
        return self._find(accounts.c.work_account == self._work_account(issuer, subject))

    # ------------------------------------------------------------------ changing
    def invite(self, staff_id: int, token: str, until: datetime) -> None:
        """Only the last link works. How they sign in now goes on until they use it."""
        values = {"invitation": self._blind("invitation", token), "invited_until": until}
        statement = self.store.insert(accounts).values(staff_id=staff_id, created_at=now(), **values)
        with self.store.transaction() as db:
            db.execute(statement.on_conflict_do_update(index_elements=[accounts.c.staff_id], set_=values))

    def offer(self, account: Account, secret: str) -> None:
        """Keep a secret for codes until they typed one of it."""
        self._set(account, private=_private(account, secret=account.secret, offered=secret))

    def choose_password(self, account: Account, password: str, secret: str, code: int) -> None:
        """From now on they sign in with this hash and the codes of this secret; the invitation is used."""
        used = {"invitation": None, "invited_until": None}
        self._set(account, password=password, private=_private(account, secret=secret), last_code=code, **used)

    def choose_work_account(self, account: Account, issuer: str, subject: str) -> None:
        """From now on they sign in at their organisation, and no longer with a password; the invitation is used."""
        used = {"invitation": None, "invited_until": None, "password": None, "private": None, "last_code": None}
        self._set(account, work_account=self._work_account(issuer, subject), **used)

    def rehash(self, account: Account, password: str) -> None:
        """The same password by today's parameters."""
        self._set(account, password=password)

    def use_code(self, account: Account, code: int) -> bool:
        """Use the one-time code of a half minute; False when it was used, or a later one was."""
        unused = accounts.c.last_code.is_(None) | (accounts.c.last_code < code)
        mine = accounts.c.staff_id == account.staff_id
        with self.store.transaction() as db:
            return db.execute(update(accounts).where(mine, unused).values(last_code=code)).rowcount == 1

    # ------------------------------------------------------------------ guessing
    def tried(self, name: str, place: str, at: datetime, *, succeeded: bool) -> None:
        """Write down that somebody tried to sign in; what is older than a day goes."""
        values = {"at": at, "who": self._who(name), "place": self._blind("place", place), "succeeded": succeeded}
        with self.store.transaction() as db:
            db.execute(delete(sign_ins).where(sign_ins.c.at < at - KEEP_ATTEMPTS))
            db.execute(insert(sign_ins).values(values))

    def failures(self, name: str, place: str, since: datetime) -> tuple[int, int]:
        """How often it failed since a moment: by this name (since it last succeeded), and from this place."""
        by_name, from_place = sign_ins.c.who == self._who(name), sign_ins.c.place == self._blind("place", place)
        good = select(func.max(sign_ins.c.id)).where(by_name, sign_ins.c.succeeded).scalar_subquery()
        return (
            self._failures(since, by_name, sign_ins.c.id > func.coalesce(good, 0)),
            self._failures(since, from_place),
        )

    def _failures(self, since: datetime, *which: ColumnElement[bool]) -> int:
        statement = select(func.count()).where(sign_ins.c.at > since, sign_ins.c.succeeded.is_(False), *which)
        with self.store.reading() as db:
            return int(db.execute(statement).scalar_one())

    # ------------------------------------------------------------------ inside
    def _find(self, which: ColumnElement[bool]) -> Account | None:
        with self.store.reading() as db:
            row = db.execute(select(accounts).where(which)).first()
        return _account(row) if row else None

    def _set(self, account: Account, **values: Any) -> None:
        with self.store.transaction() as db:
            db.execute(update(accounts).where(accounts.c.staff_id == account.staff_id).values(values))

    def _who(self, name: str) -> str:
        return self._blind("who", name.strip().casefold())

    def _work_account(self, issuer: str, subject: str) -> str:
        return self._blind("work account", f"{issuer}\n{subject}")

    def _blind(self, kind: str, value: str) -> str:
        return self.store.keys.blind(kind, value)


def _private(account: Account, **values: str | None) -> Sealed:
    return Sealed({name: value for name, value in values.items() if value}, (account.staff_id,))


def _account(row: Row[Any]) -> Account:
    private = opened(row.private) or {}
    return Account(
        staff_id=row.staff_id,
        password=row.password,
        secret=private.get("secret"),
        offered=private.get("offered"),
        last_code=row.last_code,
        has_work_account=row.work_account is not None,
        invited_until=row.invited_until,
    )

"""Signing in at the desk: an invitation, a password with a one-time code, or an account at work.

Passwords: NIST SP 800-63B, section 3.1.1: long, not known to be bad, no rules of composition. Codes: RFC 6238.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from bot.errors import BotError
from bot.store import Store
from bot.store.accounts import Account
from bot.store.team import Member

INVITED = timedelta(days=3)  # that a link works
SHORTEST = 12  # characters of a password
LONGEST = 200  # hashing a megabyte would keep a thread busy
GUESSES = 10  # that fail by one name
GUESSES_FROM = 50  # and from one address: a centre has one
WITHIN = timedelta(minutes=15)
STEP_SECONDS = 30  # of a one-time code
ISSUER = "Overstap"  # above the code in their app

# Argon2id with 19 MiB and two passes: the first choice of OWASP's Password Storage Cheat Sheet. Several at once fit.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class TooManyTries(BotError):
    """So many tries failed that nobody may try for a while."""


class NotSignedIn(BotError):
    """Name, password or code is wrong; which of them is not said."""


class BadPassword(BotError):
    """A password that cannot be chosen."""


class BadCode(BotError):
    """The one-time code is not of this moment, or was used."""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Lets members of staff in, and nobody else."""

    store: Store

    # ------------------------------------------------------------------ invitations
    def invite(self, member: Member, by: str, at: datetime) -> str:
        """The token of a link with which a member chooses how they sign in; it works once, for three days."""
        token = secrets.token_urlsafe(32)
        with self.store.transaction():
            self.store.accounts.invite(member.id, token, at + INVITED)
            self.store.audit.write(by, "invited", member.name, at=at)
        return token

    def invited(self, token: str, at: datetime) -> tuple[Account, Member] | None:
        """Whom this link invites; None when it does not work any more."""
        account = self.store.accounts.invited_by(token, at)
        member = self.store.team.by_id(account.staff_id) if account else None
        return (account, member) if account and member else None

    def offer(self, account: Account) -> str:
        """The secret for the codes of who was invited, the same each time that they look."""
        if account.offered:
            return account.offered
        secret = pyotp.random_base32()
        self.store.accounts.offer(account, secret)
        return secret

    def choose_password(self, account: Account, member: Member, password: str, code: str, at: datetime) -> str:
        """Take a password and a code; gives the token of a new session. Raises `BadPassword` and `BadCode`."""
        if not SHORTEST <= len(password) <= LONGEST or member.name.casefold() in password.casefold():
            raise BadPassword
        if len(set(password)) < SHORTEST // 2:
            raise BadPassword
        step = _step_of(account.offered, code, at)
        if account.offered is None or step is None:
            raise BadCode
        hashed = HASHER.hash(password)  # it takes long: nobody waits for it to write
        with self.store.transaction():
            self.store.accounts.choose_password(account, hashed, account.offered, step)
            self.store.audit.write(member.name, "password chosen", at=at)
            return self._admit_anew(member, at)

    def choose_work_account(self, account: Account, member: Member, issuer: str, subject: str, at: datetime) -> str:
        """Take an account at their organisation; gives the token of a new session.

        It is bound by issuer and subject, which never change and cannot be chosen; an e-mail address can.
        """
        with self.store.transaction():
            other = self.store.accounts.of_work_account(issuer, subject)
            if other and other.staff_id != account.staff_id:
                raise NotSignedIn
            self.store.accounts.choose_work_account(account, issuer, subject)
            self.store.audit.write(member.name, "work account chosen", at=at)
            return self._admit_anew(member, at)

    # ------------------------------------------------------------------ signing in
    def with_password(self, name: str, password: str, code: str, place: str, at: datetime) -> str:
        """The token of a new session. Raises `NotSignedIn`, or `TooManyTries` before anything is looked at."""
        by_name, from_place = self.store.accounts.failures(name, place, at - WITHIN)
        if by_name >= GUESSES or from_place >= GUESSES_FROM:
            raise TooManyTries
        member = self.store.team.named(name)
        account = self.store.accounts.of(member.id) if member else None
        known = _verify(account.password if account else None, password[:LONGEST])
        step = _step_of(account.secret if account else None, code, at)
        if not (member and account and known and step is not None and self.store.accounts.use_code(account, step)):
            self.store.accounts.tried(name, place, at, succeeded=False)
            raise NotSignedIn
        if account.password and HASHER.check_needs_rehash(account.password):
            self.store.accounts.rehash(account, HASHER.hash(password))
        with self.store.transaction():
            self.store.accounts.tried(name, place, at, succeeded=True)
            return self._admit(member, at)

    def with_work_account(self, issuer: str, subject: str, at: datetime) -> str:
        """The token of a new session. Raises `NotSignedIn` for an account that nobody here chose."""
        account = self.store.accounts.of_work_account(issuer, subject)
        member = self.store.team.by_id(account.staff_id) if account else None
        if member is None:
            raise NotSignedIn
        with self.store.transaction():
            return self._admit(member, at)

    def _admit(self, member: Member, at: datetime) -> str:
        token = secrets.token_urlsafe(32)
        self.store.sessions.start(member.id, token, at)
        self.store.audit.write(member.name, "signed in", at=at)
        return token

    def _admit_anew(self, member: Member, at: datetime) -> str:
        """Whoever signed in by the old way is out."""
        self.store.sessions.end_all(member.id)
        return self._admit(member, at)


def address_of_codes(secret: str, member: Member) -> str:
    """What the QR code holds, for their app."""
    return pyotp.TOTP(secret).provisioning_uri(name=member.name, issuer_name=ISSUER)


def _step_of(secret: str | None, code: str, at: datetime) -> int | None:
    """The half minute that a code is of: this one, or the one before or after it; None for any other code."""
    code = "".join(code.split())
    if secret is None or not (code.isascii() and code.isdigit()):
        return None
    codes, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    steps = (now, now - 1, now + 1)
    return next((step for step in steps if pyotp.utils.strings_equal(codes.generate_otp(step), code)), None)


def _verify(hashed: str | None, password: str) -> bool:
    """Whether it is the password; it takes as long for who has none, so that nobody learns who works here."""
    try:
        return HASHER.verify(hashed or _nobodys(), password) and hashed is not None
    except VerifyMismatchError:
        return False


@cache
def _nobodys() -> str:
    return HASHER.hash(secrets.token_urlsafe(16))

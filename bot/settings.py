"""What an operator can set, read once from the environment and `.env`; all that is wrong is said at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import ClassVar

from bot.environment import Environment, dotenv
from bot.errors import BotError

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
CHAT = re.compile(r"-?\d{1,19}(/\d{1,10})?")
SECRET = re.compile(r"[A-Za-z0-9_-]{12,256}")
BOT_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
THIS_MACHINE = "127.0.0.0/8 ::1/128"
EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""How the way to the mail server is sealed, with its usual port."""
LEGAL_BASES = ("consent", "public-task", "contract")
LOG_FORMATS = ("text", "json")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
TERMS = range(1, 36501)  # days or hours


class WrongFolder(BotError):
    """A command was started where no Overstap is: it would make a new, empty one."""


class BrokenSettings(BotError):
    """One or more settings cannot be used. `problems` has a line for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["These settings need fixing:", *(f"  {problem}" for problem in problems)]))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting; `.env.example` explains each one. `read` gives the defaults, which work on a fresh machine."""

    root: Path
    database_url: str = field(repr=False)  # it may hold a password
    encryption_key_file: Path
    data_folder: Path
    content_root: Path

    telegram_bot_token: str | None = field(repr=False)
    telegram_base_url: str
    telegram_fast: bool
    staff_chat: str | None  # the number of a group, perhaps with a topic: "-100123/7"
    staff_channel: ClassVar[str] = "telegram"  # where that chat is
    staff_email: str | None  # the mailbox of the team
    desk_url: str | None  # where the desk in the browser is; links to leads begin with it

    smtp_host: str | None  # None: no e-mail is sent
    smtp_port: int
    smtp_security: str
    smtp_user: str | None
    smtp_password: str | None = field(repr=False)
    mail_from: str | None
    sources: tuple[str, ...]

    webhook_url: str | None
    webhook_secret: str | None = field(repr=False)
    webhook_host: str
    webhook_port: int

    oidc_issuer: str | None
    oidc_client_id: str | None
    oidc_client_secret: str | None = field(repr=False)
    desk_color: str | None
    desk_logo: Path | None

    web_url: str | None  # where people reach the page with the conversation
    web_host: str
    web_port: int
    web_frame_origins: tuple[str, ...]  # sites that may show the conversation in a page of theirs
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]  # whose word we take for where a request came from
    telegram_bot_name: str | None  # so that the page can lead to it

    centre_name: str | None
    centre_email: str | None
    centre_phone: str | None
    centre_website: str | None
    controller_name: str | None
    privacy_officer_email: str | None
    legal_basis: str

    keep_abandoned_days: int
    keep_lead_days: int
    keep_lead_days_with_consent: int
    keep_updates_hours: int
    keep_exports_days: int
    keep_unanswered_days: int
    keep_audit_days: int

    look_at: time | None  # every night at the pages of sources, by the clock of the country
    sources_file: Path  # what was seen of them
    sources_private: bool  # also pages on private addresses

    backup_at: time | None  # by the clock of the country
    backup_folder: Path
    backup_keep: int

    log_level: str
    log_format: str

    @property
    def called(self) -> str:
        """What a page is called that shows the name of the centre, also before anybody set one."""
        return self.centre_name or "Overstap"

    @property
    def sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def database_file(self) -> Path | None:
        """The file of an SQLite database; None on PostgreSQL."""
        return Path(self.database_url.partition(":///")[2]) if self.sqlite else None

    @property
    def exports_folder(self) -> Path:
        return self.data_folder / "exports"

    @classmethod
    def read(cls, env: Mapping[str, str] | None = None, *, root: Path | None = None) -> "Settings":
        """Read `env` over the `.env` file in `root`; raises `BrokenSettings` with every problem.

        `env` is the process environment unless it is given, and `root` is `OVERSTAP_HOME` or the working folder;
        raises `WrongFolder` when nothing of ours is there. Relative paths start at `root`.
        """
        root = (root or _home(os.environ if env is None else env)).resolve()
        reader = Environment({**dotenv(root / ".env"), **(os.environ if env is None else env)}, root)
        data = reader.path("DATA_DIR", "var")
        security = reader.one_of("SMTP_SECURITY", tuple(SMTP_PORTS)) or "starttls"
        settings = cls(
            root=root,
            data_folder=data,
            database_url=reader.database(data),
            encryption_key_file=reader.path("ENCRYPTION_KEY_FILE", "secrets/encryption.keys"),
            content_root=reader.path("CONTENT_DIR", "."),
            telegram_bot_token=reader.matching("TELEGRAM_BOT_TOKEN", TOKEN, "is like 123456:ABC, from @BotFather"),
            telegram_base_url=reader.url("TELEGRAM_BASE_URL") or "https://api.telegram.org",
            telegram_fast=reader.truth("TELEGRAM_FAST") is not False,
            staff_chat=reader.matching("STAFF_CHAT", CHAT, "is like -100123, or -100123/7 for a topic"),
            staff_email=reader.matching("STAFF_EMAIL", EMAIL, "is one e-mail address"),
            desk_url=reader.url("DESK_URL"),
            smtp_host=reader.text("SMTP_HOST"),
            smtp_port=reader.whole("SMTP_PORT", range(1, 65536)) or SMTP_PORTS.get(security, 25),
            smtp_security=security,
            smtp_user=reader.text("SMTP_USER"),
            smtp_password=reader.text("SMTP_PASSWORD"),
            mail_from=reader.matching("MAIL_FROM", EMAIL, "is one e-mail address"),
            sources=reader.codes("SOURCES") or (),
            webhook_url=reader.url("WEBHOOK_URL"),
            webhook_secret=reader.matching("WEBHOOK_SECRET", SECRET, "has 12 to 256 letters, digits, _ or -"),
            webhook_host=reader.text("WEBHOOK_HOST") or "127.0.0.1",
            webhook_port=reader.whole("WEBHOOK_PORT", range(1, 65536)) or 8080,
            oidc_issuer=reader.url("OIDC_ISSUER"),
            oidc_client_id=reader.text("OIDC_CLIENT_ID"),
            oidc_client_secret=reader.text("OIDC_CLIENT_SECRET"),
            desk_color=reader.color("DESK_COLOR"),
            desk_logo=reader.image("DESK_LOGO"),
            web_url=reader.url("WEB_URL"),
            web_host=reader.text("WEB_HOST") or "127.0.0.1",
            web_port=reader.whole("WEB_PORT", range(1, 65536)) or 8081,
            web_frame_origins=reader.origins("WEB_FRAME_ORIGINS"),
            trusted_proxies=reader.networks("TRUSTED_PROXIES", THIS_MACHINE),
            telegram_bot_name=reader.matching("TELEGRAM_BOT_NAME", BOT_NAME, "is like OverstapBot, without the @"),
            centre_name=reader.text("CENTRE_NAME"),
            centre_email=reader.text("CENTRE_EMAIL"),
            centre_phone=reader.text("CENTRE_PHONE"),
            centre_website=reader.url("CENTRE_WEBSITE"),
            controller_name=reader.text("CONTROLLER_NAME"),
            privacy_officer_email=reader.text("PRIVACY_OFFICER_EMAIL"),
            legal_basis=reader.one_of("LEGAL_BASIS", LEGAL_BASES) or "consent",
            look_at=reader.hour("LOOK_AT"),
            sources_file=reader.path("SOURCES_FILE", str(data / "sources.db")),
            sources_private=reader.truth("SOURCES_PRIVATE") is True,
            backup_at=reader.hour("BACKUP_AT"),
            backup_folder=reader.path("BACKUP_FOLDER", str(data / "backups")),
            backup_keep=reader.whole("BACKUP_KEEP", range(1, 366)) or 30,
            log_level=reader.one_of("LOG_LEVEL", LOG_LEVELS) or "INFO",
            log_format=reader.one_of("LOG_FORMAT", LOG_FORMATS) or "text",
            keep_abandoned_days=reader.whole("KEEP_ABANDONED_DAYS", TERMS) or 7,
            keep_lead_days=reader.whole("KEEP_LEAD_DAYS", TERMS) or 28,
            keep_lead_days_with_consent=reader.whole("KEEP_LEAD_DAYS_WITH_CONSENT", TERMS) or 365,
            keep_updates_hours=reader.whole("KEEP_UPDATES_HOURS", TERMS) or 48,
            keep_exports_days=reader.whole("KEEP_EXPORTS_DAYS", TERMS) or 7,
            keep_unanswered_days=reader.whole("KEEP_UNANSWERED_DAYS", TERMS) or 30,
            keep_audit_days=reader.whole("KEEP_AUDIT_DAYS", TERMS) or 1095,
        )
        if settings.webhook_url and not settings.webhook_secret:
            reader.problems.append("WEBHOOK_SECRET is needed with WEBHOOK_URL, or anyone can send the bot updates.")
        oidc = (settings.oidc_client_id, settings.oidc_client_secret, settings.desk_url)
        if settings.oidc_issuer and not all(oidc):
            reader.problems.append("OIDC_ISSUER needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and DESK_URL as well.")
        if settings.smtp_host and not settings.mail_from:
            reader.problems.append("MAIL_FROM is needed with SMTP_HOST: from which address e-mail for staff comes.")
        if bool(settings.smtp_user) != bool(settings.smtp_password):
            reader.problems.append("SMTP_USER and SMTP_PASSWORD go together.")
        if settings.encryption_key_file.is_relative_to(data):
            reader.problems.append("ENCRYPTION_KEY_FILE must be outside DATA_DIR: a copy of the data must not hold it.")
        if reader.problems:
            raise BrokenSettings(reader.problems)
        return settings


HOME = "OVERSTAP_HOME"
SAYS_WHERE = frozenset({"DATABASE_URL", "DATA_DIR", "CONTENT_DIR"})


def _home(env: Mapping[str, str]) -> Path:
    named = env.get(HOME, "").strip()
    home = Path(named).expanduser() if named else Path.cwd()
    if not any((home / name).exists() for name in (".env", "flows")) and not any(env.get(name) for name in SAYS_WHERE):
        looked = f"{home.absolute()} ({HOME})" if named else str(home.absolute())
        raise WrongFolder(
            f"There is no Overstap in {looked}: no .env, and no flows/. Nothing was made. "
            f"Go to its folder first, or let {HOME} name it."
        )
    return home

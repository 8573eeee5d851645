"""Log lines for operators: never a secret, never what a person typed."""

import logging
import re
import sys
import traceback
from datetime import datetime
from types import TracebackType

from pythonjsonlogger.json import JsonFormatter

from bot.settings import Settings

# Shown instead of a bot token, wherever one turns up: in an address, a message, the repr of a library's object.
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
HIDDEN = "[secret]"

# These say at DEBUG or INFO what they carry: addresses with the token, messages, values of a statement.
TALKATIVE = (
    "telegram",
    "httpx",
    "httpcore",
    "aiohttp",
    "uvicorn",
    "sqlalchemy",
    "alembic",
    "asyncio",
    "fontTools",
    "fpdf",
)


class Careful(logging.Formatter):
    """Takes secrets out of a whole line, and words out of an exception: its text can hold what a person typed."""

    secret: re.Pattern[str]

    def format(self, record: logging.LogRecord) -> str:
        return self.secret.sub(HIDDEN, super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        """ISO 8601 with the zone of this machine, to the millisecond: 2026-11-27T12:00:00.123+01:00."""
        return datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds")

    def formatException(  # noqa: N802
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, error, trace = ei
        if error is None:
            return ""
        frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
        return f"{frames}{kind.__module__}.{kind.__qualname__}" if kind else frames


class Redacting(Careful):
    """A line for people."""

    def __init__(self, secrets: tuple[str, ...] = ()):
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self.secret = _pattern(secrets)


class RedactingJson(Careful, JsonFormatter):
    """An object a line, for a log server."""

    def __init__(self, secrets: tuple[str, ...] = ()):
        names = {"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "error"}
        JsonFormatter.__init__(self, "{asctime}{levelname}{name}{message}", style="{", rename_fields=names)
        self.secret = _pattern(secrets)


def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join([TOKEN.pattern, *map(re.escape, secrets)]))


def set_up(settings: Settings) -> None:
    """Write log lines to standard error, from `LOG_LEVEL` on; an exception that nobody caught goes there as well."""
    secrets = (settings.telegram_bot_token, settings.webhook_secret)
    handler = logging.StreamHandler()
    formatter = RedactingJson if settings.log_format == "json" else Redacting
    handler.setFormatter(formatter(tuple(secret for secret in secrets if secret)))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("overstap").critical("stopped by an error", exc_info=(kind, error, trace))

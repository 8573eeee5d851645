"""Log lines for operators: never a secret, never what a person typed."""

import logging
import re
import sys
import traceback
from types import TracebackType

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


class Redacting(logging.Formatter):
    """Takes secrets out of a whole line, and words out of an exception: its text can hold what a person typed."""

    def __init__(self, secrets: tuple[str, ...] = ()):
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        parts = [TOKEN.pattern, *map(re.escape, secrets)]
        self._secret = re.compile("|".join(parts))

    def format(self, record: logging.LogRecord) -> str:
        return self._secret.sub(HIDDEN, super().format(record))

    def formatException(  # noqa: N802
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, error, trace = ei
        if error is None:
            return ""
        frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
        return f"{frames}{kind.__module__}.{kind.__qualname__}" if kind else frames


def set_up(settings: Settings) -> None:
    """Write log lines to standard error, from `LOG_LEVEL` on; an exception that nobody caught goes there as well."""
    secrets = (settings.telegram_bot_token, settings.webhook_secret)
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting(tuple(secret for secret in secrets if secret)))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _log_uncaught


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("overstap").critical("stopped by an error", exc_info=(kind, error, trace))

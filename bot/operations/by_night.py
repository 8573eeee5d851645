"""What all work has in common that is done every night: when its hour struck last, and a process of its own."""

import subprocess
import sys
from datetime import datetime, time, timedelta

from bot.settings import Settings
from bot.workdays import Calendar

Running = subprocess.Popen[bytes]


def struck(calendar: Calendar, hour: time, at: datetime) -> datetime:
    """When an hour, by the clock of the country, was there last; at `at` itself it is."""
    today = calendar.at(calendar.day(at), hour)
    return today if today <= at else calendar.at(calendar.day(at) - timedelta(days=1), hour)


def begin(settings: Settings, *command: str) -> Running:
    """`overstap COMMAND`, as somebody would type it where the bot was started, whatever becomes of it."""
    program = [sys.executable, "-c", "from bot.cli import main; main()", *command]
    return subprocess.Popen(program, cwd=settings.root, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

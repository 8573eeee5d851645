"""Beheer: whether the content works, how old the backup is, and what is erased when."""

from dataclasses import asdict
from datetime import timedelta

from starlette.responses import Response

from bot.staff.oversight import look
from bot.web.desk.visit import Visit

TOO_OLD = timedelta(hours=26)  # a nightly backup that was missed


def show(visit: Visit) -> Response:
    oversight, bot = look(visit.desk), visit.office.bot
    now, week = asdict(oversight.now), asdict(oversight.week)
    return visit.page(
        trouble=(bot.trouble or "").splitlines(),
        version=bot.compiled.content.version[:12],
        backup_at=oversight.backup_at,
        backup_is_old=oversight.backup_at is not None and visit.at - oversight.backup_at > TOO_OLD,
        terms=[(visit.office.locale.words.terms[kind], now[kind], week[kind]) for kind in now],
    )

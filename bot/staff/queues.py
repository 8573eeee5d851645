"""The lists of a working day, under the names by which staff choose one."""

from datetime import timedelta
from enum import StrEnum

from bot.staff.desk import Desk
from bot.store.lead_filter import Filter

EXPIRES_WITHIN = timedelta(days=7)


class Queue(StrEnum):
    """What staff call them stands in `bot.content.staff_words`."""

    ASKED = "asked"
    NEW = "new"
    MINE = "mine"
    OVERDUE = "overdue"
    EXPIRING = "expiring"
    ALL = "all"


def filter_of(queue: Queue, desk: Desk) -> Filter:
    """Which leads are in a list today, for one member of staff."""
    match queue:
        case Queue.ASKED:
            return Filter(open=True, asked=True)
        case Queue.NEW:
            return Filter(open=True, unassigned=True)
        case Queue.MINE:
            return Filter(open=True, assignee=desk.mine(), due_on=desk.today)
        case Queue.OVERDUE:
            return Filter(open=True, overdue_on=desk.today)
        case Queue.EXPIRING:
            return Filter(open=True, gone_by=desk.now() + EXPIRES_WITHIN)
        case Queue.ALL:
            return Filter(open=True)

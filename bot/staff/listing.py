"""A list of leads that is as long as it is: read, said and forgotten one by one."""

from collections.abc import Iterator
from typing import Any

from bot.staff.desk import Desk
from bot.staff.looking import TYPED
from bot.store.lead_codes import NextStep
from bot.store.lead_filter import Filter
from bot.store.lead_model import LeadLine
from bot.store.team import Role


def lines(desk: Desk, which: Filter, limit: int | None = None, *, sources: bool = False) -> Iterator[LeadLine]:
    """What needs doing first comes first. A reader gets nothing by which somebody could be called or recognised.

    That it was looked at is written down before the first line: who, by which filter, how many.
    """
    desk.need(Role.READER, "list")
    store = desk.store
    with store.snapshot():
        up_to, count = store.counters.last_change(), store.leads.count(which)
        count = count if limit is None else min(count, limit)
        store.audit.write(desk.who.name, "leads listed", at=desk.now(), filter=_asked(desk, which), count=count)
        shows_all = desk.who.role.may(Role.ADVISER)
        for line in store.leads.lines(which, limit, sources=sources):
            yield line if shows_all else _without_contact(desk, line)
    store.lead_views.keep_all(desk.who.id, store.leads.where(which), up_to)


def _asked(desk: Desk, which: Filter) -> dict[str, Any]:
    """A filter for the audit. What was typed may be anything, also a name: it is "?" unless it is known to be none."""
    said = which.to_json()
    typed = TYPED & said.keys()
    known = {*desk.store.settings.sources, *desk.store.leads.named_in(which)} if typed else set()
    for name in typed:
        values = [said[name]] if isinstance(said[name], str) else said[name]
        said[name] = [each if each in known else "?" for each in values]
    return said


def _without_contact(desk: Desk, line: LeadLine) -> LeadLine:
    action = line.next_action if line.next_action in list(NextStep) else None
    source = line.source if line.source in desk.store.settings.sources else None
    return line._replace(contact={}, next_action=action, source=source)

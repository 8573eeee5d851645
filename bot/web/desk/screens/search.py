"""Zoek: who can be found by what somebody says on the phone. What was typed is in no address and in no log."""

from starlette.responses import Response

from bot.staff.summary import wish
from bot.store.team import Role
from bot.web.desk.visit import Visit

MOST = 50
LOOKED_FOR = "looked_for"  # in what the session keeps, sealed: so that going back sends nothing again


def show(visit: Visit) -> Response:
    text = str(visit.session.kept.get(LOOKED_FOR) or "")
    found = visit.desk.search(text, MOST + 1) if text else []
    labels = visit.office.labels()
    return visit.page(
        "search",
        text=text,
        found=found[:MOST],
        more=len(found) > MOST,
        labels=labels,
        wish=lambda lead: wish(lead, labels),
        works=visit.may(Role.ADVISER),
    )


def act(visit: Visit) -> Response:
    """Keep what is looked for in the session, and show what is found for it."""
    text = visit.form["text"][:200]
    visit.keep(**{LOOKED_FOR: text or None})
    return visit.go("search")

"""Koppelingen: employers with the candidates who fit, why, and how it stands between them."""

from contextlib import suppress

from starlette.responses import Response

from bot.content.knowledge import FactRole
from bot.staff.introductions import Introduction, introduce
from bot.staff.pairing import employers
from bot.store.lead_model import Lead
from bot.web.desk.visit import Visit

MOST_EMPLOYERS = 10


def show(visit: Visit) -> Response:
    compiled = visit.office.bot.compiled
    stands = _introduction(visit.request.query_params.get("stands", ""))
    found = employers(visit.desk, compiled, stands)
    vacancy = compiled.content.knowledge.fact_of(FactRole.VACANCY)

    def wanted(lead: Lead) -> str:
        answer = lead.answers.get(vacancy)
        return (answer.words if answer else None) or ""

    return visit.page(
        employers=found[:MOST_EMPLOYERS],
        more=max(len(found) - MOST_EMPLOYERS, 0),
        stands=stands,
        choices=list(Introduction),
        wanted=wanted,
    )


def act(visit: Visit) -> Response:
    """Write down how it stands between two. Raises DeskError for a pair that is there no longer."""
    candidate, employer, stands = (visit.form[name] for name in ("candidate", "employer", "stands"))
    chosen = _introduction(stands)
    if chosen is None:
        return visit.go_saying("choose_one", "matches")
    introduce(visit.desk, candidate.upper(), employer.upper(), chosen)
    said = {"candidate": candidate, "employer": employer, "stands": visit.say(chosen.name)}
    return visit.go_saying("saved", "matches", said)


def _introduction(code: str) -> Introduction | None:
    with suppress(ValueError):
        return Introduction(code)
    return None

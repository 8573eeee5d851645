"""Vandaag: who needs a call now, in the order of work; and the same done with many leads at once."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from bot.staff.capacity import lines
from bot.staff.desk import Bulk
from bot.staff.queues import Queue
from bot.staff.summary import wish
from bot.staff.worklist import Worklist
from bot.store.lead_codes import Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.team import Role
from bot.web.desk.visit import Visit

PAGE = 50
MINE, NOBODY = "mine", "nobody"  # of the filter by adviser
NARROWS = ("team", "kind", "sector", "place", "source", "adviser", "status")  # the fields of the filter


def show(visit: Visit) -> Response:
    return _page(visit)


def act(visit: Visit) -> Response:
    """Take one lead, or do the same with all that were ticked."""
    form, desk = visit.form, visit.desk
    if reference := form["claim"]:
        lead = desk.claim(reference)
        return visit.go_saying("claimed", "lead", _named(lead), undo=lead.reference, to={"reference": lead.reference})
    references = form.all("lead")
    if not references:
        return _page(visit, error=visit.say("none_ticked"))
    match form["do"]:
        case "claim":
            bulk = desk.in_bulk(references, desk.claim)
        case "assign" if form["to"]:
            bulk = desk.in_bulk(references, lambda each: desk.assign(each, form["to"]))
        case "snooze" if until := visit.days.read(form["until"]):
            bulk = desk.in_bulk(references, lambda each: desk.snooze(each, until))
        case "assign":
            return _page(visit, error=visit.say("no_colleague_chosen"))
        case _:
            return _page(visit, error=visit.say("no_day_chosen"))
    return _say_bulk(visit, bulk)


def _say_bulk(visit: Visit, bulk: Bulk) -> Response:
    """What was done and what was not, with the reason of each."""
    done = visit.say("bulk_done", count=len(bulk.done))
    refused = [f"{reference}: {visit.refusal(error)}" for reference, error in bulk.refused]
    visit.keep(said={"text": done, "undo": "", "lines": refused[:PAGE]})
    return RedirectResponse(_address(visit), HTTPStatus.SEE_OTHER)


def _page(visit: Visit, error: str = "") -> Response:
    asked = visit.request.query_params
    tab = next((each for each in Queue if each == asked.get("tab")), Queue.ALL)
    number = int(asked["page"]) if asked.get("page", "").isdecimal() and len(asked["page"]) < 6 else 1
    worklist = Worklist(visit.desk, _filter(visit), tab)
    page = worklist.page(max(number, 1), PAGE)
    labels, team = visit.office.labels(), [each for each in visit.office.store.team.all() if each.active]
    chosen = {name: asked[name] for name in NARROWS if asked.get(name)}
    choices = _choices(visit, worklist)
    return visit.page(
        "today",
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        error=error,
        counts_all=worklist.counts[Queue.ALL],
        tabs=[(each, worklist.counts[each]) for each in Queue],
        tab=tab,
        page=page,
        labels=labels,
        wish=lambda lead: wish(lead, labels),
        colleagues=[each for each in team if each.role.may(Role.ADVISER)],
        away={each.name for each in team if each.is_away(visit.dates.today)},
        chosen=chosen,
        choices=choices,
        address=lambda **changes: _address(visit, changes),
        works=visit.may(Role.ADVISER),
        places=lines(visit.office.store, labels, visit.office.locale),
    )


def _address(visit: Visit, changes: Mapping[str, str] | None = None) -> str:
    """This list, with other values in its query; a filter that changes begins at the first page."""
    asked = {name: value for name, value in visit.request.query_params.items() if name in ("tab", "page", *NARROWS)}
    if changes and "page" not in changes:
        asked.pop("page", None)
    return visit.office.path("today", {**asked, **(changes or {})})


def _filter(visit: Visit) -> Filter:
    asked = visit.request.query_params

    def chosen(name: str) -> tuple[str, ...]:
        return (asked[name],) if asked.get(name) else ()

    adviser = asked.get("adviser", "")
    named = visit.desk.mine() if adviser == MINE else chosen("adviser")
    return Filter(
        open=True,
        status=tuple(each for each in Status if each == asked.get("status") and not each.closed),
        kind=chosen("kind"),
        sector=chosen("sector"),
        place=chosen("place"),
        team=chosen("team"),
        source=asked.get("source") or None,
        assignee=() if adviser == NOBODY else named,
        unassigned=adviser == NOBODY,
    )


def _choices(visit: Visit, worklist: Worklist) -> dict[str, list[tuple[str, str]]]:
    """What each field of the filter offers: pairs of what is sent and what is shown."""
    labels, store, words = visit.office.labels(), visit.office.store, visit.office.locale.words
    team = [each for each in store.team.all() if each.active]
    found: dict[str, list[tuple[str, str]]] = {
        "team": [(each, each) for each in sorted({each.team for each in team if each.team})],
        "kind": list(labels.flows.items()),
        "sector": sorted(labels.sectors.items(), key=lambda each: each[1]),
        "place": [(each, each) for each in worklist.places()],
        "source": [(each, each) for each in store.settings.sources],
        "adviser": [(MINE, visit.say("mine")), (NOBODY, visit.say("of_nobody"))]
        + [(each.name, each.name) for each in team if each.role.may(Role.ADVISER) and each.id != visit.who.id],
        "status": [(each, words.in_sentence(each)) for each in Status if not each.closed],
    }
    return {name: some for name, some in found.items() if some}


def _named(lead: Lead) -> dict[str, str]:
    return {"name": lead.name or lead.reference, "reference": lead.reference}

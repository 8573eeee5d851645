"""Export: leads as a file, after a look at what would be in it and with the reason; and the files that were made."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from bot.errors import BotError
from bot.staff.errors import DeskError
from bot.staff.export import PROFILES, Order, Preview, export, preview
from bot.store.exports import Export
from bot.store.lead_filter import Filter
from bot.store.team import Role
from bot.web.desk.visit import Visit

MOST = 50  # earlier files on the page
LOOK, MAKE = "look", "make"
NEW, ALL = "new", "all"
NARROWS = ("kind", "sector", "team")  # what a file can be of alone


def show(visit: Visit) -> Response:
    return _page(visit, {"profile": "xlsx", "what": NEW, "reason": "", **dict.fromkeys(NARROWS, "")})


def act(visit: Visit) -> Response:
    """Look at what would be in a file, or make it. Without a reason no file is made."""
    typed = {name: visit.form[name] for name in ("profile", "what", "reason", *NARROWS)}
    order = _order(visit, typed)
    seen = preview(visit.desk, order)
    if visit.form["do"] != MAKE:
        return _page(visit, typed, seen)
    if not order.reason:
        return _page(visit, typed, seen, {"reason": visit.say("say_why")}, HTTPStatus.UNPROCESSABLE_ENTITY)
    if not seen.count:
        return _page(visit, typed, seen, {"what": visit.say("nothing_in_it")}, HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = export(visit.desk, order)
    except DeskError:
        raise
    except BotError as error:  # somebody was erased meanwhile, or the disk is full: it can be tried again
        return _page(visit, typed, seen, {"profile": str(error)}, HTTPStatus.CONFLICT)
    warned = visit.say("warned", count=len(made.warnings)) if made.warnings else ""
    return visit.go_saying("made", "export", {"count": made.record.rows, "warned": warned})


def download(visit: Visit) -> Response:
    """A file that is still there, of their own or anybody's for a coordinator. That it left is written down."""
    name = visit.request.path_params["file"]
    made = next((each for each in _theirs(visit) if each.file == name and not each.removed_at), None)
    file = visit.office.store.settings.exports_folder / name
    if made is None or not file.is_file():
        raise HTTPException(HTTPStatus.NOT_FOUND)
    visit.office.store.audit.write(visit.who.name, "export downloaded", name, at=visit.at)
    return FileResponse(file, filename=name)


def _order(visit: Visit, typed: Mapping[str, str]) -> Order:
    labels, choices = visit.office.labels(), _choices(visit)
    known = {name: typed[name] for name, offered in choices.items() if typed[name] in dict(offered)}
    which = Filter(**{name: (value,) for name, value in known.items()})  # type: ignore[arg-type]
    profile = typed["profile"] if typed["profile"] in PROFILES else PROFILES[0]
    return Order(profile, which, typed["what"] != ALL, typed["reason"], labels, retired=False)


def _choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """What a file can be of alone: pairs of what is sent and what is shown."""
    labels = visit.office.labels()
    teams = sorted({each.team for each in visit.office.store.team.all() if each.active and each.team})
    return {
        "kind": sorted(labels.flows.items(), key=lambda one: one[1]),
        "sector": sorted(labels.sectors.items(), key=lambda one: one[1]),
        "team": [(each, each) for each in teams],
    }


def _theirs(visit: Visit) -> list[Export]:
    made = visit.office.store.exports.all(1000)
    return made if visit.may(Role.COORDINATOR) else [each for each in made if each.staff == visit.who.name]


def _page(
    visit: Visit,
    typed: Mapping[str, str],
    seen: Preview | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = HTTPStatus.OK,
) -> Response:
    return visit.page(
        status=status,
        typed=typed,
        seen=seen,
        errors=errors or {},
        profiles=PROFILES,
        choices={name: some for name, some in _choices(visit).items() if some},
        earlier=_theirs(visit)[:MOST],
        keep_days=visit.office.store.settings.keep_exports_days,
    )

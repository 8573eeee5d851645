"""Logboek: who did what, and who saw whom; by lead, by colleague, by day."""

from contextlib import suppress

from starlette.responses import Response

from bot.staff.logbook import Search, read_log, reference_of
from bot.store.logbook import Line
from bot.store.team import Role
from bot.web.desk.visit import Visit

OTHERS = {"person": "by_person", "bot": "by_bot", "retention": "by_retention", "operator": "by_operator"}
SHOWN = ("count", "rows", "reason", "until", "with", "outcome", "role", "profile", "leads")  # of a detail


def show(visit: Visit) -> Response:
    query = visit.request.query_params
    colleagues = visit.office.store.team.all() if visit.may(Role.COORDINATOR) else []
    actors = {str(each.id): each.name for each in colleagues} | ({name: name for name in OTHERS} if colleagues else {})
    reference = reference_of(visit.desk, query.get("lead", ""))
    day = visit.days.read(query.get("day", ""), past=True) or (None if reference else visit.dates.today)
    page = int(query.get("page", "1")) if query.get("page", "1").isdecimal() else 1
    search = Search(day, actors.get(query.get("who", "")), reference, max(page, 1))
    names = {code: visit.say(said) for code, said in OTHERS.items()}
    return visit.page(
        search=search,
        found=read_log(visit.desk, search),
        who_asked=query.get("who", ""),
        actors=[("", visit.say("everybody")), *((code, names.get(name, name)) for code, name in actors.items())],
        name_of=lambda line: names.get(line.actor, line.actor),
        did=lambda line: _did(visit, line),
        more=lambda line: _detail(visit, line),
        years=visit.office.store.settings.keep_audit_days // 365,
    )


def _did(visit: Visit, line: Line) -> str:
    """What somebody did, in words; a code that has none is shown as it is."""
    with suppress(KeyError):
        if line.is_event:
            return visit.office.locale.words.events[line.action]
        return visit.say("did_" + line.action.replace(" ", "_"))
    return line.action


def _detail(visit: Visit, line: Line) -> str:
    """What more is known of it: codes and counts, of which ours are said in words."""
    words = visit.office.locale.words
    found = []
    for name in SHOWN:
        value = line.detail.get(name)
        if isinstance(value, str | int) and value != "" and not isinstance(value, bool):
            code = str(value)
            found.append(f"{visit.say('of_' + name)}: {words.reasons.get(code) or words.in_sentence(code)}")
    return ", ".join(found)

"""Cijfers: the report of a quarter, to read, to print and as CSV. It holds numbers and no people."""

from contextlib import suppress
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.staff.figures import charts
from bot.staff.figures.quarter import Quarter
from bot.staff.figures.reading import quarters, read_report
from bot.staff.figures.sheet import to_csv
from bot.staff.figures.wording import Wording
from bot.web.desk.visit import Visit

SERIES = ("asked", "spoke")  # of the chart of weeks


def show(visit: Visit) -> Response:
    labels = visit.office.labels()
    known = quarters(visit.desk)
    report = read_report(visit.desk, _asked(visit) or known[0], labels)
    people, employers = report.parts
    in_weeks = people.table("weeks")
    return visit.page(
        report=report,
        people=people,
        employers=employers,
        quarters=known,
        funnel=charts.funnel(people),
        weeks=charts.weeks(in_weeks, SERIES) if in_weeks else None,
        wording=Wording(visit.say, labels, visit.office.locale),
    )


def download(visit: Visit) -> Response:
    """The same as CSV. That it left is written down."""
    labels, quarter = visit.office.labels(), _asked(visit)
    if quarter is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    report = read_report(visit.desk, quarter, labels)

    def say(name: str, /, **values: object) -> str:
        return visit.office.sentences.say("figures", name, **values)

    text = to_csv(report, Wording(say, labels, visit.office.locale))
    visit.office.store.audit.write(visit.who.name, "figures taken", str(quarter), at=visit.at)
    name = f"{say('file')}-{quarter}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _asked(visit: Visit) -> Quarter | None:
    with suppress(ValueError):
        return Quarter.read(visit.request.query_params.get("quarter", ""))
    return None

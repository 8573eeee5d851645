"""Vandaag: who needs a call now."""

from starlette.responses import Response

from bot.store.lead_model import Filter
from bot.web.desk.visit import Visit

PAGE = 50


def show(visit: Visit) -> Response:
    return visit.page(leads=visit.desk.queue(Filter(open=True), PAGE))

"""A document of the talk, to open or to keep: as a PDF, or as it is."""

from http import HTTPStatus
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.delivery.batching import blocking
from bot.channels.pdf.document import File, files
from bot.web.chat.visit import Visit

KINDS = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".json": "application/json"}


async def fetch(visit: Visit) -> Response:
    """One file of a message on their own page; nobody else's can be named."""
    file = await blocking(lambda: _file(visit, visit.form["line"], visit.form["as"]))
    if file is None:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    name = quote(file.name)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(file.content, media_type=KINDS[_suffix(file.name)], headers=headers)


def _file(visit: Visit, line: str, suffix: str) -> File | None:
    shown = visit.channel.look(visit.key)
    found = next((each for each in shown.lines if str(each.id) == line), None) if shown else None
    if found is None or found.message is None or found.message.document is None:
        return None
    return next((file for file in files(found.message.document) if _suffix(file.name) == suffix), None)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}"

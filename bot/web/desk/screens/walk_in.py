"""A lead by hand: somebody phones, or stands at the desk, and agrees to what is read out."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import Response

from bot.staff.errors import Code, DeskError
from bot.staff.walk_in import Client, WalkingIn, texts_to_read
from bot.text import language_of, say_language
from bot.web.desk.visit import Visit

FIELDS: Mapping[Code, str] = {
    Code.NO_NAME: "name",
    Code.NO_PHONE: "phone",
    Code.NO_EMAIL: "email",
    Code.NO_WAY_TO_REACH: "phone",
    Code.NOT_KEPT: "wish",
    Code.NO_CONSENT: "agreed",
}


def show(visit: Visit) -> Response:
    return _page(visit)


def act(visit: Visit) -> Response:
    form = visit.form
    if "other_language" in form:  # the text to read out is in another one now
        return _page(visit)
    client = Client(
        name=form["name"],
        phone=form["phone"],
        email=form["email"],
        wish=form["wish"],
        place=form["place"],
        reach=form["reach"],
        language=_language(visit),
        agreed=frozenset(form.all("agreed")),
    )
    try:
        lead = WalkingIn(visit.office.store, visit.who, lambda: visit.at).take_down(client, visit.office.bot.compiled)
    except DeskError as error:
        if error.code not in FIELDS:
            raise
        return _page(visit, {FIELDS[error.code]: visit.refusal(error)})
    values = {"name": lead.name, "reference": lead.reference}
    return visit.go_saying("made", "lead", values, to={"reference": lead.reference})


def _page(visit: Visit, errors: Mapping[str, str] | None = None) -> Response:
    content, language = visit.office.bot.compiled.content, _language(visit)
    spoken = visit.office.locale.country.languages
    return visit.page(
        "walk_in",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        texts=texts_to_read(content, language),
        languages=[(code, say_language(code, visit.office.locale.language.code).capitalize()) for code in spoken],
        chosen=language,
        errors=errors or {},
        typed=visit.form,
    )


def _language(visit: Visit) -> str:
    """The language in which the text is read out."""
    spoken = visit.office.locale.country.languages
    return language_of(visit.form["language"] or spoken[0], spoken)

"""The two files of DUO: their columns, and what a row of each says."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.content.schools import GIVEN_BY, Degree, SchoolKind, StudyForm

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a row of DUO's file says. `postcode`: empty when the file has none. `ended`: nobody can begin any more."""

    school: str
    kind: SchoolKind
    place: str
    postcode: str
    code: str
    name: str
    level: str
    degree: Degree
    form: StudyForm | None
    until: str
    ended: bool
    language: str
    for_workers: bool | None
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """One of DUO's files. `read`: a row as what it says, or why it is not for us ("a part of a study").

    `official`: the code and the name of a recognised diploma, when the row says it; variants carry names of their own.
    """

    table: str
    title: str
    url: str
    columns: tuple[str, ...]
    read: Callable[[Row, str], Said | str]  # and the day before which an intake has ended
    official: Callable[[Row], tuple[str, str] | None] | None = None


DEGREES = {
    "HBO-AD": Degree.AD,
    "HBO-BA": Degree.BACHELOR,
    "HBO-MA": Degree.MASTER,
    "HBO-PM": Degree.MASTER,
    "WO-BA": Degree.ACADEMIC_BACHELOR,
    "WO-MA": Degree.ACADEMIC_MASTER,
    "WO-PM": Degree.ACADEMIC_MASTER,
}
HO_FORMS = {"DEELTIJD": StudyForm.PART_TIME, "DUAAL": StudyForm.DUAL, "VOLTIJD": StudyForm.FULL_TIME}
MBO_FORMS = {"BBL": StudyForm.BBL, "BOL": StudyForm.BOL, "OVO": StudyForm.THIRD_PATH}
LANGUAGES = {"NLD": "nl", "ENG": "en", "DEU": "de", "FRA": "fr", "SPA": "es"}
IN_FRONT = re.compile(r"^(?:B|M|Ad|AD|Associate [Dd]egree)\s+(?=\S)")
WORK = {"EISEN": True, "GEEN_EISEN": False}
PARTS = re.compile(r"\b(?:minor|pre-?master|schakel\w*|doorstroom\w*)\b", re.IGNORECASE)  # DUO calls them variants


def _of_ho(row: Row, today: str) -> Said | str:
    form = HO_FORMS.get(row["VORM"])
    if not row["VORM"]:
        return "recognised, and offered nowhere"
    if form is None:
        return "in a form that we do not know"
    if PARTS.search(row["NAAM_LANG"]):
        return "a part of a study"
    degree = DEGREES.get(row["NIVEAU"])
    if degree is None:
        return "no Ad, bachelor or master"
    ends = [end for end in (row["LAATSTE_INSTROOMDATUM"], row["AANGEBODEN_OPLEIDING_EINDDATUM"]) if _is_day(end)]
    return Said(
        school=row["ONDERWIJSAANBIEDER_NAAM"],
        kind=GIVEN_BY[degree],
        place=row["ONDERWIJSLOCATIEPLAATS"],
        postcode="",
        code=row["ERKENDEOPLEIDINGSCODE"] or row["VARIANT_VAN"],
        name=IN_FRONT.sub("", row["NAAM_LANG"], count=1),
        level=row["NIVEAU"].partition("-")[0].lower(),
        degree=degree,
        form=form,
        until=min(ends, default=""),
        ended=any(end < today for end in ends),
        language=_language(row["VOERTAAL"]),
        for_workers=WORK.get(row["EISEN_WERKZAAMHEDEN"]),
        url=row["WEBSITE"],
    )


def _official_ho(row: Row) -> tuple[str, str] | None:
    is_one = row["SOORT"] == "OPLEIDING" and row["ERKENDEOPLEIDINGSCODE"] and row["NAAM_LANG"]
    return (row["ERKENDEOPLEIDINGSCODE"], IN_FRONT.sub("", row["NAAM_LANG"], count=1)) if is_one else None


def _of_mbo(row: Row, _today: str) -> Said | str:
    level = next((digit for digit in row["MBONIVEAU"] if digit in "1234"), None)
    if level is None:
        return "without a level of mbo"
    if not row["ERKENDEOPLEIDINGSCODE"]:
        return "a part of a diploma"
    return Said(
        school=row["NAAM"],
        kind=SchoolKind.MBO,
        place=row["PLAATSNAAM"],
        postcode=row["POSTCODE"],
        code=row["ERKENDEOPLEIDINGSCODE"],
        name=row["OPLEIDINGSEENHEID_NAAM"],
        level=f"mbo{level}",
        degree=Degree.MBO,
        form=next((form for name, form in MBO_FORMS.items() if row["LEERTRAJECT"].upper().startswith(name)), None),
        until="",
        ended=False,  # the file holds only what one can still enrol in
        language=_language(row["VOERTAAL"]),
        for_workers=None,
        url=row["WEBSITE"],
    )


HO = Source(
    "ho",
    "HO Opleidingsoverzicht",
    "https://onderwijsdata.duo.nl/dataset/ho_opleidingsoverzicht",
    (
        *("ONDERWIJSAANBIEDER_NAAM", "SOORT", "ERKENDEOPLEIDINGSCODE", "VARIANT_VAN", "NAAM_LANG", "NIVEAU", "VORM"),
        *("VOERTAAL", "WEBSITE"),
        *("AANGEBODEN_OPLEIDING_EINDDATUM", "LAATSTE_INSTROOMDATUM", "EISEN_WERKZAAMHEDEN", "ONDERWIJSLOCATIEPLAATS"),
    ),
    _of_ho,
    _official_ho,
)
MBO = Source(
    "mbo",
    "MBO Opleidingsaanbod",
    "https://onderwijsdata.duo.nl/dataset/mbo_opleidingsaanbod",
    (
        *("OPLEIDINGSEENHEID_NAAM", "ERKENDEOPLEIDINGSCODE", "NAAM", "POSTCODE", "PLAATSNAAM", "LEERTRAJECT"),
        *("MBONIVEAU", "VOERTAAL", "WEBSITE"),
    ),
    _of_mbo,
)
SOURCES = (HO, MBO)


def _is_day(said: str) -> bool:
    try:
        return bool(date.fromisoformat(said))
    except ValueError:
        return False


def _language(said: str) -> str:
    return " ".join(LANGUAGES.get(code.strip(), code.strip().lower()) for code in said.split(",") if code.strip())

"""OOAPI v5 (https://openonderwijsapi.nl): `/courses` and `/programs` of Dutch schools, with their offerings."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.courses.model import Course, as_list, text
from bot.content.knowledge import Form

_FORMS = {
    "full-time": Form.FULL_TIME,
    "part-time": Form.PART_TIME,
    "dual training": Form.DUAL,
    "self-paced": Form.SELF_STUDY,
}
_LEVELS = {
    **{f"secondary vocational education {level}": f"mbo{level}" for level in range(1, 5)},
    "associate degree": "ad",
    "bachelor": "hbo",
    "master": "wo",
}
_LANGUAGES = {"nld": "nl", "dut": "nl", "eng": "en", "deu": "de", "fra": "fr"}  # ISO 639-2
_ONLINE = frozenset({"online", "distance-learning", "hybrid"})
_TAKEN = frozenset(
    "courseId programId primaryCode name abbreviation description teachingLanguage studyLoad modeOfStudy duration "
    "level modeOfDelivery link organization addresses admissionRequirements offerings courseOfferings programOfferings "
    "programType otherCodes firstStartDate consumers ext validFrom validTo".split()
)


def is_ooapi(document: object) -> bool:
    return any("courseId" in one or "programId" in one for one in _objects(document))


def read(document: object, default_language: str) -> list[Course]:
    """Every course and programme of a response, or of a list of them."""
    return [_read(one, default_language) for one in _objects(document)]


def next_page(document: object) -> int | None:
    """The number of the page that comes next; None when this was the last."""
    if isinstance(document, dict) and document.get("hasNextPage") and isinstance(document.get("pageNumber"), int):
        return int(document["pageNumber"]) + 1
    return None


def _objects(document: object) -> Iterator[Mapping[str, Any]]:
    for one in as_list(document):
        if not isinstance(one, dict):
            continue
        if "items" in one:
            yield from _objects(one["items"])
        elif "courseId" in one or "programId" in one:
            yield one


def _read(one: Mapping[str, Any], language: str) -> Course:
    code = one.get("primaryCode")
    organization = one.get("organization")
    course = Course(
        code=(text(code.get("code")) if isinstance(code, dict) else text(code))
        or str(one.get("courseId") or one["programId"]),
        name=_texts(one.get("name"), language),
        provider=next(iter(_texts(organization.get("name"), language).values()), None)
        if isinstance(organization, dict)
        else None,
        summary=_texts(one.get("description"), language),
        url=text(one.get("link")),
        duration=text(one.get("duration")),
        demands=_texts(one.get("admissionRequirements"), language),
        starts=[start[:10] for start in [text(one.get("firstStartDate"))] if start],
        left=[f"{key}: not known here" for key in one if key not in _TAKEN],
    )
    if isinstance(organization, str):
        course.left.append("organization: only its number is here; ask with expand=organization")
    if said := text(one.get("teachingLanguage")):
        course.languages = [_LANGUAGES[said]] if said in _LANGUAGES else []
        course.left += [] if said in _LANGUAGES else [f"teachingLanguage {said!r}: not known here"]
    if level := text(one.get("level")):
        course.level = _LEVELS.get(level)
        course.left += [] if course.level else [f"level {level!r}: no level of ours"]
    if mode := text(one.get("modeOfStudy")):
        course.forms = [_FORMS[mode]] if mode in _FORMS else []
        course.left += [] if mode in _FORMS else [f"modeOfStudy {mode!r}: no form that we know"]
    _read_places(course, one)
    if one.get("studyLoad"):
        course.left.append("studyLoad: it tells no hours a week")
    for key in ("offerings", "courseOfferings", "programOfferings"):
        for offering in as_list(one.get(key)):
            _read_offering(course, offering)
    return course


def _read_places(course: Course, one: Mapping[str, Any]) -> None:
    towns = [
        town for each in as_list(one.get("addresses")) if isinstance(each, dict) and (town := text(each.get("city")))
    ]
    course.places = list(dict.fromkeys([*course.places, *towns]))
    modes = {str(each) for each in as_list(one.get("modeOfDelivery"))}
    if modes:
        course.online = bool(modes & _ONLINE) or bool(course.online)


def _read_offering(course: Course, offering: object) -> None:
    if not isinstance(offering, dict):
        course.left.append("offerings: only their numbers are here; ask with expand=offerings")
        return
    _read_places(course, offering)
    if start := text(offering.get("startDate")) or text(offering.get("startDateTime")):
        course.starts = [*course.starts, start[:10]]
    for price in as_list(offering.get("priceInformation")):
        kind, amount, currency = price.get("costType"), price.get("amount"), price.get("currency", "EUR")
        if kind in ("total costs", "tuition costs", "tuition") and currency == "EUR":
            try:
                course.cost = float(amount)
            except (TypeError, ValueError):
                course.left.append(f"priceInformation: {amount!r} is no amount")
        else:
            course.left.append(f"priceInformation: {kind} in {currency}")


def _texts(value: object, language: str) -> dict[str, str]:
    """A list of {language: nl-NL, value}; the first of a language counts."""
    found: dict[str, str] = {}
    for each in as_list(value):
        said = text(each.get("value")) if isinstance(each, dict) else text(each)
        spoken = str(each.get("language") or language)[:2].lower() if isinstance(each, dict) else language
        if said:
            found.setdefault(spoken, said)
    return found

"""OOAPI v5 (https://openonderwijsapi.nl): `/courses` and `/programs` of Dutch schools, with their offerings."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.authoring.courses.model import LONGEST, LONGEST_NAME, Course, as_list, shown, text
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
_ONLINE = frozenset({"online", "distance-learning", "hybrid"})
_TAKEN = frozenset(
    "courseId programId primaryCode name abbreviation description teachingLanguage studyLoad modeOfStudy duration "
    "level modeOfDelivery link organization addresses admissionRequirements offerings courseOfferings programOfferings "
    "programType otherCodes firstStartDate consumers ext validFrom validTo".split()
)


def is_ooapi(document: object) -> bool:
    return any(True for _ in _objects(document))


def read(document: object, default_language: str) -> list[Course]:
    """Every course and programme of a response, or of a list of them."""
    return [_read(one, default_language) for one in _objects(document)]


def next_page(document: object) -> int | None:
    """The number of the page that comes next; None when this was the last."""
    if isinstance(document, dict) and document.get("hasNextPage") and isinstance(document.get("pageNumber"), int):
        return int(document["pageNumber"]) + 1
    return None


def _objects(document: object) -> Iterator[Mapping[str, Any]]:
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict) and "items" in one:
            waiting.append(as_list(one["items"]))
        elif isinstance(one, dict) and ("courseId" in one or "programId" in one):
            yield one


def _read(one: Mapping[str, Any], language: str) -> Course:
    course = Course(left=[f"{shown(key)}: not known here" for key in one if key not in _TAKEN])
    code = one.get("primaryCode")
    number = text(one.get("courseId")) or text(one.get("programId")) or "a course without a number"
    course.code = text(code.get("code") if isinstance(code, dict) else code) or number
    course.name = _texts(course, "name", one.get("name"), language, LONGEST_NAME)
    course.provider = _provider(course, one.get("organization"), language)
    course.summary = _texts(course, "description", one.get("description"), language)
    course.url = course.address("link", one.get("link"))
    course.duration = course.words("duration", one.get("duration"))
    course.demands = _texts(course, "admissionRequirements", one.get("admissionRequirements"), language)
    if start := course.day("firstStartDate", one.get("firstStartDate")):
        course.starts = [start]
    if spoken := course.language("teachingLanguage", one.get("teachingLanguage")):
        course.languages = [spoken]
    _read_level(course, one)
    _read_places(course, one)
    if one.get("studyLoad"):
        course.left.append("studyLoad: it tells no hours a week")
    for key in ("offerings", "courseOfferings", "programOfferings"):
        listed = as_list(one.get(key))
        if any(isinstance(each, str) for each in listed):
            course.left.append("offerings: only their numbers are here; ask with expand=offerings")
        for offering in course.objects(key, [each for each in listed if not isinstance(each, str)]):
            _read_offering(course, offering)
    return course


def _provider(course: Course, organization: object, language: str) -> str | None:
    if isinstance(organization, str):
        course.left.append("organization: only its number is here; ask with expand=organization")
        return None
    for each in course.objects("organization", organization):
        for name in _texts(course, "organization", each.get("name"), language, LONGEST_NAME).values():
            return name
    return None


def _read_level(course: Course, one: Mapping[str, Any]) -> None:
    if level := course.words("level", one.get("level")):
        course.level = _LEVELS.get(level)
        if not course.level:
            course.leave("level", level, "no level of ours")
    if mode := course.words("modeOfStudy", one.get("modeOfStudy")):
        course.forms = [_FORMS[mode]] if mode in _FORMS else []
        if not course.forms:
            course.leave("modeOfStudy", mode, "no form that we know")


def _read_places(course: Course, one: Mapping[str, Any]) -> None:
    towns = [
        town
        for each in course.objects("addresses", one.get("addresses"))
        if (town := course.words("addresses.city", each.get("city"), LONGEST_NAME))
    ]
    course.places = list(dict.fromkeys([*course.places, *towns]))
    modes = {course.words("modeOfDelivery", each) for each in as_list(one.get("modeOfDelivery"))} - {None}
    if modes:
        course.online = bool(modes & _ONLINE) or bool(course.online)


def _read_offering(course: Course, offering: Mapping[str, Any]) -> None:
    _read_places(course, offering)
    key = "startDate" if offering.get("startDate") else "startDateTime"
    if start := course.day(key, offering.get(key)):
        course.starts = [*course.starts, start]
    for price in course.objects("priceInformation", offering.get("priceInformation")):
        kind, amount, currency = price.get("costType"), price.get("amount"), price.get("currency", "EUR")
        if kind in ("total costs", "tuition costs", "tuition") and currency == "EUR":
            cost = course.price("priceInformation", amount)
            course.cost = course.cost if cost is None else cost
        else:
            course.left.append(f"priceInformation: {shown(kind)} in {shown(currency)}")


def _texts(course: Course, key: str, value: object, language: str, longest: int = LONGEST) -> dict[str, str]:
    """A list of {language: nl-NL, value}; the first of a language counts."""
    found: dict[str, str] = {}
    for each in as_list(value):
        is_object = isinstance(each, dict)
        said = course.words(key, each.get("value") if is_object else each, longest)
        spoken = (course.language(key, each.get("language")) if is_object else None) or language
        if said:
            found.setdefault(spoken, said)
    return found

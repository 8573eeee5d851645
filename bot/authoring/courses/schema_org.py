"""schema.org `Course` as JSON-LD (https://schema.org/Course): what search engines and course sites read and write."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.authoring.courses.model import LONGEST, LONGEST_NAME, Course, as_list, shown, text
from bot.content.knowledge import Form, Programme
from bot.text import Text

CONTEXT = "https://schema.org"
ONLINE, ONSITE, BLENDED = "Online", "Onsite", "Blended"
_TAKEN = frozenset(
    "@context @type @id identifier courseCode name provider description url inLanguage hasCourseInstance offers "
    "coursePrerequisites educationalCredentialAwarded timeRequired".split()
)
_TAKEN_OF_INSTANCE = frozenset(
    "@type @id name courseMode location startDate courseWorkload offers inLanguage url".split()
)


# ------------------------------------------------------------------ writing
def write(programmes: Iterable[Programme]) -> dict[str, Any]:
    """Our programmes as one JSON-LD document."""
    return {"@context": CONTEXT, "@graph": [_course(one) for one in programmes]}


def _course(one: Programme) -> dict[str, Any]:
    course: dict[str, Any] = {
        "@type": "Course",
        "@id": one.url or f"urn:overstap:{one.id}",
        "courseCode": one.id,
        "name": one.name,
        "provider": {"@type": "Organization", "name": one.provider},
        "description": _values(one.summary),
        "url": one.url,
        "inLanguage": list(one.taught_in),
        "educationalCredentialAwarded": one.leads_to,
        "coursePrerequisites": [said for rule in one.rules for said in _values(rule.because)],
        "hasCourseInstance": [_instance(one)],
    }
    if one.costs is not None:
        low, high = one.costs.from_, one.costs.to
        price = {"price": low} if low == high else {"lowPrice": low, "highPrice": high}
        kind = "Offer" if low == high else "AggregateOffer"
        course["offers"] = {"@type": kind, **price, "priceCurrency": "EUR", "category": "Paid" if high else "Free"}
    return {key: value for key, value in course.items() if value not in (None, [])}


def _instance(one: Programme) -> dict[str, Any]:
    towns = [{"@type": "Place", "name": town} for town in one.where.municipalities]
    places = one.where.provinces or one.where.regions
    areas = [{"@type": "AdministrativeArea", "name": each} for each in places]
    here = bool(towns or areas)
    mode = BLENDED if one.where.online and here else ONLINE if one.where.online else ONSITE
    instance = {
        "@type": "CourseInstance",
        "courseMode": [mode, *(form.value for form in one.forms)],
        "location": towns + areas,
        "courseWorkload": f"PT{one.hours}H" if one.hours else None,
    }
    return {key: value for key, value in instance.items() if value not in (None, [])}


def _values(said: Text) -> list[dict[str, str]]:
    return [{"@language": language, "@value": said[language]} for language in said.languages]


# ------------------------------------------------------------------ reading
def read(document: object, default_language: str) -> list[Course]:
    """Every `Course` in a JSON-LD document, at any depth of lists and graphs."""
    return [_read(one, default_language) for one in _courses(document)]


def _courses(document: object) -> Iterator[Mapping[str, Any]]:
    waiting = [document]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += reversed(one)
        elif isinstance(one, dict):
            if any(_bare(kind) == "Course" for kind in as_list(one.get("@type")) if isinstance(kind, str)):
                yield one
            else:
                inside = [each for key in ("@graph", "itemListElement", "item") for each in as_list(one.get(key))]
                waiting += reversed(inside)


def _read(one: Mapping[str, Any], language: str) -> Course:
    course = Course(left=[f"{shown(key)}: not known here" for key in one if key not in _TAKEN])
    page = one.get("url") or one.get("@id")
    is_page = isinstance(page, str) and page.startswith(("http:", "https:"))
    course.url = course.address("url", page) if is_page or one.get("url") else None
    course.name = _texts(course, "name", one.get("name"), language, LONGEST_NAME)
    course.code = text(one.get("courseCode")) or text(one.get("identifier")) or course.url or ""
    course.code = course.code or next(iter(course.name.values()), "a course without a name")
    course.provider = _first(course, "provider", one.get("provider"))
    course.summary = _texts(course, "description", one.get("description"), language)
    spoken = [_language(course, each) for each in as_list(one.get("inLanguage"))]
    course.languages = list(dict.fromkeys(each for each in spoken if each))
    course.level = _first(course, "educationalCredentialAwarded", one.get("educationalCredentialAwarded"))
    course.duration = course.words("timeRequired", one.get("timeRequired"))
    course.demands = _texts(course, "coursePrerequisites", one.get("coursePrerequisites"), language)
    instances = course.objects("hasCourseInstance", one.get("hasCourseInstance"))
    for instance in instances:
        _read_instance(course, instance)
    offers = [*as_list(one.get("offers")), *(each for of in instances for each in as_list(of.get("offers")))]
    for offer in course.objects("offers", offers):
        _read_offer(course, offer)
    return course


def _read_instance(course: Course, instance: Mapping[str, Any]) -> None:
    course.left += [
        f"hasCourseInstance.{shown(key)}: not known here" for key in instance if key not in _TAKEN_OF_INSTANCE
    ]
    known = {form.value: form for form in Form}
    for each in as_list(instance.get("courseMode")):
        said = course.words("courseMode", each)
        mode = _bare(said).lower().replace("_", "-") if said else None
        if mode in known:
            course.forms = list(dict.fromkeys([*course.forms, known[mode]]))
        if mode in ("online", "blended"):
            course.online = True
        elif mode == "onsite":
            course.online = course.online or False
        elif mode and mode not in known:
            course.leave("courseMode", said, "no form that we know")
    towns = [name for place in as_list(instance.get("location")) if (name := _town(course, place))]
    course.places = list(dict.fromkeys([*course.places, *towns]))
    if start := course.day("startDate", instance.get("startDate")):
        course.starts = [*course.starts, start]
    course.hours = course.hours_of("courseWorkload", instance.get("courseWorkload")) or course.hours


def _read_offer(course: Course, offer: Mapping[str, Any]) -> None:
    price, currency = offer.get("price", offer.get("lowPrice")), offer.get("priceCurrency") or "EUR"
    if currency != "EUR":
        course.leave("offers", currency, "a price in another currency")
    elif price is not None:
        cost = course.price("offers", price)
        course.cost = course.cost if cost is None else cost
    elif offer.get("category") == "Free":
        course.cost = 0.0


def _texts(course: Course, key: str, value: object, language: str, longest: int = LONGEST) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in as_list(value):
        is_object = isinstance(each, dict)
        said = course.words(key, (each.get("@value") or each.get("name")) if is_object else each, longest)
        spoken = (course.language(key, each.get("@language")) if is_object else None) or language
        if said:
            found[spoken] = f"{found[spoken]} {said}" if spoken in found else said
    return found


def _first(course: Course, key: str, value: object) -> str | None:
    return next((said for each in as_list(value) if (said := _name(course, key, each))), None)


def _name(course: Course, key: str, value: object) -> str | None:
    said = value.get("name") or value.get("@value") if isinstance(value, dict) else value
    return course.words(key, said, LONGEST_NAME)


def _language(course: Course, value: object) -> str | None:
    return course.language(
        "inLanguage", value.get("alternateName") or value.get("name") if isinstance(value, dict) else value
    )


def _town(course: Course, place: object) -> str | None:
    address = place.get("address") if isinstance(place, dict) else None
    if isinstance(address, dict) and address.get("addressLocality"):
        return course.words("location", address["addressLocality"], LONGEST_NAME)
    return _name(course, "location", place)


def _bare(term: str) -> str:
    """A term without its namespace: https://schema.org/Course is Course."""
    return term.rpartition("/")[2].rpartition(":")[2]

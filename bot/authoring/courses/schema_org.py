"""schema.org `Course` as JSON-LD (https://schema.org/Course): what search engines and course sites read and write."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.authoring.courses.model import Course, as_list, text
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
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting = one + waiting
        elif isinstance(one, dict):
            if any(_bare(kind) == "Course" for kind in as_list(one.get("@type"))):
                yield one
            else:
                waiting = [
                    each for key in ("@graph", "itemListElement", "item") for each in as_list(one.get(key))
                ] + waiting


def _read(one: Mapping[str, Any], language: str) -> Course:
    page = text(one.get("url")) or text(one.get("@id"))
    url = page if page and urlsplit(page).scheme in ("http", "https") else None
    spoken = [said for each in as_list(one.get("inLanguage")) if (said := _language(each))]
    name = _texts(one.get("name"), language)
    course = Course(
        code=text(one.get("courseCode")) or text(one.get("identifier")) or url or next(iter(name.values()), ""),
        name=name,
        provider=next((said for each in as_list(one.get("provider")) if (said := _name(each))), None),
        summary=_texts(one.get("description"), language),
        url=url,
        languages=[said[:2].lower() for said in spoken],
        level=next((_name(each) for each in as_list(one.get("educationalCredentialAwarded"))), None),
        duration=text(one.get("timeRequired")),
        demands=_texts(one.get("coursePrerequisites"), language),
        left=[f"{key}: not known here" for key in one if key not in _TAKEN],
    )
    forms: list[Form] = []
    for instance in as_list(one.get("hasCourseInstance")):
        _read_instance(course, instance, forms)
    course.forms = list(dict.fromkeys(forms))
    for offer in [*as_list(one.get("offers")), *_offers(one)]:
        _read_offer(course, offer)
    return course


def _read_instance(course: Course, instance: Mapping[str, Any], forms: list[Form]) -> None:
    course.left += [f"hasCourseInstance.{key}: not known here" for key in instance if key not in _TAKEN_OF_INSTANCE]
    for said in map(str, as_list(instance.get("courseMode"))):
        mode = _bare(said).lower().replace("_", "-")
        if mode in {form.value for form in Form}:
            forms.append(Form(mode))
        if mode in ("online", "blended"):
            course.online = True
        elif mode == "onsite":
            course.online = course.online or False
        elif mode not in {form.value for form in Form}:
            course.left.append(f"courseMode {said!r}: no form that we know")
    towns = [name for place in as_list(instance.get("location")) if (name := _town(place))]
    course.places = list(dict.fromkeys([*course.places, *towns]))
    if start := text(instance.get("startDate")):
        course.starts = [*course.starts, start[:10]]
    workload = text(instance.get("courseWorkload"))
    if workload and workload.startswith("PT") and workload[2:-1].isdigit() and workload.endswith("H"):
        course.hours = int(workload[2:-1])
    elif workload:
        course.left.append(f"courseWorkload {workload!r}: no number of hours a week")


def _read_offer(course: Course, offer: Mapping[str, Any]) -> None:
    price = offer.get("price", offer.get("lowPrice"))
    if str(offer.get("priceCurrency") or "EUR") != "EUR":
        course.left.append(f"offers: a price in {offer['priceCurrency']}")
    elif price is not None:
        try:
            course.cost = float(price)
        except (TypeError, ValueError):
            course.left.append(f"offers: {price!r} is no price")
    elif str(offer.get("category")) == "Free":
        course.cost = 0.0


def _offers(one: Mapping[str, Any]) -> list[Any]:
    return [each for instance in as_list(one.get("hasCourseInstance")) for each in as_list(instance.get("offers"))]


def _texts(value: object, language: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in as_list(value):
        if isinstance(each, dict):
            said, spoken = (
                text(each.get("@value") or each.get("name")),
                str(each.get("@language") or language)[:2].lower(),
            )
        else:
            said, spoken = text(each), language
        if said:
            found[spoken] = f"{found[spoken]} {said}" if spoken in found else said
    return found


def _name(value: object) -> str | None:
    return text(value.get("name") or value.get("@value")) if isinstance(value, dict) else text(value)


def _language(value: object) -> str | None:
    return text(value.get("alternateName") or value.get("name")) if isinstance(value, dict) else text(value)


def _town(place: object) -> str | None:
    if isinstance(place, dict) and isinstance(address := place.get("address"), dict):
        return text(address.get("addressLocality")) or _name(place)
    return _name(place)


def _bare(term: str) -> str:
    """A term without its namespace: https://schema.org/Course is Course."""
    return term.rpartition("/")[2].rpartition(":")[2]

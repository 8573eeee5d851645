"""What a programme and a route have in common: how it is followed, where, and what the person pays."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.content.annotations import IdOf


class Form(StrEnum):
    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    BBL = "bbl"
    BOL = "bol"
    THIRD_PATH = "third-path"  # derde leerweg: an mbo diploma for adults, as school and employer agree
    DUAL = "dual"  # hbo with a job in the field
    COURSE = "course"  # some days or weeks
    WORK_LEARN = "work-learn"
    BOOTCAMP = "bootcamp"
    EVENING = "evening"
    WEEKEND = "weekend"
    ONLINE = "online"
    SELF_STUDY = "self-study"
    TRAINEESHIP = "traineeship"
    IN_COMPANY = "in-company"
    MODULAR = "modular"


CERTIFICATE = "certificate"  # what a course may lead to beside the levels of the country; nobody says how high it is


@dataclass(frozen=True, slots=True)
class Where:
    """Where people attend."""

    municipalities: Annotated[tuple[Annotated[str, IdOf("municipality")], ...], "The municipalities where it is given."]
    provinces: Annotated[tuple[Annotated[str, IdOf("province")], ...], "The provinces in which it is open to people."]
    regions: Annotated[tuple[Annotated[str, IdOf("labour-market region")], ...], "The labour-market regions it is for."]
    online: Annotated[bool | None, "Whether it can be followed online; null when that is not known."]
    national: Annotated[bool, "True when it is there in the whole country."]


EVERYWHERE = Where((), (), (), online=None, national=True)


@dataclass(frozen=True, slots=True)
class Costs:
    """What the person pays, in EUR."""

    from_: Annotated[float | None, "The least that somebody pays, in EUR; null when it is not known."]
    to: Annotated[float | None, "The most that somebody pays, in EUR; null when it is not known."]

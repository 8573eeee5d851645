"""All words of a language: `knowledge/languages/CODE.yaml` as a frozen model."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Any, TypeVar

from bot.content.country import Country, LanguageCode
from bot.content.language.around_names import PlaceWords, WorkWords
from bot.content.language.explaining import ExplainingWords
from bot.content.language.foreign import Greeting, PlainWords
from bot.content.language.health import Health
from bot.content.language.numbers import NumberWords
from bot.content.language.replies import ChoosingWords, ConsentWords, DateWords, NameWords, Replies, YesNoWords
from bot.content.language.speech import HumanWords, Speech
from bot.content.language.words import Words
from bot.content.problems import Location
from bot.content.staff_words import CODES, StaffWords

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Language:
    """All words of a language. One that is not spoken may have some lists only, such as those of health."""

    code: Annotated[LanguageCode, "The language in ISO 639: the name of its file."]
    name: Annotated[str, "What it is called in the language itself."]
    at: Location
    unreviewed: Annotated[bool, "No native speaker has read its texts and words yet."] = False
    greeting: Annotated[Greeting | None, "The one message to who types it, when it is not spoken here."] = None
    words: Annotated[PlainWords, "Plain facts, when it is not spoken here."] = field(default_factory=PlainWords)
    replies: Annotated[Replies, "What people say around, or instead of, an answer."] = field(default_factory=Replies)
    names: Annotated[NameWords, "How people say what they are called."] = field(default_factory=NameWords)
    yes_no: Annotated[YesNoWords, "Yes and no."] = field(default_factory=YesNoWords)
    choosing: Annotated[ChoosingWords, "How people point at choices."] = field(default_factory=ChoosingWords)
    consent: Annotated[ConsentWords, "What is said to a consent, and how people want to be reached."] = field(
        default_factory=ConsentWords
    )
    dates: Annotated[DateWords, "Days as people type them."] = field(default_factory=DateWords)
    speech: Annotated[Speech, "What a message is: in which language, a question, a command."] = field(
        default_factory=Speech
    )
    human: Annotated[HumanWords, "How people ask to speak to a person."] = field(default_factory=HumanWords)
    health: Annotated[Health, "What somebody says of their own health."] = field(default_factory=Health)
    places: Annotated[PlaceWords, "What stands around the name of a place."] = field(default_factory=PlaceWords)
    work: Annotated[WorkWords, "What stands around the names of work."] = field(default_factory=WorkWords)
    numbers: Annotated[NumberWords, "Numbers in words, and what stands around them."] = field(
        default_factory=NumberWords
    )
    explaining: Annotated[ExplainingWords, "What `overstap explain` says around names and facts."] = field(
        default_factory=ExplainingWords
    )
    staff: Annotated[StaffWords | None, "What staff read and type, when this is their language."] = None

    @property
    def staff_words(self) -> StaffWords:
        """What staff read and type; codes when this language has no words for them."""
        return self.staff or CODES

    @property
    def lacking(self) -> tuple[str, ...]:
        """Lists that no spoken language can do without, and that this one has no words in."""
        needed = {
            "dont_know": self.replies.dont_know,
            "yes": self.yes_no.yes,
            "no": self.yes_no.no,
            "small words": self.speech.small,
            "openings of questions": self.speech.openings,
            "health": self.health.conditions,
            "numbers": self.numbers.below_twenty,
        }
        return tuple(name for name, words in needed.items() if not words)


IN_CODES = Language("en", "English", Location("", 1, 1), staff=CODES)


def of_staff(country: Country, languages: Mapping[str, Language]) -> Language:
    """The language whose words staff read: the first of the country's that has some, else any; else none, and codes."""
    for code in (*country.languages, *sorted(languages)):
        if code in languages and languages[code].staff:
            return languages[code]
    return IN_CODES


def together(languages: Iterable[Language]) -> Language:
    """One language with the words of all: people mix them, and nobody says beforehand which they will type.

    What is for one language alone (its greeting, its words for plain facts and for staff) is in none of it.
    """
    every = list(languages)
    groups = ("replies", "names", "speech", "health", "places", "work") if every else ()
    merged = {name: _merged([getattr(one, name) for one in every]) for name in groups}
    return Language(code="", name="", at=Location("", 1, 1), **merged)


def _merged(groups: list[T]) -> T:
    kind: Any = type(groups[0])
    merged: T = kind(**{one.name: _joined([getattr(group, one.name) for group in groups]) for one in fields(kind)})
    return merged


def _joined(values: list[Any]) -> Any:
    if isinstance(values[0], str):
        return "".join(values)
    if isinstance(values[0], Mapping):
        names = dict.fromkeys(name for value in values for name in value)
        found = {name: [value[name] for value in values if name in value] for name in names}
        return {name: one[0] if isinstance(one[0], str) else tuple(_flat(one)) for name, one in found.items()}
    return tuple(_flat(values))


def _flat(lists: Iterable[Words]) -> Iterator[str]:
    yield from dict.fromkeys(word for words in lists for word in words)

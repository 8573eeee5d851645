"""The words of a language: `knowledge/languages/CODE.yaml` as a frozen model.

What each list is for stands in docs/languages.md. Words are folded by who reads them: capitals and accents say nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, TypeVar

from bot.content.problems import Location

Words = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Replies:
    """What people say around, or instead of, an answer."""

    dont_know: Words = ()
    denials: Words = ()  # before what somebody does not mean: "niet via uwv"
    before_phrases: Words = ()  # around a whole message that is known: "ok, dank je"
    behind_phrases: Words = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """What a message is: in which language, a question, a command."""

    small: Words = ()  # small words that only this language has
    telling: Words = ()  # of these one is enough in a sentence
    openings: Words = ()  # with which a question begins
    before_opening: Words = ()
    commands: Mapping[str, str] = field(default_factory=dict)  # what is typed behind the slash, and the command it is
    spoken: Mapping[str, Words] = field(default_factory=dict)  # whole messages, by the command that they are
    of_one: Mapping[str, Words] = field(default_factory=dict)  # commands that go with a name or number: "waarom 2"
    of_one_joiners: Words = ()  # between the two: "plan voor 2"
    menu: Words = ()  # the commands in Telegram's menu
    switch: Words = ()  # whole messages that ask for this language


@dataclass(frozen=True, slots=True)
class Health:
    """What somebody says of their own health. A space may be a hyphen, or nothing; `*` at the end is any ending."""

    conditions: Words = ()
    body: Words = ()  # parts of the body, and health itself
    complaints: Words = ()  # behind a part of the body: "rugklachten"
    ailing: Words = ()  # before it: "slechte rug"
    fails: Words = ()  # behind it: "rug is kapot"
    subjects: Words = ()  # with one of `verbs` behind it, at most one word between: "ik heb"
    verbs: Words = ()
    mine: Words = ()  # what makes it their own by itself: "mijn", "vanwege"
    along: Words = ()  # "met", when one of `own` follows
    own: Words = ()
    behind: Words = ()  # what makes it their own behind it, where the verb comes last
    others: Words = ()  # whom one works with: "mensen met autisme"
    joiners: Words = ()  # how a message goes on that begins with a condition: "zwanger en zoek werk"
    goes_on: Words = ()
    breaks: Words = ()  # with which a part of a message begins
    loose_before: Words = ()  # what is dropped at the ends of what is left when a part is taken out
    loose_behind: Words = ()


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """What stands around the name of a place."""

    fillers: Words = ()
    elsewhere: Words = ()  # answers, and places that are not here: close to a village, and never one
    ordinary: Words = ()  # towns that are words of a common sentence as well
    home: Words = ()
    beside: Words = ()
    before: Words = ()  # with `home` and `beside`: what stands right before a place
    articles: Words = ()
    province: Words = ()
    either: Words = ()


@dataclass(frozen=True, slots=True)
class WorkWords:
    """What stands around the names of work."""

    now: Words = ()
    wanted: Words = ()
    unwanted: Words = ()
    refusing_pairs: Words = ()  # two words that refuse together: "weg uit"
    comparing: Mapping[str, str] = field(default_factory=dict)  # "liever zorg dan onderwijs": {dan: liever}
    everything: Words = ()
    except_: Words = ()
    listing: Words = ()
    refusing: Words = ()  # behind it: "de zorg liever niet"
    afterthoughts: Words = ()
    fillers: Words = ()
    languages: Words = ()
    of_languages: Words = ()  # how well somebody knows a language
    only_after: Mapping[str, Words] = field(default_factory=dict)  # work only behind one of these: "it"
    object_of: Words = ()
    inside: Words = ()
    beside: Words = ()
    some: Words = ()
    articles: Words = ()
    in_between: Words = ()  # in "werken op een boot"


@dataclass(frozen=True, slots=True)
class Language:
    """All words of a language. One that is not spoken may have some lists only, such as those of health."""

    code: str
    name: str  # in the language itself
    at: Location
    replies: Replies = Replies()
    speech: Speech = Speech()
    health: Health = Health()
    places: PlaceWords = PlaceWords()
    work: WorkWords = WorkWords()

    @property
    def lacking(self) -> tuple[str, ...]:
        """Lists that no spoken language can do without, and that this one has no words in."""
        needed = {
            "dont_know": self.replies.dont_know,
            "small words": self.speech.small,
            "openings of questions": self.speech.openings,
            "health": self.health.conditions,
        }
        return tuple(name for name, words in needed.items() if not words)


def together(languages: Iterable[Language]) -> Language:
    """One language with the words of all: people mix them, and nobody says beforehand which they will type."""
    every = list(languages)
    groups = {one.name: getattr(every[0], one.name) for one in fields(Language)} if every else {}
    return Language(
        **{
            name: _merged([getattr(one, name) for one in every]) if is_dataclass(group) else group
            for name, group in groups.items()
            if not isinstance(group, str | Location)
        },
        code="",
        name="",
        at=Location("", 1, 1),
    )


def _merged(groups: list[T]) -> T:
    kind: Any = type(groups[0])
    merged: T = kind(**{one.name: _joined([getattr(group, one.name) for group in groups]) for one in fields(kind)})
    return merged


def _joined(values: list[Any]) -> Any:
    if isinstance(values[0], Mapping):
        names = dict.fromkeys(name for value in values for name in value)
        found = {name: [value[name] for value in values if name in value] for name in names}
        return {name: one[0] if isinstance(one[0], str) else tuple(_flat(one)) for name, one in found.items()}
    return tuple(_flat(values))


def _flat(lists: Iterable[Words]) -> Iterator[str]:
    yield from dict.fromkeys(word for words in lists for word in words)

"""What somebody cannot do, will not do, or needs, and what work asks: `limits.yaml` and `demands.yaml` as models.

A limit of a person is written in a fact as "lifting" or, with a value, as "travel:30".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from bot.content.annotations import As, AtLeast, Id, Key, PartialDay, Pattern, Url
from bot.content.problems import Location
from bot.text import Text, fill, in_each, month_names, say_list

Patterns = Annotated[Mapping[str, tuple[str, ...]], As("patterns")]
"""Patterns of words by language (bot/content/patterns.py)."""
Ways = Annotated[Mapping[str, tuple[str, ...]], As("ways")]
"""The same, each with `{thing}` in it."""
PlainWords = Annotated[Mapping[str, tuple[str, ...]], As("words")]

LimitValue = str | int | bool
SEVERAL = ","  # between values of one kind: "mornings,evenings"


@dataclass(frozen=True, slots=True)
class LimitWays:
    """How people refuse a thing, need it, or say that it is fine; the same for every kind of limit."""

    refusing: Annotated[Ways, "That they cannot or will not: 'kan .. niet .. {thing}'."]
    needing: Annotated[Ways, "That it has to be so: 'alleen {thing}'."]
    accepting: Annotated[Ways, "That it is fine, however like a refusal it looks: 'geen probleem met {thing}'."]
    waiving: Annotated[Ways, "That it need not be so: 'hoeft niet {thing}'."]
    stops: Annotated[PlainWords, "Words that '..' never reaches over: 'maar', 'want'."]
    takes_up: Annotated[PlainWords, "Behind a comma: words that go on about the same: 'tillen, dat gaat niet'."]
    joins: Annotated[PlainWords, "Between two things that are refused together: 'tillen en bukken'."]
    others: Annotated[PlainWords, "Somebody else, whose limits are not those of who speaks: 'mijn man'."]
    oneself: Annotated[PlainWords, "Who speaks."]


@dataclass(frozen=True, slots=True)
class ValueOfLimit:
    """One of the values that a limit may have."""

    id: Annotated[Id, "Its name: what is stored."]
    label: Annotated[Text, "What comes behind 'Ik zoek werk' and 'I look for work'."]
    refused: Annotated[Patterns, "Things that somebody may refuse."] = field(default_factory=dict)
    needed: Annotated[Patterns, "Things that somebody may need."] = field(default_factory=dict)
    said: Annotated[Patterns, "What says it by itself."] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkSign:
    """What the table of work (`exploring/work.csv`) shows of work, by the columns of its traits and interests."""

    least: Annotated[Mapping[str, Annotated[float, AtLeast(0)]], "A column, and the least that it has: {heavy: 1}."] = (
        field(default_factory=dict)
    )
    most: Annotated[Mapping[str, Annotated[float, AtLeast(0)]], "A column, and the most that it has: {screen: 0}."] = (
        field(default_factory=dict)
    )


@dataclass(frozen=True, slots=True)
class LimitKind:
    """One kind of limit."""

    id: Annotated[Id, "The name by which it is stored, and by which the demands of work name it."]
    name: Annotated[Text, "What it is called, as in the head of a column."]
    label: Annotated[Text, "What comes behind 'Ik zoek werk' and 'I look for work': 'zonder zwaar tillen'."]
    at: Location
    refused: Annotated[Patterns, "Things that somebody may refuse, in every way: 'tillen', 'zwaar werk'."] = field(
        default_factory=dict
    )
    needed: Annotated[Patterns, "Things that somebody may need, in every way."] = field(default_factory=dict)
    said: Annotated[Patterns, "What says it by itself, without a way: 'dicht bij huis'."] = field(default_factory=dict)
    measured: Annotated[Patterns, "What says it with an amount: 'max #minutes reizen'."] = field(default_factory=dict)
    measured_label: Annotated[Text | None, "The label with an amount, as {value}."] = None
    follows_from: Annotated[Patterns, "What it follows from and is not kept, such as somebody's health."] = field(
        default_factory=dict
    )
    unless: Annotated[Patterns, "What only looks like it."] = field(default_factory=dict)
    values: Annotated[tuple[ValueOfLimit, ...], "Its values, when it has some."] = ()
    clash: Annotated[Text | None, "Said of work of which a source says that it asks just this."] = None
    partly: Annotated[Text | None, "Said of what asks a part of this."] = None
    share: Annotated[Text | None, "Said of work that asks this to some degree, with {percent}."] = None
    met: Annotated[Text | None, "Said of work of which a source says that it hardly asks this."] = None
    ask: Annotated[Text | None, "What to ask the provider or the employer, when nobody knows whether it asks this."] = (
        None
    )
    goes_with: Annotated[
        Id | None, "A limit of which more is known: work that asks that one probably asks this, and is asked about it."
    ] = None

    in_wishes: Annotated[bool, "True: in a wish its 'needed' is a need by itself: 'thuiswerken in de it'."] = False
    asked_of: Annotated[
        tuple[WorkSign, ...], "Work that is asked about it, though nothing says that it asks this: one sign is enough."
    ] = ()
    not_with: Annotated[
        tuple[Id, ...], "Drawbacks (interests.yaml) of work that is never asked about it: sitting, of standing."
    ] = ()

    def say(self, value: LimitValue) -> Text:
        """The limit with its value, as it comes behind "Ik zoek werk"."""
        if isinstance(value, bool):
            return self.label
        if isinstance(value, int):
            assert self.measured_label is not None, "an amount is found by a pattern of 'measured', which needs a label"
            measured = self.measured_label
            return in_each([measured], lambda one: fill(measured[one], {"value": self._amount(value, one)}))
        labels = {each.id: each.label for each in self.values}
        said = [labels[each] for each in value.split(SEVERAL) if each in labels]
        return in_each(said, lambda one: say_list([each[one] for each in said], one)) if said else self._clock(value)

    def _amount(self, value: int, language: str) -> str:
        of_month = any("#month" in pattern for patterns in self.measured.values() for pattern in patterns)
        return month_names(language)[value - 1] if of_month and 1 <= value <= 12 else str(value)

    def _clock(self, value: str) -> Text:
        """A time of the clock, "15:00", is said as it stands."""
        measured = self.measured_label
        return in_each([measured], lambda one: fill(measured[one], {"value": value})) if measured else self.label


@dataclass(frozen=True, slots=True)
class Limits:
    """All kinds of limits, and the ways in which people say them."""

    ways: Annotated[LimitWays, "How people refuse a thing, need it, or say that it is fine."]
    kinds: Annotated[tuple[LimitKind, ...], AtLeast(1), "The kinds of limits."]


# ------------------------------------------------------------------ what work asks
@dataclass(frozen=True, slots=True)
class DemandSource:
    """Where it was read what work asks."""

    id: Annotated[Id, "The name by which the lines below name it."]
    name: Annotated[str, "What it is called."]
    url: Annotated[Url, "Its page."]
    dated: Annotated[PartialDay, Key("date"), "The day of the page or the release."]
    checked: Annotated[date, "The day on which one of us looked at it."]


@dataclass(frozen=True, slots=True)
class WorkDemands:
    """What the occupations of one unit group ask of somebody: kinds of limits, each with the id of its source."""

    isco: Annotated[str, Pattern(r"\d{4}", '"8332"'), "The unit group in ISCO-08: four digits, quoted."]
    at: Location
    asks: Annotated[Mapping[str, str], "What it asks, with the source: {lifting: esco}."] = field(default_factory=dict)
    hardly: Annotated[Mapping[str, str], "What it hardly asks, with the source."] = field(default_factory=dict)
    shares: Annotated[
        Mapping[str, Annotated[float, AtLeast(0)]], "How much of it is asked, 0 to 1, where it is a matter of degree."
    ] = field(default_factory=dict)
    shares_from: Annotated[str | None, "The source of the shares."] = None


@dataclass(frozen=True, slots=True)
class Demands:
    """What work asks of somebody: `knowledge/demands.yaml`."""

    sources: Annotated[tuple[DemandSource, ...], AtLeast(1), "Where it was read."]
    work: Annotated[tuple[WorkDemands, ...], "A line for each unit group of which something is known."]


# ------------------------------------------------------------------ the limits of a person
def as_set(limits: Mapping[str, LimitValue]) -> frozenset[str]:
    """Limits as the value of a fact: "lifting", "travel:30". A limit that is false is none."""
    return frozenset(
        kind if value is True else f"{kind}:{value}" for kind, value in limits.items() if value is not False
    )


def as_mapping(limits: Iterable[str]) -> dict[str, LimitValue]:
    """The same turned round: the kinds, each with its value."""
    pairs = (each.partition(":") for each in sorted(limits))
    return {kind: (int(value) if value.isdigit() else value) if colon else True for kind, colon, value in pairs}

"""The words of `knowledge/limits.yaml` as signs, and where they stand in a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.content.limits import LimitKind, LimitValue, ValueOfLimit
from bot.content.patterns import Choice, Slot
from bot.recognisers.limits.matching import Pattern, Said
from bot.recognisers.tokens import Token


class Role(Enum):
    """Of what a pattern is a sign."""

    REFUSED = auto()  # a thing that may be refused
    NEEDED = auto()  # a thing that may be needed
    SAID = auto()  # a limit, by itself
    REASON = auto()  # a limit, of which nothing is kept
    UNLESS = auto()  # no limit


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern and what it is a sign of."""

    pattern: Pattern
    role: Role
    kind: str
    value: LimitValue = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign that was found: the tokens of its thing, from `first` to before `behind`, and all that it stands on."""

    sign: Sign
    first: int
    behind: int
    places: tuple[int, ...]
    amount: int | str | None = None

    @property
    def is_kept(self) -> bool:
        return self.sign.role is not Role.REASON

    @property
    def name(self) -> tuple[str, int]:
        return self.sign.kind, self.first


class Signs:
    """Signs, looked up by the word with which they begin."""

    def __init__(self, signs: Iterable[Sign]) -> None:
        self._by_word: dict[str, list[Sign]] = {}
        self._by_beginning: dict[str, list[tuple[str, Sign]]] = {}  # by its first letter
        self._by_amount: list[Sign] = []
        for sign in signs:
            for part in sign.pattern.first:
                match part:
                    case Choice(words, beginnings, _):
                        for word in words:
                            self._by_word.setdefault(word, []).append(sign)
                        for beginning in beginnings:
                            self._by_beginning.setdefault(beginning[0], []).append((beginning, sign))
                    case Slot():
                        self._by_amount.append(sign)
                    case _:
                        pass

    @property
    def words(self) -> Iterable[str]:
        return self._by_word.keys()

    def find(self, said: Said) -> dict[Role, list[Hit]]:
        found: dict[Role, list[Hit]] = {role: [] for role in Role}
        for place, token in enumerate(said.tokens):
            for sign in self._beginning_with(token):
                matched = sign.pattern.at(said, place) if sign.pattern.may_be_in(said) else None
                if matched is not None and matched.places:
                    places = matched.places
                    found[sign.role].append(Hit(sign, place, max(places) + 1, places, matched.amount))
        return found

    def _beginning_with(self, token: Token) -> Iterator[Sign]:
        word = token.word
        yield from self._by_word.get(word, ())
        yield from (sign for beginning, sign in self._by_beginning.get(word[0], ()) if word.startswith(beginning))
        yield from self._by_amount


def signs_of(kinds: Iterable[LimitKind]) -> Iterator[Sign]:
    for kind in kinds:
        of_kind = (
            (Role.REASON, kind.follows_from),
            (Role.UNLESS, kind.unless),
            (Role.SAID, kind.measured),
        )
        for role, patterns in of_kind:
            yield from (Sign(Pattern(one), role, kind.id) for listed in patterns.values() for one in listed)
        every: tuple[LimitKind | ValueOfLimit, ...] = (kind, *kind.values)
        for each in every:
            value = True if isinstance(each, LimitKind) else each.id
            for role, patterns in ((Role.REFUSED, each.refused), (Role.NEEDED, each.needed), (Role.SAID, each.said)):
                yield from (Sign(Pattern(one), role, kind.id, value) for listed in patterns.values() for one in listed)

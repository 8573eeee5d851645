"""Whose a number is: "ik ben 41" and "man van 41" are one's own, "mijn zoon is 12" is not, "bouwjaar 79" is a year."""

from collections.abc import Callable, Iterator, Sequence

from bot.recognisers.numbers.words import Number
from bot.recognisers.tokens import Token, TokenPhrases

FIRST_WORDS = 3  # "en mijn man", "mn vriend"
NEAR = 3  # words between a number and whose it is
COPULA_REACH = 2  # words between "I am" and an age
GROWN_UP = 18  # who tells at which age something happened, and is younger, tells of the past
FIRST_YEAR, LAST_YEAR = 1915, 2015  # of birth


class Owners:
    def __init__(self, phrases: Callable[[str], TokenPhrases]) -> None:
        """`phrases` gives the words of a list in `NumberWords`, of all languages."""
        self._oneself, self._others, self._people = phrases("oneself"), phrases("others"), phrases("people")
        self._bosses = phrases("bosses")
        self._am, self._become, self._became = phrases("am"), phrases("become"), phrases("became")
        self._age, self._born, self._of_year = phrases("age"), phrases("born"), phrases("of_year")
        self._ordinals, self._possessive = phrases("ordinals"), phrases("possessive")
        self._articles, self._lasts, self._until = phrases("articles"), phrases("lasts"), phrases("until")

    def is_own_age(self, tokens: Sequence[Token], number: Number, behind: int) -> bool:
        """Whether what stands around a number says that it is one's own age. `behind`: the place behind its unit."""
        first = number.first
        if self._possessive.before(tokens, first) and self.is_ordinal(tokens, number):
            return number.value >= GROWN_UP  # "op mijn 59e sta ik op straat", but "op mijn 15e van school gegaan"
        for place in range(first, max(0, first - COPULA_REACH) - 1, -1):
            if place < first and not tokens[place].is_word:
                break
            if self._am.before(tokens, place) or self._become.before(tokens, place):
                return True
        if any(self._age.before(tokens, place) for place in range(first, max(0, first - NEAR), -1)):
            return True
        if self._became.at(tokens, behind) or (self._am.at(tokens, behind) and behind + 1 >= len(tokens) - 1):
            return True  # "net 30 geworden", "49 ben ik"
        if self._opens_with_oneself(tokens, first):
            return not self._lasts.before(tokens, first)
        of = first - self._of_year.before(tokens, first)
        people = self._people.before(tokens, of)
        return people > 0 and self._is_oneself(tokens, of - people)

    def _opens_with_oneself(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether a clause opens with who speaks and a number: "ik 44", not "ik kan zelf 16 missen"."""
        place, said = first, 0
        while said := self._oneself.before(tokens, place):
            place -= said
        return place < first and not any(self._oneself.at(tokens, one) for one in self._clause_before(tokens, place))

    def _clause_before(self, tokens: Sequence[Token], place: int) -> Iterator[int]:
        """The places of the words before one, back to the last sign."""
        while place > 0 and tokens[place - 1].is_word:
            place -= 1
            yield place

    def is_of_another(self, tokens: Sequence[Token], first: int) -> bool:
        for place in range(first - 1, max(-1, first - NEAR - 2), -1):
            is_sign = not (tokens[place].is_word or tokens[place].is_number)
            if is_sign or self._oneself.at(tokens, place):
                return False
            if self._others.at(tokens, place) or self._bosses.at(tokens, place):
                return not self._is_oneself(tokens, place)
        return False

    def speaks_of_oneself(self, tokens: Sequence[Token]) -> bool:
        return any(self._oneself.at(tokens, place) for place in range(len(tokens)))

    def begins_with_another(self, tokens: Sequence[Token]) -> bool:
        """Whether words begin with somebody else, and oneself does not come behind: "mijn man is elektricien"."""
        for place in range(min(FIRST_WORDS, len(tokens))):
            if self._oneself.at(tokens, place) and not self._possessive.at(tokens, place):
                return False
            if self._others.at(tokens, place) and not self._is_oneself(tokens, place):
                rest = range(place + 1, len(tokens))
                return not any(self._oneself.at(tokens, one) for one in rest)
        return False

    def _is_oneself(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a word for a person is what one is oneself: "man van 45", "ik ben een vrouw", "ben moeder"."""
        is_person = self._people.at(tokens, place) > 0
        if place == 0 or not tokens[place - 1].is_word:
            return is_person
        before = place - self._articles.before(tokens, place)
        return self._am.before(tokens, before) > 0 or (before < place and is_person)

    def is_year_of_birth(self, tokens: Sequence[Token], number: Number) -> bool:
        typed = tokens[number.first].word
        if not typed.isdigit() or not (len(typed) == 2 or FIRST_YEAR <= number.value <= LAST_YEAR):
            return False
        first = number.first
        if any(self._born.before(tokens, place) for place in range(first, max(0, first - COPULA_REACH), -1)):
            return True
        of = self._of_year.before(tokens, first)
        return of > 0 and self._am.before(tokens, first - of) > 0 and not self._until.at(tokens, number.behind)

    def is_ordinal(self, tokens: Sequence[Token], number: Number) -> bool:
        attached = number.behind < len(tokens) and tokens[number.behind].start == tokens[number.behind - 1].end
        return attached and self._ordinals.at(tokens, number.behind) > 0

    def becomes(self, tokens: Sequence[Token], number: Number, behind: int) -> bool:
        """Whether an age is still to come: "ik word 50"."""
        first = number.first
        reach = range(first, max(0, first - NEAR), -1)
        return any(self._become.before(tokens, place) for place in reach) and not self._became.at(tokens, behind)

"""What the numbers in a text count: "3 dagen", "2 kinderen", "24 uur", "ik ben 41", "elke avond", "begin 50"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.content.language import Language, NumberWords
from bot.matching.word_vectors import word_table
from bot.recognisers.numbers.measures import Counted, Measure
from bot.recognisers.numbers.owners import Owners
from bot.recognisers.numbers.words import Number, NumberReader
from bot.recognisers.tokens import ENDS, NamedPhrases, Token, TokenPhrases, tokens_of

__all__ = ["Counted", "Counting", "Measure"]

NEAR = 3  # words between a number and what is said of it
MULTIPLIED_REACH = 6  # words between two numbers that are multiplied: "2 dagen in de week van 8 uur"
DECADE = 10
MIDDLE = 5.0  # of ten years, when nobody says where in them
WORKDAYS = 5.0
GUESSED = frozenset("~±≈")


DIGITS_OF_A_YEAR = (2, 4)  # "mts in 99"
SMALL_WORD = 6.3  # how often it occurs, by Zipf: "al" and "ook" count nothing, "mensen" is what is counted


class Counting:
    """Reads numbers with what they count, in all languages at once."""

    def __init__(self, languages: Iterable[Language]) -> None:
        spoken = list(languages)
        every = [one.numbers for one in spoken]

        def phrases(name: str) -> TokenPhrases:
            return TokenPhrases(word for one in every for word in getattr(one, name))

        self.reader, self._owners = NumberReader(every), Owners(phrases)
        self._denials = TokenPhrases(word for one in spoken for word in one.replies.denials)
        self._units = NamedPhrases((word, unit) for one in every for unit, words in one.units.items() for word in words)
        self._decades = [(TokenPhrases([name]), float(part)) for name, part in _decades(every)]
        self._tens = {word: (number + 2) * 10.0 for one in every for number, word in enumerate(one.people_of)}
        self._small, self._years_of, self._lasts = phrases("small"), phrases("years_of"), phrases("lasts")
        self._about, self._nearly = phrases("about"), phrases("nearly")
        self._unit_of, self._times = phrases("unit_of"), phrases("times")
        self._in_year = phrases("in_year")
        self._until, self._from, self._between = phrases("until"), phrases("from_"), phrases("between")
        self._every, self._articles, self._clock = phrases("every"), phrases("articles"), phrases("clock")
        self._per_day, self._per_week, self._per_month = phrases("per_day"), phrases("per_week"), phrases("per_month")
        self._may_imply = frozenset(
            tokens_of(phrase)[0].word
            for one in every
            for phrase in (*one.articles, *one.every, *one.units.get(Measure.HALF_DAYS, ()))
        )
        self.half_before, self.half_past = phrases("half_before"), phrases("half_past")
        # What a reader of answers asks of the rest of a text.
        self.full_time, self.part_time = phrases("full_time"), phrases("part_time")
        self.as_needed, self.some = phrases("as_needed"), phrases("some")
        self.bounds, self.must, self.free, self.at_work = map(phrases, ("bounds", "must", "free", "at_work"))
        self.nothing = frozenset(word for one in every for word in one.nothing)

    # ------------------------------------------------------------------ what others ask
    def speaks_of_oneself(self, text: str) -> bool:
        """Whether the person who speaks is named in it: "kan ik lasser worden"."""
        return self._owners.speaks_of_oneself(tokens_of(text))

    def begins_with_another(self, text: str) -> bool:
        """Whether a text begins with somebody else: "mijn man is elektricien"."""
        return self._owners.begins_with_another(tokens_of(text))

    def numbers_in(self, text: str) -> list[float]:
        """All numbers in a text, in their order."""
        return [number.value for number in self.reader.find(tokens_of(text))]

    def read(self, tokens: Sequence[Token], *, implied: bool = False) -> list[Counted]:
        """All numbers, each with what it counts.

        `implied`: those too for which no number stands there: "elke avond", "halve dagen", "een vijftiger".
        """
        numbers = self.reader.find(tokens)
        read = [self._count(tokens, number) for number in numbers]
        if implied:
            read += [*self._of_days(tokens, numbers), *self._in_their_tens(tokens)]
        return sorted(read, key=lambda one: one.start)

    def unit_at(self, tokens: Sequence[Token], place: int) -> tuple[Measure | None, int]:
        """The unit that begins at a place, or behind a dash, and the place behind it; the longest name wins."""
        # "24-uurs"; in "ik ben 30. Uren maakt niet uit" the stop ends a sentence.
        is_sign = place + 1 < len(tokens) and tokens[place].word in "-,."
        here = place + (is_sign and tokens[place].end == tokens[place + 1].start)
        length, unit = self._units.at(tokens, here)
        return (Measure(unit), here + length) if length else (None, place)

    def article_at(self, tokens: Sequence[Token], place: int) -> int:
        """How many tokens an article ("een") has at a place: 0 or 1."""
        return self._articles.at(tokens, place)

    def is_range(self, tokens: Sequence[Token], one: Counted, other: Counted) -> bool:
        """Whether two numbers are the two ends of a range: "10 tot 12", "tussen 20 en 24"."""
        length = self._until.at(tokens, one.behind)
        if length and one.behind + length == other.first:
            return not self._from.before(tokens, one.first)
        return other.first - one.behind == 1 and self._between.before(tokens, one.first) > 0

    def is_multiplied(self, tokens: Sequence[Token], one: Counted, other: Counted) -> bool:
        """Whether two numbers are multiplied: "4x8", "2 dagen van 8 uur", "2 dagen in de week van 8 uur"."""
        return self._times.before(tokens, other.first) > 0 and other.first - one.behind <= MULTIPLIED_REACH

    # ------------------------------------------------------------------ one number
    def _count(self, tokens: Sequence[Token], number: Number) -> Counted:
        measure, behind = self.unit_at(tokens, number.behind)
        before = self._unit_before(tokens, number.first) if measure is None else None
        is_decade = number.value % DECADE == 0 and any(name.before(tokens, number.first) for name, _ in self._decades)
        is_own = self._owners.is_own_age(tokens, number, behind) or (is_decade and measure in (None, Measure.YEARS))
        each_week = self._is_near(tokens, behind, self._per_week)
        goes_on = self._goes_on(tokens, behind) if measure is Measure.YEARS else None
        what = self._judge(tokens, number, measure or before, behind, is_told=is_own, each_week=each_week)
        if what is Measure.YEARS and (goes_on or self._lasts.before(tokens, number.first)):
            # "Ik ben Abdi 25 jaar Tilburg" goes on too: who knows places may tell it from the years of something.
            what = Measure.YEARS if goes_on and is_own else Measure.OTHER
        return Counted(
            number.value,
            what,
            tokens[number.first].start,
            tokens[behind - 1].end,
            number.first,
            number.behind,
            each_day=self._is_near(tokens, behind, self._per_day),
            each_week=each_week,
            each_month=self._is_near(tokens, behind, self._per_month),
            is_own=is_own,
            is_told=is_own or (measure or before) is not None,
            goes_on=goes_on,
            guess=self._guess(
                tokens, number, behind, after_unit=before is not None and self._unit_of.before(tokens, number.first) > 0
            ),
        )

    def _is_small(self, tokens: Sequence[Token], place: int) -> bool:
        """Whether a word behind a number says nothing of what it counts."""
        table = word_table()
        return self._small.at(tokens, place) > 0 or table.zipf(table.row(tokens[place].word)) >= SMALL_WORD

    def _judge(
        self,
        tokens: Sequence[Token],
        number: Number,
        measure: Measure | None,
        behind: int,
        *,
        is_told: bool,
        each_week: bool,
    ) -> Measure | None:
        first = number.first
        signs = {tokens[place].word for place in (first - 1, number.behind) if 0 <= place < len(tokens)}
        if not signs.isdisjoint("€$£"):
            return Measure.EUROS
        if number.behind < len(tokens) and tokens[number.behind].word == "%":
            return Measure.PERCENT
        if self._is_code(tokens, first):
            return Measure.OTHER
        denied = self._denials.before(tokens, first) and not self._nearly.before(tokens, first)
        if denied or self._owners.is_of_another(tokens, first):
            return Measure.OTHER
        if self._owners.is_year_of_birth(tokens, number):
            return Measure.YEAR_OF_BIRTH
        if self._owners.is_ordinal(tokens, number):
            return Measure.YEARS if is_told else Measure.OTHER
        is_clock = measure in (Measure.HOURS, None) and not (is_told or each_week) and self._is_clock(tokens, number)
        if is_clock or measure is not None:
            return Measure.OTHER if is_clock else measure
        if is_told:
            return Measure.YEARS
        is_thing = behind < len(tokens) and tokens[behind].is_word and len(tokens[behind].word) > 1
        if is_thing and not self._is_small(tokens, behind):
            return Measure.OTHER
        is_year = tokens[first].word.isdigit() and len(tokens[first].word) in DIGITS_OF_A_YEAR
        return Measure.OTHER if is_year and self._in_year.before(tokens, first) else None

    def _is_code(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether a letter is joined to a number: "a2" is a level and counts nothing, the 8 of "4x8" does."""
        if first == 0 or len(tokens[first - 1].word) > 1 or not tokens[first - 1].is_word:
            return False
        multiplies = first > 1 and tokens[first - 2].is_number
        return tokens[first - 1].end == tokens[first].start and not multiplies

    def _unit_before(self, tokens: Sequence[Token], place: int) -> Measure | None:
        """The unit of "een jaar of dertig", or of "uren: 24"; "34 jaar of 35" is no such thing."""
        end = place - self._unit_of.before(tokens, place)
        if end == place:
            # "Uren: 24".
            end -= place > 1 and tokens[place - 1].word == ":"
            length, unit = self._units.before(tokens, end)
            length = length if unit == Measure.HOURS else 0
        else:
            length, unit = self._units.before(tokens, end)
        if not length:
            return None
        begin = end - length
        counted = any(number.behind == begin for number in self.reader.find(tokens[:begin]))
        return None if counted and not self._articles.before(tokens, begin) else Measure(unit)

    def _is_clock(self, tokens: Sequence[Token], number: Number) -> bool:
        """A time of the clock: "na 17 uur", "van 9 tot 3", "tot een uur of drie"."""
        if self._clock.before(tokens, number.first):
            return True
        about = number.first - self._unit_of.before(tokens, number.first)
        about -= self._units.before(tokens, about)[0] if about < number.first else 0
        about -= self._articles.before(tokens, about)
        if about < number.first and (self._until.before(tokens, about) or self._clock.before(tokens, about)):
            return True
        if self._until.at(tokens, number.behind) and self._from.before(tokens, number.first):
            return True
        begin = number.first - self._until.before(tokens, number.first)
        return begin < number.first and any(
            one.behind == begin and self._from.before(tokens, one.first) for one in self.reader.find(tokens[:begin])
        )

    def _goes_on(self, tokens: Sequence[Token], behind: int) -> str | None:
        """The word for which the years may be those of something: "20 jaar lasser"; "34 jaar oud" is not."""
        if behind >= len(tokens) or not tokens[behind].is_word or len(tokens[behind].word) < 2:
            return None
        is_small = self._is_small(tokens, behind) and not self._years_of.at(tokens, behind)
        return None if is_small else tokens[behind].word

    def _is_near(self, tokens: Sequence[Token], behind: int, phrases: TokenPhrases) -> bool:
        """Whether a phrase stands behind a number, with two words between at most and no end of a sentence."""
        for place in range(behind, min(behind + NEAR, len(tokens))):
            if tokens[place].word in ENDS:
                return False
            if phrases.at(tokens, place):
                return True
        return False

    # ------------------------------------------------------------------ how sure
    def _guess(self, tokens: Sequence[Token], number: Number, behind: int, *, after_unit: bool) -> float | None:
        """What a number that is said with a reserve most likely is; None when it is exact."""
        value, first = number.value, number.first
        following = [token.word for token in tokens[number.behind : number.behind + 2]]
        if value % DECADE == 0 and value >= 2 * DECADE:
            parts = [part for name, part in self._decades if name.before(tokens, first)]
            attached = following[:1] == ["s"] and tokens[number.behind].start == tokens[number.behind - 1].end
            if parts or attached:  # "40s"
                return value + (parts[-1] if parts else MIDDLE)
        if self._nearly.before(tokens, first) or self._owners.becomes(tokens, number, behind):
            return value - 1
        around = [*range(max(0, first - NEAR), first), *range(number.behind, min(len(tokens), behind + NEAR))]
        is_about = (
            after_unit
            or following[:1] in (["+"], ["ish"])
            or following == ["-", "ish"]
            or (first > 0 and tokens[first - 1].word in GUESSED)
            or self._owners.is_ordinal(tokens, number)
            or any(self._about.at(tokens, place) for place in around)
        )
        return value if is_about else None

    # ------------------------------------------------------------------ without a number
    def _of_days(self, tokens: Sequence[Token], numbers: Sequence[Number]) -> Iterator[Counted]:
        """ "Een dag in de week" is one; "elke avond" is five, and so are "halve dagen" when no number is said."""
        taken = {place for number in numbers for place in range(number.first, number.behind)}
        for place in (place for place in range(len(tokens)) if place not in taken):
            if tokens[place].word not in self._may_imply:
                continue
            one, each = self._articles.at(tokens, place), self._every.at(tokens, place)
            measure, behind = self.unit_at(tokens, place + (one or each))
            if not (one or each or (measure is Measure.HALF_DAYS and not taken)):
                continue
            if measure in (Measure.DAYS, Measure.HALF_DAYS, Measure.EVENINGS):
                value, each_week = 1.0 if one else WORKDAYS, self._is_near(tokens, behind, self._per_week)
                start, end = tokens[place].start, tokens[behind - 1].end
                yield Counted(value, measure, start, end, place, behind, each_week=each_week, is_told=True)
                if not (one or each):
                    return

    def _in_their_tens(self, tokens: Sequence[Token]) -> Iterator[Counted]:
        """ "Ik ben een vijftiger", "in my late fifties"."""
        for place, token in enumerate(tokens):
            if tens := self._tens.get(token.word):
                parts = [part for name, part in self._decades if name.before(tokens, place)]
                before = place - self._articles.before(tokens, place)
                if parts or self._owners.is_own_age(tokens, Number(tens, before, before + 1), place + 1):
                    guess, where = tens + (parts[-1] if parts else MIDDLE), (token.start, token.end, place, place + 1)
                    yield Counted(tens, Measure.YEARS, *where, is_own=True, is_told=True, guess=guess)


def _decades(every: Iterable[NumberWords]) -> list[tuple[str, str]]:
    """Where in ten years, the shortest phrase first, so that the longest that fits is the last."""
    found: Mapping[str, str] = {name: part for one in every for name, part in one.decades.items()}
    return sorted(found.items(), key=lambda one: len(one[0]))

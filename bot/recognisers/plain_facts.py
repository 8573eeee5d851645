"""Plain facts in a language that is not spoken here: work, the country somebody is from, education, age, a request.

Single words, from `words` of its file; no grammar. So it is given what each fact stands on, and how certain it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import OSA

from bot.content.language import Language, PlainWords
from bot.recognisers.scripts import Token, spelled, tokens

CERTAIN, MISSPELT = 0.95, 0.8
WITH_ONE_ERROR = 6  # letters: with an error a shorter word is too often another
SHORTEST_REST = 2  # letters behind what is joined to a word
DENIED_WITHIN = 3  # words
AGES = range(14, 100)

NUMBER, ANY_ENDING = "#", "*"
NOTHING = ""
IN_PASSING = 3  # words of a message in which one word is a request: "vielen Dank für die Hilfe" asks for nothing
REQUESTS = ("human", "forget", "stop", "help")  # when somebody asks for two, the first of these


class Time(StrEnum):
    NOW = "now"  # or before
    WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class PlainFact:
    """`value`: the id of an occupation or a level, a country in ISO 3166, a command, or an age in digits.

    `text[start:end]` is what it stands on. Work whose word may mean several occupations is in the list once for each,
    with its certainty divided. `time`: None when nothing says whether somebody does the work or wants it.
    """

    value: str
    called: str  # in that language, to say it back
    start: int
    end: int
    certainty: float  # 0..1
    time: Time | None = None
    denied: bool = False  # they say that it is not, or that they do not want it


@dataclass(frozen=True, slots=True)
class Found:
    occupations: tuple[PlainFact, ...] = ()  # in the order of the text
    request: PlainFact | None = None
    country: PlainFact | None = None
    level: PlainFact | None = None
    age: PlainFact | None = None

    @property
    def called(self) -> tuple[str, ...]:
        """What was understood, to be said back in that language; nothing twice, and nothing that was denied."""
        facts = (*self.occupations, self.country, self.level, self.age)
        return tuple(dict.fromkeys(one.called for one in facts if one and not one.denied))


class PlainFacts:
    """Finds plain facts in texts, in every language that has words for them."""

    def __init__(self, languages: Iterable[Language]) -> None:
        self._words = {one.code: _Words(one.words) for one in languages if one.words != PlainWords()}

    def find(self, text: str, code: str) -> Found:
        """What a text in the language `code` says; nothing when that has no words."""
        return self._words[code].find(text) if code in self._words else Found()


@dataclass(frozen=True, slots=True)
class _Phrase:
    parts: tuple[str, ...]  # of each word its letters; `*` at the end: any ending; `#`: a number
    value: str
    called: str


class _Words:
    """The words of one language."""

    def __init__(self, words: PlainWords) -> None:
        self._joined = tuple(map(spelled, words.joined))
        self._occupations = _Phrases(_phrases({**words.occupations, NOTHING: words.nothing}), with_errors=True)
        self._countries = _Phrases(_phrases(words.countries, called_first=True))
        self._levels = _Phrases(_phrases(words.levels))
        self._requests = _Phrases(_phrases(words.requests))
        self._ages = _Phrases(_phrases({NUMBER: words.age}))
        self._times = _Phrases(_phrases({Time.NOW: words.now, Time.WANTED: words.wanted}))
        self._denials = _Phrases(_phrases({NOTHING: words.denials}))
        self._others = _Phrases(_phrases({NOTHING: words.others}))

    def find(self, text: str) -> Found:
        typed = tokens(text)
        forms = [self._forms(one.word) for one in typed]
        return Found(
            occupations=tuple(_sharing(self._work(typed, forms))),
            request=self._request(typed, forms),
            country=_first(self._countries, typed, forms),
            level=_first(self._levels, typed, forms),
            age=next(self._of_age(typed, forms), None),
        )

    def _request(self, typed: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> PlainFact | None:
        requests: dict[str, PlainFact] = {}
        for hit in self._requests.find(typed, forms):
            said_whole = hit.last - hit.first == len(typed)
            in_passing = hit.last - hit.first == 1 and len(typed) > IN_PASSING
            # "Stop" is a word of many sentences.
            if said_whole or not (in_passing or hit.phrase.value == "stop"):
                requests[hit.phrase.value] = _fact(hit, typed)
        return next((requests[name] for name in REQUESTS if name in requests), None)

    def _work(self, typed: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> Iterator[PlainFact]:
        """Work of who types, with what is said around it in its clause."""
        times, denials, others = (
            list(phrases.find(typed, forms)) for phrases in (self._times, self._denials, self._others)
        )
        for hit in self._occupations.find(typed, forms):
            around = _Around(hit, typed)
            if hit.phrase.value == NOTHING or any(map(around.is_before, others)):
                continue
            nearest = next(filter(around.is_before, reversed(times)), None) or next(
                filter(around.is_behind, times), None
            )
            yield replace(
                _fact(hit, typed),
                time=Time(nearest.phrase.value) if nearest else None,
                denied=any(map(around.denies, denials)),
            )

    def _forms(self, word: str) -> tuple[str, ...]:
        """A word, and what is left of it without what may be joined before it."""
        rests = (word.removeprefix(one) for one in self._joined if word.startswith(one))
        return (word, *(rest for rest in rests if len(rest) >= SHORTEST_REST))

    def _of_age(self, typed: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> Iterator[PlainFact]:
        for hit in self._ages.find(typed, forms):
            number = next(int(one.word) for one in typed[hit.first : hit.last] if one.word.isdecimal())
            if number in AGES:
                yield replace(_fact(hit, typed), value=str(number), called=str(number))


@dataclass(frozen=True, slots=True)
class _Hit:
    phrase: _Phrase
    first: int  # the words `typed[first:last]`
    last: int
    certainty: float


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands in the clause of a hit."""

    hit: _Hit
    typed: Sequence[Token]

    def _in_clause(self, one: _Hit) -> bool:
        return self.typed[one.first].clause == self.typed[self.hit.first].clause

    def is_before(self, one: _Hit) -> bool:
        return self._in_clause(one) and one.last <= self.hit.first

    def is_behind(self, one: _Hit) -> bool:
        return self._in_clause(one) and one.first >= self.hit.last

    def denies(self, denial: _Hit) -> bool:
        """Right behind it, as in Turkish, or a few words before it."""
        near = self.hit.first - denial.last < DENIED_WITHIN
        return (self.is_before(denial) and near) or (self.is_behind(denial) and denial.first == self.hit.last)


class _Phrases:
    """Phrases by their first word; the longest at a place is meant, and all that are equally long."""

    def __init__(self, phrases: Iterable[_Phrase], with_errors: bool = False) -> None:
        self._all = tuple(phrases)
        self._with_errors = with_errors
        self._exact: dict[str, list[_Phrase]] = defaultdict(list)
        self._others: list[_Phrase] = []  # beginning with a stem or a number
        for one in self._all:
            if one.parts[0].endswith((ANY_ENDING, NUMBER)):
                self._others.append(one)
            else:
                self._exact[one.parts[0]].append(one)

    def find(self, typed: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> Iterator[_Hit]:
        place = 0
        while place < len(typed):
            hits = list(self._at(place, forms)) or list(self._misspelt(place, forms))
            longest = max((hit.last for hit in hits), default=place + 1)
            by_value: dict[str, _Hit] = {}  # a word and its stem are one hit
            for hit in hits:
                if hit.last == longest:
                    by_value.setdefault(hit.phrase.value, hit)
            yield from by_value.values()
            place = longest

    def _at(self, place: int, forms: Sequence[tuple[str, ...]]) -> Iterator[_Hit]:
        starting = [one for form in forms[place] for one in self._exact.get(form, ())]
        for phrase in (*starting, *self._others):
            last = place + len(phrase.parts)
            if last <= len(forms) and all(map(_fits, phrase.parts, forms[place:last])):
                yield _Hit(phrase, place, last, CERTAIN)

    def _misspelt(self, place: int, forms: Sequence[tuple[str, ...]]) -> Iterator[_Hit]:
        word = forms[place][0]
        if not self._with_errors or len(word) < WITH_ONE_ERROR or word.isdecimal():
            return
        for phrase in self._all:
            known = phrase.parts[0].rstrip(ANY_ENDING)
            if len(phrase.parts) > 1 or len(known) < WITH_ONE_ERROR:
                continue
            beginning = word[: len(known)] if phrase.parts[0].endswith(ANY_ENDING) else word
            if OSA.distance(known, beginning, score_cutoff=1) <= 1:
                yield _Hit(phrase, place, place + 1, MISSPELT)


def _fits(part: str, forms: tuple[str, ...]) -> bool:
    if part == NUMBER:
        return forms[0].isdecimal()
    if part.endswith(ANY_ENDING):
        return any(form.startswith(part[:-1]) for form in forms)
    return part in forms


def _phrases(listed: Mapping[str, Sequence[str]], called_first: bool = False) -> Iterator[_Phrase]:
    """Phrases as editors list them. A stem is called what stands before it, or what stands first."""
    for value, phrases in listed.items():
        called = ""
        for phrase in phrases:
            if not called or (ANY_ENDING not in phrase and not called_first):
                called = phrase.rstrip(ANY_ENDING)
            if parts := tuple(_parts(phrase)):
                yield _Phrase(parts, value, called)


def _parts(phrase: str) -> Iterator[str]:
    for each in phrase.split():
        if each == NUMBER:
            yield NUMBER
            continue
        *most, last = [one.word for one in tokens(each)] or [""]
        yield from (*most, last + ANY_ENDING * each.endswith(ANY_ENDING))


def _fact(hit: _Hit, typed: Sequence[Token]) -> PlainFact:
    start, end = typed[hit.first].start, typed[hit.last - 1].end
    return PlainFact(hit.phrase.value, hit.phrase.called, start, end, hit.certainty)


def _first(phrases: _Phrases, typed: Sequence[Token], forms: Sequence[tuple[str, ...]]) -> PlainFact | None:
    return next((_fact(hit, typed) for hit in phrases.find(typed, forms)), None)


def _sharing(facts: Iterable[PlainFact]) -> Iterator[PlainFact]:
    """Facts on the same words are one of them: each is as much less certain as there are more."""
    every = list(facts)
    for one in every:
        rivals = sum(other.start == one.start for other in every)
        yield replace(one, certainty=round(one.certainty / rivals, 2))

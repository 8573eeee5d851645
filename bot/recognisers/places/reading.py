"""The place that a text names: a postcode, a name that is spelled right, or the name that is most like it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from bot.content.country import Postcode
from bot.content.detours import Detours
from bot.content.knowledge import Municipality
from bot.content.language import PlaceWords
from bot.matching import fold
from bot.matching import words as split
from bot.recognisers.places.spelling import InFull, Sounds, Spelling
from bot.recognisers.places.words import Around


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """What a text says of a place. All is None and empty when it names none.

    `municipality` is None when only a province or region was named, and when several municipalities may be meant:
    those are `candidates`, likeliest first. One municipality is its own candidate.
    """

    municipality: str | None = None
    province: str | None = None
    region: str | None = None  # labour-market region
    candidates: tuple[str, ...] = ()


NOWHERE = PlaceRead()
NO_DETOURS = Detours()

LETTERS_AN_ERROR = 4  # a name of several words may hold one error in letters or sound for so many letters
ONE_LETTER = 2  # errors: one wrong letter is one in letters and one in sound
LONGEST_NAME = 4  # words: "Nuenen, Gerwen en Nederwetten"
MOST_GUESSED = 3  # words of a text that is only a place


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` up to `end` of the text name these municipalities, or this province (and region)."""

    start: int
    end: int
    municipalities: tuple[str, ...]
    province: str | None = None
    region: str | None = None


class Places:
    """All municipalities, by postcode and by every name people use; `jobs` are wordings that name no place.

    `areas`: what people call parts of the country that are no municipality and no region, by province.
    """

    def __init__(
        self,
        municipalities: Iterable[Municipality],
        postcode: Postcode,
        words: PlaceWords,
        areas: Mapping[str, Sequence[str]],
        jobs: Iterable[str] = (),
        detours: Detours = NO_DETOURS,
    ) -> None:
        self._detours = detours
        self._words, self._parts, self._postcode = Around.of(words), areas, _pattern(postcode)
        in_full = InFull(words.short)
        self._in_full, self._joined = in_full, in_full.joined
        self._known = {one.name: one for one in municipalities}
        spans = sorted((first, last, name) for name, one in self._known.items() for first, last in one.pc4)
        self._starts = [first for first, _, _ in spans]
        self._spans = spans
        self._areas = self._name_areas()
        self._names = self._name_places()
        self._towns = frozenset(self._joined(plain(name)) for name in self._known)
        self._spelling = Spelling(
            {**self._names, **self._areas},
            self._towns | self._areas.keys(),
            {word for job in jobs for word in split(job)},
            Sounds(words.sounds),
        )

    def __getitem__(self, name: str) -> Municipality:
        return self._known[name]

    def is_name(self, text: str) -> bool:
        """Whether a text is the name of a town or village as it is spelled, and nothing else."""
        return self._joined(text) in self._names

    def is_plain_town(self, text: str) -> bool:
        """Whether a text is the name of a municipality that is no ordinary word as well ("huizen", "bergen")."""
        key = self._joined(text)
        aliases = (self._joined(alias) for one in self._known.values() for alias in one.aliases)
        return key not in self._words.ordinary and (key in self._towns or key in aliases)

    def is_ordinary_word(self, text: str) -> bool:
        """Whether a place is called as an ordinary word is, too: "zetten"."""
        return self._joined(text) in self._words.ordinary

    def _own_name(self, region: str) -> str:
        """What a region is called, without what every region is called."""
        before, _, behind = region.partition(" ")
        return behind if fold(before) in self._words.region else region

    def _name_areas(self) -> dict[str, tuple[str, str | None]]:
        """Provinces, labour-market regions and what people call parts of them, as (province, region)."""
        areas: dict[str, tuple[str, str | None]] = {}
        provinces: dict[str, list[str]] = defaultdict(list)
        for one in self._known.values():
            provinces[one.region].append(one.province)
        for region, all_of_them in provinces.items():
            main = max(set(all_of_them), key=lambda province: (all_of_them.count(province), province))
            areas[self._joined(self._own_name(region))] = (main, region)
        for province in {one.province for one in self._known.values()}:
            for name in [province, *self._parts.get(province, ())]:
                if name and (self._joined(name) not in areas or name == province):
                    areas[self._joined(name)] = (province, None)
        return areas

    def _name_places(self) -> dict[str, tuple[str, ...]]:
        """Every name of a place with the municipalities that it may be in."""
        found: dict[str, list[str]] = defaultdict(list)
        for name, one in self._known.items():
            for known_as in (plain(name), *one.aliases, *one.places):
                key = self._joined(known_as)
                # "Zeeland" is a province before it is a village in Maashorst; Utrecht and Groningen are towns first.
                if key in self._areas and known_as != plain(name):
                    continue
                if name not in found[key]:
                    # The municipality that bears the name is the likeliest.
                    found[key].insert(0 if known_as == plain(name) else len(found[key]), name)
        return {key: tuple(names) for key, names in found.items() if names}

    def read(self, text: str) -> PlaceRead:
        """Say where `text` is: by postcode, else by name, with typing errors when nothing is spelled right."""
        folded = fold(text[:200])
        asked = split(self._in_full.of(folded))
        mentions = self._exact(asked)
        typed = self._postcode.search(folded)
        # Without its letters it may as well be a year: "Utrecht, sinds 1950".
        if typed and (typed[2] or not mentions) and (home := self._by_postcode(typed[1])):
            return self._place((home,))
        if not mentions or self._unexplained(asked, mentions):
            mentions = self._one_name(asked) or self._with_misspelt_town(asked, mentions)
        return self._weigh(asked, mentions)

    def _with_misspelt_town(self, asked: list[str], mentions: list[Mention]) -> list[Mention]:
        """What is spelled right, and the misspelt town in a province that is: "Gelderland, omgeving doetinchum"."""
        if any(mention.municipalities for mention in mentions):
            return mentions
        named = {place for mention in mentions for place in range(mention.start, mention.end)}
        guessed = [one for one in self._misspelt(asked) if named.isdisjoint(range(one.start, one.end))]
        within = self._within(guessed, mentions) if mentions else guessed
        return [*mentions, *within]

    def distance_km(self, a: str, b: str) -> float:
        """Kilometres as the crow flies between the main towns of two municipalities (haversine), and around water."""
        (lat_a, lon_a), (lat_b, lon_b) = self._known[a].coordinates, self._known[b].coordinates
        north, east = radians(lat_b - lat_a) / 2, radians(lon_b - lon_a) / 2
        line = 12742 * asin(sqrt(sin(north) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(east) ** 2))
        return line + self._detours.km(a, b)

    def _by_postcode(self, digits: str) -> str | None:
        _, last, name = self._spans[max(bisect_right(self._starts, digits) - 1, 0)]
        return name if digits <= last and digits >= self._starts[0] else None

    def _place(self, names: tuple[str, ...], region: str | None = None) -> PlaceRead:
        """One municipality, or the ones to choose from; the province and region that they share."""
        ones = [self._known[name] for name in names]
        provinces, regions = {one.province for one in ones}, {one.region for one in ones}
        return PlaceRead(
            names[0] if len(names) == 1 else None,
            provinces.pop() if len(provinces) == 1 else None,
            regions.pop() if len(regions) == 1 else region,
            names,
        )

    def _named(self, key: str, start: int, end: int, as_area: bool = False) -> Mention | None:
        if key in self._names and not (as_area and key in self._areas):
            return Mention(start, end, self._names[key], self._areas.get(key, (None, None))[0])
        if key in self._areas:
            return Mention(start, end, (), *self._areas[key])
        return None

    def _exact(self, asked: list[str]) -> list[Mention]:
        """Names that are spelled as we know them, the longest first; split and joined words are the same name."""
        mentions: list[Mention] = []
        taken: set[int] = set()
        content = [number for number, word in enumerate(asked) if word not in self._words.fillers]
        for size in range(min(LONGEST_NAME, len(asked)), 0, -1):
            for start in range(len(asked) - size + 1):
                span = range(start, start + size)
                key = "".join(asked[start : start + size])
                if taken.intersection(span) or not self._stands_alone(asked, span, key, content):
                    continue
                as_area = start > 0 and asked[start - 1] in self._words.province
                if mention := self._named(key, start, start + size, as_area):
                    mentions.append(mention)
                    taken.update(span)
        return sorted(mentions, key=lambda mention: mention.start)

    def _stands_alone(self, asked: list[str], span: range, key: str, content: list[int]) -> bool:
        """Whether these words can be a name here: "best" and "echt" are towns, and ordinary words in a sentence."""
        if len(span) == len(asked):
            return True
        if len(span) == 1 and (key in self._words.fillers or key in self._words.elsewhere):
            return False
        if key not in self._words.ordinary:
            return True
        if span.start > 0 and asked[span.start - 1] in self._words.articles:
            return False  # "om de hoek"
        if set(content) <= set(span):
            return True
        return span.start > 0 and asked[span.start - 1] in self._words.before

    def _unexplained(self, asked: list[str], mentions: list[Mention]) -> bool:
        """Whether more was said than the names that are spelled right: "weet betuwe" holds "betuwe"."""
        named = {place for mention in mentions for place in range(mention.start, mention.end)}
        return any(place not in named and word not in self._words.fillers for place, word in enumerate(asked))

    def _one_name(self, asked: list[str]) -> list[Mention]:
        """The whole text as one misspelt name of several words."""
        typed = "".join(asked)
        if not 1 < len(asked) <= LONGEST_NAME or typed in self._names:
            return []
        # "berg en cal" are words, and one letter from a name; "mensen helpen" is too far from any.
        most = ONE_LETTER if all(map(self._spelling.is_word, asked)) else len(typed) / LETTERS_AN_ERROR
        near = [(errors, name) for name, errors in self._spelling.near(typed) if errors <= most]
        return [mention for _, name in sorted(near)[:1] if (mention := self._named(name, 0, len(asked)))]

    def _misspelt(self, asked: list[str]) -> list[Mention]:
        """The name that is nearest to a run of words: letter by letter, and by how it sounds.

        In a sentence many a word is like some village: there only what stands after "in", "woon", "bij" is compared.
        """
        content = [
            number for number, word in enumerate(asked) if word not in self._words.fillers | self._words.elsewhere
        ]
        firsts = content
        if len(content) > MOST_GUESSED or any(self._spelling.is_word(asked[number]) for number in content):
            firsts = [number for number in content if self._follows_a_place_word(asked, number)]
        found: list[Mention] = []
        least = 1.0  # errors a letter
        for first in firsts:
            for size in range(1, LONGEST_NAME + 1):
                end = first + size
                if end > len(asked) or (size > 1 and end - 1 not in content):
                    continue
                typed = "".join(asked[first:end])
                if typed in self._names or all(map(self._spelling.is_word, asked[first:end])):
                    continue  # spelled right, and refused as an ordinary word
                for key, errors in self._spelling.near(typed):
                    if (mention := self._named(key, first, end)) and errors / len(typed) <= least:
                        found = [mention, *(found if errors / len(typed) == least else ())]
                        least = errors / len(typed)
        return merged(found)

    def _follows_a_place_word(self, asked: list[str], number: int) -> bool:
        """Whether "in", "woon", "bij" stand right before a word: "in de betuwe" as well."""
        while number and asked[number - 1] in self._words.articles:
            number -= 1
        return number > 0 and asked[number - 1] in self._words.before

    def _weigh(self, asked: list[str], mentions: list[Mention]) -> PlaceRead:
        """Several names in one text: where someone lives goes before what is near it, a province tells namesakes."""
        towns = [mention for mention in mentions if mention.municipalities]
        areas = [mention for mention in mentions if not mention.municipalities]
        if not towns:
            # "met het ov" is no answer; after a name, "ov" is Overijssel.
            areas = [area for area in areas if len(asked) == 1 or len("".join(asked[area.start : area.end])) > 2]
            return PlaceRead(province=areas[0].province, region=areas[0].region) if areas else NOWHERE
        if not self._words.either.intersection(asked):
            # "Elst, Utrecht": the second name is the province of the first.
            areas += [mention for mention in towns if mention.province]
            towns = self._homes(asked, self._within(towns, areas) or towns)
        names = list(dict.fromkeys(name for mention in towns for name in mention.municipalities))
        for area in areas:
            names = [name for name in names if self._known[name].province == area.province] or names
        return self._place(tuple(names))

    def _within(self, towns: list[Mention], areas: list[Mention]) -> list[Mention]:
        """The towns that are no province themselves and lie in one of the provinces that were named."""
        named = {area.province for area in areas}
        return [
            mention
            for mention in towns
            if mention.province is None and named & {self._known[name].province for name in mention.municipalities}
        ]

    def _without_districts(self, asked: list[str], towns: list[Mention]) -> list[Mention]:
        """Without a name right behind that of a town, which is no town itself: "Haarlem (Schalkwijk)"."""
        called = ["".join(asked[one.start : one.end]) for one in towns]
        return [
            one
            for place, one in enumerate(towns)
            if called[place] in self._towns
            or place == 0
            or towns[place - 1].end != one.start
            or called[place - 1] not in self._towns
            or self._words.beside.intersection(before(asked, towns[place - 1], None))
        ]

    def _homes(self, asked: list[str], towns: list[Mention]) -> list[Mention]:
        """The towns where someone lives, as far as the text tells them from where they work or what is near."""
        home, beside = self._words.home, self._words.beside
        towns = self._without_districts(asked, towns)
        said = {one: before(asked, one, last) for last, one in pairwise([None, *towns]) if one is not None}
        homes = [mention for mention in towns if not beside.intersection(said[mention])] or towns
        homes = [mention for mention in homes if home.intersection(said[mention])] or homes
        shared = set.intersection(*(set(mention.municipalities) for mention in homes))
        return [mention for mention in homes if shared.issuperset(mention.municipalities)] or homes


def _pattern(postcode: Postcode) -> re.Pattern[str]:
    """A postcode in a folded text: its digits, and its letters when they are typed."""
    letters = rf"({postcode.letters.pattern.lower()})?" if postcode.letters else "()"
    return re.compile(rf"(?<![\w-])({postcode.digits.pattern})[\s.-]*{letters}(?![a-z\d])")


def before(asked: list[str], mention: Mention, last: Mention | None) -> list[str]:
    """The words that say what a name is to someone: "woon in", "werk in", "in de buurt van"; not those of the last."""
    return asked[max(mention.start - 3, last.end if last else 0) : mention.start]


def merged(mentions: list[Mention]) -> list[Mention]:
    """Names that are equally near to one typed word are one mention with several candidates."""
    if len(mentions) < 2 or not all(mention.municipalities for mention in mentions):
        return mentions[:1]
    names = dict.fromkeys(name for mention in mentions for name in mention.municipalities)
    return [Mention(mentions[0].start, mentions[0].end, tuple(names))]


def plain(name: str) -> str:
    """The name without what tells it from a namesake: "Bergen (NH.)" is Bergen."""
    return name.partition(" (")[0]

"""The work that a text means: by known phrases first, then by the wording that is most like it, else none."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.content.flow import Vocabulary
from bot.content.knowledge import EVERY_SECTOR, Occupation, Sector, Wish
from bot.content.language import WorkWords
from bot.matching import Index, Match
from bot.matching import words as split
from bot.matching.word_vectors import word_table
from bot.recognisers.work.lexicon import COMMON, Level, Lexicon, Meaning
from bot.recognisers.work.parts import REFUSED, Clause, Grammar, Role
from bot.recognisers.work.spelling import Spelling


@dataclass(frozen=True, slots=True)
class WishRead:
    """What a text says of work. Empty is an honest answer, and so is an occupation outside our sectors."""

    sectors: tuple[str, ...] = ()  # likeliest first
    occupations: tuple[Match, ...] = ()  # the label is the id of an occupation; likeliest first
    excluded: tuple[str, ...] = ()  # sectors that someone does not want
    refused: tuple[str, ...] = ()  # occupations that someone does not want; their sector may be what they do want
    likely: tuple[str, ...] = ()  # occupations that a vague wish often means, when nothing more telling was said
    is_open: bool = False  # a wish that we know, and that may be any work: "iets anders"
    examples_of: str | None = None  # the vague wish of which `likely` are examples only: "meer verdienen"


WEIGHT = {Level.OCCUPATION: 1.0, Level.SECTOR: 0.9, Level.SETTING: 0.9, Level.WISH: 0.5}


@dataclass(frozen=True, slots=True)
class Found:
    """A meaning that was recognised, and the words that carried it.

    `score`: how like the name they are, 0..1; `meant`: how likely it is that they name work here at all, 0..1.
    """

    meaning: Meaning
    role: Role
    score: float
    evidence: tuple[str, ...]
    meant: float = 1.0


SHORTEST_LIKE = 3  # characters; one or two are like nothing, unless they are a known phrase ("hr")
LONG_WORD = 6  # characters; a shorter one is like too many names
GUESSES = 3
MOST_GUESSED = 5  # words of a part that are looked at one by one
# How like a wording must be. "verpleegkundge" → verpleegkundige is 0.95; "soldeerder" → sorteerder is 0.67.
OVERRULING = 0.85  # goes before phrases which explain less of the text
SURE = 0.65  # is taken for what someone means; below it the bot asks on
RARE, DOUBTED = 8.0, 3.0  # by Zipf: rarer than any word; and how much more common than `COMMON` doubles the doubt
LEAST_COMMON = 3.0
REMEMBERED = 2_000  # texts: what somebody wants is asked for again at each of their turns
MISSPELT = 0.85  # characters in common of a long word: "stukedoor" → stukadoor is 0.89, "soldeerder" → sorteerder 0.80


class Wishes:
    """All occupations, sectors and vague wishes, by the words that people use for them."""

    def __init__(
        self,
        sectors: Iterable[Sector],
        occupations: Iterable[Occupation],
        wishes: Iterable[Wish],
        said: WorkWords,
    ) -> None:
        """`said`: what stands around the names of work."""
        self._grammar = Grammar.of(said)
        ours = list(sectors)
        self._sectors = tuple(one.id for one in ours if one.id != EVERY_SECTOR)
        known, vague = list(occupations), list(wishes)
        self._lexicon = Lexicon(ours, known, vague, said)
        self._meant_by = {one.id: one.occupations for one in vague}
        self._with_examples = frozenset(one.id for one in vague if one.heading)
        self._sectors_of = {one.id: one.sectors for one in known}
        self._of_sectors = {phrase for phrase, meaning in self._lexicon.entries if meaning.level is Level.SECTOR}
        self._named = [
            (phrase, meaning)
            for phrase, meaning in self._lexicon.entries
            # "mag" is a weld behind "mig" only: by itself it is like nothing.
            if meaning.level is Level.OCCUPATION and not (len(phrase) == 1 and phrase[0] in said.only_after)
        ]
        self._spelling = Spelling(
            {word for phrase, _ in self._lexicon.entries for word in phrase} | self._grammar.around
        )
        # Each wording is a label of its own: the nearest wording decides.
        self._index = Index(
            (" ".join(self._grammar.content(phrase)), str(number)) for number, (phrase, _) in enumerate(self._named)
        )
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def __getstate__(self) -> dict[str, Any]:
        """Without what people typed."""
        return {name: value for name, value in self.__dict__.items() if name != "_remembered"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__ |= state
        self._remembered = lru_cache(REMEMBERED)(self._read)

    def read(self, text: str, kind: Vocabulary = Vocabulary.DESIRED_WORK) -> WishRead:
        """Say which occupations and sectors `text` names, as an answer to the question of `kind`.

        Known phrases come first, wherever they stand. What they leave unexplained is compared with all wordings; the
        most alike decides when no phrase does, and when it is nearly the same and explains more.
        """
        return self._remembered(text, kind)

    def _read(self, text: str, kind: Vocabulary) -> WishRead:
        every = self._grammar.split(text, kind, self._spelling.correct)
        parts = [one for one in every if self._is_known(one) or not self._grammar.is_about_language(one.words)]
        found = [one for part in parts for one in self._explain(part)]
        if not any(one.score >= SURE for one in found):
            found += [one for part in parts for one in self._word_by_word(part)]
        return self._weigh(found, kind)

    def is_wanted(self, text: str) -> bool:
        """Whether a text names work and says beside it that it is wanted: "toch liever kok"."""
        parts = self._grammar.split(text, Vocabulary.DESIRED_WORK, self._spelling.correct)
        return any(one.role is Role.WANTED and one.score >= SURE for part in parts for one in self._explain(part))

    def sectors_in(self, text: str) -> frozenset[str]:
        """The sectors of the work that a text names word for word, wanted or not."""
        named = (meaning for _, meaning in self._lexicon.find(split(text)) if meaning.level is not Level.WISH)
        return frozenset(sector for meaning in named for sector in meaning.sectors)

    def _is_known(self, part: Clause) -> bool:
        """Whether all that is said is one phrase that we know: "iets met taal" is a wish, and no level of Dutch."""
        return any(len(span) == len(part.words) for span, _ in self._lexicon.find(part.words))

    def _explain(self, part: Clause) -> list[Found]:
        known = list(self._phrases(part))
        explained = {word for one in known for word in one.evidence}
        if explained.issuperset(self._grammar.content(part.words)):
            return known
        alike = list(self._alike(part))
        if any(one.score >= OVERRULING for one in alike):
            return [one for one in known if one.role in REFUSED] + alike
        return known if any(one.meaning.level is not Level.WISH for one in known) else known + alike

    def _phrases(self, part: Clause) -> Iterator[Found]:
        """The phrases that are known word for word."""
        spans = list(self._lexicon.find(part.words))
        begins = [span.start for span, meaning in spans if meaning.level is not Level.WISH]
        for span, meaning in spans:
            after = next((start for start in begins if start >= span.stop), len(part.words))
            taken_back = self._grammar.takes_back(part.words[span.stop : after])
            role = Role.UNWANTED if taken_back else part.roles[span.start]
            named = part.words[span.start : span.stop]
            is_entered = meaning.level is Level.SECTOR and self._grammar.enters(part.words, span.start)
            meant = 1.0 if is_entered else self._meant(part, named)
            if meant >= SURE:
                yield Found(meaning, role, 1.0, named, meant)

    def _meant(self, part: Clause, named: Sequence[str]) -> float:
        """How likely it is that words name work here, 0..1. Rare ones always do; common ones ("gemeente", "mag") the
        more, the more of what is said they are: "van de gemeente moet ik een certificaat halen" names no work.
        """
        common = min(map(_zipf, named), default=0.0)
        if common <= COMMON:
            return 1.0
        telling = sum(RARE - _zipf(word) for word in named)
        every = sum(RARE - _zipf(word) for word in part.words if word in named or word not in self._grammar.around)
        return float((telling / every) ** ((common - COMMON) / DOUBTED))

    def _alike(self, part: Clause) -> Iterator[Found]:
        """The wordings that are most like what stands between two signs."""
        asked = self._grammar.content(part.words)
        enough = SURE if len("".join(asked)) >= LONG_WORD else OVERRULING
        long_enough = len("".join(asked)) >= SHORTEST_LIKE
        for match in self._index.search(" ".join(asked), GUESSES) if long_enough else ():
            if match.score * self._meant(part, match.evidence) >= enough:
                yield Found(self._named[int(match.label)][1], _role(part, match), match.score, match.evidence)

    def _word_by_word(self, part: Clause) -> Iterator[Found]:
        """Long words that hold a name, when the words together are like nothing.

        The last part of a compound says what it is ("scheepstimmerman"), the first what it belongs to ("kapperszaak").
        """
        long = [
            place
            for place, word in enumerate(part.words)
            if word not in self._grammar.fillers and len(word) >= LONG_WORD
        ]
        for place in long[:MOST_GUESSED]:
            word = part.words[place]
            endings = (word[start:] for start in range(1, len(word) - LONG_WORD + 2))
            beginnings = (word[:end] for end in range(len(word) - 1, LONG_WORD - 2, -1))
            known = self._lexicon.known
            near = process.extractOne(word, known.keys(), scorer=OSA.normalized_similarity, score_cutoff=MISSPELT)
            held = near[0] if near else next((half for half in (*endings, *beginnings) if half in known), None)
            if held:
                yield Found(known[held], part.roles[place], SURE, (word,))
            for match in self._index.search(word, 1):
                if match.score * self._meant(part, (word,)) >= SURE:
                    yield Found(self._named[int(match.label)][1], part.roles[place], match.score, (word,))

    def _weigh(self, found: Sequence[Found], kind: Vocabulary) -> WishRead:
        """Sectors and occupations, the likeliest first, without what someone does not ask about or does not want."""
        unwanted = [one for one in found if one.role in REFUSED and one.score >= SURE]
        excluded, refused = self._sectors_without(unwanted), self._works_without(unwanted)
        other = Role.WANTED if kind is Vocabulary.CURRENT_JOB else Role.NOW
        meant = [one for one in found if one.role not in REFUSED]
        meant = [one for one in meant if one.role is not other] or meant
        sure = [one for one in meant if one.score >= SURE]
        telling = [one for one in sure if one.meaning.level is not Level.WISH]
        scores = sectors_of(telling) if telling else wished(sure, kind)
        if not telling:
            # "Iets met mensen, maar geen zorg": of what a vague wish may mean, what they refuse as a whole is left out.
            scores = {sector: score for sector, score in scores.items() if sector not in excluded}
        excluded = [sector for sector in excluded if sector not in scores]
        if excluded and any(one.role is Role.ALL_BUT for one in unwanted):
            scores |= {sector: WEIGHT[Level.WISH] for sector in self._sectors if sector not in excluded}
        matches: dict[str, Match] = {}
        for one in sorted(meant if sure else [], key=lambda one: -one.score):
            # "Verpleegkundige, maar geen ziekenhuis": what is named outright is only refused by its name.
            by_name = one.meaning in [other.meaning for other in unwanted]
            is_refused = by_name or (one.meaning.id in refused and one.score < 1.0)
            if one.meaning.level is Level.OCCUPATION and not is_refused:
                matches.setdefault(one.meaning.id, Match(one.meaning.id, one.score * one.meant, one.evidence))
        # "Iets met dieren dat beter betaalt" means the work with animals: what says no work gives way to what does.
        of_work = [one for one in sure if one.meaning.id not in self._with_examples]
        vague = sure if not any(self._is_vague(one) or one.meaning.sectors for one in of_work) else of_work
        likely = () if telling else self._likely(vague, excluded, refused)
        examples_of = vague[0].meaning.id if likely and vague[0].meaning.id in self._with_examples else None
        return WishRead(
            tuple(sorted(scores, key=lambda sector: -scores[sector])),
            tuple(matches.values()),
            tuple(excluded),
            tuple(one for one in refused if one not in matches),
            likely,
            bool(sure) and not (scores or matches) and (not likely or bool(examples_of)),
            examples_of,
        )

    def _sectors_without(self, refused: Iterable[Found]) -> list[str]:
        """The sectors of what is refused as a whole: no single occupation, and no few that a vague wish means."""
        whole = (one for one in refused if not (self._is_vague(one) or self._is_occupation(one)))
        return list(dict.fromkeys(sector for one in whole for sector in one.meaning.sectors))

    def _works_without(self, refused: Iterable[Found]) -> list[str]:
        """The occupations that are refused, those that were named first.

        A vague wish stands for what it means: who will wash nobody wants to be no nurse, and may want to work in care.
        """
        works = (
            work
            for one in refused
            if self._is_vague(one) or self._is_occupation(one)
            for work in self._meant_by.get(one.meaning.id) or (one.meaning.id,)
        )
        return list(dict.fromkeys(works))

    def _is_vague(self, found: Found) -> bool:
        return bool(self._meant_by.get(found.meaning.id))

    def _is_occupation(self, refused: Found) -> bool:
        """Whether just that occupation is refused: what is only like one, or names a sector as well, is the sector."""
        exact = refused.meaning.level is Level.OCCUPATION and refused.score == 1.0
        return exact and tuple(refused.evidence) not in self._of_sectors

    def _likely(self, vague: Iterable[Found], excluded: Collection[str], refused: Collection[str]) -> tuple[str, ...]:
        """The work that vague wishes often mean, in turns, without what was refused and that of a sector that was."""
        lists = [self._meant_by.get(one.meaning.id, ()) for one in vague]
        shared = set(lists[0]).intersection(*lists) if lists else set()
        turns = (one for some in zip_longest(*lists) for one in some if one is not None)
        return tuple(
            dict.fromkeys(
                one
                for one in turns
                if (one in shared or not shared)
                and one not in refused
                and set(excluded).isdisjoint(self._sectors_of[one])
            )
        )


def _role(part: Clause, match: Match) -> Role:
    """What is said of a wording: the role of its most telling word. "Klaar met knippen" wants no hairdresser."""
    at = dict(zip(part.words, part.roles, strict=True))
    telling = (at[word] for word in match.evidence if word in at)
    return next((role for role in (*telling, *part.roles) if role is not Role.PLAIN), Role.PLAIN)


def sectors_of(telling: Sequence[Found]) -> dict[str, float]:
    """The sectors of what was recognised most surely, with a score."""
    best = max((one.score for one in telling), default=0.0)
    scores: dict[str, float] = {}
    for one in telling:
        for sector in one.meaning.sectors if one.score == best else ():
            scores[sector] = max(scores.get(sector, 0.0), one.score * WEIGHT[one.meaning.level])
    return scores


def wished(vague: Sequence[Found], kind: Vocabulary) -> dict[str, float]:
    """The sectors that vague wishes share ("buiten en met dieren" is groen), or all of them when they share none.

    "Thuis met de kinderen" says that someone has no work now, not that it is with children.
    """
    lists = [one.meaning.sectors for one in vague]
    if kind is Vocabulary.CURRENT_JOB and () in lists:
        return {}
    telling = [sectors for sectors in lists if sectors]
    shared = set(telling[0]).intersection(*telling) if telling else set()
    return {sector: WEIGHT[Level.WISH] for sectors in telling for sector in sectors if sector in shared or not shared}


@lru_cache(maxsize=8192)
def _zipf(word: str) -> float:
    """How common a word is, by Zipf: 3 is one in a million, 6 one in a thousand. One that nobody knows is rare."""
    row = word_table().row(word)
    return word_table().zipf(row) if row >= 0 else LEAST_COMMON

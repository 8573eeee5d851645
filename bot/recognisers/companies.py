"""Whether a company speaks: "my baker leaves" is said by who has a baker, "I leave my bakery" is not.

Words alone do not tell it: people who look for work speak of bosses and bakeries as well. What tells it is which kinds
of words stand together, and in which order: who looks for several cooks, or owns somebody who works, is a company. It
is learnt from labelled messages, read with the meanings of their words (as `bot.recognisers.distress`), the names of
work among them.
"""

from collections.abc import Collection, Iterable
from math import exp

from bot.content.knowledge import CompanyGuide, LabelledMessage, PartKind
from bot.matching.regression.one_vs_rest import Example, OneVsRest
from bot.recognisers.meanings import Meanings
from bot.recognisers.patterns import normalise

COMPANY = "company"
WORK, SEVERAL = "work", "several"  # what a name of work means: one who does it, or more than one
SEEKS = "seeks"
LOOKS = frozenset({SEEKS, "hires", "trains"})  # meanings of `company.yaml` of who looks for people
OF_A_COMPANY = LOOKS | {"leads", "worker", "company", "job", "scheme", WORK, SEVERAL}
"""What a company speaks of. Without any of it nobody is one: "nee, voor hem" is said of a son."""
SOUGHT_BY_PEOPLE, SOUGHT_BY_COMPANIES = ("job", "boss", "company"), ("worker", WORK, SEVERAL)
SHORTEST = 4  # characters of either half of a compound
EACH = 3  # times: of ten thousand messages about everything, two hundred about this would drown
EVEN, IS_ONE = -1.0, 0.5
"""Log odds at which it may be either (benchmarks/company.py says how many are heard, and mistaken, at this)."""


class Companies:
    """Says how likely a company speaks."""

    def __init__(self, guide: CompanyGuide | None, everyday: Iterable[LabelledMessage], work: Iterable[str]) -> None:
        """`everyday`: messages about everything; `work`: names of work. Without a guide nobody is one."""
        self._likely: OneVsRest | None = None
        if guide is None:
            return
        words = [
            (normalise(word).strip(), one.id) for one in guide.meanings for some in one.words.values() for word in some
        ]
        names = {normalise(name).strip(): WORK for name in work}
        endings = [ending for some in guide.several.values() for ending in some]
        more = {name + ending: SEVERAL for name in names for ending in endings if name + ending not in names}
        self._work = frozenset((*names, *more))
        self._known = frozenset(word for word, _ in words)
        self._meanings = Meanings([*words, *names.items(), *more.items()])
        told = [(one.text, any(kind == PartKind.EMPLOYER for _, kind in one.parts)) for one in everyday]
        told += [(one.said, one.company) for one in guide.messages for _ in range(EACH)]
        self._likely = OneVsRest(
            Example(said, self._marks(said), COMPANY if is_company else None) for said, is_company in told
        )

    def speak(self, text: str) -> bool:
        """Whether a company wrote a text."""
        return self.likely(text) >= IS_ONE

    def likely(self, text: str) -> float:
        """How likely a company speaks, 0..1: from one half on it does."""
        if self._likely is None:
            return 0.0
        marks = self._marks(text)
        if OF_A_COMPANY.isdisjoint(marks) or _looks_for_work(marks):
            return 0.0
        leaning = self._likely.lean(text, marks, float("-inf"))
        return 1.0 / (1.0 + exp(EVEN - leaning.odds)) if leaning else 0.0

    def sought(self, text: str) -> str:
        """The first name of work behind a word that looks for people or trains them, folded; empty when there is none.

        "Koks" of "een restaurant en zoek koks": what a company itself is called names no work that it looks for.
        """
        if self._likely is None:
            return ""
        said = normalise(text)
        split, looks = said.split(), False
        for place, meanings in self._meanings.find(said):
            if looks and COMPANY not in meanings and not {WORK, SEVERAL}.isdisjoint(meanings):
                longest = (" ".join(split[place:end]) for end in range(len(split), place, -1))
                return next((words for words in longest if words in self._work), "")
            looks = looks or not LOOKS.isdisjoint(meanings)
        return ""

    def _marks(self, text: str) -> tuple[str, ...]:
        return self._meanings.together(" ".join(map(self._last_half, normalise(text).split())))

    def _last_half(self, word: str) -> str:
        """The word that a compound ends with, when it is one that means something: "bedrijf" of "bouwbedrijf"."""
        if word in self._known:
            return word
        starts = range(SHORTEST, len(word) - SHORTEST + 1)
        return next((word[start:] for start in starts if word[start:] in self._known), word)


def _looks_for_work(marks: Collection[str]) -> bool:
    """Whether somebody looks for work or who gives it, and for nobody: "ik zoek een leerbedrijf"."""
    for_work = any(f"{SEEKS} > {one}" in marks for one in SOUGHT_BY_PEOPLE)
    # "Chauffeurs gezocht, bedrijf in Tilburg": whom a company looks for may stand before it, too.
    for_somebody = any(f"{SEEKS} > {one}" in marks or f"{one} > {SEEKS}" in marks for one in SOUGHT_BY_COMPANIES)
    return for_work and not for_somebody

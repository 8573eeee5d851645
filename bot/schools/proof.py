"""What proves that a school gives a diploma, and the schools around a home."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.content.patterns import Choice, parse
from bot.content.schools import GIVEN_BY, Degree, Evidence, School, SchoolKind, StudyForm

# From strong to weak. What was read of a trade is weaker than any proof of the diploma itself, and a page of which
# nobody knows the year is weaker than one that says it.
STRENGTH = {
    (Evidence.OFFERED, True): 0,
    (Evidence.ENROLLED, True): 1,
    (Evidence.FOR_ADULTS, True): 1,
    (Evidence.TAUGHT, True): 2,
    (Evidence.FOR_ADULTS, False): 4,
    (Evidence.TAUGHT, False): 5,
}
UNDATED = {True: 3, False: 6}  # by whether it is about the diploma itself
DOUBT_KM = (0.0, 2.0, 6.0, 12.0, 8.0, 12.0, 16.0)
"""By strength: how much farther people would rather call who surely gives it. Nobody asks at 28 km before at home."""
OF_ONE_FAITH_KM = 20.0  # how much farther one rather goes than to a school that asks a faith
NO_YEAR = "0000"
STEM = 4  # letters at least by which a word is known again in another form: "leraar", "lerarenopleiding"
OF_REGISTER = frozenset(degree for degree, kind in GIVEN_BY.items() if kind is not SchoolKind.MBO)
"""The degrees of which the register knows who gives each of them, where, and in which form."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What proves that a school gives a diploma, or gave it.

    `place` and `municipality` are empty when the source says only which school. `km` is infinite then, and for a
    proof of another place (`SchoolToAsk.elsewhere`). `name`: the official name of what is taught; None when the source
    has only a trade. `year`: of the source; None when it has no date. `url`: the page of the course when `evidence` is
    OFFERED, else the page that shows it. `until`: the last day to begin. `study`: the pattern that its name was known
    by, when the diploma is of several studies. `aside`: how many kilometres
    farther people would rather go for the study or the form that they asked for, or for a school that asks no faith.
    """

    school: School
    qualification: str
    place: str
    municipality: str
    km: float
    evidence: Evidence
    exact: bool
    dated: str | None
    name: str | None
    levels: tuple[str, ...]
    forms: tuple[StudyForm, ...]
    language: str | None
    for_workers: bool | None
    trade: str | None
    until: str | None
    url: str | None
    code: str | None = None
    degree: Degree | None = None
    study: str = ""
    aside: float = 0.0

    @property
    def year(self) -> int | None:
        return int(self.dated[:4]) if self.dated else None

    @property
    def strength(self) -> int:
        """How strong it is: 0 is the strongest."""
        return STRENGTH[self.evidence, self.exact] if self.dated else UNDATED[self.exact]

    @property
    def is_all_day(self) -> bool:
        """Whether one can only follow it full-time."""
        return self.forms == (StudyForm.FULL_TIME,)

    def is_said_in(self, name: str) -> bool:
        """Whether the name of a way to learn, without capitals and signs, says this very study."""
        return says(name, self.study)

    @property
    def is_now(self) -> bool:
        """Whether the register has it as something that one can enrol in."""
        return self.evidence is Evidence.OFFERED


@dataclass(frozen=True, slots=True)
class SchoolToAsk:
    """A school near somebody of which no source says that it gives the diploma there.

    `elsewhere`: a proof that it gives it in another place, or in one that the source does not name; None: no proof.
    """

    school: School
    place: str
    municipality: str
    km: float
    elsewhere: Proof | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The schools for some diplomas around a home. `everywhere`: proofs of schools that train in the whole country, or
    at a distance."""

    proven: tuple[Proof, ...]
    ask: tuple[SchoolToAsk, ...]
    farther: Proof | None
    everywhere: tuple[Proof, ...]


@lru_cache(maxsize=4_000)
def says(name: str, study: str) -> bool:
    """Whether a name, by `plain`, has the words of a pattern."""
    parts = [part for part in parse(study) if isinstance(part, Choice) and not part.optional]
    return all(any(_is_said(word, name) for word in (*part.words, *part.beginnings)) for part in parts)


def _is_said(word: str, name: str) -> bool:
    stem = word[: max(STEM, 2 * len(word) // 3)]
    return stem in name if len(word) >= STEM else word in name.split()


def ordered(proofs: Iterable[Proof]) -> list[Proof]:
    """The nearest first, where a doubt counts as kilometres: all but what the register knows is to be asked."""
    newest = sorted(proofs, key=lambda proof: (proof.dated or NO_YEAR, len(proof.forms), proof.school.id), reverse=True)
    return sorted(newest, key=lambda proof: (proof.km + proof.aside + DOUBT_KM[proof.strength], proof.strength))

"""How near a programme is to what someone wants to do."""

from collections.abc import Mapping
from functools import cache

from bot.advice.context import AdviceContext
from bot.advice.filling import say
from bot.advice.model import Reason, RuleOutcome
from bot.catalogue import Profile
from bot.content.knowledge import EVERY_SECTOR, FactRole, OfferKind, ProgrammeKind, Route, RouteKind
from bot.text import Text

# What these are worth to who looks for other work: a way into it, or help to find one.
KINDS: Mapping[OfferKind, float] = {
    **dict.fromkeys(RouteKind, 1.0),
    ProgrammeKind.RETRAINING: 1.0,
    ProgrammeKind.EMPLOYER: 0.9,
    ProgrammeKind.PREPARATION: 0.8,
    ProgrammeKind.REGULAR_EDUCATION: 0.6,
    ProgrammeKind.SIDE_ACTIVITY: 0.9,
    ProgrammeKind.ORIENTATION: 0.5,
    ProgrammeKind.GUIDANCE: 0.4,
    ProgrammeKind.CAREER_CENTRE: 0.4,
    ProgrammeKind.RECOGNITION: 0.3,
    ProgrammeKind.ADMISSION_ROUTE: 0.2,
    ProgrammeKind.PLATFORM: 0.2,
}
HELP: frozenset[OfferKind] = frozenset(
    {
        ProgrammeKind.ORIENTATION,
        ProgrammeKind.GUIDANCE,
        ProgrammeKind.CAREER_CENTRE,
        ProgrammeKind.RECOGNITION,
        ProgrammeKind.ADMISSION_ROUTE,
        ProgrammeKind.PLATFORM,
    }
)
"""Shown when they help, as what they are: they train nobody."""

TRAINING: frozenset[OfferKind] = frozenset(
    {ProgrammeKind.RETRAINING, ProgrammeKind.REGULAR_EDUCATION, ProgrammeKind.EMPLOYER, *RouteKind}
)
"""Who has followed it can do the work, or is doing it."""

# How much two occupations have in common, by how many digits of their ISCO-08 codes agree from the left.
IN_COMMON = (0.0, 0.0, 0.5, 0.7, 0.8)
ALIKE = IN_COMMON[4]
SAME_WORK = 1.0
NAMED = 0.9  # the programme names this work itself, in other words than our list of occupations
ONE_IS_BROAD = 0.7  # "iets in de zorg", or a programme for a whole sector
OF_ANOTHER_FIRST = 0.6  # a whole sector, and what belongs to another before it: cables, for "iets in de ict"
BESIDE_A_JOB = 0.6  # a whole sector, and an occupation in another: "docent, iets met computers"
HELPS_IN_SECTOR = 0.5  # help to choose within the sector, whatever the work
HELPS_ANYONE = 0.45

# Doctors, nurses, dentists, physiotherapists: the law (Wet BIG) protects these, and one is no step to another.
PROTECTED = frozenset({"22", "32"})
# Teaching, software, IT support, building, metal, electricity: who learns one of these trades has a start in the next.
# Elsewhere two digits say little: a forklift driver and a train driver share them.
KINDRED = frozenset({"23", "25", "35", "71", "72", "74"})


class Nearness:
    """Nearness of programmes to the wish in one context, 0..1."""

    def __init__(self, context: AdviceContext) -> None:
        self._context = context
        self._wish = wish = context.person.wish
        self._asked = context.fact_of(FactRole.WISH)
        named = wish.occupations if wish else ()
        self._likely = frozenset(wish.likely if wish and not wish.occupations else ())
        occupations = context.knowledge.occupations
        # A sector is meant as a whole when none of the occupations that were named belongs to it.
        self._broad = frozenset(wish.sectors if wish else ()).difference(*(occupations[one].sectors for one in named))
        self._value = cache(self._measure)
        self.in_common = cache(self._in_common)

    def of(self, profile: Profile) -> float:
        """How near a programme is. What trains for the same work in the same sectors is equally near."""
        kind, wish = profile.item.kind, self._wish
        asked_for = profile.item.id in self._context.person.asked_for
        if asked_for and wish and (not wish.sectors or not profile.sectors.isdisjoint(wish.sectors)):
            named = SAME_WORK if kind is ProgrammeKind.SIDE_ACTIVITY else NAMED
            return max(named, self._of_kind(profile))
        return self._of_kind(profile)

    def _of_kind(self, profile: Profile) -> float:
        item = profile.item
        return self._value(item.kind, item.sectors[0] if item.sectors else None, profile.sectors, profile.occupations)

    def _measure(
        self, kind: OfferKind, first: str | None, sectors: frozenset[str], occupations: frozenset[str]
    ) -> float:
        """`first`: the sector that it belongs to before the others."""
        wish, helps = self._wish, kind in HELP
        if wish is None or (helps and EVERY_SECTOR in sectors):
            return HELPS_ANYONE if helps and (EVERY_SECTOR in sectors or not sectors) else 0.0
        common = max(map(self.in_common, occupations), default=0.0)
        # What one does beside one's work is shown to who asks for exactly that, not to who wants to live on it.
        if kind is ProgrammeKind.SIDE_ACTIVITY:
            return common if common == SAME_WORK else 0.0
        if self._likely and not helps:
            # Beside animals, gardens are what "groen" is known for, and nobody asked for those.
            return 0.0 if occupations and occupations.isdisjoint(self._likely) else ONE_IS_BROAD
        if sectors.isdisjoint(wish.sectors):
            return common if common >= ALIKE else 0.0
        broad = 0.0
        if not wish.occupations or (not occupations and not helps):
            broad = ONE_IS_BROAD if helps or first in wish.sectors else OF_ANOTHER_FIRST
        elif not sectors.isdisjoint(self._broad):
            broad = BESIDE_A_JOB
        return max(common, broad, HELPS_IN_SECTOR if helps else 0.0)

    def trains(self, profile: Profile) -> bool:
        """Whether it trains for the very work that was asked for; for some of it, when that was a whole sector."""
        wish = self._wish
        if wish is None or profile.item.kind not in TRAINING:
            return False
        if profile.item.id in self._context.person.asked_for or not profile.occupations.isdisjoint(wish.occupations):
            return True
        if self._likely:
            return not profile.occupations.isdisjoint(self._likely)
        return not wish.occupations and not profile.sectors.isdisjoint(wish.sectors)

    def _in_common(self, occupation: str) -> float:
        """How much an occupation has in common with the one nearest to it in the wish."""
        return max((self._alike(occupation, one) for one in self._wish.occupations), default=0.0) if self._wish else 0.0

    def _alike(self, one: str, other: str) -> float:
        if one == other:
            return SAME_WORK
        first, second = (self._context.knowledge.occupations[name].isco for name in (one, other))
        digits = next((at for at in range(4) if first[at] != second[at]), 4)
        group = first[:2]
        if (digits < 4 and group in PROTECTED) or (digits == 2 and group not in KINDRED):
            return 0.0
        return IN_COMMON[digits]

    def why(self, profile: Profile) -> Reason:
        """What it has to do with the wish, in words."""
        kind, sectors, occupations = profile.item.kind, profile.sectors, profile.occupations
        sentences, knowledge, wish = self._context.sentences, self._context.knowledge, self._wish
        if wish is None:
            return Reason(sentences.wish_unknown, RuleOutcome.UNKNOWN, self._asked)
        nearest = max(sorted(occupations), key=self.in_common, default=None)
        common = self.in_common(nearest) if nearest else 0.0
        if nearest and common >= IN_COMMON[2]:
            job = self._context.person.job
            # Only the very work is "what you want": a supporter of disabled people is no social worker.
            sentence = sentences.wish_same_work if common == SAME_WORK else sentences.wish_related_work
            if kind in HELP:
                sentence = sentences.wish_help
            elif kind is RouteKind.OPEN:
                sentence = sentences.wish_open_work
            elif common >= ALIKE and job and nearest in job.occupations:
                sentence = sentences.wish_present_work
            return Reason(say(sentence, work=knowledge.occupations[nearest].name), RuleOutcome.MET, self._asked)
        if kind not in HELP and (likely := next((one for one in wish.likely if one in occupations), None)):
            work = knowledge.occupations[likely].name
            return Reason(say(sentences.wish_likely_work, work=work), RuleOutcome.MET, self._asked)
        shared = next((one for one in wish.sectors if one in sectors), None)
        if shared:
            return Reason(
                say(sentences.wish_same_sector, sector=knowledge.sectors[shared].name), RuleOutcome.MET, self._asked
            )
        return Reason(sentences.wish_broad_help, RuleOutcome.MET, self._asked)

    def why_not(self, profile: Profile) -> Reason:
        sentences, wish = self._context.sentences, self._wish
        if wish is None:
            return Reason(sentences.wish_unknown, RuleOutcome.UNKNOWN, self._asked)
        shares_sector = not profile.sectors.isdisjoint(wish.sectors)
        text = sentences.other_work if shares_sector else sentences.other_sector
        return Reason(text, RuleOutcome.NOT_MET, self._asked)


def where_to(route: Route, context: AdviceContext) -> Text:
    """The work that a first step is towards: what was asked for, when the way above it leads there."""
    wish = context.person.wish
    asked = next((one for one in wish.chosen if one in route.occupations), None) if wish else None
    return context.knowledge.occupations[asked].name if asked else route.becomes


def becomes(profile: Profile, nearness: Nearness, context: AdviceContext) -> Text | None:
    """The work that an offer leads to, the nearest to what was asked for; None when none is near that."""
    if isinstance(profile.item, Route):
        return profile.item.becomes
    nearest = max(sorted(profile.occupations), key=nearness.in_common, default=None)
    if nearest is None or nearness.in_common(nearest) < IN_COMMON[2]:
        return None
    return context.knowledge.occupations[nearest].name

"""Whether a question about a limit makes sense of work: nobody asks a coach about heights, or a clerk about lifting.

Our sources and the table of work (`knowledge/exploring/work.csv`) decide it; of work that neither knows, it is asked.
"""

from collections.abc import Iterable

from bot.content.exploring import Interest, Trait, WorkRow
from bot.content.knowledge import Knowledge
from bot.content.limits import LimitKind, WorkDemands, WorkSign
from bot.work_profiles import limits_against

NEAREST_FIRST = (3, 2)  # the digits of a unit group that its neighbours share
MUCH = 0.3  # of the share of a demand: a cook lifts 0.38, and stands


def is_worth_asking(kind: LimitKind, occupations: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether any of this work may ask it. Without work that we know, nobody can say that it does not."""
    groups = {knowledge.occupations[one].isco for one in occupations}
    return not groups or any(_may_ask(kind, group, knowledge) for group in sorted(groups))


def asks_much(work: WorkDemands | None, limit: str | None) -> bool:
    """Whether a source says that work asks something, or much of it."""
    return work is not None and limit is not None and (limit in work.asks or work.shares.get(limit, 0.0) >= MUCH)


def _may_ask(kind: LimitKind, group: str, knowledge: Knowledge) -> bool:
    demands = knowledge.demands_of(group)
    if demands and kind.id in demands.asks:
        return True
    rows = _rows_of(group, knowledge)
    if not rows:
        return not (demands and kind.id in demands.hardly)
    return any(_may_ask_as(kind, row, knowledge) for row in rows)


def _rows_of(group: str, knowledge: Knowledge) -> list[WorkRow]:
    """The row of a unit group; of one that has none those of the groups nearest to it in ISCO-08."""
    work = knowledge.exploring.work
    if row := work.get(group):
        return [row]
    near = ([work[one] for one in sorted(work) if one.startswith(group[:digits])] for digits in NEAREST_FIRST)
    return next((rows for rows in near if rows), [])


def _may_ask_as(kind: LimitKind, row: WorkRow, knowledge: Knowledge) -> bool:
    demands = knowledge.demands_of(row.isco)
    if not set(kind.not_with).isdisjoint(row.drawbacks):
        return False
    against = frozenset(limits_against(row, knowledge.exploring, knowledge))
    if kind.id in against or kind.goes_with in against or asks_much(demands, kind.id):
        return True
    if kind.asked_of:
        return any(_shows(sign, row) for sign in kind.asked_of)
    return not _is_told_of(kind, knowledge)


def _shows(sign: WorkSign, row: WorkRow) -> bool:
    return all(_column(row, name) >= least for name, least in sign.least.items()) and all(
        _column(row, name) <= most for name, most in sign.most.items()
    )


def _column(row: WorkRow, name: str) -> float:
    return row.traits[Trait(name)] if name in set(Trait) else row.interests[Interest(name)]


def _is_told_of(kind: LimitKind, knowledge: Knowledge) -> bool:
    """Whether the table of work says of any work that it does not go with a limit: then its silence says something."""
    likings, skills = knowledge.exploring.likings, knowledge.exploring.skills
    told = (
        *(one.not_for for one in likings.drawbacks),
        *(one.not_for + one.little_not_for for one in likings.traits),
        *(one.not_for for one in skills.values()),
    )
    return any(kind.id in limits for limits in told)

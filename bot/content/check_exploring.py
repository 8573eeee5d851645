"""Checks of what is known for who does not know what they want: that the table of work and the words agree."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields

from bot.content.exploring import Exploring, Likings
from bot.content.knowledge import Knowledge
from bot.content.problems import Location, Problem, did_you_mean
from bot.text import Text, placeholders

FILE, SKILLS = "knowledge/interests.yaml", "knowledge/skills.yaml"
MOST_SAID = 20  # problems of the table: the rest is most often the same one again


def problems_of(knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong in `interests.yaml`, `skills.yaml` and the table of work."""
    exploring = knowledge.exploring
    if exploring.table is None:
        return
    limits, facts, likings = knowledge.limit_kinds, knowledge.facts, exploring.likings
    here = Location(FILE, 1, 1)
    for interest in likings.interests:
        yield from _unknown("fact", interest.cards, facts, here)
    for trait in likings.traits:
        yield from _unknown("fact", [trait.card], facts, here)
        yield from _unknown("limit", (*trait.not_for, *trait.little_not_for), limits, here)
    for drawback in likings.drawbacks:
        yield from _unknown("limit", drawback.not_for, limits, here)
    drawbacks = [one.id for one in likings.drawbacks]
    for refusal in likings.refusals:
        yield from _unknown("drawback", refusal.less, drawbacks, refusal.at)
        yield from _unknown("limit", [refusal.limit] if refusal.limit else [], limits, refusal.at)
    yield from _unknown("occupation", likings.never_shown, knowledge.occupations, here)
    for skill in exploring.skills.values():
        yield from _unknown("limit", skill.not_for, limits, skill.at)
        yield from _unknown("fact", [skill.card] if skill.card else [], facts, skill.at)
    for unpaid in exploring.unpaid:
        yield from _unknown("skill", unpaid.skills, exploring.skills, Location(SKILLS, 1, 1))
    yield from _sentences(likings)
    yield from list(_of_table(exploring, drawbacks))[:MOST_SAID]


FILLED: Mapping[str, frozenset[str]] = {
    "fits": frozenset({"likes"}),
    "can": frozenset({"skills"}),
    "day": frozenset({"does"}),
    "needs": frozenset({"needs"}),
    "way": frozenset({"way"}),
    "towards": frozenset({"step"}),
    "mind": frozenset({"drawback"}),
    "prospect": frozenset({"text", "source", "date"}),
    "trait": frozenset({"trait", "one", "other", "much", "less"}),
    "both": frozenset({"trait", "much"}),
}
"""What is filled in, by sentence of `says`; in the others nothing is."""


def _sentences(likings: Likings) -> Iterator[Problem]:
    here = Location(FILE, 1, 1)
    if likings.says is None:
        yield Problem(here, "'says' is missing", "Copy the one that Overstap ships.", "K103")
        return
    for one in fields(likings.says):
        text: Text = getattr(likings.says, one.name)
        for name in sorted(frozenset().union(*map(placeholders, text)) - FILLED.get(one.name, frozenset())):
            yield Problem(
                here, f"nothing fills in {{{name}}} in 'says: {one.name}'", "Write the words themselves.", "C012"
            )


def _of_table(exploring: Exploring, drawbacks: Collection[str]) -> Iterator[Problem]:
    assert exploring.table is not None
    for row in exploring.table.rows:
        at = Location(exploring.table.file, row.line, 1)
        yield from _unknown("drawback", row.drawbacks, drawbacks, at)
        yield from _unknown("skill", row.skills, exploring.skills, at)


def _unknown(kind: str, names: Iterable[str], there: Collection[str], at: Location) -> Iterator[Problem]:
    for name in names:
        if name not in there:
            hint = did_you_mean(name, there)
            yield Problem(at, f"there is no {kind} {name!r}", hint, "K102", within=(name,), lacks=name)

"""What is said to who cries out: an answer for every kind of cry, and no number that nobody checked."""

import re
from collections.abc import Iterator

from bot.content.knowledge import Care, DistressKind, Knowledge
from bot.content.problems import Location, Problem

_TO_CALL_OR_VISIT = re.compile(r"\b(?:[\w-]+(?:\.[\w-]+)*\.(?:nl|org|com|eu)|\d[\d -]+\d)\b")


def problems_of(knowledge: Knowledge) -> Iterator[Problem]:
    if not knowledge.care and not knowledge.messages:
        return  # a folder for tests of flows alone
    for kind in DistressKind:
        if kind not in knowledge.care:
            at = Location("knowledge/care.yaml", 1, 1)
            yield Problem(
                at, f"nothing is said to somebody in {kind.value!r}", "Copy the one that Overstap ships.", "K040"
            )
    for care in knowledge.care.values():
        yield from _unproven(care)


def _unproven(care: Care) -> Iterator[Problem]:
    known = {said for line in care.contacts for said in line.says}
    for text in (care.first, care.again):
        named = {found for said in text for found in _TO_CALL_OR_VISIT.findall(said)}
        for contact in sorted(named - known):
            message = f"{contact!r} is told to who cries out, and no line of 'contacts' proves it"
            hint = "Add it to 'contacts', with the page that you read it on and the day: people will call it."
            yield Problem(care.at, message, hint, "K041")

"""What is said to who cries out: an answer for every kind of cry, and no number that nobody checked."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.content.knowledge import Care, DistressKind, ForeignCries, HelpLine, Knowledge
from bot.content.problems import Location, Problem, Severity
from bot.text import Text

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
    doubtful = set()
    for care in knowledge.care.values():
        found = list(_unproven(care.at, (care.first, care.again), care.contacts))
        yield from found
        doubtful |= {care.id} if found else set()
    for own in knowledge.own_help:
        yield from _unproven(own.at, (own.text,), own.contacts)
    for foreign in knowledge.foreign_cries.values():
        yield from _of_language(foreign, {kind: care for kind, care in knowledge.care.items() if kind not in doubtful})


def _unproven(at: Location, texts: Iterable[Text], contacts: Iterable[HelpLine]) -> Iterator[Problem]:
    known = {said for line in contacts for said in line.says}
    for contact in sorted({found for text in texts for said in text for found in _named(said)} - known):
        message = f"{contact!r} is told to who cries out, and no line of 'contacts' proves it"
        hint = "Add it to 'contacts', with the page that you read it on and the day: people will call it."
        yield Problem(at, message, hint, "K041", within=(contact,))


def _of_language(foreign: ForeignCries, care: Mapping[str, Care]) -> Iterator[Problem]:
    """What is said in another language holds the numbers that are said in ours: no fewer, and no others."""
    for cry in (cry for cry in foreign.cries if cry.id in care):
        wanted = _named(care[cry.id].first.fallback)
        named = _named(cry.answer) if cry.answer else wanted
        for contact in sorted(wanted ^ named):
            way = "lacks" if contact in wanted else "has, and our own text has not:"
            message = f"the answer to {cry.id.value!r} in {foreign.name} {way} {contact!r}"
            yield Problem(foreign.at, message, "Say the same numbers as 'first' in knowledge/care.yaml.", "K045")
    if foreign.unreviewed:
        message = f"no native speaker has read the cries and answers in {foreign.name}"
        hint = "Let one read them, mend them, and take 'unreviewed' out."
        yield Problem(foreign.at, message, hint, "C016", Severity.NOTE)


def _named(said: str) -> set[str]:
    return set(_TO_CALL_OR_VISIT.findall(said))

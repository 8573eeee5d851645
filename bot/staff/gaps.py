"""What the bot did not know: questions without an answer, wishes for which nothing was found; the most asked first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bot.matching import fold
from bot.staff.desk import Desk
from bot.store.conversations import WISH
from bot.store.team import Role


@dataclass(frozen=True, slots=True)
class Gap:
    """What several people said in about the same words."""

    text: str  # as it was said last
    count: int
    last: date


def gaps(desk: Desk) -> tuple[list[Gap], list[Gap]]:
    """Questions, and wishes. People said them in their own words, so that they were read is written down."""
    desk.need(Role.ADVISER, "questions")
    vain = desk.store.conversations
    questions, wishes = _together(vain.asked_in_vain()), _together(vain.asked_in_vain(WISH))
    desk.store.audit.write(desk.who.name, "questions listed", at=desk.now(), count=len(questions) + len(wishes))
    return questions, wishes


def _together(said: list[tuple[date, str]]) -> list[Gap]:
    """`said` has the newest first."""
    by_words: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for day, text in said:
        by_words[fold(text).strip(" ?!.")].append((day, text))
    found = [Gap(all_of[0][1], len(all_of), all_of[0][0]) for all_of in by_words.values()]
    return sorted(found, key=lambda gap: (-gap.count, -gap.last.toordinal()))

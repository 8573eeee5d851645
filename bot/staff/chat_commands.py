"""What each command of an adviser in a chat does, and what it says: numbers and codes, and no name but in `/lead`."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.errors import BotError
from bot.staff.closing import TO_CHOOSE
from bot.staff.desk import Desk, Plan
from bot.staff.labels import Labels
from bot.staff.overview import overview
from bot.staff.queues import Queue, filter_of
from bot.store.lead_codes import AttemptOutcome, CloseReason
from bot.store.lead_model import Lead
from bot.store.notices import link_to

MOST = 20  # leads in one message
EXAMPLE = date(2026, 12, 31)
HOUR = re.compile(r"(\d{1,2})[:.](\d{2})")
OF_NO_LEAD = frozenset({"leads", "search", "help"})
IN_OWN_WORDS = frozenset({"note", "attempt", "snooze", "search"})  # what is typed behind these may name somebody


def how_to(words: StaffWords) -> Mapping[str, str]:
    """How an error says what to do next, in a chat; the last is not for a chat."""
    of_a_lead = {"show": "lead", "claim": "claim", "release": "release", "reopen": "reopen"}
    return {
        **{name: f"/{words.commands[code]} {{reference}}" for name, code in of_a_lead.items()},
        "list": f"/{words.commands['leads']}",
        "forget": "overstap leads forget",
    }


class ChatCommands:
    """The commands of one member of staff. Each takes the number of the lead and what was typed behind it."""

    def __init__(self, desk: Desk, labels: Callable[[], Labels]) -> None:
        self.desk, self.labels, self.locale = desk, labels, desk.locale

    def run(self, code: str, reference: str, rest: str) -> tuple[str, str | None]:
        """What is said, and the number of the lead of which that holds personal data. Raises BotError."""
        if code == "lead":
            return self._show(reference)
        if code in OF_NO_LEAD:
            return {"leads": self._list, "search": self._search, "help": self._help}[code](rest), None
        return self.line(self._work(code, reference, rest)), None

    def line(self, lead: Lead) -> str:
        """One lead in one line, with nothing that says who it is about."""
        step = None
        if lead.next_action_on and not lead.status.closed:
            step = f"{self._step(lead)} {self.locale.day(lead.next_action_on)}"
            step += f" {lead.next_action_time:%H:%M}" if lead.next_action_time else ""
        word = self.locale.words.word
        parts = (lead.reference, lead.sector, lead.place, word(lead.status), lead.assignee, step)
        return " · ".join(part for part in parts if part)

    def _step(self, lead: Lead) -> str:
        """A step of ours; one in an adviser's own words may name somebody."""
        words = self.locale.words
        return words.word(lead.next_action) if lead.next_action in words.next_steps else "…"

    # ------------------------------------------------------------------ looking
    def _show(self, reference: str) -> tuple[str, str | None]:
        opened = self.desk.open(reference)
        if link := link_to(self.desk.store.settings, opened.lead.reference):
            said = self.locale.say(StaffSentence.AT_THE_DESK, reference=opened.lead.reference, link=link)
            return said, None
        return "\n".join(overview(opened, self.labels(), self.locale)), opened.lead.reference

    def _list(self, typed: str) -> str:
        words = self.locale.words
        by_word = {word.casefold(): Queue(code) for code, word in words.queues.items()}
        choices = ", ".join(words.queues.values())
        queue = by_word.get(typed.casefold() or words.queues[Queue.ALL].casefold())
        if queue is None:
            raise BotError(words.say(StaffSentence.WHICH_LIST, choices=choices))
        which = filter_of(queue, self.desk)
        found = self.desk.queue(which, MOST)
        lines = [self.line(lead) for lead in found]
        if (more := self.desk.count(which) - len(found)) > 0:
            lines.append(words.say(StaffSentence.MORE_IN_LIST, number=more, choices=choices))
        return "\n".join(lines) or words.say(StaffSentence.NOTHING_OPEN)

    def _search(self, typed: str) -> str:
        if not typed:
            raise BotError(self.locale.say(StaffSentence.SEARCH_FOR_WHAT))
        lines = [self.line(lead) for lead in self.desk.search(typed, MOST)]
        return "\n".join(lines) or self.locale.say(StaffSentence.NONE_FOUND)

    def _help(self, _: str) -> str:
        words = self.locale.words
        outcomes = {each.value: words.word(each) for each in AttemptOutcome}
        return words.say(StaffSentence.CHAT_HELP, **words.commands, **outcomes, day=self.locale.day(EXAMPLE))

    # ------------------------------------------------------------------ working
    def _work(self, code: str, reference: str, rest: str) -> Lead:
        desk = self.desk
        match code:
            case "claim":
                return desk.claim(reference)
            case "release":
                return desk.release(reference)
            case "assign":
                if not rest:
                    raise BotError(self.locale.say(StaffSentence.WHICH_COLLEAGUE))
                return desk.assign(reference, rest)
            case "note":
                return desk.note(reference, rest)
            case "attempt":
                return desk.record(reference, *self._call(rest))
            case "snooze":
                until, hour, action = self._day(rest)
                return desk.snooze(reference, until, action, hour)
            case "close":
                return desk.close(reference, self._reason(rest))
            case "reopen":
                return desk.reopen(reference)
            case _:
                assert code == "undo", code
                return desk.undo(reference)

    # ------------------------------------------------------------------ reading
    def _call(self, typed: str) -> tuple[AttemptOutcome, str, Plan | None]:
        """ "gesproken 30-11-2026 14:00 wil dinsdag langskomen": how it went, perhaps when next, and a note."""
        words = self.locale.words
        how, _, rest = typed.partition(" ")
        try:
            outcome = words.to_code(AttemptOutcome, how)
        except ValueError:
            choices = ", ".join(map(words.word, AttemptOutcome))
            raise BotError(words.say(StaffSentence.WHICH_OUTCOME, choices=choices)) from None
        try:
            on, hour, note = self._day(rest.strip())
        except BotError:
            return outcome, rest.strip(), None
        return outcome, note, Plan(on, hour)

    def _reason(self, typed: str) -> CloseReason:
        words = self.locale.words
        try:
            return words.to_code(CloseReason, typed)
        except ValueError:
            choices = ", ".join(map(words.word, TO_CHOOSE))
            raise BotError(words.say(StaffSentence.WHICH_REASON, choices=choices)) from None

    def _day(self, typed: str) -> tuple[date, time | None, str]:
        """A day, perhaps an hour, and what stands behind it."""
        first, _, rest = typed.partition(" ")
        try:
            day = datetime.strptime(first, self.locale.day_format).date()  # noqa: DTZ007  # a day has no hour
        except ValueError:
            raise BotError(self.locale.say(StaffSentence.WHICH_DAY, day=self.locale.day(EXAMPLE))) from None
        second, _, more = rest.strip().partition(" ")
        said = HOUR.fullmatch(second)
        if said and int(said[1]) < 24 and int(said[2]) < 60:
            return day, time(int(said[1]), int(said[2])), more.strip()
        return day, None, rest.strip()

"""The adviser's work in a chat: commands in a private chat, and the button under a new lead in the advisers' group."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.engine.effects import Message
from bot.errors import BotError
from bot.staff.desk import Desk
from bot.staff.errors import Changed, DeskError, Refused
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.overview import overview
from bot.staff.refusals import say
from bot.store import Address, Store
from bot.store.lead_model import AttemptOutcome, CloseReason, Filter, Lead
from bot.text import fill

MOST = 20  # leads in one message
REFERENCE = re.compile(r"L-\d{4}-\d{1,9}", re.IGNORECASE)
OF_NO_LEAD = frozenset({"leads", "help"})
EXAMPLE = date(2026, 12, 31)
MOST_STRANGERS, STRANGERS_WITHIN = 10, timedelta(hours=1)  # lines in the audit


def commands(words: StaffWords) -> Mapping[str, str]:
    """How an error says what to do next, in a chat; the last is not for a chat."""
    return {
        "show": f"/{words.commands['lead']} {{reference}}",
        "claim": f"/{words.commands['claim']} {{reference}}",
        "release": f"/{words.commands['release']} {{reference}}",
        "list": f"/{words.commands['leads']}",
        "forget": "overstap leads forget",
    }


class StaffChat:
    """Answers members of staff, whom it knows by their address; for others it does not exist."""

    def __init__(self, store: Store, now: Callable[[], datetime], labels: Callable[[], Labels] = Labels) -> None:
        self.store, self.now = store, now
        self._strangers: deque[datetime] = deque()  # when one was written down
        self._commands: Mapping[str, Callable[[Desk, str, str], str]] = {
            "leads": lambda desk, _, __: _list(desk),
            "lead": lambda desk, reference, _: "\n".join(overview(desk.open(reference), labels(), desk.locale)),
            "claim": lambda desk, reference, _: _line(desk, desk.claim(reference)),
            "release": lambda desk, reference, _: _line(desk, desk.release(reference)),
            "note": lambda desk, reference, rest: _line(desk, desk.note(reference, rest)),
            "attempt": lambda desk, reference, rest: _line(desk, desk.attempt(reference, _outcome(desk, rest))),
            "snooze": lambda desk, reference, rest: _line(desk, desk.snooze(reference, _day(desk, rest))),
            "close": lambda desk, reference, rest: _line(desk, desk.close(reference, _reason(desk, rest))),
            "help": lambda desk, _, __: _help(desk.locale),
        }

    @property
    def words(self) -> StaffWords:
        """Those of the content in use, which may change while the bot runs."""
        return self.store.staff_language.staff_words

    def accounts(self, channel: str) -> list[str]:
        """Who works here, as a channel knows them."""
        addresses = (each.address for each in self.store.team.all() if each.active)
        return [address.user for address in addresses if address and address.channel == channel]

    def menu(self) -> Mapping[str, str]:
        """Commands, each with what it does."""
        return {self.words.commands[code]: does for code, does in self.words.menu.items()}

    def is_command(self, text: str) -> bool:
        """Whether a text is a command of staff, whoever says it."""
        return self._code(text) is not None

    def hear(self, address: Address, text: str) -> Message | None:
        """Answer a command in a private chat; None when it is none of ours, or not from one of us."""
        name, _, rest = text.strip().partition(" ")
        code = self._code(text)
        if code is None or (desk := self._desk(address, name)) is None:
            return None
        reference, _, more = rest.strip().partition(" ")
        if code not in OF_NO_LEAD and not REFERENCE.fullmatch(reference):
            return Message(self.words.say(StaffSentence.NAME_THE_LEAD, command=name))
        answer = self._answer(desk, lambda: self._commands[code](desk, reference.upper(), more.strip()))
        return Message(answer, lead=None if code in OF_NO_LEAD else reference.upper())

    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer the button under a new lead: a word to who pressed it, and a line for the group once it is theirs."""
        action, _, reference = data.partition(":")
        desk = self._desk(address, action)
        if desk is None or action != "claim" or not REFERENCE.fullmatch(reference):
            return self.words.say(StaffSentence.ADVISERS_ONLY), None
        lead: Lead | None = None

        def claim() -> str:
            nonlocal lead
            lead = desk.claim(reference)
            return ""

        refusal = self._answer(desk, claim)
        if lead is None:
            return refusal, None
        show = fill(commands(self.words)["show"], {"reference": lead.reference})
        return self.words.say(StaffSentence.IS_YOURS, reference=lead.reference, show=show), _line(desk, lead)

    def _answer(self, desk: Desk, work: Callable[[], str]) -> str:
        """What comes of it. What is refused leaves nothing behind, though it is part of a larger transaction."""
        with self.store.transaction() as db, db.begin_nested() as step:
            try:
                return work()
            except BotError as error:
                # That they tried stays written down, and what changed meanwhile they have now been told.
                if not isinstance(error, Refused | Changed):
                    step.rollback()
                return say(error, commands(self.words), desk.locale) if isinstance(error, DeskError) else str(error)

    def _code(self, text: str) -> str | None:
        typed = text.strip().partition(" ")[0].casefold()
        return next((code for code, word in self.words.commands.items() if typed == f"/{word}"), None)

    def _desk(self, address: Address, action: str) -> Desk | None:
        """The desk of a member; None for anyone else, of whom only is written down that they tried."""
        if member := self.store.team.at(address):
            return Desk(self.store, member, self.now)
        self._note_stranger(action)
        return None

    def _note_stranger(self, action: str) -> None:
        """Write down that a stranger tried, a few times an hour: the audit is kept for years, and they can go on."""
        at = self.now()
        while self._strangers and at - self._strangers[0] > STRANGERS_WITHIN:
            self._strangers.popleft()
        if len(self._strangers) < MOST_STRANGERS:
            self._strangers.append(at)
            self.store.audit.write("unknown", "refused", action[:64], at=at)


def _help(locale: Locale) -> str:
    outcomes = {each.value: locale.words.word(each) for each in AttemptOutcome}
    day = locale.day(EXAMPLE)
    return locale.say(StaffSentence.CHAT_HELP, **locale.words.commands, **outcomes, day=day)


def _list(desk: Desk) -> str:
    leads = desk.queue(Filter(open=True), MOST)
    return "\n".join(_line(desk, lead) for lead in leads) or desk.locale.say(StaffSentence.NOTHING_OPEN)


def _line(desk: Desk, lead: Lead) -> str:
    """One lead in one line, with nothing that says who it is about."""
    parts = (lead.reference, lead.sector, lead.place, desk.locale.words.word(lead.status), lead.assignee)
    return " · ".join(part for part in parts if part)


def _outcome(desk: Desk, typed: str) -> AttemptOutcome:
    words = desk.locale.words
    try:
        return words.to_code(AttemptOutcome, typed)
    except ValueError:
        choices = ", ".join(map(words.word, AttemptOutcome))
        raise BotError(words.say(StaffSentence.WHICH_OUTCOME, choices=choices)) from None


def _reason(desk: Desk, typed: str) -> CloseReason:
    words = desk.locale.words
    try:
        return words.to_code(CloseReason, typed)
    except ValueError:
        choices = ", ".join(map(words.word, CloseReason))
        raise BotError(words.say(StaffSentence.WHICH_REASON, choices=choices)) from None


def _day(desk: Desk, typed: str) -> date:
    try:
        return datetime.strptime(typed, desk.locale.day_format).date()  # noqa: DTZ007  # a day has no hour
    except ValueError:
        raise BotError(desk.locale.say(StaffSentence.WHICH_DAY, day=desk.locale.day(EXAMPLE))) from None

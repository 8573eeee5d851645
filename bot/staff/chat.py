"""The adviser's work in a chat: who is heard there, and the button under a new lead in the advisers' group."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.conversations import Heard
from bot.engine.effects import Message
from bot.engine.events import Event, Pressed, Said, Started
from bot.errors import BotError
from bot.staff.chat_commands import IN_OWN_WORDS, OF_NO_LEAD, ChatCommands, how_to
from bot.staff.desk import Desk
from bot.staff.errors import Changed, Code, DeskError, Refused
from bot.staff.labels import Labels
from bot.staff.refusals import say
from bot.staff.work import REFERENCE
from bot.store import Address, Store
from bot.store.team import Member
from bot.text import fill

MOST_STRANGERS, STRANGERS_WITHIN = 10, timedelta(hours=1)  # lines in the audit


class StaffChat:
    """Answers members of staff, whom it knows by their address; for others it does not exist."""

    def __init__(self, store: Store, now: Callable[[], datetime], labels: Callable[[], Labels] = Labels) -> None:
        self.store, self.now, self.labels = store, now, labels
        self._strangers: deque[datetime] = deque()  # when one was written down

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

    # ------------------------------------------------------------------ a private chat
    def may_hear(self, address: Address, event: Event) -> bool:
        """Whether an event may be for staff: a command, whoever says it, or anything that a member of staff types."""
        match event:
            case Said(text) if self._code(text):
                return True
            case Pressed(data) if not _is_claim(data):
                return False
            case Said() | Started() | Pressed():
                return self.store.team.has(address)
            case _:
                return False

    def hear(self, address: Address, event: Event) -> Heard | Event:
        """Answer a member of staff. What they type without a command starts no intake by accident: only who asked to
        try the bot talks to it."""
        code = self._code(event.text) if isinstance(event, Said) else None
        member = self.store.team.at(address)
        if member is None:
            if code and isinstance(event, Said):
                self._note_stranger(event.text.split()[0])
            return event
        if code == "try":
            assert isinstance(event, Said)
            return Started(source=event.text.strip().partition(" ")[2].strip() or None)
        if isinstance(event, Pressed):  # the button under a notice that came to them alone
            return Heard(Message(self.press(address, event.data)[0]))
        if code and isinstance(event, Said):
            return self._command(Desk(self.store, member, self.now), code, event)
        if isinstance(event, Said) and self._is_talking(address):
            return event
        return Heard(self._beside_what_they_typed(self._hello(member), event, stays=True))

    def _command(self, desk: Desk, code: str, event: Said) -> Heard:
        name, _, rest = event.text.strip().partition(" ")
        reference, _, more = rest.strip().partition(" ")
        if code in OF_NO_LEAD:
            reference, more = "", rest.strip()
        elif not REFERENCE.fullmatch(reference):
            asked = Message(self.words.say(StaffSentence.NAME_THE_LEAD, command=name))
            return Heard(self._beside_what_they_typed(asked, event, stays=True) if rest else asked)
        lead: str | None = None

        def work() -> str:
            nonlocal lead
            said, lead = ChatCommands(desk, self.labels).run(code, reference, more.strip())
            return said

        said, error = self._answer(desk, work)
        answer = Message(said, lead=lead)
        if not more or code not in IN_OWN_WORDS:
            return Heard(answer)
        is_refused = error and not (isinstance(error, DeskError) and error.code is Code.NOT_KEPT)
        return Heard(self._beside_what_they_typed(answer, event, stays=bool(is_refused)))

    def _beside_what_they_typed(self, answer: Message, event: Event, *, stays: bool) -> Message:
        """What they typed of somebody is taken out of the chat once it is kept, or when it may not be: the chat is in
        the cloud of another firm, and a bot can delete there for two days only. What was not understood stays, so that
        they need not type it again; they are told to mind it."""
        if not isinstance(event, Said) or event.message is None:
            return answer
        told = self.words.say(StaffSentence.TYPED_STAYS if stays else StaffSentence.TYPED_IS_GONE)
        deletes = () if stays else (event.message,)
        return replace(answer, text="\n".join((answer.text, told)), deletes=deletes)

    def _is_talking(self, address: Address) -> bool:
        """Whether they are in a conversation of their own, with a question open."""
        person = self.store.conversations.find(address)
        return person is not None and person.state.asked is not None

    def _hello(self, member: Member) -> Message:
        role, commands = self.words.word(member.role), self.words.commands
        said = self.words.say(
            StaffSentence.STAFF_HELLO, name=member.name, role=role, help=commands["help"], **{"try": commands["try"]}
        )
        return Message(said)

    # ------------------------------------------------------------------ the group
    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer the button under a new lead: a word to who pressed it, and a line for the group once it is theirs."""
        action, _, reference = data.partition(":")
        member = self.store.team.at(address)
        if member is None:
            self._note_stranger(action)
        if member is None or not _is_claim(data):
            return self.words.say(StaffSentence.ADVISERS_ONLY), None
        desk = Desk(self.store, member, self.now)
        line: str | None = None

        def claim() -> str:
            nonlocal line
            lead = desk.claim(reference)
            line = " · ".join((lead.reference, self.words.word(lead.status), member.name))
            show = fill(how_to(self.words)["show"], {"reference": lead.reference})
            return self.words.say(StaffSentence.IS_YOURS, reference=lead.reference, show=show)

        return self._answer(desk, claim)[0], line

    # ------------------------------------------------------------------ both
    def _answer(self, desk: Desk, work: Callable[[], str]) -> tuple[str, BotError | None]:
        """What comes of it, and why it was refused. That leaves nothing behind, though it is part of a larger
        transaction."""
        with self.store.transaction() as db, db.begin_nested() as step:
            try:
                return work(), None
            except BotError as error:
                # That they tried stays written down, and what changed meanwhile they have now been told.
                if not isinstance(error, Refused | Changed):
                    step.rollback()
                said = say(error, how_to(self.words), desk.locale) if isinstance(error, DeskError) else str(error)
                return said, error

    def _code(self, text: str) -> str | None:
        typed = text.strip().partition(" ")[0].casefold()
        return next((code for code, word in self.words.commands.items() if typed == f"/{word}"), None)

    def _note_stranger(self, action: str) -> None:
        """Write down that a stranger tried, a few times an hour: the audit is kept for years, and they can go on."""
        at = self.now()
        while self._strangers and at - self._strangers[0] > STRANGERS_WITHIN:
            self._strangers.popleft()
        if len(self._strangers) < MOST_STRANGERS:
            self._strangers.append(at)
            self.store.audit.write("unknown", "refused", action[:64], at=at)


def _is_claim(data: str) -> bool:
    """Whether this is the button under a lead that nobody has."""
    action, _, reference = data.partition(":")
    return action == "claim" and bool(REFERENCE.fullmatch(reference))

"""The turns of one transaction: everyone's state is read once, and what came of it is written once."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError

from bot.compiled import Compiled
from bot.content.sentence_keys import Sentence
from bot.conversations.lead_effects import LeadEffects
from bot.conversations.requests import Reply, Request, StaffDesk, UpdateOutcome
from bot.engine import advance
from bot.engine.effects import (
    Effect,
    FileLead,
    Forget,
    HandOver,
    Message,
    NoteUnansweredQuestion,
    RecordConsent,
    Send,
    ShowMyData,
    WithdrawConsent,
)
from bot.engine.events import Event, Said
from bot.privacy.erasure import erase
from bot.privacy.report import show
from bot.store import Address, Store
from bot.store.conversations import Conversation
from bot.store.encryption import DoesNotOpen
from bot.store.inbox import Received, UpdateKey
from bot.store.outbox import OutboxMessage
from bot.store.referrals import kept_source
from bot.text import fill, fill_paragraph

log = logging.getLogger(__name__)


class Turns:
    """The turns of one transaction: everyone's state is read once, and what came of it is written once."""

    def __init__(
        self, store: Store, compiled: Compiled, at: datetime, ahead: bool, staff: StaffDesk | None = None
    ) -> None:
        self.store, self.compiled, self.at, self.staff = store, compiled, at, staff
        self.ahead = ahead  # the clock, perhaps: then nobody was silent for as long as it seems
        self.people: dict[Address, Conversation] = {}
        self.letters: list[OutboxMessage] = []

    def run(self, requests: Sequence[Request]) -> list[Reply]:
        known = self.store.inbox.states([request.update for request in requests if request.update])
        seen = {update for update, (state, _) in known.items() if state in (Received.DONE, Received.DEAD)}
        # A member of staff needs no conversation for a command, and a group never has one.
        talking = [
            each.address
            for each in requests
            if each.update not in seen
            and not isinstance(each.event, Message)
            and not self._may_be_for_staff(each.event)
        ]
        self.people = {person.address: person for person in self._load(talking)}

        outcomes: list[UpdateOutcome] = []
        ends: list[int] = []
        done: list[UpdateKey] = []
        stuck: set[Address] = set()  # what they sent first failed, and has to come first again
        for request in requests:
            if request.update in seen:
                outcome = UpdateOutcome.SEEN
            else:
                outcome = UpdateOutcome.HELD if request.address in stuck else self._run(request)
            if outcome is UpdateOutcome.FAILED:
                stuck.add(request.address)
            if request.update and outcome is UpdateOutcome.DONE:
                done.append(request.update)
                seen.add(request.update)  # the same update may be in this group twice
            outcomes.append(outcome)
            ends.append(len(self.letters))

        self.store.conversations.save(self.people.values(), self.at)
        self.store.inbox.done(done, known=known)
        there = {person.id for person in self.people.values()}
        # Who was erased in this group still gets the last word, but no row that points at them stays.
        letters = [each if each.conversation in there else replace(each, conversation=None) for each in self.letters]
        outgoing = self.store.outbox.queue(letters, self.at)
        replies = []
        for request, start, end, outcome in zip(requests, [0, *ends[:-1]], ends, outcomes, strict=True):
            mine = [each for each in outgoing[start:end] if each.address.channel == request.address.channel]
            replies.append(Reply(tuple(mine), outcome))
        return replies

    def _load(self, addresses: list[Address]) -> list[Conversation]:
        return self.store.conversations.load(addresses, at=self.at) if addresses else []

    def _may_be_for_staff(self, event: Event | Message) -> bool:
        # An edit is no command of staff: a call would count twice when Telegram sends the same message once more.
        return bool(self.staff and isinstance(event, Said) and not event.edited and self.staff.is_command(event.text))

    def _is_of_staff(self, request: Request) -> bool:
        """Answer a command of staff: in the transaction of its update, so that it counts once."""
        if not self._may_be_for_staff(request.event):
            return False
        assert self.staff and isinstance(request.event, Said)
        message = self.staff.hear(request.address, request.event.text)
        if message:
            self.letters.append(OutboxMessage(None, request.address, message))
        return message is not None

    def _run(self, request: Request) -> UpdateOutcome:
        before, people = len(self.letters), dict(self.people)
        if isinstance(request.event, Message):
            self.letters.append(OutboxMessage(None, request.address, request.event))
            return UpdateOutcome.DONE
        try:
            if self._is_of_staff(request):
                return UpdateOutcome.DONE
            self._turn(self._person(request.address), request.event)
        except (OperationalError, OSError):
            raise  # the database is locked, full or gone, or the disk is: what they said is not to blame
        except Exception as error:
            self.people = people
            del self.letters[before:]
            if request.update is None:
                raise
            # The text of an error may quote what a person typed: only its kind and place are logged.
            log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, place_of(error))
            if self.store.inbox.failed(request.update, error) is Received.FAILED:
                return UpdateOutcome.FAILED
            person = self._person(request.address)
            sorry = self.compiled.content.sentences[Sentence.WENT_WRONG][person.state.language]
            self._say(person, Message(sorry))
            return UpdateOutcome.DEAD
        return UpdateOutcome.DONE

    def _person(self, address: Address) -> Conversation:
        if address not in self.people:  # a member of staff who said something else, or erased earlier in this group
            self.people[address] = self._load([address])[0]
        return self.people[address]

    def _turn(self, person: Conversation, event: Event) -> None:
        if person.damaged:
            raise DoesNotOpen(f"conversation {person.id}")
        state = replace(person.state, seen=self.at) if self.ahead and person.state.seen else person.state
        turn = advance(self.compiled, state, event, on=self.at)
        # Here, and not in the engine: which codes are ours is a setting. What is not ours is kept nowhere.
        source = kept_source(turn.state.source, self.compiled.private, self.store.settings.sources)
        person = self.people[person.address] = replace(person, state=replace(turn.state, source=source))
        if all(isinstance(effect, Send) for effect in turn.effects):
            messages = [effect.message for effect in turn.effects if isinstance(effect, Send)]
        else:
            # What fails half-way leaves nothing behind, while the turns of others go on.
            with self.store.transaction() as db, db.begin_nested():
                messages = self._carry_out(person, turn.effects)
        reference = self.people[person.address].state.reference if person.address in self.people else None
        for message in messages:
            self._say(person, self._on_the_channel(person, _with_reference(message, reference)))

    def _carry_out(self, person: Conversation, effects: Sequence[Effect]) -> list[Message]:
        """Do all of it, then tell the advisers; gives what is to be said."""
        messages: list[Message] = []
        instead: str | None = None
        leads = LeadEffects(self.store, self.compiled, self.at)
        for effect in effects:
            if isinstance(effect, HandOver):
                instead, reference = leads.hand_over(person, effect.reason, self._reference(person))
                self._set_reference(person, reference)
            elif isinstance(effect, Send) and instead is not None:
                messages.append(replace(effect.message, text=instead))
                instead = None
            else:
                messages += self._do(person, effect, leads)
        self.letters += leads.notices()
        return messages

    def _do(self, person: Conversation, effect: Effect, leads: LeadEffects) -> list[Message]:
        """Carry out an effect in the open transaction; gives what is to be said."""
        match effect:
            case Send(message):
                return [message]
            case FileLead(draft):
                self._set_reference(person, leads.file(person, draft))
            case RecordConsent(purpose, text, language):
                self.store.conversations.consent(person.id, purpose, text, language, self.at)
            case WithdrawConsent(purpose):
                self._set_reference(person, leads.withdraw(person, purpose, self._reference(person)))
            case HandOver():
                raise AssertionError("what is said behind it depends on what comes of it: see _carry_out")
            case ShowMyData():
                return list(show(self.store, self.compiled, person))
            case Forget():
                erased = erase(self.store, person.address, self.at)
                del self.people[person.address]
                if erased and erased.message_ids:
                    cleared = self.compiled.content.sentences[Sentence.CHAT_CLEARED][person.state.language]
                    return [Message(cleared, deletes=erased.message_ids)]
            case NoteUnansweredQuestion(text):
                self.store.conversations.unanswered(person.id, text, person.state.language, self.at)
        return []

    def _on_the_channel(self, person: Conversation, message: Message) -> Message:
        """What a channel itself sees of a conversation is said to who talks there, and to nobody else."""
        if "{channel}" not in message.text:
            return message
        sees = self.compiled.content.sentences.get(f"{Sentence.PRIVACY}_{person.address.channel}")
        said = sees[person.state.language] if sees else None
        return replace(message, text=fill_paragraph(message.text, "channel", said))

    def _say(self, person: Conversation, message: Message) -> None:
        self.letters.append(OutboxMessage(person.id, person.address, message))

    def _reference(self, person: Conversation) -> str | None:
        """The number of their lead, as they know it now."""
        return self.people[person.address].state.reference

    def _set_reference(self, person: Conversation, reference: str | None) -> None:
        now = self.people[person.address]
        self.people[person.address] = replace(now, state=replace(now.state, reference=reference))


def _with_reference(message: Message, reference: str | None) -> Message:
    """`{reference}` filled in; what looks like it in a person's own words can only say their own reference."""
    if reference is None or "{reference}" not in message.text:
        return message
    return replace(message, text=fill(message.text, {"reference": reference}))


def place_of(error: BaseException) -> str:
    """The file and line at which an error arose."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"

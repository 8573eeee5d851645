"""One turn with the outside world: load, advance, save, commit; then say.

What arrived, the new state, the lead and the messages are committed together. A crash before the commit leaves
everything as it was, and the update is handled again; a crash after it leaves the messages in the outbox.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, get_args

from sqlalchemy.exc import OperationalError

from bot.compiled import Compiled
from bot.content.sentence_keys import Sentence
from bot.content.staff_sentences import StaffSentence
from bot.engine import Turn, advance
from bot.engine.effects import (
    Effect,
    FileLead,
    Forget,
    HandOver,
    LeadDraft,
    Message,
    NoteUnansweredQuestion,
    RecordConsent,
    Send,
    ShowMyData,
    WithdrawConsent,
)
from bot.engine.events import Elapsed, Event, Said
from bot.engine.state import CONTACT, State
from bot.operations.nightly import Nightly
from bot.operations.nightly_look import NightlyLook
from bot.privacy.erasure import erase, erase_lead
from bot.privacy.report import show
from bot.privacy.retention import Retention
from bot.privacy.steps import Step, carry_out, plan, unfinished
from bot.privacy.tombstones import Scope, record_tombstone
from bot.store import Address, Outgoing, Store
from bot.store.conversation_figures import count_leaving, count_turn
from bot.store.conversations import Conversation
from bot.store.encryption import DoesNotOpen
from bot.store.filing import Where, ask_for, file
from bot.store.inbox import Arrival, Received, UpdateKey
from bot.store.lead_model import CloseReason, Lead
from bot.store.notices import notice, who_hears, why_asked
from bot.store.outbox import OutboxMessage
from bot.store.referrals import kept_source
from bot.text import fill, fill_paragraph, say_date

__all__ = ["Address", "Conversations", "Outgoing", "Reply", "Request", "UpdateOutcome"]

TIDY_EVERY = timedelta(hours=1)
# Somebody whose reminder fails, for whatever reason, is not the first to be looked at for the rest of time.
POSTPONED = timedelta(hours=1)
LATE_STEP = timedelta(minutes=10)  # of an erasure

EVENTS: dict[str, Callable[..., Event]] = {kind.__name__: kind for kind in get_args(Event)}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """Something that happened at an address. `update_id`, the channel's own name for it, makes it count once; None: it
    can come only once. A `Message` is the answer itself, of a channel, to what is no part of a conversation."""

    address: Address
    event: Event | Message
    update_id: int | str | None = None

    @property
    def update(self) -> UpdateKey | None:
        return None if self.update_id is None else UpdateKey(self.address.channel, str(self.update_id))


class UpdateOutcome(StrEnum):
    DONE = "done"
    SEEN = "seen"  # this update had its effect before; its messages were queued then
    FAILED = "failed"  # nothing changed; it is to be tried again
    HELD = "held"  # nothing was tried: something that they sent before it failed, and comes first
    NOT_NOW = "not now"  # nothing changed, and it is not to blame: a full disk, a file that cannot be opened
    DEAD = "dead"  # nothing changed, and after five times we give up; the person is told


@dataclass(frozen=True, slots=True)
class Reply:
    outgoing: tuple[Outgoing, ...]  # for this channel; what is for another waits in the outbox
    outcome: UpdateOutcome = UpdateOutcome.DONE


@dataclass(frozen=True, slots=True)
class Heard:
    """What staff hear."""

    message: Message


class StaffDesk(Protocol):
    """Answers members of staff. It lives above us (`bot.staff.chat`)."""

    def may_hear(self, address: Address, event: Event) -> bool:
        """Whether an event may be for staff: a command, whoever says it, or anything that a member of staff types."""

    def hear(self, address: Address, event: Event) -> "Heard | Event":
        """Answer it, in the open transaction; an event is for the conversation: this one, or another in its place."""

    def press(self, address: Address, data: str) -> tuple[str, str | None]:
        """Answer a button in a group, in the open transaction: a word to who pressed it, and perhaps a line for all."""


class Conversations:
    """Turns for everyone, on every channel. `now` gives the time, with a zone."""

    def __init__(
        self, store: Store, compiled: Compiled, now: Callable[[], datetime], staff: StaffDesk | None = None
    ) -> None:
        self.store, self.now, self.staff = store, now, staff
        self.use(compiled)
        self._is_untidy = False  # the last removal failed
        self.content_trouble: str | None = None
        self.clock_trouble: str | None = None
        self.steps_trouble: str | None = None
        self.nightly, self.nightly_look = Nightly(store), NightlyLook(store)

    def use(self, compiled: Compiled) -> None:
        """Go on with this content, from the next turn on."""
        self.compiled = compiled
        self.store.use(compiled)

    @property
    def trouble(self) -> str | None:
        """What an operator should know: health tells it."""
        damaged = len(self.store.damaged)
        rows = f"{damaged} damaged value{'s' * (damaged > 1)} in the database; the log names them" if damaged else None
        troubles = (self.content_trouble, self.clock_trouble, rows, self.steps_trouble, self.nightly.trouble)
        return "\n".join(filter(None, troubles)) or None

    def time(self) -> datetime:
        """The time to go by: that of the clock, and never before what was seen already."""
        return self.store.clock.steady(self.now())

    def turn(self, address: Address, event: Event, update_id: int | str | None = None) -> tuple[Outgoing, ...]:
        """One event, one transaction: gives what is to be sent. Without an `update_id`, an error is raised as it is."""
        return self.turns([Request(address, event, update_id)])[0].outgoing

    def turns(self, requests: Sequence[Request]) -> list[Reply]:
        """Many events, one commit, in this order; a reply for each. One that fails leaves the others alone.

        Raises OperationalError when the database is locked, full or gone: then nothing has happened.
        """
        try:
            return self._together(requests)
        except OperationalError:
            raise
        except Exception as error:
            if len(requests) == 1 and requests[0].update is None:
                raise
            if len(requests) > 1:
                log.error("%d turns failed together: %s at %s", len(requests), type(error).__name__, _place(error))
        return self._one_by_one(requests)

    def _together(self, requests: Sequence[Request]) -> list[Reply]:
        with self.store.transaction():
            return self._group().run(requests)

    def _group(self) -> "_Group":
        at = self.now()
        ahead = self.store.clock.is_ahead(at)
        return _Group(self.store, self.compiled, self.store.clock.steady(at), ahead, self.staff)

    def _one_by_one(self, requests: Sequence[Request]) -> list[Reply]:
        """A transaction for each: something in one of them spoils what they are written down with."""
        replies: list[Reply] = []
        stuck: set[Address] = set()
        down = False
        for request in requests:
            outcome = UpdateOutcome.HELD
            if request.address not in stuck:
                try:
                    replies += self._together([request])
                    continue
                except (OperationalError, OSError) as error:
                    # What happened is not to blame. When it is the database, nobody after it has to wait for it too.
                    log.error("no turn could be given: %s at %s", type(error).__name__, _place(error))
                    outcome = UpdateOutcome.NOT_NOW
                    down = down or isinstance(error, OperationalError)
                except Exception as error:  # noqa: BLE001  # counted and logged; the others go on
                    outcome = self._count(request, error)
                stuck.add(request.address)
            if down:
                stuck.update(each.address for each in requests)
            replies.append(Reply((), outcome))
        return replies

    def _count(self, request: Request, error: Exception) -> UpdateOutcome:
        """Write down that a turn failed, apart from the transaction that it spoilt."""
        log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, _place(error))
        if request.update is None:
            self.store.conversations.postpone(request.address, self.time() + POSTPONED)
            return UpdateOutcome.FAILED
        dead = self.store.inbox.failed(request.update, error) is Received.DEAD
        return UpdateOutcome.DEAD if dead else UpdateOutcome.FAILED

    # ------------------------------------------------------------ several processes
    def receive(self, requests: Sequence[Request], passed: Sequence[UpdateKey] = ()) -> set[UpdateKey]:
        """Write down what arrived, for whichever process gives it its turn; gives those that were not here before.
        `passed`: needs no turn, and only its number counts."""
        arrivals = [Arrival(each, int(each.id)) for each in passed]
        for request in requests:
            update = request.update
            assert update is not None, "only what has a number has an order"
            arrivals.append(Arrival(update, int(update.id), request.address.user, _event_to_json(request.event)))
        return self.store.inbox.receive(arrivals)

    def turns_received(self, channel: str) -> tuple[list[Reply], bool]:
        """Turns for chats that nobody else is at, of what was written down: the replies, and whether something waits
        for what should have arrived before it. Raises what the store raises."""
        with self.store.transaction():
            waiting = self.store.inbox.next_chats(channel)
            requests = [
                Request(Address(channel, str(each.user)), _event(each.event or {}), each.update.id)
                for each in waiting.arrivals
            ]
            return (self._group().run(requests) if requests else []), waiting.more

    def press(self, adviser: Address, data: str, group: Address, update: UpdateKey) -> tuple[str, tuple[Outgoing, ...]]:
        """A button in the group of advisers: a word to who pressed it, and what the group hears. It counts once."""
        with self.store.transaction():
            if self.staff is None or not self.store.inbox.first(update):
                return "", ()
            word, line = self.staff.press(adviser, data)
            letters = [OutboxMessage(None, group, Message(line))] if line else []
            return word, tuple(self.store.outbox.queue(letters))

    # ------------------------------------------------------------ the clock
    def look_after(self) -> None:
        """What every process does every minute or so: see what an operator should know, and begin nightly work."""
        waits = unfinished(self.store)
        late = waits is not None and self.time() - waits > LATE_STEP
        self.steps_trouble = f"a step of an erasure waits since {waits:%Y-%m-%d %H:%M} (UTC)" if late else None
        self.nightly.look(self.time())
        self.nightly_look.look(self.time())

    def elapse(self, channel: str) -> list[Reply]:
        """What the clock brings, to be called every minute or so: reminders and ends of conversations on a channel,
        and every hour the removal of what has had its term. Nothing ends when the clock may have jumped ahead."""
        clock = self.store.clock
        carry_out(self.store, self.time())  # whatever the clock says: they asked to be erased
        clock.look(self.now())  # a person may have said elsewhere that the clock is right
        before, self.clock_trouble = self.clock_trouble, clock.doubt(self.now())
        if self.clock_trouble and not before:
            log.error("%s", self.clock_trouble)
        if clock.is_ahead(self.now()):
            return []
        at = clock.steady(self.now())
        due = self.store.conversations.due(channel, at)
        replies = self.turns([Request(address, Elapsed()) for address in due]) if due else []
        if clock.is_turn("retention", at, TIDY_EVERY.total_seconds()) or self._is_untidy:
            self._is_untidy = True
            Retention(self.store, at).run()
            self._is_untidy = False
        return replies


class _Group:
    """The turns of one transaction: everyone's state is read once, and what came of it is written once."""

    def __init__(
        self, store: Store, compiled: Compiled, at: datetime, ahead: bool, staff: StaffDesk | None = None
    ) -> None:
        self.store, self.compiled, self.at, self.staff = store, compiled, at, staff
        self.ahead = ahead  # the clock, perhaps: then nobody was silent for as long as it seems
        self.people: dict[Address, Conversation] = {}
        self.letters: list[OutboxMessage] = []
        self.of_staff: dict[int, bool] = {}  # whether a request may be for staff, which takes a look at the store
        self.words = compiled.content.staff_language.staff_words
        self.news: dict[int, list[str]] = {}  # of the leads of one turn, for the advisers: what happened, by their id

    def run(self, requests: Sequence[Request]) -> list[Reply]:
        known = self.store.inbox.states([request.update for request in requests if request.update])
        seen = {update for update, (state, _) in known.items() if state in (Received.DONE, Received.DEAD)}
        # A member of staff needs no conversation for a command, and a group never has one.
        talking = [
            each.address
            for each in requests
            if each.update not in seen and not isinstance(each.event, Message) and not self._may_be_for_staff(each)
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
        letters = [
            each if each.conversation in there else replace(each, conversation=None, key=None) for each in self.letters
        ]
        outgoing = self.store.outbox.queue(letters, self.at)
        replies = []
        for request, start, end, outcome in zip(requests, [0, *ends[:-1]], ends, outcomes, strict=True):
            mine = [each for each in outgoing[start:end] if each.address.channel == request.address.channel]
            replies.append(Reply(tuple(mine), outcome))
        return replies

    def _load(self, addresses: list[Address]) -> list[Conversation]:
        return self.store.conversations.load(addresses, at=self.at) if addresses else []

    def _may_be_for_staff(self, request: Request) -> bool:
        # An edit is no command of staff: a call would count twice when Telegram sends the same message once more.
        event = request.event
        if self.staff is None or isinstance(event, Message) or (isinstance(event, Said) and event.edited):
            return False
        if (known := self.of_staff.get(id(request))) is None:
            known = self.of_staff[id(request)] = self.staff.may_hear(request.address, event)
        return known

    def _for_the_conversation(self, request: Request) -> Event | None:
        """What is left for the conversation. Staff are answered in the transaction of the update: it counts once."""
        event = request.event
        assert not isinstance(event, Message)
        if not self._may_be_for_staff(request):
            return event
        assert self.staff
        heard = self.staff.hear(request.address, event)
        if not isinstance(heard, Heard):
            return heard
        self.letters.append(OutboxMessage(None, request.address, heard.message))
        return None

    def _run(self, request: Request) -> UpdateOutcome:
        before, people = len(self.letters), dict(self.people)
        if isinstance(request.event, Message):
            self.letters.append(OutboxMessage(None, request.address, request.event))
            return UpdateOutcome.DONE
        try:
            event = self._for_the_conversation(request)
            if event is not None:
                self._turn(self._person(request.address), event)
        except (OperationalError, OSError):
            raise  # the database is locked, full or gone, or the disk is: what they said is not to blame
        except Exception as error:
            self.people = people
            del self.letters[before:]
            if request.update is None:
                raise
            # The text of an error may quote what a person typed: only its kind and place are logged.
            log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, _place(error))
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
        self._count(person, state, turn)
        reference = self.people[person.address].state.reference if person.address in self.people else None
        for message in messages:
            self._say(person, self._on_the_channel(person, _with_reference(message, reference)))

    def _count(self, person: Conversation, before: State, turn: Turn) -> None:
        """Have the figures know how far they came. Last, so that what failed counts nothing."""
        if now := self.people.get(person.address):
            self.people[person.address] = count_turn(self.store, self.compiled, now, before, turn.trace, self.at)
        else:  # they had everything erased
            count_leaving(self.store, self.compiled, replace(person, state=before), self.at)

    def _carry_out(self, person: Conversation, effects: Sequence[Effect]) -> list[Message]:
        """Do all of it, then tell the advisers; gives what is to be said."""
        messages: list[Message] = []
        instead: str | None = None
        self.news = {}
        for effect in effects:
            if isinstance(effect, HandOver):
                instead = self._hand_over(person, effect.reason)
            elif isinstance(effect, Send) and instead is not None:
                messages.append(replace(effect.message, text=instead))
                instead = None
            else:
                messages += self._do(person, effect)
        for lead, happened in self.news.items():
            self._tell(self.store.leads.get(lead), happened)
        return messages

    def _do(self, person: Conversation, effect: Effect) -> list[Message]:
        """Carry out an effect in the open transaction; gives what is to be said."""
        match effect:
            case Send(message):
                return [message]
            case FileLead(draft):
                self._file(person, draft)
            case RecordConsent(purpose, text, language):
                self.store.conversations.consent(person.id, purpose, text, language, self.at)
            case WithdrawConsent(purpose):
                self._withdraw(person, purpose)
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
        self.letters.append(OutboxMessage(person.id, person.address, message, person.key))

    # ------------------------------------------------------------------ leads
    def _file(self, person: Conversation, draft: LeadDraft) -> None:
        where = Where.read(self.compiled, draft.facts, draft.said)
        version = self.compiled.content.version
        filed = file(self.store, person.id, person.address.channel, draft, where, content=version, at=self.at)
        self._set_reference(person, filed.lead.reference)
        if filed.new or filed.reopened:
            self.store.after_commit(log.info, "lead %s is filed", filed.lead.reference)
            again = [self.words.say(StaffSentence.ASKED_AGAIN)] if filed.reopened else []
            self.news.setdefault(filed.lead.id, []).extend(again)

    def _withdraw(self, person: Conversation, purpose: str) -> None:
        """A withdrawal takes effect at once: without "contact" no adviser may keep anything."""
        self.store.conversations.withdraw(person.id, purpose, self.at)
        if purpose == CONTACT:
            record_tombstone(self.store, person.address, Scope.LEADS, self.at)
            plan(self.store, [Step.TOMBSTONE], self.at)
        for lead in self.store.leads.of_conversation(person.id):
            if purpose == CONTACT:
                erase_lead(self.store, lead, CloseReason.WITHDRAWN, self.at)
                self._set_reference(person, None)
            else:
                self.store.leads.change(lead.id, "person", "withdrawn", {"purpose": purpose}, at=self.at)

    def _hand_over(self, person: Conversation, reason: str) -> str | None:
        """Someone wants a person: whoever has their lead hears it, and calls today or on the first working day.

        The lead that they know by its number is opened again when it was closed; without an open one, the last is.
        Gives what is to be said instead when there was nobody to tell, or no lead.
        """
        sentences, language = self.compiled.content.sentences, person.state.language
        self.store.leads.lock_leads()
        theirs = self.store.leads.of_conversation(person.id)
        known = self.people[person.address].state.reference
        asked = [lead for lead in theirs if lead.reference == known or not lead.status.closed] or theirs[-1:]
        if not asked:
            self._set_reference(person, None)  # so that "/mens" asks how to reach them
            return sentences[Sentence.NOWHERE_TO_PASS_IT][language]
        told = [self._ask_for(lead, reason) for lead in asked]
        named = next((lead for lead in asked if lead.reference == known), asked[-1]).reference
        if known not in (None, named):
            self._set_reference(person, named)
        if any(told):
            return None
        calendar = self.compiled.content.country.calendar
        day = say_date(calendar.add_workdays(calendar.day(self.at), 0), language)
        return fill(sentences[Sentence.ON_THE_LIST][language], {"reference": named, "day": day})

    def _ask_for(self, lead: Lead, reason: str) -> bool:
        """Put a lead on top of the list; False when nobody can be told."""
        self.news.setdefault(lead.id, []).append(why_asked(reason, self.words))
        return who_hears(self.store, ask_for(self.store, lead, reason, self.at), self.at) is not None

    def _tell(self, lead: Lead, happened: Sequence[str]) -> None:
        if where := who_hears(self.store, lead, self.at):
            self.letters.append(OutboxMessage(None, where, notice(self.store, lead, *dict.fromkeys(happened))))

    def _set_reference(self, person: Conversation, reference: str | None) -> None:
        now = self.people[person.address]
        self.people[person.address] = replace(now, state=replace(now.state, reference=reference))


def _with_reference(message: Message, reference: str | None) -> Message:
    """`{reference}` filled in; what looks like it in a person's own words can only say their own reference."""
    if reference is None or "{reference}" not in message.text:
        return message
    return replace(message, text=fill(message.text, {"reference": reference}))


def _event_to_json(event: Event | Message) -> dict[str, Any]:
    fields = event.to_json() if isinstance(event, Message) else asdict(event)
    return {"kind": type(event).__name__, **fields}


def _event(json: dict[str, Any]) -> Event | Message:
    if json["kind"] == Message.__name__:
        return Message.from_json(json)
    kind = EVENTS[json["kind"]]
    return kind(**{name: value for name, value in json.items() if name != "kind"})


def _place(error: BaseException) -> str:
    """The file and line at which an error arose."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"

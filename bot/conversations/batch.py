"""Many turns in one transaction; one that fails leaves the others alone."""

import logging
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy.exc import OperationalError

from bot.content.sentence_keys import Sentence
from bot.conversations.requests import Reply, Request, UpdateOutcome
from bot.conversations.staff_desk import Heard, StaffDesk
from bot.conversations.turn import take_turn
from bot.conversations.unit_of_work import UnitOfWork
from bot.engine.effects import Message
from bot.engine.events import Event, Said
from bot.store import Address, Outgoing
from bot.store.inbox import Received, UpdateKey

log = logging.getLogger(__name__)


class Batch:
    def __init__(self, work: UnitOfWork, staff: StaffDesk | None = None) -> None:
        self.work, self.store, self.staff = work, work.store, staff
        self._of_staff: dict[int, bool] = {}  # whether a request may be for staff, which takes a look at the store

    def run(self, requests: Sequence[Request]) -> list[Reply]:
        """Give each its turn, in this order, and write down what came of all of them."""
        work = self.work
        known = self.store.inbox.states([request.update for request in requests if request.update])
        seen = {update for update, (state, _) in known.items() if state in (Received.DONE, Received.DEAD)}
        # A member of staff needs no conversation for a command, and a group never has one.
        work.load(
            [
                each.address
                for each in requests
                if each.update not in seen and not isinstance(each.event, Message) and not self._may_be_for_staff(each)
            ]
        )

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
                seen.add(request.update)  # the same update may be in this batch twice
            outcomes.append(outcome)
            ends.append(len(work.messages))

        self.store.conversations.save(work.people.values(), work.at)
        self.store.inbox.done(done, known=known)
        outgoing = self._queue()
        replies = []
        for request, start, end, outcome in zip(requests, [0, *ends[:-1]], ends, outcomes, strict=True):
            mine = [each for each in outgoing[start:end] if each.address.channel == request.address.channel]
            replies.append(Reply(tuple(mine), outcome))
        return replies

    def _queue(self) -> list[Outgoing]:
        there = {person.id for person in self.work.people.values()}
        # Who was erased in this batch still gets the last word, but no row that points at them stays.
        messages = [
            each if each.conversation in there else replace(each, conversation=None, key=None)
            for each in self.work.messages
        ]
        return self.store.outbox.queue(messages, self.work.at)

    def _run(self, request: Request) -> UpdateOutcome:
        work = self.work
        before, people = len(work.messages), dict(work.people)
        if isinstance(request.event, Message):
            work.tell(request.address, request.event)
            return UpdateOutcome.DONE
        try:
            event = self._for_the_conversation(request, request.event)
            if event is not None:
                take_turn(work, work.person(request.address), event)
        except (OperationalError, OSError):
            raise  # the database is locked, full or gone, or the disk is: what they said is not to blame
        except Exception as error:
            work.people = people
            del work.messages[before:]
            if request.update is None:
                raise
            # The text of an error may quote what a person typed: only its kind and place are logged.
            log.error("update %s failed: %s at %s", request.update_id, type(error).__name__, place(error))
            if self.store.inbox.failed(request.update, error) is Received.FAILED:
                return UpdateOutcome.FAILED
            person = work.person(request.address)
            sorry = work.compiled.content.sentences[Sentence.WENT_WRONG][person.state.language]
            work.say(person, Message(sorry))
            return UpdateOutcome.DEAD
        return UpdateOutcome.DONE

    def _may_be_for_staff(self, request: Request) -> bool:
        # An edit is no command of staff: a call would count twice when Telegram sends the same message once more.
        event = request.event
        if self.staff is None or isinstance(event, Message) or (isinstance(event, Said) and event.edited):
            return False
        if (known := self._of_staff.get(id(request))) is None:
            known = self._of_staff[id(request)] = self.staff.may_hear(request.address, event)
        return known

    def _for_the_conversation(self, request: Request, event: Event) -> Event | None:
        """What is left for the conversation. Staff are answered in the transaction of the update: it counts once."""
        if not self._may_be_for_staff(request):
            return event
        assert self.staff
        heard = self.staff.hear(request.address, event)
        if not isinstance(heard, Heard):
            return heard
        self.work.tell(request.address, heard.message)
        return None


def place(error: BaseException) -> str:
    """The file and line at which an error arose."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"

"""What the turns of one transaction share: who talks, as they are now, and what is to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.compiled import Compiled
from bot.engine.effects import Message
from bot.store import Address, Store
from bot.store.conversations import Conversation
from bot.store.outbox import OutboxMessage


@dataclass(slots=True)
class UnitOfWork:
    """Everyone's conversation is read once, and what came of it is written once, at the end."""

    store: Store
    compiled: Compiled
    at: datetime
    ahead: bool  # the clock, perhaps: then nobody was silent for as long as it seems
    people: dict[Address, Conversation] = field(default_factory=dict)
    messages: list[OutboxMessage] = field(default_factory=list)

    def load(self, addresses: Sequence[Address]) -> None:
        if addresses:
            loaded = self.store.conversations.load(addresses, at=self.at)
            self.people |= {person.address: person for person in loaded}

    def person(self, address: Address) -> Conversation:
        if address not in self.people:  # a member of staff who said something else, or erased earlier in this unit
            self.load([address])
        return self.people[address]

    def say(self, person: Conversation, message: Message) -> None:
        self.messages.append(OutboxMessage(person.id, person.address, message, person.key))

    def tell(self, address: Address, message: Message, about: str | None = None) -> None:
        """Say something to who has no conversation: a member of staff, or a group. `about`: a notice of this lead."""
        self.messages.append(OutboxMessage(None, address, message, about=about))

    def set_reference(self, person: Conversation, reference: str | None) -> None:
        """Have them know their lead by this number; None: they have none."""
        now = self.people[person.address]
        self.people[person.address] = replace(now, state=replace(now.state, reference=reference))

"""Whether the group of advisers can be written to: when not, they hear of it by e-mail, and nobody else notices."""

import logging
from collections.abc import Callable, Mapping

from bot.engine.effects import Message
from bot.store import Address, Outgoing, Store
from bot.store.notices import mailbox
from bot.store.outbox import OutboxMessage

log = logging.getLogger(__name__)

ADVICE = (
    "The advisers' group (STAFF_CHAT) gets no messages (%s): nobody hears of a lead there. Is the bot a member, "
    "may it write, and is the topic open?"
)
MOVED = "The advisers' group has another number now. It still works; set STAFF_CHAT=%s."


class AdvisersGroup:
    """What is known of it comes from the outbox, so that other processes, and commands, know it as well."""

    def __init__(self, store: Store, address: Address) -> None:
        self._store, self.address = store, address
        self._refused: str | None = None
        self.look()

    def look(self) -> None:
        """Read again what came of the last message. Blocks."""
        self._refused = self._store.outbox.refused(self.address)

    def hear(self, reason: str | None) -> Callable[[], object] | None:
        """A message arrived there (None), or will not. Gives what is to be written down."""
        before, self._refused = self._refused, reason
        if reason:
            log.error(ADVICE, reason)
            return None
        return (lambda: self._store.outbox.answers(self.address)) if before else None

    def instead(self, message: Outgoing) -> OutboxMessage | None:
        """What the team reads by e-mail of a message that their group refused, where they have a mailbox."""
        there = mailbox(self._store.settings)
        if there is None or message.address != self.address:
            return None
        return OutboxMessage(None, there, Message(message.message.text))

    def trouble(self, moved: Mapping[int, int]) -> str | None:
        """For the operator. `moved`: the numbers of groups that became supergroups."""
        group, slash, topic = self.address.user.partition("/")
        if self._refused:
            return ADVICE % self._refused
        new = moved.get(int(group))
        return MOVED % f"{new}{slash}{topic}" if new else None

"""The database with its parts, each of which keeps one kind of thing."""

from functools import cached_property

from sqlalchemy import Engine

from bot.content.load import read_words
from bot.recognisers.private import Private
from bot.settings import Settings
from bot.store.audit import Audit
from bot.store.clock_guard import Clock
from bot.store.conversations import StoredConversations
from bot.store.database import Database
from bot.store.encryption import Keys
from bot.store.exports import Exports
from bot.store.inbox import Inbox
from bot.store.lead_views import LeadViews
from bot.store.leads import Leads
from bot.store.outbox import Outbox
from bot.store.team import Team


class Store(Database):
    """Everything that Overstap remembers."""

    def __init__(self, engine: Engine, keys: Keys, settings: Settings) -> None:
        super().__init__(engine, keys, settings)
        self.audit = Audit(self)
        self.clock = Clock(self, self.audit)
        self.conversations = StoredConversations(self)
        self.exports = Exports(self)
        self.inbox = Inbox(self)
        self.leads = Leads(self)
        self.lead_views = LeadViews(self)
        self.outbox = Outbox(self)
        self.team = Team(self, self.audit)

    @cached_property
    def private(self) -> Private:
        """What we may keep of nobody, as the content says it; read when it is first needed.

        A process with compiled content sets it: a file that is broken on disk must not stop a lead.
        """
        return Private(*read_words(self.settings.content_root))

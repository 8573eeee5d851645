"""The database with its parts, each of which keeps one kind of thing."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.content.load import read_country, read_staff_language, read_words
from bot.content.team_names import TeamNames
from bot.recognisers.private import Private
from bot.store.accounts import Accounts
from bot.store.audit import Audit
from bot.store.capacity import Capacity
from bot.store.clock_guard import Clock
from bot.store.conversations import StoredConversations
from bot.store.counters import Counters
from bot.store.database import Database
from bot.store.exports import Exports
from bot.store.figures import Figures
from bot.store.inbox import Inbox
from bot.store.lead_views import LeadViews
from bot.store.leads import Leads
from bot.store.logbook import Logbook
from bot.store.notes import Notes
from bot.store.outbox import Outbox
from bot.store.search import Search
from bot.store.sessions import Sessions
from bot.store.talks import Talks
from bot.store.team import Team
from bot.store.worklists import Worklists

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.compiled import Compiled
    from bot.content.country import Country
    from bot.content.language import Language
    from bot.settings import Settings
    from bot.store.keys import Keys
    from bot.workdays import Calendar


class Store(Database):
    """Everything that Overstap remembers."""

    def __init__(self, engine: Engine, keys: Keys, settings: Settings) -> None:
        super().__init__(engine, keys, settings)
        self.team_names = TeamNames()  # a command without content tells the whole team
        self.accounts = Accounts(self)
        self.audit = Audit(self)
        self.clock = Clock(self, self.audit)
        self.conversations = StoredConversations(self)
        self.exports = Exports(self)
        self.figures = Figures(self)
        self.inbox = Inbox(self)
        self.search = Search(self)
        self.counters = Counters(self)
        self.notes = Notes(self)
        self.leads = Leads(self, self.figures, lambda: self.calendar, self.search, self.counters, self.notes)
        self.lead_views = LeadViews(self)
        self.logbook = Logbook(self)
        self.outbox = Outbox(self)
        self.capacity = Capacity(self)
        self.sessions = Sessions(self)
        self.talks = Talks(self, self.conversations, self.outbox)
        self.team = Team(self, self.audit)
        self.worklists = Worklists(self, lambda: self.calendar)

    def use(self, compiled: Compiled) -> None:
        """Go by this content. A process without any reads what it needs when it first does.

        So a file that an editor breaks while the bot runs stops no lead.
        """
        self.country, self.private = compiled.content.country, compiled.private
        self.staff_language = compiled.content.staff_language
        self.team_names = TeamNames.of(compiled.content.knowledge)

    @cached_property
    def country(self) -> Country:
        """Where we work, as the content says it."""
        return read_country(self.settings.content_root)

    @cached_property
    def private(self) -> Private:
        """What we may keep of nobody, as the content says it."""
        return Private(*read_words(self.settings.content_root))

    @cached_property
    def staff_language(self) -> Language:
        """The words of staff, for who says something to them: what is kept is codes."""
        return read_staff_language(self.settings.content_root)

    @property
    def calendar(self) -> Calendar:
        return self.country.calendar

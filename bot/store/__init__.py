"""What Overstap remembers: SQLAlchemy Core on one SQLite file, or on PostgreSQL when it grows."""

from bot.store.outbox import Address, Outgoing
from bot.store.store import Store

__all__ = ["Address", "Outgoing", "Store"]

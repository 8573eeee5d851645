"""What Overstap remembers: SQLAlchemy Core on one SQLite file, or on PostgreSQL when it grows."""

from bot.store.database import Store
from bot.store.outbox import Address, Outgoing

__all__ = ["Address", "Outgoing", "Store"]

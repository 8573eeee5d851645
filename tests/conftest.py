"""Fixtures that more than one test module uses."""

from stores import compiled, empty_postgresql, empty_settings, empty_sqlite, settings, sqlite_store, store

import bot.answers  # noqa: F401  flows are read by the types of questions, which register there

__all__ = ["compiled", "empty_postgresql", "empty_settings", "empty_sqlite", "settings", "sqlite_store", "store"]

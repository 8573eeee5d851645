"""Fixtures that more than one test module uses."""

from stores import compiled, empty_postgresql, empty_settings, empty_sqlite, settings, sqlite_store, store

__all__ = ["compiled", "empty_postgresql", "empty_settings", "empty_sqlite", "settings", "sqlite_store", "store"]

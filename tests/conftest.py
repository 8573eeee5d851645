"""Fixtures that more than one test module uses."""

from stores import empty_postgresql, empty_settings, empty_sqlite, library, settings, sqlite_store, store

__all__ = ["empty_postgresql", "empty_settings", "empty_sqlite", "library", "settings", "sqlite_store", "store"]

"""Fixtures that more than one test module uses."""

import gc

import one_thread  # noqa: F401  before numpy
import pytest
from hypothesis import settings as hypothesis_settings
from libraries import ROOT
from stores import (
    compiled,
    databases,
    empty_settings,
    empty_sqlite,
    engines,
    files_at_hand,
    library_at_hand,
    settings,
    sqlite_store,
    store,
)

import bot.answers  # noqa: F401  flows are read by the types of questions, which register there
from bot.cli.wiring import open_compiled
from bot.settings import Settings

__all__ = [
    "compiled",
    "databases",
    "empty_settings",
    "empty_sqlite",
    "engines",
    "files_at_hand",
    "library_at_hand",
    "settings",
    "sqlite_store",
    "store",
]

# Tests run side by side: how long an example takes says nothing of it.
hypothesis_settings.register_profile("overstap", deadline=None)
hypothesis_settings.load_profile("overstap")


def pytest_configure(config: pytest.Config) -> None:
    """Build the library before the workers begin: each reads it then, and none builds it beside another."""
    if not hasattr(config, "workerinput") and getattr(config.option, "numprocesses", None):
        open_compiled(Settings.read({}, root=ROOT))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("alone"):
            if not mark.args:
                raise pytest.UsageError(f"{item.nodeid} is alone: say why, because it costs everybody time")
    # The longest first, by one worker with one browser: at the end nobody waits for them.
    items.sort(key=lambda item: "chromium" not in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is there now stays: looking through all of it for rubbish again and again took a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)  # by itself it looks at every 700 things that are made

"""A small Bot API server for tests: what Telegram does to a bot, with faults on demand.

`FakeTelegram` speaks HTTP as api.telegram.org does (long polling and webhook); people live
inside it, so that a test reads

    async with FakeTelegram() as telegram:
        anna = telegram.person(7)
        anna.says("/start")
        assert "Welkom" in (await anna.reads()).text
"""

from fakeapi.faults import Fault
from fakeapi.people import Person, Received
from fakeapi.server import TOKEN, FakeTelegram

__all__ = ["TOKEN", "FakeTelegram", "Fault", "Person", "Received"]

"""The conversation for programs: one JSON object a line in, one out; any number of chats, in memory."""

import json
import traceback
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bot.authoring.moment import put
from bot.authoring.rehearsal import Rehearsal
from bot.authoring.turn_record import account
from bot.compiled import Compiled
from bot.engine.events import Pressed, Started
from bot.errors import BotError

WHAT = "A line holds a chat, and one of: said, pressed, start, or answers with at."


class Chats:
    """Everybody who talks, by the name that the program gave them. `language`: for who comes without one."""

    def __init__(self, compiled: Compiled, on: datetime, language: str = "nl") -> None:
        self.compiled, self.on, self.language = compiled, on, language
        self.people: dict[str, Rehearsal] = {}

    def run(self, lines: Iterable[str]) -> Iterator[str]:
        """One line of answer to each line that is not empty; a line that cannot be taken is answered with an error."""
        for line in lines:
            if line.strip():
                yield json.dumps(self.answer(line), ensure_ascii=False)

    def answer(self, line: str) -> dict[str, Any]:
        chat = None
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict) or not isinstance(asked.get("chat"), str):
                raise BotError(WHAT)
            chat = asked["chat"]
            return {"chat": chat, **account(self._take(chat, asked))}
        except (BotError, json.JSONDecodeError) as error:
            return {"chat": chat, "error": str(error)}
        except Exception as error:  # noqa: BLE001  # whatever it is, the program hears of it, and its other chats go on
            traceback.print_exc()
            return {"chat": chat, "error": f"the engine failed: {type(error).__name__}: {error}"}

    def _take(self, chat: str, asked: dict[str, Any]) -> Rehearsal:
        given = asked.get("language")
        if not isinstance(given, str | None):
            raise BotError(WHAT)
        language = self.compiled.content.language_for(given) if given else self.language
        person = self.people.setdefault(chat, Rehearsal(self.compiled, self.on, language))
        match asked:
            case {"said": str(text)}:
                person.say(text)
            case {"pressed": str(data)}:
                person.take(Pressed(data))
            case {"start": str() | None as source}:
                person.take(Started(source, language))
            case {"answers": dict(answers), "at": str(at)}:
                person = Rehearsal(self.compiled, self.on, language)
                put(person, at, answers, asked.get("waiting"))
                self.people[chat] = person  # a line that is wrong leaves whoever was there
            case _:
                raise BotError(WHAT)
        return person

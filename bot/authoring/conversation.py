"""Conversations as text files: what someone says, and what the bot says and does then.

    # A comment.
    @ 2026-11-23 10:00          when it is (Amsterdam); else MOMENT
    @ flow employer             which flow begins; else the intake
    @ lang en                   what the channel believes that they read; else Dutch
    > een jaar of dertig        someone says this; the words of a button that is on the screen press it
    < Hoe oud ben je? [Ja | Nee]
      more lines of the same message, indented
    @ + 3d                      time goes by; what was due in between happens
    ! lead age=34 region=utrecht

The bot begins by itself, as behind a link: what stands before the first `>` is what it opens with. Messages are
compared in order, without regard to spaces and line breaks; `...` stands for any words, `< ...` for any messages.
A line without `<` behind it is said, and what comes of it is not compared. `!` names what was done besides talking,
since the line above: lead, handover, consent, withdrawn, unanswered, mydata, forget. `> [photo]` sends something
else than text, `> [contact 0612345678]` shares a number, `> [edit] 43` changes the message before.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from bot.authoring.deeds import kind_of, told
from bot.authoring.rehearsal import REFERENCE, Rehearsal, Watch
from bot.compiled import Compiled
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, SentAttachment, SharedContact, Started
from bot.engine.transcript import transcript
from bot.errors import BotError
from bot.workdays import AMSTERDAM

MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=AMSTERDAM)  # a working day, when nobody sleeps

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LATER = re.compile(r"\+\s*(\d+)\s*([mhd])")
_PAIR = re.compile(r"(\w+)=(\"[^\"]*\"|\S+)")
_REFERENCE = re.compile(r"\bL-\d{4}-\d{4,}\b")  # counts on in a real store


class Sign(StrEnum):
    SAID = ">"
    HEARD = "<"
    DONE = "!"
    SET = "@"


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place in a conversation where something else happened than stands there."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def parse(text: str, file: str) -> list[Line]:
    """The lines of a conversation; raises BotError for one that is none."""
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.startswith("  ") and lines and lines[-1].sign is Sign.HEARD:
            last = lines[-1]
            lines[-1] = Line(last.number, last.sign, f"{last.text}\n{raw.strip()}")
        elif raw[:1] in {*Sign}:
            lines.append(Line(number, Sign(raw[0]), raw[1:].strip()))
        elif raw.strip() and not raw.startswith("#"):
            hint = "A line begins with >, <, !, @ or #; what belongs to a message begins with two spaces."
            raise BotError(f"{file}:{number}: this is no line of a conversation\n    {hint}")
    return lines


def run(path: Path, compiled: Compiled, watch: Watch | None = None) -> list[Mismatch]:
    """Play a conversation, and say where it went another way. An exception of the engine is a mismatch too."""
    return _Play(path.as_posix(), parse(path.read_text(encoding="utf-8"), path.as_posix()), compiled, watch).run()


@dataclass(slots=True)
class _Play:
    file: str
    lines: list[Line]
    compiled: Compiled
    watch: Watch | None
    mismatches: list[Mismatch] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)  # since the last `>`, and not compared yet
    done: list[Effect] = field(default_factory=list)

    def run(self) -> list[Mismatch]:
        settings = [line for line in self.lines if line.sign is Sign.SET]
        begins = next((n for n, line in enumerate(self.lines) if line.sign is not Sign.SET), 0)
        moment = MOMENT
        flow: str | None = None
        language: str | None = None
        for line in settings[:begins]:
            match line.text.split():
                case ["flow", name]:
                    flow = name
                case ["lang", name]:
                    language = name
                case _:
                    moment = self._moment(line, moment)
        person = Rehearsal(self.compiled, moment, watch=self.watch)
        if not (begins < len(self.lines) and self.lines[begins].text.startswith("/start")):
            self._take(person, Started(flow, language), self.lines[0] if self.lines else None)
        for number, line in enumerate(self.lines[begins:], start=begins):
            match line.sign:
                case Sign.SAID:
                    self._nothing_more(number)
                    self._take(person, self._event(person, line.text), line)
                case Sign.SET:
                    self._nothing_more(number)
                    self._let_time_pass(person, line)
                case Sign.HEARD:
                    self._compare(line, number)
                case Sign.DONE:
                    self._look_for(line)
        self._nothing_more(len(self.lines))
        return self.mismatches

    def _take(self, person: Rehearsal, event: Event, line: Line | None) -> None:
        self.heard, self.done = [], []
        try:
            effects = person.take(event)
        except Exception as error:  # noqa: BLE001  # whatever it is, the editor hears where, and the other conversations go on
            self._say(line.number if line else 1, f"the engine failed: {type(error).__name__}: {error}")
            return
        self.heard += ["\n".join(transcript(one.message)) for one in effects if isinstance(one, Send)]
        self.done += [one for one in effects if not isinstance(one, Send)]

    def _event(self, person: Rehearsal, text: str) -> Event:
        match re.fullmatch(r"\[(\w+)(?: ([^\]]*))?\]\s*(.*)", text):
            case None:
                return person.said(text)
            case found if found[1] == "contact":
                return SharedContact(found[2] or "", "", own=True)
            case found if found[1] == "edit":
                return person.edited(found[3])
            case found:
                return SentAttachment(found[1])

    # ------------------------------------------------------------------ time
    def _moment(self, line: Line, now: datetime) -> datetime:
        if later := _LATER.fullmatch(line.text):
            return now + int(later[1]) * _UNITS[later[2]]
        try:
            return datetime.fromisoformat(line.text).replace(tzinfo=AMSTERDAM)
        except ValueError:
            hint = "Write a moment (2026-11-23 10:00), + 3d, flow NAME or lang en."
            raise BotError(f"{self.file}:{line.number}: {line.text!r} cannot be set\n    {hint}") from None

    def _let_time_pass(self, person: Rehearsal, line: Line) -> None:
        until = self._moment(line, person.on)
        while person.state.wake_at is not None and person.on < person.state.wake_at <= until:
            person.on = person.state.wake_at
            said, done = self.heard, self.done
            self._take(person, Elapsed(), line)
            self.heard, self.done = said + self.heard, done + self.done
        person.on = until

    # ------------------------------------------------------------------ comparing
    def _compare(self, line: Line, number: int) -> None:
        if line.text == "...":
            following = self.lines[number + 1] if number + 1 < len(self.lines) else None
            if following is None or following.sign is not Sign.HEARD:
                self.heard = []
            while following and self.heard and not _same(following.text, self.heard[0]):
                self.heard.pop(0)
        elif not self.heard:
            self._say(line.number, f"the bot did not say: {_short(line.text)}")
        elif not _same(line.text, said := self.heard.pop(0)):
            self._say(line.number, f"the bot said something else:\n    {_short(said)}")

    def _nothing_more(self, number: int) -> None:
        """Before the next line: if anything was compared, everything is."""
        before = next((line for line in reversed(self.lines[:number]) if line.sign is not Sign.DONE), None)
        if before is not None and before.sign is Sign.HEARD:
            for said in self.heard:
                self._say(before.number, f"the bot also said:\n    {_short(said)}")
        self.heard = []

    def _look_for(self, line: Line) -> None:
        kind, _, rest = line.text.partition(" ")
        found = [effect for effect in self.done if kind_of(effect) == kind]
        if not found:
            what = ", ".join(kind_of(effect) for effect in self.done) or "nothing"
            self._say(line.number, f"there was no {kind}: {what} was done")
            return
        known = told(found[-1])
        asked = [(name, value.strip('"')) for name, value in _PAIR.findall(rest)]
        asked += [("", word) for word in _PAIR.sub("", rest).split()]
        for name, value in asked:
            if known.get(name, "nothing") != value:
                what = f"the {name} of the {kind}" if name else f"the {kind}"
                self._say(line.number, f"{what} is {known.get(name, 'not known')!r}, not {value!r}")

    def _say(self, line: int, message: str) -> None:
        self.mismatches.append(Mismatch(self.file, line, message))


def _plain(text: str) -> str:
    return " ".join(_REFERENCE.sub(REFERENCE, text).split())


def _same(expected: str, said: str) -> bool:
    pattern = ".*".join(map(re.escape, _plain(expected).split("...")))
    return re.fullmatch(pattern, _plain(said)) is not None


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= 300 else plain[:297] + "..."

"""Conversations as text files: what someone says, and what the bot says and does then.

    # A comment.
    @ 2026-11-23 10:00          when it is (by the clock of the country); else `usual_moment`
    @ flow employer             which flow begins; else the intake
    @ lang en                   what the channel believes that they read; else Dutch
    @ full open_day             all places of a flow are taken, from here on
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
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from bot.authoring.effect_lines import kind_of, told
from bot.authoring.rehearsal import REFERENCE, Rehearsal, Watch
from bot.compiled import Compiled
from bot.content.country import Country
from bot.engine.effects import Effect, Send
from bot.engine.events import Elapsed, Event, SentAttachment, SharedContact, Started
from bot.engine.transcript import transcript
from bot.errors import BotError

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_LATER = re.compile(r"\+\s*(\d+)\s*([mhd])")
_PAIR = re.compile(r"(\w+)=(\"[^\"]*\"|\S+)")
_REFERENCE = re.compile(r"\bL-\d{4}-\d{4,}\b")  # counts on in a real store


def usual_moment(country: Country) -> datetime:
    """Ten in the morning of a working day: nobody sleeps, and an office is open."""
    return country.calendar.at(date(2026, 11, 23), time(10))


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
    until: int  # the number of its last line: a message may have several


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place in a conversation where something else happened than stands there."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(slots=True)
class Exchange:
    """What somebody did, what stands there of what comes of it, and what came of it."""

    event: Line | None  # None: the bot begins
    expected: list[Line] = field(default_factory=list)  # what is heard, and what is done
    said: list[str] = field(default_factory=list)
    done: list[Effect] = field(default_factory=list)
    failure: Mismatch | None = None

    @property
    def heard(self) -> list[Line]:
        return [line for line in self.expected if line.sign is Sign.HEARD]


def parse(text: str, file: str) -> list[Line]:
    """The lines of a conversation; raises BotError for one that is none."""
    lines: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        if raw.startswith("  ") and lines and lines[-1].sign is Sign.HEARD:
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text}\n{raw.strip()}", until=number)
        elif raw[:1] in {*Sign}:
            lines.append(Line(number, Sign(raw[0]), raw[1:].strip(), number))
        elif raw.strip() and not raw.startswith("#"):
            hint = "A line begins with >, <, !, @ or #; what belongs to a message begins with two spaces."
            raise BotError(f"{file}:{number}: this is no line of a conversation\n    {hint}")
    return lines


def run(path: Path, compiled: Compiled, watch: Watch | None = None) -> list[Mismatch]:
    """Play a conversation, and say where it went another way. An exception of the engine is a mismatch too."""
    played = play(path.as_posix(), path.read_text(encoding="utf-8"), compiled, watch)
    return [mismatch for exchange in played for mismatch in compare(path.as_posix(), exchange)]


def play(file: str, text: str, compiled: Compiled, watch: Watch | None = None) -> list[Exchange]:
    """A conversation with what comes of each thing that is done in it, compared with nothing."""
    return _Play(file, parse(text, file), compiled, watch).run()


@dataclass(slots=True)
class _Play:
    file: str
    lines: list[Line]
    compiled: Compiled
    watch: Watch | None
    exchanges: list[Exchange] = field(default_factory=list)

    def run(self) -> list[Exchange]:
        settings = [line for line in self.lines if line.sign is Sign.SET]
        begins = next((n for n, line in enumerate(self.lines) if line.sign is not Sign.SET), 0)
        moment = usual_moment(self.compiled.content.country)
        flow: str | None = None
        language: str | None = None
        full = frozenset[str]()
        for line in settings[:begins]:
            match line.text.split():
                case ["flow", name]:
                    flow = name
                case ["lang", name]:
                    language = name
                case ["full", name]:
                    full |= {name}
                case _:
                    moment = self._moment(line, moment)
        person = Rehearsal(self.compiled, moment, watch=self.watch)
        person.full = full
        self.exchanges.append(Exchange(None))
        if not (begins < len(self.lines) and self.lines[begins].text.startswith("/start")):
            self._take(person, Started(flow, language))
        for line in self.lines[begins:]:
            match line.sign:
                case Sign.SAID:
                    self.exchanges.append(Exchange(line))
                    self._take(person, self._event(person, line.text))
                case Sign.SET:
                    self.exchanges.append(Exchange(line))
                    self._let_time_pass(person, line)
                case Sign.HEARD | Sign.DONE:
                    self.exchanges[-1].expected.append(line)
        return self.exchanges

    def _take(self, person: Rehearsal, event: Event) -> None:
        exchange = self.exchanges[-1]
        try:
            effects = person.take(event)
        except Exception as error:  # noqa: BLE001  # whatever it is, the editor hears where, and the other conversations go on
            number = exchange.event.number if exchange.event else 1
            exchange.failure = Mismatch(self.file, number, f"the engine failed: {type(error).__name__}: {error}")
            return
        exchange.said += ["\n".join(transcript(one.message)) for one in effects if isinstance(one, Send)]
        exchange.done += [one for one in effects if not isinstance(one, Send)]

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
            return datetime.fromisoformat(line.text).replace(tzinfo=self.compiled.content.country.calendar.zone)
        except ValueError:
            hint = "Write a moment (2026-11-23 10:00), + 3d, flow NAME, full NAME or lang en."
            raise BotError(f"{self.file}:{line.number}: {line.text!r} cannot be set\n    {hint}") from None

    def _let_time_pass(self, person: Rehearsal, line: Line) -> None:
        if line.text.startswith("full "):
            person.full |= {line.text.removeprefix("full ").strip()}
            return
        until = self._moment(line, person.on)
        while person.state.wake_at is not None and person.on < person.state.wake_at <= until:
            person.on = person.state.wake_at
            self._take(person, Elapsed())
        person.on = until


# ------------------------------------------------------------------ comparing
def compare(file: str, exchange: Exchange) -> Iterator[Mismatch]:
    """Where what came of it is not what stands there. If anything that was said is compared, everything is."""
    if exchange.failure:
        yield exchange.failure
    yield from _compare_said(file, list(exchange.said), exchange.heard)
    for line in exchange.expected:
        if line.sign is Sign.DONE:
            yield from compare_done(file, line, exchange.done)


def _compare_said(file: str, said: list[str], heard: list[Line]) -> Iterator[Mismatch]:
    for line, following in zip_longest(heard, heard[1:]):
        if line.text == "...":
            while said and (following is None or not same(following.text, said[0])):
                said.pop(0)
        elif not said:
            yield Mismatch(file, line.number, f"the bot did not say: {_short(line.text)}")
        elif not same(line.text, other := said.pop(0)):
            yield Mismatch(file, line.number, f"the bot said something else:\n    {_short(other)}")
    if heard:
        for more in said:
            yield Mismatch(file, heard[-1].number, f"the bot also said:\n    {_short(more)}")


def compare_done(file: str, line: Line, done: list[Effect]) -> Iterator[Mismatch]:
    kind, known = what_was_done(line, done)
    if known is None:
        what = ", ".join(map(kind_of, done)) or "nothing"
        yield Mismatch(file, line.number, f"there was no {kind}: {what} was done")
        return
    for name, value in asked_of(line):
        if known.get(name, "nothing") != value:
            what = f"the {name} of the {kind}" if name else f"the {kind}"
            yield Mismatch(file, line.number, f"{what} is {known.get(name, 'not known')!r}, not {value!r}")


def what_was_done(line: Line, done: list[Effect]) -> tuple[str, dict[str, str] | None]:
    """The kind that a line is about, and what is known of the last of that kind; None when there was none."""
    kind = line.text.partition(" ")[0]
    found = [effect for effect in done if kind_of(effect) == kind]
    return kind, told(found[-1]) if found else None


def asked_of(line: Line) -> list[tuple[str, str]]:
    """What a line says of what was done; what it is about has no name."""
    rest = line.text.partition(" ")[2]
    named = [(name, value.strip('"')) for name, value in _PAIR.findall(rest)]
    return named + [("", word) for word in _PAIR.sub("", rest).split()]


def same(expected: str, said: str) -> bool:
    pattern = ".*".join(map(re.escape, _plain(expected).split("...")))
    return re.fullmatch(pattern, _plain(said)) is not None


def _plain(text: str) -> str:
    return " ".join(_REFERENCE.sub(REFERENCE, text).split())


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= 300 else plain[:297] + "..."

"""What a conversation remembers between two turns: the answers, and little else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any, TypedDict

from bot.content.conditions import Value

GIVEN_UP = "~given-up"  # `Answer.raw` of a question that we passed over, because we did not understand them
CONTACT_WISH = "contact_wish"  # of `State.noted`: how or when somebody wants to be reached
LIMITS = "limits."  # of `State.noted`: begins the name of each limit ("limits.lifting")
CHAT_LANGUAGE = "chat_language"  # the fact that every conversation has: the language in which we talk
READS_BEST = "reads_best"  # of `State.noted`: the language that they typed and we do not speak
READER = 1  # of what is read now. It goes up when the same words may come to another value; 0 is from before it counted
CONTACT = "contact"  # the consent without which nobody's name is kept
REMIND = "remind"  # the consent without which nobody hears from us first


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of theirs: its number in the chat, and enough of its text to see that it changed, not to read it.

    `mark` is sixteen bits of a hash: one changed text in 65,536 passes for the same, and no text can be told from it.
    `explores`: exploring began by it, so an edit of it is heard where it was said, and not at a card.
    """

    message: int
    mark: int
    explores: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, message: int, text: str) -> "Heard":
        return cls(message, int.from_bytes(blake2b(text.encode(), digest_size=2).digest()))

    def to_json(self) -> list[int]:
        return [self.message, self.mark, *([1] if self.explores else [])]

    @classmethod
    def from_json(cls, json: list[int]) -> "Heard":
        message, mark, *explores = json
        return cls(message, mark, bool(explores))


@dataclass(frozen=True, slots=True)
class Answer:
    """`raw` is what the person said; it is read again when the content changes, so it never gets lost.

    `value` is how `raw` was read under `State.version`; None is "I don't know", which is an answer too.
    `heard` is the message that gave it, which they may edit; a button gives none.
    `cues` is what they mentioned in passing in the whole of their message (cues.yaml). A confirmation may leave
    less of it in `raw`: the name of a town.
    `reader` is the version of the reader that made `value` of `raw`.
    """

    raw: str
    value: Value | None
    cues: frozenset[str] = frozenset()
    heard: Heard | None = field(default=None, compare=False)
    reader: int = field(default=READER, compare=False)

    def to_json(self) -> dict[str, Any]:
        """As it is stored; what is absent is left out."""
        return {
            "words": self.raw,
            "value": sorted(self.value) if isinstance(self.value, frozenset) else self.value,
            "reader": self.reader,
            **({"cues": sorted(self.cues)} if self.cues else {}),
            **({"message": self.heard.to_json()} if self.heard else {}),
        }

    @classmethod
    def from_json(cls, json: Mapping[str, Any] | list[Any]) -> "Answer":
        """Read what `to_json` wrote, now or in an older version of us."""
        if isinstance(json, list):
            json = _named(json)
        value, heard = json["value"], json.get("message")
        read = frozenset(value) if isinstance(value, list) else value
        cues = frozenset(json.get("cues", ()))
        return cls(json["words"], read, cues, Heard.from_json(heard) if heard else None, json["reader"])


def _named(json: list[Any]) -> dict[str, Any]:
    """An answer as the first releases stored it: [words, value], and later perhaps [words, value, cues, message]."""
    words, value, *beside = json
    cues, message = beside or ((), None)
    return {"words": words, "value": value, "reader": 0, "cues": cues, "message": message}


class About(StrEnum):
    """What a yes, a no or a choice would be about, when it is not about the open question itself."""

    UNDERSTOOD = "understood"  # "I understood: truck driver. Is that right?"
    WHICH = "which"  # "Do you mean Utrecht or Utrechtse Heuvelrug?"
    OVERHEARD = "overheard"  # "I also read: age 52. Is that right?"
    CHANGE = "change"  # an old button: "Change your answer?"
    ANSWER_AFTER_ALL = "answer_after_all"  # we took a text for a question: "that was my answer"
    SUGGESTED = "suggested"  # the one question of the FAQ that came near theirs: "Do you mean this?"
    FORGET = "forget"
    WITHDRAW = "withdraw"
    RESTART = "restart"
    REMIND = "remind"
    WITHOUT_PLACE = "without_place"  # a flow that is full: begin it all the same?
    PASS_ON = "pass_on"  # what is known so far, to the advisers, of who stops half-way


ASKS_YES_OR_NO = frozenset(
    {About.UNDERSTOOD, About.OVERHEARD, About.CHANGE, About.SUGGESTED, About.REMIND, About.WITHOUT_PLACE}
)
"""What a yes or a no answers, and nothing is lost by."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Something that waits for a yes, a no or a choice. Whatever else is said, it goes away."""

    about: About
    question: str | None = None
    options: tuple[Answer, ...] = ()  # what is stored on a yes, or on each choice
    answering: tuple[str, ...] = ()  # the question of each option, when those are not `question`
    again: bool = False  # it was put a second time, after something else was said

    def to_json(self) -> dict[str, Any]:
        return {
            "about": self.about,
            "question": self.question,
            "options": [each.to_json() for each in self.options],
            "answering": list(self.answering),
            "again": self.again,
        }

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> "Confirmation":
        options = tuple(map(Answer.from_json, json["options"]))
        return cls(
            About(json["about"]), json["question"], options, tuple(json.get("answering", ())), json.get("again", False)
        )


@dataclass(frozen=True, slots=True)
class Picked:
    """Choices of a question for several that were picked so far; there may be more. Whatever else waits ends it."""

    question: str
    choices: tuple[str, ...]  # their values, in the order in which they were picked

    def to_json(self) -> list[Any]:
        return [self.question, list(self.choices)]

    @classmethod
    def from_json(cls, json: list[Any]) -> "Picked":
        question, choices = json
        return cls(question, tuple(choices))


class Mode(StrEnum):
    NEW = "new"  # nothing was said yet
    RUNNING = "running"
    PAUSED = "paused"  # after /stop: answers stay, nothing is asked
    RESTING = "resting"  # nothing has to be done, until they say so; why is kept nowhere
    ENDED = "ended"  # the flow came to its end
    EXPIRED = "expired"  # silent for too long: the answers are gone


@dataclass(frozen=True, slots=True)
class State:
    """One conversation. Where it is in its flow is not here: `walk` derives that from the answers."""

    language: str
    flow: str = "intake"
    version: str = ""  # of the content under which `answers` were read
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by question; also those that fell off the path
    # What they said that no question asks, by fact ("contact_wish"); each of several kinds apart ("limits.lifting").
    noted: Mapping[str, Answer] = field(default_factory=dict)
    settled: frozenset[str] = frozenset()  # questions that cannot change the result any more, given `answers`
    asked: str | None = None  # the question that was put last
    editing: str | None = None  # a question that is open again although it has an answer
    detour: str | None = None  # a flow that is walked in between ("human"); then `flow` goes on
    paused: str | None = None  # a detour that was left for another one, and goes on first
    beside: frozenset[str] = frozenset()  # cues of what was said to the open question and is no answer yet
    attempts: int = 0  # how often the open question was not understood
    revision: int = 0  # goes up with every answer; a button of an earlier revision is old
    confirmation: Confirmation | None = None
    picked: Picked | None = None
    consents: frozenset[str] = frozenset()  # purposes
    mode: Mode = Mode.NEW
    reference: str | None = None  # of the lead ("L-2026-0001"); set by who files it
    told: bool = False  # whether they know that there is a lead, and its number
    full: str | None = None  # the flow of which they know that all its places are taken
    source: str | None = None
    # What the last message told, by question: the answer before it. "That is not right" puts it back.
    played_back: Mapping[str, Answer | None] | None = None
    listed: tuple[str, ...] = ()  # the offers as they were listed last, by id: "the second" is the second of these
    viewed: str | None = None  # the programme, route or way to pay that was looked at last
    heard: Heard | None = None  # their last message, when nothing came of it: an edit of it is a new try
    album: str | None = None  # of the pictures that came last, which are one message
    seen: datetime | None = None  # when the person did something last
    reminded: int = 0  # reminders sent since then
    wake_at: datetime | None = None  # when `Elapsed` is due

    @classmethod
    def new(cls, language: str) -> "State":
        return cls(language=language)

    def to_json(self) -> dict[str, Any]:
        return {
            "language": self.language,
            "flow": self.flow,
            "version": self.version,
            "answers": {question: answer.to_json() for question, answer in self.answers.items()},
            "noted": {fact: answer.to_json() for fact, answer in self.noted.items()},
            "settled": sorted(self.settled),
            "asked": self.asked,
            "editing": self.editing,
            "detour": self.detour,
            "paused": self.paused,
            "beside": sorted(self.beside),
            "attempts": self.attempts,
            "revision": self.revision,
            "confirmation": self.confirmation.to_json() if self.confirmation else None,
            "picked": self.picked.to_json() if self.picked else None,
            "consents": sorted(self.consents),
            "mode": self.mode,
            "reference": self.reference,
            "told": self.told,
            "full": self.full,
            "source": self.source,
            "played_back": self._played_back(),
            "listed": list(self.listed),
            "viewed": self.viewed,
            "heard": self.heard.to_json() if self.heard else None,
            "album": self.album,
            "seen": self.seen.isoformat() if self.seen else None,
            "reminded": self.reminded,
            "wake_at": self.wake_at.isoformat() if self.wake_at else None,
        }

    def _played_back(self) -> dict[str, Any] | None:
        if self.played_back is None:
            return None
        return {question: answer.to_json() if answer else None for question, answer in self.played_back.items()}

    @classmethod
    def from_json(cls, json: Mapping[str, Any]) -> "State":
        """Read what `to_json` wrote, perhaps an older version of us: what it did not write has its default."""
        read = dict(json)
        read.pop("offered_language", None)  # of the first releases: the other language was offered, once
        answers = {question: Answer.from_json(answer) for question, answer in json["answers"].items()}
        noted = {fact: Answer.from_json(answer) for fact, answer in json.get("noted", {}).items()}
        if wish := answers.pop(CONTACT_WISH, None):  # once among the answers
            noted[CONTACT_WISH] = wish
        read |= {"answers": answers, "noted": noted}
        if (told := json.get("played_back")) is not None:
            read["played_back"] = {name: Answer.from_json(one) if one else None for name, one in told.items()}
        read["picked"] = Picked.from_json(json["picked"]) if json.get("picked") else None
        read["confirmation"] = None
        if waiting := json.get("confirmation"):
            if waiting["about"] == "picking":  # the first release kept the choices among the confirmations
                picked = (Answer.from_json(option).raw for option in waiting["options"])
                read["picked"] = Picked(waiting["question"], tuple(picked))
            else:
                read["confirmation"] = Confirmation.from_json(waiting)
        read["consents"] = frozenset(json.get("consents", ()))
        read["beside"] = frozenset(json.get("beside", ()))
        read["settled"] = frozenset(json.get("settled", ()))
        read["listed"] = tuple(json.get("listed", ()))
        read["heard"] = Heard.from_json(json["heard"]) if json.get("heard") else None
        read["mode"] = Mode(json.get("mode", Mode.NEW))
        for moment in ("seen", "wake_at"):
            read[moment] = datetime.fromisoformat(json[moment]) if json.get(moment) else None
        return cls(**read)


class Changes(TypedDict, total=False):
    """What a turn may change of a `State`: its fields (a test compares the two), so that types hold for each."""

    language: str
    flow: str
    version: str
    answers: Mapping[str, Answer]
    noted: Mapping[str, Answer]
    settled: frozenset[str]
    asked: str | None
    editing: str | None
    detour: str | None
    paused: str | None
    beside: frozenset[str]
    attempts: int
    revision: int
    confirmation: Confirmation | None
    picked: Picked | None
    consents: frozenset[str]
    mode: Mode
    reference: str | None
    told: bool
    full: str | None
    source: str | None
    played_back: Mapping[str, Answer | None] | None
    listed: tuple[str, ...]
    viewed: str | None
    heard: Heard | None
    album: str | None
    seen: datetime | None
    reminded: int
    wake_at: datetime | None

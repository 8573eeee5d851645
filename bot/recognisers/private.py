"""What nobody has to tell us, and we may not keep: numbers of the state, bank accounts, health (AVG art. 9).

Which numbers, and the words of health, are content: of every language that has words, spoken or not.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from itertools import pairwise

from bot.content.country import Country, IdentityNumber
from bot.content.language import Health, Language, together
from bot.matching import either, fold
from bot.recognisers.patterns import compiled


class Sensitive(StrEnum):
    BSN = "bsn"  # or what another country calls the number that it gave to a person
    IBAN = "iban"
    HEALTH = "health"


_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_SENTENCE_END = re.compile(r"[.!?;\n]+(?:\s|$)")
_SAYS_SOMETHING = re.compile(r"\d|[^\W\d_]{3}")


class Private:
    """Finds in a text what we may not keep."""

    def __init__(self, country: Country, languages: Mapping[str, Language]) -> None:
        """`languages`: those of which there are words, by code.

        Words of the languages that the content speaks go together, because people mix those. Each other language is by
        itself: its subjects ("ben" is Turkish for "I") do not go with verbs of ours ("ben op de kankerafdeling").
        """
        spoken = together(languages[code] for code in country.languages)
        others = (one for code, one in languages.items() if code not in country.languages and one.health != Health())
        every = [one.health for one in (spoken, *others)]
        self._numbers = [(re.compile(rf"(?<!\d)(?:{one.pattern.pattern})(?!\d)"), one) for one in country.identity]
        conditions = [_condition(health) for health in every]
        # Text until it is needed (`compiled`): with a thousand words in them these took a tenth of every start.
        self._of_health = "|".join(rf"\b{condition}\b" for condition in conditions)
        self._of_oneself = [_of_oneself(*each) for each in zip(every, conditions, strict=True)]
        self._in_a_state = [_State.of(*each) for each in zip(every, conditions, strict=True)]
        idioms = [word for health in every for word in health.idioms]
        self._idioms = re.compile(rf"(?<!\w)(?:{_any(idioms)})(?!\w)")
        breaks, before, behind = (
            tuple(word for health in every for word in getattr(health, name))
            for name in ("breaks", "loose_before", "loose_behind")
        )
        self._breaks = re.compile(rf"[,.;:!?()\n]+|(?<!\w)(?=(?:{either(breaks)})(?!\w))", re.IGNORECASE)
        self._loose_ends = re.compile(
            rf"^(?:\s|[,.;:!?()]|(?<!\w)(?:{either(before)})\b)+|"
            rf"(?:\s|[,.;:!(]|(?<!\w)(?:{either(behind)})\b)+$",
            re.IGNORECASE,
        )

    def find(self, text: str) -> Sensitive | None:
        """Say what in a text must not be kept, if anything is."""
        from stdnum import iban

        if any(_is_valid(one, hit.group()) for pattern, one in self._numbers for hit in pattern.finditer(text)):
            return Sensitive.BSN
        if any(iban.is_valid(hit.group(), check_country=False) for hit in _IBAN.finditer(text.upper())):
            return Sensitive.IBAN
        plain = self._idioms.sub(" ", _plain(text))
        if not compiled(self._of_health).search(plain):
            return None  # most texts: what comes now is slower
        if any(compiled(expression).search(plain) for expression in self._of_oneself):
            return Sensitive.HEALTH
        if any(state.is_said_in(plain) for state in self._in_a_state):
            return Sensitive.HEALTH
        return None

    def without_health(self, text: str) -> str:
        """What is left of a text without the parts that speak of health; empty when that says nothing."""
        plain, of_health = _plain(text), compiled(self._of_health)
        inside = [found.span() for found in of_health.finditer(plain)] if len(plain) == len(text) else []
        breaks = (found.start() for found in self._breaks.finditer(text))
        # "Hard of hearing" is one thing, although "of" begins a part in Dutch.
        ends = [0, *(at for at in breaks if not any(start < at < end for start, end in inside)), len(text)]
        parts = [text[start:end] for start, end in pairwise(ends)]
        rest = self._loose_ends.sub("", "".join(part for part in parts if not of_health.search(_plain(part))))
        return rest if _SAYS_SOMETHING.search(rest) else ""


@dataclass(frozen=True, slots=True)
class _State:
    """A condition that is their own because of the words around it: "thuis met burn-out", "hernia gehad".

    Not one of which the same clause says that it is work: "burn-out coach geweest".
    """

    # Text until it is needed, as above.
    condition: str
    of_body: str  # "een versleten knie" needs no more to be their own
    at_work: str
    states: str
    clause_end: str

    @classmethod
    def of(cls, health: Health, condition: str) -> "_State":
        at_work, states = (
            rf"(?<!\w)(?:{_any(words)})(?!\w)" for words in ((*health.at_work, *health.others), health.states)
        )
        clause_end = rf"[,:()]|\b(?:{_any(health.clauses)})\b"
        return cls(rf"\b{condition}\b", rf"\b{_of_body(health)}\b", at_work, states, clause_end)

    def is_said_in(self, plain: str) -> bool:
        for sentence in _SENTENCE_END.split(plain):
            own = self.condition if compiled(self.states).search(sentence) else self.of_body
            for clause in compiled(self.clause_end).split(sentence):
                # "Bij een psycholoog" is no work, though a psychologist is.
                beside, times = compiled(own).subn(" ", clause)
                if times and not compiled(self.at_work).search(beside):
                    return True
        return False


def _is_valid(number: IdentityNumber, typed: str) -> bool:
    """Whether the check digits fit: nine figures may as well be a phone number."""
    return bool(import_module(f"stdnum.{number.check}").is_valid(re.sub(r"\W", "", typed)))


def _plain(text: str) -> str:
    return fold(text).replace("’", "'")


def _any(words: Iterable[str]) -> str:
    """Any of the words: a space may be a hyphen, or nothing; `*` is any ending."""
    found = sorted({_plain(word) for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", "[ -]?") for word in found) or "(?!)"


def _condition(health: Health) -> str:
    return f"(?:{_any(health.conditions)}|(?:{_any(health.body)})[ -]?(?:{_any(health.complaints)})|{_of_body(health)})"


def _of_body(health: Health) -> str:
    """ "Een slechte rug", "me knieen zijn versleten", "vanwege mijn rug": said in passing by who seeks lighter work."""
    body = f"(?:{_any(health.body)})"
    return (
        rf"(?:(?:{_any(health.ailing)}) {body}|{body} (?:{_any(health.fails)})|"
        rf"(?:{_any(health.causes)}) (?:{_any(health.own)}) {body}(?!\w))"
    )


def _of_oneself(health: Health, condition: str) -> str:
    """Only when someone says it of themselves: "begeleider van mensen met autisme" is a job."""
    not_of_others = "".join(f"(?<!{re.escape(_plain(one))} )" for one in health.others)
    mine = (
        rf"(?:(?<!\w)(?:{_any(health.subjects)})(?!\w)(?: \w+)? (?:{_any(health.verbs)})\b|"
        rf"(?<!\w)(?:{_any(health.mine)})(?!\w)|"
        rf"{not_of_others}\b(?:{_any(health.along)})\b(?= (?:{_any(health.own)})\b))"
    )
    return (
        # "Rugklachten" and "zwanger en zoek werk" are said of oneself; "autisme begeleider" is work.
        rf"^{condition}(?= *(?:$|[,.!]|(?:{_any(health.joiners)}) (?:{_any(health.goes_on)})\b))|"
        rf"{mine}(?: (?!{_any((*health.others, *health.at_work))})[\w'-]+){{0,3}} {condition}\b|"
        rf"\b{condition} (?:{_any(health.behind)})\b"
    )

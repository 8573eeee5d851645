"""A text about work split into clauses, each with its role: the present job, the wish, or what they do not want."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.matching import fold, words
from bot.matching.text import LONGEST


class Kind(StrEnum):
    """Which question the text answers."""

    CURRENT_JOB = "current_job"
    DESIRED_WORK = "desired_work"


class Role(StrEnum):
    """What a word is about."""

    PLAIN = "plain"
    NOW = "now"  # what someone does or did
    WANTED = "wanted"
    UNWANTED = "unwanted"
    ALL_BUT = "all but"  # unwanted, and everything else is welcome


REFUSED = frozenset({Role.UNWANTED, Role.ALL_BUT})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two signs, and the role that the words before give to each."""

    words: tuple[str, ...]
    roles: tuple[Role, ...]


SIGNS = re.compile(r"[.,;:!?/()\n+&|]+")

NOW = frozenset(
    "ben werk werkte was nu momenteel doe deed am currently worked zit kom vroeger nog used ivm vanwege wegens "
    "omdat because".split()
)
WANTED = frozenset(
    "wil willen want worden naar graag liever zou zoek like become would wel maar but droom dream rather prefer "
    "instead toch fine ok prima love richting dus dacht misschien maybe".split()
)
UNWANTED = frozenset(
    "niet geen niks nooit no not never nothing behalve except without zonder stoppen beu uitgezonderd dont quit leave "
    "leaving hekel nee haat hate".split()
)
# Words that refuse together: "weg uit de zorg", but "grond, weg en waterbouw".
REFUSING_PAIRS = frozenset(
    tuple(pair.split("-"))
    for pair in "weg-uit weg-van weg-bij away-from stop-met stop-with klaar-met genoeg-van zat-van moe-van tired-of "
    "wil-uit -uit don-t anders-dan other-than rather-than instead-of plaats-van".split()
)
# "liever zorg dan onderwijs"
COMPARING = {"dan": "liever", "than": "rather"}
EVERYTHING = frozenset("alles everything anything all overal".split())
EXCEPT = frozenset("behalve except but uitgezonderd".split())
LISTING = frozenset("of or en and noch nor".split())

# "de zorg liever niet", "the care sector, no thanks": what takes back the words before it.
REFUSING = frozenset("niet nee not no uit".split())
AFTERTHOUGHTS = REFUSING | set("liever meer echt absoluut zeker bedankt please thanks dat wil ik thank you".split())

# What says nothing of work.
FILLERS = frozenset(
    "a aan aan als an and anders as at baan banen be become beetje beroep bij but by daar dan dat de die dit doen dus "
    "echt een en er erg for functie ga gaan geen graag heb hebben heel het hoe i ik iets in is it ja job kan kunnen "
    "leren leuk liefst liever like maar make me meer men met mijn misschien mogelijk my n naar nee niet no nog not "
    "nu of om on onder ook op opleiding or over please richting s sector so some something soms t te that the to toch "
    "uit van vak veel voor want was wat weer wel werk werken werkzaam wil with within work working worden would zijn "
    "zo zoals zou zelf zoek looking".split()
)

AROUND = NOW | WANTED | UNWANTED | EVERYTHING | EXCEPT | FILLERS  # what stands around the names of work

LANGUAGES = frozenset(
    "nederlands nederlandse dutch engels engelse english arabisch arabic turks turkish pools polish oekraiens "
    "ukrainian frans french duits german spaans spanish taal talen language languages".split()
)
# What people say of how well they know a language.
OF_LANGUAGES = LANGUAGES | frozenset(
    "spreek spreken spreekt praat praten versta verstaan begrijp begrijpen lees lezen schrijf schrijven speak speaking "
    "understand read write learn learning know goed slecht matig vloeiend alleen weinig moeilijk redelijk nog beter "
    "good well bad poor fluent only little basic better very niveau level taalniveau moedertaal tweede native "
    "a0 a1 a2 b1 b2 c1 c2".split()
)


def is_about_language(asked: Iterable[str]) -> bool:
    """Whether words say how well someone knows a language: "ik niet goed nederlands" is no teacher of Dutch."""
    telling = set(asked) - AROUND
    return bool(telling & LANGUAGES) and telling <= OF_LANGUAGES


def content(asked: Iterable[str]) -> list[str]:
    """The words that say something of work."""
    return [word for word in asked if word not in FILLERS]


def split(text: str, kind: Kind, correct: Callable[[str], str]) -> Iterator[Clause]:
    """The parts of a text, each word corrected and with its role."""
    role = Role.PLAIN
    pieces = [[correct(word) for word in words(piece)] for piece in SIGNS.split(fold(text[:LONGEST]))]
    for number, piece in enumerate(pieces):
        # "geen zorg, bouw of ict" refuses all three; "geen zorg, magazijn is goed" refuses one.
        goes_on = any(LISTING.intersection(later) for later in pieces[number:]) and not WANTED.intersection(piece)
        if role in REFUSED and not goes_on:
            role = Role.PLAIN
        roles = []
        for place, word in enumerate(piece):
            roles.append(role)
            role = turn(piece, place, role) if kind is Kind.DESIRED_WORK or word not in UNWANTED else role
        if piece:
            yield Clause(tuple(piece), tuple(roles))


def turn(piece: Sequence[str], place: int, role: Role) -> Role:
    """The role of what follows the word at `place`."""
    word, previous = piece[place], piece[place - 1] if place else ""
    if word in EXCEPT and EVERYTHING.intersection(piece[:place]):
        return Role.ALL_BUT
    if word in UNWANTED or (previous, word) in REFUSING_PAIRS or COMPARING.get(word) in piece[:place]:
        return Role.UNWANTED
    # "I don't want": the wish is part of the refusal.
    if word in WANTED and not (role in REFUSED and (previous == "t" or previous in UNWANTED)):
        return Role.WANTED
    if word in NOW and role not in REFUSED:
        return Role.NOW
    return role


def takes_back(after: Sequence[str]) -> bool:
    """Whether the words after a phrase refuse it: "de zorg liever niet"."""
    return bool(REFUSING.intersection(after)) and AFTERTHOUGHTS.issuperset(after)

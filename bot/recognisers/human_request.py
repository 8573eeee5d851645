"""Somebody who asks for a person in their own words: "kan ik iemand spreken", "dit is onzin, ik wil een mens"."""

import re

from bot.matching import fold

_ONE = (
    r"(?:(?:een|'n|n|de|an?|the|jullie|your) )?(?:echte? |levende? |menselijke? |real |actual |living |human )?"
    r"(?:mens|medewerk(?:st)?er|(?:loopbaan)?adviseur|persoon|iemand|collega|human(?: being)?|person|someone|"
    r"somebody|(?:career )?advis[eo]r|employee|agent)"
)
_A_PERSON = (
    r"(?:(?:een|'n|n|an?|the) )?(?:(?:echte?|levende?|real|actual|living) )?(?:mens|persoon|human(?: being)?|person)"
)
_TALK = r"(?:te )?(?:spreken|praten|bellen|appen|overleggen|kletsen|contact|talk|speak|chat|call|connect|phone)"
_ASKING = (
    r"(?:ik|we|wij) (?:wil|willen|wou|zou|moet|mag)|(?:wil|kan|mag|kunnen|mogen) (?:ik|we|wij)|"
    r"(?:i|we) (?:want|need|would|wanna|must|like)|i'd|(?:can|may|could) (?:i|we)|let me|laat me|graag|liever|rather"
)
_ME = r"(?:mij|me|ons|us)"
_WISHES = re.compile(
    "|".join(
        (
            # "kan ik met een adviseur praten", "i want to talk to a human"
            rf"\b(?:{_ASKING})\b(?: [\w']+){{0,4}}? (?:met |to |with )?{_ONE}(?: [\w']+){{0,3}}? {_TALK}\b",
            rf"\b(?:{_ASKING})\b(?: [\w']+){{0,4}}? {_TALK} (?:to |with |met )?{_ONE}(?: [\w']+){{0,4}}$",
            # "adviseur spreken", "talk to a human please"
            rf"^(?:met )?{_ONE} {_TALK}(?: aub| graag| please)?$",
            rf"^{_TALK} (?:to |with |met )?{_ONE}(?: aub| graag| please)?$",
            # "ik wil een mens", "geef me een echt persoon": of work one does not speak so
            rf"\b(?:{_ASKING}|geef me|give me)\b(?: (?:nu|graag|gewoon|liever|to|just|have))* {_A_PERSON}"
            r"(?: aub| graag| please| now)?$",
            # "bel mij", "kan iemand mij terugbellen", "can someone call me"
            rf"^(?:please )?(?:bel|call) {_ME}(?: (?:even|maar|op|terug|back|please|aub|graag|nu|now))*$",
            r"\b(?:kan|mag) (?:ik|we|wij) (?:jullie|je|u) (?:even )?bellen\b",
            rf"\b(?:kan|kun|kunt|kunnen|wil|willen) (?:{_ONE}|je|jij|u|jullie) {_ME}(?: \w+)? (?:op|terug)?bellen\b",
            rf"\b(?:can|could|would|will) (?:{_ONE}|you)(?: please)? (?:call|phone) {_ME}\b",
        )
    )
)
# "Geef me een mens ik praat niet met een robot": dictated, without a sign between the two.
_CLAUSE = re.compile(
    r"[.,;:!?]+|\b(?=(?:ik (?:praat|haat)|i (?:hate|don't))\b)|"
    r"\b(?:maar|but|want (?!to\b|an?\b|some)|because|dus|so)\b"
)
# "Ik wil geen adviseur spreken"; and a question about the talk is one for the FAQ: "wat kost een gesprek".
_ANOTHER_THING = re.compile(
    r"\b(?:geen|niet|nooit|no|not|never|don't|hoe|wat|waar|how|what|where|kost|gratis|costs?|free)\b"
)


_NO_MACHINE = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "niet|geen|nooit|not|don't|never|haat|hate",
        "praat|praten|spreek|spreken|chatten|typen|talk|talking|speak|speaking|chat|chatting",
        "(?:ro|chat)?bots?|robots|computers?|machines?|ai",
    )
)


def wants_person(text: str) -> bool:
    """Say whether a text asks to speak to a person, in either language, with or without a reason before it."""
    clauses = (" ".join(clause.split()) for clause in _CLAUSE.split(fold(text).replace("’", "'")))
    return any(
        (_WISHES.search(clause) and not _ANOTHER_THING.search(clause))
        or all(needed.search(clause) for needed in _NO_MACHINE)
        for clause in clauses
    )

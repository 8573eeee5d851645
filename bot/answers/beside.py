"""What somebody says beside their answer: "geen diploma, ben 52 en nu chauffeur" is more than their present job.

Only what is said in so many words counts: "ben 52", "woon in Zeist", "heb mbo 4". What may be about something else
("20 jaar ervaring", "mijn dochter is 12") is not read: it is asked when its turn comes.
"""

import re
from collections.abc import Iterator

from bot.answers import CERTAIN, Context, Understood, read, role_of, type_of
from bot.answers.choices import SAYS_NO
from bot.answers.free_text import SURE_OF_WORK
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole
from bot.matching import fold

_CLAUSES = re.compile(r"(?<!\d),|,(?!\d)|\.(?!\d)|[;:!?()]")
# In a clause, what is said of oneself begins again at "en" and at a verb: "ik ben 52 en woon in Zeist".
_PARTS = re.compile(
    r"\b(?:en|and|maar|but)\b|(?=\b(?:ik|i)\b)|(?<!\bik )(?<!\bi )(?=\b(?:ben|woon|heb|live|have)\b)",
)
_NOT_YET = re.compile(r"\b(?:als|tot|toen|totdat|voordat|wanneer|dat|if|when|until|before|that)$")
_YEARS = r"(?: ?(?:jaar|jr|years?|yrs?|yo|y/o)(?: oud| jong| old)?)?"
_OF_MYSELF = re.compile(rf"(?:(?:ik )?ben|i am|i'?m)(?: nu| now| net| pas| just| inmiddels)? (\d\d){_YEARS}")
_ALONE = re.compile(rf"(\d\d){_YEARS}")
_NO_AGE = re.compile(
    r"ervaring|experience|\b(?:uur|uren|hours?|geleden|ago|sinds|since|al|over|maand\w*|months?|kind\w*|zoon|dochter|"
    r"man|vrouw|partner|moeder|vader|kids?|child\w*|son|daughter|husband|wife|mother|father)\b"
)
_LEVEL = re.compile(r"\b(?:mbo|niveau|level)[ -]?\d\b")
_LIVE = re.compile(
    r"(?:(?:ik|i) |i'?m )?(?:(?:woon|leef|wonend|woonachtig|live|living)(?: nu| now)? (?:in|te)|"
    r"(?:kom |ben |come |am )?(?:uit|from)) (.+)"
)
_WORK_AND_TOWN = re.compile(r"(\S+(?: \S+){0,2}) (?:uit|from) (.+)")
_MOVES = re.compile(r"\b(?:verhui\w+|weg|mov(?:e|ed|ing)|away|leaving)\b")
_ELSEWHERE = re.compile(r"\b(?:in|bij|naar|to|at|near|tussen|between|uit|from)\b")
_HAVE = re.compile(r"(?:(?:ik|i) )?(?:heb|have|got) (?:(?:een|a|an|mijn|my|alleen|only|nog|still) )*")
_DONE = re.compile(r" (?:gedaan|gehaald|behaald|afgerond|afgemaakt|completed|finished)$")
_NO_DIPLOMA = re.compile(r"(?:geen|no) diploma'?s?")


def read_beside(question: Collect, text: str, context: Context) -> Understood | None:
    """What a text surely says to a question that it was no answer to; `raw` are their words for it."""
    clauses = [clause.strip() for clause in _CLAUSES.split(text.replace("’", "'")) if clause.strip()]
    match role_of(question, context.compiled):
        case FactRole.AGE:
            said = _ages(clauses)
        case FactRole.PLACE:
            said = _homes(clauses, context)
        case FactRole.LEVEL:
            said = _diplomas(clauses)
        case _:
            return None
    if context.compiled.private.find(text):
        return None
    found: list[Understood] = []
    for words in said:
        reading = read(question, words, context)
        exact = type_of(question).is_exact or (isinstance(reading, Understood) and reading.certainty == CERTAIN)
        if isinstance(reading, Understood) and exact:
            found.append(Understood(reading.value, raw=reading.raw or words, shown=reading.shown))
    # Two towns, or two ages: one of them is about something else.
    return found[0] if len({one.value for one in found}) == 1 else None


def _parts(clauses: list[str]) -> Iterator[str]:
    for clause in clauses:
        before = ""
        for part in map(str.strip, _PARTS.split(fold(clause))):
            if part and not _NOT_YET.search(before):
                yield part
            before = part


def _ages(clauses: list[str]) -> Iterator[str]:
    yield from (hit[1] for part in _parts(clauses) if (hit := _OF_MYSELF.fullmatch(part)))
    whole = fold(", ".join(clauses))
    numbers = re.findall(r"\d+", _LEVEL.sub("", whole))
    if len(clauses) > 1 and len(numbers) == 1 and not _NO_AGE.search(whole):
        yield from (hit[1] for clause in clauses if (hit := _ALONE.fullmatch(fold(clause))))


def _homes(clauses: list[str], context: Context) -> Iterator[str]:
    whole, places = fold(", ".join(clauses)), context.compiled.places
    if _MOVES.search(whole):
        return
    for part in _parts(clauses):
        if (hit := _LIVE.fullmatch(part)) and places.is_name(hit[1]):
            yield hit[1]
        elif (hit := _WORK_AND_TOWN.fullmatch(part)) and places.is_name(hit[2]):
            work = context.compiled.work(hit[1], Vocabulary.CURRENT_JOB)
            if work.occupations and work.certainty >= SURE_OF_WORK:
                yield hit[2]
    if not _ELSEWHERE.search(whole):
        # "Leiden" is a town, "leiden" is what a manager does.
        yield from (clause for clause in clauses[1:] if clause[0].isupper() and places.is_name(clause))


def _diplomas(clauses: list[str]) -> Iterator[str]:
    for part in _parts(clauses):
        named = _DONE.sub("", _HAVE.sub("", part, count=1))
        if _NO_DIPLOMA.fullmatch(named):
            yield named.replace("'", "")
        elif named != part and named not in SAYS_NO | {"geen", "niks", "niets", "none", "nothing"}:
            name = named.replace("-", " ")
            yield from (name, name.removesuffix(" diploma").removeprefix("diploma "))

"""What nobody has to tell a career centre, and we may not keep: BSN, bank accounts, health (AVG art. 9)."""

import re
from enum import StrEnum
from itertools import pairwise

from bot.matching import fold


class Sensitive(StrEnum):
    BSN = "bsn"
    IBAN = "iban"
    HEALTH = "health"


_NINE_DIGITS = re.compile(r"(?<!\d)\d{4}[ .]?\d{2}[ .]?\d{3}(?!\d)|(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
# Only when someone says it of themselves: "begeleider van mensen met autisme" is a job.
_BODY = r"(?:rug|knie(?:en)?|schouders?|nek|hart|heup(?:en)?|gezondheid|back|knees?|shoulders?|neck|heart|hips?|health)"
_CONDITION = (
    r"(?:autis\w*|asperger|adhd|add|depressi\w*|burn ?-?out\w*|ptss|ptsd|psychos\w*|bipolair|bipolar|borderline|"
    r"angststoornis|anxiety|kanker|cancer|tumor|hernia|epileps\w*|diabetes|suikerziekte|reuma\w*|fibromyalgie|"
    r"artrose|long ?covid|hiv|hartziekte|hartaanval|beroerte|zwanger|pregnant|verslaafd|addict\w*|rsi|dyslexi\w*|"
    r"blind|doof|deaf|slechtziend|slechthorend|(?:chronisch )?ziek|chronically ill|"
    r"dyscalculi\w*|ms|(?:rug|knie|schouder|nek|hart|psychische|lichamelijke|mentale|mental|back|knee|shoulder)[ -]?"
    r"(?:klachten|problemen|pijn|problems|pain|issues)|"
    # "Een slechte rug", "me knieen zijn versleten": said in passing by who looks for lighter work.
    rf"(?:slechte|kapotte|versleten|bad) {_BODY}|{_BODY} (?:is|zijn|are) (?:kapot|versleten|op|stuk|slecht|bad))"
)
_MINE = (
    r"(?:\b(?:ik|i|'k)\b(?: \w+)? \b(?:heb|had|ben|was|kreeg|krijg|lijd aan|have|am|got|suffer from)\b|\bi'm\b|"
    r"\b(?:heb|heeft|has)\b|"
    r"(?<!mensen )(?<!kinderen )(?<!jongeren )(?<!ouderen )(?<!people )\b(?:met|with)\b"
    r"(?= (?:een|a|mijn|m'n|me|my)\b)|"
    r"\b(?:mijn|m'n|mn|me|my)\b|\b(?:ivm|i\.v\.m\.|vanwege|wegens|door|because of|due to)\b)"
)
_OF_MYSELF = re.compile(
    # "Rugklachten" and "zwanger en zoek werk" are said of oneself; "autisme begeleider" is work.
    rf"^{_CONDITION}(?= *(?:$|[,.!]|(?:en|maar|and|but) (?:ik|i|zoek|ben|heb|wil|kan|want|am|need)\b))|"
    rf"{_MINE}(?: (?!mensen|kinderen|clienten|patienten|jongeren|people|kids|clients)[\w'-]+){{0,3}} {_CONDITION}\b"
)


def find_sensitive(text: str) -> Sensitive | None:
    """Say what in a text must not be kept, if anything is."""
    if any(_is_bsn(re.sub(r"\D", "", hit.group())) for hit in _NINE_DIGITS.finditer(text)):
        return Sensitive.BSN
    if any(_is_iban(hit.group().replace(" ", "")) for hit in _IBAN.finditer(text.upper())):
        return Sensitive.IBAN
    if _OF_MYSELF.search(fold(text)):
        return Sensitive.HEALTH
    return None


_OF_HEALTH = re.compile(rf"\b{_CONDITION}\b")
# Where one thing that is said ends and the next begins; the words stay with what follows them.
_PART = re.compile(
    r"[,.;:!?()\n]+|(?=\b(?:maar|want|omdat|doordat|door|ivm|i\.v\.m\.|vanwege|wegens|en|of|met|but|because|due to|"
    r"since|and|or|with|tot|na|sinds|after|until)\b)",
    re.IGNORECASE,
)
_LOOSE_ENDS = re.compile(
    r"^(?:\s|[,.;:!?()]|\b(?:maar|want|omdat|doordat|door|en|of|met|dus|but|because|and|or|with|so)\b)+|"
    r"(?:\s|[,.;:!(]|\b(?:maar|want|omdat|en|of|met|but|because|and|or|with)\b)+$",
    re.IGNORECASE,
)
_SAYS_SOMETHING = re.compile(r"\d|[^\W\d_]{3}")


def without_health(text: str) -> str:
    """What is left of a text without the parts that speak of health; empty when that says nothing."""
    ends = [0, *(found.start() for found in _PART.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends)]
    rest = _LOOSE_ENDS.sub("", "".join(part for part in parts if not _OF_HEALTH.search(fold(part))))
    return rest if _SAYS_SOMETHING.search(rest) else ""


def _is_bsn(digits: str) -> bool:
    """The "elfproef": nine digits, weighed 9 to 2 and -1, give a multiple of eleven."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return total % 11 == 0 and int(digits) > 0


def _is_iban(text: str) -> bool:
    """ISO 13616: moved round and with letters as numbers, the rest after division by 97 is 1."""
    moved = text[4:] + text[:4]
    return 15 <= len(text) <= 34 and int("".join(str(int(letter, 36)) for letter in moved)) % 97 == 1

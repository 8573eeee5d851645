"""How plainly a text says yes or no, and what else it says.

A yes that files, records or erases something may carry courtesies and the words for what was asked ("ja, wis maar").
What stands behind it is for whoever asked: a name, a wish how to be reached, or something that speaks against it.
"""

import re
from dataclasses import dataclass

from bot.answers.choices import SAYS_NO, SAYS_YES
from bot.answers.reading import bare, ends_as_question
from bot.matching import fold

_TOKEN = re.compile(r"\w[\w'’@.+-]*\w|\w|👍|👎")
_AGREES = frozenset(word for words in SAYS_YES for word in words.split()) - set("dat that's is mag wel of go".split())
_SKIN_TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
_LONG_YES = re.compile(r"j+a+|j+o+|y+e+s+|y+e+a+h*")
_PLAIN_YES = frozenset("ja jazeker jawel jep klopt inderdaad yes yep yeah yup correct".split())
_DENIES = frozenset("nee neen nope no nah n".split())
_COURTESY = frozenset(
    "hoor dat is het wel zo dan nu even man broer meid please pls aub alsjeblieft alstublieft thanks dank je u jou "
    "jullie "
    "bedankt dankje dankjewel van mij me mijn my for gewoon fijn leuk mooi top prima helemaal all it that the ik i dit "
    "alles everything allemaal mag we do zijn inderdaad toch haha heel erg hartelijk vind staat zie lijkt looks ziet "
    "eruit uit er in echt wil like to helaas you over weet zeker meteen direct snel mogelijk gauw definitief absoluut "
    "op perfect juist exact sure certain now please right away de het hulp voor".split()
)
_SAID_OTHERWISE = re.compile(
    r"(?:nee,? )?alles (?:klopt|(?:is )?goed)|(?:no,? )?(?:all|everything(?: is)?) (?:correct|right|good|fine)|"
    r"(?:geen|no) (?:problee?m|bezwaar|objections?|fouten|mistakes?|errors?|worries)|"
    r"top|perfect|juist|mooi zo|prima zo|✅|👌|💯"
)
_SOFTENED = frozenset("doe ga stuur verstuur wis kom bel geef zet verwijder haal".split())  # "doe maar"
# What speaks against a yes: a denial, a reserve, a delay, another wish.
_AGAINST = re.compile(
    r"\b(?:niet|nie|geen|nooit|behalve|alleen|maar|eerst|later|misschien|twijfel\w*|wacht|tenzij|pas|als|liever|"
    r"eigenlijk|hoewel|straks|morgen|ooit|fout\w*|verkeerd|anders|toch|mits|bijna|ongeveer|behoudens|uitgezonderd|"
    r"trouwens|moet|heet|woon|op .+ na|platgebeld|provided|almost|nearly|roughly|apart|"
    r"not|never|except|only|but|first|later|maybe|perhaps|doubt\w*|wait|unless|if|rather|actually|though|however|wrong|"
    r"tomorrow|someday|\w+n't|instead)\b"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """`says`: yes, no, or neither (None). `rest`: what else stands there, in their words."""

    says: bool | None
    rest: str = ""

    @property
    def is_plain_yes(self) -> bool:
        return self.says is True and not self.rest

    @property
    def has_reserve(self) -> bool:
        """Whether what else is said may speak against a yes."""
        return _AGAINST.search(fold(self.rest).replace("’", "'")) is not None


def yes_or_no_word(word: str) -> bool | None:
    """Whether one (folded) word says yes or no by itself; None of any other word."""
    if word in _DENIES:
        return False
    return True if word in _PLAIN_YES or _LONG_YES.fullmatch(word) else None


def read_reply(text: str, acts: frozenset[str] = frozenset()) -> Reply:
    """Read a reply to what asks for a yes. `acts`: the words for what was asked ("wis", "verstuur"), folded."""
    tokens = list(_TOKEN.finditer(text))
    words = [fold(token.group()).replace("’", "'") for token in tokens]
    if _SAID_OTHERWISE.fullmatch(bare(_SKIN_TONES.sub("", text))):
        return Reply(True)
    if not words or bare(text) in SAYS_NO:
        return Reply(False if words else None)
    if words[0] in _DENIES:
        return Reply(False, text[tokens[1].start() :] if len(words) > 1 else "")
    agreed, place = 0, 0
    while place < len(words):
        if words[place] in _SOFTENED | acts and words[place + 1 : place + 2] in (["maar"], ["het"], ["dat"]):
            place += 2
            agreed = place
        elif words[place] in _AGREES | acts or _LONG_YES.fullmatch(words[place]):
            place += 1
            agreed = place
        elif words[place] in _COURTESY or (agreed and words[place:] == ["maar"]):
            place += 1  # "wis alles maar": at the end it softens too
        else:
            break
    if not agreed:
        return Reply(None, text)
    plain = place == len(words) and not ends_as_question(text)
    return Reply(True, "" if plain else text[tokens[min(agreed, len(words) - 1)].start() :])

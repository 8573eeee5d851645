"""Free text: someone's own words, the work they mean, the place where they live."""

import re
from dataclasses import replace

from bot.answers.contact_details import read_postcode
from bot.answers.reading import (
    CERTAIN,
    CLEAR,
    LIKELY,
    WORKED_OUT,
    Context,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    bare,
    spaced,
)
from bot.compiled import Compiled
from bot.content.flow import Constraint, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.matching import closest
from bot.text import fill

SHORTEST_WORK = 3  # characters; "hr" and "it" are work all the same, because we know them
SURE_OF_WORK = 0.85  # "ik nederlands goed" is like a teacher of Dutch at 0.84: that is asked back
LIKE_A_TOWN = 0.75
LONGEST = 1000  # characters of an answer; a longer story belongs in a talk with an adviser


def read_text(limits: Constraint | None, text: str) -> Reading:
    """Take the text as it is, when its length is right."""
    least = limits.at_least if limits and isinstance(limits.at_least, int) else 1
    most = limits.at_most if limits and isinstance(limits.at_most, int) else LONGEST
    if not any(letter.isalnum() for letter in text):
        return Misunderstood(Sentence.NO_WORDS)
    if len(text) < least:
        return Misunderstood(Sentence.TEXT_TOO_SHORT)
    if len(text) > most:
        return Misunderstood(Sentence.TEXT_TOO_LONG, {"most": str(most)})
    return Understood(text, CERTAIN)


_NO_NAME = re.compile(r"[\d@?]|\w,\s*\w")  # a number, an address, a question or a story in the wrong place
MOST_WORDS_OF_A_NAME = 5  # "Maria van der Berg-de Vries"


_PICTURES = re.compile(r"[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f]")  # nobody is called by one


def read_name(limits: Constraint | None, text: str, compiled: Compiled) -> Reading:
    """Take a name without what people put before it: "mijn naam is Sam" is Sam."""
    name = _PICTURES.sub("", compiled.introductions.without(text)).strip(" .!,")
    known = compiled.reply_words
    if bare(name) in known.says_yes | known.says_no or _NO_NAME.search(name):
        return Misunderstood(Sentence.NO_NAME)
    words = name.split()
    if len(words) > MOST_WORDS_OF_A_NAME:
        return Misunderstood(Sentence.NO_NAME)
    reading = read_text(limits, name)
    if isinstance(reading, Understood) and len(words) > 2 and words[-1].islower():
        # "jan de vries", or "iets met dieren": they say which.
        return replace(reading, certainty=WORKED_OUT, shown=name)
    return reading


def read_work(vocabulary: Vocabulary, text: str, context: Context) -> Reading:
    """Read a job or a wish. The words themselves stay the answer: nobody's wish fits in a list of occupations.

    Work that we recognise is said back. Work that we do not recognise is an answer too, with less certainty.
    """
    words = read_text(None, text)
    if not isinstance(words, Understood):
        return words
    if bare(text) in context.compiled.reply_words.says_yes:  # said to "what work do you do?"
        return Misunderstood(Sentence.TEXT_TOO_SHORT)
    work = context.compiled.work(text, vocabulary)
    knowledge = context.compiled.content.knowledge
    names = [knowledge.occupations[one].name for one in work.occupations[:1]]
    names = names or [knowledge.sectors[one].name for one in work.sectors[:2]]
    wanted = " / ".join(name[context.language] for name in names)
    refused = [
        (knowledge.sectors.get(one) or knowledge.occupations[one]).name[context.language] for one in work.excluded
    ]
    shown = ", ".join(filter(None, [wanted, *(_without(name, context) for name in refused)]))
    if not shown:
        return Understood(text, LIKELY) if len(bare(text)) >= SHORTEST_WORK else Misunderstood(Sentence.TEXT_TOO_SHORT)
    if work.certainty < SURE_OF_WORK:
        return Understood(text, LIKELY, shown=shown)
    return Understood(text, CERTAIN if len(text.split()) <= 4 else CLEAR, shown=shown)


def _without(work: str, context: Context) -> str:
    """ "geen zorg": work that they do not want."""
    return fill(context.compiled.content.sentences[Sentence.NO_SUCH_WORK][context.language], {"work": work})


def read_place(text: str, context: Context) -> Reading:
    """Read a municipality. One of several is asked; a province alone is an answer, because rules can use it."""
    place = context.compiled.places.read(text)
    match place.candidates:
        case (one,):
            postcode = read_postcode(text, context.compiled.content.country.postcode)
            if (
                isinstance(postcode, Understood)
                and context.compiled.places.read(str(postcode.value)).municipality == one
            ):
                # A postcode says more than its municipality.
                return Understood(postcode.value, CERTAIN, shown=one)
            same = one.casefold() == text.strip().casefold()
            shown = one if same else _within(one, text, context)
            return Understood(unmistakable(one, context), CERTAIN if same else CLEAR, shown=shown)
        case ():
            if place.province is None:
                return Misunderstood(Sentence.NO_PLACE)
            return Understood(place.province, CLEAR, shown=place.province)
        case several:
            return Unclear(tuple(Option(unmistakable(name, context), name) for name in several[:5]))


def _within(municipality: str, text: str, context: Context) -> str:
    """The municipality with the town or district that they named: nobody in Bussum lives in "Gooise Meren"."""
    known = context.compiled.content.knowledge.municipalities[municipality]
    names = (municipality, *known.places, *known.aliases)
    typed = spaced(text)
    inside = [name for name in names if spaced(name) in typed]
    near = inside or [one.name for one in closest(text, names, limit=1, at_least=LIKE_A_TOWN)]
    town = max(near, key=len, default=municipality)
    if spaced(municipality) in spaced(town):
        return municipality
    sentence = context.compiled.content.sentences[Sentence.PLACE_WITHIN][context.language]
    return fill(sentence, {"place": town, "municipality": municipality})


def unmistakable(municipality: str, context: Context) -> str:
    """The name, with its province when people may mean another place by it: there are two towns called Hengelo."""
    places = context.compiled.places
    full = f"{municipality}, {places[municipality].province}"
    alone = places.read(municipality).municipality == municipality
    return full if not alone and places.read(full).municipality == municipality else municipality

"""The place where somebody lives: a municipality, a postcode, or at least a province."""

from bot.answers.contact_details import read_postcode
from bot.answers.reading import CERTAIN, CLEAR, Context, Misunderstood, Option, Reading, Unclear, Understood, spaced
from bot.content.sentence_keys import Sentence
from bot.matching import closest
from bot.text import fill

LIKE_A_TOWN = 0.75


def read_place(text: str, context: Context) -> Reading:
    """Read a municipality. One of several is asked; a province alone is an answer, because rules can use it."""
    place = context.compiled.place(text)
    match place.candidates:
        case (one,):
            postcode = read_postcode(text, context.compiled.content.country.postcode)
            if isinstance(postcode, Understood) and context.compiled.place(str(postcode.value)).municipality == one:
                # A postcode says more than its municipality.
                return Understood(postcode.value, CERTAIN, shown=one)
            same = one.casefold() == text.strip().casefold()
            shown = one if same else _within(one, text, context)
            return Understood(_unmistakable(one, context), CERTAIN if same else CLEAR, shown=shown)
        case ():
            if place.province is None:
                return Misunderstood(Sentence.NO_PLACE)
            return Understood(place.province, CLEAR, shown=place.province)
        case several:
            return Unclear(tuple(Option(_unmistakable(name, context), name) for name in several[:5]))


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


def _unmistakable(municipality: str, context: Context) -> str:
    """The name, with its province when people may mean another place by it: there are two towns called Hengelo."""
    compiled = context.compiled
    full = f"{municipality}, {compiled.places[municipality].province}"
    alone = compiled.place(municipality).municipality == municipality
    return full if not alone and compiled.place(full).municipality == municipality else municipality

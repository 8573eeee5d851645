"""Free text: someone's own words, the work they mean, the place where they live."""

from bot.answers.reading import CERTAIN, CLEAR, LIKELY, Context, Misunderstood, Option, Reading, Unclear, Understood
from bot.content.flow import Constraint, Vocabulary
from bot.content.sentences import Sentence

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


def read_work(vocabulary: Vocabulary, text: str, context: Context) -> Reading:
    """Read a job or a wish. The words themselves stay the answer: nobody's wish fits in a list of occupations.

    Work that we recognise is said back. Work that we do not recognise is an answer too, with less certainty.
    """
    words = read_text(None, text)
    if not isinstance(words, Understood):
        return words
    work = context.library.work(text, "current_job" if vocabulary is Vocabulary.CURRENT_JOB else "desired_work")
    knowledge = context.library.content.knowledge
    names = [knowledge.occupations[one].name for one in work.occupations[:1]]
    names = names or [knowledge.sectors[one].name for one in work.sectors[:2]]
    if not names:
        return Understood(text, LIKELY)
    shown = " / ".join(name[context.language] for name in names)
    return Understood(text, CERTAIN if len(text.split()) <= 4 else CLEAR, shown=shown)


def read_place(text: str, context: Context) -> Reading:
    """Read a municipality. One of several is asked; a province alone is an answer, because rules can use it."""
    place = context.library.places.read(text)
    match place.candidates:
        case (one,):
            postcode = any(letter.isdigit() for letter in text)
            same = one.casefold() == text.strip().casefold()
            # A postcode says more than its municipality: it stays what was typed.
            return Understood(text if postcode else one, CERTAIN if postcode or same else CLEAR, shown=one)
        case ():
            if place.province is None:
                return Misunderstood(Sentence.NO_PLACE)
            return Understood(place.province, CLEAR, shown=place.province)
        case several:
            return Unclear(tuple(Option(name, name) for name in several[:5]))

"""Free text: someone's own words, and the work they mean."""

import re
from dataclasses import replace

from bot.answers.reading import (
    CERTAIN,
    CLEAR,
    LIKELY,
    WORKED_OUT,
    Context,
    Misunderstood,
    Reading,
    Understood,
    bare,
)
from bot.compiled import Compiled
from bot.content.flow import Constraint, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.text import fill

SHORTEST_WORK = 3  # characters; "hr" and "it" are work all the same, because we know them
MOST_EXAMPLES = 2  # of what a vague wish often means
MOST_REFUSED = 2  # of the work that they do not want, said back: who will wash nobody refuses seven occupations
SURE_OF_WORK = 0.85  # "ik nederlands goed" is like a teacher of Dutch at 0.84: that is asked back
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
    if not names and not context.compiled.is_anything_but(work):
        names = [knowledge.sectors[one].name for one in work.sectors[:2]]
    wanted = " / ".join(name[context.language] for name in names)
    may_say_examples = not names and not work.excluded and not work.is_open
    if may_say_examples and vocabulary is Vocabulary.DESIRED_WORK and work.likely:
        examples = (knowledge.occupations[one].name[context.language] for one in work.likely[:MOST_EXAMPLES])
        wanted = _put(Sentence.SUCH_WORK, " / ".join(examples), context)
    sectors = [knowledge.sectors[one] for one in work.excluded if one in knowledge.sectors]
    works = [knowledge.occupations[one] for one in work.excluded if one in knowledge.occupations]
    # Who will do no heavy work refuses many kinds of it in a word: none of them is what they said.
    without = [*sectors, *(works if len(works) <= MOST_REFUSED else ())][:MOST_REFUSED]
    # What somebody does not want is no job that they did: "klaar met school".
    refused = [one.name[context.language] for one in without if vocabulary is Vocabulary.DESIRED_WORK]
    shown = ", ".join(filter(None, [wanted, *(_put(Sentence.NO_SUCH_WORK, name, context) for name in refused)]))
    if not shown:
        return Understood(text, LIKELY) if len(bare(text)) >= SHORTEST_WORK else Misunderstood(Sentence.TEXT_TOO_SHORT)
    if work.certainty < SURE_OF_WORK:
        return Understood(text, LIKELY, shown=shown)
    return Understood(text, CERTAIN if len(text.split()) <= 4 else CLEAR, shown=shown)


def _put(sentence: Sentence, work: str, context: Context) -> str:
    """ "geen zorg": work that they do not want; "bijvoorbeeld kok": what a vague wish often means."""
    return fill(context.compiled.content.sentences[sentence][context.language], {"work": work})

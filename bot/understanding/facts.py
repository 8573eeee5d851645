"""What people tell of themselves: a part of a message, read by the question that it answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers import (
    CERTAIN,
    CLEAR,
    WORKED_OUT,
    Misunderstood,
    Option,
    Reading,
    Unclear,
    Understood,
    bare,
    read,
    role_of,
    type_of,
)
from bot.answers.choices import inside, labels
from bot.answers.reading import spaced
from bot.answers.unfinished import without_unfinished
from bot.answers.units import told_age, told_hours
from bot.content.flow import Collect
from bot.content.knowledge import FactRole, PartKind
from bot.content.sentence_keys import Sentence
from bot.matching import folded, words
from bot.matching.word_vectors import word_table
from bot.recognisers.numbers import Measure
from bot.recognisers.parts import Part
from bot.recognisers.tokens import tokens_of
from bot.understanding.acts import Act, Fill, Which
from bot.understanding.context import Context

ROLES: Mapping[PartKind, FactRole] = {
    PartKind.WISH: FactRole.WISH,
    PartKind.JOB: FactRole.JOB,
    PartKind.PLACE: FactRole.PLACE,
    PartKind.EDUCATION: FactRole.LEVEL,
    PartKind.EMPLOYMENT: FactRole.EMPLOYMENT,
    PartKind.BENEFIT: FactRole.BENEFIT,
    PartKind.AGE: FactRole.AGE,
    PartKind.HOURS: FactRole.HOURS,
    PartKind.SCHEDULE: FactRole.SCHEDULE,
    PartKind.PAY: FactRole.PAY,
    PartKind.DUTCH: FactRole.LANGUAGE,
    PartKind.ICT: FactRole.ICT,
}
SURE_OF_CHOICE, SURE_UNASKED = 0.45, 0.65  # of what names no choice: of the kind and of the choice together
COMMON = 4.2  # how often a word occurs, by Zipf: "school" and "baan" are in many a sentence, "zzp" and "bijstand" tell
SURE_AGAINST_A_NAME = 0.7  # of the choice, where another is named: who wants "een baan met vaste uren" has none
WORK = frozenset({PartKind.WISH, PartKind.JOB})


def question_for(part: Part, context: Context) -> Collect | None:
    """The question that a part answers."""
    if part.kind is PartKind.NAME:
        return context.name
    if part.kind is PartKind.REACH:
        return context.reach
    role = ROLES.get(part.kind)
    return context.by_role.get(role) if role else None


def fill(
    question: Collect,
    said: str,
    context: Context,
    *,
    states: bool = False,
    part: Part | None = None,
    listed: bool = False,
    named: bool = False,
    around: str = "",
) -> Act | None:
    """What some words say to a question: it is filled, or one of several is meant; None when they say nothing.

    `states`: the words are surely about the question, so that a statement answers a yes or no. `listed`: they stand
    among other facts, so that a bare number may be an age: "38, Dordrecht, vmbo". `named`: the question was named.
    `around`: the sentence in which they stand.
    """
    told = (
        _told_number(question, said, context, listed=listed, around=around or said)
        if question != context.asked and not named
        else None
    )
    if told is not None:
        return _act(question, told, said, context) if isinstance(told, Understood) else None
    if role_of(question, context.answers.compiled) is FactRole.LANGUAGE:
        ours = of_our_language(said, context, asked=named or question == context.asked)
        if ours is None:
            return None
        said = ours
    if is_unfinished(question, around, context):
        said = around  # "hbo gedaan, maar niet afgemaakt": what says so stands in the part behind it
    return _act(
        question, _meant(part, question, read_part(question, said, context, states=states), context), said, context
    )


def of_our_language(said: str, context: Context, *, asked: bool) -> str | None:
    """What of some words is about the language of the country: "Dutch A2" of "Dutch A2, English B2"; None: nothing.

    Where nobody `asked`, they name it, or a level: "slecht in leren" is no bad Dutch.
    """
    compiled = context.answers.compiled
    home, named = compiled.content.country.languages[0], list(compiled.spoken_languages.find(said))
    if not asked and not named and not any(map(str.isdigit, said)):
        return None
    if not any(one.level and one.language != home for one in named):
        return said
    return next((one.words for one in named if one.language == home), None)


def _meant(part: Part | None, question: Collect, reading: Reading, context: Context) -> Reading:
    """The choice that a part likely means that names none, or several, or one that it tells otherwise; asked back."""
    if part is None or not type_of(question).chooses:
        return reading
    if isinstance(reading, Misunderstood) and reading.because is Sentence.NOT_FINISHED:
        return reading
    if isinstance(reading, Unclear) and context.answers.compiled.reply_words.names_one_of(bare(part.words)):
        return reading  # "mbo 2 of mavo" is for them to say
    found = context.answers.compiled.chosen.of(part.kind, without_joiners(part.words, context))
    choice = next((one for one in question.offered(context.answers.today) if found and one.value == found[0]), None)
    if choice is None or found is None:
        return reading
    if isinstance(reading, Understood):
        named = part.kind is not PartKind.EMPLOYMENT or _is_named(part.words, reading, question, context)
        sure = not named and choice.value != reading.value and found[1] >= SURE_AGAINST_A_NAME
    else:
        sure = part.certainty * found[1] >= (SURE_OF_CHOICE if question == context.asked else SURE_UNASKED)
    if not sure:
        return reading
    return Understood(choice.value, WORKED_OUT, raw=choice.value, shown=choice.label[context.answers.language])


def _is_named(said: str, reading: Understood, question: Collect, context: Context) -> bool:
    """Whether a choice is named by a word that tells by itself."""
    every = labels(question.offered(context.answers.today), context.answers.language, context.answers.today)
    names = (name for one in inside(every, bare(said)) if one.value == reading.value for name in one.names)
    return reading.certainty == CERTAIN or any(tells(name) for name in names if spaced(name) in spaced(said))


def tells(name: str) -> bool:
    """Whether a name of a choice is rare enough, or has a figure in it, so that it is not said by chance."""
    table = word_table()
    return any(word.isdigit() or table.zipf(table.row(word)) < COMMON for word in words(name))


def is_unfinished(question: Collect, around: str, context: Context) -> bool:
    """Whether words say of a diploma that it was not finished."""
    compiled = context.answers.compiled
    fact = compiled.content.knowledge.facts.get(question.id)
    if not (fact and fact.highest_counts):
        return False
    replies, every = compiled.spoken.replies, labels(question.choices, context.answers.language, context.answers.today)
    return without_unfinished(every, around, folded(replies.unfinished), folded(replies.begun)) is not None


def read_part(question: Collect, said: str, context: Context, *, states: bool = False) -> Reading:
    """Read words of which we know that they are about a question; less than the whole will do."""
    said = without_joiners(said, context)
    reading = read(question, said, context.answers)
    if not isinstance(reading, Misunderstood) or reading.because is Sentence.NOT_FINISHED:
        return reading
    kind = type_of(question)
    if kind.is_yes_or_no and states:
        return _as_statement(question, said, context)
    if kind.chooses:
        return _choices_in(question, said, context) or reading
    return reading


def without_joiners(said: str, context: Context) -> str:
    """Words without what joins them to what was said before: "en verder woon ik in Tiel"."""
    return context.answers.compiled.reply_words.joining.sub("", said).strip()


def _told_number(question: Collect, said: str, context: Context, *, listed: bool, around: str) -> Reading | None:
    """An age, or hours, that nobody asked for now: only one that says by itself what it is; None of other questions."""
    match role_of(question, context.answers.compiled):
        case FactRole.AGE:
            told = told_age(around, context.answers)
            alone = listed and _is_bare(said, context) and not _counts_else(said, around, context)
            return told or (read(question, said, context.answers) if alone else NOT_TOLD)
        case FactRole.HOURS:
            return told_hours(around, context.answers) or told_hours(said, context.answers) or NOT_TOLD
        case _:
            return None


def _is_bare(said: str, context: Context) -> bool:
    return len(words(without_joiners(said, context))) == 1


def _counts_else(said: str, around: str, context: Context) -> bool:
    """Whether the number counts something in its sentence: "40" of "40 man" is nobody's age."""
    counted = context.answers.compiled.counting.read(tokens_of(around))
    return any(one.measure not in (None, Measure.YEARS) and f"{one.value:g}" in words(said) for one in counted)


NOT_TOLD = Misunderstood(Sentence.NO_NUMBER)


def _as_statement(question: Collect, said: str, context: Context) -> Understood:
    """ "Ik werk in de ict" says yes to whether they did; a denial in it says no.

    What is denied may be something else ("geld verdienen, maakt niet uit hoe"): a no that was not asked is asked back.
    """
    denied = context.answers.compiled.reply_words.denies_in(said)
    certainty = WORKED_OUT if denied and question != context.asked else CLEAR
    return Understood(not denied, certainty, raw="no" if denied else "yes")


def _choices_in(question: Collect, said: str, context: Context) -> Reading | None:
    """The choices whose names stand in the words; of several, without those that a "no" stands beside."""
    known = context.answers.compiled.reply_words
    several = type_of(question).is_of_several
    if several:
        said = ", ".join(one for one in known.between.split(said.casefold()) if not known.negates(bare(one)))
    today = context.answers.today
    every = labels(question.offered(today), context.answers.language, today, question.name)
    found = inside(every, bare(said))
    if not found:
        return None
    if several:
        values = frozenset(one.value for one in found)
        shown = ", ".join(one.shown for one in found)
        return Understood(values, CLEAR, raw=", ".join(one.value for one in found), shown=shown)
    if len(found) == 1:
        return Understood(found[0].value, CLEAR, raw=found[0].value, shown=found[0].shown)
    return None


def _act(question: Collect, reading: Reading, said: str, context: Context) -> Act | None:
    match reading:
        case Understood():
            plain = without_joiners(said, context).strip(" ,;")
            # Of work their own words say more than what we recognise in them; of a name they say less.
            own = question.vocabulary is not None and reading.raw is None
            value = plain if own else reading.value
            raw = reading.raw if reading.raw is not None else str(value) if type_of(question).is_name else plain
            return Fill(question.id, replace(reading, value=value, raw=raw), plain)
        case Unclear(options):
            return _other_than_known(question, options, said, context) or Which(question.id, options, said)
        case _:
            return None


def _other_than_known(question: Collect, options: Sequence[Option], said: str, context: Context) -> Fill | None:
    """The one that differs from what they said before: "ik zei Amsterdam, maar het is Amstelveen"."""
    readings = [read(question, option.raw, context.answers) for option in options]
    told = [one for one in readings if isinstance(one, Understood)]
    known = context.known.get(question.id)
    others = [one for one in told if one.value != known]
    if known is None or len(told) != len(options) or len(told) - len(others) != 1 or len(others) != 1:
        return None
    return Fill(question.id, replace(others[0], certainty=CLEAR, raw=str(others[0].value)), said)


def is_recognised(question: Collect, reading: Understood) -> bool:
    """Whether we know what was meant: of work in people's own words that is not so until we know the work."""
    return not type_of(question).in_own_words or reading.shown is not None

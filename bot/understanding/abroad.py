"""Papers and diplomas of who comes from elsewhere: "I have an asylum permit", "a diploma from Damascus"."""

from collections.abc import Collection, Iterable, Iterator

from bot.answers import CLEAR, Understood, bare, type_of
from bot.answers.choices import Label, inside, labels
from bot.content.flow import Collect
from bot.content.knowledge import FactRole
from bot.matching import folded
from bot.matching import words as split
from bot.understanding.acts import Fill
from bot.understanding.context import Context

LONGEST_CITY = 3  # words


def of_elsewhere(said: Iterable[str], filled: Collection[str], context: Context) -> Iterator[Fill]:
    """What answers a question about papers or a diploma. `said`: the parts in which they tell of themselves."""
    if context.is_personal:
        return
    done = {*filled, *(name for name, value in context.known.items() if value is not None)}
    parts = list(said)
    country = context.by_role.get(FactRole.DIPLOMA_COUNTRY)
    if country and country.id not in done and (found := _country(country, parts, context)):
        done.add(country.id)
        yield found
    asked = context.asked
    if isinstance(asked, Collect) and type_of(asked).in_own_words and not filled:
        return  # "ontwikkelaar, ben statushouder": the work is what was asked, and the answer keeps the cue beside it
    yield from _told_by_cues(" ".join(parts), done, context)


def _country(question: Collect, parts: Iterable[str], context: Context) -> Fill | None:
    """Where a diploma is from: the one country, or its city, that is named where they say what they learnt."""
    compiled = context.answers.compiled
    learnt = folded(compiled.spoken.places.learnt)
    options = _labels(question, context)
    for part in parts:
        words = split(part)
        if learnt.isdisjoint(words):
            continue
        if len(named := inside(options, bare(part)) or _by_city(options, words, context)) == 1:
            return Fill(question.id, _of(named[0]), part)
    return None


def _by_city(options: Iterable[Label], words: list[str], context: Context) -> list[Label]:
    """The choices that the country of a city is one of; a place that is here too is no city elsewhere."""
    compiled = context.answers.compiled
    sizes = range(1, LONGEST_CITY + 1)
    phrases = {" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1)}
    here = {phrase for phrase in phrases if compiled.places.is_name(phrase)}
    names = {name for phrase in phrases - here for name in compiled.cities_abroad.get(phrase, ())}
    return [one for one in options if names.intersection(one.names)]


def _told_by_cues(said: str, done: set[str], context: Context) -> Iterator[Fill]:
    """What follows from things said in passing: a "statushouder" has an asylum permit. Of two, the first."""
    compiled, questions = context.answers.compiled, {one.id: one for one in context.questions}
    mentioned = compiled.mentions_in(said)
    for cue in (one for one in compiled.content.knowledge.cues.values() if one.id in mentioned):
        for fact, value in cue.tells.items():
            question = questions.get(fact)
            label = next((one for one in _labels(question, context) if one.value == value), None) if question else None
            if question and label and fact not in done:
                done.add(fact)
                yield Fill(question.id, _of(label), said)


def _labels(question: Collect, context: Context) -> tuple[Label, ...]:
    today = context.answers.today
    return labels(question.offered(today), context.answers.language, today)


def _of(label: Label) -> Understood:
    return Understood(label.value, CLEAR, raw=label.value, shown=label.shown)

"""What is shown to who explores: three jobs with why, two side by side, and what they like and can, for their plan."""

from collections.abc import Iterator

from bot.advice.exploring.background import ALL
from bot.advice.exploring.chart import interests_chart, to_kept, to_lines
from bot.advice.exploring.ranking import Wanderer, rank
from bot.advice.exploring.why import in_words, side_by_side
from bot.answers import bare
from bot.content.conditions import Value, members
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import AnswerButton, CommandButton
from bot.engine.effects import Button
from bot.engine.state import Answer
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.text import say_list

MOST_WAYS_OUT = 2  # limits of which it is said what giving a little on them would bring


def show_jobs(turn: TurnContext, heading: Sentence | None = None) -> None:
    """Three jobs that are worth a look now, each with why; what is known then was looked at.

    Where limits leave nothing, they hear that, and which of these stands most in the way.
    """
    exploration = turn.exploration()
    shown, language = exploration.shown, turn.state.language
    if not shown:
        _say_what_stands_in_the_way(turn)
        return
    exploring = turn.compiled.content.knowledge.exploring
    blocks = []
    for number, found in enumerate(shown, start=1):
        words = in_words(found, exploration.wanderer, exploring)
        lines = [f"{number}. {words.name[language]}", *(line[language] for line in words.lines)]
        blocks.append("\n".join(lines))
        turn.note(Traced.SHOWN, found.job.occupation.id)
    jobs = tuple(found.job.occupation.id for found in shown)
    note(turn, FactRole.EXPLORED, frozenset(jobs))
    turn.change(listed=jobs)
    ends = [turn.sentence(Sentence.EXPLORED_SOURCE)]
    if len(shown) < SEVERAL:
        ends.insert(0, turn.sentence(Sentence.EXPLORED_FEW))
    turn.send("\n\n".join([turn.sentence(heading or _heading(exploration.wanderer)), *blocks, *ends]))


SEVERAL = 3


def _heading(wanderer: Wanderer) -> Sentence:
    if wanderer.likes.leans or any(worth > 0 for worth in wanderer.likes.traits.values()):
        return Sentence.EXPLORED_JOBS
    return Sentence.EXPLORED_NEAR if wanderer.background.skills else Sentence.EXPLORED_FLAT


def _say_what_stands_in_the_way(turn: TurnContext) -> None:
    wanderer, language = turn.exploration().wanderer, turn.state.language
    limits = say_list(turn.limits_in_words(language), language)
    human = Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    if not limits:
        turn.say(Sentence.EXPLORED_FEW, human)
        return
    turn.say(Sentence.EXPLORED_NONE, human, limits=limits)
    kinds = turn.compiled.content.knowledge.limit_kinds
    found = {kind: len(rank(turn.compiled, wanderer.without(kind))) for kind in wanderer.person.limits if kind in kinds}
    most = sorted((kind for kind in found if found[kind]), key=lambda kind: -found[kind])[:MOST_WAYS_OUT]
    for kind in most:
        turn.say(Sentence.EXPLORED_WITHOUT, limit=kinds[kind].label[language], number=found[kind])


def show_compared(turn: TurnContext, first: int, second: int) -> bool:
    """Two of the jobs on the screen side by side, by their places; False when there are no such two."""
    exploration, language = turn.exploration(), turn.state.language
    jobs = exploration.shown
    if first == second or max(first, second) >= len(jobs):
        return False
    exploring = turn.compiled.content.knowledge.exploring
    one, other = (in_words(jobs[place], exploration.wanderer, exploring) for place in (first, second))
    lines = [turn.sentence(Sentence.COMPARED, one=one.name[language], other=other.name[language])]
    lines += [line[language] for line in side_by_side(jobs[first], jobs[second], exploring)]
    for words in (one, other):
        told = [words.way, *([words.needs] if words.needs else []), words.mind]
        lines += ["", words.name[language], *(text[language] for text in told)]
    turn.send("\n".join(lines))
    return True


def job_buttons(turn: TurnContext, question: str) -> Iterator[Button]:
    """The jobs on the screen by their numbers, and the ways on from them."""
    occupations, language = turn.compiled.content.knowledge.occupations, turn.state.language
    known = [one for one in turn.state.listed if one in occupations]
    for number, job in enumerate(known, start=1):
        name = occupations[job].name[language]
        yield Button(str(number), AnswerButton(question, name, turn.state.revision).data)
    ways = [Sentence.BUTTON_OTHER_JOBS, Sentence.BUTTON_NO_JOB, *([Sentence.BUTTON_COMPARE] if len(known) > 1 else [])]
    for label in ways if known else []:
        yield Button(turn.sentence(label), CommandButton(WAYS_ON[label]).data)
    if not known or turn.cards_are_left():
        yield Button(turn.sentence(Sentence.BUTTON_MORE_CARDS), CommandButton("explore").data)


WAYS_ON = {
    Sentence.BUTTON_OTHER_JOBS: "other_jobs",
    Sentence.BUTTON_NO_JOB: "no_job",
    Sentence.BUTTON_COMPARE: "compare",
    Sentence.BUTTON_ENOUGH: "enough",
    Sentence.BUTTON_MORE_CARDS: "explore",
}
"""What one may want while exploring, each with the command that it is; typing it in one's own words does the same."""


def way_on(turn: TurnContext, text: str) -> str | None:
    """The command of a button of ours that was typed."""
    return next((command for label, command in WAYS_ON.items() if bare(text) in turn.labels(label)), None)


# ------------------------------------------------------------------ what is kept
def note(turn: TurnContext, role: FactRole, found: frozenset[str], words: str = "") -> None:
    """Add to what was said or seen and no question asked."""
    name = turn.compiled.content.knowledge.fact_of(role)
    before = turn.state.noted.get(name)
    known = frozenset(map(str, members(before.value))) if before else frozenset()
    if found <= known:
        return
    raw = ", ".join(filter(None, [before.raw if before else "", words]))
    turn.change(noted={**turn.state.noted, name: Answer(raw, known | found)})


def likes_in_words(turn: TurnContext, ids: frozenset[str]) -> str:
    """Interests, traits and skills as they are said back."""
    exploring, language = turn.compiled.content.knowledge.exploring, turn.state.language
    done = [one.does[language] for one in exploring.skills.values() if one.id in ids]
    liked = [one.phrase[language] for one in exploring.likings.named if one.id in ids]
    return ", ".join(done or liked)


def explored_facts(turn: TurnContext) -> dict[str, Value]:
    """What somebody likes and can, as advisers and rules see it: ids, without the cards; none before they explored."""
    knowledge, told = turn.compiled.content.knowledge, turn.told_facts()
    cards = {card for one in knowledge.exploring.likings.interests for card in one.cards}
    cards |= {one.card for one in knowledge.exploring.likings.traits}
    skills = knowledge.fact_of(FactRole.SKILLS)
    if not cards & set(told) and knowledge.fact_of(FactRole.EXPLORED) not in told:
        return {}
    wanderer = turn.exploration().wanderer
    found: dict[str, Value] = {}
    if liked := frozenset(one.value for one in wanderer.likes.liked):
        found[knowledge.fact_of(FactRole.INTERESTS)] = liked
    if likes := to_kept(wanderer.likes):
        found[knowledge.fact_of(FactRole.LIKES)] = likes
    if wanderer.background.skills and (skills in told or ALL in members(told.get(skills))):
        found[skills] = frozenset(wanderer.background.skills)
    return found


def explored_lines(turn: TurnContext) -> Iterator[str]:
    """What was explored, for the plan: a chart of the interests with its words, what they can, what they looked at."""
    knowledge, language, told = turn.compiled.content.knowledge, turn.state.language, turn.told_facts()
    exploring, found = knowledge.exploring, explored_facts(turn)
    if not found and knowledge.fact_of(FactRole.EXPLORED) not in told:
        return
    yield from (f"## {turn.sentence(Sentence.PLAN_LIKES)}", "")
    if bars := to_lines(interests_chart(turn.exploration().wanderer.likes, exploring, language)):
        yield from (*bars, "")
    if skills := frozenset(map(str, members(found.get(knowledge.fact_of(FactRole.SKILLS))))):
        named = [one.does[language] for one in exploring.skills.values() if one.id in skills]
        yield from (turn.sentence(Sentence.PLAN_CAN, skills=", ".join(named)), "")
    seen = frozenset(map(str, members(told.get(knowledge.fact_of(FactRole.EXPLORED)))))
    if names := [one.name[language] for one in knowledge.occupations.values() if one.id in seen]:
        yield from (turn.sentence(Sentence.PLAN_EXPLORED, jobs=", ".join(names)), "")

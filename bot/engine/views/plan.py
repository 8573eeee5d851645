"""The plan: in the chat its steps, and as a document to keep everything to do, to say, to pay and to read."""

from collections.abc import Iterator, Sequence

from bot.advice.card import to_card
from bot.advice.freshness import age_of
from bot.advice.model import Offer, provenance
from bot.advice.plan import TRAINS_NOBODY
from bot.advice.stairs import in_full
from bot.advice.tasks import Task, to_tasks
from bot.content.knowledge import Offerable, Subsidy
from bot.content.sentence_keys import Sentence
from bot.engine.effects import Document, Keyboard, Message, Send
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import explored_lines
from bot.engine.views.item import MOST_WORDS, source_line
from bot.text import count_words, say_date, say_list, within


def show_plan(turn: TurnContext, item_id: str | None) -> None:
    """The plan for one offer; of what is no offer, as without one, for the first few."""
    offers = [one for one in turn.listed_offers() if one.item.id == item_id] or turn.cards()
    if not offers:
        turn.say(Sentence.NO_PLAN)
        return
    context = turn.advice_context()
    profiles = [turn.compiled.catalogue[one.item.id] for one in offers]
    tasks = to_tasks(offers, profiles, context)
    document = Document(turn.sentence(Sentence.PLAN_FILE), "\n".join(_lines(turn, offers, tasks)), turn.state.language)
    last = turn.sentence(Sentence.PLAN)
    steps = [_step(turn, number, task, several=len(offers) > 1) for number, task in enumerate(tasks, 1)]
    steps, _ = within(steps, MOST_WORDS - count_words(last))
    text = "\n".join([*steps, "", last])
    title = turn.sentence(Sentence.PLAN_TITLE)
    turn.do(Send(Message(text, title=title, keyboard=Keyboard.NONE, document=document)))


def _step(turn: TurnContext, number: int, task: Task, *, several: bool) -> str:
    """Of a plan for several offers a call says which of them it is about; two of them without their level and form."""
    language = turn.state.language
    titles = [turn.title_of(one) for one in task.courses] if several else []
    named = [title.partition(" (")[0] for title in titles] if len(titles) > 1 else titles
    about = say_list(named, language) if named else ""
    when = ", ".join(filter(None, [task.when(turn.advice_context())[language], about]))
    return f"{number}. {when}: {task.text[language]}"


def _lines(turn: TurnContext, offers: Sequence[Offer], tasks: Sequence[Task]) -> Iterator[str]:
    """The plan in the least of Markdown, as `bot.channels.pdf.document` prints it."""
    language = turn.state.language
    yield f"# {turn.sentence(Sentence.PLAN_TITLE)}"
    yield from ("", turn.sentence(Sentence.PLAN_MADE_ON, day=say_date(turn.today, language)), "")
    yield from explored_lines(turn)
    yield from (f"## {turn.sentence(Sentence.PLAN_CHOICES)}", "")
    for offer in offers:
        yield from _choice(turn, offer)
    yield from (f"## {turn.sentence(Sentence.PLAN_STEPS)}", "", turn.sentence(Sentence.PLAN_DAYS), "")
    for number, task in enumerate(tasks, 1):
        step = _step(turn, number, task, several=len(offers) > 1)
        yield from (" ".join([step, *([task.amount[language]] if task.amount else [])]), "")
        said = [*([task.script] if task.script else []), *task.ask]
        yield from (f"- {one[language]}" for one in said)
        yield from ([""] if said else [])
    if any(step.money.hangs_on_benefit for offer in offers for step in offer.plan.money):
        yield from (turn.sentence(Sentence.MONEY_WITH_BENEFIT), "")
    yield from (turn.sentence(Sentence.NO_PROMISE), "")
    yield from (f"## {turn.sentence(Sentence.PLAN_SOURCES)}", "")
    items: list[Offerable | Subsidy] = [offer.item for offer in offers]
    for item in [*items, *(task.item for task in tasks if task.item)]:
        yield from _source(turn, item)


def _choice(turn: TurnContext, offer: Offer) -> Iterator[str]:
    """What it is, how one learns, and what it costs."""
    language, item = turn.state.language, offer.item
    profile, context = turn.compiled.catalogue[item.id], turn.advice_context()
    card = to_card(offer, profile, context, MOST_WORDS, beside_summary=True)
    yield from (f"### {card.becomes[language]}", "", item.summary[language], card.how[language])
    yield from (one[language] for one in in_full(offer, context))
    yield ""
    if item.must_say:
        yield from (turn.sentence(Sentence.MIND, warning=item.must_say[language]), "")
    if item.kind not in TRAINS_NOBODY:
        yield from (turn.sentence(Sentence.COSTS, costs=offer.plan.own_costs.text[language]), "")


def _source(turn: TurnContext, item: Offerable | Subsidy) -> Iterator[str]:
    """Where it was read, how old that is, and when we looked."""
    knowledge, language = turn.compiled.content.knowledge, turn.state.language
    assert knowledge.advice is not None
    age = age_of(item, knowledge.advice, knowledge.freshness.old_after, turn.today)
    name = turn.title_of(item.id)
    said = [f"{name}.", *([age.in_full[language]] if age else []), source_line(turn, *provenance(item))]
    yield f"- {' '.join(said)}"

"""One turn of one person: advance, carry out what it leads to, count it, and say what is to be said."""

from dataclasses import replace

from bot.content.sentence_keys import Sentence
from bot.conversations.effects import carry_out
from bot.conversations.unit_of_work import UnitOfWork
from bot.engine import State, Turn, advance
from bot.engine.effects import Message, Send
from bot.engine.events import Event
from bot.store.conversation_figures import count_leaving, count_turn
from bot.store.conversations import Conversation
from bot.store.keys import DoesNotOpen
from bot.store.referrals import kept_source
from bot.text import fill, fill_paragraph


def take_turn(work: UnitOfWork, person: Conversation, event: Event) -> None:
    if person.damaged:
        raise DoesNotOpen(f"conversation {person.id}")
    state = replace(person.state, seen=work.at) if work.ahead and person.state.seen else person.state
    full = work.store.capacity.full(work.compiled.content.flows, person.id)
    turn = advance(work.compiled, state, event, on=work.at, full=full)
    # Here, and not in the engine: which codes are ours is a setting. What is not ours is kept nowhere.
    source = kept_source(turn.state.source, work.compiled.private, work.store.settings.sources)
    now = turn.state if source == turn.state.source else replace(turn.state, source=source)
    person = work.people[person.address] = replace(person, state=now)
    if all(isinstance(effect, Send) for effect in turn.effects):
        messages = [effect.message for effect in turn.effects if isinstance(effect, Send)]
    else:
        # What fails half-way leaves nothing behind, while the turns of others go on.
        with work.store.transaction() as db, db.begin_nested():
            messages = carry_out(work, person, turn.effects)
    _count(work, person, state, turn)
    reference = work.people[person.address].state.reference if person.address in work.people else None
    for message in messages:
        work.say(person, _on_the_channel(work, person, _with_reference(message, reference)))


def _count(work: UnitOfWork, person: Conversation, before: State, turn: Turn) -> None:
    """Have the figures know how far they came. Last, so that what failed counts nothing."""
    if now := work.people.get(person.address):
        work.people[person.address] = count_turn(work.store, work.compiled, now, before, turn.trace, work.at)
    else:  # they had everything erased
        count_leaving(work.store, work.compiled, replace(person, state=before), work.at)


def _on_the_channel(work: UnitOfWork, person: Conversation, message: Message) -> Message:
    """What a channel itself sees of a conversation is said to who talks there, and to nobody else."""
    if "{channel}" not in message.text:
        return message
    sees = work.compiled.content.sentences.get(f"{Sentence.PRIVACY}_{person.address.channel}")
    said = sees[person.state.language] if sees else None
    return replace(message, text=fill_paragraph(message.text, "channel", said))


def _with_reference(message: Message, reference: str | None) -> Message:
    """`{reference}` filled in; what looks like it in a person's own words can only say their own reference."""
    if reference is None or "{reference}" not in message.text:
        return message
    return replace(message, text=fill(message.text, {"reference": reference}))

"""A link from the page on the web: what somebody said there goes on here."""

from bot.content.sentence_keys import Sentence
from bot.conversations import Address, Conversations, Outgoing, Request
from bot.engine.effects import Message
from bot.engine.events import Started
from bot.operations.moving import Brought, bring
from bot.store.talks import Access

PREFIX = "resume-"

SAID = {
    Brought.HERE: Sentence.BROUGHT_ALONG,
    Brought.OVER: Sentence.LINK_IS_OVER,
    Brought.TALKS_HERE: Sentence.TALKS_HERE_ALREADY,
}


def token_of(source: str | None) -> str | None:
    """The token behind `/start`, when that is what it is."""
    return source.removeprefix(PREFIX) if source and source.startswith(PREFIX) else None


def come_along(
    conversations: Conversations, token: str, address: Address, language: str | None, update_id: int
) -> tuple[Outgoing, ...]:
    """Bring the talk here and go on with it, as one: the same update again finds that it is done. Blocks."""
    content = conversations.compiled.content
    with conversations.store.transaction():
        brought = bring(conversations.store, token, Access.LINK, address, conversations.time())
        person = conversations.store.conversations.find(address)
        spoken = person.state.language if person else content.language_for(language)
        said = Message(content.sentences[SAID[brought]][spoken])
        requests = [Request(address, said, update_id)]
        if brought is Brought.HERE:
            requests = [Request(address, said), Request(address, Started(), update_id)]
        return tuple(message for reply in conversations.turns(requests) for message in reply.outgoing)

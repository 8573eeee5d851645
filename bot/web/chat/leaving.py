"""Done on this screen: whoever comes next sees nothing of it."""

from starlette.responses import Response

from bot.channels.delivery.batching import blocking
from bot.web.chat.talk import Talk
from bot.web.chat.visit import Visit


class Leaving:
    def __init__(self, talk: Talk) -> None:
        self.talk = talk

    async def done(self, visit: Visit) -> Response:
        """They say so. The conversation itself stays, for who has its code."""
        shown = await blocking(lambda: visit.channel.look(visit.key))
        await blocking(lambda: visit.channel.store.talks.leave(visit.key))
        return self.talk.ended(visit, "done", language=shown.person.state.language if shown and shown.person else None)

    async def away(self, visit: Visit) -> Response:
        """It was silent for long, says the page; the talk of who sent something in another window goes on."""
        shown = await blocking(lambda: visit.channel.look(visit.key))
        return visit.go() if shown else self.talk.ended(visit, "away")

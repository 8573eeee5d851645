"""The ways on from where nothing has to be done."""

from bot.content.sentence_keys import Sentence
from bot.engine.buttons import ERASE_NOW, CommandButton
from bot.engine.effects import Button
from bot.engine.turn import TurnContext


def ways_on(turn: TurnContext, erase: bool = False) -> tuple[Button, ...]:
    """A person, a pause, or going on; and erasing everything, to who may be read along with."""
    erased = (Button(turn.sentence(Sentence.BUTTON_ERASE), CommandButton("forget", ERASE_NOW).data),)
    return (
        *(erased if erase else ()),
        Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data),
        Button(turn.sentence(Sentence.BUTTON_PAUSE), CommandButton("stop").data),
        Button(turn.sentence(Sentence.BUTTON_GO_ON), CommandButton("continue").data),
    )

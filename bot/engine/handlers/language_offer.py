"""Which language someone types: by the small words that only one of them has."""

from bot.answers import is_dont_know
from bot.content import Content
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, Keyboard, Message, Send
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.matching import folded, words

CLEARLY = 2  # small words of one language, and none of the other
A_SENTENCE = 3  # words


def clearly_in(text: str, content: Content) -> str | None:
    """The language of a text; None when it may be several, as one word or a name may.

    Told by the small words that only one language has: not "in", "is", "was", "we" and "also" of Dutch and English.
    """
    said = words(text)
    spoken = {code: content.languages[code].speech for code in content.country.languages}
    found = {code: sum(word in folded(speech.small) for word in said) for code, speech in spoken.items()}
    for code, speech in spoken.items():
        telling = len(said) >= A_SENTENCE and not folded(speech.telling).isdisjoint(said)
        alone = not any(count for other, count in found.items() if other != code)
        if alone and (found[code] >= CLEARLY or telling):
            return code
    return None


def offer_language(turn: TurnContext, text: str) -> None:
    """Offer the other language, in that language and once, to who clearly types it."""
    typed = None if turn.state.offered_language else clearly_in(text, turn.compiled.content)
    if typed is None or typed == turn.state.language or is_dont_know(text, turn.spoken):
        return
    turn.change(offered_language=True)
    turn.note(Traced.DID, f"language:{typed}")
    sentences = turn.compiled.content.sentences
    button = Button(sentences[Sentence.BUTTON_LANGUAGE][typed], CommandButton("language", typed).data)
    turn.do(Send(Message(sentences[Sentence.OFFER_LANGUAGE][typed], buttons=(button,), keyboard=Keyboard.INLINE)))

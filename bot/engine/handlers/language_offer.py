"""Which language someone types: by the small words that only one of the two has."""

from bot.answers import is_dont_know
from bot.content.message_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, Keyboard, Message, Send
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.matching import words

# Not "in", "is", "was", "we", "me", "of", "had" and "also": both have them, or a name may ("Make IT Work").
SMALL_WORDS = {
    "nl": frozenset(
        "ik mijn het een niet geen wat hoe waar waarom welke wie wil wilt kan kun mag moet ben bent heb hebt heeft ook "
        "maar voor naar met bij graag iets zijn jij jouw jullie wij deze dit dat nog wel omdat als van de".split()
    ),
    "en": frozenset(
        "i my mine the what how where why which who would want wants can could may must should am are have has had "
        "but for with from please something does did you your this that because been looking like to and".split()
    ),
}
CLEARLY = 2  # small words of one language, and none of the other
TELLING = frozenset("i what how where why which who ik wat hoe waar waarom welke wie".split())  # one of these is enough
A_SENTENCE = 3  # words


def clearly_in(text: str) -> str | None:
    """The language of a text; None when it may be either, as one word or a name may."""
    said = words(text)
    found = {language: sum(word in small for word in said) for language, small in SMALL_WORDS.items()}
    for language, other in (("nl", "en"), ("en", "nl")):
        telling = len(said) >= A_SENTENCE and not TELLING.isdisjoint(SMALL_WORDS[language] & set(said))
        if not found[other] and (found[language] >= CLEARLY or telling):
            return language
    return None


def offer_language(turn: TurnContext, text: str) -> None:
    """Offer the other language, in that language and once, to who clearly types it."""
    typed = None if turn.state.offered_language else clearly_in(text)
    if typed is None or typed == turn.state.language or is_dont_know(text):
        return
    turn.change(offered_language=True)
    turn.note(Traced.DID, f"language:{typed}")
    sentences = turn.compiled.content.sentences
    button = Button(sentences[Sentence.BUTTON_LANGUAGE][typed], CommandButton("language", typed).data)
    turn.do(Send(Message(sentences[Sentence.OFFER_LANGUAGE][typed], buttons=(button,), keyboard=Keyboard.INLINE)))

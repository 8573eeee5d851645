"""Somebody types another language: English or Dutch is spoken from then on; any other is greeted in itself, once."""

from bot.content.language import Greeting
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button
from bot.engine.state import READS_BEST, Answer
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.recognisers.language import LanguageRead


def language_of(turn: TurnContext, text: str) -> LanguageRead:
    """The language of a text, in the light of what they typed before."""
    known, chat = turn.state.noted.get(READS_BEST), turn.state.language
    before = known.raw if known else None
    return turn.compiled.language(text, chat, before)


def is_foreign(turn: TurnContext, read: LanguageRead) -> bool:
    """Whether it is surely a language that is not spoken here, or likely one of which we know words."""
    if read.strange:
        return True
    return read.certainty > 0 and read.code not in turn.compiled.content.country.languages


def speak(turn: TurnContext, read: LanguageRead) -> None:
    """Go on in the language that they surely typed, when we speak it."""
    if read.sure and read.code != turn.state.language and read.code in turn.compiled.content.country.languages:
        turn.change(language=read.code)
        turn.note(Traced.DID, f"language:{read.code}")
        turn.say(Sentence.LANGUAGE_IS)


def will_greet(turn: TurnContext, read: LanguageRead) -> bool:
    """Whether it is the first time that they surely type another language."""
    return (read.sure or read.strange) and READS_BEST not in turn.state.noted


def greet(turn: TurnContext, read: LanguageRead, text: str) -> bool:
    """Say in their own language what this is, once; False when that was said before, or the language is not sure."""
    if not will_greet(turn, read):
        return False
    spoken = turn.compiled.content.country.languages
    known = turn.compiled.content.languages.get(read.code) if read.sure else None
    greeting = known.greeting if known else None
    if read.sure:
        turn.change(noted={**turn.state.noted, READS_BEST: Answer(read.code, read.code)})
    turn.note(Traced.DID, f"language:{read.code if read.sure else spoken[-1]}")
    for code in spoken:
        turn.note(Traced.DID, f"language:{code}")
    if greeting is None:
        turn.say(Sentence.ONLY_READS, *_buttons(turn, None))
        return True
    found = turn.compiled.foreign.find(text, read.code)
    understood = greeting.understood.replace("{words}", ", ".join(found.called)) if found.called else ""
    lines = [greeting.hello, understood, greeting.choose, greeting.person]
    turn.send("\n".join(filter(None, lines)), _buttons(turn, greeting))
    return True


def _buttons(turn: TurnContext, greeting: Greeting | None) -> tuple[Button, ...]:
    content = turn.compiled.content
    names = {code: greeting.buttons.get(code) if greeting else None for code in content.country.languages}
    languages = tuple(
        Button(name or content.languages[code].name, CommandButton("language", code).data)
        for code, name in names.items()
    )
    person = greeting.person_button if greeting else turn.sentence(Sentence.BUTTON_HUMAN)
    return (*languages, Button(person, CommandButton("human").data))

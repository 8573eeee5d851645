"""What is typed while exploring: which of three jobs, why none of them, and what somebody likes by themselves."""

from bot.answers import bare, type_of
from bot.answers.choices import place_inside
from bot.content.annotations import Words
from bot.content.flow import Collect, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import AnswerButton
from bot.engine.commands import registry as commands
from bot.engine.commands.exploring import is_choosing, is_exploring, overhear
from bot.engine.handlers.button import press
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import likes_in_words, show_jobs, way_on
from bot.engine.views.question import ask

MOST_WORDS = 4  # around a number that is a choice: "ik neem de tweede"
OTHER = "other"  # the refusal that says nothing of why


def take_choice(turn: TurnContext, text: str) -> bool:
    """Whether a text chooses, or refuses, what is on the screen; work by its name is an answer like any other."""
    if not is_exploring(turn):
        return False
    likings = turn.compiled.content.knowledge.exploring.likings
    if command := way_on(turn, text):
        return _obeyed(turn, command, "")
    if not is_choosing(turn):
        return _says(likings.enough, bare(text)) and _obeyed(turn, "enough", "")
    if any(_says(likings.comparing, word) for word in bare(text).split()):
        return _obeyed(turn, "compare", text)
    if _names_work(turn, text):
        return False
    return _by_number(turn, text) or _refused(turn, text)


def _says(words: Words, said: str) -> bool:
    return any(said in map(bare, some) for some in words.values())


def _obeyed(turn: TurnContext, command: str, argument: str) -> bool:
    commands.obey(turn, command, argument)
    return True


def _names_work(turn: TurnContext, text: str) -> bool:
    return bool(turn.compiled.wishes.read(text, Vocabulary.DESIRED_WORK).occupations)


def _by_number(turn: TurnContext, text: str) -> bool:
    if len(text.split()) > MOST_WORDS:
        return False
    place, _ = place_inside(text, turn.reply_words)
    question, occupations = turn.open_question(), turn.compiled.content.knowledge.occupations
    if question is None or not 0 <= place < len(turn.state.listed) or turn.state.listed[place] not in occupations:
        return False
    name = occupations[turn.state.listed[place]].name[turn.state.language]
    press(turn, AnswerButton(question.id, name, turn.state.revision).data)
    return True


def _refused(turn: TurnContext, text: str) -> bool:
    likings = turn.compiled.content.knowledge.exploring.likings
    found = turn.compiled.likings.refusals(text)
    labelled = {one.id for one in likings.refusals if bare(text) in map(bare, one.label)}
    reasons = [one.id for one in likings.refusals if one.id in found | labelled]
    if telling := [one for one in reasons if one != OTHER] or reasons:
        return _obeyed(turn, "no_job", telling[0])
    return bare(text) in turn.reply_words.says_no and _obeyed(turn, "no_job", "")


def take_likings(turn: TurnContext, text: str) -> bool:
    """Whether somebody says by themselves what they like: it is kept, said back, and counts from now on."""
    question = turn.open_question()
    choosing = is_choosing(turn)
    is_card = isinstance(question, Collect) and type_of(question).may_be_enough
    if not is_exploring(turn) or not (is_card or (choosing and not _names_work(turn, text))):
        return False
    new = overhear(turn, text)
    if not new:
        return False
    turn.say(Sentence.LIKES_NOTED, likes=likes_in_words(turn, new))
    if choosing:
        show_jobs(turn)
    ask(turn)
    return True

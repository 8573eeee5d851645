"""What is typed while exploring: which of three jobs, why none of them, and what somebody likes by themselves."""

from bot.answers import bare, type_of
from bot.answers.choices import place_inside
from bot.content.annotations import Words
from bot.content.exploring import Liking
from bot.content.flow import Collect, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.engine.buttons import AnswerButton
from bot.engine.commands import registry as commands
from bot.engine.commands.exploring import is_choosing, is_exploring, overhear
from bot.engine.handlers.button import press
from bot.engine.turn import TurnContext
from bot.engine.views.exploring import likes_in_words, show_jobs, way_on
from bot.engine.views.question import ask
from bot.understanding.asked import about_card

MOST_WORDS = 4  # around a number that is a choice: "ik neem de tweede"
MOST_WORDS_OF_A_LIKING = 8
OTHER = "other"  # the refusal that says nothing of why


def take_choice(turn: TurnContext, text: str) -> bool:
    """Whether a text chooses, or refuses, what is on the screen; work by its name is an answer like any other."""
    if not is_exploring(turn):
        return False
    likings = turn.compiled.content.knowledge.exploring.likings
    if command := way_on(turn, text):
        return _obeyed(turn, command, "")
    if not is_choosing(turn):
        return _has_seen_enough(turn, text) and _obeyed(turn, "enough", "")
    if any(_says(likings.comparing, word) for word in bare(text).split()):
        return _obeyed(turn, "compare", text)
    if _names_work(turn, text):
        return False
    return _by_number(turn, text) or _refused(turn, text)


def _says(words: Words, said: str) -> bool:
    return any(said in map(bare, some) for some in words.values())


def _has_seen_enough(turn: TurnContext, text: str) -> bool:
    """Whether all that is typed says so: "genoeg, laat maar zien"."""
    enough = turn.compiled.content.knowledge.exploring.likings.enough
    clauses = [said for clause in turn.reply_words.between.split(text) if (said := bare(clause))]
    return bool(clauses) and all(_says(enough, said) for said in clauses)


def _obeyed(turn: TurnContext, command: str, argument: str) -> bool:
    commands.obey(turn, command, argument)
    return True


def _names_work(turn: TurnContext, text: str) -> bool:
    return bool(turn.compiled.wishes.read(text, Vocabulary.DESIRED_WORK).occupations)


def _by_number(turn: TurnContext, text: str) -> bool:
    if len(text.split()) > MOST_WORDS:
        return False
    place, _ = place_inside(text, turn.reply_words, len(turn.state.listed))
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


def take_short_likings(turn: TurnContext, text: str) -> bool:
    """The same of a few words; in a longer message what they like is kept, and the rest is heard as any other."""
    if len(text.split()) <= MOST_WORDS_OF_A_LIKING:
        return take_likings(turn, text)
    if is_exploring(turn) and _asks_for_likings(turn, text):
        overhear(turn, text)
    return False


def take_likings(turn: TurnContext, text: str) -> bool:
    """Whether somebody says by themselves what they like: it is kept, said back, and counts from now on.

    Of the card that is open it is the answer: "ik ben graag buiten" likes to work outdoors.
    """
    if not is_exploring(turn) or not _asks_for_likings(turn, text):
        return False
    if about_card(str(turn.state.asked), turn.compiled) & turn.compiled.likings.read(text):
        press(turn, AnswerButton(str(turn.state.asked), Liking.LIKE, turn.state.revision).data)
        return True
    new = overhear(turn, text)
    if not new:
        return False
    turn.say(Sentence.LIKES_NOTED, likes=likes_in_words(turn, new))
    if is_choosing(turn):
        show_jobs(turn)
    ask(turn)
    return True


def _asks_for_likings(turn: TurnContext, text: str) -> bool:
    question = turn.open_question()
    is_card = isinstance(question, Collect) and type_of(question).may_be_enough
    return is_card or (is_choosing(turn) and not _names_work(turn, text))

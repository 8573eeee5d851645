"""What people ask in a message: answered, read as a request after all, or said that nobody here knows."""

from collections.abc import Mapping

from bot.answers.choices import place_inside
from bot.answers.question_form import is_question
from bot.content.flow import Question
from bot.content.knowledge import FactRole
from bot.content.sentence_keys import Sentence
from bot.engine.commands import registry as commands
from bot.engine.commands.exploring import wish_of
from bot.engine.flow.steps import go_on
from bot.engine.handlers.answer import may_ask, offer_as_answer, only_steers
from bot.engine.handlers.heard import EXPLORE, LOUD, SURE_OF_REQUEST, SURE_TO_LEAVE, Heard
from bot.engine.reading import context_of
from bot.engine.state import About
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_question, asked_of_cards, note_unanswered, suggest_questions
from bot.engine.views.item import show_item
from bot.engine.views.question import confirm
from bot.engine.views.results import ways_on
from bot.engine.views.schemes import asks_as_company
from bot.engine.views.small_talk import small_talk
from bot.recognisers.item_questions import Aspect
from bot.understanding import Ask, Fill
from bot.understanding.passing import town_in

MOST_ANSWERED = 2  # questions of theirs in one turn
WORDS_THAT_BELONG_TOGETHER = 12  # "geen diploma, kan ik dan wel iets": what was told is a part of the question
LEAST_OF_REQUEST = 0.15  # of a question that nothing answers: "is dat wel wat voor mij" is no money at 0.13
WORDS_OF_A_QUESTION = 3
SURE_OF_FEW_WORDS = 0.85  # "vog" is a question of the FAQ at 0.90; "school" is only near one
OF_ALL_CARDS: Mapping[Aspect | None, str] = {
    Aspect.DURATION: "faster",
    Aspect.COST: "cheaper",
    Aspect.WHERE: "nearer",
    Aspect.AMOUNT: "money",
    Aspect.UNTIL: "money",
    Aspect.APPLY: "money",
}
"""What answers a question about all that was shown: the same cards, in the order of what was asked, or what there is to
help pay."""


def questions_of_theirs(heard: Heard) -> bool:
    """Answer what they ask; the turn ends where it was a request after all."""
    asked = heard.of(Ask)[:MOST_ANSWERED]
    return any(_answer(heard, act, alone=len(heard.acts) == 1) for act in asked)


def as_question(turn: TurnContext, question: Question, text: str) -> bool:
    """Say something to what was not understood, as to a question of theirs; False when nothing is known to say.

    Where we only ask how to go on from a result, most that is said is about that: they hear what they may do.
    """
    few = len(text.split()) < WORDS_OF_A_QUESTION
    sure = SURE_OF_FEW_WORDS if few else 0.0
    if not only_steers(turn, question):
        return may_ask(turn, question, text) and answer_question(turn, text, sure)
    if not answer_question(turn, text, sure) and (few or not suggest_questions(turn, text)):
        turn.send(turn.sentence(Sentence.NOT_FOLLOWED), ways_on(turn, any_offer=True))
    return True


def obey(heard: Heard, command: str, argument: str, certainty: float) -> None:
    """Do it. "Wat moet ik doen", at a question about hours, asks what we ask: with a wish one is helped to no other.

    A company looks for no work of its own: "what about SLIM" is a question.
    """
    turn, wish = heard.turn, wish_of(heard.turn)
    if command != EXPLORE:
        commands.obey(turn, command, argument)
    elif asks_as_company(turn):
        answer_question(turn, heard.text)
        commands.obey(turn, "repeat", "")
    elif wish and wish.id in turn.state.answers and certainty < SURE_TO_LEAVE:
        commands.obey(turn, "repeat", "")
    else:
        commands.obey(turn, EXPLORE, heard.text)  # what they like stands in the same words


def _answer(heard: Heard, act: Ask, *, alone: bool) -> bool:
    """Answer one question, or say that nobody here knows; True when it was a request after all, which ends the turn."""
    turn, words = heard.turn, act.words
    if command := OF_ALL_CARDS.get(asked_of_cards(turn, words)):
        obey(heard, "money" if asks_as_company(turn) else command, "", act.certainty)
        return True
    if _is_answered(heard, act):
        heard.said = True
        if alone:
            offer_as_answer(turn, heard.text)
        return False
    if talk := small_talk(turn, words):
        turn.note(Traced.DID, f"smalltalk:{talk.id}")
        turn.send(talk.answer[turn.state.language])
        heard.said = True
        return False
    least = SURE_OF_REQUEST if heard.kept.changed else LEAST_OF_REQUEST
    if act.otherwise and act.otherwise not in LOUD and act.certainty >= least:
        if heard.kept.changed:
            go_on(turn, heard.before, quietly=True)
        obey(heard, act.otherwise, "", act.certainty)
        return True
    heard.said = True
    if _asks_elsewhere(turn, words):
        heard.passed = True  # it waits for a yes
        return False
    if alone:
        offer_as_answer(turn, heard.text)
    _say_unknown(heard, words)
    return False


def _compared(turn: TurnContext, words: str) -> tuple[str, ...]:
    """The two cards of which somebody asks how they differ: "wat is het verschil tussen 1 en 2"."""
    cards = turn.cards()
    first, rest = place_inside(words, turn.reply_words, len(cards))
    second, rest = place_inside(rest, turn.reply_words, len(cards))
    if turn.compiled.item_questions.pointing(rest) is not Aspect.DIFFERENCE or min(first, second) < 0:
        return ()
    places = sorted({first, second})
    return tuple(cards[place].item.id for place in places) if places[-1] < len(cards) else ()


def _asks_elsewhere(turn: TurnContext, words: str) -> bool:
    """Offer to search in the town of a question about what is shown: "is er ook iets in Kampen"."""
    context = context_of(turn)
    home = context.by_role.get(FactRole.PLACE)
    if home is None or not turn.cards() or turn.state.confirmation is not None:
        return False
    town = town_in(words, home, context)
    if not isinstance(town, Fill) or context.known.get(home.id) == town.reading.value:
        return False
    said = turn.sentence(Sentence.SEARCH_THERE, place=town.reading.shown or town.words)
    answer = turn.answer(home, town.words, town.reading.value, town.reading.raw)
    confirm(turn, About.CHANGE, said, home.id, (answer,))
    return True


def _is_answered(heard: Heard, act: Ask) -> bool:
    turn, words = heard.turn, act.words
    if compared := _compared(turn, words):
        for item in compared:
            show_item(turn, item)
        return True
    whole = words != heard.text and len(heard.text.split()) <= WORDS_THAT_BELONG_TOGETHER
    # What is rather a request than a question is answered only by a text that surely meets it.
    sure = SURE_OF_FEW_WORDS if act.otherwise and act.certainty >= SURE_TO_LEAVE else 0.0
    return answer_question(turn, words, sure) or (whole and answer_question(turn, heard.text, sure))


def _say_unknown(heard: Heard, words: str) -> None:
    """That nobody here knows, or which question of ours comes near."""
    turn = heard.turn
    if any(fill.words == words for fill in heard.of(Fill)):
        turn.say(Sentence.WILL_FIND_OUT)  # "kan ik lasser worden?": what fits is the answer
    elif heard.kept.changed or not suggest_questions(turn, words):
        note_unanswered(turn, words)
        if not heard.kept.changed or is_question(words, turn.spoken):
            turn.say(Sentence.CANNOT_ANSWER)  # beside what was told, only what surely asks is worth a "no"

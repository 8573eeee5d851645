"""A question of theirs in the middle of one of ours: answered from the FAQ, and then ours comes back."""

from bot.advice.seeker import to_person
from bot.answers import type_of
from bot.answers.choices import place_inside
from bot.answers.question_form import is_question
from bot.content.conditions import members
from bot.content.flow import Collect, Consent, Review, Vocabulary
from bot.content.knowledge import AnswerVariant, FactRole, FaqEntry, Personal, Subsidy
from bot.content.sentence_keys import Sentence
from bot.eligibility import Facts, variant_for
from bot.engine.buttons import CommandButton
from bot.engine.effects import Button, NoteUnansweredQuestion
from bot.engine.state import About, Answer, Confirmation
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.for_you import for_you, has_stopped, is_told_by_a_fact, say_ended, show_aspect
from bot.engine.views.item import source_line
from bot.engine.views.schemes import asks_as_company
from bot.recognisers.item_questions import OF_ANY_WORK, Aspect, ItemQuestion

MOST_WEIGHED = 2  # ways to pay in one answer of which we say how they stand for this person


def answer_question(turn: TurnContext, text: str, at_least: float = 0.0) -> bool:
    """Answer from what we know of an item, or from the FAQ; False when it has no answer that we are sure of.

    `at_least`: how sure of the FAQ, 0..1. Until when something is possible follows from its dates; of all else, what
    somebody wrote for the question comes before the bare facts.
    """
    leans = _of_what_was_shown(turn, text)
    asked = turn.compiled.item_questions.read(text) or leans
    if asked and (leans or is_told_by_a_fact(turn, asked)):
        show_aspect(turn, asked)
        return True
    found = turn.compiled.faq.look_up(text)
    if found.id is not None and found.score >= at_least and not _is_of_other_work(turn, found.id, text):
        show_answer(turn, found.id)
        return True
    if asked:
        show_aspect(turn, asked)
    return asked is not None


def _of_what_was_shown(turn: TurnContext, text: str) -> ItemQuestion | None:
    """A question that leans on a card: "wat kost dat dan", "hoe lang duurt de eerste"."""
    cards = turn.cards()
    if not cards and not turn.state.viewed:
        return None
    place, rest = place_inside(text, turn.reply_words, len(cards))
    item = cards[place].item.id if 0 <= place < len(cards) else turn.state.viewed
    aspect = turn.compiled.item_questions.pointing(rest)
    if item is None and aspect in OF_ANY_WORK:
        item = cards[0].item.id
    return ItemQuestion(item, aspect) if item and aspect else None


def asked_of_cards(turn: TurnContext, text: str) -> Aspect | None:
    """What is asked of all that was shown, of who looks at none of it: "hoe lang duurt dat"."""
    shown = bool(turn.cards()) or asks_as_company(turn)
    return turn.compiled.item_questions.pointing(text) if shown and not _of_what_was_shown(turn, text) else None


def _is_of_other_work(turn: TurnContext, question_id: str, text: str) -> bool:
    """Whether an answer is about a sector that neither their wish nor what they typed is about: "hoe lang duurt dat",
    of who wants to weld, asks nothing of IT."""
    about = set(turn.compiled.content.knowledge.questions[question_id].sectors)
    wished = turn.told_facts().get(turn.compiled.content.knowledge.fact_of(FactRole.WISH)) if about else None
    if not isinstance(wished, str):
        return False
    wish, asked = (set(turn.compiled.work(one, Vocabulary.DESIRED_WORK).sectors) for one in (wished, text))
    return bool(wish) and about.isdisjoint(wish | asked)


def suggest_questions(turn: TurnContext, text: str) -> bool:
    """Ask which question of the FAQ they mean; False when none comes near."""
    near = turn.compiled.faq.look_up(text).suggestions
    suggestions = [one for one in near if not _is_of_other_work(turn, one, text)]
    questions, language = turn.compiled.content.knowledge.questions, turn.state.language
    buttons = [Button(questions[one].question[language], CommandButton("faq", one).data) for one in suggestions]
    for one in suggestions:
        turn.note(Traced.OFFERED, one)
    if buttons:
        note_unanswered(turn, text)
        if len(suggestions) == 1 and not _takes_a_yes(turn):
            meant = Answer(buttons[0].label, suggestions[0])
            turn.change(confirmation=Confirmation(About.SUGGESTED, options=(meant,)))
        turn.say(Sentence.WHICH_QUESTION if len(buttons) > 1 else Sentence.THIS_QUESTION, *buttons)
    return bool(buttons)


def _takes_a_yes(turn: TurnContext) -> bool:
    """Whether a bare yes would answer the open question, which is put last."""
    question = turn.open_question()
    return isinstance(question, Consent | Review) or (isinstance(question, Collect) and type_of(question).is_yes_or_no)


def show_answer(turn: TurnContext, question_id: str) -> None:
    """The answer to a question of the FAQ for who asks, with its source; and what of it holds for this person."""
    question, language = turn.compiled.content.knowledge.questions[question_id], turn.state.language
    variant = variant_for(question, _known(turn)) if question.variants else None
    lines = _answer(turn, question, variant)
    if question.sources:
        lines.append(source_line(turn, question.sources[0].url, question.sources[0].checked))
    turn.note(Traced.ANSWERED, question_id)
    turn.send("\n\n".join(lines), title=question.question[language])


def _known(turn: TurnContext) -> Facts:
    """All that is known of who asks: what they told, what the flow says of them, and what follows from it."""
    cues = turn.state.beside
    told = {**turn.told_facts(), **turn.position().facts}
    if cues:
        told["mentions"] = cues.union(map(str, members(told.get("mentions"))))
    return to_person(turn.compiled, told).facts


def _answer(turn: TurnContext, question: FaqEntry, variant: AnswerVariant | None) -> list[str]:
    """What has ended ends its answer, unless the answer says so itself.

    That it depends on the person is said only when nothing that we know of them settles it.
    """
    knowledge = turn.compiled.content.knowledge
    about = [item for one in question.about if (item := knowledge.item(one))]
    ended = [] if question.after_its_end else [item for item in about if has_stopped(item, turn.today)]
    stopped = [say_ended(turn, item) for item in ended]
    if stopped and len(ended) == len(about):
        return stopped
    lines = [(variant or question).answer[turn.state.language], *stopped]
    if variant is not None or question.personal is Personal.NEVER or asks_as_company(turn):
        return lines  # "you seem to qualify" is said to a person: a company is told of its schemes by themselves
    schemes = [item for item in about if isinstance(item, Subsidy) and not has_stopped(item, turn.today)]
    own = for_you(turn, schemes) if len(schemes) <= MOST_WEIGHED else []
    return [*lines, *(own or [turn.sentence(Sentence.DEPENDS_ON_YOU)])]


def note_unanswered(turn: TurnContext, text: str) -> None:
    """Keep a question for the editors, unless something stands in it that we may not keep."""
    if turn.compiled.private.find(text) is None:
        turn.do(NoteUnansweredQuestion(text))


def answer_outside(turn: TurnContext, text: str) -> None:
    """Answer someone to whom nothing was asked: from the FAQ, or with what we can do."""
    if answer_question(turn, text) or (is_question(text, turn.spoken) and suggest_questions(turn, text)):
        return
    if is_question(text, turn.spoken):
        note_unanswered(turn, text)
    human = Button(turn.sentence(Sentence.BUTTON_HUMAN), CommandButton("human").data)
    restart = Button(turn.sentence(Sentence.BUTTON_RESTART), CommandButton("restart").data)
    turn.say(Sentence.CANNOT_ANSWER if is_question(text, turn.spoken) else Sentence.NOTHING_OPEN, human, restart)

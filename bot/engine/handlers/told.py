"""What people tell is kept and played back in the same reply; "that is not right" takes it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers import Understood, is_asked_back, read, type_of
from bot.content.flow import Collect, Review, Submit, Vocabulary
from bot.content.sentence_keys import Sentence
from bot.engine.state import CONTACT, LIMITS, About, Answer
from bot.engine.trace import Traced
from bot.engine.turn import TurnContext
from bot.engine.views.question import as_understood, confirm, name_of
from bot.engine.walk import Position
from bot.text import Text, say_list
from bot.understanding import Act, Fill, Lift, Limit
from bot.understanding.facts import is_recognised

MOST_IN_A_SENTENCE = 3  # facts


Told = Sequence[tuple[Collect, Fill]]


@dataclass
class KeptFacts:
    """`waits`: something of it waits for a yes, so that no other question is put. `refused`: why a value is none."""

    changed: bool = False
    waits: bool = False
    refused: str | None = None
    met_twice: str | None = None

    def merge(self, other: "KeptFacts") -> None:
        self.changed |= other.changed
        self.waits |= other.waits
        self.refused = other.refused or self.refused
        self.met_twice = other.met_twice or self.met_twice


def keep_facts(turn: TurnContext, acts: Sequence[Act], before: Position, *, quietly: bool = False) -> KeptFacts:
    """Keep what is sure, ask back what is not, and say both; `quietly`: whoever calls says what was kept."""
    kept = KeptFacts()
    sure, unsure = _sorted(turn, acts, kept)
    if sure:
        was = _keep(turn, sure, before, kept)
        if not quietly:
            _play_back(turn, sure, was)
    if lifted := [f"{LIMITS}{act.kind}" for act in acts if isinstance(act, Lift)]:
        kept.changed |= _lift(turn, lifted)
    if limits := [act for act in acts if isinstance(act, Limit)]:
        _keep_limits(turn, limits, together=bool(sure))
        kept.changed = True
    if unsure and not quietly:
        _ask_back(turn, unsure)
        kept.waits = True
    return kept


def _sorted(turn: TurnContext, acts: Sequence[Act], kept: KeptFacts) -> tuple[Told, Told]:
    """What may be kept at once, and what needs a yes first; why a value is none is left in `kept`."""
    sure: list[tuple[Collect, Fill]] = []
    unsure: list[tuple[Collect, Fill]] = []
    for act in acts:
        question = turn.find_question(act.question) if isinstance(act, Fill) else None
        if not isinstance(act, Fill) or not isinstance(question, Collect):
            continue
        if not _may_be_kept(turn, question) or is_known(turn, question, act):
            continue
        if _is_a_bare_word(turn, act) or _is_private(turn, question, act):
            continue
        rejections = turn.rejections_of(question, act.reading.value)
        hard = next((one for one in rejections if not one.soft), None)
        if hard:
            kept.refused = hard.text[turn.state.language]
        elif rejections or is_asked_back(question, act.reading):
            unsure.append((question, act))
        elif is_recognised(question, act.reading) or _may_be_their_own_word(turn, question):
            sure.append((question, act))
    return sure, unsure


def _may_be_kept(turn: TurnContext, question: Collect) -> bool:
    """Personal data only after a yes to being contacted, or when it was asked for."""
    return not question.pii or CONTACT in turn.state.consents or question == turn.open_question()


def _is_private(turn: TurnContext, question: Collect, act: Fill) -> bool:
    """Whether what would be stored holds somebody's health or number of the state; a phone number is none."""
    return not type_of(question).takes_number and turn.compiled.private.find(act.reading.raw or act.words) is not None


def _is_a_bare_word(turn: TurnContext, act: Fill) -> bool:
    """Whether one word, said to another question, would change an answer: it may be a strange answer to that one."""
    question = turn.open_question()
    return act.corrects and act.question != (question and question.id) and len(act.words.split()) == 1


def _may_be_their_own_word(turn: TurnContext, question: Collect) -> bool:
    """Whether words that we do not know are kept: as a name, or a job; not as a wish, of which one asks on."""
    return question == turn.open_question() and question.vocabulary is not Vocabulary.DESIRED_WORK


def is_known(turn: TurnContext, question: Collect, act: Fill) -> bool:
    """Whether nothing new was said: then there is nothing to keep, unless the question is open."""
    given = turn.state.answers.get(question.id)
    if given is None or question == turn.open_question():
        return False
    if given.value == act.reading.value:
        return True
    if question.vocabulary is None or act.reading.shown is None:
        return False
    # "Lasser" and "lasser geweest" are the same work in other words; "lasser, maar niet in de bouw" is not.
    before = read(question, given.raw, turn.context)
    refused = [turn.compiled.work(said, question.vocabulary).excluded for said in (given.raw, act.words)]
    return isinstance(before, Understood) and before.shown == act.reading.shown and refused[0] == refused[1]


def _lift(turn: TurnContext, lifted: Sequence[str]) -> bool:
    """Let go of limits that are no more; False when there were none of these."""
    gone = [name for name in lifted if name in turn.state.noted]
    if gone:
        noted = {name: answer for name, answer in turn.state.noted.items() if name not in gone}
        turn.change(noted=noted, revision=turn.state.revision + 1)
        turn.say(Sentence.CHANGED)
    return bool(gone)


def _keep_limits(turn: TurnContext, limits: Sequence[Limit], *, together: bool) -> None:
    """Keep what work must have or must not have, and say so. `together`: with what was played back just now."""
    fresh = {f"{LIMITS}{one.kind}": Answer(one.words, one.value) for one in limits}
    was = {name: turn.state.noted.get(name) for name in fresh}
    turn.change(noted={**turn.state.noted, **fresh}, revision=turn.state.revision + 1)
    turn.change(played_back={**(turn.state.played_back or {}), **was} if together else was)
    language = turn.state.language
    turn.say(
        Sentence.LIMIT_KEPT, limits=say_list(turn.limits_in_words(language, {one.kind for one in limits}), language)
    )


def facts_in(turn: TurnContext, acts: Sequence[Act]) -> list[tuple[Collect, Understood]]:
    """What a message surely says of questions, other than they were answered."""
    found = []
    for act in acts:
        question = turn.find_question(act.question) if isinstance(act, Fill) else None
        if not isinstance(act, Fill) or not isinstance(question, Collect) or not is_recognised(question, act.reading):
            continue
        given = turn.state.answers.get(question.id)
        if given and given.value != act.reading.value and not turn.rejections_of(question, act.reading.value):
            found.append((question, act.reading))
    return found


def _keep(turn: TurnContext, sure: Told, before: Position, kept: KeptFacts) -> dict[str, Answer | None]:
    answers = dict(turn.state.answers)
    was = {question.id: answers.get(question.id) for question, _ in sure}
    question = turn.open_question()
    # What was mentioned in passing goes with the answer to the open question, else with the first that may carry it:
    # a question with a condition is passed over when that does not hold, and what its answer carries with it.
    may_carry = sorted(
        (one != question, one.id) for one, _ in sure if not one.pii and (one == question or one.condition is None)
    )
    carrier = may_carry[0][1] if may_carry else None
    for one, act in sure:
        answer = turn.answer(one, act.words, act.reading.value, act.reading.raw)
        answers[one.id] = replace(answer, cues=answer.cues | turn.state.beside) if one.id == carrier else answer
    if question is not None and not turn.state.editing and question.id in was and was[question.id] is not None:
        kept.met_twice = question.id
    for passed in before.answered:
        if isinstance(passed.step, Review) and not before.has(Submit):
            answers.pop(passed.step.id, None)
    beside = frozenset[str]() if carrier else turn.state.beside
    turn.change(answers=answers, beside=beside, revision=turn.state.revision + 1)
    kept.changed = True
    return was


def _play_back(turn: TurnContext, sure: Told, was: dict[str, Answer | None]) -> None:
    """Say what was understood, and remember what it was before: a bare answer to the open question needs nothing."""
    fresh = [(one, act) for one, act in sure if was[one.id] is None]
    changed = [(one, act) for one, act in sure if was[one.id] is not None]
    lines = list(_sentences(turn, fresh))
    if changed:
        lines += [turn.sentence(Sentence.CHANGED), *_sentences(turn, changed, whole=True)]
    if len(sure) > 1:
        lines.append(turn.sentence(Sentence.SAY_WHAT_IS_WRONG))
    if lines:
        turn.send(" ".join(lines))
    turn.change(played_back=was)


def _sentences(turn: TurnContext, fresh: Told, *, whole: bool = False) -> Iterator[str]:
    """ "Je bent 49 jaar, woont in Deventer en krijgt WW." What has no such words is named: "Ik begreep: lasser." """
    language = turn.state.language
    told = [(one, act, _told(one, act)) for one, act in fresh]
    phrases = [
        words[language].replace("{answer}", as_understood(turn, one, act.reading)) for one, act, words in told if words
    ]
    phrases.sort(key=lambda phrase: ":" in phrase)  # what is listed behind a colon ends the sentence
    if len(fresh) == 1 and not whole and not is_recognised(fresh[0][0], fresh[0][1].reading):
        return
    # "Ik begreep: ja" tells nothing of what was not asked.
    if len(fresh) == 1 and not whole and fresh[0][0].id == turn.state.asked:
        yield turn.sentence(Sentence.UNDERSTOOD, answer=as_understood(turn, fresh[0][0], fresh[0][1].reading))
        return
    for start in range(0, len(phrases), MOST_IN_A_SENTENCE):
        yield turn.sentence(Sentence.YOU_TOLD, facts=say_list(phrases[start : start + MOST_IN_A_SENTENCE], language))
    for one, act, words in told:
        if words is None:
            answer = f"{name_of(turn, one)}: {as_understood(turn, one, act.reading)}"
            yield turn.sentence(Sentence.UNDERSTOOD, answer=answer)


def _told(question: Collect, act: Fill) -> Text | None:
    choice = next((one for one in question.choices if one.value == act.reading.value), None)
    return (choice.told if choice and choice.told else None) or question.told


def _ask_back(turn: TurnContext, unsure: Told) -> None:
    options = tuple(turn.answer(one, act.words, act.reading.value, act.reading.raw) for one, act in unsure)
    if len(unsure) == 1:
        (question, act), (option,) = unsure[0], options
        rejection = next(iter(turn.rejections_of(question, act.reading.value)), None)
        said = turn.sentence(Sentence.IS_THIS_RIGHT, answer=as_understood(turn, question, act.reading))
        if rejection:
            said = rejection.text[turn.state.language]
        confirm(turn, About.UNDERSTOOD, said, question.id, (option,))
        return
    lines = (f"{name_of(turn, one)}: {as_understood(turn, one, act.reading)}" for one, act in unsure)
    said = turn.sentence(Sentence.OVERHEARD, answers="\n".join(lines))
    names = tuple(one.id for one, _ in unsure)
    confirm(turn, About.OVERHEARD, said, names[0], options, names)


def _code_read(turn: TurnContext, name: str) -> str:
    """What was read, as a code of ours: a choice, a yes or no, an occupation. Nothing that somebody said, nor a number
    or a place, which would say something of who they are."""
    question, answer = turn.find_question(name), turn.state.answers.get(name)
    if not isinstance(question, Collect) or answer is None or question.pii:
        return ""
    if question.vocabulary is not None:
        return next(iter(turn.compiled.work(answer.raw, question.vocabulary).occupations), "")
    codes = {choice.value for choice in question.choices}
    match answer.value:
        case bool():
            return "yes" if answer.value else "no"
        case str() if answer.value in codes:
            return answer.value
        case _:
            return ""


def take_back(turn: TurnContext) -> None:
    """Undo what the last message told: each answer is again what it was before."""
    was = turn.state.played_back or {}
    answers, noted = dict(turn.state.answers), dict(turn.state.noted)
    for name, answer in was.items():
        turn.note(Traced.TAKEN_BACK, f"{name}|{_code_read(turn, name)}")
        kept = noted if name.startswith(LIMITS) else answers
        if answer is None:
            kept.pop(name, None)
        else:
            kept[name] = answer
    turn.change(answers=answers, noted=noted, played_back=None, revision=turn.state.revision + 1)

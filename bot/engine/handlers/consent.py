"""A reply to a consent, or to the last look at what is passed on: only a yes that nothing speaks against is one.

It may carry a name, an address, or a wish how to be reached; those are kept and played back. A question, a doubt, a
correction or a new fact is taken in first, and the yes is asked for once more.
"""

import re
from collections.abc import Iterator

from bot.answers import CERTAIN, CLEAR, Unclear, Understood, bare, read, show, type_of
from bot.answers.contact_details import read_contact
from bot.answers.polarity import Reply, read_reply
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Consent, Review
from bot.content.sentence_keys import Sentence
from bot.engine.commands.navigation import open_again
from bot.engine.flow.accept import keep, pass_over
from bot.engine.handlers.heard import SURE_OF_REQUEST
from bot.engine.handlers.told import facts_in
from bot.engine.reading import context_of
from bot.engine.state import CONTACT, CONTACT_WISH, Answer
from bot.engine.turn import TurnContext
from bot.engine.views.faq import answer_question, note_unanswered, suggest_questions
from bot.engine.views.question import as_understood, ask, name_of, overview
from bot.matching import fold, words
from bot.understanding import Ask, Deny, Fill, Limit, Pick, Request, Wrong, understand

_NUMBER_OR_ADDRESS = re.compile(r"\+?\d(?:[ ().-]{0,3}\d){7,}|\S+@\S+")
MOST_HESITATIONS = 3  # answers to a consent that are no yes and no no: then it is no yes
SHORTEST_NAME = 3  # characters: "nee" is the value of many an answer
_CLAUSE = re.compile(r"[.;!?]+|,(?!\d)")
WORDS_OF_A_CORRECTION = 3  # of what is said instead of a yes: a bare "Zwolle" changes nothing there
WORDS_OF_A_WISH = 14  # who says more says more than how to be reached
DONE_AFTER_A_YES = ("reach", "keep", "pass_on", "forget")
AT_A_CONSENT = frozenset({"why", "privacy", "who", "repeat", "back", "review", "mydata", "plan", "skip"})
"""What may come between a consent, a name or a number and its answer."""
AT_A_REVIEW = AT_A_CONSENT | {"nearer", "cheaper", "faster", "with_pay", "other_work", "more", "explore", "stop"}
"""What may be asked of the results while all is shown once more before it is passed on; and not to pass it on now."""


def take_reply(turn: TurnContext, question: Consent | Review, text: str) -> bool:
    """Do what a reply with more in it than a yes or a no asks for; False when it is for others to read."""
    reply = read_reply(text, turn.reply_words, _asked_for(turn, question))
    if reply.is_plain_yes and (isinstance(question, Review) or bare(text) not in turn.reply_words.only_seen):
        keep(turn, question, Answer("yes", True))
        return True
    if reply.is_plain_yes or (reply.says is False and not reply.rest) or turn.compiled.private.find(text):
        return False
    if isinstance(question, Review) and (
        _wished_at_the_review(turn, question, text) or _corrected(turn, question, text)
    ):
        return True
    if is_question(reply.rest, turn.spoken) or is_question(text, turn.spoken):
        _answer_first(turn, reply.rest or text)
        return True
    if reply.says is None and isinstance(question, Consent) and (new := list(_said_of_facts(turn, text))):
        _take_in(turn, new)
        return True
    if isinstance(question, Review):
        says_more = reply.says is None and _says_more(turn, text)
        return not says_more and _take_review(turn, question, reply)
    if reply.says is True:
        explicit = read_reply(text, turn.reply_words)
        if explicit.says is None and explicit.has_reserve:
            # "Bel me nou niet steeds" has the word for what is asked in it, and no yes.
            hesitate(turn, question)
            return True
        return _take_consent(turn, question, explicit)
    if question.purpose == CONTACT and reply.has_reserve and turn.compiled.consent_words.names_way(reply.rest):
        # "Nee, alleen mailen" says how, and neither yes nor no.
        hesitate(turn, question)
        return True
    return False


def hesitate(turn: TurnContext, question: Consent | Review) -> None:
    """What is no plain yes to a consent, and no no: it is asked again, then told how, and then taken for a no."""
    attempts = turn.state.attempts + 1
    turn.change(attempts=attempts)
    if isinstance(question, Consent) and attempts >= MOST_HESITATIONS:
        pass_over(turn, question)
    else:
        ask(turn, turn.sentence(Sentence.NO_YES_OR_NO if attempts == 1 else Sentence.PLAIN_YES_OR_NO))


def _asked_for(turn: TurnContext, question: Consent | Review) -> frozenset[str]:
    """Words of "verstuur maar" and "bel me maar": for what is asked, they are a yes."""
    asked_for = turn.compiled.consent_words.asked_for
    if isinstance(question, Review):
        return asked_for["send"]
    return asked_for["reach" if question.purpose == CONTACT else "keep"]


def _says_more(turn: TurnContext, text: str) -> bool:
    """Whether they say, ask or want something first: what a course pays, what is nearer, or to think about it."""
    return any(
        isinstance(act, Ask | Pick | Fill | Limit)
        or (isinstance(act, Request) and act.command in AT_A_REVIEW and act.certainty >= SURE_OF_REQUEST)
        for act in understand(text, context_of(turn)).acts
    )


def _take_review(turn: TurnContext, question: Review, reply: Reply) -> bool:
    """A yes with more behind it that speaks not against it files; all else asks what is wrong."""
    denies = any(isinstance(act, Deny | Wrong) for act in understand(reply.rest, context_of(turn)).acts)
    reserved = reply.has_reserve or denies or any(letter.isdigit() for letter in reply.rest)
    if reply.says is True and not reserved:
        keep(turn, question, Answer("yes", True))
    else:
        ask(turn, turn.sentence(Sentence.WHAT_IS_WRONG))
    return True


def _wished_at_the_review(turn: TurnContext, question: Review, text: str) -> bool:
    """ "Ja, stuur op, en bel na 17 uur": how to be reached is kept, and the yes counts; it changes nothing else."""
    reply = read_reply(text, turn.reply_words, _asked_for(turn, question))
    if (
        reply.says is not True
        or CONTACT not in turn.state.consents
        or not turn.compiled.consent_words.names_way(reply.rest)
    ):
        return False
    wish = _wish(turn, reply.rest)
    if wish is None or list(_carried(turn, reply.rest)):
        return False
    _keep_wish(turn, wish)
    turn.say(Sentence.UNDERSTOOD, answer=wish)
    keep(turn, question, Answer("yes", True))
    return True


def _answer_first(turn: TurnContext, asked: str) -> None:
    """Answer what they want to know before they say yes, and put the question once more."""
    if answer_question(turn, asked) or suggest_questions(turn, asked):
        ask(turn)
        return
    note_unanswered(turn, asked)
    question = turn.open_question()
    why = question.why if isinstance(question, Consent) and _is_about_the_yes(turn, asked) else None
    ask(turn, why[turn.state.language] if why else turn.sentence(Sentence.CANNOT_ANSWER))


def _is_about_the_yes(turn: TurnContext, asked: str) -> bool:
    """Whether a question is about the yes, or what would be done with it: "en als ik nee zeg", "wie belt dan"."""
    known, for_what = turn.reply_words, turn.compiled.consent_words.asked_for
    said = known.says_yes.union(known.says_no, *(for_what[key] for key in DONE_AFTER_A_YES))
    return not said.isdisjoint(words(asked))


# ------------------------------------------------------------------ what a yes may carry
def _take_consent(turn: TurnContext, question: Consent, reply: Reply) -> bool:
    if question.purpose == CONTACT:
        carried, wish = dict(_carried(turn, reply.rest)), _wish(turn, reply.rest)
        if carried or wish:
            turn.change(answers={**turn.state.answers, **carried})
            if wish:
                _keep_wish(turn, wish)
            played_back = [*(answer.raw for answer in carried.values()), *([wish] if wish else [])]
            turn.say(Sentence.UNDERSTOOD, answer=", ".join(played_back))
            keep(turn, question, Answer("yes", True))
            return True
    new = list(_said_of_facts(turn, reply.rest))
    if new:
        _take_in(turn, new)
        return True
    if reply.has_reserve or any(letter.isdigit() for letter in reply.rest):
        hesitate(turn, question)
        return True
    keep(turn, question, Answer("yes", True))
    return True


def _carried(turn: TurnContext, said: str) -> Iterator[tuple[str, Answer]]:
    """A name or an address, each as the answer to its question."""
    ahead = [step for flow in turn.flows.values() for step in flow.steps if isinstance(step, Collect) and step.pii]
    contact = next((step for step in ahead if type_of(step).stands_out), None)
    name = next((step for step in ahead if type_of(step).is_name), None)
    reached = read_contact(said, turn.compiled.content.country)
    if contact and isinstance(reached, Understood) and reached.certainty == CERTAIN:
        yield contact.id, Answer(reached.raw or str(reached.value), reached.value)
    if (
        name
        and not _wish(turn, said)
        and (called := turn.compiled.introductions.only_name(_NUMBER_OR_ADDRESS.sub(" ", said).strip(" .!,")))
        and _is_capitalised(called)
    ):
        reading = read(name, called, turn.context)
        if isinstance(reading, Understood):
            yield name.id, Answer(str(reading.value), reading.value)


def _wish(turn: TurnContext, said: str) -> str | None:
    """How or when somebody wants to be reached, in their own words; an address is none."""
    known = turn.compiled.consent_words
    wished = known.names_way_or_time(said) and len(words(said)) <= WORDS_OF_A_WISH
    if is_question(said, turn.spoken):
        return None  # "wanneer bellen jullie?"
    if not wished or isinstance(read_contact(said, turn.compiled.content.country), Understood | Unclear):
        return None
    return known.wish_in(said)


def keep_wish_beside(turn: TurnContext, said: str) -> None:
    """Keep how or when they want to be reached, said beside their number: "06 12345678, na zes uur"."""
    rest = _NUMBER_OR_ADDRESS.sub(" ", said).strip(" ,.;")
    if CONTACT in turn.state.consents and not turn.compiled.private.find(rest) and (wish := _wish(turn, rest)):
        _keep_wish(turn, wish)


def _keep_wish(turn: TurnContext, wish: str) -> None:
    turn.change(noted={**turn.state.noted, CONTACT_WISH: Answer(wish, wish)})


def _is_capitalised(name: str) -> bool:
    """Whether words look like a name: "Jan de Vries" does, "I don't mind" does not."""
    parts = name.split()
    return len(parts[0]) > 1 and parts[0][0].isupper() and parts[-1][0].isupper()


# ------------------------------------------------------------------ corrections at the last look
def _corrected(turn: TurnContext, review: Review, text: str) -> bool:
    """Take over what a text says now of an answer, or open the answer that it calls wrong."""
    shown = [step for step, _ in overview(turn, review.only) if isinstance(step, Collect)]
    found = (
        list(_said_of_facts(turn, text))
        or list(_by_name(turn, shown, text))
        or list(_by_old_value(turn, shown, text))
        or list(_by_introduction(turn, shown, text))
    )
    if found:
        _take_in(turn, found)
        return True
    named = _named(turn, shown, text)
    reply = read_reply(text, turn.reply_words, _asked_for(turn, review))
    if named is not None and not is_question(text, turn.spoken) and (reply.says is not True or reply.has_reserve):
        open_again(turn, named.id)
        return True
    return False


def _said_of_facts(turn: TurnContext, text: str) -> Iterator[tuple[Collect, Understood]]:
    """What a text surely says of questions, other than they were answered."""
    yield from facts_in(turn, understand(text, context_of(turn)).acts)


def _by_name(turn: TurnContext, shown: list[Collect], text: str) -> Iterator[tuple[Collect, Understood]]:
    """ "Mijn leeftijd is 53": an answer by the name of its question; and a new number or address to call."""
    for question in shown:
        if type_of(question).stands_out:
            reading = read(question, text, turn.context)
        elif question is _named(turn, shown, text) and not type_of(question).in_own_words:
            name = fold(name_of(turn, question))
            clause = next((one for one in _CLAUSE.split(fold(text)) if name in one), "")
            reading = read(question, clause.partition(name)[2].strip(), turn.context)
        else:
            continue
        if isinstance(reading, Understood) and reading.value != turn.state.answers[question.id].value:
            yield question, reading


def _by_old_value(turn: TurnContext, shown: list[Collect], text: str) -> Iterator[tuple[Collect, Understood]]:
    """ "34 moet 43 zijn", "niet Utrecht maar Zeist": what was answered, and beside it something else that reads."""
    said = f" {' '.join(words(text))} "
    for question in shown:
        given = turn.state.answers[question.id]
        old = show(question, given.value, turn.compiled, turn.state.language)
        names = [f" {' '.join(words(name))} " for name in (old, str(given.value)) if len(name) > 1]
        name = next((name for name in names if name.strip() and name in said), None)
        if name is None or type_of(question).in_own_words or question.pii:
            continue
        rest = said.replace(name, " ", 1)
        if not (found := _read_inside(turn, question, rest)):
            continue
        if found.value != given.value and not turn.rejections_of(question, found.value):
            yield question, found


def _read_inside(turn: TurnContext, question: Collect, rest: str) -> Understood | None:
    """What the last words of a text say to a question: the whole of it, or less of its beginning."""
    said = rest.split()
    while said and said[-1] in turn.reply_words.behind_value:
        said.pop()
    for start in range(len(said)):
        reading = read(question, " ".join(said[start:]), turn.context)
        if isinstance(reading, Understood) and reading.certainty >= CLEAR:
            return reading
    return None


def _by_introduction(turn: TurnContext, shown: list[Collect], text: str) -> Iterator[tuple[Collect, Understood]]:
    """ "Ik heet Sanne trouwens"."""
    name = turn.compiled.introductions.name_in(text)
    question = next((one for one in shown if type_of(one).is_name), None)
    if turn.reply_words.speaks_against(name or ""):
        return  # "mijn naam is verkeerd"
    if name and question and name != turn.state.answers[question.id].value:
        yield question, Understood(name, raw=name)


def _named(turn: TurnContext, shown: list[Collect], text: str) -> Collect | None:
    """The one answered question whose name, or whose answer, stands in a text."""
    said = f" {' '.join(words(text))} "
    found = []
    for question in shown:
        value = show(question, turn.state.answers[question.id].value, turn.compiled, turn.state.language)
        names = (name_of(turn, question), value)
        if any(f" {' '.join(words(name))} " in said for name in names if len(name) > SHORTEST_NAME):
            found.append(question)
    return found[0] if len(found) == 1 else None


def take_in_facts(turn: TurnContext, text: str) -> bool:
    """Take over what a text says anew of answers; False when it says nothing of them."""
    found = list(_said_of_facts(turn, text)) if len(text.split()) >= WORDS_OF_A_CORRECTION else []
    if found:
        _take_in(turn, found)
    return bool(found)


def _take_in(turn: TurnContext, found: list[tuple[Collect, Understood]]) -> None:
    """Keep new answers and play them back; the question that was open comes again, with them in it."""
    shown = [f"{name_of(turn, question)}: {as_understood(turn, question, reading)}" for question, reading in found]
    turn.say(Sentence.UNDERSTOOD, answer=", ".join(shown))
    *first, last = [(question, Answer(reading.raw or str(reading.value), reading.value)) for question, reading in found]
    turn.change(answers={**turn.state.answers, **{question.id: answer for question, answer in first}})
    keep(turn, *last)

"""A message cut into parts: what each is about, and whose it is, with what was asked in mind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers import CERTAIN, Understood, bare, read
from bot.answers.polarity import yes_or_no_word
from bot.answers.question_form import is_question
from bot.content.flow import Collect
from bot.content.knowledge import PartKind
from bot.matching import folded, words
from bot.recognisers.parts import Part
from bot.recognisers.tokens import tokens_of
from bot.understanding.acts import COMMANDS
from bot.understanding.context import Context
from bot.understanding.facts import ROLES, WORK, of_our_language, question_for
from bot.understanding.job_or_wish import CLAUSE, SURE_OF_QUESTION, job_or_wish, liked, names_some_work

LONGEST_ANSWER, SHORTEST_QUESTION = 3, 4  # words
MAY_ASK = frozenset({PartKind.CHAT, PartKind.OTHER, PartKind.LIMIT})
"""What asks, when it has the form of a question: "mag mijn kind mee" is no limit. So does what is hardly work."""
WORDS_FOR_SOMEBODY = 2  # "mijn moeder"
MAY_BE_ANGRY = 0.2  # probability
NAMES_WORK = frozenset({PartKind.WISH, PartKind.EXCLUDE})


def cut(text: str, context: Context) -> list[Part]:
    """The parts, each of the kind that it surely is, here and now."""
    parts = [_naming(_beside(part, context), context) for part in _with_question_behind(_parts(text, context), context)]
    parts = list(_refused(_asking(text, liked(parts, context), context), context))
    own = job_or_wish(text, _asking_for_a_person(parts, context), context)
    return [_with_its_unit(text, _of_whom(text, part, context), context) for part in own]


def _parts(text: str, context: Context) -> Sequence[Part]:
    """The parts; a yes or a no that opens a message is one of its own, whatever stands behind it."""
    every, known = context.answers.compiled.parts, context.answers.compiled.reply_words
    whole = yes_or_no_word(bare(text), known)
    if whole is not None:
        kind, other = (PartKind.YES, PartKind.NO) if whole else (PartKind.NO, PartKind.YES)
        return [Part(kind, text, 0, len(text), 1.0, other)]
    opens = known.opening.match(text)
    says = yes_or_no_word(bare(opens[1]), known) if opens else None
    denied = opens is not None and words(text[opens.end() :])[:1] in [[one] for one in _denials(context)]
    if opens is None or says is None or (says and denied):
        return every.of(text, context.moment)  # "klopt niet" begins with no yes
    kind, other = (PartKind.YES, PartKind.NO) if says else (PartKind.NO, PartKind.YES)
    first = Part(kind, opens[1], opens.start(1), opens.end(1), 1.0, other)
    behind = opens.end()
    rest = [
        replace(part, start=part.start + behind, end=part.end + behind)
        for part in every.of(text[behind:], context.moment)
    ]
    if rest and rest[0].kind is PartKind.WRONG and not says:
        return rest
    return [first, *rest]


def _denials(context: Context) -> frozenset[str]:
    return folded(context.answers.compiled.spoken.replies.denials)


def _with_question_behind(parts: Iterable[Part], context: Context) -> Iterator[Part]:
    """An answer with a question right behind it, and no sign between: "purmerend mag mijn hond mee naar de les"."""
    for part in _opened_by_a_yes(parts, context):
        question = question_for(part, context)
        size = _answer_before_a_question(part.words, question, context) if question else 0
        if not size:
            yield part
            continue
        head = " ".join(part.words.split()[:size])
        behind = part.words[len(head) :].strip()
        yield replace(part, words=head, end=part.start + len(head))
        yield Part(PartKind.ASK, behind, part.end - len(behind), part.end, 1.0, part.kind)


def _opened_by_a_yes(parts: Iterable[Part], context: Context) -> Iterator[Part]:
    """ "Mag mijn hond mee?" is a question, though "mag" by itself is a yes."""
    before: Part | None = None
    for part in parts:
        if before is not None:
            words = f"{before.words} {part.words}"
            asks = is_question(words.rstrip(" ?"), context.answers.compiled.spoken)
            if asks and not is_question(part.words.rstrip(" ?"), context.answers.compiled.spoken):
                yield Part(PartKind.ASK, words, before.start, part.end, 1.0, part.kind)
                before = None
                continue
            yield before
        before = part if part.kind is PartKind.YES else None
        if before is None:
            yield part
    if before is not None:
        yield before


def _answer_before_a_question(text: str, question: Collect, context: Context) -> int:
    """How many words at the begin are surely the answer, when the others ask something; 0 for none."""
    said = text.split()
    for size in range(1, LONGEST_ANSWER + 1):
        rest = " ".join(said[size:])
        if len(said) - size < SHORTEST_QUESTION or not is_question(rest, context.answers.compiled.spoken):
            continue
        reading = read(question, " ".join(said[:size]), context.answers)
        if isinstance(reading, Understood) and reading.certainty == CERTAIN and reading.shown is not None:
            return size
    return 0


def _beside(part: Part, context: Context) -> Part:
    """How well they speak another language than that of the country answers nothing, and may matter all the same."""
    question = question_for(part, context) if part.kind is PartKind.DUTCH else None
    asked = question is not None and question == context.asked
    if question is None or of_our_language(part.words, context, asked=asked) is not None:
        return part
    return replace(part, kind=PartKind.OTHER, certainty=0.0)


def _naming(part: Part, context: Context) -> Part:
    """What names no work that is wanted or not, and by its words is likelier something else, is that.

    A complaint that may be meant comes before help to choose: nobody who is angry is cheered up with cards.
    """
    if part.kind is PartKind.EXPLORE and part.second is PartKind.COMPLAINT and part.second_certainty >= MAY_BE_ANGRY:
        return replace(part, kind=PartKind.COMPLAINT, certainty=part.certainty + part.second_certainty)
    if part.kind not in NAMES_WORK or part.certainty > part.second_certainty:
        return part
    return part if names_some_work(part, context) else replace(part, kind=part.second, certainty=part.second_certainty)


def _asking(text: str, parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """A sentence that begins and ends as a question asks, also where it names work or a level: it tells nothing."""
    found: list[Part] = []
    for part in parts:
        sentence = around(text, part)
        asks = sentence.rstrip().endswith("?") and is_question(sentence.rstrip(" ?"), context.answers.compiled.spoken)
        hardly = part.kind in WORK and part.second is PartKind.ASK and part.certainty < SURE_OF_QUESTION
        if (part.kind in MAY_ASK or hardly) and is_question(part.words, context.answers.compiled.spoken):
            found.append(replace(part, kind=PartKind.ASK))
        elif not asks or part.kind in COMMANDS:
            found.append(part)
        elif found and found[-1].kind is PartKind.ASK and around(text, found[-1]) == sentence:
            before = found.pop()
            found.append(replace(before, words=text[before.start : part.end].strip(), end=part.end))
        else:
            found.append(replace(part, kind=PartKind.ASK, certainty=1.0))
    return found


def _asking_for_a_person(parts: Iterable[Part], context: Context) -> list[Part]:
    """What asks for a person in set words surely does: "stuur maar door naar een adviseur" is no wish to be one."""
    asks = context.answers.compiled.human_requests.are_in
    return [replace(part, kind=PartKind.HUMAN, certainty=1.0) if asks(part.words) else part for part in parts]


def _refused(parts: Iterable[Part], context: Context) -> Iterator[Part]:
    """Work right behind a "no" with which a refusal was cut off: "niet transport, niet | magazijn"."""
    before: Part | None = None
    for part in parts:
        cut_off = before is not None and before.kind is PartKind.EXCLUDE and part.kind in WORK
        if cut_off and before is not None and words(before.words)[-1:] in [[one] for one in _denials(context)]:
            part = replace(part, kind=PartKind.EXCLUDE)
        before = part
        yield part


_SENTENCE = re.compile(r"[.;!?\n]\s")


def around(text: str, part: Part) -> str:
    """The sentence in which a part stands."""
    end = _SENTENCE.search(text, max(part.start, part.end - 1))
    return text[_start(_SENTENCE, text, part.start) : end.start() + 1 if end else len(text)]


def _start(sign: re.Pattern[str], text: str, place: int) -> int:
    """Where the clause, or the sentence, begins in which a place is."""
    return max((hit.end() for hit in sign.finditer(text, 0, place)), default=0)


def _of_whom(text: str, part: Part, context: Context) -> Part:
    """A fact that begins with somebody else is theirs: "mn vriend zit in de ww"."""
    start = _start(CLAUSE, text, part.start)
    before = text[_start(CLAUSE, text, max(0, start - 1)) : start]
    if len(before.split()) <= WORDS_FOR_SOMEBODY and context.answers.compiled.counting.begins_with_another(before):
        start -= len(before)  # "mijn moeder, al tien jaar": whom it is about, and then what
    clause = text[start : part.end]
    told = part.kind in ROLES and context.answers.compiled.counting.begins_with_another(clause)
    return replace(part, kind=PartKind.OTHER) if told else part


def _with_its_unit(text: str, part: Part, context: Context) -> Part:
    """Hours with what they are counted in, also when that was cut off: "2" of "2 avonden"."""
    if part.kind is not PartKind.HOURS:
        return part
    counting, tokens = context.answers.compiled.counting, tokens_of(text[part.start :])
    inside = sum(part.start + token.end <= part.end for token in tokens)
    if not any(number.behind == inside for number in counting.reader.find(tokens)):
        return part
    measure, behind = counting.unit_at(tokens, inside)
    if measure is None or behind <= inside:
        return part
    end = part.start + tokens[behind - 1].end
    return replace(part, words=text[part.start : end], end=end)

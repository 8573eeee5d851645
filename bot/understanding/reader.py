"""From a message to its acts: cut into parts, each part read by who knows its kind, and one reading of the whole."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers import CERTAIN, CLEAR, WORKED_OUT, Understood, bare, read, role_of, type_of
from bot.answers.polarity import yes_or_no_word
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole, PartKind
from bot.matching import fold, folded, words
from bot.recognisers.parts import Part
from bot.understanding.acts import (
    Act,
    Affirm,
    Ask,
    Chat,
    Deny,
    DontKnow,
    Exclude,
    Fill,
    Lift,
    Limit,
    Pick,
    Refuse,
    Request,
    Understanding,
    Which,
    Wrong,
)
from bot.understanding.company import of_company
from bot.understanding.context import Context
from bot.understanding.facts import ROLES, WORK, fill, is_recognised, question_for
from bot.understanding.foreign import foreign_acts
from bot.understanding.named import by_name
from bot.understanding.passing import in_passing
from bot.understanding.picks import picked

SHORTEST_WORK, WORDS_OF_AN_ANSWER = 2, 5  # words
LONGEST_ANSWER, SHORTEST_QUESTION = 3, 4  # words
MAY_BE_REQUEST = 0.1  # probability
SURE_OF_WORK = 0.75  # that it is the wish and not the job, or the other way round
SURE_OF_QUESTION, SURE_OF_OTHERS = 0.7, 0.7
SURE_IN_A_LIST = 0.6  # that a number among other facts is an age
SURE_OF_NAME = 0.75  # of one in small letters
SURE_OF_REPLY = 0.45  # probability; less is no yes, no no, and takes nothing back

COMMANDS: Mapping[PartKind, str] = {
    PartKind.HUMAN: "human",
    PartKind.ERASE: "forget",
    PartKind.STOP: "stop",
    PartKind.BACK: "back",
    PartKind.OVERVIEW: "review",
    PartKind.RESTART: "restart",
    PartKind.LANGUAGE: "language",
    PartKind.PLAN: "plan",
    PartKind.MYDATA: "mydata",
    PartKind.PRIVACY: "privacy",
    PartKind.WHO: "who",
    PartKind.WHY: "why",
    PartKind.REPEAT: "repeat",
    PartKind.SHORTER: "shorter",
    PartKind.EMPLOYER: "employer",
    PartKind.SKIP: "skip",
    PartKind.EXPLORE: "explore",
    PartKind.NEARER: "nearer",
    PartKind.CHEAPER: "cheaper",
    PartKind.OTHER_WORK: "other_work",
    PartKind.WITH_PAY: "with_pay",
    PartKind.FASTER: "faster",
    PartKind.MORE: "more",
}
"""Which part asks the bot to do what."""

SAYS: Mapping[PartKind, Callable[[str], Act]] = {
    PartKind.DONT_KNOW: DontKnow,
    PartKind.REFUSE: Refuse,
    PartKind.WRONG: Wrong,
    PartKind.GREET: lambda words: Chat(PartKind.GREET, words),
    PartKind.THANKS: lambda words: Chat(PartKind.THANKS, words),
    PartKind.COMPLAINT: lambda words: Chat(PartKind.COMPLAINT, words),
    PartKind.CHAT: lambda words: Chat(PartKind.CHAT, words),
}
TOLD = frozenset({PartKind.EXCLUDE, PartKind.NAME, PartKind.REACH})  # beside the facts that have a role
ASIDE = frozenset({PartKind.OTHER, PartKind.CHAT, PartKind.COMPLAINT, PartKind.GREET, PartKind.THANKS, PartKind.WRONG})
SILENT = frozenset({PartKind.OTHER, PartKind.PERMIT})  # of somebody else, or kept as a cue


def understand(text: str, context: Context, foreign: str | None = None) -> Understanding:
    """The acts of a (clean) message. Pure; the same text and context give the same acts.

    `foreign`: the language of the text, when it is none that is spoken here.
    """
    if foreign:
        return Understanding(tuple(_resolved(foreign_acts(text, foreign, context), context)), ())
    parts = _asking(text, list(_with_question_behind(_parts(text, context), context)), context)
    parts = [_of_whom(text, part, context) for part in _own(text, parts, context)]
    facts = sum(part.kind in ROLES for part in parts)
    acts: list[Act] = []
    unread: list[str] = []
    for part in parts:
        listed = facts > 1 and part.certainty >= SURE_IN_A_LIST
        found = list(_acts(part, context, around=_around(text, part), listed=listed))
        acts += found
        if not found and part.kind not in SILENT and part.kind is not PartKind.LIMIT:
            unread.append(part.words)
    acts += _limits(text, parts, context)
    if named := list(by_name(text, context)):
        # Of the number that they say to another fact, the open question hears nothing.
        acts = [*named, *(act for act in acts if not _is_of_asked(act, context))]
    filled = [act.question for act in acts if isinstance(act, Fill | Which)]
    acts += in_passing(text, parts, filled, context)
    acts += of_company(text, filled, context)
    if not named:
        acts = _with_answer(text, acts, parts, context)
    acts = _with_exclusions(acts, context)
    told = " ".join(part.words for part in parts if part.kind in ROLES or part.kind in TOLD)
    own = " ".join(part.words for part in parts if not _is_not_theirs(part))
    of_others = context.answers.compiled.counting.begins_with_another(text)
    resolved = _in_full(text, tuple(_resolved(acts, context)), parts, context)
    return Understanding(resolved, tuple(unread), told, own, of_others)


def _parts(text: str, context: Context) -> Sequence[Part]:
    """The parts; a yes or a no that opens a message is one of its own, whatever stands behind it."""
    every, known = context.answers.compiled.parts, context.answers.compiled.reply_words
    whole = yes_or_no_word(bare(text), known)
    if whole is not None:
        kind, other = (PartKind.YES, PartKind.NO) if whole else (PartKind.NO, PartKind.YES)
        return [Part(kind, text, 0, len(text), 1.0, other)]
    opens = _OPENING.match(text)
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


_OPENING = re.compile(r"\W*(?:(?:haha+|oh?|eh+|hm+|sorry) )*(\w+)\b[\s,.!:;-]*(?=\w)", re.IGNORECASE)


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


def _asking(text: str, parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """A sentence that begins and ends as a question asks, also where it names work or a level: it tells nothing."""
    found: list[Part] = []
    for part in parts:
        around = _around(text, part)
        asks = around.rstrip().endswith("?") and is_question(around.rstrip(" ?"), context.answers.compiled.spoken)
        if part.kind in (PartKind.CHAT, PartKind.OTHER) and is_question(part.words, context.answers.compiled.spoken):
            found.append(replace(part, kind=PartKind.ASK))
        elif not asks or part.kind in COMMANDS:
            found.append(part)
        elif found and found[-1].kind is PartKind.ASK and _around(text, found[-1]) == around:
            before = found.pop()
            found.append(replace(before, words=text[before.start : part.end].strip(), end=part.end))
        else:
            found.append(replace(part, kind=PartKind.ASK, certainty=1.0))
    return found


_CLAUSE, _SENTENCE = re.compile(r"[,.;:!?\n]\s"), re.compile(r"[.;!?\n]\s")


def _around(text: str, part: Part) -> str:
    """The sentence in which a part stands."""
    end = _SENTENCE.search(text, max(part.start, part.end - 1))
    return text[_start(_SENTENCE, text, part.start) : end.start() + 1 if end else len(text)]


def _start(sign: re.Pattern[str], text: str, place: int) -> int:
    """Where the clause, or the sentence, begins in which a place is."""
    return max((hit.end() for hit in sign.finditer(text, 0, place)), default=0)


def _of_whom(text: str, part: Part, context: Context) -> Part:
    """A fact that begins with somebody else is theirs: "mn vriend zit in de ww"."""
    clause = text[_start(_CLAUSE, text, part.start) : part.end]
    told = part.kind in ROLES and context.answers.compiled.counting.begins_with_another(clause)
    return replace(part, kind=PartKind.OTHER) if told else part


def _own(text: str, parts: Sequence[Part], context: Context) -> Sequence[Part]:
    """One kind of work where the other was asked, and none of that: a bare job is the wish that we asked for."""
    role = role_of(context.asked, context.answers.compiled) if isinstance(context.asked, Collect) else None
    asked = next((kind for kind in WORK if ROLES[kind] is role), None)
    if asked and parts and all(part.kind is PartKind.ASK and _is_no_question(part, context) for part in parts):
        return [replace(part, kind=asked) for part in parts]
    works = [part for part in parts if part.kind in WORK]
    only = parts[0].kind if len(parts) == 1 else None
    if asked and only in ROLES and only not in WORK and _names_work(text, asked, context):
        return [replace(parts[0], kind=asked)]
    told = sum(part.kind in ROLES for part in parts)
    if asked is None or len(works) != 1 or told > 1 or works[0].kind is asked or works[0].certainty >= SURE_OF_WORK:
        return parts
    if _is_only(works[0].kind, works[0].words, context):
        return parts  # "ik werk als lasser" names no wish
    return [replace(part, kind=asked) if part is works[0] else part for part in parts]


def _is_of_asked(act: Act, context: Context) -> bool:
    return isinstance(act, Fill) and isinstance(context.asked, Collect) and act.question == context.asked.id


def _names_work(text: str, kind: PartKind, context: Context) -> bool:
    """Whether a short text names work that we know, whatever else its words may be: "lerares basisschool"."""
    if not SHORTEST_WORK <= len(text.split()) <= WORDS_OF_AN_ANSWER:
        return False
    vocabulary = Vocabulary.DESIRED_WORK if kind is PartKind.WISH else Vocabulary.CURRENT_JOB
    work = context.answers.compiled.work(text, vocabulary)
    return bool(work.occupations) and work.certainty >= CLEAR


def _is_only(kind: PartKind, words: str, context: Context) -> bool:
    """Whether words name work when they tell of this kind (a job, a wish), and none when they tell of the other."""
    read = context.answers.compiled.work
    named = {one: read(words, one) for one in (Vocabulary.DESIRED_WORK, Vocabulary.CURRENT_JOB)}
    own = Vocabulary.DESIRED_WORK if kind is PartKind.WISH else Vocabulary.CURRENT_JOB
    return all(bool(work.occupations or work.sectors) is (one is own) for one, work in named.items())


def _is_not_theirs(part: Part) -> bool:
    """Whether it tells nothing of themselves: a question, or what is surely about somebody else."""
    return part.kind is PartKind.ASK or (part.kind is PartKind.OTHER and part.certainty >= SURE_OF_OTHERS)


def _is_no_question(part: Part, context: Context) -> bool:
    """Whether nothing but a likeness makes a question of it: no sign, no word that opens one."""
    return part.certainty < SURE_OF_QUESTION and not is_question(part.words, context.answers.compiled.spoken)


def _acts(part: Part, context: Context, *, around: str, listed: bool) -> Iterator[Act]:
    """What one part says."""
    match part.kind:
        case PartKind.YES | PartKind.NO:
            yield from _yes_or_no(part, context)
        case PartKind.EXCLUDE:
            yield from _exclusion(part, context)
        case PartKind.LIMIT:
            # A limit is found in the whole message (`_limits`); "liever niet in de zorg" is work that they do not want.
            if not context.is_personal:
                yield from (act for act in _exclusion(part, context) if act.sectors)
        case PartKind.LANGUAGE:
            yield Request("language", _language_named(part.words, context), part.words, part.certainty)
        case PartKind.MORE if (item := picked(part.words, context)) is not None:
            yield Pick(item, part.words)
        case kind if kind in COMMANDS:
            yield _request(part, context)
        case PartKind.ASK:
            maybe = COMMANDS.get(part.second, "") if part.second_certainty >= MAY_BE_REQUEST else ""
            yield Ask(part.words, maybe, part.second_certainty)
        case kind if kind in SAYS:
            # A mere likeness takes nothing back.
            likeness = kind is PartKind.WRONG and part.certainty < SURE_OF_REPLY
            yield SAYS[PartKind.CHAT if likeness else kind](part.words)
        case _:
            yield from _fact(part, context, around=around, listed=listed)


def _request(part: Part, context: Context) -> Act:
    """What the bot is asked to do; what may as well be a question is answered first, when there is an answer."""
    spoken = context.answers.compiled.spoken
    if part.second is PartKind.ASK and part.certainty < SURE_OF_QUESTION and is_question(part.words, spoken):
        return Ask(part.words, COMMANDS[part.kind], part.certainty)
    return Request(COMMANDS[part.kind], "", part.words, part.certainty)


def _fact(part: Part, context: Context, *, around: str, listed: bool) -> Iterator[Act]:
    question = question_for(part, context)
    act = fill(question, part.words, context, states=True, listed=listed, around=around) if question else None
    if isinstance(act, Fill) and part.kind is PartKind.NAME and _is_hardly_a_name(part):
        act = replace(act, reading=replace(act.reading, certainty=WORKED_OUT))  # it is asked back
    if act is not None:
        yield act


def _is_hardly_a_name(part: Part) -> bool:
    return part.words.islower() and part.certainty < SURE_OF_NAME


def _yes_or_no(part: Part, context: Context) -> Iterator[Act]:
    asked, yes = context.asked, part.kind is PartKind.YES
    if part.certainty < SURE_OF_REPLY:
        return
    if isinstance(asked, Collect) and context.moment == asked.id and type_of(asked).is_yes_or_no:
        raw = "yes" if yes else "no"
        yield Fill(asked.id, Understood(yes, CERTAIN if part.certainty == 1 else CLEAR, raw=raw), part.words)
    else:
        yield Affirm(part.words) if yes else Deny(part.words)


def _language_named(words: str, context: Context) -> str:
    """The code of the spoken language that a request for one names; empty when it names none."""
    content = context.answers.compiled.content
    said = fold(words)
    named = [
        code
        for code in content.country.languages
        if any(
            fold(phrase) in said for phrase in (content.languages[code].name, *content.languages[code].speech.switch)
        )
    ]
    return named[0] if named else ""


def _exclusion(part: Part, context: Context) -> Iterator[Exclude]:
    """The sectors and occupations in it, whether or not a "no" stands there: that it refuses, the part says."""
    wishes = context.answers.compiled.wishes
    reading = wishes.read(part.words, Vocabulary.DESIRED_WORK)
    named = (*reading.excluded, *reading.sectors) if part.kind is PartKind.EXCLUDE else reading.excluded
    occupations = tuple(one.label for one in reading.occupations) if part.kind is PartKind.EXCLUDE else ()
    yield Exclude(tuple(dict.fromkeys(named)), occupations, part.words)


# ------------------------------------------------------------------ limits
def _limits(text: str, parts: Sequence[Part], context: Context) -> list[Act]:
    """What work or a course must have or must not have, wherever it stands; not in what they ask."""
    if context.is_personal:
        return []  # "liever niet bellen" is how to reach them, and no limit of work
    elsewhere = [part for part in parts if part.kind in (PartKind.ASK, PartKind.REACH)]
    limits = context.answers.compiled.limits
    kept = [
        Limit(found.kind, found.value, found.words)
        for found in limits.find(text)
        if not any(part.start <= found.start < part.end for part in elsewhere)
    ]
    return [*kept, *map(Lift, limits.find_lifted(text))]


# ------------------------------------------------------------------ the open question
def _with_answer(text: str, acts: list[Act], parts: Sequence[Part], context: Context) -> list[Act]:
    """Let the open question read what is left, when no part is an answer to it."""
    asked = context.asked
    if not isinstance(asked, Collect) or context.moment != asked.id:
        return acts
    if any(isinstance(act, Fill | Which) and act.question == asked.id for act in acts):
        return acts
    if len(text.split()) <= WORDS_OF_AN_ANSWER and not text.rstrip(" !.").endswith("?"):
        # A short text that reads is the answer, whatever it resembles: "voor mijn personeel" asks for none.
        act = None if type_of(asked).in_own_words else fill(asked, text, context)
        if isinstance(act, Fill) and not any(isinstance(one, Fill) for one in acts):
            return [act]
    told = {PartKind.LIMIT, PartKind.EXCLUDE, PartKind.CHAT, PartKind.YES, PartKind.NO, *ROLES}
    if context.played_back and any(isinstance(act, Fill) and act.question in context.known for act in acts):
        told -= {PartKind.YES, PartKind.NO}  # "nee, Lelystad" speaks of what we played back
    filled = {act.words for act in acts if isinstance(act, Fill | Which)}
    rest = [part for part in parts if part.kind in told and part.words not in filled]
    if type_of(asked).in_own_words:
        return acts
    for some in [rest, *([part] for part in rest)]:
        act = fill(asked, " ".join(_said_plainly(part, context) for part in some), context) if some else None
        # "Niet in het weekend" is no "not at all" to how well they speak Dutch.
        if isinstance(act, Which) and all(part.kind is PartKind.LIMIT for part in some):
            continue
        if act is not None:
            used = {part.words for part in some}
            return [*(one for one in acts if not (isinstance(one, Chat | Deny | Affirm) and one.words in used)), act]
    return acts


def _said_plainly(part: Part, context: Context) -> str:
    """A yes or a no in the word that every question knows: "neeh"."""
    if part.kind not in (PartKind.YES, PartKind.NO) or part.certainty < SURE_OF_REPLY:
        return part.words
    known = context.answers.compiled.reply_words
    return (known.yes if part.kind is PartKind.YES else known.no)[0]


def _in_full(text: str, acts: tuple[Act, ...], parts: Sequence[Part], context: Context) -> tuple[Act, ...]:
    """A message that is only a wish, or a job, is kept in full: "lerares basisschool, zij-instroom" says more."""
    match acts:
        case (Fill() as only,) if (
            isinstance(context.asked, Collect)
            and context.asked.vocabulary is not None
            and only.question == context.asked.id
            and not any(part.kind in ASIDE for part in parts)
        ):
            said = text.strip(" ,;")
            return (replace(only, reading=replace(only.reading, value=said, raw=said), words=said),)
        case _:
            return acts


# ------------------------------------------------------------------ what they do not want
def _with_exclusions(acts: list[Act], context: Context) -> list[Act]:
    """What they do not want belongs to the wish: behind it, or behind the wish that they told before."""
    excluded = [act.words for act in acts if isinstance(act, Exclude)]
    wish = context.by_role.get(FactRole.WISH)
    if not excluded or wish is None:
        return acts
    told = next((act for act in acts if isinstance(act, Fill) and act.question == wish.id), None)
    before = told.words if told else context.words.get(wish.id, "")
    words = ", ".join(filter(None, [before, *excluded]))
    act = fill(wish, words, context)
    return [*(one for one in acts if one is not told), act] if isinstance(act, Fill) else acts


# ------------------------------------------------------------------ one reading of the whole
def _resolved(acts: Iterable[Act], context: Context) -> Iterator[Act]:
    """At most one answer to a question: the last that is recognised, since people correct themselves behind it."""
    acts = list(acts)
    if any(map(_speaks_against, acts)):
        acts = [act for act in acts if not _decides(act, context)]
    best: dict[str, Fill] = {}
    questions = {
        one.id: one for one in (*context.questions, *([context.asked] if isinstance(context.asked, Collect) else []))
    }
    for act in acts:
        if isinstance(act, Fill):
            best[act.question] = _better(best.get(act.question), act, questions.get(act.question))
    said = set[str]()
    for act in acts:
        if isinstance(act, Fill):
            if act.question in said:
                continue
            said.add(act.question)
            act = best[act.question]
            known = context.known.get(act.question)
            yield replace(act, corrects=act.question in context.known and known != act.reading.value)
        elif not (isinstance(act, Which) and act.question in best):
            yield act


def _speaks_against(act: Act) -> bool:
    return isinstance(act, Ask | Wrong | Exclude) or (isinstance(act, Chat) and act.talk is PartKind.COMPLAINT)


def _decides(act: Act, context: Context) -> bool:
    """Whether it is a yes, no more certain than likely, to a question that tells nothing of them: "shall I go on?"."""
    if not isinstance(act, Fill) or act.reading.value is not True or act.reading.certainty == CERTAIN:
        return False
    asked = context.asked
    is_asked = isinstance(asked, Collect) and asked.id == act.question
    return is_asked and role_of(asked, context.answers.compiled) is None if isinstance(asked, Collect) else False


def _better(one: Fill | None, other: Fill, question: Collect | None) -> Fill:
    if one is None or question is None:
        return other
    if type_of(question).in_own_words:
        if not is_recognised(question, other.reading):
            return one
        if is_recognised(question, one.reading):
            # Two jobs, or two wishes: both are said.
            words = f"{one.words} {other.words}"
            return Fill(one.question, replace(one.reading, value=words, raw=words), words)
    return other if other.reading.certainty >= one.reading.certainty else one

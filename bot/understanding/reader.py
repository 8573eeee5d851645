"""From a message to its acts: cut into parts, each part read by who knows its kind, and one reading of the whole.

`cutting` cuts, `facts` and its neighbours read, `asked` looks for the answer, `resolving` makes one of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.answers import CERTAIN, CLEAR, WORKED_OUT, Understood, role_of, type_of
from bot.answers.question_form import is_question
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole, PartKind
from bot.matching import fold
from bot.recognisers.companies import IS_ONE
from bot.recognisers.parts import Part
from bot.understanding.abroad import of_elsewhere
from bot.understanding.acts import (
    COMMANDS,
    COMPANY,
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
from bot.understanding.asked import SURE_OF_REPLY, agreed, with_answer
from bot.understanding.company import of_company
from bot.understanding.context import Context
from bot.understanding.cutting import around, cut
from bot.understanding.facts import ROLES, fill, question_for
from bot.understanding.foreign import foreign_acts
from bot.understanding.job_or_wish import SURE_OF_QUESTION
from bot.understanding.named import by_name
from bot.understanding.passing import in_passing, wished_in_question
from bot.understanding.picks import numbered, picked
from bot.understanding.resolving import in_full, resolved, with_exclusions, without_refused

MAY_BE_REQUEST = 0.1  # probability
SURE_OF_OTHERS = 0.7
SURE_IN_A_LIST = 0.6  # that a number among other facts is an age
SURE_OF_NAME = 0.75  # of one in small letters
SURE_OF_COMPLAINT = 0.25

SAYS: Mapping[PartKind, Callable[[str], Act]] = {
    PartKind.DONT_KNOW: DontKnow,
    PartKind.REFUSE: Refuse,
    PartKind.WRONG: Wrong,
    PartKind.GREET: lambda words: Chat(PartKind.GREET, words),
    PartKind.THANKS: lambda words: Chat(PartKind.THANKS, words),
    PartKind.COMPLAINT: lambda words: Chat(PartKind.COMPLAINT, words),
    PartKind.WEARY: lambda words: Chat(PartKind.WEARY, words),
    PartKind.CHAT: lambda words: Chat(PartKind.CHAT, words),
}
SERIOUS = {
    PartKind.WRONG: SURE_OF_REPLY,
    PartKind.COMPLAINT: SURE_OF_COMPLAINT,
    PartKind.WEARY: SURE_OF_COMPLAINT,
}
"""How sure it must be that something is taken back, or asks for a human word: a mere likeness does neither."""
TOLD = frozenset({PartKind.EXCLUDE, PartKind.NAME, PartKind.REACH})  # beside the facts that have a role
SILENT = frozenset({PartKind.OTHER, PartKind.PERMIT, PartKind.EMPLOYER})
"""Of somebody else, kept as a cue, or heard in the whole message."""
OF_ONE = frozenset({PartKind.WHY, PartKind.PLAN})
"""What may be asked of one of the cards on the screen: "waarom staat die bovenaan"."""
WORDS_OF_A_FRAGMENT = 3
SURE_AS_A_JOB = 0.97  # that it is no answer: "ik ben werkgever van een kapsalon" is what somebody does


def understand(text: str, context: Context, foreign: str | None = None) -> Understanding:
    """The acts of a (clean) message. Pure; the same text and context give the same acts.

    `foreign`: the language of the text, when it is none that is spoken here.
    """
    if foreign:
        return Understanding(tuple(resolved(foreign_acts(text, foreign, context), context)), ())
    company = context.answers.compiled.companies.likely(text)
    parts = cut(text, context)
    # Who asks for "iemand" to talk to looks for nobody to take on.
    is_hardly_one = _asks_for_a_job(context) or any(PartKind.HUMAN in (part.kind, part.second) for part in parts)
    is_company = company >= (SURE_AS_A_JOB if is_hardly_one else IS_ONE)
    if not is_company:
        parts = [_of_a_person(part) for part in parts]
    facts = sum(part.kind in ROLES for part in parts)
    acts: list[Act] = []
    unread: list[str] = []
    for part in parts:
        listed = facts > 1 and part.certainty >= SURE_IN_A_LIST
        found = list(_acts(part, context, around=around(text, part), listed=listed))
        acts += found
        if not found and part.kind not in SILENT and part.kind is not PartKind.LIMIT:
            unread.append(part.words)
    acts += _limits(text, parts, context)
    if is_company:
        acts.append(Request(COMPANY, "", text, company))
    if named := list(by_name(text, context)):
        # Of the number that they say to another fact, the open question hears nothing.
        acts = [*named, *(act for act in acts if not _is_of_asked(act, context))]
    filled = [act.question for act in acts if isinstance(act, Fill | Which)]
    acts += in_passing(text, parts, filled, context)
    acts += of_company(text, filled, context)
    acts += wished_in_question(acts, parts, context)
    if not named:
        acts = agreed(with_answer(text, acts, parts, context), context)
    # Last: papers that are named beside an answer are no answer to the open question.
    filled = [act.question for act in acts if isinstance(act, Fill | Which)]
    acts += of_elsewhere([part.words for part in parts if not _is_not_theirs(part)], filled, context)
    acts = without_refused(with_exclusions(acts, context), context)
    told = " ".join(part.words for part in parts if part.kind in ROLES or part.kind in TOLD)
    own = " ".join(part.words for part in parts if not _is_not_theirs(part))
    begins_with_another = context.answers.compiled.counting.begins_with_another
    of_others = begins_with_another(text) or any(begins_with_another(part.words) for part in parts)
    whole = in_full(text, tuple(resolved(acts, context)), parts, context)
    return Understanding(whole, tuple(unread), told, own, of_others)


def _is_of_asked(act: Act, context: Context) -> bool:
    return isinstance(act, Fill) and isinstance(context.asked, Collect) and act.question == context.asked.id


def _is_not_theirs(part: Part) -> bool:
    """Whether it tells nothing of themselves: a question, or what is surely about somebody else."""
    return part.kind is PartKind.ASK or (part.kind is PartKind.OTHER and part.certainty >= SURE_OF_OTHERS)


def _asks_for_a_job(context: Context) -> bool:
    asked = context.asked
    return isinstance(asked, Collect) and role_of(asked, context.answers.compiled) is FactRole.JOB


def _of_a_person(part: Part) -> Part:
    """What is like the words of a company is something else when a person says it: "een baan bij een klein bedrijf"."""
    is_of_company = part.kind is PartKind.EMPLOYER
    return replace(part, kind=part.second, certainty=part.second_certainty) if is_of_company else part


def _acts(part: Part, context: Context, *, around: str, listed: bool) -> Iterator[Act]:
    """What one part says."""
    match part.kind:
        case PartKind.YES | PartKind.NO:
            yield from _yes_or_no(part, context)
        case PartKind.EXCLUDE:
            yield from _exclusion(part, context)
        case PartKind.LIMIT:
            # A limit is found in the whole message (`_limits`); "liever niet in de zorg" is work that they do not want.
            # Not of what is hardly one: "ik heb geen laptop" refuses no work with computers.
            if not context.is_personal and (part.second is PartKind.EXCLUDE or part.certainty >= SURE_OF_REPLY):
                yield from (act for act in _exclusion(part, context) if act.sectors or act.occupations)
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
            likeness = part.certainty < SERIOUS.get(kind, 0.0) or _may_answer(part, context)
            act = SAYS[PartKind.CHAT if likeness else kind](part.words)
            yield replace(act, certainty=part.certainty) if isinstance(act, Chat) else act
        case _:
            yield from _fact(part, context, around=around, listed=listed)


def _may_answer(part: Part, context: Context) -> bool:
    """Whether a few words that complain may well answer what was asked: "hier niks", behind a degree from elsewhere."""
    if part.kind is not PartKind.COMPLAINT:
        return False
    second = question_for(replace(part, kind=part.second), context)
    return second is not None and second == context.asked and len(part.words.split()) <= WORDS_OF_A_FRAGMENT


def _request(part: Part, context: Context) -> Act:
    """What the bot is asked to do; what may as well be a question is answered first, when there is an answer.

    Not the first step of what is on the screen: "hoe begin ik" is about that.
    """
    spoken, of_cards = context.answers.compiled.spoken, part.kind is PartKind.PLAN and context.cards > 0
    if (
        not of_cards
        and part.second is PartKind.ASK
        and part.certainty < SURE_OF_QUESTION
        and is_question(part.words, spoken)
    ):
        return Ask(part.words, COMMANDS[part.kind], part.certainty)
    of_one = numbered(part.words, context) if part.kind in OF_ONE else None
    return Request(COMMANDS[part.kind], of_one or "", part.words, part.certainty)


def _fact(part: Part, context: Context, *, around: str, listed: bool) -> Iterator[Act]:
    question = question_for(part, context)
    in_a_list = listed and _is_set_apart(part, around)
    if question != context.asked and not in_a_list and _is_hardly_a_place(part, context):
        return
    if part.kind is PartKind.WISH and _is_a_liking(part, context):
        return
    act = (
        fill(question, part.words, context, states=True, part=part, listed=listed, around=around) if question else None
    )
    if isinstance(act, Fill) and part.kind is PartKind.NAME and _is_hardly_a_name(part):
        act = replace(act, reading=replace(act.reading, certainty=WORKED_OUT))  # it is asked back
    if act is not None:
        yield act


def _is_a_liking(part: Part, context: Context) -> bool:
    """Whether a wish without work is said to a card: "ik ben graag buiten" tells what they like."""
    if not isinstance(context.asked, Collect) or not type_of(context.asked).may_be_enough:
        return False
    read = context.answers.compiled.wishes
    return not (read.read(part.words, Vocabulary.DESIRED_WORK).occupations or read.sectors_in(part.words))


def _is_hardly_a_place(part: Part, context: Context) -> bool:
    """ "Zetten" of "glas zetten": an ordinary word, in small letters, and no word of a place before it."""
    return part.words.islower() and context.answers.compiled.places.is_ordinary_word(part.words)


def _is_set_apart(part: Part, around: str) -> bool:
    """Whether a sign stands before it, or nothing: "44, zetten, vmbo", and not "timmeren of glas zetten"."""
    before = around.partition(part.words)[0].rstrip()
    return not before or not before[-1].isalnum()


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
    """The sectors and occupations in it, whether or not a "no" stands there: that it refuses, the part says.

    Not in the words of a limit: who has no driving licence refuses no work in transport.
    """
    compiled = context.answers.compiled
    of_limits = {word for found in compiled.limits.find(part.words) for word in fold(found.words).split()}
    said = " ".join(word for word in part.words.split() if fold(word).strip(",.!?") not in of_limits)
    reading = compiled.wishes.read(said, Vocabulary.DESIRED_WORK)
    named = (*reading.excluded, *reading.sectors) if part.kind is PartKind.EXCLUDE else reading.excluded
    wanted = tuple(one.label for one in reading.occupations) if part.kind is PartKind.EXCLUDE else ()
    yield Exclude(tuple(dict.fromkeys(named)), (*reading.refused, *wanted), part.words)


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

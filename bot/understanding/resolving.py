"""One reading of the whole: at most one answer to a question, and what speaks against what."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.answers import CERTAIN, role_of, type_of
from bot.content.flow import Collect, Vocabulary
from bot.content.knowledge import FactRole, PartKind
from bot.content.sentence_keys import Sentence
from bot.matching import words
from bot.recognisers.parts import Part
from bot.text import fill as fill_in
from bot.understanding.acts import (
    Act,
    Ask,
    Chat,
    Exclude,
    Fill,
    Limit,
    Request,
    Which,
    Wrong,
)
from bot.understanding.context import Context
from bot.understanding.facts import fill, is_recognised

ASIDE = frozenset({PartKind.OTHER, PartKind.CHAT, PartKind.COMPLAINT, PartKind.GREET, PartKind.THANKS, PartKind.WRONG})


def in_full(text: str, acts: tuple[Act, ...], parts: Sequence[Part], context: Context) -> tuple[Act, ...]:
    """A message that is only a wish, or a job, is kept in full: "lerares basisschool, zij-instroom" says more."""
    match acts:
        case (Fill() as only,) if (
            isinstance(context.asked, Collect)
            and context.asked.vocabulary is not None
            and only.question == context.asked.id
            and not any(part.kind in ASIDE for part in parts)
        ):
            said = text.strip(" ,;")
            if not _says_all(said, only.words, context.asked.vocabulary, context):
                return acts
            return (replace(only, reading=replace(only.reading, value=said, raw=said), words=said),)
        case _:
            return acts


def _says_all(said: str, words: str, kind: Vocabulary, context: Context) -> bool:
    """Whether what some words say of work is said by all of a text too: a refusal before them may reach too far."""
    whole, own = (context.answers.compiled.work(one, kind) for one in (said, words))
    return set(own.occupations) <= set(whole.occupations) and set(own.excluded) <= set(whole.excluded)


def with_exclusions(acts: list[Act], context: Context) -> list[Act]:
    """What they do not want belongs to the wish: behind it, or behind the wish that they told before."""
    # What names work and no refusal of it ("uwv doet niks") is in no wish.
    wishes = context.answers.compiled.wishes
    excluded = [
        _refusal(act, context)
        for act in acts
        if isinstance(act, Exclude)
        and (act.sectors or act.occupations)
        and not wishes.read(act.words, Vocabulary.DESIRED_WORK).occupations
    ]
    wish = context.by_role.get(FactRole.WISH)
    if not excluded or wish is None:
        return acts
    told = next((act for act in acts if isinstance(act, Fill) and act.question == wish.id), None)
    before = told.words if told else context.words.get(wish.id, "")
    words = ", ".join(filter(None, [before, *excluded]))
    act = fill(wish, words, context)
    return [*(one for one in acts if one is not told), act] if isinstance(act, Fill) else acts


def _refusal(act: Exclude, context: Context) -> str:
    """The words that refuse work; "geen bouw", where only the whole message tells that they do."""
    read = context.answers.compiled.wishes.read(act.words, Vocabulary.DESIRED_WORK)
    if read.excluded or read.refused:
        return act.words
    content, language = context.answers.compiled.content, context.answers.language
    known = content.knowledge
    names = [known.sectors[one].name for one in act.sectors] + [known.occupations[one].name for one in act.occupations]
    refused = content.sentences[Sentence.NO_SUCH_WORK][language]
    return ", ".join(fill_in(refused, {"work": name[language]}) for name in names)


def without_refused(acts: list[Act], context: Context) -> list[Act]:
    """Of several choices, none that a limit refuses: "'s avonds" of "'s avonds kan ik niet"."""
    known = context.answers.compiled.reply_words
    refused = [set(words(act.words)) for act in acts if isinstance(act, Limit) and known.negates(act.words)]
    several = {one.id for one in context.questions if type_of(one).is_of_several}
    return [
        act
        for act in acts
        if not (
            isinstance(act, Fill)
            and act.question in several
            and any(limit.issuperset(words(act.words)) for limit in refused)
        )
    ]


def resolved(acts: Iterable[Act], context: Context) -> Iterator[Act]:
    """At most one answer to a question: the last that is recognised, since people correct themselves behind it."""
    acts = _about_the_result(list(acts), context)
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


def _about_the_result(acts: list[Act], context: Context) -> list[Act]:
    """A no with more behind it, where we only ask how to go on from what is shown, is a no to what is shown: "nee, dat
    is niks voor mij". What it may ask for is likelier with it."""
    no = next((act for act in acts if isinstance(act, Fill) and act.reading.value is False), None)
    if no is None or not context.cards or not _steers(no, context):
        return acts
    if not any(isinstance(act, Request) or _speaks_against(act) for act in acts):
        return acts
    return [
        replace(act, certainty=(1 + act.certainty) / 2) if isinstance(act, Request) else act
        for act in acts
        if act is not no
    ]


def _decides(act: Act, context: Context) -> bool:
    """Whether it is a yes, no more certain than likely, to a question that tells nothing of them: "shall I go on?"."""
    likely = isinstance(act, Fill) and act.reading.value is True and act.reading.certainty != CERTAIN
    return likely and _steers(act, context)


def _steers(act: Act, context: Context) -> bool:
    """Whether it answers the open question, and that tells nothing of them."""
    asked = context.asked
    is_asked = isinstance(asked, Collect) and isinstance(act, Fill) and asked.id == act.question
    return is_asked and isinstance(asked, Collect) and role_of(asked, context.answers.compiled) is None


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

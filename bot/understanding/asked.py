"""The open question: what is left of a message that answers it, and a yes or a no beside a choice."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import CLEAR, Unclear, Understood, read, type_of
from bot.content.flow import Collect
from bot.content.knowledge import PartKind
from bot.recognisers.parts import Part
from bot.understanding.acts import Act, Affirm, Chat, Deny, Exclude, Fill, Which
from bot.understanding.context import Context
from bot.understanding.cutting import WORDS_OF_AN_ANSWER
from bot.understanding.facts import ROLES, fill

SURE_OF_REPLY = 0.45  # probability; less is no yes, no no, and takes nothing back


def with_answer(text: str, acts: list[Act], parts: Sequence[Part], context: Context) -> list[Act]:
    """Let the open question read what is left, when no part is an answer to it."""
    asked = context.asked
    if not isinstance(asked, Collect) or context.moment != asked.id:
        return acts
    if any(isinstance(act, Fill | Which) and act.question == asked.id for act in acts) or _passes_over(asked, acts):
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


def _passes_over(asked: Collect, acts: Sequence[Act]) -> bool:
    """Whether a message says nothing of the card that is open: "zorg niet meer"."""
    refuses = any(isinstance(act, Exclude) and (act.sectors or act.occupations) for act in acts)
    return refuses and type_of(asked).may_be_enough


def agreed(acts: list[Act], context: Context) -> list[Act]:
    """A choice that was worked out, and the yes or no before it that says the same: "ja, vast" is not asked back."""
    asked, known = context.asked, context.answers.compiled.reply_words
    replies = [act for act in acts if isinstance(act, Affirm | Deny)]
    if not isinstance(asked, Collect) or not type_of(asked).chooses or len(replies) != 1 or context.played_back:
        return acts
    word = (known.yes if isinstance(replies[0], Affirm) else known.no)[0]
    match read(asked, word, context.answers):
        case Understood(value=value):
            meant = {value}
        case Unclear(options):
            meant = {option.raw for option in options}
        case _:
            return acts
    sure = [
        replace(act, reading=replace(act.reading, certainty=max(act.reading.certainty, CLEAR)))
        if isinstance(act, Fill) and act.question == asked.id and act.reading.value in meant
        else act
        for act in acts
    ]
    return sure if sure == acts else [act for act in sure if act is not replies[0]]


def _said_plainly(part: Part, context: Context) -> str:
    """A yes or a no in the word that every question knows: "neeh"."""
    if part.kind not in (PartKind.YES, PartKind.NO) or part.certainty < SURE_OF_REPLY:
        return part.words
    known = context.answers.compiled.reply_words
    return (known.yes if part.kind is PartKind.YES else known.no)[0]

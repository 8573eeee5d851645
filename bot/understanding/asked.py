"""The open question: what is left of a message that answers it, and a yes or a no beside a choice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answers import CLEAR, WORKED_OUT, Option, Unclear, Understood, ends_as_question, read, type_of
from bot.answers.polarity import read_reply
from bot.compiled import Compiled
from bot.content.flow import Collect
from bot.content.knowledge import FactRole, PartKind
from bot.recognisers.parts import Part
from bot.understanding.acts import Act, Affirm, Ask, Chat, Deny, Exclude, Fill, Limit, Which, Wrong
from bot.understanding.context import Context
from bot.understanding.facts import ROLES, fill, question_for
from bot.understanding.job_or_wish import WORDS_OF_AN_ANSWER

SURE_OF_COMPLAINT = 0.5  # probability
SURE_OF_REPLY = 0.45  # probability; less is no yes, no no, and takes nothing back


def with_answer(text: str, acts: list[Act], parts: Sequence[Part], context: Context) -> list[Act]:
    """Let the open question read what is left, when no part is an answer to it."""
    asked = context.asked
    if not isinstance(asked, Collect) or context.moment != asked.id:
        return acts
    if answers := {act.words for act in acts if isinstance(act, Fill | Which) and act.question == asked.id}:
        # "Een leerling" answers and asks nothing, whatever it resembles.
        return [
            act for act in acts if not (isinstance(act, Ask) and act.words in answers) or ends_as_question(act.words)
        ]
    if _passes_over(text, asked, acts, context):
        return acts
    if len(text.split()) <= WORDS_OF_AN_ANSWER and not text.rstrip(" !.").endswith("?"):
        # A short text that reads is the answer, whatever it resembles: "voor mijn personeel" asks for none.
        refuses = type_of(asked).is_yes_or_no and any(isinstance(act, Limit | Exclude | Wrong) for act in acts)
        unread = type_of(asked).in_own_words or refuses or _complains(parts)
        act = None if unread else fill(asked, text, context)
        if isinstance(act, Fill) and not any(isinstance(one, Fill) for one in acts):
            return [act]
    told = _may_answer(asked, acts, context)
    filled = {act.words for act in acts if isinstance(act, Fill | Which)}
    rest = [part for part in parts if part.kind in told and part.words not in filled]
    if type_of(asked).in_own_words:
        return acts or list(_lone_number(parts, context))
    for some in [rest, *([part] for part in rest)]:
        act = fill(asked, " ".join(_said_plainly(part, context) for part in some), context) if some else None
        # "Niet in het weekend" is no "not at all" to how well they speak Dutch.
        if isinstance(act, Which) and all(part.kind is PartKind.LIMIT for part in some):
            continue
        if act is not None:
            used = {part.words for part in some}
            return [*(one for one in acts if not (isinstance(one, Chat | Deny | Affirm) and one.words in used)), act]
    return acts or list(_lone_number(parts, context))


def _changes(act: Fill, context: Context) -> bool:
    """Whether it says something else than what is known; "nee want ik heb werk", of who told so, does not."""
    return act.question in context.known and context.known[act.question] != act.reading.value


def _complains(parts: Sequence[Part]) -> bool:
    """Whether a text is a complaint and nothing else: "jullie snappen er niks van" is no "niks" to a benefit."""
    return all(part.kind is PartKind.COMPLAINT and part.certainty >= SURE_OF_COMPLAINT for part in parts)


def _lone_number(parts: Sequence[Part], context: Context) -> Iterator[Fill]:
    """A bare number where none is asked answers what was not told yet, by its size, and is asked back: "44".

    Of who told their age, and is asked for no more than a yes or no, it is the hours that they have.
    """
    if len(parts) != 1 or not parts[0].words.strip().isdigit():
        return
    steers = isinstance(context.asked, Collect) and type_of(context.asked).is_yes_or_no
    for question in (question_for(parts[0], context), context.by_role.get(FactRole.HOURS) if steers else None):
        is_open = question is not None and context.known.get(question.id) is None
        reading = read(question, parts[0].words, context.answers) if question and is_open else None
        if question and isinstance(reading, Understood):
            yield Fill(question.id, replace(reading, certainty=WORKED_OUT), parts[0].words)
            return


def _may_answer(asked: Collect, acts: Sequence[Act], context: Context) -> set[PartKind]:
    """The kinds of part that the open question may read as its answer."""
    told = {PartKind.LIMIT, PartKind.EXCLUDE, PartKind.CHAT, PartKind.YES, PartKind.NO, *ROLES}
    if type_of(asked).is_yes_or_no:
        told -= {PartKind.LIMIT, PartKind.EXCLUDE}  # "niet meer sjouwen" is no no to "shall I search on?"
    if context.played_back and any(isinstance(act, Fill) and _changes(act, context) for act in acts):
        told -= {PartKind.YES, PartKind.NO}  # "nee, Lelystad" speaks of what we played back
    if type_of(asked).is_yes_or_no:
        told -= {PartKind.CHAT}  # "nou ja, misschien later" says no yes
    return told


def _passes_over(text: str, asked: Collect, acts: Sequence[Act], context: Context) -> bool:
    """Whether a message says nothing of the card that is open: "zorg niet meer"; "ik ben graag buiten", at another."""
    if not type_of(asked).may_be_enough:
        return False
    liked = context.answers.compiled.likings.read(text)
    of_others = bool(liked) and not liked & about_card(asked.id, context.answers.compiled)
    return of_others or any(isinstance(act, Exclude) and (act.sectors or act.occupations) for act in acts)


def about_card(card: str, compiled: Compiled) -> frozenset[str]:
    """What a card is about: an interest or a trait."""
    likings = compiled.content.knowledge.exploring.likings
    interests = {one.id.value for one in likings.interests if card in one.cards}
    return frozenset(interests | {one.id.value for one in likings.traits if one.card == card})


def agreed(acts: list[Act], context: Context) -> list[Act]:
    """A choice that was worked out, and the yes or no before it that says the same: "ja, vast" is not asked back."""
    asked, known = context.asked, context.answers.compiled.reply_words
    replies = [act for act in acts if isinstance(act, Affirm | Deny)]
    if not isinstance(asked, Collect) or not type_of(asked).chooses or len(replies) != 1 or context.played_back:
        return acts
    if (which := _against(replies[0], acts, asked, context)) is not None:
        return [act for act in acts if act is not replies[0] and getattr(act, "question", "") != asked.id] + [which]
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


def _against(reply: Affirm | Deny, acts: Sequence[Act], asked: Collect, context: Context) -> Which | None:
    """What is asked back when a choice goes against the yes or no before it: "ja nog 5 jaar tot mijn pensioen".

    A yes speaks for the choices that open with it ("Ja, in dienst"), and a no against those: "nee, ik studeer" is none.
    Where "Nee" is a choice of its own, a no speaks against all others: "nee, ww is afgelopen".
    """
    language, known = context.answers.language, context.answers.compiled.reply_words
    says = isinstance(reply, Affirm)
    chosen = next((act for act in acts if isinstance(act, Fill) and act.question == asked.id), None)
    labels = {choice.value: read_reply(choice.label[language], known) for choice in asked.choices}
    alike = [value for value, label in labels.items() if label.says is says]
    if chosen is None or not alike or chosen.reading.value in alike:
        return None
    bars_all = says or any(label.says is False and not label.rest for label in labels.values())
    if not bars_all and labels[str(chosen.reading.value)].says is None:
        return None
    options = [
        Option(choice.value, choice.label[language])
        for choice in asked.offered(context.answers.today)
        if choice.value == chosen.reading.value or choice.value in alike
    ]
    return Which(asked.id, tuple(options), chosen.words)


def _said_plainly(part: Part, context: Context) -> str:
    """A yes or a no in the word that every question knows: "neeh"."""
    if part.kind not in (PartKind.YES, PartKind.NO) or part.certainty < SURE_OF_REPLY:
        return part.words
    known = context.answers.compiled.reply_words
    return (known.yes if part.kind is PartKind.YES else known.no)[0]

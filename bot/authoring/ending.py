"""The end of a programme or scheme, written wherever it stands; what follows by itself is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.authoring.editing import Document, facts_of, find, quoted, text_of, value_of, written
from bot.content.knowledge import Knowledge, Subsidy
from bot.content.problems import did_you_mean
from bot.content.strict_yaml import MappingNode
from bot.errors import BotError

ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ending:
    """`on`: the last day; `source`: where it was read, on `checked`."""

    on: date
    replaced_by: Sequence[str]
    source: str | None
    quote: str | None
    checked: date


def end(root: Path, item: str, ending: Ending, knowledge: Knowledge) -> list[str]:
    """Write that something ends, and give what was written and what follows, line by line; raises BotError."""
    known = {one.id for one in knowledge.items}
    for other in ending.replaced_by:
        if other not in known:
            raise BotError(f"There is no programme or scheme {other!r}. {did_you_mean(other, known) or ''}".strip())
    document, entry = find(root, item)
    if document.kind not in ("programmes", "subsidies"):
        raise BotError(f"{item!r} is in {document.name}: only a programme or a scheme can end.")
    later = ending.on >= ending.checked
    if later and document.kind == "programmes":
        raise BotError(f"A programme has no last day to come. Run this again after {ending.on}.")
    lines = []
    if document.kind == "subsidies":
        _last_day(document, entry, ending.on)
        lines.append(f"valid until {ending.on}")
    if not later:
        document.set(entry, "status", ENDED)
        lines.append("status: ended, of the item and of its fact 'status'")
    _fact(document, entry, ending, ended=not later)
    if ending.replaced_by:
        document.set(entry, "replaced_by", f"[{', '.join(ending.replaced_by)}]", before="url")
        lines.append(f"replaced by {', '.join(ending.replaced_by)}")
    document.save()
    return [*(f"{document.at(entry)}: {line}" for line in lines), *_follows(item, ending, knowledge, later=later)]


def _last_day(document: Document, entry: MappingNode, on: date) -> None:
    valid = value_of(entry, "valid")
    if isinstance(valid, MappingNode):
        document.set(valid, "until", quoted(on.isoformat()))
    else:
        document.set(entry, "valid", f'{{from: null, until: "{on}"}}', before="summary")


def _fact(document: Document, entry: MappingNode, ending: Ending, *, ended: bool) -> None:
    fact = facts_of(entry).get("status")
    if fact is None:
        raise BotError(f"{text_of(entry, 'id')!r} has no fact 'status': add one, with its source, and run this again.")
    if ended:
        document.set(fact, "value", ENDED)
    document.set(fact, "checked", quoted(ending.checked.isoformat()))
    if ending.source:
        document.set(fact, "source", written(ending.source))
    if ending.quote or (ending.source and value_of(fact, "quote") is not None):
        # The words of the old page do not stand on the new one.
        document.set(fact, "quote", quoted(ending.quote) if ending.quote else "null", before="date")


def _follows(item: str, ending: Ending, knowledge: Knowledge, *, later: bool) -> list[str]:
    """What the bot does with it from then on, and what an editor may look at."""
    of = knowledge.item(item)
    when = f"From the day after {ending.on}" if later else "From now on"
    lines = [f"{when} it is said to have ended, and never offered."]
    for question in knowledge.questions.values():
        if item in question.about:
            what = (
                "says itself that it ended" if question.after_its_end else "says that it ended, in place of its answer"
            )
            lines.append(f"{question.at}: the answer to {question.id!r} {what}")
    requiring = [one for one in knowledge.subsidies.values() if item in one.requires]
    lines += [f"{one.at}: {one.id!r} requires it: does that still hold?" for one in requiring]
    if isinstance(of, Subsidy) and of.must_say:
        lines.append(f"{of.at}: 'must_say' still goes along with it: does it still say what is so?")
    return lines

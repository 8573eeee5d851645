"""A check written back into the YAML: what somebody saw on a page, of one item or of everything on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.authoring.editing import KINDS, Document, documents, facts_of, find, quoted, text_of, value_of, written
from bot.content.problems import Location
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode
from bot.errors import BotError

WITH_PAGES = (*KINDS, "care", "qualifications", "schools", "demands", "interests")
LINK = "url"  # of an item, and where its mapping has no day: it was given, and nothing was read there
ADDRESSES = ("source", "legal_source", "website", "adults_page", LINK)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What someone saw: on which page, of which date, and when they looked. None leaves what is written.

    `value`: what stands there now: one word or number, or a text by language.
    """

    checked: date
    source: str | None = None
    dated: str | None = None
    quote: str | None = None
    value: str | Mapping[str, str] | None = field(default=None)


def confirm(root: Path, item: str, fields: Iterable[str], seen: Confirmation) -> list[Location]:
    """Write a check into the YAML of `item`, and touch nothing else in the file; gives the facts that were changed.

    Raises BotError when there is no such item or fact. No `fields` means all facts of the item.
    """
    document, entry = find(root, item)
    facts, only = facts_of(entry), frozenset(fields)
    if isinstance(value_of(entry, "sources"), SequenceNode):
        only = frozenset()  # an answer has no facts with a name: it is checked as a whole
    if missing := only - facts.keys():
        raise BotError(f"{item!r} has no fact {', '.join(sorted(missing))}; it has {', '.join(facts)}.")
    chosen = [fact for name, fact in facts.items() if not only or name in only]
    if len(chosen) != 1 and (seen.value is not None or seen.quote is not None):
        raise BotError(f"A value or a quote belongs to one fact. Say which: --field {' or '.join(facts)}")
    _possible(seen)
    for fact in chosen:
        _write(document, fact, seen)
    document.save()
    return [document.at(fact) for fact in chosen]


def confirm_page(root: Path, url: str, seen: Confirmation) -> list[Location]:
    """Write a check into everything that was read on a page; a new source is written into its links too.

    Raises BotError when nothing was read there.
    """
    _possible(seen)
    found: list[Location] = []
    only_links: list[str] = []
    for document in documents(root, WITH_PAGES):
        changed: list[MappingNode] = []
        for entry in document.entries():
            here = list(_on_page(entry, url))
            read = list(dict.fromkeys(one for one, key in here if value_of(one, "checked") or key != LINK))
            dated = [one for one in read if value_of(one, "checked")]
            for one in dated or read:  # a rule without a day of its own has that of the facts beside it
                document.set(one, "checked", quoted(seen.checked.isoformat()))
                if seen.dated is not None and value_of(one, "date"):
                    document.set(one, "date", quoted(seen.dated))
            for one, key in here if seen.source else ():
                document.set(one, key, written(seen.source or url))
            changed += dict.fromkeys([*(dated or read), *(one for one, _ in here if seen.source)])
            if here and not read:
                only_links.append(text_of(entry, "id") or document.name)
        if changed:
            document.save()
            found += [document.at(node) for node in changed]
    if not found and only_links:
        items = ", ".join(only_links)
        raise BotError(f"Only a link of {items} leads to {url}. Give another with --source, or confirm the item.")
    if not found:
        raise BotError(f"Nothing was read on {url}. `overstap knowledge due` lists the pages.")
    return found


def _possible(seen: Confirmation) -> None:
    """Raises BotError for a page of a day on which nobody could have seen it."""
    looked = seen.checked.isoformat()
    if seen.dated is not None and seen.dated > looked[: len(seen.dated)]:
        raise BotError(f"The page is of {seen.dated}, and you looked on {looked}: one of the two is wrong.")


def _on_page(node: Node, url: str) -> Iterator[tuple[MappingNode, str]]:
    """Every mapping that names a page, with each key at which it does."""
    if isinstance(node, MappingNode):
        yield from ((node, key) for key in ADDRESSES if text_of(node, key) == url)
    if isinstance(node, MappingNode | SequenceNode):
        for child in node.value:
            yield from _on_page(child[1] if isinstance(node, MappingNode) else child, url)


def _write(document: Document, fact: MappingNode, seen: Confirmation) -> None:
    document.set(fact, "checked", quoted(seen.checked.isoformat()))
    if seen.source is not None:
        document.set(fact, "url" if value_of(fact, "url") else "source", written(seen.source))
    if seen.dated is not None:
        document.set(fact, "date", quoted(seen.dated))
    if seen.quote is not None:
        document.set(fact, "quote", quoted(seen.quote), before="date")
    if isinstance(seen.value, str):
        document.set(fact, "value", _as_before(fact, seen.value))
    elif seen.value is not None:
        words = ", ".join(f"{language}: {quoted(text)}" for language, text in seen.value.items())
        document.set(fact, "value", f"{{{words}}}")


def _as_before(fact: MappingNode, value: str) -> str:
    """A number stays a number and a text a text: as the old value was written."""
    old = value_of(fact, "value")
    if not isinstance(old, ScalarNode):
        raise BotError("This value is a text by language: --value nl=... --value en=...")
    return quoted(value) if old.style else value

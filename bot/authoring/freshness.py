"""Is it still true? Each kind of fact has a term (`knowledge/freshness.yaml`); after it, someone has to look again."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.content.files import paths
from bot.content.knowledge import Knowledge, Offerable, ProgrammeStatus, Subsidy, SubsidyStatus
from bot.content.problems import Location, Problem, Severity
from bot.content.strict_yaml import MappingNode, Node, ScalarNode, SequenceNode, compose
from bot.errors import BotError

OTHERWISE = 365  # days, for a kind of fact that freshness.yaml does not name
ANSWER = "answer"  # the kind of fact that the answer to a question is


@dataclass(frozen=True, slots=True)
class Check:
    """Something that has to be looked at again on `due`, at `source`. `shown`: how often people saw the item."""

    item: str
    field: str
    source: str
    checked: date
    term: timedelta
    shown: int
    at: Location

    @property
    def due(self) -> date:
        return self.checked + self.term

    def overdue_on(self, on: date) -> timedelta:
        return max(on - self.due, timedelta(0))


def checks(knowledge: Knowledge, shown: Mapping[str, int]) -> Iterator[Check]:
    """Every fact that can go out of date. What has ended stays ended, so it is left out."""

    every = knowledge.freshness.check_every

    def term(field: str) -> timedelta:
        # `amount_more` ages like `amount`, unless it has a term of its own.
        return timedelta(days=every.get(field) or every.get(field.partition("_")[0], OTHERWISE))

    items: list[Offerable | Subsidy] = [
        *(one for one in knowledge.programmes.values() if one.status is not ProgrammeStatus.ENDED),
        *knowledge.routes.values(),
        *(one for one in knowledge.subsidies.values() if one.status is not SubsidyStatus.ENDED),
    ]
    for item in items:
        for field, fact in item.facts.items():
            yield Check(item.id, field, fact.source, fact.checked, term(field), shown.get(item.id, 0), fact.at)
    for question in knowledge.questions.values():
        for source in question.sources:
            times = shown.get(question.id, 0)
            yield Check(question.id, ANSWER, source.url, source.checked, term(ANSWER), times, question.at)


def due(knowledge: Knowledge, on: date, shown: Mapping[str, int]) -> list[Check]:
    """What has to be verified by `on`: longest overdue first, and what most people see before what few see."""
    found = [check for check in checks(knowledge, shown) if check.due <= on]
    return sorted(found, key=lambda check: (check.due, -check.shown, check.item, check.field))


def overdue(knowledge: Knowledge, on: date) -> Iterator[Problem]:
    """A warning for what is past its term; an error for what is past twice its term."""
    for check in due(knowledge, on, {}):
        late = check.overdue_on(on)
        severity = Severity.ERROR if late >= check.term else Severity.WARNING
        message = f"{check.item}: '{check.field}' was checked on {check.checked}, {late.days} days past its term"
        hint = f"Look at {check.source}, then: overstap knowledge confirm {check.item} --field {check.field}"
        yield Problem(check.at, message, hint, "K020", severity)


# ------------------------------------------------------------------ writing a check back
@dataclass(frozen=True, slots=True)
class Confirmation:
    """What someone saw: on which page, of which date, and when they looked. None leaves what is written."""

    checked: date
    source: str | None = None
    dated: str | None = None


def confirm(root: Path, item: str, fields: Iterable[str], seen: Confirmation) -> list[Location]:
    """Write a check into the YAML of `item`, and touch nothing else in the file; gives the facts that were changed.

    Raises BotError when there is no such item or fact. No `fields` means all facts of the item.
    """
    for kind in ("programmes", "routes", "subsidies", "faq"):
        for path in paths(root, kind):
            name = path.relative_to(root).as_posix()
            node, _ = compose(path, name)
            entry = _entry(node, item)
            if entry is None:
                continue
            facts = _facts(entry, frozenset(fields), item)
            edits = [edit for fact in facts for edit in _edits(fact, seen)]
            text = path.read_text(encoding="utf-8")
            # From the end, so that an edit does not move the ones before it.
            for start, end, value in sorted(edits, reverse=True):
                text = text[:start] + value + text[end:]
            path.write_text(text, encoding="utf-8")
            return [Location(name, fact.start_mark.line + 1, fact.start_mark.column + 1) for fact in facts]
    unknown = f"There is no programme, route, scheme or question {item!r}."
    raise BotError(f"{unknown} `overstap knowledge due` lists what there is.")


def _entry(node: Node | None, item: str) -> MappingNode | None:
    entries = node.value if isinstance(node, SequenceNode) else []
    for entry in entries:
        if isinstance(entry, MappingNode):
            found = _value(entry, "id")
            if isinstance(found, ScalarNode) and found.value == item:
                return entry
    return None


def _facts(entry: MappingNode, fields: frozenset[str], item: str) -> list[MappingNode]:
    facts, sources = _value(entry, "facts"), _value(entry, "sources")
    if isinstance(sources, SequenceNode):
        return [source for source in sources.value if isinstance(source, MappingNode)]
    named = {key.value: value for key, value in facts.value} if isinstance(facts, MappingNode) else {}
    if missing := fields - named.keys():
        raise BotError(f"{item!r} has no fact {', '.join(sorted(missing))}; it has {', '.join(named)}.")
    return [value for name, value in named.items() if not fields or name in fields]


def _value(mapping: MappingNode, key: str) -> Node | None:
    return next((value for name, value in mapping.value if name.value == key), None)


def _edits(fact: MappingNode, seen: Confirmation) -> Iterator[tuple[int, int, str]]:
    """The stretches of text to replace: start, end (characters in the file), and what comes there."""
    values = {
        "checked": f'"{seen.checked.isoformat()}"',
        "source": seen.source and _plain(seen.source),
        "url": seen.source and _plain(seen.source),
        "date": seen.dated and f'"{seen.dated}"',
    }
    for key, value in fact.value:
        if new := values.get(key.value):
            yield value.start_mark.index, value.end_mark.index, new


def _plain(url: str) -> str:
    return url if re.fullmatch(r"[^\s#,{}\[\]\"']+", url) and ": " not in url else f'"{url}"'

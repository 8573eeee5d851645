"""Checks of limits and demands as a whole: names that are taken or point nowhere, labels that cannot be filled in."""

from collections.abc import Iterator, Mapping

from bot.content.exploring import Interest, Trait
from bot.content.knowledge import Knowledge
from bot.content.limits import Demands, LimitKind
from bot.content.patterns import Slot, parse
from bot.content.problems import Problem, did_you_mean
from bot.text import Text, placeholders

VALUE = frozenset({"value"})
PERCENT = frozenset({"percent"})


def problems_of(knowledge: Knowledge) -> Iterator[Problem]:
    first: dict[str, LimitKind] = {}
    for kind in knowledge.limits.kinds if knowledge.limits else ():
        if (other := first.setdefault(kind.id, kind)) is not kind:
            message = f"the limit {kind.id!r} is taken by {other.at}"
            yield Problem(kind.at, message, "Add the words to that one.", "K060")
        yield from _of_kind(kind)
        yield from _of_signs(kind, knowledge)
    if knowledge.demands:
        yield from _of_demands(knowledge.demands, first)


def _of_demands(demands: Demands, kinds: Mapping[str, LimitKind]) -> Iterator[Problem]:
    sources = [source.id for source in demands.sources]
    for work in demands.work:
        shares = dict.fromkeys(work.shares, work.shares_from or "")
        for kind, source in (*work.asks.items(), *work.hardly.items(), *shares.items()):
            if kind not in kinds:
                message, hint = f"there is no limit {kind!r}", did_you_mean(kind, kinds)
                yield Problem(work.at, message, hint, "K067", within=(kind,), lacks=kind)
            if source not in sources:
                message, hint = f"there is no source {source!r}", did_you_mean(source, sources)
                yield Problem(work.at, message, hint, "K068", within=(source,), lacks=source)


def _of_kind(kind: LimitKind) -> Iterator[Problem]:
    patterns = [pattern for listed in kind.measured.values() for pattern in listed]
    if patterns and kind.measured_label is None:
        hint = 'Write measured_label: {nl: "binnen {value} kilometer", ...}.'
        yield Problem(kind.at, f"{kind.id!r} is measured, and has no label with an amount", hint, "K061")
    for pattern in patterns:
        if not any(isinstance(part, Slot) for part in parse(pattern)):
            message = f"{pattern!r} in 'measured' of {kind.id!r} has no amount"
            yield Problem(
                kind.at, message, "Write #minutes, #km, #clock or #month in it, or move it to 'said'.", "K062"
            )
    for name, text, filled in _labels(kind):
        for said in text:
            if (found := placeholders(said)) != filled:
                wrong = ", ".join(f"{{{one}}}" for one in sorted(found ^ filled))
                is_missing = "lacks" if filled - found else "cannot fill in"
                yield Problem(kind.at, f"{name!r} of {kind.id!r} {is_missing} {wrong}", None, "K063")
    seen: set[str] = set()
    for value in kind.values:
        if value.id in seen:
            yield Problem(kind.at, f"{kind.id!r} has two values {value.id!r}", "Give one another name.", "K064")
        seen.add(value.id)
    words = (kind.refused, kind.needed, kind.said, kind.measured, kind.follows_from)
    of_values = (each for value in kind.values for each in (value.refused, value.needed, value.said))
    if not any(listed for patterns_of in (*words, *of_values) for listed in patterns_of.values()):
        yield Problem(
            kind.at, f"nothing that people say means {kind.id!r}", "Add 'refused', 'needed' or 'said'.", "K065"
        )


def _of_signs(kind: LimitKind, knowledge: Knowledge) -> Iterator[Problem]:
    """Signs of work that the table of work has no column or drawback for."""
    columns, drawbacks = [*Trait, *Interest], [one.id for one in knowledge.exploring.likings.drawbacks]
    named = [name for sign in kind.asked_of for name in (*sign.least, *sign.most)]
    for what, name, known in (
        *(("column", one, columns) for one in named),
        *(("drawback", one, drawbacks) for one in kind.not_with if knowledge.exploring.table),
    ):
        if name not in known:
            message, hint = f"there is no {what} {name!r} in the table of work", did_you_mean(name, known)
            yield Problem(kind.at, message, hint, "K069", within=(name,), lacks=name)


def _labels(kind: LimitKind) -> Iterator[tuple[str, Text, frozenset[str]]]:
    """The texts of a kind by their keys, with what is filled in."""
    nothing = frozenset[str]()
    for name in ("name", "label", "clash", "partly", "met", "ask"):
        if text := getattr(kind, name):
            yield name, text, nothing
    if kind.share:
        yield "share", kind.share, PERCENT
    if kind.measured_label:
        yield "measured_label", kind.measured_label, VALUE
    yield from (("values", value.label, nothing) for value in kind.values)

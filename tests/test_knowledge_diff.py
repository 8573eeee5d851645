"""What an editor changes in programmes, routes and money is said by what it means, with whom it concerns."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from libraries import ROOT, real_knowledge, real_library
from people import begun
from stores import walk

from bot.authoring.knowledge_diff import Changed, Concerned, changes, concerned, lines
from bot.cli import main
from bot.content.conditions import All, Comparison, Operator
from bot.content.knowledge import Knowledge, Rule, RuleKind, SourcedFact
from bot.content.knowledge.course import Costs
from bot.content.knowledge.subsidy import SubsidyStatus, Validity, Window
from bot.conversations import Address, Conversations
from bot.eligibility import Truth
from bot.engine.state import State
from bot.store import Store
from bot.store.lead_filter import Filter
from bot.text import Text

PROGRAMME = "make-it-work-hu"
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def with_item(knowledge: Knowledge, kind: str, item: str, **changed: Any) -> Knowledge:
    some = dict(getattr(knowledge, kind))
    return replace(knowledge, **{kind: {**some, item: replace(some[item], **changed)}})


def told(kind: str, item: str, **changed: Any) -> list[str]:
    old = real_knowledge()
    (found,) = changes(old, with_item(old, kind, item, **changed))
    assert found.id == item
    return list(found.lines)


def with_rules(change: Callable[[Rule], Rule | None]) -> list[str]:
    rules = real_knowledge().programmes[PROGRAMME].rules
    return told("programmes", PROGRAMME, rules=tuple(now for one in rules if (now := change(one))))


def a_rule(**changed: Any) -> Rule:
    first = real_knowledge().programmes[PROGRAMME].rules[0]
    return replace(first, **changed)


def amount_of(knowledge: Knowledge) -> tuple[str, SourcedFact]:
    """A way to pay with a single amount in euros."""
    return next(
        (one.id, one.facts["amount"])
        for one in knowledge.subsidies.values()
        if "amount" in one.facts
        and isinstance(one.facts["amount"].value, Text)
        and "€" in one.facts["amount"].value["nl"]
    )


# ------------------------------------------------------------------ what is other
def test_a_condition_that_changed_is_said_in_words_with_what_it_was() -> None:
    first = a_rule()
    other = Comparison("age", Operator.AT_LEAST, 30)
    (line,) = with_rules(lambda rule: replace(rule, condition=other) if rule.id == first.id else rule)
    assert line.startswith(f"the rule {first.id!r} asks age ≥ 30, and asked ")


def test_a_rule_that_is_gone_new_or_of_another_kind_is_said() -> None:
    first = a_rule()
    assert with_rules(lambda rule: None if rule.id == first.id else rule)[0].startswith(
        f"the rule {first.id!r} is gone"
    )
    (line,) = with_rules(lambda rule: replace(rule, kind=RuleKind.MANUAL_CHECK) if rule.id == first.id else rule)
    assert line == f"the rule {first.id!r} is manual_check, and was {first.kind}."
    rules = (
        *real_knowledge().programmes[PROGRAMME].rules,
        a_rule(id="night", condition=Comparison("hours", Operator.AT_LEAST, 8)),
    )
    (line,) = told("programmes", PROGRAMME, rules=rules)
    assert line.startswith("the rule 'night' is new: it asks hours ≥ 8")


def test_parts_of_a_condition_in_another_order_and_other_words_mean_the_same() -> None:
    old = real_knowledge()
    one, other = Comparison("age", Operator.AT_LEAST, 30), Comparison("hours", Operator.AT_MOST, 8)
    before = with_item(old, "programmes", PROGRAMME, rules=(a_rule(condition=All((one, other))),))
    after = with_item(
        old, "programmes", PROGRAMME,
        rules=(
            a_rule(
                condition=All((other, one)), because=Text(nl="Anders.", en="Otherwise."), checked=date(2026, 11, 1)
            ),
        ),
        summary=Text(nl="Iets anders.", en="Something else."),
    )  # fmt: skip
    assert changes(before, after) == []


def test_costs_hours_and_status_are_said() -> None:
    assert told("programmes", PROGRAMME, costs=Costs(0, 500)) == [
        "what the person pays: EUR 0 to 500, and was: nothing."
    ]
    assert told("programmes", PROGRAMME, hours=24)[0].startswith("hours a week: 24, and was: ")
    item = next(iter(real_knowledge().subsidies))
    was = real_knowledge().subsidies[item].status
    assert f"its status: ended, and was: {was}." in told("subsidies", item, status=SubsidyStatus.ENDED)


def test_windows_and_validity_are_said_with_their_days() -> None:
    item = next(one.id for one in real_knowledge().subsidies.values() if not one.windows)
    window = Window(date(2027, 3, 1), date(2027, 5, 1), date(2027, 4, 2))
    (line,) = told("subsidies", item, windows=(window,))
    assert line == (
        "one can apply: from 2027-03-01 until 2027-05-01, and the money was gone on 2027-04-02, and was: nothing."
    )
    (line,) = told("subsidies", item, valid=Validity(date(2027, 1, 1), None))
    assert line.startswith("it is there: from 2027-01-01, and was: ")


def test_an_amount_that_changed_is_said_and_other_words_around_it_are_not() -> None:
    old = real_knowledge()
    item, fact = amount_of(old)
    assert isinstance(fact.value, Text)
    facts = old.subsidies[item].facts
    more = Text(nl=f"{fact.value['nl']} 99.999", en=f"{fact.value['en']} 99,999")
    (line,) = told("subsidies", item, facts={**facts, "amount": replace(fact, value=more)})
    assert line.startswith("its fact 'amount' is ")
    assert "99.999" in line and ", and was " in line
    words = Text(nl=f"Echt: {fact.value['nl']}", en=fact.value["en"])
    looked = replace(fact, value=words, checked=date(2026, 11, 20), quote="the same")
    assert changes(old, with_item(old, "subsidies", item, facts={**facts, "amount": looked})) == []


def test_an_item_that_is_new_or_gone_is_said() -> None:
    old = real_knowledge()
    less = replace(old, programmes={name: one for name, one in old.programmes.items() if name != PROGRAMME})
    assert list(lines(changes(old, less))) == [f"{PROGRAMME}: it is gone: nobody is shown it any more."]
    assert list(lines(changes(less, old))) == [f"{PROGRAMME}: it is new."]
    assert changes(old, old) == []


# ------------------------------------------------------------------ whom it concerns
def test_it_is_counted_for_how_many_open_conversations_the_rules_come_to_something_else() -> None:
    old = with_item(
        real_knowledge(),
        "programmes",
        PROGRAMME,
        rules=(a_rule(kind=RuleKind.HARD, condition=Comparison("age", Operator.AT_LEAST, 18)),),
    )
    new = with_item(
        old,
        "programmes",
        PROGRAMME,
        rules=(a_rule(kind=RuleKind.HARD, condition=Comparison("age", Operator.AT_LEAST, 40)),),
    )
    states = [begun("lasser", "kapper, 34 jaar").state, begun("lasser", "kapper, 52 jaar").state, begun("lasser").state]
    assert [state.answers["age"].value if "age" in state.answers else None for state in states] == [34, 52, None]
    seen = [*states, replace(states[1], listed=(PROGRAMME,)), State.new("nl")]
    changed = changes(old, new)
    people = concerned(changed, old, new, seen, [], real_library())
    assert people[PROGRAMME] == Concerned(seen=1, verdicts={(Truth.YES, Truth.NO): 1})  # type: ignore[arg-type]
    said = list(lines(changed, people))
    assert "    1 open conversation had it on the last list: the next list goes by what is new." in said
    assert "    1 open conversation: it fitted, and does not fit now." in said


def test_open_leads_who_were_shown_it_are_counted(store: Store) -> None:
    bot = Conversations(store, real_library(), lambda: NOON)
    walk(bot, Address("telegram", "1"), lambda state: state.reference is not None)
    (lead,) = store.leads.all(Filter(open=True))
    assert lead.advice is not None
    shown = lead.advice.offers[0].id
    knowledge = real_knowledge()
    people = concerned(
        [Changed(shown, ("x",), False)], knowledge, knowledge, store.conversations.states(), [lead], real_library()
    )
    assert (people[shown].leads, people[shown].seen) == (1, 1)
    assert list(lines([Changed(shown, ("x",), False)], people))[-1] == (
        "    1 open lead was shown it: what an adviser reads there stays as it was shown."
    )


@pytest.mark.slow
def test_the_command_compares_two_folders(tmp_path: Path) -> None:
    new = tmp_path / "new"
    for folder in ("flows", "knowledge"):
        shutil.copytree(ROOT / folder, new / folder)
    file = next(
        one
        for one in (new / "knowledge" / "programmes").glob("*.yaml")
        if f"- id: {PROGRAMME}\n" in one.read_text("utf-8")
    )
    text = file.read_text(encoding="utf-8")
    begin = text.index(f"- id: {PROGRAMME}\n")
    file.write_text(text[:begin] + text[begin:].replace("  costs: null", "  costs: {from: 0, to: 500}", 1), "utf-8")
    done = CliRunner().invoke(main, ["flows", "diff", str(ROOT), str(new), "--no-store"])
    assert done.exit_code == 0, done.output
    assert "No flow asks anything else than before." in done.output
    assert f"{PROGRAMME}: what the person pays: EUR 0 to 500, and was: nothing." in done.output


def test_of_folders_without_knowledge_nothing_is_said_of_it(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    done = CliRunner().invoke(main, ["flows", "diff", str(tmp_path), str(tmp_path), "--no-store"])
    assert done.exit_code == 0, done.output
    assert "way to pay" not in done.output

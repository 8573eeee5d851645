"""Code asks for the role of a fact: an editor may give it another name, and a question other words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from libraries import ROOT, real_library

from bot.advice import advise, deciding_facts
from bot.answers import Context, Misunderstood, Understood, read
from bot.compiled import Compiled
from bot.content.check_knowledge import unclear_roles
from bot.content.flow import Collect
from bot.content.knowledge import LOOKED_AT, FactRole
from bot.text import Text
from bot.understanding import Context as Reading
from bot.understanding import Fill, understand

TODAY = date(2026, 11, 22)
RENAMED = {
    "desired_work": "dream",
    "current_job": "work_now",
    "place": "home",
    "schedule": "times",
    "earn_while_learning": "wage",
    "budget": "savings",
}
ANSWERS = {
    "desired_work": "lasser",
    "current_job": "kok",
    "place": "Zwolle",
    "education": "mbo2",
    "age": 34,
    "hours": 24,
    "schedule": ["evening", "online"],
    "earn_while_learning": True,
    "budget": 500,
    "employment": "employed",
    "dutch": "b1",
}


def renamed() -> Compiled:
    """The real knowledge, in which an editor calls some facts otherwise; no rule speaks of these."""
    compiled = real_library()
    knowledge = compiled.content.knowledge
    facts = {
        RENAMED.get(name, name): replace(
            fact, id=RENAMED.get(name, name), derived_from=RENAMED.get(fact.derived_from or "", fact.derived_from)
        )
        for name, fact in knowledge.facts.items()
    }
    return replace(compiled, content=replace(compiled.content, knowledge=replace(knowledge, facts=facts)))


def test_no_rule_speaks_of_the_facts_that_are_renamed_here() -> None:
    assert not any(rule.facts & RENAMED.keys() for one in real_library().content.knowledge.items for rule in one.rules)


def test_advice_is_the_same_when_an_editor_gives_facts_other_names() -> None:
    before = advise(real_library(), ANSWERS, on=TODAY)
    after = advise(renamed(), {RENAMED.get(name, name): answer for name, answer in ANSWERS.items()}, on=TODAY)
    assert [(one.item.id, one.score, one.verdict) for one in after.offers] == [
        (one.item.id, one.score, one.verdict) for one in before.offers
    ]
    assert [reason.fact for offer in after.offers for reason in offer.reasons] == [
        RENAMED.get(reason.fact or "", reason.fact) for offer in before.offers for reason in offer.reasons
    ]


def test_what_can_still_change_the_result_is_the_same_when_facts_have_other_names() -> None:
    told = {"education": "mbo2", "age": 34}
    before = deciding_facts(real_library(), told, on=TODAY)
    assert deciding_facts(renamed(), told, on=TODAY) == {RENAMED.get(name, name) for name in before}


@pytest.mark.parametrize(("name", "value"), [("age", 52), ("education", "none"), ("place", "Zeist")])
def test_what_is_said_beside_an_answer_is_read_whatever_the_words_of_its_question(name: str, value: object) -> None:
    intake = real_library().content.flows["intake"]
    questions = [step for step in intake.steps if isinstance(step, Collect)]
    reworded = tuple(replace(one, text=Text(nl="Vertel eens?", en="Tell me?")) for one in questions)
    context = Reading(Context(real_library(), "nl", TODAY), reworded[1], "current_job", reworded)
    understood = understand("kok, geen diploma, ben 52 en woon in Zeist", context)
    heard = {act.question: act.reading.value for act in understood.acts if isinstance(act, Fill)}
    assert heard[name] == value


@pytest.mark.parametrize("unit", [None, Text(nl="klokuren", en="clock hours")])
def test_a_number_counts_as_what_was_asked_whatever_the_unit_is_called(unit: Text | None) -> None:
    question = real_library().content.flows["intake"].question("hours")
    assert isinstance(question, Collect)
    context = Context(real_library(), "nl", TODAY)
    worked_out = read(replace(question, unit=unit), "3 dagen", context)
    assert isinstance(worked_out, Understood)
    assert worked_out.value == 24
    assert isinstance(read(replace(question, unit=unit), "ik heb 2 kinderen", context), Misunderstood)


def test_every_role_that_code_looks_at_is_somebodys() -> None:
    knowledge = real_library().content.knowledge
    assert list(unclear_roles(knowledge)) == []
    facts = {name: replace(fact, role=None) for name, fact in knowledge.facts.items()}
    codes = {problem.code for problem in unclear_roles(replace(knowledge, facts=facts))}
    assert codes == {"K008"}
    assert len(list(unclear_roles(replace(knowledge, facts=facts)))) == len(LOOKED_AT)


def test_a_role_that_no_fact_has_is_a_fact_that_nobody_told() -> None:
    knowledge = real_library().content.knowledge
    assert knowledge.fact_of(FactRole.WISH) == "desired_work"
    assert replace(knowledge, facts={}).fact_of(FactRole.WISH) == "wish"


def test_advice_names_no_fact_by_its_id() -> None:
    ids = {name for name, fact in real_library().content.knowledge.facts.items() if fact.role}
    # What a part of the score is called is no fact; and a text about work is a wish or a job, in every content.
    spared = {"place", "hours", "schedule", "desired_work", "current_job"}
    found = [
        f"{path.name}: {name}"
        for path in Path(ROOT / "bot" / "advice").glob("*.py")
        for name in ids - spared
        if f'"{name}"' in path.read_text()
    ]
    assert found == []

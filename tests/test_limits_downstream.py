"""What a limit does: to the advice, to the plan, and to what the person and the adviser see."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from libraries import ROOT, real_library
from stores import draft
from test_export import lead_of, made, sheet
from test_jsonl import NURSE, Program

from bot.advice import Advice, Offer, Rejection, advise, deciding_facts, reject
from bot.advice.model import RuleOutcome
from bot.advice.relevance import HELP
from bot.catalogue import Profile
from bot.cli import main
from bot.compiled import Compiled
from bot.content.knowledge import FactRole, ProgrammeKind
from bot.engine import State
from bot.engine.state import Answer
from bot.engine.turn import TurnContext
from bot.privacy.page import Page
from bot.staff.desk import Desk
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.staff.overview import overview
from bot.store import Address, Store
from bot.store.conversations import Conversation
from bot.store.team import Role

ON = date(2026, 11, 21)
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return real_library()


def advice_for(compiled: Compiled, wish: str, place: str, **facts: Any) -> Advice:
    return advise(compiled, {"desired_work": wish, "place": place, **facts}, on=ON)


def training(advice: Advice) -> list[Offer]:
    return [offer for offer in advice.offers if offer.item.kind is ProgrammeKind.RETRAINING]


def said(offer: Offer | Rejection) -> str:
    return " ".join(reason.text["nl"] for reason in offer.reasons)


def asked(offer: Offer) -> set[str]:
    return {question["nl"] for question in offer.plan.ask}


# ------------------------------------------------------------------ the advice
def test_work_of_which_a_source_says_that_it_clashes_says_so_with_the_source(compiled: Compiled) -> None:
    for offer in training(advice_for(compiled, "buschauffeur", "Utrecht", limits={"licence": True})):
        assert "Je hebt eerst een rijbewijs nodig. Bron: ESCO, mei 2024." in said(offer)
        reason = next(one for one in offer.reasons if one.fact == "limits")
        assert reason.outcome is RuleOutcome.NOT_MET


def test_work_that_is_known_to_go_with_a_limit_says_so_too(compiled: Compiled) -> None:
    (best, *_) = training(advice_for(compiled, "programmeur", "Utrecht", limits={"lifting": True}))
    assert "Voor dit werk til je weinig. Bron: O*NET, februari 2025." in said(best)


def test_what_no_source_says_is_a_question_in_the_plan_and_counts_for_nothing(compiled: Compiled) -> None:
    plain, limited = (
        training(advice_for(compiled, "verzorgende", "Utrecht", limits=limits)) for limits in ({}, {"nights": True})
    )
    assert [one.item.id for one in plain] == [one.item.id for one in limited]
    assert all("Vraag of je nachtdiensten hebt." in asked(offer) for offer in limited)
    assert not any("nacht" in said(offer) for offer in limited)


def test_who_will_not_go_to_school_sees_learning_on_the_job_first_and_why(compiled: Compiled) -> None:
    best, *rest = training(advice_for(compiled, "magazijnmedewerker", "Utrecht", limits={"no_school": True}))
    assert "Je leert dit vooral op de werkplek." in said(best)
    values = [next(part.value for part in one.parts if part.name == "limit no_school") for one in (best, *rest)]
    assert [value for value in values if value == 1.0] == values[: values.count(1.0)]


def test_a_job_in_class_with_lessons_beside_it_is_partly_school(compiled: Compiled) -> None:
    best, *_ = training(advice_for(compiled, "leraar basisonderwijs", "Utrecht", limits={"no_school": True}))
    assert "Deels op school." in said(best)


def test_a_classroom_counts_against_who_will_not_go_to_school(compiled: Compiled) -> None:
    limited = advice_for(compiled, "webdeveloper", "Amsterdam", limits={"no_school": True})
    in_class = [one for one in training(limited) if {"bootcamp"} & {form.value for form in one.item.forms}]
    assert in_class
    assert all("Je zit in de klas." in said(offer) for offer in in_class)


@pytest.mark.parametrize(
    ("limits", "reach"),
    [({"travel": 20}, 15), ({"near": 10}, 10), ({"near": True}, 20), ({"travel": 30, "near": 8}, 8)],
)
def test_nothing_is_shown_that_is_farther_than_somebody_will_travel(
    compiled: Compiled, limits: dict[str, Any], reach: int
) -> None:
    advice = advice_for(compiled, "elektricien", "Amersfoort", limits=limits)
    for offer in training(advice):
        towns = offer.item.where.municipalities
        national = offer.item.where.national or offer.item.where.online or offer.item.where.regions
        assert national or min(compiled.places.distance_km("Amersfoort", town) for town in towns) <= reach
    farther = [one for one in reject(compiled, advice) if "Jij zoekt werk" in said(one)]
    assert farther
    assert any(one.nearest_miss and "kilometer reizen" in one.nearest_miss["nl"] for one in farther)


def test_a_journey_that_is_too_far_for_everybody_is_not_blamed_on_a_limit(compiled: Compiled) -> None:
    advice = advice_for(compiled, "elektricien", "Maastricht", limits={"near": 10})
    assert any("Het is te ver" in said(one) for one in reject(compiled, advice))


def test_pay_and_times_of_a_limit_are_facts_that_are_not_asked_again(compiled: Compiled) -> None:
    answers = {"desired_work": "verzorgende", "place": "Utrecht"}
    open_then = deciding_facts(compiled, answers, on=ON)
    open_now = deciding_facts(compiled, {**answers, "limits": {"pay": True, "hours": "evenings"}}, on=ON)
    assert {"earn_while_learning", "schedule"} <= open_then
    assert not {"earn_while_learning", "schedule"} & open_now
    person = advice_for(compiled, "verzorgende", "Utrecht", limits={"pay": True, "hours": "evenings"}).person
    assert person.facts["earn_while_learning"] is True
    assert person.facts["schedule"] == {"evening"}


def test_what_they_answered_goes_before_what_follows_from_a_limit(compiled: Compiled) -> None:
    facts = {"limits": {"pay": True}, "earn_while_learning": False}
    assert advice_for(compiled, "verzorgende", "Utrecht", **facts).person.facts["earn_while_learning"] is False


def test_whole_days_clash_with_school_hours_and_are_never_said_to_suit(compiled: Compiled) -> None:
    advice = advice_for(compiled, "acteur", "Amsterdam", limits={"school_hours": True})
    of_whole_days = [one for one in advice.offers if "full-time" in {form.value for form in one.item.forms}]
    assert of_whole_days
    assert all("Dit kost hele dagen" in said(one) for one in of_whole_days)
    assert not any("Het kan op de tijden die jij kunt." in said(one) for one in advice.offers)


def test_help_to_choose_is_not_measured_by_limits(compiled: Compiled) -> None:
    advice = advice_for(compiled, "verzorgende", "Zwolle", limits={"lifting": True, "nights": True})
    helping = [one for one in advice.offers if one.item.kind in HELP]
    assert helping
    assert not any(one.fact == "limits" for offer in helping for one in offer.reasons)


@pytest.mark.parametrize("wish", ["verzorgende", "programmeur", "elektricien", "iets met mensen"])
def test_no_limit_makes_advice_fail_and_every_part_that_counts_has_a_reason_or_a_question(
    compiled: Compiled, wish: str
) -> None:
    limits = dict.fromkeys(compiled.content.knowledge.limit_kinds, True)
    for offer in training(advice_for(compiled, wish, "Utrecht", limits=limits)):
        for part in offer.parts:
            if part.name.startswith("limit "):
                assert part.reason or part.value is None, part


def test_a_limit_of_an_older_version_is_passed_over(compiled: Compiled) -> None:
    advice_for(compiled, "verzorgende", "Utrecht", limits={"gone": True, "lifting": True})


# ------------------------------------------------------------------ what they do not want
def test_what_is_excluded_is_not_shown_and_says_why(compiled: Compiled) -> None:
    advice = advice_for(compiled, "zorg of onderwijs", "Utrecht", excluded=["zorg"])
    assert training(advice)
    assert all("zorg" not in offer.item.sectors for offer in training(advice))
    assert any("Dit wil je niet: zorg en welzijn." in said(one) for one in reject(compiled, advice))


def test_an_occupation_that_is_excluded_is_no_wish(compiled: Compiled) -> None:
    advice = advice_for(compiled, "buschauffeur of vrachtwagenchauffeur", "Utrecht", excluded=["bus-driver"])
    assert advice.person.wish is not None
    assert "bus-driver" not in advice.person.wish.occupations

    def only_buses(profile: Profile) -> bool:
        return profile.occupations == {"bus-driver"}

    assert not any(only_buses(compiled.catalogue[one.item.id]) for one in advice.offers)


def test_who_excludes_all_that_they_wish_for_changed_their_mind(compiled: Compiled) -> None:
    advice = advice_for(compiled, "zorg", "Utrecht", excluded=["zorg"])
    assert advice.person.wish is not None
    assert advice.person.wish.sectors == ("zorg",)


# ------------------------------------------------------------------ the command
def run(tmp_path: Path, facts: dict[str, Any]) -> tuple[int, str]:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(facts), encoding="utf-8")
    env = {"CONTENT_DIR": str(ROOT), "DATA_DIR": str(tmp_path)}
    done = CliRunner().invoke(main, ["match", "--answers", str(file), "--on", "2026-11-21", "--json"], env=env)
    return done.exit_code, done.output + (str(done.exception) if done.exception else "")


@pytest.mark.usefixtures("library_at_hand")
def test_the_command_takes_limits_as_a_mapping_and_exclusions_as_a_list(tmp_path: Path) -> None:
    facts = {"desired_work": "lasser", "limits": {"travel": 30, "lifting": True}, "excluded": ["zorg", "nurse"]}
    code, output = run(tmp_path, facts)
    assert code == 0
    assert json.loads(output)["programmes"]


@pytest.mark.usefixtures("library_at_hand")
@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"limits": {"liftin": True}}, "there is no 'liftin'. Did you mean 'lifting'?"),
        ({"limits": 3}, "is no mapping of limits"),
        ({"excluded": ["zorgg"]}, "there is no 'zorgg'. Did you mean 'zorg'?"),
    ],
)
def test_the_command_names_a_limit_that_does_not_exist(tmp_path: Path, facts: dict[str, Any], message: str) -> None:
    code, output = run(tmp_path, facts)
    assert code != 0
    assert message in output


# ------------------------------------------------------------------ what the person sees
LIMITS = {"lifting": True, "travel": 30}


def noted(compiled: Compiled, **limits: Any) -> TurnContext:
    kept = {f"limits.{kind}": Answer(f"geen {kind}", value) for kind, value in limits.items()}
    state = replace(State.new("nl"), noted=kept, version=compiled.content.version)
    return TurnContext(compiled, state, NOON)


def test_limits_are_a_fact_from_the_beginning_of_the_flow(compiled: Compiled) -> None:
    turn = noted(compiled, **LIMITS)
    assert turn.main_position().facts["limits"] == {"lifting", "travel:30"}
    assert turn.advice().person.limits == LIMITS


def test_a_new_limit_makes_new_advice(compiled: Compiled) -> None:
    turn = noted(compiled)
    before = turn.advice()
    turn.change(noted={"limits.lifting": Answer("niet tillen", True)})
    assert before.person.limits == {}
    assert turn.advice().person.limits == {"lifting": True}


def test_limits_survive_being_stored(compiled: Compiled) -> None:
    turn = noted(compiled, **LIMITS, days="monday,friday")
    again = TurnContext(compiled, State.from_json(turn.state.to_json()), NOON)
    assert again.limits() == turn.limits()


def test_the_overview_and_the_last_look_show_limits() -> None:
    program = Program()
    program.at("all_right", {**NURSE, "limits": LIMITS})
    text = "\n".join(one["text"] for one in program.last["messages"])
    assert "Je zoekt werk: zonder zwaar tillen en op hooguit 30 minuten reizen" in text
    assert program.last["limits"] == LIMITS
    program.at("age", {**NURSE, "limits": LIMITS})
    assert "zonder zwaar tillen" in program.say("/overzicht")["messages"][0]["text"]


def test_a_moment_takes_exclusions_and_refuses_a_limit_that_does_not_exist() -> None:
    program = Program()
    assert program.at("age", {**NURSE, "excluded": ["zorg"]})["facts"]["excluded"] == ["zorg"]
    assert "Did you mean 'lifting'?" in program.at("age", {**NURSE, "limits": {"liftin": True}})["error"]


def test_who_asks_what_is_kept_reads_their_limits(compiled: Compiled) -> None:
    person = Conversation(1, Address("telegram", "1"), noted(compiled, **LIMITS).state)
    kept: dict[str, Any] = {table: [] for table in ("consents", "unanswered", "outbox")}
    text = Page(compiled, person, {**kept, "conversations": [{"created_at": "2026-11-20"}]}).text([], {})
    assert "Je zoekt werk: zonder zwaar tillen; op hooguit 30 minuten reizen" in text


# ------------------------------------------------------------------ what the adviser sees
def test_the_lead_has_limits_as_one_fact_with_their_words() -> None:
    program = Program()
    program.at("done", {**NURSE, "limits": LIMITS})
    lead = program.chats.people["a"].lead
    assert lead is not None
    assert lead.facts["limits"] == {"lifting", "travel:30"}
    assert not any(name.startswith("limits.") for name in lead.noted)


def with_limits(store: Store) -> None:
    facts = {**draft().facts, "limits": frozenset({"lifting", "travel:30", "hours:mornings"})}
    lead_of(store, facts=facts, said={**draft().said, "limits": "niet tillen; max 30 min reizen"})


def test_an_export_has_a_column_of_limits_in_dutch_words(store: Store, compiled: Compiled) -> None:
    with_limits(store)
    titles, (row,) = sheet(made(store, "xlsx", labels=Labels.of(compiled.content)))
    assert row[titles["Grenzen"]].value == ("alleen in de ochtend, zonder zwaar tillen, op hooguit 30 minuten reizen")


def test_an_adviser_reads_limits_in_words(store: Store, compiled: Compiled) -> None:
    with_limits(store)
    opened = Desk(store, store.team.add("Sanne", Role.ADVISER), lambda: NOON).open("L-2026-0001")
    lines = "\n".join(overview(opened, Labels.of(compiled.content), Locale.of(store)))
    assert "Grenzen: alleen in de ochtend, zonder zwaar tillen, op hooguit 30 minuten reizen" in lines


def test_every_demand_of_work_is_of_a_limit_that_has_words_for_it(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    assert knowledge.demands is not None
    isco = {one.isco for one in knowledge.occupations.values()}
    for work in knowledge.demands.work:
        assert work.isco in isco
        assert all(knowledge.limit_kinds[kind].clash for kind in work.asks)
        assert all(knowledge.limit_kinds[kind].met for kind in work.hardly)
        assert all(knowledge.limit_kinds[kind].share for kind in work.shares)
    assert knowledge.facts["limits"].role is FactRole.LIMITS


def test_work_that_asks_more_lifting_comes_later_and_says_how_much_by_whom(compiled: Compiled) -> None:
    """O*NET by unit group: a welder 50 percent, a cook 38; of a primary teacher nothing is known."""

    def lifting(wish: str) -> tuple[float | None, str]:
        offer = next(
            one for one in advice_for(compiled, wish, "Utrecht", limits={"lifting": True}).offers if one.trains_for_wish
        )
        part = next(part for part in offer.parts if part.name == "limit lifting")
        return part.value, part.reason.text["nl"] if part.reason else ""

    welder, cook, teacher = map(lifting, ("lasser", "kok", "juf op een basisschool"))
    assert (welder[0], cook[0], teacher) == (pytest.approx(0.5), pytest.approx(0.62), (None, ""))
    assert "50 procent" in welder[1] and "O*NET" in welder[1] and "februari 2025" in welder[1]
    asked = next(one for one in advice_for(compiled, "lasser", "Utrecht", limits={"lifting": True}).offers).plan.ask
    assert any("zwaar moet tillen" in question["nl"] for question in asked)

"""Advice that an adviser would sign: what fits, why, why not, what it costs, and what to do tomorrow."""

import json
import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pytest

from bot.advice import Advice, MoneyStatus, Offer, RuleOutcome, Verdict, advise, deciding_facts, explain, reject
from bot.advice.context import AdviceContext
from bot.advice.cost_line import costs
from bot.advice.lessons import languages_of, level_on_card, reason_of_lessons, reason_of_level
from bot.advice.model import Asker, Money
from bot.advice.money import assess, last_day
from bot.advice.plan import to_plan
from bot.advice.scoring import Scorer
from bot.advice.seeker import to_person
from bot.compiled import Compiled
from bot.content.knowledge import MoneyForm, Programme, ProgrammeKind, Route, SubsidyStatus, Window
from bot.errors import BotError
from bot.recognisers.recent import Recent
from bot.text import Text, without_notes

T = TypeVar("T")

ON = date(2026, 11, 21)
CARPENTER = {
    "current_job": "administratie",
    "desired_work": "timmerman",
    "education": "havo_vwo",
    "employment": "employed",
    "benefit": "none",
    "age": 34,
    "place": "Hilversum",
    "dutch": "native",
    "earn_while_learning": True,
}


def shown(advice: Advice) -> list[str]:
    return [offer.item.id for offer in advice.offers]


def some(found: Sequence[T]) -> Sequence[T]:
    """What a test looks at one by one; a loop over nothing would prove nothing."""
    assert found
    return found


def to_json(compiled: Compiled, answers: dict[str, Any], language: str = "nl") -> dict[str, Any]:
    advice = advise(compiled, answers, on=ON)
    return advice.to_json(reject(compiled, advice), language)


def offer(advice: Advice, programme: str) -> Offer:
    return next(one for one in advice.offers if one.item.id == programme)


# ------------------------------------------------------------------ what is shown
def test_the_nearest_course_for_the_work_that_was_asked_comes_first(compiled: Compiled) -> None:
    assert shown(advise(compiled, CARPENTER, on=ON))[0] == "bouwmensen-gooi-vecht"


def test_the_order_is_the_sum_of_parts_that_can_be_said(compiled: Compiled) -> None:
    for one in some(advise(compiled, CARPENTER, on=ON).offers):
        total = sum(part.weight for part in one.parts)
        assert one.score == sum(part.weight * (0.5 if part.value is None else part.value) for part in one.parts) / total
        assert all(part.value is None or 0 <= part.value <= 1 for part in one.parts)


@pytest.mark.parametrize("place", ["Maastricht", "Groningen", "Goes", "Den Helder"])
def test_nothing_across_the_country_is_shown(compiled: Compiled, place: str) -> None:
    advice = advise(compiled, CARPENTER | {"place": place}, on=ON)
    assert "bouwmensen-gooi-vecht" not in shown(advice)
    why = next(one for one in reject(compiled, advice) if one.item.id == "bouwmensen-gooi-vecht").reasons
    assert place in why[-1].text["nl"]


def test_nothing_of_another_sector_is_shown(compiled: Compiled) -> None:
    for one in some(advise(compiled, CARPENTER, on=ON).offers):
        assert {"bouw", "algemeen"} & set(one.item.sectors)


@pytest.mark.parametrize("wish", ["piloot", "tandarts", "advocaat", "fysiotherapeut", "kapper"])
def test_a_wish_that_no_programme_trains_for_gets_the_way_in(compiled: Compiled, wish: str) -> None:
    advice = advise(compiled, CARPENTER | {"desired_work": wish, "place": "Utrecht"}, on=ON)
    assert not advice.nothing_fits
    assert isinstance(advice.offers[0].item, Route)
    assert not [one for one in advice.offers if one.item.kind is ProgrammeKind.RETRAINING]


def test_when_nothing_fits_the_bot_says_so(compiled: Compiled) -> None:
    advice = advise(compiled, CARPENTER | {"desired_work": "qwertyuiop", "place": "Utrecht"}, on=ON)
    assert advice.nothing_fits
    assert not [one for one in advice.offers if one.item.kind is ProgrammeKind.RETRAINING]


def test_without_a_wish_only_help_to_choose_is_shown(compiled: Compiled) -> None:
    advice = advise(compiled, {"place": "Utrecht"}, on=ON)
    assert advice.nothing_fits
    assert advice.offers


def test_without_any_answer_there_is_still_advice(compiled: Compiled) -> None:
    advice = advise(compiled, {}, on=ON)
    assert {money.status for money in advice.money} >= {MoneyStatus.ENDED, MoneyStatus.ELIGIBLE}
    assert json.dumps(to_json(compiled, {}))


@pytest.mark.parametrize(
    "answers",
    [
        {"desired_work": ""},
        {"desired_work": "?!", "place": "???", "age": None},
        {"desired_work": "x" * 10_000, "current_job": "\x00\u202e"},
        {"schedule": [], "place": "niet in nederland"},
        {"something": "else", "age": 34},
        {"age": "34", "education": "phd", "schedule": "evening", "hours": True, "earn_while_learning": "yes"},
        {"age": float("nan"), "budget": [], "place": 3511, "desired_work": ["ict"], "dutch": {"level": "b1"}},
    ],
)
def test_odd_answers_are_unknown_and_never_an_error(compiled: Compiled, answers: dict[str, Any]) -> None:
    assert json.dumps(to_json(compiled, answers, "en"))
    assert deciding_facts(compiled, answers, on=ON)


def test_a_programme_is_shown_or_rejected_and_never_both(compiled: Compiled) -> None:
    told = to_json(compiled, CARPENTER)
    ids = [one["id"] for one in told["programmes"] + told["rejected"]]
    routes = {one.item.id for one in compiled.catalogue.routes_to(advise(compiled, CARPENTER, on=ON).person.wish)}
    assert sorted(ids) == sorted({*compiled.content.knowledge.programmes, *routes})
    assert {one["id"] for one in told["subsidies"]} == set(compiled.content.knowledge.subsidies)


def test_every_rejection_has_a_reason(compiled: Compiled) -> None:
    for one in some(reject(compiled, advise(compiled, CARPENTER, on=ON))):
        assert one.reasons and all(reason.text["nl"] and reason.text["en"] for reason in one.reasons)


def test_the_nearest_miss_is_said_only_when_nothing_else_is_in_the_way(compiled: Compiled) -> None:
    answers = {"desired_work": "programmeur", "education": "mbo4", "ict_background": False}
    near = advise(compiled, answers | {"place": "Amsterdam"}, on=ON)
    far = advise(compiled, answers | {"place": "Maastricht"}, on=ON)
    miss = {one.item.id: one.nearest_miss for one in reject(compiled, near)}["make-it-work-hva"]
    assert miss and miss["nl"] == "met een hbo-diploma"
    assert {one.item.id: one.nearest_miss for one in reject(compiled, far)}["make-it-work-hva"] is None


def test_an_old_source_is_said_as_ask_first(compiled: Compiled) -> None:
    reasons = offer(advise(compiled, CARPENTER, on=ON), "bouwmensen-gooi-vecht").reasons
    assert any(reason.outcome is RuleOutcome.ASK_FIRST and "Vraag eerst" in reason.text["nl"] for reason in reasons)


def test_unknown_demands_make_it_a_maybe_and_name_the_fact(compiled: Compiled) -> None:
    answers = {"desired_work": "programmeur", "place": "Amsterdam", "ict_background": False}
    one = offer(advise(compiled, answers, on=ON), "make-it-work-hva")
    assert one.verdict is Verdict.MAYBE
    assert "education" in one.unknown


@pytest.mark.parametrize("place", ["Utrecht", "Assen", "Roermond", "1315 almere", ""])
@pytest.mark.parametrize("wish", ["iets in de ict", "iets met mensen", "monteur", "vrachtwagenchauffeur"])
def test_measuring_many_programmes_together_gives_what_each_alone_gives(
    compiled: Compiled, place: str, wish: str
) -> None:
    person = to_person(compiled, CARPENTER | {"desired_work": wish, "place": place, "schedule": ["evening"]})
    situation = AdviceContext.of(compiled, person, on=ON)
    together = Scorer(situation)
    for profile in compiled.catalogue.profiles.values():
        assert together.take(profile) == Scorer(situation).take(profile)


# ------------------------------------------------------------------ money
def test_a_scheme_between_rounds_is_closed_and_says_when_it_opens(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    windows = (Window(date(2026, 3, 1), date(2026, 3, 31), None), Window(date(2027, 3, 1), date(2027, 3, 31), None))
    rounds = replace(knowledge.subsidies["werkcentrum"], windows=windows)
    between = assess(rounds, {}, knowledge, on=ON)
    assert between.status is MoneyStatus.CLOSED
    assert "1 maart 2027" in between.reasons[0].text["nl"]
    assert assess(rounds, {}, knowledge, on=date(2026, 3, 31)).status is MoneyStatus.ELIGIBLE


def test_money_that_is_gone_is_closed_from_that_day(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    window = Window(date(2026, 3, 1), date(2026, 12, 31), exhausted_on=date(2026, 9, 1))
    scheme = replace(knowledge.subsidies["werkcentrum"], windows=(window,))
    assert assess(scheme, {}, knowledge, on=ON).status is MoneyStatus.CLOSED
    assert assess(scheme, {}, knowledge, on=date(2026, 8, 31)).status is MoneyStatus.ELIGIBLE


def test_a_scheme_without_a_date_promises_nothing(compiled: Compiled) -> None:
    knowledge = compiled.content.knowledge
    scheme = knowledge.subsidies["werkcentrum"]
    undated = {name: replace(fact, dated=None) for name, fact in scheme.facts.items()}
    assert assess(replace(scheme, facts=undated), {}, knowledge, on=ON).status is MoneyStatus.MAYBE


@pytest.mark.parametrize("status", [SubsidyStatus.UNKNOWN, SubsidyStatus.DEPENDS, SubsidyStatus.PROPOSED])
def test_a_scheme_that_may_not_run_promises_nothing(compiled: Compiled, status: SubsidyStatus) -> None:
    knowledge = compiled.content.knowledge
    scheme = replace(knowledge.subsidies["werkcentrum"], status=status)
    money = assess(scheme, {}, knowledge, on=ON)
    assert (money.status, money.reasons[-1].outcome) == (MoneyStatus.MAYBE, RuleOutcome.ASK_FIRST)


def test_nobody_is_told_of_the_fact_that_would_settle_what_is_settled(compiled: Compiled) -> None:
    settled = (MoneyStatus.ENDED, MoneyStatus.NOT_FOR_YOU, MoneyStatus.NOT_ELIGIBLE)
    for money in some([one for one in advise(compiled, {}, on=ON).money if one.status in settled]):
        assert not money.unknown


@pytest.mark.parametrize(
    ("dated", "day"),
    [("2025", date(2025, 12, 31)), ("2024-04", date(2024, 4, 30)), ("2024-12", date(2024, 12, 31))],
)
def test_a_partial_date_counts_as_its_last_day(dated: str, day: date) -> None:
    assert last_day(dated) == day


# ------------------------------------------------------------------ the plan
def called(one: Offer, compiled: Compiled) -> list[str]:
    """Whom its first step may name."""
    if isinstance(one.item, Programme):
        return [without_notes(one.item.provider), compiled.titles[one.item.id].fallback]
    schools = [*one.schools.proven, *one.schools.ask] if one.schools else []
    return [one.item.first_call.who["nl"], *(near.school.name for near in schools)]


def test_a_plan_has_a_first_step_and_questions_for_the_provider(compiled: Compiled) -> None:
    for one in some(advise(compiled, CARPENTER, on=ON).offers):
        assert any(name in one.plan.first_step["nl"] for name in called(one, compiled))
        assert one.plan.ask


@pytest.mark.parametrize(
    ("programme", "step"),
    [
        (
            "roc-midden-nederland-ict",
            "Bel of mail ROC Midden Nederland. Kijk hier voor het nummer: https://www.rocmn.nl",
        ),
        ("maakjestap", "Zoek op internet naar MaakJeStap."),
        ("hu-toelating", "Bel of mail Hogeschool Utrecht. Kijk hier voor het nummer: https://www.hu.nl"),
        ("ziekenhuis-zutphen-verpleegkundige", "Vraag een adviseur waar je dit kunt doen: typ /mens."),
        ("qbuzz-groningen", "Bel of mail Qbuzz, Noorderpoort of rijschool Oosterpoort."),
    ],
)
def test_the_first_step_is_one_that_can_be_done(compiled: Compiled, programme: str, step: str) -> None:
    person = to_person(compiled, {})
    one = compiled.content.knowledge.programmes[programme]
    first = to_plan(one, lambda _, __: None, AdviceContext.of(compiled, person, on=ON)).first_step
    assert first["nl"].startswith(step)
    assert "morgen" not in first["nl"] and "tomorrow" not in first["en"]


def test_who_did_not_tell_of_a_benefit_hears_of_permission_with_the_money_and_not_at_each_course(
    compiled: Compiled,
) -> None:
    answers = {name: value for name, value in CARPENTER.items() if name != "benefit"}
    assert "toestemming" not in advise(compiled, answers, on=ON).offers[0].plan.first_step["nl"]


def test_an_office_has_english_words(compiled: Compiled) -> None:
    answers = CARPENTER | {"employment": "job_seeker", "benefit": "bijstand"}
    first = advise(compiled, answers, on=ON).offers[0].plan.first_step
    assert first["nl"].startswith("Vraag je gemeente om toestemming, voordat je je inschrijft.")
    assert "your municipality (gemeente)" in first["en"]


def test_a_price_is_the_price_of_then(compiled: Compiled) -> None:
    answers = {"desired_work": "novi bootcamp, software developer", "place": "Utrecht", "education": "hbo", "age": 34}
    price = offer(advise(compiled, answers, on=ON), "novi-bootcamp").plan.own_costs.text
    assert price["nl"] == "In 2023 kostte dit € 5.800. Vraag de prijs van nu."
    assert price["en"] == "In 2023 this cost €5,800. Ask for today's price."


@pytest.mark.parametrize(
    ("wish", "education", "route", "said"),
    [
        ("orthopedagoog", "hbo", "route-educational-psychologist-wo", "Tweede studie"),  # a second bachelor
        ("orthopedagoog", "havo_vwo", "route-educational-psychologist-wo", "hooguit € 12.650"),
        ("dokter", "hbo", "route-doctor-wo", "hooguit € 15.180"),  # in care a second one costs the same
        ("actuaris", "wo", "route-actuary", "€ 29.000"),  # a master for who has a degree
        ("ai specialist", "hbo", "route-ai-course", "Begint gratis"),
        ("doktersassistent", "vmbo", "route-medical-assistant-mbo4", "hooguit € 2.145"),  # three years of bbl
        ("medisch analist", "vmbo", "route-medical-lab-mbo4", "hooguit € 6.044"),  # four years of bol
    ],
)
def test_a_card_says_the_price_of_its_form_to_who_may_pay_that(
    compiled: Compiled, wish: str, education: str, route: str, said: str
) -> None:
    answers = {"desired_work": wish, "place": "Utrecht", "education": education, "age": 34, "benefit": "none"}
    context = AdviceContext.of(compiled, to_person(compiled, answers), on=ON)
    found = offer(advise(compiled, answers, on=ON), route)
    assert any(said in piece.text["nl"] for piece in costs(found, context))


@pytest.mark.parametrize(("benefit", "is_said"), [("bijstand", True), ("none", False)])
def test_who_has_a_benefit_is_told_to_ask_before_a_business_of_their_own(
    compiled: Compiled, benefit: str, *, is_said: bool
) -> None:
    answers = {"desired_work": "eigen bedrijf", "place": "Utrecht", "education": "mbo2", "age": 34, "benefit": benefit}
    context = AdviceContext.of(compiled, to_person(compiled, answers), on=ON)
    found = offer(advise(compiled, answers, on=ON), "route-business-owner")
    assert any("uitkering" in piece.text["nl"] for piece in costs(found, context)) is is_said


def test_a_demand_that_is_met_is_said_to_be_met(compiled: Compiled) -> None:
    met = [
        reason.text["nl"]
        for one in advise(compiled, CARPENTER, on=ON).money
        for rule in one.judgement.satisfied
        for reason in one.reasons
        if reason.outcome is RuleOutcome.MET and reason.text["nl"].startswith(rule.because["nl"])
    ]
    assert all(text.endswith("Daar voldoe je aan.") for text in some(met))


def test_a_website_for_one_region_is_no_help_elsewhere(compiled: Compiled) -> None:
    assert "maakjestap" in shown(advise(compiled, {"desired_work": "weet ik nog niet", "place": "Utrecht"}, on=ON))
    assert "maakjestap" not in shown(advise(compiled, {"desired_work": "weet ik nog niet", "place": "Goes"}, on=ON))


def test_who_speaks_little_dutch_hears_that_the_language_of_the_lessons_is_not_known(compiled: Compiled) -> None:
    wish = {"desired_work": "novi", "place": "Utrecht"}
    for dutch, said in (("a1", True), ("native", False)):
        reasons = offer(advise(compiled, wish | {"dutch": dutch}, on=ON), "novi-bootcamp").reasons
        assert any("welke taal" in reason.text["nl"] for reason in reasons) is said


def test_work_without_lessons_has_no_language_of_lessons(compiled: Compiled) -> None:
    advice = advise(compiled, {"desired_work": "schoonmaker", "place": "Utrecht", "dutch": "a1"}, on=ON)
    assert not any("welke taal" in reason.text["nl"] for reason in offer(advice, "route-cleaner").reasons)


def test_pay_is_said_only_of_what_is_a_job_in_every_form(compiled: Compiled) -> None:
    """A degree that is given part-time or with a job promises no pay; a training job does."""
    person = {
        "desired_work": "verpleegkundige",
        "education": "mbo4",
        "employment": "employed",
        "age": 34,
        "place": "Utrecht",
        "dutch": "native",
    }
    advice = advise(compiled, person, on=ON)
    for route, said in (("route-nurse-hbo", False), ("route-nurse-mbo4", True)):
        assert (
            any(reason.text["nl"] == "Je krijgt loon terwijl je leert." for reason in offer(advice, route).reasons)
            is said
        )


def test_what_does_not_fit_begins_with_what_is_nearest_to_the_wish(compiled: Compiled) -> None:
    wish = {"desired_work": "programmeur", "place": "Amersfoort", "education": "mbo4", "ict_background": False}
    nearest = [one.item for one in reject(compiled, advise(compiled, wish, on=ON))[:3]]
    assert all("ict" in one.sectors for one in some(nearest))


def test_titles_have_no_notes_and_are_never_the_same(compiled: Compiled) -> None:
    assert compiled.titles["levenlanglerenkrediet"] == Text.same("Levenlanglerenkrediet")
    for language in compiled.content.country.languages:
        assert len({title[language] for title in compiled.titles.values()}) == len(compiled.titles)


def test_who_has_a_benefit_asks_for_permission_first(compiled: Compiled) -> None:
    answers = CARPENTER | {"employment": "job_seeker", "benefit": "ww"}
    plan = advise(compiled, answers, on=ON).offers[0].plan
    assert "UWV" in plan.first_step["nl"] and "voordat" in plan.first_step["nl"]


def test_a_loan_comes_last_of_what_you_ask_and_is_called_a_loan(compiled: Compiled) -> None:
    answers = {"desired_work": "hbo verpleegkundige", "age": 36, "place": "Utrecht", "employment": "employed"}
    steps = advise(compiled, answers, on=ON).offers[0].plan.money
    own = [step for step in steps if step.asker is Asker.YOU]
    assert own[-1].money.subsidy.form is MoneyForm.LOAN
    assert "lening" in own[-1].text["nl"] and "loan" in own[-1].text["en"]


def test_what_an_employer_asks_is_said_to_be_theirs_to_ask(compiled: Compiled) -> None:
    plan = advise(compiled, CARPENTER, on=ON).offers[0].plan
    theirs = [step for step in plan.money if step.asker is Asker.EMPLOYER]
    assert "praktijkleren-mbo" in [step.money.subsidy.id for step in theirs]
    assert all("jij niet" in step.text["nl"] for step in theirs)


def test_a_plan_holds_no_money_that_has_ended_or_that_pays_other_courses(compiled: Compiled) -> None:
    for one in some(advise(compiled, CARPENTER, on=ON).offers):
        for step in one.plan.money:
            assert step.money.status not in (MoneyStatus.ENDED, MoneyStatus.NOT_ELIGIBLE, MoneyStatus.CLOSED)
            by_name = isinstance(one.item, Route) and step.money.subsidy.id in one.item.pays
            assert step.money.subsidy.pays_for is not None or by_name
    carpentry = offer(advise(compiled, CARPENTER, on=ON), "bouwmensen-gooi-vecht").plan
    assert carpentry.money
    assert "levenlanglerenkrediet" not in [step.money.subsidy.id for step in carpentry.money], "no loan for bbl"


def test_costs_that_nobody_knows_are_null_and_said_to_be_unknown(compiled: Compiled) -> None:
    for one in some([one for one in advise(compiled, CARPENTER, on=ON).offers if one.item.costs is None]):
        assert one.plan.to_json("nl")["own_costs"] is None
        assert "vraag" in one.plan.own_costs.text["nl"].casefold()


def test_nothing_is_promised(compiled: Compiled) -> None:
    words = json.dumps(to_json(compiled, CARPENTER), ensure_ascii=False).casefold()
    assert "je krijgt sowieso" not in words and "gegarandeerd" not in words


def test_who_helps_to_choose_is_not_said_to_train_anybody(compiled: Compiled) -> None:
    help_desk = offer(advise(compiled, CARPENTER, on=ON), "servicepunt-techniek-utrecht")
    assert "leidt op" not in help_desk.reasons[0].text["nl"]
    assert help_desk.plan.money == ()


def test_money_for_refugees_or_temp_workers_is_in_the_plan_of_nobody_else(compiled: Compiled) -> None:
    for one in some(advise(compiled, CARPENTER, on=ON).offers):
        assert not {"uaf", "doorzaam-scholingsvoucher"} & {step.money.subsidy.id for step in one.plan.money}


# ------------------------------------------------------------------ explaining, asking, keeping
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_programme_and_scheme_explains_itself(compiled: Compiled, language: str) -> None:
    knowledge = compiled.content.knowledge
    for item in (*knowledge.programmes, *knowledge.subsidies):
        lines = list(explain(compiled, CARPENTER, item, on=ON).lines(language))
        assert len(lines) > 1 and all(lines), item
        assert not any("{" in line for line in lines), item


def test_explaining_a_name_says_the_id_that_goes_by_it(compiled: Compiled) -> None:
    with pytest.raises(BotError, match="Its id may be 'novi-bootcamp'"):
        explain(compiled, {}, "novi", on=ON)


def test_explaining_what_does_not_exist_suggests_what_does(compiled: Compiled) -> None:
    with pytest.raises(BotError, match="levenlanglerenkrediet"):
        explain(compiled, {}, "levenlanglerenkredit", on=ON)


def test_an_answer_that_was_given_is_not_asked_again(compiled: Compiled) -> None:
    assert not deciding_facts(compiled, CARPENTER, on=ON) & CARPENTER.keys()


def test_what_can_change_nothing_is_not_asked(compiled: Compiled) -> None:
    assert "ict_background" not in deciding_facts(compiled, CARPENTER, on=ON)
    programmer = {"desired_work": "programmeur", "education": "hbo", "place": "Amsterdam"}
    assert "ict_background" in deciding_facts(compiled, programmer, on=ON)


def test_a_benefit_that_is_unknown_is_worth_a_question(compiled: Compiled) -> None:
    assert {"benefit", "age", "desired_work"} <= deciding_facts(compiled, {}, on=ON)


@pytest.mark.slow
def test_a_library_survives_a_pickle(compiled: Compiled) -> None:
    again: Compiled = pickle.loads(pickle.dumps(compiled))
    assert to_json(again, CARPENTER) == to_json(compiled, CARPENTER)


def test_an_exclusion_that_nobody_spoke_of_is_shown_as_unknown_and_decides_nothing(compiled: Compiled) -> None:
    def loan(wish: str) -> Money:
        answers = {"age": 34, "employment": "employed", "desired_work": wish}
        return next(one for one in advise(compiled, answers, on=ON).money if one.subsidy.id == "levenlanglerenkrediet")

    def told(money: Money) -> list[RuleOutcome]:
        return [reason.outcome for reason in money.reasons if "bbl-opleiding" in reason.text["nl"]]

    assert (loan("timmerman").status, told(loan("timmerman"))) == (MoneyStatus.ELIGIBLE, [RuleOutcome.UNKNOWN])
    assert (loan("timmerman via bbl").status, told(loan("timmerman via bbl"))) == (
        MoneyStatus.NOT_ELIGIBLE,
        [RuleOutcome.NOT_MET],
    )


def test_a_job_that_is_named_beside_the_wish_is_not_what_is_asked_for(compiled: Compiled) -> None:
    answers = {**CARPENTER, "desired_work": "leraar basisschool, ben nu onderwijsassistent"}
    now = to_person(compiled, {**answers, "current_job": "onderwijsassistent"})
    assert "onderwijsassistent-mbo4" not in now.asked_for
    wanted = to_person(compiled, {**answers, "desired_work": "opleiding onderwijsassistent", "current_job": "kapper"})
    assert "onderwijsassistent-mbo4" in wanted.asked_for


def test_work_that_somebody_does_already_is_not_said_as_what_they_want(compiled: Compiled) -> None:
    electrician = {**CARPENTER, "current_job": "elektricien", "desired_work": "elektricien"}
    newcomer = {**electrician, "current_job": "kapper"}
    said = [
        [reason.text["nl"] for reason in advise(compiled, one, on=ON).offers[0].reasons]
        for one in (electrician, newcomer)
    ]
    assert "Dit leidt op voor werk dat je al kent: elektricien." in said[0]
    assert "Dit leidt op voor wat je wilt: elektricien." in said[1]


def test_advice_is_made_once_for_the_same_answers_and_again_for_others(compiled: Compiled) -> None:
    answers = {"desired_work": "lasser", "place": "Goes", "education": "vmbo"}
    first, again = advise(compiled, answers, on=ON), advise(compiled, dict(answers), on=ON)
    assert first.offers is again.offers and first.person.facts == again.person.facts
    older = advise(compiled, {**answers, "age": 58}, on=ON)
    assert older.offers is not first.offers
    assert advise(compiled, answers, on=date(2027, 1, 1)).offers is not first.offers


def test_what_was_read_a_moment_ago_is_bounded_and_holds_no_text() -> None:
    made: list[str] = []
    recent = Recent(2)
    for key in ("lasser", "lasser", "kok", "bakker", "lasser"):
        recent.of(key, lambda key=key: made.append(key))  # type: ignore[misc]
    assert made == ["lasser", "kok", "bakker", "lasser"]
    assert b"lasser" not in pickle.dumps(recent)
    assert not any("lasser" in str(key) for key in recent._found)


@pytest.mark.parametrize(
    ("dutch", "programme", "said"),
    [
        ("native", "codam", "De lessen zijn in het Engels."),
        ("a2", "codam", "De lessen zijn in het Engels."),
        ("native", "rijks-i-traineeship", None),
        ("a2", "rijks-i-traineeship", "De lessen zijn in het Nederlands."),
    ],
)
def test_the_language_of_the_lessons_is_said_when_it_cannot_be_taken_for_granted(
    compiled: Compiled, dutch: str, programme: str, said: str | None
) -> None:
    context = AdviceContext.of(compiled, to_person(compiled, {"dutch": dutch}), on=ON)
    reason = reason_of_lessons(compiled.catalogue[programme].item, None, context)
    assert (reason.text["nl"] if reason else None) == said


@pytest.mark.parametrize(
    ("dutch", "on_card", "outcome"),
    [
        ("a2", "Nederlands op niveau B1 nodig", RuleOutcome.NOT_MET),
        ("b1", None, RuleOutcome.MET),
        ("native", None, None),
    ],
)
def test_the_level_of_dutch_that_is_asked_is_said_to_who_may_not_have_it(
    compiled: Compiled, dutch: str, on_card: str | None, outcome: RuleOutcome | None
) -> None:
    context = AdviceContext.of(compiled, to_person(compiled, {"dutch": dutch}), on=ON)
    driver = compiled.catalogue["route-train-driver-ns"].item
    reason, short = reason_of_level(driver, context), level_on_card(driver, context)
    assert (reason.outcome if reason else None) is outcome
    assert (short["nl"] if short else None) == on_card


def test_the_register_says_the_language_of_a_degree(compiled: Compiled) -> None:
    codes = {
        languages_of(offer.item, offer.schools)
        for town in ("Utrecht", "Amsterdam", "Groningen")
        for offer in advise(
            compiled, {"desired_work": "juf op een basisschool", "place": town, "education": "mbo4"}, on=ON
        ).offers
    }
    assert ("nl",) in codes

"""Exploring: what is found for who does not know what they want, and how it is said."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from libraries import plain_yaml

from bot.advice.exploring.chart import interests_chart, kept_chart, to_kept, to_lines, to_svg
from bot.advice.exploring.explore import SHOWN, Exploration, explore
from bot.advice.exploring.profile import to_likes
from bot.advice.exploring.ranking import is_one_family
from bot.advice.exploring.why import in_words, side_by_side
from bot.compiled import Compiled
from bot.content import check_exploring, work_table
from bot.content.exploring import Exploring, Interest, Liking, Trait, leaning

ON = date(2026, 11, 27)
PEOPLE = plain_yaml(Path(__file__).parent / "exploring" / "people.yaml")


@pytest.fixture(scope="module")
def exploring(compiled: Compiled) -> Exploring:
    return compiled.content.knowledge.exploring


def cards(exploring: Exploring, like: list[str], dislike: list[str]) -> dict[str, str]:
    asked = [card for one in exploring.likings.interests for card in one.cards]
    asked += [one.card for one in exploring.likings.traits]
    return {one: "like" if one in like else "dislike" if one in dislike else "fine" for one in asked}


def facts_of(person: dict[str, Any], compiled: Compiled) -> dict[str, Any]:
    beside = {name: person[name] for name in ("limits", "excluded") if person.get(name)}
    answers = cards(compiled.content.knowledge.exploring, person["like"], person["dislike"])
    return {**person["facts"], **answers, **beside, "interests": sorted(compiled.likings.read(person["says"]))}


def found(compiled: Compiled, **facts: Any) -> Exploration:
    return explore(compiled, facts, on=ON, most=5)


def names(exploration: Exploration) -> list[str]:
    return [one.job.occupation.id for one in exploration.shown]


# ------------------------------------------------------------------ what is found
@pytest.mark.parametrize("person", PEOPLE, ids=[one["id"] for one in PEOPLE])
def test_an_adviser_would_accept_one_of_three_and_see_none_that_is_never_right(
    person: dict[str, Any], compiled: Compiled
) -> None:
    shown = names(explore(compiled, facts_of(person, compiled), on=ON))
    assert len(shown) == SHOWN
    assert person["accepted"] == ["*"] or set(shown) & set(person["accepted"])
    assert not set(shown) & set(person["never"])


def test_each_shown_job_has_a_way_and_they_are_never_of_one_family(compiled: Compiled) -> None:
    for person in PEOPLE:
        shown = explore(compiled, facts_of(person, compiled), on=ON).shown
        assert all(one.way for one in shown)
        assert not is_one_family([one.job for one in shown])


def test_who_only_tells_a_job_is_shown_what_is_near_it(compiled: Compiled) -> None:
    jobs = found(compiled, current_job="kok").found
    near = compiled.content.knowledge.exploring.work["5120"].neighbours
    assert sum(one.job.work.isco in near for one in jobs) >= 2


def test_a_job_that_nobody_knows_and_all_the_same_cards_still_give_three(
    compiled: Compiled, exploring: Exploring
) -> None:
    assert len(found(compiled, current_job="flurbelaar", **cards(exploring, [], [])).shown) == SHOWN
    assert len(found(compiled).shown) == SHOWN


def test_who_likes_and_refuses_everything_at_once_still_gets_three(compiled: Compiled, exploring: Exploring) -> None:
    every = list(cards(exploring, [], []))
    assert len(found(compiled, **cards(exploring, every, [])).shown) == SHOWN
    assert len(found(compiled, **cards(exploring, [], every)).shown) == SHOWN


@pytest.mark.parametrize("limit", ["lifting", "heights", "outdoors", "telephone", "nights", "screen", "people", "dirt"])
def test_no_job_goes_against_a_limit(limit: str, compiled: Compiled, exploring: Exploring) -> None:
    for like in exploring.likings.traits:
        jobs = found(compiled, limits={limit: True}, **cards(exploring, [like.card], [])).found
        assert jobs
        assert all(limit not in one.job.work.not_for for one in jobs)


def test_work_that_was_looked_at_or_is_not_wanted_is_not_shown_again(compiled: Compiled, exploring: Exploring) -> None:
    likes = cards(exploring, ["likes_making", "work_outdoors"], ["work_screen"])
    first = found(compiled, **likes)
    again = found(compiled, explored=names(first), **likes)
    assert not set(names(first)) & set(names(again))
    without = found(compiled, excluded=[*names(first), "bouw"], **likes)
    assert all("bouw" not in one.job.occupation.sectors for one in without.found)


def test_too_little_money_shows_work_of_a_higher_level_and_no_school_what_is_learnt_at_work(
    compiled: Compiled, exploring: Exploring
) -> None:
    likes = cards(exploring, ["likes_caring", "work_people"], [])

    def level(**more: Any) -> float:
        return sum(one.job.work.row.zone for one in found(compiled, education="mbo4", **likes, **more).shown)

    assert level(refused=["pay"]) > level(refused=["school"])


def test_words_of_their_own_count(compiled: Compiled) -> None:
    assert {"care-for-animals", "outdoors"} <= compiled.likings.read("iets met dieren, en graag buiten")
    assert "outdoors" not in compiled.likings.read("ik wil niet buiten werken")
    animals = found(compiled, interests=["care-for-animals", "outdoors"])
    assert any("care-for-animals" in one.job.work.row.skills for one in animals.shown)


# ------------------------------------------------------------------ what they like
def test_a_card_that_was_not_put_says_nothing_and_one_that_was_refused_does(exploring: Exploring) -> None:
    likes = to_likes({"likes_repairing": Liking.DISLIKE, "work_outdoors": Liking.LIKE}, (), exploring)
    assert likes.interests == {Interest.REALISTIC: -1.0}
    assert likes.traits == {Trait.OUTDOORS: 1.0}
    assert Interest.SOCIAL not in likes.interests


def test_the_same_answer_to_all_leans_nowhere(exploring: Exploring) -> None:
    assert not to_likes(cards(exploring, [], []), (), exploring).leans
    assert leaning({}) == (0.0,) * 6


# ------------------------------------------------------------------ how it is said
def test_every_line_of_every_job_is_there_in_both_languages_and_short(compiled: Compiled, exploring: Exploring) -> None:
    for person in PEOPLE:
        exploration = explore(compiled, facts_of(person, compiled), on=ON)
        for one in exploration.shown:
            for line in in_words(one, exploration.wanderer, exploring).lines:
                assert all(line[language].strip() and "{" not in line[language] for language in ("nl", "en"))


@pytest.mark.slow
def test_demand_is_said_only_with_a_source_and_a_day(compiled: Compiled, exploring: Exploring) -> None:
    for code, work in ((one.isco, one) for one in compiled.work_index.profiles):
        exploration = found(compiled, interests=[])
        shown = type(exploration.shown[0])(type(exploration.shown[0].job)(work.occupations[0], work, 0.0), None)
        prospect = in_words(shown, exploration.wanderer, exploring).prospect
        known = any(code in one.isco for one in exploring.likings.prospects)
        assert (prospect is not None) == known
        assert prospect is None or "2025" in prospect["nl"]


def test_two_jobs_side_by_side_say_what_differs(compiled: Compiled, exploring: Exploring) -> None:
    one, other = found(compiled, **cards(exploring, ["likes_making"], [])).shown[:2]
    lines = [line["nl"] for line in side_by_side(one, other, exploring)]
    assert len(lines) == len(Trait)


def test_the_chart_reads_without_eyes(exploring: Exploring) -> None:
    likes = to_likes({"likes_caring": Liking.LIKE, "work_screen": Liking.DISLIKE}, (), exploring)
    bars = interests_chart(likes, exploring, "nl")
    assert [(bar.steps, bar.said) for bar in bars] == [(4, "leuk"), (0, "liever niet")]
    picture = to_svg(bars, "Wat Sam & Co leuk vindt")
    assert 'role="img"' in picture
    assert "Sam &amp; Co" in picture
    assert all(bar.label in picture and bar.said in picture for bar in bars)
    assert to_lines(bars)[0] == "- 4/4 mensen helpen of iets leren: leuk"


def test_a_lead_keeps_enough_for_the_same_chart(exploring: Exploring) -> None:
    likes = to_likes({"likes_caring": Liking.FINE, "work_heavy": Liking.DISLIKE}, ["realistic", "social"], exploring)
    kept = to_kept(likes)
    assert kept == {"social:3", "heavy:0", "realistic:4"}
    assert kept_chart(kept, exploring, "nl") == interests_chart(likes, exploring, "nl")
    assert kept_chart({"gone:4", "social:9"}, exploring, "nl") == ()


def test_nobody_reads_a_letter_code(exploring: Exploring) -> None:
    said = [one.phrase["nl"].casefold() for one in exploring.likings.named]
    assert not any(word in text for text in said for word in ("realist", "riasec", "holland"))


# ------------------------------------------------------------------ for editors
def test_a_table_without_a_header_and_a_row_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    path = work_table.path_of(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text("isco\n", encoding="utf-8")
    _, problems = work_table.read(path, "work.csv")
    assert {one.code for one in problems} == {"K100"}
    head = "# source: x\n# date: 2026\n# licence: x\n" + ",".join(work_table.COLUMNS)
    path.write_text(f"{head}\n5120,1,2,3,4,5,6,2,9,0,0,0,,cook,\n", encoding="utf-8")
    table, problems = work_table.read(path, "work.csv")
    assert [(one.code, one.at.line) for one in problems] == [("K101", 5)]
    assert table is not None
    assert not table.rows


def test_what_is_not_there_and_what_is_not_said_are_named(compiled: Compiled, exploring: Exploring) -> None:
    silent = replace(exploring.likings, says=None, never_shown=("no-such-work",))
    broken = replace(compiled.content.knowledge, exploring=replace(exploring, likings=silent))
    assert {one.code for one in check_exploring.problems_of(broken)} == {"K102", "K103"}

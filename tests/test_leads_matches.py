"""Candidates and employers that fit each other, as advisers would pair them by hand."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from stores import draft

from bot.compiled import Compiled
from bot.staff.desk import Desk
from bot.staff.matches import Pair, pairs
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import CloseReason
from bot.store.team import Role

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
File = Callable[..., str]


@pytest.fixture
def lead(sqlite_store: Store) -> File:
    def make(user: str, flow: str, where: Where, said: dict[str, str], **facts: object) -> str:
        given = draft(flow=flow, facts=facts, said=said, phone=f"+3161{user:0>7}", contact={"name": user})
        with sqlite_store.transaction():
            (person,) = sqlite_store.conversations.load([Address("telegram", user)], at=NOON)
            return file(sqlite_store, person.id, "telegram", given, where, content="c", at=NOON).lead.reference

    return make


def found(store: Store, compiled: Compiled) -> list[Pair]:
    return pairs(Desk(store, store.team.add("Sanne", Role.ADVISER), lambda: NOON), compiled)


def nurse(lead: File, user: str = "1", place: str = "Zwolle", education: str = "mbo4") -> str:
    return lead(user, "intake", Where("zorg", place), {"desired_work": "verpleegkundige"}, education=education)


def hospital(lead: File, user: str = "9", vacancy: str = "verpleegkundige", **facts: object) -> str:
    return lead(user, "employer", Where("zorg", "Zwolle"), {"vacancy": vacancy}, sector="zorg", **facts)


def test_who_wants_the_work_of_a_vacancy_in_the_same_town_comes_first(
    sqlite_store: Store, compiled: Compiled, lead: File
):
    near, far = nurse(lead, "1"), nurse(lead, "2", place="Kampen")
    wanted = hospital(lead)
    first, second = found(sqlite_store, compiled)
    assert (first.candidate, first.employer, second.candidate) == (near, wanted, far)
    assert first.score > second.score
    assert "beiden in Zwolle" in first.reasons
    assert any(reason.startswith("beroep:") and "verpleegkundige" in reason for reason in first.reasons)
    assert "sector: zorg en welzijn" in first.reasons
    assert any("km van Kampen" in reason for reason in second.reasons)


def test_other_work_or_a_place_too_far_is_no_pair(sqlite_store: Store, compiled: Compiled, lead: File):
    lead("1", "intake", Where("ict", "Zwolle"), {"desired_work": "programmeur"}, education="hbo")
    nurse(lead, "2", place="Maastricht")
    hospital(lead)
    assert found(sqlite_store, compiled) == []


def test_a_level_that_is_too_low_counts_only_when_the_employer_does_not_train(
    sqlite_store: Store, compiled: Compiled, lead: File
):
    nurse(lead, education="mbo1")
    hospital(lead, "8", vacancy="verpleegkundige, mbo niveau 4")
    trains = hospital(lead, "9", vacancy="verpleegkundige, mbo niveau 4", can_train=True)
    (pair,) = found(sqlite_store, compiled)
    assert pair.employer == trains
    assert "werkgever leidt op" in pair.reasons


def test_who_is_done_is_paired_with_nobody(sqlite_store: Store, compiled: Compiled, lead: File):
    reference = nurse(lead)
    hospital(lead)
    boss = Desk(sqlite_store, sqlite_store.team.add("Baas", Role.COORDINATOR), lambda: NOON)
    boss.close(reference, CloseReason.ON_THEIR_OWN)
    assert found(sqlite_store, compiled) == []

"""Colleagues who come, go and are away: what was not given stays, and nobody's leads stay behind with them."""

from datetime import UTC, date, datetime

import pytest
from stores import draft

from bot.staff.colleagues import Colleagues
from bot.staff.desk import Desk
from bot.staff.errors import Code, DeskError, Refused
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import AttemptOutcome, Status
from bot.store.lead_model import Lead
from bot.store.notices import who_hears
from bot.store.team import Role

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def lead_of(store: Store, user: str = "1") -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=FRIDAY)
        return file(store, person.id, "telegram", draft(), Where(), content="c1", at=FRIDAY).lead


def desk(store: Store, name: str, role: Role | None = None) -> Desk:
    return Desk(store, store.team.add(name, role), lambda: FRIDAY)


def colleagues(store: Store) -> Colleagues:
    return Colleagues(store, "Coby", FRIDAY)


def test_what_is_not_given_of_a_colleague_stays(store: Store) -> None:
    store.team.add("Sanne", Role.COORDINATOR, Address("telegram", "5001"), email="sanne@c.example", team="noord")
    for change in (
        {"role": Role.READER},
        {"email": "s@c.example"},
        {"team": "zuid"},
        {"address": Address("telegram", "5002")},
    ):
        store.team.add("sanne", **change)  # type: ignore[arg-type]
    member = store.team.named("Sanne")
    assert member and (member.role, member.email, member.team) == (Role.READER, "s@c.example", "zuid")
    assert member.address == Address("telegram", "5002")
    without = store.team.add("Sanne", email="", team="")
    assert (without.email, without.team, without.address) == (None, None, member.address)
    assert store.team.add("Nieuw").role is Role.ADVISER


def test_who_leaves_says_first_who_takes_their_leads(store: Store) -> None:
    mehmet, nadia = desk(store, "Mehmet"), store.team.add("Nadia", address=Address("telegram", "12"))
    some = [lead_of(store, str(each)).reference for each in range(2)]
    for reference in some:
        mehmet.claim(reference)
    mehmet.attempt(some[0], AttemptOutcome.SPOKEN)
    with pytest.raises(DeskError) as refusal:
        colleagues(store).dismiss("Mehmet")
    assert (refusal.value.code, refusal.value.data) == (Code.HAS_LEADS, {"name": "Mehmet", "number": 2})
    assert store.team.named("Mehmet")
    left = colleagues(store).dismiss("mehmet", to="nadia")
    assert (len(left.leads), left.to, store.team.named("Mehmet")) == (2, "Nadia", None)
    assert [(lead.assignee_id, lead.status) for lead in map(store.leads.get, some)] == [
        (nadia.id, Status.TALKING), (nadia.id, Status.CLAIMED),
    ]  # fmt: skip
    assert len(store.outbox.pending("telegram")) == 2


def test_leads_of_who_left_can_be_nobodys_again(store: Store) -> None:
    mehmet = desk(store, "Mehmet")
    reference = lead_of(store).reference
    mehmet.claim(reference)
    assert colleagues(store).dismiss("Mehmet", to_nobody=True).to is None
    assert (store.leads.get(reference).assignee, store.leads.get(reference).status) == (None, Status.NEW)
    assert colleagues(store).dismiss(store.team.add("Weg").name).leads == ()


def test_who_stands_in_works_on_the_leads_and_hears_of_them_for_those_days_only(store: Store) -> None:
    sanne, nadia, piet = desk(store, "Sanne"), desk(store, "Nadia"), desk(store, "Piet")
    for name, number in (("Sanne", "11"), ("Nadia", "12")):
        store.team.add(name, address=Address("telegram", number))
    reference = lead_of(store).reference
    sanne.claim(reference)
    with pytest.raises(Refused):
        nadia.attempt(reference, AttemptOutcome.VOICEMAIL)
    colleagues(store).be_away("Sanne", date(2026, 11, 20), date(2026, 11, 27), "Nadia")
    assert nadia.mine() == ("Nadia", "Sanne")
    assert nadia.attempt(reference, AttemptOutcome.VOICEMAIL).assignee == "Sanne"
    with pytest.raises(Refused):
        piet.attempt(reference, AttemptOutcome.VOICEMAIL)
    lead = store.leads.get(reference)
    assert who_hears(store, lead, FRIDAY) == [Address("telegram", "12")]
    assert who_hears(store, lead, FRIDAY.replace(day=28)) == [Address("telegram", "11")]
    colleagues(store).be_back("Sanne")
    with pytest.raises(Refused):
        nadia.attempt(reference, AttemptOutcome.VOICEMAIL)


@pytest.mark.parametrize(
    ("since", "until", "substitute", "code"),
    [
        (date(2026, 11, 27), date(2026, 11, 26), None, Code.NO_SUCH_ABSENCE),
        (date(2026, 11, 1), date(2026, 11, 19), None, Code.NO_SUCH_ABSENCE),
        (date(2026, 11, 27), date(2026, 11, 28), "Lena", Code.NO_COLLEAGUE),
        (date(2026, 11, 27), date(2026, 11, 28), "Sanne", Code.NO_COLLEAGUE),
    ],
)
def test_an_absence_that_cannot_be_is_refused(
    store: Store, since: date, until: date, substitute: str | None, code: Code
) -> None:
    store.team.add("Sanne")
    store.team.add("Lena", Role.READER)
    with pytest.raises(DeskError) as refusal:
        colleagues(store).be_away("Sanne", since, until, substitute)
    assert refusal.value.code is code

"""Who hears of a lead, in which order, and who does when that does not arrive."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from libraries import real_library
from stores import draft
from test_colleagues import FRIDAY

from bot.content.team_names import TeamNames
from bot.store import Address, Outgoing, Store
from bot.store.filing import Where, file
from bot.store.lead_model import Lead
from bot.store.notices import deaf, pass_on, tell, trouble, who_hears
from bot.store.team import Absence, Role

SANNE, GROUP, MAILBOX = Address("telegram", "11"), Address("telegram", "-200"), Address("email", "leads@c.example")
COBY, SANNE_MAIL = Address("telegram", "19"), Address("email", "sanne@c.example")


@pytest.fixture
def office(store: Store) -> Store:
    """With a group and a mailbox, a coordinator, and Sanne, who has a chat and an address."""
    store.settings = replace(
        store.settings,
        staff_chat=GROUP.user,
        staff_email=MAILBOX.user,
        smtp_host="127.0.0.1",
        mail_from="bot@c.example",
        desk_url="https://bureau.example",
    )
    store.team.add("Sanne", address=SANNE, email=SANNE_MAIL.user)
    store.team.add("Coby", Role.COORDINATOR, COBY)
    return store


def lead_of(store: Store, where: Where | None = None, assignee: str | None = None) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", "1")], at=FRIDAY)
        lead = file(store, person.id, "telegram", draft(), where or Where(), content="c1", at=FRIDAY).lead
    member = store.team.named(assignee) if assignee else None
    if member:
        store.leads.claim(lead.id, member.id, member.name, FRIDAY)
    return store.leads.get(lead.id)


def waiting(store: Store, at: datetime = FRIDAY) -> list[Outgoing]:
    return [each for channel in ("telegram", "email") for each in store.outbox.pending(channel, at)]


def refused(store: Store, message: Outgoing, reason: str = "blocked") -> list[Address]:
    """It will not arrive; gives where the same is told now."""
    store.outbox.dead(message.id, reason)
    return [each.address for each in pass_on(store, message, FRIDAY)]


def test_what_does_not_arrive_goes_to_the_next_who_can_hear_until_there_is_nobody(office: Store) -> None:
    lead = lead_of(office, assignee="Sanne")
    assert tell(office, lead, "vroeg om een mens", at=FRIDAY)
    order = []
    while found := waiting(office):
        (message,) = found
        order.append(message.address)
        assert message.message.text.startswith(f"{lead.reference} · vroeg om een mens\nhttps://bureau.example/")
        assert "Zoë" not in message.message.text
        refused(office, message)
    assert order == [SANNE, SANNE_MAIL, GROUP, MAILBOX, COBY]
    assert "Dit kwam niet aan bij Sanne." in message.message.text  # who reads it knows who does not


def test_another_address_of_the_same_colleague_does_not_say_that_they_did_not_hear(office: Store) -> None:
    tell(office, lead_of(office, assignee="Sanne"), "vroeg om een mens", at=FRIDAY)
    (message,) = waiting(office)
    assert refused(office, message) == [SANNE_MAIL]
    (by_mail,) = waiting(office)
    assert "kwam niet aan" not in by_mail.message.text


def test_the_operator_hears_who_gets_nothing_without_a_name_and_no_longer_once_something_arrives(
    office: Store,
) -> None:
    tell(office, lead_of(office, assignee="Sanne"), "vroeg om een mens", at=FRIDAY)
    assert trouble(office) is None
    refused(office, *waiting(office))
    said = trouble(office)
    assert said and said.startswith("1 of the team get no messages (blocked)") and "Sanne" not in said
    assert [(each.name, each.address) for each in deaf(office)] == [("Sanne", SANNE)]
    office.outbox.answers(SANNE)
    assert trouble(office) is None and not deaf(office)


def test_what_is_no_notice_of_a_lead_is_passed_on_to_nobody(office: Store) -> None:
    tell(office, lead_of(office), at=FRIDAY)
    (message,) = waiting(office)
    assert pass_on(office, replace(message, about=None), FRIDAY) == ()


def test_of_a_lead_that_is_erased_the_next_hears_as_well(office: Store) -> None:
    lead = lead_of(office, assignee="Sanne")
    tell(office, lead, "gewist", at=FRIDAY)
    (message,) = waiting(office)
    gone = replace(message, about="L-2026-9999", address=GROUP)
    assert [each.address for each in pass_on(office, gone, FRIDAY)] == [MAILBOX]


TEAMS = {
    "Zorg": {"sector": "zorg", "place": "Zwolle"},
    "zeist": {"sector": "techniek", "place": "Zeist"},
    "Midden-Utrecht": {"sector": "ict", "place": "Zeist"},  # the labour-market region
    "Flevoland, Utrecht": {"sector": None, "place": "Zeist"},  # two provinces
}


@pytest.mark.parametrize("team", TEAMS)
def test_a_lead_of_a_team_reaches_its_people_first_and_the_group_when_none_of_them_can_hear(
    office: Store, team: str
) -> None:
    office.team_names = TeamNames.of(real_library().content.knowledge)
    office.team.add("Sanne", team=team)
    office.team.add("Nadia", address=Address("telegram", "12"), team=team)
    office.team.add("Lena", Role.READER, Address("telegram", "13"), team=team)  # may take no lead
    office.team.add("Piet", address=Address("telegram", "14"), team="Groen, Assen")
    lead = lead_of(office, Where(**TEAMS[team]))
    assert set(who_hears(office, lead, FRIDAY)) == {SANNE, Address("telegram", "12")}
    tell(office, lead, at=FRIDAY)
    for message in waiting(office):
        assert message.message.buttons, "each of them can take it"
    nadia = next(each for each in waiting(office) if each.address.user == "12")
    assert refused(office, nadia) == [GROUP]
    assert list(who_hears(office, lead_of(office, assignee="Piet"), FRIDAY)) == [Address("telegram", "14")]


def test_who_is_away_is_none_of_their_team_for_those_days(office: Store) -> None:
    office.team_names = TeamNames.of(real_library().content.knowledge)
    sanne = office.team.add("Sanne", team="zorg")
    lead = lead_of(office, Where("zorg", "Zwolle"))
    assert list(who_hears(office, lead, FRIDAY)) == [SANNE]
    office.team.set_absence(sanne, Absence(date(2026, 11, 20), date(2026, 11, 27)))
    assert list(who_hears(office, lead, FRIDAY)) == [GROUP]

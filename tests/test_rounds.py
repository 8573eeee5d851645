"""What the clock brings for staff: who asked for a person and was left alone is reported, and a list each morning."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from stores import draft

from bot.staff import rounds
from bot.staff.colleagues import Colleagues
from bot.staff.desk import Desk
from bot.store import Address, Store
from bot.store.filing import Where, ask_for, file
from bot.store.lead_codes import AttemptOutcome, CloseReason
from bot.store.lead_model import Lead
from bot.store.team import Role

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # ten o'clock there
AFTERNOON = MONDAY.replace(hour=14, minute=5)  # five past three


def lead_of(store: Store, user: str = "1", at: datetime = MONDAY) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=at)
        return file(store, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="c1", at=at).lead


def asked(store: Store, user: str = "1", at: datetime = MONDAY) -> Lead:
    return ask_for(store, lead_of(store, user, at), "asked", at)


def with_email(store: Store) -> None:
    store.settings = replace(
        store.settings, smtp_host="mail.example", mail_from="bot@c.example", staff_email="leads@c.example",
        desk_url="https://bureau.example",
    )  # fmt: skip


def queued(store: Store, channel: str = "email") -> list[tuple[str, str]]:
    found = store.outbox.pending(channel, MONDAY + timedelta(days=30))
    return [(each.address.user, "\n".join(filter(None, (each.message.title, each.message.text)))) for each in found]


# ------------------------------------------------------------------ nobody did anything
def test_the_coordinator_hears_once_of_who_asked_and_was_left_alone(store: Store) -> None:
    store.team.add("Coby", Role.COORDINATOR, Address("telegram", "20"))
    lead = asked(store)
    rounds.run(store, MONDAY + timedelta(hours=3))  # one o'clock: it is still early
    assert queued(store, "telegram") == []
    for minutes in (0, 1, 60):
        rounds.run(store, AFTERNOON + timedelta(minutes=minutes))
    assert queued(store, "telegram") == [("20", f"{lead.reference} · moet vandaag, en niemand deed nog iets")]
    assert store.leads.details([lead])[lead.id].events[-1].kind == "escalated"
    ask_for(store, store.leads.get(lead.id), "not_called", AFTERNOON + timedelta(hours=18))
    rounds.run(store, AFTERNOON + timedelta(days=1))
    assert len(queued(store, "telegram")) == 1  # it is the first time they asked that counts, until somebody speaks


@pytest.mark.parametrize("action", ["claim", "attempt", "note", "close"])
def test_who_did_something_is_not_reported(store: Store, action: str) -> None:
    store.team.add("Coby", Role.COORDINATOR, Address("telegram", "20"))
    sanne = Desk(store, store.team.add("Sanne"), lambda: MONDAY + timedelta(hours=1))
    reference = asked(store).reference
    if action == "note":
        sanne.note(reference, "belt terug")
    else:
        sanne.claim(reference)
    if action == "attempt":
        sanne.attempt(reference, AttemptOutcome.VOICEMAIL)
    if action == "close":
        sanne.close(reference, CloseReason.REFERRED)
    rounds.run(store, AFTERNOON)
    assert queued(store, "telegram") == []


def test_who_asks_in_the_weekend_or_late_is_reported_on_the_next_afternoon(store: Store) -> None:
    store.team.add("Coby", Role.COORDINATOR, Address("telegram", "20"))
    asked(store, at=MONDAY - timedelta(days=2))
    rounds.run(store, AFTERNOON - timedelta(days=1))
    assert queued(store, "telegram") == []
    rounds.run(store, AFTERNOON)
    asked(store, "2", at=AFTERNOON - timedelta(minutes=30))
    rounds.run(store, AFTERNOON)
    assert len(queued(store, "telegram")) == 1


def test_without_anybody_to_tell_it_is_told_as_soon_as_there_is_somebody(store: Store) -> None:
    asked(store)
    rounds.run(store, AFTERNOON)
    with_email(store)
    rounds.escalate(store, AFTERNOON)
    assert [to for to, _ in queued(store)] == ["leads@c.example"]


def test_a_coordinator_who_is_away_is_passed_over(store: Store) -> None:
    for name, role, number in (("Coby", Role.COORDINATOR, "20"), ("Baas", Role.ADMIN, "21")):
        store.team.add(name, role, Address("telegram", number))
    Colleagues(store, "operator", MONDAY).be_away("Coby", MONDAY.date(), MONDAY.date())
    asked(store)
    rounds.run(store, AFTERNOON)
    assert [to for to, _ in queued(store, "telegram")] == ["21"]


# ------------------------------------------------------------------ each morning
def test_everyone_gets_their_own_list_once_a_working_day_with_numbers_only(store: Store) -> None:
    with_email(store)
    store.team.add("Nadia", email="nadia@c.example")
    sanne = Desk(store, store.team.add("Sanne", email="sanne@c.example"), lambda: MONDAY)
    late, today, new = lead_of(store, "1", MONDAY - timedelta(days=7)), lead_of(store, "2", MONDAY), lead_of(store, "3")
    for lead in (late, today):
        sanne.claim(lead.reference)
    store.leads.change(today.id, "Sanne", "snoozed", at=MONDAY, next_action_on=MONDAY.date())
    for at in (
        MONDAY.replace(hour=7, minute=29),  # 8:29 there
        MONDAY - timedelta(days=1),  # Sunday
        MONDAY.replace(hour=18),  # the day is over
    ):
        rounds.run(store, at)
        assert queued(store) == []
    for minutes in (30, 31, 59):
        rounds.run(store, MONDAY.replace(hour=7, minute=minutes))
    link = "https://bureau.example/leads"
    own, team = queued(store)
    assert own == (
        "sanne@c.example",
        f"Leads op 23-11-2026\nTe laat: 1\n{late.reference}  {link}/{late.reference}\n\n"
        f"Vandaag: 1\n{today.reference}  {link}/{today.reference}",
    )
    assert team[0] == "leads@c.example" and f"Nieuw, en van niemand: 1\n{new.reference}" in team[1]
    assert not any(word in own[1] + team[1] for word in ("Vries", "Zwolle", "12345678"))
    rounds.run(store, MONDAY + timedelta(days=1))
    assert len(queued(store)) == 4


def test_a_long_list_says_how_many_more(store: Store) -> None:
    with_email(store)
    for number in range(rounds.MOST + 2):
        lead_of(store, str(number))
    rounds.send_digests(store, MONDAY)
    ((_, text),) = queued(store)
    assert text.count("L-2026-") == 2 * rounds.MOST and text.endswith("en nog 2")


def test_who_is_away_gets_none_and_their_leads_are_in_the_list_of_who_stands_in(store: Store) -> None:
    with_email(store)
    store.team.add("Nadia", email="nadia@c.example")
    sanne = Desk(store, store.team.add("Sanne", email="sanne@c.example"), lambda: MONDAY)
    late = lead_of(store, "1", MONDAY - timedelta(days=7))
    sanne.claim(late.reference)
    Colleagues(store, "operator", MONDAY).be_away("Sanne", MONDAY.date(), MONDAY.date(), "Nadia")
    rounds.send_digests(store, MONDAY)
    assert [to for to, text in queued(store) if late.reference in text] == ["nadia@c.example", "leads@c.example"]


def test_without_a_mail_server_nothing_is_queued(store: Store) -> None:
    store.team.add("Sanne", email="sanne@c.example")
    lead_of(store)
    rounds.run(store, MONDAY)
    assert queued(store) == []

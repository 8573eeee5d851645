"""Who phones or stands at the desk: a lead that an adviser makes, with the consent as it was read out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from libraries import real_library
from stores import draft

from bot.engine.state import CONTACT
from bot.privacy.retention import Retention
from bot.staff.desk import Desk
from bot.staff.errors import Code, DeskError, Refused
from bot.staff.walk_in import CHANNEL, Client, texts_to_read
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import Status
from bot.store.lead_terms import KEEP
from bot.store.team import Role

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
FATIMA = Client(
    "Fatima", "06 12345678", "", "iets in de zorg", "Zwolle", "na 15:00", "nl", frozenset({CONTACT, KEEP})
)  # fmt: skip


def desk(store: Store, role: Role = Role.ADVISER) -> Desk:
    return Desk(store, store.team.add("Sanne", role), lambda: FRIDAY)


def test_a_lead_made_at_the_desk_is_one_like_any_other(store: Store) -> None:
    lead = desk(store).take_down(FATIMA, real_library())
    assert (lead.status, lead.assignee, lead.channel, lead.kind) == (Status.CLAIMED, "Sanne", CHANNEL, "intake")
    assert (lead.sector, lead.place) == ("zorg", "Zwolle")
    assert lead.contact == {"name": "Fatima", "phone": "+31612345678", "wish": "na 15:00"}
    details = store.leads.details([lead])[lead.id]
    assert [(event.kind, event.actor) for event in details.events] == [("filed", "Sanne"), ("claimed", "Sanne")]
    texts = texts_to_read(real_library().content, "nl")
    assert {each.purpose: each.text for each in details.consents} == texts
    assert texts[CONTACT].startswith("Mag een adviseur")
    assert [found.id for found in desk(store).search("fatima")] == [lead.id]


def test_only_what_they_said_yes_to_is_written_down(store: Store) -> None:
    lead = desk(store).take_down(replace(FATIMA, agreed=frozenset({CONTACT})), real_library())
    assert [each.purpose for each in store.leads.details([lead])[lead.id].consents] == [CONTACT]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed": frozenset({KEEP})}, Code.NO_CONSENT),
        ({"name": " "}, Code.NO_NAME),
        ({"phone": ""}, Code.NO_WAY_TO_REACH),
        ({"phone": "12"}, Code.NO_PHONE),
        ({"wish": "zittend werk, heeft reuma"}, Code.NOT_KEPT),
    ],
)
def test_what_cannot_be_makes_no_lead(store: Store, change: dict[str, object], code: Code) -> None:
    with pytest.raises(DeskError) as refusal:
        desk(store).take_down(replace(FATIMA, **change), real_library())  # type: ignore[arg-type]
    assert refusal.value.code is code
    assert list(store.conversations.states()) == []


def test_a_reader_makes_none(store: Store) -> None:
    with pytest.raises(Refused):
        desk(store, Role.READER).take_down(FATIMA, real_library())


def test_who_was_in_the_chat_before_is_linked(store: Store) -> None:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", "1")], at=FRIDAY)
        earlier = file(store, person.id, "telegram", draft(), Where(), content="c1", at=FRIDAY).lead
    assert desk(store).take_down(FATIMA, real_library()).duplicate_of_id == earlier.id


def test_they_are_erased_at_their_request_and_when_their_term_is_over(store: Store) -> None:
    baas = Desk(store, store.team.add("Baas", Role.ADMIN), lambda: FRIDAY)
    first = baas.take_down(FATIMA, real_library())
    assert baas.forget(first.reference) == (first.reference,)
    assert list(store.conversations.states()) == []
    second = desk(store).take_down(replace(FATIMA, agreed=frozenset({CONTACT})), real_library())
    at = max(store.clock.steady(FRIDAY), FRIDAY) + timedelta(days=store.settings.keep_lead_days + 1)
    store.clock.trust(at)
    Retention(store, at).run()
    assert store.leads.get(second.id).erased_at
    assert list(store.conversations.states()) == []

"""The desk: a call in one step, and what went wrong is put right: undone, struck out, corrected, opened again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import product

import pytest
from libraries import locale_in
from sqlalchemy import select, update
from stores import draft

from bot.privacy.erasure import dossier
from bot.staff.desk import Desk, Plan
from bot.staff.errors import Changed, Code, DeskError, Refused
from bot.staff.labels import Labels
from bot.staff.overview import overview
from bot.staff.queues import Queue, filter_of
from bot.store import Address, Store
from bot.store.filing import Where, ask_for, file
from bot.store.lead_codes import AttemptOutcome, CloseReason, LeadOutcome, NextStep, Outcome, Stage, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.tables import lead_events, leads
from bot.store.team import Role
from bot.store.worklists import ONLY, Group, Looker

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
TUESDAY = date(2026, 11, 24)


def lead_of(store: Store, user: str = "1", at: datetime = FRIDAY, **changes: object) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=at)
        return file(store, person.id, "telegram", draft(**changes), Where("zorg", "Zwolle"), content="c1", at=at).lead


def desk(store: Store, name: str = "Sanne", role: Role = Role.ADVISER, at: datetime = FRIDAY) -> Desk:
    return Desk(store, store.team.add(name, role), lambda: at)


def mine(store: Store, sanne: Desk, **changes: object) -> str:
    """The number of a lead that is hers."""
    reference = lead_of(store, **changes).reference
    sanne.claim(reference)
    return reference


@contextmanager
def refused(code: Code) -> Iterator[None]:
    with pytest.raises(DeskError) as refusal:
        yield
    assert refusal.value.code is code


# ------------------------------------------------------------------ one step a call
def test_a_call_with_a_note_and_a_next_step_is_one_change(store: Store) -> None:
    sanne = desk(store)
    reference = mine(store, sanne)
    before = store.leads.get(reference).change
    called = sanne.record(
        reference, AttemptOutcome.SPOKEN, "Wil dinsdag langskomen", Plan(TUESDAY, time(14, 30), "intake bij NOVI")
    )
    assert (called.status, called.attempts, called.change) == (Status.TALKING, 1, before + 1)
    assert (called.next_action, called.next_action_on, called.next_action_time) == (
        "intake bij NOVI", TUESDAY, time(14, 30),
    )  # fmt: skip
    details = store.leads.details([called])[called.id]
    assert [note.text for note in details.notes] == ["Wil dinsdag langskomen"]
    assert details.notes[0].change == details.events[-1].change == called.change


def test_what_a_call_may_not_hold_leaves_nothing_of_it(store: Store) -> None:
    sanne = desk(store)
    reference = mine(store, sanne)
    before = store.leads.get(reference)
    for note, plan, code in (
        ("heeft rugklachten", None, Code.NOT_KEPT),
        ("", Plan(TUESDAY, None, "BSN 111222333"), Code.NOT_KEPT),
        ("", Plan(FRIDAY.date(), None), Code.NOT_IN_FUTURE),
        ("", Plan(date(2027, 6, 1), None), Code.AFTER_TERM),
    ):
        with refused(code):
            sanne.record(reference, AttemptOutcome.SPOKEN, note, plan)
    assert store.leads.get(reference) == before


def test_later_today_is_in_the_future_when_its_hour_is(store: Store) -> None:
    sanne = desk(store)
    reference = mine(store, sanne)
    assert sanne.record(reference, AttemptOutcome.VOICEMAIL, "", Plan(FRIDAY.date(), time(16, 30))).next_action_time
    with refused(Code.NOT_IN_FUTURE):  # it is four o'clock there
        sanne.record(reference, AttemptOutcome.VOICEMAIL, "", Plan(FRIDAY.date(), time(15, 30)))


@pytest.mark.parametrize(
    ("outcome", "step", "on"),
    [
        (AttemptOutcome.SPOKEN, NextStep.CALL, date(2026, 12, 4)),
        (AttemptOutcome.VOICEMAIL, NextStep.CALL, TUESDAY),
        (AttemptOutcome.MAILED, NextStep.CALL, TUESDAY),
        (AttemptOutcome.WRONG_NUMBER, NextStep.MAIL, TUESDAY),
    ],
)
def test_without_a_plan_there_is_a_next_step_after_every_call(
    store: Store, outcome: AttemptOutcome, step: NextStep, on: date
) -> None:
    sanne = desk(store)
    called = sanne.attempt(mine(store, sanne), outcome)
    assert (called.next_action, called.next_action_on) == (step, on)


def test_a_plan_of_a_colleague_that_was_not_seen_is_not_replaced(store: Store) -> None:
    sanne, coby = desk(store), desk(store, "Coby", Role.COORDINATOR)
    reference = mine(store, sanne)
    form = store.leads.get(reference).change
    sanne.open(reference)
    coby.open(reference)
    coby.snooze(reference, date(2026, 12, 8), "mailen")
    sanne.open(reference)  # in another window: the form is older
    with pytest.raises(Changed):
        sanne.record(reference, AttemptOutcome.SPOKEN, "gesproken", Plan(TUESDAY), seen=form)
    assert store.leads.get(reference).attempts == 0
    now = store.leads.get(reference).change
    assert sanne.record(reference, AttemptOutcome.SPOKEN, "", Plan(TUESDAY), seen=now).next_action_on == TUESDAY


# ------------------------------------------------------------------ put right
def test_a_closed_lead_opens_as_it_was(store: Store) -> None:
    sanne = desk(store)
    reference = mine(store, sanne)
    sanne.attempt(reference, AttemptOutcome.SPOKEN)
    before = sanne.snooze(reference, date(2026, 12, 8), "terugbellen over NOVI", time(9, 0))
    sanne.close(reference, CloseReason.ENROLLED)
    sanne.note(reference, "toch niet")
    opened = sanne.reopen(reference)
    for name in ("status", "assignee", "next_action", "next_action_on", "next_action_time", "first_contact_at"):
        assert getattr(opened, name) == getattr(before, name), name
    assert (opened.close_reason, opened.closed_at) == (None, None)
    with refused(Code.IS_OPEN):
        sanne.reopen(reference)


def test_a_lead_of_who_left_opens_as_it_came_in(store: Store) -> None:
    sanne, coby = desk(store), desk(store, "Coby", Role.COORDINATOR)
    reference = mine(store, sanne)
    sanne.close(reference, CloseReason.ENROLLED)
    store.team.deactivate("Sanne")
    coby.open(reference)
    opened = coby.reopen(reference)
    assert (opened.status, opened.assignee, opened.next_action_on) == (Status.NEW, None, TUESDAY)


@pytest.mark.parametrize("action", ["claim", "attempt", "snooze", "close", "release", "assign", "correct", "settle"])
def test_the_last_action_can_be_undone(store: Store, action: str) -> None:
    sanne = desk(store)
    desk(store, "Nadia")
    reference = lead_of(store).reference
    if action != "claim":
        sanne.claim(reference)
    before = store.leads.get(reference)
    match action:
        case "claim":
            sanne.claim(reference)
        case "attempt":
            sanne.record(reference, AttemptOutcome.SPOKEN, "verkeerde lead", Plan(TUESDAY, time(9, 0)))
        case "snooze":
            sanne.snooze(reference, TUESDAY, "mailen")
        case "close":
            sanne.close(reference, CloseReason.REFERRED, Outcome(LeadOutcome.STOPPED))
        case "release":
            sanne.release(reference)
        case "assign":
            sanne.assign(reference, "nadia")
        case "correct":
            sanne.correct(reference, phone="06 87654321")
        case _:
            sanne.settle(reference, Outcome(LeadOutcome.STARTED, "mbo-zorg"))
    assert store.leads.get(reference) != before
    undone = sanne.undo(reference)
    same = [name for name in Lead.__slots__ if name not in ("change", "updated_at")]
    assert [getattr(undone, name) for name in same] == [getattr(before, name) for name in same]
    notes = store.leads.details([undone])[undone.id].notes
    assert all(note.struck_by == "Sanne" for note in notes) and bool(notes) == (action == "attempt")
    assert [lead.reference for lead in sanne.search("06 12345678")] == [reference]
    with refused(Code.NOTHING_TO_UNDO):
        sanne.undo(reference)


def test_nobody_undoes_what_another_did_or_what_came_before_it(store: Store) -> None:
    sanne, coby = desk(store), desk(store, "Coby", Role.COORDINATOR)
    reference = mine(store, sanne)
    with refused(Code.NOTHING_TO_UNDO):
        coby.undo(reference)
    ask_for(store, store.leads.get(reference), "asked", FRIDAY)
    with refused(Code.NOTHING_TO_UNDO):
        sanne.undo(reference)
    assert store.leads.get(reference).asked_at == FRIDAY


def test_what_an_action_replaced_is_sealed_and_goes_with_the_lead(store: Store) -> None:
    sanne, baas = desk(store), desk(store, "Baas", Role.ADMIN)
    reference = mine(store, sanne)
    sanne.correct(reference, name="Zoë Jansen")
    lead = store.leads.get(reference)
    kept = select(lead_events.c.before).where(lead_events.c.lead_id == lead.id)
    with store.reading() as db:
        raw = db.exec_driver_sql("SELECT before FROM lead_events WHERE before IS NOT NULL").scalars().all()
        assert [row["contact"]["name"] for row in db.execute(kept).scalars() if row and "contact" in row] == [
            "Zoë de Vries"
        ]
    assert raw and not any("Vries" in each for each in raw)
    assert lead.conversation_id and "Vries" in str(dossier(store, lead.conversation_id)["lead_events"])
    baas.forget(reference)
    with store.reading() as db:
        assert set(db.execute(kept).scalars()) == {None}


def test_a_note_is_struck_out_by_who_wrote_it_and_is_read_as_such(store: Store) -> None:
    sanne, nadia, coby = desk(store), desk(store, "Nadia"), desk(store, "Coby", Role.COORDINATOR)
    reference = mine(store, sanne)
    sanne.note(reference, "Wil naar Zeist")
    sanne.note(reference, "Belt liever na vijven")
    with pytest.raises(Refused):
        nadia.strike(reference, 1)
    for number in (0, 3):
        with refused(Code.NO_NOTE):
            sanne.strike(reference, number)
    sanne.strike(reference, 1)
    sanne.strike(reference, 1)  # once is enough
    coby.strike(reference, 2)
    lead = store.leads.get(reference)
    details = store.leads.details([lead])[lead.id]
    assert [note.struck_by for note in details.notes] == ["Sanne", "Coby"]
    assert [event.kind for event in details.events].count("note struck") == 2
    assert "doorgestreept door Sanne" in "\n".join(overview(sanne.open(reference), Labels(), locale_in()))


def test_a_contact_is_corrected_in_all_open_leads_and_found_by_the_new_one(store: Store) -> None:
    sanne = desk(store)
    employer = lead_of(store, flow="employer")
    reference = mine(store, sanne)
    changed = sanne.correct(reference, phone="0687654321", email="")
    assert changed.contact == {"name": "Zoë de Vries", "phone": "+31687654321"}
    assert store.leads.get(employer.reference).contact["phone"] == "+31687654321"
    assert lead_of(store, "3", phone="+31687654321", contact={"phone": "+31687654321"}).duplicate_of_id == employer.id
    for wrong, code in (({"phone": "12"}, Code.NO_PHONE), ({"email": "x"}, Code.NO_EMAIL)):
        with refused(code):
            sanne.correct(reference, **wrong)
    with refused(Code.NO_WAY_TO_REACH):
        sanne.correct(reference, phone="")


# ------------------------------------------------------------------ who has it
def test_a_lead_is_given_to_a_colleague_who_hears_its_number(store: Store) -> None:
    sanne = desk(store)
    store.team.add("Nadia", Role.ADVISER, Address("telegram", "12"))
    store.team.add("Lena", Role.READER)
    reference = mine(store, sanne)
    given = sanne.assign(reference, "nadia")
    assert (given.assignee, given.status) == ("Nadia", Status.CLAIMED)
    (heard,) = store.outbox.pending("telegram")
    assert (heard.address.user, heard.message.text) == ("12", f"{reference} · Sanne geeft deze lead aan jou")
    with pytest.raises(Refused):
        sanne.assign(reference, "Nadia")  # it is no longer hers
    for name in ("Lena", "Piet"):
        with refused(Code.NO_COLLEAGUE):
            desk(store, "Coby", Role.COORDINATOR).assign(lead_of(store, "2").reference, name)


def test_many_at_once_and_one_refusal_stops_none(store: Store) -> None:
    coby, sanne = desk(store, "Coby", Role.COORDINATOR), desk(store)
    some = [lead_of(store, str(each)).reference for each in range(3)]
    sanne.claim(some[0])
    sanne.close(some[0], CloseReason.REFERRED)
    coby.queue(Filter())
    bulk = coby.in_bulk([*some, "L-2026-0099"], lambda each: coby.assign(each, "Sanne"))
    assert [lead.assignee for lead in bulk.done] == ["Sanne", "Sanne"]
    assert [(reference, error.code) for reference, error in bulk.refused] == [
        (some[0], Code.CLOSED), ("L-2026-0099", Code.NO_LEAD),
    ]  # fmt: skip
    later = coby.in_bulk(some[1:], lambda each: coby.snooze(each, TUESDAY))
    assert [lead.next_action_on for lead in later.done] == [TUESDAY, TUESDAY]
    with pytest.raises(Refused):
        desk(store, "Lena", Role.READER).in_bulk(some, coby.claim)


# ------------------------------------------------------------------ finding
def test_a_lead_is_found_by_what_somebody_says_on_the_phone(store: Store) -> None:
    sanne = desk(store)
    anna = lead_of(store, "1", contact={"name": "Anna de Boer-Jansen", "phone": "+31612345678"})
    henk = lead_of(
        store, "2", flow="employer", contact={"name": "Henk", "email": "henk@dewit.nl"},
        said={"company": "Bakkerij De Wit"}, facts={"company": "Bakkerij De Wit"},
    )  # fmt: skip
    for text, found in {
        "boer": anna, "JANS": anna, "anna boer": anna, "06-12 34 56 78": anna, "0031612345678": anna,
        "+31 6 12345678": anna, "5678": anna, "henk@dewit.nl": henk, "bakkerij": henk, "2": henk, "L-2026-2": henk,
        "2026-0001": anna,
    }.items():  # fmt: skip
        assert [lead.reference for lead in sanne.search(text)] == [found.reference], text
    for text in ("a", "piet", "anna henk", "06 99999999", ""):
        assert sanne.search(text) == [], text
    line = store.audit.entries(1)[0]
    assert (line.action, line.object, dict(line.detail)) == ("leads searched", None, {"count": 0})


def test_a_reader_finds_by_number_only_and_sees_no_contact(store: Store) -> None:
    lead = lead_of(store)
    lena = desk(store, "Lena", Role.READER)
    assert lena.search("Vries") == []
    (found,) = lena.search("1")
    assert (found.reference, found.contact, found.answers) == (lead.reference, {}, {})


@pytest.mark.parametrize("said", ["L-2026-0001", "l-2026-1", "2026-1", "1", "0001", " 1 "])
def test_a_number_may_be_said_short(store: Store, said: str) -> None:
    assert desk(store).open(lead_of(store).reference).lead == desk(store).open(said).lead


def test_a_short_number_of_last_year_is_found_in_january(store: Store) -> None:
    lead = lead_of(store, at=datetime(2026, 12, 30, 12, tzinfo=UTC))
    assert desk(store, at=datetime(2027, 1, 4, 12, tzinfo=UTC)).open("1").lead.reference == lead.reference


# ------------------------------------------------------------------ lists
def test_the_lists_of_a_day_hold_what_they_say(store: Store) -> None:
    sanne = desk(store, at=datetime(2026, 11, 25, 9, tzinfo=UTC))
    asked = ask_for(store, lead_of(store, "1"), "asked", FRIDAY)
    hers = mine(store, sanne, user="2")
    lead_of(store, "3", at=FRIDAY - timedelta(days=20))
    in_list = {each: [lead.reference for lead in sanne.queue(filter_of(each, sanne))] for each in Queue}
    assert in_list == {
        Queue.ASKED: ["L-2026-0001"],
        Queue.NEW: ["L-2026-0003", "L-2026-0001"],
        Queue.MINE: [hers],
        Queue.OVERDUE: ["L-2026-0003", "L-2026-0001", hers],
        Queue.EXPIRING: ["L-2026-0003"],
        Queue.ALL: ["L-2026-0003", "L-2026-0001", hers],
    }
    assert sanne.count(filter_of(Queue.ALL, sanne)) == 3
    sanne.claim(asked.reference)
    sanne.attempt(asked.reference, AttemptOutcome.VOICEMAIL)
    assert sanne.count(filter_of(Queue.ASKED, sanne)) == 1  # a call that nobody answered heard nobody
    sanne.attempt(asked.reference, AttemptOutcome.SPOKEN)
    assert sanne.count(filter_of(Queue.ASKED, sanne)) == 0


def test_the_numbers_on_the_tabs_are_those_of_the_lists(store: Store) -> None:
    """They are counted apart, by ranges of indexes: every mix of asked, late, of whom and when is here once."""
    sanne, mehmet = desk(store), desk(store, "Mehmet")
    days = (None, TUESDAY - timedelta(days=1), TUESDAY, TUESDAY + timedelta(days=9))
    mixes = list(product((None, FRIDAY), (None, sanne.who.id, mehmet.who.id), days, ("new", "done")))
    for number, (asked, whose, day, status) in enumerate(mixes):
        lead = lead_of(store, str(number), phone=f"+316{number:08}")
        values = {"asked_at": asked, "assignee_id": whose, "next_action_on": day, "status": status}
        with store.transaction() as db:
            db.execute(update(leads).where(leads.c.id == lead.id).values(values))
    looker = Looker(TUESDAY, {sanne.who.id})
    for which in (Filter(open=True), Filter(open=True, place=("Zwolle",)), Filter(open=True, sector=("ict",))):
        groups, more = store.worklists.count(which, looker, FRIDAY, store.counters.last_change())
        lists = {group: store.worklists.ids(which, looker, 99, group=group) for group in Group}
        assert groups == {group: len(ids) for group, ids in lists.items()}
        assert more == {
            "expiring": 0,
            **{each: len(store.worklists.ids(which, looker, 99, only=each)) for each in ONLY},
        }
    expected = {Group.ASKED: 12, Group.OVERDUE: 3, Group.MINE: 1, Group.NEW: 3, Group.LATER: 5}
    assert store.worklists.count(Filter(open=True), looker, FRIDAY, store.counters.last_change())[0] == expected


# ------------------------------------------------------------------ what came of it
def test_what_came_of_a_lead_is_apart_from_why_it_was_closed_and_may_come_later(store: Store) -> None:
    sanne = desk(store)
    reference = mine(store, sanne)
    closed = sanne.close(
        reference, CloseReason.ENROLLED, Outcome(LeadOutcome.SIGNED_UP, programme="mbo-zorg", scheme="slim")
    )
    assert (closed.outcome, closed.outcome_detail) == (
        LeadOutcome.SIGNED_UP,
        {"programme": "mbo-zorg", "scheme": "slim"},
    )
    later = sanne.settle(reference, Outcome(LeadOutcome.STOPPED, stage=Stage.LEARNING))
    assert (later.status, later.close_reason) == (Status.DONE, CloseReason.ENROLLED)
    assert (later.outcome, later.outcome_detail) == (LeadOutcome.STOPPED, {"stage": "learning"})
    assert later.closed_at == closed.closed_at
    with store.reading() as db:
        assert "learning" not in db.exec_driver_sql("SELECT outcome_detail FROM leads").scalar_one()
    store.leads.erase(later.id, CloseReason.EXPIRED, FRIDAY, "retention")
    assert store.leads.get(reference).outcome is None

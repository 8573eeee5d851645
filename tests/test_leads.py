"""Leads: filed once, claimed once, worked on by who may, and linked when they are the same person."""

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from libraries import locale_in, netherlands, real_library
from sqlalchemy import text
from stores import draft

from bot.cli.staff_options import IN_WORDS
from bot.content.staff_sentences import StaffSentence
from bot.conversations import Heard
from bot.engine.events import Said
from bot.errors import BotError
from bot.settings import Settings
from bot.staff.chat import StaffChat
from bot.staff.chat_commands import how_to
from bot.staff.desk import Desk
from bot.staff.errors import Changed, Code, DeskError, Refused
from bot.staff.impressions import shown
from bot.staff.refusals import say
from bot.store import Address, Store
from bot.store.encryption import Sealed
from bot.store.filing import Where, file
from bot.store.keys import PREFIX
from bot.store.lead_codes import AttemptOutcome, CloseReason, NextStep, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead, LeadAnswer
from bot.store.tables import staff
from bot.store.team import Role
from bot.workdays import holidays_of

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
CARE = Where("zorg", "Zwolle")
DUTCH = locale_in()
IN_CHAT = how_to(DUTCH.words)


def lead_of(store: Store, user: str = "1", at: datetime = FRIDAY, **changes: object) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=at)
        return file(store, person.id, "telegram", draft(**changes), CARE, content="c1", at=at).lead


def desk(store: Store, name: str = "Sanne", role: Role = Role.ADVISER, at: datetime = FRIDAY) -> Desk:
    return Desk(store, store.team.add(name, role), lambda: at)


def telegram(user: int | str) -> Address:
    return Address("telegram", str(user))


def answer(chat: StaffChat, user: int, text: str) -> str | None:
    """What a command gets; None when it is for the conversation."""
    heard = chat.hear(telegram(user), Said(text))
    return heard.message.text if isinstance(heard, Heard) else None


@contextmanager
def refused(code: Code, **data: object) -> Iterator[None]:
    """What happens here is refused for exactly this."""
    with pytest.raises(DeskError) as refusal:
        yield
    assert (refusal.value.code, refusal.value.data) == (code, data)


# ------------------------------------------------------------------ filing
def test_a_lead_gets_the_next_number_of_its_year(store: Store):
    assert [lead_of(store, str(number)).reference for number in range(3)] == [
        "L-2026-0001",
        "L-2026-0002",
        "L-2026-0003",
    ]
    assert lead_of(store, "9", datetime(2026, 12, 31, 23, 30, tzinfo=UTC)).reference == "L-2027-0001"  # Dutch time


def test_the_same_draft_again_makes_no_second_lead_and_no_change(store: Store):
    first = lead_of(store)
    assert lead_of(store, at=FRIDAY + timedelta(days=1)) == first
    changed = lead_of(store, at=FRIDAY + timedelta(days=1), phone="+31687654321")
    assert (changed.reference, changed.contact["phone"]) == (first.reference, "+31687654321")
    assert changed.change > first.change


def test_another_flow_of_the_same_person_is_a_lead_of_its_own(store: Store):
    assert lead_of(store).reference != lead_of(store, flow="employer").reference


def test_a_new_number_belongs_to_every_open_lead_of_the_person(store: Store):
    employer, done, other = lead_of(store, flow="employer"), lead_of(store, flow="orientation"), lead_of(store, "2")
    sanne = desk(store)
    sanne.claim(done.reference)
    sanne.close(done.reference, CloseReason.REFERRED)
    lead_of(store, contact={"name": "Zoë", "email": "zoe@example.org"})
    now = store.leads.get(employer.reference)
    assert (now.contact, now.next_action) == ({"name": "Zoë", "email": "zoe@example.org"}, "mail")
    assert now.answers == employer.answers
    assert now.change > employer.change  # so it is in the next export
    assert [event.kind for event in store.leads.details([now])[now.id].events] == ["filed", "contact changed"]
    assert store.leads.get(done.reference).contact == done.contact
    assert store.leads.get(other.reference).contact == other.contact
    linked = lead_of(store, "3", contact={"name": "Zo", "email": "ZOE@example.org"})  # found by the new address
    assert linked.duplicate_of_id == employer.id


def test_who_stopped_before_a_number_takes_none_away(store: Store):
    employer = lead_of(store, flow="employer")
    lead_of(store, contact={"name": "Zoë"}, complete=False)
    assert store.leads.get(employer.reference) == employer


def test_a_lead_keeps_what_was_said_what_was_read_and_by_which_versions(store: Store):
    lead = lead_of(store)
    assert lead.answers["age"] == LeadAnswer(34, "vierendertig", "leeftijd")
    assert lead.answers["schedule"].value == ("evening", "weekend")
    assert lead.answers["desired_work"] == LeadAnswer(None, "iets in de zorg", "desired_work")
    assert lead.versions == {"flow": "intake@3", "content": "c1"}
    assert lead.source == "flyer-overvecht"


def test_a_source_that_no_link_can_carry_is_not_kept(store: Store):
    assert lead_of(store, source="../../x").source is None


@pytest.mark.parametrize("code", [
    "jan_de_vries_0612345678_BSN_111222333", "0612345678", "06-12-34-56-78", "111222333", "NL91ABNA0417164300",
    "ik-heb-kanker",
])  # fmt: skip
def test_what_may_never_be_kept_is_not_kept_as_a_source_either(store: Store, code: str):
    assert lead_of(store, source=code).source is None


@pytest.mark.parametrize("code", ["flyer-overvecht", "Banenmarkt_12-03-2026", "employer", "anna"])
def test_a_code_is_found_again_and_is_nowhere_in_clear(store: Store, code: str):
    lead_of(store, "2", source=None)
    lead = lead_of(store, source=code)
    assert store.leads.all(Filter(source=code)) == [lead]
    assert (lead.source, store.leads.all(Filter(source="x"))) == (code, [])
    with store.reading() as db:
        row = db.execute(text("SELECT source, source_index FROM leads WHERE id = :id"), {"id": lead.id}).one()
    assert not any(code in kept for kept in row)


def test_a_centre_that_says_which_codes_are_its_own_keeps_no_others(settings: Settings):
    store = Store.open(replace(settings, sources=("flyer-overvecht", "06")))
    lead = lead_of(store)
    assert lead.source == "flyer-overvecht"
    assert lead_of(store, source="anna").source is None  # the same person by another link
    assert store.leads.all(Filter(source="flyer-overvecht")) == []
    assert lead_of(store, source="06").source == "06"
    assert [each.source for each in store.leads.all(Filter(source="06"))] == ["06"]
    store.close()


def test_the_first_call_is_due_within_two_working_days(store: Store):
    assert lead_of(store).next_action_on == date(2026, 11, 24)  # a Friday: Tuesday
    christmas = lead_of(store, "2", datetime(2026, 12, 24, 12, tzinfo=UTC))
    assert christmas.next_action_on == date(2026, 12, 29)


def test_who_left_only_an_address_is_written_to_until_there_is_a_number(store: Store):
    by_mail = {"name": "Zoë", "email": "zoe@example.nl"}
    lead = lead_of(store, contact=by_mail)
    assert lead.next_action == NextStep.MAIL
    sanne = desk(store)
    sanne.claim(lead.reference)
    assert sanne.attempt(lead.reference, AttemptOutcome.NO_ANSWER).next_action == NextStep.MAIL
    assert sanne.snooze(lead.reference, date(2026, 12, 1)).next_action == NextStep.MAIL
    assert lead_of(store, contact={**by_mail, "phone": "+31612345678"}).next_action == NextStep.CALL


def test_working_days_know_the_dutch_holidays():
    calendar = netherlands().calendar
    assert not calendar.is_workday(date(2026, 4, 27))  # King's day
    assert not calendar.is_workday(date(2026, 5, 14))  # Ascension
    assert calendar.is_workday(date(2026, 5, 5))
    assert not calendar.is_workday(date(2030, 5, 5))
    assert calendar.add_workdays(date(2026, 11, 21), 0) == date(2026, 11, 23)


def test_the_content_brings_its_days_off_so_that_no_bot_loads_all_holidays_of_the_world():
    assert real_library().content.country.calendar.days_off == holidays_of("NL")


def test_days_are_those_of_the_country_that_the_content_is_for(store: Store):
    store.country = replace(netherlands(), time_zone="America/Paramaribo", holidays="SR")
    monday = lead_of(store, "1", datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert monday.next_action_on == date(2026, 11, 26)  # Wednesday is Independence Day
    new_year = datetime(2027, 1, 1, 2, tzinfo=UTC)  # eleven in the evening there
    assert lead_of(store, "2", new_year).reference == "L-2026-0002"
    assert store.leads.all(Filter(since=date(2027, 1, 1))) == []
    with refused(Code.NOT_IN_FUTURE, day=date(2026, 12, 31)):
        sanne = desk(store, at=new_year)
        sanne.claim("L-2026-0002")
        sanne.snooze("L-2026-0002", date(2026, 12, 31))
    assert Desk(store, sanne.who, sanne.now).locale.moment(new_year) == "31-12-2026 23:00"


def test_the_same_phone_or_mail_is_linked_and_never_merged(store: Store):
    first = lead_of(store, "1")
    second = lead_of(store, "2", name="Zoe", phone="+31600000000")  # the same e-mail address
    assert second.duplicate_of_id == first.id
    assert second.name == "Zoe"
    opened = desk(store).open(first.reference)
    assert opened.duplicates == (second.reference,)
    assert store.leads.details([second])[second.id].events[-1].detail == {"of": first.reference}


def test_who_comes_back_after_a_lead_was_closed_has_the_same_adviser_and_is_due_today(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    sanne.close(lead.reference, CloseReason.UNREACHED)
    monday = FRIDAY + timedelta(days=3)
    again = lead_of(store, at=monday)
    assert (again.reference, again.status, again.assignee) == (lead.reference, Status.CLAIMED, "Sanne")
    assert (again.close_reason, again.closed_at, again.next_action_on) == (None, None, monday.date())
    assert [event.kind for event in store.leads.details([again])[again.id].events][-2:] == ["changed", "reopened"]


def test_who_comes_back_after_their_adviser_left_is_new_again(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    sanne.close(lead.reference, CloseReason.UNREACHED)
    store.team.deactivate("Sanne")
    again = lead_of(store, at=FRIDAY + timedelta(days=3))
    assert (again.status, again.assignee) == (Status.NEW, None)


def test_who_goes_silent_after_a_lead_was_closed_opens_nothing(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    closed = sanne.close(lead.reference, CloseReason.REFERRED)
    assert lead_of(store, complete=False, at=FRIDAY + timedelta(days=7)) == closed


def test_who_stopped_half_way_is_a_lead_with_how_far_they_came(store: Store):
    lead = lead_of(store, complete=False, reached="age")
    assert (lead.complete, lead.progress) == (False, "age")


# ------------------------------------------------------------------ the desk
def test_who_comes_second_hears_who_has_it(store: Store):
    lead = lead_of(store)
    desk(store).claim(lead.reference)
    with refused(Code.TAKEN, reference="L-2026-0001", assignee="Sanne"):
        desk(store, "Piet").claim(lead.reference)
    assert desk(store).claim(lead.reference.lower()).assignee == "Sanne"


def test_a_call_without_answer_sets_the_next_one_and_the_third_asks_to_close(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    after = [sanne.attempt(lead.reference, AttemptOutcome.NO_ANSWER) for _ in range(3)]
    assert [each.next_action for each in after] == ["call", "call", "close"]
    assert after[0].status is Status.TRIED
    assert after[0].next_action_on == date(2026, 11, 24)
    spoken = sanne.attempt(lead.reference, AttemptOutcome.SPOKEN)
    assert (spoken.status, spoken.first_contact_at, spoken.attempts) == (Status.TALKING, FRIDAY, 4)


def test_a_snoozed_lead_comes_back_on_a_working_day(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    assert sanne.snooze(lead.reference, date(2026, 12, 12)).next_action_on == date(2026, 12, 14)
    with refused(Code.NOT_IN_FUTURE, day=date(2026, 11, 20)):
        sanne.snooze(lead.reference, date(2026, 11, 20))


def test_a_next_step_that_an_adviser_types_is_ours_when_it_is_the_word_for_it(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    assert sanne.snooze(lead.reference, date(2026, 12, 1), "Mailen").next_action == NextStep.MAIL


def test_what_somebody_said_that_no_question_asked_is_among_the_answers(store: Store):
    lead = lead_of(store, noted={"limits.lifting": ("ik mag niet tillen", True)})
    assert lead.answers["limits.lifting"] == LeadAnswer(True, "ik mag niet tillen", "limits.lifting")


def test_the_next_step_in_an_advisers_words_is_sealed_and_kept_whole(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    words = "Bel Zoë de Vries 06 12345678, over de intake bij NOVI"
    assert sanne.snooze(lead.reference, date(2026, 12, 1), f" {words}\n").next_action == words
    with store.reading() as db:
        kept = db.execute(text("SELECT next_action FROM leads")).scalar_one()
    assert kept.startswith(PREFIX) and "12345678" not in kept


@pytest.mark.parametrize(("words", "said"), [
    ("bel over BSN 111222333", "Dit lijkt op een BSN. Dat bewaren we niet."),
    ("naar NL91 ABNA 0417 1643 00", "Dit lijkt op een rekeningnummer."),
    ("zij heeft kanker", "Dit lijkt op iets over iemands gezondheid."),
    ("x" * 121, "Een volgende stap is hoogstens 120 tekens; dit zijn er 121."),
])  # fmt: skip
def test_a_next_step_that_we_do_not_keep_is_refused_in_words(store: Store, words: str, said: str):
    lead = lead_of(store)
    sanne = desk(store)
    claimed = sanne.claim(lead.reference)
    with pytest.raises(DeskError) as refusal:
        sanne.snooze(lead.reference, date(2026, 12, 1), words)
    assert say(refusal.value, IN_CHAT, DUTCH).startswith(said)
    assert store.leads.get(lead.reference) == claimed
    assert sanne.snooze(lead.reference, date(2026, 12, 1), "x" * 120).next_action == "x" * 120


def test_a_lead_is_not_left_alone_until_after_it_is_erased(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    with refused(Code.AFTER_TERM, reference="L-2026-0001", day=date(2026, 12, 18)):
        sanne.snooze(lead.reference, date(2026, 12, 18))
    assert lead.conversation_id is not None
    store.conversations.consent(lead.conversation_id, "keep", "Ja, een jaar.", "nl", FRIDAY)
    assert sanne.snooze(lead.reference, date(2027, 1, 4)).next_action_on == date(2027, 1, 4)
    store.conversations.withdraw(lead.conversation_id, "keep", FRIDAY)
    with refused(Code.AFTER_TERM, reference="L-2026-0001", day=date(2026, 12, 18)):
        sanne.snooze(lead.reference, date(2027, 1, 4))


def test_closing_needs_a_reason_from_the_list_and_ends_the_next_action(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    with refused(Code.NOT_YOUR_REASON, reason=CloseReason.ERASED):
        sanne.close(lead.reference, CloseReason.ERASED)
    closed = sanne.close(lead.reference, CloseReason.ENROLLED)
    assert (closed.status, closed.close_reason, closed.next_action_on) == (
        Status.DONE,
        CloseReason.ENROLLED,
        None,
    )


def test_what_is_closed_is_closed_once_and_opens_with_a_next_step(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    sanne.close(lead.reference, CloseReason.REFERRED)
    again = (
        lambda: sanne.close(lead.reference, CloseReason.ENROLLED),
        lambda: sanne.attempt(lead.reference, AttemptOutcome.SPOKEN),
        lambda: sanne.snooze(lead.reference, date(2026, 12, 1)),
        lambda: sanne.claim(lead.reference),
    )
    for attempt in again:
        with pytest.raises(DeskError) as refusal:
            attempt()
        assert say(refusal.value, IN_CHAT, DUTCH) == (
            "L-2026-0001 is al afgerond (doorverwezen). 20-11-2026 16:00 Sanne: gesloten (doorverwezen). "
            "Weer openen: /heropen L-2026-0001."
        )
    opened = sanne.reopen(lead.reference)
    assert (opened.status, opened.close_reason, opened.closed_at) == (Status.CLAIMED, None, None)
    assert (opened.next_action, opened.next_action_on) == ("call", date(2026, 11, 24))
    assert sanne.queue(Filter(open=True)) == [opened]
    kinds = [event.kind for event in store.leads.details([lead])[lead.id].events]
    assert kinds == ["filed", "claimed", "closed", "reopened"]


def test_a_lead_that_a_coordinator_called_without_taking_it_can_be_claimed(store: Store):
    lead = lead_of(store)
    desk(store, "Coor", Role.COORDINATOR).attempt(lead.reference, AttemptOutcome.VOICEMAIL)
    claimed = desk(store).claim(lead.reference)
    assert (claimed.assignee, claimed.status) == ("Sanne", Status.TRIED)


@pytest.mark.parametrize("text", ["BSN 111222333", "NL91 ABNA 0417 1643 00", "  "])
def test_a_note_holds_no_bsn_no_account_and_not_nothing(store: Store, text: str):
    lead = lead_of(store)
    with pytest.raises(BotError):
        desk(store).note(lead.reference, text)


def test_events_hold_no_personal_data(store: Store):
    lead = lead_of(store)
    sanne = desk(store)
    sanne.claim(lead.reference)
    sanne.note(lead.reference, "Zoë belt zelf terug na 17:00")
    sanne.attempt(lead.reference, AttemptOutcome.VOICEMAIL)
    details = store.leads.details([lead])[lead.id]
    assert [event.kind for event in details.events] == ["filed", "claimed", "noted", "attempt"]
    assert not any("Zo" in str(event) or "612345678" in str(event) for event in details.events)
    assert details.notes[0].text == "Zoë belt zelf terug na 17:00"


# ------------------------------------------------------------------ two who work on one lead
def two_on_one_lead(store: Store) -> tuple[str, Desk, Desk]:
    """An adviser who has a lead, and a coordinator; both have looked at it."""
    reference = lead_of(store).reference
    sanne, coor = desk(store), desk(store, "Coor", Role.COORDINATOR)
    sanne.claim(reference)
    sanne.open(reference)
    coor.open(reference)
    return reference, sanne, coor


REPLACING = {
    "close": lambda one, reference: one.close(reference, CloseReason.UNREACHED),
    "snooze": lambda one, reference: one.snooze(reference, date(2026, 12, 1)),
    "release": lambda one, reference: one.release(reference),
}


@pytest.mark.parametrize("edit", REPLACING.values(), ids=REPLACING)
def test_who_would_replace_what_another_wrote_since_they_looked_is_told_and_replaces_nothing(
    store: Store, edit: Callable[[Desk, str], Lead]
):
    reference, sanne, coor = two_on_one_lead(store)
    wanted = sanne.snooze(reference, date(2026, 12, 14))
    with pytest.raises(Changed) as told:
        edit(coor, reference)
    assert store.leads.get(reference) == wanted
    assert say(told.value, IN_CHAT, DUTCH).splitlines() == [
        "L-2026-0001 is veranderd sinds jij keek:",
        "  20-11-2026 16:00 Sanne: uitgesteld (14-12-2026)",
        "Bekijk de lead: /lead L-2026-0001.",
        "Wil je het toch zo? Geef je opdracht dan nog een keer.",
    ]
    assert edit(coor, reference).change > wanted.change  # they know now


def test_what_the_person_changed_since_the_adviser_looked_is_told_as_well(store: Store):
    reference, sanne, _ = two_on_one_lead(store)
    lead_of(store, phone="+31687654321")
    with pytest.raises(Changed) as told:
        sanne.close(reference, CloseReason.UNREACHED)
    assert "persoon: antwoorden veranderd" in say(told.value, IN_CHAT, DUTCH)
    assert store.leads.get(reference).status is Status.CLAIMED


@pytest.mark.parametrize("look", [lambda one: one.open("L-2026-0001"), lambda one: one.queue(Filter(open=True))])
def test_who_looked_again_or_saw_the_list_goes_on(store: Store, look: Callable[[Desk], object]):
    reference, sanne, coor = two_on_one_lead(store)
    sanne.snooze(reference, date(2026, 12, 14))
    look(coor)
    assert coor.snooze(reference, date(2026, 12, 1)).next_action_on == date(2026, 12, 1)


def test_who_never_looked_is_told_what_was_done_and_an_untouched_lead_is_free(store: Store):
    untouched = lead_of(store, "2", phone="+31600000000", contact={"name": "Piet", "phone": "+31600000000"})
    reference, _, _ = two_on_one_lead(store)
    other = desk(store, "Ander", Role.COORDINATOR)
    with pytest.raises(Changed) as told:
        other.close(reference, CloseReason.REFERRED)
    assert "Sanne: opgepakt" in say(told.value, IN_CHAT, DUTCH)
    assert other.close(untouched.reference, CloseReason.REFERRED).status is Status.DONE


def test_notes_and_calls_of_two_advisers_all_stay(store: Store):
    reference, sanne, coor = two_on_one_lead(store)
    coor.note(reference, "Wil in Zwolle werken")
    coor.snooze(reference, date(2026, 12, 14), "mailen")
    sanne.note(reference, "Belt liever na 17:00")
    called = sanne.attempt(reference, AttemptOutcome.VOICEMAIL)
    # The call counts; the next step that Sanne had not seen is not replaced by that of the call.
    assert (called.status, called.attempts) == (Status.TRIED, 1)
    assert (called.next_action, called.next_action_on) == ("mail", date(2026, 12, 14))
    assert len(store.leads.details([called])[called.id].notes) == 2
    assert sanne.attempt(reference, AttemptOutcome.SPOKEN).next_action == NextStep.CALL


def test_who_calls_for_a_lead_that_was_closed_meanwhile_hears_by_whom(store: Store):
    reference, sanne, coor = two_on_one_lead(store)
    coor.close(reference, CloseReason.REFERRED)
    with pytest.raises(DeskError) as refusal:
        sanne.attempt(reference, AttemptOutcome.SPOKEN)
    assert "al afgerond (doorverwezen). 20-11-2026 16:00 Coor: gesloten" in say(refusal.value, IN_CHAT, DUTCH)


def test_on_telegram_who_would_replace_it_is_told_too(store: Store):
    reference, sanne, _ = two_on_one_lead(store)
    store.team.add("Coor", Role.COORDINATOR, telegram("4711"))
    sanne.snooze(reference, date(2026, 12, 14))
    chat = StaffChat(store, lambda: FRIDAY)
    told, done = (answer(chat, 4711, f"/sluit {reference} doorverwezen") for _ in range(2))
    assert told and "Sanne: uitgesteld (14-12-2026)" in told
    assert done and "afgerond" in done


@pytest.mark.slow
def test_of_four_processes_that_write_the_next_step_each_knows_of_the_others_or_is_told(settings: Settings):
    store = Store.open(settings)
    reference = lead_of(store).reference
    for number in range(4):
        desk(store, f"Coor {number}", Role.COORDINATOR).open(reference)
    before = store.counters.last_change()
    store.close()
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        done = pool.starmap(snooze_and_call, [(settings, f"Coor {number}", reference) for number in range(4)])
    store = Store.open(settings)
    lead = store.leads.get(reference)
    events = store.leads.details([lead])[lead.id].events
    assert lead.attempts == 4 * ROUNDS  # no call is lost
    snoozed = [event.actor for event in events if event.kind == "snoozed"]
    assert len(snoozed) == sum(written for written, _ in done)
    assert sum(map(sum, done)) == 4 * ROUNDS
    assert lead.change - before == len(snoozed) + 4 * ROUNDS
    assert any(told for _, told in done)  # they did get in each other's way
    store.close()


ROUNDS = 25


def snooze_and_call(settings: Settings, name: str, reference: str) -> tuple[int, int]:
    """Snooze and call again and again; gives how often the first was written, and how often refused."""
    store = Store.open(settings)
    member = store.team.named(name)
    assert member is not None
    mine, written, told = Desk(store, member, lambda: FRIDAY), 0, 0
    for number in range(ROUNDS):
        try:
            mine.snooze(reference, date(2026, 11, 23) + timedelta(days=number % 20))
            written += 1
        except Changed as conflict:
            assert "Coor" in say(conflict, IN_CHAT, DUTCH)
            told += 1
        mine.attempt(reference, AttemptOutcome.VOICEMAIL)
    store.close()
    return written, told


def test_everything_that_is_refused_has_words_and_each_way_in_has_commands_of_its_own():
    error = DeskError(Code.CLAIM_FIRST, reference="L-2026-0001")
    assert say(error, IN_CHAT, DUTCH) == "Pak L-2026-0001 eerst op met: /claim L-2026-0001."
    assert say(error, IN_WORDS, DUTCH) == "Pak L-2026-0001 eerst op met: overstap leads claim L-2026-0001."
    assert IN_CHAT.keys() == IN_WORDS.keys()
    for code in Code:
        assert StaffSentence(code).placeholders >= IN_CHAT.keys(), code


# ------------------------------------------------------------------ rights
def test_what_was_shown_is_counted_and_of_who_is_erased_it_is_not(store: Store):
    money = [{"id": "lllk", "status": "maybe"}]
    shows = {"programmes": [{"id": "mbo-zorg", "verdict": "fits"}], "subsidies": money}
    lead_of(store, advice=shows)
    lead_of(store, "2", advice=None, phone="+31600000002")
    gone = lead_of(store, "3", advice=shows, phone="+31600000003")
    store.leads.erase(gone.id, CloseReason.ERASED, FRIDAY, "person")
    assert shown(store) == {"mbo-zorg": 1, "lllk": 1}


def test_leads_come_in_a_stream_page_by_page_each_with_what_belongs_to_it(store: Store):
    filed = [lead_of(store, str(number), phone=f"+316{number:08}") for number in range(5)]
    for lead in filed:
        store.leads.note(lead.id, "Sanne", f"over {lead.reference}", FRIDAY)
    streamed = list(store.leads.stream(Filter(), batch=2))
    assert [lead.reference for lead, _ in streamed] == [lead.reference for lead in filed]
    assert [note.text for _, details in streamed for note in details.notes] == [
        f"over {each.reference}" for each in filed
    ]


def test_a_reader_may_look_and_nothing_else_and_that_they_tried_is_written_down(store: Store):
    lead = lead_of(store)
    reader = desk(store, "Lees", Role.READER)
    assert [each.reference for each in reader.queue(Filter())] == [lead.reference]
    for attempt in (reader.claim, lambda ref: reader.note(ref, "x"), reader.forget, reader.release):
        with pytest.raises(Refused):
            attempt(lead.reference)
    refused = [entry for entry in store.audit.entries() if entry.action == "refused"]
    assert len(refused) == 4
    assert {entry.actor for entry in refused} == {"Lees"}


def test_a_reader_gets_no_contact_data_in_a_list_and_others_do(settings: Settings):
    store = Store.open(replace(settings, sources=("flyer-overvecht",)))
    company = {"name": "Henk", "company": "Bakker BV", "phone": "+31612345678", "email": "h@example.org"}
    employer = lead_of(store, "2", flow="employer", contact=company)
    sanne = desk(store)
    sanne.claim(employer.reference)
    sanne.snooze(employer.reference, date(2026, 12, 1), "bel Henk 06 12345678")
    plain = lead_of(store)
    whole = sanne.queue(Filter())
    assert {each.name for each in whole} == {"Henk", "Zoë de Vries"}
    seen = desk(store, "Lees", Role.READER).queue(Filter())
    assert [each.reference for each in seen] == [plain.reference, employer.reference]
    for secret in ("Henk", "Bakker", "12345678", "example", "Zo", "vierendertig"):
        assert secret not in repr(seen)
    assert [(each.next_action, each.next_action_on) for each in seen] == [
        ("call", date(2026, 11, 24)), (None, date(2026, 12, 1)),
    ]  # fmt: skip
    assert (seen[0].place, seen[0].source) == ("Zwolle", "flyer-overvecht")  # a code of the centre
    store.close()


def test_a_reader_sees_no_code_of_which_nobody_said_that_it_is_no_name(store: Store):
    lead_of(store, source="anna")
    assert [each.source for each in desk(store, "Lees", Role.READER).queue(Filter())] == [None]
    assert [each.source for each in desk(store).queue(Filter())] == ["anna"]


def test_every_list_leaves_one_line_with_who_which_and_how_many_and_no_personal_data(store: Store):
    lead = lead_of(store)
    lead_of(store, "2", source="anna")
    store.team.add("Lees", Role.READER, telegram("2"))
    sanne = desk(store)
    before = len(store.audit.entries())
    sanne.claim(lead.reference)
    sanne.queue(Filter(open=True, assignee=("Sanne",), kind=("intake", "jan de vries")))
    sanne.queue(Filter(source="anna"))
    sanne.queue(Filter(assignee=("Anna Jansen 0612345678",)), limit=3)
    answer(StaffChat(store, lambda: FRIDAY), 2, "/leads")
    lines = store.audit.entries()[: len(store.audit.entries()) - before]
    assert [(line.actor, line.action, line.object, dict(line.detail)) for line in reversed(lines)] == [
        ("Sanne", "leads listed", None,
         {"filter": {"open": True, "assignee": ["Sanne"], "kind": ["intake", "?"]}, "count": 1}),
        ("Sanne", "leads listed", None, {"filter": {"source": ["?"]}, "count": 1}),
        ("Sanne", "leads listed", None, {"filter": {"assignee": ["?"]}, "count": 0}),
        ("Lees", "leads listed", None, {"filter": {"open": True}, "count": 2}),
    ]  # fmt: skip


def test_on_telegram_a_stranger_and_who_left_get_no_answer_and_a_reader_may_only_look(store: Store):
    lead = lead_of(store)
    for name, account in (("Weg", "1"), ("Lees", "2")):
        store.team.add(name, Role.READER, telegram(account))
    store.team.deactivate("Weg")
    chat = StaffChat(store, lambda: FRIDAY)
    for account in (1, 3):
        # The conversation answers, as it answers anybody.
        assert [answer(chat, account, f"/{name} {lead.reference}") for name in ("lead", "claim", "leads")] == [None] * 3
        assert chat.press(telegram(account), f"claim:{lead.reference}") == (
            "Dit kan alleen een adviseur die bij ons bekend is.", None,
        )  # fmt: skip
    shown, refused = (answer(chat, 2, f"/{name} {lead.reference}") for name in ("lead", "claim"))
    assert shown and "Zoë" in shown
    assert refused == "Dat mag je niet met de rol lezer. Vraag het een adviseur."
    assert store.leads.get(lead.reference) == lead
    tried = [(entry.actor, entry.object) for entry in store.audit.entries() if entry.action == "refused"]
    assert tried[0] == ("Lees", lead.reference)
    assert tried[1:] == [("unknown", name) for name in ("claim", "/leads", "/claim", "/lead") * 2]


def test_an_adviser_works_on_their_own_leads_and_a_coordinator_on_all(store: Store):
    lead = lead_of(store)
    desk(store).claim(lead.reference)
    with refused(Code.NOT_YOURS, reference="L-2026-0001", assignee="Sanne"):
        desk(store, "Piet").close(lead.reference, CloseReason.REFERRED)
    coordinator = desk(store, "Coor", Role.COORDINATOR)
    coordinator.open(lead.reference)
    assert coordinator.release(lead.reference).assignee is None


def test_who_was_deactivated_may_nothing_and_is_not_known_on_telegram(store: Store):
    store.team.add("Sanne", Role.ADVISER, telegram("4711"))
    assert store.team.at(telegram(4711)).name == "Sanne"  # type: ignore[union-attr]
    store.team.deactivate("Sanne")
    assert store.team.at(telegram(4711)) is None
    assert store.team.named("sanne") is None


def test_a_name_is_one_member_whatever_its_capitals_and_spaces(store: Store):
    store.team.add("Sanne", Role.ADVISER, telegram("4711"))
    again = store.team.add(" sanne ", Role.COORDINATOR, telegram("4711"))
    assert (again.name, again.role, len(store.team.all())) == ("Sanne", Role.COORDINATOR, 1)
    store.team.deactivate("SANNE ")
    assert store.team.named("Sanne") is None


def test_who_was_registered_with_an_account_before_there_were_addresses_is_still_known(store: Store):
    store.team.add("Sanne", Role.ADVISER)
    with store.transaction() as db:
        db.execute(staff.update().values(telegram="blind", private=Sealed({"telegram": "4711"}, ("Sanne",))))
    assert store.team.at(telegram(4711)) == store.team.named("Sanne")


def test_one_address_is_one_member(store: Store):
    store.team.add("Sanne", Role.ADVISER, telegram("4711"))
    with pytest.raises(BotError, match="someone else"):
        store.team.add("Piet", Role.ADVISER, telegram("4711"))


def test_every_field_of_a_filter_narrows(store: Store):
    lead = lead_of(store)
    desk(store).claim(lead.reference)
    none = {
        "status": (Status.LAPSED,), "kind": ("employer",), "assignee": ("Piet",), "source": "elsewhere",
        "team": ("noord",), "sector": ("ict",), "place": ("Urk",), "asked": True, "due_on": date(2026, 1, 1),
        "gone_by": FRIDAY,
        "unassigned": True, "overdue_on": date(2026, 1, 1), "since": date(2027, 1, 1), "changed_after": 1_000,
    }  # fmt: skip
    assert {each.name for each in fields(Filter)} == {*none, "open", "erased"}
    assert [store.leads.count(Filter(**{name: value})) for name, value in none.items()] == [0] * len(none)
    desk(store).close(lead.reference, CloseReason.ON_THEIR_OWN)
    assert [store.leads.count(Filter(open=only)) for only in (True, False)] == [0, 1]


def test_the_list_shows_first_what_needs_doing_first(store: Store):
    later = lead_of(store, "1", FRIDAY)
    earlier = lead_of(store, "2", FRIDAY - timedelta(days=7))
    assert [lead.id for lead in desk(store).queue(Filter(open=True))] == [earlier.id, later.id]
    assert desk(store).queue(Filter(overdue_on=date(2026, 11, 20))) == [earlier]
    assert desk(store).queue(Filter(since=date(2026, 11, 20))) == [later]
    assert desk(store).queue(Filter(unassigned=True, kind=("employer",))) == []


@pytest.mark.slow
# ------------------------------------------------------------------ many at once
def test_four_processes_that_claim_two_hundred_leads_claim_each_once(settings: Settings):
    store = Store.open(settings)
    for number in range(4):
        store.team.add(f"Adviseur {number}", Role.ADVISER)
    with store.transaction():
        references = [lead_of(store, str(each), phone=f"+3161{each:07}").reference for each in range(200)]
    store.close()
    context = multiprocessing.get_context("spawn")
    with context.Pool(4) as pool:
        claimed = pool.starmap(claim_all, [(settings, f"Adviseur {number}", references) for number in range(4)])
    assert sum(map(len, claimed)) == 200
    assert set().union(*claimed) == set(references)


def claim_all(settings: Settings, name: str, references: list[str]) -> set[str]:
    store = Store.open(settings)
    member = store.team.named(name)
    assert member is not None
    mine = Desk(store, member, lambda: FRIDAY)
    won = set()
    for reference in references:
        try:
            mine.claim(reference)
            won.add(reference)
        except DeskError as error:
            assert error.code is Code.TAKEN
    store.close()
    return won


@pytest.mark.slow
def test_advisers_and_people_who_change_the_same_leads_never_wait_in_a_ring(store: Store):
    """PostgreSQL would end one of them with "deadlock detected"."""
    references = [lead_of(store, str(user), phone=f"+3161000000{user}").reference for user in range(4)]
    first, second = (desk(store, name, Role.COORDINATOR) for name in ("Coor", "Cora"))
    failures: list[BaseException] = []

    def people_file_again(turn: int) -> None:
        with store.transaction():  # as the turns of four people in one commit
            for person in store.conversations.load([Address("telegram", str(user)) for user in range(4)], at=FRIDAY):
                again = draft(contact={"name": "Zoë", "phone": f"+316{turn:08}"})
                file(store, person.id, "telegram", again, CARE, content="c1", at=FRIDAY)

    works: list[Callable[[int], object]] = [
        people_file_again,
        lambda turn: lead_of(store, str(turn % 4), flow="employer", contact={"name": "Z", "phone": f"+317{turn:08}"}),
        lambda turn: first.claim(references[turn % 4]),
        lambda turn: first.release(references[turn % 4]),
        lambda _: first.queue(Filter(open=True)),
        lambda turn: second.attempt(references[turn % 4], AttemptOutcome.VOICEMAIL),
    ]

    def again_and_again(work: Callable[[int], object]) -> None:
        for turn in range(20):
            try:
                work(turn)
            except BotError:
                pass  # they hear who has it, or what changed
            except BaseException as error:  # noqa: BLE001  # whatever a thread raises is what this is about
                failures.append(error)

    threads = [threading.Thread(target=again_and_again, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sum(store.leads.get(reference).attempts for reference in references) == 20

"""Figures without people: each step of each person counts once, in the transaction in which it happens, and stays."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from stores import draft, walk

from bot.compiled import Compiled
from bot.conversations import Conversations, Request
from bot.engine.events import Elapsed, Said, Started
from bot.privacy.retention import Retention
from bot.staff.desk import Desk
from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_codes import AttemptOutcome, CloseReason
from bot.store.lead_model import Lead
from bot.store.milestones import WAITS, Milestone, wait
from bot.store.team import Role

FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)
ZOE = Address("telegram", "1001")
ALWAYS = (date(2020, 1, 1), date(2040, 1, 1))


def counted(store: Store, *names: str) -> dict[tuple[str, ...], int]:
    """How many by milestone, and by these fields."""
    found: dict[tuple[str, ...], int] = {}
    for cell, number in store.figures.between(*ALWAYS).items():
        key = (cell.milestone.value, *(str(getattr(cell, name)) for name in names))
        found[key] = found.get(key, 0) + number
    return found


def lead_of(store: Store, user: str = "1", at: datetime = FRIDAY, **changes: object) -> Lead:
    with store.transaction():
        (person,) = store.conversations.load([Address("telegram", user)], at=at)
        filed = file(store, person.id, "telegram", draft(**changes), Where("zorg", "Zwolle"), content="c1", at=at)
        return filed.lead


def desk(store: Store, at: datetime = FRIDAY, role: Role = Role.COORDINATOR) -> Desk:
    return Desk(store, store.team.add("Sanne", role), lambda: at)


def retention(store: Store, days: int) -> None:
    at = FRIDAY + timedelta(days=days)
    store.clock.trust(at)
    Retention(store, at).run()


# ------------------------------------------------------------------ conversations
def test_a_conversation_counts_each_step_once_however_often_it_comes_by(store: Store, compiled: Compiled):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    walk(bot, ZOE, lambda state: state.reference is not None)
    assert counted(store, "flow", "place") == {
        ("started", "intake", ""): 1,
        ("result", "intake", "Zwolle"): 1,
        ("asked", "intake", "Zwolle"): 1,
    }
    for _ in range(2):
        bot.turn(ZOE, Started(source="flyer-overvecht", language="nl"))
        bot.turn(ZOE, Said("/mens"))
    assert counted(store)["started",] == counted(store)["result",] == counted(store)["person",] == 1


def test_an_update_that_comes_again_counts_nothing(store: Store, compiled: Compiled):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    for _ in range(3):
        bot.turns([Request(ZOE, Started(language="nl"), 7), Request(ZOE, Started(language="nl"), 7)])
    assert counted(store) == {("started",): 1}


def test_a_turn_that_fails_counts_nothing(store: Store, compiled: Compiled, monkeypatch: pytest.MonkeyPatch):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    with monkeypatch.context() as broken:
        broken.setattr(store.outbox, "queue", lambda *_: 1 / 0)
        bot.turns([Request(ZOE, Started(language="nl"), 7)])
    assert counted(store) == {}
    bot.turns([Request(ZOE, Started(language="nl"), 7)])
    assert counted(store) == {("started",): 1}


def test_who_goes_silent_stopped_at_the_question_that_was_open(store: Store, compiled: Compiled):
    clock = [FRIDAY]
    bot = Conversations(store, compiled, lambda: clock[0])
    walk(bot, ZOE, lambda state: state.asked == "education")
    clock[0] += timedelta(days=8)
    store.clock.trust(clock[0])
    bot.turn(ZOE, Elapsed())
    assert counted(store, "flow", "detail")["stopped", "intake", "education"] == 1
    bot.turn(ZOE, Started(language="nl"))
    assert counted(store)["started",] == 2, "what comes after the end is a conversation of its own"


def test_who_never_answered_is_counted_as_stopped_when_retention_takes_the_conversation(
    store: Store, compiled: Compiled
):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    bot.turn(ZOE, Started(language="nl"))
    retention(store, 8)
    assert store.conversations.find(ZOE) is None
    assert counted(store)["stopped",] == 1


def test_who_has_everything_erased_half_way_stopped_there(store: Store, compiled: Compiled):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    walk(bot, ZOE, lambda state: state.asked == "education")
    bot.turn(ZOE, Said("/wis"))
    bot.turn(ZOE, Said("ja"))
    assert store.conversations.find(ZOE) is None
    assert counted(store, "detail")["stopped", "education"] == 1


def test_a_cry_for_help_is_counted_nowhere(store: Store, compiled: Compiled):
    bot = Conversations(store, compiled, lambda: FRIDAY)
    bot.turn(ZOE, Said("ik wil dood"))
    retention(store, 30)
    assert counted(store) == {}


# ------------------------------------------------------------------ leads
def test_a_lead_is_counted_through_to_its_end_and_stays_counted_when_it_is_erased(store: Store):
    sanne, lead = desk(store, FRIDAY + timedelta(hours=3)), lead_of(store)
    sanne.attempt(lead.reference, AttemptOutcome.NO_ANSWER)
    sanne.attempt(lead.reference, AttemptOutcome.SPOKEN)
    sanne.close(lead.reference, CloseReason.ENROLLED)
    steps = {("asked", ""): 1, ("called", "4h"): 1, ("spoke", "4h"): 1, ("closed", "enrolled"): 1}
    steps["outcome", "signed_up|||"] = 1
    assert counted(store, "detail") == steps
    retention(store, 60)
    assert store.leads.get(lead.reference).erased_at
    assert counted(store, "detail") == {**steps, ("gone", "expired"): 1}
    assert {cell.place for cell in store.figures.between(*ALWAYS)} == {"Zwolle"}


def test_a_lead_that_nobody_called_says_so_when_its_term_is_over(store: Store):
    lead_of(store)
    retention(store, 60)
    assert counted(store, "detail")["gone", "expired uncalled"] == 1


def test_what_is_taken_back_is_counted_no_longer(store: Store):
    sanne, lead = desk(store), lead_of(store)
    sanne.close(lead.reference, CloseReason.REFERRED)
    sanne.undo(lead.reference)
    assert counted(store) == {("asked",): 1}
    sanne.close(lead.reference, CloseReason.ENROLLED)
    assert counted(store, "detail") == {("asked", ""): 1, ("closed", "enrolled"): 1, ("outcome", "signed_up|||"): 1}


def test_who_asks_again_after_the_end_was_closed_before_and_is_counted_once(store: Store):
    sanne, lead = desk(store), lead_of(store)
    sanne.close(lead.reference, CloseReason.REFERRED)
    lead_of(store, at=FRIDAY + timedelta(days=1), phone="+31687654321")
    assert store.leads.get(lead.reference).status == "new"
    assert counted(store) == {("asked",): 1, ("closed",): 1}


def test_a_lead_that_moves_is_counted_where_it_is_now_on_the_day_that_it_had(store: Store):
    lead = lead_of(store)
    store.leads.change(lead.id, "person", "changed", at=FRIDAY + timedelta(days=3), place="Kampen")
    ((cell, number),) = store.figures.between(*ALWAYS).items()
    assert (cell.day, cell.place, number) == (FRIDAY.date(), "Kampen", 1)


def test_a_lead_from_before_there_were_figures_is_counted_when_it_is_erased(store: Store):
    from sqlalchemy import update

    from bot.store.tables import figures, leads

    lead_of(store)
    with store.transaction() as db:
        db.execute(figures.delete())
        db.execute(update(leads).values(counted=None))
    retention(store, 60)
    ((asked, _), *_) = [
        (cell, one) for cell, one in store.figures.between(*ALWAYS).items() if cell.milestone == "asked"
    ]
    assert (asked.day, asked.place) == (FRIDAY.date(), "Zwolle")


def test_only_the_codes_that_the_centre_knows_are_counted_by_name(store: Store):
    known = replace(store.settings, sources=("flyer-overvecht",))
    lead_of(store, "1")
    store.settings = known
    lead_of(store, "2")
    lead_of(store, "3", source=None)
    assert counted(store, "source") == {("asked", "other"): 1, ("asked", "flyer-overvecht"): 1, ("asked", ""): 1}


@pytest.mark.slow
def test_several_who_work_at_once_lose_no_count(store: Store):
    leads = [lead_of(store, str(user), phone=f"+3161234{user:04}") for user in range(24)]
    sanne = desk(store)

    def work(lead: Lead) -> None:
        sanne.attempt(lead.reference, AttemptOutcome.SPOKEN)
        sanne.close(lead.reference, CloseReason.REFERRED)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, leads))
    assert counted(store) == {("asked",): 24, ("called",): 24, ("spoke",): 24, ("closed",): 24}


def test_many_conversations_at_once_lose_no_count(store: Store, compiled: Compiled):
    def talk(number: int) -> None:
        bot = Conversations(store, compiled, lambda: FRIDAY)
        turns = [
            Request(Address("telegram", f"{number}-{each}"), Started(language="nl"), f"{number}{each}")
            for each in range(4)
        ]
        bot.turns(turns)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(talk, range(8)))
    assert counted(store) == {("started",): 32}


def test_a_step_that_is_undone_and_done_again_is_that_of_the_second_day(store: Store):
    sanne, lead = desk(store), lead_of(store)
    sanne.close(lead.reference, CloseReason.REFERRED)
    desk(store, FRIDAY + timedelta(days=2)).undo(lead.reference)
    desk(store, FRIDAY + timedelta(days=3)).close(lead.reference, CloseReason.REFERRED)
    (closed,) = (cell for cell in store.figures.between(*ALWAYS) if cell.milestone is Milestone.CLOSED)
    assert closed.day == FRIDAY.date() + timedelta(days=3)


@pytest.mark.parametrize(
    ("hours", "said"), [(0.5, "1h"), (3, "4h"), (6, "0d"), (70, "1d"), (100, "2d"), (24 * 90, "more")]
)
def test_a_wait_is_in_hours_and_then_in_working_days(store: Store, hours: float, said: str):
    assert wait(FRIDAY, FRIDAY + timedelta(hours=hours), store.calendar) == said
    assert said in WAITS

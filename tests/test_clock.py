"""A clock that jumps erases nobody without a person's word; one that runs moves the mark along."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from stores import draft

from bot.compiled import Compiled
from bot.conversations import Address, Conversations
from bot.engine.events import Said, Started
from bot.engine.state import Mode, State
from bot.operations.startup import make_good
from bot.privacy.retention import Retention
from bot.store import Store
from bot.store.clock_guard import PAUSE, ClockInDoubt
from bot.store.filing import Where, file
from bot.store.tables import conversations

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
ZOE, PIET = Address("telegram", "1001"), Address("telegram", "1002")
YEARS = timedelta(days=800)


class Machine:
    """A bot on a machine whose clock can be set."""

    def __init__(self, store: Store, compiled: Compiled) -> None:
        self.time = NOON
        self.store, self.compiled = store, compiled
        self.start()

    def start(self) -> None:
        """As after a kill: what the process knew is forgotten."""
        settings = self.store.settings
        self.store.close()
        self.store = Store.open(settings)
        make_good(self.store, self.time)
        self.bot = Conversations(self.store, self.compiled, lambda: self.time)

    def run(self, during: timedelta, step: timedelta = timedelta(hours=1)) -> None:
        for _ in range(during // step):
            self.time += step
            self.bot.elapse("telegram")

    def state(self, address: Address = ZOE) -> State:
        person = self.store.conversations.find(address)
        assert person is not None
        return person.state


@pytest.fixture
def machine(store: Store, compiled: Compiled) -> Iterator[Machine]:
    machine = Machine(store, compiled)
    with machine.store.transaction():
        (person,) = machine.store.conversations.load([PIET], at=NOON)
        file(machine.store, person.id, "telegram", draft(), Where("zorg", "Zwolle"), content="c1", at=NOON)
    machine.bot.turn(ZOE, Started())
    machine.bot.turn(ZOE, Said("lasser"))
    yield machine
    machine.store.close()


@pytest.mark.parametrize("restarted", [True, False])
def test_a_clock_that_jumps_ahead_ends_nothing_and_says_so(
    machine: Machine, restarted: bool, caplog: pytest.LogCaptureFixture
):
    machine.run(timedelta(hours=2))
    before = machine.state()
    machine.time += YEARS
    if restarted:
        machine.start()
    machine.run(timedelta(hours=5))
    assert machine.state() == before
    assert machine.store.leads.get(1).name == "Zoë de Vries"
    assert "overstap privacy retention --clock-is-right" in (machine.bot.trouble or "")
    assert caplog.text.count("the last time seen is 2026-11-20") == 1
    with pytest.raises(ClockInDoubt):
        Retention(machine.store, machine.time).run()
    machine.time -= YEARS
    machine.run(timedelta(hours=1))
    assert machine.bot.trouble is None


def test_who_speaks_while_the_clock_is_ahead_keeps_their_answers_then_and_afterwards(machine: Machine):
    answers = dict(machine.state().answers)
    machine.time += YEARS
    machine.start()
    machine.bot.turn(ZOE, Said("/help"))
    assert machine.state().mode is Mode.RUNNING
    assert machine.state().answers == answers
    machine.time -= YEARS
    machine.start()
    machine.run(timedelta(hours=2))
    machine.bot.turn(ZOE, Said("/help"))
    assert machine.state().answers == answers


def test_what_is_said_by_a_wrong_clock_is_no_sign_of_the_time(machine: Machine):
    """Also for a store of a release that kept no mark: a start writes it down before anybody speaks."""
    with machine.store.transaction() as db:
        db.exec_driver_sql("DELETE FROM counters WHERE name = 'clock'")
    machine.time += YEARS
    machine.start()
    machine.bot.turn(Address("telegram", "1003"), Started())
    machine.start()
    machine.run(timedelta(hours=2))
    assert machine.store.leads.get(1).name == "Zoë de Vries"


def test_after_two_weeks_off_a_word_of_a_person_is_enough_to_go_on(machine: Machine):
    machine.time += timedelta(days=14)
    machine.start()
    machine.bot.turn(PIET, Said("/help"))  # while the word is not there yet
    machine.run(timedelta(hours=2))
    assert machine.state().mode is Mode.RUNNING
    elsewhere = Store.open(machine.store.settings)  # `overstap privacy retention --clock-is-right`
    elsewhere.clock.trust(machine.time)
    elsewhere.close()
    machine.run(timedelta(hours=2))
    assert machine.bot.trouble is None
    assert machine.state().mode is Mode.EXPIRED  # silent for two weeks, and no lead
    assert machine.store.leads.get(1).name == "Zoë de Vries"
    assert "clock is right" in {entry.action for entry in machine.store.audit.entries()}


def test_a_bot_that_was_off_for_a_weekend_goes_on_by_itself(machine: Machine):
    machine.run(timedelta(hours=2))
    machine.time += PAUSE - timedelta(hours=2)
    machine.start()
    machine.run(timedelta(hours=2))
    assert machine.bot.trouble is None


@pytest.mark.slow
def test_a_bot_that_runs_takes_the_mark_along_and_terms_end_as_they_should(machine: Machine):
    machine.run(timedelta(days=8), step=timedelta(hours=6))
    assert machine.bot.trouble is None
    assert machine.state().mode is Mode.EXPIRED
    assert machine.store.leads.get(1).name == "Zoë de Vries"
    machine.run(timedelta(days=21), step=timedelta(hours=12))
    assert machine.store.conversations.find(ZOE) is None
    assert machine.store.leads.get(1).contact == {}


def test_a_clock_that_jumps_back_gives_nobody_a_date_that_is_over(machine: Machine):
    machine.run(timedelta(hours=2))
    right = machine.time
    machine.time -= YEARS
    machine.start()
    machine.bot.turn(ZOE, Said("/help"))
    machine.bot.turn(Address("telegram", "1003"), Started())
    machine.run(timedelta(hours=2))
    assert "time stands still" in (machine.bot.trouble or "")
    with machine.store.reading() as db:
        assert all(at >= NOON for at in db.execute(select(conversations.c.updated_at)).scalars())
    machine.time = right
    machine.start()
    machine.run(timedelta(hours=2))
    assert machine.bot.trouble is None
    assert machine.state().answers
    assert machine.store.conversations.find(Address("telegram", "1003")) is not None


def test_an_empty_store_takes_the_time_as_it_is(store: Store, compiled: Compiled):
    bot = Conversations(store, compiled, lambda: NOON + YEARS)
    bot.elapse("telegram")
    assert bot.trouble is None
    assert store.clock.mark(NOON) == NOON + YEARS


# ------------------------------------------------------------------ what the channel says of the time
HOUR, DAY, THREE_YEARS = timedelta(hours=1), timedelta(days=1), timedelta(days=1095)


@pytest.mark.parametrize("jump", [HOUR, 2 * DAY, THREE_YEARS, -HOUR, -2 * HOUR, -DAY, -THREE_YEARS])
@pytest.mark.parametrize("restarted", [True, False])
def test_no_jump_erases_anybody_or_loses_an_answer(machine: Machine, jump: timedelta, restarted: bool) -> None:
    machine.run(timedelta(hours=2))
    answers = dict(machine.state().answers)
    right = machine.time
    machine.time += jump
    if restarted:
        machine.start()
    for number in range(4):
        machine.store.clock.hear(right + number * HOUR, machine.time)  # the channel knows what time it is
        machine.bot.turn(ZOE, Said("/help"))
        machine.run(timedelta(hours=1))
    assert machine.state().answers == answers
    assert machine.store.leads.get(1).name == "Zoë de Vries"
    machine.time = right + timedelta(hours=4)
    machine.start()
    machine.store.clock.hear(machine.time, machine.time)
    machine.run(timedelta(hours=2))
    assert machine.state().answers == answers
    assert machine.store.leads.get(1).name == "Zoë de Vries"


def test_a_jump_that_the_mark_does_not_see_the_channel_does(machine: Machine) -> None:
    machine.store.clock.hear(machine.time, machine.time)
    assert machine.bot.trouble is None
    later = machine.time + 2 * DAY
    assert not machine.store.clock.is_ahead(later)
    machine.store.clock.hear(machine.time, later)
    assert machine.store.clock.is_ahead(later)
    machine.time = later
    machine.bot.elapse("telegram")
    assert "nothing is erased" in (machine.bot.trouble or "")
    machine.store.clock.hear(later, later)
    machine.bot.elapse("telegram")
    assert machine.bot.trouble is None


def test_news_of_yesterday_is_no_sign_of_a_wrong_clock(machine: Machine) -> None:
    """A bot that was off fetches what people said meanwhile, the oldest first."""
    for hours in (23, 12, 1, 0):
        machine.store.clock.hear(machine.time - hours * HOUR, machine.time)
        assert not machine.store.clock.is_ahead(machine.time)
    machine.store.clock.hear(machine.time - 23 * HOUR, machine.time)
    assert machine.store.clock.doubt(machine.time) is None


def test_a_clock_that_is_behind_the_channel_is_said(machine: Machine) -> None:
    machine.store.clock.hear(machine.time + 5 * HOUR, machine.time)
    machine.bot.elapse("telegram")
    assert "too early" in (machine.bot.trouble or "")


@pytest.mark.parametrize("jump", [-2 * HOUR, -DAY, -THREE_YEARS, HOUR, THREE_YEARS])
def test_no_message_waits_for_yesterday(machine: Machine, jump: timedelta, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.engine.effects import Message
    from bot.store import outbox

    real = outbox.now()
    machine.store.outbox.send_as("telegram", "us")
    fresh, leased = (
        machine.store.outbox.queue([outbox.OutboxMessage(None, Address("telegram", user), Message("x"))], real)[0]
        for user in ("5", "6")
    )
    with machine.store.transaction() as db:
        db.exec_driver_sql(f"UPDATE outbox SET owner = NULL, leased_until = NULL WHERE id = {fresh.id}")
        db.exec_driver_sql(f"UPDATE outbox SET owner = 'killed' WHERE id = {leased.id}")
    monkeypatch.setattr(outbox, "now", lambda: real + jump)
    found = {each.id for each in machine.store.outbox.claim("telegram", real + jump)}
    assert {fresh.id, leased.id} <= found

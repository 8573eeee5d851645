"""Twenty advisers at the desk at once: nothing saved is lost, and nobody replaces what they did not see."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from desks import Browser, Bureau
from sqlalchemy import event
from stores import draft

from bot.store import Address, Store
from bot.store.filing import Where, file
from bot.store.lead_model import Lead
from bot.store.team import Role
from bot.web.desk.guard import SESSION_COOKIE

ADVISERS = 20
CARE = Where("zorg", "Zwolle")


@pytest.fixture
def bureau(store: Store) -> Bureau:
    return Bureau(store)


def lead_of(bureau: Bureau, user: str = "1") -> Lead:
    with bureau.store.transaction():
        (person,) = bureau.store.conversations.load([Address("telegram", user)], at=bureau.now)
        return file(bureau.store, person.id, "telegram", draft(), CARE, content="c1", at=bureau.now).lead


def browser_of(bureau: Bureau, name: str, role: Role) -> Browser:
    member, browser = bureau.member(name, role), bureau.browser()
    bureau.store.sessions.start(member.id, f"token of {name}", bureau.now)
    browser.cookies.set(SESSION_COOKIE, f"token of {name}", domain="desk.example")
    return browser


def at_once(bureau: Bureau, role: Role, work: object) -> list[object]:
    browsers = [browser_of(bureau, f"Adviseur {number}", role) for number in range(ADVISERS)]
    with ThreadPoolExecutor(ADVISERS) as pool:
        return list(pool.map(work, browsers, range(ADVISERS)))  # type: ignore[arg-type]


def test_a_page_of_a_lead_reads_no_whole_table_of_leads(sqlite_store: Store) -> None:
    """Nearly all leads are nobody's duplicate: a planner that knows so believes that one has as many as there are."""
    bureau = Bureau(sqlite_store)
    reference = lead_of(bureau).reference
    with sqlite_store.transaction() as db:
        db.exec_driver_sql("ANALYZE")  # and then as it is with many
        db.exec_driver_sql("UPDATE sqlite_stat1 SET stat = '100000 1' WHERE tbl = 'leads'")
        db.exec_driver_sql("UPDATE sqlite_stat1 SET stat = '100000 100000' WHERE idx = 'ix_leads_duplicate_of_id'")
    sqlite_store.engine.dispose()
    asked: list[tuple[str, object]] = []

    def note(_: object, __: object, statement: str, values: object, *___: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    event.listen(sqlite_store.engine, "before_cursor_execute", note)
    browser_of(bureau, "Sanne", Role.ADVISER).get(f"/desk/leads/{reference}")
    event.remove(sqlite_store.engine, "before_cursor_execute", note)
    with sqlite_store.engine.connect() as db:
        plans = [db.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values).all() for one, values in asked]
    assert len(plans) > 5
    assert not [step for plan in plans for *_, step in plan if step == "SCAN leads"]


@pytest.mark.slow
@pytest.mark.parametrize("step", ["proposed", "own"])
def test_everybody_records_a_call_with_the_same_person_and_each_is_kept_once(bureau: Bureau, step: str) -> None:
    """A call adds to a lead. A step of one's own replaces that of another: who did not see it is told first."""
    reference, all_are_there = lead_of(bureau).reference, Barrier(ADVISERS)

    def record(browser: Browser, number: int) -> int:
        """How often somebody was before them."""
        page, before = browser.get(f"/desk/leads/{reference}"), 0
        all_are_there.wait(120)
        while True:
            version = re.findall(r'name="version" value="(\d+)"', page)[0]
            said = {"csrf": browser.csrf, "version": version, "outcome": "no_answer", "note": f"poging {number}"}
            said |= {"step": step, "day": f"2026-12-{number % 9 + 1:02}"}
            answer = browser.ask("POST", f"/desk/leads/{reference}/call", data=said)
            if answer.status_code == 303:
                return before
            assert answer.status_code == 409 and f"poging {number}</textarea>" in answer.text
            page, before = answer.text, before + 1

    conflicts = at_once(bureau, Role.COORDINATOR, record)
    lead = bureau.store.leads.get(reference)
    notes = sorted(note.text for note in bureau.store.leads.details([lead])[lead.id].notes)
    assert notes == sorted(f"poging {number}" for number in range(ADVISERS))
    assert lead.attempts == ADVISERS
    assert sum(map(bool, conflicts)) == (ADVISERS - 1 if step == "own" else 0)  # all but the first were told


@pytest.mark.slow
def test_everybody_takes_the_same_leads_and_each_has_one_owner(bureau: Bureau) -> None:
    references = [lead_of(bureau, str(number)).reference for number in range(5)]

    def take(browser: Browser, _: int) -> int:
        browser.get("/desk/")
        answers = [browser.ask("POST", "/desk/", data={"csrf": browser.csrf, "claim": each}) for each in references]
        return sum(answer.status_code == 303 for answer in answers)

    assert sum(at_once(bureau, Role.ADVISER, take)) == len(references)  # type: ignore[arg-type]
    assert all(bureau.store.leads.get(each).assignee for each in references)

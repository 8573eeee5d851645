"""Days and hours as advisers type them, whatever language their browser is in."""

from datetime import date, time

import pytest
from desks import Bureau, words
from test_desk_together import lead_of

from bot.store import Store
from bot.store.team import Role
from bot.web.desk.typed_days import TypedDays

MONDAY = date(2026, 11, 23)


@pytest.fixture
def bureau(sqlite_store: Store) -> Bureau:
    return Bureau(sqlite_store)


@pytest.fixture
def days(sqlite_store: Store) -> TypedDays:
    from bot.recognisers.calendar_words import CalendarWords
    from bot.staff.locale import Locale

    locale = Locale.of(sqlite_store)
    return TypedDays(locale, CalendarWords({"nl": locale.language}, ["nl"]), MONDAY)


@pytest.mark.parametrize(
    ("typed", "day"),
    {
        "03-12-2026": date(2026, 12, 3),
        "3/12/2026": date(2026, 12, 3),  # as the Dutch write it, and no day in March
        "3-12": date(2026, 12, 3),
        "2026-12-03": date(2026, 12, 3),
        "3 december": date(2026, 12, 3),
        "do 3 december": date(2026, 12, 3),
        "donderdag 3 december": date(2026, 12, 3),
        "Donderdag": date(2026, 11, 26),
        "maandag": date(2026, 11, 30),
        "morgen": date(2026, 11, 24),
        "2 jan": date(2027, 1, 2),
        "dinsdag 3 december": None,  # that is a Thursday
        "31 februari": None,
        "volgende week dinsdag": None,  # tomorrow is a Tuesday too
        "binnenkort": None,
        "": None,
    }.items(),
)
def test_a_day_is_read_as_it_is_typed_and_what_may_mean_another_is_not(
    days: TypedDays, typed: str, day: date | None
) -> None:
    assert days.read(typed) == day


def test_in_the_log_a_day_lies_behind_us(days: TypedDays) -> None:
    assert days.read("20 november", past=True) == date(2026, 11, 20)
    assert days.read("1-12", past=True) == date(2025, 12, 1)
    assert days.read("vrijdag", past=True) == date(2026, 11, 20)
    assert days.read("vandaag", past=True) == MONDAY


@pytest.mark.parametrize(
    ("typed", "hour"),
    {
        "14:00": time(14),
        "14.30": time(14, 30),
        "9 uur": time(9),
        "10u15": time(10, 15),
        "2 uur": None,
        "25:00": None,
        "14:75": None,
        "straks": None,
        "": None,
    }.items(),
)
def test_an_hour_is_read_by_a_clock_of_24_hours(days: TypedDays, typed: str, hour: time | None) -> None:
    assert days.hour(typed) == hour


def test_the_days_to_choose_from_are_working_days_and_are_read_back(days: TypedDays) -> None:
    offered = list(days.quick())
    assert offered[:2] == [("24-11-2026", "dinsdag"), ("25-11-2026", "woensdag")] and len(offered) == 10
    assert all(days.read(sent) and name not in ("zaterdag", "zondag") for sent, name in offered)


def test_what_was_understood_of_a_day_is_said_when_it_is_kept(bureau: Bureau) -> None:
    lead, sanne = lead_of(bureau), bureau.inside("Sanne", Role.COORDINATOR)
    page = sanne.get(f"/desk/leads/{lead.reference}")
    assert 'type="date"' not in page and 'type="time"' not in page
    said = {"version": lead.change, "outcome": "spoken", "step": "own", "day": "donderdag", "time": "14.00"}
    sanne.post(f"/desk/leads/{lead.reference}/call", said)
    assert "op do 26 nov 14:00" in words(sanne.follow())
    sanne.get(f"/desk/leads/{lead.reference}")
    page = sanne.post(f"/desk/leads/{lead.reference}/call", {**said, "day": "volgende week dinsdag"}, 422)
    assert "Typ bijvoorbeeld donderdag" in words(page) and 'value="volgende week dinsdag"' in page


def test_leads_are_put_off_and_an_absence_is_noted_in_words(bureau: Bureau) -> None:
    lead, sanne = lead_of(bureau), bureau.inside("Sanne", Role.COORDINATOR)
    sanne.get("/desk/")
    sanne.post("/desk/", {"lead": [lead.reference], "do": "snooze", "until": "3 december"})
    assert bureau.store.leads.get(lead.reference).next_action_on == date(2026, 12, 3)
    sanne.get("/desk/team")
    sanne.post("/desk/team/absence", {"name": "Sanne", "since": "30-11", "until": "vrijdag 4 december"})
    assert "Sanne is weg van ma 30 nov tot en met vr 4 dec" in words(sanne.follow())

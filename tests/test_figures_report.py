"""The report of a quarter: what is counted where, and that nobody follows from it, whatever is put together."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest

from bot.staff.figures.hiding import LEAST, OTHERS, gather, hide
from bot.staff.figures.quarter import Quarter
from bot.staff.figures.report import Part, Report, Row, Table, report
from bot.staff.labels import Labels
from bot.store.milestones import WAITS, Cell, Milestone

Q4 = Quarter(2026, 4)
OVER = date(2027, 1, 10)
REGIONS = {
    "Zwolle": "Regio Zwolle",
    "Kampen": "Regio Zwolle",
    "Dalfsen": "Regio Zwolle",
    "Utrecht": "Midden-Utrecht",
    "Zeist": "Midden-Utrecht",
    "Almere": "Flevoland",
    "Lelystad": "Flevoland",
}
LABELS = Labels(regions=REGIONS, employers=frozenset({"employer"}))


def cell(
    milestone: Milestone = Milestone.ASKED, day: date = date(2026, 11, 4), flow: str = "intake", **more: str
) -> Cell:
    return Cell(day=day, milestone=milestone, flow=flow, **more)


def people(cells: dict[Cell, int], today: date = OVER) -> Part:
    return report(cells, Q4, today, LABELS).parts[0]


def shown(table: Table | None) -> dict[str, tuple[int | None, ...]]:
    assert table is not None
    return {row.code: row.cells for row in table.rows}


# ------------------------------------------------------------------ quarters
def test_a_quarter_is_written_in_several_ways_and_has_its_days():
    assert {Quarter.read(each) for each in ("2026Q4", "2026-q4", " 2026K4 ")} == {Q4}
    assert (Q4.first, Q4.last, str(Q4)) == (date(2026, 10, 1), date(2026, 12, 31), "2026Q4")
    assert (Q4.next, Q4.before) == (Quarter(2027, 1), Quarter(2026, 3))
    assert [number for number, _ in Q4.weeks(OVER)] == list(range(40, 54))
    for wrong in ("2026", "Q4", "2026Q5", "0000Q1", "2026Q4; DROP"):
        with pytest.raises(ValueError):
            Quarter.read(wrong)


# ------------------------------------------------------------------ hiding
def test_one_small_number_takes_the_next_smallest_with_it():
    assert hide([20, 3, 7, 12]) == [20, None, None, 12]


def test_two_small_numbers_whose_sum_says_too_much_take_another():
    assert hide([20, 1, 2, 6]) == [20, None, None, None], "1 and 2 make 3: each of them is 1 or 2"
    assert hide([20, 4, 4]) == [20, None, None], "4 and 4 could be 1 and 7"


def test_a_zero_is_nobody_and_is_shown():
    assert hide([0, 9, 0]) == [0, 9, 0]


def test_where_nothing_can_be_shown_nothing_is():
    assert hide([1, 1, 1, 1, 1, 0]) == [None] * 6
    assert hide([3, 0]) == [None, None]


def test_rows_of_small_numbers_become_one_row():
    assert gather({"a": [9, 1], "b": [1, 0], "c": [4, 2]}) == {"a": [9, 1], OTHERS: [5, 2]}
    assert gather({"a": [9, 1], "b": [1, 0]}) == {"a": [9, 1], "b": [1, 0]}


@pytest.mark.parametrize("seed", range(60))
def test_every_hidden_cell_of_a_column_could_be_small_or_not(seed: int):
    chance = Random(seed)
    column = [chance.choice([0, 0, 1, 2, 3, 4, 5, 6, 9, 30]) for _ in range(chance.randint(1, 9))]
    kept = hide(column)
    assert not any(number and number < LEAST for number in kept)
    assert [number for number in kept if number is not None] == [
        number for number, cell in zip(column, kept, strict=True) if cell is not None
    ]
    hidden, left = kept.count(None), sum(column) - sum(number or 0 for number in kept)
    if hidden and sum(column) >= LEAST:
        least = 0 if None in [cell for cell, number in zip(kept, column, strict=True) if not number] else 1
        assert left - (hidden - 1) * least >= LEAST


# ------------------------------------------------------------------ what nobody can work out
def quarter_of(seed: int) -> dict[Cell, int]:
    """A quarter as it could have been, with many small numbers."""
    chance, cells = Random(seed), Counter[Cell]()
    places = [*REGIONS, "", "Zwolle", "Zwolle", "Utrecht"]
    for _ in range(chance.randint(5, 150)):
        day = Q4.first + timedelta(days=chance.randrange(92))
        where = {
            "flow": chance.choice(["intake", "intake", "intake", "orientation", "employer"]),
            "source": chance.choice(["", "", "flyer", "beurs"]),
            "sector": chance.choice(["zorg", "zorg", "techniek", "ict", ""]),
            "place": chance.choice(places),
        }
        for milestone, likely in ((Milestone.STARTED, 1.0), (Milestone.RESULT, 0.8), (Milestone.ASKED, 0.6)):
            if chance.random() < likely:
                cells[cell(milestone, day, **where)] += 1
        if chance.random() < 0.5:
            cells[cell(Milestone.SPOKE, day, detail=chance.choice(WAITS), **where)] += 1
        if chance.random() < 0.3:
            came = f"signed_up|{chance.choice(['mbo-zorg', 'novi', 'rijden'])}|{chance.choice(['slim', ''])}|"
            cells[cell(Milestone.OUTCOME, day, detail=came, **where)] += 1
    return dict(cells)


Key = tuple[str, str, str]
"""Of a cell: its table, column and row, with the row that it is a part of."""


def published(part: Part) -> tuple[dict[Key, int | None], list[tuple[Key, list[Key]]]]:
    """Every cell of a part, and the sums that anybody knows: a total and its rows, a region and its municipalities."""
    cells: dict[Key, int | None] = {("steps", step, ""): count for step, count in part.steps.items()}
    sums: list[tuple[Key, list[Key]]] = []
    for table in part.tables:
        for at, column in enumerate(table.columns):
            theirs = {(table.name, column, f"{row.under} {row.code}"): row.cells[at] for row in table.rows}
            cells |= theirs
            if table.total is not None:
                sums.append((("steps", column, ""), list(theirs)))
            for region in {row.under for row in table.rows if row.under}:
                of_it = [key for key in theirs if key[2].startswith(f"{region} ")]
                sums.append((("regions", column, f" {region}"), of_it))
    return cells, sums


def worked_out(part: Part) -> list[Key]:
    """The hidden cells that follow from all that is published: those in the row space of its equations."""
    cells, sums = published(part)
    at = {key: number for number, key in enumerate(cells)}
    known = [key for key, count in cells.items() if count is not None]
    equations = np.zeros((len(known) + len(sums), len(cells)))
    for row, key in zip(equations, known, strict=False):
        row[at[key]] = 1
    for row, (whole, parts) in zip(equations[len(known) :], sums, strict=True):
        row[at[whole]] = 1
        row[[at[key] for key in parts]] = -1
    _, values, right = np.linalg.svd(equations)
    free = right[int((values > 1e-9).sum()) :]
    return [key for key, count in cells.items() if count is None and np.allclose(free[:, at[key]], 0)]


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_follows_from_all_tables_together(seed: int):
    part = people(quarter_of(seed))
    small = [
        count
        for counts in (part.steps.values(), *(row.cells for table in part.tables for row in table.rows))
        for count in counts
        if count is not None and 0 < count < LEAST
    ]
    assert not small
    assert not worked_out(part)


def test_the_attacker_of_these_tests_finds_what_is_hidden_badly():
    part = people({cell(sector="zorg"): 20, cell(sector="ict"): 9, cell(sector="bouw"): 3})
    rows = (Row("zorg", (20,)), Row("ict", (9,)), Row("bouw", (None,)))
    bad = Table("sectors", ("asked",), rows, (32,))
    assert worked_out(replace(part, tables=(bad,))) == [("sectors", "asked", " bouw")]


# ------------------------------------------------------------------ what is in it
def test_a_municipality_is_counted_under_its_region_and_adds_up_to_it():
    part = people({cell(place="Zwolle"): 30, cell(place="Kampen"): 8, cell(place="Utrecht"): 11, cell(): 6})
    assert {code: cells[1] for code, cells in shown(part.table("regions")).items()} == {
        "Regio Zwolle": 38,
        "Midden-Utrecht": 11,
        "": 6,
    }
    places = part.table("places")
    assert places and [(row.code, row.under, row.cells[1]) for row in places.rows] == [
        ("Zwolle", "Regio Zwolle", 30),
        ("Kampen", "Regio Zwolle", 8),
        ("Utrecht", "Midden-Utrecht", 11),
    ]


def test_employers_are_counted_apart():
    made = report({cell(): 12, cell(flow="employer"): 7}, Q4, OVER, LABELS)
    assert [part.steps["asked"] for part in made.parts] == [12, 7]


def test_what_came_of_it_is_said_with_programme_and_scheme():
    signed = Milestone.OUTCOME
    part = people(
        {
            cell(signed, detail="signed_up|mbo-zorg|slim|"): 9,
            cell(signed, detail="signed_up|novi||"): 6,
            cell(signed, detail="started|mbo-zorg||"): 5,
            cell(Milestone.STARTED): 40,
        }
    )
    assert (part.steps["signed_up"], part.steps["started"]) == (15, 40)
    assert shown(part.table("programmes")) == {"mbo-zorg": (9,), "novi": (6,)}
    assert shown(part.table("schemes")) == {"slim": (9,), "none": (6,)}
    assert shown(part.table("outcomes")) == {"signed_up": (15,), "started": (5,)}


def test_half_of_them_were_spoken_with_within_the_median():
    spoke = {
        cell(Milestone.SPOKE, detail=wait): count for wait, count in {"1h": 2, "0d": 3, "2d": 4, "more": 1}.items()
    }
    assert people(spoke).median == "0d"
    assert people({cell(Milestone.SPOKE, detail="1h"): 4}).median is None


def test_a_quarter_that_is_not_over_says_so_and_knows_the_one_before():
    cells = {cell(): 9, cell(day=date(2026, 9, 30)): 14, cell(day=date(2026, 12, 1)): 7}
    made: Report = report(cells, Q4, date(2026, 11, 27), LABELS)
    assert (made.is_over, made.until) == (False, date(2026, 11, 27))
    assert (made.parts[0].steps["asked"], made.before["asked"]) == (9, 14)
    assert report(cells, Q4, OVER, LABELS).is_over


def test_an_empty_quarter_is_an_empty_report():
    made = report({}, Q4, OVER, LABELS)
    assert all(part.is_empty and not part.tables for part in made.parts)

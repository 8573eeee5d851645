"""What people ask and we lack: as many together as mean the same, and no small number told."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from libraries import CONTENT, ROOT, real_library
from stores import next_answer

from bot.cli import main
from bot.conversations import Address, Conversations
from bot.engine.events import Said, Started
from bot.staff.desk import Desk
from bot.staff.errors import DeskError
from bot.staff.figures.hiding import OTHERS
from bot.staff.gaps import ReadWrong, _together, far, read_wrong
from bot.staff.labels import Labels
from bot.store import Store
from bot.store.milestones import Cell, Milestone
from bot.store.team import Role

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)


def groups(*texts: str) -> list[tuple[str, int]]:
    return [(gap.text, gap.count) for gap in _together([(DAY, text) for text in texts])]


def test_questions_that_mean_the_same_are_one() -> None:
    assert groups(
        "kan ik mijn rijbewijs vergoed krijgen", "rijbewijs vergoed krijgen?", "mag mijn hond mee naar de les"
    ) == [
        ("kan ik mijn rijbewijs vergoed krijgen", 2),
        ("mag mijn hond mee naar de les", 1),
    ]


def test_questions_that_mean_something_else_are_apart() -> None:
    texts = ("hoe lang duurt de opleiding tot kapper", "wat kost kinderopvang", "is er parkeerplek bij de school")
    assert len(groups(*texts)) == 3


def test_words_that_nobody_knows_are_alone_and_the_same_words_are_one() -> None:
    assert groups("qwrtplk zxcvbn", "Qwrtplk zxcvbn?", "bvnmqwx") == [("qwrtplk zxcvbn", 2), ("bvnmqwx", 1)]


@pytest.mark.usefixtures("library_at_hand")
def test_the_command_lists_both_kinds(tmp_path: object) -> None:
    env = {**CONTENT, "OVERSTAP_HOME": str(ROOT), "DATA_DIR": f"{tmp_path}/var", "DATABASE_URL": "",
           "ENCRYPTION_KEY_FILE": f"{tmp_path}/keys/k"}  # fmt: skip
    done = CliRunner().invoke(main, ["knowledge", "gaps"], env=env)
    assert done.exit_code == 0 and "question: 0\nwish: 0\nfar: 0\nread wrong: 0\n" in done.output, done.output


# ------------------------------------------------------------------ counted without people
def test_a_wish_for_which_nobody_near_trains_is_counted_once_by_where_they_live(store: Store) -> None:
    bot = Conversations(store, real_library(), lambda: NOON)
    talk(bot, "1", "/start", "lasser", "kapper", "Vlieland")
    assert counted(store, Milestone.FAR) == {}, "there is no result yet"
    until_result(bot, "1")
    (cell, count), *more = counted(store, Milestone.FAR).items()
    assert (cell.place, cell.detail, count, more) == ("Vlieland", "welder", 1, [])
    talk(bot, "1", "toch liever verder als lasser", "/overzicht", "/plan")
    assert list(counted(store, Milestone.FAR).values()) == [1]


def test_a_reading_that_is_taken_back_is_counted_by_question_and_code_and_without_words(store: Store) -> None:
    bot = Conversations(store, real_library(), lambda: NOON)
    talk(bot, "1", "/start", "ik ben kapper en 34 jaar, woon in Zwolle en wil lasser worden", "klopt niet")
    found = {cell.detail for cell in counted(store, Milestone.TAKEN_BACK)}
    assert found >= {"desired_work|welder", "age|", "place|"}
    assert not any(word in detail.casefold() for detail in found for word in ("zwolle", "34", "kapper"))


def cells(*rows: tuple[str, str, str, int], milestone: Milestone = Milestone.FAR) -> dict[Cell, int]:
    return {
        Cell(day=DAY, milestone=milestone, flow="intake", sector=sector, place=place, detail=detail): count
        for sector, place, detail, count in rows
    }


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, store.team.add("Sanne", Role.ADVISER), lambda: NOON)


def count_all(store: Store, numbers: dict[Cell, int]) -> None:
    with store.transaction():
        for cell, number in numbers.items():
            for _ in range(number):
                store.figures.count(cell)


LABELS = Labels(regions={"Zwolle": "Zwolle e.o.", "Kampen": "Zwolle e.o.", "Vlieland": "Friesland", "Urk": "Flevoland"})


def test_far_work_is_told_by_sector_and_region_with_what_may_be_told(store: Store, desk: Desk) -> None:
    count_all(
        store, cells(("zorg", "Zwolle", "nurse", 9), ("zorg", "Kampen", "nurse", 6), ("zorg", "Kampen", "vet", 2))
    )
    (found,) = far(desk, LABELS)
    assert (found.sector, found.region, found.count) == ("zorg", "Zwolle e.o.", 17)
    assert found.places == (("Zwolle", 9), ("Kampen", 8))
    assert found.work == ("nurse",), "two who want to be a vet could be somebody"


def test_small_numbers_of_far_work_are_one_row_and_none_follows_from_the_others(store: Store, desk: Desk) -> None:
    rows = (
        ("zorg", "Zwolle", "nurse", 9),
        ("zorg", "Kampen", "nurse", 1),
        ("bouw", "Urk", "welder", 2),
        ("ict", "Vlieland", "x", 4),
    )
    count_all(store, cells(*rows))
    found = {(one.sector, one.region): one for one in far(desk, LABELS)}
    assert found["zorg", "Zwolle e.o."].count == 10
    # Kampen is 1: with Zwolle shown it would follow from the 10 of both.
    assert found["zorg", "Zwolle e.o."].places == (("Kampen", None), ("Zwolle", None))
    assert (found[OTHERS, ""].count, found[OTHERS, ""].places, found[OTHERS, ""].work) == (6, (), ())
    assert len(found) == 2


def test_what_was_read_wrong_is_told_by_question(store: Store, desk: Desk) -> None:
    rows = [("", "", "education|mbo4", 7), ("", "", "education|hbo", 2), ("", "", "age|", 3), ("", "", "benefit|ww", 1)]
    count_all(store, cells(*rows, milestone=Milestone.TAKEN_BACK))
    assert read_wrong(desk) == [ReadWrong("education", 9, ("mbo4",)), ReadWrong(OTHERS, None, ())]


def test_what_was_counted_more_than_a_year_ago_is_not_told(store: Store, desk: Desk) -> None:
    old = {replace(cell, day=date(2025, 11, 1)): count for cell, count in cells(("zorg", "Urk", "nurse", 9)).items()}
    count_all(store, old)
    assert far(desk, LABELS) == []


def test_the_desk_is_for_advisers(store: Store) -> None:
    reader = Desk(store, store.team.add("Lees", Role.READER), lambda: NOON)
    with pytest.raises(DeskError):
        far(reader, LABELS)
    with pytest.raises(DeskError):
        read_wrong(reader)


def counted(store: Store, milestone: Milestone) -> dict[Cell, int]:
    found = store.figures.between(date(2020, 1, 1), date(2040, 1, 1))
    return {cell: count for cell, count in found.items() if cell.milestone is milestone}


def talk(bot: Conversations, user: str, *texts: str) -> None:
    for text in texts:
        bot.turn(Address("telegram", user), Started(None, "nl") if text == "/start" else Said(text))


def until_result(bot: Conversations, user: str) -> None:
    for _ in range(20):
        person = bot.store.conversations.find(Address("telegram", user))
        assert person is not None
        if person.state.listed:
            return
        talk(bot, user, next_answer(person.state))
    raise AssertionError("there was no result")

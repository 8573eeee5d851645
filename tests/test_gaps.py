"""What people ask and we lack: as many together as mean the same, and no small number told."""

from datetime import date

from click.testing import CliRunner
from libraries import CONTENT, ROOT

from bot.cli import main
from bot.staff.gaps import _together

DAY = date(2026, 11, 20)


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


def test_the_command_lists_both_kinds(tmp_path: object) -> None:
    env = {**CONTENT, "OVERSTAP_HOME": str(ROOT), "DATA_DIR": f"{tmp_path}/var", "DATABASE_URL": "",
           "ENCRYPTION_KEY_FILE": f"{tmp_path}/keys/k"}  # fmt: skip
    done = CliRunner().invoke(main, ["knowledge", "gaps"], env=env)
    assert done.exit_code == 0 and "question: 0\nwish: 0\n" in done.output, done.output

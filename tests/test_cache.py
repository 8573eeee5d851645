"""Compiled content on disk: what was written comes back, and half a file is none."""

import re
import resource
from pathlib import Path
from pickletools import genops
from shutil import copytree

import pytest
from libraries import BERLIN, ROOT, berlin_library, real_library

from bot.cli import cache
from bot.cli.wiring import ABOVE, build_apart
from bot.content.flow import Vocabulary
from bot.settings import Settings


@pytest.mark.slow
def test_what_was_written_answers_as_before(tmp_path: Path):
    file, compiled = tmp_path / "compiled-1.pickle", real_library()
    cache.write(file, compiled)
    again = cache.read(file)
    assert again is not None
    assert again.content == compiled.content
    for asked in ("bestaat stap nog", "wie betaalt mijn opleiding"):
        assert again.faq.look_up(asked) == compiled.faq.look_up(asked)
    assert again.work("verpleegkundige", Vocabulary.DESIRED_WORK) == compiled.work(
        "verpleegkundige", Vocabulary.DESIRED_WORK
    )
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


def test_nothing_of_the_code_that_the_name_of_the_file_leaves_out_is_in_it(tmp_path: Path):
    for name in ABOVE:
        assert (ROOT / "bot" / name).exists(), name
    file = tmp_path / "compiled-1.pickle"
    cache.write(file, berlin_library())
    strings = [said for _, said, _ in genops(file.read_bytes()) if isinstance(said, str)]
    modules = {said for said in strings if re.fullmatch(r"bot(\.\w+)+", said)}
    assert "bot.compiled" in modules
    assert {module.split(".")[1] for module in modules} & {name.removesuffix(".py") for name in ABOVE} == set()


def test_half_a_file_is_none(tmp_path: Path):
    file = tmp_path / "compiled-1.pickle"
    cache.write(file, berlin_library())  # small: the real one has twenty megabytes
    assert cache.read(file) is not None
    whole = file.read_bytes()
    for kept in (0.9, 0.5, 0.0001, 0.0):
        file.write_bytes(whole[: int(kept * len(whole))])
        assert cache.read(file) is None, kept


def test_a_full_disk_costs_the_cache_and_leaves_nothing(tmp_path: Path):
    compiled = real_library()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))  # bytes in a file; to a writer as good as a full disk
    try:
        cache.write(tmp_path / "compiled-1.pickle", compiled)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_after_an_edit_of_a_programme_nothing_is_learnt_again(tmp_path: Path):
    root, folder = tmp_path / "content", tmp_path / "cache"
    copytree(BERLIN, root)
    settings = Settings.read({}, root=root)
    assert build_apart(settings, [folder / "compiled-1.pickle"])
    learnt = {path.name: path.stat().st_mtime_ns for path in folder.glob("[!c]*.pickle")}
    assert {name.partition("-")[0] for name in learnt} == {"faqindex", "parts", "distress"}

    programmes = root / "knowledge/programmes.yaml"
    programmes.write_text(programmes.read_text().replace("Umschulung", "Fortbildung"))
    assert build_apart(settings, [folder / "compiled-2.pickle"])
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("[!c]*.pickle")} == learnt
    changed = cache.read(folder / "compiled-2.pickle").content.knowledge.programmes
    assert any("Fortbildung" in each.name for each in changed.values())


def test_what_is_learnt_from_other_things_is_learnt_anew(tmp_path: Path):
    calls: list[tuple[str, ...]] = []

    def learner(*said: str) -> int:
        calls.append(said)
        return len(said)

    learn, of_other_code = cache.Learnt(tmp_path, "code"), cache.Learnt(tmp_path, "other")
    assert [learn(learner, "a"), learn(learner, "a"), learn(learner, "a", "b"), of_other_code(learner, "a")] == [
        *(1, 1, 2, 1)
    ]
    assert calls == [("a",), ("a", "b"), ("a",)]

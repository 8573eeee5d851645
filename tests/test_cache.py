"""Compiled content on disk: what was written comes back, and half a file is none."""

import re
import resource
from datetime import date
from pathlib import Path
from pickletools import genops
from shutil import copytree

import pytest
from libraries import BERLIN, ROOT, berlin_library, real_library

from bot.authoring.check import problems
from bot.cli import cache
from bot.cli.wiring import ABOVE, build_apart
from bot.content.flow import Vocabulary
from bot.settings import Settings

ON = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def files_at_hand() -> None:
    """Not here: what was kept is compared with what is read anew."""


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


@pytest.mark.slow
def test_a_check_says_the_same_from_what_was_kept_and_reads_again_what_changed(tmp_path: Path):
    root, file = copytree(BERLIN, tmp_path / "content"), tmp_path / "cache" / "files-1.pickle"

    def said() -> list[str]:
        kept = cache.OnDisk(file)
        found = [str(problem) for problem in problems(root, ON, kept)]
        kept.close()
        assert found == [str(problem) for problem in problems(root, ON)], "what was kept says something else"
        return found

    assert said() == said()
    changes = {
        "knowledge/programmes.yaml": ("sectors: [", "sectors: [nowhere, "),  # read, and wrong only beside other files
        "flows/wechsel.yaml": ("type:", "typ:"),  # cannot be read
        "knowledge/facts.yaml": ("kind: text", "kind: txt"),
        "knowledge/country.yaml": ("languages: [", "languages: [fr, "),  # every text lacks one
        "knowledge/sectors.yaml": ("id: ", "id: other-"),  # others point at it
        "knowledge/faq.yaml": ('de: "Nichts', 'de: "TODO Nichts'),
    }
    clean = said()
    for name, (there, written) in changes.items():
        path = root / name
        before = path.read_text(encoding="utf-8")
        assert there in before, name
        path.write_text(before.replace(there, written, 1), encoding="utf-8")
        assert said() != clean, name
        path.write_text(before, encoding="utf-8")
        assert said() == clean, name


def test_what_others_could_have_kept_is_not_looked_at(tmp_path: Path):
    file = tmp_path / "cache" / "files-1.pickle"
    kept = cache.OnDisk(file)
    kept["a"] = "read"
    kept.close()
    assert cache.OnDisk(file).get("a") == "read"
    file.chmod(0o622)
    assert cache.OnDisk(file).get("a") is None
    file.chmod(0o600)
    file.parent.chmod(0o777)
    assert cache.OnDisk(file).get("a") is None


def test_what_no_file_says_any_more_is_not_kept(tmp_path: Path):
    file = tmp_path / "cache" / "files-1.pickle"
    first = cache.OnDisk(file)
    first["old"], first["same"] = 1, 2
    first.close()
    second = cache.OnDisk(file)
    assert second.get("same") == 2
    second["new"] = 3
    second.close()
    assert [cache.OnDisk(file).get(key) for key in ("old", "same", "new")] == [None, 2, 3]


def test_a_text_that_stands_in_many_places_is_kept_once(tmp_path: Path) -> None:
    place, town = tmp_path / "cache" / "towns-1.pickle", "Den Haag"
    assert cache.write(place, [town, "".join(town), {"".join(town): 1}])
    first, second, towns = cache.read(place)  # type: ignore[misc]  # not the compiled content this time
    assert [first, second, *towns] == [town] * 3
    assert first is second is next(iter(towns))

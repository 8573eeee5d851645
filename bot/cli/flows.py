"""`overstap flows` and `overstap test`: what editors look through before they publish a flow."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.content import with_root
from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.authoring.coverage import Part
    from bot.authoring.wording import ChangedWords
    from bot.compiled import Compiled
    from bot.content.flow import Flow

ROOT = click.Path(exists=True, file_okay=False, path_type=Path)
OTHER_WORDS = 3  # exit code: 1 is a failure, and 2 is click's own for a wrong option
LONGEST_LINE = 160  # characters of a text that is shown
MOST_NAMES = 20  # of what was not reached, unless all are asked for


@click.group()
def flows() -> None:
    """Walk, draw and compare the flows."""


@flows.command()
@click.argument("names", nargs=-1, metavar="[FLOW]...")
@click.option("--root", type=ROOT, help="Where flows/ and knowledge/ are (default: those of the settings).")
@click.option("--seconds", type=float, default=120.0, show_default=True, help="Stop after this long.")
@click.option("--turns", type=int, default=100_000, show_default=True, help="Stop after so many messages.")
def walk(names: tuple[str, ...], root: Path | None, seconds: float, turns: int) -> None:
    """Try every path through the flows, with the engine itself; exit code 1 when somebody would get stuck."""
    from bot.authoring.model_checking import walk as walk_through

    compiled = _compiled(root)
    chosen = _named(names, compiled.content.flows)
    walked, coverage = walk_through(compiled, chosen, seconds=seconds, turns=turns)
    for stuck in walked.stuck:
        click.echo(f"{stuck}\n")
    click.echo(f"{walked.turns} messages, {walked.places} places, {len(walked.stuck)} of them stuck")
    if not walked.complete:
        click.echo("This is not everything: it took too long. Give it more: --seconds, --turns")
    for part in (coverage.steps, coverage.branches):
        _show(part.of(chosen), every=True)
    sys.exit(1 if walked.stuck else 0)


@flows.command()
@click.argument("names", nargs=-1, metavar="[FLOW]...")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Write each flow there, as FLOW.mmd.")
@click.option("--lang", default="nl", show_default=True, help="A language that the content speaks.")
@with_root
def draw(names: tuple[str, ...], to: Path | None, lang: str, root: Path) -> None:
    """The flows as pictures: Mermaid text on the screen, or with --to in one file for each flow."""
    from bot.authoring.mermaid import mermaid

    found = _read(root)
    for flow in (found[name] for name in _named(names, found)):
        picture = mermaid(flow, lang)
        if to is None:
            click.echo(picture)
            continue
        to.mkdir(parents=True, exist_ok=True)
        file = to / f"{flow.id}.mmd"
        file.write_text(picture, encoding="utf-8")
        click.echo(file)


@flows.command()
@click.argument("old", type=click.Path(exists=True, path_type=Path))
@click.argument("new", type=click.Path(exists=True, path_type=Path))
@click.option("--no-store", is_flag=True, help="Compare the files only; do not look at open conversations.")
def diff(old: Path, new: Path, no_store: bool) -> None:
    """What a new version of flows and knowledge changes, and for how many people.

    OLD and NEW are folders with flows/ in them (and knowledge/, whose programmes, routes and ways to pay are compared
    too), or files of one flow. Nothing is changed, and nobody is told.
    """
    from bot.authoring.flow_diff import changes, read_side

    before, after = read_side(old), read_side(new)
    lines = list(changes(before, after))
    for line in lines or ["No flow asks anything else than before."]:
        click.echo(line)
    if not no_store:
        _look_at_open_conversations(before, after, whole=new.is_dir())
    _compare_knowledge(old, new, no_store)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--root", type=ROOT, help="Where flows/ and knowledge/ are (default: those of the settings).")
@click.option("--coverage", "cover", is_flag=True, help="Say what no conversation reaches, by name.")
@click.option("--all", "every", is_flag=True, help=f"With --coverage: all names, and not the first {MOST_NAMES}.")
@click.option(
    "--accept", "take_over", is_flag=True, help="Show what goes another way now, and write that to the files."
)
@click.option("--strict", is_flag=True, help=f"Exit code {OTHER_WORDS} when something is only said in other words.")
def test(paths: tuple[Path, ...], root: Path | None, cover: bool, every: bool, take_over: bool, strict: bool) -> None:
    """Play conversations (files, or folders of .txt); without PATHS those in tests/conversations.

    Exit code 1 when one of them goes another way than stands in its file. One that goes the same way in other words
    is told of, and is none of those.
    """
    from bot.authoring.coverage import Coverage
    from bot.authoring.verdicts import Judge

    files = _conversations(paths or (Path("tests/conversations"),))
    compiled = _compiled(root)
    coverage = Coverage(compiled)
    folders = {file.parent: Judge(compiled, file.parent, coverage.compiled) for file in files}
    if take_over:
        changed = sum(_accepted(file, compiled) for file in files)
        click.echo(f"{len(files)} conversations, {changed} of them changed. Read the lines above before you keep them.")
    verdicts = {file: folders[file.parent].judge(file, coverage.watch) for file in files}
    for mismatch in (each for verdict in verdicts.values() for each in verdict.wrong):
        click.echo(mismatch)
    if take_over:
        _keep_words(compiled, folders, {file: verdict.said for file, verdict in verdicts.items()})
    failed = sum(bool(verdict.wrong) for verdict in verdicts.values())
    others = [verdict.words for verdict in verdicts.values() if verdict.words]
    _say_other_words(others)
    click.echo(f"{len(files)} conversations, {failed} of them went another way")
    if cover:
        for part in coverage.parts:
            _show(part, every=every)
    sys.exit(1 if failed else OTHER_WORDS if others and strict else 0)


def _keep_words(compiled: Compiled, folders: Iterable[Path], said: Mapping[Path, Sequence[str]]) -> None:
    """Keep the words of whole folders: those of a single file would push out the words of the others."""
    from bot.authoring.wording import FILE, write_words

    for folder in folders:
        if all(file in said for file in folder.glob("*.txt")):
            heard = [one for file, some in said.items() if file.parent == folder for one in some]
            write_words(folder / FILE, compiled.content, heard)


def _say_other_words(others: Sequence[Mapping[ChangedWords, int]]) -> None:
    if not others:
        return
    places: Counter[ChangedWords] = Counter()
    for words in others:
        places.update(words)
    click.echo(
        f"{len(others)} conversations go the same way in other words. Take all over with: overstap test --accept"
    )
    for text, count in places.most_common():
        click.echo(f"    {text.where} ({text.language}), {count} times")
        click.echo(f"        was: {_in_a_line(text.was)}")
        click.echo(f"        now: {_in_a_line(text.now)}")


def _in_a_line(text: str) -> str:
    from bot.text import shorten

    return shorten(" ".join(text.split()), LONGEST_LINE)


def _look_at_open_conversations(before: Mapping[str, Flow], after: Mapping[str, Flow], whole: bool) -> None:
    """Say what happens to who is in the middle of a flow; the store is only read. `whole`: these are all flows."""
    from dataclasses import replace

    from bot.authoring.flow_diff import outlook
    from bot.cli.wiring import now, open_compiled
    from bot.content.check_flows import flows_spelled_out
    from bot.settings import Settings
    from bot.store import Store

    settings = Settings.read()
    if settings.database_file is not None and not settings.database_file.exists():
        click.echo("There is no database yet, so nobody is in the middle of a conversation.")
        return
    compiled = open_compiled(settings)
    changed = flows_spelled_out(after, compiled.content.knowledge)
    every = changed if whole else {**compiled.content.flows, **changed}
    new = replace(compiled, content=replace(compiled.content, flows=every, version="new"))
    store = Store.open(settings, upgrade=False)
    try:
        for line in outlook(store.conversations.states(), {**compiled.content.flows, **before}, new, now()).lines():
            click.echo(line)
    finally:
        store.close()


def _compare_knowledge(old: Path, new: Path, no_store: bool) -> None:
    """Say what is other in knowledge, and whom that concerns; nothing where one of the two has none."""
    from bot.authoring.knowledge_diff import changes, concerned, lines, read_side
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings
    from bot.store import Store
    from bot.store.lead_filter import Filter

    before, after = read_side(old), read_side(new)
    if before is None or after is None:
        return
    changed, people = changes(before, after), None
    settings = None if no_store or not changed else Settings.read()
    if settings and (settings.database_file is None or settings.database_file.exists()):
        compiled, store = open_compiled(settings), Store.open(settings, upgrade=False)
        try:
            leads = store.leads.all(Filter(open=True))
            people = concerned(changed, before, after, store.conversations.states(), leads, compiled)
        finally:
            store.close()
    for line in lines(changed, people):
        click.echo(line)
    if not changed:
        click.echo("No programme, route or way to pay means anything else than before.")


def _accepted(file: Path, compiled: Compiled) -> bool:
    """Show how a conversation goes now, and write that; whether anything changed."""
    from difflib import unified_diff

    from bot.authoring.snapshot import accept

    before = file.read_text(encoding="utf-8")
    after = accept(file.as_posix(), before, compiled)
    if after == before:
        return False
    name = file.as_posix()
    for line in unified_diff(before.splitlines(), after.splitlines(), name, name, "before", "now", lineterm=""):
        click.echo(line)
    file.write_text(after, encoding="utf-8")
    return True


def _conversations(paths: tuple[Path, ...]) -> list[Path]:
    files = [file for path in paths for file in (sorted(path.glob("**/*.txt")) if path.is_dir() else [path])]
    if not files:
        raise BotError(f"There are no conversations (.txt) in {', '.join(map(str, paths))}.")
    return files


def _compiled(root: Path | None) -> Compiled:
    from bot.cli.wiring import open_compiled
    from bot.settings import Settings

    if root is None:
        return open_compiled(Settings.read())
    from bot.cli.content import load
    from bot.compiled import Compiled

    return Compiled.of(load(root))


def _named(names: tuple[str, ...], flows: Iterable[str]) -> list[str]:
    """The flows by these names; all of them when there are none."""
    from bot.content.problems import did_you_mean

    known = list(flows)
    for name in names:
        if name not in known:
            raise BotError(f"There is no flow {name!r}. {did_you_mean(name, known) or ''}".rstrip())
    return list(names) or known


def _read(root: Path) -> Mapping[str, Flow]:
    """The flows under `root`; raises BrokenContent when one cannot be read."""
    import bot.answers  # noqa: F401  the types of questions register there
    from bot.content.load import read_flows
    from bot.content.problems import BrokenContent
    from bot.content.reader import Reader

    reader = Reader(root)
    found, _ = read_flows(reader)
    if reader.problems:
        raise BrokenContent(reader.problems)
    return found


def _show(part: Part, every: bool) -> None:
    """How much of a part was reached, and the names of what was not."""
    click.echo(part)
    missing = part.missing
    for name in missing if every else missing[:MOST_NAMES]:
        click.echo(f"    not reached: {name}")
    if not every and len(missing) > MOST_NAMES:
        click.echo(f"    and {len(missing) - MOST_NAMES} more: --all")

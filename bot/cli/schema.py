"""`overstap schema`: JSON Schemas of every kind of file, so that an editor's program completes and underlines."""

from pathlib import Path

import click

from bot.cli.content import with_root


@click.command()
@with_root
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), default=Path("schemas"), show_default=True)
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when a schema is not up to date.")
def schema(root: Path, to: Path, check: bool) -> None:
    """JSON Schemas, so that editors complete while typing; each file names its own in its first line.

    They offer the ids that there are under --root: write them again when there are new ones.
    """
    import json

    import bot.answers  # noqa: F401  the types of questions register there
    from bot.content.flow_schema import FLOW, SENTENCES
    from bot.content.knowledge_schema import FORMATS, Format
    from bot.content.load import Reader, ids_in
    from bot.errors import BotError

    kinds = {**FORMATS, "flow": Format("flow", FLOW), "sentences": Format("sentences", SENTENCES)}
    ids = ids_in(Reader(root))
    stale = []
    for name, kind in sorted(kinds.items()):
        path = to / f"{name}.json"
        text = json.dumps(kind.schema(ids), indent=1, ensure_ascii=False, default=str) + "\n"
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(str(path))
        if not check:
            to.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        raise BotError(f"Not up to date: {', '.join(stale)}. Run: overstap schema")
    click.echo(f"{len(stale)} written, {len(kinds) - len(stale)} up to date" if not check else "up to date")

"""Where the content is, and how it is read, for commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.content import Content


def with_root(command: Any) -> Any:
    """Give a command `root`: the folder of `--root`, else that of the settings, which the bot reads as well."""
    folder = click.Path(exists=True, file_okay=False, path_type=Path)
    text = "Where flows/ and knowledge/ are (default: CONTENT_DIR of the settings)."
    return click.option("--root", type=folder, callback=_or_of_the_settings, help=text)(command)


def _or_of_the_settings(_: click.Context, __: click.Parameter, root: Path | None) -> Path:
    from bot.settings import Settings

    return root or Settings.read().content_root


def load(root: Path) -> Content:
    """All content under `root`; raises BrokenContent with every error."""
    import bot.answers  # noqa: F401  the types of questions register there
    from bot.cli.wiring import kept_files
    from bot.content.load import load

    with kept_files(root) as kept:
        return load(root, kept)

"""`overstap leads export`: leads as a file. It speaks the language of staff."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from bot.cli.staff_options import open_desk, open_labels, open_locale, say_table, to_filter, with_filters

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_WARNINGS = 20


class _OneOf(click.Choice[str]):
    """A choice from a list of `bot.staff.export`, which takes half a second to import: only when somebody chooses."""

    def __init__(self, name: str) -> None:
        self._name, self.case_sensitive = name, True

    @property
    def choices(self) -> Sequence[str]:  # type: ignore[override]  # click has it as an attribute
        from bot.staff import export

        chosen: Sequence[str] = getattr(export, self._name)
        return chosen


@click.command()
@click.option("--format", "kind_of_file", type=_OneOf("FORMATS"), help="The kind of file.")
@click.option("--profile", type=_OneOf("PROFILES"), help="For whom the file is; says more than --format.")
@click.option("--since-last", is_flag=True, help="Only what changed since your last export like this one.")
@click.option("--all-columns", is_flag=True, help="Questions that are no longer asked as well.")
@click.option("--reason", default="", help="Why you export; it is kept with the export.")
@click.option("--preview", is_flag=True, help="Say how many rows and which columns, and make no file.")
@with_filters
@click.pass_obj
def export(
    name: str | None,
    /,
    kind_of_file: str | None,
    profile: str | None,
    since_last: bool,
    all_columns: bool,
    reason: str,
    preview: bool,
    **asked: Any,
) -> None:
    """Leads as a file for Excel, a CRM, AFAS, a program or a calendar; its name is printed."""
    from bot.content.staff_sentences import StaffSentence
    from bot.errors import BotError
    from bot.staff import export as exporting
    from bot.staff.labels import Labels

    profile = profile or exporting.of_format(kind_of_file or "xlsx")
    if kind_of_file and not exporting.WRITERS[profile].suffix.endswith(kind_of_file):
        raise BotError(open_locale().say(StaffSentence.PROFILE_MAKES_NO, profile=profile, kind=kind_of_file))
    desk = open_desk(name)
    locale = desk.locale
    labels = open_labels(desk.store.settings)
    if labels is None:
        click.echo(locale.say(StaffSentence.QUESTIONS_BROKEN), err=True)
    retired = all_columns or labels is None
    order = exporting.Order(profile, to_filter(desk, asked), since_last, reason, labels or Labels(), retired)
    seen = exporting.preview(desk, order)
    if preview:
        click.echo(locale.say(StaffSentence.PREVIEW, leads=seen.count, columns=len(seen.columns)))
        for column in seen.columns:
            click.echo(f"  {column.title}: {column.meaning}".rstrip(": "))
        return
    if since_last and not seen.count:
        since = locale.moment(seen.previous) if seen.previous else None
        how = StaffSentence.NOTHING_NEW_SINCE if since else StaffSentence.NOTHING_NEW
        click.echo(locale.say(how, moment=since), err=True)
        return
    unseen = not sys.stderr.isatty()
    label = locale.say(StaffSentence.EXPORTING)
    with click.progressbar(length=seen.count, label=label, file=sys.stderr, hidden=unseen) as bar:
        made = exporting.export(desk, order, lambda done, _: bar.update(done - bar.pos))
    for warning in made.warnings[:MOST_WARNINGS]:
        click.echo(warning, err=True)
    if len(made.warnings) > MOST_WARNINGS:
        click.echo(locale.say(StaffSentence.MORE_WARNINGS, number=len(made.warnings) - MOST_WARNINGS), err=True)
    gone_on = locale.day(made.record.expires_at)
    click.echo(locale.say(StaffSentence.EXPORTED, leads=made.record.rows, day=gone_on), err=True)
    click.echo(str(made.file))


@click.command()
@click.pass_obj
def exports(name: str | None) -> None:
    """Which files were made, by whom and why."""
    from bot.content.staff_sentences import StaffSentence
    from bot.store.team import Role

    desk = open_desk(name)
    desk.need(Role.COORDINATOR, "exports")
    headings = desk.locale.words.headings
    head = tuple(headings[each] for each in ("made", "by", "leads", "file"))
    rows: list[tuple[str, ...]] = [(*head, "", headings["why"])]
    for made in desk.store.exports.all():
        gone = desk.locale.say(StaffSentence.FILE_GONE) if made.removed_at else ""
        rows.append((desk.locale.moment(made.at), made.staff, str(made.rows), made.file, gone, made.reason))
    say_table(rows[0], rows[1:])

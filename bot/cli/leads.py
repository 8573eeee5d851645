"""`overstap leads`: the adviser's work on the command line. It speaks the language of staff."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from bot.cli.export import export, exports
from bot.cli.staff_options import (
    DAY,
    Coded,
    agreed,
    open_desk,
    open_labels,
    open_locale,
    say_lines,
    say_table,
    to_filter,
    with_filters,
)
from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from bot.content.staff_words import StaffWords
    from bot.staff.desk import Desk
    from bot.staff.locale import Locale
    from bot.store.lead_model import Lead, LeadLine

REASONS = ("enrolled", "funded", "referred", "unreached", "on_their_own", "duplicate")  # that an adviser may choose
HEADINGS = ("number", "status", "name", "sector", "place", "adviser", "next_step", "came_in")

# How an error says what to do next.
IN_WORDS = {
    "show": "overstap leads show {reference}",
    "claim": "overstap leads claim {reference}",
    "release": "overstap leads release {reference}",
    "list": "overstap leads list",
    "forget": "overstap leads forget",
}


class Leads(click.Group):
    """The group, which puts what the desk refuses into words, and knows where people put `--as`."""

    def invoke(self, ctx: click.Context) -> Any:
        from bot.content.staff_sentences import StaffSentence
        from bot.staff.errors import DeskError
        from bot.staff.refusals import say

        try:
            return super().invoke(ctx)
        except DeskError as error:
            raise BotError(say(error, IN_WORDS, open_locale())) from None
        except click.NoSuchOption as error:
            if error.option_name != "--as":
                raise
            command = error.ctx.info_name if error.ctx else "list"
            said = open_locale().say(StaffSentence.AS_COMES_FIRST, command=command)
            raise click.UsageError(said, error.ctx) from error


@click.group(cls=Leads)
@click.option("--as", "name", envvar="OVERSTAP_STAFF", metavar="NAME", help="Who you are, if not your login name.")
@click.pass_context
def leads(ctx: click.Context, name: str | None) -> None:
    """Who asked for help, and what is done for them."""
    ctx.obj = name


leads.add_command(export)
leads.add_command(exports)


# ------------------------------------------------------------------ looking
@leads.command("list")
@with_filters
@click.option("--all", "closed", is_flag=True, help="Closed ones as well.")
@click.option("--limit", type=click.IntRange(1), default=None)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_leads(name: str | None, /, closed: bool, limit: int | None, as_json: bool, **asked: Any) -> None:
    """The leads, what needs doing first on top."""
    from bot.content.staff_sentences import StaffSentence
    from bot.staff.listing import lines

    desk = open_desk(name)
    found = lines(desk, to_filter(desk, asked, only_open=not closed), limit, sources=as_json)
    locale = desk.locale
    if as_json:
        say_lines(json.dumps(_brief(lead, locale.words), ensure_ascii=False) for lead in found)
        return
    if (first := next(found, None)) is None:
        click.echo(locale.say(StaffSentence.NONE_FOUND), err=True)
        return
    head = tuple(locale.words.headings[each] for each in HEADINGS)
    say_table(head, _rows(chain([first], found), locale))


def _rows(found: Iterable[LeadLine], locale: Locale) -> Iterator[tuple[str, ...]]:
    """A row of the table for each. What is said of many is worked out once: there can be a hundred thousand."""
    from bot.content.staff_sentences import StaffSentence

    word, day, cell = cache(locale.words.word), cache(locale.day), lru_cache(1000)(_cell)
    for lead in found:
        half = None if lead.complete else StaffSentence.HALF
        remarks = ", ".join(locale.say(each) for each in (half, lead.only_by) if each)
        status = f"{word(lead.status)} ({remarks})" if remarks else word(lead.status)
        places = cell(lead.sector), cell(lead.place), cell(lead.assignee)
        action = f"{word(lead.next_action)} {day(lead.next_action_on) if lead.next_action_on else ''}"
        came_in = lead.created_at.replace(minute=lead.created_at.minute // 15 * 15, second=0, microsecond=0)
        yield lead.reference, status, _cell(lead.name), *places, cell(action), day(came_in)


def _cell(text: str | None) -> str:
    from bot.staff.cells import clean

    return clean(text or "").replace("\n", " ")[:40]


def _brief(lead: LeadLine, words: StaffWords) -> dict[str, Any]:
    plain = {each: getattr(lead, each) for each in ("reference", "kind")}
    plain |= {"status": words.word(lead.status)}
    plain |= {each: getattr(lead, each) for each in ("sector", "place", "assignee", "complete", "blocked")}
    plain |= {"next_action": words.word(lead.next_action) or None, "source": lead.source}
    days = {"created_at": lead.created_at.isoformat(), "next_action_on": str(lead.next_action_on or "") or None}
    return {**plain, **days, "contact": dict(lead.contact)}


@leads.command()
@click.argument("reference")
@click.pass_obj
def show(name: str | None, reference: str) -> None:
    """Everything about a lead: contact, answers, what fits and why, and what was done."""
    from bot.staff.labels import Labels
    from bot.staff.overview import overview

    desk = open_desk(name)
    for line in overview(desk.open(reference), open_labels(desk.store.settings) or Labels(), desk.locale):
        click.echo(line)


# ------------------------------------------------------------------ working
def _say(desk: Desk, lead: Lead) -> None:
    from bot.content.staff_sentences import StaffSentence

    locale = desk.locale
    step, status = locale.words.word(lead.next_action), locale.words.word(lead.status)
    day = locale.day(lead.next_action_on) if lead.next_action_on else None
    how = StaffSentence.DONE_AND_NEXT if day else StaffSentence.DONE
    click.echo(locale.say(how, reference=lead.reference, status=status, step=step, day=day))


@leads.command()
@click.argument("reference")
@click.pass_obj
def claim(name: str | None, reference: str) -> None:
    """Take a lead. When somebody was first, you hear who."""
    desk = open_desk(name)
    _say(desk, desk.claim(reference))


@leads.command()
@click.argument("reference")
@click.pass_obj
def release(name: str | None, reference: str) -> None:
    """Put a lead back, for somebody else to take; opens one that was closed."""
    desk = open_desk(name)
    _say(desk, desk.release(reference))


@leads.command()
@click.argument("reference")
@click.argument("text")
@click.pass_obj
def note(name: str | None, reference: str, text: str) -> None:
    """Add a note. Never about health, and no BSN."""
    desk = open_desk(name)
    _say(desk, desk.note(reference, text))


@leads.command()
@click.argument("reference")
@click.argument("outcome", type=Coded("no_answer", "voicemail", "spoken"))
@click.pass_obj
def attempt(name: str | None, reference: str, outcome: str) -> None:
    """You called. Nobody there: again in two working days."""
    from bot.store.lead_model import AttemptOutcome

    desk = open_desk(name)
    _say(desk, desk.attempt(reference, AttemptOutcome(outcome)))


@leads.command()
@click.argument("reference")
@click.argument("until", type=DAY, metavar="DATE")
@click.option("--action", default=None, help="The next step, in at most 120 characters, if it is no call.")
@click.pass_obj
def snooze(name: str | None, reference: str, until: date, action: str | None) -> None:
    """Leave a lead alone until a day."""
    desk = open_desk(name)
    _say(desk, desk.snooze(reference, until, action))


@leads.command()
@click.argument("reference")
@click.argument("reason", type=Coded(*REASONS))
@click.pass_obj
def close(name: str | None, reference: str, reason: str) -> None:
    """Be done with a lead, and say why."""
    from bot.store.lead_model import CloseReason

    desk = open_desk(name)
    _say(desk, desk.close(reference, CloseReason(reason)))


@leads.command()
@click.argument("reference")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def forget(name: str | None, reference: str, yes: bool) -> None:
    """Erase the person behind a lead, at their request."""
    from bot.content.staff_sentences import StaffSentence

    locale = open_locale()
    if not yes and not agreed(locale.say(StaffSentence.SURE_TO_ERASE, reference=reference)):
        raise BotError(locale.say(StaffSentence.NOTHING_ERASED))
    gone = open_desk(name).forget(reference)
    click.echo(locale.say(StaffSentence.ERASED_NOW, references=", ".join(gone)))


# ------------------------------------------------------------------ the rest
@leads.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and remove nothing.")
def retention(dry_run: bool) -> None:
    """Remove what has had its term. The bot does this by itself as well."""
    from dataclasses import asdict

    from bot.cli.privacy import had_their_term
    from bot.content.staff_sentences import StaffSentence

    locale = open_locale()
    counts = asdict(had_their_term(dry_run)).items()
    over = ", ".join(f"{count} {locale.words.terms[kind]}" for kind, count in counts if count)
    how = StaffSentence.TERM_OVER if dry_run else StaffSentence.TERM_OVER_GONE
    click.echo(locale.say(how, what=over or locale.say(StaffSentence.NOTHING)))


@leads.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def matches(name: str | None, limit: int, as_json: bool) -> None:
    """Candidates and employers that fit each other, the best first, with the reasons."""
    from bot.cli.wiring import open_compiled
    from bot.content.staff_sentences import StaffSentence
    from bot.staff.matches import pairs

    desk = open_desk(name)
    found = pairs(desk, open_compiled(desk.store.settings))[:limit]
    if as_json:
        for pair in found:
            click.echo(json.dumps(pair.to_json(), ensure_ascii=False))
    elif found:
        rows = [(pair.candidate, pair.employer, "; ".join(pair.reasons)) for pair in found]
        head = tuple(desk.locale.words.headings[each] for each in ("candidate", "employer", "why"))
        say_table(head, rows)
    else:
        click.echo(desk.locale.say(StaffSentence.NO_PAIRS), err=True)

"""`overstap leads`: the adviser's work on the command line. It speaks the language of staff."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

from bot.cli.export import export, exports
from bot.cli.figures import figures
from bot.cli.lead_work import WORK
from bot.cli.staff_options import (
    QUEUES,
    Coded,
    SpeaksForTheDesk,
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

    from bot.content.staff_words import StaffWords
    from bot.staff.locale import Locale
    from bot.store.lead_model import Lead, LeadLine

HEADINGS = ("number", "status", "name", "phone", "sector", "place", "adviser", "next_step", "came_in")


class Leads(SpeaksForTheDesk):
    """The group, which knows where people put `--as`."""

    def invoke(self, ctx: click.Context) -> Any:
        from bot.content.staff_sentences import StaffSentence

        try:
            return super().invoke(ctx)
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


for command in (export, exports, figures, *WORK):
    leads.add_command(command)


# ------------------------------------------------------------------ looking
@leads.command("list")
@click.argument("queue", required=False, type=Coded(*QUEUES, of="queues"), metavar="[LIST]")
@with_filters
@click.option("--all", "closed", is_flag=True, help="Closed ones as well.")
@click.option("--limit", type=click.IntRange(1), default=None)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def list_leads(
    name: str | None, /, queue: str | None, closed: bool, limit: int | None, as_json: bool, **asked: Any
) -> None:
    """The leads, what needs doing first on top: all, one of the lists of a working day, or those of the options."""
    from bot.staff.listing import lines
    from bot.staff.queues import Queue, filter_of

    desk = open_desk(name)
    which = filter_of(Queue(queue), desk) if queue else to_filter(desk, asked, only_open=not closed)
    found = lines(desk, which, limit, sources=as_json)
    if as_json:
        say_lines(json.dumps(_brief(lead, desk.locale.words), ensure_ascii=False) for lead in found)
    else:
        say_leads(found, desk.locale)


def say_leads(found: Iterable[LeadLine | Lead], locale: Locale) -> None:
    """A table of leads, or that there are none."""
    from bot.content.staff_sentences import StaffSentence

    coming = iter(found)
    if (first := next(coming, None)) is None:
        click.echo(locale.say(StaffSentence.NONE_FOUND), err=True)
        return
    head = tuple(locale.words.headings[each] for each in HEADINGS)
    say_table(head, _rows(chain([first], coming), locale))


def _rows(found: Iterable[LeadLine | Lead], locale: Locale) -> Iterator[tuple[str, ...]]:
    """A row of the table for each. What is said of many is worked out once: there can be a hundred thousand."""
    from bot.content.staff_sentences import StaffSentence

    word, day, cell = cache(locale.words.word), cache(locale.day), lru_cache(1000)(_cell)
    for lead in found:
        half = None if lead.complete else StaffSentence.HALF
        none = StaffSentence.WITHOUT_PLACE if lead.without_place else None
        asked = locale.words.reasons["asked"] if lead.asked_at else None
        remarks = ", ".join(filter(None, (asked, *(locale.say(each) for each in (half, none, lead.only_by) if each))))
        status = f"{word(lead.status)} ({remarks})" if remarks else word(lead.status)
        places = cell(lead.sector), cell(lead.place), cell(lead.assignee)
        hour = f" {lead.next_action_time:%H:%M}" if lead.next_action_time else ""
        action = f"{word(lead.next_action)} {day(lead.next_action_on) if lead.next_action_on else ''}{hour}"
        phone = locale.phone(lead.contact["phone"]) if lead.contact.get("phone") else ""
        came_in = lead.created_at.replace(minute=lead.created_at.minute // 15 * 15, second=0, microsecond=0)
        yield lead.reference, status, _cell(lead.name), phone, *places, cell(action), day(came_in)


def _cell(text: str | None) -> str:
    from bot.staff.cells import clean

    return clean(text or "").replace("\n", " ")[:40]


def _brief(lead: LeadLine | Lead, words: StaffWords) -> dict[str, Any]:
    plain = {each: getattr(lead, each) for each in ("reference", "kind")}
    plain |= {"status": words.word(lead.status)}
    plain |= {
        each: getattr(lead, each) for each in ("sector", "place", "assignee", "complete", "without_place", "blocked")
    }
    plain |= {"asked": bool(lead.asked_at), "outcome": words.word(lead.outcome) or None}
    plain |= {"next_action": words.word(lead.next_action) or None, "source": lead.source}
    days = {"created_at": lead.created_at.isoformat(), "next_action_on": str(lead.next_action_on or "") or None}
    return {**plain, **days, "contact": dict(lead.contact)}


@leads.command()
@click.pass_obj
def places(name: str | None) -> None:
    """How many places are left, of each flow that has a number of them."""
    from bot.cli.staff_options import open_desk, open_labels
    from bot.content.staff_sentences import StaffSentence
    from bot.staff.capacity import lines
    from bot.staff.labels import Labels

    desk = open_desk(name)
    labels = open_labels(desk.store.settings) or Labels()
    for line in lines(desk.store, labels, desk.locale) or [desk.locale.say(StaffSentence.NO_PLACES)]:
        click.echo(line)


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


@leads.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True)
@click.pass_obj
def find(name: str | None, text: tuple[str, ...], limit: int) -> None:
    """Find leads by part of a name, a phone number in any spelling, an e-mail address, a company, or a number."""
    desk = open_desk(name)
    say_leads(desk.search(" ".join(text), limit), desk.locale)


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

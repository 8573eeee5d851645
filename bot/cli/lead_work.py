"""`overstap leads ...`: what is done with a lead. Each command is one use case of the desk (`bot.staff.desk`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.staff_options import DAY, IN_WORDS, Coded, agreed, open_desk
from bot.errors import BotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from bot.staff.desk import Desk
    from bot.store.lead_codes import Outcome
    from bot.store.lead_model import Lead

REASONS = ("enrolled", "funded", "referred", "unreached", "on_their_own", "duplicate")  # that an adviser may choose
CALLS = ("no_answer", "voicemail", "spoken", "mailed", "wrong_number")
RESULTS = ("signed_up", "started", "new_job", "stays", "stopped")
STAGES = ("no_contact", "choosing", "paying", "admission", "learning")
HOUR = click.DateTime(["%H:%M"])

one = click.argument("reference")
many = click.argument("references", nargs=-1, required=True)


def say_lead(desk: Desk, lead: Lead) -> None:
    """What became of a lead, in a line."""
    from bot.content.staff_sentences import StaffSentence

    locale = desk.locale
    step, status = locale.words.word(lead.next_action), locale.words.word(lead.status)
    day = locale.day(lead.next_action_on) if lead.next_action_on else None
    if day and lead.next_action_time:
        day = f"{day} {lead.next_action_time:%H:%M}"
    how = StaffSentence.DONE_AND_NEXT if day else StaffSentence.DONE
    click.echo(locale.say(how, reference=lead.reference, status=status, step=step, day=day))


def _all(desk: Desk, references: tuple[str, ...], action: Callable[[str], Lead]) -> None:
    """Do the same with each, and say what came of it; with one, an error is an error."""
    from bot.content.staff_sentences import StaffSentence
    from bot.staff.refusals import say

    if len(references) == 1:
        say_lead(desk, action(references[0]))
        return
    bulk = desk.in_bulk(references, action)
    for lead in bulk.done:
        say_lead(desk, lead)
    for _, error in bulk.refused:
        reason = say(error, IN_WORDS, desk.locale)
        click.echo(desk.locale.say(StaffSentence.NOT_DONE, reason=reason), err=True)
    if bulk.refused:
        raise click.exceptions.Exit(1)


# ------------------------------------------------------------------ who has it
@click.command()
@many
@click.pass_obj
def claim(name: str | None, references: tuple[str, ...]) -> None:
    """Take a lead, or several. When somebody was first, you hear who."""
    desk = open_desk(name)
    _all(desk, references, desk.claim)


@click.command()
@many
@click.pass_obj
def release(name: str | None, references: tuple[str, ...]) -> None:
    """Put a lead back, for somebody else to take."""
    desk = open_desk(name)
    _all(desk, references, desk.release)


@click.command()
@many
@click.option("--to", required=True, metavar="NAME", help="A colleague.")
@click.pass_obj
def assign(name: str | None, references: tuple[str, ...], to: str) -> None:
    """Give a lead, or several, to a colleague, who hears of it."""
    desk = open_desk(name)
    _all(desk, references, lambda each: desk.assign(each, to))


# ------------------------------------------------------------------ calls and notes
@click.command()
@one
@click.argument("outcome", type=Coded(*CALLS))
@click.option("--note", default="", help="What was said. Never about health, and no BSN.")
@click.option("--next", "on", type=DAY, default=None, metavar="DATE", help="The day of the next step.")
@click.option("--at", "hour", type=HOUR, default=None, metavar="HH:MM", help="Its hour.")
@click.option("--action", default=None, help="What it is, in at most 120 characters, if it is no call.")
@click.pass_obj
def attempt(
    name: str | None,
    reference: str,
    outcome: str,
    note: str,
    on: date | None,
    hour: datetime | None,
    action: str | None,
) -> None:
    """You called: how it went, what was said, what is next. Nobody there: again in two working days."""
    from bot.staff.desk import Plan
    from bot.store.lead_codes import AttemptOutcome

    if on is None and (hour or action):
        raise click.UsageError("--at and --action need --next.")
    desk = open_desk(name)
    plan = Plan(on, hour.time() if hour else None, action) if on else None
    say_lead(desk, desk.record(reference, AttemptOutcome(outcome), note, plan))


@click.command()
@one
@click.argument("text")
@click.pass_obj
def note(name: str | None, reference: str, text: str) -> None:
    """Add a note. Never about health, and no BSN."""
    desk = open_desk(name)
    say_lead(desk, desk.note(reference, text))


@click.command()
@one
@click.argument("number", type=click.IntRange(1))
@click.pass_obj
def strike(name: str | None, reference: str, number: int) -> None:
    """Strike out a note; the first of a lead is 1."""
    desk = open_desk(name)
    say_lead(desk, desk.strike(reference, number))


@click.command()
@many
@click.argument("until", type=DAY, metavar="DATE")
@click.option("--at", "hour", type=HOUR, default=None, metavar="HH:MM", help="The hour.")
@click.option("--action", default=None, help="The next step, in at most 120 characters, if it is no call.")
@click.pass_obj
def snooze(
    name: str | None, references: tuple[str, ...], until: date, hour: datetime | None, action: str | None
) -> None:
    """Leave a lead, or several, alone until a day."""
    desk = open_desk(name)
    _all(desk, references, lambda each: desk.snooze(each, until, action, hour.time() if hour else None))


@click.command()
@one
@click.option("--name", "called", default=None, help="Their name.")
@click.option("--phone", default=None, help="Their phone number.")
@click.option("--email", default=None, help="Their e-mail address; empty to take it away.")
@click.option("--reach", default=None, help="How and when they want to be reached.")
@click.pass_obj
def correct(
    name: str | None, reference: str, called: str | None, phone: str | None, email: str | None, reach: str | None
) -> None:
    """Put a name, phone number or e-mail address right."""
    desk = open_desk(name)
    say_lead(desk, desk.correct(reference, name=called, phone=phone, email=email, wish=reach))


# ------------------------------------------------------------------ the end, and back
@click.command()
@one
@click.argument("reason", type=Coded(*REASONS))
@click.option("--outcome", type=Coded(*RESULTS), default=None, help="What came of it for the person.")
@click.option("--programme", default=None, help="Which course: its id, or its name.")
@click.option("--scheme", default=None, help="Paid by which scheme: its id, or its name.")
@click.option("--stage", type=Coded(*STAGES), default=None, help="Where they stopped.")
@click.pass_obj
def close(
    name: str | None,
    reference: str,
    reason: str,
    outcome: str | None,
    programme: str | None,
    scheme: str | None,
    stage: str | None,
) -> None:
    """Be done with a lead, and say why; and what came of it, if that is known."""
    from bot.store.lead_codes import CloseReason

    desk = open_desk(name)
    settled = _outcome(outcome, programme, scheme, stage) if outcome else None
    say_lead(desk, desk.close(reference, CloseReason(reason), settled))


@click.command()
@one
@click.argument("result", type=Coded(*RESULTS))
@click.option("--programme", default=None, help="Which course: its id, or its name.")
@click.option("--scheme", default=None, help="Paid by which scheme: its id, or its name.")
@click.option("--stage", type=Coded(*STAGES), default=None, help="Where they stopped.")
@click.pass_obj
def outcome(
    name: str | None, reference: str, result: str, programme: str | None, scheme: str | None, stage: str | None
) -> None:
    """What came of a lead for the person, also when you hear it months later."""
    desk = open_desk(name)
    say_lead(desk, desk.settle(reference, _outcome(result, programme, scheme, stage)))


def _outcome(result: str, programme: str | None, scheme: str | None, stage: str | None) -> Outcome:
    from bot.store.lead_codes import LeadOutcome, Outcome, Stage

    return Outcome(LeadOutcome(result), programme, scheme, Stage(stage) if stage else None)


@click.command()
@one
@click.pass_obj
def reopen(name: str | None, reference: str) -> None:
    """Open a closed lead again, as it was: who had it, its status and its next step."""
    desk = open_desk(name)
    say_lead(desk, desk.reopen(reference))


@click.command()
@one
@click.pass_obj
def undo(name: str | None, reference: str) -> None:
    """Take back what you did last to a lead."""
    desk = open_desk(name)
    say_lead(desk, desk.undo(reference))


# ------------------------------------------------------------------ who has no chat with the bot
@click.command()
@click.option("--name", "called", required=True, help="Their name.")
@click.option("--phone", default="", help="Their phone number.")
@click.option("--email", default="", help="Their e-mail address.")
@click.option("--wish", default="", help="Which work they want, in their own words.")
@click.option("--place", default="", help="Where they live.")
@click.option("--reach", default="", help="How and when they want to be reached.")
@click.option("--language", default="nl", show_default=True, help="In which language it is read out to them.")
@click.option("--agreed", is_flag=True, help="They said yes to both texts; do not ask.")
@click.pass_obj
def add(
    name: str | None,
    called: str,
    phone: str,
    email: str,
    wish: str,
    place: str,
    reach: str,
    language: str,
    agreed: bool,
) -> None:
    """Make a lead of who phones or stands at the desk, and says yes to what you read out."""
    from bot.cli.wiring import open_compiled
    from bot.staff.walk_in import Client, texts_to_read

    desk = open_desk(name)
    compiled = open_compiled(desk.store.settings)
    if language not in compiled.content.country.languages:
        raise BotError(f"--language is one of {', '.join(compiled.content.country.languages)}.")
    texts = texts_to_read(compiled.content, language)
    said_yes = frozenset(purpose for purpose, text in texts.items() if agreed or _says_yes(desk, text))
    client = Client(called, phone, email, wish, place, reach, language, said_yes)
    say_lead(desk, desk.take_down(client, compiled))


def _says_yes(desk: Desk, text: str) -> bool:
    from bot.content.staff_sentences import StaffSentence

    click.echo(desk.locale.say(StaffSentence.READ_THIS_OUT, text=text))
    return agreed(desk.locale.say(StaffSentence.AGREED_TO_IT))


WORK = (claim, release, assign, attempt, note, strike, snooze, correct, close, outcome, reopen, undo, add)

"""`overstap staff`: who may work with leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.staff_options import DAY, Coded, SpeaksForTheDesk, open_locale, open_store, say_table

if TYPE_CHECKING:
    from datetime import date

    from bot.staff.colleagues import Colleagues

ROLES = ("reader", "adviser", "coordinator", "admin")


@click.group(cls=SpeaksForTheDesk)
def staff() -> None:
    """Who may work with leads, and what they may do."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=Coded(*ROLES), help="What they may do; a new one is an adviser if not said.")
@click.option("--telegram", metavar="NUMBER", help="The number of their Telegram account.")
@click.option("--email", metavar="ADDRESS", help="Where they get e-mail about leads; empty for none.")
@click.option("--team", metavar="NAME", help="Their team or region; empty for none.")
def add_member(name: str, role: str | None, telegram: str | None, email: str | None, team: str | None) -> None:
    """Register someone, or change something of them. What you do not give stays as it was."""
    from bot.channels.telegram.staff import account
    from bot.content.staff_sentences import StaffSentence
    from bot.store.team import Role

    address = account(telegram) if telegram else None
    member = open_store().team.add(name, Role(role) if role else None, address, email=email, team=team)
    locale = open_locale()
    click.echo(locale.say(StaffSentence.MEMBER, name=member.name, role=locale.words.word(member.role)))


@staff.command("list")
def list_members() -> None:
    """Everyone who was ever registered."""
    from bot.content.staff_sentences import StaffSentence
    from bot.store.notices import deaf

    locale = open_locale()
    store = open_store()
    deaf_to = {each.name: locale.say(StaffSentence.HEARS_NOTHING, why=each.reason) for each in deaf(store) if each.name}
    stopped, headings = locale.say(StaffSentence.NOT_ACTIVE), locale.words.headings
    rows = [
        (
            each.name,
            locale.words.word(each.role),
            locale.say_bool(bool(each.address)),
            each.email or "",
            each.team or "",
            deaf_to.get(each.name, "") if each.active else stopped,
        )
        for each in store.team.all()
    ]
    head = (headings["name"], headings["role"], "telegram", "e-mail", "team", "")
    say_table(head, rows)


@staff.command("remove")
@click.argument("name")
@click.option("--to", metavar="NAME", help="The colleague who takes their open leads.")
@click.option("--to-nobody", is_flag=True, help="Their open leads are for whoever takes them.")
def remove_member(name: str, to: str | None, to_nobody: bool) -> None:
    """Take away every right of someone, and hand their leads over. Their name stays with what they did."""
    from bot.content.staff_sentences import StaffSentence

    locale = open_locale()
    left = _colleagues().dismiss(name, to=to, to_nobody=to_nobody)
    click.echo(locale.say(StaffSentence.MEMBER_GONE, name=name))
    if left.leads:
        how = StaffSentence.LEADS_GIVEN if left.to else StaffSentence.LEADS_PUT_BACK
        click.echo(locale.say(how, number=len(left.leads), name=left.to))


@staff.command("away")
@click.argument("name")
@click.argument("since", type=DAY, metavar="FROM")
@click.argument("until", type=DAY, metavar="UNTIL")
@click.option("--substitute", metavar="NAME", help="The colleague who has their leads meanwhile.")
def be_away(name: str, since: date, until: date, substitute: str | None) -> None:
    """Somebody is not there, from one day up to and including another."""
    from bot.content.staff_sentences import StaffSentence

    locale = open_locale()
    member = _colleagues().be_away(name, since, until, substitute)
    how = StaffSentence.MEMBER_REPLACED if substitute else StaffSentence.MEMBER_AWAY
    days = {"since": locale.day(since), "until": locale.day(until)}
    click.echo(locale.say(how, name=member.name, substitute=substitute, **days))


@staff.command("back")
@click.argument("name")
def be_back(name: str) -> None:
    """Somebody is there again."""
    from bot.content.staff_sentences import StaffSentence

    click.echo(open_locale().say(StaffSentence.MEMBER_BACK, name=_colleagues().be_back(name).name))


def _colleagues() -> Colleagues:
    from bot.staff.colleagues import Colleagues
    from bot.store.database import now

    store, locale = open_store(), open_locale()
    store.country, store.staff_language = locale.country, locale.language
    return Colleagues(store, "operator", now())

"""`overstap staff`: who may work with leads."""

from __future__ import annotations

import click

from bot.cli.staff_options import Coded, open_locale, open_store, say_table

ROLES = ("reader", "adviser", "coordinator", "admin")


@click.group()
def staff() -> None:
    """Who may work with leads, and what they may do."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=Coded(*ROLES), help="What they may do; as an adviser if not said.")
@click.option("--telegram", metavar="NUMBER", help="The number of their Telegram account.")
def add_member(name: str, role: str | None, telegram: str | None) -> None:
    """Register someone, or change what they may do."""
    from bot.channels.telegram.staff import account
    from bot.content.staff_sentences import StaffSentence
    from bot.store.team import Role

    member = open_store().team.add(name, Role(role or Role.ADVISER), account(telegram) if telegram else None)
    locale = open_locale()
    click.echo(locale.say(StaffSentence.MEMBER, name=member.name, role=locale.words.word(member.role)))


@staff.command("list")
def list_members() -> None:
    """Everyone who was ever registered."""
    from bot.content.staff_sentences import StaffSentence

    locale = open_locale()
    stopped, headings = locale.say(StaffSentence.NOT_ACTIVE), locale.words.headings
    rows = [
        (each.name, locale.words.word(each.role), locale.say_bool(bool(each.address)), "" if each.active else stopped)
        for each in open_store().team.all()
    ]
    say_table((headings["name"], headings["role"], "telegram", ""), rows)


@staff.command("remove")
@click.argument("name")
def remove_member(name: str) -> None:
    """Take away every right of someone. Their name stays with what they did."""
    from bot.content.staff_sentences import StaffSentence

    open_store().team.deactivate(name)
    click.echo(open_locale().say(StaffSentence.MEMBER_GONE, name=name))

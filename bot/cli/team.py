"""`overstap staff`: who may work with leads."""

from __future__ import annotations

import click

from bot.cli.staff_options import open_store, say_table

ROLES = ("lezer", "adviseur", "coordinator", "beheerder")


@click.group()
def staff() -> None:
    """Who may work with leads, and what they may do."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="adviseur", show_default=True)
@click.option("--telegram", metavar="NUMBER", help="The number of their Telegram account.")
def add_member(name: str, role: str, telegram: str | None) -> None:
    """Register someone, or change what they may do."""
    from bot.channels.telegram.staff import account
    from bot.store.code_labels import to_code, word
    from bot.store.team import Role

    member = open_store().team.add(name, to_code(Role, role), account(telegram) if telegram else None)
    click.echo(f"{member.name} is {word(member.role)}.")


@staff.command("list")
def list_members() -> None:
    """Everyone who was ever registered."""
    from bot.store.code_labels import word

    rows = [
        (each.name, word(each.role), "ja" if each.address else "nee", "" if each.active else "gestopt")
        for each in open_store().team.all()
    ]
    say_table([("naam", "rol", "telegram", ""), *rows])


@staff.command("remove")
@click.argument("name")
def remove_member(name: str) -> None:
    """Take away every right of someone. Their name stays with what they did."""
    open_store().team.deactivate(name)
    click.echo(f"{name} kan niet meer bij de leads.")

"""Every screen of the desk: where it is, who may see it, and what answers."""

from bot.store.team import Role
from bot.web.desk.screens import export, figures, invitation, logbook, matches, sign_in, today, work_account
from bot.web.desk.visit import Screen

SCREENS = (
    # name, path, the least role, what GET shows, what POST does
    Screen("sign_in", "/sign-in", None, sign_in.show, sign_in.act),
    Screen("invitation", "/invitation/{token}", None, invitation.show, invitation.act),
    Screen("work_account", "/sign-in/work", None, work_account.begin),
    Screen("work_account_return", "/sign-in/work/return", None, work_account.come_back),
    Screen("sign_out", "/sign-out", Role.READER, None, sign_in.leave),
    Screen("today", "/", Role.READER, today.show, None, in_menu=True),
    Screen("matches", "/matches", Role.ADVISER, matches.show, matches.act, in_menu=True),
    Screen("export", "/export", Role.ADVISER, export.show, export.act, in_menu=True),
    Screen("export_file", "/export/{file}", Role.ADVISER, export.download),
    Screen("figures", "/figures", Role.READER, figures.show, None, in_menu=True),
    Screen("figures_csv", "/figures.csv", Role.READER, figures.download),
    Screen("logbook", "/log", Role.ADVISER, logbook.show, None, in_menu=True),
)

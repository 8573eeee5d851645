"""Every screen of the desk: where it is, who may see it, and what answers."""

from bot.store.team import Role
from bot.web.desk.screens import sign_in, today
from bot.web.desk.visit import Screen

SCREENS = (
    # name, path, the least role, what GET shows, what POST does
    Screen("sign_in", "/sign-in", None, sign_in.show, sign_in.act),
    Screen("invitation", "/invitation/{token}", None, sign_in.show_invitation, sign_in.accept),
    Screen("sign_out", "/sign-out", Role.READER, None, sign_in.leave),
    Screen("today", "/", Role.READER, today.show, None, in_menu=True),
)

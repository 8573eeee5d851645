"""Every screen of the desk: where it is, who may see it, and what answers."""

from bot.store.team import Role
from bot.web.desk.screens import invitation, lead, search, sign_in, team, today, walk_in, work_account
from bot.web.desk.visit import Screen

SCREENS = (
    # name, path, the least role, what GET shows, what POST does
    Screen("sign_in", "/sign-in", None, sign_in.show, sign_in.act),
    Screen("invitation", "/invitation/{token}", None, invitation.show, invitation.act),
    Screen("work_account", "/sign-in/work", None, work_account.begin),
    Screen("work_account_return", "/sign-in/work/return", None, work_account.come_back),
    Screen("sign_out", "/sign-out", Role.READER, None, sign_in.leave),
    Screen("today", "/", Role.READER, today.show, today.act, in_menu=True),
    Screen("search", "/search", Role.READER, search.show, search.act, in_menu=True),
    Screen("walk_in", "/walk-in", Role.ADVISER, walk_in.show, walk_in.act),
    Screen("lead", "/leads/{reference}", Role.ADVISER, lead.show),
    Screen("lead.call", "/leads/{reference}/call", Role.ADVISER, None, lead.call),
    Screen("lead.claim", "/leads/{reference}/claim", Role.ADVISER, None, lead.claim),
    Screen("lead.release", "/leads/{reference}/release", Role.ADVISER, None, lead.release),
    Screen("lead.assign", "/leads/{reference}/assign", Role.ADVISER, None, lead.assign),
    Screen("lead.note", "/leads/{reference}/note", Role.ADVISER, None, lead.note),
    Screen("lead.strike", "/leads/{reference}/strike", Role.ADVISER, None, lead.strike),
    Screen("lead.correct", "/leads/{reference}/correct", Role.ADVISER, None, lead.correct),
    Screen("lead.close", "/leads/{reference}/close", Role.ADVISER, None, lead.close),
    Screen("lead.settle", "/leads/{reference}/settle", Role.ADVISER, None, lead.settle),
    Screen("lead.reopen", "/leads/{reference}/reopen", Role.ADVISER, None, lead.reopen),
    Screen("lead.undo", "/leads/{reference}/undo", Role.ADVISER, None, lead.undo),
    Screen("lead.forget", "/leads/{reference}/forget", Role.ADMIN, None, lead.forget),
    Screen("team", "/team", Role.READER, team.show, in_menu=True),
    Screen("team.add", "/team/add", Role.COORDINATOR, None, team.add),
    Screen("team.invite", "/team/invite", Role.COORDINATOR, None, team.invite),
    Screen("team.absence", "/team/absence", Role.COORDINATOR, None, team.absence),
    Screen("team.leave", "/team/leave", Role.COORDINATOR, None, team.leave),
)

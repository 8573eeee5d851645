"""Team: who works here, who is away and who stands in, invitations, and who leaves."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.responses import Response

from bot.errors import BotError
from bot.staff.colleagues import Colleagues
from bot.staff.errors import Code, DeskError, Refused
from bot.store.lead_filter import Filter
from bot.store.notices import deaf
from bot.store.team import Member, Role
from bot.web.desk.visit import Visit

LINK = "invitation"  # in what the session keeps: shown once, to who made it
TO_NOBODY = "-"
GIVEN_BY: Mapping[Role, Role] = {Role.ADMIN: Role.ADMIN, Role.COORDINATOR: Role.ADVISER}
"""The highest role that somebody may give."""


def show(visit: Visit) -> Response:
    return _page(visit)


def add(visit: Visit) -> Response:
    """Register somebody, or change their role and team. Nobody gives, or takes, a role above what is theirs to give."""
    form, store = visit.form, visit.office.store
    role = next((each for each in Role if each == form["role"]), None)
    if not form["name"] or role is None:
        return _page(visit, {"add-name": visit.say("name_and_role")})
    before = store.team.named(form["name"])
    _need_to_give(visit, role, before)

    def register() -> Response:
        member = store.team.add(form["name"], role, email=form["email"], team=form["team"], actor=visit.who.name)
        return visit.go_saying("added", "team", {"name": member.name, "role": _word(visit, member.role)})

    return _doing(visit, "add-name", register)


def invite(visit: Visit) -> Response:
    """A link with which they choose how they sign in; also for who forgot."""
    member = visit.office.store.team.named(visit.form["name"])
    if member is None:
        return _page(visit, {"invite-name": visit.say("choose_who")})
    _need_to_give(visit, member.role, member)
    token = visit.office.signing_in.invite(member, visit.who.name, visit.at)
    address = (visit.office.store.settings.desk_url or str(visit.request.base_url).rstrip("/")).removesuffix("/desk")
    visit.keep(**{LINK: {"name": member.name, "link": address + visit.office.path("invitation", token=token)}})
    return visit.go("team")


def absence(visit: Visit) -> Response:
    """When somebody is away, and who has their leads meanwhile; without days they are back."""
    form, colleagues = visit.form, _colleagues(visit)
    since, until = visit.days.read(form["since"]), visit.days.read(form["until"])

    def write_down() -> Response:
        if "back" in form:
            return visit.go_saying("is_back", "team", {"name": colleagues.be_back(form["name"]).name})
        if since is None or until is None:
            return _page(visit, {"absence-since": visit.say("choose_days")})
        member = colleagues.be_away(form["name"], since, until, form["substitute"] or None)
        values = {"name": member.name, "since": visit.dates.day(since), "until": visit.dates.day(until)}
        return visit.go_saying("is_away", "team", values)

    return _doing(visit, "absence-name", write_down)


def leave(visit: Visit) -> Response:
    """Somebody leaves: first it is known who has their leads; then every right and every session ends."""
    form, store = visit.form, visit.office.store
    member = store.team.named(form["name"])
    if member is None or form["sure"] != "yes":
        return _page(visit, {"leave-name": visit.say("choose_and_confirm")})
    _need_to_give(visit, member.role, member)

    def end() -> Response:
        to = form["to"]
        left = _colleagues(visit).dismiss(member.name, to=to if to != TO_NOBODY else None, to_nobody=to == TO_NOBODY)
        return visit.go_saying("has_left", "team", {"name": member.name, "count": len(left.leads)})

    return _doing(visit, "leave-to", end)


def _doing(visit: Visit, field: str, work: Callable[[], Response]) -> Response:
    try:
        return work()
    except Refused:
        raise
    except DeskError as error:
        return _page(visit, {field: visit.refusal(error)})
    except BotError as error:  # of the team: the last administrator, somebody else's address
        return _page(visit, {field: str(error)})


def _need_to_give(visit: Visit, role: Role, before: Member | None) -> None:
    """Raise `Refused` for a role that is not theirs to give, or a colleague who has more than they."""
    highest = GIVEN_BY.get(visit.who.role)
    if (
        highest is None
        or not highest.may(role)
        or (before and before.id != visit.who.id and not highest.may(before.role))
    ):
        visit.office.store.audit.write(visit.who.name, "refused", "team", at=visit.at, role=visit.who.role)
        raise Refused(Code.NOT_ALLOWED, role=visit.who.role, needed=Role.ADMIN)


def _page(visit: Visit, errors: Mapping[str, str] | None = None) -> Response:
    store = visit.office.store
    members = [each for each in store.team.all() if each.active]
    names = {each.id: each.name for each in members}
    link = visit.session.kept.get(LINK)
    if link:
        visit.keep(**{LINK: None})
    highest = GIVEN_BY.get(visit.who.role, Role.READER)
    return visit.page(
        "team",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        members=members,
        names=names,
        open_leads={each.id: store.leads.count(Filter(open=True, assignee=(each.name,))) for each in members},
        accounts=store.accounts.all(),
        last_seen=store.sessions.last_seen(),
        advisers=[(each.name, each.name) for each in members if each.role.may(Role.ADVISER)],
        everybody=[(each.name, each.name) for each in members],
        deaf={each.name for each in deaf(store) if each.name},
        roles=[(each, _word(visit, each)) for each in Role if highest.may(each)],
        link=link,
        errors=errors or {},
        typed=visit.form,
        to_nobody=TO_NOBODY,
    )


def _colleagues(visit: Visit) -> Colleagues:
    return Colleagues(visit.office.store, visit.who.name, visit.at)


def _word(visit: Visit, role: Role) -> str:
    return visit.office.locale.words.word(role)

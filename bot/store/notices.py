"""Who of the team hears of a lead, and what they read: its number, what happened, a link. Never who the person is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.content.staff_sentences import StaffSentence
from bot.content.staff_words import StaffWords
from bot.engine.effects import Button, Keyboard, Message
from bot.settings import Settings
from bot.store.filing import who_has
from bot.store.lead_model import Lead
from bot.store.outbox import Address, OutboxMessage, Outgoing
from bot.store.store import Store
from bot.store.team import Member, Role

EMAIL = "email"  # the channel; `Address.user` is an address there


def who_hears(store: Store, lead: Lead, at: datetime) -> Sequence[Address]:
    """Where something of a lead is told; nowhere when nobody has an address."""
    return [each[0] for each in next(_ways(store, lead, at), ())]


Way = Sequence[Sequence[Address]]  # some who hear the same, each by the first of these addresses that works


def _ways(store: Store, lead: Lead | None, at: datetime) -> Iterator[Way]:
    """Whom to tell of a lead, and behind them whom when that does not arrive: who has it, or stands in for them, else
    who is there of the team for its sector or place; the group; the mailbox of the team; the coordinators."""
    settings, day = store.settings, store.calendar.day(at)
    if lead:
        has_it = who_has(store, lead)
        stands_in = has_it.substitute_on(day) if has_it else None
        there = store.team.by_id(stands_in) if stands_in else has_it
        theirs = [there] if there else [each for each in _team_of(store, lead) if not each.is_away(day)]
        yield from filter(None, [[some for each in theirs if (some := _addresses(settings, each))]])
    yield from ([[each]] for each in (_group(settings), mailbox(settings)) if each)
    for role in (Role.COORDINATOR, Role.ADMIN):
        yield from filter(None, [[[each] for each in _of_role(store, role, day)]])


def _team_of(store: Store, lead: Lead) -> Iterator[Member]:
    """Who works on leads in a team that is called after the sector or the place of this one."""
    for each in store.team.all():
        works = each.active and each.role.may(Role.ADVISER)
        if works and each.team and store.team_names.has(each.team, lead.sector, lead.place):
            yield each


def _addresses(settings: Settings, member: Member) -> Sequence[Address]:
    """Where a colleague hears things: in a chat, and by e-mail if we can send any."""
    mail = Address(EMAIL, member.email) if member.email and settings.smtp_host else None
    return tuple(filter(None, (member.address, mail)))


def where(settings: Settings, member: Member) -> Address | None:
    """Where a colleague hears things first."""
    return next(iter(_addresses(settings, member)), None)


def _group(settings: Settings) -> Address | None:
    return Address(settings.staff_channel, str(settings.staff_chat)) if settings.staff_chat is not None else None


def mailbox(settings: Settings) -> Address | None:
    """Where the team as a whole reads e-mail; None when it has no mailbox, or we can send no e-mail."""
    return Address(EMAIL, settings.staff_email) if settings.staff_email and settings.smtp_host else None


def coordinators(store: Store, at: datetime) -> list[Address]:
    """Who is told when nobody does anything: the coordinators who are there, else the administrators, else the team."""
    day = store.calendar.day(at)
    people = (list(_of_role(store, role, day)) for role in (Role.COORDINATOR, Role.ADMIN))
    return next(filter(None, people), []) or list(filter(None, [_group(store.settings) or mailbox(store.settings)]))


def _of_role(store: Store, role: Role, day: date) -> Iterator[Address]:
    for each in store.team.all():
        if each.active and each.role is role and not each.is_away(day) and (address := where(store.settings, each)):
            yield address


def notice(store: Store, lead: Lead, *happened: str) -> Message:
    """A line for advisers, with a link where there is a desk, and a button to take the lead if nobody has it."""
    words = store.staff_language.staff_words
    half = None if lead.complete else words.say(StaffSentence.HALF)
    none = words.say(StaffSentence.WITHOUT_PLACE) if lead.without_place else None
    parts = dict.fromkeys((lead.reference, *(happened or (words.word(lead.status),)), half, none))
    said = " · ".join(part for part in parts if part)
    text = "\n".join(filter(None, (said, link_to(store.settings, lead.reference))))
    if lead.assignee or lead.status.closed:
        return Message(text)
    button = Button(words.say(StaffSentence.TAKE_IT), f"claim:{lead.reference}")
    return Message(text, buttons=(button,), keyboard=Keyboard.INLINE)


def tell(store: Store, lead: Lead, *happened: str, at: datetime) -> bool:
    """Have who hears of a lead hear what happened, in words; False when nobody can."""
    to, message = who_hears(store, lead, at), notice(store, lead, *happened)
    store.outbox.queue([OutboxMessage(None, each, message, about=lead.reference) for each in to], at)
    return bool(to)


# ------------------------------------------------------------------ what does not arrive
def pass_on(store: Store, message: Outgoing, at: datetime) -> Sequence[Outgoing]:
    """Tell the next who can hear of a lead what somebody does not: they blocked the bot, or the group is closed. Gives
    what is queued: nothing when there is nobody left, or for what is no notice of a lead."""
    if message.about is None:
        return ()
    following, said = _following(store, message, at), message.message
    of = _owner_of(store, message.address)
    if of and not any(each in _addresses(store.settings, of) for each in following):
        told = store.staff_language.staff_words.say(StaffSentence.DID_NOT_HEAR, name=of.name)
        said = replace(said, text="\n".join((said.text, told)))
    plain = Message(said.text)  # an e-mail has no button
    return store.outbox.queue(
        [OutboxMessage(None, to, plain if to.channel == EMAIL else said, about=message.about) for to in following], at
    )


def _following(store: Store, message: Outgoing, at: datetime) -> Sequence[Address]:
    """Another address of the same colleague; else the next who can hear, of whom none was told before."""
    lead = store.leads.find(message.about) if message.about else None
    tried, ways = {message.address}, iter(_ways(store, lead, at))
    for way in ways:
        tried.update(each[0] for each in way)
        if theirs := next((each for each in way if message.address in each), None):
            if left := theirs[theirs.index(message.address) + 1 :]:
                return left[:1]
            break
    else:  # somebody else has it by now, or it was for a coordinator alone
        ways = iter(_ways(store, lead, at))
        tried = {message.address}
    for way in ways:
        if left := [each[0] for each in way if each[0] not in tried]:
            return left
    return ()


@dataclass(frozen=True, slots=True)
class Deaf:
    """Where a message to staff did not arrive, and nothing did since."""

    address: Address
    name: str | None  # of a colleague; None: the group, or the mailbox of the team
    reason: str  # a kind, as a channel has it


def deaf(store: Store) -> Sequence[Deaf]:
    """Who of the team cannot be told things."""
    settings = store.settings
    named = [(address, each.name) for each in store.team.all() for address in _addresses(settings, each)]
    together = [(address, None) for address in (_group(settings), mailbox(settings)) if address]
    refusals = store.outbox.refusals([address for address, _ in (*together, *named)])
    return [Deaf(address, name, refusals[address]) for address, name in (*together, *named) if address in refusals]


def trouble(store: Store) -> str | None:
    """For the operator: who does not hear of leads. Names of colleagues are for the desk."""
    found = deaf(store)
    lines = [_ADVICE[each.address.channel == EMAIL] % each.reason for each in found if each.name is None]
    if people := [each for each in found if each.name]:
        reasons = ", ".join(sorted({each.reason for each in people}))
        lines.append(_PEOPLE % (len({each.name for each in people}), reasons))
    return "\n".join(lines) or None


_ADVICE = {
    False: "The advisers' group (STAFF_CHAT) gets no messages (%s): nobody hears of a lead there. Is the bot a member, "
    "may it write, and is the topic open?",
    True: "The mailbox of the team (STAFF_EMAIL) takes no messages (%s).",
}
_PEOPLE = (
    "%d of the team get no messages (%s); others hear what was for them. See Team at the desk, or: overstap staff list"
)


def _owner_of(store: Store, address: Address) -> Member | None:
    return next((each for each in store.team.all() if address in _addresses(store.settings, each)), None)


def link_to(settings: Settings, reference: str) -> str | None:
    """Where a lead is to be seen in the browser; None without a desk."""
    return f"{settings.desk_url}/leads/{reference}" if settings.desk_url else None


def why_asked(reason: str, words: StaffWords) -> str:
    """Why somebody wants a person, in words: a flow may have a reason of its own."""
    return words.reasons.get(reason) or words.say(StaffSentence.NEEDS_A_PERSON)

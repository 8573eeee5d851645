"""What the clock brings for staff: nobody who asked for a person is left until tomorrow, and a list each morning.

Call `run` every minute or so, in as many processes as there are: each thing happens once.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, select, update

from bot.content.staff_sentences import StaffSentence
from bot.engine.effects import Message
from bot.store import Address, Store
from bot.store.lead_codes import EventKind, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.notices import EMAIL, coordinators, link_to, notice
from bot.store.outbox import OutboxMessage
from bot.store.tables import counters, lead_events, leads
from bot.store.team import Member, Role

MORNING = time(8, 30)
EVENING = time(17, 30)  # a list that could not be made until then is not made that day
DUE = time(15, 0)  # on its day: then somebody can still call
HEARD_WITHIN = timedelta(hours=2)  # who asks at three is not reported at three
EXPIRES_WITHIN = timedelta(days=7)
MOST = 15  # numbers under a heading
TOUCHED: tuple[EventKind, ...] = (
    "claimed",
    "assigned",
    "attempt",
    "noted",
    "snoozed",
    "closed",
    "released",
    "escalated",
)


def run(store: Store, at: datetime) -> None:
    """Do what is due. Nothing is, outside working days, or when the clock may have jumped."""
    calendar = store.calendar
    local = calendar.local(at)
    if store.clock.is_ahead(at) or calendar.add_workdays(local.date(), 0) != local.date():
        return
    if DUE <= local.time() <= EVENING:
        escalate(store, at)
    if MORNING <= local.time() <= EVENING and store.settings.smtp_host and _is_first(store, local.date()):
        send_digests(store, at)


# ------------------------------------------------------------------ nobody did anything
def escalate(store: Store, at: datetime) -> list[Lead]:
    """Tell the coordinators who asked for a person, is due today, and is untouched since; once for each time they ask.

    Without anybody to tell nothing is written down, so that it is told as soon as there is somebody.
    """
    to = coordinators(store, at)
    if not to:
        return []
    told = []
    words = store.staff_language.staff_words
    with store.transaction():
        store.counters.lock_leads()
        for number in _untouched(store, at):
            lead = store.leads.change(number, "bot", "escalated", at=at)
            message = notice(store, lead, words.say(StaffSentence.NOBODY_DID_ANYTHING))
            store.outbox.queue([OutboxMessage(None, each, message, about=lead.reference) for each in to], at)
            told.append(lead)
    return told


def _untouched(store: Store, at: datetime) -> list[int]:
    touched = exists().where(
        lead_events.c.lead_id == leads.c.id, lead_events.c.at > leads.c.asked_at, lead_events.c.kind.in_(TOUCHED)
    )
    waits = (
        leads.c.asked_at <= at - HEARD_WITHIN,
        leads.c.next_action_on <= store.calendar.day(at),
        leads.c.status.not_in([Status.DONE, Status.LAPSED]),
        leads.c.erased_at.is_(None),
    )
    with store.reading() as db:
        return list(db.execute(select(leads.c.id).where(*waits, ~touched).order_by(leads.c.id)).scalars())


# ------------------------------------------------------------------ each morning
def send_digests(store: Store, at: datetime) -> int:
    """Queue an e-mail to everyone who has something to do today; gives how many. Numbers and links, and no name."""
    day = store.calendar.day(at)
    letters = []
    for member in store.team.all():
        if member.active and member.email and member.role.may(Role.ADVISER) and not member.is_away(day):
            mine = (member.name, *_away_for(store, member, day))
            letters.append((member.email, _digest(store, at, _of(mine, day))))
    if store.settings.staff_email:
        letters.append((store.settings.staff_email, _digest(store, at, _of_the_team(at, day))))
    queued = [OutboxMessage(None, Address(EMAIL, to), message) for to, message in letters if message]
    store.outbox.queue(queued, at)
    return len(queued)


Heading = tuple[StaffSentence, Filter]


def _of(mine: tuple[str, ...], day: date) -> tuple[Heading, ...]:
    return (
        (StaffSentence.DIGEST_ASKED, Filter(open=True, assignee=mine, asked=True)),
        (StaffSentence.DIGEST_OVERDUE, Filter(open=True, assignee=mine, overdue_on=day)),
        (StaffSentence.DIGEST_TODAY, Filter(open=True, assignee=mine, due_on=day)),
    )


def _of_the_team(at: datetime, day: date) -> tuple[Heading, ...]:
    return (
        (StaffSentence.DIGEST_ASKED, Filter(open=True, asked=True)),
        (StaffSentence.DIGEST_NEW, Filter(open=True, unassigned=True)),
        (StaffSentence.DIGEST_OVERDUE, Filter(open=True, overdue_on=day)),
        (StaffSentence.DIGEST_EXPIRING, Filter(open=True, gone_by=at + EXPIRES_WITHIN)),
    )


def _digest(store: Store, at: datetime, headings: tuple[Heading, ...]) -> Message | None:
    """Each lead under the first heading that it belongs to; None when there is nothing to do."""
    words = store.staff_language.staff_words
    known: set[int] = set()
    parts = []
    for sentence, which in headings:
        found = [lead for lead in store.leads.all(which) if lead.id not in known]
        known |= {lead.id for lead in found}
        if found:
            more = [words.say(StaffSentence.DIGEST_MORE, number=len(found) - MOST)] if len(found) > MOST else []
            lines = [*(_line(store, lead) for lead in found[:MOST]), *more]
            parts.append("\n".join([words.say(sentence, number=len(found)), *lines]))
    if not parts:
        return None
    day = store.calendar.day(at).strftime(words.day.replace("dd", "%d").replace("mm", "%m").replace("yyyy", "%Y"))
    return Message("\n\n".join(parts), title=words.say(StaffSentence.DIGEST, day=day))


def _line(store: Store, lead: Lead) -> str:
    return "  ".join(filter(None, (lead.reference, link_to(store.settings, lead.reference))))


def _away_for(store: Store, member: Member, day: date) -> Iterator[str]:
    return (each.name for each in store.team.all() if each.substitute_on(day) == member.id)


def _is_first(store: Store, day: date) -> bool:
    """Whether nobody made the lists of this day: whoever asks first does."""
    name, number = "digest", day.toordinal()
    with store.transaction() as db:
        db.execute(store.insert(counters).values(name=name, value=0).on_conflict_do_nothing())
        earlier = (counters.c.name == name) & (counters.c.value < number)
        return db.execute(update(counters).where(earlier).values(value=number)).rowcount > 0

"""Colleagues who come, go, and are away: nobody's leads stay behind with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.content.staff_sentences import StaffSentence
from bot.staff.errors import Code, DeskError
from bot.store import Store
from bot.store.lead_codes import EventKind, Status
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead, LeadChanges, anew, how_to_reach, planned
from bot.store.notices import tell
from bot.store.team import Absence, Member, Role


@dataclass(frozen=True, slots=True)
class Left:
    """Where the open leads of who left are now."""

    leads: tuple[Lead, ...]
    to: str | None  # None: they are nobody's again


class Colleagues:
    """The team, as whoever may change it does: the operator, or a coordinator at the desk (who asks for the role)."""

    def __init__(self, store: Store, actor: str, at: datetime) -> None:
        self.store, self.actor, self.at = store, actor, at

    def leads_of(self, member: Member) -> list[Lead]:
        """Their open leads."""
        return self.store.leads.all(Filter(open=True, assignee=(member.name,)))

    def dismiss(self, name: str, *, to: str | None = None, to_nobody: bool = False) -> Left:
        """Take away every right of someone, when it is known who has their open leads.

        Raises DeskError when they have any and neither `to` nor `to_nobody` says where those go.
        """
        member = self._member(name)
        theirs = self.leads_of(member)
        if theirs and not (to or to_nobody):
            raise DeskError(Code.HAS_LEADS, name=member.name, number=len(theirs))
        heir = self._adviser(to) if to else None
        with self.store.transaction():
            given = self.hand_over(theirs, member, heir)
            self.store.team.deactivate(member.name, actor=self.actor)
        return Left(tuple(given), heir.name if heir else None)

    def hand_over(self, some: list[Lead], of: Member, to: Member | None) -> list[Lead]:
        """Give leads of a colleague to another, who hears of each; or back, for whoever takes them."""
        given = []
        with self.store.transaction():
            self.store.counters.lock_leads()
            for lead in some:
                if to is None:
                    changes: LeadChanges = {**anew(self.at)}
                    if lead.next_action_on is None:
                        changes |= planned(how_to_reach(lead.contact), self.store.calendar.day(self.at))
                    given.append(self._change(lead, "released", {}, changes))
                    continue
                changes = {"assignee_id": to.id, "claimed_at": self.at}
                if lead.status is Status.NEW:
                    changes["status"] = Status.CLAIMED
                changed = self._change(lead, "assigned", {"to": to.name}, changes)
                words = self.store.staff_language.staff_words
                tell(self.store, changed, words.say(StaffSentence.GIVEN_TO_YOU, name=of.name), at=self.at)
                given.append(changed)
        return given

    def be_away(self, name: str, since: date, until: date, substitute: str | None = None) -> Member:
        """Write down when someone is not there, both days included, and who has their leads meanwhile.

        Raises DeskError when the days cannot be, or the substitute cannot have leads.
        """
        if until < since or until < self.store.calendar.day(self.at):
            raise DeskError(Code.NO_SUCH_ABSENCE)
        member = self._member(name)
        stands_in = self._adviser(substitute) if substitute else None
        if stands_in and stands_in.id == member.id:
            raise DeskError(Code.NO_COLLEAGUE, name=member.name)
        absence = Absence(since, until, stands_in.id if stands_in else None)
        return self.store.team.set_absence(member, absence, actor=self.actor)

    def be_back(self, name: str) -> Member:
        """Someone is there again."""
        return self.store.team.set_absence(self._member(name), None, actor=self.actor)

    def _change(self, lead: Lead, kind: EventKind, detail: Mapping[str, str], changes: LeadChanges) -> Lead:
        return self.store.leads.change(lead.id, self.actor, kind, detail, at=self.at, before=lead, **changes)

    def _member(self, name: str) -> Member:
        member = self.store.team.named(name.strip())
        if member is None:
            raise DeskError(Code.NO_COLLEAGUE, name=name)
        return member

    def _adviser(self, name: str) -> Member:
        member = self._member(name)
        if not member.role.may(Role.ADVISER):
            raise DeskError(Code.NO_COLLEAGUE, name=name)
        return member

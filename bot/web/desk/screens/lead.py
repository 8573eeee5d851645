"""One lead: who, in five lines, what happened, what the bot showed; one form for a call, and what else can be done."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from typing import TypeVar

from starlette.responses import Response

from bot.advice.exploring.chart import to_svg
from bot.content.staff_sentences import StaffSentence
from bot.staff.closing import TO_CHOOSE
from bot.staff.desk import Plan
from bot.staff.errors import Changed, Code, DeskError
from bot.staff.queues import Queue
from bot.staff.story import tell
from bot.staff.worklist import Worklist
from bot.store.lead_codes import AttemptOutcome, CloseReason, LeadOutcome, Outcome, Stage
from bot.store.lead_filter import Filter
from bot.store.lead_model import Lead
from bot.store.team import Role
from bot.text import say_language
from bot.web.desk.visit import Visit

PROPOSED, OWN, CLOSE = "proposed", "own", "close"  # the choices of the next step
# Which field of which form an error is about; any other is of the form as a whole.
FIELDS: Mapping[Code, Mapping[str, str]] = {
    Code.STEP_TOO_LONG: {"call": "call-step"},
    Code.NOT_IN_FUTURE: {"call": "call-day"},
    Code.AFTER_TERM: {"call": "call-day"},
    Code.NOT_KEPT: {"call": "call-note", "note": "note-text", "correct": "correct-wish"},
    Code.EMPTY_NOTE: {"note": "note-text"},
    Code.NO_COLLEAGUE: {"assign": "assign-to"},
    Code.NOT_YOUR_REASON: {"close": "close-reason"},
    Code.NO_PHONE: {"correct": "correct-phone"},
    Code.NO_EMAIL: {"correct": "correct-email"},
    Code.NO_WAY_TO_REACH: {"correct": "correct-phone"},
}
OUTCOMES = sorted(AttemptOutcome, key=lambda each: each is not AttemptOutcome.SPOKEN)  # what one hopes for first
GONE = (Code.NO_LEAD, Code.ERASED)  # there is no page to say it on

Chosen = TypeVar("Chosen", AttemptOutcome, CloseReason, LeadOutcome, Stage)


def show(visit: Visit) -> Response:
    return _page(visit)


# ------------------------------------------------------------------ one form a call
def call(visit: Visit) -> Response:
    """How it went, what was said, and what is next: kept in one go."""
    form = visit.form
    outcome = _chosen(AttemptOutcome, form["outcome"])
    if outcome is None:
        return _page(visit, "call", {"call-outcome": visit.say("choose_outcome")})
    plan, missing = _plan(visit)
    if missing:
        return _page(visit, "call", missing)
    return _doing(visit, "call", lambda: _record(visit, outcome, plan))


def _record(visit: Visit, outcome: AttemptOutcome, plan: Plan | None) -> Response:
    lead = visit.desk.record(_reference(visit), outcome, visit.form.raw("note"), plan, seen=_seen(visit))
    if visit.form["step"] == CLOSE:
        return visit.go_saying("recorded_now_close", "lead", to={"reference": lead.reference})
    values = {**_said(visit, lead), "outcome": visit.office.locale.words.in_sentence(outcome)}
    if visit.form["then"] == "next" and (following := Worklist(visit.desk, Filter(), Queue.MINE).next_of_mine()):
        return visit.go_saying("recorded", "lead", values, undo=lead.reference, to={"reference": following})
    return visit.go_saying("recorded", "today", values, undo=lead.reference)


def _plan(visit: Visit) -> tuple[Plan | None, dict[str, str]]:
    """The next step that was chosen, None for the one that we propose; or what is missing, by field."""
    form = visit.form
    if form["step"] != OWN:
        return None, {}
    day, hour = visit.days.read(form["day"]), visit.days.hour(form["time"])
    if day is None:
        return None, {"call-day": visit.say("choose_day")}
    if form["time"] and hour is None:
        return None, {"call-time": visit.say("no_time")}
    return Plan(day, hour, form["what"] or None), {}


# ------------------------------------------------------------------ what else can be done
def claim(visit: Visit) -> Response:
    return _changing(visit, "claim", "claimed", lambda: visit.desk.claim(_reference(visit)))


def release(visit: Visit) -> Response:
    return _changing(visit, "release", "released", lambda: visit.desk.release(_reference(visit), seen=_seen(visit)))


def assign(visit: Visit) -> Response:
    to = visit.form["to"]
    return _changing(
        visit, "assign", "given", lambda: visit.desk.assign(_reference(visit), to, seen=_seen(visit)), to=to
    )


def note(visit: Visit) -> Response:
    return _changing(visit, "note", "noted", lambda: visit.desk.note(_reference(visit), visit.form.raw("text")))


def strike(visit: Visit) -> Response:
    number = int(visit.form["number"]) if visit.form["number"].isdecimal() else 0
    return _changing(visit, "strike", "struck", lambda: visit.desk.strike(_reference(visit), number))


def undo(visit: Visit) -> Response:
    return _changing(visit, "undo", "undone", lambda: visit.desk.undo(_reference(visit)))


def close(visit: Visit) -> Response:
    form = visit.form
    reason = _chosen(CloseReason, form["reason"])
    if reason is None:
        return _page(visit, "close", {"close-reason": visit.say("choose_reason")})

    def end() -> Lead:
        return visit.desk.close(_reference(visit), reason, _outcome(visit), seen=_seen(visit))

    return _changing(visit, "close", "closed", end)


def settle(visit: Visit) -> Response:
    outcome = _outcome(visit)
    if outcome is None:
        return _page(visit, "settle", {"settle-result": visit.say("choose_result")})
    return _changing(
        visit, "settle", "settled", lambda: visit.desk.settle(_reference(visit), outcome, seen=_seen(visit))
    )


def reopen(visit: Visit) -> Response:
    return _changing(visit, "reopen", "reopened", lambda: visit.desk.reopen(_reference(visit), seen=_seen(visit)))


def correct(visit: Visit) -> Response:
    said = {name: visit.form[name] for name in ("name", "phone", "email", "wish")}
    return _changing(
        visit, "correct", "corrected", lambda: visit.desk.correct(_reference(visit), **said, seen=_seen(visit))
    )


def forget(visit: Visit) -> Response:
    """Erase the person; only once they typed the number of the lead, for it cannot be undone."""
    reference = _reference(visit)
    if visit.form["number"].upper() != reference.upper():
        return _page(visit, "forget", {"forget-number": visit.say("type_the_number", reference=reference)})

    def erase() -> Response:
        gone = visit.desk.forget(reference)
        emptied = replace(visit, session=replace(visit.session, kept={}))  # as it is in the store now
        return emptied.go_saying("forgotten", "today", {"references": ", ".join(gone)})

    return _doing(visit, "forget", erase)


# ------------------------------------------------------------------ inside
def _changing(visit: Visit, form: str, said: str, work: Callable[[], Lead], **values: str) -> Response:
    """Do something, and show the lead again with what was done, which can be undone."""

    def change() -> Response:
        lead = work()
        can_undo = "" if form in ("note", "strike", "undo") else lead.reference
        known = {**_said(visit, lead), **values}
        return visit.go_saying(said, "lead", known, undo=can_undo, to={"reference": lead.reference})

    return _doing(visit, form, change)


def _doing(visit: Visit, form: str, work: Callable[[], Response]) -> Response:
    """What comes of it; what is refused is said on the page of the lead, beside what was typed."""
    try:
        return work()
    except DeskError as error:
        if error.code in GONE:
            raise
        field = FIELDS.get(error.code, {}).get(form, form)
        return _page(visit, form, {field: visit.refusal(error)}, changed=isinstance(error, Changed))


def _page(visit: Visit, form: str = "", errors: Mapping[str, str] | None = None, *, changed: bool = False) -> Response:
    desk, office = visit.desk, visit.office
    opened = desk.open(_reference(visit))
    lead, labels = opened.lead, office.labels()
    story = tell(opened, labels, office.locale)
    team = [each for each in office.store.team.all() if each.active and each.role.may(Role.ADVISER)]
    proposals = {outcome: desk.proposal(lead, outcome) for outcome in (AttemptOutcome.SPOKEN, AttemptOutcome.NO_ANSWER)}
    values = {
        "lead": lead,
        "opened": opened,
        "story": story,
        "chart": to_svg(story.likes, visit.say("likes_of", name=lead.name or lead.reference)),
        "labels": labels,
        "proposals": proposals,
        "outcomes": OUTCOMES,
        "reasons": _worded(visit, TO_CHOOSE),
        "results": _worded(visit, LeadOutcome),
        "stages": _worded(visit, Stage),
        "programmes": [(each.id, each.name) for each in story.shown],
        "schemes": [(scheme, name) for scheme, name, _ in story.money],
        "colleagues": [(each.name, each.name) for each in team if each.id != lead.assignee_id],
        "speaks": say_language(lead.language, office.locale.language.code),
        "blocked": _blocked(visit, lead),
        "theirs": lead.assignee_id == visit.who.id or visit.may(Role.COORDINATOR),
        "stands_in": lead.assignee_id in {each.id for each in desk.stands_in_for()},
        "failed": form,
        "errors": errors or {},
        "changed": changed,
        "typed": visit.form,
    }
    status = HTTPStatus.OK if not errors else HTTPStatus.CONFLICT if changed else HTTPStatus.UNPROCESSABLE_ENTITY
    return visit.page("lead", status, **values)


def _worded(visit: Visit, codes: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Codes with their words, for a list to choose from."""
    return [(code, visit.office.locale.words.in_sentence(code).capitalize()) for code in codes]


def _blocked(visit: Visit, lead: Lead) -> str:
    """What to mind of somebody who does not hear the bot any more."""
    locale = visit.office.locale
    return locale.say(StaffSentence.BLOCKED, only_by=locale.say(lead.only_by)) if lead.only_by else ""


def _reference(visit: Visit) -> str:
    return str(visit.request.path_params["reference"])


def _seen(visit: Visit) -> int | None:
    """The change of the lead on which the form was made."""
    return int(visit.form["version"]) if visit.form["version"].isdecimal() else None


def _outcome(visit: Visit) -> Outcome | None:
    """What came of it, if anything was chosen."""
    form = visit.form
    kind = _chosen(LeadOutcome, form["result"])
    if kind is None:
        return None
    return Outcome(kind, form["programme"] or None, form["scheme"] or None, _chosen(Stage, form["stage"]))


def _chosen(kind: type[Chosen], typed: str) -> Chosen | None:
    return next((each for each in kind if each == typed), None)


def _said(visit: Visit, lead: Lead) -> dict[str, object]:
    """What a sentence about what was done can name."""
    locale = visit.office.locale
    step = locale.words.in_sentence(lead.next_action) if lead.next_action else ""
    day = visit.dates.day(lead.next_action_on) if lead.next_action_on else ""
    day += f" {lead.next_action_time:%H:%M}" if lead.next_action_time else ""
    return {"reference": lead.reference, "name": lead.name or lead.reference, "step": step, "day": day}

"""What staff read and type: statuses, events, columns, commands, refusals. The `staff` of a language, as a model.

The store and the code know codes alone. What is a code here is one there: a test holds the two together, because the
store lies above us.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, TypeVar

from bot.content.annotations import As, Each, Pattern
from bot.content.problems import Location
from bot.content.staff_sentences import HOW, StaffSentence
from bot.text import fill

Kind = TypeVar("Kind", bound=StrEnum)

Word = Annotated[str, Pattern(r"[^\s,]+", "in_gesprek")]
"""One word, because it is typed on a command line; `_` is read as a space in a sentence."""

CommandName = Annotated[str, Pattern(r"[a-z0-9_]{1,32}", "notitie")]
"""As Telegram allows it."""


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """A column of an export."""

    title: Annotated[str, "What stands above it."]
    meaning: Annotated[str, "What is in it, on the sheet that explains; left out when the title says it."] = ""

    def __str__(self) -> str:
        return self.title


STATUSES = {
    "new": "Nobody has taken it.",
    "claimed": "Somebody has it.",
    "tried": "Somebody called, and did not speak with them yet.",
    "talking": "Somebody spoke with them.",
    "done": "They were helped.",
    "lapsed": "They were not reached, or it was the same person twice.",
}
CLOSE_REASONS = {
    "enrolled": "They enrolled in a course.",
    "funded": "They asked for money.",
    "referred": "They were sent to somebody else.",
    "unreached": "They were never reached.",
    "on_their_own": "They go on by themselves.",
    "duplicate": "They have another lead.",
    "withdrawn": "They withdrew their consent.",
    "erased": "They asked to be erased.",
    "expired": "Its term was over.",
}
NEXT_STEPS = {
    "call": "They are to be called.",
    "mail": "They are to be written to.",
    "close": "They were called often enough: close it, perhaps.",
}
OUTCOMES = {
    "no_answer": "Nobody answered the call.",
    "voicemail": "A machine answered the call.",
    "spoken": "They were spoken with.",
    "mailed": "They were written to.",
    "wrong_number": "The number is not theirs.",
}
RESULTS = {
    "signed_up": "They signed up for a course.",
    "started": "They started with it.",
    "new_job": "They have other work, without a course.",
    "stays": "They stay in the work that they have.",
    "stopped": "They stopped.",
}
STAGES = {
    "no_contact": "Before anybody spoke with them.",
    "choosing": "While they looked for what fits.",
    "paying": "Over the money.",
    "admission": "When they were to be admitted.",
    "learning": "During the course.",
}
ROLES = {
    "reader": "Who may look.",
    "adviser": "Who may work on leads.",
    "coordinator": "Who may work on the leads of others.",
    "admin": "Who may erase a person.",
}
REASONS = {
    "asked": "They asked for a person.",
    "not_called": "They said that nobody has called them yet.",
}
EVENTS = {
    "filed": "The lead came in.",
    "changed": "Their answers changed.",
    "contact changed": "Their name, number or address changed.",
    "duplicate": "It has the number or address of another lead.",
    "handed over": "They want a person.",
    "withdrawn": "They withdrew a consent.",
    "claimed": "Somebody took it.",
    "released": "Somebody put it back.",
    "attempt": "Somebody called.",
    "noted": "Somebody wrote a note.",
    "snoozed": "Somebody put it off.",
    "closed": "Somebody closed it.",
    "reopened": "It was opened again.",
    "erased": "It was erased.",
    "assigned": "Somebody gave it to a colleague.",
    "undone": "Somebody took back what they did last.",
    "note struck": "Somebody struck out a note.",
    "contact corrected": "An adviser corrected a name, number or address.",
    "outcome": "Somebody wrote down what came of it.",
    "escalated": "The coordinator heard that nobody did anything.",
    "proposed": "A candidate was proposed to an employer.",
    "placed": "A candidate works for an employer.",
    "no match": "It came to nothing with an employer.",
}
ACTORS = {"person": "The person of the lead.", "retention": "The term, which was over."}
PURPOSES = {"contact": "That an adviser contacts them.", "keep": "That all is kept for a year."}
VERDICTS = {"fits": "A course that fits.", "maybe": "A course that may fit."}
MONEY = {"eligible": "A scheme for which they seem to qualify.", "maybe": "A scheme for which they may qualify."}
CONTACT = {
    "name": "Their name.",
    "phone": "Their phone number.",
    "email": "Their e-mail address.",
    "wish": "How and when they want to be reached.",
}
NOT_KEPT = {
    "bsn": "A number that the state gave to them, with its article: 'een BSN'.",
    "iban": "A bank account.",
    "health": "Something of their health.",
}
ACTIONS = {
    "new": "Came in after the last export.",
    "update": "Is perhaps in the system of who imports it.",
    "delete": "Is to go from that system.",
}
COMMANDS = {
    "leads": "Lists what is open.",
    "lead": "Shows a lead.",
    "search": "Finds leads by a name, a phone number or an e-mail address.",
    "claim": "Takes one.",
    "release": "Puts it back.",
    "assign": "Gives it to a colleague.",
    "note": "Writes a note.",
    "attempt": "Says how a call went.",
    "snooze": "Puts it off.",
    "close": "Closes it.",
    "reopen": "Opens it again.",
    "undo": "Takes back what they did last.",
    "help": "Says what can be typed.",
    "try": "Talks to the bot as a client does.",
}
QUEUES = {
    "asked": "Asked for a person.",
    "new": "Nobody has them.",
    "mine": "Theirs, and due today.",
    "overdue": "Should have been done.",
    "expiring": "Are erased within a week.",
    "all": "Everything that is open.",
}
IN_MENU = ("leads", "lead", "claim", "note", "attempt", "help")
HEADINGS = {
    "number": "The number of a lead.",
    "status": "Its status.",
    "name": "A name.",
    "phone": "A phone number.",
    "sector": "A sector.",
    "place": "A municipality.",
    "adviser": "Who has it.",
    "next_step": "What is to be done.",
    "came_in": "The day it came in.",
    "made": "When a file was made.",
    "by": "Who made it.",
    "leads": "How many leads are in it.",
    "file": "Its name.",
    "why": "A reason.",
    "candidate": "The lead of somebody who looks for work.",
    "employer": "The lead of an employer.",
    "role": "What a member of staff may do.",
}
TERMS = {
    "leads": "Leads.",
    "conversations": "Conversations without a lead.",
    "updates": "Messages that came in.",
    "messages": "Messages that were sent.",
    "exports": "Files of leads.",
    "unanswered": "Questions without an answer.",
    "audit": "Lines in the audit.",
}
COLUMNS = {
    "external_id": "The number of the lead.",
    "action": "What to do with the lead in one's own system.",
    "kind": "The conversation that somebody had.",
    "status": "The status.",
    "close_reason": "Why it was closed.",
    "assignee": "Who has it.",
    "name": "Their name.",
    "phone": "Their phone number.",
    "email": "Their e-mail address.",
    "place": "Their municipality.",
    "sector": "The sector.",
    "language": "The language of the conversation.",
    "channel": "Where the conversation was.",
    "source": "The code of the link.",
    "complete": "Whether they came to the end.",
    "reached": "The question at which they stopped.",
    "created_at": "When it came in.",
    "updated_at": "When it last changed.",
    "first_contact_at": "When somebody first spoke with them.",
    "attempts": "How often they were called.",
    "next_action": "What is to be done.",
    "next_action_on": "The day on which.",
    "consent_contact": "When they agreed to be contacted.",
    "consent_keep": "When they agreed that all is kept for a year.",
    "programmes": "What fits.",
    "subsidies": "Which money may fit.",
    "flow": "The version of the questions.",
    "content": "The version of the knowledge.",
    "notes": "The notes of advisers.",
}


@dataclass(frozen=True, slots=True)
class StaffWords:
    """The words of staff in one language. All of them are there: a language without any leaves the block out."""

    day: Annotated[
        str,
        Pattern(r"(dd|mm|yyyy)([-./])(dd|mm|yyyy)\2(dd|mm|yyyy)", "dd-mm-yyyy"),
        "How a day is written and typed, as Excel says it.",
    ]
    statuses: Annotated[Mapping[str, Word], Each.of(STATUSES, apart=True), "How far the contact with somebody is."]
    close_reasons: Annotated[Mapping[str, Word], Each.of(CLOSE_REASONS, apart=True), "Why a lead was closed."]
    next_steps: Annotated[Mapping[str, Word], Each.of(NEXT_STEPS, apart=True), "What is to be done."]
    outcomes: Annotated[Mapping[str, Word], Each.of(OUTCOMES, apart=True), "How a call went."]
    results: Annotated[Mapping[str, Word], Each.of(RESULTS, apart=True), "What came of a lead for the person."]
    stages: Annotated[Mapping[str, Word], Each.of(STAGES, apart=True), "How far somebody came who stopped."]
    roles: Annotated[Mapping[str, Word], Each.of(ROLES, apart=True), "What a member of staff is."]
    reasons: Annotated[Mapping[str, str], Each.of(REASONS), "Why somebody wants a person."]
    events: Annotated[Mapping[str, str], Each.of(EVENTS), "What happened to a lead."]
    actors: Annotated[Mapping[str, str], Each.of(ACTORS), "Who did it, when that is no adviser."]
    purposes: Annotated[Mapping[str, str], Each.of(PURPOSES), "To what somebody agreed."]
    verdicts: Annotated[Mapping[str, str], Each.of(VERDICTS), "How well a course fits."]
    money: Annotated[Mapping[str, str], Each.of(MONEY), "How well a scheme fits."]
    contact: Annotated[Mapping[str, str], Each.of(CONTACT), "How somebody is reached."]
    not_kept: Annotated[Mapping[str, str], Each.of(NOT_KEPT), "What a note may not hold."]
    actions: Annotated[
        Mapping[str, Word], Each.of(ACTIONS, apart=True), "What to do with a lead in one's own system, in a file."
    ]
    terms: Annotated[Mapping[str, str], Each.of(TERMS), "What has had its term, behind a number."]
    commands: Annotated[
        Mapping[str, CommandName], Each.of(COMMANDS, apart=True), "What an adviser types behind the slash."
    ]
    queues: Annotated[Mapping[str, Word], Each.of(QUEUES, apart=True), "The lists of leads, behind the command."]
    menu: Annotated[
        Mapping[str, str],
        Each.of({name: COMMANDS[name] for name in IN_MENU}),
        "What stands behind a command in Telegram's menu.",
    ]
    headings: Annotated[Mapping[str, str], Each.of(HEADINGS), "Above the columns of a list on the command line."]
    columns: Annotated[Mapping[str, ColumnWords], Each.of(COLUMNS, apart=True), "The columns of a file of leads."]
    sentences: Annotated[Mapping[str, str], As("staff sentences"), "Everything else that staff read."]
    at: Location
    _by_code: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        of_leads = (self.statuses, self.close_reasons, self.next_steps, self.results, self.stages)
        kinds = (*of_leads, self.outcomes, self.roles)
        by_code = {code: word for kind in kinds for code, word in kind.items()}
        object.__setattr__(self, "_by_code", by_code)

    def word(self, code: str | None) -> str:
        """The word for a status, reason, step, outcome or role, as it is typed, and as files for programs have it.

        What is none, such as a next step in an adviser's own words, is said as it is.
        """
        return self._by_code.get(code, code) if code else ""

    def in_sentence(self, code: str | None) -> str:
        """The same, to be read in a sentence."""
        word = self.word(code)
        return word.replace("_", " ") if code in self._by_code else word

    def to_code(self, kind: type[Kind], typed: str) -> Kind:
        """The code of a word that somebody typed; raises ValueError."""
        for each in kind:
            if self.word(each).casefold() == typed.casefold():
                return each
        raise ValueError(typed)

    def say(self, sentence: StaffSentence, **values: object) -> str:
        return fill(self.sentences[sentence], values)


def _as_codes(codes: Mapping[str, object]) -> dict[str, str]:
    return {code: code for code in codes}


CODES = StaffWords(
    day="yyyy-mm-dd",
    statuses=_as_codes(STATUSES),
    close_reasons=_as_codes(CLOSE_REASONS),
    next_steps=_as_codes(NEXT_STEPS),
    outcomes=_as_codes(OUTCOMES),
    results=_as_codes(RESULTS),
    stages=_as_codes(STAGES),
    roles=_as_codes(ROLES),
    reasons=_as_codes(REASONS),
    events=_as_codes(EVENTS),
    actors=_as_codes(ACTORS),
    purposes=_as_codes(PURPOSES),
    verdicts=_as_codes(VERDICTS),
    money=_as_codes(MONEY),
    contact=_as_codes(CONTACT),
    not_kept=_as_codes(NOT_KEPT),
    actions=_as_codes(ACTIONS),
    terms=_as_codes(TERMS),
    commands=_as_codes(COMMANDS),
    queues=_as_codes(QUEUES),
    menu={name: COMMANDS[name] for name in IN_MENU},
    headings=_as_codes(HEADINGS),
    columns={name: ColumnWords(name) for name in COLUMNS},
    sentences={
        each.value: " ".join([each.value, *(f"{{{name}}}" for name in sorted(each.placeholders - set(HOW.split())))])
        for each in StaffSentence
    },
    at=Location("", 1, 1),
)
"""Where no language has words for staff, or the files cannot be read just then: work goes on, in codes."""

"""Everything that is kept of a person as a page to read, in the form of `bot.channels.document`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.answers import show
from bot.content.flow import Collect, Consent
from bot.content.sentences import Sentence
from bot.engine.state import GIVEN_UP
from bot.library import Library
from bot.mydata import words
from bot.store.lead import Details, Lead
from bot.store.people import Person
from bot.text import Text, fill, say_date
from bot.workdays import dutch_day

Dossier = Mapping[str, Sequence[Mapping[str, Any]]]


class Page:
    """One person's page, in their language."""

    def __init__(self, library: Library, person: Person, kept: Dossier) -> None:
        self.library, self.person, self.kept = library, person, kept
        self.language = person.state.language

    def text(self, leads: Sequence[Lead], details: Mapping[int, Details]) -> str:
        parts = [[f"# {self._word(words.TITLE)}"], self._conversation(), self._answers()]
        parts += [self._lead(lead, details[lead.id]) for lead in leads]
        parts += [self._consents(), self._unanswered(), self._messages(), [self._word(words.REST)]]
        return "\n\n".join("\n".join(part) for part in map(list, parts) if part)

    # ------------------------------------------------------------------ parts
    def _conversation(self) -> Iterator[str]:
        (row,) = self.kept["conversations"]
        state = self.person.state
        yield f"## {self._word(words.TABLES['conversations'])}"
        account = fill(self._word(words.ACCOUNT), {"channel": self.person.address.channel})
        yield f"- {account}: {self.person.address.user}"
        yield f"- {self._word(words.LANGUAGE)}"
        yield f"- {self._word(words.SINCE)}: {self._day(row['created_at'])}"
        if state.source:
            yield f"- {self._word(words.SOURCE)}: {state.source}"
        if state.wake_at:
            yield f"- {self._word(words.WAKE)}: {self._day(state.wake_at)}"
        if self.person.blocked:
            yield f"- {self._word(words.BLOCKED)}"

    def _answers(self) -> Iterator[str]:
        answers = self.person.state.answers
        asked = [(name, answer) for name, answer in answers.items() if self._question(name)]
        if asked:
            yield f"## {self._word(words.ANSWERS)}"
        for name, answer in asked:
            yield f"- {self._answer(name, answer.value, answer.raw)}"

    def _lead(self, lead: Lead, details: Details) -> Iterator[str]:
        flow = self.library.content.flows.get(lead.kind)
        yield f"## {self._word(words.REQUEST)} {lead.reference}"
        yield f"- {self._word(words.KIND)}: {flow.title[self.language] if flow else lead.kind}"
        yield f"- {self._word(words.MADE)}: {self._day(lead.created_at)}"
        yield f"- {self._word(words.STAND)}: {self._word(words.STATUS[lead.status])}"
        if lead.assignee:
            yield f"- {self._word(words.ADVISER)}: {lead.assignee}"
        if lead.next_action_on:
            yield f"- {self._word(words.NEXT)}: {lead.next_action}, {self._day(lead.next_action_on)}"
        for name, value in lead.contact.items():
            yield f"- {self._word(words.CONTACT[name]) if name in words.CONTACT else name}: {value}"
        for name, answer in lead.answers.items():
            yield f"- {self._answer(name, answer['value'], answer['said'])}"
        advice, knowledge = lead.advice or {}, self.library.content.knowledge
        if programmes := [each.get("name", each["id"]) for each in advice.get("programmes", ())]:
            yield f"- {self._word(words.SHOWN)}: {'; '.join(programmes)}"
        money = [each["id"] for each in advice.get("subsidies", ())]
        if money := [knowledge.subsidies[each].name if each in knowledge.subsidies else each for each in money]:
            yield f"- {self._word(words.MONEY)}: {'; '.join(money)}"
        for note in details.notes:
            yield f"- {self._word(words.NOTE)} ({note.author}, {self._day(note.at)}): {note.text}"
        for event in details.events:
            kind, actor = words.EVENTS.get(event.kind), words.ACTORS.get(event.actor)
            said = self._word(kind) if kind else event.kind
            yield f"- {self._day(event.at)}, {self._word(actor) if actor else event.actor}: {said}"

    def _consents(self) -> Iterator[str]:
        sentences = self.library.content.sentences
        if self.kept["consents"]:
            yield f"## {self._word(words.TABLES['consents'])}"
        for consent in self.kept["consents"]:
            name = Sentence.KEPT_WITHDRAWN if consent["withdrawn_at"] else Sentence.KEPT_CONSENT
            values = {"text": consent["text"], "date": self._day(consent["given_at"])}
            yield f"- {fill(sentences[name][self.language], values)}"

    def _unanswered(self) -> Iterator[str]:
        if self.kept["unanswered"]:
            yield f"## {self._word(words.TABLES['unanswered'])}"
        for row in self.kept["unanswered"]:
            yield f"- {self._day(row['asked_on'])}: {row['text']}"

    def _messages(self) -> Iterator[str]:
        waiting = [row["payload"]["message"]["text"] for row in self.kept["outbox"] if row["payload"]]
        if waiting:
            yield f"## {self._word(words.TABLES['outbox'])}"
            yield from (f"- {' '.join(text.split())}" for text in waiting)
            yield ""
        yield f"{self._word(words.SENT)}: {len(self.kept['outbox']) - len(waiting)}"

    # ------------------------------------------------------------------ words
    def _word(self, text: Text) -> str:
        return text[self.language]

    def _day(self, moment: date | datetime | str) -> str:
        """A day in the Netherlands. The dossier holds moments and days as text."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
        return say_date(dutch_day(moment) if isinstance(moment, datetime) else moment, self.language)

    def _question(self, name: str) -> Collect | Consent | None:
        found = (flow.question(name) for flow in self.library.content.flows.values())
        return next((each for each in found if isinstance(each, Collect | Consent)), None)

    def _answer(self, name: str, value: Any, raw: str | None) -> str:
        """An answer under the name of its question, with their own words where those are others."""
        question = self._question(name)
        if isinstance(value, list):
            value = frozenset(value)
        shown = self._shown(question, value)
        title = (question.name or question.text)[self.language] if question else name
        own = raw if raw and raw != GIVEN_UP and not isinstance(value, bool) else ""
        is_other = own.casefold() not in ("", shown.casefold(), str(value).casefold())
        return f'{title}: {shown} ("{own}")' if is_other else f"{title}: {shown}"

    def _shown(self, question: Collect | Consent | None, value: Any) -> str:
        """A value in words; as it is when its question is gone, or was of another type when it was answered."""
        is_several = isinstance(value, frozenset)
        if question and isinstance(question, Collect) >= is_several:
            try:
                return show(question, value, self.library, self.language)
            except ValueError:
                pass
        return ", ".join(sorted(value)) if is_several else str(value)

"""Everything that is kept of a person as a page to read, in the form of `bot.channels.pdf.document`."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from bot.answers import show
from bot.compiled import Compiled
from bot.content.flow import Collect, Consent
from bot.content.knowledge import FactRole
from bot.content.limits import as_mapping
from bot.content.sentence_keys import Sentence
from bot.engine.state import GIVEN_UP, LIMITS
from bot.store.conversations import Conversation
from bot.store.lead_model import Details, Lead
from bot.text import fill, say_date

Dossier = Mapping[str, Sequence[Mapping[str, Any]]]

ACTORS = {"person": Sentence.KEPT_BY_PERSON, "bot": Sentence.KEPT_BY_BOT}  # any other is an adviser, by name


def name_of(group: str, member: str) -> Sentence:
    """The sentence that names a status, an event or a table: "contact changed" is `kept_event_contact_changed`."""
    return Sentence(f"kept_{group}_{member}".lower().replace(" ", "_"))


class Page:
    """One person's page, in their language."""

    def __init__(self, compiled: Compiled, person: Conversation, kept: Dossier) -> None:
        self.compiled, self.person, self.kept = compiled, person, kept
        self.language = person.state.language

    def text(self, leads: Sequence[Lead], details: Mapping[int, Details]) -> str:
        parts = [[f"# {self.say(Sentence.KEPT_TITLE)}"], self._conversation(), self._answers()]
        parts += [self._lead(lead, details[lead.id]) for lead in leads]
        parts += [self._consents(), self._unanswered(), self._messages(), [self.say(Sentence.KEPT_REST)]]
        return "\n\n".join("\n".join(part) for part in map(list, parts) if part)

    def lead(self, lead: Lead, details: Details) -> str:
        status = self.say(name_of("status", lead.status.name))
        date, notes = self._day(lead.created_at), len(details.notes)
        return self.say(Sentence.KEPT_LEAD, reference=lead.reference, date=date, status=status, notes=notes)

    def consents(self) -> Iterator[str]:
        for consent in self.kept["consents"]:
            name = Sentence.KEPT_WITHDRAWN if consent["withdrawn_at"] else Sentence.KEPT_CONSENT
            yield self.say(name, text=consent["text"], date=self._day(consent["given_at"]))

    def say(self, sentence: Sentence, **values: object) -> str:
        return fill(self.compiled.content.sentences[sentence][self.language], values)

    # ------------------------------------------------------------------ parts
    def _conversation(self) -> Iterator[str]:
        (row,) = self.kept["conversations"]
        address, state = self.person.address, self.person.state
        yield self._heading("conversations")
        yield f"- {self.say(Sentence.KEPT_ACCOUNT, channel=address.channel, number=address.user)}"
        yield f"- {self.say(Sentence.LANGUAGE_IS)}"
        yield f"- {self.say(Sentence.KEPT_SINCE, date=self._day(row['created_at']))}"
        if state.source:
            yield f"- {self.say(Sentence.KEPT_SOURCE, source=state.source)}"
        if state.wake_at:
            yield f"- {self.say(Sentence.KEPT_WAKE, date=self._day(state.wake_at))}"

    def _answers(self) -> Iterator[str]:
        answers = self.person.state.answers
        asked = [(name, answer) for name, answer in answers.items() if self._question(name)]
        noted = {fact: one for fact, one in self.person.state.noted.items() if fact.startswith(LIMITS)}
        if asked or noted:
            yield f"## {self.say(Sentence.KEPT_ANSWERS)}"
        for name, answer in asked:
            yield f"- {self._answer(name, answer.value, answer.raw)}"
        if limits := self._limits({one.removeprefix(LIMITS): each.value for one, each in noted.items()}):
            yield f"- {limits}"
        known = self.compiled.content.knowledge.cues
        cues = sorted({known[one].name[self.language] for _, answer in asked for one in answer.cues if one in known})
        if cues:
            yield f"- {self.say(Sentence.KEPT_CUES, cues='; '.join(cues))}"

    def _lead(self, lead: Lead, details: Details) -> Iterator[str]:
        flow = self.compiled.content.flows.get(lead.kind)
        yield f"## {flow.title[self.language] if flow else lead.kind}"
        yield f"- {self.lead(lead, details)}"
        if lead.assignee:
            yield f"- {self.say(Sentence.KEPT_ADVISER, name=lead.assignee)}"
        if lead.next_action_on:
            step = self.compiled.content.staff_words(self.language).word(lead.next_action)
            yield f"- {self.say(Sentence.KEPT_NEXT, step=step, date=self._day(lead.next_action_on))}"
        if lead.outcome:
            outcome = self.compiled.content.staff_words(self.language).in_sentence(lead.outcome)
            yield f"- {self.say(Sentence.KEPT_OUTCOME, outcome=outcome)}"
        for name, value in lead.contact.items():
            yield f"- {self._contact(name, value)}"
        fact_of_limits = self.compiled.content.knowledge.fact_of(FactRole.LIMITS)
        for name, answer in lead.answers.items():
            is_limits = name == fact_of_limits and isinstance(answer.value, tuple)
            said = self._limits(as_mapping(answer.value)) if is_limits and isinstance(answer.value, tuple) else ""
            yield f"- {said or self._answer(name, answer.value, answer.words)}"
        if lead.advice and lead.advice.offers:
            yield f"- {self.say(Sentence.KEPT_SHOWN, names='; '.join(each.name for each in lead.advice.offers))}"
        if lead.advice and lead.advice.money:
            subsidies = self.compiled.content.knowledge.subsidies
            money = [subsidies[each.id].name if each.id in subsidies else each.id for each in lead.advice.money]
            yield f"- {self.say(Sentence.MONEY)}: {'; '.join(money)}"
        for note in details.notes:
            yield f"- {self.say(Sentence.KEPT_NOTE, author=note.author, date=self._day(note.at), text=note.text)}"
        for event in details.events:
            actor = self.say(ACTORS[event.actor]) if event.actor in ACTORS else event.actor
            yield f"- {self._day(event.at)}, {actor}: {self.say(name_of('event', event.kind))}"

    def _consents(self) -> Iterator[str]:
        if self.kept["consents"]:
            yield self._heading("consents")
        yield from (f"- {consent}" for consent in self.consents())

    def _unanswered(self) -> Iterator[str]:
        if self.kept["unanswered"]:
            yield self._heading("unanswered")
        for row in self.kept["unanswered"]:
            yield f"- {self._day(row['asked_on'])}: {row['text']}"

    def _messages(self) -> Iterator[str]:
        waiting = [row["payload"]["message"]["text"] for row in self.kept["outbox"] if row["payload"]]
        if waiting:
            yield self._heading("outbox")
            yield from (f"- {' '.join(text.split())}" for text in waiting)
            yield ""
        yield self.say(Sentence.KEPT_SENT, number=len(self.kept["outbox"]) - len(waiting))

    # ------------------------------------------------------------------ words
    def _heading(self, table: str) -> str:
        return f"## {self.say(name_of('table', table))}"

    def _day(self, moment: date | datetime | str) -> str:
        """A day as the clock of the country has it. The dossier holds moments and days as text."""
        if isinstance(moment, str):
            moment = datetime.fromisoformat(moment) if "T" in moment else date.fromisoformat(moment)
        calendar = self.compiled.content.country.calendar
        return say_date(calendar.day(moment) if isinstance(moment, datetime) else moment, self.language)

    def _contact(self, name: str, value: str) -> str:
        match name:  # what may be either is kept by what it is, not by its question
            case "phone":
                return self.say(Sentence.KEPT_PHONE, phone=value)
            case "email":
                return self.say(Sentence.KEPT_EMAIL, email=value)
            case "wish":
                return self.say(Sentence.KEPT_WISH, wish=value)
            case _:
                return self._answer(name, value, None)

    def _limits(self, limits: Mapping[str, Any]) -> str:
        """What they cannot do, will not do, or need, in words; "" when there is nothing of which we have words."""
        kinds = self.compiled.content.knowledge.limit_kinds
        said = [kinds[kind].say(value)[self.language] for kind, value in limits.items() if kind in kinds]
        return self.say(Sentence.KEPT_LIMITS, limits="; ".join(said)) if said else ""

    def _question(self, name: str) -> Collect | Consent | None:
        found = (flow.question(name) for flow in self.compiled.content.flows.values())
        return next((each for each in found if isinstance(each, Collect | Consent)), None)

    def _answer(self, name: str, value: Any, raw: str | None) -> str:
        """An answer under the name of its question, with their own words where those are others."""
        question = self._question(name)
        if isinstance(value, tuple):
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
                return show(question, value, self.compiled, self.language)
            except ValueError:
                pass
        return ", ".join(sorted(value)) if is_several else str(value)

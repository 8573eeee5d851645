"""A lead that an adviser makes: somebody who phones, or stands at the desk, and agrees to what is read out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

from bot.compiled import Compiled
from bot.content import Content
from bot.content.flow import Consent
from bot.content.knowledge import FactRole
from bot.engine.effects import LeadDraft
from bot.engine.state import CONTACT
from bot.staff.correcting import read_contact
from bot.staff.errors import Code, DeskError
from bot.staff.work import Work
from bot.store import Address
from bot.store.filing import Where, file
from bot.store.lead_model import Lead
from bot.store.lead_terms import KEEP
from bot.store.team import Role

CHANNEL = "desk"  # of who has no chat with the bot: nothing is ever sent there


@dataclass(frozen=True, slots=True)
class Client:
    """What an adviser was told. `agreed` are the purposes of consent to which they said yes, as it was read out."""

    name: str
    phone: str = ""
    email: str = ""
    wish: str = ""  # which work they want, in their own words
    place: str = ""
    reach: str = ""  # how and when they want to be reached
    language: str = "nl"
    agreed: frozenset[str] = frozenset()


def texts_to_read(content: Content, language: str) -> dict[str, str]:
    """What is read out, word for word, by purpose: the texts of the bot itself."""
    asked = _consents(content)
    return {purpose: asked[purpose].text[language] for purpose in (CONTACT, KEEP) if purpose in asked}


def _consents(content: Content) -> Mapping[str, Consent]:
    steps: Iterator[Consent] = (
        step for flow in content.flows.values() for step in flow.steps if isinstance(step, Consent)
    )
    return {step.purpose: step for step in steps}


class WalkingIn(Work):
    def take_down(self, client: Client, compiled: Compiled) -> Lead:
        """Make a lead of who agreed to be contacted; it is the adviser's own. The same phone number or e-mail address
        as that of another lead is linked, as ever.

        Raises DeskError without a name, a way to reach them, or a yes; and for what is not kept.
        """
        self.need(Role.ADVISER, "walk-in")
        for said in (client.wish, client.place, client.reach):
            self._need_harmless(said)
        typed = {"name": client.name, "phone": client.phone, "email": client.email, "wish": client.reach}
        contact = {name: text for name, text in read_contact(self.store, typed).items() if text}
        if "name" not in contact:
            raise DeskError(Code.NO_NAME)
        if not {"phone", "email"} & contact.keys():
            raise DeskError(Code.NO_WAY_TO_REACH, reference="")
        if CONTACT not in client.agreed:
            raise DeskError(Code.NO_CONSENT)
        at, content = self.now(), compiled.content
        draft = _draft(client, contact, content)
        with self.store.transaction():
            (person,) = self.store.conversations.load([Address(CHANNEL, uuid4().hex)], language=client.language, at=at)
            for purpose, text in texts_to_read(content, client.language).items():
                if purpose in client.agreed:
                    self.store.conversations.consent(person.id, purpose, text, client.language, at)
            where = Where.read(compiled, draft.facts, draft.said)
            filed = file(
                self.store, person.id, CHANNEL, draft, where, content=content.version, at=at, actor=self.who.name
            )
            self.store.leads.claim(filed.lead.id, self.who.id, self.who.name, at)
            lead = self.store.leads.get(filed.lead.id)
            self.store.lead_views.keep(self.who.id, [lead])
            return lead


def _draft(client: Client, contact: Mapping[str, str], content: Content) -> LeadDraft:
    flow = content.flows[content.country.first_flow]
    said = {FactRole.WISH: client.wish.strip(), FactRole.PLACE: client.place.strip()}
    known = {content.knowledge.fact_of(role): text for role, text in said.items() if text}
    return LeadDraft(
        flow=flow.id,
        flow_version=flow.version,
        language=client.language,
        source=None,
        facts={},
        said=known,
        contact=contact,
        consents=client.agreed,
    )

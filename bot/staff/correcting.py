"""The contact of a lead, put right by an adviser: a wrong digit, a new address."""

from collections.abc import Mapping

from bot.answers import Understood
from bot.answers.contact_details import read_email, read_phone
from bot.staff.cells import clean
from bot.staff.errors import Code, DeskError
from bot.staff.work import Work
from bot.store import Store
from bot.store.filing import share_contact
from bot.store.lead_model import Lead, LeadChanges, how_to_reach

LONGEST_NAME = 80


def read_contact(store: Store, said: Mapping[str, str]) -> dict[str, str]:
    """What was typed of a name, phone number and e-mail address, as it is kept: E.164, an address that can be.

    What is empty stays so. Raises DeskError when a phone number or an address is none.
    """
    readers = {"phone": lambda text: read_phone(text, store.country), "email": read_email}
    found: dict[str, str] = {}
    for name, text in said.items():
        typed = " ".join(clean(text).split())
        if typed and name in readers:
            reading = readers[name](typed)
            if not isinstance(reading, Understood):
                raise DeskError(Code.NO_PHONE if name == "phone" else Code.NO_EMAIL, typed=typed)
            typed = str(reading.value)
        found[name] = typed[:LONGEST_NAME] if name == "name" else typed
    return found


class Correcting(Work):
    def correct(
        self,
        reference: str,
        *,
        name: str | None = None,
        phone: str | None = None,
        email: str | None = None,
        wish: str | None = None,
        seen: int | None = None,
    ) -> Lead:
        """Put a name, phone number, e-mail address, or how they want to be reached right, in all their open leads.

        What is None stays, what is empty goes. Raises DeskError when nobody could be reached any more.
        """
        given = {"name": name, "phone": phone, "email": email, "wish": wish}
        said = read_contact(self.store, {each: text for each, text in given.items() if text is not None})
        self._need_harmless(said.get("wish", ""))
        with self._changing(reference, seen=seen) as lead:
            contact = {each: text for each, text in {**lead.contact, **said}.items() if text}
            if not {"phone", "email"} & contact.keys():
                raise DeskError(Code.NO_WAY_TO_REACH, reference=lead.reference)
            if contact == lead.contact:
                return lead
            values: LeadChanges = {"contact": contact, **self.store.leads.indexes(contact)}
            if lead.next_action == how_to_reach(lead.contact):
                values["next_action"] = how_to_reach(contact)
            changed = self._change(lead, "contact corrected", **values)
            share_contact(self.store, changed, self.now(), actor=self.who.name)
            return changed

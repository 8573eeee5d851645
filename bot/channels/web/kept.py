"""What of the words of somebody may stand on their page for a while, and what is kept nowhere."""

from phonenumbers import PhoneNumberMatcher

from bot.compiled import Compiled
from bot.engine.state import CONTACT, State


def may_be_kept(compiled: Compiled, state: State, text: str) -> bool:
    """Whether the page may still show what somebody typed, after the turn that it led to.

    No cry and nothing that we refuse (a BSN, health); and before they agreed to contact no phone number or address.
    """
    if compiled.cry(text) or compiled.private.find(text):
        return False
    if CONTACT in state.consents:
        return True
    return "@" not in text and not PhoneNumberMatcher(text, compiled.content.country.phone.region).has_next()

"""E-mail to staff: the number of a lead and a link, never who it is about."""

from bot.store.notices import EMAIL as CHANNEL

__all__ = ["CHANNEL"]

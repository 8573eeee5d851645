"""What an adviser does with leads, whichever way they come in: the command line, a chat, the desk in the browser.

Each use case is a method of one of the parts below. Everything is checked against the role, written down as an event
without personal data, and refused with a `DeskError`, which whoever shows it puts into words.
"""

from bot.staff.calling import Calling, Plan
from bot.staff.claiming import Bulk, Claiming
from bot.staff.closing import Closing
from bot.staff.correcting import Correcting
from bot.staff.looking import Looking, Opened
from bot.staff.walk_in import WalkingIn

__all__ = ["Bulk", "Desk", "Opened", "Plan"]


class Desk(Looking, Claiming, Calling, Closing, Correcting, WalkingIn):
    """The work of one member of staff."""

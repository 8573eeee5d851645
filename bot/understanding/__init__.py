"""What a message says: `understand(text, context)` gives its acts, each with the words it stands on."""

from bot.understanding.acts import (
    COMPANY,
    Act,
    Affirm,
    Ask,
    Chat,
    Deny,
    DontKnow,
    Exclude,
    Fill,
    Lift,
    Limit,
    Pick,
    Refuse,
    Request,
    Understanding,
    Which,
    Wrong,
)
from bot.understanding.context import Context
from bot.understanding.reader import understand

__all__ = [
    "COMPANY",
    "Act",
    "Affirm",
    "Ask",
    "Chat",
    "Context",
    "Deny",
    "DontKnow",
    "Exclude",
    "Fill",
    "Lift",
    "Limit",
    "Pick",
    "Refuse",
    "Request",
    "Understanding",
    "Which",
    "Wrong",
    "understand",
]

"""What fits a person, in which order, and why; what it would cost; and the first step. Pure: the day comes in."""

from bot.advice.advise import advise, reject
from bot.advice.explanation import Explanation, explain
from bot.advice.model import Advice, Money, MoneyStatus, Offer, Plan, Reason, Rejection, RuleOutcome, Verdict
from bot.advice.open_questions import Undecided, deciding_facts
from bot.advice.seeker import mentioned

__all__ = [
    "Advice",
    "Explanation",
    "Money",
    "MoneyStatus",
    "Offer",
    "Plan",
    "Reason",
    "Rejection",
    "RuleOutcome",
    "Undecided",
    "Verdict",
    "advise",
    "deciding_facts",
    "explain",
    "mentioned",
    "reject",
]

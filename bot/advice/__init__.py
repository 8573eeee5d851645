"""What fits a person, in which order, and why; what it would cost; and the first step. Pure: the day comes in."""

from bot.advice.advise import advise, deciding_facts, open_questions
from bot.advice.explanation import Explanation, explain
from bot.advice.model import Advice, Money, MoneyStatus, Offer, Outcome, Plan, Reason, Rejection, Verdict

__all__ = [
    "Advice",
    "Explanation",
    "Money",
    "MoneyStatus",
    "Offer",
    "Outcome",
    "Plan",
    "Reason",
    "Rejection",
    "Verdict",
    "advise",
    "deciding_facts",
    "explain",
    "open_questions",
]

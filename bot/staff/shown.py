"""What people were shown most: so that it is verified first."""

from collections import Counter

from bot.store import Store
from bot.store.lead import Filter

OFFERED = ("eligible", "maybe")  # the statuses of money that is shown; a lead keeps the verdict on all of it


def shown(store: Store) -> Counter[str]:
    """How many leads saw each programme and each way to pay, by id."""
    counts: Counter[str] = Counter()
    for batch in store.leads.stream(Filter()):
        for lead in batch:
            advice = lead.advice or {}
            counts.update(item["id"] for item in advice.get("programmes", ()))
            counts.update(item["id"] for item in advice.get("subsidies", ()) if item["status"] in OFFERED)
    return counts

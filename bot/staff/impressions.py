"""How often each programme and scheme was shown to people, so that editors verify those first."""

from collections import Counter

from bot.store import Store


def shown(store: Store) -> Counter[str]:
    """How many leads saw each programme and each way to pay, by id. A lead keeps only what may go with it."""
    counts: Counter[str] = Counter()
    for advice in store.leads.advice():
        counts.update(each.id for each in advice.offers)
        counts.update(each.id for each in advice.money)
    return counts

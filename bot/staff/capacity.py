"""How many places are left, in words of staff: a line for each flow that has a number of them."""

from bot.content.staff_sentences import StaffSentence
from bot.staff.labels import Labels
from bot.staff.locale import Locale
from bot.store import Store


def lines(store: Store, labels: Labels, locale: Locale) -> list[str]:
    return [
        locale.say(
            StaffSentence.PLACES,
            flow=labels.flows[each.flow],
            taken=each.taken,
            capacity=each.capacity,
            left=each.left,
            waiting=each.waiting,
        )
        for each in store.capacity.occupancy(labels.capacities)
    ]

"""How much farther it is between two municipalities than as the crow flies, where water lies in the way."""

from collections.abc import Iterable

from bot.content.country import Water


class Detours:
    """Looked up by the names of two municipalities."""

    def __init__(self, waters: Iterable[Water] = ()) -> None:
        self._km: dict[tuple[str, str], int] = {}
        for water in waters:
            for one in water.one:
                for other in water.other:
                    self._km[one, other] = self._km[other, one] = water.km

    def km(self, one: str, other: str) -> int:
        return self._km.get((one, other), 0)

"""What things in the knowledge are called: the ids by which they point at each other, and names of their own."""

from typing import Annotated

from bot.content.annotations import Id, IdOf, Pattern
from bot.text import Text

SectorId = Annotated[Id, IdOf("sector")]
OccupationId = Annotated[Id, IdOf("occupation")]
SchemeId = Annotated[Id, IdOf("scheme")]
RouteId = Annotated[str, IdOf("route")]
LanguageCode = Annotated[str, Pattern(r"[a-z]{2}", "nl")]
LanguageLevel = Annotated[str, Pattern(r"[abc][0-2]", "b1")]
"""How well one speaks a language, by the Common European Framework."""
ItemId = Annotated[Id, IdOf("programme or scheme")]


class Named:
    """What has a name of its own, the same in every language."""

    __slots__ = ()
    name: str
    aliases: tuple[str, ...]

    @property
    def title(self) -> Text:
        """What it is called, in every language."""
        return Text.same(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """What people may call it; its own name comes first."""
        return self.name, *self.aliases

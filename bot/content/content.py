"""All content, as the rest of the bot gets it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.content.country import Country
from bot.content.flow import Flow, FlowRole
from bot.content.knowledge import Knowledge
from bot.content.language import Language, of_staff
from bot.content.staff_words import StaffWords
from bot.text import Text, language_of


@dataclass(frozen=True, slots=True, repr=False)  # it would be megabytes
class Content:
    """Everything that editors write. `version` changes with every change in any file.

    `languages`: those of which there are words, by code; what the bot speaks is in `country`.
    """

    flows: Mapping[str, Flow]
    sentences: Mapping[str, Text]
    knowledge: Knowledge
    version: str
    country: Country
    languages: Mapping[str, Language]

    def flow_for(self, role: FlowRole) -> str | None:
        """The id of the flow that has a role; None when none has."""
        return next((flow.id for flow in self.flows.values() if flow.role is role), None)

    @property
    def staff_language(self) -> Language:
        """The language whose words staff read."""
        return of_staff(self.country, self.languages)

    def staff_words(self, language: str) -> StaffWords:
        """The words of staff, said in a language; in that of staff when it has none."""
        found = self.languages.get(language)
        return found.staff if found and found.staff else self.staff_language.staff_words

    def language_for(self, code: str | None) -> str:
        """The language to speak to someone whose device is set to `code` ("nl-BE"), or not even that is known."""
        return language_of(code, self.country.languages)

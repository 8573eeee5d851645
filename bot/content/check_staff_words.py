"""Checks of the words of staff against the other words of the content."""

from collections.abc import Iterator, Mapping

from bot.content.country import Country
from bot.content.language import IN_CODES, Language, of_staff
from bot.content.problems import Location, Problem, Severity


def unsaid(country: Country, languages: Mapping[str, Language]) -> Iterator[Problem]:
    """No language has words for staff: that stops nobody, and is no work either."""
    if country.languages and of_staff(country, languages) is IN_CODES:
        at = Location(f"knowledge/languages/{country.fallback}.yaml", 1, 1)
        hint = "Copy 'staff' of a language that Overstap ships, and translate it."
        yield Problem(at, "no language has words for staff: they read codes", hint, "C022", Severity.WARNING)


def taken_commands(languages: Mapping[str, Language]) -> Iterator[Problem]:
    """Commands of staff that are commands of everyone: who works here could not use those."""
    spoken = [one.speech for one in languages.values()]
    of_people = {"start"}.union(*((*one.commands, *one.commands.values(), *one.spoken, *one.menu) for one in spoken))
    for words in (one.staff for one in languages.values() if one.staff):
        for command in of_people.intersection(words.commands.values()):
            message = f"the command {command!r} of staff is one of everyone's"
            yield Problem(words.at, message, "Give it another name: staff talk to the bot too.", "C023")

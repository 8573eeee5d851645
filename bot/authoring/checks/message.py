"""What Telegram would refuse or cut, and texts whose two languages do not say the same."""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.content.problems import Location, Problem, Severity
from bot.content.sentence_keys import Sentence
from bot.text import Text, placeholders

LONGEST = 4096  # characters of a message
# What Telegram's own screens hold (Bot API: setMyDescription, setMyShortDescription, BotCommand).
SCREENS: Mapping[str, int] = {Sentence.BOT_DESCRIPTION: 512, Sentence.BOT_SHORT_DESCRIPTION: 120}
LONGEST_MENU_LINE = 256
# What is filled in there is checked when they are loaded.
FILLED_IN = ("/advice.yaml", "/limits.yaml", "/interests.yaml")
# A word processor's quotes around a whole text: YAML takes them for part of it.
CURLY_QUOTED = re.compile(r"[“„”«][^“„”«»]*[“”»]|‘.*’", re.DOTALL)


def problems_of(texts: Iterable[tuple[Location, Text]], sentences: Mapping[str, Text]) -> Iterator[Problem]:
    """`texts`: every text with its place."""
    limits = {id(text): _limit(name) for name, text in sentences.items()}
    for at, text in texts:
        most = limits.get(id(text), LONGEST)
        for language in text.languages:
            if len(text[language]) > most:
                message = f"the {language} text has {len(text[language])} characters; Telegram takes {most}"
                hint = "Make it shorter, or two messages of it." if most == LONGEST else "Make it shorter."
                yield Problem(at, message, hint, "T001")
            if not any(character.isprintable() and not character.isspace() for character in text[language]):
                yield Problem(at, f"the {language} text has nothing to see", "Telegram refuses it.", "T006")
            if CURLY_QUOTED.fullmatch(shown := text[language].strip()):
                message = f"the {language} text stands between {shown[0]} and {shown[-1]}, and they are shown"
                yield Problem(at, message, 'Write straight quotes: "...".', "T007", Severity.WARNING)
        filled = [placeholders(said) for said in text]
        somewhere, everywhere = frozenset.union(*filled), frozenset.intersection(*filled)
        if somewhere != everywhere:
            names = ", ".join(f"{{{name}}}" for name in sorted(somewhere - everywhere))
            yield Problem(at, f"not every language of this text has {names}", "Say it in all.", "C011")
        elif everywhere and at.file.startswith("knowledge/") and not at.file.endswith(FILLED_IN):
            names = ", ".join(f"{{{name}}}" for name in sorted(everywhere))
            yield Problem(at, f"nothing fills in {names}", "Write the words themselves.", "C012")


def _limit(name: str) -> int:
    return LONGEST_MENU_LINE if name.startswith("menu_") else SCREENS.get(name, LONGEST)

"""What Telegram shows around the conversation: the menu of commands, and what the bot says of itself."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeChat
from telegram.error import BadRequest

from bot.channels.telegram import CHANNEL
from bot.channels.telegram.staff import StaffMenu
from bot.compiled import Compiled

OTHERS = "en"  # who has another language on their phone reads this, when it is spoken

log = logging.getLogger(__name__)


async def publish(bot: Bot, compiled: Compiled, staff: StaffMenu | None = None) -> None:
    """Bring menu and profile up to date; what is right already is left alone (Telegram limits how often one may)."""
    try:
        for code in ("", *compiled.content.country.languages):  # "": for every language that has no menu of its own
            await _publish_menu(bot, compiled, code)
            await _publish_profile(bot, compiled, code)
        if staff:
            await _publish_staff_menu(bot, compiled, staff)
    except Exception as error:  # noqa: BLE001  # whatever it is, the bot works without a menu as well; the next start tries again
        log.warning("the menu was not published: %s", type(error).__name__)


async def _publish_menu(bot: Bot, compiled: Compiled, code: str) -> None:
    wanted = _commands(compiled, compiled.content.language_for(code or OTHERS))
    if list(await bot.get_my_commands(language_code=code or None)) != wanted:
        await bot.set_my_commands(wanted, language_code=code or None)


async def _publish_staff_menu(bot: Bot, compiled: Compiled, staff: StaffMenu) -> None:
    """Advisers see their own commands above those of everyone. Whoever never wrote to the bot has no menu yet."""
    own = [BotCommand(name, what) for name, what in staff.menu().items()]
    for account in staff.accounts(CHANNEL):
        scope, wanted = BotCommandScopeChat(int(account)), own + _commands(compiled, compiled.content.country.fallback)
        try:
            if list(await bot.get_my_commands(scope)) != wanted:
                await bot.set_my_commands(wanted, scope)
        except BadRequest:
            log.info("an adviser has to write to the bot first")


def _commands(compiled: Compiled, language: str) -> list[BotCommand]:
    sentences, speech = compiled.content.sentences, compiled.content.languages[language].speech
    return [BotCommand(name, sentences[f"menu_{speech.commands.get(name, name)}"][language]) for name in speech.menu]


async def _publish_profile(bot: Bot, compiled: Compiled, code: str) -> None:
    sentences, language = compiled.content.sentences, compiled.content.language_for(code or OTHERS)
    about, short = sentences["bot_description"][language], sentences["bot_short_description"][language]
    if (await bot.get_my_description(code or None)).description != about:
        await bot.set_my_description(about, code or None)
    if (await bot.get_my_short_description(code or None)).short_description != short:
        await bot.set_my_short_description(short, code or None)

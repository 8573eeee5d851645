"""The page on the web as a channel: people come to fetch what is said to them."""

from bot.channels.delivery.transport import Limits

CHANNEL = "web"
# A page shows what it gets; the limits are against what nobody types, and those of the engine's own buttons.
LIMITS = Limits(text=100_000, buttons=100, data=64)
LONGEST_SAID = 4000  # characters that somebody may type at once, as on Telegram

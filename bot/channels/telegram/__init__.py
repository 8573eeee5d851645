"""The bot on Telegram: updates in, messages out; everything between is the same as on any other channel."""

import os
import warnings

# Times come as timedelta: python-telegram-bot asks for this choice, and warns until one has made it.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# polling.py has its reason, and would be told of `Bot.get_updates` at every poll.
warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'")

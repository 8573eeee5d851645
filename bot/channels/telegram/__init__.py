"""The bot on Telegram: updates in, messages out; everything between is the same as on any other channel."""

import os
import warnings

CHANNEL = "telegram"

# Times come as timedelta: python-telegram-bot asks for this choice, and warns until one has made it.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# Where we want JSON and no objects (polling.py, transport.py) the library would point at its other ways at every call.
warnings.filterwarnings("ignore", r"Please use 'Bot\.")

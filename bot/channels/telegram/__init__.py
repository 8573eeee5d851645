"""The bot on Telegram: updates in, messages out; everything between is the same as on any other channel."""

"""The error that a person can fix, as opposed to a mistake in our code."""


class BotError(Exception):
    """Something that whoever runs the bot can fix: shown as one line, exit code 1."""

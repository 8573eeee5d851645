"""What a person can fix."""


class BotError(Exception):
    """Something that whoever runs the bot can fix: shown as one line, exit code 1."""

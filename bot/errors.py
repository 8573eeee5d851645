"""What a person can mend."""


class BotError(Exception):
    """Something that whoever runs the bot can mend: shown as one line, exit code 1."""

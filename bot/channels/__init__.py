"""Where people talk to the bot: what arrives becomes an event, and messages go out."""

"""What the bot says outside a conversation: in groups, in other chats (`@bot question`), to who floods it."""

CACHE_SECONDS = 300
CARDS = 5

"""The talk with the bot on a page: typed and pressed in two forms, complete without a script."""

"""What people may ask of the bot at any moment: `table` lists the commands, the other modules carry them out."""

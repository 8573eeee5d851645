"""What people may ask of the bot at any moment: `registry` lists the commands, the other modules carry them out."""

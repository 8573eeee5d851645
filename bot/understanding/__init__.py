"""What a message says: a cry for help, a wish for a person, a question of the FAQ, work, a place, things in passing."""

"""Finders, each of one kind of thing in any text: work, a place, a question of the FAQ, a cry, what we may not keep."""

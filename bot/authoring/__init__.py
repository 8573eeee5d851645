"""Tools for who edits `flows/` and `knowledge/`: is it right, is it readable, is it still true?"""

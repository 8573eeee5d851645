"""The pages on which facts stand: fetched politely, compared with what we say, and sorted by what a person must do."""

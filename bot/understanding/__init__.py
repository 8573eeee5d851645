"""What a message says: so far, whether somebody cries out in it."""

"""What every list of words is."""

Words = tuple[str, ...]

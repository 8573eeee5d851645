"""The figures of a quarter: how many people came how far, in tables that give nobody away."""

"""The conversation as a pure state machine: `advance(library, state, event, on=now) -> Turn(state, effects)`."""

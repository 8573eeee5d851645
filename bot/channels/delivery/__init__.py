"""What is said on any channel: turns in order, and messages that go out until they arrived."""

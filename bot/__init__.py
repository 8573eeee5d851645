"""A career-switch assistant. docs/architecture.md says what happens to a message, and which room knows what."""

"""What can be wrong in content that can be read. Each module looks at one thing; docs/checks.md lists all."""

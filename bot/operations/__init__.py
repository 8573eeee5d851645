"""What an operator does and what a start puts right: backup, restore, what was left half-way."""

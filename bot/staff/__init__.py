"""The adviser's side: working on leads, exporting them, and keeping the promises on privacy."""
